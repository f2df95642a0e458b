//! What a person is at the school, where papers are signed and steps are taken.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A role that signs papers and takes steps of a closing. One person can hold several.
///
/// The technical administrator and the secretary sign nothing and are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The page's teacher (учитель-предметник, преподаватель).
    Teacher,
    /// Классный руководитель; of a group the curator, of an activity its leader.
    ClassTeacher,
    /// Заместитель директора.
    Deputy,
    /// Заведующий учебной частью (college).
    HeadOfStudies,
    /// Директор.
    Director,
    /// Who keeps the archive.
    Archivist,
}

/// A text that names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "nobody holds the role `{0}`; write teacher, class-teacher, deputy, head-of-studies, director or archivist"
)]
pub struct UnknownRole(pub String);

impl Role {
    /// Every role with the word files write for it.
    pub const WORDS: [(&'static str, Role); 6] = [
        ("teacher", Role::Teacher),
        ("class-teacher", Role::ClassTeacher),
        ("deputy", Role::Deputy),
        ("head-of-studies", Role::HeadOfStudies),
        ("director", Role::Director),
        ("archivist", Role::Archivist),
    ];
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        let found = Role::WORDS.iter().find(|(word, _)| *word == text);
        found.map(|(_, role)| *role).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Role::WORDS.iter().find(|(_, role)| role == self);
        f.write_str(found.map_or("", |(word, _)| word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_is_read_back_from_its_word_and_no_other_text_is_one() {
        for (word, role) in Role::WORDS {
            assert_eq!((role.to_string().as_str(), word.parse()), (word, Ok(role)));
            assert_eq!(serde_json::to_value(role).unwrap(), word);
        }
        assert_eq!("secretary".parse::<Role>(), Err(UnknownRole("secretary".to_owned())));
    }
}
