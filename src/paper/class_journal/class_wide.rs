//! Sheets of the whole class: attendance with comings and goings, finals of all subjects. The class
//! teacher signs them.

use super::frame::{BODY, Heads};
use super::section::{Section, signed_as};
use super::{ClassJournal, Edition};
use crate::journal::statement::{
    AttendanceStatement, Column as Sums, Moved, MovementStatement, ProgressRow, ProgressStatement,
    PupilRow, Roll,
};
use crate::paper::statement::{full, missed, titles};
use crate::paper::wording::forms::Role;
use crate::paper::words::date_in_figures;
use crate::paper::{
    Align, Cell, Column, Face, Flow, Format, Length, Look, PaperError, Place, Row, RowKind, Style,
    Table, Width, Writing,
};
use crate::register::SheetKind;
use std::collections::HashSet;

const NUMBER: Length = Length::mm(7);
const NAME: Length = Length::mm(46);
const COUNT: Length = Length::mm(13);
const SUBJECT: Length = Length::mm(7);
const GRID: Style = Style::new(Face::Narrow, Length::pt(9));
const LOOK: Look = Look { row_height: Length::mm10(48), beside: Length::mm10(5), ..Look::USUAL };

/// The class-wide sheets of a journal.
pub(super) fn sections(
    form: &ClassJournal<'_>,
    edition: &Edition,
    place: &Place<'_>,
) -> Result<Vec<Section>, PaperError> {
    let roll = Roll::of(&[form.journal], &[]).expect("one journal is of one class and period");
    let texts = &form.wording.journal.class_wide;
    let mut sections = Vec::new();
    let heading = texts.attendance.fill(&form.titled());
    let at = place.at(&heading);
    let mut writing = Writing::new(Format::Portrait, BODY);
    attendance(&mut writing, form, &AttendanceStatement::of(&roll), &at)?;
    movement(&mut writing, form, &MovementStatement::of(&roll), &at)?;
    sections.push(section(form, edition, SheetKind::Attendance, heading.clone(), writing));
    let progress = ProgressStatement::of(&roll);
    let given = |row: &ProgressRow| !row.marks.is_empty() || !row.decisions.is_empty();
    if progress.rows.iter().any(given) {
        let heading = texts.finals.fill(&form.titled());
        let at = place.at(&heading);
        let mut writing = Writing::new(Format::Portrait, BODY);
        finals(&mut writing, form, &progress, &at)?;
        sections.push(section(form, edition, SheetKind::Finals, heading.clone(), writing));
    }
    Ok(sections)
}

fn section(
    form: &ClassJournal<'_>,
    edition: &Edition,
    kind: SheetKind,
    subject: String,
    writing: Writing,
) -> Section {
    let class = &form.journal.class;
    let teacher = class.teacher.as_ref().and_then(|id| form.journal.person(id));
    let role = form.wording.terms.role(Role::ClassTeacher, class).to_owned();
    let signs = !matches!(edition, Edition::Reference);
    let statement = signs.then(|| form.wording.journal.class_wide.signer.fill(&form.titled()));
    let (name, signer) = (subject.clone(), (role, signed_as(teacher)));
    let heads = Heads { subject, teacher: String::new(), statement, signer };
    Section { kind, page: None, name, heads, sides: writing.finish() }
}

/// The first cells of a pupil's row: number and name.
fn pupil_cells(pupil: &PupilRow) -> Vec<Cell<'static>> {
    let number = pupil.number.map_or(String::new(), |number| number.to_string());
    vec![Cell::new(number), Cell::new(full(pupil))]
}

fn pupil_columns(number: &str, pupil: &str) -> (Vec<Column<'static>>, Vec<Cell<'static>>) {
    let columns = vec![
        Column::new(number.to_owned(), Width::Exactly(NUMBER), GRID).align(Align::Middle),
        Column::new(pupil.to_owned(), Width::Share(1), GRID).flow(Flow::Shrink(Length::pt(7))),
    ];
    (columns, vec![Cell::new(number.to_owned()), Cell::new(pupil.to_owned())])
}

fn attendance(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    statement: &AttendanceStatement,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let texts = &form.wording.statements.attendance;
    let names = &texts.columns;
    let (mut columns, mut heads) = pupil_columns(&names.number, &names.pupil);
    for head in titles(names) {
        columns.push(Column::new(head.clone(), Width::Exactly(COUNT), GRID).align(Align::Middle));
        heads.push(Cell::new(head.clone()).flow(Flow::Turned));
    }
    let mut rows: Vec<Row<'_>> = statement
        .rows
        .iter()
        .map(|row| {
            let mut cells = pupil_cells(&row.pupil);
            cells.extend(missed(&row.missed.all).map(Cell::new));
            Row::new(full(&row.pupil), cells)
        })
        .collect();
    let mut total = vec![Cell::new(""), Cell::new(texts.class_total.clone())];
    total.extend(missed(&statement.total.all).map(Cell::new));
    rows.push(Row::new(texts.class_total.clone(), total).kind(RowKind::Total));
    let header = vec![Row::new(names.pupil.clone(), heads)];
    writing.table(&Table { columns, header, rows, look: LOOK }, place)?;
    writing.space(Length::mm(2));
    writing.text(Style::new(Face::Sans, Length::pt(8)), Align::Left, &texts.note, place)?;
    writing.space(Length::mm(4));
    Ok(())
}

/// Who came and left during the period.
fn movement(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    statement: &MovementStatement,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let texts = &form.wording.statements.movement;
    let style = Style::new(Face::Sans, Length::pt(9));
    for (head, moved) in [(&texts.arrived, &statement.arrived), (&texts.left, &statement.left)] {
        let told = |moved: &Moved| {
            let pupil = statement.pupils.get(moved.pupil).map(full).unwrap_or_default();
            let orders = moved.orders.join(", ");
            let order = if orders.is_empty() { orders } else { format!(" ({orders})") };
            format!("{pupil}, {}{order}", date_in_figures(moved.date))
        };
        let told: Vec<String> = moved.iter().map(told).collect();
        let told = if told.is_empty() { texts.nobody.clone() } else { told.join("; ") };
        writing.text(style, Align::Left, &format!("{head}: {told}"), place)?;
    }
    Ok(())
}

/// Finals of all subjects, as many subjects beside each other as the sheet holds.
fn finals(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    statement: &ProgressStatement,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let sums: Vec<usize> = (0..statement.columns.len())
        .filter(|column| {
            let mut marks = statement.rows.iter().flat_map(|row| &row.marks);
            marks.any(|mark| mark.column == *column)
        })
        .collect();
    let given: HashSet<(usize, usize)> =
        statement.rows.iter().flat_map(|row| &row.marks).map(|m| (m.subject, m.column)).collect();
    let pairs: Vec<(usize, usize)> = (0..statement.subjects.len())
        .flat_map(|subject| columns_of(subject, &sums, &given))
        .collect();
    let room = writing.width() - NUMBER - NAME;
    let fit = (room.in_thousandths() / SUBJECT.in_thousandths()).max(1) as usize;
    for part in pairs.chunks(pairs.len().div_ceil(pairs.len().div_ceil(fit).max(1)).max(1)) {
        let table = part_of_finals(form, statement, part, sums.len() > 1);
        let mut laid = table.measure(writing.width(), place)?;
        if laid.height_left() <= writing.height() {
            writing.keep(laid.height_left());
        }
        writing.parts(&mut laid)?;
        writing.space(Length::mm(4));
    }
    decisions(writing, statement, place)
}

/// The columns of a subject that hold marks; without any the first, so that its emptiness is seen.
fn columns_of(
    subject: usize,
    sums: &[usize],
    given: &HashSet<(usize, usize)>,
) -> Vec<(usize, usize)> {
    let all = || sums.iter().map(|sum| (subject, *sum));
    let holding: Vec<_> = all().filter(|pair| given.contains(pair)).collect();
    if holding.is_empty() { all().take(1).collect() } else { holding }
}

fn part_of_finals(
    form: &ClassJournal<'_>,
    statement: &ProgressStatement,
    part: &[(usize, usize)],
    several: bool,
) -> Table<'static> {
    let names = &form.wording.statements.progress.columns;
    let (mut columns, mut heads) = pupil_columns(&names.number, &names.pupil);
    let width = SUBJECT.max(Length::mm(105).part(1, part.len().max(1) as i32)).min(Length::mm(10));
    for (subject, sum) in part {
        let subject = &statement.subjects[*subject];
        let head = match several {
            true => format!("{subject}, {}", sums_up(form, statement.columns[*sum])),
            false => subject.clone(),
        };
        let column = Column::new(head.clone(), Width::Exactly(width), GRID).align(Align::Middle);
        columns.push(column.flow(Flow::Shrink(Length::pt(5))));
        heads.push(Cell::new(head).flow(Flow::Turned));
    }
    let rows = statement.rows.iter().map(|row| {
        let mut cells = pupil_cells(&row.pupil);
        cells.extend(part.iter().map(|(subject, sum)| {
            let marks = row.marks.iter().filter(|m| m.subject == *subject && m.column == *sum);
            let mut texts: Vec<&str> = marks.map(|mark| mark.value.as_str()).collect();
            texts.dedup();
            Cell::new(texts.join(" "))
        }));
        Row::new(full(&row.pupil), cells)
    });
    let rows = rows.collect();
    Table { columns, header: vec![Row::new(names.pupil.clone(), heads)], rows, look: LOOK }
}

fn sums_up(form: &ClassJournal<'_>, column: Sums) -> String {
    let texts = &form.wording.journal.subject;
    match column {
        Sums::Period(_) => texts.final_mark.clone(),
        Sums::Year => texts.year_mark.clone(),
        Sums::Exam => texts.exam_mark.clone(),
        Sums::Final => texts.last_mark.clone(),
    }
}

/// Decisions of the pedagogical council.
fn decisions(
    writing: &mut Writing,
    statement: &ProgressStatement,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let style = Style::new(Face::Sans, Length::pt(9));
    for row in &statement.rows {
        for decision in &row.decisions {
            let date = decision.date.map(|date| format!(", {}", date_in_figures(date)));
            let protocol = decision.protocol.as_ref().map(|number| format!(", № {number}"));
            let about = [date, protocol].into_iter().flatten().collect::<String>();
            let text = format!("{}: {}{about}", full(&row.pupil), decision.text);
            writing.text(style, Align::Left, &text, &place.at(&row.pupil.surname))?;
        }
    }
    Ok(())
}
