//! A section: the sheets that show one thing, laid out before they are numbered.

use super::frame::{self, BODY, Heads, Numbered};
use super::marks::Grid;
use super::{ClassJournal, Content, Edition, notes, topics};
use crate::journal::{Page, Person};
use crate::paper::wording::forms::{Role, TeacherName};
use crate::paper::words::Initials;
use crate::paper::{Format, PaperError, Place, Side, Writing};
use crate::register::{SheetKind, SheetRun};

/// Sheets that show one thing.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: SheetKind,
    /// Which page of the journal, from 0.
    pub(super) page: Option<usize>,
    /// What the list of pages and messages call it.
    pub(super) name: String,
    pub(super) heads: Heads,
    /// Its sides, without head and foot.
    pub(super) sides: Vec<Side>,
}

impl Section {
    /// How many sheets it takes.
    pub(super) fn sheets(&self, form: &ClassJournal<'_>) -> u32 {
        self.sides.len().div_ceil(form.sides_of_a_sheet()) as u32
    }

    /// Its sides with head and foot; the last sheet's back is empty when nothing is left for it.
    pub(super) fn finish(
        self,
        form: &ClassJournal<'_>,
        edition: &Edition,
        run: &SheetRun,
        place: &Place<'_>,
    ) -> Result<Vec<Side>, PaperError> {
        let (of_a_sheet, mut sides) = (form.sides_of_a_sheet(), self.sides);
        let place = place.at(&self.name);
        for (number, side) in sides.iter_mut().enumerate() {
            let sheet = run.from + (number / of_a_sheet) as u32;
            let at = Numbered { sheet, run, back: number % of_a_sheet == 1 };
            frame::draw(side, form, edition, &self.heads, at, &place)?;
        }
        while sides.len() % of_a_sheet != 0 {
            sides.push(Side::new(Format::Portrait));
        }
        Ok(sides)
    }
}

/// Place of the title sheet among so many sections: first in a copy; in a correction, where the number of what follows
/// need not wait for its length, before the last sheet.
pub(super) fn title_at(edition: &Edition, sections: usize) -> usize {
    if edition.correction().is_some() { sections } else { 0 }
}

/// What the sheets show when the title takes so many: title and sections in order, last sheet.
pub(super) fn numbered(
    form: &ClassJournal<'_>,
    edition: &Edition,
    sections: &[Section],
    title_sheets: u32,
) -> Vec<SheetRun> {
    let mut shown: Vec<(SheetKind, u32, Option<usize>)> =
        sections.iter().map(|section| (section.kind, section.sheets(form), section.page)).collect();
    shown.insert(title_at(edition, sections.len()), (SheetKind::Title, title_sheets, None));
    shown.push((SheetKind::Last, 1, None));
    let mut next = edition.correction().map_or(1, |correction| correction.first);
    let run = |(kind, sheets, page): (SheetKind, u32, Option<usize>)| {
        let digest = page.and_then(|page| form.pages.get(page)).copied();
        let page = page.map(|page| page as u32 + 1);
        let from = next;
        next += sheets;
        SheetRun { kind, from, to: next - 1, page, digest }
    };
    shown.into_iter().map(run).collect()
}

/// A name with initials before it, as a signature is written out: «М. И. Орлова».
pub(super) fn signed_as(person: Option<&Person>) -> Option<String> {
    let person = person?;
    let initials = Initials::of(person).ok().map(|initials| initials.before());
    initials.or_else(|| person.full_name())
}

/// The sheets of a subject's page.
pub(super) fn of_page(
    form: &ClassJournal<'_>,
    edition: &Edition,
    number: usize,
    place: &Place<'_>,
) -> Result<Section, PaperError> {
    let page = &form.journal.pages[number];
    let name = page.key().to_string();
    let place = place.at(&name);
    let writing = page_written(form, &Grid::of(form, page), &place)?;
    let heads = heads(form, edition, page, name.clone());
    Ok(Section { kind: SheetKind::Page, page: Some(number), name, heads, sides: writing.finish() })
}

/// A page's marks and topics on the fewest sides. The fewest parts can spill a few topics or notes onto another side;
/// then more parts are tried, at most three times, and taken when they need no more sides and spill nothing.
fn page_written(
    form: &ClassJournal<'_>,
    grid: &Grid<'_>,
    place: &Place<'_>,
) -> Result<Writing, PaperError> {
    let written = |parts: usize| {
        let mut writing = Writing::new(Format::Portrait, BODY);
        let whole = grid.write(&mut writing, parts, place, |writing, part| match form.content {
            Content::MarksAndTopics => topics::write(writing, form, part, place),
            Content::Marks => Ok(()),
        })?;
        let sides = writing.sides();
        notes::write(&mut writing, &grid.notes, place)?;
        let whole = whole && writing.sides() == sides;
        Ok::<_, PaperError>((writing, whole))
    };
    let least = grid.least_parts(Writing::new(Format::Portrait, BODY).width());
    let (mut best, mut whole) = written(least)?;
    let (most, step) = (best.sides().min(grid.lessons()), best.sides().saturating_sub(least));
    for parts in (least..=most).step_by(step.div_ceil(3).max(1)).skip(1) {
        if whole {
            break;
        }
        let (other, is_whole) = written(parts)?;
        if (other.sides(), !is_whole) < (best.sides(), true) {
            (best, whole) = (other, is_whole);
        }
    }
    Ok(best)
}

fn heads(form: &ClassJournal<'_>, edition: &Edition, page: &Page, subject: String) -> Heads {
    let texts = &form.wording.journal.subject;
    let teacher = page.teacher.as_ref().and_then(|id| form.journal.person(id));
    let named = teacher.and_then(Person::full_name);
    let role = form.wording.terms.role(Role::Teacher, &form.journal.class).to_owned();
    let signs = !matches!(edition, Edition::Reference);
    Heads {
        subject,
        teacher: named
            .map(|teacher| texts.teacher.fill(&TeacherName { teacher }))
            .unwrap_or_default(),
        statement: signs.then(|| texts.signer.fill(&form.titled())),
        signer: (role, signed_as(teacher)),
    }
}
