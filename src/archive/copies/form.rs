//! A record's journal laid out as its paper copy, and what the copy's document says.

use super::error::PrintError;
use crate::archive::contents::{self, ContentsError};
use crate::archive::documents::{self, DocumentError};
use crate::archive::settings::{Settings, SettingsError};
use crate::catalogue::RecordView;
use crate::location::Location;
use crate::paper::class_journal::{self, ClassJournal, Edition, PrintedJournal};
use crate::register::{CopyNumber, RecordKind, RecordNumber, SheetRun};
use crate::retention::DocumentKind;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::path::Path;

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
    if record.kind != RecordKind::Journal {
        return Err(PrintError::NoJournal(record.record));
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

/// The largest number of a copy among the documents that interrupted runs left.
pub(super) fn highest_copy(unfinished: &Path) -> Option<CopyNumber> {
    #[derive(Deserialize)]
    struct Left {
        body: Body,
        kind: DocumentKind,
    }
    #[derive(Deserialize)]
    struct Body {
        copy: CopyNumber,
    }
    let (mut highest, mut waiting) = (None, vec![unfinished.to_owned()]);
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with(documents::DOCUMENT) {
                let text = std::fs::read(entry.path()).unwrap_or_default();
                let left = serde_json::from_slice::<Left>(&text).ok();
                let left = left.filter(|left| left.kind == DocumentKind::PaperCopy);
                highest = highest.max(left.map(|left| left.body.copy));
            }
        }
    }
    highest
}
