//! Papers of the closing: what hangs in the staff room, lies beside the copies, and is filed with them.
//!
//! Each form is a value with a `print`; the wording comes from `closing.toml` and `filing.toml` alone. What a
//! form has to know of the school is in its [`Letterhead`].

mod certifying_sheet;
mod checklist;
mod folder;
mod form;
mod general_register;
mod media_act;
#[cfg(test)]
pub(crate) mod samples;
mod schedule;
mod sheets;
#[cfg(test)]
mod tests;
mod where_to_sign;

pub use certifying_sheet::CertifyingSheet;
pub use checklist::{Checklist, ChecklistPage};
pub use folder::{ExcusedSignature, FolderContents, FolderCopy};
pub use general_register::{GeneralRegister, RegisterLine};
pub use media_act::{MediaAct, Medium, MediumKind};
pub use schedule::{Schedule, ScheduleGroup, ScheduledStep};
pub use where_to_sign::{SheetsToSign, WhereToSign};

use super::{Letterhead, Official};
use chrono::NaiveDate;

/// An order of the director.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its number, as the school writes it.
    pub number: String,
    /// Its date.
    pub date: NaiveDate,
}
