//! `statements.toml`: summary statements («сводные ведомости»).

use super::terms::Role;
use crate::paper::wording::Text;

values! {
    /// Whose statement, for when.
    pub struct ClassAndPeriod {
        /// «7А класса».
        class,
        /// «2025/26 учебный год», «1 четверть 2025/26 учебного года».
        period,
        /// The school's name.
        school,
    }
}

values! {
    /// A sheet of a statement or report.
    pub struct SheetOf {
        /// Its number, from 1.
        sheet,
        /// How many there are.
        sheets,
    }
}

values! {
    /// What a record's statement was drawn from.
    pub struct DrawnFrom {
        /// Numbers of records with their periods and the digests of their seals.
        sources,
    }
}

values! {
    /// Notes of absence that are not understood.
    pub struct UnknownNotes {
        /// How many there are.
        count,
    }
}

values! {
    /// A decision of the pedagogical council.
    pub struct DecisionOf {
        /// «переведён в 8 класс».
        text,
        /// Date of the protocol.
        date,
        /// Number of the protocol.
        protocol,
    }
}

form! {
    /// What stands on every sheet of a statement or report.
    pub struct SheetForm {
        /// The sheet's number, and how many there are.
        number: Text<SheetOf>,
        /// In the notes of a record's statement: the journals it was drawn from.
        drawn_from: Text<DrawnFrom>,
    }
}

form! {
    /// Columns of учёт успеваемости.
    pub struct ProgressColumns {
        /// Place in the list.
        number: String,
        /// Name.
        pupil: String,
        /// Subject.
        subject: String,
        /// Year mark.
        year: String,
        /// Exam mark.
        exam: String,
        /// Final mark.
        final_mark: String,
        /// Decision of the council.
        decision: String,
    }
}

form! {
    /// Сводная ведомость учёта успеваемости.
    pub struct ProgressForm {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Columns.
        columns: ProgressColumns,
        /// A decision with date and number.
        decision: Text<DecisionOf>,
        /// What the sign at a mark brought from another school means.
        brought: String,
        /// What the sign at pupils who were not joined across periods means, in every statement and report.
        unjoined: String,
        /// Whose signature stands below, in this order.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of учёт посещаемости.
    pub struct AttendanceColumns {
        /// Place in the list.
        number: String,
        /// Name.
        pupil: String,
        /// Days with an absence.
        days: String,
        /// Lessons missed.
        lessons: String,
        /// Of which ill.
        ill: String,
        /// Of which excused.
        excused: String,
        /// Of which without excuse.
        unexcused: String,
        /// Of which without a reason stated.
        not_stated: String,
        /// Latenesses.
        late: String,
        /// All periods together.
        total: String,
    }
}

form! {
    /// Сводная ведомость учёта посещаемости.
    pub struct AttendanceForm {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Columns.
        columns: AttendanceColumns,
        /// Row of the class.
        class_total: String,
        /// What «not stated» means, below the table.
        note: String,
        /// Of notes that are not understood.
        unknown: Text<UnknownNotes>,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of учёт движения.
    pub struct MovementColumns {
        /// Period.
        period: String,
        /// Pupils on the first day.
        at_start: String,
        /// Came.
        arrived: String,
        /// Left.
        left: String,
        /// Pupils on the last day.
        at_end: String,
        /// Name.
        pupil: String,
        /// Date.
        date: String,
        /// Order.
        order: String,
    }
}

form! {
    /// Сводная ведомость учёта движения.
    pub struct MovementForm {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Columns.
        columns: MovementColumns,
        /// Heading of the list of those who came.
        arrived: String,
        /// Heading of the list of those who left.
        left: String,
        /// Where nobody moved.
        nobody: String,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// Columns of the statement of an activity.
    pub struct ActivityColumns {
        /// Place in the list.
        number: String,
        /// Name.
        pupil: String,
        /// Programme.
        programme: String,
        /// Lessons held.
        lessons: String,
        /// Lessons missed.
        missed: String,
        /// The result as given.
        result: String,
    }
}

form! {
    /// Сводная ведомость освоения программы.
    pub struct ActivityStatementForm {
        /// Heading.
        heading: Text<ClassAndPeriod>,
        /// Columns.
        columns: ActivityColumns,
        /// Whose signature stands below.
        signed_by: Vec<Role>,
    }
}

form! {
    /// `statements.toml`.
    pub struct Statements {
        /// Every sheet.
        sheet: SheetForm,
        /// Успеваемость.
        progress: ProgressForm,
        /// Посещаемость.
        attendance: AttendanceForm,
        /// Движение.
        movement: MovementForm,
        /// Внеурочная деятельность, дополнительное образование.
        activity: ActivityStatementForm,
    }
}
