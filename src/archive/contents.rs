//! What is inside records.

use super::Reading;
use crate::catalogue::RecordView;
use crate::digest::Digest;
use crate::journal::Journal;
use crate::location::{Location, LocationError, file_in};
use crate::record::PageViews;
use crate::record::package::Package;
use crate::register::RecordNumber;
use std::io::Cursor;

/// Why a record's journal cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContentsError {
    /// Missing or altered wherever it was looked for.
    #[error("record {0} is damaged; `letopis verify` tells more, `letopis repair` mends it")]
    Damaged(RecordNumber),
    /// A location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
}

/// Journal and printed views of a record, after its package's digest was found right; `None` when the
/// package is missing or altered.
pub(super) async fn read(
    location: &Location,
    record: &RecordView,
) -> Result<Option<(Journal, PageViews)>, LocationError> {
    let bytes = location.get(&file_in(&record.path, "package.zip")).await?;
    Ok(bytes.filter(|bytes| Digest::of(bytes) == record.package).and_then(|bytes| {
        let mut package = Package::open(Cursor::new(bytes)).ok()?;
        let journal = serde_json::from_slice(&package.read("data/journal.json").ok()?).ok()?;
        let pages = PageViews::from_lines(&package.read("data/pages.jsonl").ok()?);
        Some((journal, pages))
    }))
}

impl Reading {
    /// The journal of a record, from whichever location has it undamaged.
    ///
    /// # Errors
    /// When none has.
    pub async fn journal(&self, record: &RecordView) -> Result<Journal, ContentsError> {
        let mut why = ContentsError::Damaged(record.record);
        for location in [self.primary(), self.second()].into_iter().flatten() {
            match read(location, record).await {
                Ok(Some((journal, _))) => return Ok(journal),
                Ok(None) => {}
                Err(error) => why = error.into(),
            }
        }
        Err(why)
    }
}
