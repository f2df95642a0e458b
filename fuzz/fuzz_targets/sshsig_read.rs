//! OpenSSH signatures: whatever reads is written and read back as the same signature.

#![no_main]

use letopis::key::sshsig;

libfuzzer_sys::fuzz_target!(|armoured: &str| {
    if let Ok(signature) = sshsig::read(armoured) {
        assert_eq!(sshsig::read(&signature.armoured()), Ok(signature));
    }
});
