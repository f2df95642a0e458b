//! Dates and times as papers write them. All of them are the school's local dates.

use super::Case;
use chrono::{DateTime, Datelike, FixedOffset, Month, NaiveDate, Utc, Weekday};

/// «сентябрь», «сентября».
pub fn month(month: Month, case: Case) -> &'static str {
    let forms = match month {
        Month::January => ["январь", "января"],
        Month::February => ["февраль", "февраля"],
        Month::March => ["март", "марта"],
        Month::April => ["апрель", "апреля"],
        Month::May => ["май", "мая"],
        Month::June => ["июнь", "июня"],
        Month::July => ["июль", "июля"],
        Month::August => ["август", "августа"],
        Month::September => ["сентябрь", "сентября"],
        Month::October => ["октябрь", "октября"],
        Month::November => ["ноябрь", "ноября"],
        Month::December => ["декабрь", "декабря"],
    };
    match case {
        Case::Nominative => forms[0],
        Case::Genitive => forms[1],
    }
}

fn month_of(date: NaiveDate) -> Month {
    let number = u8::try_from(date.month()).ok();
    number.and_then(|n| Month::try_from(n).ok()).expect("a date's month is 1 to 12")
}

/// «25 октября 2025 г.»
pub fn date_in_words(date: NaiveDate) -> String {
    format!("{} {} г.", day_and_month(date), date.year())
}

/// «25 октября».
pub fn day_and_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month(month_of(date), Case::Genitive))
}

/// «понедельник».
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "понедельник",
        Weekday::Tue => "вторник",
        Weekday::Wed => "среда",
        Weekday::Thu => "четверг",
        Weekday::Fri => "пятница",
        Weekday::Sat => "суббота",
        Weekday::Sun => "воскресенье",
    }
}

/// «25.10.2025»
pub fn date_in_figures(date: NaiveDate) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

/// «25.10»: over a column of marks.
pub fn day_month(date: NaiveDate) -> String {
    format!("{:02}.{:02}", date.day(), date.month())
}

/// «октябрь 2025»: over a column of a month.
pub fn month_and_year(date: NaiveDate) -> String {
    format!("{} {}", month(month_of(date), Case::Nominative), date.year())
}

/// The school's date at a moment. `offset` is the school's distance from UTC.
pub fn local_day(at: DateTime<Utc>, offset: FixedOffset) -> NaiveDate {
    at.with_timezone(&offset).date_naive()
}

/// «25.10.2025 10:12»: the school's date and time at a moment.
pub fn local_moment(at: DateTime<Utc>, offset: FixedOffset) -> String {
    let local = at.with_timezone(&offset);
    format!("{} {}", date_in_figures(local.date_naive()), local.format("%H:%M"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_stands_in_words_figures_and_over_a_column() {
        let date = day("2025-10-25");
        assert_eq!(date_in_words(date), "25 октября 2025 г.");
        assert_eq!(date_in_figures(date), "25.10.2025");
        assert_eq!(day_month(date), "25.10");
        assert_eq!(month_and_year(date), "октябрь 2025");
        assert_eq!(date_in_words(day("2026-05-01")), "1 мая 2026 г.");
        assert_eq!(date_in_figures(day("2026-05-01")), "01.05.2026");
    }

    #[test]
    fn days_of_the_week_are_named() {
        let days = (26..=30).map(|d| weekday(day(&format!("2025-10-{d}"))));
        assert_eq!(
            days.collect::<Vec<_>>().join(" "),
            "воскресенье понедельник вторник среда четверг"
        );
        assert_eq!(weekday(day("2025-11-01")), "суббота");
        assert_eq!(weekday(day("2025-10-31")), "пятница");
    }

    #[test]
    fn months_are_named_in_both_cases() {
        let of = |case| (1..=12).map(move |m| month(Month::try_from(m).unwrap(), case));
        assert_eq!(
            of(Case::Genitive).collect::<Vec<_>>().join(" "),
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
        );
        assert_eq!(
            of(Case::Nominative).collect::<Vec<_>>().join(" "),
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
        );
    }

    #[test]
    fn the_school_s_day_may_have_begun_when_utc_s_has_not() {
        let at: DateTime<Utc> = "2025-10-24T22:05:59Z".parse().unwrap();
        let perm = FixedOffset::east_opt(5 * 3600).unwrap();
        assert_eq!(local_moment(at, perm), "25.10.2025 03:05");
        assert_eq!(local_day(at, perm), day("2025-10-25"));
        let kaliningrad = FixedOffset::east_opt(2 * 3600).unwrap();
        assert_eq!(local_moment(at, kaliningrad), "25.10.2025 00:05");
        assert_eq!(local_day(at, FixedOffset::east_opt(0).unwrap()), day("2025-10-24"));
    }

    proptest! {
        #[test]
        fn figures_read_back_as_the_date(days in 0i64..90_000) {
            let date = day("1900-01-01") + chrono::Days::new(u64::try_from(days).unwrap());
            let text = date_in_figures(date);
            prop_assert_eq!(NaiveDate::parse_from_str(&text, "%d.%m.%Y").unwrap(), date);
            prop_assert!(text.starts_with(&day_month(date)));
            let year = format!("{} г.", date.year());
            prop_assert!(date_in_words(date).ends_with(&year));
        }
    }
}
