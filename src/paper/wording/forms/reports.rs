//! `reports.toml`: reports about a class for one period.

use super::statements::ClassAndPeriod;
use super::terms::Role;
use crate::paper::wording::Text;

values! {
    /// Shares of pupils.
    pub struct Shares {
        /// Share of pupils without an unsatisfactory final, «96,0».
        progress,
        /// Share of pupils with «4» and «5» only.
        quality,
        /// How many pupils the shares are of.
        pupils,
    }
}

form! {
    /// Columns of итоги успеваемости by subject.
    pub struct ClassResultsColumns {
        /// Subject.
        subject: String,
        /// Teacher.
        teacher: String,
        /// Average final.
        average: String,
        /// Finals that are no grade («зач», «н/а»).
        other: String,
        /// Quality.
        quality: String,
        /// Progress.
        progress: String,
    }
}

form! {
    /// Итоги успеваемости класса.
    pub struct ClassResults {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// List of pupils with «5» only.
        excellent: String,
        /// List of pupils with «4» and «5».
        good: String,
        /// List of pupils with a single «3».
        one_satisfactory: String,
        /// List of pupils with a single «4».
        one_good: String,
        /// List of all other pupils with «3» and better.
        satisfactory: String,
        /// List of pupils with an unsatisfactory final.
        failing: String,
        /// List of pupils with «н/а».
        not_attested: String,
        /// List of pupils without finals that place them.
        without_finals: String,
        /// Where a list is empty.
        nobody: String,
        /// The shares.
        shares: Text<Shares>,
        /// Of a grade without marks (R1 5.7).
        without_marks: String,
        /// Columns by subject.
        columns: ClassResultsColumns,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of the attendance by months.
    pub struct MonthlyColumns {
        /// Place in the list.
        number: String,
        /// Name.
        pupil: String,
        /// Lessons missed.
        lessons: String,
        /// Of which ill.
        ill: String,
        /// All months together.
        total: String,
    }
}

form! {
    /// Отчёт о посещаемости по месяцам.
    pub struct MonthlyAttendance {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Columns.
        columns: MonthlyColumns,
        /// Row of the class.
        class_total: String,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Отчёт классного руководителя за период.
    pub struct ClassReport {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Composition.
        composition: String,
        /// Movement.
        movement: String,
        /// Progress.
        progress: String,
        /// Attendance.
        attendance: String,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// `reports.toml`.
    pub struct Reports {
        /// Итоги успеваемости класса.
        results: ClassResults,
        /// Отчёт о посещаемости по месяцам.
        monthly_attendance: MonthlyAttendance,
        /// Отчёт классного руководителя.
        class_report: ClassReport,
    }
}
