//! Classes with the same periods, and when their journals go on paper.

use super::PeriodDays;
use crate::journal::{Class, ClassKind, ClassName, PeriodId, PeriodKind};

/// Classes with the same periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeGroup {
    /// What they are called: «2–9 классы».
    pub name: String,
    /// Grades 1–11.
    pub grades: Vec<u8>,
    /// College groups.
    pub groups: CollegeGroups,
    /// Their periods in order; those of the year beside the others.
    pub periods: Vec<PeriodDays>,
    /// When their journals go on paper.
    pub printed: Printed,
}

/// When the journals of a group go on paper; archived they are in every period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// With every period (R1 3.6).
    EveryPeriod,
    /// Once, with the last period of the year: grade 1 has no marks to be signed before.
    AtYearEnd,
}

/// Which college groups belong to a grade group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollegeGroups {
    /// Those named; none in a school.
    Named(Vec<ClassName>),
    /// All that no other group names.
    Others,
}

impl GradeGroup {
    /// Whether the journals of a period go on paper when it closes.
    pub fn prints(&self, period: PeriodId) -> bool {
        self.printed == Printed::EveryPeriod
            || period.kind == PeriodKind::Year
            || self.last_period() == Some(period)
    }

    /// The periods whose journals go on paper together with this one: those before it that did not.
    pub fn prints_with(&self, period: PeriodId) -> impl Iterator<Item = PeriodId> {
        let all = self.printed == Printed::AtYearEnd && self.last_period() == Some(period);
        let others = self.periods.iter().map(|days| days.period);
        others.filter(move |other| all && *other != period && other.kind != PeriodKind::Year)
    }

    fn last_period(&self) -> Option<PeriodId> {
        let of_year = self.periods.iter().filter(|days| days.period.kind != PeriodKind::Year);
        of_year.max_by_key(|days| days.last).map(|days| days.period)
    }

    /// Whether the group names a class itself; college groups named nowhere belong to [`CollegeGroups::Others`].
    pub(super) fn names(&self, class: &Class) -> bool {
        match (&class.kind, &self.groups) {
            (ClassKind::Group { .. }, CollegeGroups::Named(names)) => names.contains(&class.name()),
            (ClassKind::Group { .. }, CollegeGroups::Others) => false,
            _ => class.grade().is_some_and(|grade| self.grades.contains(&grade)),
        }
    }
}
