//! Changes in Russian.

use super::{About, CellPart, Change, Changes, LessonName, LessonPart, PageName, What};
use crate::journal::{Decision, Final, FinalKind, Mark, Movement, MovementKind};
use chrono::NaiveDate;
use std::fmt;

/// «12.11.2025».
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

/// A text and what is said of it: «4 (контрольная работа, вес 2)».
fn with(text: &str, details: &[Option<String>]) -> String {
    let details: Vec<&str> = details.iter().flatten().map(String::as_str).collect();
    match details[..] {
        [] => text.to_owned(),
        _ => format!("{text} ({})", details.join(", ")),
    }
}

/// A mark with its kind of work and weight.
pub(super) fn mark(mark: &Mark) -> String {
    let weight = mark.weight.as_ref().map(|weight| format!("вес {weight}"));
    with(&mark.value, &[mark.work.clone(), weight])
}

/// A final with where it was brought from and when it was entered.
pub(super) fn final_mark(mark: &Final) -> String {
    let school = mark.school.as_ref().map(|school| format!("из школы: {school}"));
    let set = mark.set.map(|set| format!("выставлена {}", day(set)));
    with(&mark.value, &[school, set])
}

/// «прибыл 12.11.2025 (приказ 14-к)».
pub(super) fn movement(moved: &Movement) -> String {
    let way = match moved.kind {
        MovementKind::Arrived => "прибытие",
        MovementKind::Left => "выбытие",
    };
    let order = moved.order.as_ref().map(|order| format!("приказ {order}"));
    with(&format!("{way} {}", day(moved.date)), &[order])
}

/// «переведён в 8 класс (протокол 12, 26.05.2026)».
pub(super) fn decision(decision: &Decision) -> String {
    let protocol = decision.protocol.as_ref().map(|number| format!("протокол {number}"));
    with(&decision.text, &[protocol, decision.date.map(day)])
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.all().iter().try_for_each(|change| writeln!(f, "{change}"))
    }
}

impl fmt::Display for PageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.key().fmt(f)
    }
}

impl fmt::Display for LessonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, урок {}", day(self.date), self.number)
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(f, "{name}: ")?;
        }
        write!(f, "{}: ", self.about)?;
        let text = |text: &Option<String>| match text {
            Some(text) => format!("«{text}»"),
            None => "пусто".to_owned(),
        };
        match (&self.what, &self.about) {
            (What::Added, About::Page) => f.write_str("добавлена"),
            (What::Removed, About::Page) => f.write_str("удалена"),
            (What::Added, About::Listed(_)) => f.write_str("теперь в списке"),
            (What::Removed, About::Listed(_)) => f.write_str("больше не в списке"),
            (What::Added, _) => f.write_str("добавлен"),
            (What::Removed, _) => f.write_str("удалён"),
            (What::Changed { was, is }, _) => write!(f, "было {}, стало {}", text(was), text(is)),
            (What::Otherwise, About::Order) => f.write_str("изменён"),
            (What::Otherwise, About::Unprinted) => f.write_str("изменены"),
            (What::Otherwise, _) => f.write_str("записано иначе"),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Page => f.write_str("страница"),
            About::Teacher => f.write_str("учитель"),
            About::Hours => f.write_str("уроков по плану"),
            About::Order => f.write_str("порядок записей"),
            About::Listed(pupil) => f.write_str(pupil),
            About::Name(pupil) => write!(f, "{pupil}, имя в списке"),
            About::Number(pupil) => write!(f, "{pupil}, номер в списке"),
            About::Born(pupil) => write!(f, "{pupil}, дата рождения"),
            About::FileNumber(pupil) => write!(f, "{pupil}, номер личного дела"),
            About::Lesson(lesson) => lesson.fmt(f),
            About::OfLesson(lesson, part) => write!(f, "{lesson}, {part}"),
            About::Cell(pupil, lesson, CellPart::Marks) => write!(f, "{pupil}, {lesson}"),
            About::Cell(pupil, lesson, CellPart::Absence) => {
                write!(f, "{pupil}, {lesson}, пропуск")
            }
            About::Cell(pupil, lesson, CellPart::Remark) => {
                write!(f, "{pupil}, {lesson}, замечание")
            }
            About::Final(pupil, kind) => write!(f, "{pupil}, {}", final_kind(*kind)),
            About::ClassTeacher => f.write_str("классный руководитель"),
            About::Movements(pupil) => write!(f, "{pupil}, движение"),
            About::Decisions(pupil) => write!(f, "{pupil}, решение"),
            About::Unprinted => f.write_str("сведения, которых нет на листах"),
        }
    }
}

fn final_kind(kind: FinalKind) -> &'static str {
    match kind {
        FinalKind::Period => "отметка за период",
        FinalKind::Year => "годовая отметка",
        FinalKind::Exam => "отметка за экзамен",
        FinalKind::Final => "итоговая отметка",
    }
}

impl fmt::Display for LessonPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            LessonPart::Date => "дата",
            LessonPart::Number => "номер урока",
            LessonPart::Topic => "тема",
            LessonPart::Homework => "задание на дом",
            LessonPart::Substitute => "замещение",
        })
    }
}
