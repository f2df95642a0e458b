//! The class journal on paper.

use super::PaperError;
use super::wording::Wording;
use crate::digest::Digest;
use crate::journal::Journal;
use crate::key::Fingerprint;
use crate::register::{ArchiveId, CopyNumber, RecordNumber, SheetRun};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// What the paper copy of a class journal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// «Текущие и итоговые отметки»: marks, absences and finals.
    Marks,
    /// The same, and the lessons' dates, topics and homework.
    MarksAndTopics,
}

/// A record's journal, to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct ClassJournal<'a> {
    /// The journal.
    pub journal: &'a Journal,
    /// Digests of its pages, in page order.
    pub pages: &'a [Digest],
    /// Whose archive.
    pub archive: ArchiveId,
    /// The school's name.
    pub school: &'a str,
    /// The record's number.
    pub record: RecordNumber,
    /// What is printed of it.
    pub content: Content,
    /// A sheet has two sides; otherwise one.
    pub two_sided: bool,
    /// The texts of the form.
    pub wording: &'a Wording,
    /// When it is printed, by the school's clock.
    pub printed: DateTime<FixedOffset>,
}

/// Which edition of a journal's print it is.
#[derive(Debug, Clone, Copy)]
pub enum Edition {
    /// The reference print, that lies in the record's package: without copy number, signature lines and QR.
    Reference,
    /// «ЧЕРНОВИК» across every sheet; without number and QR.
    Draft,
    /// A numbered copy.
    Copy(CopyFacts),
}

/// What a numbered copy says of itself.
#[derive(Debug, Clone, Copy)]
pub struct CopyFacts {
    /// Its number.
    pub copy: CopyNumber,
    /// Digest of the record's seal.
    pub seal: Digest,
    /// Fingerprint of the director's key that signed the record, if it is signed.
    pub signed_by: Option<Fingerprint>,
    /// How many entries the register had, and its root.
    pub register: (u64, Digest),
}

/// A journal as it was laid out.
#[derive(Debug, Clone)]
pub struct PrintedJournal {
    /// PDF/A-2b.
    pub pdf: Vec<u8>,
    /// What its sheets show, in order, without a gap from 1.
    pub sheets: Vec<SheetRun>,
}

/// Lays a class journal out.
///
/// # Errors
/// When a character has no glyph: with the page, pupil or lesson it stands in.
pub fn print(form: &ClassJournal<'_>, edition: &Edition) -> Result<PrintedJournal, PaperError> {
    let _ = (form, edition);
    todo!("laid out by the next commit")
}
