//! Which pupils of several periods are one: known by the source's id, proposed by name and birth date,
//! joined by a person.

use crate::journal::regulation::subject_key;
use crate::journal::{Pupil, PupilId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// A pupil as a source system knows it. The same in two journals is the same pupil.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceId {
    /// The source's id.
    pub id: PupilId,
    /// `dnevnik.ru`, …: [`crate::journal::Source::system`].
    pub system: String,
}

/// What a person said about two source ids. Kept as part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// One.
    pub first: SourceId,
    /// Whether they are one pupil; `false` only keeps them from being proposed again.
    pub same: bool,
    /// The other.
    pub second: SourceId,
}

/// Two rows that may be one pupil. Never joined without a person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// One of the ids of the first row.
    pub first: SourceId,
    /// Why they may be one.
    pub reasons: Vec<Reason>,
    /// One of the ids of the second row.
    pub second: SourceId,
}

/// Why two rows may be one pupil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Surname, name and patronymic read the same but for capitals, spaces and «ё».
    SameName,
    /// Both have this birth date.
    SameBirthDate,
    /// At least one has no birth date, so the name alone speaks for it.
    BirthDateMissing,
    /// Both have this номер личного дела.
    SameFileNumber,
}

/// Two rows of a statement that were not joined though they may be one pupil.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unjoined {
    /// Place of the first row, from 0.
    pub first: usize,
    /// Why they may be one.
    pub reasons: Vec<Reason>,
    /// Place of the second row, from 0.
    pub second: usize,
}

/// Source ids in groups, each of one pupil.
#[derive(Debug, Default)]
pub(super) struct Groups {
    places: HashMap<SourceId, usize>,
    /// The group each id was put into; a group's own entry names itself.
    parents: Vec<usize>,
}

impl Groups {
    /// The groups the confirmations make. An id no journal has still links two that have one.
    pub(super) fn of(confirmed: &[Confirmed]) -> Groups {
        let mut groups = Groups::default();
        for Confirmed { first, second, .. } in confirmed.iter().filter(|c| c.same) {
            let (first, second) = (groups.group(first), groups.group(second));
            groups.parents[second] = first;
        }
        groups
    }

    /// The group of an id; an id nobody spoke of has one of its own.
    pub(super) fn group(&mut self, id: &SourceId) -> usize {
        let next = self.parents.len();
        let mut at = *self.places.entry(id.clone()).or_insert(next);
        if at == next {
            self.parents.push(next);
        }
        while self.parents[at] != at {
            at = self.parents[at];
        }
        at
    }
}

/// What of a row is compared.
#[derive(Default)]
pub(super) struct Known<'a> {
    pub(super) ids: Vec<SourceId>,
    /// The journals the pupil is in, by place: two rows with one in common are two pupils.
    pub(super) journals: BTreeSet<usize>,
    pub(super) pupils: Vec<&'a Pupil>,
}

impl Known<'_> {
    fn names(&self) -> BTreeSet<String> {
        self.pupils.iter().map(|p| subject_key(&p.full_name())).collect()
    }

    fn births(&self) -> BTreeSet<NaiveDate> {
        self.pupils.iter().filter_map(|p| p.born).collect()
    }

    fn files(&self) -> BTreeSet<&str> {
        self.pupils.iter().filter_map(|p| p.file_number.as_deref()).collect()
    }

    /// Why the two may be one pupil; empty when nothing speaks for it, or a birth date against it.
    fn reasons(&self, other: &Known<'_>) -> Vec<Reason> {
        let name = !self.names().is_disjoint(&other.names());
        let file = !self.files().is_disjoint(&other.files());
        let (births, others) = (self.births(), other.births());
        let missing = births.is_empty() || others.is_empty();
        let born = !births.is_disjoint(&others);
        let enough = (name && (born || missing)) || (file && (name || born));
        let all = [
            (Reason::SameName, name),
            (Reason::SameBirthDate, born),
            (Reason::BirthDateMissing, missing),
            (Reason::SameFileNumber, file),
        ];
        let given = all.into_iter().filter(|(_, holds)| enough && *holds);
        given.map(|(reason, _)| reason).collect()
    }
}

/// Rows that may be one pupil: with a name or file number in common, in no journal both, and not said to
/// be two.
pub(super) fn unjoined(rows: &[Known<'_>], confirmed: &[Confirmed]) -> Vec<Unjoined> {
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        let files = row.files().into_iter().map(|file| format!("№{file}"));
        for key in row.names().into_iter().chain(files) {
            alike.entry(key).or_default().push(place);
        }
    }
    let pairs = alike.values().flat_map(|places| {
        let first = places.iter().enumerate();
        first.flat_map(|(i, a)| places[i + 1..].iter().map(move |b| (*a, *b)))
    });
    let two = said_to_be_two(confirmed);
    let told_apart = |a: &Known, b: &Known| {
        a.ids.iter().any(|a| b.ids.iter().any(|b| two.contains(&(a, b)) || two.contains(&(b, a))))
    };
    let pairs: BTreeSet<(usize, usize)> = pairs.collect();
    let open = pairs.into_iter().filter(|(a, b)| {
        rows[*a].journals.is_disjoint(&rows[*b].journals) && !told_apart(&rows[*a], &rows[*b])
    });
    let proposed = open.map(|(first, second)| {
        let reasons = rows[first].reasons(&rows[second]);
        Unjoined { first, reasons, second }
    });
    proposed.filter(|unjoined| !unjoined.reasons.is_empty()).collect()
}

fn said_to_be_two(confirmed: &[Confirmed]) -> BTreeSet<(&SourceId, &SourceId)> {
    confirmed.iter().filter(|c| !c.same).map(|c| (&c.first, &c.second)).collect()
}
