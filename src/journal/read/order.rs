//! The one order of a journal's parts.

use crate::journal::{Journal, LessonId, Page, PupilId};
use std::collections::HashMap;

/// Brings a journal into canonical order, so that two exports that say the same are equal: people by
/// id; pupils by number, those without one last, as given; movements by date, then pupil; decisions by
/// pupil, then date; lessons by date, number, id; entries by lesson, then pupil; finals by pupil, then
/// kind; a page's own list like the class list. Pages and the marks of a cell keep their order. The letter of
/// a class is Cyrillic where it looks like that.
#[must_use]
pub fn in_order(mut journal: Journal) -> Journal {
    journal.class = journal.class.in_cyrillic();
    journal.people.sort_by(|a, b| a.id.cmp(&b.id));
    journal.pupils.sort_by_key(|p| (p.number.is_none(), p.number));
    let ids = journal.pupils.iter().map(|p| p.id.clone());
    let places: HashMap<PupilId, usize> = ids.zip(0..).collect();
    let place = |id: &PupilId| places.get(id).copied();
    journal
        .movements
        .sort_by_cached_key(|m| (m.date, place(&m.pupil), m.kind as u8, m.order.clone()));
    journal
        .decisions
        .sort_by_cached_key(|d| (place(&d.pupil), d.date, d.protocol.clone(), d.text.clone()));
    for page in &mut journal.pages {
        page_in_order(page, place);
    }
    journal
}

fn page_in_order(page: &mut Page, place: impl Fn(&PupilId) -> Option<usize>) {
    page.lessons.sort_by(|a, b| (a.date, a.number, &a.id).cmp(&(b.date, b.number, &b.id)));
    let lessons: HashMap<&LessonId, usize> = page.lessons.iter().map(|l| &l.id).zip(0..).collect();
    page.entries.sort_by_cached_key(|e| (lessons.get(&e.lesson).copied(), place(&e.pupil)));
    page.finals.sort_by_cached_key(|f| (place(&f.pupil), f.kind));
    if let Some(pupils) = &mut page.pupils {
        pupils.sort_by_cached_key(|id| place(id));
    }
}
