//! Files of a location that somebody put there to do harm: found, and nothing falls over.

use crate::bench::{Bench, Run};
use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::Command;
use zip::write::SimpleFileOptions;

/// Bytes of a file that is not read whole: more than a command may take.
const HUGE: u64 = 128 << 20;

/// Runs the program, which never takes more than this much memory.
fn within(bench: &Bench, mebibytes: u64, arguments: &[&str]) -> Run {
    const MEASURE: &str = "\
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print('peak', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)";
    let mut command = Command::new("python3");
    command.args(["-c", MEASURE, env!("CARGO_BIN_EXE_letopis"), "--archive", "archive"]);
    let output = command.args(arguments).current_dir(bench.path(".")).output().unwrap();
    let run = Run::of(output, &arguments.join(" "));
    let peak = run.err.lines().find_map(|line| line.strip_prefix("peak ")).unwrap();
    let peak: u64 = peak.parse().unwrap();
    assert!(peak < mebibytes << 10, "{arguments:?} took {peak} KiB: {}", run.err);
    run
}

/// The first file below a directory whose path ends like this.
fn find(bench: &Bench, below: &str, ending: &str) -> PathBuf {
    let files = bench.tree(below).into_iter().map(|(path, _)| path);
    let mut found = files.filter(|path| path.to_string_lossy().ends_with(ending));
    found.next().unwrap_or_else(|| panic!("no {ending} below {below}"))
}

/// Makes files huge that are found in one pass, each with its code, and repairs them.
fn huge(bench: &Bench, files: &[(String, &str, &str)]) {
    for (below, ending, _) in files {
        File::create(find(bench, below, ending)).unwrap().set_len(HUGE).unwrap();
    }
    let said = within(bench, 100, &["verify"]).exits(1);
    files.iter().fold(said, |said, (_, _, code)| said.says(&format!("FINDING  {code}")));
    within(bench, 100, &["repair"]).exits(0);
}

#[test]
fn a_huge_file_in_place_of_any_file_is_found_and_repaired_in_little_memory() {
    let bench = Bench::signed();
    for location in ["archive/primary", "second"] {
        let below = |directory: &str| format!("{location}/{directory}");
        let records = || below("records");
        let files = [
            (records(), "000001-6a-q1-journal/package.zip", "package-digest"),
            (records(), "000002-6b-q1-journal/seal.txt", "seal-digest"),
            (records(), "000003-7a-q1-journal/seal.sig", "signature-digest"),
            (records(), "000003-7a-q1-journal/seal.sshsig", "signature-digest"),
            (below("documents"), "document.json", "file-unreadable"),
            (below("keys"), ".pub.pem", "file-unreadable"),
            (below("register/tile/0"), "", "tile-unreadable"),
        ];
        huge(&bench, &files);
        huge(&bench, &[(below("register/tile/entries"), "", "tile-unreadable")]);
        huge(&bench, &[(below("register"), "checkpoint", "checkpoint-form")]);
        let name = bench.path(&below("location.json"));
        let before = fs::read(&name).unwrap();
        File::create(&name).unwrap().set_len(HUGE).unwrap();
        within(&bench, 100, &["verify"]).exits(1).says("FINDING  location-away");
        fs::write(&name, before).unwrap();
    }
    bench.letopis(&["verify", "--deep"]).exits(0);
}

/// A package of these members, all of them as one record's.
fn package(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let name = format!("000003-7a-q1-journal/{name}");
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Two members of one name, which the zip writer itself refuses to make.
fn with_a_member_twice() -> Vec<u8> {
    let mut bytes = package(&[("data/journal.json", b"{}"), ("data/journal.jsom", b"{}")]);
    while let Some(at) = bytes.windows(4).position(|window| window == b"jsom") {
        bytes[at + 3] = b'n';
    }
    bytes
}

#[test]
fn a_zip_bomb_or_a_member_twice_in_place_of_a_package_is_found_and_repaired() {
    let bench = Bench::signed();
    let zeros = vec![0; 300 << 20];
    let bomb = package(&[("data/cards.jsonl", &zeros)]);
    assert!(bomb.len() < 2 << 20, "it is a bomb: {} bytes", bomb.len());
    drop(zeros);
    let whole = bench.bytes("second/records/2025-26/000003-7a-q1-journal/package.zip");
    for location in ["archive/primary", "second"] {
        for (bad, code) in
            [(&bomb, "package-too-large"), (&with_a_member_twice(), "package-unreadable")]
        {
            let file = format!("{location}/records/2025-26/000003-7a-q1-journal/package.zip");
            bench.put(&file, bad);
            let run = within(&bench, 500, &["verify", "--deep"]).exits(1);
            run.says("FINDING  package-digest").says(&format!("FINDING  {code}"));
            within(&bench, 100, &["show", "3"]).exits(1).says("ALTERED");
            bench.letopis(&["repair"]).exits(0);
            assert_eq!(bench.bytes(&file), whole);
        }
    }
    bench.letopis(&["verify", "--deep"]).exits(0);
}
