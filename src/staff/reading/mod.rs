//! Taking the teaching load in, from journals and from tables: who is meant by each name is known, proposed, or asked.

mod journals;
mod matching;
mod question;
mod sheet;
mod table;

pub use journals::from_journals;
pub use matching::Matched;
pub use question::{Asked, Met, Question};
pub use sheet::{Row, SheetError, read_sheet};
pub use table::{TableFault, TableProblem, from_table};

use super::{LoadChange, LoadError, LoadRow, Post, Roster, RosterError, Span, TeachingLoad};
use crate::journal::ClassName;
use crate::register::StaffId;
use rand_core::Rng;
use std::collections::BTreeMap;

/// What journals or a table say of the load. It can be taken in when nothing is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoadProposal {
    /// Rows whose teacher is known or proposed.
    pub rows: Vec<ProposedRow>,
    /// Posts of class teachers the journals name and the roster does not have.
    pub class_teachers: Vec<ProposedPost>,
    /// Who is meant? Each keeps its rows from being proposed.
    pub questions: Vec<Question>,
    /// What a person should look at; none keeps anything from being taken in.
    pub remarks: Vec<LoadRemark>,
    /// Which days and pages of which classes this is about.
    pub spans: BTreeMap<ClassName, Span>,
}

/// A row, and how its teacher was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedRow {
    /// The row.
    pub row: LoadRow,
    /// How sure it is.
    pub matched: Matched,
}

/// A class teacher's post, and how the person was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedPost {
    /// Whose.
    pub staff: StaffId,
    /// The post, from the period's first day on.
    pub post: Post,
    /// How sure it is.
    pub matched: Matched,
}

/// Something in the journals that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadRemark {
    /// Nobody can be asked to sign this page.
    #[error(
        "{class}: the journal names no teacher of {page}; what the load said of it stays. Say it with a table: \
         `letopis staff load FILE`"
    )]
    NoTeacher {
        /// The class.
        class: ClassName,
        /// Subject and group as people read them.
        page: String,
    },
    /// Both cannot be right; the roster's stays, for it may be by a later order.
    #[error(
        "{class}: the journal names {journal} class teacher, the roster has {roster}; the roster's stays. If the \
         journal is right: `letopis staff end`, then `letopis staff post`"
    )]
    OtherClassTeacher {
        /// The class.
        class: ClassName,
        /// The name of the journal's.
        journal: String,
        /// The names of the roster's.
        roster: String,
    },
    /// The id is the same person's, the name was changed or mistyped.
    #[error(
        "the journals call {roster} `{journal}`; if that is the name now: `letopis staff rename`"
    )]
    OtherName {
        /// The name in the roster.
        roster: String,
        /// The name in the journals.
        journal: String,
    },
}

impl LoadProposal {
    /// Adds everyone nobody knows to the roster, with their ids in the source; gives how many. Afterwards the same
    /// is to be read again: somebody who is asked about twice, as two sources know them, is added once.
    ///
    /// # Errors
    /// When a name is none.
    pub fn add_unknown(
        &self,
        roster: &mut Roster,
        rng: &mut impl Rng,
    ) -> Result<usize, RosterError> {
        let mut added = 0;
        for question in self.questions.iter().filter(|q| matches!(q.asked, Asked::Unknown { .. })) {
            let Some(name) = &question.name else { continue };
            if roster.named(name).next().is_some() {
                continue;
            }
            let id = roster.add(name, rng)?;
            if let Some(source) = &question.source {
                roster.link(id, source.clone())?;
            }
            added += 1;
        }
        Ok(added)
    }

    /// Writes into the roster what taking this in says of persons: the ids of those who were found by name, and the
    /// posts of class teachers.
    ///
    /// # Errors
    /// When the roster has become another since this was read.
    pub fn complete(&self, roster: &mut Roster) -> Result<(), RosterError> {
        let rows = self.rows.iter().map(|row| (row.row.staff, &row.matched));
        let posts = self.class_teachers.iter().map(|post| (post.staff, &post.matched));
        for (staff, matched) in rows.chain(posts) {
            if let Matched::ByName { source } = matched {
                roster.link(staff, source.clone())?;
            }
        }
        self.class_teachers.iter().try_for_each(|p| roster.add_post(p.staff, p.post.clone()))
    }

    /// The load with the rows taken in, and what changes by that (see [`TeachingLoad::taking`]).
    ///
    /// # Errors
    /// When the rows contradict each other.
    pub fn into_load(&self, load: &TeachingLoad) -> Result<(TeachingLoad, LoadChange), LoadError> {
        let rows: Vec<LoadRow> = self.rows.iter().map(|row| row.row.clone()).collect();
        load.taking(&rows, &self.spans)
    }
}

#[cfg(test)]
mod tests;
