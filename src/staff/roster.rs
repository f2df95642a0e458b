//! The staff roster: random ids, the names they stand for, what each person is, and who stands in for whom.

mod change;
mod post;
mod substitution;

pub use post::{Post, PostFault, StaffSource, StaffSourceError};
pub use substitution::Substitution;

use super::Role;
use super::text::{day_range, single_spaced};
use crate::journal::ClassName;
use crate::register::StaffId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest name taken, in characters.
const LONGEST_NAME: usize = 200;

/// All members of the staff, the body of a `staff-roster` document (`docs/formats.md` § 3). Nobody is ever
/// taken out: who left still has signed. Serialized it is canonical JSON (RFC 8785).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Body")]
pub struct Roster {
    persons: Vec<StaffMember>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    substitutions: Vec<Substitution>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    persons: Vec<StaffMember>,
    #[serde(default)]
    substitutions: Vec<Substitution>,
}

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    id: StaffId,
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    posts: Vec<Post>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<StaffSource>,
}

impl StaffMember {
    /// The archive-wide id.
    pub fn id(&self) -> StaffId {
        self.id
    }

    /// Surname, name and patronymic with one space between.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the person is or was, in the order it was entered. Who teaches what is not here: that is the
    /// teaching load.
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// The person's ids in source systems.
    pub fn sources(&self) -> &[StaffSource] {
        &self.sources
    }
}

/// What no roster has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// Empty, longer than 200 characters, or with control characters.
    #[error(
        "`{}` is no name; write surname, name and patronymic in at most {LONGEST_NAME} characters",
        .0.escape_debug()
    )]
    Name(String),
    /// An id is the person: it cannot be two.
    #[error("the roster has the id {0} twice; restore the document from the other location")]
    IdTwice(StaffId),
    /// Nobody has the id.
    #[error("the roster has nobody with the id {0}; `letopis staff list` shows who is in it")]
    NoPerson(StaffId),
    /// A post that is none.
    #[error(transparent)]
    Post(#[from] PostFault),
    /// A person cannot hold one post twice on a day.
    #[error(
        "{name} already holds the post {role}{} {}; end that one first", of(.class), day_range(Some(*.from), *.until)
    )]
    PostTwice {
        /// Whose.
        name: String,
        /// The role of both.
        role: Role,
        /// The class of both.
        class: Option<ClassName>,
        /// First day of the one that is there.
        from: NaiveDate,
        /// Its last day.
        until: Option<NaiveDate>,
    },
    /// Nothing to end.
    #[error(
        "{name} holds no post {role}{} on {day}; `letopis staff list` shows the posts", of(.class)
    )]
    NoPost {
        /// Whose.
        name: String,
        /// The role that was named.
        role: Role,
        /// The class that was named.
        class: Option<ClassName>,
        /// The day that was to be its last.
        day: NaiveDate,
    },
    /// A source's id is one person.
    #[error("{source_id} is already {name} ({staff}); a source's id cannot be two people")]
    SourceTaken {
        /// The id in the source.
        source_id: StaffSource,
        /// Whose it is.
        name: String,
        /// The same.
        staff: StaffId,
    },
    /// Nobody stands in for themselves.
    #[error("{0} cannot stand in for themselves; name another person")]
    ForThemselves(StaffId),
    /// Ends before it begins.
    #[error("a substitution from {from} cannot end on {until}; correct one of the days")]
    Term {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// One stands in at a time.
    #[error(
        "{absent} is already substituted by {substitute} {}; end that substitution first: give it again with its last day",
        day_range(Some(*.from), *.until)
    )]
    SubstitutedTwice {
        /// Who is away.
        absent: StaffId,
        /// Who stands in already.
        substitute: StaffId,
        /// Since when.
        from: NaiveDate,
        /// Until when.
        until: Option<NaiveDate>,
    },
}

fn of(class: &Option<ClassName>) -> String {
    class.as_ref().map(|class| format!(" of {class}")).unwrap_or_default()
}

/// Why a person is not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No such name or id.
    #[error("the staff roster has no `{name}`{}", suggestion(.similar))]
    Unknown {
        /// As it was asked for.
        name: String,
        /// Names that differ in «ё» and «е» or in capitals only; they may well be other people.
        similar: Vec<String>,
    },
    /// Namesakes.
    #[error("the staff roster has several people named `{name}`; give the id instead: {}", list(.ids))]
    Ambiguous {
        /// As it was asked for.
        name: String,
        /// Theirs, in the order of the roster.
        ids: Vec<StaffId>,
    },
}

fn suggestion(similar: &[String]) -> String {
    if similar.is_empty() {
        "; add the person first, or correct the name".to_owned()
    } else {
        format!("; did you mean `{}`?", similar.join("`, `"))
    }
}

fn list(ids: &[StaffId]) -> String {
    ids.iter().map(StaffId::to_string).collect::<Vec<_>>().join(", ")
}

impl Roster {
    /// Nobody yet.
    pub fn new() -> Roster {
        Roster::default()
    }

    /// Everyone, in the order of joining.
    pub fn persons(&self) -> &[StaffMember] {
        &self.persons
    }

    /// The person with this id.
    pub fn person(&self, id: StaffId) -> Option<&StaffMember> {
        self.persons.iter().find(|person| person.id == id)
    }

    /// The person with this id in a source system.
    pub fn by_source(&self, source: &StaffSource) -> Option<&StaffMember> {
        self.persons.iter().find(|person| person.sources.contains(source))
    }

    /// Everyone of this full name, in the order of joining. Spaces do not matter.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &StaffMember> {
        let name = single_spaced(name);
        self.persons.iter().filter(move |person| person.name == name)
    }

    /// Who stands in for whom, in the order it was entered.
    pub fn substitutions(&self) -> &[Substitution] {
        &self.substitutions
    }

    /// The person with this full name, or with this id. Spaces do not matter; «ё» and «е» make two
    /// names, for they can be two people.
    ///
    /// # Errors
    /// When there is nobody, or more than one of that name.
    pub fn lookup(&self, holder: &str) -> Result<&StaffMember, LookupError> {
        if let Some(person) = holder.trim().parse().ok().and_then(|id| self.person(id)) {
            return Ok(person);
        }
        let name = single_spaced(holder);
        let found: Vec<_> = self.named(&name).collect();
        match found[..] {
            [person] => Ok(person),
            [] => Err(LookupError::Unknown { similar: self.similar(&name), name }),
            _ => {
                let ids = found.iter().map(|person| person.id).collect();
                Err(LookupError::Ambiguous { name, ids })
            }
        }
    }

    /// Names that differ from this one in «ё» and «е» or in capitals only.
    pub(super) fn similar(&self, name: &str) -> Vec<String> {
        let folded = folded(name);
        let alike = self.persons.iter().filter(|person| self::folded(&person.name) == folded);
        let names: BTreeSet<_> = alike.map(|person| person.name.clone()).collect();
        names.into_iter().collect()
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('ё', "е")
}

fn checked(name: &str) -> Result<String, RosterError> {
    let single = single_spaced(name);
    let fits = (1..=LONGEST_NAME).contains(&single.chars().count())
        && !single.chars().any(char::is_control);
    if fits { Ok(single) } else { Err(RosterError::Name(name.to_owned())) }
}

impl TryFrom<Body> for Roster {
    type Error = RosterError;

    fn try_from(body: Body) -> Result<Self, RosterError> {
        let mut roster = Roster::new();
        for person in &body.persons {
            if checked(&person.name)? != person.name {
                return Err(RosterError::Name(person.name.clone()));
            }
            if roster.person(person.id).is_some() {
                return Err(RosterError::IdTwice(person.id));
            }
            let StaffMember { id, name, .. } = person.clone();
            roster.persons.push(StaffMember { id, name, posts: Vec::new(), sources: Vec::new() });
        }
        // Whatever can be read can also be said step by step, by the same rules.
        for person in body.persons {
            for post in person.posts {
                roster.add_post(person.id, post)?;
            }
            for source in person.sources {
                roster.link(person.id, source)?;
            }
        }
        for substitution in body.substitutions {
            roster.add_substitution(substitution)?;
        }
        Ok(roster)
    }
}

#[cfg(test)]
mod tests;
