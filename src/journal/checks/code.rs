//! The codes of remarks.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// How much a remark weighs. None of them keeps a journal from being archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The journal breaks a rule of the regulation.
    Violation,
    /// Probably a fault; somebody has to look.
    Warning,
    /// Worth knowing; nothing may be wrong.
    Notice,
}

/// A text that names no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no code of a remark; docs/checks.md lists them")]
pub struct UnknownCode(String);

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $text:literal $level:ident;)+) => {
        /// What a remark is about. The texts ([`Code::as_str`]) are stable: scripts and the
        /// regulation's `[clauses]` rely on them. `docs/checks.md` explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in the order in which remarks about one page stand.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// `final-missing`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)+ }
            }

            /// How much remarks with this code weigh.
            pub fn level(self) -> Level {
                match self { $(Code::$name => Level::$level,)+ }
            }
        }
    };
}

codes! {
    /// The grade does not close by periods of this kind.
    PeriodNotForGrade "period-not-for-grade" Warning;
    /// Nobody, or nobody with a full name, is the class teacher.
    ClassTeacherUnnamed "class-teacher-unnamed" Warning;
    /// A page without a teacher who has a full name.
    TeacherUnnamed "teacher-unnamed" Warning;
    /// A pupil without surname or name.
    PupilUnnamed "pupil-unnamed" Warning;
    /// Pupils without list number, date of birth or file number.
    PupilDataMissing "pupil-data-missing" Notice;
    /// Marks or absences dated outside a pupil's time in the class.
    EntryOutsideStay "entry-outside-stay" Warning;
    /// A final is expected and is not there.
    FinalMissing "final-missing" Violation;
    /// «н/а», «осв.» as a final.
    FinalNotAllowed "final-not-allowed" Violation;
    /// The final is not what the average gives.
    FinalDiffersFromAverage "final-differs-from-average" Violation;
    /// A final stands on too few marks.
    TooFewMarks "too-few-marks" Warning;
    /// The final was set after the regulation's day.
    FinalTooLate "final-too-late" Violation;
    /// Finals without the day they were set.
    FinalUndated "final-undated" Notice;
    /// Marks of the year in the journal of a period.
    YearFinalInPeriod "year-final-in-period" Notice;
    /// Lessons without a topic.
    LessonWithoutTopic "lesson-without-topic" Violation;
    /// Lessons dated outside the period.
    LessonOutsidePeriod "lesson-outside-period" Warning;
    /// Fewer lessons than planned.
    HoursBelowPlan "hours-below-plan" Warning;
    /// More lessons than planned.
    HoursAbovePlan "hours-above-plan" Notice;
    /// Pages without planned hours.
    PlanMissing "plan-missing" Notice;
    /// Somebody stood in, and nobody knows who.
    SubstitutionWithoutName "substitution-without-name" Violation;
    /// Marks in a grade that learns without marks.
    MarksNotAllowed "marks-not-allowed" Violation;
    /// Homework in a grade that has none.
    HomeworkNotAllowed "homework-not-allowed" Violation;
    /// A mark nobody can read.
    UnknownMark "unknown-mark" Warning;
    /// An absence nobody can read.
    UnknownAbsence "unknown-absence" Warning;
    /// A weight that is no number.
    UnknownWeight "unknown-weight" Warning;
    /// «.»: a debt still open.
    DebtOpen "debt-open" Warning;
    /// What the printed journal cannot hold, so that no snapshot can be taken. Found by whoever lays it out on
    /// paper, not by [`check`](super::check).
    Unprintable "unprintable" Warning;
}

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let found = Code::ALL.iter().find(|code| code.as_str() == text);
        found.copied().ok_or_else(|| UnknownCode(text.to_owned()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
