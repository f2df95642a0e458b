//! The primary location is lost: the second takes its place by an explicit command, and a new second
//! location gets a copy of everything.

use crate::bench::Bench;

/// verify.py finds nothing in this location.
fn verify_py_is_content(bench: &Bench, location: &str) {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/verify.py");
    bench.tool("python3", &[script, location]).exits(0).says("0 findings");
}

#[test]
fn while_the_primary_is_whole_nothing_is_promoted() {
    let bench = Bench::sealed();
    bench.letopis(&["promote"]).exits(1).notes("nothing was promoted");
}

#[test]
fn a_promoted_second_location_goes_on_as_the_primary_and_gets_a_second_of_its_own() {
    let bench = Bench::sealed();
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
    std::fs::remove_dir_all(bench.path("archive/primary")).unwrap();
    bench.letopis(&["rebuild"]).exits(2).notes("letopis promote");
    bench.letopis(&["promote"]).exits(0).notes("letopis second DIR");
    bench.letopis(&["second", "third"]).exits(0).says("a copy of everything");
    assert!(bench.list().iter().all(|r| r["state"] == "whole, signed"));
    bench.letopis(&["verify", "--deep"]).exits(0).says("all is as it was sealed");
    verify_py_is_content(&bench, "second");
    verify_py_is_content(&bench, "third");
}

#[test]
fn a_whole_lost_machine_is_made_again_from_one_copy_with_the_directors_key() {
    let bench = Bench::sealed();
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
    std::fs::remove_dir_all(bench.path("archive")).unwrap();
    bench.letopis(&["promote", "--from", "second"]).exits(1).notes("--key");
    let promote = ["promote", "--from", "second", "--key", "director.pem"];
    bench.letopis(&promote).exits(0).says("new, endorsed by the director");
    bench.letopis(&["second", "third"]).exits(0);
    bench.letopis(&["verify", "--deep"]).exits(0);
    verify_py_is_content(&bench, "third");
}
