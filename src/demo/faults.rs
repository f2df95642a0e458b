//! What is wrong in the one class that gives the checks something to say.

use crate::journal::{Absence, Entry, Journal, Mark, MarkValue, Page, Person, PersonId};
use chrono::Days;
use std::collections::BTreeSet;

/// Plants one fault of each kind, each on a page of its own as far as the class has enough pages.
pub(super) fn plant(journal: &mut Journal) {
    on(journal, "Русский язык", missing_final);
    on(journal, "Литература", not_attested);
    on(journal, "Математика", contradicting_final);
    let last = journal.period.to;
    on(journal, "История", |page| {
        // Two pupils' finals on the last day of the period.
        for late in page.finals.iter_mut().skip(3).take(2) {
            late.set = Some(last);
        }
    });
    on(journal, "География", |page| at(&mut page.lessons, 3, |l| l.topic = None));
    on(journal, "Биология", |page| {
        if let Some(lesson) = page.lessons.last_mut() {
            lesson.date = last + Days::new(3);
        }
    });
    on(journal, "Обществознание", |page| {
        page.planned_hours = page.planned_hours.map(|h| h + 2)
    });
    on(journal, "Физическая культура", |page| {
        at(&mut page.lessons, 5, |lesson| {
            lesson.substitute = None;
            lesson.topic = lesson.topic.take().map(|topic| format!("Замещение. {topic}"));
        });
        at(&mut page.finals, 6, |exempt| exempt.value = "осв.".to_owned());
    });
    on(journal, "Изобразительное искусство", too_few_marks);
    on(journal, "Английский язык", unknown_tokens);
    nameless_teachers(journal);
}

/// Changes the first page of a subject.
fn on(journal: &mut Journal, subject: &str, change: impl FnOnce(&mut Page)) {
    if let Some(page) = journal.pages.iter_mut().find(|p| p.subject == subject) {
        change(page);
    }
}

/// Changes one element of a list, the last when there are fewer.
fn at<T>(list: &mut [T], index: usize, change: impl FnOnce(&mut T)) {
    let last = list.len().saturating_sub(1);
    if let Some(element) = list.get_mut(index.min(last)) {
        change(element);
    }
}

fn missing_final(page: &mut Page) {
    if page.finals.len() > 4 {
        page.finals.remove(4);
    }
}

fn not_attested(page: &mut Page) {
    at(&mut page.finals, 7, |f| f.value = "н/а".to_owned());
}

/// A final that the average does not give.
fn contradicting_final(page: &mut Page) {
    at(&mut page.finals, 10, |f| {
        f.value = if matches!(f.value.as_str(), "4" | "5") { "3" } else { "5" }.to_owned();
    });
}

/// Leaves a pupil one mark, equal to the final.
fn too_few_marks(page: &mut Page) {
    let Some(last) = page.finals.get(8) else { return };
    let (pupil, value) = (last.pupil.clone(), last.value.clone());
    let mut kept = false;
    for entry in page.entries.iter_mut().filter(|e| e.pupil == pupil) {
        if kept {
            entry.marks.clear();
        }
        entry.marks.truncate(1);
        for mark in &mut entry.marks {
            mark.value.clone_from(&value);
            kept = true;
        }
    }
    page.entries.retain(|e| !e.marks.is_empty() || e.absence.is_some() || e.remark.is_some());
}

/// An absence and a mark nobody can read.
fn unknown_tokens(page: &mut Page) {
    let readable =
        |e: &&mut Entry| e.marks.iter().any(|m| MarkValue::read(&m.value) != MarkValue::Unknown);
    if let Some(entry) = page.entries.iter_mut().find(readable) {
        entry.marks.push(Mark {
            value: "4!!".to_owned(),
            weight: None,
            work: Some("У".to_owned()),
        });
    }
    if let Some(entry) = page.entries.iter_mut().find(|e| e.absence.is_some()) {
        entry.absence = Some(Absence("ОТ".to_owned()));
    }
}

/// A page and a substitution by people of whom only the id is known.
fn nameless_teachers(journal: &mut Journal) {
    let known: BTreeSet<PersonId> = journal.people.iter().map(|p| p.id.clone()).collect();
    let free = (1u32..).map(|n| format!("100029999{n:04}")).filter_map(|id| id.parse().ok());
    let nameless: Vec<PersonId> = free.filter(|id| !known.contains(id)).take(2).collect();
    let [teacher, substitute] = nameless.as_slice() else { return };
    on(journal, "Труд (технология)", |page| page.teacher = Some(teacher.clone()));
    on(journal, "Музыка", |page| {
        at(&mut page.lessons, 2, |lesson| lesson.substitute = Some(substitute.clone()));
    });
    let person =
        |id: &PersonId| Person { id: id.clone(), name: None, patronymic: None, surname: None };
    journal.people.extend(nameless.iter().map(person));
}
