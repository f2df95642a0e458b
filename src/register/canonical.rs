//! Canonical JSON (RFC 8785) of entries.

use serde_json::Value;

/// Integers from here on are not exact in every JSON reader (RFC 8785 § 3.2.2.3, RFC 7493 § 2.2).
const LIMIT: u64 = 1 << 53;

/// The canonical text of a value: members sorted by the UTF-16 units of their names (RFC 8785
/// § 3.2.3), no white space. Canonical for values that [`is_plain`].
pub(super) fn write(value: &Value) -> Vec<u8> {
    let mut text = Vec::new();
    write_to(value, &mut text);
    text
}

fn write_to(value: &Value, text: &mut Vec<u8>) {
    match value {
        Value::Array(items) => {
            text.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(b',');
                }
                write_to(item, text);
            }
            text.push(b']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            text.push(b'{');
            for (i, (name, member)) in members.into_iter().enumerate() {
                if i > 0 {
                    text.push(b',');
                }
                write_string(name, text);
                text.push(b':');
                write_to(member, text);
            }
            text.push(b'}');
        }
        Value::String(string) => write_string(string, text),
        // serde_json escapes strings and writes integers just as RFC 8785 § 3.2.2 wants them.
        Value::Null | Value::Bool(_) | Value::Number(_) => {
            text.extend_from_slice(value.to_string().as_bytes());
        }
    }
}

fn write_string(string: &str, text: &mut Vec<u8>) {
    text.extend_from_slice(Value::from(string).to_string().as_bytes());
}

/// Whether a value has nothing that `docs/formats.md` § 0 keeps out: no `null`, no fractional number,
/// no integer of 2^53 or more.
pub(super) fn is_plain(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::String(_) => true,
        Value::Number(n) => n.as_i64().map(i64::unsigned_abs).is_some_and(|n| n < LIMIT),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(members) => members.values().all(is_plain),
    }
}

/// Whether a text says all that was written anew from what was read of it, in the same way; it may say
/// more, in members the reader does not know.
pub(super) fn holds(text: &Value, anew: &Value) -> bool {
    match (text, anew) {
        (Value::Object(text), Value::Object(anew)) => {
            anew.iter().all(|(name, anew)| text.get(name).is_some_and(|text| holds(text, anew)))
        }
        (Value::Array(text), Value::Array(anew)) => {
            text.len() == anew.len() && text.iter().zip(anew).all(|(text, anew)| holds(text, anew))
        }
        _ => text == anew,
    }
}
