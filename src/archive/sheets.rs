//! Asked about a sheet of paper: whether it counts.
//!
//! A sheet's QR code claims archive, copy, sheet and page. Only the register knows what is so: the text is believed
//! nothing that the register does not say.

use super::Reading;
use crate::catalogue::{Catalogue, CopyView, RowsError, SheetState, SheetView};
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    ArchiveId, CopyNumber, RecordKind, RecordNumber, SheetCode, SheetCodeError, SheetKind,
    SheetRange,
};
use std::collections::BTreeMap;

/// What the archive says of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetAnswer {
    /// It counts.
    Current(SheetShown),
    /// It counted until a record was replaced.
    Voided {
        /// What it shows.
        shown: SheetShown,
        /// The record that replaced what it shows; the copy's valid sheets are of this or a later one.
        by: RecordNumber,
    },
    /// The archive never printed such a sheet.
    NotOurs(NotOurs),
}

/// A sheet of a paper copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetShown {
    /// The copy.
    pub copy: CopyNumber,
    /// The sheet's number in it.
    pub sheet: u32,
    /// Of a journal or a statement.
    pub kind: RecordKind,
    /// Of which class.
    pub class: ClassName,
    /// Of which period.
    pub period: PeriodId,
    /// The record it was printed from; it bears its number.
    pub record: RecordNumber,
    /// What it shows.
    pub shows: SheetKind,
    /// Which page of that record, from 1, when it shows a page.
    pub page: Option<u32>,
}

/// Why a code is of no sheet of this archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOurs {
    /// Another archive's, or it says so.
    #[error("the sheet names archive {0}, which is another one")]
    OtherArchive(ArchiveId),
    /// No copy has this number.
    #[error("the archive printed no copy {0}")]
    NoCopy(CopyNumber),
    /// The copy has no such sheet.
    #[error("copy {copy} has no sheet {sheet}")]
    NoSheet {
        /// The copy.
        copy: CopyNumber,
        /// The sheet.
        sheet: u32,
    },
    /// The sheet of this number shows something else.
    #[error("sheet {sheet} of copy {copy} does not show the page that is named")]
    OtherPage {
        /// The copy.
        copy: CopyNumber,
        /// The sheet.
        sheet: u32,
    },
}

/// Why the archive has no answer.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The text is no code of a sheet.
    #[error(transparent)]
    Code(#[from] SheetCodeError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
}

/// Many sheets, as a hand scanner types their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetsRead {
    /// The sheets that count, by copy: rising, neighbours joined.
    pub copies: BTreeMap<CopyNumber, Vec<SheetRange>>,
    /// The lines that name none, in order.
    pub bad: Vec<BadLine>,
}

/// A line that names no sheet that counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: BadSheet,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadSheet {
    /// It is no code of a sheet.
    #[error(transparent)]
    Code(#[from] SheetCodeError),
    /// Of no sheet of this archive.
    #[error(transparent)]
    NotOurs(#[from] NotOurs),
    /// Of a sheet that counts no longer.
    #[error("sheet {sheet} of copy {copy} is void since record {by}; take it out of the copy")]
    Voided {
        /// The copy.
        copy: CopyNumber,
        /// The sheet.
        sheet: u32,
        /// The record that replaced what it shows.
        by: RecordNumber,
    },
}

impl SheetAnswer {
    /// What a register says of a code.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn of(
        catalogue: &Catalogue,
        archive: ArchiveId,
        code: &SheetCode,
    ) -> Result<SheetAnswer, RowsError> {
        let SheetCode { copy, sheet, digest, .. } = *code;
        if code.archive != archive {
            return Ok(SheetAnswer::NotOurs(NotOurs::OtherArchive(code.archive)));
        }
        let Some(view) = catalogue.copy(copy)? else {
            return Ok(SheetAnswer::NotOurs(NotOurs::NoCopy(copy)));
        };
        let (found, with) = match view.sheet(sheet) {
            SheetState::Valid(found) => (found, None),
            SheetState::Voided { sheet, with } => (sheet, Some(with)),
            SheetState::None => {
                return Ok(SheetAnswer::NotOurs(NotOurs::NoSheet { copy, sheet }));
            }
        };
        if found.run.digest != digest {
            return Ok(SheetAnswer::NotOurs(NotOurs::OtherPage { copy, sheet }));
        }
        let shown = SheetShown::of(&view, found, sheet);
        let Some(with) = with else { return Ok(SheetAnswer::Current(shown)) };
        let by = catalogue.record(with)?.and_then(|record| record.replaced_by);
        Ok(SheetAnswer::Voided { shown, by: by.unwrap_or(with) })
    }
}

impl SheetShown {
    fn of(copy: &CopyView, view: &SheetView, sheet: u32) -> SheetShown {
        SheetShown {
            copy: copy.copy,
            sheet,
            kind: copy.kind,
            class: copy.class.clone(),
            period: copy.period,
            record: view.record,
            shows: view.run.kind,
            page: view.run.page,
        }
    }
}

impl SheetsRead {
    /// Reads codes, one a line, in capitals or not; empty lines are passed over, a sheet may be named several times.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn of(
        catalogue: &Catalogue,
        archive: ArchiveId,
        text: &str,
    ) -> Result<SheetsRead, RowsError> {
        let mut sheets: BTreeMap<CopyNumber, Vec<u32>> = BTreeMap::new();
        let mut bad = Vec::new();
        let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, text)| !text.is_empty());
        for (line, text) in lines {
            match counts(catalogue, archive, text)? {
                Ok((copy, sheet)) => sheets.entry(copy).or_default().push(sheet),
                Err(why) => bad.push(BadLine { line, why }),
            }
        }
        let joined = |(copy, sheets): (CopyNumber, Vec<u32>)| (copy, SheetRange::of(sheets));
        Ok(SheetsRead { copies: sheets.into_iter().map(joined).collect(), bad })
    }
}

/// The sheet a text names, when it counts.
fn counts(
    catalogue: &Catalogue,
    archive: ArchiveId,
    text: &str,
) -> Result<Result<(CopyNumber, u32), BadSheet>, RowsError> {
    let code: SheetCode = match text.parse() {
        Ok(code) => code,
        Err(why) => return Ok(Err(BadSheet::Code(why))),
    };
    let SheetCode { copy, sheet, .. } = code;
    Ok(match SheetAnswer::of(catalogue, archive, &code)? {
        SheetAnswer::Current(_) => Ok((copy, sheet)),
        SheetAnswer::Voided { by, .. } => Err(BadSheet::Voided { copy, sheet, by }),
        SheetAnswer::NotOurs(why) => Err(BadSheet::NotOurs(why)),
    })
}

impl Reading {
    /// What the archive says of the sheet with this QR code.
    ///
    /// # Errors
    /// When the text is no code of a sheet.
    pub fn sheet(&self, text: &str) -> Result<SheetAnswer, SheetError> {
        let code = text.trim().parse()?;
        Ok(SheetAnswer::of(self.catalogue(), self.home().archive(), &code)?)
    }

    /// The sheets that a hand scanner typed, one code a line.
    ///
    /// # Errors
    /// When the catalogue fails.
    pub fn sheets(&self, text: &str) -> Result<SheetsRead, RowsError> {
        SheetsRead::of(self.catalogue(), self.home().archive(), text)
    }
}
