//! What is accepted: canonical form, the published schema, order, optional fields.

use super::{example, problems, with};
use crate::journal::{SCHEMA, arbitrary, read};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static SHAPE: LazyLock<jsonschema::Validator> =
    LazyLock::new(|| jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap());

/// Every object of a file as a JSON pointer.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(at.to_owned());
            members.iter().for_each(|(name, value)| objects(value, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            let each = items.iter().enumerate();
            each.for_each(|(n, item)| objects(item, &format!("{at}/{n}"), found));
        }
        _ => {}
    }
}

/// The members an object of this place must have.
fn required(pointer: &str) -> &'static [&'static str] {
    let steps: Vec<&str> = pointer.split('/').filter(|s| s.parse::<usize>().is_err()).collect();
    match steps.last().copied().unwrap_or_default() {
        "" => &[
            "format",
            "source",
            "school",
            "school_year",
            "class",
            "period",
            "people",
            "pupils",
            "pages",
        ],
        "source" => &["system", "exported", "file"],
        "school" => &["id", "name"],
        "class" => &[],
        "period" => &["kind", "from", "to"],
        "people" => &["id"],
        "pupils" => &["id", "surname", "name"],
        "movements" => &["pupil", "kind", "date"],
        "decisions" => &["pupil", "text"],
        "pages" => &["subject"],
        "lessons" => &["id", "date", "number"],
        "entries" => &["lesson", "pupil"],
        "marks" => &["value"],
        "finals" => &["pupil", "kind", "value"],
        other => panic!("no object stands in {other}"),
    }
}

fn refused_by_both(file: &Value) -> Result<(), TestCaseError> {
    prop_assert!(!SHAPE.is_valid(file), "the schema accepts {file}");
    prop_assert!(!problems(file).is_empty(), "the reader accepts {file}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn canonical_form_is_read_back_as_the_same_journal(journal in arbitrary::journal()) {
        let written = journal.to_canonical();
        let back = read::journal(&written).map_err(|p| TestCaseError::fail(format!("{p:?}")))?;
        prop_assert_eq!(&back, &journal);
        prop_assert_eq!(back.to_canonical(), written);
    }

    #[test]
    fn canonical_form_is_rfc_8785(journal in arbitrary::journal()) {
        let value: Value = serde_json::from_slice(&journal.to_canonical()).unwrap();
        let independent = serde_json_canonicalizer::to_vec(&value).unwrap();
        prop_assert_eq!(journal.to_canonical(), independent);
    }

    #[test]
    fn canonical_form_fits_the_published_schema(journal in arbitrary::journal()) {
        let value: Value = serde_json::from_slice(&journal.to_canonical()).unwrap();
        let errors: Vec<String> = SHAPE.iter_errors(&value).map(|e| e.to_string()).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }

    #[test]
    fn what_breaks_the_shape_is_refused_by_schema_and_reader(
        journal in arbitrary::journal(),
        place in any::<prop::sample::Index>(),
        member in any::<prop::sample::Index>(),
    ) {
        let file: Value = serde_json::from_slice(&journal.to_canonical()).unwrap();
        let mut places = Vec::new();
        objects(&file, "", &mut places);
        let pointer = place.get(&places);
        let object = |file: &Value| file.pointer(pointer).unwrap().as_object().unwrap().clone();

        let mut more = file.clone();
        more.pointer_mut(pointer).unwrap()["лишнее"] = json!(null);
        refused_by_both(&more)?;

        for name in required(pointer) {
            let mut less = file.clone();
            less.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(*name);
            refused_by_both(&less)?;
        }
        let members = object(&file);
        if !members.is_empty() {
            let name = members.keys().nth(member.index(members.len())).unwrap();
            for wrong in [json!(0.5), json!(true), json!({"лишнее": 1})] {
                let mut other = file.clone();
                other.pointer_mut(pointer).unwrap()[name] = wrong;
                refused_by_both(&other)?;
            }
        }
    }
}

#[test]
fn the_example_fits_reader_and_schema() {
    assert_eq!(problems(&example()), Vec::<String>::new());
    assert!(SHAPE.is_valid(&example()));
}

#[test]
fn lists_may_be_absent_but_not_null() {
    for pointer in ["/movements", "/decisions", "/pages/0/entries", "/pages/0/finals"] {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let mut file = example();
        file.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
        assert_eq!(problems(&file), Vec::<String>::new(), "{pointer}");
        let path = pointer.replace("/0", "[0]").replace('/', ".");
        let null = with(pointer, Value::Null);
        assert_eq!(problems(&null), [format!("${path}: must be a list, is null")]);
        assert!(!SHAPE.is_valid(&null));
    }
    let mut file = example();
    let page = file.pointer_mut("/pages/0").unwrap().as_object_mut().unwrap();
    page.remove("lessons");
    page.remove("entries");
    assert_eq!(problems(&file), Vec::<String>::new());
}

#[test]
fn every_optional_field_may_be_null() {
    for pointer in [
        "/class/teacher",
        "/people/1/surname",
        "/people/1/name",
        "/people/1/patronymic",
        "/pupils/0/number",
        "/pupils/0/patronymic",
        "/pupils/0/born",
        "/pupils/0/file_number",
        "/movements/0/order",
        "/decisions/0/date",
        "/decisions/0/protocol",
        "/pages/0/group",
        "/pages/0/teacher",
        "/pages/0/planned_hours",
        "/pages/0/pupils",
        "/pages/0/lessons/0/topic",
        "/pages/0/lessons/0/homework",
        "/pages/0/lessons/0/substitute",
        "/pages/0/entries/0/marks/0/work",
        "/pages/0/entries/0/marks/0/weight",
        "/pages/0/entries/0/absence",
        "/pages/0/entries/0/remark",
        "/pages/0/finals/0/set",
        "/pages/0/finals/0/school",
    ] {
        let file = with(pointer, Value::Null);
        assert_eq!(problems(&file), Vec::<String>::new(), "{pointer}");
        assert!(SHAPE.is_valid(&file), "{pointer}");
    }
}

#[test]
fn an_empty_optional_text_counts_as_absent() {
    let read = |file: &Value| read::journal(&serde_json::to_vec(file).unwrap()).unwrap();
    for pointer in ["/pages/0/group", "/pages/0/entries/1/absence", "/people/1/patronymic"] {
        let empty = with(pointer, json!(""));
        assert_eq!(read(&empty), read(&with(pointer, Value::Null)), "{pointer}");
        assert!(SHAPE.is_valid(&empty));
    }
}

#[test]
fn line_ends_become_line_feeds_and_other_text_is_kept() {
    let file = with("/pages/0/lessons/0/topic", json!(" а\r\nб\rв\tг\u{a0}"));
    let journal = read::journal(&serde_json::to_vec(&file).unwrap()).unwrap();
    assert_eq!(journal.pages[0].lessons[0].topic.as_deref(), Some(" а\nб\nв\tг\u{a0}"));
}

#[test]
fn two_exports_that_say_the_same_are_equal() {
    let mut shuffled = example();
    for pointer in ["/people", "/pupils", "/pages/0/lessons", "/pages/0/entries", "/pages/0/pupils"]
    {
        shuffled.pointer_mut(pointer).unwrap().as_array_mut().unwrap().reverse();
    }
    shuffled["source"]["file"] = json!("other.json");
    let read = |file: &Value| read::journal(&serde_json::to_vec(file).unwrap()).unwrap();
    let (one, other) = (read(&example()), read(&shuffled));
    assert_ne!(one, other);
    assert!(one.says_the_same_as(&other));
    assert_eq!(one.pupils[0].id.as_str(), "s1");
    assert_eq!(one.people[0].id.as_str(), "t17", "people by id");
}

#[test]
fn pages_and_marks_keep_the_order_of_the_file() {
    let mut file = with(
        "/pages/0/entries/0/marks",
        json!([{ "value": "5" }, { "value": "2" }, { "value": "3" }]),
    );
    file["pages"].as_array_mut().unwrap().push(json!({ "subject": "Абак" }));
    let journal = read::journal(&serde_json::to_vec(&file).unwrap()).unwrap();
    let values: Vec<_> = journal.pages[0].entries[0].marks.iter().map(|m| &*m.value).collect();
    assert_eq!(values, ["5", "2", "3"]);
    assert_eq!(journal.pages[1].subject, "Абак");
}

#[test]
fn groups_and_activities_are_classes_too() {
    for class in [
        json!({ "grade": null, "name": "ТО-21" }),
        json!({ "name": "ТО-21", "letter": null }),
        json!({ "kind": "activity", "name": "Шахматы", "grade": 5 }),
        json!({ "grade": 3 }),
    ] {
        let file = with("/class", class);
        assert_eq!(problems(&file), Vec::<String>::new());
        assert!(SHAPE.is_valid(&file));
    }
}
