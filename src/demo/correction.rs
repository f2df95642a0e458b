//! A journal corrected after it was sealed.

use super::marks;
use crate::journal::{Entry, Journal, MarkValue, Page, PupilId};
use chrono::TimeDelta;

/// The same journal taken out three days later, with one mark and the final that follows from it changed
/// on one page. Where no mark is ever given (grade 1), the topic of the first lesson is changed instead.
///
/// What one correction does to a record: the corrected page gets a new digest, all others keep theirs.
pub fn corrected(journal: &Journal) -> Journal {
    let mut journal = journal.clone();
    journal.source.exported += TimeDelta::days(3);
    if journal.pages.iter_mut().any(correct) {
        return journal;
    }
    let lessons = journal.pages.iter_mut().flat_map(|p| p.lessons.iter_mut());
    if let Some(topic) = lessons.filter_map(|l| l.topic.as_mut()).next() {
        topic.push_str(" (уточнено)");
    }
    journal
}

/// Changes one mark so that it changes a final, and the final with it. False when the page has no such
/// mark.
fn correct(page: &mut Page) -> bool {
    for place in 0..page.finals.len() {
        let pupil = page.finals[place].pupil.clone();
        let Some(now) = final_by_average(&page.entries, &pupil) else { continue };
        if page.finals[place].value != now.to_string() {
            continue;
        }
        if let Some(new) = change_a_mark(&mut page.entries, &pupil, now) {
            page.finals[place].value = new.to_string();
            return true;
        }
    }
    false
}

/// Raises or lowers one mark of a pupil such that another final follows; says which.
fn change_a_mark(entries: &mut [Entry], pupil: &PupilId, now: u8) -> Option<u8> {
    for entry in 0..entries.len() {
        if entries[entry].pupil != *pupil {
            continue;
        }
        for mark in 0..entries[entry].marks.len() {
            let old = entries[entry].marks[mark].value.clone();
            for value in ["5", "4", "3", "2"] {
                entries[entry].marks[mark].value = value.to_owned();
                match final_by_average(entries, pupil) {
                    Some(new) if new != now => return Some(new),
                    _ => {}
                }
            }
            entries[entry].marks[mark].value = old;
        }
    }
    None
}

/// The final a pupil's marks on a page lead to; `None` without marks or on a border between two.
pub(super) fn final_by_average(entries: &[Entry], pupil: &PupilId) -> Option<u8> {
    let marks = entries.iter().filter(|e| e.pupil == *pupil).flat_map(|e| &e.marks);
    let pairs = marks.filter_map(|m| match MarkValue::read(&m.value) {
        MarkValue::Grade(value) => {
            let weight = m.weight.as_deref().map_or(Ok(1), str::parse).ok()?;
            Some((u32::from(value), weight))
        }
        _ => None,
    });
    marks::agreed_final(pairs)
}
