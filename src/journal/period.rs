//! School years and reporting periods.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A school year, named by both of its calendar years: `2025-26`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SchoolYear(i32);

/// Why a text names no period or school year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not two consecutive years.
    #[error("`{0}` is no school year; write it like 2025-26")]
    Year(String),
    /// Not `q1`, `h2`, `year`, …
    #[error(
        "`{0}` is no period; write it like 2025-26/q1 (q quarter, h half-year, t trimester, m module, s semester, or /year)"
    )]
    Period(String),
    /// A number the kind does not have, or one where none belongs.
    #[error("{kind:?} number {number:?} does not exist in a school year")]
    Number {
        /// The kind.
        kind: PeriodKind,
        /// The number given.
        number: Option<u32>,
    },
}

impl SchoolYear {
    /// The school year that begins in September of `first`.
    ///
    /// # Errors
    /// Years before 1900 or after 2199 are typing errors.
    pub fn beginning(first: i32) -> Result<Self, PeriodError> {
        if (1900..2200).contains(&first) {
            Ok(SchoolYear(first))
        } else {
            Err(PeriodError::Year(first.to_string()))
        }
    }

    /// 2025 of 2025-26.
    pub fn first(self) -> i32 {
        self.0
    }

    /// 2026 of 2025-26: the year of closing from which retention is counted (DESIGN of terms:
    /// [`crate::retention`]).
    pub fn last(self) -> i32 {
        self.0 + 1
    }
}

impl FromStr for SchoolYear {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let bad = || PeriodError::Year(text.to_owned());
        let (first, last) = text.split_once('-').ok_or_else(bad)?;
        let digits = |t: &str, n| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
        if !digits(first, 4) || !digits(last, 2) {
            return Err(bad());
        }
        let year: i32 = first.parse().map_err(|_| bad())?;
        if last.parse() != Ok((year + 1) % 100) {
            return Err(bad());
        }
        SchoolYear::beginning(year).map_err(|_| bad())
    }
}

impl TryFrom<String> for SchoolYear {
    type Error = PeriodError;
    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<SchoolYear> for String {
    fn from(year: SchoolYear) -> String {
        year.to_string()
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.0, (self.0 + 1) % 100)
    }
}

/// How a school divides its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    /// Четверть, 1–4.
    Quarter,
    /// Триместр, 1–3.
    Trimester,
    /// Полугодие, 1–2.
    HalfYear,
    /// Модуль, 1–6.
    Module,
    /// Семестр, 1–2 (counted within the year).
    Semester,
    /// The year itself; it has no number.
    Year,
}

impl PeriodKind {
    /// How many of them a year can have; `None` for the year itself.
    pub fn most(self) -> Option<u32> {
        match self {
            PeriodKind::Quarter => Some(4),
            PeriodKind::Trimester => Some(3),
            PeriodKind::HalfYear | PeriodKind::Semester => Some(2),
            PeriodKind::Module => Some(6),
            PeriodKind::Year => None,
        }
    }

    fn letter(self) -> &'static str {
        match self {
            PeriodKind::Quarter => "q",
            PeriodKind::Trimester => "t",
            PeriodKind::HalfYear => "h",
            PeriodKind::Module => "m",
            PeriodKind::Semester => "s",
            PeriodKind::Year => "year",
        }
    }
}

/// A reporting period as a journal carries it: which one, and its first and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Quarter, half-year, …
    pub kind: PeriodKind,
    /// Which one within the year; `None` for the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Last day, inclusive.
    pub to: NaiveDate,
}

/// The name of a period: `2025-26/q1`, `2025-26/h2`, `2025-26/year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PeriodId {
    /// School year.
    pub year: SchoolYear,
    /// Kind.
    pub kind: PeriodKind,
    /// Which one; `None` for the year.
    pub number: Option<u32>,
}

impl PeriodId {
    /// A period of a school year.
    ///
    /// # Errors
    /// When the kind has no such number.
    pub fn new(
        year: SchoolYear,
        kind: PeriodKind,
        number: Option<u32>,
    ) -> Result<Self, PeriodError> {
        let fits = match (kind.most(), number) {
            (None, None) => true,
            (Some(most), Some(n)) => (1..=most).contains(&n),
            _ => false,
        };
        if fits {
            Ok(PeriodId { year, kind, number })
        } else {
            Err(PeriodError::Number { kind, number })
        }
    }

    /// `q1`, `h2`, `year`: the part of a record's directory name.
    pub fn slug(&self) -> String {
        match self.number {
            Some(n) => format!("{}{n}", self.kind.letter()),
            None => self.kind.letter().to_owned(),
        }
    }
}

impl FromStr for PeriodId {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let bad = || PeriodError::Period(text.to_owned());
        let (year, rest) = text.split_once('/').ok_or_else(bad)?;
        let year = year.parse()?;
        if rest == "year" {
            return PeriodId::new(year, PeriodKind::Year, None);
        }
        let kind = match rest.get(..1) {
            Some("q") => PeriodKind::Quarter,
            Some("t") => PeriodKind::Trimester,
            Some("h") => PeriodKind::HalfYear,
            Some("m") => PeriodKind::Module,
            Some("s") => PeriodKind::Semester,
            _ => return Err(bad()),
        };
        let number = rest[1..].parse().map_err(|_| bad())?;
        PeriodId::new(year, kind, Some(number))
    }
}

impl TryFrom<String> for PeriodId {
    type Error = PeriodError;
    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl From<PeriodId> for String {
    fn from(period: PeriodId) -> String {
        period.to_string()
    }
}

impl fmt::Display for PeriodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.year, self.slug())
    }
}
