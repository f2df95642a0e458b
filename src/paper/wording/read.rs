//! A form's struct from its TOML text.

use super::problem::{Problem, WordingProblem};
use super::text::{Fault, Text, Values, plain};
use crate::strict_toml::{self, Fields, Value};

/// Makes a struct of strings the values of a text.
macro_rules! values {
    ($(#[$doc:meta])* pub struct $name:ident { $($(#[$field_doc:meta])* $field:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: String,)*
        }

        impl $crate::paper::wording::Values for $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),*];

            fn value(&self, place: usize) -> &str {
                [$(self.$field.as_str()),*][place]
            }
        }
    };
}

/// Makes a struct read from a table: each field is required, and there are no others.
macro_rules! form {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::paper::wording::read::FromField for $name {
            fn from_field(
                field: &$crate::paper::wording::read::Field<'_, '_>,
                p: &mut $crate::paper::wording::read::Problems<'_>,
            ) -> Option<Self> {
                let table = field.table(p)?;
                $crate::paper::wording::read::FromTable::from_table(table, p)
            }
        }

        impl $crate::paper::wording::read::FromTable for $name {
            fn from_table(
                mut table: $crate::paper::wording::read::Table<'_, '_>,
                p: &mut $crate::paper::wording::read::Problems<'_>,
            ) -> Option<Self> {
                // Everything is read before giving up, so that all problems are noted.
                $(let $field = table.required(stringify!($field), p);)*
                table.end(p);
                Some($name { $($field: $field?,)* })
            }
        }
    };
}

/// Makes an enum read from a word of a fixed few.
macro_rules! word {
    ($(#[$doc:meta])* pub enum $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $crate::paper::wording::read::FromField for $name {
            fn from_field(
                field: &$crate::paper::wording::read::Field<'_, '_>,
                p: &mut $crate::paper::wording::read::Problems<'_>,
            ) -> Option<Self> {
                field.word(&[$(($word, $name::$variant)),*], p)
            }
        }
    };
}

/// Reads a file's text.
pub(super) fn read<T: FromTable>(text: &str, p: &mut Problems) -> Option<T> {
    match strict_toml::parse(text) {
        Ok(root) => {
            let fields = Fields::new(0, &root);
            T::from_table(Table { path: String::new(), fields }, p)
        }
        Err(broken) => {
            for (at, what) in broken {
                p.add(at, String::new(), Problem::Syntax(what));
            }
            None
        }
    }
}

/// What is read from a table: a form, or a part of one.
pub(super) trait FromTable: Sized {
    /// What is wrong is noted.
    fn from_table(table: Table<'_, '_>, p: &mut Problems<'_>) -> Option<Self>;
}

/// What is read from a value.
pub(super) trait FromField: Sized {
    /// What is wrong is noted.
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self>;
}

impl<V: Values> FromField for Text<V> {
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self> {
        field.template(Text::read, p)
    }
}

impl FromField for String {
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self> {
        field.template(plain, p)
    }
}

impl FromField for bool {
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self> {
        let value = field.value.get_ref().as_bool();
        value.or_else(|| field.wrong("true or false", p))
    }
}

impl<T: FromField> FromField for Vec<T> {
    fn from_field(field: &Field<'_, '_>, p: &mut Problems<'_>) -> Option<Self> {
        let Some(array) = field.value.get_ref().as_array() else {
            return field.wrong("a list", p);
        };
        if array.is_empty() {
            p.add(field.at(), field.path.clone(), Problem::Empty);
        }
        let member = |(i, value)| Field { value, path: format!("{}[{i}]", field.path) };
        let read: Vec<Option<T>> =
            array.iter().enumerate().map(member).map(|f| T::from_field(&f, p)).collect();
        read.into_iter().collect()
    }
}

/// Where problems gather while a file is read.
pub(super) struct Problems<'a> {
    file: &'a str,
    text: &'a str,
    found: Vec<WordingProblem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Problems { file, text, found: Vec::new() }
    }

    fn add(&mut self, at: usize, field: String, problem: Problem) {
        let line = strict_toml::line(self.text, at);
        self.found.push(WordingProblem { file: self.file.to_owned(), line, field, problem });
    }

    /// All problems in the order of the file.
    pub(super) fn into_sorted(mut self) -> Vec<WordingProblem> {
        self.found.sort_by_key(|p| p.line);
        self.found
    }
}

/// A table being read.
pub(super) struct Table<'t, 'a> {
    path: String,
    fields: Fields<'t, 'a>,
}

impl Table<'_, '_> {
    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// A field that has to be there.
    pub(super) fn required<T: FromField>(
        &mut self,
        name: &'static str,
        p: &mut Problems<'_>,
    ) -> Option<T> {
        let path = self.path_of(name);
        match self.fields.ask(name) {
            Some(value) => T::from_field(&Field { value, path }, p),
            None => {
                p.add(self.fields.at(), path, Problem::Missing);
                None
            }
        }
    }

    /// Notes the fields nobody asked for.
    pub(super) fn end(self, p: &mut Problems<'_>) {
        for (at, name, _) in self.fields.not_asked() {
            p.add(at, self.path_of(name), Problem::Unknown);
        }
    }
}

/// A value with its place in the file.
pub(super) struct Field<'t, 'a> {
    value: &'t Value<'a>,
    path: String,
}

impl<'t, 'a> Field<'t, 'a> {
    /// The table this is.
    pub(super) fn table(&self, p: &mut Problems<'_>) -> Option<Table<'t, 'a>> {
        let Some(table) = self.value.get_ref().as_table() else {
            return self.wrong("a table", p);
        };
        Some(Table { path: self.path.clone(), fields: Fields::new(self.at(), table) })
    }

    fn at(&self) -> usize {
        self.value.span().start
    }

    fn wrong<T>(&self, expected: &'static str, p: &mut Problems<'_>) -> Option<T> {
        let found = self.value.get_ref().type_str();
        p.add(self.at(), self.path.clone(), Problem::Type { expected, found });
        None
    }

    fn text(&self, p: &mut Problems<'_>) -> Option<&'t str> {
        match self.value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                p.add(self.at(), self.path.clone(), Problem::Empty);
                None
            }
            Some(text) => Some(text),
            None => self.wrong("text in quotes", p),
        }
    }

    fn template<T>(
        &self,
        read: impl Fn(&str) -> Result<T, Vec<Fault>>,
        p: &mut Problems<'_>,
    ) -> Option<T> {
        let text = self.text(p)?;
        match read(text.trim()) {
            Ok(read) => Some(read),
            Err(faults) => {
                for (at, problem) in faults {
                    p.add(self.place_of(text.trim(), at, p.text), self.path.clone(), problem);
                }
                None
            }
        }
    }

    /// The byte of the file where the brace at byte `at` of the value stands.
    fn place_of(&self, value: &str, at: usize, file: &str) -> usize {
        let span = self.value.span();
        let raw = &file[span.clone()];
        // Escapes shift bytes, so the brace is counted among the braces; an escape that itself is one
        // (\u007B) can only move the place within the value.
        let is_brace = |c: char| c == '{' || c == '}';
        let before = value[..at].matches(is_brace).count();
        let place = raw.match_indices(is_brace).nth(before).map(|(place, _)| place);
        span.start + place.unwrap_or(0)
    }

    pub(super) fn word<T: Copy>(&self, known: &[(&str, T)], p: &mut Problems<'_>) -> Option<T> {
        let given = self.text(p)?;
        let found = known.iter().find(|(word, _)| *word == given).map(|(_, value)| *value);
        if found.is_none() {
            let known = known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            let problem = Problem::Word { given: given.to_owned(), known };
            p.add(self.at(), self.path.clone(), problem);
        }
        found
    }
}
