//! The school, as statements and papers of a closing name it.

use super::wording::Wording;
use super::wording::forms::Role;
use super::words::Initials;
use super::{Print, Side};
use chrono::{DateTime, FixedOffset, Utc};

/// What every paper has to know of the school.
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

impl Letterhead<'_> {
    /// The first of the officials with a role.
    pub(super) fn official(&self, role: Role) -> Option<&Official> {
        self.officials.iter().find(|official| official.role == role)
    }

    /// Post of whoever has a role.
    pub(super) fn post(&self, role: Role) -> &str {
        let own = self.official(role).and_then(|official| official.post.as_deref());
        own.unwrap_or_else(|| self.wording.terms.office(role))
    }

    /// A paper of the school with these sides.
    pub fn print(&self, title: String, sides: Vec<Side>) -> Print {
        let author = self.school.to_owned();
        let made = self.printed.with_timezone(&Utc);
        Print { title, author, language: "ru-RU", made, sides }
    }
}
