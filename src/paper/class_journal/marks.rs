//! The marks grid of a page: pupils down, lessons across, finals at the end.

use super::notes::{Note, Notes};
use super::{ClassJournal, topics};
use crate::journal::{Entry, Final, FinalKind, Lesson, Mark, Page, Pupil};
use crate::paper::words::{date_in_figures, day_month};
use crate::paper::{
    Align, Cell, Column, Face, Flow, Length, Look, PaperError, Place, Row, Style, Table, Width,
    Writing,
};
use chrono::{Datelike as _, NaiveDate};
use std::collections::HashMap;

const NUMBER: Length = Length::mm(6);
const NAME: Length = Length::mm(44);
const FINAL: Length = Length::mm(11);
/// A column must hold «5/4 н»; wider ones only help the eye.
const LESSON: (Length, Length) = (Length::mm(6), Length::mm(12));
const GRID: Style = Style::new(Face::Narrow, Length::pt(9));
const LOOK: Look = Look {
    beside: Length::mm10(5),
    above: Length::mm10(2),
    row_height: Length::mm10(45),
    ..Look::USUAL
};
/// All kinds of finals, in the order of their columns.
const FINALS: [FinalKind; 4] =
    [FinalKind::Period, FinalKind::Year, FinalKind::Exam, FinalKind::Final];

/// A lesson and what stands in its column.
pub(super) struct Lessoned<'a> {
    pub(super) lesson: &'a Lesson,
    /// What all marks of the column have in common is said once, in its head.
    shared: Attributes<'a>,
    cells: HashMap<&'a str, &'a Entry>,
}

/// Kind of work and weight of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Attributes<'a> {
    work: Option<&'a str>,
    weight: Option<&'a str>,
}

impl<'a> Attributes<'a> {
    fn of(mark: &'a Mark) -> Attributes<'a> {
        Attributes { work: mark.work.as_deref(), weight: mark.weight.as_deref() }
    }

    /// What the column's head does not say.
    fn beyond(self, head: Attributes<'_>) -> Attributes<'a> {
        let (work, weight) = (head.work.is_none(), head.weight.is_none());
        Attributes { work: self.work.filter(|_| work), weight: self.weight.filter(|_| weight) }
    }

    /// «КР ×2».
    fn text(self) -> String {
        let weight = self.weight.map(|weight| format!("×{weight}"));
        let parts = [self.work.map(str::to_owned), weight];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The marks of a page, made ready to be written.
pub(super) struct Grid<'a> {
    form: ClassJournal<'a>,
    pupils: Vec<&'a Pupil>,
    lessons: Vec<Lessoned<'a>>,
    finals: Finals,
    /// What does not fit into cells.
    pub(super) notes: Notes,
}

impl<'a> Grid<'a> {
    pub(super) fn of(form: &ClassJournal<'a>, page: &'a Page) -> Grid<'a> {
        let pupils: Vec<&Pupil> = form.journal.pupils_of(page).collect();
        let lessons = lessons(page);
        let mut notes = Notes::default();
        let finals = finals(form, page, &pupils, &mut notes);
        remarks(form, page, &pupils, &lessons, &mut notes);
        Grid { form: *form, pupils, lessons, finals, notes }
    }

    /// The fewest parts that hold the lessons side by side on a side of this width, and how many lessons stand
    /// beside the finals in the last of them.
    fn least(&self, width: Length) -> (usize, usize) {
        let room = width - NUMBER - NAME;
        let fit =
            |room: Length| (room.in_thousandths() / LESSON.0.in_thousandths()).max(1) as usize;
        let beside_finals = fit(room - self.finals.width());
        let others = self.lessons.len().saturating_sub(beside_finals).div_ceil(fit(room));
        (1 + others, beside_finals)
    }

    /// The fewest parts on a side of this width.
    pub(super) fn least_parts(&self, width: Length) -> usize {
        self.least(width).0
    }

    /// How many lessons there are.
    pub(super) fn lessons(&self) -> usize {
        self.lessons.len()
    }

    /// Writes the grid in so many parts, the lessons spread evenly over them, below each what `after` says of
    /// its lessons. Whether all that was on the side of its part.
    pub(super) fn write(
        &self,
        writing: &mut Writing,
        count: usize,
        place: &Place<'_>,
        mut after: impl FnMut(&mut Writing, &[Lessoned<'a>]) -> Result<(), PaperError>,
    ) -> Result<bool, PaperError> {
        let (_, beside_finals) = self.least(writing.width());
        let parts = parts(&self.lessons, count, beside_finals);
        let (last, mut whole) = (parts.len() - 1, true);
        for (number, part) in parts.into_iter().enumerate() {
            let finals = (number == last).then_some(&self.finals);
            let taken = finals.map_or(Length::ZERO, Finals::width);
            let room = writing.width() - NUMBER - NAME - taken;
            let width = room.part(1, part.len().max(1) as i32).min(LESSON.1);
            let table = table(&self.form, &self.pupils, part, width, finals);
            let mut laid = table.measure(writing.width(), place)?;
            // A part that an empty side can hold is not torn, nor parted from its topics.
            let height = laid.height_left();
            if height <= writing.height() {
                let topics = topics::least_height(&self.form, part.len());
                writing.keep((height + topics).min(writing.height()));
            }
            writing.parts(&mut laid)?;
            writing.space(Length::mm(4));
            let sides = writing.sides();
            after(writing, part)?;
            whole &= writing.sides() == sides;
        }
        Ok(whole)
    }
}

fn lessons<'a>(page: &'a Page) -> Vec<Lessoned<'a>> {
    let mut entries: HashMap<&str, HashMap<&'a str, &'a Entry>> = HashMap::new();
    for entry in &page.entries {
        entries.entry(entry.lesson.as_str()).or_default().insert(entry.pupil.as_str(), entry);
    }
    let lesson = |lesson: &'a Lesson| {
        let cells = entries.remove(lesson.id.as_str()).unwrap_or_default();
        Lessoned { lesson, shared: shared(&cells), cells }
    };
    page.lessons.iter().map(lesson).collect()
}

/// The kind of work that all marks of a lesson have in common, and the weight.
fn shared<'a>(cells: &HashMap<&str, &'a Entry>) -> Attributes<'a> {
    let all = || cells.values().flat_map(|entry| &entry.marks).map(Attributes::of);
    let Some(first) = all().next() else { return Attributes::default() };
    Attributes {
        work: first.work.filter(|_| all().all(|other| other.work == first.work)),
        weight: first.weight.filter(|_| all().all(|other| other.weight == first.weight)),
    }
}

/// The lessons of each part, spread evenly; no more in the last than stand beside the finals.
fn parts<'l, 'a>(
    lessons: &'l [Lessoned<'a>],
    count: usize,
    beside_finals: usize,
) -> Vec<&'l [Lessoned<'a>]> {
    let last = (lessons.len() / count).min(beside_finals);
    let (first, rest) = lessons.split_at(lessons.len() - last);
    let others = count - 1;
    let border = |part: usize| first.len() * part / others;
    let first = (0..others).map(|part| &first[border(part)..border(part + 1)]);
    first.chain([rest]).collect()
}

fn table<'a>(
    form: &ClassJournal<'_>,
    pupils: &[&'a Pupil],
    lessons: &[Lessoned<'a>],
    width: Length,
    finals: Option<&Finals>,
) -> Table<'a> {
    let texts = &form.wording.journal.subject;
    let mut columns = vec![
        Column::new(texts.number.clone(), Width::Exactly(NUMBER), GRID).align(Align::Middle),
        Column::new(texts.pupil.clone(), Width::Share(1), GRID).flow(Flow::Shrink(Length::pt(7))),
    ];
    let mut heads = vec![Cell::new(texts.number.clone()), Cell::new(texts.pupil.clone())];
    for lesson in lessons {
        let head = lesson_head(form, lesson);
        let column = Column::new(head.clone(), Width::Exactly(width), GRID);
        columns.push(column.align(Align::Middle).flow(Flow::Shrink(Length::pt(5))));
        heads.push(Cell::new(head).flow(Flow::Turned));
    }
    for head in finals.iter().flat_map(|finals| &finals.columns) {
        let column = Column::new(head.clone(), Width::Exactly(FINAL), GRID);
        columns.push(column.align(Align::Middle).flow(Flow::Shrink(Length::pt(5))));
        heads.push(Cell::new(head.clone()).bold().flow(Flow::Turned));
    }
    let row = |(place, pupil): (usize, &&'a Pupil)| {
        let name = pupil.full_name();
        let number = pupil.number.map_or(String::new(), |number| number.to_string());
        let mut cells = vec![Cell::new(number), Cell::new(name.clone())];
        cells.extend(lessons.iter().map(|lesson| Cell::new(cell(lesson, pupil))));
        cells.extend(
            finals.iter().flat_map(|f| &f.rows[place]).map(|c| Cell::new(c.clone()).bold()),
        );
        Row::new(name, cells)
    };
    let rows = pupils.iter().enumerate().map(row).collect();
    Table { columns, header: vec![Row::new(texts.date.clone(), heads)], rows, look: LOOK }
}

/// «05.09, урок 3, КР ×2»: date and place in the day, and what all marks of the column have in common.
fn lesson_head(form: &ClassJournal<'_>, column: &Lessoned<'_>) -> String {
    let date = column.lesson.date;
    // Not the period's days: they are no part of the printed view, and the digest must tell this apart.
    let first = date.year() - i32::from(date.month() < 9);
    let date = match first == form.journal.school_year.first() {
        true => day_month(date),
        false => date_in_figures(date),
    };
    let shared = column.shared.text();
    let number = column.lesson.number;
    if shared.is_empty() { format!("{date}/{number}") } else { format!("{date}/{number} {shared}") }
}

/// «5 4(КР) н»: marks in their order, then the absence.
fn cell(column: &Lessoned<'_>, pupil: &Pupil) -> String {
    let Some(entry) = column.cells.get(pupil.id.as_str()) else { return String::new() };
    let mark = |mark: &Mark| {
        let own = Attributes::of(mark).beyond(column.shared).text();
        if own.is_empty() { mark.value.clone() } else { format!("{}({own})", mark.value) }
    };
    let marks = entry.marks.iter().map(mark);
    let absence = entry.absence.iter().map(|absence| absence.0.clone());
    marks.chain(absence).collect::<Vec<_>>().join(" ")
}

/// Columns of finals, and the texts of each pupil's cells.
struct Finals {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Finals {
    fn width(&self) -> Length {
        FINAL * self.columns.len() as i32
    }
}

fn finals(form: &ClassJournal<'_>, page: &Page, pupils: &[&Pupil], notes: &mut Notes) -> Finals {
    let mut found = Finals { columns: Vec::new(), rows: vec![Vec::new(); pupils.len()] };
    for kind in FINALS {
        let of_kind: Vec<&Final> = page.finals.iter().filter(|f| f.kind == kind).collect();
        // Marks are given, but none of them sums the period up: an empty column tells so.
        let wanted = kind == FinalKind::Period && page.entries.iter().any(|e| !e.marks.is_empty());
        if of_kind.is_empty() && !wanted {
            continue;
        }
        let day = shared_day(&of_kind);
        found.columns.push(final_head(form, kind, day));
        let place: HashMap<&str, usize> =
            pupils.iter().enumerate().map(|(place, pupil)| (pupil.id.as_str(), place)).collect();
        found.rows.iter_mut().for_each(|row| row.push(String::new()));
        for mark in of_kind {
            let Some(row) = place.get(mark.pupil.as_str()).copied() else { continue };
            if let Some(cell) = found.rows[row].last_mut() {
                let parts = [cell.as_str(), mark.value.as_str()];
                *cell = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
            }
            notes.extend(final_note(form, pupils[row], mark, day));
        }
    }
    found
}

/// The day on which all of these finals were entered, if it is one.
fn shared_day(finals: &[&Final]) -> Option<NaiveDate> {
    let day = finals.first()?.set?;
    finals.iter().all(|mark| mark.set == Some(day)).then_some(day)
}

fn final_head(form: &ClassJournal<'_>, kind: FinalKind, day: Option<NaiveDate>) -> String {
    let texts = &form.wording.journal.subject;
    let head = match kind {
        FinalKind::Period => &texts.final_mark,
        FinalKind::Year => &texts.year_mark,
        FinalKind::Exam => &texts.exam_mark,
        FinalKind::Final => &texts.last_mark,
    };
    day.map_or(head.clone(), |day| format!("{head}, {}", date_in_figures(day)))
}

/// What of a final does not fit its cell: a day of its own, the school it was brought from.
fn final_note(
    form: &ClassJournal<'_>,
    pupil: &Pupil,
    mark: &Final,
    day: Option<NaiveDate>,
) -> Option<Note> {
    let set = mark.set.filter(|set| Some(*set) != day).map(date_in_figures);
    let about: Vec<String> = set.into_iter().chain(mark.school.clone()).collect();
    let head = final_head(form, mark.kind, None);
    (!about.is_empty())
        .then(|| Note::about(pupil, format!("{head} {}: {}", mark.value, about.join(", "))))
}

fn remarks(
    form: &ClassJournal<'_>,
    page: &Page,
    pupils: &[&Pupil],
    lessons: &[Lessoned<'_>],
    notes: &mut Notes,
) {
    let known: HashMap<&str, &Pupil> = pupils.iter().map(|p| (p.id.as_str(), *p)).collect();
    let heads: HashMap<&str, &Lessoned<'_>> =
        lessons.iter().map(|l| (l.lesson.id.as_str(), l)).collect();
    for entry in &page.entries {
        let pupil = known.get(entry.pupil.as_str());
        let lesson = heads.get(entry.lesson.as_str());
        if let (Some(remark), Some(pupil), Some(lesson)) = (&entry.remark, pupil, lesson) {
            let date =
                Lessoned { shared: Attributes::default(), cells: HashMap::new(), ..**lesson };
            notes.push(Note::about(pupil, format!("{}: {remark}", lesson_head(form, &date))));
        }
    }
}
