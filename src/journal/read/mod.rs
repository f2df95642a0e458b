//! Strict reading of the interchange format `letopis-journal/1`.
//!
//! [`journal`] is the only door by which foreign text becomes a [`Journal`]: it refuses whatever the
//! format does not allow, with all problems at once, and brings what it accepts into canonical order
//! ([`in_order`]), so that two exports that say the same are equal.
//!
//! Required text must say something (not only white space); an empty text in an optional field counts
//! as absent. Text is otherwise kept as it was written.

mod entries;
mod json;
mod known;
mod order;
mod page;
mod text;
mod walk;
mod whole;

pub use json::{Json, MAX_BYTES};
pub use order::in_order;
pub(crate) use walk::{At, Object, Path, Walk, calendar_date};

use super::Journal;
use std::fmt;

/// The most pupils in one journal (INTERCHANGE).
pub const MAX_PUPILS: usize = 60;
/// The most pages in one journal (INTERCHANGE).
pub const MAX_PAGES: usize = 60;
/// The most lessons on one page (INTERCHANGE).
pub const MAX_LESSONS: usize = 400;

/// One thing wrong with a document, and where.
///
/// Names no pupil: places are indexes, reasons quote ids and dates at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// JSON path: `$.pages[3].lessons[0].date`; `$` is the whole document.
    pub path: String,
    /// What is wrong and, where that is not obvious, what to do.
    pub reason: String,
}

impl Problem {
    /// A problem of the whole document.
    pub(crate) fn whole(reason: impl Into<String>) -> Problem {
        Problem { path: "$".to_owned(), reason: reason.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// Reads one journal and brings it into canonical order.
///
/// # Errors
/// Every problem of the document: shape, references, duplicates, limits (`docs/formats.md`).
pub fn journal(bytes: &[u8]) -> Result<Journal, Vec<Problem>> {
    let json = Json::read(bytes).map_err(|problem| vec![problem])?;
    tree(&json)
}

/// Reads a journal that is already a tree. Errors as for [`journal`].
pub(crate) fn tree(json: &Json) -> Result<Journal, Vec<Problem>> {
    let mut walk = Walk::default();
    let read = whole::journal(&mut walk, At { json, path: &Path::Root });
    let problems = walk.into_problems();
    match read {
        Some(journal) if problems.is_empty() => Ok(in_order(journal)),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests;
