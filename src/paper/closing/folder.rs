//! Опись общей папки: «формирует общую папку за четверть, полугодие или год» (R1, procedure § 4.5).

use super::form::{Form, ROOMY, SMALL, bound, header, listed};
use super::sheets::{copies_and_sheets, numbers, sum};
use super::{Letterhead, Order};
use crate::journal::{ClassName, PeriodId};
use crate::paper::wording::forms::{ExcusedOf, FolderOf};
use crate::paper::words::{Case, Initials, date_in_figures, period};
use crate::paper::{
    Align, Cell, Column, Format, Length, Look, PaperError, Print, Row, Table, Width,
};
use crate::register::{CopyNumber, RecordNumber, SheetRun};

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderContents {
    /// The folder's period.
    pub period: PeriodId,
    /// Index of the file by the file plan, when the school has given one.
    pub index: Option<String>,
    /// The copies in the order they lie in.
    pub copies: Vec<FolderCopy>,
}

/// A copy in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderCopy {
    /// The class.
    pub class: ClassName,
    /// The class teacher, who certified it.
    pub class_teacher: Option<Initials>,
    /// The copy.
    pub copy: CopyNumber,
    /// The record it shows.
    pub record: RecordNumber,
    /// Its valid sheets; voided ones are not among them.
    pub sheets: Vec<SheetRun>,
    /// Remarks: «дополнение № 1».
    pub note: String,
    /// Signatures that are absent by order; each is named below the copy.
    pub excused: Vec<ExcusedSignature>,
}

/// A signature that was excused by the director's order: printed as absent, never as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcusedSignature {
    /// Which page: the subject.
    pub page: String,
    /// Its sheets.
    pub sheets: Vec<SheetRun>,
    /// Who should have signed.
    pub signer: Initials,
    /// The order.
    pub order: Order,
}

impl FolderContents {
    /// In portrait.
    ///
    /// # Errors
    /// When a character has no glyph, or more sheets than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let texts = &head.wording.filing.folder;
        let of = FolderOf {
            period: period(self.period, Case::Nominative),
            school: head.school.to_owned(),
            index: self.index.clone().unwrap_or_default(),
        };
        let title = texts.heading.fill(&of);
        let mut form = Form::begin(head, Format::Portrait, title.clone())?;
        if self.index.is_some() {
            form.text(super::form::BODY, Align::Middle, &texts.index.fill(&of))?;
        }
        form.table(self.table(head), &texts.nothing)?;
        let all = sum(self.copies.iter().flat_map(|copy| &copy.sheets));
        form.body(&texts.total.fill(&copies_and_sheets(self.copies.len(), all, &title)?))?;
        form.signatures(&texts.signed_by)?;
        Ok(head.print(title, form.finish()?))
    }

    fn table<'a>(&'a self, head: &'a Letterhead<'_>) -> Table<'a> {
        let columns = &head.wording.filing.folder.columns;
        let exact = |name: &'a str, wide| {
            let column = Column::new(name, Width::Exactly(Length::mm(wide)), SMALL);
            column.align(Align::Middle)
        };
        let mut rows = Vec::with_capacity(self.copies.len());
        for (copy, number) in self.copies.iter().zip(1_usize..) {
            copy.rows(head, number, &mut rows);
        }
        Table {
            columns: vec![
                exact(&columns.number, 9),
                exact(&columns.class, 17),
                Column::new(columns.teacher.as_str(), Width::Share(4), SMALL),
                exact(&columns.copy, 22),
                exact(&columns.record, 21),
                exact(&columns.numbers, 22),
                exact(&columns.sheets, 16),
                Column::new(columns.note.as_str(), Width::Share(3), SMALL),
            ],
            header: header([
                &*columns.number,
                &columns.class,
                &columns.teacher,
                &columns.copy,
                &columns.record,
                &columns.numbers,
                &columns.sheets,
                &columns.note,
            ]),
            rows,
            look: Look { above: Length::mm10(8), ..ROOMY },
        }
    }
}

impl FolderCopy {
    /// The copy, and a row over all columns for each absent signature.
    fn rows<'a>(&'a self, head: &Letterhead<'_>, number: usize, rows: &mut Vec<Row<'a>>) {
        let teacher = self.class_teacher.as_ref().map(listed).unwrap_or_default();
        let together = u16::try_from(self.excused.len() + 1).unwrap_or(u16::MAX);
        let cells = vec![
            Cell::new(number.to_string()).down(together),
            Cell::new(self.class.as_str()).bold().down(together),
            Cell::new(teacher),
            Cell::new(self.copy.to_string()),
            Cell::new(self.record.to_string()),
            Cell::new(numbers(&self.sheets)),
            Cell::new(sum(&self.sheets).to_string()),
            Cell::new(self.note.as_str()),
        ];
        rows.push(Row::new(self.class.as_str(), cells));
        for excused in &self.excused {
            let text = head.wording.filing.folder.excused.fill(&ExcusedOf {
                page: excused.page.clone(),
                sheets: numbers(&excused.sheets),
                signer: listed(&excused.signer),
                order: excused.order.number.clone(),
                date: date_in_figures(excused.order.date),
            });
            let cell = Cell::new(bound(&text)).across(6).align(Align::Left);
            rows.push(Row::new(self.class.as_str(), vec![cell]));
        }
    }
}
