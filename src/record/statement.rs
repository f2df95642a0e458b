//! A class's year as it is sealed: the summary statements together, and the records they were drawn from.

#[cfg(test)]
mod tests;

use crate::digest::Digest;
use crate::journal::statement::{
    AttendanceStatement, Attended, Missed, Moved, MovementStatement, PeriodCount,
    ProgressStatement, PupilRow, Roll, sealed_as,
};
use crate::journal::{ClassName, PeriodId, PeriodKind, SchoolYear};
use crate::register::RecordNumber;
use serde::{Deserialize, Serialize};

sealed_as!(YearStatement, YearTag, "letopis/statement/v1");

/// `statement.json` (`docs/formats.md` § 2.7): fields stand in the order of their names, so that what serde
/// writes is RFC 8785.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearStatement {
    /// Учёт посещаемости.
    pub attendance: AttendanceStatement,
    /// «7А».
    pub class: ClassName,
    /// Учёт движения.
    pub movement: MovementStatement,
    /// Учёт успеваемости: finals and decisions.
    pub progress: ProgressStatement,
    /// Of which year.
    pub school_year: SchoolYear,
    /// The journals it was drawn from, in the order of the headings' periods.
    pub sources: Vec<SourceRecord>,
    /// The type.
    pub t: YearTag,
}

/// The record of a journal that a statement was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// Its period.
    pub period: PeriodId,
    /// Its number.
    pub record: RecordNumber,
    /// Digest of its `seal.txt`.
    pub seal: Digest,
}

impl YearStatement {
    /// Draws the statements of a roll whose journals lie in these records.
    pub fn of(roll: &Roll<'_>, sources: &[SourceRecord]) -> YearStatement {
        let heading = roll.heading();
        let source = |period| sources.iter().find(|source| source.period == period).copied();
        YearStatement {
            attendance: AttendanceStatement::of(roll),
            class: heading.class.name(),
            movement: MovementStatement::of(roll),
            progress: ProgressStatement::of(roll),
            school_year: heading.school_year,
            sources: heading.periods.iter().filter_map(|span| source(span.period)).collect(),
            t: YearTag::V1,
        }
    }

    /// The period it is sealed under: the whole year.
    pub fn period(&self) -> PeriodId {
        PeriodId { year: self.school_year, kind: PeriodKind::Year, number: None }
    }

    /// The rows' pupils, as every part has them.
    pub fn pupils(&self) -> &[PupilRow] {
        &self.movement.pupils
    }

    /// In what its parts contradict each other, or what one part says twice; empty in a statement that was drawn.
    pub fn contradictions(&self) -> Vec<&'static str> {
        let YearStatement { attendance, movement, progress, .. } = self;
        let heading = &progress.heading;
        let one_heading = attendance.heading == *heading && movement.heading == *heading;
        let periods = heading.periods.iter().map(|span| span.period);
        let apart = [&attendance.unjoined, &movement.unjoined, &progress.unjoined];
        [
            ("class and year", heading.class.name().as_str() == self.class.as_str()),
            ("class and year", heading.school_year == self.school_year),
            ("class and year", heading.period == self.period()),
            ("the headings", one_heading),
            ("the sources", periods.eq(self.sources.iter().map(|source| source.period))),
            ("the lists of pupils", self.has_one_list()),
            ("the lists of pupils", apart.into_iter().all(Vec::is_empty)),
            ("marks and decisions", self.progress_is_in_order()),
            ("counts of attendance", self.attendance_adds_up()),
            ("counts of movement", self.movement_adds_up()),
        ]
        .into_iter()
        .filter(|(_, holds)| !holds)
        .map(|(what, _)| what)
        .collect()
    }

    fn has_one_list(&self) -> bool {
        let pupils = || self.pupils().iter();
        pupils().eq(self.progress.rows.iter().map(|row| &row.pupil))
            && pupils().eq(self.attendance.rows.iter().map(|row| &row.pupil))
    }

    /// Places are those of columns and subjects; marks and decisions stand in order.
    fn progress_is_in_order(&self) -> bool {
        let (columns, subjects) = (self.progress.columns.len(), self.progress.subjects.len());
        self.progress.rows.iter().all(|row| {
            let marks = &row.marks;
            marks.iter().all(|mark| mark.column < columns && mark.subject < subjects)
                && marks.is_sorted_by_key(|mark| (mark.subject, mark.column))
                && row.decisions.is_sorted()
        })
    }

    fn attendance_adds_up(&self) -> bool {
        let AttendanceStatement { periods, rows, total, .. } = &self.attendance;
        let right = |of: &Attended| of.each.len() == periods.len() && of.all == sum(&of.each);
        rows.iter().all(|row| right(&row.missed))
            && right(total)
            && total
                .each
                .iter()
                .enumerate()
                .all(|(place, total)| sum(rows.iter().map(|row| &row.missed.each[place])) == *total)
    }

    fn movement_adds_up(&self) -> bool {
        let MovementStatement { arrived, left, periods, pupils, total, .. } = &self.movement;
        let right = |moved: &[Moved]| {
            moved.iter().all(|moved| moved.pupil < pupils.len())
                && moved.is_sorted_by(|a, b| (a.date, a.pupil) < (b.date, b.pupil))
        };
        right(arrived) && right(left) && *total == PeriodCount::all(periods, self.period())
    }
}

/// All together.
fn sum<'m>(each: impl IntoIterator<Item = &'m Missed>) -> Missed {
    each.into_iter().fold(Missed::default(), |sum, missed| sum.and(*missed))
}
