//! Canonical JSON (RFC 8785) written member by member, straight into the text it becomes part of.
//!
//! A record holds thousands of small texts, and verification writes all of them anew; so each is
//! written once, into the buffer it is compared or hashed in. Whoever writes an object gives its
//! members in the order of their names. Tests hold the texts against an independent canonicalizer.

use super::salt::Salt;
use crate::digest::{Digest, written};
use crate::journal::{Absence, ClassName, FinalKind, Mark, MovementKind, PeriodId, PupilId};
use chrono::{Datelike as _, NaiveDate};

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Canonical(pub(super) Vec<u8>);

/// What can stand for a member or in a list.
pub(super) trait Value {
    fn write(&self, text: &mut Canonical);
}

impl Canonical {
    /// `{…}` with these members.
    pub(super) fn object(&mut self, members: impl FnOnce(&mut Canonical)) {
        self.0.push(b'{');
        members(self);
        self.close(b'}');
    }

    /// A member of the object that is being written.
    #[inline]
    pub(super) fn put(&mut self, name: &'static str, value: impl Value) {
        self.name(name);
        value.write(self);
        self.0.push(b',');
    }

    /// A member that is left out when there is nothing to say.
    #[inline]
    pub(super) fn put_some(&mut self, name: &'static str, value: Option<impl Value>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }

    /// A list member, each item written by `write`.
    #[inline]
    pub(super) fn put_list<T>(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Canonical, T),
    ) {
        self.name(name);
        self.0.push(b'[');
        for item in items {
            write(self, item);
            self.0.push(b',');
        }
        self.close(b']');
        self.0.push(b',');
    }

    /// A list member of objects, the members of each written by `members`.
    #[inline]
    pub(super) fn put_objects<T>(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = T>,
        mut members: impl FnMut(&mut Canonical, T),
    ) {
        self.put_list(name, items, |text, item| text.object(|text| members(text, item)));
    }

    #[inline]
    fn name(&mut self, name: &'static str) {
        self.0.push(b'"');
        self.0.extend_from_slice(name.as_bytes());
        self.0.extend_from_slice(b"\":");
    }

    /// Ends a list or object: every item in it left a comma behind it.
    #[inline]
    fn close(&mut self, bracket: u8) {
        match self.0.last_mut() {
            Some(last) if *last == b',' => *last = bracket,
            _ => self.0.push(bracket),
        }
    }

    /// Characters that need no escape, in quotes.
    #[inline]
    fn plain(&mut self, text: &[u8]) {
        self.0.push(b'"');
        self.0.extend_from_slice(text);
        self.0.push(b'"');
    }

    fn by_serde(&mut self, value: &impl serde::Serialize) {
        serde_json::to_writer(&mut self.0, value).expect("writing a word to memory cannot fail");
    }
}

impl Value for &str {
    #[inline]
    fn write(&self, text: &mut Canonical) {
        // Without a branch for each byte the compiler looks at many at once.
        let escaped = |b: u8| b < 0x20 || b == b'"' || b == b'\\';
        if self.bytes().fold(false, |any, b| any | escaped(b)) {
            text.by_serde(self);
        } else {
            text.plain(self.as_bytes());
        }
    }
}

impl Value for &String {
    #[inline]
    fn write(&self, text: &mut Canonical) {
        self.as_str().write(text);
    }
}

impl Value for NaiveDate {
    fn write(&self, text: &mut Canonical) {
        let Ok(year @ 0..=9999) = u32::try_from(self.year()) else { return text.by_serde(self) };
        let mut date = *b"0000-00-00";
        let digits = [
            (0, year / 1000),
            (1, year / 100),
            (2, year / 10),
            (3, year),
            (5, self.month() / 10),
            (6, self.month()),
            (8, self.day() / 10),
            (9, self.day()),
        ];
        for (place, number) in digits {
            date[place] += (number % 10) as u8;
        }
        text.plain(&date);
    }
}

impl Value for Digest {
    fn write(&self, text: &mut Canonical) {
        text.plain(written(self.as_bytes(), &mut [0; 64]).as_bytes());
    }
}

impl Value for Salt {
    fn write(&self, text: &mut Canonical) {
        text.plain(written(self.as_bytes(), &mut [0; 32]).as_bytes());
    }
}

impl Value for &Absence {
    fn write(&self, text: &mut Canonical) {
        self.0.as_str().write(text);
    }
}

impl Value for &PupilId {
    fn write(&self, text: &mut Canonical) {
        self.as_str().write(text);
    }
}

impl Value for &ClassName {
    fn write(&self, text: &mut Canonical) {
        self.as_str().write(text);
    }
}

/// The marks of a cell.
impl Value for &[Mark] {
    fn write(&self, text: &mut Canonical) {
        text.0.push(b'[');
        for mark in *self {
            text.object(|text| {
                text.put("value", &mark.value);
                text.put_some("weight", mark.weight.as_ref());
                text.put_some("work", mark.work.as_ref());
            });
            text.0.push(b',');
        }
        text.close(b']');
    }
}

/// A value that serde writes as RFC 8785 has it: its fields are declared in the order of their names.
pub(super) struct Whole<'a, T>(pub(super) &'a T);

impl<T: serde::Serialize> Value for Whole<'_, T> {
    fn write(&self, text: &mut Canonical) {
        text.by_serde(self.0);
    }
}

macro_rules! by_serde {
    ($($value:ty),*) => {
        $(impl Value for $value {
            fn write(&self, text: &mut Canonical) {
                text.by_serde(self);
            }
        })*
    };
}

by_serde!(u32, usize, PeriodId, FinalKind, MovementKind);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(value: impl Value) -> String {
        let mut text = Canonical::default();
        value.write(&mut text);
        String::from_utf8(text.0).unwrap()
    }

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_writes_it(value in any::<String>()) {
            prop_assert_eq!(text(&value), serde_json::to_string(&value).unwrap());
        }

        #[test]
        fn a_date_of_any_year_is_written_as_serde_writes_it(days in -4_000_000..4_000_000) {
            let date = NaiveDate::from_epoch_days(days).unwrap();
            prop_assert_eq!(text(date), serde_json::to_string(&date).unwrap());
        }

        #[test]
        fn marks_are_written_as_serde_writes_them(
            marks in proptest::collection::vec(any::<(String, Option<String>, Option<String>)>(), 0..4),
        ) {
            let mark = |(value, weight, work)| Mark { value, weight, work };
            let marks: Vec<Mark> = marks.into_iter().map(mark).collect();
            prop_assert_eq!(text(&marks[..]), serde_json::to_string(&marks).unwrap());
        }
    }

    #[test]
    fn empty_lists_and_objects_are_written_and_members_without_a_value_are_not() {
        let mut text = Canonical::default();
        text.object(|text| {
            text.put_objects("a", [0u32; 0], |_, _| {});
            text.put_list("b", ["{", ","], |text, item| item.write(text));
            text.put_some("c", None::<&str>);
            text.put_objects("d", [7u32, 8], |text, n| text.put("n", n));
            text.put_objects("e", [()], |_, ()| {});
        });
        let expected = r#"{"a":[],"b":["{",","],"d":[{"n":7},{"n":8}],"e":[{}]}"#;
        assert_eq!(String::from_utf8(text.0).unwrap(), expected);
    }
}
