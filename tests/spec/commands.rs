//! What holds for every command, and the small ones.

use crate::bench::{Bench, PERIOD, Run, journal};
use letopis::archive::Home;
use letopis::journal::ClassKind;
use serde_json::json;
use std::fs;
use std::process::Stdio;

const SCHOOL: [&str; 4] = ["--school-id", "1020200000001", "--school-name", "МБОУ «СОШ № 7»"];

fn init(bench: &Bench, arguments: &[&str]) -> Run {
    bench.letopis(&[&["init"], arguments, &SCHOOL].concat())
}

#[test]
fn help_and_version_are_no_errors_and_wrong_usage_is_bad_input() {
    let bench = Bench::empty();
    bench.letopis(&["--help"]).exits(0).says("snapshot");
    bench.letopis(&["--version"]).exits(0).says(env!("CARGO_PKG_VERSION"));
    bench.letopis(&[]).exits(2).notes("Usage");
    bench.letopis(&["snapshot", "--period", "осень"]).exits(2).notes("write it like 2025-26/q1");
}

#[test]
fn every_command_names_the_archive_that_is_not_there() {
    let bench = Bench::empty();
    for command in ["list", "status", "rebuild", "snapshot --period 2025-26/q1", "import x"] {
        let run = bench.letopis(&command.split(' ').collect::<Vec<_>>()).exits(2);
        assert_eq!(run.out, "", "{command}");
        run.notes("there is no archive in `archive`; `letopis init` makes one");
    }
    assert!(!bench.path("archive").exists());
}

#[test]
fn the_archive_is_named_by_option_before_the_environment() {
    let bench = Bench::archive();
    bench.rename("archive", "elsewhere");
    bench.letopis(&["status"]).exits(2);
    bench.letopis(&["--archive", "elsewhere", "status"]).exits(0);
    bench.letopis(&["status", "--archive", "elsewhere"]).exits(0);
}

#[test]
fn init_makes_two_locations_and_tells_the_log_key() {
    let bench = Bench::empty();
    let run = init(&bench, &["--second", "second"]).exits(0);
    let log_key = run.out.lines().find_map(|line| line.strip_prefix("log key   ")).unwrap();
    assert_eq!(log_key.len(), 64);
    run.says("keys new").notes("both locations are on one device");
    for location in ["archive/primary", "second"] {
        for file in ["location.json", "README.txt", "verify.py", "register/checkpoint"] {
            assert!(bench.path(location).join(file).is_file(), "{location}/{file}");
        }
    }
    bench.letopis(&["status"]).exits(0).says("second: whole");
}

#[test]
fn init_never_touches_what_is_there() {
    let bench = Bench::archive();
    let before = bench.tree("archive");
    init(&bench, &["--second", "other"]).exits(1).notes("holds an archive already");
    assert_eq!(before, bench.tree("archive"));

    let bench = Bench::empty();
    fs::create_dir(bench.path("second")).unwrap();
    bench.put("second/holiday.jpg", b"");
    init(&bench, &["--second", "second"]).exits(1).notes("is not empty");
    bench.letopis(&["status"]).exits(2).notes("there is no archive");
}

#[test]
fn one_place_cannot_be_both_locations() {
    let bench = Bench::empty();
    for second in ["archive/primary", "archive", "archive/primary/inside", "."] {
        init(&bench, &["--second", second])
            .exits(1)
            .notes("are one place, or one lies in the other");
    }
    assert!(!bench.path("archive/archive.toml").exists());
}

#[test]
fn a_file_plan_or_regulation_that_does_not_read_is_refused_with_every_line() {
    let bench = Bench::empty();
    bench.put("plan.toml", "title = 5\nwhat = \"is this\"\n");
    let run = init(&bench, &["--second", "second", "--file-plan", "plan.toml"]).exits(2);
    run.notes("plan.toml:1").notes("plan.toml:2");
    bench.put("rules.toml", "nonsense = 1\n");
    let run = init(&bench, &["--second", "second", "--regulation", "rules.toml"]).exits(2);
    run.notes("rules.toml").notes("nonsense");
    assert!(!bench.path("archive").exists());
}

#[test]
fn a_busy_archive_says_who_is_writing_and_can_be_looked_at() {
    let bench = Bench::sealed();
    let home = Home::find(&bench.path("archive")).unwrap();
    let now = "2025-10-25T07:00:00Z".parse().unwrap();
    let lock = home.lock("letopis snapshot", now).unwrap();
    bench.letopis(&["rebuild"]).exits(2).notes("the archive is busy: letopis snapshot, process");
    bench.letopis(&["status"]).exits(0).says("busy      letopis snapshot, process");
    assert_eq!(bench.list().len(), 3);
    bench.letopis(&["show", "3"]).exits(0);
    bench.letopis(&["check", "--period", PERIOD, "--class", "7А"]).exits(0);
    drop(lock);
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["busy"], json!(null));
    bench.letopis(&["rebuild"]).exits(0);
}

#[test]
fn a_lock_left_by_a_killed_process_is_nobodys() {
    let bench = Bench::archive();
    bench.put("archive/lock", "letopis snapshot, process 4711, since 2025-10-25T07:00:00Z\n");
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["busy"], json!(null));
    bench.letopis(&["rebuild"]).exits(0);
}

#[test]
fn rebuild_gives_the_same_answers_from_the_register_alone() {
    let bench = Bench::signed();
    let before = bench.list();
    bench.letopis(&["rebuild"]).exits(0).says("3 record(s)");
    assert_eq!(before, bench.list());
    for file in fs::read_dir(bench.path("archive/catalogue")).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::write(path, b"not a database").unwrap();
        }
    }
    bench.letopis(&["rebuild"]).exits(0).says("3 record(s)");
    fs::remove_dir_all(bench.path("archive/catalogue")).unwrap();
    bench.letopis(&["rebuild"]).exits(0).says("3 record(s)");
    bench.letopis(&["sign", "--key", "director.pem"]).exits(1).notes("no seal waits");
}

#[test]
fn register_check_knows_every_checkpoint_the_register_ever_had() {
    let bench = Bench::archive();
    let head = |bench: &Bench| {
        let status = bench.letopis(&["status", "--json"]).exits(0).json();
        let root = status["register"]["root"].as_str().unwrap().to_owned();
        (status["register"]["size"].to_string(), root)
    };
    let (size, root) = head(&bench);
    bench.letopis(&["adopt", "--school-name", "МБОУ «СОШ № 8»"]).exits(0);
    bench.letopis(&["adopt", "--school-name", "МБОУ «СОШ № 9»"]).exits(0);
    assert_ne!(root, head(&bench).1);
    let check = |size: &str, root: &str| bench.letopis(&["register", "check", size, root]);
    check(&size, &root).exits(0).says("yes");
    check(&size, &root[..16].to_uppercase()).exits(0);
    let mut other = root[..16].to_owned();
    other.replace_range(15..16, if other.ends_with('0') { "1" } else { "0" });
    check(&size, &other).exits(1).says("no");
    check("4000", &root).exits(1).says("it never had 4000");
    check(&size, &root[..15]).exits(2).notes("16 to 64");
    // The checkpoint itself prints its root in base64.
    let note = bench.text("archive/primary/register/checkpoint");
    let lines: Vec<&str> = note.lines().collect();
    check(lines[1], lines[2]).exits(0);
}

#[test]
fn a_new_file_plan_changes_nothing_about_earlier_records() {
    let bench = Bench::sealed();
    let school = include_str!("../../retention/school.toml");
    let longer = school.replacen("years = 5", "years = 10", 1);
    assert_ne!(school, longer, "journals are kept 5 years in the plan that comes with Letopis");
    bench.put("plan.toml", &longer);
    bench.letopis(&["adopt", "--file-plan", "plan.toml"]).exits(0).says("plan.toml");
    bench.letopis(&["adopt", "--file-plan", "plan.toml"]).exits(0).says("nothing was written");

    let corrected = letopis::demo::corrected(&journal("7А"));
    bench.put_journal("7a.json", &corrected);
    let mut new = journal("6А");
    new.class.kind = ClassKind::School { grade: 7, letter: Some("В".to_owned()) };
    bench.put_journal("7v.json", &new);
    bench.letopis(&["import", "7a.json", "7v.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    let list = bench.list();
    assert_eq!(list[2]["kept_through"], "2031-12-31");
    assert_eq!(list[3]["replaces"], 3);
    assert_eq!(list[3]["kept_through"], "2031-12-31", "it keeps the term of the one it replaces");
    assert_eq!(list[4]["class"], "7В");
    assert_eq!(list[4]["kept_through"], "2036-12-31");
    assert_eq!(list[4]["may_be_destroyed_from"], "2037-01-01");
}

#[test]
fn a_reader_that_goes_away_early_is_no_failure() {
    let bench = Bench::sealed();
    let mut child = bench
        .command(&["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
