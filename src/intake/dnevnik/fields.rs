//! Members of API objects under any of their spellings: `per-subject-final-marks`,
//! `perSubjectFinalMarks`, `PerSubjectFinalMarks`, `per_subject_final_marks` are one name.

use super::ids::Id;
use crate::journal::read::{At, Json, Object, Path, Walk, calendar_date};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// An object of the API and what is read from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(Object<'a>);

/// The reason a missing text id is refused with.
const NO_TEXT_ID: &str = "is missing; ids are read only as text, because programs round numbers of 19 \
                          digits: save the API's answers unchanged";

impl<'a> Fields<'a> {
    /// The members of an object; notes what is none.
    pub fn of(walk: &mut Walk, at: At<'a>) -> Option<Fields<'a>> {
        walk.object(at).map(Fields)
    }

    /// Where the object stands.
    pub fn path(self) -> &'a Path<'a> {
        self.0.path()
    }

    /// A member that is there and not null, with the name it has.
    pub fn find(self, name: &str) -> Option<(&'a str, &'a Json)> {
        let mut members = self.0.members().iter();
        let (own, json) = members.find(|(own, _)| same_name(own, name))?;
        (*json != Json::Null).then_some((own.as_str(), json))
    }

    /// Reads a member that may be absent or null.
    pub fn optional<T>(
        self,
        walk: &mut Walk,
        name: &str,
        read: impl FnOnce(&mut Walk, At<'_>) -> Option<T>,
    ) -> Option<T> {
        let (own, json) = self.find(name)?;
        read(walk, At { json, path: &Path::Member(self.path(), own) })
    }

    /// Reads a member that must be there.
    pub fn required<T>(
        self,
        walk: &mut Walk,
        name: &str,
        read: impl FnOnce(&mut Walk, At<'_>) -> Option<T>,
    ) -> Option<T> {
        if self.find(name).is_none() {
            walk.note(&Path::Member(self.path(), name), "is missing");
        }
        self.optional(walk, name, read)
    }

    /// Text; absent, null and empty are one.
    pub fn text(self, walk: &mut Walk, name: &str) -> Option<String> {
        self.optional(walk, name, |w, at| w.text(at).map(str::to_owned)).filter(|t| !t.is_empty())
    }

    /// Text under the first of several names that is there.
    pub fn text_of(self, walk: &mut Walk, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(walk, name))
    }

    /// Text that must say something.
    pub fn required_text(self, walk: &mut Walk, name: &str) -> Option<String> {
        let text = self.required(walk, name, |w, at| w.text(at).map(str::to_owned))?;
        if text.trim().is_empty() {
            walk.note(&Path::Member(self.path(), name), "is empty");
            return None;
        }
        Some(text)
    }

    /// A whole number within 32 bits.
    pub fn number(self, walk: &mut Walk, name: &str) -> Option<u32> {
        self.optional(walk, name, whole)
    }

    /// The date of a local moment.
    pub fn date(self, walk: &mut Walk, name: &str) -> Option<NaiveDate> {
        self.moment(walk, name).map(|moment| moment.date())
    }

    /// A local moment.
    pub fn moment(self, walk: &mut Walk, name: &str) -> Option<NaiveDateTime> {
        self.optional(walk, name, moment)
    }

    /// The id under `name`, from its text `name_str`. Absent or null is `None`; a number without text is
    /// noted.
    pub fn id(self, walk: &mut Walk, name: &str) -> Option<Id> {
        let text = format!("{name}_str");
        if self.find(&text).is_none() && self.find(name).is_some() {
            walk.note(&Path::Member(self.path(), &text), NO_TEXT_ID);
        }
        self.optional(walk, &text, id)
    }

    /// The id under `name` that must be there.
    pub fn required_id(self, walk: &mut Walk, name: &str) -> Option<Id> {
        let text = format!("{name}_str");
        if self.find(&text).is_none() {
            walk.note(&Path::Member(self.path(), &text), NO_TEXT_ID);
        }
        self.optional(walk, &text, id)
    }

    /// The ids under `name`, from their texts `name_str`.
    pub fn ids(self, walk: &mut Walk, name: &str) -> Vec<Id> {
        let text = format!("{name}_str");
        let numbers = self.find(name).is_some_and(|(_, json)| !is_empty(json));
        if numbers && self.find(&text).is_none() {
            walk.note(&Path::Member(self.path(), &text), NO_TEXT_ID);
        }
        self.optional(walk, &text, |w, at| w.list(at, id)).unwrap_or_default()
    }
}

fn is_empty(json: &Json) -> bool {
    matches!(json, Json::List(items) if items.is_empty())
}

/// An id written as text.
pub(super) fn id(walk: &mut Walk, at: At<'_>) -> Option<Id> {
    match walk.text(at)?.parse() {
        Ok(id) => Some(id),
        Err(error) => {
            walk.note(at.path, format!("{error}; save the API's answers unchanged"));
            None
        }
    }
}

fn whole(walk: &mut Walk, at: At<'_>) -> Option<u32> {
    u32::try_from(walk.integer(at, &(0..=i64::from(u32::MAX)))?).ok()
}

/// `2024-10-07T12:41:05.123456`, with any number of digits behind the point, or none, or only the date.
/// A zone behind it is passed over: the API gives local times.
fn moment(walk: &mut Walk, at: At<'_>) -> Option<NaiveDateTime> {
    let text = walk.text(at)?;
    let read = local_moment(text);
    if read.is_none() {
        let shown: String = text.chars().take(32).collect();
        walk.note(at.path, format!("{shown:?} is no moment like 2024-10-07T00:00:00"));
    }
    read
}

fn local_moment(text: &str) -> Option<NaiveDateTime> {
    let date = calendar_date(text.get(..10)?)?;
    let rest = &text[10..];
    if rest.is_empty() {
        return Some(date.and_time(NaiveTime::MIN));
    }
    let clock = rest.strip_prefix('T')?.get(..8)?;
    let shape = |(n, b): (usize, u8)| if n == 2 || n == 5 { b == b':' } else { b.is_ascii_digit() };
    let shaped = clock.bytes().enumerate().all(shape);
    let after = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | 'Z' | '+' | '-' | ':');
    let fits = shaped && rest[9..].chars().all(after);
    let time = NaiveTime::parse_from_str(clock, "%H:%M:%S").ok()?;
    fits.then(|| date.and_time(time))
}

/// Whether two spellings are one name: case, `-` and `_` do not matter.
fn same_name(one: &str, other: &str) -> bool {
    // Most names differ in their first letter: no need to fold them.
    let first = |text: &str| text.bytes().next().map(|b| b.to_ascii_lowercase());
    one == other || (first(one) == first(other) && folded(one) == folded(other))
}

/// What all spellings of a name have in common: `idstr` for `id_str` and `IdStr`.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_many_spellings() {
        for name in ["per-subject-final-marks", "PerSubjectFinalMarks", "per_subject_final_marks"] {
            assert!(same_name(name, "perSubjectFinalMarks"), "{name}");
        }
        assert!(!same_name("person", "persons"));
    }

    #[test]
    fn moments_have_any_fraction_or_none() {
        let second = |text| local_moment(text).map(|m| m.to_string());
        let noon = Some("2024-10-07 12:41:05".to_owned());
        for text in
            ["2024-10-07T12:41:05", "2024-10-07T12:41:05.1", "2024-10-07T12:41:05.1234567890"]
        {
            assert_eq!(second(text), noon, "{text}");
        }
        assert_eq!(second("2024-10-07"), Some("2024-10-07 00:00:00".to_owned()));
        for text in ["2024-02-30T00:00:00", "07.10.2024", "2024-10-07 12:41:05", "2024-10-07T1", ""]
        {
            assert_eq!(second(text), None, "{text}");
        }
    }
}
