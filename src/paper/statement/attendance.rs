//! Сводная ведомость учёта посещаемости.

use super::grid::{Band, Grid, GridRow, counts};
use super::{Closed, Form, Letterhead, counted, full, listed, marked};
use crate::journal::statement::{AttendanceStatement, Attended, Missed};
use crate::paper::wording::forms::{AttendanceColumns, AttendanceForm, UnknownNotes};
use crate::paper::words::{Case, period_alone};
use crate::paper::{Format, PaperError, Print};

/// Days and lessons missed by period and in all, with the reasons that were noted. Landscape; of one
/// period portrait.
///
/// # Errors
/// When a character has no glyph: with the pupil.
pub fn attendance(
    statement: &AttendanceStatement,
    head: &Letterhead<'_>,
) -> Result<Print, PaperError> {
    written(statement, head, false)?.print()
}

/// The same to its end.
pub(super) fn written<'a>(
    statement: &'a AttendanceStatement,
    head: &'a Letterhead<'a>,
    bare: bool,
) -> Result<Closed<'a>, PaperError> {
    let words = &head.wording.statements.attendance;
    let format = if statement.periods.len() == 1 { Format::Portrait } else { Format::Landscape };
    let form = Form::new(head, &statement.heading, &words.heading, format);
    let mut form = Form { bare, ..form };
    let notes = notes(statement, words, &form);
    grid(statement, words).write(&mut form, &notes, &words.signed_by)?;
    form.close(&notes, &words.signed_by)
}

/// The pupils' lines and the class's sum. One period is its own sum.
pub(super) fn grid<'a>(statement: &AttendanceStatement, words: &'a AttendanceForm) -> Grid<'a> {
    let all = statement.periods.len() != 1;
    let titles = statement.periods.iter().map(|period| period_alone(*period, Case::Nominative));
    let titles = titles.chain(all.then(|| words.columns.total.clone()));
    let marked = marked(&statement.unjoined);
    let rows = statement.rows.iter().enumerate().map(|(place, row)| GridRow {
        name: listed(full(&row.pupil), marked.contains(&place)),
        marked: marked.contains(&place),
        cells: cells(&row.missed, all),
        last: String::new(),
    });
    Grid {
        number: &words.columns.number,
        pupil: &words.columns.pupil,
        bands: titles.map(|title| band(title, &words.columns)).collect(),
        rows: rows.collect(),
        last: None,
        total: Some((&words.class_total, cells(&statement.total, all))),
    }
}

fn band(title: String, columns: &AttendanceColumns) -> Band {
    Band { title, columns: titles(columns).map(|title| counts(title)).into() }
}

/// Names of the columns of what was missed.
pub(in crate::paper) fn titles(columns: &AttendanceColumns) -> [&String; 7] {
    let AttendanceColumns { days, lessons, ill, excused, unexcused, not_stated, late, .. } =
        columns;
    [days, lessons, ill, excused, unexcused, not_stated, late]
}

/// What stands below them.
pub(in crate::paper) fn missed(m: &Missed) -> [String; 7] {
    [m.days, m.lessons, m.ill, m.excused, m.unexcused, m.not_stated, m.late].map(counted)
}

fn cells(attended: &Attended, all: bool) -> Vec<String> {
    attended.each.iter().chain(all.then_some(&attended.all)).flat_map(missed).collect()
}

pub(super) fn notes(
    statement: &AttendanceStatement,
    words: &AttendanceForm,
    form: &Form<'_>,
) -> Vec<String> {
    let unknown = statement.total.all.unknown;
    let unknown =
        (unknown > 0).then(|| words.unknown.fill(&UnknownNotes { count: unknown.to_string() }));
    let pupils: Vec<_> = statement.rows.iter().map(|row| &row.pupil).collect();
    let unjoined = form.unjoined_note(&statement.unjoined, &pupils);
    [words.note.clone()].into_iter().chain(unknown).chain(unjoined).collect()
}
