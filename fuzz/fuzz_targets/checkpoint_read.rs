//! Checkpoints: whatever reads as a checkpoint of the register its first line names begins with the body
//! that is signed.

#![no_main]

use letopis::key::SecretKey;
use letopis::register::Checkpoint;

libfuzzer_sys::fuzz_target!(|note: &str| {
    let Ok(origin) = note.lines().next().unwrap_or_default().parse() else { return };
    if let Ok(signed) = Checkpoint::read(note, &origin) {
        assert!(note.starts_with(&signed.checkpoint().body()));
        let _ = signed.verify(&SecretKey::from_seed(&[7; 32]).public());
    }
});
