//! What stands on a page's sheets, without the ids behind it: equal exactly when the printed views are
//! (`docs/formats.md` § 2.3).

use crate::journal::{
    Absence, FinalKind, Journal, Lesson, LessonId, Mark, Page, PersonId, Pupil, PupilId,
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Stands for a substitute whose name the source did not give.
const NAMELESS: &str = "?";

/// A journal with its people and pupils looked up once.
pub(super) struct Names<'a> {
    pub(super) journal: &'a Journal,
    pub(super) pupils: HashMap<&'a PupilId, &'a Pupil>,
    people: HashMap<&'a PersonId, Option<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(journal: &'a Journal) -> Names<'a> {
        Names {
            journal,
            pupils: journal.pupils.iter().map(|pupil| (&pupil.id, pupil)).collect(),
            people: journal.people.iter().map(|p| (&p.id, p.full_name())).collect(),
        }
    }

    /// A person's name, if the journal knows it.
    pub(super) fn person(&self, id: Option<&PersonId>) -> Option<&str> {
        id.and_then(|id| self.people.get(id)?.as_deref())
    }

    /// Who stood in at a lesson.
    pub(super) fn substitute(&self, lesson: &'a Lesson) -> Option<&str> {
        let id = lesson.substitute.as_ref()?;
        Some(self.person(Some(id)).unwrap_or(NAMELESS))
    }

    /// The pupils of a page in the order of the class list.
    pub(super) fn pupils_of(&self, page: &Page) -> Vec<&'a Pupil> {
        let Some(listed) = &page.pupils else { return self.journal.pupils.iter().collect() };
        let listed: std::collections::HashSet<&PupilId> = listed.iter().collect();
        self.journal.pupils.iter().filter(|pupil| listed.contains(&pupil.id)).collect()
    }
}

/// A page's printed view as a value.
#[derive(PartialEq)]
pub(super) struct Face<'a> {
    teacher: Option<&'a str>,
    pupils: Vec<(String, Option<u32>)>,
    lessons: Vec<LessonFace<'a>>,
    entries: Vec<EntryFace<'a>>,
    finals: Vec<FinalFace<'a>>,
}

/// Date, number, topic, homework, substitute.
type LessonFace<'a> = (NaiveDate, u32, Option<&'a str>, Option<&'a str>, Option<&'a str>);
/// Places of lesson and pupil, absence, marks, remark.
type EntryFace<'a> = (usize, usize, Option<&'a Absence>, &'a [Mark], Option<&'a str>);
/// Kind, place of the pupil, school, day, value.
type FinalFace<'a> = (FinalKind, usize, Option<&'a str>, Option<NaiveDate>, &'a str);

impl<'a> Face<'a> {
    pub(super) fn of(names: &'a Names<'a>, page: &'a Page) -> Face<'a> {
        let on_page = names.pupils_of(page);
        let pupils: HashMap<&PupilId, usize> = on_page.iter().map(|p| &p.id).zip(1..).collect();
        let lessons: HashMap<&LessonId, usize> =
            page.lessons.iter().map(|lesson| &lesson.id).zip(1..).collect();
        let pupil = |id| pupils.get(id).copied().unwrap_or(0);
        let lesson = |id| lessons.get(id).copied().unwrap_or(0);
        Face {
            teacher: names.person(page.teacher.as_ref()),
            pupils: on_page.iter().map(|pupil| (pupil.full_name(), pupil.number)).collect(),
            lessons: page
                .lessons
                .iter()
                .map(|lesson| {
                    let (topic, homework) = (lesson.topic.as_deref(), lesson.homework.as_deref());
                    (lesson.date, lesson.number, topic, homework, names.substitute(lesson))
                })
                .collect(),
            entries: page
                .entries
                .iter()
                .map(|entry| {
                    let (lesson, pupil) = (lesson(&entry.lesson), pupil(&entry.pupil));
                    let remark = entry.remark.as_deref();
                    (lesson, pupil, entry.absence.as_ref(), &entry.marks[..], remark)
                })
                .collect(),
            finals: page
                .finals
                .iter()
                .map(|mark| {
                    let school = mark.school.as_deref();
                    (mark.kind, pupil(&mark.pupil), school, mark.set, mark.value.as_str())
                })
                .collect(),
        }
    }
}
