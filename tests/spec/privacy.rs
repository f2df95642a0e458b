//! Personal data and free text stay in records and documents: what can never be erased, and what goes
//! to logs, holds neither.

use crate::bench::{Bench, PERIOD, school};
use letopis::journal::Journal;
use std::collections::BTreeSet;

/// Surnames of pupils and staff, topics and remarks of the demo school, and who signs.
fn private() -> BTreeSet<String> {
    let journals: Vec<Journal> = school().classes(PERIOD.parse().unwrap()).collect();
    let mut texts = BTreeSet::from(["Орлова".to_owned(), "Мария Ивановна".to_owned()]);
    for journal in &journals {
        texts.extend(journal.pupils.iter().map(|pupil| pupil.surname.clone()));
        texts.extend(journal.people.iter().filter_map(|person| person.surname.clone()));
        let lessons = journal.pages.iter().flat_map(|page| &page.lessons);
        texts.extend(lessons.filter_map(|lesson| lesson.topic.clone()));
        let entries = journal.pages.iter().flat_map(|page| &page.entries);
        texts.extend(entries.filter_map(|entry| entry.remark.clone()));
    }
    // Shorter texts could stand in hashes by chance.
    texts.retain(|text| text.chars().count() > 3);
    assert!(texts.len() > 200, "{}", texts.len());
    texts
}

/// The private text in these bytes, as UTF-8 or escaped as some write JSON.
fn found_in(bytes: &[u8], private: &BTreeSet<String>) -> Option<String> {
    let held = String::from_utf8_lossy(bytes);
    let escaped =
        |text: &str| text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    private.iter().find(|text| held.contains(*text) || held.contains(&escaped(text))).cloned()
}

/// A school year's work: sealed, signed, replaced, a key revoked, damage repaired.
fn worked() -> Bench {
    let bench = Bench::signed();
    bench.put_journal("7a.json", &letopis::demo::corrected(&crate::bench::journal("7А")));
    bench.letopis(&["import", "7a.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
    bench.damage("second/records/2025-26/000001-6a-q1-journal/package.zip");
    bench.letopis(&["repair"]).exits(0);
    let keys = bench.letopis(&["keys", "list", "--json"]).exits(0).json();
    let key = keys[0]["key"].as_str().unwrap().to_owned();
    bench.letopis(&["keys", "revoke", &key, "--reason", "left"]).exits(0);
    bench
}

#[test]
fn register_seals_key_files_and_the_archives_own_files_hold_no_personal_data() {
    let bench = worked();
    let private = private();
    let (mut looked_at, mut holds_names) = (0, 0);
    for (path, bytes) in [bench.tree("archive"), bench.tree("second")].concat() {
        let name = path.to_string_lossy().into_owned();
        assert_eq!(found_in(name.as_bytes(), &private), None, "the path {name}");
        let found = found_in(&bytes, &private);
        if name.ends_with("document.json") || name.contains("/intake/") {
            holds_names += usize::from(found.is_some());
            continue;
        }
        // Packages are compressed; what is in them is theirs.
        if !name.ends_with("package.zip") {
            assert_eq!(found, None, "{name}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 40, "{looked_at}");
    assert!(holds_names > 0, "the names would have been found: the roster holds them");
}

#[test]
fn diagnostics_of_a_working_day_name_nobody() {
    let bench = Bench::imported();
    let private = private();
    bench.rename("second", "unplugged");
    for line in [
        "import source",
        "check --period 2025-26/q1",
        "snapshot --period 2025-26/q1",
        "sign --key director.pem",
        "sign --key director.pem",
        "list",
        "show 2",
        "show 9",
        "status",
        "verify --deep",
        "rebuild",
        "repair",
        "promote",
        "keys list",
    ] {
        let run = bench.letopis(&line.split(' ').collect::<Vec<_>>());
        assert_eq!(found_in(run.err.as_bytes(), &private), None, "{line}: {}", run.err);
    }
}
