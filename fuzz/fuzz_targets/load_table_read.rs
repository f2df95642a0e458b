//! Tables of the teaching load: whatever reads names people, or is refused with a problem.

#![no_main]

use letopis::staff::Roster;
use letopis::staff::reading::{from_table, read_sheet};
use std::collections::BTreeSet;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(rows) = read_sheet(bytes) else { return };
    match from_table(&rows, &BTreeSet::new(), &Roster::new()) {
        Ok(proposal) => assert!(!proposal.questions.is_empty()),
        Err(problems) => assert!(!problems.is_empty()),
    }
});
