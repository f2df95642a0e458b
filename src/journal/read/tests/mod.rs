mod format;
mod refusals;

use crate::journal::read;
use serde_json::{Value, json};

/// A small right file, every field of the format once.
fn example() -> Value {
    json!({
        "format": "letopis-journal/1",
        "source": { "system": "manual", "exported": "2025-10-25T10:12:00+03:00", "file": "7a.json" },
        "school": { "name": "МБОУ «СОШ № 7»", "id": "1020200000001" },
        "school_year": "2025-26",
        "class": { "grade": 7, "letter": "А", "teacher": "t17" },
        "period": { "kind": "quarter", "number": 1, "from": "2025-09-01", "to": "2025-10-24" },
        "people": [
            { "id": "t3" },
            { "id": "t17", "surname": "Орлова", "name": "Мария", "patronymic": "Ивановна" }
        ],
        "pupils": [
            { "id": "s1", "number": 1, "surname": "Агатов", "name": "Артём", "patronymic": "Ильич",
              "born": "2012-03-14", "file_number": "А-12" },
            { "id": "s2", "number": 2, "surname": "Берёзкина", "name": "Вера" }
        ],
        "movements": [ { "pupil": "s2", "kind": "left", "date": "2025-10-02", "order": "12-к" } ],
        "decisions": [ { "pupil": "s1", "text": "переведён", "date": "2026-05-28", "protocol": "7" } ],
        "pages": [ {
            "subject": "Алгебра", "group": "1", "teacher": "t3", "planned_hours": 24, "pupils": ["s1", "s2"],
            "lessons": [
                { "id": "l1", "date": "2025-09-02", "number": 1, "topic": "Повторение",
                  "homework": "№ 12, 14", "substitute": "t17" },
                { "id": "l2", "date": "2025-09-03", "number": 2 }
            ],
            "entries": [
                { "lesson": "l1", "pupil": "s1", "marks": [ { "value": "5", "work": "КР", "weight": "2" } ],
                  "absence": null, "remark": "молодец" },
                { "lesson": "l1", "pupil": "s2", "marks": [], "absence": "Н" }
            ],
            "finals": [ { "pupil": "s1", "kind": "period", "value": "5", "set": "2025-10-21", "school": "№ 3" } ]
        } ]
    })
}

/// The example with one place changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut file = example();
    *file.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is in the example")) = value;
    file
}

fn problems(file: &Value) -> Vec<String> {
    match read::journal(&serde_json::to_vec(file).unwrap()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}
