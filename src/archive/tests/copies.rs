//! Each write of printing a copy fails, in each way, in each location.

use super::failing_store::{Fault, Faults};
use super::school::{School, minute, rng, work};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::{Archive, CopyOrder, HandedOut, PrintError};
use crate::digest::Digest;
use crate::register::RecordNumber;
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
