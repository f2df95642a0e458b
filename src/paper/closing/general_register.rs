//! Лист общего реестра: «бумажные копии … сдают в общий реестр» (R1, procedure § 4.5).

use super::Letterhead;
use super::form::{BODY, Form, ROOMY, SMALL, header, listed};
use super::sheets::copies_and_sheets;
use crate::journal::{ClassName, PeriodId};
use crate::paper::wording::forms::RegisterSheet;
use crate::paper::words::{Case, Initials, date_in_figures, period};
use crate::paper::{
    Align, Cell, Column, Face, Format, Length, Look, PaperError, Place, Print, Row, Style, Table,
    Width,
};
use crate::register::{CopyNumber, RecordNumber};
use chrono::NaiveDate;

/// Lines of the general register, on as many of its sheets as they need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralRegister {
    /// Number of the first of these sheets; those after it count on.
    pub first_sheet: u32,
    /// The lines in order.
    pub lines: Vec<RegisterLine>,
}

/// A copy entered in the general register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterLine {
    /// Its number in the register.
    pub number: u32,
    /// The day it was entered.
    pub entered: NaiveDate,
    /// The class.
    pub class: ClassName,
    /// The period.
    pub period: PeriodId,
    /// The copy.
    pub copy: CopyNumber,
    /// The record it shows.
    pub record: RecordNumber,
    /// How many valid sheets it has.
    pub sheets: u32,
    /// Who handed it in.
    pub given: Initials,
    /// Who took it.
    pub taken: Option<Initials>,
    /// Where it stands, when it is known.
    pub place: Option<String>,
    /// Remarks: «взамен № 12», «дополнение».
    pub note: String,
}

/// What the totals of a sheet and its signature need at most, beside what they are measured to need.
const BELOW: Length = Length::mm(10);

impl GeneralRegister {
    /// In landscape; each sheet has a heading with its number, its own total and signatures.
    ///
    /// # Errors
    /// When a character has no glyph, or more sheets than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let texts = &head.wording.filing.general_register;
        let mut table = self.table(head);
        if table.rows.is_empty() {
            let cell = Cell::new(texts.nothing.as_str()).across(11).align(Align::Middle);
            table.rows.push(Row::new("", vec![cell]));
        }
        let title = self.title(head, 0);
        let mut laid = None;
        let mut sides = Vec::new();
        // Each sheet is a paper of its own: the book is put together of them.
        for sheet in 0.. {
            let mut form = Form::begin(head, Format::Landscape, self.title(head, sheet))?;
            form.writing.space(Length::mm(3));
            let room = form.writing.left() - self.below(&form)?;
            let laid = match &mut laid {
                Some(laid) => laid,
                none => none.insert(table.measure(form.writing.width(), &Place::of(&title))?),
            };
            let at = form.writing.at();
            let part = laid.cut(room, room)?;
            part.draw(form.writing.side(), at);
            let (height, last) = (part.height(), part.is_last());
            let rows: Vec<usize> = part.rows().collect();
            form.writing.space(height + Length::mm(3));
            self.total(&mut form, &rows)?;
            sides.extend(form.finish()?);
            if last {
                break;
            }
        }
        Ok(head.print(title, sides))
    }

    fn title(&self, head: &Letterhead<'_>, sheet: u32) -> String {
        let sheet = (self.first_sheet + sheet).to_string();
        let school = head.school.to_owned();
        head.wording.filing.general_register.heading.fill(&RegisterSheet { sheet, school })
    }

    /// Total and signatures below the lines of one sheet.
    fn total(&self, form: &mut Form<'_>, rows: &[usize]) -> Result<(), PaperError> {
        let texts = &form.head.wording.filing.general_register;
        let lines: Vec<&RegisterLine> = rows.iter().filter_map(|&r| self.lines.get(r)).collect();
        let sheets = lines.iter().map(|line| line.sheets as usize).sum();
        let total = copies_and_sheets(lines.len(), sheets, &form.title)?;
        form.body(&texts.total.fill(&total))?;
        form.signatures(&texts.signed_by)
    }

    /// Height that stays free below the lines of every sheet.
    fn below(&self, form: &Form<'_>) -> Result<Length, PaperError> {
        let mut trial = Form::begin(form.head, Format::Landscape, form.title.clone())?;
        let before = trial.writing.left();
        let all: Vec<usize> = (0..self.lines.len()).collect();
        self.total(&mut trial, &all)?;
        Ok(before - trial.writing.left() + BODY.leading() + BELOW)
    }

    fn table<'a>(&'a self, head: &'a Letterhead<'_>) -> Table<'a> {
        let columns = &head.wording.filing.general_register.columns;
        let exact = |name: &'a str, wide| {
            let column = Column::new(name, Width::Exactly(Length::mm(wide)), SMALL);
            column.align(Align::Middle)
        };
        let narrow = Style::new(Face::Narrow, Length::pt10(95));
        let share = |name: &'a str| Column::new(name, Width::Share(1), narrow);
        Table {
            columns: vec![
                exact(&columns.number, 11),
                exact(&columns.date, 20),
                exact(&columns.class, 14),
                exact(&columns.period, 53).align(Align::Left),
                exact(&columns.copy, 20),
                exact(&columns.record, 20),
                exact(&columns.sheets, 15),
                share(&columns.given),
                share(&columns.taken),
                share(&columns.place),
                share(&columns.note),
            ],
            header: header([
                &*columns.number,
                &columns.date,
                &columns.class,
                &columns.period,
                &columns.copy,
                &columns.record,
                &columns.sheets,
                &columns.given,
                &columns.taken,
                &columns.place,
                &columns.note,
            ]),
            rows: self.lines.iter().map(RegisterLine::row).collect(),
            look: Look { above: Length::mm10(6), beside: Length::mm(1), ..ROOMY },
        }
    }
}

impl RegisterLine {
    fn row(&self) -> Row<'_> {
        let taken = self.taken.as_ref().map(listed).unwrap_or_default();
        let cells = vec![
            Cell::new(self.number.to_string()).bold(),
            Cell::new(date_in_figures(self.entered)),
            Cell::new(self.class.as_str()),
            Cell::new(period(self.period, Case::Nominative)),
            Cell::new(self.copy.to_string()),
            Cell::new(self.record.to_string()),
            Cell::new(self.sheets.to_string()),
            Cell::new(listed(&self.given)),
            Cell::new(taken),
            Cell::new(self.place.as_deref().unwrap_or("")),
            Cell::new(self.note.as_str()),
        ];
        Row::new(self.class.as_str(), cells)
    }
}
