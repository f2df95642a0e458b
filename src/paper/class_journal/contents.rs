//! The list of pages on the title sheet: all valid sheets of the copy, whenever they were printed.

use super::section::Section;
use super::{ClassJournal, Edition};
use crate::register::{SheetKind, SheetRange, SheetRun};

/// A line of the list.
#[derive(Debug)]
pub(super) struct Line {
    /// What the sheets show.
    pub(super) name: String,
    /// Which page of the journal, from 0.
    pub(super) page: Option<usize>,
    /// Its sheets.
    pub(super) sheets: Vec<SheetRange>,
}

/// The sheets of a page that are not printed again. Its number may be another now; its digest tells.
pub(super) fn kept<'e>(
    form: &ClassJournal<'_>,
    edition: &'e Edition,
    page: usize,
) -> impl Iterator<Item = &'e SheetRun> + use<'e> {
    let digest = form.pages.get(page).copied();
    let shows = move |run: &&SheetRun| run.kind == SheetKind::Page && run.digest == digest;
    edition.kept().iter().filter(move |run| digest.is_some() && shows(run))
}

/// The list: pages in the journal's order, sheets of the class, blank forms.
pub(super) fn lines(
    form: &ClassJournal<'_>,
    edition: &Edition,
    sections: &[Section],
    runs: &[SheetRun],
) -> Vec<Line> {
    let own = |run: &&SheetRun| !matches!(run.kind, SheetKind::Title | SheetKind::Last);
    let printed = || sections.iter().zip(runs.iter().filter(own));
    let pages = (0..form.journal.pages.len()).map(|page| {
        let new = printed().filter(|(section, _)| section.page == Some(page)).map(|(_, run)| run);
        Line {
            name: form.journal.pages[page].key().to_string(),
            page: Some(page),
            sheets: ranges(kept(form, edition, page).chain(new)),
        }
    });
    let others = printed().filter(|(section, _)| section.page.is_none()).map(|(section, run)| {
        Line { name: section.name.clone(), page: None, sheets: ranges([run]) }
    });
    let blanks = edition.kept().iter().filter(|run| run.kind == SheetKind::Blank);
    let blanks = blanks.enumerate().map(|(number, run)| Line {
        name: blank_name(form, number),
        page: None,
        sheets: ranges([run]),
    });
    pages.chain(others).chain(blanks).collect()
}

fn ranges<'r>(runs: impl IntoIterator<Item = &'r SheetRun>) -> Vec<SheetRange> {
    SheetRange::of(runs.into_iter().flat_map(|run| run.from..=run.to))
}

/// The heading of a blank form: they are stitched in one order, always.
fn blank_name(form: &ClassJournal<'_>, number: usize) -> String {
    let blanks = &form.wording.blanks;
    let blank = if number == 0 { &blanks.general } else { &blanks.health };
    blank.heading.fill(&form.titled())
}
