//! Journals to be printed, and what stands on their sheets.

use crate::digest::Digest;
use crate::journal::{Entry, Journal, Lesson, PeriodId};
use crate::paper::Side;
use crate::paper::class_journal::{ClassJournal, Content, CopyFacts, Edition, lay_out};
use crate::paper::wording::{OwnFile, Shipped, Wording};
use crate::record::PageViews;
use crate::register::{CopyNumber, SheetRun};
use chrono::{DateTime, Days, FixedOffset};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::sync::LazyLock;

pub static SCHOOL: LazyLock<Wording> = LazyLock::new(|| Wording::shipped(Shipped::School));
/// A copy's texts as a college has them.
pub static COLLEGE: LazyLock<Wording> = LazyLock::new(|| {
    let name = "journal.toml";
    let toml = Wording::shipped_text(Shipped::College, name).unwrap();
    Wording::with_own(Shipped::School, &[OwnFile { name, toml }]).unwrap()
});

/// Digests of the pages under the same salts in every run.
pub fn digests(journal: &Journal) -> Vec<Digest> {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    PageViews::of(journal, &[], &mut rng).digests()
}

/// On one side, with topics.
pub fn form<'a>(journal: &'a Journal, pages: &'a [Digest]) -> ClassJournal<'a> {
    let hours = FixedOffset::east_opt(5 * 3600).unwrap();
    ClassJournal {
        journal,
        pages,
        archive: "6f1c2a528c1e4c539d5e0a4a8d0f3b11".parse().unwrap(),
        school: "МБОУ «СОШ № 7»",
        record: "000123".parse().unwrap(),
        content: Content::MarksAndTopics,
        two_sided: false,
        blanks: false,
        wording: &SCHOOL,
        printed: DateTime::from_timestamp(1_761_912_000, 0).unwrap().with_timezone(&hours),
    }
}

pub fn copy() -> Edition {
    Edition::Copy(CopyFacts {
        copy: CopyNumber::FIRST,
        seal: Digest::of(b"seal"),
        sealed: DateTime::from_timestamp(1_761_900_000, 0).unwrap(),
        signed_by: None,
        register: (4711, Digest::of(b"root")),
    })
}

/// The sides of a numbered copy and what its sheets show.
pub fn laid(journal: &Journal) -> (Vec<Side>, Vec<SheetRun>) {
    let pages = digests(journal);
    lay_out(&form(journal, &pages), &copy()).unwrap()
}

/// The sides of some sheets.
pub fn sides_of<'s>(sides: &'s [Side], run: &SheetRun) -> &'s [Side] {
    &sides[run.from as usize - 1..run.to as usize]
}

/// All that is set on some sides, without spaces: a text may be wrapped anywhere.
pub fn text(sides: &[Side]) -> String {
    let runs = sides.iter().flat_map(Side::runs);
    runs.flat_map(|run| run.text.as_str().split([' ', '\u{a0}'])).collect()
}

/// A quarter of an invented class of grade 5 or above, with subgroups.
pub fn quarter() -> Journal {
    static QUARTER: LazyLock<Journal> = LazyLock::new(|| of_grade(5..=9));
    QUARTER.clone()
}

/// The first quarter of an invented class of such a grade.
pub fn of_grade(grades: std::ops::RangeInclusive<u8>) -> Journal {
    let school = crate::demo::school(&crate::demo::Plan { seed: 7, classes: 40 });
    let period: PeriodId = "2025-26/q1".parse().unwrap();
    let fits = |journal: &Journal| journal.class.grade().is_some_and(|g| grades.contains(&g));
    school.classes(period).find(fits).unwrap()
}

/// The same class with one page of so many lessons by so many pupils.
pub fn enlarged(pupils: usize, lessons: usize) -> Journal {
    let mut journal = quarter();
    let (model, mut page) = (journal.pupils[0].clone(), journal.pages[0].clone());
    journal.pupils = (1..=pupils)
        .map(|n| {
            let id = format!("p{n}").parse().unwrap();
            crate::journal::Pupil { id, number: Some(n as u32), ..model.clone() }
        })
        .collect();
    let (lesson, entry) = (page.lessons[0].clone(), page.entries[0].clone());
    page.lessons = (0..lessons)
        .map(|n| Lesson {
            id: format!("l{n}").parse().unwrap(),
            date: lesson.date + Days::new(n as u64 / 3),
            number: n as u32 % 3 + 1,
            ..lesson.clone()
        })
        .collect();
    let cells = page.lessons.iter().step_by(3).flat_map(|lesson| {
        let entry = &entry;
        journal.pupils.iter().map(move |pupil| Entry {
            lesson: lesson.id.clone(),
            pupil: pupil.id.clone(),
            ..entry.clone()
        })
    });
    page.entries = cells.collect();
    page.finals.clear();
    page.pupils = None;
    journal.pages = vec![page];
    journal.movements.clear();
    journal.decisions.clear();
    journal
}
