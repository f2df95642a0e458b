//! Which files of a dump a class's journal needs, and which are not there.

use super::class::ClassDump;
use super::ids::Id;
use super::names::Endpoint;
use super::shapes::Lesson;
use crate::intake::{Lack, SourceFile};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The files one journal needs: the school's shared ones, the class's and its subgroups' own lists, and
/// what holds lessons, marks, attendance or finals of the period. A file of the class with nothing in it is
/// needed too: it tells that there was nothing.
pub(super) fn of(class: &ClassDump<'_>, period: usize) -> Vec<SourceFile> {
    let touched = touched(class);
    let files = class.shared.folder.files.iter().enumerate();
    files
        .filter(|(n, _)| is_needed(class, class.shared.dump.endpoints[*n], period, touched.get(n)))
        .map(|(_, file)| file.source.clone())
        .collect()
}

fn is_needed(
    class: &ClassDump<'_>,
    endpoint: Endpoint,
    period: usize,
    touched: Option<&BTreeSet<usize>>,
) -> bool {
    let own = |id: Id| class.class.part(id).is_some();
    let here = touched.is_some_and(|periods| periods.contains(&period));
    match endpoint {
        Endpoint::School(_)
        | Endpoint::Groups
        | Endpoint::Teachers(None)
        | Endpoint::Subjects(None)
        | Endpoint::WorkTypes => true,
        Endpoint::Group(id)
        | Endpoint::Persons(id)
        | Endpoint::ClassTeacher(id)
        | Endpoint::Periods(id)
        | Endpoint::Teachers(Some(id))
        | Endpoint::Subjects(Some(id)) => own(id),
        Endpoint::Finals(id) | Endpoint::AllFinals(id) => own(id) && (here || touched.is_none()),
        Endpoint::Lessons(scope) | Endpoint::Marks(scope) => {
            here || (scope.group.is_some_and(own) && touched.is_none())
        }
        Endpoint::Attendance(group) => here || (group.is_some_and(own) && touched.is_none()),
        Endpoint::Works => here,
        Endpoint::NotNeeded(_) | Endpoint::Unknown(_) => false,
    }
}

/// The periods of this class each file says something about.
fn touched(class: &ClassDump<'_>) -> HashMap<usize, BTreeSet<usize>> {
    let mut touched: HashMap<usize, BTreeSet<usize>> = HashMap::new();
    let dump = class.shared.dump;
    let works: BTreeMap<Id, usize> = dump.work_files.iter().copied().collect();
    for (period, lessons) in &class.lessons {
        for lesson in lessons {
            let cells = class.shared.index.cells.get(&lesson.id);
            let marks = cells.into_iter().flat_map(|c| c.marks.iter().map(|m| m.place.file));
            let log = cells.into_iter().flat_map(|c| c.log.iter().map(|l| l.place.file));
            let files = dump.lesson_files.get(&lesson.id).into_iter().flatten().copied();
            for file in files.chain(marks).chain(log).chain(works.get(&lesson.id).copied()) {
                touched.entry(file).or_default().insert(*period);
            }
        }
    }
    for (period, file) in &class.final_files {
        touched.entry(*file).or_default().insert(*period);
    }
    touched
}

/// Kinds of files the class has none of, and files nobody knows how to read.
pub(super) fn lacks(class: &ClassDump<'_>) -> BTreeSet<Lack> {
    let mut lacks = BTreeSet::new();
    let endpoints = &class.shared.dump.endpoints;
    let own = |id: &Id| class.class.part(*id).is_some();
    let finals =
        |e: &Endpoint| matches!(e, Endpoint::Finals(id) | Endpoint::AllFinals(id) if own(id));
    if !endpoints.iter().any(finals) {
        lacks.insert(Lack::Finals);
    }
    let with_lessons: BTreeSet<Id> = class.lessons.values().flatten().map(|l| l.group).collect();
    for part in class.class.parts().filter(|part| with_lessons.contains(&part.id)) {
        let has = |e: &Endpoint| match e {
            // The class's own file may hold what was entered for its subgroups.
            Endpoint::Attendance(Some(id)) => *id == part.id || *id == class.class.group.id,
            Endpoint::Attendance(None) => true,
            _ => false,
        };
        if !endpoints.iter().any(has) {
            lacks.insert(Lack::Attendance { group: part.name.clone() });
        }
    }
    for (endpoint, file) in endpoints.iter().zip(&class.shared.folder.files) {
        if matches!(endpoint, Endpoint::Unknown(group) if group.as_ref().is_none_or(own)) {
            lacks.insert(Lack::NotRead { file: file.file_name().to_owned() });
        }
    }
    lacks
}

impl ClassDump<'_> {
    /// Whether some file of marks covers a page's group and subject.
    pub fn has_marks_file(&self, group: Id, lessons: &[&Lesson]) -> bool {
        let covers = |e: &Endpoint| match e {
            Endpoint::Marks(scope) => {
                let of_part =
                    scope.group == Some(group) || scope.group == Some(self.class.group.id);
                let subject = |id: Id| lessons.iter().any(|lesson| lesson.subject == id);
                of_part && scope.subject.is_none_or(subject)
            }
            _ => false,
        };
        self.shared.dump.endpoints.iter().any(covers)
    }
}
