//! The staff roster: random ids and the names they stand for.

use crate::register::StaffId;
use rand_core::Rng;
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    persons: Vec<StaffMember>,
}

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    id: StaffId,
    name: String,
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

    /// A new person under a random id; the name is kept with single spaces. Namesakes are possible:
    /// whoever wants a person that may be there already asks [`Roster::lookup`] first.
    ///
    /// # Errors
    /// [`RosterError::Name`].
    pub fn add(&mut self, name: &str, rng: &mut impl Rng) -> Result<StaffId, RosterError> {
        let name = checked(name)?;
        let id = StaffId::random(rng);
        self.persons.push(StaffMember { id, name });
        Ok(id)
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
        let found: Vec<_> = self.persons.iter().filter(|person| person.name == name).collect();
        match found[..] {
            [person] => Ok(person),
            [] => Err(LookupError::Unknown { similar: self.similar(&name), name }),
            _ => {
                let ids = found.iter().map(|person| person.id).collect();
                Err(LookupError::Ambiguous { name, ids })
            }
        }
    }

    fn similar(&self, name: &str) -> Vec<String> {
        let folded = folded(name);
        let alike = self.persons.iter().filter(|person| self::folded(&person.name) == folded);
        let names: BTreeSet<_> = alike.map(|person| person.name.clone()).collect();
        names.into_iter().collect()
    }
}

fn single_spaced(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let mut ids = BTreeSet::new();
        for person in &body.persons {
            if checked(&person.name)? != person.name {
                return Err(RosterError::Name(person.name.clone()));
            }
            if !ids.insert(person.id) {
                return Err(RosterError::IdTwice(person.id));
            }
        }
        Ok(Roster { persons: body.persons })
    }
}

#[cfg(test)]
mod tests;
