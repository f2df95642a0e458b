//! School years, days off, and the counting of days.
//!
//! «День каникул» can mean calendar or working day, weeks have 5 or 6 days, regions have holidays of their own: a
//! [`SchoolCalendar`] says which holds in one school year, [`Production`] which days the country works. Both are
//! read strictly from TOML; `docs/calendar.md` describes the fields.

mod count;
mod fault;
mod group;
mod production;
mod school;

pub use count::{DayCount, Days};
pub use fault::CalendarFault;
pub use group::{CollegeGroups, GradeGroup, Printed};
pub use production::{Moved, NoProductionYear, Production, ProductionYear, Week, WorkDays};
pub use school::{DayOff, Holidays, Overflow, PeriodDays, SchoolCalendar};

#[cfg(test)]
mod tests;
