//! Walking a JSON tree and noting every problem with its place, instead of stopping at the first.
//!
//! A reader is a function `fn(&mut Walk, At) -> Option<T>`: it notes what is wrong and gives `None`.
//! Parents go on with the other members, so one walk finds everything.

use super::{Json, Problem};
use chrono::NaiveDate;
use std::collections::HashSet;
use std::fmt;
use std::ops::RangeInclusive;

/// The most problems kept of one text; a last one tells how many more there were.
const MAX_PROBLEMS: usize = 10_000;

/// A place in a document: `$.pages[3].lessons[0].date`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Path<'a> {
    /// The document.
    Root,
    /// A member of an object.
    Member(&'a Path<'a>, &'a str),
    /// An item of a list.
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => f.write_str("$"),
            Path::Item(up, n) => write!(f, "{up}[{n}]"),
            Path::Member(up, name) if is_plain(name) => write!(f, "{up}.{name}"),
            Path::Member(up, name) => {
                let short: String = name.chars().take(64).collect();
                write!(f, "{up}[{short:?}]")
            }
        }
    }
}

fn is_plain(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.chars().all(fits) && name.chars().count() <= 64
}

/// A value and its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    /// The value.
    pub json: &'a Json,
    /// Its place.
    pub path: &'a Path<'a>,
}

/// The members of an object and its place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a> {
    members: &'a [(String, Json)],
    path: &'a Path<'a>,
}

impl<'a> Object<'a> {
    /// The value of a member; the first, when it is there twice (which was noted).
    pub fn get(&self, name: &str) -> Option<&'a Json> {
        self.members.iter().find(|(n, _)| n == name).map(|(_, json)| json)
    }

    /// All members as written.
    pub fn members(&self) -> &'a [(String, Json)] {
        self.members
    }

    /// Where the object stands.
    pub fn path(&self) -> &'a Path<'a> {
        self.path
    }
}

/// Collects the problems of one document.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    problems: Vec<Problem>,
    more: usize,
}

impl Walk {
    /// Notes a problem.
    pub fn note(&mut self, path: &Path<'_>, reason: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem { path: path.to_string(), reason: reason.into() });
        } else {
            self.more += 1;
        }
    }

    /// How many problems were noted so far.
    pub fn noted(&self) -> usize {
        self.problems.len() + self.more
    }

    /// Everything noted.
    pub fn into_problems(mut self) -> Vec<Problem> {
        if self.more > 0 {
            let reason = format!("and {} more problems; mend these first", self.more);
            self.problems.push(Problem { path: "$".to_owned(), reason });
        }
        self.problems
    }

    /// An object with any members. Notes what is no object, and names that stand there twice.
    pub fn object<'a>(&mut self, at: At<'a>) -> Option<Object<'a>> {
        let Json::Object(members) = at.json else {
            return self.wrong(at, "an object");
        };
        let mut seen = HashSet::with_capacity(members.len());
        for (name, _) in members {
            if !seen.insert(name.as_str()) {
                self.note(&Path::Member(at.path, name), "stands here twice; keep one");
            }
        }
        Some(Object { members, path: at.path })
    }

    /// An object with no members but these.
    pub fn closed<'a>(&mut self, at: At<'a>, known: &[&str]) -> Option<Object<'a>> {
        let object = self.object(at)?;
        for (name, _) in object.members.iter().filter(|(n, _)| !known.contains(&n.as_str())) {
            self.note(&Path::Member(at.path, name), "is not a field of the format; remove it");
        }
        Some(object)
    }

    /// A member that must be there.
    pub fn required<T>(
        &mut self,
        object: Object<'_>,
        name: &str,
        read: impl FnOnce(&mut Walk, At<'_>) -> Option<T>,
    ) -> Option<T> {
        let path = Path::Member(object.path, name);
        match object.get(name) {
            Some(json) => read(self, At { json, path: &path }),
            None => {
                self.note(&path, "is missing");
                None
            }
        }
    }

    /// A member that may be absent or null.
    pub fn optional<T>(
        &mut self,
        object: Object<'_>,
        name: &str,
        read: impl FnOnce(&mut Walk, At<'_>) -> Option<T>,
    ) -> Option<T> {
        let json = object.get(name).filter(|json| **json != Json::Null)?;
        read(self, At { json, path: &Path::Member(object.path, name) })
    }

    /// The items of a list that could be read; `None` when it is no list.
    pub fn list<T>(
        &mut self,
        at: At<'_>,
        mut read: impl FnMut(&mut Walk, At<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Json::List(items) = at.json else {
            return self.wrong(at, "a list");
        };
        let each = items.iter().enumerate();
        Some(
            each.filter_map(|(n, json)| read(self, At { json, path: &Path::Item(at.path, n) }))
                .collect(),
        )
    }

    /// Text, whatever is in it.
    pub fn text<'a>(&mut self, at: At<'a>) -> Option<&'a str> {
        match at.json {
            Json::Text(text) => Some(text),
            _ => self.wrong(at, "text"),
        }
    }

    /// A whole number within a range.
    pub fn integer(&mut self, at: At<'_>, range: &RangeInclusive<i64>) -> Option<i64> {
        match at.json {
            Json::Integer(n) if range.contains(n) => Some(*n),
            Json::Integer(n) => {
                let (least, most) = (range.start(), range.end());
                self.note(at.path, format!("is {n}, must be from {least} to {most}"));
                None
            }
            _ => self.wrong(at, "a whole number"),
        }
    }

    /// A calendar date `YYYY-MM-DD` that exists.
    pub fn date(&mut self, at: At<'_>) -> Option<NaiveDate> {
        let text = self.text(at)?;
        let date = calendar_date(text);
        if date.is_none() {
            let shown: String = text.chars().take(32).collect();
            self.note(at.path, format!("{shown:?} is no date that exists; write YYYY-MM-DD"));
        }
        date
    }

    /// One of the words of a list.
    pub fn one_of<T: Copy>(&mut self, at: At<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(at)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            self.note(at.path, format!("must be one of: {}", known.join(", ")));
        }
        found
    }

    /// A type of its own made from text.
    pub fn parsed<T: TryFrom<String, Error: fmt::Display>>(&mut self, at: At<'_>) -> Option<T> {
        match T::try_from(self.text(at)?.to_owned()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(at.path, error.to_string());
                None
            }
        }
    }

    fn wrong<T>(&mut self, at: At<'_>, wanted: &str) -> Option<T> {
        self.note(at.path, format!("must be {wanted}, is {}", at.json.kind()));
        None
    }
}

/// `YYYY-MM-DD` and nothing else: chrono alone would take signs, spaces and missing zeros.
pub(crate) fn calendar_date(text: &str) -> Option<NaiveDate> {
    let shape = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    let fits = text.len() == 10 && text.bytes().enumerate().all(shape);
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str, read: impl FnOnce(&mut Walk, At<'_>)) -> Vec<String> {
        let json = Json::read(json.as_bytes()).unwrap();
        let mut walk = Walk::default();
        read(&mut walk, At { json: &json, path: &Path::Root });
        walk.into_problems().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn everything_wrong_with_an_object_is_noted_at_once() {
        let noted = problems(r#"{"a": 1, "a": 2, "x": 3, "t": 4}"#, |walk, at| {
            let object = walk.closed(at, &["a", "t", "m"]).unwrap();
            walk.required(object, "t", |w, at| w.text(at).map(str::to_owned));
            walk.required(object, "m", |w, at| w.date(at));
        });
        assert_eq!(
            noted,
            [
                "$.a: stands here twice; keep one",
                "$.x: is not a field of the format; remove it",
                "$.t: must be text, is a number",
                "$.m: is missing",
            ]
        );
    }

    #[test]
    fn odd_member_names_are_quoted_and_escaped_in_paths() {
        let noted = problems("{\"a b\\n\": 1}", |walk, at| {
            walk.closed(at, &[]);
        });
        assert_eq!(noted, ["$[\"a b\\n\"]: is not a field of the format; remove it"]);
    }

    #[test]
    fn dates_are_written_in_full_and_exist() {
        for text in ["2025-02-29", "2025-9-01", "+2025-09-1", "2025-13-01", "2025-09-01T00:00", ""]
        {
            assert_eq!(calendar_date(text), None, "{text}");
        }
        assert_eq!(calendar_date("2024-02-29"), NaiveDate::from_ymd_opt(2024, 2, 29));
    }

    #[test]
    fn problems_beyond_ten_thousand_are_counted() {
        let json = format!("[{}0]", "0,".repeat(MAX_PROBLEMS + 4));
        let noted = problems(&json, |walk, at| {
            walk.list(at, |w, at| w.text(at).map(str::to_owned));
        });
        assert_eq!(noted.len(), MAX_PROBLEMS + 1);
        assert_eq!(noted[MAX_PROBLEMS], "$: and 5 more problems; mend these first");
    }
}
