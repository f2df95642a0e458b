//! Taking rows in: those of a class are replaced as a whole from one day on.

use super::{LoadError, LoadRow, PageOf, TeachingLoad};
use crate::journal::{ClassName, PageKey};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The days that new rows of a class speak about, and what they are silent about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Span {
    /// First day; `None` since ever.
    pub from: Option<NaiveDate>,
    /// Last day, the period's; rows that begin after it stay as they are. `None` when everything later is replaced.
    pub through: Option<NaiveDate>,
    /// Pages (subject, group) of which it is not said who teaches: their rows stay as they are.
    pub silent: Vec<(String, Option<String>)>,
}

/// What taking rows in does to the load.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoadChange {
    /// Rows that were not there.
    pub added: Vec<LoadRow>,
    /// Rows that held on and get another last day, as they are now.
    pub ended: Vec<LoadRow>,
    /// Rows that would have begun within the span and are not there any more.
    pub dropped: Vec<LoadRow>,
}

impl LoadChange {
    /// Whether the load is as it was.
    pub fn is_nothing(&self) -> bool {
        self.added.is_empty() && self.ended.is_empty() && self.dropped.is_empty()
    }
}

impl TeachingLoad {
    /// The load with these rows taken in, and what changes by that. The rows of each class of `spans` are replaced as
    /// a whole from the span's first day on: a row that still holds then ends the day before, unless a new one
    /// says the same, and then it goes on; one that begins within the span is dropped. Classes not in `spans` stay as
    /// they are, and so does what begins after the span: a new row of the same page without last day ends the day
    /// before.
    ///
    /// # Errors
    /// When the rows contradict each other.
    pub fn taking(
        &self,
        rows: &[LoadRow],
        spans: &BTreeMap<ClassName, Span>,
    ) -> Result<(TeachingLoad, LoadChange), LoadError> {
        // Contradictions among the new rows alone are theirs; afterwards they could look like ours.
        TeachingLoad::new(rows.to_vec())?;
        let mut taking = Taking { new: rows.to_vec(), ..Taking::default() };
        taking.bound(self, spans);
        for row in &self.rows {
            match spans.get(&row.class).filter(|span| span.touches(row)) {
                Some(span) => taking.meet(row, span),
                None => taking.rows.push(row.clone()),
            }
        }
        let Taking { new, mut rows, mut change } = taking;
        rows.extend(new.iter().cloned());
        change.added = new;
        Ok((TeachingLoad::new(rows)?, change))
    }
}

impl Span {
    /// Whether the span says something about what the row says.
    fn touches(&self, row: &LoadRow) -> bool {
        let over = |from| row.until.is_some_and(|until| until < from);
        if self.from.is_some_and(over) || self.is_before(row) {
            return false;
        }
        let page = row.page_of();
        let silent = |(subject, group): &(String, Option<String>)| {
            PageOf::new(&row.class, PageKey { subject, group: group.as_deref() }) == page
        };
        !self.silent.iter().any(silent)
    }

    fn is_before(&self, row: &LoadRow) -> bool {
        matches!((self.through, row.from), (Some(through), Some(from)) if through < from)
    }
}

#[derive(Default)]
struct Taking {
    /// What is still to be added.
    new: Vec<LoadRow>,
    /// The load as it becomes, without `new`.
    rows: Vec<LoadRow>,
    change: LoadChange,
}

impl Taking {
    /// New rows without a last day end before what stays after the span.
    fn bound(&mut self, load: &TeachingLoad, spans: &BTreeMap<ClassName, Span>) {
        let later = |row: &&LoadRow| spans.get(&row.class).is_some_and(|span| span.is_before(row));
        let mut first: BTreeMap<PageOf, NaiveDate> = BTreeMap::new();
        for row in load.rows.iter().filter(later) {
            let from = row.from.unwrap_or(NaiveDate::MIN);
            first.entry(row.page_of()).and_modify(|day| *day = from.min(*day)).or_insert(from);
        }
        for row in self.new.iter_mut().filter(|row| row.until.is_none()) {
            row.until = first.get(&row.page_of()).and_then(|day| day.pred_opt());
        }
    }

    /// A row that holds on within the span.
    fn meet(&mut self, row: &LoadRow, span: &Span) {
        // `None` is the smallest: since ever is before every day.
        let begun = row.from < span.from;
        let goes_on = |new: &LoadRow| {
            let in_time = new.from == row.from || (begun && new.from <= span.from);
            new.staff == row.staff && in_time && new.page_of() == row.page_of()
        };
        if let Some(place) = self.new.iter().position(goes_on) {
            let new = self.new.remove(place);
            // Of what is after the span nothing was said, so an end that is known stays.
            let beyond = |until: &NaiveDate| span.through.is_some_and(|through| through < *until);
            return self.end(row, row.until.filter(beyond).or(new.until));
        }
        match span.from.filter(|_| begun) {
            Some(from) => self.end(row, from.pred_opt()),
            None => self.change.dropped.push(row.clone()),
        }
    }

    fn end(&mut self, row: &LoadRow, until: Option<NaiveDate>) {
        let now = LoadRow { until, ..row.clone() };
        if now != *row {
            self.change.ended.push(now.clone());
        }
        self.rows.push(now);
    }
}

impl LoadChange {
    /// The classes whose rows change.
    pub fn classes(&self) -> BTreeSet<&ClassName> {
        let all = [&self.added, &self.ended, &self.dropped];
        all.into_iter().flatten().map(|row| &row.class).collect()
    }
}
