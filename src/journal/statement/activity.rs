//! Сводная ведомость освоения программы: clubs, внеурочная деятельность, additional courses.

use super::attendance::{absences, is_missed};
use super::joining::Unjoined;
use super::progress::subjects;
use super::roll::{Heading, PupilRow, Roll};
use super::sealed_as;
use crate::journal::regulation::subject_key;
use crate::journal::{ClassKind, ClassName, FinalKind, Page, PeriodId, PupilId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

sealed_as!(ActivityStatement, ActivityTag, "letopis/activity-statement/v1");

/// How the pupils of an activity took part. Its journal has `"kind": "activity"`; each subject of it is a
/// programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityStatement {
    /// Whose, for when.
    pub heading: Heading,
    /// Programmes in the order of their first appearance.
    pub programmes: Vec<String>,
    /// One for each pupil.
    pub rows: Vec<ActivityRow>,
    /// The type.
    pub t: ActivityTag,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// One pupil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityRow {
    /// The programmes the pupil was listed in.
    pub programmes: Vec<ProgrammeRow>,
    /// Who.
    pub pupil: PupilRow,
}

/// One pupil in one programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgrammeRow {
    /// Lessons held on the pupil's pages.
    pub lessons: u32,
    /// Of which missed; the late were there.
    pub missed: u32,
    /// Place in the statement's programmes, from 0.
    pub programme: usize,
    /// What the programme's teacher gave, in order of time.
    pub results: Vec<GivenResult>,
}

/// A final of an activity, as given: «освоил», «зач».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenResult {
    /// What it sums up.
    pub kind: FinalKind,
    /// Whose journal it stands in.
    pub period: PeriodId,
    /// The source's text.
    pub value: String,
}

/// Why there is no such statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActivityError {
    /// A class or college group.
    #[error(
        "{0} is no activity; this statement is for clubs and additional courses, the others have \
         учёт успеваемости"
    )]
    NoActivity(ClassName),
}

impl ActivityStatement {
    /// The statement of an activity's periods.
    ///
    /// # Errors
    /// For a class or college group.
    pub fn of(roll: &Roll<'_>) -> Result<ActivityStatement, ActivityError> {
        let class = &roll.latest().class;
        if !matches!(class.kind, ClassKind::Activity { .. }) {
            return Err(ActivityError::NoActivity(class.name()));
        }
        let (programmes, places) = subjects(roll);
        let mut cells: Cells = vec![BTreeMap::new(); roll.pupils.len()];
        for (place, journal) in roll.journals.iter().enumerate() {
            for page in &journal.pages {
                let programme = places[&subject_key(&page.subject)];
                add_page(roll, place, page, programme, &mut cells);
            }
        }
        let rows = cells.into_iter().zip(&roll.pupils).map(|(cells, pupil)| ActivityRow {
            programmes: cells.into_values().collect(),
            pupil: pupil.clone(),
        });
        let (heading, unjoined) = (roll.heading(), roll.unjoined.clone());
        let rows = rows.collect();
        Ok(ActivityStatement { heading, programmes, rows, t: ActivityTag::V1, unjoined })
    }
}

/// The rows of an activity's programmes while they are counted.
type Cells = Vec<BTreeMap<usize, ProgrammeRow>>;

fn cell(cells: &mut Cells, row: usize, programme: usize) -> &mut ProgrammeRow {
    let empty = || ProgrammeRow { programme, ..ProgrammeRow::default() };
    cells[row].entry(programme).or_insert_with(empty)
}

fn add_page(roll: &Roll<'_>, place: usize, page: &Page, programme: usize, cells: &mut Cells) {
    let (rows, period) = (&roll.rows[place], roll.journals[place].period_id());
    let held = page.lessons.iter().filter(|l| !roll.told_elsewhere(place, l.date)).count();
    let held = u32::try_from(held).unwrap_or(u32::MAX);
    let listed: Option<HashSet<_>> = page.pupils.as_ref().map(|ids| ids.iter().collect());
    let on_page = |id: &PupilId| listed.as_ref().is_none_or(|listed| listed.contains(id));
    for row in rows.iter().filter(|(id, _)| on_page(id)).map(|(_, row)| *row) {
        cell(cells, row, programme).lessons += held;
    }
    for (lesson, pupil, code) in absences(page) {
        let Some(row) = rows.get(pupil) else { continue };
        if is_missed(code) && !roll.told_elsewhere(place, lesson.date) {
            cell(cells, *row, programme).missed += 1;
        }
    }
    for given in &page.finals {
        let Some(row) = rows.get(&given.pupil) else { continue };
        let result = GivenResult { kind: given.kind, period, value: given.value.clone() };
        cell(cells, *row, programme).results.push(result);
    }
}
