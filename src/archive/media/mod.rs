//! Removable copies (носители): writing them, checking them, and the media register.
//!
//! Order: the medium is written in full but for its name, then its card is durable in the locations, then the
//! medium gets its name, then its `copy-made` entry. What is interrupted before the card leaves no medium; after
//! it the card lies in `unfinished/` at the next opening, and its number is skipped: two media never share one.

mod check;
mod copy;
mod list;

pub use check::{CheckedMedium, MediumCheckOrder};
pub use copy::{MadeMedium, MediumOrder};
pub(super) use list::media;
pub use list::{MediumCard, MediumStanding};

use super::Archive;
use super::commit::CommitError;
use super::documents::DocumentError;
use super::log::LogError;
use crate::catalogue::RowsError;
use crate::location::LocationError;
use crate::location::medium::{ImageError, WriteError};
use crate::register::{DocumentId, MediumNumber, RecordNumber};
use chrono::{DateTime, Months, NaiveDate, Utc};
use std::path::PathBuf;

/// At least this often a medium is read through: 5 years (приказ Росархива от 31.07.2023 № 77 and its
/// predecessor: technical condition of media and reproducibility).
const CHECKED_WITHIN: Months = Months::new(60);

/// Why a medium was not written, checked or listed. Nothing was registered.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// No record was asked for.
    #[error("no record is to be copied; name at least one")]
    NoRecords,
    /// No such record.
    #[error("there is no record {0}; `letopis list` shows those there are")]
    NoRecord(RecordNumber),
    /// A later record says otherwise.
    #[error("record {0} was replaced by record {1}; copy that one")]
    Replaced(RecordNumber, RecordNumber),
    /// Nothing was opened under this id.
    #[error("there is no closing {0}; `letopis closing list` shows those there are")]
    NoClosing(DocumentId),
    /// The closing has other classes or periods.
    #[error("record {0} is not of this closing; copy it with the media of its own")]
    OtherClosing(RecordNumber),
    /// What is destroyed at different times never shares a medium that is written once.
    #[error(
        "record {record} is kept as `{retention}`, record {first} as `{first_retention}`; each class of the file plan has media of its own"
    )]
    TwoClasses {
        /// A record.
        record: RecordNumber,
        /// Its class of the file plan, after its kind.
        retention: String,
        /// The first record.
        first: RecordNumber,
        /// Its class.
        first_retention: String,
    },
    /// A text of the card.
    #[error(
        "the {0} is empty, longer than 200 characters or has control characters; write it anew"
    )]
    Text(&'static str),
    /// The day of the next check.
    #[error("the next check on {day} will not do; name a day after {after} and by {by}")]
    NextCheck {
        /// The day asked for.
        day: NaiveDate,
        /// Today.
        after: NaiveDate,
        /// Five years on.
        by: NaiveDate,
    },
    /// A medium is no medium inside the archive.
    #[error(
        "`{0}` lies in the archive or in one of its locations; a medium is kept apart from them"
    )]
    Inside(PathBuf),
    /// A file of the primary location is not what the register says.
    #[error("`{0}` is missing or altered, nothing was copied; `letopis repair` restores it")]
    Damaged(String),
    /// Numbers are used up.
    #[error("numbers of media are used up")]
    NoNumber,
    /// Nothing says which medium it is.
    #[error("`{0}` does not tell which medium it is; name its number with --medium")]
    Unknown(PathBuf),
    /// A medium of somebody else.
    #[error("`{0}` is a medium of another archive")]
    OtherArchive(PathBuf),
    /// No such medium.
    #[error("the register has no medium {0}; `letopis media` shows those there are")]
    NoMedium(MediumNumber),
    /// Another one is there.
    #[error("this is medium {found}, not medium {asked}; look at its label")]
    OtherMedium {
        /// The number given.
        asked: MediumNumber,
        /// The medium that is there.
        found: MediumNumber,
    },
    /// The medium cannot be read at all.
    #[error("`{path}` cannot be read: {source}")]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no xorriso to read it with.
    #[error(transparent)]
    Image(ImageError),
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The register does not read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A document does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// It could not be registered.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Archive {
    /// The day by which a medium is to be checked next, local: the one asked for, or five years on.
    ///
    /// # Errors
    /// When the day asked for is over, or further off than five years.
    pub async fn next_check(
        &self,
        asked: Option<NaiveDate>,
        now: DateTime<Utc>,
    ) -> Result<NaiveDate, MediaError> {
        let today = now.with_timezone(&self.settings().await?.utc_offset).date_naive();
        let by = today.checked_add_months(CHECKED_WITHIN).unwrap_or(NaiveDate::MAX);
        let day = asked.unwrap_or(by);
        if today < day && day <= by {
            return Ok(day);
        }
        Err(MediaError::NextCheck { day, after: today, by })
    }
}
