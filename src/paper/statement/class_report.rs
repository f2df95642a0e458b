//! Отчёт классного руководителя за период.

use super::{Form, Letterhead, attendance, full, listed, marked, movement, results};
use crate::journal::statement::{ClassReport, MovementStatement};
use crate::paper::wording::forms::AttendanceColumns;
use crate::paper::{
    Align, Column, Face, Format, Length, Look, PaperError, Place, Print, Row, Style, Table, Width,
};

const CELLS: Style = Style::new(Face::Narrow, Length::pt(9));

/// Composition, movement, progress and attendance of a class in one report. Portrait.
///
/// # Errors
/// When a character has no glyph: with the pupil or subject.
pub fn class_report(report: &ClassReport, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    let wording = head.wording;
    let (words, statements) = (&wording.reports.class_report, &wording.statements);
    let heading = &report.movement.heading;
    let mut form = Form::new(head, heading, &words.heading, Format::Portrait);
    form.part(&words.composition)?;
    movement::periods(&report.movement, &statements.movement, &mut form)?;
    form.writing.space(Length::mm(2));
    composition(&report.movement, &statements.attendance.columns, &mut form)?;
    form.part(&words.movement)?;
    movement::moved(&report.movement, &statements.movement, &mut form)?;
    form.part(&words.progress)?;
    results::body(&report.results, &wording.reports.results, &mut form, Length::ZERO)?;
    form.part(&words.attendance)?;
    let notes = attendance::notes(&report.attendance, &statements.attendance, &form);
    let grid = attendance::grid(&report.attendance, &statements.attendance);
    grid.write(&mut form, &notes, &words.signed_by)?;
    form.finish(&notes, &words.signed_by)
}

/// The list of pupils in two columns.
fn composition(
    statement: &MovementStatement,
    words: &AttendanceColumns,
    form: &mut Form<'_>,
) -> Result<(), PaperError> {
    let marked = marked(&statement.unjoined);
    let half = statement.pupils.len().div_ceil(2);
    let cells = |place: usize| {
        let pupil = statement.pupils.get(place)?;
        let name = listed(full(pupil), marked.contains(&place));
        Some([(place + 1).to_string().into(), name.into()])
    };
    let rows = (0..half).map(|place| {
        let both = [cells(place), cells(place + half)].into_iter().flatten().flatten();
        Row::new(full(&statement.pupils[place]), both.collect())
    });
    let (number, pupil) = (words.number.as_str(), words.pupil.as_str());
    let columns = || {
        let number = Column::new(number, Width::Exactly(Length::mm(8)), CELLS);
        [number.align(Align::Right), Column::new(pupil, Width::Share(1), CELLS)]
    };
    let table = Table {
        columns: columns().into_iter().chain(columns()).collect(),
        header: vec![Row::new("", [number, pupil, number, pupil].map(Into::into).into())],
        rows: rows.collect(),
        look: Look::USUAL,
    };
    form.writing.table(&table, &Place::of(&form.title))
}
