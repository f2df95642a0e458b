//! How names are compared and terms are told.

use chrono::NaiveDate;

/// One space between words, none at the ends.
pub(super) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `from 2025-09-01 to 2026-01-31`, `from 2025-09-01`, `to 2026-01-31`, `always`.
pub(super) fn day_range(from: Option<NaiveDate>, until: Option<NaiveDate>) -> String {
    match (from, until) {
        (Some(from), Some(until)) => format!("from {from} to {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("to {until}"),
        (None, None) => "always".to_owned(),
    }
}

/// Days from the first to the last, both inclusive; `None` is without end on that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

impl Term {
    /// Whether the day is in it.
    pub(super) fn holds(self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// Whether some day is in both.
    pub(super) fn meets(self, other: Term) -> bool {
        let begins_by = |one: Term, end: Option<NaiveDate>| match (one.from, end) {
            (Some(from), Some(end)) => from <= end,
            _ => true,
        };
        begins_by(self, other.until) && begins_by(other, self.until)
    }

    /// Whether it ends before it begins.
    pub(super) fn is_none(self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until < from)
    }
}

/// Whether files can write the day: four digits of a year (`docs/formats.md` § 0).
pub(super) fn is_written(day: NaiveDate) -> bool {
    day.to_string().len() == 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();

    fn term() -> impl Strategy<Value = Term> {
        let day = || proptest::option::of((0_u64..12).prop_map(|days| FIRST + Days::new(days)));
        let any = (day(), day()).prop_map(|(from, until)| Term { from, until });
        any.prop_filter("a term has days", |term| !term.is_none())
    }

    proptest! {
        #[test]
        fn two_terms_meet_exactly_when_a_day_is_in_both(one in term(), other in term()) {
            let mut days = (0..40).map(|days| FIRST - Days::new(14) + Days::new(days));
            let common = days.any(|day| one.holds(day) && other.holds(day));
            prop_assert_eq!(one.meets(other), common);
            prop_assert_eq!(other.meets(one), common);
        }
    }
}
