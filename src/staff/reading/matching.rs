//! Who is meant by a name or by an id of a source.

use super::question::{Asked, Met, Question};
use crate::register::StaffId;
use crate::staff::text::single_spaced;
use crate::staff::{LookupError, Roster, StaffMember, StaffSource};
use std::collections::{BTreeMap, BTreeSet};

/// How a person was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matched {
    /// By an id in the source, or named by a person in a table: certain.
    Certain,
    /// The full name alone speaks for it: proposed. Taken in, the person gets this id in the source.
    ByName {
        /// The id.
        source: StaffSource,
    },
}

/// Everybody journals of one reading name, by source.
#[derive(Default)]
pub(super) struct Crowd {
    people: BTreeMap<StaffSource, Named>,
}

#[derive(Default)]
struct Named {
    name: Option<String>,
    met: Vec<Met>,
}

/// What is known of one of the crowd.
pub(super) type Found = Result<(StaffId, Matched), Asked>;

impl Crowd {
    /// Somebody was named here.
    pub(super) fn meet(&mut self, source: &StaffSource, name: Option<String>, met: Met) {
        let named = self.people.entry(source.clone()).or_default();
        named.name = named.name.take().or(name.map(|name| single_spaced(&name)));
        if !named.met.contains(&met) {
            named.met.push(met);
        }
    }

    /// Who each is.
    pub(super) fn find(&self, roster: &Roster) -> BTreeMap<&StaffSource, Found> {
        self.people
            .iter()
            .map(|(source, named)| (source, self.who(roster, source, named)))
            .collect()
    }

    fn who(&self, roster: &Roster, source: &StaffSource, named: &Named) -> Found {
        if let Some(person) = roster.by_source(source) {
            return Ok((person.id(), Matched::Certain));
        }
        let name = named.name.as_deref().ok_or(Asked::Nameless)?;
        let others = self.people.iter().filter(|(other, named)| {
            other.system() == source.system() && named.name.as_deref() == Some(name)
        });
        let candidates: Vec<&StaffMember> = roster.named(name).collect();
        match (candidates[..].as_ref(), others.count()) {
            ([one], 1) if one.sources().iter().all(|known| known.system() != source.system()) => {
                Ok((one.id(), Matched::ByName { source: source.clone() }))
            }
            ([one], 1) => Err(Asked::OtherId { candidate: one.id() }),
            ([], 1) => Err(Asked::Unknown { similar: roster.similar(name) }),
            ([] | [_], ids) => Err(Asked::NamesakesInSource { ids }),
            (several, _) => {
                let candidates = several.iter().map(|person| person.id()).collect();
                Err(Asked::Namesakes { candidates })
            }
        }
    }

    /// What has to be asked, in the order of sources.
    pub(super) fn questions(&self, found: &BTreeMap<&StaffSource, Found>) -> Vec<Question> {
        let asked = self.people.iter().filter_map(|(source, named)| {
            let asked = found.get(source)?.as_ref().err()?.clone();
            let (name, mut met) = (named.name.clone(), named.met.clone());
            met.sort();
            Some(Question { name, source: Some(source.clone()), met, asked })
        });
        asked.collect()
    }

    /// Those whom roster and journals call differently: the roster's name and the journals'.
    pub(super) fn renamed(&self, roster: &Roster) -> BTreeSet<(String, String)> {
        let both = self.people.iter().filter_map(|(source, named)| {
            let person = roster.by_source(source)?;
            let name = named.name.as_deref().filter(|name| *name != person.name())?;
            Some((person.name().to_owned(), name.to_owned()))
        });
        both.collect()
    }
}

/// Who a table names, by full name or id.
pub(super) fn by_hand(roster: &Roster, name: &str) -> Result<StaffId, Asked> {
    roster.lookup(name).map(StaffMember::id).map_err(|error| match error {
        LookupError::Unknown { similar, .. } => Asked::Unknown { similar },
        LookupError::Ambiguous { ids, .. } => Asked::Namesakes { candidates: ids },
    })
}
