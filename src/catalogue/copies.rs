//! Numbered paper copies: a copy belongs to a class and period, and goes on through corrections.
//!
//! A correction prints new sheets of the same copy, numbered on, and voids those they stand for; nothing is numbered
//! anew. What an entry may say of a copy is decided here once: [`Catalogue::apply`] takes what is possible, verification
//! tells the rest ([`CopyFault`]).

mod fault;
#[cfg(test)]
mod tests;

pub use fault::CopyFault;

use super::view::DocumentView;
use super::{Catalogue, Changes, LAST_COPY, LAST_LOSS, RowsError, written};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CopyNumber, Entry, Event, Printed, RecordKind, RecordNumber, SheetKind, SheetRange, SheetRun,
    SheetVoided,
};
use serde::{Deserialize, Serialize};

/// A numbered paper copy as the register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyView {
    /// Its number.
    pub copy: CopyNumber,
    /// The record it was printed from last. When that is replaced, the copy waits for the sheets of the correction.
    pub record: RecordNumber,
    /// Of a journal or a statement.
    pub kind: RecordKind,
    /// Of which class.
    pub class: ClassName,
    /// Of which period.
    pub period: PeriodId,
    /// All its sheets in the order of their numbers, without a gap from 1, voided ones too.
    pub sheets: Vec<SheetView>,
    /// The documents that hold its exact prints: the first print, then one for each correction.
    pub documents: Vec<DocumentView>,
}

/// Consecutive sheets of a copy that show one thing and share one fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// The sheets; where some of those printed together were voided, a part of them.
    pub run: SheetRun,
    /// The record whose number they bear.
    pub record: RecordNumber,
    /// Which of [`CopyView::documents`] they were printed with.
    pub document: usize,
    /// The record with which they lost their force: its successor voided them. `None` while they count.
    pub voided: Option<RecordNumber>,
}

/// What a number of a sheet stands for in a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetState<'a> {
    /// A sheet that counts.
    Valid(&'a SheetView),
    /// A sheet that counts no longer.
    Voided {
        /// What it showed.
        sheet: &'a SheetView,
        /// The record that was replaced when it lost its force.
        with: RecordNumber,
    },
    /// The copy has no such sheet.
    None,
}

impl SheetView {
    /// Whether they count.
    pub fn is_valid(&self) -> bool {
        self.voided.is_none()
    }

    /// The part of them within a range.
    fn part(&self, range: SheetRange) -> Option<SheetView> {
        let (from, to) = (self.run.from.max(range.from), self.run.to.min(range.to));
        let run = SheetRun { from, to, ..self.run.clone() };
        (from <= to).then(|| SheetView { run, ..self.clone() })
    }

    /// Before, within and after a range.
    fn split(&self, range: SheetRange) -> [Option<SheetView>; 3] {
        let before = SheetRange { from: 0, to: range.from.saturating_sub(1) };
        let after = SheetRange { from: range.to.saturating_add(1), to: u32::MAX };
        [self.part(before), self.part(range), self.part(after).filter(|_| range.to < u32::MAX)]
    }
}

impl CopyView {
    /// The sheets that count, in the order of their numbers.
    pub fn valid_sheets(&self) -> impl Iterator<Item = &SheetView> {
        self.sheets.iter().filter(|sheet| sheet.is_valid())
    }

    /// How many sheets count.
    pub fn sheet_count(&self) -> u32 {
        self.valid_sheets().map(|sheet| sheet.run.count()).sum()
    }

    /// The record it showed, and how many sheets counted, when an entry at this place was written.
    pub fn at(&self, seq: u64) -> (RecordNumber, u32) {
        let printed = self.documents.iter().rposition(|document| document.seq < seq).unwrap_or(0);
        let there = || self.sheets.iter().filter(|sheet| sheet.document <= printed);
        let of_print = there().rfind(|sheet| sheet.document == printed);
        let record = of_print.map_or(self.record, |sheet| sheet.record);
        // What that record's successor voided counted then.
        let counted = there().filter(|sheet| sheet.voided.is_none_or(|voided| voided >= record));
        (record, counted.map(|sheet| sheet.run.count()).sum())
    }

    /// The largest number a sheet of the copy ever had.
    pub fn highest_sheet(&self) -> u32 {
        self.sheets.last().map_or(0, |sheet| sheet.run.to)
    }

    /// What a number of a sheet stands for.
    pub fn sheet(&self, number: u32) -> SheetState<'_> {
        let range = |sheet: &SheetView| SheetRange { from: sheet.run.from, to: sheet.run.to };
        match self.sheets.iter().find(|sheet| range(sheet).contains(number)) {
            Some(sheet) => match sheet.voided {
                Some(with) => SheetState::Voided { sheet, with },
                None => SheetState::Valid(sheet),
            },
            None => SheetState::None,
        }
    }

    /// The sheets that lose their force when a record with these pages follows: pages that read otherwise or are gone,
    /// what speaks of the whole class, title and last sheet. Blank forms were filled by hand and stay.
    pub fn outdated_by(&self, pages: &[Digest]) -> Vec<SheetRange> {
        let outdated = self.valid_sheets().filter(|sheet| match sheet.run.kind {
            SheetKind::Page => sheet.run.digest.is_none_or(|digest| !pages.contains(&digest)),
            SheetKind::Blank => false,
            SheetKind::Title
            | SheetKind::Attendance
            | SheetKind::Finals
            | SheetKind::Last
            | SheetKind::Statement => true,
        });
        SheetRange::of(outdated.flat_map(|sheet| sheet.run.from..=sheet.run.to))
    }

    /// The copy with more sheets.
    fn with_sheets(mut self, printed: &Printed, document: DocumentView) -> CopyView {
        let (record, place) = (printed.record, self.documents.len());
        let sheet =
            |run: &SheetRun| SheetView { run: run.clone(), record, document: place, voided: None };
        self.sheets.extend(printed.sheets.iter().map(sheet));
        self.documents.push(document);
        CopyView { record, ..self }
    }

    /// The copy without the force of some sheets.
    fn without(self, voided: &SheetVoided) -> Result<CopyView, CopyFault> {
        let mut sheets = self.sheets;
        for range in &voided.sheets {
            let mut wanting = range.to.saturating_add(1).saturating_sub(range.from);
            let mut parted = Vec::with_capacity(sheets.len() + 2);
            for sheet in sheets {
                let [before, mut within, after] = sheet.split(*range);
                if let Some(part) = within.as_mut().filter(|part| part.is_valid()) {
                    part.voided = Some(voided.record);
                    wanting = wanting.saturating_sub(part.run.count());
                }
                parted.extend([before, within, after].into_iter().flatten());
            }
            if wanting > 0 || range.to < range.from {
                return Err(CopyFault::NotValid { copy: self.copy, sheets: *range });
            }
            sheets = parted;
        }
        Ok(CopyView { sheets, ..self })
    }
}

fn copy_key(copy: CopyNumber) -> Vec<u8> {
    [b"n/", &copy.get().to_be_bytes()[..]].concat()
}

/// Before the numbers of the copies of a class and period.
fn class_prefix(class: &ClassName, period: &PeriodId, kind: RecordKind) -> Vec<u8> {
    format!("c/{class}\n{period}\n{kind}\n").into_bytes()
}

impl Catalogue {
    /// The paper copy of this number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn copy(&self, copy: CopyNumber) -> Result<Option<CopyView>, RowsError> {
        self.read(&copy_key(copy))
    }

    /// All paper copies by number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn copies(&self) -> Result<Vec<CopyView>, RowsError> {
        self.read_all(b"n/")
    }

    /// The paper copies of a class and period by number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn copies_of_class(
        &self,
        class: &ClassName,
        period: &PeriodId,
        kind: RecordKind,
    ) -> Result<Vec<CopyView>, RowsError> {
        let numbers: Vec<CopyNumber> = self.read_all(&class_prefix(class, period, kind))?;
        let mut copies = Vec::with_capacity(numbers.len());
        for number in numbers {
            copies.extend(self.copy(number)?);
        }
        Ok(copies)
    }

    /// The paper copies of a record by number, and those of the records it replaced or that replaced it: a copy goes on
    /// through corrections.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn copies_of(&self, record: RecordNumber) -> Result<Vec<CopyView>, RowsError> {
        let Some(row) = self.record(record)? else { return Ok(Vec::new()) };
        let first = self.first_of_chain(record)?;
        let mut copies = Vec::new();
        for copy in self.copies_of_class(&row.class, &row.period, row.kind)? {
            if self.first_of_chain(copy.record)? == first {
                copies.push(copy);
            }
        }
        Ok(copies)
    }

    /// The largest number of a copy that was given, or perhaps was given to one that was lost with a
    /// former primary location.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn last_copy(&self) -> Result<Option<CopyNumber>, RowsError> {
        self.read(LAST_COPY)
    }

    /// Whether sheets of a copy may be on paper that the register does not know: entries were lost with a former primary
    /// location since the copy was printed last. Their numbers are not known, so it cannot go on.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn may_lack_sheets(&self, copy: &CopyView) -> Result<bool, RowsError> {
        let loss: Option<u64> = self.read(LAST_LOSS)?;
        let printed = copy.documents.last().map(|document| document.seq);
        Ok(loss.is_some_and(|loss| printed.is_some_and(|printed| printed < loss)))
    }

    /// The record now in force of those that replaced each other.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn latest_of_chain(&self, record: RecordNumber) -> Result<RecordNumber, RowsError> {
        self.walk(record, |record, next| next > record, |row| row.replaced_by)
    }

    fn first_of_chain(&self, record: RecordNumber) -> Result<RecordNumber, RowsError> {
        self.walk(record, |record, next| next < record, |row| row.replaces)
    }

    /// Follows records while their numbers rise or fall: a register that was tampered with must not lead in circles.
    fn walk(
        &self,
        mut record: RecordNumber,
        goes_on: impl Fn(RecordNumber, RecordNumber) -> bool,
        next: impl Fn(&super::RecordView) -> Option<RecordNumber>,
    ) -> Result<RecordNumber, RowsError> {
        while let Some(row) = self.record(record)? {
            match next(&row).filter(|next| goes_on(record, *next)) {
                Some(next) => record = next,
                None => break,
            }
        }
        Ok(record)
    }

    /// What is impossible in the next entry, if it is about a paper copy.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn copy_fault(&self, entry: &Entry) -> Result<Option<CopyFault>, RowsError> {
        Ok(match &entry.event {
            Event::Printed(printed) => self.printed(printed, entry)?.err(),
            Event::SheetVoided(voided) => self.voided(voided)?.err(),
            _ => None,
        })
    }

    /// The rows that a copy's print changes; what cannot be changes none but the largest number given.
    pub(super) fn printed_rows(
        &self,
        printed: &Printed,
        entry: &Entry,
    ) -> Result<Changes, RowsError> {
        let last = self.last_copy()?.max(Some(printed.copy));
        let mut changes = vec![(LAST_COPY.to_vec(), written(&last))];
        if let Ok(view) = self.printed(printed, entry)? {
            let prefix = class_prefix(&view.class, &view.period, view.kind);
            let place = [prefix, view.copy.get().to_be_bytes().to_vec()].concat();
            changes.push((place, written(&view.copy)));
            changes.push((copy_key(view.copy), written(&view)));
        }
        Ok(changes)
    }

    /// The same of voided sheets.
    pub(super) fn voided_rows(&self, voided: &SheetVoided) -> Result<Changes, RowsError> {
        let view = self.voided(voided)?.ok();
        Ok(view.map(|view| (copy_key(view.copy), written(&view))).into_iter().collect())
    }

    fn printed(
        &self,
        printed: &Printed,
        entry: &Entry,
    ) -> Result<Result<CopyView, CopyFault>, RowsError> {
        let Printed { copy, record, sheets, .. } = printed;
        let (copy, record) = (*copy, *record);
        let Some(row) = self.record(record)? else {
            return Ok(Err(CopyFault::NoRecord { copy, record }));
        };
        let former = match self.copy(copy)? {
            Some(former) => {
                let from = former.record;
                let same = self.first_of_chain(record)? == self.first_of_chain(from)?;
                if !same || record <= from {
                    return Ok(Err(CopyFault::Chain { copy, from, record }));
                }
                if self.may_lack_sheets(&former)? {
                    return Ok(Err(CopyFault::MayLackSheets(copy)));
                }
                former
            }
            None => CopyView {
                copy,
                record,
                kind: row.kind,
                class: row.class,
                period: row.period,
                sheets: Vec::new(),
                documents: Vec::new(),
            },
        };
        let from = former.highest_sheet().saturating_add(1);
        if !run_on(sheets, from) {
            return Ok(Err(CopyFault::Sheets { copy, from }));
        }
        Ok(Ok(former.with_sheets(printed, DocumentView::named(&printed.named, entry))))
    }

    fn voided(&self, voided: &SheetVoided) -> Result<Result<CopyView, CopyFault>, RowsError> {
        let SheetVoided { copy, record, .. } = voided;
        let Some(view) = self.copy(*copy)? else { return Ok(Err(CopyFault::NoCopy(*copy))) };
        let row = self.record(*record)?.filter(|row| !row.is_current());
        let same = self.first_of_chain(*record)? == self.first_of_chain(view.record)?;
        if row.is_none() || !same || *record < view.record {
            let fault = CopyFault::Chain { copy: *copy, from: view.record, record: *record };
            return Ok(Err(fault));
        }
        Ok(view.without(voided))
    }
}

/// The most sheets of a copy; forms count them in words below a million.
const MOST_SHEETS: u32 = 999_999;

/// Whether runs begin with a sheet and follow each other without a gap; there is at least one.
fn run_on(sheets: &[SheetRun], from: u32) -> bool {
    let mut next = from;
    for run in sheets {
        if run.from != next || run.to < run.from || run.to > MOST_SHEETS {
            return false;
        }
        next = run.to + 1;
    }
    !sheets.is_empty()
}
