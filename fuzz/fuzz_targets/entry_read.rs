//! Entries of the register: whatever reads is written and read back as the same entry. Events this
//! program does not know can't be written.

#![no_main]

use letopis::register::{Entry, EntryReader, Event};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = EntryReader::new().read(bytes);
    match Entry::read(bytes, 0) {
        Ok(Entry { event: Event::Unknown { .. }, .. }) | Err(_) => {}
        Ok(entry) => assert_eq!(Entry::read(&entry.to_text(), 0).ok(), Some(entry)),
    }
});
