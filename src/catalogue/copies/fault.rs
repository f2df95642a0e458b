//! What entries cannot say of paper copies.

use crate::register::{CopyNumber, RecordNumber, SheetRange};

/// An entry says of a paper copy what cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyFault {
    /// Nothing was printed under this number.
    #[error("copy {0} was never printed")]
    NoCopy(CopyNumber),
    /// No such record.
    #[error("copy {copy} names record {record}, which was never sealed")]
    NoRecord {
        /// The copy.
        copy: CopyNumber,
        /// The record.
        record: RecordNumber,
    },
    /// A record that does not follow the one the copy was printed from.
    #[error("copy {copy} was printed from record {from}, which record {record} does not replace")]
    Chain {
        /// The copy.
        copy: CopyNumber,
        /// The record the copy was printed from.
        from: RecordNumber,
        /// The one that is named.
        record: RecordNumber,
    },
    /// Sheets with a gap, or with numbers that were given before.
    #[error("the sheets of copy {copy} do not run on from {from}")]
    Sheets {
        /// The copy.
        copy: CopyNumber,
        /// The number the next sheet has.
        from: u32,
    },
    /// Entries that may have continued it were lost.
    #[error("copy {0} goes on, though entries were lost since it was printed last")]
    MayLackSheets(CopyNumber),
    /// Sheets that cannot be voided: they were never printed, or are void already.
    #[error("sheets {sheets} of copy {copy} cannot be voided: there are none that count")]
    NotValid {
        /// The copy.
        copy: CopyNumber,
        /// The sheets.
        sheets: SheetRange,
    },
}
