//! Removable copies on the command line: an image read by stock tools, checked, damaged, named.

use crate::bench::Bench;
use crate::desk::{self, DEPUTY};
use std::path::{Path, PathBuf};

const PACKAGE: &str = "records/2025-26/000003-7a-q1-journal/package.zip";

fn copy(bench: &Bench, to: &str, room: &str) -> crate::bench::Run {
    let words = ["copy", "--to", to, "--label", to, "--kind", "optical", "--room", room];
    bench.letopis(&[&words[..], &["--closing", "2025-26/q1", "--by", DEPUTY]].concat())
}

/// Files below a directory by their paths within it.
fn below(bench: &Bench, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = bench.path(name);
    let within = |path: &Path| path.strip_prefix(&root).unwrap().to_owned();
    bench.tree(name).into_iter().map(|(path, bytes)| (within(&path), bytes)).collect()
}

#[test]
fn an_image_is_read_by_two_stock_tools_and_checks_itself_and_a_damaged_byte_is_named() {
    let bench = desk::printed();
    copy(&bench, "disc.iso", "12").exits(0).says("medium 1: 3 record(s)");
    bench.tool("7z", &["x", "-osevenzip", "disc.iso"]).exits(0);
    let extract = ["-osirrox", "on", "-indev", "disc.iso", "-extract", "/", "extracted"];
    bench.tool("xorriso", &extract).exits(0);
    let files = below(&bench, "sevenzip");
    assert!(files.iter().any(|(path, _)| path == Path::new(PACKAGE)));
    assert!(files == below(&bench, "extracted"), "7z and osirrox extract different files");
    bench.tool("python3", &["sevenzip/verify.py", "sevenzip"]).exits(0).says("0 findings");
    let check = ["check-medium", "disc.iso", "--by", DEPUTY];
    bench.letopis(&check).exits(0).says("medium 1: all is as it was written");

    let (mut image, package) =
        (bench.bytes("disc.iso"), bench.bytes(&format!("sevenzip/{PACKAGE}")));
    let found = image.windows(package.len()).position(|bytes| bytes == package);
    let middle = found.expect("the image holds the package as it is") + package.len() / 2;
    image[middle] ^= 1;
    bench.put("disc.iso", image);
    let run = bench.letopis(&check).exits(1).says(PACKAGE).says("medium 1: ");
    assert_eq!(
        run.out.lines().filter(|line| line.starts_with("FINDING")).count(),
        1,
        "{}",
        run.out
    );
    bench.tool("7z", &["x", "-odamaged", "disc.iso"]).exits(0);
    bench.tool("python3", &["damaged/verify.py", "damaged"]).exits(1).says(PACKAGE);
    let media = bench.letopis(&["media", "--json"]).exits(0).json();
    assert_eq!((&media[0]["medium"], &media[0]["findings"]), (&1.into(), &1.into()));
}

#[test]
fn two_media_in_one_room_are_warned_about_and_one_that_is_there_is_never_written_over() {
    let bench = desk::printed();
    copy(&bench, "one", "12").exits(0);
    copy(&bench, "one", "12").exits(1).notes("one");
    let other = copy(&bench, "two", "30").exits(0);
    assert!(!other.err.contains("warning"), "{}", other.err);
    copy(&bench, "three", "12").exits(0).notes("warning: medium 1 with the same records");
    let media = bench.letopis(&["media", "--json"]).exits(0).json();
    assert_eq!(media.as_array().unwrap().len(), 3);
}

#[test]
fn media_are_handed_over_with_an_act_to_the_director_alone() {
    let bench = desk::printed();
    copy(&bench, "one", "12").exits(0);
    copy(&bench, "two", "30").exits(0);
    let give = ["hand-over-media", "1", "2", "--act", "7", "--out", "act.pdf", "--to"];
    let to = |who| desk::enters(&bench, &[&give[..], &[who]].concat());
    to(desk::ARCHIVIST).exits(1).notes("is no director");
    assert!(!bench.path("act.pdf").exists(), "what is refused leaves no act");
    to(desk::DIRECTOR).exits(0).says("the act to be signed: act.pdf");
    to(desk::DIRECTOR).exits(2).notes("`act.pdf` is there already");
    let act = bench.tool("pdftotext", &["-layout", "act.pdf", "-"]).exits(0);
    act.says("Акт приёма-передачи").says("№ 7").says("2 (два) носителя").says("М. И. Орлова");
    let media = bench.letopis(&["media", "--json"]).exits(0).json();
    assert_eq!(media[1]["keeper"]["name"], desk::DIRECTOR);
}
