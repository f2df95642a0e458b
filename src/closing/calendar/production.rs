//! Which days the country works: производственный календарь.

use super::CalendarFault;
use crate::closing::FileErrors;
use crate::closing::toml_table::{Field, Problems, Table, read_file};
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// How many days of a week are worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Week {
    /// Saturday and Sunday are free.
    Five,
    /// Sunday is free.
    Six,
}

impl Week {
    /// Whether this day of the week is free, before holidays and moved days.
    pub fn rests(self, day: NaiveDate) -> bool {
        match day.weekday() {
            Weekday::Sun => true,
            Weekday::Sat => self == Week::Five,
            _ => false,
        }
    }
}

/// One calendar year: holidays, and days off moved by the government.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionYear {
    /// The calendar year.
    pub year: i32,
    /// Whether the government's order on moved days is in it.
    pub certain: bool,
    /// Where the days come from, for the person who confirms a plan.
    pub source: String,
    /// Нерабочие праздничные дни (Labour Code, article 112, part 1).
    pub holidays: BTreeSet<NaiveDate>,
    /// Moved days off.
    pub moved: Vec<Moved>,
}

/// A day off moved by the government's order. It says nothing where `from` is a working day anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Saturday or Sunday: worked, unless it is a holiday.
    pub from: NaiveDate,
    /// Free instead.
    pub to: NaiveDate,
}

/// No production calendar for a year in which working days have to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no production calendar for {0}; add one (templates/calendars/ shows how) or count calendar days"
)]
pub struct NoProductionYear(pub i32);

/// Production calendars by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Production {
    years: BTreeMap<i32, ProductionYear>,
}

impl ProductionYear {
    /// Reads one year strictly. `file` is only used in messages.
    ///
    /// # Errors
    /// Every problem of the file at once, with its line.
    pub fn from_toml(file: &str, text: &str) -> Result<ProductionYear, FileErrors> {
        read_file(file, text, production_year)
    }

    /// Days that are free though the week and the holidays do not say so, and days off that are worked.
    ///
    /// A day off that meets a holiday moves to the next working day after it, unless the government moved it or the
    /// holiday is one of 1–8 January (Labour Code, article 112, part 2).
    fn moved_days(&self, week: Week) -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
        let moved = self.moved.iter().filter(|moved| week.rests(moved.from));
        let (from, mut free): (BTreeSet<_>, BTreeSet<_>) = moved.map(|m| (m.from, m.to)).unzip();
        let worked: BTreeSet<_> = from.difference(&self.holidays).copied().collect();
        let by_law = |day: &&NaiveDate| {
            week.rests(**day) && !from.contains(day) && !(day.month() == 1 && day.day() <= 8)
        };
        for holiday in self.holidays.iter().filter(by_law) {
            let works = |day: &NaiveDate| {
                let rests = week.rests(*day) && !worked.contains(day);
                !rests && !free.contains(day) && !self.holidays.contains(day)
            };
            if let Some(next) = holiday.iter_days().skip(1).find(works) {
                free.insert(next);
            }
        }
        (free, worked)
    }
}

impl Production {
    /// File names and texts of the years that come with Letopis.
    pub const SHIPPED: [(&str, &str); 3] = [
        ("russia-2025.toml", include_str!("../../../templates/calendars/russia-2025.toml")),
        ("russia-2026.toml", include_str!("../../../templates/calendars/russia-2026.toml")),
        ("russia-2027.toml", include_str!("../../../templates/calendars/russia-2027.toml")),
    ];

    /// The years that come with Letopis: 2025, 2026 and 2027 (`templates/calendars/russia-*.toml`).
    pub fn russia() -> Production {
        let read = |(file, text)| {
            ProductionYear::from_toml(file, text).expect("a test reads the embedded text")
        };
        Production::new(Production::SHIPPED.map(read))
    }

    /// Of several calendars of one year the last holds: a school's own file after those that come with Letopis.
    pub fn new(years: impl IntoIterator<Item = ProductionYear>) -> Production {
        Production { years: years.into_iter().map(|year| (year.year, year)).collect() }
    }

    /// A year's calendar.
    pub fn year(&self, year: i32) -> Option<&ProductionYear> {
        self.years.get(&year)
    }
}

/// Working days of one school: the country's, its week, its own days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkDays {
    week: Week,
    years: BTreeSet<i32>,
    free: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

impl WorkDays {
    /// The working days of a week, without the school's (regional) days off.
    pub fn new(
        production: &Production,
        week: Week,
        days_off: impl IntoIterator<Item = NaiveDate>,
    ) -> WorkDays {
        let mut free: BTreeSet<NaiveDate> = days_off.into_iter().collect();
        let mut all_worked = BTreeSet::new();
        for year in production.years.values() {
            let (moved, worked) = year.moved_days(week);
            free.extend(moved.iter().chain(&year.holidays));
            all_worked.extend(worked);
        }
        WorkDays {
            week,
            years: production.years.keys().copied().collect(),
            free,
            worked: all_worked,
        }
    }

    /// Whether the school works on a day.
    ///
    /// # Errors
    /// When there is no production calendar for its year.
    pub fn works(&self, day: NaiveDate) -> Result<bool, NoProductionYear> {
        if !self.years.contains(&day.year()) {
            return Err(NoProductionYear(day.year()));
        }
        let rests = self.week.rests(day) && !self.worked.contains(&day);
        Ok(!rests && !self.free.contains(&day))
    }
}

/// Reads everything before giving up, so that all problems are noted.
fn production_year(mut t: Table, p: &mut Problems) -> Option<ProductionYear> {
    let number = t.required("year", p).and_then(|f| f.number(1992, 2199, p));
    let year = number.and_then(|year| i32::try_from(year).ok());
    let certain = t.required("certain", p).and_then(|f| f.yes_no(p));
    let source = t.required("source", p).and_then(|f| f.text(p));
    let holidays = t.required("holidays", p).and_then(|f| holidays(&f, year, p));
    let moved = t.required("moved", p).and_then(|f| moved(&f, year, holidays.as_ref(), p));
    t.end(p);
    Some(ProductionYear {
        year: year?,
        certain: certain?,
        source: source?.to_owned(),
        holidays: holidays?,
        moved: moved?,
    })
}

fn day_of(year: Option<i32>, field: &Field, p: &mut Problems) -> Option<NaiveDate> {
    let day = field.day(p)?;
    if let Some(year) = year.filter(|year| *year != day.year()) {
        field.wrong(p, CalendarFault::OutsideYear { day, year });
    }
    Some(day)
}

fn holidays(list: &Field, year: Option<i32>, p: &mut Problems) -> Option<BTreeSet<NaiveDate>> {
    let mut days = BTreeSet::new();
    for field in list.list(p)? {
        if let Some(day) = day_of(year, &field, p).filter(|day| !days.insert(*day)) {
            field.wrong(p, CalendarFault::DayTwice(day));
        }
    }
    Some(days)
}

fn moved(
    list: &Field,
    year: Option<i32>,
    holidays: Option<&BTreeSet<NaiveDate>>,
    p: &mut Problems,
) -> Option<Vec<Moved>> {
    let mut moved: Vec<Moved> = Vec::new();
    for field in list.list(p)? {
        let Some(mut t) = field.table(p) else { continue };
        let from = t.required("from", p).and_then(|f| day_of(year, &f, p));
        let to = t.required("to", p).and_then(|f| day_of(year, &f, p));
        t.end(p);
        let (Some(from), Some(to)) = (from, to) else { continue };
        if !Week::Five.rests(from) {
            field.wrong(p, CalendarFault::NotADayOff(from));
        }
        if holidays.is_some_and(|holidays| holidays.contains(&to)) {
            field.wrong(p, CalendarFault::MovedToHoliday(to));
        }
        for (day, before) in moved.iter().flat_map(|m| [(from, m.from), (to, m.to)]) {
            if day == before {
                field.wrong(p, CalendarFault::DayTwice(day));
            }
        }
        moved.push(Moved { from, to });
    }
    Some(moved)
}
