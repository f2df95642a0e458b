//! Сводная ведомость учёта движения: who came and left, and how many were there.

use super::joining::Unjoined;
use super::roll::{Heading, PupilRow, Roll, is_year};
use super::sealed_as;
use crate::journal::{Journal, MovementKind, PeriodId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

sealed_as!(MovementStatement, MovementTag, "letopis/movement-statement/v1");

/// Comings and goings of a class's periods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementStatement {
    /// Who came, by date.
    pub arrived: Vec<Moved>,
    /// Whose, for when.
    pub heading: Heading,
    /// Who left, by date.
    pub left: Vec<Moved>,
    /// Counts, in order of time.
    pub periods: Vec<PeriodCount>,
    /// The rows' pupils.
    pub pupils: Vec<PupilRow>,
    /// The type.
    pub t: MovementTag,
    /// The year together, where more than one period is counted: as many as there were before the first
    /// and after the last, and the sums of who came and left between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<PeriodCount>,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// One coming or going. Told in several journals, it stands here once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    /// From which day.
    pub date: NaiveDate,
    /// Numbers of the orders, if known; more than one where journals name different ones.
    pub orders: Vec<String>,
    /// Place of the pupil, from 0.
    pub pupil: usize,
}

/// How many pupils a period's journal had, by its own list. What happens between two periods belongs to
/// the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeriodCount {
    /// Came during the period.
    pub arrived: u32,
    /// There when its last day ended.
    pub at_end: u32,
    /// There before its first day's comings and goings.
    pub at_start: u32,
    /// Left during the period.
    pub left: u32,
    /// Which.
    pub period: PeriodId,
}

impl PeriodCount {
    /// Several periods together, under this name; `None` of fewer than two.
    pub(crate) fn all(periods: &[PeriodCount], period: PeriodId) -> Option<PeriodCount> {
        let [first, .., last] = periods else { return None };
        let sum =
            |each: fn(&PeriodCount) -> u32| periods.iter().map(each).fold(0, u32::saturating_add);
        let (arrived, left) = (sum(|p| p.arrived), sum(|p| p.left));
        Some(PeriodCount { arrived, at_end: last.at_end, at_start: first.at_start, left, period })
    }
}

/// Comings and goings of one pupil by date; on one day the coming is first.
type Stay = BTreeSet<(NaiveDate, bool)>;

impl MovementStatement {
    /// Every movement of the roll's journals, once.
    pub fn of(roll: &Roll<'_>) -> MovementStatement {
        let orders = orders(roll);
        let mut stays = vec![Stay::new(); roll.pupils.len()];
        for (left, date, row) in orders.keys() {
            stays[*row].insert((*date, *left));
        }
        let moved = |which: bool| {
            let of_kind = orders.iter().filter(move |((left, ..), _)| *left == which);
            let each = of_kind.map(|((_, date, pupil), orders)| Moved {
                date: *date,
                orders: orders.iter().map(|order| (*order).to_owned()).collect(),
                pupil: *pupil,
            });
            each.collect::<Vec<_>>()
        };
        let (heading, periods) = (roll.heading(), counts(roll, &stays));
        MovementStatement {
            arrived: moved(false),
            left: moved(true),
            total: PeriodCount::all(&periods, heading.period),
            heading,
            periods,
            pupils: roll.pupils.clone(),
            t: MovementTag::V1,
            unjoined: roll.unjoined.clone(),
        }
    }
}

/// The orders of each movement: whether the pupil left, when, which row.
fn orders<'a>(roll: &Roll<'a>) -> BTreeMap<(bool, NaiveDate, usize), BTreeSet<&'a str>> {
    let mut orders: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for (journal, rows) in roll.journals.iter().zip(&roll.rows) {
        for movement in &journal.movements {
            let Some(row) = rows.get(&movement.pupil) else { continue };
            let left = movement.kind == MovementKind::Left;
            let known = orders.entry((left, movement.date, *row)).or_default();
            known.extend(movement.order.as_deref());
        }
    }
    orders
}

/// A year's journal holds finals; it is counted only where it stands alone.
fn counts(roll: &Roll<'_>, stays: &[Stay]) -> Vec<PeriodCount> {
    let alone = roll.journals.len() == 1;
    let mut begins: Option<NaiveDate> = None;
    let mut counts = Vec::new();
    for (journal, rows) in roll.journals.iter().zip(&roll.rows) {
        if is_year(journal) && !alone {
            continue;
        }
        let first = begins.unwrap_or(journal.period.from).min(journal.period.from);
        let here = rows.values().map(|row| &stays[*row]);
        counts.push(count(journal, first, here));
        begins = journal.period.to.succ_opt();
    }
    counts
}

fn count<'s>(
    journal: &Journal,
    first: NaiveDate,
    stays: impl Iterator<Item = &'s Stay>,
) -> PeriodCount {
    let (last, period) = (journal.period.to, journal.period_id());
    let mut count = PeriodCount { arrived: 0, at_end: 0, at_start: 0, left: 0, period };
    for stay in stays {
        let inside = |(date, _): &&(NaiveDate, bool)| (first..=last).contains(date);
        count.arrived += number(stay.iter().filter(inside).filter(|(_, left)| !left).count());
        count.left += number(stay.iter().filter(inside).filter(|(_, left)| *left).count());
        count.at_start += u32::from(first.pred_opt().is_some_and(|day| present(stay, day)));
        count.at_end += u32::from(present(stay, last));
    }
    count
}

/// Counts of pupils are small: a journal has at most 60.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whether the pupil is in the class when this day has ended. Before the first movement the pupil was on
/// the other side of it.
fn present(stay: &Stay, day: NaiveDate) -> bool {
    match stay.range(..=(day, true)).next_back() {
        Some((_, left)) => !left,
        None => stay.first().is_none_or(|(_, left)| *left),
    }
}
