//! Отчёт классного руководителя за период: composition, movement, progress, attendance in one.

use super::attendance::AttendanceStatement;
use super::movement::MovementStatement;
use super::results::ClassResults;
use super::roll::Roll;
use super::sealed_as;
use serde::{Deserialize, Serialize};

sealed_as!(ClassReport, ReportTag, "letopis/class-report/v1");

/// What a class teacher or curator reports at the end of a period (R1 9.2, R5 5.2.8). The composition is
/// the movement's counts and its list of pupils.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassReport {
    /// Посещаемость.
    pub attendance: AttendanceStatement,
    /// Состав и движение.
    pub movement: MovementStatement,
    /// Успеваемость.
    pub results: ClassResults,
    /// The type.
    pub t: ReportTag,
}

impl ClassReport {
    /// The report of the roll's periods; of one journal it is that period's.
    pub fn of(roll: &Roll<'_>) -> ClassReport {
        ClassReport {
            attendance: AttendanceStatement::of(roll),
            movement: MovementStatement::of(roll),
            results: ClassResults::of(roll),
            t: ReportTag::V1,
        }
    }
}
