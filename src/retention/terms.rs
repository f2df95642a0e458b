//! Until when something is kept, as a pure function.

use crate::journal::SchoolYear;
use chrono::{Days, NaiveDate};

/// How long a class of the file plan is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Full calendar years; file plans have 1–100.
    Years(u16),
    /// Постоянно.
    Permanent,
}

/// The term of one record or document in days, local to the school. Both are absent when it is kept for
/// ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The last day it must be kept.
    pub through: Option<NaiveDate>,
    /// The day after: an act of destruction may name it from here on.
    pub may_be_destroyed_from: Option<NaiveDate>,
}

/// How long a record is kept. The term counts from 1 January after the end of its school year, whatever
/// day it was sealed, so that all records of a year and class end together: every journal of 2024-25
/// kept 5 years is kept through 31 December 2030 («с 1 января года, следующего за годом окончания дела
/// делопроизводством»; the year of closing is the one in which the school year ended).
pub fn kept_record(year: SchoolYear, term: Term) -> Kept {
    kept(year.last(), term)
}

/// How long a document is kept whose register entry is of this calendar year (UTC, as in its path). The
/// term counts from 1 January of the next one.
pub fn kept_document(calendar_year: i32, term: Term) -> Kept {
    kept(calendar_year, term)
}

/// A year beyond the calendar (262142) never comes: that is kept for ever, too.
fn kept(closed: i32, term: Term) -> Kept {
    let may_be_destroyed_from = match term {
        Term::Permanent => None,
        Term::Years(years) => {
            let first_free = closed.saturating_add(i32::from(years)).saturating_add(1);
            NaiveDate::from_ymd_opt(first_free, 1, 1)
        }
    };
    let through = may_be_destroyed_from.and_then(|day| day.checked_sub_days(Days::new(1)));
    Kept { through, may_be_destroyed_from }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike as _;
    use proptest::prelude::*;

    fn days(kept: Kept) -> (String, String) {
        let text = |day: Option<NaiveDate>| day.map_or("—".to_owned(), |day| day.to_string());
        (text(kept.through), text(kept.may_be_destroyed_from))
    }

    fn year(text: &str) -> SchoolYear {
        text.parse().unwrap()
    }

    /// School year; journals of 5 years kept through, free from; statements of 25 years likewise.
    const TABLE: [[&str; 5]; 46] = [
        ["2015-16", "2021-12-31", "2022-01-01", "2041-12-31", "2042-01-01"],
        ["2016-17", "2022-12-31", "2023-01-01", "2042-12-31", "2043-01-01"],
        ["2017-18", "2023-12-31", "2024-01-01", "2043-12-31", "2044-01-01"],
        ["2018-19", "2024-12-31", "2025-01-01", "2044-12-31", "2045-01-01"],
        ["2019-20", "2025-12-31", "2026-01-01", "2045-12-31", "2046-01-01"],
        ["2020-21", "2026-12-31", "2027-01-01", "2046-12-31", "2047-01-01"],
        ["2021-22", "2027-12-31", "2028-01-01", "2047-12-31", "2048-01-01"],
        ["2022-23", "2028-12-31", "2029-01-01", "2048-12-31", "2049-01-01"],
        ["2023-24", "2029-12-31", "2030-01-01", "2049-12-31", "2050-01-01"],
        ["2024-25", "2030-12-31", "2031-01-01", "2050-12-31", "2051-01-01"],
        ["2025-26", "2031-12-31", "2032-01-01", "2051-12-31", "2052-01-01"],
        ["2026-27", "2032-12-31", "2033-01-01", "2052-12-31", "2053-01-01"],
        ["2027-28", "2033-12-31", "2034-01-01", "2053-12-31", "2054-01-01"],
        ["2028-29", "2034-12-31", "2035-01-01", "2054-12-31", "2055-01-01"],
        ["2029-30", "2035-12-31", "2036-01-01", "2055-12-31", "2056-01-01"],
        ["2030-31", "2036-12-31", "2037-01-01", "2056-12-31", "2057-01-01"],
        ["2031-32", "2037-12-31", "2038-01-01", "2057-12-31", "2058-01-01"],
        ["2032-33", "2038-12-31", "2039-01-01", "2058-12-31", "2059-01-01"],
        ["2033-34", "2039-12-31", "2040-01-01", "2059-12-31", "2060-01-01"],
        ["2034-35", "2040-12-31", "2041-01-01", "2060-12-31", "2061-01-01"],
        ["2035-36", "2041-12-31", "2042-01-01", "2061-12-31", "2062-01-01"],
        ["2036-37", "2042-12-31", "2043-01-01", "2062-12-31", "2063-01-01"],
        ["2037-38", "2043-12-31", "2044-01-01", "2063-12-31", "2064-01-01"],
        ["2038-39", "2044-12-31", "2045-01-01", "2064-12-31", "2065-01-01"],
        ["2039-40", "2045-12-31", "2046-01-01", "2065-12-31", "2066-01-01"],
        ["2040-41", "2046-12-31", "2047-01-01", "2066-12-31", "2067-01-01"],
        ["2041-42", "2047-12-31", "2048-01-01", "2067-12-31", "2068-01-01"],
        ["2042-43", "2048-12-31", "2049-01-01", "2068-12-31", "2069-01-01"],
        ["2043-44", "2049-12-31", "2050-01-01", "2069-12-31", "2070-01-01"],
        ["2044-45", "2050-12-31", "2051-01-01", "2070-12-31", "2071-01-01"],
        ["2045-46", "2051-12-31", "2052-01-01", "2071-12-31", "2072-01-01"],
        ["2046-47", "2052-12-31", "2053-01-01", "2072-12-31", "2073-01-01"],
        ["2047-48", "2053-12-31", "2054-01-01", "2073-12-31", "2074-01-01"],
        ["2048-49", "2054-12-31", "2055-01-01", "2074-12-31", "2075-01-01"],
        ["2049-50", "2055-12-31", "2056-01-01", "2075-12-31", "2076-01-01"],
        ["2050-51", "2056-12-31", "2057-01-01", "2076-12-31", "2077-01-01"],
        ["2051-52", "2057-12-31", "2058-01-01", "2077-12-31", "2078-01-01"],
        ["2052-53", "2058-12-31", "2059-01-01", "2078-12-31", "2079-01-01"],
        ["2053-54", "2059-12-31", "2060-01-01", "2079-12-31", "2080-01-01"],
        ["2054-55", "2060-12-31", "2061-01-01", "2080-12-31", "2081-01-01"],
        ["2055-56", "2061-12-31", "2062-01-01", "2081-12-31", "2082-01-01"],
        ["2056-57", "2062-12-31", "2063-01-01", "2082-12-31", "2083-01-01"],
        ["2057-58", "2063-12-31", "2064-01-01", "2083-12-31", "2084-01-01"],
        ["2058-59", "2064-12-31", "2065-01-01", "2084-12-31", "2085-01-01"],
        ["2059-60", "2065-12-31", "2066-01-01", "2085-12-31", "2086-01-01"],
        ["2060-61", "2066-12-31", "2067-01-01", "2086-12-31", "2087-01-01"],
    ];

    #[test]
    fn terms_of_records_count_from_1_january_after_the_school_year() {
        for [school_year, journal, journal_free, statement, statement_free] in TABLE {
            let journals = days(kept_record(year(school_year), Term::Years(5)));
            let statements = days(kept_record(year(school_year), Term::Years(25)));
            assert_eq!(journals, (journal.to_owned(), journal_free.to_owned()));
            assert_eq!(statements, (statement.to_owned(), statement_free.to_owned()));
        }
    }

    #[test]
    fn terms_of_documents_count_from_1_january_after_their_year() {
        for (of, term, through, free) in [
            (2025, 1, "2026-12-31", "2027-01-01"),
            (2025, 5, "2030-12-31", "2031-01-01"),
            (2027, 1, "2028-12-31", "2029-01-01"),
            (2060, 100, "2160-12-31", "2161-01-01"),
        ] {
            let kept = days(kept_document(of, Term::Years(term)));
            assert_eq!(kept, (through.to_owned(), free.to_owned()));
        }
    }

    #[test]
    fn what_is_permanent_has_no_last_day() {
        let never = Kept { through: None, may_be_destroyed_from: None };
        assert_eq!(kept_record(year("2024-25"), Term::Permanent), never);
        assert_eq!(kept_document(2025, Term::Permanent), never);
        assert_eq!(kept_document(i32::MAX, Term::Years(1)), never, "beyond the calendar");
    }

    proptest! {
        #[test]
        fn a_record_is_kept_so_many_full_calendar_years_and_not_a_day_more(
            first in 2015..=2060,
            years in 1..=100_u16,
        ) {
            let of = SchoolYear::beginning(first).unwrap();
            let kept = kept_record(of, Term::Years(years));
            let (through, free) = (kept.through.unwrap(), kept.may_be_destroyed_from.unwrap());
            let full = (first..first + 300)
                .filter(|y| *y > of.last() && NaiveDate::from_ymd_opt(*y, 12, 31).unwrap() <= through);
            prop_assert_eq!(full.count(), usize::from(years));
            prop_assert_eq!(through.succ_opt(), Some(free));
            prop_assert_eq!(free.ordinal(), 1);
        }

        #[test]
        fn a_longer_term_and_a_later_year_never_end_earlier(
            first in 2015..=2059,
            years in 1..=99_u16,
        ) {
            let end = |first, years| {
                kept_record(SchoolYear::beginning(first).unwrap(), Term::Years(years)).through
            };
            prop_assert!(end(first, years) < end(first + 1, years));
            prop_assert!(end(first, years) < end(first, years + 1));
        }

        #[test]
        fn a_document_of_the_closing_year_ends_with_the_years_records(
            first in 2015..=2060,
            years in 1..=100_u16,
        ) {
            let of = SchoolYear::beginning(first).unwrap();
            let (record, document) =
                (kept_record(of, Term::Years(years)), kept_document(of.last(), Term::Years(years)));
            prop_assert_eq!(record, document);
        }
    }
}
