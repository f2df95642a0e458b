//! TOML files a school may adapt, read strictly: a broken text is refused before anything is looked at,
//! every field is asked for by name, and what nobody asked for can be told with its place.
//!
//! A place is a byte of the text; [`line`] makes a line of it. What is wrong with a value, and how that is
//! said, is each file's own affair: file plans and regulations have their own problems and messages.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
pub(crate) type Value<'a> = Spanned<DeValue<'a>>;

/// The text as a table.
///
/// # Errors
/// Everything that is no TOML, each with its place. What was recovered from a broken text is not given:
/// it would bring problems of its own that are none.
pub(crate) fn parse(text: &str) -> Result<DeTable<'_>, Vec<(usize, String)>> {
    let (root, broken) = DeTable::parse_recoverable(text);
    if broken.is_empty() {
        return Ok(root.into_inner());
    }
    let place = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    Err(broken.iter().map(|error| (place(error), error.message().to_owned())).collect())
}

/// The line a byte stands in, from 1.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// A whole number as it is written, of any radix; `None` when it does not fit into 32 bits.
pub(crate) fn whole(integer: &toml::de::DeInteger<'_>) -> Option<u32> {
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A table, and which of its fields were asked for.
pub(crate) struct Fields<'t, 'a> {
    at: usize,
    table: &'t DeTable<'a>,
    asked: Vec<&'static str>,
}

impl<'t, 'a> Fields<'t, 'a> {
    /// The fields of a table that begins at a byte.
    pub fn new(at: usize, table: &'t DeTable<'a>) -> Self {
        Fields { at, table, asked: Vec::new() }
    }

    /// First byte of the table's heading: where a missing field is told.
    pub fn at(&self) -> usize {
        self.at
    }

    /// A field's value. Asked for once, it is no longer among those nobody asked for.
    pub fn ask(&mut self, name: &'static str) -> Option<&'t Value<'a>> {
        self.asked.push(name);
        self.table.get(name)
    }

    /// The fields nobody asked for: where the name begins, the name, the value.
    pub fn not_asked(&self) -> impl Iterator<Item = (usize, &'t str, &'t Value<'a>)> {
        let fields = self.table.iter().map(|(key, value)| (key, key.get_ref().as_ref(), value));
        let left = fields.filter(|(_, name, _)| !self.asked.contains(name));
        left.map(|(key, name, value)| (key.span().start, name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_text_gives_only_what_is_broken_with_its_line() {
        let text = "a = 1\nb = = 2\n[c]\n";
        let broken = parse(text).unwrap_err();
        assert_eq!(line(text, broken[0].0), 2);
        assert!(parse("a = 1\na = 2\n").is_err(), "one field twice");
    }

    #[test]
    fn fields_nobody_asked_for_are_told_with_the_place_of_their_name() {
        let text = "a = 1\nb = 2\n\nc = 3\n";
        let table = parse(text).unwrap();
        let mut fields = Fields::new(0, &table);
        assert!(fields.ask("b").is_some() && fields.ask("d").is_none());
        let left: Vec<_> = fields.not_asked().map(|(at, name, _)| (line(text, at), name)).collect();
        assert_eq!(left, [(1, "a"), (4, "c")]);
    }

    #[test]
    fn whole_numbers_have_any_radix_and_fit_into_32_bits() {
        for (text, number) in [
            ("n = 0x1F", Some(31)),
            ("n = 1_000", Some(1000)),
            ("n = -1", None),
            ("n = 99999999999", None),
        ] {
            let table = parse(text).unwrap();
            let integer = table.get("n").unwrap().get_ref().as_integer().unwrap().clone();
            assert_eq!(whole(&integer), number, "{text}");
        }
    }
}
