//! Sheets of numbered paper copies, as entries name them.

use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What sheets of a copy show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetKind {
    /// The title sheet, which class teacher, deputy and director sign.
    Title,
    /// A subject's page; its teacher signs.
    Page,
    /// The class's attendance; the class teacher signs.
    Attendance,
    /// The class's finals; the class teacher signs.
    Finals,
    /// A blank form to be filled by hand.
    Blank,
    /// The last sheet, with the certifying inscription.
    Last,
    /// A class's summary statements; class teacher, deputy and director sign.
    Statement,
}

/// Consecutive sheets (листы) of a copy that show one thing. A sheet printed on both sides is one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetRun {
    /// The digest of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Number of the first of them in the copy, from 1.
    pub from: u32,
    /// What they show.
    pub kind: SheetKind,
    /// Which page of the journal, from 1; only of [`SheetKind::Page`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Number of the last of them.
    pub to: u32,
}

impl SheetRun {
    /// How many sheets they are.
    pub fn count(&self) -> u32 {
        self.to + 1 - self.from
    }
}

/// Consecutive sheets of a copy, from 1; written `12` or `12-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetRange {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// A text names no sheets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no sheets; write 12 or 12-14")]
pub struct SheetRangeError(String);

impl SheetRange {
    /// Whether a sheet is one of them.
    pub fn contains(self, sheet: u32) -> bool {
        (self.from..=self.to).contains(&sheet)
    }

    /// The sheets in order, neighbours joined.
    pub fn of(sheets: impl IntoIterator<Item = u32>) -> Vec<SheetRange> {
        let mut sheets: Vec<u32> = sheets.into_iter().collect();
        sheets.sort_unstable();
        let mut joined: Vec<SheetRange> = Vec::new();
        for sheet in sheets {
            match joined.last_mut() {
                Some(last) if sheet <= last.to.saturating_add(1) => last.to = sheet,
                _ => joined.push(SheetRange { from: sheet, to: sheet }),
            }
        }
        joined
    }
}

impl fmt::Display for SheetRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to == self.from {
            true => write!(f, "{}", self.from),
            false => write!(f, "{}–{}", self.from, self.to),
        }
    }
}

impl FromStr for SheetRange {
    type Err = SheetRangeError;

    fn from_str(text: &str) -> Result<Self, SheetRangeError> {
        let (from, to) = text.split_once(['-', '–']).unwrap_or((text, text));
        let number = |text: &str| text.parse::<u32>().ok().filter(|sheet| *sheet > 0);
        match (number(from), number(to)) {
            (Some(from), Some(to)) if from <= to => Ok(SheetRange { from, to }),
            _ => Err(SheetRangeError(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_named_by_their_first_and_last() {
        let range = |from, to| SheetRange { from, to };
        assert_eq!("12".parse(), Ok(range(12, 12)));
        assert_eq!("12-14".parse(), Ok(range(12, 14)));
        assert_eq!("12–14".parse(), Ok(range(12, 14)));
        for text in ["0", "14-12", "x", "", "1-2-3"] {
            assert_eq!(text.parse::<SheetRange>(), Err(SheetRangeError(text.to_owned())));
        }
        assert_eq!(range(3, 3).to_string(), "3");
        assert_eq!(SheetRange::of([7, 2, 1, 3, 2]), [range(1, 3), range(7, 7)]);
    }
}
