//! How a calendar can contradict itself.

use crate::journal::{PeriodId, SchoolYear};
use chrono::NaiveDate;

/// What is wrong with a calendar's days and groups.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// A day of another school year.
    #[error("{day} is not in the school year {year}, 1 September to 31 August; correct the day")]
    OutsideSchoolYear {
        /// The day.
        day: NaiveDate,
        /// The calendar's year.
        year: SchoolYear,
    },
    /// A day of another calendar year.
    #[error("{day} is not in {year}; correct the day or put it into that year's file")]
    OutsideYear {
        /// The day.
        day: NaiveDate,
        /// The file's year.
        year: i32,
    },
    /// A day that stands twice.
    #[error("{0} stands here a second time; take one out")]
    DayTwice(NaiveDate),
    /// Only days off can be moved.
    #[error("{0} is neither Saturday nor Sunday; name the day off that is moved")]
    NotADayOff(NaiveDate),
    /// Moved to a day that is free without it.
    #[error("{0} is a holiday already; name the day that becomes free")]
    MovedToHoliday(NaiveDate),
    /// The last day before the first.
    #[error("{last} is before {first}; correct one of the days")]
    Backwards {
        /// The first day.
        first: NaiveDate,
        /// The last day.
        last: NaiveDate,
    },
    /// Holidays that begin while there are lessons.
    #[error("the holidays begin on {from}, but {last} is the last day with lessons; correct one")]
    HolidaysEarly {
        /// First day of the holidays.
        from: NaiveDate,
        /// Last day of the period.
        last: NaiveDate,
    },
    /// A period twice in one group.
    #[error("{0} stands twice in this group; leave it once")]
    PeriodTwice(PeriodId),
    /// A period that begins before the holidays of the one before have ended.
    #[error("{later} begins before {earlier} and its holidays are over; correct the days")]
    Overlap {
        /// The period before.
        earlier: PeriodId,
        /// The period that begins too early.
        later: PeriodId,
    },
    /// A group without anybody.
    #[error("the group names neither grades nor college groups; name some, or take it out")]
    Nobody,
    /// A grade, or a college group, in two groups.
    #[error("{0} stands in two groups; leave it in one")]
    InTwoGroups(String),
}
