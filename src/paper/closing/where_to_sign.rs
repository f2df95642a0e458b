//! «Где мне подписать»: one teacher's sheets in all classes (R1, procedure § 4.3).

use super::Letterhead;
use super::form::{BODY, CELL, Form, ROOMY, SMALL, header, listed};
use super::sheets::{numbers, periods, sheets, sum};
use crate::journal::{ClassName, PeriodId};
use crate::paper::wording::forms::{SubgroupPage, TeacherPage};
use crate::paper::words::{Initials, day_and_month, weekday};
use crate::paper::{
    Align, Cell, Column, Face, Format, Length, PaperError, Print, Row, Side, Style, Table, Width,
};
use crate::register::{CopyNumber, SheetRun};
use chrono::NaiveDate;

/// The sheets one teacher signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhereToSign {
    /// The teacher.
    pub teacher: Initials,
    /// The periods that close.
    pub periods: Vec<PeriodId>,
    /// The day sheets are signed on.
    pub day: NaiveDate,
    /// Where the copies lie.
    pub room: String,
    /// The sheets, in the order the copies lie in.
    pub sheets: Vec<SheetsToSign>,
}

/// Sheets of one page in one copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetsToSign {
    /// The class.
    pub class: ClassName,
    /// The copy.
    pub copy: CopyNumber,
    /// What they show: the subject, or a class-wide sheet.
    pub subject: String,
    /// Subgroup, where there is one.
    pub group: Option<String>,
    /// The sheets.
    pub sheets: Vec<SheetRun>,
}

impl WhereToSign {
    /// In portrait.
    ///
    /// # Errors
    /// When a character has no glyph, or more sheets than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let title = head.wording.closing.where_to_sign.heading.fill(&self.page());
        Ok(head.print(title, self.sides(head)?))
    }

    /// Its sides alone, so that the lists of all teachers can be put into one file.
    ///
    /// # Errors
    /// As [`WhereToSign::print`].
    pub fn sides(&self, head: &Letterhead<'_>) -> Result<Vec<Side>, PaperError> {
        let texts = &head.wording.closing.where_to_sign;
        let title = texts.heading.fill(&self.page());
        let mut form = Form::begin(head, Format::Portrait, title.clone())?;
        form.text(BODY, Align::Middle, &texts.when.fill(&self.page()))?;
        form.table(self.table(head), &texts.nothing)?;
        if !self.sheets.is_empty() {
            let all = sum(self.sheets.iter().flat_map(|page| &page.sheets));
            let bold = Style::new(Face::SerifBold, BODY.size);
            form.text(bold, Align::Left, &texts.total.fill(&sheets(all, &title)?))?;
            form.writing.space(Length::mm(2));
            form.text(SMALL, Align::Left, &texts.note)?;
        }
        form.finish()
    }

    fn page(&self) -> TeacherPage {
        TeacherPage {
            teacher: listed(&self.teacher),
            periods: periods(&self.periods),
            day: format!("{}, {}", day_and_month(self.day), weekday(self.day)),
            room: self.room.clone(),
        }
    }

    fn table<'a>(&'a self, head: &'a Letterhead<'_>) -> Table<'a> {
        let columns = &head.wording.closing.where_to_sign.columns;
        let exact = |name: &'a str, wide| {
            let column = Column::new(name, Width::Exactly(Length::mm(wide)), CELL);
            column.align(Align::Middle)
        };
        let rows = self.sheets.iter().map(|page| page.row(head));
        Table {
            columns: vec![
                exact(&columns.class, 20),
                Column::new(columns.subject.as_str(), Width::Share(1), CELL),
                exact(&columns.copy, 26),
                exact(&columns.sheets, 28),
                exact(&columns.count, 17),
                exact(&columns.done, 25),
            ],
            header: header([
                &*columns.class,
                &columns.subject,
                &columns.copy,
                &columns.sheets,
                &columns.count,
                &columns.done,
            ]),
            rows: rows.collect(),
            look: ROOMY,
        }
    }
}

impl SheetsToSign {
    fn row(&self, head: &Letterhead<'_>) -> Row<'_> {
        let subject = match &self.group {
            None => self.subject.clone(),
            Some(group) => {
                let (subject, group) = (self.subject.clone(), group.clone());
                let text = &head.wording.closing.checklist.subgroup;
                text.fill(&SubgroupPage { subject, group })
            }
        };
        let cells = vec![
            Cell::new(self.class.as_str()).bold(),
            Cell::new(subject),
            Cell::new(self.copy.to_string()),
            Cell::new(numbers(&self.sheets)),
            Cell::new(sum(&self.sheets).to_string()),
            Cell::tick(),
        ];
        Row::new(self.class.as_str(), cells)
    }
}
