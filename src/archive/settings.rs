//! Settings of the school: what stands in a `settings` document (`docs/formats.md` § 3).

use crate::journal::regulation::{self, RegulationErrors};
use crate::paper::class_journal::Content;
use crate::paper::wording::{OwnFile, Shipped, Wording, WordingErrors};
use chrono::FixedOffset;
use serde::{Deserialize, Serialize};

/// A regulation as it is in force: the text a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regulation {
    /// File name or title, for people.
    pub name: String,
    /// The TOML text.
    pub toml: String,
}

/// How paper is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperSettings {
    /// Blank forms for general data and health are stitched into a copy, to be filled by hand.
    pub blanks: bool,
    /// What the paper copy of a class journal holds.
    pub content: Content,
    /// Whose wording stands in the forms the school has not adapted.
    pub forms: Shipped,
    /// Files of wording the school has adapted, by name, each once.
    pub own: Vec<FormFile>,
    /// Sheets are printed on both sides.
    pub two_sided: bool,
}

impl PaperSettings {
    /// Marks and topics on one side, with the wording that comes with Letopis; in colleges with blank forms
    /// (R4 § 4.4: what the e-journal does not hold is filled by hand after printing and stitched in).
    pub fn new(forms: Shipped) -> PaperSettings {
        let (content, blanks) = (Content::MarksAndTopics, forms == Shipped::College);
        PaperSettings { blanks, content, forms, own: Vec::new(), two_sided: false }
    }

    /// Puts a file of the school's own wording in the place of the one of its name.
    pub fn adapt(&mut self, file: FormFile) {
        self.own.retain(|former| former.name != file.name);
        self.own.push(file);
        self.own.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// A file of wording as it is in force: the text a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormFile {
    /// Which file of `templates/forms` it replaces: `journal.toml`.
    pub name: String,
    /// The TOML text.
    pub toml: String,
}

/// Settings of the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// How paper is printed.
    pub paper: PaperSettings,
    /// What the day-one checks go by.
    pub regulation: Regulation,
    /// The school's id, without spaces.
    pub school_id: String,
    /// Its name.
    pub school_name: String,
    /// Its local time, as an offset from UTC (`+05:00`): Russia's zones have no summer time.
    #[serde(with = "offset")]
    pub utc_offset: FixedOffset,
}

/// Why settings cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A seal's line must stay one line, its first word the id.
    #[error("the school's id must be letters, digits, `.` or `-`, up to 40 of them; `{0}` is not")]
    SchoolId(String),
    /// Likewise the name.
    #[error("the school's name must be one line of 1 to 200 characters")]
    SchoolName,
    /// The regulation does not read.
    #[error(transparent)]
    Regulation(#[from] RegulationErrors),
    /// The wording of the forms does not read.
    #[error(transparent)]
    Wording(#[from] WordingErrors),
}

mod offset {
    use chrono::FixedOffset;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(offset: &FixedOffset, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(offset)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FixedOffset, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Settings {
    /// Checks what a seal will carry, and that the regulation reads.
    ///
    /// # Errors
    /// On the first thing that will not do.
    pub fn check(&self) -> Result<(), SettingsError> {
        let plain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
        let id = &self.school_id;
        if id.is_empty() || id.chars().count() > 40 || !id.chars().all(plain) {
            return Err(SettingsError::SchoolId(id.clone()));
        }
        let name = self.school_name.trim();
        let fits = name == self.school_name && (1..=200).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(SettingsError::SchoolName);
        }
        self.regulation()?;
        self.wording()?;
        Ok(())
    }

    /// The regulation the day-one checks go by.
    ///
    /// # Errors
    /// When its text does not read.
    pub fn regulation(&self) -> Result<regulation::Regulation, RegulationErrors> {
        regulation::Regulation::from_toml(&self.regulation.name, &self.regulation.toml)
    }

    /// The texts of all printed forms: the school's own, and for the rest those that come with Letopis.
    ///
    /// # Errors
    /// When one of the school's own files does not read.
    pub fn wording(&self) -> Result<Wording, WordingErrors> {
        let own = self.paper.own.iter();
        let own: Vec<OwnFile<'_>> =
            own.map(|file| OwnFile { name: &file.name, toml: &file.toml }).collect();
        Wording::with_own(self.paper.forms, &own)
    }
}
