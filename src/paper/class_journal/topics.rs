//! The list of lessons: date, topic, homework. As in the paper journal it stands beside the marks of the
//! same lessons.

use super::marks::Lessoned;
use super::{ClassJournal, Content};
use crate::journal::{Lesson, Person};
use crate::paper::wording::forms::TeacherName;
use crate::paper::words::date_in_figures;
use crate::paper::{
    Align, Cell, Column, Face, Length, Look, PaperError, Place, Row, Style, Table, Width, Writing,
};

const DATE: Length = Length::mm(18);
const NUMBER: Length = Length::mm(8);
const TEXT: Style = Style::new(Face::Narrow, Length::pt(9));
const LOOK: Look = Look { row_height: Length::mm10(45), ..Look::USUAL };
/// Less of a side is left white rather than begun with.
const WORTH_BEGINNING: Length = Length::mm(40);
/// Stands for a substitute whose name the source did not give.
const NAMELESS: &str = "?";

/// What the list of so many lessons takes at least, with the white above it.
pub(super) fn least_height(form: &ClassJournal<'_>, lessons: usize) -> Length {
    match (form.content, lessons) {
        (Content::Marks, _) | (_, 0) => Length::ZERO,
        (Content::MarksAndTopics, lessons) => {
            Length::mm(4) + LOOK.header_height + LOOK.row_height * lessons as i32
        }
    }
}

/// Writes the lessons in the journal's order.
pub(super) fn write(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    lessons: &[Lessoned<'_>],
    place: &Place<'_>,
) -> Result<(), PaperError> {
    if lessons.is_empty() {
        return Ok(());
    }
    let texts = &form.wording.journal.subject;
    let homework = lessons.iter().any(|column| column.lesson.homework.is_some());
    let mut columns = vec![
        Column::new(texts.date.clone(), Width::Exactly(DATE), TEXT),
        Column::new(texts.number.clone(), Width::Exactly(NUMBER), TEXT).align(Align::Middle),
        Column::new(texts.topic.clone(), Width::Share(3), TEXT),
    ];
    let mut heads = vec![texts.date.clone(), texts.number.clone(), texts.topic.clone()];
    if homework {
        columns.push(Column::new(texts.homework.clone(), Width::Share(2), TEXT));
        heads.push(texts.homework.clone());
    }
    let row = |lesson: &Lesson| {
        let date = date_in_figures(lesson.date);
        let mut cells = vec![
            Cell::new(date.clone()),
            Cell::new(lesson.number.to_string()),
            Cell::new(topic(form, lesson)),
        ];
        if homework {
            cells.push(Cell::new(lesson.homework.clone().unwrap_or_default()));
        }
        Row::new(format!("{date}, {}", lesson.number), cells)
    };
    let rows = lessons.iter().map(|column| row(column.lesson)).collect();
    let header = vec![Row::new(texts.topic.clone(), heads.into_iter().map(Cell::new).collect())];
    writing.keep(WORTH_BEGINNING);
    writing.table(&Table { columns, header, rows, look: LOOK }, place)?;
    writing.space(Length::mm(3));
    Ok(())
}

/// The topic, and who stood in.
fn topic(form: &ClassJournal<'_>, lesson: &Lesson) -> String {
    let substitute = lesson.substitute.as_ref().map(|id| {
        let name = form.journal.person(id).and_then(Person::full_name);
        let teacher = name.unwrap_or_else(|| NAMELESS.to_owned());
        form.wording.journal.subject.substitute.fill(&TeacherName { teacher })
    });
    match (&lesson.topic, substitute) {
        (Some(topic), Some(substitute)) => format!("{topic} ({substitute})"),
        (topic, substitute) => topic.clone().or(substitute).unwrap_or_default(),
    }
}
