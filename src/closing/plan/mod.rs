//! The resolved days of a closing: what a person confirms before it is opened.

mod resolve;

use super::calendar::{NoProductionYear, Production, SchoolCalendar};
use super::procedure::{Procedure, StepId};
use crate::journal::PeriodId;
use crate::staff::Role;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The days of every step, by grade group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Each group with the period it closes, in the order of the calendar.
    pub groups: Vec<PlannedGroup>,
    /// First and last day of the holidays; of several groups the earliest and the latest.
    pub holidays: (NaiveDate, NaiveDate),
    /// The procedure.
    pub procedure: StepId,
    /// Years whose production calendar is not certain and whose working days were counted: to be shown with the plan.
    pub uncertain: Vec<i32>,
}

/// Classes that close one period by the same days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedGroup {
    /// What they are called: «2–9 классы».
    pub classes: String,
    /// First and last day of their holidays.
    pub holidays: (NaiveDate, NaiveDate),
    /// Their last day with lessons.
    pub last_lesson_day: NaiveDate,
    /// The period they close.
    pub period: PeriodId,
    /// In the procedure's order; days never decrease.
    pub steps: Vec<PlannedStep>,
}

impl PlannedGroup {
    /// Whether another group goes through the same steps on the same days, whatever period it closes.
    pub fn has_the_days_of(&self, other: &PlannedGroup) -> bool {
        self.last_lesson_day == other.last_lesson_day
            && self.holidays == other.holidays
            && self.steps == other.steps
    }
}

/// One step with its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedStep {
    /// Why the days are not simply those that were counted.
    pub adjusted: Vec<Adjusted>,
    /// Day of the procedure, from 1: as the procedure counts it, or the next where it counts from elsewhere.
    pub day: u32,
    /// The day it begins.
    pub from: NaiveDate,
    /// Who does it.
    pub role: Role,
    /// Which step.
    pub step: StepId,
    /// What is done.
    pub title: String,
    /// Its last day; the same, unless the step has a deadline.
    pub to: NaiveDate,
}

/// Why a step's day is another than the count within the holidays gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjusted {
    /// The school's calendar states the day.
    Stated,
    /// The holidays have too few counted days; the count went on after them.
    AfterHolidays,
    /// The holidays have too few counted days; the steps begin before them.
    BeforeHolidays,
    /// The deadline is no counted day; the last one before it.
    BeforeDeadline,
    /// A snapshot is not taken before the last day with lessons; counted was this day.
    NotBeforeLastLesson(NaiveDate),
    /// A step is not taken before the one it waits for; counted was this day. For a deadline this means that it
    /// cannot be kept.
    NotBeforePrevious(NaiveDate),
}

/// Why no plan can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The procedure is for other kinds of period.
    #[error(
        "procedure {procedure} does not close {period}; choose another, or add the kind to its `periods`"
    )]
    Kind {
        /// The procedure.
        procedure: StepId,
        /// The period.
        period: PeriodId,
    },
    /// Nobody closes that period.
    #[error("no group of the school's calendar has the period {0}; add it there")]
    NoPeriod(PeriodId),
    /// Days stated for a step the procedure does not have.
    #[error(
        "the holidays after {period} state a day for `{step}`, a step the procedure {procedure} does not have; correct the name"
    )]
    UnknownStep {
        /// The period.
        period: PeriodId,
        /// The name.
        step: StepId,
        /// The procedure.
        procedure: StepId,
    },
    /// Working days of a year nobody knows.
    #[error(transparent)]
    Production(#[from] NoProductionYear),
    /// Too few days, and the school wants to be asked.
    #[error(
        "{classes}, {period}: the holidays end before `{step}` (day {day}); state its day under `holidays.dates`, or choose another `overflow`"
    )]
    TooFewDays {
        /// The group.
        classes: String,
        /// The period.
        period: PeriodId,
        /// The first step that does not fit.
        step: StepId,
        /// Its day.
        day: u32,
    },
    /// A stated day that breaks a rule.
    #[error("{classes}, {period}: `{step}` cannot be on {stated}: {rule}; state another day")]
    Stated {
        /// The group.
        classes: String,
        /// The period.
        period: PeriodId,
        /// The step.
        step: StepId,
        /// The day as stated.
        stated: NaiveDate,
        /// The rule it breaks.
        rule: StatedRule,
    },
}

/// Rules for days a school states itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatedRule {
    /// Working days are counted, and this is none.
    #[error("nobody works on that day")]
    NotWorking,
    /// A snapshot before the last day with lessons.
    #[error("a snapshot is not taken before the last day with lessons")]
    BeforeLastLesson,
    /// Before a step it waits for.
    #[error("a step before it is later")]
    BeforePrevious,
}

impl Plan {
    /// The days of a closing: of `period` and all that ends before the same holidays
    /// ([`SchoolCalendar::closes_with`]).
    ///
    /// Days stated by the calendar are taken or refused, counted ones are moved where a rule asks for it: a snapshot
    /// is never before the last day with lessons, no step before the one it waits for, and none on a free day where
    /// working days are counted. What was moved says so ([`PlannedStep::adjusted`]).
    ///
    /// # Errors
    /// The first reason in the order of groups and steps.
    pub fn resolve(
        procedure: &Procedure,
        calendar: &SchoolCalendar,
        production: &Production,
        period: PeriodId,
    ) -> Result<Plan, PlanError> {
        resolve::plan(procedure, calendar, production, period)
    }
}

#[cfg(test)]
mod tests;
