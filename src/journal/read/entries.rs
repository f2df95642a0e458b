//! What stands in a page's cells, and its finals.

use super::page::OnPage;
use super::text::{filled, optional_line, optional_lines};
use super::walk::{At, Object, Walk};
use super::whole::list_or_empty;
use crate::journal::{Absence, Entry, Final, FinalKind, LessonId, Mark, PupilId};
use std::collections::{BTreeSet, HashSet};

/// The entries of a page: one for a lesson and pupil.
pub(super) fn entries(walk: &mut Walk, on: &OnPage<'_>, page: Object<'_>) -> Option<Vec<Entry>> {
    let mut seen = HashSet::new();
    list_or_empty(walk, page, "entries", |w, at| {
        let object = w.closed(at, &["absence", "lesson", "marks", "pupil", "remark"])?;
        let lesson = w.required(object, "lesson", |w, at| on.lesson(w, at));
        let pupil = w.required(object, "pupil", |w, at| on.pupil(w, at));
        let marks = list_or_empty(w, object, "marks", mark);
        let absence = optional_line(w, object, "absence").map(Absence);
        let remark = optional_lines(w, object, "remark");
        let (lesson, pupil) = (lesson?, pupil?);
        if !seen.insert((lesson.clone(), pupil.clone())) {
            let reason = format!(
                "lesson `{lesson}` and pupil `{pupil}` have an entry on this page already; \
                 put everything into one"
            );
            w.note(at.path, reason);
        }
        Some(Entry { absence, lesson, marks: marks?, pupil, remark })
    })
}

fn mark(walk: &mut Walk, at: At<'_>) -> Option<Mark> {
    let object = walk.closed(at, &["value", "weight", "work"])?;
    let value = walk.required(object, "value", filled);
    let work = optional_line(walk, object, "work");
    let weight = optional_line(walk, object, "weight");
    Some(Mark { value: value?, weight, work })
}

const FINAL_KINDS: [(&str, FinalKind); 4] = [
    ("period", FinalKind::Period),
    ("year", FinalKind::Year),
    ("exam", FinalKind::Exam),
    ("final", FinalKind::Final),
];

/// The finals of a page: one of a kind for a pupil.
pub(super) fn finals(walk: &mut Walk, on: &OnPage<'_>, page: Object<'_>) -> Option<Vec<Final>> {
    let mut seen = BTreeSet::new();
    list_or_empty(walk, page, "finals", |w, at| {
        let object = w.closed(at, &["kind", "pupil", "school", "set", "value"])?;
        let pupil = w.required(object, "pupil", |w, at| on.pupil(w, at));
        let kind = w.required(object, "kind", |w, at| w.one_of(at, &FINAL_KINDS));
        let value = w.required(object, "value", filled);
        let set = w.optional(object, "set", |w, at| w.date(at));
        let school = optional_line(w, object, "school");
        let (pupil, kind) = (pupil?, kind?);
        if !seen.insert((pupil.clone(), kind)) {
            w.note(
                at.path,
                format!("pupil `{pupil}` has a final of this kind on this page already"),
            );
        }
        Some(Final { kind, pupil, school, set, value: value? })
    })
}

impl OnPage<'_> {
    fn lesson(&self, walk: &mut Walk, at: At<'_>) -> Option<LessonId> {
        let id: LessonId = walk.parsed(at)?;
        if self.lessons.as_ref().is_some_and(|lessons| !lessons.contains(&id)) {
            walk.note(at.path, format!("`{id}` is no lesson of this page"));
        }
        Some(id)
    }

    fn pupil(&self, walk: &mut Walk, at: At<'_>) -> Option<PupilId> {
        let id = self.known.pupil(walk, at)?;
        let listed = self.pupils.as_ref().is_none_or(|pupils| pupils.contains(&id));
        if !listed && self.known.has_pupil(&id) {
            walk.note(at.path, format!("`{id}` is not in this page's `pupils`"));
        }
        Some(id)
    }
}
