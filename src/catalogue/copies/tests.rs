use super::*;
use crate::register::{DocumentId, DocumentNamed, Replaced, Restored, Sealed};
use chrono::DateTime;
use proptest::prelude::*;

fn record(number: u32) -> RecordNumber {
    RecordNumber::new(number).unwrap()
}

fn copy(number: u32) -> CopyNumber {
    CopyNumber::FIRST.plus(number - 1).unwrap()
}

fn page(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

/// A catalogue and what was impossible of what it was told.
struct Told {
    catalogue: Catalogue,
    seq: u64,
}

impl Told {
    /// Record 1 of 7А, sealed.
    fn new() -> Told {
        let archive = "6f1c2a528c1e4c539d5e0a4a8d0f3b11".parse().unwrap();
        let mut told = Told { catalogue: Catalogue::in_memory(archive), seq: 0 };
        told.sealed(1, "7А", None);
        told
    }

    fn tell(&mut self, event: Event) -> Option<CopyFault> {
        let entry = Entry { seq: self.seq, time: DateTime::UNIX_EPOCH, event };
        self.seq += 1;
        let fault = self.catalogue.copy_fault(&entry).unwrap();
        self.catalogue.apply(&entry).unwrap();
        fault
    }

    fn sealed(&mut self, number: u32, class: &str, replaces: Option<u32>) {
        self.tell(Event::Sealed(Sealed {
            record: record(number),
            path: format!("records/2025-26/{number:06}-x").parse().unwrap(),
            kind: RecordKind::Journal,
            class: class.parse().unwrap(),
            period: "2025-26/q1".parse().unwrap(),
            retention: "journals".to_owned(),
            seal: page("seal"),
            package: page("package"),
            bytes: 1,
            replaces: replaces.map(record),
        }));
        if let Some(former) = replaces {
            let (former, by) = (record(former), record(number));
            let pages = vec![];
            self.tell(Event::Replaced(Replaced { record: former, by, pages_changed: 0, pages }));
        }
    }

    fn printed(
        &mut self,
        number: u32,
        of: u32,
        sheets: &[(SheetKind, u32, u32, Option<&str>)],
    ) -> Option<CopyFault> {
        let run = |(kind, from, to, name): &(SheetKind, u32, u32, Option<&str>)| SheetRun {
            digest: name.map(page),
            from: *from,
            kind: *kind,
            page: name.map(|_| 1),
            to: *to,
        };
        let document: DocumentId = format!("{:032x}", self.seq).parse().unwrap();
        let named = DocumentNamed {
            document,
            path: format!("documents/2025/{document}").parse().unwrap(),
            sha256: page("document"),
            retention: "journals".to_owned(),
        };
        let (copy, record, sheets) = (copy(number), record(of), sheets.iter().map(run).collect());
        self.tell(Event::Printed(Printed { copy, record, sheets, named }))
    }

    fn voided(&mut self, number: u32, with: u32, sheets: &[(u32, u32)]) -> Option<CopyFault> {
        let range = |(from, to): &(u32, u32)| SheetRange { from: *from, to: *to };
        let sheets = sheets.iter().map(range).collect();
        self.tell(Event::SheetVoided(SheetVoided {
            copy: copy(number),
            record: record(with),
            sheets,
        }))
    }

    fn copy(&self, number: u32) -> CopyView {
        self.catalogue.copy(copy(number)).unwrap().unwrap()
    }
}

const FIRST: [(SheetKind, u32, u32, Option<&str>); 5] = [
    (SheetKind::Title, 1, 1, None),
    (SheetKind::Page, 2, 4, Some("algebra")),
    (SheetKind::Page, 5, 5, Some("music")),
    (SheetKind::Blank, 6, 6, None),
    (SheetKind::Last, 7, 7, None),
];

/// A copy whose page of algebra was corrected.
fn corrected() -> Told {
    let mut told = Told::new();
    assert_eq!(told.printed(1, 1, &FIRST), None);
    told.sealed(2, "7А", Some(1));
    assert_eq!(told.voided(1, 1, &[(1, 4), (7, 7)]), None);
    let new = [
        (SheetKind::Page, 8, 9, Some("algebra, corrected")),
        (SheetKind::Title, 10, 10, None),
        (SheetKind::Last, 11, 11, None),
    ];
    assert_eq!(told.printed(1, 2, &new), None);
    told
}

#[test]
fn a_copy_goes_on_through_a_correction_under_its_number() {
    let told = corrected();
    let copy = told.copy(1);
    assert_eq!((copy.record, copy.documents.len()), (record(2), 2));
    assert_eq!((copy.sheet_count(), copy.highest_sheet()), (6, 11));
    let valid: Vec<u32> =
        copy.valid_sheets().flat_map(|sheet| sheet.run.from..=sheet.run.to).collect();
    assert_eq!(valid, [5, 6, 8, 9, 10, 11]);
    for (number, of, document) in [(5, 1, 0), (6, 1, 0), (8, 2, 1), (11, 2, 1)] {
        let SheetState::Valid(sheet) = copy.sheet(number) else { panic!("sheet {number}") };
        assert_eq!((sheet.record, sheet.document), (record(of), document), "sheet {number}");
    }
    for number in [1, 2, 3, 4, 7] {
        let SheetState::Voided { with, .. } = copy.sheet(number) else { panic!("sheet {number}") };
        assert_eq!(with, record(1));
    }
    assert_eq!(copy.sheet(0), SheetState::None);
    assert_eq!(copy.sheet(12), SheetState::None);
}

#[test]
fn copies_are_found_by_number_by_class_and_by_every_record_of_the_chain() {
    let mut told = corrected();
    told.sealed(3, "7Б", None);
    told.sealed(4, "7А", None);
    told.printed(2, 3, &FIRST);
    told.printed(4, 2, &FIRST);
    told.printed(3, 4, &FIRST);
    let of = |number| {
        let copies = told.catalogue.copies_of(record(number)).unwrap().into_iter();
        copies.map(|copy| copy.copy.get()).collect::<Vec<_>>()
    };
    assert_eq!(
        (of(1), of(2), of(3), of(4), of(9)),
        (vec![1, 4], vec![1, 4], vec![2], vec![3], vec![])
    );
    let period = "2025-26/q1".parse().unwrap();
    let class =
        told.catalogue.copies_of_class(&"7А".parse().unwrap(), &period, RecordKind::Journal);
    assert_eq!(class.unwrap().iter().map(|copy| copy.copy.get()).collect::<Vec<_>>(), [1, 3, 4]);
    assert_eq!(told.catalogue.copies().unwrap().len(), 4);
    assert_eq!(told.catalogue.latest_of_chain(record(1)).unwrap(), record(2));
}

#[test]
fn a_copy_that_goes_on_does_not_lower_the_largest_number() {
    let mut told = Told::new();
    told.printed(7, 1, &FIRST);
    told.printed(3, 1, &FIRST);
    assert_eq!(told.catalogue.last_copy().unwrap(), Some(copy(7)));
}

#[test]
fn a_correction_outdates_changed_pages_and_what_speaks_of_the_whole_class() {
    let mut told = Told::new();
    told.printed(1, 1, &FIRST);
    let outdated = |pages: &[Digest]| told.copy(1).outdated_by(pages);
    let range = |from, to| SheetRange { from, to };
    assert_eq!(outdated(&[page("algebra"), page("music")]), [range(1, 1), range(7, 7)]);
    assert_eq!(outdated(&[page("music")]), [range(1, 4), range(7, 7)]);
    assert_eq!(outdated(&[]), [range(1, 5), range(7, 7)]);
}

#[test]
fn a_part_of_what_was_printed_together_can_be_voided() {
    let mut told = Told::new();
    told.printed(1, 1, &FIRST);
    told.sealed(2, "7А", Some(1));
    assert_eq!(told.voided(1, 1, &[(3, 3)]), None);
    let copy = told.copy(1);
    let algebra = |sheet: &&SheetView| sheet.run.digest == Some(page("algebra"));
    let parts: Vec<_> = copy.sheets.iter().filter(algebra).collect();
    let told: Vec<_> =
        parts.iter().map(|sheet| (sheet.run.from, sheet.run.to, sheet.is_valid())).collect();
    assert_eq!(told, [(2, 2, true), (3, 3, false), (4, 4, true)]);
    assert_eq!(copy.sheet_count(), 6);
}

#[test]
fn a_copy_may_lack_sheets_when_entries_were_lost_since_it_was_printed() {
    let mut told = corrected();
    let lacks = |told: &Told, n| told.catalogue.may_lack_sheets(&told.copy(n)).unwrap();
    let restored = |known_size| {
        let location = "00000000000000000000000000000001".parse().unwrap();
        let root = page("root");
        Event::Restored(Restored { location, size: 3, root, known_size, known_root: None })
    };
    told.tell(restored(None));
    assert!(!lacks(&told, 1), "nothing was lost");
    told.tell(restored(Some(5)));
    assert!(lacks(&told, 1));
    told.sealed(3, "7А", Some(2));
    let on = told.printed(1, 3, &[(SheetKind::Last, 12, 12, None)]);
    assert_eq!(on, Some(CopyFault::MayLackSheets(copy(1))));
    told.printed(2, 2, &FIRST);
    assert!(!lacks(&told, 2), "printed since");
}

#[test]
fn what_cannot_be_is_told_and_changes_no_copy() {
    let range = |from, to| SheetRange { from, to };
    let mut told = corrected();
    told.sealed(3, "7А", None);
    let before = told.copy(1);
    let last = |from, to| [(SheetKind::Last, from, to, None)];
    let chain = |record_of: u32| CopyFault::Chain {
        copy: copy(1),
        from: record(2),
        record: record(record_of),
    };
    let sheets = |number, from| CopyFault::Sheets { copy: copy(number), from };
    assert_eq!(told.printed(1, 2, &last(12, 12)), Some(chain(2)), "not a correction");
    assert_eq!(told.printed(1, 3, &last(12, 12)), Some(chain(3)), "another chain");
    let unsealed = CopyFault::NoRecord { copy: copy(1), record: record(9) };
    assert_eq!(told.printed(1, 9, &last(12, 12)), Some(unsealed));
    assert_eq!(told.voided(9, 1, &[(1, 1)]), Some(CopyFault::NoCopy(copy(9))));
    assert_eq!(told.voided(1, 2, &[(5, 5)]), Some(chain(2)), "nothing replaced record 2");
    assert_eq!(told.voided(1, 1, &[(5, 5)]), Some(chain(1)), "replaced before the copy went on");
    told.sealed(4, "7А", Some(2));
    for (sheets, wrong) in [
        (vec![(4, 5)], range(4, 5)),
        (vec![(5, 12)], range(5, 12)),
        (vec![(0, 0)], range(0, 0)),
        (vec![(6, 5)], range(6, 5)),
        (vec![(5, 5), (5, 5)], range(5, 5)),
        (vec![(1, u32::MAX)], range(1, u32::MAX)),
    ] {
        let fault = CopyFault::NotValid { copy: copy(1), sheets: wrong };
        assert_eq!(told.voided(1, 2, &sheets), Some(fault));
    }
    for wrong in [last(11, 11), last(13, 13), last(12, 11), last(12, 1_000_000)] {
        assert_eq!(told.printed(1, 4, &wrong), Some(sheets(1, 12)));
    }
    assert_eq!(told.printed(1, 4, &[]), Some(sheets(1, 12)));
    assert_eq!(told.printed(5, 4, &last(2, 2)), Some(sheets(5, 1)));
    assert_eq!(told.copy(1), before);
    assert_eq!(told.printed(1, 4, &last(12, 12)), None);
}

proptest! {
    #[test]
    fn through_any_corrections_each_sheet_has_its_number_alone_and_counts_until_it_is_voided(
        rounds in proptest::collection::vec((1u32..6, any::<u64>()), 1..8),
    ) {
        let mut told = Told::new();
        let mut counts: Vec<bool> = Vec::new();
        for (round, (sheets, mask)) in (1..).zip(rounds) {
            if round > 1 {
                told.sealed(round, "7А", Some(round - 1));
                let void: Vec<u32> = (1..=counts.len() as u32)
                    .filter(|n| counts[*n as usize - 1] && mask >> (n % 64) & 1 == 1)
                    .collect();
                let ranges: Vec<(u32, u32)> =
                    SheetRange::of(void.iter().copied()).iter().map(|r| (r.from, r.to)).collect();
                prop_assert_eq!(told.voided(1, round - 1, &ranges), None);
                void.into_iter().for_each(|n| counts[n as usize - 1] = false);
            }
            let first = counts.len() as u32 + 1;
            let last = first + sheets - 1;
            prop_assert_eq!(told.printed(1, round, &[(SheetKind::Last, first, last, None)]), None);
            counts.resize(last as usize, true);
            let copy = told.copy(1);
            prop_assert_eq!(copy.highest_sheet() as usize, counts.len());
            prop_assert_eq!(copy.sheet_count() as usize, counts.iter().filter(|c| **c).count());
            for (n, counts) in (1..).zip(&counts) {
                let is_valid = matches!(copy.sheet(n), SheetState::Valid(_));
                prop_assert_eq!(is_valid, *counts, "sheet {}", n);
            }
        }
    }
}
