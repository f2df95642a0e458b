//! Which ids a document has given out, and to whom.

use super::walk::{At, Object, Path, Walk};
use crate::journal::{PersonId, PupilId};
use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::fmt::Display;

/// The ids seen so far. A broken pupil or person still owns its id, so that nothing that refers to it
/// is reported for a fault of its own.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Every id and where it was given out: ids are unique within the file.
    places: HashMap<String, String>,
    people: HashSet<PersonId>,
    pupils: HashSet<PupilId>,
}

impl Known {
    /// Reads a member `id` and notes it when the file has it already.
    pub fn new_id<T>(&mut self, walk: &mut Walk, object: Object<'_>) -> Option<T>
    where
        T: TryFrom<String, Error: Display> + Display,
    {
        let id: T = walk.required(object, "id", |w, at| w.parsed(at))?;
        let path = Path::Member(object.path(), "id");
        match self.places.entry(id.to_string()) {
            Entry::Occupied(first) => {
                let reason = format!("`{id}` is the id at {} too; ids are unique", first.get());
                walk.note(&path, reason);
            }
            Entry::Vacant(free) => {
                free.insert(path.to_string());
            }
        }
        Some(id)
    }

    /// A new person's id.
    pub fn new_person(&mut self, walk: &mut Walk, object: Object<'_>) -> Option<PersonId> {
        let id: PersonId = self.new_id(walk, object)?;
        self.people.insert(id.clone());
        Some(id)
    }

    /// A new pupil's id.
    pub fn new_pupil(&mut self, walk: &mut Walk, object: Object<'_>) -> Option<PupilId> {
        let id: PupilId = self.new_id(walk, object)?;
        self.pupils.insert(id.clone());
        Some(id)
    }

    /// A reference to someone in `people`.
    pub fn person(&self, walk: &mut Walk, at: At<'_>) -> Option<PersonId> {
        let id: PersonId = walk.parsed(at)?;
        if !self.people.contains(&id) {
            walk.note(at.path, format!("`{id}` is nobody in $.people"));
        }
        Some(id)
    }

    /// A reference to someone in `pupils`.
    pub fn pupil(&self, walk: &mut Walk, at: At<'_>) -> Option<PupilId> {
        let id: PupilId = walk.parsed(at)?;
        if !self.pupils.contains(&id) {
            walk.note(at.path, format!("`{id}` is nobody in $.pupils"));
        }
        Some(id)
    }

    /// Whether the class has this pupil.
    pub fn has_pupil(&self, id: &PupilId) -> bool {
        self.pupils.contains(id)
    }
}
