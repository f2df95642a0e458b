//! Each write of printing a copy fails, in each way, in each location.

use super::failing_store::{Fault, Faults};
use super::school::{School, files_below, import, minute, put_back, rng, work};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::{
    Archive, BadSheet, CopyOrder, HandedOut, PrintError, Promotion, Reading, promote,
};
use crate::digest::Digest;
use crate::register::{CopyNumber, RecordNumber, SheetCode, SheetRange};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

async fn print(archive: &mut Archive, another: bool, at: i64) -> Result<HandedOut, PrintError> {
    let another = another.then(|| "испорчен".to_owned());
    let order = CopyOrder { another, ..CopyOrder::default() };
    let mut random = rng(1000 * archive.register_size() + at as u64);
    archive.print(RecordNumber::FIRST, &order, minute(at), &mut random).await
}

/// The copies that were put: each number with the documents that were put under it.
fn numbers(faults: &[&Arc<Faults>]) -> BTreeMap<u64, BTreeSet<Digest>> {
    let mut numbers: BTreeMap<u64, BTreeSet<Digest>> = BTreeMap::new();
    for (path, bytes) in faults.iter().flat_map(|faults| faults.written()) {
        if path.ends_with("/document.json") {
            let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            if let Some(number) = document["body"]["copy"].as_u64() {
                numbers.entry(number).or_default().insert(Digest::of(&bytes));
            }
        }
    }
    numbers
}

/// A school with two signed records, and a second copy printed with one fault. Says whether printing
/// has so many writes.
async fn one_fault(in_primary: bool, nth: usize, fault: Fault) -> bool {
    let when = format!("write {nth}, {fault:?}, in the primary: {in_primary}");
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    let first = print(&mut archive, false, 3).await.unwrap();
    drop(archive);
    let (failing, healthy, after) = (Faults::at(nth, fault), Faults::none(), Faults::none());
    let stores = match in_primary {
        true => school.failing(&failing, &healthy),
        false => school.failing(&healthy, &failing),
    };
    let handed = match school.open_with(stores, 4).await {
        Ok(mut archive) => print(&mut archive, true, 4).await.ok(),
        Err(_) => None,
    };
    assert!(handed.is_some() || in_primary, "{when}: the second stopped the printing");
    let mut archive = school.open_with(school.failing(&after, &after), 5).await.unwrap();
    assert_whole(&school, &archive, &when).await;
    if let Some(handed) = &handed {
        let again = print(&mut archive, false, 5).await.unwrap();
        assert_eq!((again.copy, &again.pdf), (handed.copy, &handed.pdf), "{when}");
    }
    let next = print(&mut archive, true, 6).await.unwrap();
    assert!(next.new && next.copy > first.copy, "{when}");
    assert!(handed.is_none_or(|handed| next.copy > handed.copy), "{when}");
    assert_verifies(&school, &when).await;
    for (number, documents) in numbers(&[&failing, &healthy, &after]) {
        assert_eq!(documents.len(), 1, "{when}: copy {number} was numbered twice");
    }
    failing.has_failed()
}

#[tokio::test]
async fn whatever_write_fails_a_copy_has_its_number_alone_and_is_given_again_as_it_was() {
    for in_primary in [true, false] {
        for fault in Fault::ALL {
            let mut nth = 0;
            while one_fault(in_primary, nth, fault).await {
                nth += 1;
            }
            assert!(nth > 5, "printing has more writes than {nth}");
        }
    }
}

#[tokio::test]
async fn a_number_whose_document_was_put_and_never_registered_is_burnt() {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    drop(archive);
    let (failing, healthy) = (Faults::at(1, Fault::NotWritten), Faults::none());
    let mut archive = school.open_with(school.failing(&failing, &healthy), 3).await.unwrap();
    let failed = print(&mut archive, false, 3).await;
    assert!(matches!(failed, Err(PrintError::Commit(_))), "{failed:?}");
    drop(archive);
    let copy = print(&mut school.open(4).await, false, 4).await.unwrap().copy;
    assert_eq!(copy.to_string(), "2");
}

/// A school whose first record has a copy and was replaced; the successor.
async fn corrected() -> (School, RecordNumber) {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    print(&mut archive, false, 3).await.unwrap();
    drop(archive);
    import(&school.home(), 8);
    let mut archive = school.open(4).await;
    work(&mut archive, 4, |_| {}).await.unwrap();
    let record = archive.catalogue().latest_of_chain(RecordNumber::FIRST).unwrap();
    assert_ne!(record, RecordNumber::FIRST, "the class was imported again");
    (school, record)
}

async fn go_on(
    archive: &mut Archive,
    record: RecordNumber,
    at: i64,
) -> Result<HandedOut, PrintError> {
    let mut random = rng(2000 * archive.register_size() + at as u64);
    archive.print(record, &CopyOrder::default(), minute(at), &mut random).await
}

/// A copy goes on with one fault. Says whether that has so many writes.
async fn one_fault_in_a_correction(in_primary: bool, nth: usize, fault: Fault) -> bool {
    let when = format!("write {nth}, {fault:?}, in the primary: {in_primary}");
    let (school, record) = corrected().await;
    let (failing, healthy) = (Faults::at(nth, fault), Faults::none());
    let stores = match in_primary {
        true => school.failing(&failing, &healthy),
        false => school.failing(&healthy, &failing),
    };
    let handed = match school.open_with(stores, 5).await {
        Ok(mut archive) => go_on(&mut archive, record, 5).await.ok(),
        Err(_) => None,
    };
    assert!(handed.is_some() || in_primary, "{when}: the second stopped the printing");
    let mut archive = school.open(6).await;
    assert_whole(&school, &archive, &when).await;
    let copy = archive.catalogue().copy(CopyNumber::FIRST).unwrap().unwrap();
    let first = copy.sheets.iter().find(|sheet| sheet.voided.is_some()).unwrap().document;
    let printed = copy.sheets.iter().filter(|sheet| sheet.document == first);
    let next = printed.map(|sheet| sheet.run.to).max().unwrap() + 1;
    let now = go_on(&mut archive, record, 6).await.unwrap();
    assert_eq!((now.copy, now.given.from), (CopyNumber::FIRST, next), "{when}");
    if let Some(handed) = &handed {
        let told = |handed: &HandedOut| (handed.given, handed.sheets, handed.pdf.clone());
        assert!(!now.new && told(&now) == told(handed), "{when}: given again as it was");
    }
    let copy = archive.catalogue().copy(CopyNumber::FIRST).unwrap().unwrap();
    assert_eq!((copy.documents.len(), copy.highest_sheet()), (2, now.given.to), "{when}");
    assert_eq!(copy.sheet_count(), now.sheets, "{when}");
    assert_verifies(&school, &when).await;
    failing.has_failed()
}

#[tokio::test]
async fn whatever_write_fails_a_correction_has_its_sheets_once_and_is_given_again_as_it_was() {
    for in_primary in [true, false] {
        for fault in Fault::ALL {
            let mut nth = 0;
            while one_fault_in_a_correction(in_primary, nth, fault).await {
                nth += 1;
            }
            assert!(nth > 5, "printing has more writes than {nth}");
        }
    }
}

#[tokio::test]
async fn a_copy_whose_correction_may_be_lost_does_not_go_on() {
    let (school, record) = corrected().await;
    let early = files_below(&school.second());
    let mut archive = school.open(5).await;
    let kept = archive.register_size();
    go_on(&mut archive, record, 5).await.unwrap();
    let losing = Some(archive.register_size() - kept);
    drop(archive);
    std::fs::rename(school.primary(), school.path().join("lost")).unwrap();
    put_back(&school.second(), &early);
    let promotion = Promotion { losing, director: None, clock_is_right: false };
    promote(school.home(), school.stores(), promotion, minute(10), &mut rng(10)).await.unwrap();
    let mut archive = school.open(11).await;
    let refused = go_on(&mut archive, record, 11).await;
    assert!(matches!(refused, Err(PrintError::Lost(copy)) if copy == CopyNumber::FIRST));
    let order = CopyOrder { another: Some("утрачен".to_owned()), ..CopyOrder::default() };
    let other = archive.print(record, &order, minute(12), &mut rng(12)).await.unwrap();
    assert!(other.new && other.copy > CopyNumber::FIRST && other.given.from == 1);
}

#[tokio::test]
async fn sheets_lose_their_force_in_the_commit_that_seals_the_successor() {
    let (school, record) = corrected().await;
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    let copies = reading.catalogue().copies_of(record).unwrap();
    let [copy] = &copies[..] else { panic!("{copies:?}") };
    assert_eq!((copy.record, copy.sheet_count()), (RecordNumber::FIRST, 0));
    assert!(copy.sheets.iter().all(|sheet| sheet.voided == Some(RecordNumber::FIRST)));
}

#[tokio::test]
async fn codes_typed_by_a_scanner_are_read_line_by_line_and_every_bad_line_is_named() {
    let (school, record) = corrected().await;
    let mut archive = school.open(5).await;
    let handed = go_on(&mut archive, record, 5).await.unwrap();
    drop(archive);
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    let copy = reading.catalogue().copy(CopyNumber::FIRST).unwrap().unwrap();
    let (archive, copy_number) = (reading.home().archive(), CopyNumber::FIRST);
    let codes = copy.sheets.iter().flat_map(|view| {
        let digest = view.run.digest;
        (view.run.from..=view.run.to).map(move |sheet| SheetCode {
            archive,
            copy: copy_number,
            sheet,
            digest,
        })
    });
    let codes: Vec<SheetCode> = codes.collect();
    let all: String = codes.iter().rev().map(|code| format!("{code}\r\n")).collect();
    let text = format!("{all}\nLETOPIS:\n{}\n", codes[codes.len() - 1]);
    let read = reading.sheets(&text).unwrap();
    assert_eq!(read.copies.into_iter().collect::<Vec<_>>(), [(copy_number, vec![handed.given])]);
    let SheetRange { from, .. } = handed.given;
    assert_eq!(read.bad.len(), from as usize, "the void sheets, and the line that is no code");
    let lines: Vec<usize> = read.bad.iter().map(|bad| bad.line).collect();
    let new = codes.len() + 1 - from as usize;
    let expected: Vec<usize> = (new + 1..=codes.len()).chain([codes.len() + 2]).collect();
    assert_eq!(lines, expected);
    assert!(matches!(read.bad[0].why, BadSheet::Voided { by, .. } if by == record));
    assert!(matches!(read.bad.last().unwrap().why, BadSheet::Code(_)));
}
