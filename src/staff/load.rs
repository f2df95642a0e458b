//! The teaching load (тарификация): who teaches what in which class, and from when until when.

mod taking;

pub use taking::{LoadChange, Span};

use super::text::{Term, day_range, is_written, single_spaced};
use crate::journal::regulation::subject_key;
use crate::journal::{ClassName, PageKey};
use crate::register::StaffId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Longest name of a subject or subgroup, in characters.
pub(super) const LONGEST: usize = 200;

/// Who teaches what: the body of a `teaching-load` document (`docs/formats.md` § 3). Rows stand by class, subject,
/// group, first day and teacher; serialized it is canonical JSON (RFC 8785).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Body")]
pub struct TeachingLoad {
    rows: Vec<LoadRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    rows: Vec<LoadRow>,
}

/// One person teaches one subject, or one subgroup of it, in one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadRow {
    /// In which class.
    pub class: ClassName,
    /// First day; `None` since ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Subgroup; `None` is the whole class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Who.
    pub staff: StaffId,
    /// Subject as the journals name it; capitals, spaces, «ё» and dashes do not matter.
    pub subject: String,
    /// Last day; `None` until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// Why rows are no teaching load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Ends before it begins.
    #[error("{row}: it ends before it begins; correct one of the days")]
    Term {
        /// The row.
        row: Box<LoadRow>,
    },
    /// Empty, long, or with control characters.
    #[error(
        "{row}: subject and group are written in at most {LONGEST} characters, with single spaces"
    )]
    Text {
        /// The row.
        row: Box<LoadRow>,
    },
    /// Not four digits.
    #[error("{row}: write years with four digits")]
    Day {
        /// The row.
        row: Box<LoadRow>,
    },
    /// One person cannot teach one page twice on a day.
    #[error("{row}: the same person already teaches this {}; leave one of them out", day_range(.other.from, .other.until))]
    Twice {
        /// The row.
        row: Box<LoadRow>,
        /// The one before it.
        other: Box<LoadRow>,
    },
}

/// What names a page in the school: two rows with the same are of one page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PageOf {
    pub(super) class: ClassName,
    subject: String,
    group: Option<String>,
}

impl PageOf {
    pub(super) fn new(class: &ClassName, page: PageKey<'_>) -> PageOf {
        let (subject, group) = (subject_key(page.subject), page.group.map(subject_key));
        PageOf { class: class.clone(), subject, group }
    }
}

impl LoadRow {
    /// Whether it is in force on this day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.term().holds(on)
    }

    /// What names its page within the class's journal.
    pub fn page(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }

    pub(super) fn page_of(&self) -> PageOf {
        PageOf::new(&self.class, self.page())
    }

    pub(super) fn term(&self) -> Term {
        Term { from: self.from, until: self.until }
    }

    fn check(&self) -> Result<(), LoadError> {
        let row = || Box::new(self.clone());
        if self.term().is_none() {
            return Err(LoadError::Term { row: row() });
        }
        if [self.from, self.until].into_iter().flatten().any(|day| !is_written(day)) {
            return Err(LoadError::Day { row: row() });
        }
        let fits = |text: &str| {
            (1..=LONGEST).contains(&text.chars().count())
                && !text.chars().any(char::is_control)
                && single_spaced(text) == text
        };
        let texts = [Some(&self.subject), self.group.as_ref()];
        match texts.into_iter().flatten().all(|text| fits(text)) {
            true => Ok(()),
            false => Err(LoadError::Text { row: row() }),
        }
    }
}

impl fmt::Display for LoadRow {
    /// `7А, Алгебра, from 2025-09-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.class, self.page(), day_range(self.from, self.until))
    }
}

impl TeachingLoad {
    /// These rows, in order.
    ///
    /// # Errors
    /// The first row whose days or texts are none, or that says again what another says of the same days.
    pub fn new(rows: Vec<LoadRow>) -> Result<TeachingLoad, LoadError> {
        let mut of_one: BTreeMap<(PageOf, StaffId), Vec<&LoadRow>> = BTreeMap::new();
        for row in &rows {
            row.check()?;
            let others = of_one.entry((row.page_of(), row.staff)).or_default();
            if let Some(other) = others.iter().find(|other| other.term().meets(row.term())) {
                let (row, other) = (Box::new(row.clone()), Box::new((*other).clone()));
                return Err(LoadError::Twice { row, other });
            }
            others.push(row);
        }
        let mut rows = rows;
        rows.sort_by_cached_key(|row| (row.page_of(), row.from, row.staff));
        Ok(TeachingLoad { rows })
    }

    /// All rows, ended ones too.
    pub fn rows(&self) -> &[LoadRow] {
        &self.rows
    }

    /// The rows in force on a day.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &LoadRow> {
        self.rows.iter().filter(move |row| row.holds(day))
    }
}

impl TryFrom<Body> for TeachingLoad {
    type Error = LoadError;

    fn try_from(body: Body) -> Result<Self, LoadError> {
        TeachingLoad::new(body.rows)
    }
}

#[cfg(test)]
mod tests;
