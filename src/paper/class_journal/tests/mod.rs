//! The class journal on paper as the specification: what stands on it, where it may stand, what changes it.

mod content;
mod correction;
mod digest;
mod editions;
mod files;
mod geometry;
mod sample;
mod worst;

/// How many cases a property is tried with; `LETOPIS_LONG=1` tries many.
fn cases(few: u32) -> u32 {
    if std::env::var_os("LETOPIS_LONG").is_some() { few * 40 } else { few }
}
