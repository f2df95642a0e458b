//! Dumps that are refused, and why.

use super::Folder;
use super::dnevnik::{ALGEBRA_LESSONS, ALGEBRA_MARKS, ENGLISH_LESSONS, dump, file, set_id};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::fs;

const NO_TEXT: &str = "is missing; ids are read only as text, because programs round numbers of 19 digits: save the API's answers unchanged";

/// Takes every member away whose name ends in `_str`.
fn without_texts(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !name.ends_with("_str"));
            members.values_mut().for_each(without_texts);
        }
        Value::Array(items) => items.iter_mut().for_each(without_texts),
        _ => {}
    }
}

#[test]
fn a_dump_without_text_ids_is_refused_at_every_place() {
    let dump = dump();
    dump.edit("edu-groups_{g}_persons", without_texts);
    let name = file("edu-groups_{g}_persons");
    let expected: Vec<String> =
        (0..3).map(|n| format!("{name}: $[{n}].id_str: {NO_TEXT}")).collect();
    assert_eq!(dump.problems(), expected);
}

#[test]
fn a_reference_without_its_text_is_refused() {
    let dump = dump();
    dump.edit(ALGEBRA_MARKS, |marks| {
        marks[1].as_object_mut().unwrap().remove("lesson_str");
        marks[2]["work_str"] = Value::Null;
        marks[3]["person"] = Value::Null;
        marks[3]["person_str"] = json!("1.0000990001E+12");
    });
    let name = file(ALGEBRA_MARKS);
    assert_eq!(
        dump.problems(),
        [
            format!("{name}: $[1].lesson_str: {NO_TEXT}"),
            format!("{name}: $[2].work_str: {NO_TEXT}"),
            format!(
                "{name}: $[3].person_str: is no id: an id is written in digits only; save the API's answers unchanged"
            ),
        ]
    );
}

#[test]
fn two_things_with_one_id_are_refused() {
    let dump = dump();
    for (endpoint, first) in [
        ("schools_1000077000001_edu-groups", 1),
        ("edu-groups_{g}_persons", 0),
        (ALGEBRA_LESSONS, 0),
    ] {
        dump.edit(endpoint, |things| {
            let same = things[first]["id_str"].as_str().unwrap().to_owned();
            set_id(&mut things[first + 1], "id", &same);
        });
    }
    let problems = dump.problems();
    let told = |name: &str, text: &str| {
        let name = file(name);
        assert!(problems.iter().any(|p| p.starts_with(&name) && p.contains(text)), "{problems:#?}");
    };
    told("edu-groups_{g}_persons", "$[1]: person 1000099000101 is told twice, differently");
    told(ALGEBRA_LESSONS, "$[1]: lesson 2264000000000000001 is told twice, differently");
    told(
        "schools_1000077000001_edu-groups",
        "$[2]: group 2111222333444555873 is told twice, differently",
    );
}

#[test]
fn two_marks_with_one_id_are_refused() {
    let dump = dump();
    dump.edit(ALGEBRA_MARKS, |marks| set_id(&mut marks[3], "id", "2264200000000000001"));
    assert!(dump.problem().contains("$[3]: mark 2264200000000000001 is told twice, differently"));
}

#[test]
fn an_error_of_the_api_is_no_data() {
    let dump = dump();
    dump.put(
        &file("edu-groups_{g}_subjects"),
        r#"{"type": "apiServerError", "description": "try later"}"#,
    );
    dump.put(&file(ALGEBRA_MARKS), "<!DOCTYPE html><html><h1>500</h1></html>");
    dump.put(&file(ENGLISH_LESSONS), "");
    let problems = dump.problems();
    let expected = [
        (ENGLISH_LESSONS, "the file is empty"),
        (ALGEBRA_MARKS, "is an HTML page, not the API's data"),
        (
            "edu-groups_{g}_subjects",
            "holds the API's error `apiServerError`, no data; fetch it again",
        ),
    ];
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (name, reason) in expected {
        let name = file(name);
        assert!(
            problems.iter().any(|p| p.starts_with(&name) && p.contains(reason)),
            "{problems:#?}"
        );
    }
}

#[test]
fn a_mark_of_a_stranger_is_refused() {
    let dump = dump();
    dump.edit(ALGEBRA_MARKS, |marks| set_id(&mut marks[1], "person", "1000099000777"));
    assert_eq!(
        dump.problem(),
        format!(
            "{}: $[1]: person 1000099000777 is not among the pupils of 7-А; save edu-groups/2111222333444555872/persons?includeArchive=true",
            file(ALGEBRA_MARKS)
        )
    );
}

#[test]
fn a_mark_whose_lesson_should_be_there_is_refused() {
    let dump = dump();
    dump.edit(ALGEBRA_MARKS, |marks| {
        for mark in marks.as_array_mut().unwrap() {
            set_id(mark, "lesson", "2264000000000000777");
        }
        marks[0]["date"] = json!("2024-12-01T10:00:00");
    });
    let problems = dump.problems();
    assert_eq!(problems.len(), 3, "the second quarter is not in the dump: {problems:#?}");
    assert!(
        problems[0].contains("$[1]: belongs to lesson 2264000000000000777, which is in no file")
    );
}

#[test]
fn a_final_of_an_unknown_period_is_refused() {
    let dump = dump();
    dump.edit("edu-groups_{g}_final-marks", |finals| {
        set_id(&mut finals[1], "reportingPeriod", "2263000000000000777");
    });
    assert!(
        dump.problem()
            .contains("$[1]: reporting period 2263000000000000777 is none of the class's")
    );
}

#[test]
fn two_different_finals_for_one_pupil_and_subject_are_refused() {
    let dump = dump();
    dump.edit("edu-groups_{g}_final-marks", |finals| {
        let period = finals[0]["reportingPeriod_str"].as_str().unwrap().to_owned();
        set_id(&mut finals[2], "reportingPeriod", &period);
        finals[2]["per-subject-final-marks"][0]["final-mark"]["value"] = json!("2");
    });
    assert!(
        dump.problem()
            .contains("mark 2264200000000000103 says otherwise than mark 2264200000000000101")
    );
}

#[test]
fn two_different_attendance_records_for_one_lesson_and_pupil_are_refused() {
    let dump = dump();
    dump.edit("lesson-log-entries_group_{g}", |log| {
        let mut other = log[0].clone();
        other["status"] = json!("Late");
        let again = log[1].clone();
        log.as_array_mut().unwrap().extend([other, again]);
    });
    assert!(
        dump.problem().contains("$[3]: person 1000099000102 has two different records for lesson")
    );
}

#[test]
fn lists_without_which_there_is_no_journal_are_asked_for_by_name() {
    let dump = dump();
    dump.remove("edu-groups_{g}_persons");
    dump.remove("edu-groups_{g}_reporting-periods");
    let problems = dump.problems();
    assert_eq!(problems.len(), 2);
    assert!(
        problems[0].contains("save edu-groups/2111222333444555872/persons?includeArchive=true")
    );
    assert!(problems[1].contains("save edu-groups/2111222333444555872/reporting-periods"));
    dump.remove("schools_1000077000001");
    assert!(dump.problem().contains("save schools/{school} into the same folder"));
}

#[test]
fn files_of_a_class_that_is_in_no_list_are_refused() {
    let dump = dump();
    dump.remove("schools_1000077000001_edu-groups");
    let problems = dump.problems();
    assert!(problems.iter().all(|p| p.contains("is in no list of classes")), "{problems:#?}");
    assert_eq!(problems.len(), 3, "class and two subgroups");
}

#[test]
fn broken_dates_and_numbers_are_refused_with_their_places() {
    let dump = dump();
    dump.edit(ALGEBRA_LESSONS, |lessons| {
        lessons[0]["date"] = json!("2024-02-30T00:00:00");
        lessons[1]["number"] = json!("3");
    });
    let name = file(ALGEBRA_LESSONS);
    assert_eq!(
        dump.problems(),
        [
            format!(
                "{name}: $[0].date: \"2024-02-30T00:00:00\" is no moment like 2024-10-07T00:00:00"
            ),
            format!("{name}: $[1].number: must be a whole number, is text"),
        ]
    );
}

#[test]
fn a_dump_is_held_to_the_rules_of_the_interchange_format() {
    let dump = dump();
    dump.edit(ALGEBRA_LESSONS, |lessons| lessons[0]["title"] = json!("a\u{0}b"));
    assert_eq!(
        dump.problem(),
        "выгрузка: journal 7А 2024-25/q1 $.pages[0].lessons[0].topic: holds the control character U+0000; remove it"
    );
}

#[test]
fn finals_of_a_group_that_is_in_no_list_are_refused() {
    let dump = dump();
    dump.edit("edu-groups_{g}_final-marks", |finals| set_id(&mut finals[1], "group", "777"));
    assert!(dump.problem().contains("$[1]: group 777 is in no list of classes"));
}

/// Every value of a file as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, v)| places(v, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, v)| places(v, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_one_value_is_replaced_by_the_dump_is_read_or_refused_with_a_place(
        which in any::<Index>(),
        place in any::<Index>(),
        value in prop::sample::select(vec![
            json!(null), json!(-1), json!(0.5), json!(""), json!("0"), json!([]), json!({}),
            json!("9999-12-31T23:59:59"), json!("0000-01-01T00:00:00"), json!(u64::MAX), json!(true),
        ]),
    ) {
        let dump = dump();
        let entries = fs::read_dir(dump.at("выгрузка")).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let path = which.get(&paths);
        let mut file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut pointers = Vec::new();
        places(&file, "", &mut pointers);
        let pointer: &String = place.get(&pointers);
        *file.pointer_mut(pointer).unwrap() = value;
        fs::write(path, file.to_string()).unwrap();
        match dump.read() {
            Ok(imports) => prop_assert!(!imports.is_empty()),
            Err(problems) => {
                let told = problems.iter().all(|p| !p.file.is_empty() && !p.reason.is_empty());
                prop_assert!(told && !problems.is_empty());
            }
        }
    }
}

#[test]
fn a_folder_of_only_shared_files_holds_no_class() {
    let folder = Folder::new();
    folder.put("schools_7.json", r#"{"id_str": "7", "name": "Школа"}"#);
    assert!(folder.problem().ends_with("holds files of Дневник.ру, but none of a class"));
}
