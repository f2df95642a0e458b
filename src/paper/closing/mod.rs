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

use super::wording::Wording;
use super::wording::forms::Role;
use super::words::Initials;
use super::{Print, Side};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

/// What all papers of a closing have in common.
#[derive(Debug, Clone, Copy)]
pub struct Letterhead<'a> {
    /// The school's name.
    pub school: &'a str,
    /// The texts of the forms.
    pub wording: &'a Wording,
    /// Who signs for the school. A role without anybody here is signed by whoever writes the name by hand.
    pub officials: &'a [Official],
    /// When it is printed, by the school's clock.
    pub printed: DateTime<FixedOffset>,
}

/// Someone who signs for the school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    /// In which role.
    pub role: Role,
    /// Post as the staff list calls it: «Заместитель директора по УВР»; otherwise the role's usual name stands.
    pub post: Option<String>,
    /// The name.
    pub name: Initials,
}

/// An order of the director.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its number, as the school writes it.
    pub number: String,
    /// Its date.
    pub date: NaiveDate,
}

impl Letterhead<'_> {
    /// The first of the officials with a role.
    fn official(&self, role: Role) -> Option<&Official> {
        self.officials.iter().find(|official| official.role == role)
    }

    /// Post of whoever has a role.
    fn post(&self, role: Role) -> &str {
        let own = self.official(role).and_then(|official| official.post.as_deref());
        own.unwrap_or_else(|| self.wording.terms.office(role))
    }

    fn print(&self, title: String, sides: Vec<Side>) -> Print {
        let author = self.school.to_owned();
        let made = self.printed.with_timezone(&Utc);
        Print { title, author, language: "ru-RU", made, sides }
    }
}
