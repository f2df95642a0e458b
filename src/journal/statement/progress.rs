//! Сводная ведомость учёта успеваемости: pupils × subjects × periods, year, exam, final, decisions.

use super::joining::Unjoined;
use super::roll::{Heading, PupilRow, Roll};
use super::sealed_as;
use crate::journal::regulation::subject_key;
use crate::journal::{Final, FinalKind, PeriodId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::str::FromStr;

sealed_as!(ProgressStatement, ProgressTag, "letopis/progress-statement/v1");

/// Every final mark and decision of a class's periods, as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressStatement {
    /// Columns of marks: the periods, then year, exam, final where there are such marks.
    pub columns: Vec<Column>,
    /// Whose, for when.
    pub heading: Heading,
    /// One for each pupil.
    pub rows: Vec<ProgressRow>,
    /// Subjects in the order of their first appearance, each once, however many subgroups it has.
    pub subjects: Vec<String>,
    /// The type.
    pub t: ProgressTag,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// What a column of marks sums up. Written `2025-26/q1`, `year`, `exam`, `final`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Column {
    /// A period.
    Period(PeriodId),
    /// The year.
    Year,
    /// An exam.
    Exam,
    /// The итоговая mark.
    Final,
}

/// One pupil's marks and decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressRow {
    /// Decisions of the pedagogical council, each once.
    pub decisions: Vec<GivenDecision>,
    /// By subject, column and journal. A cell can hold several: a pupil who changed subgroups has a mark
    /// on both pages, a year mark can stand in the last period's journal and in the year's.
    pub marks: Vec<GivenMark>,
    /// Who.
    pub pupil: PupilRow,
}

/// A final mark as a journal gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenMark {
    /// Place in the statement's columns, from 0.
    pub column: usize,
    /// Subgroup of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whose journal it stands in.
    pub period: PeriodId,
    /// The previous school, when it was brought from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    /// The day it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<NaiveDate>,
    /// Place in the statement's subjects, from 0.
    pub subject: usize,
    /// The source's text.
    pub value: String,
}

/// A decision of the pedagogical council.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenDecision {
    /// Date of the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Number of the protocol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// «переведён в 8 класс».
    pub text: String,
}

impl ProgressStatement {
    /// Every final and decision of the roll's journals.
    pub fn of(roll: &Roll<'_>) -> ProgressStatement {
        let columns = columns(roll);
        let (subjects, subject_of) = subjects(roll);
        let mut rows: Vec<ProgressRow> = roll.pupils.iter().map(ProgressRow::none).collect();
        add_marks(roll, &columns, &subject_of, &mut rows);
        add_decisions(roll, &mut rows);
        for row in &mut rows {
            row.decisions.sort();
            // Stable: journals stay in order of time, pages in their own.
            row.marks.sort_by_key(|mark| (mark.subject, mark.column));
        }
        let (heading, unjoined) = (roll.heading(), roll.unjoined.clone());
        ProgressStatement { columns, heading, rows, subjects, t: ProgressTag::V1, unjoined }
    }
}

fn add_marks(
    roll: &Roll<'_>,
    columns: &[Column],
    subject_of: &HashMap<String, usize>,
    rows: &mut [ProgressRow],
) {
    let place: HashMap<Column, usize> = columns.iter().copied().zip(0..).collect();
    for (journal, row_of) in roll.journals.iter().zip(&roll.rows) {
        let period = journal.period_id();
        for page in &journal.pages {
            let subject = subject_of[&subject_key(&page.subject)];
            for given in &page.finals {
                let Some(row) = row_of.get(&given.pupil) else { continue };
                let column = place[&Column::of(given.kind, period)];
                let group = page.group.clone();
                rows[*row].marks.push(GivenMark::of(given, column, group, period, subject));
            }
        }
    }
}

fn add_decisions(roll: &Roll<'_>, rows: &mut [ProgressRow]) {
    for (journal, row_of) in roll.journals.iter().zip(&roll.rows) {
        for decision in &journal.decisions {
            let Some(row) = row_of.get(&decision.pupil) else { continue };
            let (date, protocol) = (decision.date, decision.protocol.clone());
            let given = GivenDecision { date, protocol, text: decision.text.clone() };
            if !rows[*row].decisions.contains(&given) {
                rows[*row].decisions.push(given);
            }
        }
    }
}

impl ProgressRow {
    fn none(pupil: &PupilRow) -> ProgressRow {
        ProgressRow { decisions: Vec::new(), marks: Vec::new(), pupil: pupil.clone() }
    }

    /// What stands in one cell, in order of time.
    pub fn cell(&self, subject: usize, column: usize) -> impl Iterator<Item = &GivenMark> {
        let key = |mark: &GivenMark| (mark.subject, mark.column);
        let from = self.marks.partition_point(|mark| key(mark) < (subject, column));
        self.marks[from..].iter().take_while(move |mark| key(mark) == (subject, column))
    }
}

impl GivenMark {
    fn of(
        given: &Final,
        column: usize,
        group: Option<String>,
        period: PeriodId,
        subject: usize,
    ) -> GivenMark {
        let (school, set, value) = (given.school.clone(), given.set, given.value.clone());
        GivenMark { column, group, period, school, set, subject, value }
    }
}

/// The periods of the journals that have lessons or period marks, then the kinds of year's marks given.
fn columns(roll: &Roll<'_>) -> Vec<Column> {
    let given: BTreeSet<Column> = roll
        .journals
        .iter()
        .flat_map(|j| {
            let finals = j.pages.iter().flat_map(|page| &page.finals);
            finals.map(|f| Column::of(f.kind, j.period_id()))
        })
        .collect();
    let periods = roll.journals.iter().map(|j| (j, Column::Period(j.period_id())));
    let periods = periods.filter(|(j, c)| !super::roll::is_year(j) || given.contains(c));
    let rest = [Column::Year, Column::Exam, Column::Final].into_iter();
    periods.map(|(_, column)| column).chain(rest.filter(|c| given.contains(c))).collect()
}

/// Subjects as the latest journal writes them, and the place of each spelling's key.
pub(super) fn subjects(roll: &Roll<'_>) -> (Vec<String>, HashMap<String, usize>) {
    let (mut names, mut places) = (Vec::new(), HashMap::new());
    for page in roll.journals.iter().flat_map(|journal| &journal.pages) {
        let place = *places.entry(subject_key(&page.subject)).or_insert(names.len());
        if place == names.len() {
            names.push(page.subject.clone());
        } else {
            names[place].clone_from(&page.subject);
        }
    }
    (names, places)
}

impl Column {
    fn of(kind: FinalKind, period: PeriodId) -> Column {
        match kind {
            FinalKind::Period => Column::Period(period),
            FinalKind::Year => Column::Year,
            FinalKind::Exam => Column::Exam,
            FinalKind::Final => Column::Final,
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Column::Period(period) => period.fmt(f),
            Column::Year => f.write_str("year"),
            Column::Exam => f.write_str("exam"),
            Column::Final => f.write_str("final"),
        }
    }
}

impl FromStr for Column {
    type Err = crate::journal::PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "year" => Column::Year,
            "exam" => Column::Exam,
            "final" => Column::Final,
            period => Column::Period(period.parse()?),
        })
    }
}

impl TryFrom<String> for Column {
    type Error = crate::journal::PeriodError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Column> for String {
    fn from(column: Column) -> String {
        column.to_string()
    }
}
