//! Interchange files: whatever reads is written and read back as the same journal.

#![no_main]

use letopis::journal::read;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(journal) = read::journal(bytes) {
        let written = journal.to_canonical();
        assert_eq!(read::journal(&written), Ok(journal));
    }
});
