//! Procedures as data: the ordered steps of a closing.
//!
//! A procedure is a TOML file the school may adapt. Order is the dependency: for each class a step waits for those
//! before it ([`super::Closing::waits_for`]). Three come with Letopis, in `templates/procedures/`.

mod fault;
mod proof;
mod read;

pub use crate::register::StepId;
pub use fault::StepFault;
pub use proof::{Proof, Scope};

use super::FileErrors;
use crate::journal::PeriodKind;
use crate::register::RecordKind;
use crate::staff::Role;

/// The steps of a closing, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// What entries call it: `five-day`.
    pub id: StepId,
    /// What people call it.
    pub title: String,
    /// The kinds of period it closes; never empty.
    pub periods: Vec<PeriodKind>,
    /// What it is done with: class journals or summary statements.
    pub records: RecordKind,
    /// Never empty; each step waits for those before it ([`super::Closing::waits_for`]).
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name in entries; unique within the procedure.
    pub id: StepId,
    /// What is done, in Russian, as it stands on the schedule.
    pub title: String,
    /// What it is done for, each by itself.
    pub scope: Scope,
    /// Who does it.
    pub role: Role,
    /// What is entered when it is done.
    pub proof: Proof,
    /// On which day.
    pub when: When,
}

/// When a step is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// On the `day`-th counted day from an anchor.
    Day {
        /// Where counting begins.
        anchor: Anchor,
        /// From 1; 0 only after another step: the same day.
        day: u32,
    },
    /// Not later than a day of the school year (R4 4.1: «не позднее 5 июля»).
    By {
        /// 1–12.
        month: u32,
        /// 1–31; never 29 February.
        day: u32,
    },
}

/// Where the days of a step are counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// Day 1 is the first counted day of the holidays.
    HolidayStart,
    /// Day 1 is the first counted day after the holidays.
    HolidayEnd,
    /// Day 1 is the last day with lessons itself, if it is counted.
    LastLessonDay,
    /// Day 1 is the first counted day after another step.
    Step(StepId),
}

impl Procedure {
    /// Reads a procedure strictly. `file` is only used in messages.
    ///
    /// # Errors
    /// Every problem of the file at once, with its line: also steps nobody can take, and steps that need something
    /// that stands later or nowhere.
    pub fn from_toml(file: &str, text: &str) -> Result<Procedure, FileErrors> {
        read::procedure(file, text)
    }

    /// Names and texts of the procedures that come with Letopis: the five days of the holidays (R1, instruction § 4),
    /// the summary statements at the year's end, a college's journals (R4 § 4).
    pub const SHIPPED: [(&str, &str); 3] = [
        ("five-day", include_str!("../../../templates/procedures/five-day.toml")),
        ("year-end", include_str!("../../../templates/procedures/year-end.toml")),
        ("college-year", include_str!("../../../templates/procedures/college-year.toml")),
    ];

    /// The procedure of this name that comes with Letopis.
    pub fn shipped(name: &str) -> Option<Procedure> {
        let (name, text) = Procedure::SHIPPED.into_iter().find(|(known, _)| *known == name)?;
        let read = Procedure::from_toml(&format!("{name}.toml"), text);
        Some(read.expect("a test reads the embedded texts"))
    }

    /// A step by its name.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }
}

#[cfg(test)]
mod tests;
