//! Folders of JSON saved from Дневник.ру's partner API (`api.dnevnik.ru/v2`).
//!
//! One folder is one dump, each file one answer; `docs/sources.md` tells which answers are read and how.
//! A dump gives one journal for each class and reporting period it has lessons for.

mod cells;
mod class;
mod dump;
mod fields;
mod groups;
mod ids;
mod index;
mod names;
mod pages;
mod shapes;
mod sources;
mod terms;
mod twins;

use super::gather::Folder;
use super::{Import, Problem};
use crate::journal::read::{self as journal_read, At, Json, Path, Walk};
use names::Endpoint;

/// Whether a file's name is one a dump's file would have.
pub(super) fn is_named_like_an_endpoint(file_name: &str) -> bool {
    Endpoint::of(file_name).is_some()
}

/// What a file of a dump is refused with whatever it is called: numeric ids that differ from their texts.
pub(super) fn rounded_ids(json: &[u8]) -> Vec<journal_read::Problem> {
    let Ok(json) = Json::read(json) else { return Vec::new() };
    let mut walk = Walk::default();
    twins::compare(&mut walk, At { json: &json, path: &Path::Root });
    walk.into_problems()
}

/// Reads a dump.
///
/// # Errors
/// Every problem of every file and class.
pub(super) fn read(folder: Folder) -> Result<Vec<Import>, Vec<Problem>> {
    let mut problems = Vec::new();
    let dump = dump::load(&folder, &mut problems);
    let school = one_school(&dump, &folder, &mut problems);
    if !problems.is_empty() {
        // What a broken file would have said is missing everywhere: complaints about that are noise.
        return Err(problems);
    }
    let index = index::Index::of(&dump, &folder, &mut problems);
    let classes = groups::classes(&dump, &folder, &mut problems);
    let mut imports = Vec::new();
    if let Some(school) = school {
        let shared = class::Shared { folder: &folder, dump: &dump, index: &index, school };
        for class in classes {
            match class::imports(&shared, class) {
                Ok(found) => imports.extend(found),
                Err(found) => problems.extend(found),
            }
        }
    }
    if imports.is_empty() && problems.is_empty() {
        let reason = "holds files of Дневник.ру, but none of a class";
        problems.push(Problem::of_file(&folder.shown, reason));
    }
    if problems.is_empty() { Ok(imports) } else { Err(problems) }
}

fn one_school<'a>(
    dump: &'a dump::Dump,
    folder: &Folder,
    problems: &mut Vec<Problem>,
) -> Option<&'a shapes::School> {
    let mut schools = dump.schools.values();
    match (schools.next(), schools.next()) {
        (Some(school), None) => return Some(school),
        (None, _) => problems.push(Problem::of_file(
            &folder.shown,
            "whose school is this? save schools/{school} into the same folder",
        )),
        (Some(_), Some(_)) => problems.push(Problem::of_file(
            &folder.shown,
            "holds two schools; import the dump of one school at a time",
        )),
    }
    None
}
