//! Lessons: topics, dates, hours, substitutions, homework.

use super::Code;
use super::remark::{Found, Spot};
use super::survey::{PageSurvey, Survey};
use super::wording::{ON_PAGES, count, date, dates, list, period};
use crate::journal::Lesson;

pub(super) fn check(s: &Survey, found: &mut Found) {
    let finals_only = s.finals_only();
    for (position, page) in s.pages.iter().enumerate() {
        let spot = Spot::page(position);
        topics(s, page, spot, found);
        outside_period(s, page, spot, found);
        substitutions(s, page, spot, found);
        homework(s, page, spot, found);
        if !finals_only {
            hours(page, spot, found);
        }
    }
    if !finals_only {
        plans(s, found);
    }
}

impl<'a> PageSurvey<'a> {
    /// The lessons of which something holds.
    fn lessons(&self, holds: impl Fn(&Lesson) -> bool) -> Vec<&'a Lesson> {
        self.page.lessons.iter().filter(|l| holds(l)).collect()
    }
}

/// Whether a text says nothing: missing, or made of dashes and dots.
fn says_nothing(text: Option<&str>) -> bool {
    !text.is_some_and(|t| t.chars().any(char::is_alphanumeric))
}

/// Every lesson has its topic (R1 6.4.9).
fn topics(s: &Survey, page: &PageSurvey, spot: Spot, found: &mut Found) {
    let lessons = page.lessons(|l| says_nothing(l.topic.as_deref()));
    if !lessons.is_empty() {
        let text = format!(
            "{}: нет темы у {} ({}), а тема записывается для каждого.",
            page.name,
            count(lessons.len(), s.trade.of_lessons),
            dates(&lessons)
        );
        found.add(Code::LessonWithoutTopic, spot.lessons(&lessons), text);
    }
}

fn outside_period(s: &Survey, page: &PageSurvey, spot: Spot, found: &mut Found) {
    let of = &s.journal.period;
    let lessons = page.lessons(|l| !(of.from..=of.to).contains(&l.date));
    if !lessons.is_empty() {
        let text = format!(
            "{}: дата {} ({}) лежит вне периода — {} длится с {} по {}.",
            page.name,
            count(lessons.len(), s.trade.of_lessons),
            dates(&lessons),
            period(of),
            date(of.from),
            date(of.to)
        );
        found.add(Code::LessonOutsidePeriod, spot.lessons(&lessons), text);
    }
}

/// A substitution names who stood in (R1 2.1; R3 5.8).
fn substitutions(s: &Survey, page: &PageSurvey, spot: Spot, found: &mut Found) {
    let word = s.regulation.substitution_word.to_lowercase();
    let said = |topic: &str| {
        let topic = topic.to_lowercase();
        topic.split(|c: char| !c.is_alphanumeric()).any(|part| part == word)
    };
    let lessons = page.lessons(|l| match &l.substitute {
        Some(_) => !s.named(l.substitute.as_ref()),
        None => l.topic.as_deref().is_some_and(said),
    });
    if !lessons.is_empty() {
        let text = format!(
            "{}: замещение на {} ({}) записано без полного имени того, кто замещал, а оно \
             обязательно.",
            page.name,
            count(lessons.len(), s.trade.at_lessons),
            dates(&lessons)
        );
        found.add(Code::SubstitutionWithoutName, spot.lessons(&lessons), text);
    }
}

/// How teachers write that nothing was set.
const NO_HOMEWORK: [&str; 5] =
    ["нет", "не задано", "без задания", "без домашнего задания", "не предусмотрено"];

/// Grade 1 has no homework (R1 5.7).
fn homework(s: &Survey, page: &PageSurvey, spot: Spot, found: &mut Found) {
    let Some(grade) = s.journal.class.grade() else { return };
    if !s.regulation.grades_without_homework.contains(&grade) {
        return;
    }
    let none = |text: &str| {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        NO_HOMEWORK.contains(&text.as_str())
    };
    let set = |text: &str| !says_nothing(Some(text)) && !none(text);
    let lessons = page.lessons(|l| l.homework.as_deref().is_some_and(set));
    if !lessons.is_empty() {
        let text = format!(
            "{}: на {} ({}) задано на дом, а {grade} класс учится без домашних заданий.",
            page.name,
            count(lessons.len(), s.trade.at_lessons),
            dates(&lessons)
        );
        found.add(Code::HomeworkNotAllowed, spot.lessons(&lessons), text);
    }
}

/// Hours held are those of the plan (R1 6.4.8).
fn hours(page: &PageSurvey, spot: Spot, found: &mut Found) {
    let Some(planned) = page.page.planned_hours else { return };
    let planned = usize::try_from(planned).unwrap_or(usize::MAX);
    let held = page.page.lessons.len();
    if held < planned {
        let text = format!(
            "{}: проведено часов — {held} из {planned} по плану, недостаёт {}, а программа \
             выполняется полностью.",
            page.name,
            planned - held
        );
        found.add(Code::HoursBelowPlan, spot, text);
    } else if held > planned {
        let text = format!(
            "{}: проведено часов — {held} при {planned} по плану, на {} больше: сверьте план с \
             журналом.",
            page.name,
            held - planned
        );
        found.add(Code::HoursAbovePlan, spot, text);
    }
}

/// Without planned hours nobody can tell whether the programme was carried out.
fn plans(s: &Survey, found: &mut Found) {
    let unplanned = |i: &usize| s.pages[*i].page.planned_hours.is_none();
    let pages: Vec<usize> = (0..s.pages.len()).filter(unplanned).collect();
    if !pages.is_empty() {
        let names: Vec<&str> = pages.iter().map(|i| s.pages[*i].name.as_str()).collect();
        let text = format!(
            "На {} нет часов по плану ({}), поэтому выполнение программы там не проверено.",
            count(pages.len(), ON_PAGES),
            list(&names)
        );
        found.add(Code::PlanMissing, Spot::pages(&pages), text);
    }
}
