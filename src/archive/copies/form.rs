//! A record laid out as its paper copy, and what the copy's document says.

use super::error::PrintError;
use crate::archive::contents::{self, ContentsError};
use crate::archive::documents::{self, DocumentError};
use crate::archive::settings::{Settings, SettingsError};
use crate::catalogue::RecordView;
use crate::location::Location;
use crate::paper::Letterhead;
use crate::paper::class_journal::{self, ClassJournal, Edition, PrintedJournal};
use crate::paper::statement::{self, YearForm};
use crate::register::{CopyNumber, RecordKind, RecordNumber, SheetRun};
use crate::retention::DocumentKind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Documents that hold numbered copies.
const COPIES: [DocumentKind; 2] = [DocumentKind::PaperCopy, DocumentKind::StatementCopy];

/// What the document of a copy says, beside its print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperCopy {
    pub(super) copy: CopyNumber,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    pub(super) record: RecordNumber,
    pub(super) sheets: Vec<SheetRun>,
    pub(super) two_sided: bool,
}

/// Lays out a record's journal as its paper copy.
pub(super) async fn lay_out(
    settings: &Settings,
    location: &Location,
    record: &RecordView,
    (two_sided, now): (bool, DateTime<Utc>),
    edition: &Edition,
) -> Result<PrintedJournal, PrintError> {
    if record.kind == RecordKind::Statement {
        return lay_out_statement(settings, location, record, (two_sided, now), edition).await;
    }
    let found = contents::read(location, record).await?;
    let (journal, views) = found.ok_or(ContentsError::Damaged(record.record))?;
    let wording = settings.wording().map_err(SettingsError::from).map_err(DocumentError::from)?;
    let form = ClassJournal {
        journal: &journal,
        pages: &views.digests(),
        archive: location.archive(),
        school: &settings.school_name,
        record: record.record,
        content: settings.paper.content,
        two_sided,
        blanks: settings.paper.blanks,
        wording: &wording,
        printed: now.with_timezone(&settings.utc_offset),
    };
    Ok(class_journal::print(&form, edition)?)
}

/// Lays a record's summary statement out as its paper copy.
async fn lay_out_statement(
    settings: &Settings,
    location: &Location,
    record: &RecordView,
    (two_sided, now): (bool, DateTime<Utc>),
    edition: &Edition,
) -> Result<PrintedJournal, PrintError> {
    let found = contents::read_statement(location, record).await?;
    let found = found.ok_or(ContentsError::Damaged(record.record))?;
    let wording = settings.wording().map_err(SettingsError::from).map_err(DocumentError::from)?;
    let head = Letterhead {
        school: &settings.school_name,
        wording: &wording,
        officials: &[],
        printed: now.with_timezone(&settings.utc_offset),
    };
    let (archive, record) = (location.archive(), record.record);
    let form = YearForm { statement: &found, archive, record, two_sided, head };
    Ok(statement::year(&form, edition)?)
}

/// What the document of a numbered copy is: that of a statement is kept longer.
pub(super) fn kind_of(record: RecordKind) -> DocumentKind {
    match record {
        RecordKind::Journal => DocumentKind::PaperCopy,
        RecordKind::Statement => DocumentKind::StatementCopy,
    }
}

/// The largest number of a copy among the documents that interrupted runs left.
pub(super) fn highest_copy(unfinished: &Path) -> Option<CopyNumber> {
    #[derive(Deserialize)]
    struct Numbered {
        copy: CopyNumber,
    }
    documents::highest_left(unfinished, &COPIES, |body: Numbered| body.copy)
}
