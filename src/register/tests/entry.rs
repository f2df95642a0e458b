//! Entries: `docs/formats.md` § 5.1.

use super::samples::{archive, created, events, key_added, location, noon, sealed, secret, time};
use crate::digest::Digest;
use crate::register::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn entry(seq: u64, event: Event) -> Entry {
    Entry { seq, time: noon(), event }
}

fn value(event: Event) -> Value {
    serde_json::from_slice(&entry(5, event).to_text()).unwrap()
}

fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap()
}

/// Reads the entry that `alter` makes of a `sealed` one at place 5.
fn read_altered(alter: impl FnOnce(&mut Value)) -> Result<Entry, EntryError> {
    let mut value = value(Event::Sealed(sealed()));
    alter(&mut value);
    Entry::read(&canonical(&value), 5)
}

#[test]
fn every_event_reads_as_it_was_written() {
    for event in events() {
        let entry = entry(5, event);
        assert_eq!(Entry::read(&entry.to_text(), 5).unwrap(), entry);
    }
}

#[test]
fn texts_are_those_of_another_canonicalizer() {
    for event in events() {
        let text = entry(5, event).to_text();
        let value: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(String::from_utf8(canonical(&value)), String::from_utf8(text));
    }
}

#[test]
fn the_first_entry_is_written_like_this() {
    let expected = format!(
        "{{\"archive\":\"{}\",\"event\":\"archive-created\",\"log_key\":\"{}\",\"primary\":\"{}\",\
         \"second\":\"{}\",\"seq\":0,\"t\":\"letopis/entry\",\"time\":\"2025-10-25T12:00:00Z\",\"v\":1}}",
        archive(),
        secret(1).public(),
        location(),
        value(created())["second"].as_str().unwrap(),
    );
    assert_eq!(String::from_utf8(entry(0, created()).to_text()).unwrap(), expected);
}

#[test]
fn a_sealed_entry_is_written_like_this() {
    let sealed = sealed();
    let expected = json!({
        "event": "sealed", "seq": 5, "t": "letopis/entry", "time": "2025-10-25T12:00:00Z", "v": 1,
        "record": 123, "path": "records/2025-26/000123-7a-q1-journal", "kind": "journal",
        "class": "7А", "period": "2025-26/q1", "retention": "journals",
        "seal": sealed.seal.to_string(), "package": sealed.package.to_string(), "bytes": 300_000,
        "replaces": 100,
    });
    assert_eq!(value(Event::Sealed(sealed)), expected);
}

#[test]
fn a_key_is_written_like_this() {
    let added = key_added();
    let endorsement = added.endorsement.unwrap();
    let expected = json!({
        "event": "key-added", "seq": 5, "t": "letopis/entry", "time": "2025-10-25T12:00:00Z", "v": 1,
        "key": added.public_key.fingerprint().to_string(), "algorithm": "ed25519",
        "public_key": added.public_key.to_string(), "role": "director",
        "staff": "5aff0000000000000000000000000001", "from": "2025-08-31T21:00:00Z",
        "until": "2026-08-31T21:00:00Z", "order": "12-к/2025-09-01",
        "possession": hex::encode(added.possession.as_bytes()),
        "endorsement": {
            "key": endorsement.key.to_string(),
            "signature": hex::encode(endorsement.signature.as_bytes()),
        },
    });
    assert_eq!(value(Event::KeyAdded(added)), expected);
}

#[test]
fn each_event_has_the_members_of_its_row() {
    let rows = [
        ("archive-created", "archive log_key primary second"),
        ("plan-adopted", "document path sha256 retention"),
        ("settings-changed", "document path sha256 retention"),
        ("staff-roster", "document path sha256 retention"),
        ("calendar-adopted", "document path sha256 retention"),
        ("teaching-load", "document path sha256 retention"),
        ("pupils-matched", "document path sha256 retention"),
        (
            "key-added",
            "key algorithm public_key role staff from until order possession endorsement",
        ),
        ("key-revoked", "key reason"),
        ("sealed", "record path kind class period retention seal package bytes replaces"),
        ("replaced", "record by pages_changed pages"),
        ("signed", "record key files"),
        ("printed", "copy record sheets document path sha256 retention"),
        ("reprinted", "copy from to"),
        ("closing-opened", "by periods procedure recorder document path sha256 retention"),
        ("confirmed", "by closing class digest page period recorder step"),
        (
            "discrepancy-reported",
            "by closing class digest page period recorder document path sha256 retention",
        ),
        ("correction-agreed", "by closing order record recorder document path sha256 retention"),
        ("sheet-voided", "copy record sheets"),
        ("signed-on-paper", "by closing copy recorder sheets step"),
        ("excused", "by closing copy order recorder sheets step document path sha256 retention"),
        ("taken-back", "closing entry recorder document path sha256 retention"),
        ("handed-over", "by closing copy recorder step to"),
        ("stamped", "by closing copy recorder step"),
        ("copy-entered", "by closing copy line recorder step"),
        (
            "folder-formed",
            "by closing copies folder period recorder step supplement document path sha256 retention",
        ),
        ("shelved", "by closing copies folder recorder step document path sha256 retention"),
        (
            "copy-made",
            "by closing kind manifest medium records recorder size document path sha256 retention",
        ),
        ("media-handed-over", "by closing media recorder step to document path sha256 retention"),
        ("copy-checked", "findings medium recorder document path sha256 retention"),
        ("checkpoint-witnessed", "key size root signature"),
        ("repaired", "location files paths"),
        ("location-added", "location role"),
        ("restored", "location size root known_size known_root"),
        ("log-key-changed", "log_key size root endorsement"),
    ];
    for (event, (name, members)) in events().into_iter().zip(rows) {
        assert_eq!(event.name(), name);
        let Value::Object(written) = value(event) else { panic!("an entry is an object") };
        let written: BTreeSet<&str> = written.keys().map(String::as_str).collect();
        let common = ["event", "seq", "t", "time", "v"];
        let expected: BTreeSet<&str> = members.split(' ').chain(common).collect();
        assert_eq!(written, expected, "{name}");
    }
    assert_eq!(rows.map(|(name, _)| name), Event::NAMES);
}

#[test]
fn every_root_is_in_base64() {
    let roots: Vec<(String, usize)> = events()
        .into_iter()
        .map(|event| (event.name().to_owned(), value(event)))
        .filter_map(|(name, value)| Some((name, value.get("root")?.as_str()?.len())))
        .collect();
    let expected = [("checkpoint-witnessed", 44), ("restored", 44), ("log-key-changed", 44)];
    assert_eq!(roots, expected.map(|(name, length)| (name.to_owned(), length)));
    let is_witnessed = |event: &Event| matches!(event, Event::CheckpointWitnessed(_));
    let witnessed = value(events().into_iter().find(is_witnessed).unwrap());
    assert_eq!(witnessed["root"], STANDARD.encode(Digest::of(b"root").as_bytes()));
}

#[test]
fn what_is_absent_is_left_out() {
    let event = Event::Sealed(Sealed { replaces: None, ..sealed() });
    assert_eq!(value(event.clone()).get("replaces"), None);
    assert_eq!(Entry::read(&entry(5, event.clone()).to_text(), 5).unwrap().event, event);

    let added = KeyAdded { until: None, order: None, endorsement: None, ..key_added() };
    let written = value(Event::KeyAdded(added.clone()));
    assert_eq!(["until", "order", "endorsement"].map(|name| written.get(name)), [None; 3]);
    let read = Entry::read(&entry(5, Event::KeyAdded(added.clone())).to_text(), 5).unwrap();
    assert_eq!(read.event, Event::KeyAdded(added));
}

#[test]
fn times_are_whole_seconds() {
    let time = time("2025-10-25T12:00:00.987Z");
    let text = Entry { seq: 5, time, event: Event::Sealed(sealed()) }.to_text();
    assert_eq!(Entry::read(&text, 5).unwrap().time, noon());
}

#[test]
fn a_time_is_written_one_way() {
    for time in [
        "2025-10-25T12:00:00.0Z",
        "2025-10-25T12:00:00+00:00",
        "2025-10-25 12:00:00Z",
        "2025-10-25T12:00:00z",
        "2025-10-25T12:00Z",
        "2025-1-25T12:00:00Z",
        "2025-10-25T24:00:00Z",
        "2025-12-31T23:59:60Z",
        "+12025-10-25T12:00:00Z",
        "",
    ] {
        let refused = read_altered(|entry| entry["time"] = time.into());
        assert!(matches!(refused, Err(EntryError::Time { seq: 5, .. })), "{time}");
    }
    let refused = read_altered(|entry| entry["time"] = 1_761_393_600.into());
    assert!(matches!(refused, Err(EntryError::Time { seq: 5, .. })));
}

#[test]
fn an_unknown_event_is_kept_by_its_name() {
    let read = read_altered(|entry| entry["event"] = "hold-placed".into()).unwrap();
    assert_eq!(read.event, Event::Unknown { name: "hold-placed".to_owned() });
    assert_eq!((read.seq, read.time, read.event.name()), (5, noon(), "hold-placed"));
}

#[test]
fn an_unknown_member_is_ignored_wherever_it_stands() {
    let read = read_altered(|entry| entry["weight"] = json!({"grams": 5, "ß": [true, "𝄞"]}));
    assert_eq!(read.unwrap(), entry(5, Event::Sealed(sealed())));
    let mut nested = value(Event::KeyAdded(key_added()));
    nested["endorsement"]["paper"] = "A4".into();
    let read = Entry::read(&canonical(&nested), 5).unwrap();
    assert_eq!(read.event, Event::KeyAdded(key_added()));
}

#[test]
fn members_are_sorted_by_utf_16_units() {
    // RFC 8785 § 3.2.3: U+1D11E comes before U+FB33, because its first surrogate is less.
    let read = read_altered(|entry| {
        entry["\u{fb33}"] = 1.into();
        entry["\u{1d11e}"] = 2.into();
        entry["\u{20ac}\n\u{7f}"] = "\u{8}\u{1}\\\"/".into();
    });
    assert!(read.is_ok());
}

#[test]
fn another_version_makes_the_archive_read_only() {
    for version in [json!(0), json!(2), json!("1"), json!(1.5), Value::Null] {
        let refused = read_altered(|entry| entry["v"] = version.clone());
        match refused {
            Err(EntryError::UnknownVersion { seq: 5, found }) => assert_eq!(found, version),
            other => panic!("{other:?}"),
        }
    }
    // What else a later version changes is not for this one to judge.
    let later = br#"{"v":2, "seq":"five", "t":"letopis/entry"}"#;
    assert!(matches!(Entry::read(later, 5), Err(EntryError::UnknownVersion { seq: 5, .. })));
}

#[test]
fn an_entry_of_another_type_is_refused() {
    let refused = read_altered(|entry| entry["t"] = "letopis/page/v1".into());
    assert!(matches!(refused, Err(EntryError::Type { seq: 5, .. })));
    assert!(matches!(Entry::read(b"{}", 5), Err(EntryError::Type { seq: 5, .. })));
}

#[test]
fn an_entry_belongs_to_its_place() {
    let text = entry(5, Event::Sealed(sealed())).to_text();
    match Entry::read(&text, 6) {
        Err(EntryError::Seq { seq: 6, found }) => assert_eq!(found, json!(5)),
        other => panic!("{other:?}"),
    }
    let refused = read_altered(|entry| entry["seq"] = "5".into());
    assert!(matches!(refused, Err(EntryError::Seq { seq: 5, .. })));
}

#[test]
fn what_is_no_json_object_is_refused() {
    for text in ["", "[]", "5", "{", "\u{feff}{}", "nonsense"] {
        let refused = Entry::read(text.as_bytes(), 5);
        assert!(matches!(refused, Err(EntryError::NotJson { seq: 5, .. })), "{text}");
    }
    let deep = "[".repeat(60_000);
    assert!(matches!(Entry::read(deep.as_bytes(), 5), Err(EntryError::NotJson { seq: 5, .. })));
    assert!(matches!(Entry::read(b"{\"t\":\"\xff\"}", 5), Err(EntryError::NotJson { seq: 5, .. })));
}

#[test]
fn there_is_one_text_for_an_entry() {
    let right = String::from_utf8(entry(5, Event::Sealed(sealed())).to_text()).unwrap();
    let wrong = [
        format!("{right}\n"),
        format!(" {right}"),
        right.replace("\"seq\":5", "\"seq\": 5"),
        right.replace("\"seq\":5", "\"seq\":5.0"),
        right.replace("\"seq\":5", "\"seq\":5e0"),
        right.replace("\"seq\":5,", "\"seq\":4,\"seq\":5,"),
        right.replace("\"seq\":5,", "\"seq\":5,\"seq\":5,"),
        right.replace("\"seq\":5,", "\"seq\":5,\"s\\u0065q\":5,"),
        right.replace("journals", "journ\\u0061ls"),
        right.replace("records/", "records\\/"),
        right.replace("7А", "7\\u0410"),
        right.replace("{\"bytes\":300000,", "{").replace(",\"v\":1}", ",\"v\":1,\"bytes\":300000}"),
    ];
    for text in wrong {
        assert_ne!(text, right);
        let refused = Entry::read(text.as_bytes(), 5);
        assert!(matches!(refused, Err(EntryError::NotCanonical { seq: 5 })), "{text}");
    }
}

#[test]
fn null_fractions_and_large_numbers_are_refused_even_where_nobody_looks() {
    for odd in [Value::Null, json!(0.5), json!(1_u64 << 53), json!(-(1_i64 << 53)), json!([null])] {
        let refused = read_altered(|entry| entry["weight"] = odd.clone());
        assert!(matches!(refused, Err(EntryError::NotCanonical { seq: 5 })), "{odd}");
    }
    assert!(read_altered(|entry| entry["weight"] = json!((1_u64 << 53) - 1)).is_ok());
    assert!(read_altered(|entry| entry["replaces"] = Value::Null).is_err());
}

#[test]
fn hexadecimal_is_lower_case() {
    let mut written = value(Event::KeyAdded(key_added()));
    for member in ["public_key", "possession"] {
        let right = written[member].as_str().unwrap().to_owned();
        written[member] = right.to_uppercase().into();
        let refused = Entry::read(&canonical(&written), 5);
        assert!(matches!(refused, Err(EntryError::NotCanonical { seq: 5 })), "{member}");
        written[member] = right.into();
    }
    assert!(Entry::read(&canonical(&written), 5).is_ok());
}

#[test]
fn a_known_event_has_its_members_and_right_ones() {
    for (member, wrong) in [
        ("record", json!(0)),
        ("record", json!("123")),
        ("path", json!("../000123")),
        ("kind", json!("book")),
        ("class", json!("")),
        ("period", json!("2025-26/q5")),
        ("seal", json!("abc")),
        ("bytes", json!(-1)),
    ] {
        let refused = read_altered(|entry| entry[member] = wrong.clone());
        match refused {
            Err(EntryError::Members { seq: 5, event, .. }) => assert_eq!(event, "sealed"),
            other => panic!("{member} {wrong}: {other:?}"),
        }
        let refused = read_altered(|entry| {
            entry.as_object_mut().unwrap().remove(member);
        });
        assert!(matches!(refused, Err(EntryError::Members { seq: 5, .. })), "{member}");
    }
    let refused = read_altered(|entry| entry["event"] = 7.into());
    assert!(matches!(refused, Err(EntryError::NoEvent { seq: 5 })));
}

#[test]
fn a_key_is_named_by_its_own_fingerprint() {
    let added = KeyAdded { key: secret(9).public().fingerprint(), ..key_added() };
    let refused = Entry::read(&entry(5, Event::KeyAdded(added)).to_text(), 5);
    assert!(matches!(refused, Err(EntryError::Fingerprint { seq: 5 })));
}

#[test]
fn an_entry_has_65535_bytes_at_most() {
    let padded = |bytes: usize| {
        let mut value = value(Event::Sealed(sealed()));
        value["pad"] = "".into();
        let missing = bytes - canonical(&value).len();
        value["pad"] = "x".repeat(missing).into();
        canonical(&value)
    };
    assert!(Entry::read(&padded(65_535), 5).is_ok());
    let refused = Entry::read(&padded(65_536), 5);
    assert!(matches!(refused, Err(EntryError::TooLong { seq: 5, bytes: 65_536 })));
}

proptest! {
    #[test]
    fn whatever_can_be_read_would_be_written_the_same(
        which in 0..Event::NAMES.len(), at: prop::sample::Index, byte: u8,
    ) {
        let mut text = entry(5, events().swap_remove(which)).to_text();
        let at = at.index(text.len());
        text[at] = byte;
        // One byte can turn an optional member or the event into an unknown one; all else is there.
        if let Ok(read) = Entry::read(&text, 5) {
            let found: Value = serde_json::from_slice(&text).unwrap();
            let again: Value = serde_json::from_slice(&read.to_text()).unwrap();
            for (name, member) in again.as_object().unwrap() {
                prop_assert_eq!(found.get(name), Some(member));
            }
        }
    }

    #[test]
    fn no_bytes_make_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Entry::read(&bytes, 0).is_err());
    }
}
