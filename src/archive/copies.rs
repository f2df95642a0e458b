//! Numbered paper copies (бумажные экземпляры) of records.
//!
//! Order: the document with the exact print is durable, then its `printed` entry, then the file is handed
//! out. What is interrupted before the entry leaves a document in `unfinished/`; its number is skipped.
//!
//! A correction goes on with the copy: only what reads otherwise is printed, numbered on, with title and last sheet.

mod error;
mod form;

pub use error::PrintError;

use super::documents;
use super::{Archive, Reading};
use crate::catalogue::{Catalogue, CopyView, RecordView, RowsError, SheetState};
use crate::digest::Digest;
use crate::paper::class_journal::{CopyFacts, Correction, Edition};
use crate::paper::some_sheets;
use crate::register::{
    CopyNumber, Event, Printed, RecordNumber, Reprinted, SheetRange, SheetRun, SheetVoided,
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use form::{PaperCopy, highest_copy, kind_of, lay_out};
use rand_core::CryptoRng;

/// Which copy is wanted.
#[derive(Debug, Clone, Default)]
pub struct CopyOrder {
    /// Why another copy is made of a record that has one; without a reason that one is given again, or goes on when the
    /// record is a correction.
    pub another: Option<String>,
    /// Of several copies this one; otherwise the latest.
    pub copy: Option<CopyNumber>,
    /// Printed on both sides; otherwise a correction is printed as the copy was, a new copy as the settings say.
    pub two_sided: Option<bool>,
}

/// A copy as it was handed out.
#[derive(Debug, Clone)]
pub struct HandedOut {
    /// Its number.
    pub copy: CopyNumber,
    /// How many sheets of it count.
    pub sheets: u32,
    /// The sheets in the file.
    pub given: SheetRange,
    /// The file to be printed: all of the copy, the sheets of its correction, or the sheets asked for.
    pub pdf: Bytes,
    /// The sheets were made now; otherwise they were printed before.
    pub new: bool,
    /// What a correction that was made now did to the sheets printed before.
    pub correction: Option<Corrected>,
    /// Why the second location does not have it yet.
    pub missing: Option<String>,
}

/// What a correction did to the sheets that were printed before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// They stay, and their signatures.
    pub kept: Vec<SheetRange>,
    /// They count no longer: to be taken out of the copy.
    pub voided: Vec<SheetRange>,
}

impl Archive {
    /// Hands out a paper copy of a journal: the one there is, the sheets that a correction adds to it, or a new one with
    /// the next number.
    ///
    /// # Errors
    /// When the record is no current journal, a character cannot be printed, or the copy cannot be
    /// registered.
    pub async fn print(
        &mut self,
        record: RecordNumber,
        order: &CopyOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<HandedOut, PrintError> {
        let view = current(&self.catalogue, record)?;
        if order.another.is_some() {
            return self.print_new(&view, None, order, now, rng).await;
        }
        match self.copy(record, order.copy) {
            Ok(copy) if copy.record == record => self.print_again(&copy, now).await,
            Ok(copy) if self.catalogue.may_lack_sheets(&copy)? => Err(PrintError::Lost(copy.copy)),
            Ok(copy) => self.print_new(&view, Some(copy), order, now, rng).await,
            Err(PrintError::NoCopy(_)) => self.print_new(&view, None, order, now, rng).await,
            Err(error) => Err(error),
        }
    }

    /// The latest print of a copy as it was printed.
    async fn print_again(
        &mut self,
        copy: &CopyView,
        now: DateTime<Utc>,
    ) -> Result<HandedOut, PrintError> {
        let latest = copy.documents.len().saturating_sub(1);
        let first = copy.sheets.iter().find(|sheet| sheet.document == latest);
        let from = first.map_or(1, |sheet| sheet.run.from);
        self.give(copy, latest, SheetRange { from, to: copy.highest_sheet() }, now).await
    }

    /// Hands out sheets of a copy once more, and records it.
    ///
    /// # Errors
    /// When there is no such copy or sheet, or a sheet does not count any longer.
    pub async fn print_sheets(
        &mut self,
        record: RecordNumber,
        copy: Option<CopyNumber>,
        range: SheetRange,
        now: DateTime<Utc>,
    ) -> Result<HandedOut, PrintError> {
        let copy = self.copy(record, copy)?;
        let (number, sheets, SheetRange { from, to }) = (copy.copy, copy.highest_sheet(), range);
        if from < 1 || to < from || to > sheets {
            return Err(PrintError::NoSheet { copy: number, sheets, from, to });
        }
        let is_void = |sheet: &u32| matches!(copy.sheet(*sheet), SheetState::Voided { .. });
        let void = SheetRange::of((from..=to).filter(is_void));
        if !void.is_empty() {
            let record = self.catalogue.latest_of_chain(copy.record)?;
            return Err(PrintError::Voided { copy: number, sheets: void, record });
        }
        // Every print ends with a last sheet, which the next one voids: sheets without a void one are of one print.
        let of = |sheet| match copy.sheet(sheet) {
            SheetState::Valid(view) => Some(view.document),
            SheetState::Voided { .. } | SheetState::None => None,
        };
        match of(from) {
            Some(document) if of(to) == Some(document) => {
                self.give(&copy, document, range, now).await
            }
            _ => Err(PrintError::NoSheet { copy: number, sheets, from, to }),
        }
    }

    /// Sheets of one print of a copy, as they stand there.
    async fn give(
        &mut self,
        copy: &CopyView,
        document: usize,
        given: SheetRange,
        now: DateTime<Utc>,
    ) -> Result<HandedOut, PrintError> {
        let view = copy.documents.get(document).ok_or(PrintError::NoCopy(copy.record))?;
        let pdf = documents::read_print(&self.primary, view).await?;
        let body: PaperCopy = documents::read(&self.primary, view).await?;
        let SheetRange { from, to } = given;
        let first = body.sheets.first().map_or(1, |run| run.from);
        let pdf = match (from, body.sheets.last().map(|run| run.to)) {
            (from, Some(last)) if from == first && to == last => pdf,
            _ => some_sheets(&pdf, from + 1 - first..=to + 1 - first, body.two_sided)?.into(),
        };
        let event = Event::Reprinted(Reprinted { copy: copy.copy, from, to });
        let missing = self.commit(&[], vec![event], now).await?.missing;
        let (copy, sheets) = (copy.copy, copy.sheet_count());
        Ok(HandedOut { copy, sheets, given, pdf, new: false, correction: None, missing })
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

    /// Prints a new copy, or what a correction adds to the one of the record it replaces.
    async fn print_new(
        &mut self,
        record: &RecordView,
        former: Option<CopyView>,
        order: &CopyOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<HandedOut, PrintError> {
        let settings = self.settings().await?;
        let copy = match &former {
            Some(former) => former.copy,
            None => self.next_copy()?,
        };
        let two_sided = match (order.two_sided, former.as_ref().and_then(|f| f.documents.last())) {
            (Some(two_sided), _) => two_sided,
            (None, Some(view)) => {
                documents::read::<PaperCopy>(&self.primary, view).await?.two_sided
            }
            (None, None) => settings.paper.two_sided,
        };
        let edition = self.edition(record, copy, former.as_ref());
        let laid = lay_out(&settings, &self.primary, record, (two_sided, now), &edition).await?;
        let kind = kind_of(record.kind);
        let (record, sheets, reason) = (record.record, laid.sheets, order.another.clone());
        let body = PaperCopy { copy, reason, record, sheets: sheets.clone(), two_sided };
        let (plan, pdf) = (self.plan().await?, Bytes::from(laid.pdf));
        let document = documents::write(kind, &body, Some(pdf.clone()), &plan, now, rng);
        let (objects, event) =
            document.by(|named| Event::Printed(Printed { copy, record, sheets, named }));
        // The document first: a print that an interrupted run leaves then lies beside its number.
        self.check_clock(now)?;
        self.put_objects(&objects[..1]).await?;
        let missing = self.commit(&objects[1..], vec![event], now).await?.missing;
        let given = whole(&body.sheets);
        let kept = former.as_ref().map_or(0, CopyView::sheet_count);
        let sheets = kept + given.to + 1 - given.from;
        let correction = former.as_ref().map(corrected);
        Ok(HandedOut { copy, sheets, given, pdf, new: true, correction, missing })
    }

    /// What is printed: all of a copy, or what goes on behind the sheets it has.
    fn edition(&self, record: &RecordView, copy: CopyNumber, former: Option<&CopyView>) -> Edition {
        let facts = CopyFacts {
            copy,
            seal: record.seal,
            sealed: record.sealed,
            signed_by: record.signatures.iter().find(|s| s.counts).map(|s| s.key),
            register: (self.edge.size(), self.edge.root()),
        };
        match former {
            None => Edition::Copy(facts),
            Some(former) => {
                let correction = Correction {
                    kept: former.valid_sheets().map(|sheet| sheet.run.clone()).collect(),
                    voided: corrected(former).voided,
                    first: former.highest_sheet() + 1,
                };
                Edition::Correction(facts, correction)
            }
        }
    }

    /// What becomes of the paper copies of a record when one with these pages (none in a statement) replaces it: events
    /// for the commit that seals the successor, after its `replaced`.
    pub(super) fn sheets_voided(
        &self,
        record: RecordNumber,
        pages: &[Digest],
    ) -> Result<Vec<Event>, RowsError> {
        let voided = self.catalogue.copies_of(record)?.into_iter().filter_map(|copy| {
            let (sheets, copy) = (copy.outdated_by(pages), copy.copy);
            let any = !sheets.is_empty();
            any.then_some(Event::SheetVoided(SheetVoided { copy, record, sheets }))
        });
        Ok(voided.collect())
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

/// All sheets of a print.
fn whole(sheets: &[SheetRun]) -> SheetRange {
    let from = sheets.first().map_or(1, |run| run.from);
    SheetRange { from, to: sheets.last().map_or(from, |run| run.to) }
}

/// What becomes of the sheets of a copy that waits for a correction's sheets: those void since its latest print are
/// replaced by them.
fn corrected(copy: &CopyView) -> Corrected {
    let of = |is: &dyn Fn(Option<RecordNumber>) -> bool| {
        let sheets = copy.sheets.iter().filter(|sheet| is(sheet.voided));
        SheetRange::of(sheets.flat_map(|sheet| sheet.run.from..=sheet.run.to))
    };
    Corrected {
        kept: of(&|voided| voided.is_none()),
        voided: of(&|voided| voided.is_some_and(|record| record >= copy.record)),
    }
}

impl Reading {
    /// A draft of a journal's paper copy: without number, and recorded nowhere.
    ///
    /// # Errors
    /// When the record is no journal, is damaged, or a character cannot be printed.
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
fn current(catalogue: &Catalogue, record: RecordNumber) -> Result<RecordView, PrintError> {
    let view = catalogue.record(record)?.ok_or(PrintError::NoRecord(record))?;
    match view.replaced_by {
        Some(by) => Err(PrintError::Replaced(record, by)),
        None => Ok(view),
    }
}
