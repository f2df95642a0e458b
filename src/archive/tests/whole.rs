//! What a whole archive is.

use super::school::{Files, School, files_below};
use crate::archive::verify::{self, Request};
use crate::archive::{Archive, Reading};
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::location::{LOCATION_FILE, file_in};
use std::collections::BTreeMap;

/// Everything a catalogue answers.
pub(super) fn answers(catalogue: &Catalogue) -> String {
    format!(
        "{:#?}",
        (
            catalogue.position().unwrap(),
            catalogue.records().unwrap(),
            (catalogue.documents().unwrap(), catalogue.copies().unwrap()),
            (catalogue.plan().unwrap(), catalogue.settings().unwrap()),
            catalogue.roster().unwrap(),
            catalogue.last_record().unwrap(),
            catalogue.log_key().unwrap(),
            catalogue.keyring(),
        )
    )
}

fn without_name(mut files: Files) -> Files {
    files.remove(LOCATION_FILE);
    files
}

/// Both locations hold the same bytes; records and documents are those of the register, no more and no
/// less; the catalogue answers like one made anew.
pub(super) async fn assert_whole(school: &School, archive: &Archive, when: &str) {
    assert_eq!(archive.missing_second(), None, "{when}");
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    assert_eq!(answers(archive.catalogue()), answers(reading.catalogue()), "{when}");
    let primary = without_name(files_below(&school.primary()));
    let second = without_name(files_below(&school.second()));
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&primary), names(&second), "{when}");
    assert!(primary == second, "{when}: the locations differ");
    let registered = registered(reading.catalogue(), &primary);
    let kept = |path: &str| path.starts_with("records/") || path.starts_with("documents/");
    let found: BTreeMap<String, Digest> = primary
        .into_iter()
        .filter(|(path, _)| kept(path))
        .map(|(path, bytes)| (path, Digest::of(&bytes)))
        .collect();
    assert_eq!(found, registered, "{when}");
}

/// Verification has nothing to say.
pub(super) async fn assert_verifies(school: &School, when: &str) {
    let request = Request { only: None, deep: false };
    let report = verify::run(&school.home(), school.stores(), request, &|_, _| {}).await.unwrap();
    let expected = ["waits-for-signature", "key-by-order"];
    let findings = report.findings.iter().filter(|f| !expected.contains(&f.code));
    let findings: Vec<String> = findings.map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{when}: {findings:#?}");
}

/// The files of records and documents that the register names, and the prints that documents name, with
/// their digests.
fn registered(catalogue: &Catalogue, there: &Files) -> BTreeMap<String, Digest> {
    let mut files = BTreeMap::new();
    for record in catalogue.records().unwrap() {
        files.extend(record.files().map(|(name, digest)| (file_in(&record.path, name), digest)));
    }
    for document in catalogue.documents().unwrap() {
        let path = file_in(&document.path, "document.json");
        let text = there.get(&path).map_or(&b"{}"[..], Vec::as_slice);
        let text: serde_json::Value = serde_json::from_slice(text).unwrap();
        if let Some(pdf) = text["pdf"].as_str() {
            files.insert(file_in(&document.path, "document.pdf"), pdf.parse().unwrap());
        }
        files.insert(path, document.sha256);
    }
    files
}
