//! Registers that are right in form and signed by the log key, and say what must not be said: whoever has
//! the log key still cannot make verification believe it. Where what came before a director's signing is
//! changed, the witness tells that too.

use super::school::{School, deputy, director, work};
use crate::archive::log::{self, LogError};
use crate::archive::verify::{self, Level, Request, Which};
use crate::digest::Digest;
use crate::key::{SecretKey, sshsig};
use crate::register::{Checkpoint, CheckpointWitness, Edge, LogKeyEndorsement, Tree, leaf_hash};
use serde_json::{Value, json};
use std::fs;

/// The texts of entries, each at its place.
fn texts(entries: &[Value]) -> Vec<Vec<u8>> {
    let at = |(seq, entry): (usize, &Value)| {
        let mut entry = entry.clone();
        entry["seq"] = json!(seq);
        serde_json::to_vec(&entry).unwrap()
    };
    entries.iter().enumerate().map(at).collect()
}

/// An archive after a day's work whose register was changed, in both locations and in `seen`.
async fn forged(change: impl FnOnce(&School, &mut Vec<Value>)) -> School {
    let school = School::new();
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    let home = school.home();
    let primary = home.open_primary(school.stores().primary).await.unwrap();
    let size = home.seen().unwrap().unwrap().checkpoint().size;
    let mut entries: Vec<Value> = Vec::new();
    let take = |_, text: &[u8]| {
        entries.push(serde_json::from_slice(text).unwrap());
        Ok::<_, LogError>(())
    };
    log::each_entry(&primary, (0, size), take).await.unwrap();
    change(&school, &mut entries);
    let mut edge = Edge::new();
    let appended = edge.append(&texts(&entries)).unwrap();
    let at = Checkpoint { origin: home.origin(), size: edge.size(), root: edge.root() };
    let note = at.sign(&home.log_key().unwrap());
    for location in [school.primary(), school.second()] {
        fs::remove_dir_all(location.join("register")).unwrap();
        for (path, bytes) in appended.entry_tiles.iter().chain(&appended.hash_tiles) {
            let path = location.join(log::tile_file(path));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        fs::write(location.join(log::CHECKPOINT_FILE), &note).unwrap();
    }
    fs::write(home.file("seen"), &note).unwrap();
    school
}

/// What is found in the primary, each code once, but for what every school has.
async fn found(school: &School) -> Vec<(Level, &'static str)> {
    let request = Request { only: Some(Which::Primary), deep: true };
    let report = verify::run(&school.home(), school.stores(), request, &|_, _| {}).await.unwrap();
    let mut found: Vec<_> = report.findings.iter().map(|f| (f.level, f.code)).collect();
    found.retain(|(_, code)| *code != "key-by-order");
    found.sort();
    found.dedup();
    found
}

async fn finds(change: impl FnOnce(&School, &mut Vec<Value>)) -> Vec<&'static str> {
    let found = found(&forged(change).await).await;
    found.into_iter().filter(|(level, _)| *level == Level::Finding).map(|(_, code)| code).collect()
}

/// Where the first entry of an event stands.
fn place(entries: &[Value], event: &str) -> usize {
    entries.iter().position(|entry| entry["event"] == event).unwrap()
}

/// Where the deputy's key is valid: after it was added, before it is revoked.
fn deputys_place(entries: &[Value]) -> usize {
    place(entries, "key-revoked")
}

/// An entry as if the archive had written it at this place.
fn entry(entries: &[Value], place: usize, mut members: Value) -> Value {
    let time = &entries[place.min(entries.len() - 1)]["time"];
    members["t"] = json!("letopis/entry");
    members["v"] = json!(1);
    members["time"] = time.clone();
    members
}

fn root_at(entries: &[Value], size: usize) -> Digest {
    texts(&entries[..size]).iter().map(|text| leaf_hash(text)).collect::<Tree>().root()
}

fn base64(root: Digest) -> String {
    use ::base64::Engine as _;
    ::base64::engine::general_purpose::STANDARD.encode(root.as_bytes())
}

/// Writes a file of the first record, in both locations; its digest.
fn put(school: &School, entries: &[Value], name: &str, bytes: &[u8]) -> String {
    let sealed = &entries[place(entries, "sealed")];
    for location in [school.primary(), school.second()] {
        fs::write(location.join(sealed["path"].as_str().unwrap()).join(name), bytes).unwrap();
    }
    Digest::of(bytes).to_string()
}

fn seal(school: &School, entries: &[Value]) -> Vec<u8> {
    let sealed = &entries[place(entries, "sealed")];
    fs::read(school.primary().join(sealed["path"].as_str().unwrap()).join("seal.txt")).unwrap()
}

/// Both signatures over the first record's seal, and the entry that names them.
fn signed_by(school: &School, entries: &[Value], key: &SecretKey, at: usize) -> Value {
    let text = seal(school, entries);
    let raw = put(school, entries, "seal.2.sig", key.sign(&text).as_bytes());
    let ssh = put(school, entries, "seal.2.sshsig", sshsig::sign(key, &text).as_bytes());
    let files = json!([
        { "name": "seal.2.sig", "sha256": raw },
        { "name": "seal.2.sshsig", "sha256": ssh },
    ]);
    let fingerprint = key.public().fingerprint().to_string();
    let record = entries[place(entries, "sealed")]["record"].clone();
    entry(
        entries,
        at,
        json!({ "event": "signed", "record": record, "key": fingerprint, "files": files }),
    )
}

#[tokio::test]
async fn a_register_that_is_written_anew_as_it_was_has_no_finding() {
    assert_eq!(found(&forged(|_, _| {}).await).await, []);
}

#[tokio::test]
async fn an_unknown_event_and_a_later_version_are_notices() {
    let school = forged(|_, entries| {
        let end = entries.len();
        entries.push(entry(entries, end, json!({ "event": "weather-noted" })));
    });
    assert_eq!(found(&school.await).await, [(Level::Notice, "event-unknown")]);
    let school = forged(|_, entries| {
        let end = entries.len();
        let mut later = entry(entries, end, json!({ "event": "weather-noted" }));
        later["v"] = json!(2);
        entries.push(later);
    });
    assert_eq!(found(&school.await).await, [(Level::Notice, "entry-version")]);
}

#[tokio::test]
async fn a_register_of_another_archive_is_found() {
    let codes = finds(|_, entries| entries[0]["archive"] = json!("0".repeat(32))).await;
    assert!(codes.contains(&"register-foreign"), "{codes:?}");
}

#[tokio::test]
async fn a_witness_of_another_register_is_found() {
    let codes = finds(|_, entries| {
        let at = place(entries, "checkpoint-witnessed");
        entries[at]["root"] = json!(base64(Digest::of(b"another register")));
    });
    assert_eq!(codes.await, ["witness"]);
}

#[tokio::test]
async fn only_a_director_witnesses() {
    let witness = |key: SecretKey| {
        finds(move |school, entries| {
            let at = deputys_place(entries);
            let root = root_at(entries, at);
            let archive = school.home().archive();
            let text = CheckpointWitness { archive, size: at as u64, root }.to_text();
            let members = json!({
                "event": "checkpoint-witnessed", "key": key.public().fingerprint().to_string(),
                "size": at, "root": base64(root), "signature": key.sign(text.as_bytes()),
            });
            entries.insert(at, entry(entries, at, members));
        })
    };
    assert_eq!(witness(director()).await, Vec::<&str>::new());
    assert_eq!(witness(deputy()).await, ["witness"]);
}

#[tokio::test]
async fn only_a_director_endorses_a_new_log_key() {
    let codes = finds(|school, entries| {
        let at = deputys_place(entries);
        let (root, log_key) = (root_at(entries, at), SecretKey::from_seed(&[66; 32]).public());
        let archive = school.home().archive();
        let text = LogKeyEndorsement { archive, public_key: log_key, size: at as u64, root };
        let signature = deputy().sign(text.to_text().as_bytes());
        let key = deputy().public().fingerprint().to_string();
        let members = json!({
            "event": "log-key-changed", "log_key": log_key.to_string(), "size": at,
            "root": base64(root), "endorsement": { "key": key, "signature": signature },
        });
        entries.insert(at, entry(entries, at, members));
    });
    assert_eq!(codes.await, ["log-key"]);
}

#[tokio::test]
async fn only_a_directors_signature_on_a_seal_counts() {
    let sign = |key: SecretKey| {
        finds(move |school, entries| {
            let at = deputys_place(entries);
            let signed = signed_by(school, entries, &key, at);
            entries.insert(at, signed);
        })
    };
    assert_eq!(sign(director()).await, Vec::<&str>::new());
    assert_eq!(sign(deputy()).await, ["signature-key"]);
}

#[tokio::test]
async fn a_signature_after_the_revocation_of_its_key_is_found() {
    let codes = finds(|school, entries| {
        let end = entries.len();
        let signed = signed_by(school, entries, &deputy(), end);
        entries.push(signed);
    });
    assert_eq!(codes.await, ["signature-key"]);
}

#[tokio::test]
async fn a_signature_over_another_text_is_found_though_the_register_names_it() {
    for (file, name) in [(0, "seal.sig"), (1, "seal.sshsig")] {
        let codes = finds(|school, entries| {
            let bytes = match name {
                "seal.sig" => director().sign(b"another text").as_bytes().to_vec(),
                _ => sshsig::sign(&director(), b"another text").into_bytes(),
            };
            let at = place(entries, "signed");
            entries[at]["files"][file]["sha256"] = json!(put(school, entries, name, &bytes));
        });
        assert_eq!(codes.await, ["signature"], "{name}");
    }
}

#[tokio::test]
async fn a_signing_without_both_files_is_found() {
    for files in
        [json!([]), json!(["seal.sig"]), json!(["seal.sshsig"]), json!(["seal.txt", "x.y"])]
    {
        let codes = finds(|school, entries| {
            let at = place(entries, "signed");
            let names = files.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
            let named = names.map(|name| {
                let bytes = if name == "x.y" { b"?".to_vec() } else { seal(school, entries) };
                let mut kept = entries[at]["files"].as_array().unwrap().iter();
                let known = kept.find(|file| file["name"] == name);
                known.cloned().unwrap_or_else(
                    || json!({ "name": name, "sha256": put(school, entries, name, &bytes) }),
                )
            });
            entries[at]["files"] = named.collect();
        });
        assert_ne!(codes.await, Vec::<&str>::new(), "{files}");
    }
}

#[tokio::test]
async fn a_seal_that_says_otherwise_than_its_entry_is_found() {
    let changes = [
        ("class", json!("9Я")),
        ("period", json!("2025-26/q2")),
        ("retention", json!("statements")),
    ];
    for (member, value) in changes {
        let codes = finds(|_, entries| {
            let at = place(entries, "sealed");
            entries[at][member] = value;
        });
        assert_eq!(codes.await, ["seal-entry", "witness"], "{member}");
    }
}

#[tokio::test]
async fn a_seal_that_is_not_in_its_one_form_is_found_though_the_register_names_it() {
    let codes = finds(|school, entries| {
        let text = String::from_utf8(seal(school, entries)).unwrap().replace('\n', "\r\n");
        let at = place(entries, "sealed");
        entries[at]["seal"] = json!(put(school, entries, "seal.txt", text.as_bytes()));
    });
    assert_eq!(codes.await, ["seal-form", "witness"]);
}

#[tokio::test]
async fn two_records_that_replace_the_same_one_are_found() {
    let codes = finds(|_, entries| {
        let at = place(entries, "sealed");
        for record in [8, 9] {
            let mut sealed = entries[at].clone();
            let path = format!("records/2025-26/00000{record}-7a-q1-journal");
            (sealed["record"], sealed["path"]) = (json!(record), json!(path));
            sealed["replaces"] = entries[at]["record"].clone();
            sealed["time"] = entries[entries.len() - 1]["time"].clone();
            entries.push(sealed);
        }
    });
    let codes = codes.await;
    assert!(codes.contains(&"replaced-twice"), "{codes:?}");
}

#[tokio::test]
async fn a_number_that_is_given_twice_is_found() {
    let codes = finds(|_, entries| {
        let mut again = entries[place(entries, "sealed")].clone();
        again["time"] = entries[entries.len() - 1]["time"].clone();
        entries.push(again);
    });
    let codes = codes.await;
    assert!(codes.contains(&"entry-apply"), "{codes:?}");
}

#[tokio::test]
async fn a_document_that_is_not_canonical_is_found_though_the_register_names_it() {
    let codes = finds(|school, entries| {
        let at = place(entries, "settings-changed");
        let path = entries[at]["path"].as_str().unwrap().to_owned() + "/document.json";
        let mut text = fs::read(school.primary().join(&path)).unwrap();
        text.push(b'\n');
        for location in [school.primary(), school.second()] {
            fs::write(location.join(&path), &text).unwrap();
        }
        entries[at]["sha256"] = json!(Digest::of(&text).to_string());
    });
    assert_eq!(codes.await, ["document-form", "witness"]);
}

#[tokio::test]
async fn what_an_interrupted_write_or_another_version_left_is_a_notice() {
    for (path, code) in [
        ("README.txt", "program-file"),
        ("records/2025-26/package.zip#7", "unfinished-write"),
        ("register/tile/entries/009", "tile-beyond"),
    ] {
        let school = forged(|_, _| {}).await;
        fs::write(school.primary().join(path), "?").unwrap();
        assert_eq!(found(&school).await, [(Level::Notice, code)], "{path}");
    }
}

/// A copy of the first record, as an entry tells of it.
fn printed(entries: &[Value], record: u32, from: u32) -> Value {
    let named = entries[place(entries, "plan-adopted")].clone();
    let sheets = json!([{ "from": from, "kind": "last", "to": from }]);
    let mut event = json!({ "event": "printed", "copy": 1, "record": record, "sheets": sheets });
    for member in ["document", "path", "sha256", "retention"] {
        event[member] = named[member].clone();
    }
    entry(entries, entries.len(), event)
}

#[tokio::test]
async fn a_paper_copy_that_cannot_be_is_found() {
    let voided = |entries: &[Value], copy: u32, sheet: u32| {
        let sheets = json!([{ "from": sheet, "to": sheet }]);
        let event = json!({ "event": "sheet-voided", "copy": copy, "record": 1, "sheets": sheets });
        entry(entries, entries.len(), event)
    };
    type Told<'t> = &'t dyn Fn(&mut Vec<Value>);
    let copy: Told<'_> = &|entries| entries.push(printed(entries, 1, 1));
    let gap: Told<'_> = &|entries| entries.push(printed(entries, 1, 2));
    let unsealed: Told<'_> = &|entries| entries.push(printed(entries, 99, 1));
    let unprinted: Told<'_> = &|entries| entries.push(voided(entries, 2, 1));
    let in_force: Told<'_> = &|entries| entries.push(voided(entries, 1, 1));
    for (told, codes) in [
        (vec![copy], vec![]),
        (vec![gap], vec!["copy-sheets"]),
        (vec![unsealed], vec!["copy-record"]),
        (vec![copy, copy], vec!["copy-record"]),
        (vec![copy, unprinted], vec!["copy-voided"]),
        (vec![copy, in_force], vec!["copy-record"]),
    ] {
        let found = finds(|_, entries| told.iter().for_each(|told| told(entries)));
        let found: Vec<_> =
            found.await.into_iter().filter(|code| code.starts_with("copy-")).collect();
        assert_eq!(found, codes);
    }
}
