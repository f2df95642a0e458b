//! Breaking a text into lines, and finding the size it fits in.

use super::font::{Printable, Style};
use super::{Length, PaperError, Place};
use std::ops::RangeInclusive;

/// Breaks a text into lines no wider than `width`.
///
/// Lines end at spaces, and after `-` or `/` between letters and digits, but not in «2025/26». A word wider than a line is broken at
/// a letter. Nothing is lost but the spaces at line ends, and nothing is added. An empty text has no line.
///
/// # Errors
/// [`PaperError::TooNarrow`] when a single letter is wider than `width`.
pub fn wrap(
    text: &Printable,
    size: Length,
    width: Length,
    place: &Place<'_>,
) -> Result<Vec<Printable>, PaperError> {
    lines(text, size, width).ok_or_else(|| PaperError::TooNarrow {
        text: text.as_str().to_owned(),
        place: place.to_string(),
    })
}

/// A place where a line may end.
struct Break {
    /// Bytes up to the end of the line.
    end: usize,
    /// Width of everything up to there, in thousandths of the size.
    width: i64,
}

/// As [`wrap`]; `None` when a letter is too wide.
fn lines(text: &Printable, size: Length, width: Length) -> Option<Vec<Printable>> {
    let string = text.as_str();
    let limit = i64::from(width.in_thousandths()) * 1000 / i64::from(size.in_thousandths().max(1));
    let mut lines = Vec::new();
    let (mut from, mut used, mut last) = (0, 0, None::<Break>);
    let mut before = ' ';
    let mut letters = string.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let advance = i64::from(text.advance(letter));
        while letter != ' ' && used + advance > limit {
            let end = match last.take() {
                Some(last) => {
                    used -= last.width;
                    last.end
                }
                None if at == from => return None,
                None => {
                    used = 0;
                    at
                }
            };
            push(&mut lines, text, from, end);
            from = end;
        }
        used += advance;
        let end = at + letter.len_utf8();
        let next = letters.peek().map_or(' ', |&(_, next)| next);
        if letter == ' ' || is_joint(before, letter, next) {
            last = Some(Break { end, width: used });
        }
        before = letter;
    }
    push(&mut lines, text, from, string.len());
    Some(lines)
}

fn push(lines: &mut Vec<Printable>, text: &Printable, from: usize, to: usize) {
    let line = text.cut(from, to);
    if !line.as_str().is_empty() {
        lines.push(line);
    }
}

/// Whether a line may end after `letter`.
fn is_joint(before: char, letter: char, next: char) -> bool {
    let fraction = letter == '/' && before.is_ascii_digit() && next.is_ascii_digit();
    matches!(letter, '-' | '/' | '\u{2010}' | '–' | '—')
        && before.is_alphanumeric()
        && next.is_alphanumeric()
        && !fraction
}

/// Sizes are tried in steps of a quarter point.
const STEP: Length = Length::thousandths(250);

/// The largest size within bounds, in whole steps of a quarter point below the upper bound, at which a text
/// stands on one line of `width`. `None`: not even the least fits.
pub fn fit_line(text: &Printable, width: Length, sizes: RangeInclusive<Length>) -> Option<Length> {
    let units = text.units();
    sized(sizes, |size| size.part(units, 1000) <= width)
}

/// The largest size within bounds at which a text, wrapped, stands within a box, with its lines.
/// `None`: not even the least fits.
pub fn fit_box(
    text: &Printable,
    width: Length,
    height: Length,
    sizes: RangeInclusive<Length>,
) -> Option<(Length, Vec<Printable>)> {
    let mut found = None;
    let size = sized(sizes, |size| {
        let leading = Style::new(text.face(), size).leading();
        found = lines(text, size, width).filter(|lines| leading * lines.len() as i32 <= height);
        found.is_some()
    })?;
    found.map(|lines| (size, lines))
}

fn sized(sizes: RangeInclusive<Length>, mut fits: impl FnMut(Length) -> bool) -> Option<Length> {
    let (least, mut size) = (*sizes.start(), *sizes.end());
    loop {
        if fits(size) {
            return Some(size);
        }
        if size <= least {
            return None;
        }
        size = (size - STEP).max(least);
    }
}
