//! `scripts/verify.py`, written from the document alone, agrees with the program on what the program
//! made, and finds the same damage.

use crate::archive::{Bench, first_day, journals};
use letopis::demo;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn verify_py(arguments: &[&str]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/verify.py");
    let run = Command::new("python3").arg(script).args(arguments).output();
    run.expect("python3 is missing: apt-get install python3")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn record(location: &Path) -> std::path::PathBuf {
    let year = location.join("records/2025-26");
    let mut records: Vec<_> = fs::read_dir(year).unwrap().flatten().map(|e| e.path()).collect();
    records.sort();
    records.pop().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_py_finds_nothing_in_what_the_program_made() {
    let mut bench = Bench::signed(3).await;
    let corrected = journals(3).iter().map(demo::corrected).collect();
    bench.seal(corrected, first_day()).await;
    let director = bench.director.public().fingerprint().to_string();
    for second in [false, true] {
        let location = bench.location(second);
        let done = verify_py(&[location.to_str().unwrap(), "--director", &director]);
        assert!(done.status.success(), "{}", said(&done));
        assert!(said(&done).contains("0 findings"), "{}", said(&done));
        assert!(said(&done).contains(&director), "it prints the fingerprints of keys");
    }
    let done = verify_py(&[record(&bench.location(false)).to_str().unwrap()]);
    assert!(done.status.success(), "one record: {}", said(&done));
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_py_refuses_signatures_of_another_director() {
    let bench = Bench::signed(1).await;
    let other = "0".repeat(64);
    let done = verify_py(&[bench.location(false).to_str().unwrap(), "--director", &other]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_py_finds_damage_in_every_kind_of_file() {
    let bench = Bench::signed(1).await;
    let location = bench.location(true);
    let record = record(&location);
    let document = fs::read_dir(location.join("documents/2025")).unwrap().flatten().next().unwrap();
    let tile = location.join("register/tile/entries");
    let mut entries = vec![tile];
    while let Some(directory) = entries.iter().rposition(|p| p.is_dir()) {
        let directory = entries.remove(directory);
        entries.extend(fs::read_dir(directory).unwrap().flatten().map(|e| e.path()));
    }
    for path in [
        record.join("package.zip"),
        record.join("seal.txt"),
        record.join("seal.sig"),
        record.join("seal.sshsig"),
        document.path().join("document.json"),
        location.join("register/checkpoint"),
        location.join("allowed_signers"),
        entries.remove(0),
    ] {
        let good = fs::read(&path).unwrap();
        let mut bad = good.clone();
        let middle = bad.len() / 2;
        bad[middle] ^= 1;
        fs::write(&path, bad).unwrap();
        let done = verify_py(&[location.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(1), "{}: {}", path.display(), said(&done));
        fs::write(&path, good).unwrap();
    }
    fs::write(record.join("note.txt"), "?").unwrap();
    let done = verify_py(&[location.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    fs::remove_file(record.join("note.txt")).unwrap();
    assert!(verify_py(&[location.to_str().unwrap()]).status.success());
}
