//! The texts of each form. A struct here is a file or table of `templates/forms/`.

mod blanks;
mod closing;
mod filing;
mod journal;
mod reports;
mod statements;
mod terms;

pub use blanks::{Blank, Blanks};
pub use closing::{
    Checklist, ChecklistColumns, ClassesOf, ClosingForms, ClosingRun, DaysOf, HandOver, MediaAct,
    MediaActColumns, MediaHeading, MediaKinds, MediumContent, MediumName, MediumPlace,
    RegisterPlace, RegisterState, Schedule, ScheduleColumns, SubgroupPage, TeacherPage,
    WhereToSign, WhereToSignColumns,
};
pub use filing::{
    CertifyingSheet, CertifyingSheetColumns, ExcusedOf, FileCount, FileNumber, FilingForms,
    FolderContents, FolderContentsColumns, FolderOf, FormerLine, GeneralRegister,
    GeneralRegisterColumns, OrderOf, RegisterSheet, SheetsCounted, SheetsListed, SupplementNumber,
};
pub use journal::{
    Certification, ClassSheets, ContentsColumns, CopyOf, JournalForm, KeyOf, LastSheet, Place,
    RecordOf, RegisterOf, SealOf, SheetCount, SheetNumber, SheetPart, SheetsNamed, SubjectSheets,
    TeacherName, Title, Titled,
};
pub use reports::{
    ClassReport, ClassResults, ClassResultsColumns, MonthlyAttendance, MonthlyColumns, Reports,
    Shares,
};
pub use statements::{
    ActivityColumns, ActivityStatementForm, AttendanceColumns, AttendanceForm, ClassAndPeriod,
    DecisionOf, DrawnFrom, MovementColumns, MovementForm, ProgressColumns, ProgressForm, SheetForm,
    SheetOf, Statements, UnknownNotes,
};
pub use terms::{Captions, ClassCalled, NameOf, Role, RoleNames, SideOf, Terms};
