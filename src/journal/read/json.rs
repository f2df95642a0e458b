//! A JSON text as a tree that hides nothing: members keep their order, and one name twice stays twice.

use super::Problem;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// The largest text read, in bytes (64 MiB, INTERCHANGE).
pub const MAX_BYTES: usize = 64 << 20;

/// The most values in one text. The densest journal of [`MAX_BYTES`] has fewer; a text of bare zeros
/// has four times as many and would take a gigabyte of memory.
const MAX_VALUES: usize = 8_000_000;

/// One JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number written without fraction and exponent that fits 64 bits with sign.
    Integer(i64),
    /// Any other number, with what a double loses; nothing Letopis keeps is one.
    Fraction(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object: members as written, duplicates included.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text: UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    /// Exactly one problem, at `$`: empty, larger than [`MAX_BYTES`], not UTF-8 (with the byte, and the
    /// encoding it looks like), or no JSON (with line and column; columns count bytes). Nesting deeper
    /// than 127 levels is refused.
    pub fn read(bytes: &[u8]) -> Result<Json, Problem> {
        if bytes.len() > MAX_BYTES {
            return Err(Problem::whole("larger than 64 MiB, the most that is read from one file"));
        }
        let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(Problem::whole("the file is empty; save it from the source again"));
        }
        let values = Cell::new(0);
        let mut source = serde_json::Deserializer::from_str(text);
        let seed = Tree { values: &values };
        let json = seed.deserialize(&mut source).map_err(|e| not_json(&e))?;
        source.end().map_err(|e| not_json(&e))?;
        Ok(json)
    }

    /// «text», «a number» …: what this is, for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Json::Null => "null",
            Json::Bool(_) => "true or false",
            Json::Integer(_) => "a number",
            Json::Fraction(_) => "a number with a fraction, an exponent or too many digits",
            Json::Text(_) => "text",
            Json::List(_) => "a list",
            Json::Object(_) => "an object",
        }
    }
}

fn not_json(error: &serde_json::Error) -> Problem {
    let what = if error.is_eof() { "cut off" } else { "not valid JSON" };
    Problem::whole(format!("{what}: {error}; save it from the source again"))
}

fn not_utf8(bytes: &[u8], place: usize) -> Problem {
    let hint = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "it looks like UTF-16; save it as UTF-8"
    } else if looks_like_windows_1251(bytes) {
        "it looks like windows-1251; save it as UTF-8"
    } else {
        "save it as UTF-8"
    };
    let byte = bytes.get(place).copied().unwrap_or_default();
    Problem::whole(format!("not UTF-8 at byte {place} (0x{byte:02x}): {hint}"))
}

/// Whether nine tenths of the bytes beyond ASCII are Russian letters, quotes, dashes, «№» or no-break
/// spaces of windows-1251, with letters among them.
fn looks_like_windows_1251(bytes: &[u8]) -> bool {
    let (mut beyond, mut fitting, mut letters) = (0usize, 0usize, 0usize);
    for byte in bytes.iter().filter(|b| **b >= 0x80) {
        beyond += 1;
        match byte {
            0xc0..=0xff | 0xa8 | 0xb8 => {
                letters += 1;
                fitting += 1;
            }
            0x84 | 0x85 | 0x93 | 0x94 | 0x96 | 0x97 | 0xa0 | 0xab | 0xb9 | 0xbb => fitting += 1,
            _ => {}
        }
    }
    letters > 0 && fitting * 10 >= beyond * 9
}

struct Tree<'a> {
    values: &'a Cell<usize>,
}

impl Tree<'_> {
    fn again(&self) -> Tree<'_> {
        Tree { values: self.values }
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Json;

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > MAX_VALUES {
            return Err(D::Error::custom("more than 8,000,000 values"));
        }
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Integer(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "said in the doc comment of `Fraction`")]
    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(i64::try_from(value).map_or(Json::Fraction(value as f64), Json::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Fraction(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = source.next_element_seed(self.again())? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = source.next_key::<String>()? {
            members.push((name, source.next_value_seed(self.again())?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        Json::read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn members_keep_their_order_and_duplicates() {
        let json = Json::read(br#"{"b": 1, "a": null, "b": [2, "x", true, 0.5]}"#).unwrap();
        let list =
            vec![Json::Integer(2), Json::Text("x".into()), Json::Bool(true), Json::Fraction(0.5)];
        let members = [("b", Json::Integer(1)), ("a", Json::Null), ("b", Json::List(list))]
            .map(|(n, j)| (n.to_owned(), j));
        assert_eq!(json, Json::Object(members.into()));
    }

    #[test]
    fn a_byte_order_mark_is_accepted() {
        assert_eq!(Json::read("\u{feff}[]".as_bytes()), Ok(Json::List(vec![])));
    }

    #[test]
    fn numbers_of_nineteen_digits_stay_exact() {
        let json = Json::read(b"2111222333444555873").unwrap();
        assert_eq!(json, Json::Integer(2_111_222_333_444_555_873));
    }

    #[test]
    fn an_empty_file_is_called_empty() {
        for empty in ["", "  \n", "\u{feff}"] {
            assert!(refusal(empty.as_bytes()).contains("the file is empty"), "{empty:?}");
        }
    }

    #[test]
    fn other_encodings_are_named_with_the_byte() {
        let cp1251 = b"{\"a\": \"\xcf\xf0\xe8\xe2\xe5\xf2\"}";
        let refused = refusal(cp1251);
        assert!(refused.contains("byte 7 (0xcf)") && refused.contains("windows-1251"), "{refused}");
        let utf16: Vec<u8> = [0xff, 0xfe, b'{', 0, b'}', 0].into();
        assert!(refusal(&utf16).contains("UTF-16"));
        assert!(!refusal(b"\"\xfe\x80\x81\x82\"").contains("windows-1251"));
    }

    #[test]
    fn syntax_errors_name_line_and_column() {
        assert!(refusal(b"{\n \"a\": }").contains("line 2 column 7"));
        assert!(refusal(b"{\"a\": [1").contains("cut off"));
        assert!(refusal(b"[] []").contains("trailing characters"));
        assert!(refusal(br#""\ud800""#).contains("not valid JSON"), "half a surrogate pair");
    }

    #[test]
    fn nesting_beyond_127_levels_is_refused() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(Json::read(nested(127).as_bytes()).is_ok());
        assert!(refusal(nested(128).as_bytes()).contains("recursion limit"));
        assert!(refusal("[".repeat(1_000_000).as_bytes()).contains("recursion limit"));
    }

    #[test]
    fn too_many_values_are_refused_before_memory_runs_out() {
        let zeros = format!("[{}0]", "0,".repeat(MAX_VALUES));
        assert!(refusal(zeros.as_bytes()).contains("more than 8,000,000 values"));
    }

    #[test]
    fn more_than_64_mib_is_refused() {
        assert!(refusal(&vec![b' '; MAX_BYTES + 1]).contains("larger than 64 MiB"));
    }
}
