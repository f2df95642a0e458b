//! Numbered paper copies and their sheets, as entries name them.

use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// The number of a paper copy (бумажный экземпляр): 1 and up through the whole archive. A number is
/// never used twice, nor is one that an interrupted run left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CopyNumber(NonZeroU32);

/// A text is no number of a copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no number of a paper copy; write it like 17")]
pub struct CopyNumberError(String);

impl CopyNumber {
    /// The first copy of an archive.
    pub const FIRST: CopyNumber = CopyNumber(NonZeroU32::MIN);

    /// The copy this many numbers further; `None` after 4,294,967,295.
    pub fn plus(self, numbers: u32) -> Option<CopyNumber> {
        self.0.checked_add(numbers).map(CopyNumber)
    }
}

impl fmt::Display for CopyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for CopyNumber {
    type Err = CopyNumberError;

    fn from_str(text: &str) -> Result<Self, CopyNumberError> {
        let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        number.map(CopyNumber).ok_or_else(|| CopyNumberError(text.to_owned()))
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_number_is_a_number_from_1() {
        assert_eq!("17".parse::<CopyNumber>().unwrap().to_string(), "17");
        for text in ["0", "", "+7", "-1", "1.0", "4294967296", "№ 7"] {
            assert_eq!(text.parse::<CopyNumber>(), Err(CopyNumberError(text.to_owned())));
        }
        assert_eq!(CopyNumber::FIRST.plus(16), "17".parse().ok());
        assert_eq!(CopyNumber::FIRST.plus(u32::MAX), None);
    }
}
