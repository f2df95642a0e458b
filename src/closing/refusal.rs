//! Why something is not entered: which rule says no, and what to do.
//!
//! People are named by their ids; whoever shows a refusal puts the names in.

use super::procedure::Proof;
use crate::journal::{ClassName, PeriodId};
use crate::register::{CopyNumber, FolderNumber, SheetRange, StaffId, StepId};
use crate::staff::Role;

/// Why an entry of a closing is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The closing was cancelled.
    #[error("this closing was cancelled; open another one")]
    Cancelled,
    /// Not one of its classes.
    #[error("{class} does not close {period} in this closing; name one of its classes and periods")]
    NoClass {
        /// The class.
        class: ClassName,
        /// The period.
        period: PeriodId,
    },
    /// No such step, or none with that proof.
    #[error("the procedure has no step `{0}` for this; `letopis closing status` names the steps")]
    NoStep(String),
    /// The step is proved by something else.
    #[error("step `{step}` is proved by `{proof}`, not by this; name another step")]
    WrongProof {
        /// The step.
        step: StepId,
        /// Its proof.
        proof: Proof,
    },
    /// No record yet.
    #[error("{class} has no journal for {period} yet; import it, or take the snapshot")]
    NoJournal {
        /// The class.
        class: ClassName,
        /// The period.
        period: PeriodId,
    },
    /// Nothing printed, or a former record.
    #[error("{0} has no paper copy of its current record; print it first")]
    NotPrinted(ClassName),
    /// Archived alone in this closing.
    #[error(
        "{class} does not go on paper for {period} now: its calendar prints it at the year's end"
    )]
    NotOnPaper {
        /// The class.
        class: ClassName,
        /// The period.
        period: PeriodId,
    },
    /// Earlier steps are not done.
    #[error("{class}: `{step}` waits for {}", list(.before))]
    Waits {
        /// The class.
        class: ClassName,
        /// The step.
        step: StepId,
        /// What is not done yet.
        before: Vec<StepId>,
    },
    /// It is done already.
    #[error("{class}: `{step}` is done already; take the former entry back first if it is wrong")]
    Already {
        /// The class.
        class: ClassName,
        /// The step.
        step: StepId,
    },
    /// Not that person's to do.
    #[error("{who} is no {role}{} on {day}; name who is, or a substitute by order", of(.class))]
    Role {
        /// The person.
        who: StaffId,
        /// The role asked for.
        role: Role,
        /// Of which class.
        class: Option<ClassName>,
        /// On which day.
        day: chrono::NaiveDate,
    },
    /// Whoever enters does not hold the paper.
    #[error(
        "{who} may not enter this for {class}: paper is entered by a deputy or the class teacher"
    )]
    Recorder {
        /// Who wants to enter.
        who: StaffId,
        /// The class.
        class: ClassName,
    },
    /// Not an official of the school.
    #[error("{0} may not enter this: it is for a deputy, the head of studies or the director")]
    Office(StaffId),
    /// The page is nobody's.
    #[error("nobody teaches {class}, {page} by the teaching load; `letopis staff load` first")]
    NoTeacher {
        /// The class.
        class: ClassName,
        /// Subject and subgroup.
        page: String,
    },
    /// The page is several people's.
    #[error("{class}, {page} is taught by several people: {}; name who signs", list(.teachers))]
    SeveralTeachers {
        /// The class.
        class: ClassName,
        /// Subject and subgroup.
        page: String,
        /// They.
        teachers: Vec<StaffId>,
    },
    /// A role that nobody, or several people, hold.
    #[error("{} people hold the role {role}; name who it is", .holders.len())]
    Holders {
        /// The role.
        role: Role,
        /// They.
        holders: Vec<StaffId>,
    },
    /// Somebody else's page.
    #[error(
        "{class}, {page} is not {who}'s to sign or confirm; name its teacher, or a substitute by order"
    )]
    NotTheirs {
        /// Who.
        who: StaffId,
        /// The class.
        class: ClassName,
        /// Subject and subgroup.
        page: String,
    },
    /// Sheets that are not in this step.
    #[error("copy {copy} has no valid sheets {} to be signed in this step", list(.sheets))]
    NoSheets {
        /// The copy.
        copy: CopyNumber,
        /// Those named wrongly.
        sheets: Vec<SheetRange>,
    },
    /// A page that is not there.
    #[error("the journal of {class} has no page {page}; it has {of}")]
    NoPage {
        /// The class.
        class: ClassName,
        /// As named.
        page: u32,
        /// How many there are.
        of: usize,
    },
    /// Everything named is signed or confirmed already.
    #[error("nothing is left to enter here: all that was named is entered already")]
    NothingLeft,
    /// No such entry in this closing.
    #[error("the closing has no entry {0}; `letopis closing history` shows them")]
    NoEntry(u64),
    /// Taken back before.
    #[error("entry {entry} was taken back already by entry {by}")]
    TakenBack {
        /// The entry.
        entry: u64,
        /// The one that took it back.
        by: u64,
    },
    /// What cannot be taken back.
    #[error("entry {0} cannot be taken back: it tells of something that lasts")]
    Lasting(u64),
    /// Later entries stand on it.
    #[error("later entries stand on entry {entry}; take them back first: {}", list(.later))]
    StandsOn {
        /// The entry.
        entry: u64,
        /// They, in register order.
        later: Vec<u64>,
    },
    /// The folder is formed.
    #[error(
        "{class} lies in folder {folder}; nothing is taken back there, only corrected by the director's order"
    )]
    Filed {
        /// The class.
        class: ClassName,
        /// The folder.
        folder: FolderNumber,
    },
    /// A correction of what lies in a folder or on its shelf, without an order.
    #[error("{class} is filed already; give number and date of the director's order (--order)")]
    NeedsOrder {
        /// The class.
        class: ClassName,
    },
    /// A folder cannot be formed.
    #[error("the folder of {period} cannot be formed: {}", lacks(.classes))]
    Folder {
        /// The period.
        period: PeriodId,
        /// Which classes lack what.
        classes: Vec<(ClassName, Vec<Lack>)>,
    },
    /// The archive cannot accept the copy of a class.
    #[error("the archive cannot accept the copy of {class} yet: {}", list(.lacks))]
    NotAcceptable {
        /// The class.
        class: ClassName,
        /// What it lacks.
        lacks: Vec<Lack>,
    },
    /// No class is ready that is not in the folder already.
    #[error("no class of {0} is waiting for a folder")]
    NothingToFile(PeriodId),
    /// Nothing to be accepted.
    #[error("folder and supplements of {0} are accepted already, or none is formed")]
    NothingToShelve(PeriodId),
    /// A removable copy that is not there.
    #[error("the closing has no medium {0}; `letopis media` shows those there are")]
    NoMedium(crate::register::MediumNumber),
    /// Not a valid person to take over.
    #[error("{0} and the one who takes over are one person; name two")]
    SamePerson(StaffId),
}

/// What a class lacks for the folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lack {
    /// Not sealed yet.
    #[error("no record; leave it out and add it later as a supplement")]
    Record,
    /// Not the same in both locations.
    #[error("its record is not whole: run `letopis repair`, or bring the second location back")]
    Whole,
    /// Without the director's electronic signature.
    #[error("its record waits for the director's signature: `letopis sign`")]
    Signed,
    /// On too few removable copies.
    #[error(
        "its record is on {0} of 2 media: make a supplementary copy (`letopis copy --lacking`)"
    )]
    Media(u32),
    /// Removable copies that are not handed over.
    #[error(
        "{0} of 2 media with its record are handed over: hand them over with an act of their own"
    )]
    HandedOver(u32),
    /// An earlier step.
    #[error("`{0}` is not done")]
    Step(StepId),
}

fn list<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn of(class: &Option<ClassName>) -> String {
    class.as_ref().map_or_else(String::new, |class| format!(" of {class}"))
}

fn lacks(classes: &[(ClassName, Vec<Lack>)]) -> String {
    let each = classes.iter().map(|(class, lacks)| format!("{class}: {}", list(lacks)));
    each.collect::<Vec<_>>().join("; ")
}
