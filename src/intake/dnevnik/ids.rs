//! Ids of Дневник.ру: up to 19 digits, believed only when they are text.
//!
//! A number of more than 15 digits does not survive JavaScript, Excel or any other program that keeps
//! numbers as doubles: a dump saved again by one has two subgroups with one `id`. Beside every `id` the
//! API therefore gives `id_str`, and only texts are read as ids. A dump is refused
//!
//! * where a number and its text do not spell the same digits (`twins`);
//! * where a text is missing or is no plain number («2.11E+18»);
//! * where two things share one text;
//! * when the texts of a file were themselves made from rounded numbers ([`all_rounded`]).

use std::fmt;
use std::str::FromStr;

/// An id, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(u64);

/// The text is not 1–20 digits without leading zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no id: an id is written in digits only")]
pub(super) struct NoId;

impl FromStr for Id {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Id, NoId> {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let leading = text.len() > 1 && text.starts_with('0');
        if !digits || leading {
            return Err(NoId);
        }
        text.parse().map(Id).map_err(|_| NoId)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Id {
    /// A number believed as an id: at most 15 digits, which doubles and Excel keep. Only for things
    /// for which the API gives no text: kinds of work, and teachers in its older spelling.
    pub fn of_small_number(number: i64) -> Option<Id> {
        let small = u64::try_from(number).ok()?;
        (small < 1_000_000_000_000_000).then_some(Id(small))
    }

    /// Whether a double would have given this very number: printed in full it is a multiple of a power of
    /// two, printed by JavaScript (17 digits at most) or Excel (15) it ends in zeros.
    fn looks_rounded(self) -> bool {
        let digits = self.to_string().len();
        let beyond = u32::try_from(digits).unwrap_or(u32::MAX).saturating_sub(17);
        let ends_in_zeros = self.0.is_multiple_of(10u64.saturating_pow(beyond));
        #[expect(clippy::cast_precision_loss, reason = "the loss is what is looked for")]
        let as_double = self.0 as f64;
        ends_in_zeros || format!("{as_double:.0}") == self.0.to_string()
    }
}

/// Whether the ids of one file are the work of a program that rounds.
///
/// Of true ids one in a hundred ends in two zeros and one in 256 is a double: four different ones that
/// all do are no chance (1 in 10⁷). Ids below 18 digits tell nothing.
pub(super) fn all_rounded(ids: impl IntoIterator<Item = Id>) -> bool {
    let long = |id: &Id| id.0 >= 100_000_000_000_000_000;
    let mut different: Vec<Id> = ids.into_iter().filter(long).collect();
    different.sort_unstable();
    different.dedup();
    different.len() >= 4 && different.into_iter().all(Id::looks_rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(texts: &[&str]) -> Vec<Id> {
        texts.iter().map(|t| t.parse().unwrap()).collect()
    }

    #[test]
    fn an_id_is_digits_and_exact() {
        let id: Id = "2111222333444555873".parse().unwrap();
        assert_eq!(id.to_string(), "2111222333444555873");
        for text in ["", "2.1e18", "-5", "007", "99999999999999999999", "x"] {
            assert_eq!(text.parse::<Id>(), Err(NoId), "{text}");
        }
    }

    #[test]
    fn ids_that_went_through_javascript_excel_or_a_double_are_noticed() {
        let javascript = ["2111222333444555800", "2111222333444556000", "2264000000000002000"];
        for (fourth, rounded) in [("2264200000000000500", true), ("2264200000000000501", false)] {
            let texts = [&javascript[..], &[fourth]].concat();
            assert_eq!(all_rounded(ids(&texts)), rounded, "{fourth}");
        }
        let doubles: Vec<String> = [
            2111222333444555873_u64,
            2264000000000001234,
            2264200000000001111,
            2263000000000000777,
        ]
        .map(|n| format!("{:.0}", n as f64))
        .into();
        assert!(all_rounded(doubles.iter().map(|t| t.parse().unwrap())));
    }

    #[test]
    fn few_or_short_ids_are_not_suspected() {
        assert!(!all_rounded(ids(&["2263000000000000000"; 9])), "one id, nine times");
        assert!(!all_rounded(ids(&["100", "200", "300", "400", "500"])));
    }
}
