//! The calendar of one school year: календарный учебный график.

use super::group::{CollegeGroups, GradeGroup, Printed};
use super::{CalendarFault, DayCount, Production, Week, WorkDays};
use crate::closing::FileErrors;
use crate::closing::procedure::StepId;
use crate::closing::toml_table::{Field, Problems, Table, read_file};
use crate::journal::{Class, ClassKind, ClassName, PeriodId, PeriodKind, SchoolYear};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// One school year: who has lessons when, and how days are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolCalendar {
    /// The school year.
    pub year: SchoolYear,
    /// How many days of a week the staff works.
    pub week: Week,
    /// What «день каникул» means at this school.
    pub day_count: DayCount,
    /// What happens when holidays have too few counted days.
    pub overflow: Overflow,
    /// The school's own and its region's non-working days.
    pub days_off: Vec<DayOff>,
    /// Classes with the same periods and holidays; nobody is in two.
    pub groups: Vec<GradeGroup>,
}

/// What happens to steps for which the holidays have no counted day left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overflow {
    /// The count goes on after the holidays.
    ContinueAfter,
    /// All steps move forward, so that the last falls on the last counted day of the holidays, or before them.
    Before,
    /// No plan is made; somebody has to say the dates.
    Refuse,
}

/// A non-working day of the school or its region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub date: NaiveDate,
    /// What it is: «Ураза-байрам».
    pub name: String,
}

/// A period and the holidays after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodDays {
    /// Which period.
    pub period: PeriodId,
    /// First day with lessons.
    pub first: NaiveDate,
    /// Last day with lessons (or of exams): no snapshot is taken before it.
    pub last: NaiveDate,
    /// The holidays that follow.
    pub holidays: Holidays,
}

/// Holidays after a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holidays {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Instead of the year's rule, in these holidays only.
    pub overflow: Option<Overflow>,
    /// Steps whose day the school states instead of counting it.
    pub dates: BTreeMap<StepId, NaiveDate>,
}

impl SchoolCalendar {
    /// Reads a school year strictly. `file` is only used in messages.
    ///
    /// # Errors
    /// Every problem of the file at once, with its line.
    pub fn from_toml(file: &str, text: &str) -> Result<SchoolCalendar, FileErrors> {
        read_file(file, text, school_calendar)
    }

    /// The group a class belongs to. A club goes with its grade; one without a grade has none.
    pub fn group_of(&self, class: &Class) -> Option<&GradeGroup> {
        let named = self.groups.iter().find(|group| group.names(class));
        let others = |group: &&GradeGroup| {
            matches!(class.kind, ClassKind::Group { .. }) && group.groups == CollegeGroups::Others
        };
        named.or_else(|| self.groups.iter().find(others))
    }

    /// The group of a class known by its name alone: by its grade when it begins with one (`7А`, `10`), otherwise among
    /// the college groups.
    pub fn group_named(&self, class: &ClassName) -> Option<&GradeGroup> {
        let named = |group: &&GradeGroup| match &group.groups {
            CollegeGroups::Named(names) => names.contains(class),
            CollegeGroups::Others => false,
        };
        let text = class.as_str();
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let grade = text[..text.len() - rest.len()].parse::<u8>().ok();
        let grade = grade.filter(|_| rest.chars().filter(|c| c.is_alphabetic()).count() <= 2);
        let graded = |group: &&GradeGroup| grade.is_some_and(|grade| group.grades.contains(&grade));
        let others = |group: &&GradeGroup| group.groups == CollegeGroups::Others;
        let groups = || self.groups.iter();
        groups().find(named).or_else(|| groups().find(graded)).or_else(|| groups().find(others))
    }

    /// What closes together with a period: of every group the periods whose holidays share a day with the holidays
    /// after it. Quarter 2 and half-year 1 close together; the year is closed by itself.
    pub fn closes_with(&self, period: PeriodId) -> Vec<(&GradeGroup, &PeriodDays)> {
        let all = self.groups.iter().flat_map(|g| g.periods.iter().map(move |days| (g, days)));
        let asked: Vec<&Holidays> = all
            .clone()
            .filter(|(_, days)| days.period == period)
            .map(|(_, days)| &days.holidays)
            .collect();
        let is_year = |id: PeriodId| id.kind == PeriodKind::Year;
        let together = |days: &PeriodDays| {
            is_year(days.period) == is_year(period)
                && asked.iter().any(|h| h.from <= days.holidays.to && days.holidays.from <= h.to)
        };
        all.filter(|(_, days)| together(days)).collect()
    }

    /// The school's working days.
    pub fn work_days(&self, production: &Production) -> WorkDays {
        WorkDays::new(production, self.week, self.days_off.iter().map(|off| off.date))
    }
}

const OVERFLOW: [(&str, Overflow); 3] = [
    ("continue-after", Overflow::ContinueAfter),
    ("before", Overflow::Before),
    ("refuse", Overflow::Refuse),
];

/// Reads everything before giving up, so that all problems are noted. The same holds below.
fn school_calendar(mut t: Table, p: &mut Problems) -> Option<SchoolCalendar> {
    let year = t.required("year", p).and_then(|f| f.parsed::<SchoolYear>(p));
    let week = t.required("week", p).and_then(|f| f.number(5, 6, p));
    let counts = [("calendar", DayCount::Calendar), ("working", DayCount::Working)];
    let day_count = t.required("day_count", p).and_then(|f| f.word(&counts, p));
    let overflow = t.optional("overflow");
    let overflow = overflow.map_or(Some(Overflow::ContinueAfter), |f| f.word(&OVERFLOW, p));
    let days_off = t.optional("days_off").map_or(Some(Vec::new()), |f| days_off(&f, year, p));
    let groups = t.required("groups", p).and_then(|f| grade_groups(&f, year, p));
    t.end(p);
    Some(SchoolCalendar {
        year: year?,
        week: if week? == 5 { Week::Five } else { Week::Six },
        day_count: day_count?,
        overflow: overflow?,
        days_off: days_off?,
        groups: groups?,
    })
}

fn day_of(year: Option<SchoolYear>, field: &Field, p: &mut Problems) -> Option<NaiveDate> {
    let day = field.day(p)?;
    if let Some(year) = year {
        let first = NaiveDate::from_ymd_opt(year.first(), 9, 1);
        let last = NaiveDate::from_ymd_opt(year.last(), 8, 31);
        if Some(day) < first || Some(day) > last {
            field.wrong(p, CalendarFault::OutsideSchoolYear { day, year });
        }
    }
    Some(day)
}

/// A first and a last day, in this order.
fn days(
    (t, names): (&mut Table, [&'static str; 2]),
    year: Option<SchoolYear>,
    p: &mut Problems,
) -> Option<(NaiveDate, NaiveDate)> {
    let first = t.required(names[0], p).and_then(|f| day_of(year, &f, p));
    let last = t.required(names[1], p).and_then(|f| Some((day_of(year, &f, p)?, f)));
    let (first, (last, field)) = (first?, last?);
    if last < first {
        field.wrong(p, CalendarFault::Backwards { first, last });
    }
    Some((first, last))
}

fn days_off(list: &Field, year: Option<SchoolYear>, p: &mut Problems) -> Option<Vec<DayOff>> {
    let mut read: Vec<DayOff> = Vec::new();
    for field in list.list(p)? {
        let Some(mut t) = field.table(p) else { continue };
        let date = t.required("date", p).and_then(|f| day_of(year, &f, p));
        let name = t.required("name", p).and_then(|f| f.text(p));
        t.end(p);
        let (Some(date), Some(name)) = (date, name) else { continue };
        if read.iter().any(|off| off.date == date) {
            field.wrong(p, CalendarFault::DayTwice(date));
        }
        read.push(DayOff { date, name: name.to_owned() });
    }
    Some(read)
}

fn grade_groups(
    list: &Field,
    year: Option<SchoolYear>,
    p: &mut Problems,
) -> Option<Vec<GradeGroup>> {
    let mut named: Vec<String> = Vec::new();
    let mut others = false;
    let groups =
        list.each(p, |field, p| Some((grade_group(field.table(p)?, year, p)?, field.table(p)?)))?;
    for (group, table) in &groups {
        let grades = group.grades.iter().map(|grade| format!("grade {grade}"));
        let names = match &group.groups {
            CollegeGroups::Named(names) => names.as_slice(),
            CollegeGroups::Others => &[],
        };
        for name in grades.chain(names.iter().map(ToString::to_string)) {
            if named.contains(&name) {
                table.wrong(p, CalendarFault::InTwoGroups(name.clone()));
            }
            named.push(name);
        }
        if group.groups == CollegeGroups::Others && std::mem::replace(&mut others, true) {
            table.wrong(p, CalendarFault::InTwoGroups("\"others\"".to_owned()));
        }
    }
    Some(groups.into_iter().map(|(group, _)| group).collect())
}

fn grade_group(mut t: Table, year: Option<SchoolYear>, p: &mut Problems) -> Option<GradeGroup> {
    let name = t.required("name", p).and_then(|f| f.text(p));
    let grades = t.optional("grades").map_or(Some(Vec::new()), |f| {
        let numbers = f.each(p, |f, p| f.number(1, 11, p))?;
        numbers.into_iter().map(|n| u8::try_from(n).ok()).collect()
    });
    let groups = t.optional("groups");
    let groups = groups.map_or(Some(CollegeGroups::Named(Vec::new())), |f| college_groups(&f, p));
    let periods = t.required("periods", p).and_then(|f| periods(&f, year, p));
    let words = [("every-period", Printed::EveryPeriod), ("at-year-end", Printed::AtYearEnd)];
    let printed = t.optional("printed");
    let printed = printed.map_or(Some(Printed::EveryPeriod), |f| f.word(&words, p));
    let nobody = groups == Some(CollegeGroups::Named(Vec::new()));
    if nobody && grades.as_ref().is_some_and(Vec::is_empty) {
        t.wrong(p, CalendarFault::Nobody);
    }
    t.end(p);
    Some(GradeGroup {
        name: name?.to_owned(),
        grades: grades?,
        groups: groups?,
        periods: periods?,
        printed: printed?,
    })
}

/// A list of names, or the word `"others"`.
fn college_groups(field: &Field, p: &mut Problems) -> Option<CollegeGroups> {
    if field.is_text() {
        return field.word(&[("others", ())], p).map(|()| CollegeGroups::Others);
    }
    field.each(p, |f, p| f.parsed::<ClassName>(p)).map(CollegeGroups::Named)
}

fn periods(list: &Field, year: Option<SchoolYear>, p: &mut Problems) -> Option<Vec<PeriodDays>> {
    let read = list.each(p, |f, p| Some((period_days(f.table(p)?, year, p)?, f.table(p)?)))?;
    for (index, (days, table)) in read.iter().enumerate() {
        if read[..index].iter().any(|(before, _)| before.period == days.period) {
            table.wrong(p, CalendarFault::PeriodTwice(days.period));
        }
    }
    let parts: Vec<_> = read.iter().filter(|(d, _)| d.period.kind != PeriodKind::Year).collect();
    for pair in parts.windows(2) {
        let [(earlier, _), (later, table)] = pair else { continue };
        if later.first <= earlier.holidays.to {
            let (earlier, later) = (earlier.period, later.period);
            table.wrong(p, CalendarFault::Overlap { earlier, later });
        }
    }
    Some(read.into_iter().map(|(days, _)| days).collect())
}

fn period_days(mut t: Table, year: Option<SchoolYear>, p: &mut Problems) -> Option<PeriodDays> {
    let id = t.required("period", p).and_then(|f| {
        // Without a year the name alone is checked.
        let year = year.map_or_else(|| "2025-26".to_owned(), |year| year.to_string());
        let id = format!("{year}/{}", f.text(p)?).parse::<PeriodId>();
        id.map_err(|error| f.wrong(p, error)).ok()
    });
    let lessons = days((&mut t, ["first", "last"]), year, p);
    let holidays = t.required("holidays", p).and_then(|f| {
        let read = holidays(f.table(p)?, year, p)?;
        let (_, last) = lessons?;
        if read.from <= last {
            f.wrong(p, CalendarFault::HolidaysEarly { from: read.from, last });
        }
        Some(read)
    });
    t.end(p);
    let (first, last) = lessons?;
    Some(PeriodDays { period: id?, first, last, holidays: holidays? })
}

fn holidays(mut t: Table, year: Option<SchoolYear>, p: &mut Problems) -> Option<Holidays> {
    let days = days((&mut t, ["from", "to"]), year, p);
    let overflow = t.optional("overflow").map_or(Some(None), |f| f.word(&OVERFLOW, p).map(Some));
    let dates = t.optional("dates").map_or(Some(BTreeMap::new()), |f| dates(&f, year, p));
    t.end(p);
    let (from, to) = days?;
    Some(Holidays { from, to, overflow: overflow?, dates: dates? })
}

/// Days by step. Whether the procedure has these steps is seen when a plan is made.
fn dates(
    field: &Field,
    year: Option<SchoolYear>,
    p: &mut Problems,
) -> Option<BTreeMap<StepId, NaiveDate>> {
    let mut dates = BTreeMap::new();
    for (name, field) in field.table(p)?.rest() {
        match name.parse::<StepId>() {
            Ok(step) => {
                if let Some(day) = day_of(year, &field, p) {
                    dates.insert(step, day);
                }
            }
            Err(error) => field.wrong(p, error),
        }
    }
    Some(dates)
}
