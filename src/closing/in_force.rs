//! What a closing goes by: the body of the document it is opened with (`docs/formats.md` § 3).

use super::FileErrors;
use super::plan::Plan;
use super::procedure::Procedure;
use crate::register::SheetKind;
use crate::staff::Role;
use serde::{Deserialize, Serialize};

/// A file as it is in force: the text a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextFile {
    /// File name, for people.
    pub name: String,
    /// The TOML text.
    pub toml: String,
}

/// Procedure, calendars and confirmed days of one closing. Whatever is adopted later changes nothing about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// The school's calendar of the year.
    pub calendar: TextFile,
    /// The days a person confirmed.
    pub plan: Plan,
    /// The procedure.
    pub procedure: TextFile,
    /// The production calendars the days were counted by.
    pub production: Vec<TextFile>,
    /// Which sheets each role signs for a whole class, by the forms' wording on that day.
    pub signs: Vec<ClassSheets>,
}

/// The sheets of a copy a role signs for the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassSheets {
    /// The role.
    pub role: Role,
    /// What the sheets show.
    pub sheets: Vec<SheetKind>,
}

impl InForce {
    /// The procedure, read.
    ///
    /// # Errors
    /// When its text does not read, which was tried before the closing was opened.
    pub fn procedure(&self) -> Result<Procedure, FileErrors> {
        Procedure::from_toml(&self.procedure.name, &self.procedure.toml)
    }

    /// The kinds of sheets a role signs for a whole class.
    pub fn sheets_of(&self, role: Role) -> &[SheetKind] {
        self.signs.iter().find(|signs| signs.role == role).map_or(&[], |signs| &signs.sheets)
    }
}
