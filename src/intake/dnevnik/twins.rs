//! Numeric ids beside their texts: `"id": 2111222333444555800, "id_str": "2111222333444555873"`.
//!
//! The e-journal answers with both spelling the same digits. Where they do not, some program has read the
//! answer and written it again, and nothing else in the file is sure to be what the e-journal said.

use super::fields::folded;
use crate::journal::read::{At, Json, Path, Walk};
use std::collections::HashMap;

/// How many differing ids of one file are shown; all others are counted.
const SHOWN: usize = 3;

/// The API's names are shorter; of a longer one no more is shown.
const MAX_NAME: usize = 40;

/// The longest id has 19 digits; no more of a wrong text is shown than tells that it is wrong.
const SHOWN_CHARS: usize = 24;

/// Notes numeric ids whose text twin spells other digits, anywhere in a value: the first few, then how
/// many more there are. Lists are compared item by item (`parentIds`, `parentIds_str`).
///
/// A number with fraction or exponent spells no id, nor does one beyond 64 bits with sign, the API's type
/// of ids. An empty text counts as absent.
pub(super) fn compare(walk: &mut Walk, at: At<'_>) {
    let mut twins = Twins { walk, differing: 0 };
    twins.value(at);
    let more = twins.differing.saturating_sub(SHOWN);
    if more > 0 {
        walk.note(at.path, format!("and {more} more ids that differ from their texts"));
    }
}

struct Twins<'w> {
    walk: &'w mut Walk,
    differing: usize,
}

impl Twins<'_> {
    fn value(&mut self, at: At<'_>) {
        match at.json {
            Json::List(items) => items.iter().enumerate().for_each(|(n, json)| {
                self.value(At { json, path: &Path::Item(at.path, n) });
            }),
            Json::Object(members) => self.object(members, at.path),
            _ => {}
        }
    }

    fn object(&mut self, members: &[(String, Json)], path: &Path<'_>) {
        let texts = texts(members);
        for (name, json) in members {
            let at = At { json, path: &Path::Member(path, name) };
            let twin = if texts.is_empty() { None } else { texts.get(&folded(name)) };
            if let Some((own, text)) = twin {
                self.pair(at, own, text);
            }
            self.value(at);
        }
    }

    fn pair(&mut self, at: At<'_>, twin: &str, text: &Json) {
        let (Json::List(numbers), Json::List(texts)) = (at.json, text) else {
            return self.digits(at, twin, text);
        };
        let numeric = numbers.iter().any(|n| matches!(n, Json::Integer(_) | Json::Fraction(_)));
        if numeric && numbers.len() != texts.len() {
            let (here, there) = (numbers.len(), texts.len());
            self.differs(at.path, || {
                format!(
                    "has {here} items, but {twin} has {there}: the file is no longer what the \
                     e-journal answered; save the raw answer"
                )
            });
        }
        for (n, (json, text)) in numbers.iter().zip(texts).enumerate() {
            self.digits(At { json, path: &Path::Item(at.path, n) }, twin, text);
        }
    }

    fn digits(&mut self, at: At<'_>, twin: &str, text: &Json) {
        let Json::Text(text) = text else { return };
        let number = match at.json {
            Json::Integer(number) if number.to_string() == *text => return,
            Json::Integer(number) => number.to_string(),
            Json::Fraction(number) => format!("{number:e}"),
            _ => return,
        };
        if !text.is_empty() {
            let text: String = text.chars().take(SHOWN_CHARS).collect();
            self.differs(at.path, || {
                format!(
                    "is {number}, but {twin} is {text:?}: the file was saved again by a program that \
                     rounds long numbers (a browser, Excel, JavaScript), so what it shows is no longer \
                     what the e-journal answered; save the raw answer"
                )
            });
        }
    }

    fn differs(&mut self, path: &Path<'_>, reason: impl FnOnce() -> String) {
        self.differing += 1;
        if self.differing <= SHOWN {
            self.walk.note(path, reason());
        }
    }
}

/// The members that are texts of others, with their own names, by the folded name of the other.
fn texts(members: &[(String, Json)]) -> HashMap<String, (String, &Json)> {
    let mut texts = HashMap::new();
    for (name, json) in members.iter().filter(|(_, j)| matches!(j, Json::Text(_) | Json::List(_))) {
        if let Some(other) = folded(name).strip_suffix("str") {
            let own = name.chars().take(MAX_NAME).flat_map(char::escape_debug).collect();
            texts.entry(other.to_owned()).or_insert((own, json));
        }
    }
    texts
}
