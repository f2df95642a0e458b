//! What a school's own regulation says about its class journals («Положение об электронном журнале»).
//!
//! A regulation is a TOML file the school may adapt; it is read strictly, all problems at once with file
//! and line. [`super::checks`] compares journals with it. Two come with Letopis:
//! `templates/regulations/school.toml` and `college.toml`.

mod limits;
mod problem;
mod read;
mod toml_table;

pub use limits::{Hundredths, HundredthsError, Limit, Limits, LimitsError};
pub use problem::{Problem, RegulationErrors, RegulationProblem};

use super::checks::Code;
use super::{Class, ClassKind, MarkValue, Period, PeriodId, PeriodKind};
use std::collections::BTreeMap;
use std::str::FromStr;

/// A school's rules for its journals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulation {
    /// The document's name, as it is quoted on paper.
    pub title: String,
    /// Rules for final marks.
    pub finals: FinalsRules,
    /// Who closes by which kinds of period; no class is named twice.
    pub closes_by: Vec<ClosesBy>,
    /// Grades that learn without marks (R1 5.7: grade 1).
    pub grades_without_marks: Vec<u8>,
    /// Grades without homework (R1 5.7: grade 1).
    pub grades_without_homework: Vec<u8>,
    /// The word in a topic that says another teacher stood in (R3 5.8: «Замещение»).
    pub substitution_word: String,
    /// Whether «Н» means «без уважительной причины»; otherwise it says only that the pupil was absent.
    pub absent_means_unexcused: bool,
    clauses: BTreeMap<Code, String>,
}

/// Rules for final marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinalsRules {
    /// Which mark an average gives (R1 7.5).
    pub limits: Limits,
    /// Whether the weighted average decides where marks have weights; both are shown in any case.
    pub weighted: bool,
    /// How many marks a final needs (R1 7.2).
    pub marks_needed: MarksNeeded,
    /// Finals are set at least so many days before the period's last day (R1 6.4.7, 7.4).
    pub days_before_end: u32,
    /// Who arrived in the last so many days of a period needs no final.
    pub newcomer_days: u32,
    /// What is no final mark (R1 7.3: «н/а», «осв.»).
    pub not_allowed: Vec<String>,
    /// Where no final is expected.
    pub none: Vec<NoFinals>,
}

/// How many marks a final needs, by lessons a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarksNeeded(Vec<u32>);

/// A line of [`MarksNeeded`] that does not follow the one before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "hours a week go 1, 2, 3, … without gaps or repeats; here {expected} is expected, not {given}"
)]
pub struct MarksNeededError {
    /// The hours that should stand here.
    pub expected: u32,
    /// The hours that do.
    pub given: u32,
}

impl MarksNeeded {
    /// From (hours a week, marks) in the order 1, 2, 3, …; the last line holds for more hours, too.
    ///
    /// # Errors
    /// The index of the first line out of order, or 0 when there is none at all.
    pub fn new(lines: &[(u32, u32)]) -> Result<Self, (usize, MarksNeededError)> {
        if lines.is_empty() {
            return Err((0, MarksNeededError { expected: 1, given: 0 }));
        }
        for ((index, &(given, _)), expected) in lines.iter().enumerate().zip(1..) {
            if given != expected {
                return Err((index, MarksNeededError { expected, given }));
            }
        }
        Ok(MarksNeeded(lines.iter().map(|(_, marks)| *marks).collect()))
    }

    /// Marks needed with so many lessons a week; fewer than one counts as one.
    pub fn for_hours(&self, hours_a_week: u32) -> u32 {
        let line = usize::try_from(hours_a_week.max(1) - 1).unwrap_or(usize::MAX);
        self.0[line.min(self.0.len() - 1)]
    }
}

/// Grades, or the college groups, that close by these kinds of period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosesBy {
    /// Grades 1–11.
    pub grades: Vec<u8>,
    /// Whether the line is about college groups.
    pub groups: bool,
    /// The kinds of period; never empty.
    pub periods: Vec<PeriodKind>,
}

/// Grades, subjects and periods without finals. An empty list stands for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoFinals {
    /// Grades.
    pub grades: Vec<u8>,
    /// Subjects as [`subject_key`] folds them.
    pub subjects: Vec<String>,
    /// Periods.
    pub periods: Vec<PeriodRule>,
}

/// A kind of period, or one period of that kind: `quarter`, `q1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRule {
    /// The kind.
    pub kind: PeriodKind,
    /// Which one; `None` is every one.
    pub number: Option<u32>,
}

/// A text that names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no period; write a kind (quarter, trimester, half-year, module, semester, year), or one period like q1 where one is meant"
)]
pub struct PeriodRuleError(String);

/// The kind of period a text names: `quarter`, `half-year`.
fn period_kind(text: &str) -> Option<PeriodKind> {
    Some(match text {
        "quarter" => PeriodKind::Quarter,
        "trimester" => PeriodKind::Trimester,
        "half-year" => PeriodKind::HalfYear,
        "module" => PeriodKind::Module,
        "semester" => PeriodKind::Semester,
        "year" => PeriodKind::Year,
        _ => return None,
    })
}

impl FromStr for PeriodRule {
    type Err = PeriodRuleError;

    fn from_str(text: &str) -> Result<Self, PeriodRuleError> {
        if let Some(kind) = period_kind(text) {
            return Ok(PeriodRule { kind, number: None });
        }
        // The school year only completes the name: what counts is the part after it.
        match format!("2025-26/{text}").parse::<PeriodId>() {
            Ok(PeriodId { kind, number, .. }) => Ok(PeriodRule { kind, number }),
            Err(_) => Err(PeriodRuleError(text.to_owned())),
        }
    }
}

impl PeriodRule {
    fn covers(self, period: &Period) -> bool {
        self.kind == period.kind && (self.number.is_none() || self.number == period.number)
    }
}

/// What two spellings of one subject have in common: small letters, single spaces, «е» for «ё», one
/// kind of dash.
pub fn subject_key(subject: &str) -> String {
    let words: Vec<&str> = subject.split_whitespace().collect();
    words.join(" ").to_lowercase().replace('ё', "е").replace(['–', '—', '−'], "-")
}

impl Regulation {
    /// The regulation of a school that has not adapted its own (`templates/regulations/school.toml`).
    pub fn school() -> Regulation {
        let text = include_str!("../../../templates/regulations/school.toml");
        Regulation::from_toml("school.toml", text).expect("a test reads the embedded text")
    }

    /// The same for a college (`templates/regulations/college.toml`).
    pub fn college() -> Regulation {
        let text = include_str!("../../../templates/regulations/college.toml");
        Regulation::from_toml("college.toml", text).expect("a test reads the embedded text")
    }

    /// The school's own reference for a remark: «Положение об ЭЖ, п. 7.3».
    pub fn clause(&self, code: Code) -> Option<&str> {
        self.clauses.get(&code).map(String::as_str)
    }

    /// Whether a text may stand as a final of a period, of the year, or as the итоговая mark.
    pub fn allows_final(&self, value: &str) -> bool {
        let read = MarkValue::read(value);
        let same = |listed: &String| match read {
            MarkValue::Unknown => subject_key(listed) == subject_key(value),
            known => MarkValue::read(listed) == known,
        };
        !self.finals.not_allowed.iter().any(same)
    }

    /// Whether every pupil of this class is to get a final in this subject and period. Clubs and
    /// additional courses have none.
    pub fn expects_final(&self, class: &Class, subject: &str, period: &Period) -> bool {
        if matches!(class.kind, ClassKind::Activity { .. }) {
            return false;
        }
        let subject = subject_key(subject);
        !self.finals.none.iter().any(|rule| rule.covers(class.grade(), &subject, period))
    }

    /// The kinds of period a class closes by; `None` where the regulation says nothing about it.
    pub fn periods_of(&self, class: &Class) -> Option<&[PeriodKind]> {
        let named = |rule: &&ClosesBy| match &class.kind {
            ClassKind::School { grade, .. } => rule.grades.contains(grade),
            ClassKind::Group { .. } => rule.groups,
            ClassKind::Activity { .. } => false,
        };
        self.closes_by.iter().find(named).map(|rule| rule.periods.as_slice())
    }
}

impl NoFinals {
    /// Whether the rule is about this grade, subject (folded by [`subject_key`]) and period.
    fn covers(&self, grade: Option<u8>, subject: &str, period: &Period) -> bool {
        (self.grades.is_empty() || grade.is_some_and(|g| self.grades.contains(&g)))
            && (self.subjects.is_empty() || self.subjects.iter().any(|s| s == subject))
            && (self.periods.is_empty() || self.periods.iter().any(|p| p.covers(period)))
    }
}

#[cfg(test)]
mod tests;
