//! What is refused, with place and reason.

use super::{example, problems, with};
use crate::journal::read;
use serde_json::{Value, json};

/// Changing one place of the example gives exactly these problems.
fn refused(pointer: &str, value: Value, expected: &[&str]) {
    assert_eq!(problems(&with(pointer, value)), expected, "{pointer}");
}

fn added(pointer: &str, value: Value) -> Value {
    let mut file = example();
    file.pointer_mut(pointer).unwrap().as_array_mut().unwrap().push(value);
    file
}

#[test]
fn every_problem_is_reported_at_once() {
    let mut file = example();
    file["class"]["teacher"] = json!("t99");
    file["pupils"][0]["surname"] = json!("");
    file["pages"][0]["lessons"][1]["date"] = json!("2025-02-30");
    file["pages"][0]["entries"][0]["pupil"] = json!("s9");
    file["pages"][0]["цвет"] = json!("red");
    file["extra"] = json!(1);
    assert_eq!(
        problems(&file),
        [
            "$.extra: is not a field of the format; remove it",
            "$.pupils[0].surname: is empty",
            "$.class.teacher: `t99` is nobody in $.people",
            "$.pages[0].цвет: is not a field of the format; remove it",
            "$.pages[0].lessons[1].date: \"2025-02-30\" is no date that exists; write YYYY-MM-DD",
            "$.pages[0].entries[0].pupil: `s9` is nobody in $.pupils",
        ]
    );
}

#[test]
fn another_format_is_refused_without_noise() {
    refused("/format", json!("letopis-journal/2"), &["$.format: must be `letopis-journal/1`"]);
    assert_eq!(problems(&json!([])), ["$: must be an object, is a list"]);
}

#[test]
fn duplicate_members_are_refused_with_their_path() {
    let text = example().to_string().replace("\"topic\":", "\"topic\":\"x\",\"topic\":");
    let problems = read::journal(text.as_bytes()).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].to_string(), "$.pages[0].lessons[0].topic: stands here twice; keep one");
}

#[test]
fn references_to_nobody_are_refused() {
    refused("/pages/0/teacher", json!("t9"), &["$.pages[0].teacher: `t9` is nobody in $.people"]);
    refused("/movements/0/pupil", json!("x"), &["$.movements[0].pupil: `x` is nobody in $.pupils"]);
    refused("/decisions/0/pupil", json!("x"), &["$.decisions[0].pupil: `x` is nobody in $.pupils"]);
    refused(
        "/pages/0/lessons/0/substitute",
        json!("s1"),
        &["$.pages[0].lessons[0].substitute: `s1` is nobody in $.people"],
    );
    refused(
        "/pages/0/entries/0/lesson",
        json!("l9"),
        &["$.pages[0].entries[0].lesson: `l9` is no lesson of this page"],
    );
}

#[test]
fn ids_are_unique_across_people_pupils_and_lessons() {
    refused(
        "/people/0/id",
        json!("t17"),
        &[
            "$.people[1].id: `t17` is the id at $.people[0].id too; ids are unique",
            "$.pages[0].teacher: `t3` is nobody in $.people",
        ],
    );
    refused(
        "/pages/0/lessons/1/id",
        json!("s2"),
        &["$.pages[0].lessons[1].id: `s2` is the id at $.pupils[1].id too; ids are unique"],
    );
}

#[test]
fn ids_have_one_to_64_characters() {
    let reason = |text: &str| format!("$.pages[0].lessons[1].id: {text}");
    for (id, text) in [
        (String::new(), "an id is empty"),
        ("я".repeat(65), "an id is longer than 64 characters"),
        ("a\u{7}".to_owned(), "an id holds a control character"),
    ] {
        refused("/pages/0/lessons/1/id", json!(id), &[&reason(text)]);
    }
    assert_eq!(problems(&with("/pages/0/lessons/1/id", json!("я".repeat(64)))), [""; 0]);
}

#[test]
fn a_lesson_and_pupil_have_one_entry_on_a_page() {
    let file = added("/pages/0/entries", json!({ "lesson": "l1", "pupil": "s1" }));
    assert_eq!(
        problems(&file),
        [
            "$.pages[0].entries[2]: lesson `l1` and pupil `s1` have an entry on this page already; put everything into one"
        ]
    );
}

#[test]
fn a_pupil_has_one_final_of_a_kind_on_a_page() {
    let file = added("/pages/0/finals", json!({ "pupil": "s1", "kind": "period", "value": "4" }));
    assert_eq!(
        problems(&file),
        ["$.pages[0].finals[1]: pupil `s1` has a final of this kind on this page already"]
    );
    let other = added("/pages/0/finals", json!({ "pupil": "s1", "kind": "year", "value": "4" }));
    assert_eq!(problems(&other), [""; 0]);
}

#[test]
fn entries_and_finals_belong_to_the_pages_own_pupils() {
    refused(
        "/pages/0/pupils",
        json!(["s2"]),
        &[
            "$.pages[0].entries[0].pupil: `s1` is not in this page's `pupils`",
            "$.pages[0].finals[0].pupil: `s1` is not in this page's `pupils`",
        ],
    );
    refused(
        "/pages/0/pupils",
        json!(["s1", "s2", "s1"]),
        &["$.pages[0].pupils[2]: `s1` is on this page's list already"],
    );
}

#[test]
fn two_pages_have_different_subject_or_group() {
    let twin = added("/pages", json!({ "subject": "Алгебра", "group": "1" }));
    assert_eq!(
        problems(&twin),
        [
            "$.pages[1]: has the subject and group of $.pages[0]; two sheets could not be told apart: give each its `group`"
        ]
    );
    let other = added("/pages", json!({ "subject": "Алгебра", "group": "2" }));
    assert_eq!(problems(&other), [""; 0]);
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    refused(
        "/pupils/0/born",
        json!("2013-02-29"),
        &["$.pupils[0].born: \"2013-02-29\" is no date that exists; write YYYY-MM-DD"],
    );
    for moment in ["2025-10-25T10:12:00", "2025-10-25 10:12:00Z", "2025-10-25T25:00:00Z", "вчера"]
    {
        refused(
            "/source/exported",
            json!(moment),
            &["$.source.exported: is no moment; write it like 2025-10-25T10:12:00+03:00"],
        );
    }
}

#[test]
fn control_characters_are_refused() {
    let reason =
        |path: &str, c: &str| format!("${path}: holds the control character {c}; remove it");
    for (pointer, path, text, c) in [
        ("/school/name", ".school.name", "a\nb", "U+000A"),
        ("/pages/0/subject", ".pages[0].subject", "a\tb", "U+0009"),
        ("/pages/0/lessons/0/topic", ".pages[0].lessons[0].topic", "a\u{0}", "U+0000"),
        ("/pages/0/entries/0/remark", ".pages[0].entries[0].remark", "\u{9f}", "U+009F"),
        (
            "/pages/0/entries/0/marks/0/value",
            ".pages[0].entries[0].marks[0].value",
            "5\r",
            "U+000D",
        ),
    ] {
        refused(pointer, json!(text), &[&reason(path, c)]);
    }
}

#[test]
fn numbers_are_whole_and_in_range() {
    refused(
        "/pages/0/planned_hours",
        json!(9_007_199_254_740_992_i64),
        &["$.pages[0].planned_hours: is 9007199254740992, must be from 0 to 4294967295"],
    );
    refused(
        "/pupils/0/number",
        json!(0),
        &["$.pupils[0].number: is 0, must be from 1 to 4294967295"],
    );
    refused("/class/grade", json!(12), &["$.class.grade: is 12, must be from 1 to 11"]);
    refused(
        "/pages/0/lessons/0/number",
        json!(1.0),
        &[
            "$.pages[0].lessons[0].number: must be a whole number, is a number with a fraction, an exponent or too many digits",
        ],
    );
}

#[test]
fn marks_are_text_never_numbers() {
    refused(
        "/pages/0/entries/0/marks/0/value",
        json!(5),
        &["$.pages[0].entries[0].marks[0].value: must be text, is a number"],
    );
}

#[test]
fn lists_have_limits() {
    let pupils: Vec<Value> =
        (0..61).map(|n| json!({ "id": format!("s{n}"), "surname": "А", "name": "Б" })).collect();
    refused("/pupils", json!(pupils), &["$.pupils: has 61 pupils, at most 60 are allowed"]);
    let pages: Vec<Value> = (0..61).map(|n| json!({ "subject": format!("П{n}") })).collect();
    refused("/pages", json!(pages), &["$.pages: has 61 pages, at most 60 are allowed"]);
    let mut lessons = example()["pages"][0]["lessons"].as_array().unwrap().clone();
    lessons.extend(
        (2..401).map(|n| json!({ "id": format!("x{n}"), "date": "2025-09-01", "number": 1 })),
    );
    refused(
        "/pages/0/lessons",
        json!(lessons),
        &["$.pages[0].lessons: has 401 lessons, at most 400 are allowed"],
    );
    lessons.pop();
    assert_eq!(problems(&with("/pages/0/lessons", json!(lessons))), [""; 0]);
}

#[test]
fn periods_exist_and_end_after_they_begin() {
    let period = |kind: &str, number: Value| json!({ "kind": kind, "number": number, "from": "2025-09-01", "to": "2025-09-01" });
    for (kind, number) in [
        ("quarter", json!(5)),
        ("half-year", json!(3)),
        ("year", json!(1)),
        ("module", Value::Null),
    ] {
        let found = problems(&with("/period", period(kind, number)));
        assert!(found.len() == 1 && found[0].starts_with("$.period.number: "), "{kind}: {found:?}");
    }
    assert_eq!(problems(&with("/period", period("year", Value::Null))), [""; 0]);
    refused(
        "/period/to",
        json!("2025-08-31"),
        &["$.period: begins 2025-09-01, after it ends 2025-08-31"],
    );
    refused(
        "/school_year",
        json!("2025-27"),
        &["$.school_year: `2025-27` is no school year; write it like 2025-26"],
    );
}

#[test]
fn a_class_is_named_by_grade_and_letter_or_by_a_name() {
    let reason = "$.class: a class has a grade and a letter, a college group has a name, an activity has a name";
    refused("/class", json!({ "grade": 7, "letter": "А", "name": "ТО-21" }), &[reason]);
    refused("/class", json!({ "kind": "activity", "grade": 7 }), &[reason]);
    refused("/class", json!({}), &[reason]);
    refused(
        "/class",
        json!({ "kind": "club", "name": "x" }),
        &["$.class.kind: must be one of: activity"],
    );
}

#[test]
fn a_broken_pupil_is_not_reported_again_by_who_refers_to_it() {
    refused("/pupils/0/name", json!(5), &["$.pupils[0].name: must be text, is a number"]);
}

#[test]
fn required_text_says_something() {
    for (pointer, path) in [
        ("/pupils/0/name", "$.pupils[0].name"),
        ("/pages/0/subject", "$.pages[0].subject"),
        ("/pages/0/finals/0/value", "$.pages[0].finals[0].value"),
        ("/decisions/0/text", "$.decisions[0].text"),
        ("/school/id", "$.school.id"),
    ] {
        refused(pointer, json!(" \u{a0}"), &[&format!("{path}: is empty")]);
    }
}
