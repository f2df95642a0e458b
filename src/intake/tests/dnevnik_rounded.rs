//! Dumps that a program saved again which rounds long numbers.

use super::Folder;
use super::dnevnik::{ALGEBRA_LESSONS, ALGEBRA_MARKS, CLASS, dump, file, set_id};
use serde_json::{Value, json};
use std::fs;

const SAVED_AGAIN: &str = "the file was saved again by a program that rounds long numbers (a browser, Excel, JavaScript), so what it shows is no longer what the e-journal answered; save the raw answer";

/// Two subgroups that share one `id` since their list was saved from a browser.
const TRAP: &str = include_str!("../../../tests/fixtures/dnevnik/rounded-ids.json");

const GROUPS: &str = "schools_1000077000001_edu-groups";

fn trap_problems(name: &str) -> [String; 2] {
    [(0, "2111222333444555873"), (1, "2111222333444555876")].map(|(n, text)| {
        format!("{name}: $[{n}].id: is 2111222333444555800, but id_str is {text:?}: {SAVED_AGAIN}")
    })
}

/// As JavaScript prints a double: the fewest digits that give it back, then zeros.
fn javascript(id: f64) -> String {
    let shortest = format!("{id:e}");
    let (digits, power) = shortest.split_once('e').unwrap();
    let digits = digits.replace('.', "");
    format!("{digits:0<width$}", width = power.parse::<usize>().unwrap() + 1)
}

/// As programs print it that give all digits.
fn in_full(id: f64) -> String {
    format!("{id:.0}")
}

/// Rounds all numbers of a value and, if told so, the text ids.
fn round(value: &mut Value, texts: bool, is_id: bool, print: fn(f64) -> String) {
    match value {
        Value::Number(number) if number.is_u64() => {
            let printed = print(number.as_f64().unwrap());
            *value = json!(printed.parse::<u64>().unwrap());
        }
        Value::String(text) if is_id && texts => *text = print(text.parse().unwrap()),
        Value::Object(members) => {
            members.iter_mut().for_each(|(n, v)| round(v, texts, n.ends_with("_str"), print));
        }
        Value::Array(items) => items.iter_mut().for_each(|i| round(i, texts, is_id, print)),
        _ => {}
    }
}

fn round_all(dump: &Folder, texts: bool, print: fn(f64) -> String) {
    for path in fs::read_dir(dump.at("выгрузка")).unwrap().map(|entry| entry.unwrap().path())
    {
        let mut value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        round(&mut value, texts, false, print);
        fs::write(path, value.to_string()).unwrap();
    }
}

#[test]
fn a_number_that_differs_from_its_text_is_refused_and_says_why() {
    let dump = dump();
    dump.put(&file(GROUPS), TRAP);
    assert_eq!(dump.problems(), trap_problems(&file(GROUPS)));
}

#[test]
fn a_rounded_answer_is_refused_for_that_under_any_name() {
    let folder = Folder::new();
    folder.put("rounded_ids.json", TRAP);
    assert_eq!(folder.problems(), trap_problems("rounded_ids.json"));
}

#[test]
fn a_dump_whose_numbers_were_rounded_is_refused_in_every_file_of_long_ids() {
    for print in [javascript as fn(f64) -> String, in_full] {
        let dump = dump();
        round_all(&dump, false, print);
        let problems = dump.problems();
        for endpoint in [GROUPS, ALGEBRA_LESSONS, ALGEBRA_MARKS, "edu-groups_{g}_final-marks"] {
            let told = |p: &String| p.starts_with(&file(endpoint)) && p.contains(SAVED_AGAIN);
            assert!(problems.iter().any(told), "{endpoint}: {problems:#?}");
        }
    }
}

#[test]
fn numbers_in_lists_are_compared_with_their_texts_too() {
    let dump = dump();
    dump.edit(GROUPS, |groups| groups[1]["parentIds"][0] = json!(2_111_222_333_444_555_800_u64));
    dump.edit(ALGEBRA_LESSONS, |lessons| {
        lessons[0]["teachers"][0] = json!(1_000_099_000_900_u64);
        lessons[1]["teachers"].as_array_mut().unwrap().push(json!(1_000_099_000_903_u64));
    });
    assert_eq!(
        dump.problems(),
        [
            format!(
                "{}: $[0].teachers[0]: is 1000099000900, but teachers_str is \"1000099000901\": {SAVED_AGAIN}",
                file(ALGEBRA_LESSONS)
            ),
            format!(
                "{}: $[1].teachers: has 2 items, but teachers_str has 1: the file is no longer what the e-journal answered; save the raw answer",
                file(ALGEBRA_LESSONS)
            ),
            format!(
                "{}: $[1].parentIds[0]: is 2111222333444555800, but parentIds_str is \"{CLASS}\": {SAVED_AGAIN}",
                file(GROUPS)
            ),
        ]
    );
}

#[test]
fn a_number_with_an_exponent_spells_no_id() {
    let dump = dump();
    dump.edit(ALGEBRA_MARKS, |marks| marks[0]["lesson"] = json!(2.264e18));
    let expected = "$[0].lesson: is 2.264e18, but lesson_str is \"2264000000000000001\": ";
    assert!(dump.problem().contains(expected));
}

#[test]
fn numbers_are_compared_in_files_that_are_not_read_and_in_every_spelling() {
    let dump = dump();
    let thing = json!({ "Items": [{ "GroupId": 7, "GroupIdStr": "8" }] });
    dump.put("выгрузка/schools_1000077000001_timetables.json", thing.to_string());
    dump.put(&file("edu-groups_{g}_colours"), r#"{"group-id": 7, "group_id_str": "8"}"#);
    let problems = dump.problems();
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems[0].contains("$.group-id: is 7, but group_id_str is \"8\""));
    assert!(problems[1].contains("$.Items[0].GroupId: is 7, but GroupIdStr is \"8\""));
}

#[test]
fn of_many_differing_numbers_a_few_are_shown_and_the_others_counted() {
    let dump = dump();
    let list: Vec<Value> = (0..100).map(|n| json!({ "id": n, "id_str": "777" })).collect();
    dump.put(&file("edu-groups_{g}_colours"), json!(list).to_string());
    let problems = dump.problems();
    assert_eq!(problems.len(), 4, "{problems:#?}");
    let name = file("edu-groups_{g}_colours");
    assert!(problems[2].starts_with(&format!("{name}: $[2].id: is 2, but")));
    assert_eq!(problems[3], format!("{name}: $: and 97 more ids that differ from their texts"));
}

#[test]
fn a_text_beside_null_or_an_empty_text_beside_a_number_differs_from_nothing() {
    let dump = dump();
    let before = dump.import().journal;
    let name = file("edu-groups_{g}_colours");
    dump.put(&name, r#"[{"id": null, "id_str": "7"}, {"id": 0, "id_str": ""}]"#);
    assert_eq!(dump.import().journal, before);
}

#[test]
fn a_dump_whose_texts_were_made_from_rounded_numbers_is_refused() {
    for print in [javascript as fn(f64) -> String, in_full] {
        let dump = dump();
        round_all(&dump, true, print);
        let problems = dump.problems();
        let told = |p: &String| p.starts_with("выгрузка: its text ids were rounded too (like ");
        assert!(problems.iter().any(told), "{problems:#?}");
        assert!(!problems.iter().any(|p| p.contains(SAVED_AGAIN)), "{problems:#?}");
    }
}

#[test]
fn a_single_file_whose_texts_were_rounded_is_named() {
    let dump = dump();
    dump.edit("edu-groups_{g}_subjects", |subjects| {
        let subjects = subjects.as_array_mut().unwrap();
        for id in ["1222333444555600000", "1222333444555610000"] {
            subjects.push(json!({ "id_str": id, "name": "Физика" }));
        }
        for (n, id) in ["1222333444555666600", "1222333444555666700", "1222333444555666800"]
            .into_iter()
            .enumerate()
        {
            set_id(&mut subjects[n], "id", id);
        }
    });
    let name = file("edu-groups_{g}_subjects");
    let problem = dump.problem();
    assert!(problem.starts_with(&format!("{name}: $: its text ids were rounded too")), "{problem}");
}
