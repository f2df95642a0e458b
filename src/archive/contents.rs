//! What is inside records.

use super::Reading;
use crate::catalogue::RecordView;
use crate::digest::Digest;
use crate::journal::Journal;
use crate::location::{Location, LocationError, file_in};
use crate::record::package::Package;
use crate::record::{PageViews, YearStatement};
use crate::register::RecordNumber;
use bytes::Bytes;
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
    Ok(package(location, record).await?.and_then(|mut package| {
        let journal = serde_json::from_slice(&package.read("data/journal.json").ok()?).ok()?;
        let pages = PageViews::from_lines(&package.read("data/pages.jsonl").ok()?);
        Some((journal, pages))
    }))
}

/// The same of a summary statement.
pub(super) async fn read_statement(
    location: &Location,
    record: &RecordView,
) -> Result<Option<YearStatement>, LocationError> {
    Ok(package(location, record).await?.and_then(|mut package| {
        let text = package.read("data/statement.json").ok()?;
        let statement: YearStatement = serde_json::from_slice(&text).ok()?;
        // Whoever prints it relies on places that are there.
        statement.contradictions().is_empty().then_some(statement)
    }))
}

/// A record's package, if its digest is right and it opens.
async fn package(
    location: &Location,
    record: &RecordView,
) -> Result<Option<Package<Cursor<Bytes>>>, LocationError> {
    let bytes = location.get(&file_in(&record.path, "package.zip")).await?;
    let bytes = bytes.filter(|bytes| Digest::of(bytes) == record.package);
    Ok(bytes.and_then(|bytes| Package::open(Cursor::new(bytes)).ok()))
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
