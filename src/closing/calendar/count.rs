//! Counting days by either meaning of «день».

use super::{NoProductionYear, WorkDays};
use chrono::{Days as Step, NaiveDate};

/// Which days a procedure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayCount {
    /// Every day.
    Calendar,
    /// Days the school works.
    Working,
}

/// Days of one school, as its procedure counts them.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    count: DayCount,
    work: &'a WorkDays,
}

impl<'a> Days<'a> {
    /// Counts these days.
    pub fn new(count: DayCount, work: &'a WorkDays) -> Self {
        Days { count, work }
    }

    /// Whether a day is counted.
    ///
    /// # Errors
    /// When working days are counted and there is no production calendar for the day's year. The same holds for
    /// every method below.
    pub fn counts(self, day: NaiveDate) -> Result<bool, NoProductionYear> {
        match self.count {
            DayCount::Calendar => Ok(true),
            DayCount::Working => self.work.works(day),
        }
    }

    /// The `n`-th counted day from `start` on; `start` itself can be the first. 0 counts as 1.
    pub fn nth_from(self, start: NaiveDate, n: u32) -> Result<NaiveDate, NoProductionYear> {
        self.nth(start, n, |day| day.checked_add_days(Step::new(1)))
    }

    /// The `n`-th counted day back from `end`; `end` itself can be the first. 0 counts as 1.
    pub fn nth_back(self, end: NaiveDate, n: u32) -> Result<NaiveDate, NoProductionYear> {
        self.nth(end, n, |day| day.checked_sub_days(Step::new(1)))
    }

    fn nth(
        self,
        start: NaiveDate,
        n: u32,
        next: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> Result<NaiveDate, NoProductionYear> {
        let mut day = start;
        let mut left = n.max(1);
        loop {
            if self.counts(day)? {
                left -= 1;
            }
            if left == 0 {
                return Ok(day);
            }
            // Years without a calendar end the search; the limits of dates only where every day counts.
            let Some(beyond) = next(day) else { return Ok(day) };
            day = beyond;
        }
    }
}
