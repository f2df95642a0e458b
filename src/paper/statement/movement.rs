//! Сводная ведомость учёта движения.

use super::{Closed, Form, Letterhead, TEXT, full, listed, marked};
use crate::journal::statement::{Moved, MovementStatement, PeriodCount};
use crate::paper::wording::forms::MovementForm;
use crate::paper::words::{Case, date_in_figures, period_alone};
use crate::paper::{
    Align, Column, Face, Format, Length, Look, PaperError, Place, Print, Row, RowKind, Style,
    Table, Width,
};

const CELLS: Style = Style::new(Face::Sans, Length::pt(9));

/// How many pupils each period began and ended with, who came and who left, with the orders. Portrait.
///
/// # Errors
/// When a character has no glyph: with the pupil.
pub fn movement(statement: &MovementStatement, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    written(statement, head, false)?.print()
}

/// The same to its end.
pub(super) fn written<'a>(
    statement: &'a MovementStatement,
    head: &'a Letterhead<'a>,
    bare: bool,
) -> Result<Closed<'a>, PaperError> {
    let words = &head.wording.statements.movement;
    let form = Form::new(head, &statement.heading, &words.heading, Format::Portrait);
    let mut form = Form { bare, ..form };
    periods(statement, words, &mut form)?;
    moved(statement, words, &mut form)?;
    let pupils: Vec<_> = statement.pupils.iter().collect();
    let notes: Vec<_> = form.unjoined_note(&statement.unjoined, &pupils).into_iter().collect();
    form.close(&notes, &words.signed_by)
}

/// The counts of every period.
pub(super) fn periods(
    statement: &MovementStatement,
    words: &MovementForm,
    form: &mut Form<'_>,
) -> Result<(), PaperError> {
    let columns = &words.columns;
    let titles = [&columns.at_start, &columns.arrived, &columns.left, &columns.at_end];
    let count =
        |title: &String| Column::new(title.clone(), Width::Share(2), CELLS).align(Align::Middle);
    let first = Column::new(columns.period.as_str(), Width::Share(3), CELLS);
    let header = [&columns.period].into_iter().chain(titles).map(|title| title.as_str().into());
    let row = |p: &PeriodCount| {
        let counts = [p.at_start, p.arrived, p.left, p.at_end].map(|count| count.to_string());
        let name = period_alone(p.period, Case::Nominative);
        Row::new(name.clone(), [name].into_iter().chain(counts).map(Into::into).collect())
    };
    let total = statement.total.iter().map(|all| row(all).kind(RowKind::Total));
    let rows = statement.periods.iter().map(row).chain(total);
    let table = Table {
        columns: [first].into_iter().chain(titles.map(count)).collect(),
        header: vec![Row::new("", header.collect())],
        rows: rows.collect(),
        look: Look::USUAL,
    };
    form.writing.table(&table, &Place::of(&form.title))
}

/// Who came and who left.
pub(super) fn moved(
    statement: &MovementStatement,
    words: &MovementForm,
    form: &mut Form<'_>,
) -> Result<(), PaperError> {
    for (title, moved) in [(&words.arrived, &statement.arrived), (&words.left, &statement.left)] {
        form.part(title)?;
        if moved.is_empty() {
            form.text(TEXT, &words.nobody)?;
        } else {
            list(statement, moved, words, form)?;
        }
    }
    Ok(())
}

fn list(
    statement: &MovementStatement,
    moved: &[Moved],
    words: &MovementForm,
    form: &mut Form<'_>,
) -> Result<(), PaperError> {
    let columns = &words.columns;
    let titles = [&columns.pupil, &columns.date, &columns.order];
    let marked = marked(&statement.unjoined);
    let rows = moved.iter().map(|moved| {
        let pupil = &statement.pupils[moved.pupil];
        let name = listed(full(pupil), marked.contains(&moved.pupil));
        let cells = [name, date_in_figures(moved.date), moved.orders.join(", ")];
        Row::new(full(pupil), cells.map(Into::into).into())
    });
    let table = Table {
        columns: vec![
            Column::new(columns.pupil.as_str(), Width::Share(5), CELLS),
            Column::new(columns.date.as_str(), Width::Share(2), CELLS).align(Align::Middle),
            Column::new(columns.order.as_str(), Width::Share(2), CELLS),
        ],
        header: vec![Row::new("", titles.map(|title| title.as_str().into()).into())],
        rows: rows.collect(),
        look: Look::USUAL,
    };
    form.writing.table(&table, &Place::of(&form.title))
}
