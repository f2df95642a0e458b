use super::sample::all;
use crate::paper::render;
use std::path::Path;
use std::process::Command;

/// What a program writes, standard error after standard output. It must succeed.
fn run(program: &str, arguments: &[&str], path: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(path).output();
    let output =
        output.unwrap_or_else(|e| panic!("{program} must be installed (scripts/test does): {e}"));
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{program}: {text}");
    text
}

#[test]
fn every_form_is_a_sound_file_with_its_fonts_embedded_as_subsets() {
    let directory = tempfile::tempdir().unwrap();
    for (name, print) in all() {
        let path = directory.path().join("form.pdf");
        std::fs::write(&path, render(&print).unwrap()).unwrap();
        let said = run("qpdf", &["--check"], &path);
        assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
        assert!(!said.contains("WARNING"), "{name}: {said}");
        let said = run("pdffonts", &[], &path);
        assert!(said.lines().count() > 3, "{name}: {said}");
        for font in said.lines().skip(2) {
            let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert_eq!(flags, ["yes", "yes", "yes"], "{name}: {font}");
        }
    }
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    for ((name, first), (_, second)) in all().into_iter().zip(all()) {
        assert_eq!(render(&first).unwrap(), render(&second).unwrap(), "{name}");
    }
}
