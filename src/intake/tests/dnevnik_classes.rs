//! Several classes and periods in one dump, what each needs and lacks.

use super::dnevnik::{ALGEBRA_LESSONS, dump, file, page, set_id};
use crate::intake::{Import, Lack};
use crate::journal::FinalKind;
use serde_json::json;
use std::fs;

#[test]
fn what_the_class_lacks_is_listed() {
    let lacking = dump().import().lacking;
    assert_eq!(
        lacking,
        [
            Lack::Lessons { subject: "Русский язык".to_owned() },
            Lack::Marks { page: "Английский язык (Англ.яз. (2))".to_owned() },
            Lack::TeacherNames { people: 1 },
            Lack::YearFinals { marks: 1 },
        ]
    );
}

#[test]
fn files_that_are_not_there_are_lacks_not_problems() {
    let dump = dump();
    for endpoint in [
        "edu-groups_{g}_final-marks",
        "persons_1000099000101_edu-groups_{g}_allfinalmarks",
        "edu-groups_{g}_classteacher",
        "lesson-log-entries_group_{g}",
        "edu-groups_{s}_persons",
        "work-types_1000077000001",
        "schools_1000077000001_teachers",
    ] {
        dump.remove(endpoint);
    }
    dump.put("выгрузка/edu-groups_2111222333444555872_colours.json", "[]");
    let import = dump.import();
    for lack in [
        Lack::Finals,
        Lack::ClassTeacher,
        Lack::Attendance { group: "7-А".to_owned() },
        Lack::Attendance { group: "7-А Англ.яз. (2)".to_owned() },
        Lack::SubgroupList { group: "7-А Англ.яз. (1)".to_owned() },
        Lack::WorkTypes,
        Lack::TeacherNames { people: 3 },
        Lack::NotRead { file: "edu-groups_2111222333444555872_colours.json".to_owned() },
    ] {
        assert!(import.lacking.contains(&lack), "{lack} is not among {:#?}", import.lacking);
    }
    let english = page(&import.journal, "Английский язык (Англ.яз. (1))");
    assert_eq!(english.pupils.as_ref().unwrap().len(), 2, "those with entries");
    let algebra = page(&import.journal, "Алгебра");
    assert_eq!(algebra.entries[0].marks[0].work.as_deref(), Some("DefaultNewLessonWork"));
}

#[test]
fn only_the_files_a_class_needs_are_its_sources() {
    let dump = dump();
    dump.put("выгрузка/edu-groups_2111222333444555999_persons.json", "[]");
    dump.edit("schools_1000077000001_edu-groups", |groups| {
        let mut other = groups[0].clone();
        set_id(&mut other, "id", "2111222333444555999");
        other["name"] = json!("7-Б");
        groups.as_array_mut().unwrap().push(other);
    });
    let problem = dump.problems();
    assert_eq!(problem.len(), 2, "7-Б has no lessons and periods: {problem:#?}");
    fs::remove_file(dump.at("выгрузка/edu-groups_2111222333444555999_persons.json")).unwrap();
    let import = dump.import();
    let names: Vec<&str> =
        import.sources.iter().map(|s| s.name.rsplit('/').next().unwrap()).collect();
    assert_eq!(names.len(), 19);
    for not_needed in ["wa-marks", "timetables", "statuses"] {
        assert!(!names.iter().any(|name| name.contains(not_needed)), "{not_needed}");
    }
    let root = dump.path().file_name().unwrap().to_string_lossy().into_owned();
    assert!(import.sources.iter().all(|s| s.name.starts_with(&format!("{root}/выгрузка/"))));
}

#[test]
fn each_period_with_lessons_is_a_journal_of_its_own() {
    let dump = dump();
    let lessons = file("edu-groups_{g}_subjects_{alg}_lessons_2025-03-31_2025-05-26");
    dump.put(&lessons, fs::read(dump.at(&file(ALGEBRA_LESSONS))).unwrap());
    dump.edit("edu-groups_{g}_subjects_{alg}_lessons_2025-03-31_2025-05-26", |lessons| {
        let mut lesson = lessons[0].clone();
        set_id(&mut lesson, "id", "2264000000000000091");
        lesson["date"] = json!("2025-04-01T00:00:00");
        lesson["works"] = json!([]);
        *lessons = json!([lesson]);
    });
    let imports = dump.read().unwrap();
    let ids: Vec<_> = imports.iter().map(|i| i.journal.period_id().to_string()).collect();
    assert_eq!(ids, ["2024-25/q1", "2024-25/q4"]);
    let last = &imports[1];
    let algebra = &page(&last.journal, "Алгебра").finals;
    assert_eq!((algebra.len(), algebra[0].kind), (1, FinalKind::Year), "the year's last period");
    assert!(!last.lacking.iter().any(|l| matches!(l, Lack::YearFinals { .. })));
    let has = |import: &Import, part: &str| import.sources.iter().any(|s| s.name.contains(part));
    assert!(has(&imports[0], "lessons_2024-09-02") && !has(&imports[0], "lessons_2025-03-31"));
    assert!(has(last, "lessons_2025-03-31") && !has(last, "lessons_2024-09-02"));
    assert!(has(last, "final-marks") && has(&imports[0], "final-marks"));
}

#[test]
fn pupils_who_left_stay_in_the_journal_of_the_period_they_have_entries_in() {
    let dump = dump();
    dump.edit("edu-groups_{g}_persons", |persons| {
        let persons = persons.as_array_mut().unwrap();
        let stranger =
            json!({ "id_str": "1000099000199", "firstName": "Ян", "lastName": "Уехавший" });
        persons.push(json!({ "person": stranger, "membershipstatus": "Archive" }));
        persons[2] = json!({ "person": persons[2], "membershipstatus": "Archive" });
    });
    let import = dump.import();
    let ids: Vec<_> = import.journal.pupils.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["1000099000101", "1000099000102", "1000099000103"]);
    assert!(import.lacking.contains(&Lack::Departures { pupils: 1 }));
}

#[test]
fn a_subgroup_of_two_classes_is_a_page_in_each_with_its_own_pupils() {
    let dump = dump();
    let other = "2111222333444555999";
    dump.edit("schools_1000077000001_edu-groups", |groups| {
        let mut class = groups[0].clone();
        set_id(&mut class, "id", other);
        class["name"] = json!("7-Б");
        groups[1]["parentIds"].as_array_mut().unwrap().push(json!(other.parse::<u64>().unwrap()));
        groups[1]["parentIds_str"].as_array_mut().unwrap().push(json!(other));
        groups.as_array_mut().unwrap().push(class);
    });
    assert_eq!(dump.read().unwrap().len(), 1, "7-Б has no files of its own");
    dump.edit("edu-groups_{s}_persons", |persons| {
        let stranger =
            json!({ "id_str": "1000099000201", "firstName": "Ян", "lastName": "Быстров" });
        persons.as_array_mut().unwrap().push(stranger.clone());
        dump.put(
            &format!("выгрузка/edu-groups_{other}_persons.json"),
            json!([stranger]).to_string(),
        );
    });
    let periods = fs::read(dump.at(&file("edu-groups_{g}_reporting-periods"))).unwrap();
    dump.put(&format!("выгрузка/edu-groups_{other}_reporting-periods.json"), periods);
    let imports = dump.read().unwrap();
    let names: Vec<_> = imports.iter().map(|i| i.journal.class.name().to_string()).collect();
    assert_eq!(names, ["7А", "7Б"]);
    let page = page(&imports[1].journal, "Английский язык (7-А Англ.яз. (1))");
    assert_eq!(json!(page.pupils), json!(["1000099000201"]));
    assert!(page.entries.is_empty(), "the others' marks are none of its business");
    assert_eq!(page.lessons.len(), 3);
}

#[test]
fn a_lesson_on_the_last_day_belongs_to_the_period() {
    let journal = dump().import().journal;
    let english = page(&journal, "Английский язык (Англ.яз. (1))");
    assert_eq!(english.lessons[2].date, journal.period.to);
}
