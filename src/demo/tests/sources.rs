use super::super::{Plan, Written, school, write_sources};
use super::{class, period};
use crate::intake;
use crate::journal::Journal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// 7А, 6А, 6Б, 5А and 3А, quarter 1.
fn written(into: &Path) -> Written {
    let school = school(&Plan { seed: 7, classes: 5 });
    write_sources(&school, &[period("2025-26/q1")], into).unwrap()
}

/// The files of the dump by name.
fn dump(into: &Path) -> BTreeMap<String, Value> {
    let files = std::fs::read_dir(into.join("q1/dnevnik")).unwrap();
    files
        .map(|file| {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
        })
        .collect()
}

fn answers<'a>(
    dump: &'a BTreeMap<String, Value>,
    what: &'a str,
) -> impl Iterator<Item = &'a Value> {
    let files = dump.iter().filter(move |(name, _)| name.contains(what));
    files.flat_map(|(_, answer)| answer.as_array().unwrap())
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_else(|| panic!("{member} in {value}"))
}

#[test]
fn grades_5_and_6_are_one_dump_and_the_others_and_the_faulty_class_files() {
    let folder = tempfile::tempdir().unwrap();
    let written = written(folder.path());
    let names: Vec<&str> =
        written.paths.iter().map(|p| p.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["3а.json", "6б.json", "7а.json", "dnevnik"]);
    assert_eq!((written.journals, written.files), (5, 3 + dump(folder.path()).len()));
    let school = school(&Plan { seed: 7, classes: 5 });
    let read: Journal = serde_json::from_slice(&std::fs::read(&written.paths[2]).unwrap()).unwrap();
    assert_eq!(Some(read), school.journal(&class("7А"), period("2025-26/q1")));
}

#[test]
fn every_id_of_a_dump_stands_beside_its_text() {
    fn check(value: &Value, pairs: &mut usize) {
        match value {
            Value::Object(members) => {
                for (name, number) in members {
                    let text = members.get(&format!("{name}_str"));
                    if let (Some(number), Some(text)) = (number.as_u64(), text) {
                        assert_eq!(text.as_str(), Some(number.to_string().as_str()), "{name}");
                        *pairs += 1;
                    }
                    let bare = number.as_u64().is_some_and(|n| n > 1 << 53);
                    assert!(!bare || text.is_some() || name == "timetable" || name == "subjectId");
                    check(number, pairs);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| check(item, pairs)),
            _ => {}
        }
    }
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let mut pairs = 0;
    for answer in dump(folder.path()).values() {
        check(answer, &mut pairs);
    }
    assert!(pairs > 10_000, "{pairs}");
}

#[test]
fn marks_and_attendance_of_a_dump_name_lessons_works_and_persons_in_it() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let dump = dump(folder.path());
    let ids = |what, member| -> BTreeSet<&str> {
        answers(&dump, what).map(|v| text(v, member)).collect()
    };
    let (persons, lessons) = (ids("_persons", "id_str"), ids("_lessons_", "id_str"));
    let works: BTreeSet<&str> = answers(&dump, "_lessons_")
        .flat_map(|lesson| lesson["works"].as_array().unwrap())
        .map(|work| text(work, "id_str"))
        .collect();
    let mut marks = BTreeSet::new();
    for mark in answers(&dump, "_marks_") {
        assert!(persons.contains(text(mark, "person_str")));
        assert!(lessons.contains(text(mark, "lesson_str")));
        assert!(works.contains(text(mark, "work_str")));
        assert!(marks.insert(text(mark, "id_str")));
    }
    assert!(marks.len() > 1000);
    let mut statuses = BTreeSet::new();
    for entry in answers(&dump, "lesson-log-entries_group") {
        assert!(persons.contains(text(entry, "person_str")));
        assert!(lessons.contains(text(entry, "lesson_str")));
        statuses.insert(text(entry, "status"));
    }
    assert_eq!(statuses, ["Absent", "Attend", "Ill", "Late", "Pass"].into());
}

#[test]
fn a_dump_says_what_the_journal_says() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let dump = dump(folder.path());
    let school = school(&Plan { seed: 7, classes: 5 });
    let journals = ["5А", "6А"].map(|c| school.journal(&class(c), period("2025-26/q1")).unwrap());
    let pages = || journals.iter().flat_map(|j| &j.pages);
    let entries = || pages().flat_map(|p| &p.entries);
    let finals = answers(&dump, "_final-marks")
        .map(|person| person["per-subject-final-marks"].as_array().unwrap().len());
    assert_eq!(finals.sum::<usize>(), pages().map(|p| p.finals.len()).sum::<usize>());
    assert_eq!(answers(&dump, "_marks_").count(), entries().map(|e| e.marks.len()).sum::<usize>());
    assert_eq!(
        answers(&dump, "_lessons_").count(),
        pages().map(|p| p.lessons.len()).sum::<usize>()
    );
    let logged = entries().filter(|e| e.absence.is_some() || e.remark.is_some());
    assert_eq!(answers(&dump, "log-entries_group").count(), logged.count());
    let groups = &dump[&format!("schools_{}_edu-groups", school.id())];
    let subgroups = groups.as_array().unwrap().iter().filter(|g| g["type"] == "Subgroup");
    assert_eq!(subgroups.count(), pages().filter(|p| p.group.is_some()).count());
}

#[test]
fn intake_reads_the_school_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let imports = intake::read(&written(folder.path()).paths).unwrap_or_else(|p| panic!("{p:#?}"));
    let read: Vec<String> = imports.iter().map(|i| i.journal.class.name().to_string()).collect();
    assert_eq!(read, ["3А", "5А", "6А", "6Б", "7А"]);
}

#[test]
fn the_same_school_is_written_in_the_same_bytes() {
    let [one, other] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let files = |into: &Path| -> BTreeMap<std::ffi::OsString, Vec<u8>> {
        written(into);
        let folders = [into.join("q1"), into.join("q1/dnevnik")];
        let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
        let files = files.map(Result::unwrap).filter(|f| f.file_type().unwrap().is_file());
        files.map(|f| (f.file_name(), std::fs::read(f.path()).unwrap())).collect()
    };
    let (one, other) = (files(one.path()), files(other.path()));
    assert!(one.len() > 100 && one == other);
}

#[test]
fn the_end_of_a_period_is_exclusive_in_a_dump() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let dump = dump(folder.path());
    let first = answers(&dump, "_reporting-periods").next().unwrap();
    assert_eq!(text(first, "start"), "2025-09-01T00:00:00");
    assert_eq!(text(first, "finish"), "2025-10-25T00:00:00");
}
