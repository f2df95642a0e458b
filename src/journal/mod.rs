//! A class journal as a value.
//!
//! [`Journal`] is everything one class's journal says for one reporting period, in the shape of the
//! interchange format `letopis-journal/1` (`docs/formats.md`). The types hold what the source said,
//! unaltered: a mark is text, an unknown token stays as it was written. Inside the crate a value of
//! these types is right by construction; reading foreign text is the business of [`read`].
//!
//! Canonical form (RFC 8785) is what `serde_json` writes: fields are declared in the order of their
//! names, absent ones are left out, there are no fractional numbers. A test holds this against an
//! independent canonicalizer.

pub mod changes;
pub mod checks;
mod class;
mod id;
mod mark;
mod page;
mod people;
mod period;
pub mod read;

#[cfg(test)]
pub(crate) mod arbitrary;
pub mod regulation;
pub mod statement;

pub use class::{Class, ClassKind, ClassName, ClassNameError};
pub use id::{IdError, LessonId, PersonId, PupilId};
pub use mark::{Absence, AbsenceCode, MarkValue};
pub use page::{Entry, Final, FinalKind, Lesson, Mark, Page, PageKey};
pub use people::{Decision, Movement, MovementKind, Person, Pupil, full_name};
pub use period::{Period, PeriodError, PeriodId, PeriodKind, SchoolYear};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// The name of the interchange format, first and only version.
pub const FORMAT: &str = "letopis-journal/1";

/// The published JSON Schema (2020-12) of the interchange format. It says what shape a file has; what
/// only [`read::journal`] can tell (references, duplicates, dates that do not exist) it does not.
pub const SCHEMA: &str = include_str!("../../docs/letopis-journal-1.schema.json");

/// One class's journal for one reporting period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// Whose journal it is.
    pub class: Class,
    /// Decisions of the pedagogical council about pupils («решение педсовета»), year files only.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Always [`FORMAT`].
    pub format: Format,
    /// Pupils who came or left.
    #[serde(default)]
    pub movements: Vec<Movement>,
    /// Subject pages in the order of the source.
    pub pages: Vec<Page>,
    /// Teachers and other staff the journal refers to.
    pub people: Vec<Person>,
    /// The reporting period.
    pub period: Period,
    /// Everyone who was in the class during the period, in list order.
    pub pupils: Vec<Pupil>,
    /// The school as the source names it.
    pub school: School,
    /// `2025-26`.
    pub school_year: SchoolYear,
    /// Where the data came from.
    pub source: Source,
}

/// The word `letopis-journal/1`; nothing else is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Format {
    /// The one version there is.
    #[default]
    #[serde(rename = "letopis-journal/1")]
    V1,
}

/// The school as its e-journal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// The source's id (OGRN, or the e-journal's own number).
    pub id: String,
    /// Full or short name.
    pub name: String,
}

/// Where a journal's data came from. Not part of what makes two journals equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// When the source system wrote it.
    pub exported: DateTime<FixedOffset>,
    /// The file or folder it was read from, as the person named it.
    pub file: String,
    /// `dnevnik.ru`, `eljur`, `manual`, …
    pub system: String,
}

impl Journal {
    /// Which period of which school year this is.
    pub fn period_id(&self) -> PeriodId {
        PeriodId { year: self.school_year, kind: self.period.kind, number: self.period.number }
    }

    /// The person with this id.
    pub fn person(&self, id: &PersonId) -> Option<&Person> {
        self.people.iter().find(|p| p.id == *id)
    }

    /// The pupils of a page in the order of the class list; a page without a list of its own has all.
    pub fn pupils_of<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Pupil> {
        let listed = |p: &&Pupil| page.pupils.as_ref().is_none_or(|ids| ids.contains(&p.id));
        self.pupils.iter().filter(listed)
    }

    /// Whether two journals say the same, wherever they came from.
    ///
    /// Such a journal «не изменился»: no new record is made of it (`docs/formats.md`, Record).
    pub fn says_the_same_as(&self, other: &Journal) -> bool {
        let same_source = Journal { source: self.source.clone(), ..other.clone() };
        *self == same_source
    }

    /// Canonical form, RFC 8785.
    pub fn to_canonical(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a journal has string keys and integers only")
    }
}
