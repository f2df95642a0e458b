//! Summary statements («сводные ведомости») and reports, as values.
//!
//! A [`Roll`] joins the pupils of the journals of one class and school year; a statement is drawn from
//! it. A roll of one journal gives the same statement for one period. Nothing is computed that the
//! school did not give: marks are shown as given, never derived; what is counted are absences, days and
//! pupils.
//!
//! Each value serialises canonically (RFC 8785): fields are declared in the order of their names, absent
//! ones are left out (but `grade` of a class, `docs/formats.md` § 2.2), and the type stands in `t`.

mod activity;
mod attendance;
mod joining;
mod movement;
mod progress;
mod report;
mod results;
mod roll;
#[cfg(test)]
mod tests;

pub use activity::{ActivityError, ActivityRow, ActivityStatement, GivenResult, ProgrammeRow};
pub use attendance::{AttendanceRow, AttendanceStatement, Attended, Missed, MonthlyAttendance};
pub use joining::{Confirmed, Proposal, Reason, SourceId, Unjoined};
pub use movement::{Moved, MovementStatement, PeriodCount};
pub use progress::{Column, GivenDecision, GivenMark, ProgressRow, ProgressStatement};
pub use report::ClassReport;
pub use results::{ClassResults, Grades, PupilResult, Share, Standing, SubjectResults};
pub use roll::{Heading, PupilRow, Roll, RollError, Span};

/// The word that tells what a canonical text is, and the text itself.
macro_rules! sealed_as {
    ($value:ident, $tag:ident, $word:literal) => {
        #[doc = concat!("The word `", $word, "`; nothing else is read.")]
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize,
        )]
        pub enum $tag {
            /// The one version there is.
            #[default]
            #[serde(rename = $word)]
            V1,
        }

        impl $value {
            /// Canonical form, RFC 8785.
            pub fn to_canonical(&self) -> Vec<u8> {
                serde_json::to_vec(self).expect("a statement has string keys and integers only")
            }
        }
    };
}
pub(crate) use sealed_as;
