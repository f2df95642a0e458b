//! What differs on a page.

use super::face::{Face, Names};
use super::{About, CellPart, Change, LessonName, LessonPart, PageName, What};
use crate::journal::{Entry, Final, FinalKind, Lesson, LessonId, Mark, Page, Pupil, PupilId};
use std::collections::{BTreeMap, HashMap};

/// A page and the journal it stands in.
type Of<'a> = (&'a Names<'a>, &'a Page);

/// Finds what differs on a page of both journals; `place` is its place in the present one.
pub(super) fn changes(was: Of<'_>, is: Of<'_>, place: usize, found: &mut Vec<Change>) {
    let name = PageName::from(is.1.key());
    let hours = What::changed(was.1.planned_hours, is.1.planned_hours);
    found.extend(hours.map(|what| {
        let (name, about) = (Some(name.clone()), About::Hours);
        Change { page: None, name, about, what }
    }));
    if Face::of(was.0, was.1) == Face::of(is.0, is.1) {
        return;
    }
    let mut told: Vec<(About, What)> = Vec::new();
    let teacher = |(names, page): Of<'_>| names.person(page.teacher.as_ref()).map(str::to_owned);
    told.extend(What::changed(teacher(was), teacher(is)).map(|what| (About::Teacher, what)));
    pupils(&was.0.pupils_of(was.1), &is.0.pupils_of(is.1), &mut told);
    lessons(was, is, &mut told);
    cells(was, is, &mut told);
    finals(was, is, &mut told);
    if told.is_empty() {
        told.push((About::Order, What::Otherwise));
    }
    let on_page =
        |(about, what)| Change { page: Some(place), name: Some(name.clone()), about, what };
    found.extend(told.into_iter().map(on_page));
}

/// What differs between two lists of pupils, as lists show them: who, under which name and number.
pub(super) fn pupils(was: &[&Pupil], is: &[&Pupil], told: &mut Vec<(About, What)>) {
    let former: HashMap<&PupilId, &Pupil> = was.iter().map(|pupil| (&pupil.id, *pupil)).collect();
    let present: HashMap<&PupilId, &Pupil> = is.iter().map(|pupil| (&pupil.id, *pupil)).collect();
    for pupil in was.iter().filter(|pupil| !present.contains_key(&pupil.id)) {
        told.push((About::Listed(pupil.full_name()), What::Removed));
    }
    for pupil in is {
        let Some(former) = former.get(&pupil.id) else {
            told.push((About::Listed(pupil.full_name()), What::Added));
            continue;
        };
        let name = former.full_name();
        let renamed = What::changed(Some(&name), Some(pupil.full_name()));
        told.extend(renamed.map(|what| (About::Name(name.clone()), what)));
        let number = What::changed(former.number, pupil.number);
        told.extend(number.map(|what| (About::Number(name), what)));
    }
}

fn lesson_name(lesson: &Lesson) -> LessonName {
    LessonName { date: lesson.date, number: lesson.number }
}

fn by_id(page: &Page) -> HashMap<&LessonId, &Lesson> {
    page.lessons.iter().map(|lesson| (&lesson.id, lesson)).collect()
}

fn lessons(was: Of<'_>, is: Of<'_>, told: &mut Vec<(About, What)>) {
    let (former, present) = (by_id(was.1), by_id(is.1));
    for lesson in was.1.lessons.iter().filter(|lesson| !present.contains_key(&lesson.id)) {
        told.push((About::Lesson(lesson_name(lesson)), What::Removed));
    }
    for lesson in &is.1.lessons {
        let Some(former) = former.get(&lesson.id) else {
            told.push((About::Lesson(lesson_name(lesson)), What::Added));
            continue;
        };
        let day = |lesson: &Lesson| Some(super::wording::day(lesson.date));
        for (part, what) in [
            (LessonPart::Date, What::changed(day(former), day(lesson))),
            (LessonPart::Number, What::changed(Some(former.number), Some(lesson.number))),
            (LessonPart::Topic, What::changed(former.topic.as_ref(), lesson.topic.as_ref())),
            (
                LessonPart::Homework,
                What::changed(former.homework.as_ref(), lesson.homework.as_ref()),
            ),
            (
                LessonPart::Substitute,
                What::changed(was.0.substitute(former), is.0.substitute(lesson)),
            ),
        ] {
            told.extend(what.map(|what| (About::OfLesson(lesson_name(former), part), what)));
        }
    }
}

/// The cells of a page by pupil and lesson.
fn by_cell(page: &Page) -> HashMap<(&PupilId, &LessonId), &Entry> {
    page.entries.iter().map(|entry| ((&entry.pupil, &entry.lesson), entry)).collect()
}

fn cells(was: Of<'_>, is: Of<'_>, told: &mut Vec<(About, What)>) {
    let (former, present) = (by_cell(was.1), by_cell(is.1));
    let (former_lessons, lessons) = (by_id(was.1), by_id(is.1));
    let gone = was.1.entries.iter().map(|entry| (&entry.pupil, &entry.lesson));
    let gone = gone.filter(|cell| !present.contains_key(cell));
    for (pupil, lesson) in is.1.entries.iter().map(|e| (&e.pupil, &e.lesson)).chain(gone) {
        let (was_there, is_there) = (former.get(&(pupil, lesson)), present.get(&(pupil, lesson)));
        let Some(named) = former_lessons.get(lesson).or_else(|| lessons.get(lesson)) else {
            continue;
        };
        let (named, pupil) = (lesson_name(named), called(was.0, is.0, pupil));
        let absence = |entry: Option<&&Entry>| Some(entry?.absence.as_ref()?.0.clone());
        let remark = |entry: Option<&&Entry>| entry?.remark.clone();
        for (part, what) in [
            (CellPart::Marks, marks_changed(marks(was_there), marks(is_there))),
            (CellPart::Absence, What::changed(absence(was_there), absence(is_there))),
            (CellPart::Remark, What::changed(remark(was_there), remark(is_there))),
        ] {
            told.extend(what.map(|what| (About::Cell(pupil.clone(), named, part), what)));
        }
    }
}

fn marks<'a>(entry: Option<&&'a Entry>) -> &'a [Mark] {
    entry.map_or(&[], |entry| &entry.marks)
}

/// A pupil's name, as the former journal has it or else the present one.
fn called(was: &Names<'_>, is: &Names<'_>, pupil: &PupilId) -> String {
    let pupil = was.pupils.get(pupil).or_else(|| is.pupils.get(pupil));
    pupil.map(|pupil| pupil.full_name()).unwrap_or_default()
}

/// From marks to marks: their values; kind of work and weight, too, where the values are the same.
fn marks_changed(was: &[Mark], is: &[Mark]) -> Option<What> {
    if was == is {
        return None;
    }
    let told = |marks: &[Mark], one: fn(&Mark) -> String| {
        (!marks.is_empty()).then(|| marks.iter().map(one).collect::<Vec<_>>().join(" "))
    };
    let values = What::changed(told(was, |m| m.value.clone()), told(is, |m| m.value.clone()));
    let whole = || What::changed(told(was, super::wording::mark), told(is, super::wording::mark));
    // Marks that differ and are told alike: one has the other's kind of work in its own text.
    Some(values.or_else(whole).unwrap_or(What::Otherwise))
}

/// The finals of a page by pupil and kind.
fn by_kind(page: &Page) -> BTreeMap<(&PupilId, FinalKind), &Final> {
    page.finals.iter().map(|mark| ((&mark.pupil, mark.kind), mark)).collect()
}

fn finals(was: Of<'_>, is: Of<'_>, told: &mut Vec<(About, What)>) {
    let (former, present) = (by_kind(was.1), by_kind(is.1));
    let gone = was.1.finals.iter().map(|mark| (&mark.pupil, mark.kind));
    let gone = gone.filter(|mark| !present.contains_key(mark));
    for (pupil, kind) in is.1.finals.iter().map(|mark| (&mark.pupil, mark.kind)).chain(gone) {
        let (was_given, is_given) = (former.get(&(pupil, kind)), present.get(&(pupil, kind)));
        if was_given == is_given {
            continue;
        }
        let value = |mark: Option<&&Final>| mark.map(|mark| mark.value.clone());
        let whole = |mark: Option<&&Final>| mark.map(|mark| super::wording::final_mark(mark));
        let what = What::changed(value(was_given), value(is_given))
            .or_else(|| What::changed(whole(was_given), whole(is_given)));
        let about = About::Final(called(was.0, is.0, pupil), kind);
        told.push((about, what.unwrap_or(What::Otherwise)));
    }
}
