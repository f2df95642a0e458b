//! The two locations: one may be away, one may be damaged.

use crate::bench::{Bench, PERIOD, journal};
use letopis::demo::corrected;

#[test]
fn work_goes_on_while_the_second_location_is_away_and_it_catches_up_by_itself() {
    let bench = Bench::sealed();
    bench.rename("second", "unplugged");
    bench.put_journal("7a.json", &corrected(&journal("7А")));
    bench.letopis(&["import", "7a.json"]).exits(0);
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    let run = run.says("one copy").says("the second location is missing");
    run.notes("the second location is missing: it is away").notes("3 record(s) have one copy now");
    assert_eq!(bench.list()[3]["state"], "one copy, waits for signature");
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["second"]["state"], "away");
    assert_eq!(status["records"]["one_copy"], 4);

    bench.rename("unplugged", "second");
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["second"]["state"], "behind");
    assert_eq!(status["second"]["behind"], 2, "sealed and replaced");
    assert_eq!(status["records"]["one_copy"], 1);
    bench.letopis(&["show", "4"]).exits(0).says("not there yet");
    bench.letopis(&["rebuild"]).exits(0).notes("was behind and has got the 2 entries it lacked");
    bench.letopis(&["status"]).exits(0).says("second: whole");
    assert_eq!(bench.list()[3]["state"], "whole, waits for signature");
}

#[test]
fn an_empty_mount_point_is_never_written_to() {
    let bench = Bench::sealed();
    bench.rename("second", "unplugged");
    std::fs::create_dir(bench.path("second")).unwrap();
    bench.put_journal("7a.json", &corrected(&journal("7А")));
    bench.letopis(&["import", "7a.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0).notes("it has no location.json");
    assert_eq!(std::fs::read_dir(bench.path("second")).unwrap().count(), 0);
}

#[test]
fn without_the_primary_the_second_location_answers_and_nothing_is_written() {
    let bench = Bench::signed();
    bench.rename("archive/primary", "lost");
    let list =
        bench.letopis(&["list", "--json"]).exits(0).notes("the primary location cannot be used");
    assert_eq!(list.json()[0]["state"], "one copy, in the second location, signed");
    bench.letopis(&["show", "1"]).exits(0).says("away").says("/second/records/2025-26/000001");
    bench.letopis(&["check", "--period", PERIOD, "--class", "7А"]).exits(0);
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["primary"]["state"], "away");
    assert_eq!(status["second"]["state"], "whole");
    let before = bench.tree("second");
    bench.letopis(&["sign", "--key", "director.pem"]).exits(2).notes("`letopis promote`");
    assert_eq!(before, bench.tree("second"));
}

#[test]
fn without_any_location_both_are_named() {
    let bench = Bench::sealed();
    bench.rename("archive/primary", "lost");
    bench.rename("second", "unplugged");
    let run = bench.letopis(&["list"]).exits(2);
    run.notes("The primary: it is away").notes("the second: it is away");
}

#[test]
fn show_compares_every_file_byte_for_byte_in_both_locations() {
    let bench = Bench::signed();
    bench.letopis(&["show", "3"]).exits(0).says("package.zip");
    let record = "records/2025-26/000003-7a-q1-journal";
    bench.damage(&format!("second/{record}/package.zip"));
    std::fs::remove_file(bench.path("archive/primary").join(record).join("seal.sig")).unwrap();
    let shown = bench.letopis(&["show", "3", "--json"]).exits(1).json();
    let file = |name: &str| {
        let files = shown["files"].as_array().unwrap();
        let file = files.iter().find(|file| file["name"] == name).unwrap();
        [file["primary"].as_str().unwrap().to_owned(), file["second"].as_str().unwrap().to_owned()]
    };
    assert_eq!(file("package.zip"), ["right", "altered"]);
    assert_eq!(file("seal.txt"), ["right", "right"]);
    assert_eq!(file("seal.sig"), ["missing", "right"]);
    bench.letopis(&["show", "3"]).exits(1).says("ALTERED").says("MISSING");
}

#[test]
fn a_journal_is_read_from_the_location_that_has_it_undamaged() {
    let bench = Bench::sealed();
    bench.damage("archive/primary/records/2025-26/000003-7a-q1-journal/package.zip");
    let check = ["check", "--period", PERIOD, "--class", "7А"];
    bench.letopis(&check).exits(0);
    bench.damage("second/records/2025-26/000003-7a-q1-journal/package.zip");
    bench.letopis(&check).exits(2).notes("record 000003 is damaged");
}

#[test]
fn a_register_rolled_back_in_both_locations_is_refused() {
    let bench = Bench::sealed();
    let older = Bench::imported();
    let id = |bench: &Bench| bench.text("second/location.json");
    assert_eq!(id(&bench), id(&older), "two states of one archive");
    for location in ["archive/primary", "second"] {
        bench.rename(location, "newer");
        std::fs::rename(older.path(location), bench.path(location)).unwrap();
        bench.rename("newer", &format!("{location}.kept"));
    }
    let run = bench.letopis(&["adopt", "--school-name", "Школа"]).exits(1);
    run.notes("this is an older copy");
    bench.letopis(&["status"]).exits(1).says("CONTRADICTS what was acknowledged");
    bench.letopis(&["verify"]).exits(1).says("FINDING  register-older").says("an older copy");
    bench.letopis(&["repair"]).exits(1).notes("neither location has a register that verifies");
}

#[test]
fn a_location_that_lacks_files_is_incomplete_and_no_longer_whole() {
    let bench = Bench::sealed();
    std::fs::remove_file(bench.path("second/records/2025-26/000001-6a-q1-journal/seal.txt"))
        .unwrap();
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    assert_eq!(status["primary"]["state"], "whole");
    assert_eq!(status["second"]["state"], "incomplete");
    assert_eq!(status["records"]["one_copy"], 1);
    bench.letopis(&["status"]).exits(0).says("incomplete; `letopis verify` tells more");
}

#[test]
fn two_locations_on_one_device_are_warned_about_and_on_two_they_are_not() {
    use std::os::unix::fs::MetadataExt as _;
    let bench = Bench::archive();
    let same_device = |bench: &Bench| {
        let status = bench.letopis(&["status", "--json"]).exits(0).json();
        status["same_device"].as_bool().unwrap()
    };
    assert!(same_device(&bench));
    bench.letopis(&["status"]).exits(0).says("both are on one device");
    let other = tempfile::tempdir_in("/dev/shm").unwrap();
    let device = |path: &std::path::Path| std::fs::metadata(path).unwrap().dev();
    assert_ne!(device(&bench.path(".")), device(other.path()), "/dev/shm is a disk of its own");
    let second = other.path().join("second");
    let run = bench.letopis(&["second", second.to_str().unwrap()]).exits(0);
    assert!(!run.err.contains("one device"), "{}", run.err);
    assert!(!same_device(&bench));
}

#[test]
fn each_location_can_be_verified_by_itself() {
    let bench = Bench::signed();
    bench.damage("second/records/2025-26/000003-7a-q1-journal/package.zip");
    bench.letopis(&["verify", "--location", "primary"]).exits(0).says("verified 3 record copies");
    let run = bench.letopis(&["verify", "--location", "second"]).exits(1);
    run.says("FINDING  package-digest  second");
    let report = bench.letopis(&["verify", "--json"]).exits(1).json();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["level"] == "finding").unwrap();
    assert_eq!([&finding["code"], &finding["location"]], ["package-digest", "second"]);
    assert_eq!(finding["path"], "records/2025-26/000003-7a-q1-journal/package.zip");
    bench.letopis(&["verify", "--location", "both"]).exits(1).says("verified 6 record copies");
    bench.rename("second", "unplugged");
    bench.letopis(&["verify", "--location", "primary"]).exits(0);
    bench.letopis(&["verify"]).exits(1).says("FINDING  location-away  second");
}
