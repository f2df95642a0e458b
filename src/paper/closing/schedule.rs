//! График закрытия, for the staff-room wall.

use super::Letterhead;
use super::form::{Form, ROOMY, bound, header};
use super::sheets::periods;
use crate::journal::PeriodId;
use crate::paper::wording::forms::{ClassesOf, ClosingRun, DaysOf};
use crate::paper::words::{Case, date_in_words, day_and_month, period, weekday};
use crate::paper::{
    Align, Cell, Column, Face, Format, Length, Look, PaperError, Print, Row, RowKind, Style, Table,
    Width,
};
use chrono::NaiveDate;

/// The closing's resolved days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// First and last day of the holidays.
    pub holidays: (NaiveDate, NaiveDate),
    /// Classes by the period they close. Groups with the same steps share them.
    pub groups: Vec<ScheduleGroup>,
}

/// Classes that close the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleGroup {
    /// What they are called: «2–9 классы».
    pub classes: String,
    /// The period they close.
    pub period: PeriodId,
    /// Their steps, in order.
    pub steps: Vec<ScheduledStep>,
}

/// One step, with its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledStep {
    /// Day of the procedure, from 1.
    pub day: u32,
    /// The day it begins.
    pub from: NaiveDate,
    /// Its last day, usually the same.
    pub to: NaiveDate,
    /// What is done.
    pub what: String,
    /// Who does it: roles, and names where they are known.
    pub who: String,
}

/// Letters for the wall, in points: the largest with which everything stands on one side.
const SIZES: [i32; 8] = [18, 17, 16, 15, 14, 13, 12, 11];

/// Letters of what one side cannot hold.
const SEVERAL: Length = Length::pt(12);

/// Steps of one day share their cell only so far: shared cells are never parted.
const SHARED: usize = 6;

impl Schedule {
    /// In landscape, in letters as large as one sheet allows.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let title = head.wording.closing.schedule.heading.fill(&self.run(head));
        let mut written = None;
        for size in SIZES {
            match self.write(head, Length::pt(size), SHARED, &title) {
                Ok(form) if form.writing.sides() == 1 => {
                    written = Some(form);
                    break;
                }
                Ok(_) | Err(PaperError::TooTall { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        let form = match written {
            Some(form) => form,
            None => self.write(head, SEVERAL, 1, &title)?,
        };
        Ok(head.print(title, form.finish()?))
    }

    fn run(&self, head: &Letterhead<'_>) -> ClosingRun {
        let ids: Vec<PeriodId> = self.groups.iter().map(|group| group.period).collect();
        let (from, to) = self.holidays;
        ClosingRun {
            periods: periods(&ids),
            from: date_in_words(from),
            to: date_in_words(to),
            school: head.school.to_owned(),
        }
    }

    fn write<'h>(
        &self,
        head: &'h Letterhead<'h>,
        size: Length,
        shared: usize,
        title: &str,
    ) -> Result<Form<'h>, PaperError> {
        let texts = &head.wording.closing.schedule;
        let mut form = Form::begin_in(Length::pt(22), head, Format::Landscape, title.to_owned())?;
        let below = Style::new(Face::Serif, Length::pt(15));
        form.text(below, Align::Middle, &texts.period.fill(&self.run(head)))?;
        form.table(self.table(head, size, shared), &texts.nothing)?;
        form.body(&texts.note)?;
        form.signatures(&texts.signed_by)?;
        Ok(form)
    }

    fn table<'h>(&'h self, head: &'h Letterhead<'_>, size: Length, together: usize) -> Table<'h> {
        let texts = &head.wording.closing.schedule;
        let columns = &texts.columns;
        let style = Style::new(Face::Sans, size);
        let middle = |name: &'h str, width| Column::new(name, width, style).align(Align::Middle);
        let mut rows = Vec::new();
        let shared = self.shared();
        for (groups, steps) in &shared {
            if shared.len() > 1 || self.groups.len() > 1 {
                let named = groups.iter().map(|group| {
                    let period = period(group.period, Case::Nominative);
                    texts.group.fill(&ClassesOf { classes: group.classes.clone(), period })
                });
                let named = Cell::new(named.collect::<Vec<_>>().join("; "));
                let row = Row::new("", vec![named.across(4).shaded()]);
                rows.push(row.kind(RowKind::Section));
            }
            for day in steps.chunk_by(|a, b| (a.day, a.from, a.to) == (b.day, b.from, b.to)) {
                day.chunks(together).for_each(|steps| self.day(head, steps, &mut rows));
            }
        }
        Table {
            columns: vec![
                middle(&columns.day, Width::Exactly(size * 4)),
                middle(&columns.date, Width::Exactly(size * 7)),
                Column::new(columns.step.as_str(), Width::Share(3), style),
                Column::new(columns.who.as_str(), Width::Share(2), style),
            ],
            header: header([&*columns.day, &columns.date, &columns.step, &columns.who]),
            rows,
            look: Look { above: size.part(1, 4), ..ROOMY },
        }
    }

    /// Neighbouring groups with the same steps, and these steps.
    fn shared(&self) -> Vec<(&[ScheduleGroup], &[ScheduledStep])> {
        let groups = self.groups.chunk_by(|a, b| a.steps == b.steps);
        groups.map(|groups| (groups, groups[0].steps.as_slice())).collect()
    }

    /// Rows of the steps of one day.
    fn day<'h>(&self, head: &Letterhead<'_>, steps: &'h [ScheduledStep], rows: &mut Vec<Row<'h>>) {
        let together = u16::try_from(steps.len()).unwrap_or(u16::MAX);
        for (index, step) in steps.iter().enumerate() {
            let mut cells: Vec<Cell<'h>> = Vec::new();
            if index == 0 {
                let days = named(head, step.from, step.to);
                cells.push(Cell::new(step.day.to_string()).bold().down(together));
                cells.push(Cell::new(days).down(together));
            }
            cells.push(step.what.as_str().into());
            cells.push(bound(&step.who).into());
            rows.push(Row::new(step.what.as_str(), cells));
        }
    }
}

/// «27 октября, понедельник»; of several days the first and the last.
fn named(head: &Letterhead<'_>, from: NaiveDate, to: NaiveDate) -> String {
    let day = |day: NaiveDate| bound(&format!("{}, {}", day_and_month(day), weekday(day)));
    match from == to {
        true => day(from),
        false => {
            head.wording.closing.schedule.days.fill(&DaysOf { first: day(from), last: day(to) })
        }
    }
}
