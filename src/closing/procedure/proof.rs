//! What a step is done for, and what proves that it was done.

use crate::staff::Role;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a step is done for, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every page of a journal.
    Page,
    /// Every class or college group.
    Class,
    /// Every period of the closing: its folder.
    Period,
    /// The school, once.
    School,
}

/// What is entered when a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// A page was checked, bound to its digest.
    Confirmed,
    /// A snapshot became a record with its seal: never before the last day with lessons.
    Sealed,
    /// Backup copies on media.
    CopyMade,
    /// Something was handed over against signature: media to the director, a paper copy to the deputy.
    HandedOver,
    /// A numbered paper copy.
    Printed,
    /// A signature on paper.
    SignedOnPaper,
    /// A line of the general register.
    CopyEntered,
    /// The school's round seal on paper.
    Stamped,
    /// The folder of a period with its list.
    FolderFormed,
    /// Accepted by the archive: file number and shelf.
    Shelved,
}

impl Scope {
    /// Every scope with the word files write for it.
    pub const WORDS: [(&'static str, Scope); 4] = [
        ("page", Scope::Page),
        ("class", Scope::Class),
        ("period", Scope::Period),
        ("school", Scope::School),
    ];

    /// Whether somebody holds a role for it: a page has its teacher, a class its class teacher; the other roles are
    /// held at the school for everything in it.
    pub fn has(self, role: Role) -> bool {
        match role {
            Role::Teacher => self == Scope::Page,
            Role::ClassTeacher => self == Scope::Class,
            Role::Deputy | Role::HeadOfStudies | Role::Director | Role::Archivist => true,
        }
    }
}

impl Proof {
    /// Every proof with the word files write for it.
    pub const WORDS: [(&'static str, Proof); 10] = [
        ("confirmed", Proof::Confirmed),
        ("sealed", Proof::Sealed),
        ("copy-made", Proof::CopyMade),
        ("handed-over", Proof::HandedOver),
        ("printed", Proof::Printed),
        ("signed-on-paper", Proof::SignedOnPaper),
        ("copy-entered", Proof::CopyEntered),
        ("stamped", Proof::Stamped),
        ("folder-formed", Proof::FolderFormed),
        ("shelved", Proof::Shelved),
    ];

    /// What the proof can be entered for.
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Proof::Confirmed => &[Scope::Page],
            Proof::Sealed | Proof::Printed | Proof::CopyEntered | Proof::Stamped => &[Scope::Class],
            Proof::CopyMade => &[Scope::School],
            Proof::HandedOver => &[Scope::Class, Scope::School],
            Proof::SignedOnPaper => &[Scope::Page, Scope::Class],
            Proof::FolderFormed => &[Scope::Period],
            Proof::Shelved => &[Scope::Class, Scope::Period],
        }
    }

    /// What has to be proved earlier for the same thing.
    pub fn needs(self, scope: Scope) -> Option<Proof> {
        match self {
            Proof::Confirmed | Proof::Sealed => None,
            Proof::CopyMade | Proof::Printed => Some(Proof::Sealed),
            Proof::HandedOver if scope == Scope::School => Some(Proof::CopyMade),
            Proof::Shelved if scope == Scope::Period => Some(Proof::FolderFormed),
            Proof::HandedOver
            | Proof::SignedOnPaper
            | Proof::CopyEntered
            | Proof::Stamped
            | Proof::FolderFormed
            | Proof::Shelved => Some(Proof::Printed),
        }
    }
}

fn word_of<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(word_of(&Scope::WORDS, self))
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(word_of(&Proof::WORDS, self))
    }
}
