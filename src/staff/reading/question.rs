//! What is asked when it is not known who is meant.

use crate::journal::{ClassName, PageKey};
use crate::register::StaffId;
use crate::staff::StaffSource;
use std::fmt;

/// Who is this? Nothing is guessed: the rows wait until a person has said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name as it was met; a source may give an id only.
    pub name: Option<String>,
    /// The id it was met with; tables have names alone.
    pub source: Option<StaffSource>,
    /// Where it was met, in order.
    pub met: Vec<Met>,
    /// Why it is asked.
    pub asked: Asked,
}

/// Why it is not known who is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Nobody of this name.
    Unknown {
        /// Names that differ in «ё» and «е» or in capitals only.
        similar: Vec<String>,
    },
    /// Several people of this name.
    Namesakes {
        /// Theirs, in the order of the roster.
        candidates: Vec<StaffId>,
    },
    /// One person has the name, but is another person in this source.
    OtherId {
        /// The person.
        candidate: StaffId,
    },
    /// The source itself has several people of this name.
    NamesakesInSource {
        /// How many.
        ids: usize,
    },
    /// An id without a name.
    Nameless,
}

/// Where a name was met.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// In the journal or row of this class.
    pub class: ClassName,
    /// Subject and group; `None` is the class teacher's place.
    pub page: Option<(String, Option<String>)>,
}

impl Met {
    pub(super) fn page(class: &ClassName, page: PageKey<'_>) -> Met {
        let page = (page.subject.to_owned(), page.group.map(str::to_owned));
        Met { class: class.clone(), page: Some(page) }
    }
}

impl fmt::Display for Met {
    /// `7А Алгебра (1 гр.)`, `7А class teacher`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Some((subject, group)) => {
                let page = PageKey { subject, group: group.as_deref() };
                write!(f, "{} {page}", self.class)
            }
            None => write!(f, "{} class teacher", self.class),
        }
    }
}

impl Question {
    /// Those it may be.
    pub fn candidates(&self) -> &[StaffId] {
        match &self.asked {
            Asked::Namesakes { candidates } => candidates,
            Asked::OtherId { candidate } => std::slice::from_ref(candidate),
            _ => &[],
        }
    }

    fn link(&self) -> String {
        match &self.source {
            Some(source) => format!("`letopis staff link ID --source {source}`"),
            None => "the id in place of the name".to_owned(),
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or("?");
        let source = self.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
        let met: Vec<String> = self.met.iter().map(Met::to_string).collect();
        write!(f, "who is `{name}`{source}: {}; ", met.join(", "))?;
        let ids =
            |ids: &[StaffId]| ids.iter().map(StaffId::to_string).collect::<Vec<_>>().join(", ");
        match &self.asked {
            Asked::Unknown { similar } if similar.is_empty() => {
                write!(f, "nobody in the roster: --add-new, or {}", self.link())
            }
            Asked::Unknown { similar } => {
                let similar = similar.join("`, `");
                write!(f, "the roster has `{similar}`: --add-new, or {}", self.link())
            }
            Asked::Namesakes { candidates } => {
                write!(f, "several people have the name, {}: {}", ids(candidates), self.link())
            }
            Asked::OtherId { candidate } => write!(
                f,
                "{candidate} has the name, but another id in this source: {}; for another person `letopis staff add --namesake` first",
                self.link()
            ),
            Asked::NamesakesInSource { ids } => write!(
                f,
                "{ids} people of the source have this name: `letopis staff add --namesake` for each, and {}",
                self.link()
            ),
            Asked::Nameless => write!(f, "the source gives no name: {}", self.link()),
        }
    }
}
