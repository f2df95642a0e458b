//! What stands in the cells: unknown tokens, debts, marks where there are none, entries of pupils who
//! were not there.

use super::Code;
use super::average::Weight;
use super::remark::{Found, Spot};
use super::survey::{PageSurvey, Survey};
use super::wording::{ENTRIES, MARKS, OF_PUPILS, TIMES, count, date, dates, list};
use crate::journal::{Entry, Lesson, MarkValue, MovementKind};
use std::collections::BTreeMap;

pub(super) fn check(s: &Survey, found: &mut Found) {
    for (position, page) in s.pages.iter().enumerate() {
        unknown_tokens(s, page, position, found);
        debts(s, page, position, found);
        if s.without_marks() {
            marks_not_allowed(s, page, position, found);
        }
    }
    outside_stay(s, found);
}

/// Where one unknown token stands: how often, and the first cell.
struct Seen<'a> {
    times: usize,
    pupil: usize,
    lesson: Option<&'a Lesson>,
}

/// Unknown tokens are kept as they are and named once for each page.
fn unknown_tokens(s: &Survey, page: &PageSurvey, position: usize, found: &mut Found) {
    let mut seen: BTreeMap<(Code, &str), Seen> = BTreeMap::new();
    let mut note = |code, token, pupil, lesson| {
        seen.entry((code, token)).or_insert(Seen { times: 0, pupil, lesson }).times += 1;
    };
    for (pupil, lesson, entry) in &page.entries {
        for mark in &entry.marks {
            if MarkValue::read(&mark.value) == MarkValue::Unknown {
                note(Code::UnknownMark, mark.value.as_str(), *pupil, Some(*lesson));
            }
            match mark.weight.as_deref() {
                Some(weight) if weight.parse::<Weight>().is_err() => {
                    note(Code::UnknownWeight, weight, *pupil, Some(*lesson));
                }
                _ => {}
            }
        }
        match &entry.absence {
            Some(absence) if absence.code().is_none() => {
                note(Code::UnknownAbsence, absence.0.as_str(), *pupil, Some(*lesson));
            }
            _ => {}
        }
    }
    for (pupil, given) in &page.finals {
        let unknown = MarkValue::read(&given.value) == MarkValue::Unknown;
        // An empty final is a missing one; one the regulation forbids by name is known.
        if unknown && !given.value.trim().is_empty() && s.regulation.allows_final(&given.value) {
            note(Code::UnknownMark, given.value.as_str(), *pupil, None);
        }
    }
    for ((code, token), Seen { times, pupil, lesson }) in seen {
        let spot = Spot::page(position);
        let once = spot.pupils(&[pupil]).lessons(lesson.as_slice());
        let spot = if times == 1 { once } else { spot };
        let times = if times == 1 { String::new() } else { format!(" ({})", count(times, TIMES)) };
        found.add(code, spot, unknown_text(code, &page.name, token, &times));
    }
}

fn unknown_text(code: Code, page: &str, token: &str, times: &str) -> String {
    match code {
        Code::UnknownAbsence => format!(
            "{page}: обозначение «{token}» в посещаемости{times} неизвестно; оно хранится как есть, \
             но пропуском не считается."
        ),
        Code::UnknownWeight => format!(
            "{page}: вес отметки «{token}»{times} — не число; он хранится как есть, но \
             средневзвешенный балл по нему не посчитать."
        ),
        _ => format!(
            "{page}: отметка «{token}»{times} неизвестна; она хранится как есть, но в средний балл \
             не входит."
        ),
    }
}

/// Whether a cell still owes a mark: a debt stands in it and nothing made it good.
fn owes(entry: &Entry) -> bool {
    let values = || entry.marks.iter().map(|mark| MarkValue::read(&mark.value));
    let good = |v| matches!(v, MarkValue::Grade(_) | MarkValue::Credit | MarkValue::NoCredit);
    values().any(|v| v == MarkValue::Debt) && !values().any(good)
}

/// Debts still open when the period ends, of pupils who are still there.
fn debts(s: &Survey, page: &PageSurvey, position: usize, found: &mut Found) {
    let stays = |pupil: usize| s.stays[pupil].present_after(s.journal.period.to);
    let open = page.entries.iter().filter(|(pupil, _, entry)| owes(entry) && stays(*pupil));
    let open: Vec<(usize, &Lesson)> = open.map(|(pupil, lesson, _)| (*pupil, *lesson)).collect();
    let finals = page.finals.iter().filter(|(_, f)| MarkValue::read(&f.value) == MarkValue::Debt);
    let lessons: Vec<&Lesson> = open.iter().map(|(_, lesson)| *lesson).collect();
    let mut pupils: Vec<usize> =
        open.iter().map(|(pupil, _)| *pupil).chain(finals.map(|(pupil, _)| *pupil)).collect();
    pupils.sort_unstable();
    pupils.dedup();
    if !pupils.is_empty() {
        let days =
            if lessons.is_empty() { String::new() } else { format!(" за {}", dates(&lessons)) };
        let text = format!(
            "{}: к концу периода не закрыт долг («точка»){days} у {}: {}.",
            page.name,
            count(pupils.len(), OF_PUPILS),
            list(&s.names(&pupils))
        );
        let spot = Spot::page(position).pupils(&pupils).lessons(&lessons);
        found.add(Code::DebtOpen, spot, text);
    }
}

/// Grade 1 learns without marks (R1 5.7).
fn marks_not_allowed(s: &Survey, page: &PageSurvey, position: usize, found: &mut Found) {
    let is_mark = |value: &str| {
        use MarkValue::{Credit, Debt, Grade, NoCredit};
        matches!(MarkValue::read(value), Grade(_) | Credit | NoCredit | Debt)
    };
    let mut marks = 0;
    let (mut pupils, mut lessons) = (Vec::new(), Vec::new());
    for (pupil, lesson, entry) in &page.entries {
        let here = entry.marks.iter().filter(|m| is_mark(&m.value)).count();
        if here > 0 {
            marks += here;
            pupils.push(*pupil);
            lessons.push(*lesson);
        }
    }
    let finals = page.finals.iter().filter(|(_, f)| is_mark(&f.value));
    let finals: Vec<usize> = finals.map(|(pupil, _)| *pupil).collect();
    let mut phrases = Vec::new();
    if marks > 0 {
        phrases.push(format!("{} ({})", count(marks, MARKS), dates(&lessons)));
    }
    if !finals.is_empty() {
        phrases.push(format!("итоговых отметок: {}", finals.len()));
    }
    if let (false, Some(grade)) = (phrases.is_empty(), s.journal.class.grade()) {
        pupils.extend(&finals);
        pupils.sort_unstable();
        pupils.dedup();
        lessons.dedup_by_key(|lesson| &lesson.id);
        let text = format!(
            "{}: в журнале есть отметки — {}, а {grade} класс учится без отметок.",
            page.name,
            phrases.join("; ")
        );
        let spot = Spot::page(position).pupils(&pupils).lessons(&lessons);
        found.add(Code::MarksNotAllowed, spot, text);
    }
}

/// Marks and absences dated when the pupil was not in the class: one remark for each pupil.
fn outside_stay(s: &Survey, found: &mut Found) {
    let mut strays: BTreeMap<usize, Vec<(usize, &Lesson)>> = BTreeMap::new();
    for (position, page) in s.pages.iter().enumerate() {
        for (pupil, lesson, entry) in &page.entries {
            let filled = !entry.marks.is_empty() || entry.absence.is_some();
            if filled && !s.stays[*pupil].includes(lesson.date) {
                strays.entry(*pupil).or_default().push((position, *lesson));
            }
        }
    }
    for (pupil, entries) in strays {
        let lessons: Vec<&Lesson> = entries.iter().map(|(_, lesson)| *lesson).collect();
        let mut pages: Vec<usize> = entries.iter().map(|(page, _)| *page).collect();
        pages.dedup();
        let names: Vec<&str> = pages.iter().map(|i| s.pages[*i].name.as_str()).collect();
        let text = format!(
            "{} ({}): {} вне времени учёбы — {}, {}.",
            s.journal.pupils[pupil].full_name(),
            moves(s, pupil),
            count(entries.len(), ENTRIES),
            list(&names),
            dates(&lessons)
        );
        let spot = Spot::pages(&pages).pupils(&[pupil]).lessons(&lessons);
        found.add(Code::EntryOutsideStay, spot, text);
    }
}

/// «прибытие 05.09.2025, выбытие 02.10.2025».
fn moves(s: &Survey, pupil: usize) -> String {
    let phrase = |(day, kind): &(_, MovementKind)| match kind {
        MovementKind::Arrived => format!("прибытие {}", date(*day)),
        MovementKind::Left => format!("выбытие {}", date(*day)),
    };
    list(&s.stays[pupil].moves().iter().map(phrase).collect::<Vec<_>>())
}
