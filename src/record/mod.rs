//! A record (единица хранения): a sealed package with its number, never changed, only replaced.
//!
//! [`seal_journal`] makes one from a journal, [`seal_statement`] from a class's year; [`package::Package`] reads one as hostile input;
//! [`check`] compares what is inside with itself and with the seal. `docs/formats.md` § 2.

mod bag;
mod canonical;
mod cards;
mod check;
mod layout;
pub mod package;
mod page_view;
mod salt;
mod seal;
mod sealing;
mod statement;

pub use crate::register::RecordKind;
pub use cards::CardsFault;
pub use check::{Fault, check, check_in_register};
pub use page_view::PageViews;
pub use salt::{Salt, SaltError};
pub use seal::{Seal, SealError};
pub use sealing::{Replaced, Sealed, Sealing, directory_name, seal_journal, seal_statement};
pub use statement::{SourceRecord, YearStatement};

/// The lines of a line file, without their LF. A text that does not end with LF has a last line all
/// the same; the check of the whole text tells.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let mut ends = memchr::memchr_iter(b'\n', text);
    std::iter::from_fn(move || {
        let end = ends.next().or((start < text.len()).then_some(text.len()))?;
        let line = &text[start..end];
        start = end + 1;
        Some(line)
    })
}
