//! A class's journal of the year: year marks, exams, decisions of the pedagogical council.

use super::School;
use super::calendar;
use super::place::Place;
use crate::journal::{
    Decision, Final, FinalKind, Journal, MarkValue, Page, Period, PeriodId, PeriodKind, Pupil,
    PupilId,
};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Subjects with an exam at the end of grades 9 and 11.
const EXAMS: [&str; 2] = ["Русский язык", "Алгебра"];

/// The pupil in this place of the list was entered a second time when the year's marks were given: the
/// e-journal knows them by another id.
const ENTERED_AGAIN: usize = 2;

/// The journal with the year's marks; `None` unless `year` is 2025-26. Year marks are the means of the
/// period marks, half up. There are no lessons in it: they stand in the journals of the periods.
pub(super) fn journal(school: &School, place: Place, year: PeriodId) -> Option<Journal> {
    let kind = calendar::closes_by(place.grade);
    let numbers = (1..=kind.most()?).map(Some);
    let periods: Vec<Journal> = numbers
        .filter_map(|number| calendar::period(PeriodId { kind, number, ..year }))
        .map(|period| school.class(place).journal(period))
        .collect();
    let last = periods.last()?.clone();
    let given = given(&periods);
    let (from, to) = (periods[0].period.from, last.period.to);
    let mut journal = Journal {
        decisions: Vec::new(),
        movements: Vec::new(),
        pages: last.pages.iter().map(|page| self::page(&last, page, place.grade, &given)).collect(),
        period: Period { from, kind: PeriodKind::Year, number: None, to },
        ..last
    };
    journal.decisions = journal.pupils.iter().map(|p| decision(p, &journal, place.grade)).collect();
    enter_again(&mut journal, place);
    Some(journal)
}

/// The grades of all periods by page and pupil.
type Given<'a> = HashMap<(&'a str, &'a PupilId), Vec<u32>>;

fn given(periods: &[Journal]) -> Given<'_> {
    let mut given = Given::new();
    for page in periods.iter().flat_map(|journal| &journal.pages) {
        for mark in page.finals.iter().filter(|mark| mark.kind == FinalKind::Period) {
            if let MarkValue::Grade(grade) = MarkValue::read(&mark.value) {
                let grades = given.entry((page.subject.as_str(), &mark.pupil)).or_default();
                grades.push(u32::from(grade));
            }
        }
    }
    given
}

fn page(journal: &Journal, page: &Page, grade: u8, given: &Given<'_>) -> Page {
    let pupils = journal.pupils_of(page).map(|pupil| &pupil.id);
    let finals = pupils.flat_map(|pupil| {
        let grades = given.get(&(page.subject.as_str(), pupil)).map_or(&[][..], Vec::as_slice);
        finals(pupil, &page.subject, grade, grades)
    });
    Page {
        entries: Vec::new(),
        finals: finals.collect(),
        lessons: Vec::new(),
        planned_hours: None,
        ..page.clone()
    }
}

/// Year mark, and in grades 9 and 11 exam and final mark, of a pupil in a subject.
fn finals(pupil: &PupilId, subject: &str, grade: u8, grades: &[u32]) -> Vec<Final> {
    let Some(year) = mean(grades) else { return Vec::new() };
    let set = Some(calendar::school_day_up_to(calendar::day(2026, 5, 26), grade));
    let of = |kind, value: u32, set| Final {
        kind,
        pupil: pupil.clone(),
        school: None,
        set,
        value: value.to_string(),
    };
    let mut finals = vec![of(FinalKind::Year, year, set)];
    if leaves(grade) {
        let exam = EXAMS.contains(&subject).then_some((grades.iter().sum::<u32>() % 3 + 3).min(5));
        let marks: Vec<u32> = [year].into_iter().chain(exam).collect();
        finals.extend(exam.map(|exam| of(FinalKind::Exam, exam, Some(council(grade)))));
        finals.extend(mean(&marks).map(|mark| of(FinalKind::Final, mark, Some(council(grade)))));
    }
    finals
}

/// Half up; `None` of nothing.
fn mean(grades: &[u32]) -> Option<u32> {
    let count = grades.len() as u32;
    (2 * grades.iter().sum::<u32>() + count).checked_div(2 * count)
}

/// Grades whose pupils get an attestat.
fn leaves(grade: u8) -> bool {
    matches!(grade, 9 | 11)
}

/// When the pedagogical council decides about a grade.
fn council(grade: u8) -> NaiveDate {
    let last = calendar::day(2026, 5, 26);
    if leaves(grade) { last + Days::new(24) } else { last + Days::new(1) }
}

fn decision(pupil: &Pupil, journal: &Journal, grade: u8) -> Decision {
    let bad = |mark: &Final| {
        let grade = MarkValue::read(&mark.value);
        mark.kind == FinalKind::Year && mark.pupil == pupil.id && grade == MarkValue::Grade(2)
    };
    let owes = journal.pages.iter().flat_map(|page| &page.finals).any(bad);
    let she = pupil.patronymic.as_deref().is_some_and(|name| name.ends_with("на"));
    let moved = if she { "переведена" } else { "переведён" };
    let text = match (grade, owes) {
        (9 | 11, true) => "оставить на повторную аттестацию".to_owned(),
        (9, false) => "выдать аттестат об основном общем образовании".to_owned(),
        (11, false) => "выдать аттестат о среднем общем образовании".to_owned(),
        (1, _) => format!("{moved} во 2 класс"),
        (grade, true) => format!("{moved} в {} класс условно", grade + 1),
        (grade, false) => format!("{moved} в {} класс", grade + 1),
    };
    let protocol = if leaves(grade) { "14" } else { "12" };
    let (date, protocol) = (Some(council(grade)), Some(protocol.to_owned()));
    Decision { date, protocol, pupil: pupil.id.clone(), text }
}

fn enter_again(journal: &mut Journal, place: Place) {
    let Some(former) = journal.pupils.get(ENTERED_AGAIN).map(|pupil| pupil.id.clone()) else {
        return;
    };
    let id = place.long_id(19_990, 0, ENTERED_AGAIN + 1).to_string();
    let fresh = PupilId::try_from(id).expect("19 digits are an id");
    let pages = journal.pages.iter_mut();
    let on_pages = pages.flat_map(|page| {
        page.pupils.iter_mut().flatten().chain(page.finals.iter_mut().map(|mark| &mut mark.pupil))
    });
    let listed = journal.pupils.iter_mut().map(|pupil| &mut pupil.id);
    let decided = journal.decisions.iter_mut().map(|decision| &mut decision.pupil);
    for pupil in on_pages.chain(listed).chain(decided).filter(|pupil| **pupil == former) {
        pupil.clone_from(&fresh);
    }
}
