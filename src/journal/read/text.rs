//! What text may hold.

use super::walk::{At, Object, Walk};

/// Text of one line: no control characters.
fn line(walk: &mut Walk, at: At<'_>) -> Option<String> {
    let text = walk.text(at)?;
    refuse_controls(walk, at, text, |_| false)?;
    Some(text.to_owned())
}

/// Text of several lines: `\n` and `\t` may stand in it; `\r\n` and `\r` become `\n`.
fn lines(walk: &mut Walk, at: At<'_>) -> Option<String> {
    let text = walk.text(at)?.replace("\r\n", "\n").replace('\r', "\n");
    refuse_controls(walk, at, &text, |c| c == '\n' || c == '\t')?;
    Some(text)
}

fn refuse_controls(
    walk: &mut Walk,
    at: At<'_>,
    text: &str,
    allowed: impl Fn(char) -> bool,
) -> Option<()> {
    match text.chars().find(|c| c.is_control() && !allowed(*c)) {
        Some(c) => {
            let code = u32::from(c);
            walk.note(at.path, format!("holds the control character U+{code:04X}; remove it"));
            None
        }
        None => Some(()),
    }
}

/// One line that says something: not only white space.
pub(super) fn filled(walk: &mut Walk, at: At<'_>) -> Option<String> {
    let text = line(walk, at)?;
    if text.trim().is_empty() {
        walk.note(at.path, "is empty");
        return None;
    }
    Some(text)
}

/// One line that may be absent; an empty one counts as absent.
pub(super) fn optional_line(walk: &mut Walk, object: Object<'_>, name: &str) -> Option<String> {
    walk.optional(object, name, line).filter(|text| !text.is_empty())
}

/// Several lines that may be absent; empty ones count as absent.
pub(super) fn optional_lines(walk: &mut Walk, object: Object<'_>, name: &str) -> Option<String> {
    walk.optional(object, name, lines).filter(|text| !text.is_empty())
}
