//! What stands in the cells of a page: marks with their kind of work, attendance, remarks.

use super::class::{ClassDump, pupil_id};
use super::dump::{Dump, Placed};
use super::ids::Id;
use super::index::Cells;
use super::shapes::{Group, Lesson, Mark};
use crate::intake::Lack;
use crate::journal::{self, Absence, Entry};
use std::collections::{BTreeMap, BTreeSet};

/// The entries of a page's lessons; notes who has one.
pub(super) fn entries(
    class: &mut ClassDump<'_>,
    part: &Group,
    lessons: &[&Lesson],
    on_page: &mut BTreeSet<Id>,
    lacking: &mut BTreeSet<Lack>,
) -> Vec<Entry> {
    let index = class.shared.index;
    let mut entries = Vec::new();
    for lesson in lessons {
        if let Some(cells) = index.cells.get(&lesson.id) {
            let of_lesson = of_lesson(class, part, lesson.id, cells, lacking);
            on_page.extend(of_lesson.keys());
            entries.extend(of_lesson.into_values());
        }
    }
    entries
}

/// One lesson's entries by person. A record that only says «attended» is none.
fn of_lesson(
    class: &mut ClassDump<'_>,
    part: &Group,
    lesson: Id,
    cells: &Cells<'_>,
    lacking: &mut BTreeSet<Lack>,
) -> BTreeMap<Id, Entry> {
    let empty = |person: Id| Entry {
        absence: None,
        lesson: lesson.to_string().parse().expect("at most 20 digits"),
        marks: Vec::new(),
        pupil: pupil_id(person),
        remark: None,
    };
    let mut entries: BTreeMap<Id, Entry> = BTreeMap::new();
    for placed in in_cell_order(&cells.marks) {
        let mark = &placed.what;
        if mark.value.is_empty() || !class.owns(part, mark.person, placed.place) {
            continue;
        }
        let entry = entries.entry(mark.person).or_insert_with(|| empty(mark.person));
        entry.marks.push(kind_of_work(class.shared.dump, mark, lacking));
    }
    for placed in &cells.log {
        let record = &placed.what;
        let absence = absence(&record.status);
        if (absence.is_none() && record.comment.is_none())
            || !class.owns(part, record.person, placed.place)
        {
            continue;
        }
        let entry = entries.entry(record.person).or_insert_with(|| empty(record.person));
        entry.absence = absence;
        entry.remark.clone_from(&record.comment);
    }
    entries
}

/// The API tells no order within a cell: by work, then by the mark's number in it, then by id, which grow
/// with time.
fn in_cell_order<'a>(marks: &[&'a Placed<Mark>]) -> Vec<&'a Placed<Mark>> {
    let mut sorted = marks.to_vec();
    sorted.sort_by_key(|placed| (placed.what.work, placed.what.number, placed.what.id));
    sorted
}

/// A mark with the kind of its work: mark → work → kind.
fn kind_of_work(dump: &Dump, mark: &Mark, lacking: &mut BTreeSet<Lack>) -> journal::Mark {
    let work = mark.work.and_then(|id| dump.works.get(&id));
    let id = mark.work_type.or(work.and_then(|w| w.work_type));
    let kind = id.and_then(|id| dump.work_types.get(&id));
    let label = kind.and_then(|kind| kind.label.clone());
    if label.is_none() {
        lacking.insert(Lack::WorkTypes);
    }
    let internal = || work.map(|w| w.kind.clone()).filter(|kind| !kind.is_empty());
    journal::Mark {
        value: mark.value.clone(),
        weight: kind.and_then(|kind| kind.weight.clone()),
        work: label.or_else(internal),
    }
}

/// Attendance in the journal's letters; what is none of the API's five words stays as it is.
fn absence(status: &str) -> Option<Absence> {
    let letter = match status {
        "Attend" => return None,
        "Absent" => "Н",
        "Ill" => "Б",
        "Late" => "О",
        "Pass" => "У",
        other => other,
    };
    Some(Absence(letter.to_owned()))
}
