//! The pages of one class and period.

use super::cells;
use super::class::{ClassDump, Placement, person_id, pupil_id};
use super::dump::Dump;
use super::ids::Id;
use super::index::at;
use super::shapes::{self, Group, Lesson, Place};
use crate::intake::Lack;
use crate::journal::{self, Final, Page, Person};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Pages, and what they refer to.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub pages: Vec<Page>,
    /// Members with an entry or a final.
    pub mentioned: BTreeSet<Id>,
    /// Teachers and substitutes.
    pub teachers: BTreeSet<Id>,
    pub lacking: BTreeSet<Lack>,
}

/// What names a page: subjects in the order of the class's list, the class before its subgroups. Two
/// subjects of one name are one page, as on paper.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rank: usize,
    subject: String,
    part: usize,
}

#[derive(Debug, Default)]
struct Draft<'a> {
    lessons: Vec<&'a Lesson>,
    finals: Vec<&'a Placement<'a>>,
}

/// Draws the pages of a period. What can't be placed becomes a problem of the class.
pub(super) fn draw(class: &mut ClassDump<'_>, period: usize) -> Drawn {
    let finals = class.finals.remove(&period).unwrap_or_default();
    let lessons = class.lessons.get(&period).cloned().unwrap_or_default();
    let parts: Vec<&Group> = class.class.parts().collect();
    let mut drafts: BTreeMap<Key, Draft<'_>> = BTreeMap::new();
    for lesson in lessons {
        let Some(key) = key(class, &parts, lesson.subject, lesson.group) else {
            let reason = no_name(lesson.subject);
            class
                .problems
                .push(crate::intake::Problem::of_file(&class.shared.folder.shown, reason));
            continue;
        };
        drafts.entry(key).or_default().lessons.push(lesson);
    }
    for placement in &finals {
        match key(class, &parts, placement.subject, placement.group) {
            Some(key) => {
                let key = with_lessons(class, &parts, &drafts, key, placement);
                drafts.entry(key).or_default().finals.push(placement);
            }
            None => {
                let reason = no_name(placement.subject);
                class.problems.push(at(class.shared.folder, placement.found.place, reason));
            }
        }
    }
    let mut drawn = Drawn::default();
    for (key, draft) in drafts {
        let page = page(class, &mut drawn, &key, parts[key.part], &draft);
        drawn.pages.push(page);
    }
    drawn
}

fn no_name(subject: Id) -> String {
    format!("subject {subject} has no name in any file; save edu-groups/{{group}}/subjects")
}

fn key(class: &ClassDump<'_>, parts: &[&Group], subject: Id, group: Id) -> Option<Key> {
    let dump = class.shared.dump;
    let name = dump.subjects.get(&subject)?;
    let listed = dump.subjects_of.get(&class.class.group.id);
    let is_it = |id: &Id| dump.subjects.get(id) == Some(name);
    let rank = listed.and_then(|ids| ids.iter().position(is_it)).unwrap_or(usize::MAX);
    let part = parts.iter().position(|part| part.id == group)?;
    Some(Key { rank, subject: name.clone(), part })
}

/// A final told for the whole class of a subject that is taught only in subgroups belongs on the page of
/// the pupil's subgroup.
fn with_lessons(
    class: &ClassDump<'_>,
    parts: &[&Group],
    drafts: &BTreeMap<Key, Draft<'_>>,
    key: Key,
    placement: &Placement<'_>,
) -> Key {
    let held = |key: &Key| drafts.get(key).is_some_and(|draft| !draft.lessons.is_empty());
    if key.part != 0 || held(&key) {
        return key;
    }
    let pupil = placement.found.mark.person;
    let listed = |part: &Group| {
        let members = class.shared.dump.persons.get(&part.id);
        members.is_some_and(|members| members.iter().any(|m| m.id == pupil && !m.left))
    };
    let subgroups = (1..parts.len()).map(|part| Key { part, ..key.clone() });
    let mut own = subgroups.filter(|key| held(key) && listed(parts[key.part]));
    own.next().unwrap_or(key)
}

fn page(
    class: &mut ClassDump<'_>,
    drawn: &mut Drawn,
    key: &Key,
    part: &Group,
    draft: &Draft<'_>,
) -> Page {
    let group = class.class.label(part);
    let teacher = main_teacher(&draft.lessons);
    let mut on_page = BTreeSet::new();
    let entries = cells::entries(class, part, &draft.lessons, &mut on_page, &mut drawn.lacking);
    let finals = finals(class, part, &draft.finals, &mut on_page);
    let pupils = group.is_some().then(|| subgroup(class, part, &on_page, &mut drawn.lacking));
    drawn.mentioned.extend(&on_page);
    drawn.teachers.extend(teacher);
    let lessons: Vec<_> = draft.lessons.iter().map(|l| lesson(class, l, teacher)).collect();
    drawn.teachers.extend(draft.lessons.iter().filter_map(|l| substitute(l, teacher)));
    let page = Page {
        entries,
        finals,
        group,
        lessons,
        planned_hours: None,
        pupils: pupils.map(|ids| ids.into_iter().map(pupil_id).collect()),
        subject: key.subject.clone(),
        teacher: teacher.map(person_id),
    };
    if teacher.is_none() {
        drawn.lacking.insert(Lack::PageTeacher { page: page.key().to_string() });
    }
    if !draft.lessons.is_empty() && !class.has_marks_file(part.id, &draft.lessons) {
        drawn.lacking.insert(Lack::Marks { page: page.key().to_string() });
    }
    page
}

fn lesson(class: &ClassDump<'_>, lesson: &Lesson, teacher: Option<Id>) -> journal::Lesson {
    journal::Lesson {
        date: lesson.date,
        homework: homework(class, lesson.id),
        id: lesson.id.to_string().parse().expect("an id of at most 20 digits"),
        number: lesson.number,
        substitute: substitute(lesson, teacher).map(person_id),
        topic: lesson.topic.clone(),
    }
}

/// Whose page it is: the teacher named first by most lessons, of equals the one who came first.
fn main_teacher(lessons: &[&Lesson]) -> Option<Id> {
    let mut counts: BTreeMap<Id, usize> = BTreeMap::new();
    let mut sorted: Vec<_> = lessons.to_vec();
    sorted.sort_by_key(|lesson| (lesson.date, lesson.number, lesson.id));
    let first: Vec<Id> = sorted.iter().filter_map(|l| l.teachers.first().copied()).collect();
    first.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
    let most = counts.values().max()?;
    first.iter().find(|id| counts.get(id) == Some(most)).copied()
}

/// Whoever held a lesson in the place of the page's teacher.
fn substitute(lesson: &Lesson, teacher: Option<Id>) -> Option<Id> {
    let stood_in = teacher.is_some_and(|teacher| !lesson.teachers.contains(&teacher));
    lesson.teachers.first().copied().filter(|_| stood_in)
}

fn homework(class: &ClassDump<'_>, lesson: Id) -> Option<String> {
    class.shared.index.homework.get(&lesson).map(|texts| texts.join("\n"))
}

/// Who is in a subgroup: its present members, and whoever has something on its page (they may have moved
/// to another subgroup since).
fn subgroup(
    class: &ClassDump<'_>,
    part: &Group,
    on_page: &BTreeSet<Id>,
    lacking: &mut BTreeSet<Lack>,
) -> Vec<Id> {
    let listed = class.shared.dump.persons.get(&part.id);
    if listed.is_none() {
        lacking.insert(Lack::SubgroupList { group: part.name.clone() });
    }
    let present = listed.into_iter().flatten().filter(|m| !m.left).map(|m| m.id);
    let here: HashSet<Id> = present.chain(on_page.iter().copied()).collect();
    // Whoever left the class is on its list only when something stands on a page.
    let on_list =
        |m: &&shapes::Person| here.contains(&m.id) && (!m.left || on_page.contains(&m.id));
    class.members.iter().filter(on_list).map(|m| m.id).collect()
}

/// The finals of a page. The same value told twice is one mark; different ones are a problem.
fn finals(
    class: &mut ClassDump<'_>,
    part: &Group,
    placements: &[&Placement<'_>],
    on_page: &mut BTreeSet<Id>,
) -> Vec<Final> {
    let mut told: BTreeMap<(Id, journal::FinalKind), &Placement<'_>> = BTreeMap::new();
    for placement in placements {
        let mark = placement.found.mark;
        if !class.owns(part, mark.person, placement.found.place) {
            continue;
        }
        on_page.insert(mark.person);
        let first = *told.entry((mark.person, placement.kind)).or_insert(placement);
        if first.found.mark.value != mark.value {
            let reason = format!(
                "mark {} says otherwise than mark {} about the same final",
                mark.id, first.found.mark.id
            );
            class.problems.push(at(class.shared.folder, placement.found.place, reason));
        }
    }
    told.into_iter()
        .map(|((person, kind), placement)| Final {
            kind,
            pupil: pupil_id(person),
            school: None,
            set: placement.found.mark.date.map(|moment| moment.date()),
            value: placement.found.mark.value.clone(),
        })
        .collect()
}

impl ClassDump<'_> {
    /// Whether a person is a pupil of this class. In a subgroup of several classes others are none of its
    /// business; elsewhere a stranger is a problem.
    pub fn owns(&mut self, part: &Group, person: Id, place: Place) -> bool {
        let own = self.member_ids.contains(&person);
        if !own && part.parents.len() < 2 {
            let reason = format!(
                "person {person} is not among the pupils of {}; save \
                 edu-groups/{}/persons?includeArchive=true",
                self.class.group.name, self.class.group.id
            );
            self.problems.push(at(self.shared.folder, place, reason));
        }
        own
    }
}

/// A staff member with the names the dump gives.
pub(super) fn person(dump: &Dump, id: Id) -> Person {
    let known = dump.teachers.get(&id);
    Person {
        id: person_id(id),
        name: known.and_then(|t| t.name.clone()),
        patronymic: known.and_then(|t| t.patronymic.clone()),
        surname: known.and_then(|t| t.surname.clone()),
    }
}
