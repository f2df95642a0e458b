//! The fields of a regulation, each with its path for messages. What is wrong gathers in [`Problems`].

use super::{Problem, RegulationProblem};
use crate::strict_toml::{self, Fields, Value};
use toml::de::DeTable;

/// Where problems gather while a file is read.
pub(super) struct Problems<'a> {
    text: &'a str,
    found: Vec<RegulationProblem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Problems { text, found: Vec::new() }
    }

    /// Notes a problem at a byte of the text.
    pub(super) fn add(&mut self, at: usize, field: impl Into<String>, problem: Problem) {
        let line = strict_toml::line(self.text, at);
        self.found.push(RegulationProblem { line, field: field.into(), problem });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems in the order of the file.
    pub(super) fn into_sorted(mut self) -> Vec<RegulationProblem> {
        self.found.sort_by_key(|p| p.line);
        self.found
    }
}

/// A value with its place in the file.
pub(super) struct Field<'t, 'a> {
    value: &'t Value<'a>,
    /// `finals.limits`, for messages.
    pub(super) path: String,
}

/// A table being read; [`Table::end`] reports what nobody asked for.
pub(super) struct Table<'t, 'a> {
    path: String,
    fields: Fields<'t, 'a>,
}

impl<'t, 'a> Table<'t, 'a> {
    pub(super) fn new(at: usize, path: String, table: &'t DeTable<'a>) -> Self {
        Table { path, fields: Fields::new(at, table) }
    }

    /// First byte of the table's heading.
    pub(super) fn at(&self) -> usize {
        self.fields.at()
    }

    /// `finals.none[2]`, for messages.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
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
            p.add(self.at(), self.path_of(name), Problem::Missing);
        }
        field
    }

    /// A table inside this one that has to be there.
    pub(super) fn table(&mut self, name: &'static str, p: &mut Problems) -> Option<Table<'t, 'a>> {
        self.required(name, p)?.table(p)
    }

    /// The fields nobody asked for, each with the byte its name begins at.
    pub(super) fn rest(&self) -> impl Iterator<Item = (usize, &'t str, Field<'t, 'a>)> {
        self.fields.not_asked().map(|(at, name, value)| {
            let path = self.path_of(name);
            (at, name, Field { value, path })
        })
    }

    /// Reports the fields nobody asked for.
    pub(super) fn end(self, p: &mut Problems) {
        for (at, _, field) in self.rest() {
            p.add(at, field.path, Problem::Unknown);
        }
    }
}

impl<'t, 'a> Field<'t, 'a> {
    /// First byte of the value.
    pub(super) fn at(&self) -> usize {
        self.value.span().start
    }

    fn wrong<T>(&self, p: &mut Problems, expected: &'static str) -> Option<T> {
        let found = self.value.get_ref().type_str();
        p.add(self.at(), self.path.clone(), Problem::Type { expected, found });
        None
    }

    pub(super) fn text(&self, p: &mut Problems) -> Option<&'t str> {
        match self.value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(text),
            Some(_) => {
                p.add(self.at(), self.path.clone(), Problem::Empty);
                None
            }
            None => self.wrong(p, "text in quotes"),
        }
    }

    pub(super) fn yes_no(&self, p: &mut Problems) -> Option<bool> {
        let value = self.value.get_ref().as_bool();
        value.or_else(|| self.wrong(p, "true or false"))
    }

    /// A whole number within limits, both inclusive.
    pub(super) fn number(&self, least: u32, most: u32, p: &mut Problems) -> Option<u32> {
        let Some(integer) = self.value.get_ref().as_integer() else {
            return self.wrong(p, "a whole number");
        };
        let fits = strict_toml::whole(integer).filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            let problem = Problem::Range { given: integer.to_string(), least, most };
            p.add(self.at(), self.path.clone(), problem);
        }
        fits
    }

    /// Text that has to parse.
    pub(super) fn parsed<T: std::str::FromStr>(&self, p: &mut Problems) -> Option<T>
    where
        T::Err: Into<Problem>,
    {
        match self.text(p)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                p.add(self.at(), self.path.clone(), T::Err::into(error));
                None
            }
        }
    }

    pub(super) fn table(&self, p: &mut Problems) -> Option<Table<'t, 'a>> {
        match self.value.get_ref().as_table() {
            Some(table) => Some(Table::new(self.at(), self.path.clone(), table)),
            None => self.wrong(p, "a table"),
        }
    }

    /// The members of a list that may be empty.
    pub(super) fn list(&self, p: &mut Problems) -> Option<Vec<Field<'t, 'a>>> {
        let Some(array) = self.value.get_ref().as_array() else {
            return self.wrong(p, "a list");
        };
        let member = |(i, value)| Field { value, path: format!("{}[{i}]", self.path) };
        Some(array.iter().enumerate().map(member).collect())
    }

    /// The members of a list that must not be empty: there no member would mean «all» or «never».
    pub(super) fn filled_list(&self, p: &mut Problems) -> Option<Vec<Field<'t, 'a>>> {
        let members = self.list(p)?;
        if members.is_empty() {
            p.add(self.at(), self.path.clone(), Problem::Empty);
        }
        Some(members)
    }
}
