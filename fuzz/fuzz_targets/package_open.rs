//! Packages: opening one and comparing everything in it never falls over, whatever the file is.

#![no_main]

use letopis::record::{Seal, check};
use std::io::Cursor;
use std::sync::LazyLock;

/// Any seal of a journal: the package of another record is read no less deeply.
static SEAL: LazyLock<Seal> = LazyLock::new(|| {
    let digest = "0".repeat(64);
    let text = format!(
        "letopis/seal/v1\narchive {}\nrecord 000001\nschool 1 School\nkind journal\nclass 7А\n\
         period 2025-26/q1\nretention journals\nsealed 2025-10-25T07:00:00Z\npackage-sha256 {digest}\n\
         cards-root {}=\ncards-size 32\nreplaces -\n",
        "0".repeat(32),
        "A".repeat(43),
    );
    Seal::read(text.as_bytes()).expect("it is written in the one form of a seal")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for fault in check(Cursor::new(bytes), &SEAL) {
        assert!(!fault.to_string().is_empty());
    }
});
