//! Отчёт о посещаемости по месяцам.

use super::grid::{Band, Grid, GridRow, counts};
use super::{Form, Letterhead, counted, full, listed, marked};
use crate::journal::statement::{Attended, Missed, MonthlyAttendance};
use crate::paper::words::month_and_year;
use crate::paper::{Format, PaperError, Print};

/// Lessons missed by month, and of these by illness. Landscape.
///
/// # Errors
/// When a character has no glyph: with the pupil.
pub fn months(report: &MonthlyAttendance, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    let words = &head.wording.reports.monthly_attendance;
    let mut form = Form::new(head, &report.heading, &words.heading, Format::Landscape);
    let band = |title: String| Band {
        title,
        columns: vec![counts(&words.columns.lessons), counts(&words.columns.ill)],
    };
    let titles = report.months.iter().map(|month| month_and_year(*month));
    let titles = titles.chain([words.columns.total.clone()]);
    let marked = marked(&report.unjoined);
    let rows = report.rows.iter().enumerate().map(|(place, row)| GridRow {
        name: listed(full(&row.pupil), marked.contains(&place)),
        marked: marked.contains(&place),
        cells: cells(&row.missed),
        last: String::new(),
    });
    let grid = Grid {
        number: &words.columns.number,
        pupil: &words.columns.pupil,
        bands: titles.map(band).collect(),
        rows: rows.collect(),
        last: None,
        total: Some((&words.class_total, cells(&report.total))),
    };
    let pupils: Vec<_> = report.rows.iter().map(|row| &row.pupil).collect();
    let notes: Vec<_> = form.unjoined_note(&report.unjoined, &pupils).into_iter().collect();
    grid.write(&mut form, &notes, &words.signed_by)?;
    form.finish(&notes, &words.signed_by)
}

fn cells(missed: &Attended) -> Vec<String> {
    let cells = |m: &Missed| [m.lessons, m.ill].map(counted);
    missed.each.iter().chain([&missed.all]).flat_map(cells).collect()
}
