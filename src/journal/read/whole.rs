//! A journal but for its pages: school, class, period, people, pupils.

use super::known::Known;
use super::text::{filled, optional_line};
use super::walk::{At, Object, Path, Walk};
use super::{MAX_PAGES, MAX_PUPILS, page};
use crate::journal::{
    Class, ClassKind, Decision, FORMAT, Format, Journal, Movement, MovementKind, Period, PeriodId,
    PeriodKind, Person, Pupil, School, SchoolYear, Source,
};
use chrono::{DateTime, FixedOffset};

const FIELDS: [&str; 11] = [
    "class",
    "decisions",
    "format",
    "movements",
    "pages",
    "people",
    "period",
    "pupils",
    "school",
    "school_year",
    "source",
];

/// The whole document.
pub(super) fn journal(walk: &mut Walk, at: At<'_>) -> Option<Journal> {
    let is_other = |j: &super::Json| matches!(j, super::Json::Text(t) if t != FORMAT);
    if format_of(at).is_some_and(is_other) {
        walk.note(&Path::Member(at.path, "format"), format!("must be `{FORMAT}`"));
        return None;
    }
    let top = walk.closed(at, &FIELDS)?;
    let format = walk.required(top, "format", |w, at| w.one_of(at, &[(FORMAT, Format::V1)]));
    let source = walk.required(top, "source", source);
    let school = walk.required(top, "school", school);
    let school_year = walk.required(top, "school_year", |w, at| w.parsed::<SchoolYear>(at));
    let mut known = Known::default();
    let people =
        walk.required(top, "people", |w, at| w.list(at, |w, at| person(w, &mut known, at)));
    let pupils = walk.required(top, "pupils", |w, at| {
        at_most(w, at, MAX_PUPILS, "pupils");
        w.list(at, |w, at| pupil(w, &mut known, at))
    });
    let class = walk.required(top, "class", |w, at| class(w, &known, at));
    let period = walk.required(top, "period", |w, at| period(w, school_year, at));
    let movements = list_or_empty(walk, top, "movements", |w, at| movement(w, &known, at));
    let decisions = list_or_empty(walk, top, "decisions", |w, at| decision(w, &known, at));
    let pages = walk.required(top, "pages", |w, at| {
        at_most(w, at, MAX_PAGES, "pages");
        page::pages(w, &mut known, at)
    });
    Some(Journal {
        class: class?,
        decisions: decisions?,
        format: format?,
        movements: movements?,
        pages: pages?,
        people: people?,
        period: period?,
        pupils: pupils?,
        school: school?,
        school_year: school_year?,
        source: source?,
    })
}

/// The member `format`, looked at before anything else: a file of another version has other rules.
fn format_of(at: At<'_>) -> Option<&super::Json> {
    match at.json {
        super::Json::Object(members) => {
            members.iter().find(|(name, _)| name == "format").map(|(_, json)| json)
        }
        _ => None,
    }
}

/// Notes a list that is longer than the format allows.
pub(super) fn at_most(walk: &mut Walk, at: At<'_>, most: usize, what: &str) {
    if let super::Json::List(items) = at.json
        && items.len() > most
    {
        walk.note(at.path, format!("has {} {what}, at most {most} are allowed", items.len()));
    }
}

/// A list whose absence means that it is empty. Null is not absence here.
pub(super) fn list_or_empty<T>(
    walk: &mut Walk,
    object: Object<'_>,
    name: &str,
    read: impl FnMut(&mut Walk, At<'_>) -> Option<T>,
) -> Option<Vec<T>> {
    if object.get(name).is_none() {
        return Some(Vec::new());
    }
    walk.required(object, name, |w, at| w.list(at, read))
}

fn source(walk: &mut Walk, at: At<'_>) -> Option<Source> {
    let object = walk.closed(at, &["exported", "file", "system"])?;
    let system = walk.required(object, "system", filled);
    let file = walk.required(object, "file", filled);
    let exported = walk.required(object, "exported", moment);
    Some(Source { exported: exported?, file: file?, system: system? })
}

/// A moment with its offset, RFC 3339 section 5.6, at most nanoseconds.
fn moment(walk: &mut Walk, at: At<'_>) -> Option<DateTime<FixedOffset>> {
    let text = walk.text(at)?;
    // chrono alone takes a space or a small letter between date and time.
    let shaped = text.as_bytes().get(10) == Some(&b'T') && !text.contains(['t', 'z', ' ']);
    let digits = text
        .split_once('.')
        .map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
    let fits = shaped && digits <= 9;
    let read = fits.then(|| DateTime::parse_from_rfc3339(text).ok()).flatten();
    if read.is_none() {
        walk.note(at.path, "is no moment; write it like 2025-10-25T10:12:00+03:00");
    }
    read
}

fn school(walk: &mut Walk, at: At<'_>) -> Option<School> {
    let object = walk.closed(at, &["id", "name"])?;
    let name = walk.required(object, "name", filled);
    let id = walk.required(object, "id", filled);
    Some(School { id: id?, name: name? })
}

fn class(walk: &mut Walk, known: &Known, at: At<'_>) -> Option<Class> {
    let object = walk.closed(at, &["grade", "kind", "letter", "name", "teacher"])?;
    let before = walk.noted();
    let grade = walk.optional(object, "grade", |w, at| w.integer(at, &(1..=11)));
    let kind = walk.optional(object, "kind", |w, at| w.one_of(at, &[("activity", ())]));
    let letter = optional_line(walk, object, "letter");
    let name = optional_line(walk, object, "name");
    let shape_readable = walk.noted() == before;
    let teacher = walk.optional(object, "teacher", |w, at| known.person(w, at));
    if !shape_readable {
        return None;
    }
    let grade = grade.and_then(|g| u8::try_from(g).ok());
    match ClassKind::from_fields(grade, kind.is_some(), letter, name) {
        Ok(kind) => Some(Class { kind, teacher }),
        Err(error) => {
            walk.note(at.path, error.to_string());
            None
        }
    }
}

const PERIOD_KINDS: [(&str, PeriodKind); 6] = [
    ("quarter", PeriodKind::Quarter),
    ("trimester", PeriodKind::Trimester),
    ("half-year", PeriodKind::HalfYear),
    ("module", PeriodKind::Module),
    ("semester", PeriodKind::Semester),
    ("year", PeriodKind::Year),
];

fn period(walk: &mut Walk, year: Option<SchoolYear>, at: At<'_>) -> Option<Period> {
    let object = walk.closed(at, &["from", "kind", "number", "to"])?;
    let kind = walk.required(object, "kind", |w, at| w.one_of(at, &PERIOD_KINDS));
    let before = walk.noted();
    let number = walk.optional(object, "number", whole_number);
    let number_readable = walk.noted() == before;
    let from = walk.required(object, "from", |w, at| w.date(at));
    let to = walk.required(object, "to", |w, at| w.date(at));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        walk.note(at.path, format!("begins {from}, after it ends {to}"));
    }
    if let (Some(kind), true) = (kind, number_readable) {
        let any_year = year.or_else(|| SchoolYear::beginning(2000).ok())?;
        if let Err(error) = PeriodId::new(any_year, kind, number) {
            walk.note(&Path::Member(at.path, "number"), error.to_string());
        }
    }
    Some(Period { from: from?, kind: kind?, number, to: to? })
}

/// A count or place: 0 to 4 294 967 295.
pub(super) fn whole_number(walk: &mut Walk, at: At<'_>) -> Option<u32> {
    let number = walk.integer(at, &(0..=i64::from(u32::MAX)))?;
    u32::try_from(number).ok()
}

fn person(walk: &mut Walk, known: &mut Known, at: At<'_>) -> Option<Person> {
    let object = walk.closed(at, &["id", "name", "patronymic", "surname"])?;
    let id = known.new_person(walk, object);
    let surname = optional_line(walk, object, "surname");
    let name = optional_line(walk, object, "name");
    let patronymic = optional_line(walk, object, "patronymic");
    Some(Person { id: id?, name, patronymic, surname })
}

fn pupil(walk: &mut Walk, known: &mut Known, at: At<'_>) -> Option<Pupil> {
    let fields = ["born", "file_number", "id", "name", "number", "patronymic", "surname"];
    let object = walk.closed(at, &fields)?;
    let id = known.new_pupil(walk, object);
    let number = walk.optional(object, "number", |w, at| {
        u32::try_from(w.integer(at, &(1..=i64::from(u32::MAX)))?).ok()
    });
    let surname = walk.required(object, "surname", filled);
    let name = walk.required(object, "name", filled);
    let patronymic = optional_line(walk, object, "patronymic");
    let born = walk.optional(object, "born", |w, at| w.date(at));
    let file_number = optional_line(walk, object, "file_number");
    Some(Pupil { born, file_number, id: id?, name: name?, number, patronymic, surname: surname? })
}

fn movement(walk: &mut Walk, known: &Known, at: At<'_>) -> Option<Movement> {
    let object = walk.closed(at, &["date", "kind", "order", "pupil"])?;
    let pupil = walk.required(object, "pupil", |w, at| known.pupil(w, at));
    let kinds = [("arrived", MovementKind::Arrived), ("left", MovementKind::Left)];
    let kind = walk.required(object, "kind", |w, at| w.one_of(at, &kinds));
    let date = walk.required(object, "date", |w, at| w.date(at));
    let order = optional_line(walk, object, "order");
    Some(Movement { date: date?, kind: kind?, order, pupil: pupil? })
}

fn decision(walk: &mut Walk, known: &Known, at: At<'_>) -> Option<Decision> {
    let object = walk.closed(at, &["date", "protocol", "pupil", "text"])?;
    let pupil = walk.required(object, "pupil", |w, at| known.pupil(w, at));
    let text = walk.required(object, "text", filled);
    let date = walk.optional(object, "date", |w, at| w.date(at));
    let protocol = optional_line(walk, object, "protocol");
    Some(Decision { date, protocol, pupil: pupil?, text: text? })
}
