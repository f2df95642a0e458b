//! Seals: whatever reads is written in the same bytes.

#![no_main]

use letopis::record::Seal;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(seal) = Seal::read(bytes) {
        assert_eq!(seal.to_text().as_bytes(), bytes);
    }
});
