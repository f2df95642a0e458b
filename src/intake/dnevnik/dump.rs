//! All files of a dump, taken apart.

use super::fields::Fields;
use super::ids::{self, Id};
use super::names::{Endpoint, Scope};
use super::shapes::{
    self, Finals, LogEntry, Mark, Person, Place, School, Teacher, Work, WorkType, item,
};
use super::twins;
use crate::intake::Problem;
use crate::intake::gather::{Folder, Found};
use crate::intake::sniff::{Looks, sniff};
use crate::journal::read::{At, Json, Path, Walk};
use std::collections::HashMap;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fmt::Display;

/// What the files of one folder say.
#[derive(Debug, Default)]
pub(super) struct Dump {
    pub schools: BTreeMap<Id, School>,
    pub groups: BTreeMap<Id, shapes::Group>,
    /// Subjects by id.
    pub subjects: BTreeMap<Id, String>,
    /// The subjects of a class or subgroup, in the order of its file.
    pub subjects_of: BTreeMap<Id, Vec<Id>>,
    /// Members of a class or subgroup, in the order of its file.
    pub persons: BTreeMap<Id, Vec<Person>>,
    pub periods: BTreeMap<Id, Vec<shapes::Period>>,
    pub teachers: BTreeMap<Id, Teacher>,
    pub class_teachers: BTreeMap<Id, Id>,
    pub lessons: BTreeMap<Id, shapes::Lesson>,
    /// Which files a lesson is in.
    pub lesson_files: HashMap<Id, Vec<usize>>,
    pub works: BTreeMap<Id, Work>,
    /// Which files of works tell about which lessons.
    pub work_files: Vec<(Id, usize)>,
    pub work_types: BTreeMap<Id, WorkType>,
    pub marks: Vec<Placed<Mark>>,
    pub log: Vec<Placed<LogEntry>>,
    pub finals: Vec<Placed<Finals>>,
    /// What each file is, in the order of the folder.
    pub endpoints: Vec<Endpoint>,
}

/// Something with the file it is in.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    /// Where it was read.
    pub place: Place,
    /// Of what the file is, by its name.
    pub scope: Scope,
    /// What was read.
    pub what: T,
}

/// Takes the files apart. What can't be read is noted with its file and path.
pub(super) fn load(folder: &Folder, problems: &mut Vec<Problem>) -> Dump {
    let mut dump = Dump::default();
    let mut ids = Vec::new();
    for (n, file) in folder.files.iter().enumerate() {
        let endpoint = Endpoint::of(file.file_name()).unwrap_or(Endpoint::Unknown(None));
        dump.endpoints.push(endpoint);
        match answer(file) {
            Ok(json) => {
                let mut walk = Walk::default();
                let at = At { json: &json, path: &Path::Root };
                twins::compare(&mut walk, at);
                let mut found = Vec::new();
                text_ids(&json, false, &mut found);
                if let Some(reason) = rounded(&found) {
                    walk.note(&Path::Root, reason);
                }
                ids.extend(found);
                dump.take(&mut walk, at, endpoint, n);
                let within = |problem| Problem::within(&file.shown, problem);
                problems.extend(walk.into_problems().into_iter().map(within));
            }
            Err(problem) => problems.push(problem),
        }
    }
    // Each file may have too few ids to tell; together they tell.
    problems.extend(rounded(&ids).map(|reason| Problem::of_file(&folder.shown, reason)));
    dump
}

/// The JSON of a file, unless it is an error the API answered with.
fn answer(file: &Found) -> Result<Json, Problem> {
    let refuse = |reason: String| Problem::of_file(&file.shown, reason);
    match sniff(&file.source.bytes) {
        Looks::Json => {}
        Looks::Html => {
            let reason = "is an HTML page, not the API's data: it answered with an error or a sign-in \
                          page; fetch it again";
            return Err(refuse(reason.to_owned()));
        }
        Looks::Ole2 | Looks::Zip => {
            return Err(refuse(
                "is a workbook or a zip, not the API's data; fetch it again".into(),
            ));
        }
    }
    let json = Json::read(&file.source.bytes).map_err(|p| Problem::within(&file.shown, p))?;
    match api_error(&json) {
        Some(kind) => {
            Err(refuse(format!("holds the API's error `{kind}`, no data; fetch it again")))
        }
        None => Ok(json),
    }
}

/// The type of an error answer: `{"type": "apiServerError", "description": …}`.
fn api_error(json: &Json) -> Option<String> {
    let Json::Object(members) = json else { return None };
    let text = |wanted: &str| {
        members.iter().find_map(|(name, json)| match json {
            Json::Text(text) if name.eq_ignore_ascii_case(wanted) => Some(text),
            _ => None,
        })
    };
    let bare = !members.iter().any(|(name, _)| name.to_ascii_lowercase().starts_with("id"));
    let kind = text("type").filter(|_| bare && text("description").is_some())?;
    Some(kind.chars().filter(|c| c.is_ascii_alphanumeric()).take(40).collect())
}

/// What is wrong with ids of which all are rounded.
fn rounded(found: &[Id]) -> Option<String> {
    let example = found.iter().max().filter(|_| ids::all_rounded(found.iter().copied()))?;
    Some(format!(
        "its text ids were rounded too (like {example}): a program kept them as numbers; save the \
         API's answers unchanged"
    ))
}

fn text_ids(json: &Json, named: bool, found: &mut Vec<Id>) {
    match json {
        Json::Text(text) if named => found.extend(text.parse::<Id>()),
        Json::List(items) => items.iter().for_each(|item| text_ids(item, named, found)),
        Json::Object(members) => members.iter().for_each(|(name, value)| {
            text_ids(value, name.to_ascii_lowercase().ends_with("str"), found);
        }),
        _ => {}
    }
}

impl Dump {
    fn take(&mut self, walk: &mut Walk, at: At<'_>, endpoint: Endpoint, file: usize) {
        match endpoint {
            Endpoint::Persons(group) => self.take_persons(walk, at, group),
            Endpoint::Periods(group) => self.take_periods(walk, at, group),
            Endpoint::Lessons(scope) => self.take_lessons(walk, at, scope, file),
            Endpoint::Works => each(walk, at, |w, at| {
                let work = shapes::work(w, at)?;
                self.work_files.extend(work.lesson.map(|lesson| (lesson, file)));
                self.take_work(work);
                Some(())
            }),
            Endpoint::Marks(scope) => {
                take_placed(walk, at, file, scope, &mut self.marks, shapes::mark);
            }
            Endpoint::Attendance(group) => {
                let scope = Scope { group, subject: None };
                take_placed(walk, at, file, scope, &mut self.log, shapes::log_entry);
            }
            Endpoint::Finals(group) => {
                let scope = Scope { group: Some(group), subject: None };
                let read = |w: &mut Walk, at: At<'_>| shapes::finals(w, at, group);
                take_placed(walk, at, file, scope, &mut self.finals, read);
            }
            Endpoint::AllFinals(group) => self.take_all_finals(walk, at, group, file),
            Endpoint::NotNeeded(_) | Endpoint::Unknown(_) => {}
            _ => self.take_names(walk, at, endpoint),
        }
    }

    /// What things are called: school, classes, teachers, subjects, kinds of work.
    fn take_names(&mut self, walk: &mut Walk, at: At<'_>, endpoint: Endpoint) {
        each(walk, at, |w, at| {
            match endpoint {
                Endpoint::School(_) => {
                    let school = shapes::school(w, at)?;
                    once(w, at, &mut self.schools, school.id, school, "school");
                }
                Endpoint::Groups | Endpoint::Group(_) => {
                    let group = shapes::group(w, at)?;
                    once(w, at, &mut self.groups, group.id, group, "group");
                }
                Endpoint::Teachers(_) => self.name_teacher(shapes::teacher(w, at)?),
                Endpoint::ClassTeacher(group) => {
                    let teacher = shapes::teacher(w, at)?;
                    self.class_teachers.entry(group).or_insert(teacher.id);
                    self.name_teacher(teacher);
                }
                Endpoint::Subjects(group) => {
                    let subject = shapes::subject(w, at)?;
                    let of_group = group.map(|group| self.subjects_of.entry(group).or_default());
                    of_group.into_iter().for_each(|list| list.push(subject.id));
                    self.name_subject(w, at, subject);
                }
                Endpoint::WorkTypes => {
                    let kind = shapes::work_type(w, at)?;
                    once(w, at, &mut self.work_types, kind.id, kind, "kind of work");
                }
                _ => {}
            }
            Some(())
        });
    }

    fn take_persons(&mut self, walk: &mut Walk, at: At<'_>, group: Id) {
        let members = self.persons.entry(group).or_default();
        let mut places: HashMap<Id, usize> =
            members.iter().enumerate().map(|(n, p)| (p.id, n)).collect();
        each(walk, at, |w, at| {
            let person = shapes::member(w, at)?;
            match places.get(&person.id) {
                // The same person with and without archive: whoever is a member now has not left.
                Some(n) if same_names(&members[*n], &person) => members[*n].left &= person.left,
                Some(_) => two_things(w, at, person.id, "person"),
                None => {
                    places.insert(person.id, members.len());
                    members.push(person);
                }
            }
            Some(())
        });
    }

    fn take_periods(&mut self, walk: &mut Walk, at: At<'_>, group: Id) {
        let periods = self.periods.entry(group).or_default();
        each(walk, at, |w, at| {
            let period = shapes::period(w, at)?;
            match periods.iter().find(|p| p.id == period.id) {
                Some(known) if *known == period => {}
                Some(_) => two_things(w, at, period.id, "period"),
                None => periods.push(period),
            }
            Some(())
        });
    }

    fn take_lessons(&mut self, walk: &mut Walk, at: At<'_>, scope: Scope, file: usize) {
        each(walk, at, |w, at| {
            let (lesson, works, subject) = shapes::lesson(w, at, scope)?;
            works.into_iter().for_each(|work| self.take_work(work));
            if let Some(subject) = subject {
                self.name_subject(w, at, subject);
            }
            let files = self.lesson_files.entry(lesson.id).or_default();
            if !files.contains(&file) {
                files.push(file);
            }
            self.take_lesson(w, at, lesson);
            Some(())
        });
    }

    /// A lesson may be told by several answers, of which some leave out topic or teachers.
    fn take_lesson(&mut self, walk: &mut Walk, at: At<'_>, mut lesson: shapes::Lesson) {
        if let Some(known) = self.lessons.get_mut(&lesson.id) {
            known.topic = known.topic.take().or(lesson.topic.clone());
            lesson.topic = lesson.topic.or(known.topic.clone());
            if known.teachers.is_empty() {
                known.teachers.clone_from(&lesson.teachers);
            } else if lesson.teachers.is_empty() {
                lesson.teachers.clone_from(&known.teachers);
            }
        }
        once(walk, at, &mut self.lessons, lesson.id, lesson, "lesson");
    }

    /// `{marks, works, subjects, workTypes}` of one pupil.
    fn take_all_finals(&mut self, walk: &mut Walk, at: At<'_>, group: Id, file: usize) {
        let Some(fields) = Fields::of(walk, at) else { return };
        let scope = Scope { group: Some(group), subject: None };
        fields.optional(walk, "workTypes", |w, at| {
            w.list(at, |w, at| {
                let kind = shapes::work_type(w, at)?;
                self.work_types.entry(kind.id).or_insert(kind);
                Some(())
            })
        });
        fields.optional(walk, "subjects", |w, at| {
            w.list(at, |w, at| {
                let subject = shapes::subject(w, at)?;
                self.name_subject(w, at, subject);
                Some(())
            })
        });
        fields.optional(walk, "works", |w, at| {
            w.list(at, |w, at| {
                let work = shapes::work(w, at)?;
                self.take_work(work);
                Some(())
            })
        });
        let before = self.marks.len();
        fields.required(walk, "marks", |w, at| {
            take_placed(w, at, file, scope, &mut self.marks, shapes::mark);
            Some(())
        });
        self.marks[before..].iter_mut().for_each(|mark| mark.place.in_marks = true);
    }

    fn name_subject(&mut self, walk: &mut Walk, at: At<'_>, subject: shapes::Subject) {
        once(walk, at, &mut self.subjects, subject.id, subject.name, "subject");
    }

    /// The first list that gives the surname counts: others know fewer teachers, not other names.
    fn name_teacher(&mut self, teacher: Teacher) {
        let known = self.teachers.entry(teacher.id).or_insert_with(|| teacher.clone());
        if known.surname.is_none() {
            *known = teacher;
        }
    }

    /// The same work is told in several files, here with its lesson, there without.
    fn take_work(&mut self, work: Work) {
        match self.works.entry(work.id) {
            Entry::Vacant(free) => {
                free.insert(work);
            }
            Entry::Occupied(mut known) => {
                let known = known.get_mut();
                known.lesson = known.lesson.or(work.lesson);
                known.text = known.text.take().or(work.text);
            }
        }
    }
}

/// Every item of a list; an object alone counts as a list of one, null as an empty one.
fn each(walk: &mut Walk, at: At<'_>, mut read: impl FnMut(&mut Walk, At<'_>) -> Option<()>) {
    match at.json {
        Json::Null => {}
        Json::Object(_) => {
            read(walk, at);
        }
        _ => {
            walk.list(at, read);
        }
    }
}

fn take_placed<T>(
    walk: &mut Walk,
    at: At<'_>,
    file: usize,
    scope: Scope,
    into: &mut Vec<Placed<T>>,
    mut read: impl FnMut(&mut Walk, At<'_>) -> Option<T>,
) {
    each(walk, at, |w, at| {
        let place = Place { file, item: item(at), in_marks: false };
        into.push(Placed { place, scope, what: read(w, at)? });
        Some(())
    });
}

/// Keeps the first of what is told several times, and notes two different things under one id.
fn once<T: PartialEq>(
    walk: &mut Walk,
    at: At<'_>,
    known: &mut BTreeMap<Id, T>,
    id: Id,
    thing: T,
    what: &str,
) {
    match known.entry(id) {
        Entry::Vacant(free) => {
            free.insert(thing);
        }
        Entry::Occupied(same) if *same.get() == thing => {}
        Entry::Occupied(_) => two_things(walk, at, id, what),
    }
}

fn two_things(walk: &mut Walk, at: At<'_>, id: impl Display, what: &str) {
    walk.note(
        at.path,
        format!(
            "{what} {id} is told twice, differently: either its ids were rounded, or the files were \
             saved at different times; fetch the dump again"
        ),
    );
}

fn same_names(one: &Person, other: &Person) -> bool {
    let names = |p: &Person| (p.surname.clone(), p.name.clone(), p.patronymic.clone());
    names(one) == names(other)
}
