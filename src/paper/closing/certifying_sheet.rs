//! Лист-заверитель дела (приказ Роспатента 17.12.2012 № 159, приложение 17).

use super::Letterhead;
use super::form::{CELL, Form, ROOMY, header};
use super::sheets::sheets;
use crate::paper::wording::forms::{FileNumber, SheetsCounted, SheetsListed};
use crate::paper::{Align, Cell, Column, Format, Length, PaperError, Print, Row, Table, Width};

/// How many sheets a file has, and in what state they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifyingSheet {
    /// Number of the file («дело»).
    pub number: String,
    /// Sheets stitched in and numbered, lettered ones among them; those of the inventory are not.
    pub sheets: usize,
    /// Numbers with a letter: «12а».
    pub lettered: Vec<String>,
    /// Numbers that were passed over.
    pub missing: Vec<u32>,
    /// Sheets of the internal inventory, numbered apart.
    pub inventory: usize,
    /// What is to be said of the state of sheets, with their numbers. What is found later is added by hand: the
    /// table always has empty rows.
    pub condition: Vec<(String, String)>,
}

/// Rows left for what is found later.
const EMPTY_ROWS: usize = 5;

impl CertifyingSheet {
    /// In portrait.
    ///
    /// # Errors
    /// When a character has no glyph, or more sheets than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let texts = &head.wording.filing.certifying_sheet;
        let title = texts.heading.fill(&FileNumber { number: self.number.clone() });
        let counted = |n: usize| {
            let count = sheets(n, &title)?;
            Ok::<_, PaperError>(SheetsCounted {
                sheets: count.sheets,
                sheets_words: count.sheets_words,
                sheets_noun: count.sheets_noun,
            })
        };
        let listed = |numbers: Vec<String>| {
            let none = || texts.none.clone();
            let sheets = if numbers.is_empty() { none() } else { numbers.join(", ") };
            SheetsListed { sheets }
        };
        let missing = self.missing.iter().map(u32::to_string).collect();
        let mut form = Form::begin(head, Format::Portrait, title.clone())?;
        form.writing.space(Length::mm(6));
        form.body(&texts.count.fill(&counted(self.sheets)?))?;
        let included = [
            texts.including.clone(),
            texts.lettered.fill(&listed(self.lettered.clone())),
            texts.missing.fill(&listed(missing)),
            texts.inventory.fill(&counted(self.inventory)?),
        ];
        for line in included {
            form.writing.space(Length::mm10(15));
            form.body(&line)?;
        }
        form.writing.space(Length::mm(4));
        form.table(self.table(head), "")?;
        form.signatures(&[texts.signed_by])?;
        Ok(head.print(title, form.finish()?))
    }

    fn table<'a>(&'a self, head: &'a Letterhead<'_>) -> Table<'a> {
        let columns = &head.wording.filing.certifying_sheet.columns;
        let row = |(condition, sheets): &'a (String, String)| {
            Row::new(condition.as_str(), vec![condition.as_str().into(), sheets.as_str().into()])
        };
        let empty = (0..EMPTY_ROWS).map(|_| Row::new("", vec![Cell::new("")]));
        Table {
            columns: vec![
                Column::new(columns.condition.as_str(), Width::Share(2), CELL),
                Column::new(columns.sheets.as_str(), Width::Share(1), CELL).align(Align::Middle),
            ],
            header: header([&*columns.condition, &columns.sheets]),
            rows: self.condition.iter().map(row).chain(empty).collect(),
            look: ROOMY,
        }
    }
}
