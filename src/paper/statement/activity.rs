//! Сводная ведомость освоения программы.

use super::grid::{Band, BandColumn, Grid, GridRow, counts};
use super::{Form, Letterhead, full, listed, marked, once};
use crate::journal::statement::{ActivityRow, ActivityStatement};
use crate::paper::{Format, Length, PaperError, Print};

/// The least width of a column of results: «освоил», «не освоил».
const RESULT: Length = Length::mm(28);

/// Each pupil of an activity in each programme: lessons held and missed, and the results as given; equal ones
/// once. Who was not listed in a programme has nothing there. Landscape from three programmes on.
///
/// # Errors
/// When a character has no glyph: with the pupil or programme.
pub fn activity(statement: &ActivityStatement, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    let words = &head.wording.statements.activity;
    let format = if statement.programmes.len() < 3 { Format::Portrait } else { Format::Landscape };
    let mut form = Form::new(head, &statement.heading, &words.heading, format);
    let columns = &words.columns;
    let band = |programme: &String| Band {
        title: format!("{}: {programme}", columns.programme),
        columns: vec![
            counts(&columns.lessons),
            counts(&columns.missed),
            BandColumn { title: columns.result.clone(), least: RESULT },
        ],
    };
    let marked = marked(&statement.unjoined);
    let rows = statement.rows.iter().enumerate().map(|(place, row)| GridRow {
        name: listed(full(&row.pupil), marked.contains(&place)),
        marked: marked.contains(&place),
        cells: (0..statement.programmes.len())
            .flat_map(|programme| cells(row, programme))
            .collect(),
        last: String::new(),
    });
    let grid = Grid {
        number: &columns.number,
        pupil: &columns.pupil,
        bands: statement.programmes.iter().map(band).collect(),
        rows: rows.collect(),
        last: None,
        total: None,
    };
    let pupils: Vec<_> = statement.rows.iter().map(|row| &row.pupil).collect();
    let notes: Vec<_> = form.unjoined_note(&statement.unjoined, &pupils).into_iter().collect();
    grid.write(&mut form, &notes, &words.signed_by)?;
    form.finish(&notes, &words.signed_by)
}

fn cells(row: &ActivityRow, programme: usize) -> [String; 3] {
    match row.programmes.iter().find(|listed| listed.programme == programme) {
        None => Default::default(),
        Some(listed) => [
            listed.lessons.to_string(),
            listed.missed.to_string(),
            once(listed.results.iter().map(|result| result.value.clone())),
        ],
    }
}
