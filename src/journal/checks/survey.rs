//! A journal laid out for checking: who is on which page and when, and what the marks come to.

use super::average::Averages;
use super::wording::{Trade, trade};
use crate::journal::regulation::{Regulation, subject_key};
use crate::journal::{
    Entry, Final, FinalKind, Journal, Lesson, LessonId, MovementKind, Page, Period, PeriodKind,
    Person, PersonId, PupilId,
};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A journal with indexes. Pupils and pages are named by their positions in it.
pub(super) struct Survey<'a> {
    pub(super) journal: &'a Journal,
    pub(super) regulation: &'a Regulation,
    pub(super) pages: Vec<PageSurvey<'a>>,
    pub(super) stays: Vec<Stay>,
    pub(super) trade: Trade,
    /// Weeks with lessons.
    pub(super) weeks: u32,
    people: HashMap<&'a PersonId, &'a Person>,
}

/// A page with indexes.
pub(super) struct PageSurvey<'a> {
    pub(super) page: &'a Page,
    /// «Английский язык (группа 1)».
    pub(super) name: String,
    /// Equal for all pages of one subject.
    pub(super) subject: usize,
    /// Who is on the page, in list order.
    pub(super) pupils: Vec<usize>,
    /// Entries whose lesson and pupil are known, with both.
    pub(super) entries: Vec<(usize, &'a Lesson, &'a Entry)>,
    /// Finals of known pupils.
    pub(super) finals: Vec<(usize, &'a Final)>,
}

/// When a pupil was in the class.
#[derive(Debug, Default)]
pub(super) struct Stay {
    /// Comings and goings by date.
    moves: Vec<(NaiveDate, MovementKind)>,
}

impl Stay {
    /// Whether the pupil is in the class when this day has ended.
    pub(super) fn present_after(&self, date: NaiveDate) -> bool {
        match self.moves.iter().rev().find(|(day, _)| *day <= date) {
            Some((_, kind)) => *kind == MovementKind::Arrived,
            // Before the first move the pupil was on the other side of it.
            None => self.moves.first().is_none_or(|(_, kind)| *kind == MovementKind::Left),
        }
    }

    /// Whether an entry may bear this date; the day of coming or going counts as a day in the class.
    pub(super) fn includes(&self, date: NaiveDate) -> bool {
        self.moves.iter().any(|(day, _)| *day == date) || self.present_after(date)
    }

    /// The last day of coming after the period's first day.
    pub(super) fn arrived_during(&self, period: &Period) -> Option<NaiveDate> {
        let inside = |day: &NaiveDate| *day > period.from && *day <= period.to;
        let arrivals = self.moves.iter().filter(|(_, kind)| *kind == MovementKind::Arrived);
        arrivals.map(|(day, _)| *day).rfind(inside)
    }

    /// Whether a final is due: in the class when the period ends, and not a newcomer.
    pub(super) fn needs_final(&self, period: &Period, newcomer_days: u32) -> bool {
        let since = period.to.checked_sub_days(Days::new(newcomer_days.into()));
        let newcomer = |day| since.is_some_and(|since| day > since);
        self.present_after(period.to) && !self.arrived_during(period).is_some_and(newcomer)
    }

    /// The moves for people: when the pupil came and left.
    pub(super) fn moves(&self) -> &[(NaiveDate, MovementKind)] {
        &self.moves
    }
}

impl<'a> Survey<'a> {
    pub(super) fn of(journal: &'a Journal, regulation: &'a Regulation) -> Self {
        let positions = journal.pupils.iter().enumerate().map(|(i, p)| (&p.id, i)).collect();
        Survey {
            journal,
            regulation,
            pages: pages(journal, &positions),
            stays: stays(journal, &positions),
            trade: trade(&journal.class.kind),
            weeks: weeks(journal),
            people: journal.people.iter().map(|p| (&p.id, p)).collect(),
        }
    }

    /// Whether the person is there with surname and name.
    pub(super) fn named(&self, person: Option<&PersonId>) -> bool {
        let person = person.and_then(|id| self.people.get(id));
        let filled = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
        person.is_some_and(|p| filled(&p.surname) && filled(&p.name))
    }

    /// Full names in list order.
    pub(super) fn names(&self, pupils: &[usize]) -> Vec<String> {
        pupils.iter().map(|i| self.journal.pupils[*i].full_name()).collect()
    }

    /// Whether a final sums up this journal's period: `period`, and in a year's journal `year`, too.
    pub(super) fn sums_up(&self, kind: FinalKind) -> bool {
        let year = self.journal.period.kind == PeriodKind::Year;
        kind == FinalKind::Period || (year && kind == FinalKind::Year)
    }

    /// Whether the class's grade learns without marks.
    pub(super) fn without_marks(&self) -> bool {
        let grade = self.journal.class.grade();
        grade.is_some_and(|g| self.regulation.grades_without_marks.contains(&g))
    }

    /// Whether it is a year's journal that holds finals only.
    pub(super) fn finals_only(&self) -> bool {
        let year = self.journal.period.kind == PeriodKind::Year;
        year && self.pages.iter().all(|p| p.page.lessons.is_empty())
    }

    /// Lessons a week: planned hours, or else lessons held, by weeks with lessons; to the nearest whole
    /// number, a half goes down (fewer marks are asked for), at least one.
    pub(super) fn hours_a_week(&self, page: &Page) -> u32 {
        let held = u32::try_from(page.lessons.len()).unwrap_or(u32::MAX);
        let hours = u64::from(page.planned_hours.unwrap_or(held));
        let weeks = u64::from(self.weeks);
        let nearest = (2 * hours + weeks - 1) / (2 * weeks);
        u32::try_from(nearest).unwrap_or(u32::MAX).max(1)
    }
}

impl PageSurvey<'_> {
    /// What each pupil's marks on this page come to.
    pub(super) fn averages(&self) -> HashMap<usize, Averages> {
        let mut rows: HashMap<usize, Averages> = HashMap::new();
        for (pupil, _, entry) in &self.entries {
            let row = rows.entry(*pupil).or_default();
            entry.marks.iter().for_each(|mark| row.add(mark));
        }
        rows
    }
}

fn pages<'a>(journal: &'a Journal, positions: &HashMap<&PupilId, usize>) -> Vec<PageSurvey<'a>> {
    let mut subjects: HashMap<String, usize> = HashMap::new();
    let mut survey = |page: &'a Page| {
        let next = subjects.len();
        let subject = *subjects.entry(subject_key(&page.subject)).or_insert(next);
        let lessons: HashMap<&LessonId, &Lesson> =
            page.lessons.iter().map(|l| (&l.id, l)).collect();
        let listed = page.pupils.as_ref().map(|ids| ids.iter().collect::<HashSet<_>>());
        let on_page = |(i, id)| listed.as_ref().is_none_or(|l| l.contains(id)).then_some(i);
        let ids = journal.pupils.iter().map(|p| &p.id).enumerate();
        let entry = |e: &'a Entry| Some((*positions.get(&e.pupil)?, *lessons.get(&e.lesson)?, e));
        let mut entries: Vec<_> = page.entries.iter().filter_map(entry).collect();
        entries.sort_by_key(|(pupil, lesson, _)| (*pupil, lesson.date, lesson.number));
        let known = |f: &'a Final| Some((*positions.get(&f.pupil)?, f));
        let mut finals: Vec<_> = page.finals.iter().filter_map(known).collect();
        finals.sort_by_key(|(pupil, f)| (*pupil, f.kind));
        let pupils = ids.filter_map(on_page).collect();
        PageSurvey { page, name: page.key().to_string(), subject, pupils, entries, finals }
    };
    journal.pages.iter().map(&mut survey).collect()
}

fn stays(journal: &Journal, positions: &HashMap<&PupilId, usize>) -> Vec<Stay> {
    let mut stays: Vec<Stay> = journal.pupils.iter().map(|_| Stay::default()).collect();
    for movement in &journal.movements {
        if let Some(pupil) = positions.get(&movement.pupil) {
            stays[*pupil].moves.push((movement.date, movement.kind));
        }
    }
    for stay in &mut stays {
        stay.moves.sort_by_key(|(day, _)| *day);
    }
    stays
}

/// Weeks of the period (Monday to Sunday) in which the class had lessons, so that holidays inside a
/// half-year do not count; without lessons all weeks of the period. At least one.
fn weeks(journal: &Journal) -> u32 {
    let Period { from, to, .. } = journal.period;
    let week = |day: NaiveDate| (day.num_days_from_ce() - 1).div_euclid(7);
    let lessons = journal.pages.iter().flat_map(|page| &page.lessons);
    let inside = lessons.map(|l| l.date).filter(|day| (from..=to).contains(day));
    let held = inside.map(week).collect::<BTreeSet<_>>().len();
    let all = usize::try_from(week(to) - week(from) + 1).unwrap_or(1);
    u32::try_from(if held > 0 { held } else { all }).unwrap_or(u32::MAX).max(1)
}
