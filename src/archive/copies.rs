//! Numbered paper copies (бумажные экземпляры) of journals and summary statements.
//!
//! Order: the document with the exact print is durable, then its `printed` entry, then the file is handed
//! out. What is interrupted before the entry leaves a document in `unfinished/`; its number is skipped.

use super::commit::CommitError;
use super::contents::{self, ContentsError};
use super::documents::{self, DocumentError};
use super::settings::{Settings, SettingsError};
use super::{Archive, Reading};
use crate::catalogue::{CopyView, RecordView, RowsError};
use crate::location::LocationError;
use crate::paper::class_journal::{self, ClassJournal, CopyFacts, Edition};
use crate::paper::statement::{self, YearForm};
use crate::paper::{Letterhead, PaperError, some_sheets};
use crate::register::{
    CopyNumber, Event, Printed, RecordKind, RecordNumber, Reprinted, SheetRange, SheetRun,
};
use crate::retention::DocumentKind;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Which copy is wanted.
#[derive(Debug, Clone, Default)]
pub struct CopyOrder {
    /// Why another copy is made of a record that has one; without a reason that one is given again.
    pub another: Option<String>,
    /// Of several copies this one; otherwise the latest.
    pub copy: Option<CopyNumber>,
    /// Printed on both sides; otherwise as the settings say.
    pub two_sided: Option<bool>,
}

/// A copy as it was handed out.
#[derive(Debug, Clone)]
pub struct HandedOut {
    /// Its number.
    pub copy: CopyNumber,
    /// How many sheets it has.
    pub sheets: u32,
    /// The file to be printed: all of the copy, or the sheets asked for.
    pub pdf: Bytes,
    /// The copy was made now; otherwise it was printed before.
    pub new: bool,
    /// Why the second location does not have it yet.
    pub missing: Option<String>,
}

/// What the document of a copy says, beside its print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperCopy {
    copy: CopyNumber,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    record: RecordNumber,
    sheets: Vec<SheetRun>,
    two_sided: bool,
}

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

impl Archive {
    /// Hands out a paper copy of a record: the one there is, or a new one with the next number.
    ///
    /// # Errors
    /// When the record is not current, a character cannot be printed, or the copy cannot be
    /// registered.
    pub async fn print(
        &mut self,
        record: RecordNumber,
        order: &CopyOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<HandedOut, PrintError> {
        let view = current(&self.catalogue, record)?;
        if order.another.is_none() {
            match self.copy(record, order.copy) {
                Ok(copy) => {
                    let all = SheetRange { from: 1, to: copy.sheet_count() };
                    return self.print_sheets(record, Some(copy.copy), all, now).await;
                }
                Err(PrintError::NoCopy(_)) => {}
                Err(error) => return Err(error),
            }
        }
        self.print_new(&view, order, now, rng).await
    }

    /// Hands out sheets of a copy once more, and records it.
    ///
    /// # Errors
    /// When there is no such copy or sheet.
    pub async fn print_sheets(
        &mut self,
        record: RecordNumber,
        copy: Option<CopyNumber>,
        range: SheetRange,
        now: DateTime<Utc>,
    ) -> Result<HandedOut, PrintError> {
        let CopyView { copy, document, sheets, .. } = &self.copy(record, copy)?;
        let (copy, SheetRange { from, to }) = (*copy, range);
        let count = sheets.iter().map(SheetRun::count).sum();
        if from < 1 || to < from || to > count {
            return Err(PrintError::NoSheet { copy, sheets: count, from, to });
        }
        let pdf = documents::read_print(&self.primary, document).await?;
        let body: PaperCopy = documents::read(&self.primary, document).await?;
        let pdf = match (from, to) {
            (1, last) if last == count => pdf,
            _ => some_sheets(&pdf, from..=to, body.two_sided)?.into(),
        };
        let committed = self.commit(&[], vec![Event::Reprinted(Reprinted { copy, from, to })], now);
        let missing = committed.await?.missing;
        Ok(HandedOut { copy, sheets: count, pdf, new: false, missing })
    }

    /// The copy of this number of a record, or its latest one.
    fn copy(&self, record: RecordNumber, copy: Option<CopyNumber>) -> Result<CopyView, PrintError> {
        let copies = self.catalogue.copies_of(record)?;
        let has = copies.iter().map(|c| c.copy).collect();
        let Some(copy) = copy else {
            return copies.into_iter().next_back().ok_or(PrintError::NoCopy(record));
        };
        let found = copies.into_iter().find(|c| c.copy == copy);
        found.ok_or(PrintError::OtherCopy { record, copy, has })
    }

    async fn print_new(
        &mut self,
        record: &RecordView,
        order: &CopyOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<HandedOut, PrintError> {
        let settings = self.settings().await?;
        let copy = self.next_copy()?;
        let two_sided = order.two_sided.unwrap_or(settings.paper.two_sided);
        let facts = CopyFacts {
            copy,
            seal: record.seal,
            sealed: record.sealed,
            signed_by: record.signatures.iter().find(|s| s.counts).map(|s| s.key),
            register: (self.edge.size(), self.edge.root()),
        };
        let laid =
            lay_out(&settings, &self.primary, record, (two_sided, now), &Edition::Copy(facts))
                .await?;
        let body = PaperCopy {
            copy,
            reason: order.another.clone(),
            record: record.record,
            sheets: laid.sheets.clone(),
            two_sided,
        };
        let (plan, pdf) = (self.plan().await?, Bytes::from(laid.pdf));
        let kind = kind_of(record);
        let document = documents::write(kind, &body, Some(pdf.clone()), &plan, now, rng);
        let (sheets, count) = (laid.sheets, body.sheets.iter().map(SheetRun::count).sum());
        let (objects, event) = document
            .by(|named| Event::Printed(Printed { copy, record: record.record, sheets, named }));
        // The document first: a print that an interrupted run leaves then lies beside its number.
        self.check_clock(now)?;
        self.put_objects(&objects[..1]).await?;
        let missing = self.commit(&objects[1..], vec![event], now).await?.missing;
        Ok(HandedOut { copy, sheets: count, pdf, new: true, missing })
    }

    /// The number after the largest one ever given to a copy, or to what lies in `unfinished/`.
    fn next_copy(&self) -> Result<CopyNumber, PrintError> {
        let registered = self.catalogue.last_copy()?;
        match registered.max(highest_copy(&self.home.file("unfinished"))) {
            Some(last) => last.plus(1).ok_or(PrintError::NoNumber),
            None => Ok(CopyNumber::FIRST),
        }
    }
}

impl Reading {
    /// A draft of a record's paper copy: without number, and recorded nowhere.
    ///
    /// # Errors
    /// When there is no such record, it is damaged, or a character cannot be printed.
    pub async fn draft(
        &self,
        record: RecordNumber,
        two_sided: Option<bool>,
        now: DateTime<Utc>,
    ) -> Result<Vec<u8>, PrintError> {
        let view = self.catalogue().record(record)?.ok_or(PrintError::NoRecord(record))?;
        let settings = self.settings().await?;
        let two_sided = two_sided.unwrap_or(settings.paper.two_sided);
        let draft = Edition::Draft;
        let laid = lay_out(&settings, self.location(), &view, (two_sided, now), &draft).await?;
        Ok(laid.pdf)
    }
}

/// The record, if a numbered copy of it may be printed.
fn current(
    catalogue: &crate::catalogue::Catalogue,
    record: RecordNumber,
) -> Result<RecordView, PrintError> {
    let view = catalogue.record(record)?.ok_or(PrintError::NoRecord(record))?;
    match view.replaced_by {
        Some(by) => Err(PrintError::Replaced(record, by)),
        None => Ok(view),
    }
}

/// Lays out a record's journal as its paper copy.
async fn lay_out(
    settings: &Settings,
    location: &crate::location::Location,
    record: &RecordView,
    (two_sided, now): (bool, DateTime<Utc>),
    edition: &Edition,
) -> Result<class_journal::PrintedJournal, PrintError> {
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
    location: &crate::location::Location,
    record: &RecordView,
    (two_sided, now): (bool, DateTime<Utc>),
    edition: &Edition,
) -> Result<class_journal::PrintedJournal, PrintError> {
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
fn kind_of(record: &RecordView) -> DocumentKind {
    match record.kind {
        RecordKind::Journal => DocumentKind::PaperCopy,
        RecordKind::Statement => DocumentKind::StatementCopy,
    }
}

/// Documents that hold numbered copies.
const COPIES: [DocumentKind; 2] = [DocumentKind::PaperCopy, DocumentKind::StatementCopy];

/// The largest number of a copy among the documents that interrupted runs left.
fn highest_copy(unfinished: &Path) -> Option<CopyNumber> {
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
                let left = left.filter(|left| COPIES.contains(&left.kind));
                highest = highest.max(left.map(|left| left.body.copy));
            }
        }
    }
    highest
}
