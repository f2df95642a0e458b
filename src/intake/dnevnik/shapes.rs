//! The API's objects, as far as a journal needs them.

use super::fields::Fields;
use super::ids::Id;
use super::names::Scope;
use crate::journal::read::{At, Json, Path, Walk};
use chrono::{NaiveDate, NaiveDateTime};

/// Where something was read: which file of the dump, which item of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Index among the dump's files.
    pub file: usize,
    /// Item of the list at the top of the file, or of its `marks`.
    pub item: usize,
    /// Whether the list is the file's `marks`.
    pub in_marks: bool,
}

impl Place {
    /// The place as a JSON path.
    pub fn path(self) -> String {
        format!("{}[{}]", if self.in_marks { "$.marks" } else { "$" }, self.item)
    }
}

/// The item number of a place in a list.
pub(super) fn item(at: At<'_>) -> usize {
    match at.path {
        Path::Item(_, n) => *n,
        _ => 0,
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct School {
    pub id: Id,
    pub name: String,
    /// Hours east of UTC.
    pub zone: Option<i32>,
}

/// The school itself. Its name is the short one, as the journal's title shows it.
pub(super) fn school(walk: &mut Walk, at: At<'_>) -> Option<School> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let name = fields.required_text(walk, "name");
    let zone = fields.optional(walk, "timeZone", |w, at| w.integer(at, &(-12..=14)));
    Some(School { id: id?, name: name?, zone: zone.and_then(|z| i32::try_from(z).ok()) })
}

/// A class or a subgroup of one or more classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub id: Id,
    pub name: String,
    /// Classes it is part of; empty for a class.
    pub parents: Vec<Id>,
    pub parallel: Option<u32>,
}

pub(super) fn group(walk: &mut Walk, at: At<'_>) -> Option<Group> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let name = fields.required_text(walk, "name");
    let parents = fields.ids(walk, "parentIds");
    let parallel = fields.number(walk, "parallel");
    if fields.text(walk, "type").as_deref() == Some("Subgroup") && parents.is_empty() {
        let path = Path::Member(fields.path(), "parentIds_str");
        walk.note(&path, "is empty: of which class is this subgroup?");
    }
    Some(Group { id: id?, name: name?, parents, parallel })
}

/// A pupil or teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub id: Id,
    pub surname: String,
    pub name: String,
    pub patronymic: Option<String>,
    /// Left the class or subgroup.
    pub left: bool,
}

/// A member of a class or subgroup: plain, or as `{person, membershipstatus}`.
pub(super) fn member(walk: &mut Walk, at: At<'_>) -> Option<Person> {
    let fields = Fields::of(walk, at)?;
    if fields.find("person").is_none_or(|(_, json)| !matches!(json, Json::Object(_))) {
        return person(walk, at);
    }
    let person = fields.optional(walk, "person", person)?;
    let left = fields.text(walk, "membershipstatus").as_deref() == Some("Archive");
    Some(Person { left, ..person })
}

fn person(walk: &mut Walk, at: At<'_>) -> Option<Person> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let surname = fields.required_text(walk, "lastName");
    let name = fields.required_text(walk, "firstName");
    let patronymic = fields.text(walk, "middleName");
    Some(Person { id: id?, surname: surname?, name: name?, patronymic, left: false })
}

/// A teacher's names as far as they are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Teacher {
    pub id: Id,
    pub surname: Option<String>,
    pub name: Option<String>,
    pub patronymic: Option<String>,
}

/// A teacher, plain or wrapped like a member. The older spelling (`Id`, `FirstName`) has no text ids.
pub(super) fn teacher(walk: &mut Walk, at: At<'_>) -> Option<Teacher> {
    let fields = Fields::of(walk, at)?;
    if fields.find("person").is_some_and(|(_, json)| matches!(json, Json::Object(_))) {
        return fields.optional(walk, "person", teacher);
    }
    let small = fields.find("id").and_then(|(_, json)| match json {
        Json::Integer(number) => Id::of_small_number(*number),
        _ => None,
    });
    let id = match small {
        Some(id) if fields.find("id_str").is_none() => Some(id),
        _ => fields.required_id(walk, "id"),
    };
    let surname = fields.text(walk, "lastName");
    let name = fields.text(walk, "firstName");
    let patronymic = fields.text(walk, "middleName");
    Some(Teacher { id: id?, surname, name, patronymic })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Period {
    pub id: Id,
    pub start: NaiveDate,
    pub finish: NaiveDateTime,
    pub number: u32,
    pub kind: String,
    pub name: String,
}

pub(super) fn period(walk: &mut Walk, at: At<'_>) -> Option<Period> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    for name in ["start", "finish", "number", "type"] {
        fields.required(walk, name, |_, _| Some(()));
    }
    let start = fields.date(walk, "start");
    let finish = fields.moment(walk, "finish");
    let number = fields.number(walk, "number");
    let kind = fields.text(walk, "type");
    let name = fields.text(walk, "name").unwrap_or_default();
    if let (Some(start), Some(finish)) = (start, finish)
        && start > finish.date()
    {
        walk.note(at.path, format!("begins {start}, after it ends {}", finish.date()));
        return None;
    }
    Some(Period { id: id?, start: start?, finish: finish?, number: number?, kind: kind?, name })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub id: Id,
    pub name: String,
}

pub(super) fn subject(walk: &mut Walk, at: At<'_>) -> Option<Subject> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let name = fields.required_text(walk, "name");
    Some(Subject { id: id?, name: name? })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lesson {
    pub id: Id,
    pub date: NaiveDate,
    pub number: u32,
    pub group: Id,
    pub subject: Id,
    pub topic: Option<String>,
    pub teachers: Vec<Id>,
}

/// A lesson with the works that hang on it and the subject's name, where they are given.
pub(super) fn lesson(
    walk: &mut Walk,
    at: At<'_>,
    scope: Scope,
) -> Option<(Lesson, Vec<Work>, Option<Subject>)> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let date = fields.required(walk, "date", |_, _| Some(())).and(fields.date(walk, "date"));
    let number =
        fields.required(walk, "number", |_, _| Some(())).and(fields.number(walk, "number"));
    let topic = fields.text(walk, "title");
    let own = fields.find("subject").is_some_and(|(_, json)| matches!(json, Json::Object(_)));
    let named = if own { fields.optional(walk, "subject", subject) } else { None };
    let subject = match &named {
        Some(named) => Some(named.id),
        None if own => None,
        None => told(walk, fields, "subject", scope.subject),
    };
    let group = told(walk, fields, "group", scope.group);
    let teachers = fields.ids(walk, "teachers");
    let works = fields.optional(walk, "works", |w, at| w.list(at, hung_work)).unwrap_or_default();
    let lesson = Lesson {
        id: id?,
        date: date?,
        number: number?,
        group: group?,
        subject: subject?,
        topic,
        teachers,
    };
    let at_lesson = |work: Work| Work { lesson: work.lesson.or(Some(lesson.id)), ..work };
    let works = works.into_iter().flatten().map(at_lesson).collect();
    Some((lesson, works, named))
}

/// An id of the object, or else of the file's name.
fn told(walk: &mut Walk, fields: Fields<'_>, name: &str, by_file: Option<Id>) -> Option<Id> {
    if fields.find(name).is_none() && fields.find(&format!("{name}_str")).is_none() {
        if by_file.is_none() {
            walk.note(&Path::Member(fields.path(), name), "is missing");
        }
        return by_file;
    }
    fields.required_id(walk, name)
}

/// A work in a lesson's list; timetables have bare numbers there, which say nothing.
fn hung_work(walk: &mut Walk, at: At<'_>) -> Option<Option<Work>> {
    match at.json {
        Json::Integer(_) | Json::Fraction(_) | Json::Text(_) => Some(None),
        _ => work(walk, at).map(Some),
    }
}

/// Something marks are given for: a column of a lesson, homework, a final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Work {
    pub id: Id,
    /// `LessonTestWork`, `Homework`, `PeriodMark`, …
    pub kind: String,
    pub work_type: Option<Id>,
    pub lesson: Option<Id>,
    pub text: Option<String>,
    /// Believed only when it spells a subject's text id exactly.
    pub subject: Option<i64>,
    pub period_kind: Option<String>,
    pub period_number: Option<u32>,
    pub sent: Option<NaiveDateTime>,
}

impl Work {
    /// Whether its marks are finals.
    pub fn is_final(&self) -> bool {
        self.kind == "PeriodMark"
    }
}

pub(super) fn work(walk: &mut Walk, at: At<'_>) -> Option<Work> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let subject = match fields.find("subjectId") {
        Some((_, Json::Integer(number))) => Some(*number),
        _ => None,
    };
    Some(Work {
        id: id?,
        kind: fields.text(walk, "type").unwrap_or_default(),
        work_type: work_type_id(walk, fields, "workType"),
        lesson: fields.id(walk, "lesson"),
        text: fields.text(walk, "text"),
        subject,
        period_kind: fields.text(walk, "periodType"),
        period_number: fields.number(walk, "periodNumber"),
        sent: fields.moment(walk, "sentDate"),
    })
}

/// Kinds of work have small numbers and no text ids.
fn work_type_id(walk: &mut Walk, fields: Fields<'_>, name: &str) -> Option<Id> {
    fields.optional(walk, name, |w, at| match at.json {
        Json::Integer(number) => Id::of_small_number(*number),
        _ => super::fields::id(w, at),
    })
}

/// A kind of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WorkType {
    pub id: Id,
    /// Its abbreviation, or its title where there is none.
    pub label: Option<String>,
    pub weight: Option<String>,
}

pub(super) fn work_type(walk: &mut Walk, at: At<'_>) -> Option<WorkType> {
    let fields = Fields::of(walk, at)?;
    let id = work_type_id(walk, fields, "id");
    if id.is_none() {
        walk.note(&Path::Member(at.path, "id"), "is missing or no number of at most 15 digits");
    }
    let label = fields.text_of(walk, &["abbr", "abbreviation", "title", "name"]);
    let weight = fields.find("weight").and_then(|(_, json)| match json {
        Json::Integer(n) => Some(n.to_string()),
        Json::Fraction(n) => Some(n.to_string()),
        Json::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    });
    Some(WorkType { id: id?, label, weight })
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub id: Id,
    pub person: Id,
    pub work: Option<Id>,
    pub lesson: Option<Id>,
    pub work_type: Option<Id>,
    /// The text of the mark; empty for one that was not set.
    pub value: String,
    pub number: u32,
    pub date: Option<NaiveDateTime>,
}

pub(super) fn mark(walk: &mut Walk, at: At<'_>) -> Option<Mark> {
    let fields = Fields::of(walk, at)?;
    let id = fields.required_id(walk, "id");
    let person = fields.required_id(walk, "person");
    let work = fields.id(walk, "work");
    let lesson = fields.id(walk, "lesson");
    let value = fields.text_of(walk, &["value", "textValue"]).unwrap_or_default();
    Some(Mark {
        id: id?,
        person: person?,
        work,
        lesson,
        work_type: work_type_id(walk, fields, "workType"),
        value,
        number: fields.number(walk, "number").unwrap_or(0),
        date: fields.moment(walk, "date"),
    })
}

/// An attendance record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LogEntry {
    pub person: Id,
    pub lesson: Id,
    /// `Attend`, `Absent`, `Ill`, `Late`, `Pass`, or something else.
    pub status: String,
    pub comment: Option<String>,
    pub created: Option<NaiveDateTime>,
}

pub(super) fn log_entry(walk: &mut Walk, at: At<'_>) -> Option<LogEntry> {
    let fields = Fields::of(walk, at)?;
    let person = fields.required_id(walk, "person");
    let lesson = fields.required_id(walk, "lesson");
    let status = fields.required_text(walk, "status");
    let comment = fields.text(walk, "comment");
    let created = fields.moment(walk, "createdDate");
    Some(LogEntry { person: person?, lesson: lesson?, status: status?, comment, created })
}

/// A pupil's final marks of one period, or of the year when there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finals {
    pub person: Id,
    pub group: Id,
    pub period: Option<Id>,
    /// Subject and mark.
    pub marks: Vec<(Id, Mark)>,
}

pub(super) fn finals(walk: &mut Walk, at: At<'_>, by_file: Id) -> Option<Finals> {
    let fields = Fields::of(walk, at)?;
    let person = fields.required_id(walk, "person");
    let group = told(walk, fields, "group", Some(by_file));
    let period = fields.id(walk, "reportingPeriod");
    let marks = fields.required(walk, "perSubjectFinalMarks", |w, at| {
        w.list(at, |w, at| {
            let fields = Fields::of(w, at)?;
            let subject = fields.required_id(w, "subject");
            let mark = fields.optional(w, "finalMark", mark);
            Some((subject?, mark?))
        })
    });
    Some(Finals { person: person?, group: group?, period, marks: marks? })
}
