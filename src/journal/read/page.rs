//! Subject pages: what names a page, who is on it, its lessons.

use super::entries::{entries, finals};
use super::known::Known;
use super::text::{filled, optional_line, optional_lines};
use super::walk::{At, Object, Path, Walk};
use super::whole::{at_most, list_or_empty, whole_number};
use super::{Json, MAX_LESSONS};
use crate::journal::{Lesson, LessonId, Page, PupilId};
use std::collections::{HashMap, HashSet};

/// What entries and finals of one page may refer to.
pub(super) struct OnPage<'a> {
    /// The class.
    pub known: &'a Known,
    /// The page's own list; `None` is the whole class, or a list that could not be read.
    pub pupils: Option<HashSet<PupilId>>,
    /// Its lessons; `None` when the list could not be read.
    pub lessons: Option<HashSet<LessonId>>,
}

/// All pages of a journal, in the order of the file.
pub(super) fn pages(walk: &mut Walk, known: &mut Known, at: At<'_>) -> Option<Vec<Page>> {
    let mut named: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut place = 0;
    walk.list(at, |w, at| {
        let read = page(w, known, at, |w, subject, group| {
            let key = (subject.to_owned(), group.map(str::to_owned));
            let first = *named.entry(key).or_insert(place);
            if first != place {
                let reason = format!(
                    "has the subject and group of $.pages[{first}]; two sheets could not be told \
                     apart: give each its `group`"
                );
                w.note(at.path, reason);
            }
        });
        place += 1;
        read
    })
}

fn page(
    walk: &mut Walk,
    known: &mut Known,
    at: At<'_>,
    named: impl FnOnce(&mut Walk, &str, Option<&str>),
) -> Option<Page> {
    let fields =
        ["entries", "finals", "group", "lessons", "planned_hours", "pupils", "subject", "teacher"];
    let object = walk.closed(at, &fields)?;
    let subject = walk.required(object, "subject", filled);
    let group = optional_line(walk, object, "group");
    if let Some(subject) = &subject {
        named(walk, subject, group.as_deref());
    }
    let teacher = walk.optional(object, "teacher", |w, at| known.person(w, at));
    let planned_hours = walk.optional(object, "planned_hours", whole_number);
    let pupils = walk.optional(object, "pupils", |w, at| own_list(w, known, at));
    let mut ids = HashSet::new();
    let lessons = lessons(walk, known, object, &mut ids);
    let on_page = OnPage {
        known,
        pupils: pupils.as_ref().map(|list| list.iter().cloned().collect()),
        lessons: lessons.is_some().then_some(ids),
    };
    let entries = entries(walk, &on_page, object);
    let finals = finals(walk, &on_page, object);
    Some(Page {
        entries: entries?,
        finals: finals?,
        group,
        lessons: lessons?,
        planned_hours,
        pupils,
        subject: subject?,
        teacher,
    })
}

/// The pupils of a subgroup, each once.
fn own_list(walk: &mut Walk, known: &Known, at: At<'_>) -> Option<Vec<PupilId>> {
    let mut seen = HashSet::new();
    walk.list(at, |w, at| {
        let pupil = known.pupil(w, at)?;
        if !seen.insert(pupil.clone()) {
            w.note(at.path, format!("`{pupil}` is on this page's list already"));
        }
        Some(pupil)
    })
}

fn lessons(
    walk: &mut Walk,
    known: &mut Known,
    page: Object<'_>,
    ids: &mut HashSet<LessonId>,
) -> Option<Vec<Lesson>> {
    if let Some(json @ Json::List(_)) = page.get("lessons") {
        at_most(
            walk,
            At { json, path: &Path::Member(page.path(), "lessons") },
            MAX_LESSONS,
            "lessons",
        );
    }
    list_or_empty(walk, page, "lessons", |w, at| {
        let fields = ["date", "homework", "id", "number", "substitute", "topic"];
        let object = w.closed(at, &fields)?;
        let id = known.new_id::<LessonId>(w, object);
        ids.extend(id.clone());
        let date = w.required(object, "date", |w, at| w.date(at));
        let number = w.required(object, "number", whole_number);
        let topic = optional_lines(w, object, "topic");
        let homework = optional_lines(w, object, "homework");
        let substitute = w.optional(object, "substitute", |w, at| known.person(w, at));
        Some(Lesson { date: date?, homework, id: id?, number: number?, substitute, topic })
    })
}
