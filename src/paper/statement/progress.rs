//! Сводная ведомость учёта успеваемости.

use super::grid::{Band, BandColumn, Grid, GridRow, NARROW};
use super::{BROUGHT, Closed, Form, Letterhead, full, listed, marked, once};
use crate::journal::PeriodKind;
use crate::journal::statement::{Column, GivenDecision, GivenMark, ProgressRow, ProgressStatement};
use crate::paper::wording::forms::{DecisionOf, ProgressForm};
use crate::paper::words::{Case, date_in_figures, period_alone};
use crate::paper::{Format, PaperError, Print};
use std::collections::BTreeSet;

/// Every final mark as given: pupils × subjects × periods, year, exam, final; decisions of the pedagogical
/// council with date and number. Landscape; wide classes go on over further sheets by subjects, long ones by
/// pupils.
///
/// Equal marks of one cell stand once, unequal ones beside each other. Exam and final have a column only in
/// subjects that have such a mark. A statement without a single mark says so and has no subjects (R1 5.7).
///
/// # Errors
/// When a character has no glyph: with the pupil or subject.
pub fn progress(statement: &ProgressStatement, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    written(statement, head, false, Vec::new())?.print()
}

/// The same to its end, with more notes below.
pub(super) fn written<'a>(
    statement: &'a ProgressStatement,
    head: &'a Letterhead<'a>,
    bare: bool,
    more: Vec<String>,
) -> Result<Closed<'a>, PaperError> {
    let words = &head.wording.statements.progress;
    let form = Form::new(head, &statement.heading, &words.heading, Format::Landscape);
    let mut form = Form { bare, ..form };
    let cells = cells(statement);
    let marked = marked(&statement.unjoined);
    let rows = statement.rows.iter().enumerate().map(|(place, row)| GridRow {
        name: listed(full(&row.pupil), marked.contains(&place)),
        marked: marked.contains(&place),
        cells: cells.iter().map(|(subject, column)| shown(row, *subject, *column)).collect(),
        last: decisions(row, head, words),
    });
    let year = statement.heading.period.kind == PeriodKind::Year;
    let decided = statement.rows.iter().any(|row| !row.decisions.is_empty());
    let grid = Grid {
        number: &words.columns.number,
        pupil: &words.columns.pupil,
        bands: bands(statement, &cells, words),
        rows: rows.collect(),
        last: (year || decided).then_some(words.columns.decision.as_str()),
        total: None,
    };
    let mut notes = notes(statement, words, &form);
    notes.extend(more);
    grid.write(&mut form, &notes, &words.signed_by)?;
    form.close(&notes, &words.signed_by)
}

/// Subject and column of every cell of a row, in order; none in a grade without marks.
fn cells(statement: &ProgressStatement) -> Vec<(usize, usize)> {
    let marks = statement.rows.iter().flat_map(|row| &row.marks);
    let given: BTreeSet<(usize, usize)> = marks.map(|mark| (mark.subject, mark.column)).collect();
    if given.is_empty() {
        return Vec::new();
    }
    let columns: Vec<(usize, &Column)> = statement.columns.iter().enumerate().collect();
    let of = |subject: usize| {
        let given = &given;
        let shown = columns.iter().filter(move |(place, column)| {
            let always = matches!(column, Column::Period(_) | Column::Year);
            always || given.contains(&(subject, *place))
        });
        shown.map(move |(place, _)| (subject, *place))
    };
    (0..statement.subjects.len()).flat_map(of).collect()
}

fn bands(
    statement: &ProgressStatement,
    cells: &[(usize, usize)],
    words: &ProgressForm,
) -> Vec<Band> {
    let single = statement.columns.len() == 1;
    let title = |column: usize| match statement.columns[column] {
        _ if single => String::new(),
        // On one line, however narrow the column is.
        Column::Period(period) => period_alone(period, Case::Nominative).replace(' ', "\u{a0}"),
        Column::Year => words.columns.year.clone(),
        Column::Exam => words.columns.exam.clone(),
        Column::Final => words.columns.final_mark.clone(),
    };
    let by_subject = cells.chunk_by(|a, b| a.0 == b.0);
    let band = |cells: &[(usize, usize)]| Band {
        title: statement.subjects[cells[0].0].clone(),
        columns: cells
            .iter()
            .map(|(_, column)| BandColumn { title: title(*column), least: NARROW })
            .collect(),
    };
    by_subject.map(band).collect()
}

fn shown(row: &ProgressRow, subject: usize, column: usize) -> String {
    once(row.cell(subject, column).map(GivenMark::shown))
}

impl GivenMark {
    /// As it stands on paper.
    fn shown(&self) -> String {
        let sign = if self.school.is_some() { BROUGHT } else { "" };
        format!("{}{sign}", self.value)
    }
}

fn decisions(row: &ProgressRow, head: &Letterhead<'_>, words: &ProgressForm) -> String {
    let not_given = &head.wording.terms.captions.not_given;
    let text = |given: &GivenDecision| match (given.date, &given.protocol) {
        (None, None) => given.text.clone(),
        (date, protocol) => words.decision.fill(&DecisionOf {
            text: given.text.clone(),
            date: date.map_or(not_given.clone(), date_in_figures),
            protocol: protocol.as_ref().unwrap_or(not_given).clone(),
        }),
    };
    row.decisions.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn notes(statement: &ProgressStatement, words: &ProgressForm, form: &Form<'_>) -> Vec<String> {
    let marks = statement.rows.iter().flat_map(|row| &row.marks);
    let schools: BTreeSet<&str> = marks.filter_map(|mark| mark.school.as_deref()).collect();
    let brought = (!schools.is_empty()).then(|| {
        let schools = schools.into_iter().collect::<Vec<_>>().join("; ");
        format!("{BROUGHT} — {} ({schools})", words.brought)
    });
    let pupils: Vec<_> = statement.rows.iter().map(|row| &row.pupil).collect();
    let unjoined = form.unjoined_note(&statement.unjoined, &pupils);
    let marks = statement.rows.iter().any(|row| !row.marks.is_empty());
    let without = (!marks).then(|| form.head.wording.reports.results.without_marks.clone());
    without.into_iter().chain(brought).chain(unjoined).collect()
}
