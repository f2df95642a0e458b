//! Why a paper copy was not printed.

use crate::archive::commit::CommitError;
use crate::archive::contents::ContentsError;
use crate::archive::documents::DocumentError;
use crate::catalogue::RowsError;
use crate::location::LocationError;
use crate::paper::PaperError;
use crate::register::{CopyNumber, RecordNumber, SheetRange};

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// No such record.
    #[error("there is no record {0}; `letopis list` shows those there are")]
    NoRecord(RecordNumber),
    /// A later record says otherwise.
    #[error("record {0} was replaced by record {1}; print that one, or this one with --draft")]
    Replaced(RecordNumber, RecordNumber),
    /// Nothing was printed of it.
    #[error("record {0} has no paper copy yet; print it first")]
    NoCopy(RecordNumber),
    /// Not of this record.
    #[error("record {record} has no copy {copy}; it has {}", list(.has))]
    OtherCopy {
        /// The record.
        record: RecordNumber,
        /// The copy asked for.
        copy: CopyNumber,
        /// Its copies.
        has: Vec<CopyNumber>,
    },
    /// The copy has fewer sheets.
    #[error("copy {copy} has sheets 1–{sheets}, not {from}–{to}")]
    NoSheet {
        /// The copy.
        copy: CopyNumber,
        /// How many it has.
        sheets: u32,
        /// The first one asked for.
        from: u32,
        /// The last one asked for.
        to: u32,
    },
    /// They were replaced by a correction.
    #[error(
        "sheets {} of copy {copy} are void since a correction; `letopis print {record}` gives those instead of them",
        ranges(.sheets)
    )]
    Voided {
        /// The copy.
        copy: CopyNumber,
        /// Those of the sheets that are void.
        sheets: Vec<SheetRange>,
        /// The record in force.
        record: RecordNumber,
    },
    /// The numbers of its next sheets may have been given already.
    #[error(
        "copy {0} cannot go on: entries were lost with a former primary location, and sheets of it may be on paper that \
         nobody knows of; print all of it under another number with --new-copy"
    )]
    Lost(CopyNumber),
    /// Numbers are used up.
    #[error("numbers of paper copies are used up")]
    NoNumber,
    /// The record does not read.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// It cannot be laid out.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// A document does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// The copy could not be registered: nothing was handed out.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

fn list(copies: &[CopyNumber]) -> String {
    copies.iter().map(CopyNumber::to_string).collect::<Vec<_>>().join(", ")
}

fn ranges(sheets: &[SheetRange]) -> String {
    sheets.iter().map(SheetRange::to_string).collect::<Vec<_>>().join(", ")
}
