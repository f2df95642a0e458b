//! What an archive keeps to, whatever fails.

mod catalogue;
mod copies;
mod failing_store;
mod faults;
mod forged;
mod media;
mod media_checks;
mod media_faults;
mod promotion;
mod recovery;
mod school;
mod second;
mod whole;

/// How much is tried: `LETOPIS_LONG=1` (at night) takes the long versions.
fn long() -> bool {
    std::env::var_os("LETOPIS_LONG").is_some_and(|value| value == "1")
}
