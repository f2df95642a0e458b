//! The class journal on paper: title sheet, a subject's sheets page by page, class-wide sheets, last sheet.
//!
//! Everything is laid out first (`Section`), numbered then: the title sheet lists the sheets of every page.
//! A subject's sheets show what its printed view holds (`docs/formats.md` § 2.3) and nothing else, so that
//! the page digest on them changes exactly when they would.

mod by_hand;
mod class_wide;
mod contents;
mod frame;
mod marks;
mod notes;
mod section;
#[cfg(test)]
mod tests;
mod title;
mod topics;

pub(super) use frame::draft;

use super::wording::Wording;
use super::wording::forms::Titled;
use super::words::{self, Case, Count};
use super::{PaperError, Place, Print, Side, render};
use crate::digest::Digest;
use crate::journal::Journal;
use crate::key::Fingerprint;
use crate::register::{ArchiveId, CopyNumber, RecordNumber, SheetKind, SheetRange, SheetRun};
use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

/// What the paper copy of a class journal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// «Текущие и итоговые отметки»: marks, absences and finals.
    Marks,
    /// The same, and the lessons' dates, topics and homework.
    MarksAndTopics,
}

/// A record's journal, to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct ClassJournal<'a> {
    /// The journal.
    pub journal: &'a Journal,
    /// Digests of its pages, in page order.
    pub pages: &'a [Digest],
    /// Whose archive.
    pub archive: ArchiveId,
    /// The school's name.
    pub school: &'a str,
    /// The record's number.
    pub record: RecordNumber,
    /// What is printed of it.
    pub content: Content,
    /// A sheet has two sides; otherwise one.
    pub two_sided: bool,
    /// Blank «общие сведения об обучающихся» and «листок здоровья» are stitched in, to be filled by hand.
    pub blanks: bool,
    /// The texts of the form.
    pub wording: &'a Wording,
    /// When it is printed, by the school's clock.
    pub printed: DateTime<FixedOffset>,
}

/// Which edition of a journal's print it is.
#[derive(Debug, Clone)]
pub enum Edition {
    /// The reference print, that lies in the record's package: without copy number, signature lines and QR.
    Reference,
    /// «ЧЕРНОВИК» across every sheet; without number and QR.
    Draft,
    /// A numbered copy.
    Copy(CopyFacts),
    /// The sheets that a correction adds to a numbered copy.
    Correction(CopyFacts, Correction),
}

/// What a numbered copy has when a correction is printed. Only what changed is printed: pages, then what speaks of the
/// whole class, then title and last sheet, which count all that is valid; nothing is numbered anew.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The sheets that stay, in the order of their numbers: pages, by their digests, and blank forms.
    pub kept: Vec<SheetRun>,
    /// The sheets that lost their force.
    pub voided: Vec<SheetRange>,
    /// Number of the first sheet to be printed: after the largest the copy ever had.
    pub first: u32,
}

impl Edition {
    /// What a numbered copy says of itself.
    pub(in crate::paper) fn facts(&self) -> Option<&CopyFacts> {
        match self {
            Edition::Copy(facts) | Edition::Correction(facts, _) => Some(facts),
            Edition::Reference | Edition::Draft => None,
        }
    }

    pub(in crate::paper) fn correction(&self) -> Option<&Correction> {
        match self {
            Edition::Correction(_, correction) => Some(correction),
            Edition::Reference | Edition::Draft | Edition::Copy(_) => None,
        }
    }

    /// The sheets of the copy that are not printed again.
    fn kept(&self) -> &[SheetRun] {
        self.correction().map_or(&[], |correction| &correction.kept)
    }
}

/// What a numbered copy says of itself.
#[derive(Debug, Clone, Copy)]
pub struct CopyFacts {
    /// Its number.
    pub copy: CopyNumber,
    /// Digest of the record's seal.
    pub seal: Digest,
    /// When the record was sealed.
    pub sealed: DateTime<Utc>,
    /// Fingerprint of the director's key that signed the record, if it is signed.
    pub signed_by: Option<Fingerprint>,
    /// How many entries the register had, and its root.
    pub register: (u64, Digest),
}

impl CopyFacts {
    /// What stands for the facts where the sheets of a copy are laid out without them.
    fn unknown() -> CopyFacts {
        let nothing = Digest::from([0; 32]);
        CopyFacts {
            copy: CopyNumber::FIRST,
            seal: nothing,
            sealed: DateTime::UNIX_EPOCH,
            signed_by: None,
            register: (0, nothing),
        }
    }
}

/// A journal as it was laid out.
#[derive(Debug, Clone)]
pub struct PrintedJournal {
    /// PDF/A-2b.
    pub pdf: Vec<u8>,
    /// What its sheets show, in order, without a gap from 1; of a correction from its first sheet.
    pub sheets: Vec<SheetRun>,
}

impl ClassJournal<'_> {
    /// What titles and certifications speak of.
    fn titled(&self) -> Titled {
        let period = self.journal.period_id();
        Titled {
            class: self.wording.terms.class_name(&self.journal.class, Case::Genitive),
            period: words::period(period, Case::Nominative),
            school_year: words::school_year(period.year, Case::Nominative),
            school: self.school.to_owned(),
        }
    }

    /// «7А класс, 1 четверть 2025/26 учебного года».
    fn whose_and_when(&self) -> String {
        let class = self.wording.terms.class_name(&self.journal.class, Case::Nominative);
        format!("{class}, {}", words::period(self.journal.period_id(), Case::Nominative))
    }

    /// How many sides a sheet has.
    fn sides_of_a_sheet(&self) -> usize {
        if self.two_sided { 2 } else { 1 }
    }
}

/// Lays a class journal out.
///
/// # Errors
/// When a character has no glyph: with the page, pupil or lesson it stands in.
pub fn print(form: &ClassJournal<'_>, edition: &Edition) -> Result<PrintedJournal, PaperError> {
    let (sides, sheets) = lay_out(form, edition)?;
    let pdf = render(&Print {
        title: format!("{}. {}", form.wording.journal.title.heading, form.whose_and_when()),
        author: form.school.to_owned(),
        language: "ru-RU",
        made: form.printed.to_utc(),
        sides,
    })?;
    Ok(PrintedJournal { pdf, sheets })
}

/// A text of a journal that cannot be printed.
#[derive(Debug)]
pub struct Unprintable {
    /// The only page it stands on, by its position; `None` for what stands on several or on class-wide sheets.
    pub page: Option<usize>,
    /// What is wrong, and where it was met first.
    pub why: PaperError,
}

/// What [`print()`] would refuse a journal's reference print for: the first such text of each page, each text once.
/// A journal that can be printed takes as long as laying it out; nothing is rendered.
pub fn unprintable(form: &ClassJournal<'_>) -> Vec<Unprintable> {
    let edition = Edition::Reference;
    let Err(first) = lay_out(form, &edition) else { return Vec::new() };
    let whose = form.whose_and_when();
    let place = Place::of(&whose);
    let pages = (0..form.journal.pages.len()).filter_map(|page| {
        Some((Some(page), section::of_page(form, &edition, page, &place).err()?))
    });
    let class_wide = class_wide::sections(form, &edition, &place).err().map(|why| (None, why));
    let mut found: Vec<Unprintable> = Vec::new();
    for (page, why) in pages.chain(class_wide) {
        match found.iter_mut().find(|met| met.why.text().is_some() && met.why.text() == why.text())
        {
            Some(met) => met.page = None,
            None => found.push(Unprintable { page, why }),
        }
    }
    if found.is_empty() {
        found.push(Unprintable { page: None, why: first });
    }
    found
}

/// The sides of all sheets in order, and what the sheets show.
fn lay_out(
    form: &ClassJournal<'_>,
    edition: &Edition,
) -> Result<(Vec<Side>, Vec<SheetRun>), PaperError> {
    let whose = form.whose_and_when();
    let place = Place::of(&whose);
    let mut sections = sections(form, edition, &place)?;
    let mut title_sheets = 1;
    let (title, runs, valid) = loop {
        let runs = section::numbered(form, edition, &sections, title_sheets);
        let valid = runs.iter().chain(edition.kept()).map(|run| run.count() as usize).sum();
        let valid = Count::new(valid).expect("a copy has fewer than a million sheets");
        let lines = contents::lines(form, edition, &sections, &runs);
        let title = title::section(form, edition, (&lines, valid), &place)?;
        match title.sheets(form) {
            needed if needed <= title_sheets => break (title, runs, valid),
            needed => title_sheets = needed,
        }
    };
    sections.insert(section::title_at(edition, sections.len()), title);
    sections.push(title::last(form, edition, valid, &place)?);
    let mut sides = Vec::new();
    for (section, run) in sections.into_iter().zip(&runs) {
        sides.extend(section.finish(form, edition, run, &place)?);
    }
    Ok((sides, runs))
}

/// What is printed between title and last sheet.
fn sections(
    form: &ClassJournal<'_>,
    edition: &Edition,
    place: &Place<'_>,
) -> Result<Vec<section::Section>, PaperError> {
    let mut sections = Vec::with_capacity(form.journal.pages.len() + 4);
    for number in 0..form.journal.pages.len() {
        if contents::kept(form, edition, number).next().is_none() {
            sections.push(section::of_page(form, edition, number, place)?);
        }
    }
    sections.extend(class_wide::sections(form, edition, place)?);
    let has_blanks = edition.kept().iter().any(|run| run.kind == SheetKind::Blank);
    if form.blanks && !has_blanks {
        sections.extend(by_hand::sections(form)?);
    }
    Ok(sections)
}
