//! What holds between the entries of a register, and that all of them fit in.

use super::samples::{created, location, noon, path, sealed, time};
use crate::register::*;

fn entry(seq: u64, event: Event) -> Entry {
    Entry { seq, time: noon(), event }
}

#[test]
fn a_register_is_read_entry_by_entry() {
    let mut reader = EntryReader::new();
    let texts = [entry(0, created()).to_text(), entry(1, Event::Sealed(sealed())).to_text()];
    for (seq, text) in (0..).zip(&texts) {
        assert_eq!(reader.next_seq(), seq);
        assert_eq!(reader.read(text).unwrap().seq, seq);
    }
    assert_eq!(reader.latest(), Some(noon()));
    assert!(matches!(reader.read(&texts[1]), Err(EntryError::Seq { seq: 2, .. })));
    // The text after a bad one still has its place.
    assert!(reader.read(&entry(3, Event::Sealed(sealed())).to_text()).is_ok());
}

#[test]
fn times_in_a_register_never_decrease() {
    let mut reader = EntryReader::after(&entry(4, Event::Sealed(sealed())));
    let at = |seq, text| Entry { seq, time: time(text), event: Event::Sealed(sealed()) }.to_text();
    assert!(reader.read(&at(5, "2025-10-25T12:00:00Z")).is_ok());
    match reader.read(&at(6, "2025-10-25T11:59:59Z")) {
        Err(EntryError::TimeWentBack { seq: 6, time: found, before }) => {
            assert_eq!((found, before), (time("2025-10-25T11:59:59Z"), noon()));
        }
        other => panic!("{other:?}"),
    }
    // The time that went back does not become the measure.
    let refused = reader.read(&at(7, "2025-10-25T11:59:59Z"));
    assert!(matches!(refused, Err(EntryError::TimeWentBack { seq: 7, .. })));
    assert!(reader.read(&at(8, "2025-10-25T12:00:01Z")).is_ok());
}

#[test]
fn an_archive_is_created_by_its_first_entry_and_once() {
    let refused = EntryReader::new().read(&entry(0, Event::Sealed(sealed())).to_text());
    assert!(matches!(refused, Err(EntryError::Creation { seq: 0, .. })));
    let refused = EntryReader::after(&entry(0, created())).read(&entry(1, created()).to_text());
    assert!(matches!(refused, Err(EntryError::Creation { seq: 1, .. })));
}

#[test]
fn a_repair_counts_all_files_and_names_200_so_that_it_fits() {
    let long = "x".repeat(255);
    let repaired = Repaired::new(location(), vec![path(&long); 1000]);
    assert_eq!((repaired.files, repaired.paths.len()), (1000, 200));
    assert!(entry(5, Event::Repaired(repaired)).to_text().len() <= MAX_ENTRY);
}
