//! The school year 2025-26 of a five-day week: the calendar recommended for Russian schools, with the
//! public holidays of the production calendar.

use crate::journal::{Period, PeriodId, PeriodKind, SchoolYear};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A date that is checked by the compiler.
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such date"),
    }
}

/// First and last day of the four quarters.
const QUARTERS: [(NaiveDate, NaiveDate); 4] = [
    (day(2025, 9, 1), day(2025, 10, 24)),
    (day(2025, 11, 5), day(2025, 12, 30)),
    (day(2026, 1, 12), day(2026, 3, 27)),
    (day(2026, 4, 6), day(2026, 5, 26)),
];

/// Public holidays on Mondays to Fridays within the quarters; 8 March and 9 May 2026 fall on a weekend
/// and are made up on the Monday after.
const PUBLIC_HOLIDAYS: [NaiveDate; 4] =
    [day(2026, 2, 23), day(2026, 3, 9), day(2026, 5, 1), day(2026, 5, 11)];

/// Additional holidays of grade 1.
const FIRST_GRADE_HOLIDAYS: (NaiveDate, NaiveDate) = (day(2026, 2, 16), day(2026, 2, 22));

/// The school year the demo school lives in.
pub(super) fn school_year() -> SchoolYear {
    SchoolYear::beginning(2025).expect("2025 is a year within the limits")
}

/// First and last day of a quarter or half-year of 2025-26; `None` for any other period.
pub(super) fn period(id: PeriodId) -> Option<Period> {
    if id.year != school_year() {
        return None;
    }
    let (first, last) = match (id.kind, id.number?) {
        (PeriodKind::Quarter, number) => (number, number),
        (PeriodKind::HalfYear, number) => (number * 2 - 1, number * 2),
        _ => return None,
    };
    let quarter = |n: u32| QUARTERS.get(n as usize - 1);
    let (from, to) = (quarter(first)?.0, quarter(last)?.1);
    Some(Period { from, kind: id.kind, number: id.number, to })
}

/// How a grade divides its year: grades 1–9 close by quarter, 10–11 by half-year.
pub(super) fn closes_by(grade: u8) -> PeriodKind {
    if grade < 10 { PeriodKind::Quarter } else { PeriodKind::HalfYear }
}

/// The days of the year on which a grade has lessons.
pub(super) fn school_days(grade: u8) -> Vec<NaiveDate> {
    let days =
        QUARTERS.iter().flat_map(|&(from, to)| from.iter_days().take_while(move |d| *d <= to));
    days.filter(|d| !is_free(*d, grade)).collect()
}

fn is_free(date: NaiveDate, grade: u8) -> bool {
    let (from, to) = FIRST_GRADE_HOLIDAYS;
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
        || PUBLIC_HOLIDAYS.contains(&date)
        || grade == 1 && (from..=to).contains(&date)
}

/// The last day on or before `date` on which a grade has lessons.
///
/// Within the year there is always one: no holiday begins on its first day.
pub(super) fn school_day_up_to(date: NaiveDate, grade: u8) -> NaiveDate {
    let within = |d: &NaiveDate| QUARTERS.iter().any(|(from, to)| (from..=to).contains(&d));
    let earlier = (0..30).filter_map(|n| date.checked_sub_days(Days::new(n)));
    let mut found = earlier.filter(|d| within(d) && !is_free(*d, grade));
    found.next().unwrap_or(QUARTERS[0].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(id: &str) -> Option<(NaiveDate, NaiveDate)> {
        period(id.parse().unwrap()).map(|p| (p.from, p.to))
    }

    #[test]
    fn half_years_are_two_quarters() {
        assert_eq!(bounds("2025-26/q1"), Some((day(2025, 9, 1), day(2025, 10, 24))));
        assert_eq!(bounds("2025-26/h1"), Some((day(2025, 9, 1), day(2025, 12, 30))));
        assert_eq!(bounds("2025-26/h2"), Some((day(2026, 1, 12), day(2026, 5, 26))));
        for elsewhere in ["2025-26/t1", "2025-26/year", "2024-25/q1"] {
            assert_eq!(bounds(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn there_are_no_lessons_on_weekends_holidays_and_between_quarters() {
        for grade in 1..=11 {
            let days = school_days(grade);
            assert!(days.iter().all(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun)));
            for free in [(2025, 11, 4), (2025, 10, 27), (2025, 12, 31), (2026, 1, 9), (2026, 2, 23)]
            {
                assert!(!days.contains(&day(free.0, free.1, free.2)), "{free:?}");
            }
            assert_eq!(days.contains(&day(2026, 2, 18)), grade != 1);
        }
        assert_eq!(school_days(5).iter().filter(|d| **d <= day(2025, 10, 24)).count(), 40);
    }

    #[test]
    fn the_school_day_before_a_holiday_is_found() {
        assert_eq!(school_day_up_to(day(2025, 12, 28), 5), day(2025, 12, 26));
        assert_eq!(school_day_up_to(day(2026, 5, 11), 5), day(2026, 5, 8));
        assert_eq!(school_day_up_to(day(2025, 10, 22), 5), day(2025, 10, 22));
    }
}
