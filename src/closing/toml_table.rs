//! The fields of a calendar's or procedure's file, each with its path for messages. What is wrong gathers
//! in [`Problems`].

use super::problem::{FileErrors, FileProblem, Problem};
use crate::strict_toml::{self, Fields, Value};
use chrono::NaiveDate;
use toml::de::DeTable;

/// Where problems gather while a file is read.
pub(super) struct Problems<'a> {
    text: &'a str,
    found: Vec<FileProblem>,
}

/// Reads a file with `read`, which notes all problems before it gives up.
///
/// # Errors
/// Every problem of the file. When the text is no TOML only that: what could not be read would look missing.
pub(super) fn read_file<T>(
    file: &str,
    text: &str,
    read: impl FnOnce(Table<'_, '_>, &mut Problems<'_>) -> Option<T>,
) -> Result<T, FileErrors> {
    let mut p = Problems { text, found: Vec::new() };
    let value = match strict_toml::parse(text) {
        Ok(root) => read(Table::new(0, String::new(), &root), &mut p),
        Err(broken) => {
            broken.into_iter().for_each(|(at, what)| p.add(at, "", Problem::Syntax(what)));
            None
        }
    };
    match value {
        Some(value) if p.found.is_empty() => Ok(value),
        _ => {
            p.found.sort_by_key(|problem| problem.line);
            Err(FileErrors { file: file.to_owned(), problems: p.found })
        }
    }
}

impl Problems<'_> {
    /// Notes a problem at a byte of the text.
    pub(super) fn add(&mut self, at: usize, field: impl Into<String>, problem: Problem) {
        let line = strict_toml::line(self.text, at);
        self.found.push(FileProblem { line, field: field.into(), problem });
    }
}

/// A value with its place in the file.
pub(super) struct Field<'t, 'a> {
    value: &'t Value<'a>,
    path: String,
}

/// A table being read; [`Table::end`] reports what nobody asked for.
pub(super) struct Table<'t, 'a> {
    path: String,
    fields: Fields<'t, 'a>,
}

impl<'t, 'a> Table<'t, 'a> {
    fn new(at: usize, path: String, table: &'t DeTable<'a>) -> Self {
        Table { path, fields: Fields::new(at, table) }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Notes a problem with the table itself.
    pub(super) fn wrong(&self, p: &mut Problems, problem: impl Into<Problem>) {
        p.add(self.fields.at(), self.path.clone(), problem.into());
    }

    /// A field that may be absent.
    pub(super) fn optional(&mut self, name: &'static str) -> Option<Field<'t, 'a>> {
        let value = self.fields.ask(name)?;
        Some(Field { value, path: self.path_of(name) })
    }

    /// A field that has to be there.
    pub(super) fn required(
        &mut self,
        name: &'static str,
        p: &mut Problems,
    ) -> Option<Field<'t, 'a>> {
        let field = self.optional(name);
        if field.is_none() {
            p.add(self.fields.at(), self.path_of(name), Problem::Missing);
        }
        field
    }

    /// The fields nobody asked for: names a person chose. After this [`Table::end`] must not be called.
    pub(super) fn rest(self) -> Vec<(&'t str, Field<'t, 'a>)> {
        let left = self.fields.not_asked();
        let field = |(_, name, value)| (name, Field { value, path: self.path_of(name) });
        left.map(field).collect()
    }

    /// Reports the fields nobody asked for.
    pub(super) fn end(self, p: &mut Problems) {
        for (at, name, _) in self.fields.not_asked() {
            p.add(at, self.path_of(name), Problem::Unknown);
        }
    }
}

impl<'t, 'a> Field<'t, 'a> {
    /// Notes a problem with the value.
    pub(super) fn wrong(&self, p: &mut Problems, problem: impl Into<Problem>) {
        p.add(self.value.span().start, self.path.clone(), problem.into());
    }

    fn wrong_type<T>(&self, p: &mut Problems, expected: &'static str) -> Option<T> {
        self.wrong(p, Problem::Type { expected, found: self.value.get_ref().type_str() });
        None
    }

    /// Whether a text stands here.
    pub(super) fn is_text(&self) -> bool {
        self.value.get_ref().is_str()
    }

    /// A text with something in it, without spaces around it.
    pub(super) fn text(&self, p: &mut Problems) -> Option<&'t str> {
        match self.value.get_ref().as_str().map(str::trim) {
            Some("") => {
                self.wrong(p, Problem::Empty);
                None
            }
            Some(text) => Some(text),
            None => self.wrong_type(p, "text in quotes"),
        }
    }

    pub(super) fn yes_no(&self, p: &mut Problems) -> Option<bool> {
        let value = self.value.get_ref().as_bool();
        value.or_else(|| self.wrong_type(p, "true or false"))
    }

    /// A whole number within limits, both inclusive.
    pub(super) fn number(&self, least: u32, most: u32, p: &mut Problems) -> Option<u32> {
        let Some(integer) = self.value.get_ref().as_integer() else {
            return self.wrong_type(p, "a whole number");
        };
        let fits = strict_toml::whole(integer).filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            self.wrong(p, Problem::Range { given: integer.to_string(), least, most });
        }
        fits
    }

    /// A day, written as TOML writes dates: without quotes.
    pub(super) fn day(&self, p: &mut Problems) -> Option<NaiveDate> {
        let Some(given) = self.value.get_ref().as_datetime() else {
            return self.wrong_type(p, "a day like 2025-10-25, without quotes");
        };
        let date = given.date.filter(|_| given.time.is_none() && given.offset.is_none());
        let day = date.and_then(|d| {
            NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day))
        });
        if day.is_none() {
            self.wrong(p, Problem::Day(given.to_string()));
        }
        day
    }

    /// Text that has to parse.
    pub(super) fn parsed<T: std::str::FromStr>(&self, p: &mut Problems) -> Option<T>
    where
        T::Err: Into<Problem>,
    {
        match self.text(p)?.parse::<T>() {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(p, error);
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(&self, known: &[(&str, T)], p: &mut Problems) -> Option<T> {
        let given = self.text(p)?;
        let found = known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
        if found.is_none() {
            let known = known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            self.wrong(p, Problem::Word { given: given.to_owned(), known });
        }
        found
    }

    pub(super) fn table(&self, p: &mut Problems) -> Option<Table<'t, 'a>> {
        match self.value.get_ref().as_table() {
            Some(table) => Some(Table::new(self.value.span().start, self.path.clone(), table)),
            None => self.wrong_type(p, "a table"),
        }
    }

    /// The members of a list that may be empty.
    pub(super) fn list(&self, p: &mut Problems) -> Option<Vec<Field<'t, 'a>>> {
        let Some(array) = self.value.get_ref().as_array() else {
            return self.wrong_type(p, "a list");
        };
        let member = |(i, value)| Field { value, path: format!("{}[{i}]", self.path) };
        Some(array.iter().enumerate().map(member).collect())
    }

    /// Every member of a list that must not be empty, read by `read`; `None` when one could not be.
    pub(super) fn each<T>(
        &self,
        p: &mut Problems,
        read: impl Fn(&Field<'t, 'a>, &mut Problems) -> Option<T>,
    ) -> Option<Vec<T>> {
        let members = self.list(p)?;
        if members.is_empty() {
            self.wrong(p, Problem::Empty);
        }
        let read: Vec<Option<T>> = members.iter().map(|member| read(member, p)).collect();
        read.into_iter().collect()
    }
}
