//! The demo: the whole job on an invented school.

use crate::bench::Bench;

#[test]
fn the_demo_does_the_whole_job_and_tells_what_a_director_wants_to_know() {
    let bench = Bench::empty();
    let run = bench.letopis(&["demo", "--classes", "6", "--out", "d"]).exits(0);
    let run = run.says("Not closing now: 10А (they close with half-year 1)");
    let run = run.says("records   5, of them 5 in both places").says("signed    5 by director");
    let run = run.says("verified  both places, every package opened");
    let run = run.says("all is as it was sealed");
    run.says("through 2031-12-31").says("unzip -t package.zip");
    let list = bench.letopis(&["--archive", "d/archive", "list", "--json"]).exits(0).json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 5);
    assert!(list.iter().all(|record| record["state"] == "whole, signed"));
}

#[test]
fn the_commands_the_demo_ends_with_succeed() {
    let bench = Bench::empty();
    let run = bench.letopis(&["demo", "--classes", "1", "--out", "d e'f"]).exits(0);
    let lines = run.out.lines().skip_while(|line| !line.starts_with("To check"));
    let commands: Vec<&str> = lines.skip(1).take_while(|line| line.starts_with("  ")).collect();
    assert!(commands.len() >= 5, "{commands:?}");
    bench.shell(&commands.join("\n")).exits(0).says("Signature Verified Successfully");
    let lines = run.out.lines().skip_while(|line| !line.starts_with("To look further"));
    let further: Vec<&str> = lines.skip(1).take_while(|line| line.starts_with("  ")).collect();
    assert_eq!(further.len(), 4, "{further:?}");
    bench.shell(&further.join("\n")).exits(0).says("000001").says("/second-location: whole");
}

#[test]
fn the_clock_of_the_demo_is_october_2025_and_a_later_one_is_asked_about() {
    let bench = Bench::empty();
    bench.letopis(&["demo", "--classes", "1", "--out", "d"]).exits(0).says("--clock-is-right");
    let adopt = ["--archive", "d/archive", "adopt", "--school-name", "Школа"];
    bench.letopis(&adopt).exits(1).notes("if the clock is right, repeat with --clock-is-right");
    bench.letopis(&[&adopt[..], &["--clock-is-right"]].concat()).exits(0);
    bench.letopis(&adopt).exits(0).says("nothing was written");
}

#[test]
fn a_demo_replaces_a_former_demo_and_nothing_else() {
    let bench = Bench::empty();
    bench.letopis(&["demo", "--classes", "1", "--out", "d"]).exits(0);
    bench.put("d/notes.txt", b"mine");
    let former = bench.text("d/archive/archive.toml");
    bench.letopis(&["demo", "--classes", "1", "--out", "d"]).exits(0);
    assert_ne!(former, bench.text("d/archive/archive.toml"));
    assert_eq!(bench.bytes("d/notes.txt"), b"mine");

    std::fs::create_dir(bench.path("photos")).unwrap();
    bench.put("photos/archive", b"mine");
    bench.letopis(&["demo", "--classes", "1", "--out", "photos"]).exits(1).notes("no former demo");
    assert_eq!(bench.tree("photos").len(), 1);
}
