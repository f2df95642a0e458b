//! File plans (номенклатура дел): a TOML file a school may adapt, read strictly.

mod problem;
mod read;

pub use problem::{FilePlanError, FilePlanProblem, PlanFault};

use super::{DocumentKind, Kind, Term};
use crate::register::RecordKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// The name of a class in seals and register entries, `journals`: 1–32 lower-case Latin letters, digits
/// and hyphens, beginning with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClassId(String);

/// A text is no name of a class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no class id; write 1 to 32 lower-case Latin letters, digits and hyphens, beginning with a letter"
)]
pub struct ClassIdError(String);

/// One class (дело) of a file plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileClass {
    /// What seals and entries call it.
    pub id: ClassId,
    /// Индекс дела.
    pub index: String,
    /// Заголовок дела.
    pub title: String,
    /// Срок хранения.
    pub term: Term,
    /// Основание срока: статья перечня, пункт положения, номенклатура школы. Free text.
    pub basis: String,
}

/// A file plan: every kind of record and document has exactly one class in it. Its serialized form is
/// the body of a `file-plan` document, `name` and `toml` (`docs/formats.md` § 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Body", into = "Body")]
pub struct FilePlan {
    name: String,
    toml: String,
    classes: Vec<FileClass>,
    /// The place in `classes` of each kind's; no kind is missing.
    class_of: BTreeMap<Kind, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: String,
    toml: String,
}

impl FilePlan {
    /// Reads a plan. The name is the file's, for messages.
    ///
    /// # Errors
    /// Everything that is wrong with it at once, each with its line.
    pub fn read(name: &str, toml: &str) -> Result<FilePlan, FilePlanError> {
        read::plan(name, toml).map_err(|problems| FilePlanError { file: name.to_owned(), problems })
    }

    /// The plan that comes with Letopis for schools, `retention/school.toml`.
    pub fn school() -> FilePlan {
        let toml = include_str!("../../retention/school.toml");
        FilePlan::read("school.toml", toml).expect("a test reads the plan that is built in")
    }

    /// The plan that comes with Letopis for colleges, `retention/college.toml`.
    pub fn college() -> FilePlan {
        let toml = include_str!("../../retention/college.toml");
        FilePlan::read("college.toml", toml).expect("a test reads the plan that is built in")
    }

    /// The name it was read under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text it was read from, byte for byte.
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// The classes in the order of the file.
    pub fn classes(&self) -> &[FileClass] {
        &self.classes
    }

    /// The class of this id; `None` when the plan has no such class (the seal or entry is of the time of
    /// another plan).
    pub fn class(&self, id: &str) -> Option<&FileClass> {
        self.classes.iter().find(|class| class.id.0 == id)
    }

    /// The class of a kind of record.
    pub fn class_of_record(&self, kind: RecordKind) -> &FileClass {
        &self.classes[self.class_of[&Kind::Record(kind)]]
    }

    /// The class of a kind of document.
    pub fn class_of_document(&self, kind: DocumentKind) -> &FileClass {
        &self.classes[self.class_of[&Kind::Document(kind)]]
    }
}

impl TryFrom<Body> for FilePlan {
    type Error = FilePlanError;
    fn try_from(body: Body) -> Result<Self, FilePlanError> {
        FilePlan::read(&body.name, &body.toml)
    }
}

impl From<FilePlan> for Body {
    fn from(plan: FilePlan) -> Body {
        Body { name: plan.name, toml: plan.toml }
    }
}

impl ClassId {
    /// The id as it stands in a seal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ClassId {
    type Err = ClassIdError;

    fn from_str(text: &str) -> Result<Self, ClassIdError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(allowed)
            && text.as_bytes()[0].is_ascii_lowercase();
        if fits { Ok(ClassId(text.to_owned())) } else { Err(ClassIdError(text.to_owned())) }
    }
}

impl TryFrom<String> for ClassId {
    type Error = ClassIdError;
    fn try_from(text: String) -> Result<Self, ClassIdError> {
        text.parse()
    }
}

impl From<ClassId> for String {
    fn from(id: ClassId) -> String {
        id.0
    }
}

impl fmt::Display for ClassId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
