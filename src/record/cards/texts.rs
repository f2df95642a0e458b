//! The texts of `cards.jsonl`, written from a journal under given salts.

use crate::digest::Digest;
use crate::journal::Pupil;
use crate::record::canonical::{Canonical, Value as _};
use crate::record::layout::{Layout, PageLayout};
use crate::record::page_view::write_final;
use crate::record::salt::Salt;

/// All texts but the tree's own leaves, and for each pupil the digests that the card names.
pub(in crate::record) struct Body {
    /// The lines, each with its LF.
    pub(super) lines: Vec<u8>,
    /// For each pupil in order; of a journal the leaves' in page order.
    pub(super) leaves: Vec<Vec<Digest>>,
}

/// A line file in the making: each text is a line, and its digest is what other texts name.
struct Lines {
    text: Canonical,
    /// Texts that stand below one that is written after them.
    below: Canonical,
}

/// Writes an object at the end of a text and tells its digest.
pub(super) fn put_line(text: &mut Canonical, members: impl FnOnce(&mut Canonical)) -> Digest {
    let start = text.0.len();
    text.object(members);
    let digest = Digest::of(&text.0[start..]);
    text.0.push(b'\n');
    digest
}

/// Writes the lessons of each page and the three texts of each pupil on each page, taking one salt
/// for each line in the order of the lines; `None` when there are too few salts. `room` is about how
/// many bytes that makes.
pub(super) fn body(
    layout: &Layout<'_>,
    room: usize,
    mut salts: impl FnMut() -> Option<Salt>,
) -> Option<Body> {
    let text = Canonical(Vec::with_capacity(room));
    let mut lines = Lines { text, below: Canonical::default() };
    let mut lessons = Vec::with_capacity(layout.pages.len());
    for page in &layout.pages {
        lessons.push(lines.put_lessons(layout, page, salts()?));
    }
    let mut leaves = Vec::with_capacity(layout.journal.pupils.len());
    for pupil in 0..layout.journal.pupils.len() {
        let mut of_pupil = Vec::with_capacity(layout.pages.len());
        for (place, page) in layout.pages.iter().enumerate() {
            let Some(on_page) = page.place_of(pupil) else { continue };
            let part = Part { page, pupil: on_page, place: place + 1, lessons: lessons[place] };
            of_pupil.push(lines.put_part(&part, [salts()?, salts()?, salts()?]));
        }
        leaves.push(of_pupil);
    }
    Some(Body { lines: lines.text.0, leaves })
}

/// One pupil's part of one page.
struct Part<'a> {
    page: &'a PageLayout<'a>,
    /// The pupil's place on the page, from 1.
    pupil: usize,
    /// The page's place in the journal, from 1.
    place: usize,
    /// Digest of the page's lessons text.
    lessons: Digest,
}

impl Lines {
    fn put_lessons(&mut self, layout: &Layout<'_>, laid: &PageLayout<'_>, salt: Salt) -> Digest {
        let page = laid.page;
        put_line(&mut self.text, |text| {
            text.put_some("group", page.group.as_ref());
            text.put_objects("lessons", &page.lessons, |text, lesson| {
                text.put("date", lesson.date);
                text.put("number", lesson.number);
                text.put_some("substitute", layout.substitute(lesson));
                text.put_some("topic", lesson.topic.as_ref());
            });
            text.put_some("planned_hours", page.planned_hours);
            text.put("salt", salt);
            text.put("subject", &page.subject);
            text.put("t", "letopis/lessons/v1");
            text.put_some("teacher", layout.teacher(page));
        })
    }

    /// Writes leaf, marks and attendance; gives the leaf's digest.
    fn put_part(&mut self, part: &Part<'_>, salts: [Salt; 3]) -> Digest {
        self.below.0.clear();
        let marks = put_line(&mut self.below, |text| part.write_marks(salts[1], text));
        let attendance = put_line(&mut self.below, |text| part.write_attendance(salts[2], text));
        let page = part.page.page;
        let leaf = put_line(&mut self.text, |text| {
            text.put("attendance", attendance);
            let finals = part.page.finals.iter().filter(|(pupil, _)| *pupil == part.pupil);
            text.put_objects("finals", finals, |text, (_, mark)| write_final(text, None, mark));
            text.put_some("group", page.group.as_ref());
            text.put("lessons", part.lessons);
            text.put("marks", marks);
            text.put("page", part.place);
            text.put("salt", salts[0]);
            text.put("subject", &page.subject);
            text.put("t", "letopis/leaf/v1");
        });
        self.text.0.extend_from_slice(&self.below.0);
        leaf
    }
}

impl Part<'_> {
    fn write_marks(&self, salt: Salt, text: &mut Canonical) {
        let cells = self.page.cells_of(self.pupil);
        let said = cells.filter(|(_, e)| !e.marks.is_empty() || e.remark.is_some());
        text.put_objects("marks", said, |text, (lesson, entry)| {
            text.put("date", lesson.date);
            text.put("marks", &entry.marks[..]);
            text.put("number", lesson.number);
            text.put_some("remark", entry.remark.as_ref());
        });
        text.put("salt", salt);
        text.put("t", "letopis/marks/v1");
    }

    fn write_attendance(&self, salt: Salt, text: &mut Canonical) {
        let cells = self.page.cells_of(self.pupil);
        let absences = cells.filter_map(|(lesson, e)| Some((lesson, e.absence.as_ref()?)));
        text.put_objects("absences", absences, |text, (lesson, absence)| {
            text.put("absence", absence);
            text.put("date", lesson.date);
            text.put("number", lesson.number);
        });
        text.put("salt", salt);
        text.put("t", "letopis/attendance/v1");
    }
}

/// The card of one pupil, naming these leaves.
pub(super) fn card(layout: &Layout<'_>, pupil: &Pupil, pages: &[Digest], salt: Salt) -> Vec<u8> {
    let journal = layout.journal;
    let decisions = journal.decisions.iter().filter(|decision| decision.pupil == pupil.id);
    let movements = journal.movements.iter().filter(|movement| movement.pupil == pupil.id);
    let mut text = Canonical::default();
    text.object(|text| {
        text.put_some("born", pupil.born);
        text.put_objects("decisions", decisions, |text, decision| {
            text.put_some("date", decision.date);
            text.put_some("protocol", decision.protocol.as_ref());
            text.put("text", &decision.text);
        });
        text.put_some("file_number", pupil.file_number.as_ref());
        text.put_objects("movements", movements, |text, movement| {
            text.put("date", movement.date);
            text.put("kind", movement.kind);
            text.put_some("order", movement.order.as_ref());
        });
        text.put("name", &pupil.name);
        text.put_some("number", pupil.number);
        text.put_list("pages", pages, |text, leaf| leaf.write(text));
        text.put_some("patronymic", pupil.patronymic.as_ref());
        text.put("pupil", &pupil.id);
        text.put("salt", salt);
        text.put("surname", &pupil.surname);
        text.put("t", "letopis/card/v1");
    });
    text.0
}

/// What fills the tree up.
pub(super) fn pad(salt: Salt) -> Vec<u8> {
    let mut text = Canonical::default();
    text.object(|text| {
        text.put("salt", salt);
        text.put("t", "letopis/pad/v1");
    });
    text.0
}
