//! A journal laid out for writing its texts: every id looked up once, for views and cards alike.

use crate::journal::{ClassName, Entry, Final, Journal, Lesson, Page, PersonId, Pupil};
use std::collections::HashMap;

/// Stands for a substitute whose name the source did not give.
const NAMELESS: &str = "?";

/// A journal with the places of its pupils and lessons and the names of its people.
pub(super) struct Layout<'a> {
    pub(super) journal: &'a Journal,
    pub(super) class: ClassName,
    pub(super) pages: Vec<PageLayout<'a>>,
    people: HashMap<&'a PersonId, Option<String>>,
}

/// A page with its pupils and cells.
pub(super) struct PageLayout<'a> {
    pub(super) page: &'a Page,
    /// Places in the journal, from 0, of the pupils on the page.
    pub(super) pupils: Vec<usize>,
    /// The cells in the page's order.
    pub(super) cells: Vec<Cell<'a>>,
    /// Whose the page's finals are: places on the page from 1, 0 if not on it.
    pub(super) finals: Vec<(usize, &'a Final)>,
    /// The cells whose lesson and pupil are on the page, pupil by pupil.
    by_pupil: Vec<Cell<'a>>,
}

/// An entry with where it stands.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    /// Place on the page from 1, 0 if it is not there.
    pub(super) lesson: usize,
    /// Likewise.
    pub(super) pupil: usize,
    pub(super) entry: &'a Entry,
}

impl<'a> Layout<'a> {
    pub(super) fn of(journal: &'a Journal) -> Layout<'a> {
        let people = journal.people.iter().map(|p| (&p.id, p.full_name())).collect();
        let mut pupils = Places::of(journal.pupils.iter().map(|pupil| pupil.id.as_str()));
        let pages = journal.pages.iter().map(|page| PageLayout::of(page, &mut pupils)).collect();
        Layout { journal, class: journal.class.name(), pages, people }
    }

    /// The name of a page's teacher, if the journal knows it.
    pub(super) fn teacher(&self, page: &Page) -> Option<&str> {
        page.teacher.as_ref().and_then(|id| self.people.get(id)?.as_deref())
    }

    /// The name of whoever stood in, [`NAMELESS`] if the journal knows only that somebody did.
    pub(super) fn substitute(&self, lesson: &Lesson) -> Option<&str> {
        let id = lesson.substitute.as_ref()?;
        Some(self.people.get(id).and_then(Option::as_deref).unwrap_or(NAMELESS))
    }

    /// The pupils of a page, in the order of the class list.
    pub(super) fn pupils_of(&self, page: &PageLayout<'_>) -> impl Iterator<Item = &'a Pupil> {
        page.pupils.iter().map(|place| &self.journal.pupils[*place])
    }
}

impl<'a> PageLayout<'a> {
    fn of(page: &'a Page, class: &mut Places<'a>) -> PageLayout<'a> {
        // For each pupil of the class the place on the page from 1, 0 if not on it.
        let mut on_page = vec![usize::from(page.pupils.is_none()); class.ids.len()];
        for id in page.pupils.iter().flatten() {
            if let Some(place) = class.find(id.as_str()) {
                on_page[place] = 1;
            }
        }
        let mut pupils = Vec::with_capacity(on_page.len());
        for (place, on_page) in on_page.iter_mut().enumerate().filter(|(_, on)| **on > 0) {
            pupils.push(place);
            *on_page = pupils.len();
        }
        let mut pupil = |id| class.find(id).map_or(0, |place| on_page[place]);
        let mut lessons = Places::of(page.lessons.iter().map(|lesson| lesson.id.as_str()));
        let cell = |entry: &'a Entry| Cell {
            lesson: lessons.find(entry.lesson.as_str()).map_or(0, |place| place + 1),
            pupil: pupil(entry.pupil.as_str()),
            entry,
        };
        let cells: Vec<Cell<'_>> = page.entries.iter().map(cell).collect();
        let finals = page.finals.iter().map(|f| (pupil(f.pupil.as_str()), f)).collect();
        let mut by_pupil = cells.clone();
        by_pupil.retain(|cell| cell.lesson > 0 && cell.pupil > 0);
        by_pupil.sort_by_key(|cell| cell.pupil);
        PageLayout { page, pupils, cells, finals, by_pupil }
    }

    /// Place on the page, from 1, of the pupil with this place in the journal, from 0.
    pub(super) fn place_of(&self, pupil: usize) -> Option<usize> {
        self.pupils.binary_search(&pupil).ok().map(|place| place + 1)
    }

    /// The cells of the pupil with this place on the page, with their lessons, in the page's order.
    pub(super) fn cells_of(
        &self,
        pupil: usize,
    ) -> impl Iterator<Item = (&'a Lesson, &'a Entry)> + use<'a, '_> {
        let from = self.by_pupil.partition_point(|cell| cell.pupil < pupil);
        let cells = self.by_pupil[from..].iter().take_while(move |cell| cell.pupil == pupil);
        cells.map(|cell| (&self.page.lessons[cell.lesson - 1], cell.entry))
    }
}

/// Places of ids in a list.
struct Places<'a> {
    ids: Vec<&'a str>,
    /// Places in the order of their ids.
    sorted: Vec<usize>,
    /// The place found last: entries mostly ask for the same again, or for the next.
    last: usize,
}

impl<'a> Places<'a> {
    fn of(ids: impl Iterator<Item = &'a str>) -> Places<'a> {
        let ids: Vec<&str> = ids.collect();
        let mut sorted: Vec<usize> = (0..ids.len()).collect();
        sorted.sort_by_key(|place| ids[*place]);
        Places { ids, sorted, last: 0 }
    }

    fn find(&mut self, id: &str) -> Option<usize> {
        let near = (self.last..self.last + 2).find(|place| self.ids.get(*place) == Some(&id));
        let found = near.or_else(|| {
            let at = self.sorted.binary_search_by_key(&id, |place| self.ids[*place]);
            at.ok().map(|at| self.sorted[at])
        });
        self.last = found.unwrap_or(self.last);
        found
    }
}
