//! What a check found.

use super::survey::Survey;
use super::{Code, Level};
use crate::journal::{ClassName, Lesson};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// One finding about a journal. Its JSON form (`letopis check --json`) is stable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// What it is about.
    pub code: Code,
    /// How much it weighs.
    pub level: Level,
    /// The school's own reference; `None` where the regulation names no clause for this code.
    pub clause: Option<String>,
    /// Where it is.
    pub place: Place,
    /// One Russian sentence: what, where, what the rule is. May name pupils: not for logs.
    pub text: String,
}

/// Where a finding is. `None` means that it is about all, or about several of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Class.
    pub class: ClassName,
    /// Subject and subgroup as [`crate::journal::PageKey`] writes them.
    pub page: Option<String>,
    /// The pupil's full name.
    pub pupil: Option<String>,
    /// Lesson.
    pub lesson: Option<LessonAt>,
}

/// A lesson by date and its number within the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LessonAt {
    /// Local date.
    pub date: NaiveDate,
    /// Which lesson of the day.
    pub number: u32,
}

/// How many remarks there are of each code, the weightiest codes first.
pub fn summary(remarks: &[Remark]) -> Vec<(Code, usize)> {
    let mut counts: BTreeMap<(Level, Code), usize> = BTreeMap::new();
    for remark in remarks {
        *counts.entry((remark.level, remark.code)).or_default() += 1;
    }
    counts.into_iter().map(|((_, code), count)| (code, count)).collect()
}

/// A place by positions within the journal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spot<'a> {
    page: Option<usize>,
    pupil: Option<usize>,
    lesson: Option<&'a Lesson>,
}

impl<'a> Spot<'a> {
    /// The whole journal.
    pub(super) fn journal() -> Self {
        Spot::default()
    }

    /// A page by its position.
    pub(super) fn page(page: usize) -> Self {
        Spot { page: Some(page), ..Spot::default() }
    }

    /// The page, when there is just one of them.
    pub(super) fn pages(pages: &[usize]) -> Self {
        Spot { page: only(pages), ..Spot::default() }
    }

    /// The pupil, when there is just one of them.
    pub(super) fn pupils(self, pupils: &[usize]) -> Self {
        Spot { pupil: only(pupils), ..self }
    }

    /// The lesson, when there is just one of them.
    pub(super) fn lessons(self, lessons: &[&'a Lesson]) -> Self {
        Spot { lesson: only(lessons), ..self }
    }
}

fn only<T: Copy>(list: &[T]) -> Option<T> {
    match list {
        [one] => Some(*one),
        _ => None,
    }
}

/// Remarks gathering, each with the positions of its page and pupil.
pub(super) struct Found<'s, 'a> {
    survey: &'s Survey<'a>,
    class: ClassName,
    remarks: Vec<(Option<usize>, Option<usize>, Remark)>,
}

impl<'s, 'a> Found<'s, 'a> {
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        Found { survey, class: survey.journal.class.name(), remarks: Vec::new() }
    }

    /// Notes a finding; level and clause follow from the code.
    pub(super) fn add(&mut self, code: Code, spot: Spot, text: String) {
        let place = Place {
            class: self.class.clone(),
            page: spot.page.map(|page| self.survey.pages[page].name.clone()),
            pupil: spot.pupil.map(|pupil| self.survey.journal.pupils[pupil].full_name()),
            lesson: spot.lesson.map(|l| LessonAt { date: l.date, number: l.number }),
        };
        let clause = self.survey.regulation.clause(code).map(str::to_owned);
        let remark = Remark { code, level: code.level(), clause, place, text };
        self.remarks.push((spot.page, spot.pupil, remark));
    }

    /// Journal-wide remarks first, then page by page; pupils in list order.
    pub(super) fn into_sorted(mut self) -> Vec<Remark> {
        self.remarks.sort_by_key(|(page, pupil, r)| (*page, r.code, *pupil, r.place.lesson));
        self.remarks.into_iter().map(|(_, _, remark)| remark).collect()
    }
}
