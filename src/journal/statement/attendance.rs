//! Сводная ведомость учёта посещаемости, and the attendance by months.

use super::joining::Unjoined;
use super::roll::{Heading, PupilRow, Roll, is_year};
use super::sealed_as;
use crate::journal::{AbsenceCode, Journal, Lesson, LessonId, Page, PeriodId, PupilId};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

sealed_as!(AttendanceStatement, AttendanceTag, "letopis/attendance-statement/v1");
sealed_as!(MonthlyAttendance, MonthlyTag, "letopis/monthly-attendance/v1");

/// What a pupil missed, by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceStatement {
    /// Whose, for when.
    pub heading: Heading,
    /// The periods counted, in order of time.
    pub periods: Vec<PeriodId>,
    /// One for each pupil.
    pub rows: Vec<AttendanceRow>,
    /// The type.
    pub t: AttendanceTag,
    /// The class together: the sums of the rows.
    pub total: Attended,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// What a pupil missed, by month (отчёт о посещаемости класса по месяцам).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthlyAttendance {
    /// Whose, for when.
    pub heading: Heading,
    /// First days of the months that have lessons, in order of time.
    pub months: Vec<NaiveDate>,
    /// One for each pupil.
    pub rows: Vec<AttendanceRow>,
    /// The type.
    pub t: MonthlyTag,
    /// The class together: the sums of the rows.
    pub total: Attended,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// One pupil's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRow {
    /// What was missed.
    pub missed: Attended,
    /// Who.
    pub pupil: PupilRow,
}

/// What was missed in each column and in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attended {
    /// All columns together.
    pub all: Missed,
    /// In the order of the statement's periods or months.
    pub each: Vec<Missed>,
}

/// Days and lessons missed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missed {
    /// Days on which every lesson was missed.
    pub days: u32,
    /// Days on which some, but not all lessons were missed.
    pub days_in_part: u32,
    /// Lessons missed, excused (У).
    pub excused: u32,
    /// Lessons missed, ill (Б).
    pub ill: u32,
    /// Times late (О); not among the lessons missed.
    pub late: u32,
    /// Lessons missed: excused, ill, not stated and unexcused together.
    pub lessons: u32,
    /// Lessons missed, no reason stated (Н).
    pub not_stated: u32,
    /// Lessons missed without excuse (НП).
    pub unexcused: u32,
    /// Notes of absence nobody but the source understands; not among the lessons missed.
    pub unknown: u32,
}

impl AttendanceStatement {
    /// Every absence of the roll's journals, once.
    pub fn of(roll: &Roll<'_>) -> AttendanceStatement {
        // A year's journal is a period of its own only for what no other journal tells.
        let own_lessons = |place: usize, journal: &Journal| {
            let mut lessons = journal.pages.iter().flat_map(|page| &page.lessons);
            lessons.any(|lesson| !roll.told_elsewhere(place, lesson.date))
        };
        let alone = roll.journals.len() == 1;
        let journals = roll.journals.iter().enumerate();
        let counted: Vec<usize> = journals
            .filter(|(place, j)| alone || !is_year(j) || own_lessons(*place, j))
            .map(|(place, _)| place)
            .collect();
        let columns: HashMap<usize, usize> = counted.iter().copied().zip(0..).collect();
        let (rows, total) = count(roll, counted.len(), |journal, _| columns[&journal]);
        AttendanceStatement {
            heading: roll.heading(),
            periods: counted.iter().map(|place| roll.journals[*place].period_id()).collect(),
            rows,
            t: AttendanceTag::V1,
            total,
            unjoined: roll.unjoined.clone(),
        }
    }
}

impl MonthlyAttendance {
    /// Every absence of the roll's journals, once, by the month of its lesson.
    pub fn of(roll: &Roll<'_>) -> MonthlyAttendance {
        let pages = roll.journals.iter().flat_map(|journal| &journal.pages);
        let dates = pages.flat_map(|page| &page.lessons).map(|lesson| first_of_month(lesson.date));
        let months: BTreeSet<NaiveDate> = dates.collect();
        let columns: HashMap<NaiveDate, usize> = months.iter().copied().zip(0..).collect();
        let (rows, total) = count(roll, months.len(), |_, day| columns[&first_of_month(day)]);
        MonthlyAttendance {
            heading: roll.heading(),
            months: months.into_iter().collect(),
            rows,
            t: MonthlyTag::V1,
            total,
            unjoined: roll.unjoined.clone(),
        }
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).expect("every month has a first day")
}

impl Missed {
    fn add(&mut self, code: Option<AbsenceCode>) {
        let count = match code {
            Some(AbsenceCode::Absent) => &mut self.not_stated,
            Some(AbsenceCode::Unexcused) => &mut self.unexcused,
            Some(AbsenceCode::Excused) => &mut self.excused,
            Some(AbsenceCode::Ill) => &mut self.ill,
            Some(AbsenceCode::Late) => &mut self.late,
            None => &mut self.unknown,
        };
        *count += 1;
        if is_missed(code) {
            self.lessons += 1;
        }
    }

    /// Both together; counts that a hostile file made too large for it stop at the largest.
    #[must_use]
    pub fn and(self, other: Missed) -> Missed {
        Missed {
            days: self.days.saturating_add(other.days),
            days_in_part: self.days_in_part.saturating_add(other.days_in_part),
            excused: self.excused.saturating_add(other.excused),
            ill: self.ill.saturating_add(other.ill),
            late: self.late.saturating_add(other.late),
            lessons: self.lessons.saturating_add(other.lessons),
            not_stated: self.not_stated.saturating_add(other.not_stated),
            unexcused: self.unexcused.saturating_add(other.unexcused),
            unknown: self.unknown.saturating_add(other.unknown),
        }
    }
}

/// Whether the pupil was not at the lesson: the late were, and what is not understood says nothing.
pub(super) fn is_missed(code: Option<AbsenceCode>) -> bool {
    code.is_some_and(|code| code != AbsenceCode::Late)
}

impl Attended {
    fn of(each: Vec<Missed>) -> Attended {
        let all = each.iter().fold(Missed::default(), |sum, missed| sum.and(*missed));
        Attended { all, each }
    }
}

/// The absences of every row by column, and their sums. `column` is asked with the journal's place and
/// the day.
fn count(
    roll: &Roll<'_>,
    columns: usize,
    column: impl Fn(usize, NaiveDate) -> usize,
) -> (Vec<AttendanceRow>, Attended) {
    let mut counts = vec![vec![Missed::default(); columns]; roll.pupils.len()];
    for (place, journal) in roll.journals.iter().enumerate() {
        let mut absent: AbsentAt = BTreeMap::new();
        for page in &journal.pages {
            for (lesson, pupil, code) in absences(page) {
                let Some(&row) = roll.rows[place].get(pupil) else { continue };
                if roll.told_elsewhere(place, lesson.date) {
                    continue;
                }
                counts[row][column(place, lesson.date)].add(code);
                if is_missed(code) {
                    absent.entry((row, lesson.date)).or_default().insert(lesson.number);
                }
            }
        }
        for ((row, day), whole) in days(journal, &roll.rows[place], &absent) {
            let missed = &mut counts[row][column(place, day)];
            *if whole { &mut missed.days } else { &mut missed.days_in_part } += 1;
        }
    }
    let mut total = vec![Missed::default(); columns];
    for (sum, missed) in counts.iter().flat_map(|row| row.iter().enumerate()) {
        total[sum] = total[sum].and(*missed);
    }
    let rows = counts.into_iter().zip(&roll.pupils);
    let row = |(each, pupil): (_, &PupilRow)| AttendanceRow {
        missed: Attended::of(each),
        pupil: pupil.clone(),
    };
    (rows.map(row).collect(), Attended::of(total))
}

/// The lesson numbers of a day at which a row's pupil was absent.
type AbsentAt = BTreeMap<(usize, NaiveDate), BTreeSet<u32>>;

/// The absences noted on a page.
pub(super) fn absences(
    page: &Page,
) -> impl Iterator<Item = (&Lesson, &PupilId, Option<AbsenceCode>)> {
    let lessons: HashMap<&LessonId, &Lesson> = page.lessons.iter().map(|l| (&l.id, l)).collect();
    page.entries.iter().filter_map(move |entry| {
        let absence = entry.absence.as_ref()?;
        Some((*lessons.get(&entry.lesson)?, &entry.pupil, absence.code()))
    })
}

/// For each day with an absence whether the pupil was absent at every lesson number of that day. Numbers
/// are compared, not lessons: who changed subgroups is on two pages that have lessons at one time.
fn days<'a>(
    journal: &'a Journal,
    rows: &'a HashMap<&PupilId, usize>,
    absent: &'a AbsentAt,
) -> impl Iterator<Item = ((usize, NaiveDate), bool)> + 'a {
    let pages: Vec<_> = journal.pages.iter().map(|page| Timetable::of(page, rows)).collect();
    absent.iter().map(move |((row, day), numbers)| {
        let here = pages.iter().filter(|page| page.has(*row));
        let mut held = here.filter_map(|page| page.numbers.get(day)).flatten();
        ((*row, *day), held.all(|number| numbers.contains(number)))
    })
}

/// When a page's lessons are, and for which rows.
struct Timetable {
    numbers: HashMap<NaiveDate, Vec<u32>>,
    rows: Option<HashSet<usize>>,
}

impl Timetable {
    fn of(page: &Page, rows: &HashMap<&PupilId, usize>) -> Timetable {
        let mut numbers: HashMap<NaiveDate, Vec<u32>> = HashMap::new();
        for lesson in &page.lessons {
            numbers.entry(lesson.date).or_default().push(lesson.number);
        }
        let listed = page.pupils.as_ref();
        let rows = listed.map(|ids| ids.iter().filter_map(|id| rows.get(id).copied()).collect());
        Timetable { numbers, rows }
    }

    fn has(&self, row: usize) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.contains(&row))
    }
}
