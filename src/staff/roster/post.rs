//! What a person is at the school, and what source systems call the person.

use crate::journal::{ClassName, IdError, PersonId};
use crate::register::OrderRef;
use crate::staff::Role;
use crate::staff::text::{Term, day_range, is_written, single_spaced};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Longest title of a post, in characters.
const LONGEST_TITLE: usize = 200;
/// Longest name of a source system, in characters.
const LONGEST_SYSTEM: usize = 64;

/// A post (должность) a person holds from one day to another. An acting director holds a director's post with an
/// order and a last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Of a class teacher the class; nobody else has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<ClassName>,
    /// First day.
    pub from: NaiveDate,
    /// The order (приказ) of the appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderRef>,
    /// What the person may sign as. Never [`Role::Teacher`]: teachers are named by the teaching load.
    pub role: Role,
    /// As the staff list (штатное расписание) calls it: «Заместитель директора по УВР».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Last day; `None` until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// Why a post is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostFault {
    /// The load decides who teaches.
    #[error(
        "a teacher needs no post; the teaching load says who teaches what: `letopis staff load`"
    )]
    Teacher,
    /// Of no class.
    #[error("a class teacher's post needs its class; name it")]
    ClassMissing,
    /// Of a class, but no class teacher.
    #[error("the post {0} is not of one class; leave the class out")]
    ClassTooMuch(Role),
    /// Ends before it begins.
    #[error("a post from {from} cannot end on {until}; correct one of the days")]
    Term {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// Not four digits.
    #[error("{0} is no day of a post; write the year with four digits")]
    Day(NaiveDate),
    /// Empty, long, or with control characters.
    #[error(
        "`{}` is no title of a post; write it in at most {LONGEST_TITLE} characters, with single spaces",
        .0.escape_debug()
    )]
    Title(String),
}

impl Post {
    /// Whether it is held on this day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.term().holds(on)
    }

    pub(super) fn term(&self) -> Term {
        Term { from: Some(self.from), until: self.until }
    }

    /// Whether it is the same thing to hold, on whatever days.
    pub(super) fn is_of(&self, role: Role, class: Option<&ClassName>) -> bool {
        self.role == role && self.class.as_ref() == class
    }

    pub(super) fn check(&self) -> Result<(), PostFault> {
        match (self.role, &self.class) {
            (Role::Teacher, _) => return Err(PostFault::Teacher),
            (Role::ClassTeacher, None) => return Err(PostFault::ClassMissing),
            (Role::ClassTeacher, Some(_)) | (_, None) => {}
            (role, Some(_)) => return Err(PostFault::ClassTooMuch(role)),
        }
        if let Some(until) = self.until.filter(|_| self.term().is_none()) {
            return Err(PostFault::Term { from: self.from, until });
        }
        let days = [Some(self.from), self.until];
        if let Some(day) = days.into_iter().flatten().find(|day| !is_written(*day)) {
            return Err(PostFault::Day(day));
        }
        let titled = |title: &String| {
            (1..=LONGEST_TITLE).contains(&title.chars().count())
                && !title.chars().any(char::is_control)
                && *title == single_spaced(title)
        };
        match &self.title {
            Some(title) if !titled(title) => Err(PostFault::Title(title.clone())),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Post {
    /// `class-teacher 7А, from 2025-09-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.role)?;
        if let Some(class) = &self.class {
            write!(f, " {class}")?;
        }
        if let Some(title) = &self.title {
            write!(f, " «{title}»")?;
        }
        write!(f, ", {}", day_range(Some(self.from), self.until))?;
        match &self.order {
            Some(order) => write!(f, ", order {order}"),
            None => Ok(()),
        }
    }
}

/// A person's id in a source system, written `dnevnik.ru:1000000000123`. The same in two journals is the same
/// person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct StaffSource {
    id: PersonId,
    system: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: PersonId,
    system: String,
}

/// Why a text names no person of a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StaffSourceError {
    /// No colon.
    #[error("`{0}` names no person of a source; write system and id like dnevnik.ru:1000000000123")]
    Shape(String),
    /// Empty, long, or with control characters.
    #[error(
        "`{}` is no source system; write what journals call it, in at most {LONGEST_SYSTEM} characters",
        .0.escape_debug()
    )]
    System(String),
    /// The id after the colon.
    #[error("`{text}` names no person of a source: {source}")]
    Id {
        /// The whole text.
        text: String,
        /// What is wrong with the id.
        source: IdError,
    },
}

impl StaffSource {
    /// This person of this system, named as in [`crate::journal::Source::system`].
    ///
    /// # Errors
    /// When the system is empty, longer than 64 characters, or has control characters.
    pub fn new(system: &str, id: PersonId) -> Result<StaffSource, StaffSourceError> {
        let fits = (1..=LONGEST_SYSTEM).contains(&system.chars().count())
            && !system.chars().any(char::is_control);
        if !fits {
            return Err(StaffSourceError::System(system.to_owned()));
        }
        Ok(StaffSource { id, system: system.to_owned() })
    }

    /// The source system.
    pub fn system(&self) -> &str {
        &self.system
    }

    /// The person's id in it.
    pub fn id(&self) -> &PersonId {
        &self.id
    }
}

impl FromStr for StaffSource {
    type Err = StaffSourceError;

    fn from_str(text: &str) -> Result<Self, StaffSourceError> {
        let (system, id) =
            text.split_once(':').ok_or_else(|| StaffSourceError::Shape(text.to_owned()))?;
        let id = id.parse();
        let id = id.map_err(|source| StaffSourceError::Id { text: text.to_owned(), source })?;
        StaffSource::new(system, id)
    }
}

impl TryFrom<Written> for StaffSource {
    type Error = StaffSourceError;

    fn try_from(written: Written) -> Result<Self, StaffSourceError> {
        StaffSource::new(&written.system, written.id)
    }
}

impl fmt::Display for StaffSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.system, self.id)
    }
}
