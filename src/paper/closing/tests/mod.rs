//! The papers as files, and what all of them have in common.

mod papers;

use super::samples::*;
use super::*;
use crate::paper::tests::files::assert_preflight;
use crate::paper::wording::{OwnFile, Shipped, Wording};
use crate::paper::{PaperError, Print, render};
use crate::register::SheetKind;
use std::path::Path;
use std::process::Command;

/// What a program says of a file. It must succeed.
fn said(program: &str, before: &[&str], path: &Path, after: &[&str]) -> String {
    let output = Command::new(program).args(before).arg(path).args(after).output();
    let output =
        output.unwrap_or_else(|e| panic!("{program} must be installed (scripts/test does): {e}"));
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{program}: {text}");
    text
}

/// What `pdftotext` reads in a print, with single spaces.
fn text(print: &Print) -> String {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("form.pdf");
    std::fs::write(&path, render(print).unwrap()).unwrap();
    let text = said("pdftotext", &["-layout"], &path, &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let found = text[from..].find(word);
        from +=
            found.unwrap_or_else(|| panic!("«{word}» after byte {from} of: {text}")) + word.len();
    }
}

/// No letter lies over another, and none outside the paper's printable part (5 mm from its edge).
fn assert_apart(name: &str, print: &Print) {
    use crate::paper::{Length, Run};
    for side in &print.sides {
        let taken = |run: &Run| {
            let (up, down) = (run.size.part(91, 100), run.size.part(28, 100));
            let width = run.text.width(run.size);
            (run.at.x, run.at.y - up, run.at.x + width, run.at.y + down)
        };
        let taken: Vec<_> = side.runs().iter().map(|run| (taken(run), run)).collect();
        let (far, low, edge) = (side.format().width(), side.format().height(), Length::mm(5));
        for (index, (a, run)) in taken.iter().enumerate() {
            assert!(a.0 >= edge && a.2 <= far - edge, "{name}: {run:?}");
            assert!(a.1 >= edge && a.3 <= low - edge, "{name}: {run:?}");
            for (b, other) in &taken[index + 1..] {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{name}: {run:?}\noverlaps\n{other:?}");
            }
        }
    }
}

#[test]
fn every_paper_of_the_closing_is_a_sound_file_with_its_fonts() {
    let directory = tempfile::tempdir().unwrap();
    let sample = Sample::new();
    for (name, print) in sample.all() {
        let bytes = render(&print).unwrap();
        let path = directory.path().join(format!("{name}.pdf"));
        std::fs::write(&path, &bytes).unwrap();
        let checked = said("qpdf", &["--check"], &path, &[]);
        assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
        assert!(!checked.contains("WARNING"), "{name}: {checked}");
        let fonts = said("pdffonts", &[], &path, &[]);
        assert!(fonts.lines().count() > 3, "{name}: {fonts}");
        for font in fonts.lines().skip(2) {
            let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert!(font.contains("+PT") && flags == ["yes", "yes", "yes"], "{name}: {font}");
        }
        assert_apart(name, &print);
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let (once, again) = (Sample::new(), Sample::new());
    for ((name, a), (_, b)) in once.all().iter().zip(again.all().iter()) {
        assert_eq!(render(a).unwrap(), render(b).unwrap(), "{name}");
    }
}

#[test]
fn preflight_accepts_a_checklist_rendered_as_part_1() {
    let sample = Sample::new();
    let print = checklist(12).print(&sample.head()).unwrap();
    assert_preflight("checklist", &print);
}

#[test]
fn a_count_without_words_is_refused() {
    let sample = Sample::new();
    let sheet = CertifyingSheet { sheets: 1_000_000, ..certifying_sheet() };
    let error = sheet.print(&sample.head()).unwrap_err();
    assert!(matches!(error, PaperError::Count { .. }), "{error}");
    assert!(error.to_string().starts_with("ЛИСТ-ЗАВЕРИТЕЛЬ ДЕЛА № 02-14/2026: 1000000"), "{error}");
}

#[test]
fn a_school_s_own_template_changes_the_paper() {
    let shipped = Wording::shipped_text(Shipped::School, "closing.toml").unwrap();
    let own = shipped
        .replace("\"Контрольный лист {class} за {period}\"", "\"Лист контроля: {class}\"")
        .replace("title = \"Титульный лист\"", "title = \"Обложка\"");
    let own = [OwnFile { name: "closing.toml", toml: &own }];
    let sample = Sample::with(Wording::with_own(Shipped::School, &own).unwrap());
    let print = checklist(3).print(&sample.head()).unwrap();
    assert_eq!(print.title, "Лист контроля: 7А класса");
    let text = text(&print);
    assert_in_order(&text, &["Лист контроля: 7А класса", "Обложка"]);
    assert!(!text.contains("Титульный"), "{text}");
}

#[test]
fn long_names_stay_in_their_cells() {
    let long =
        "Константинопольская-Преображенская-Благовещенская-Рождественская Анна-Мария Карловна";
    let mut sample = Sample::new();
    sample.officials.iter_mut().for_each(|official| official.name = name(long));
    let head = sample.head();
    let mut list = checklist(12);
    list.class_teacher = Some(name(long));
    list.pages.iter_mut().for_each(|page| page.signer = Some(name(long)));
    let mut act = media_act();
    act.giver.name = name(long);
    act.media.iter_mut().for_each(|medium| medium.keeper = name(long));
    let mut register = general_register(20);
    register.lines.iter_mut().for_each(|line| line.given = name(long));
    let mut folder = folder();
    folder.copies.iter_mut().for_each(|copy| copy.class_teacher = Some(name(long)));
    let to_sign = WhereToSign { teacher: name(long), ..where_to_sign() };
    for (name, print) in [
        ("schedule", schedule().print(&head)),
        ("checklist", list.print(&head)),
        ("act", act.print(&head)),
        ("register", register.print(&head)),
        ("folder", folder.print(&head)),
        ("where to sign", to_sign.print(&head)),
        ("certifying", certifying_sheet().print(&head)),
    ] {
        assert_apart(name, &print.unwrap());
    }
}

#[test]
fn an_emoji_fails_with_the_paper_it_stands_in() {
    let sample = Sample::new();
    let mut register = general_register(1);
    register.lines[0].note = "сдано 🦄".into();
    let error = register.print(&sample.head()).unwrap_err();
    let PaperError::NoGlyph { text, place, .. } = error else { panic!("{error}") };
    assert_eq!(text, "сдано 🦄");
    assert!(
        place.starts_with("Общий реестр бумажных копий") && place.ends_with("Примечание"),
        "{place}"
    );
}

#[test]
fn sheet_numbers_are_joined_and_counted() {
    let run = |from, to| run(SheetKind::Page, from, to, Some(1));
    let numbers = |runs: &[crate::register::SheetRun]| crate::paper::closing::sheets::numbers(runs);
    assert_eq!(numbers(&[]), "");
    assert_eq!(numbers(&[run(41, 41), run(3, 4), run(5, 5)]), "3–5, 41");
    assert_eq!(crate::paper::closing::sheets::sum(&[run(41, 41), run(3, 5)]), 4);
}

#[test]
fn periods_of_one_year_name_it_once() {
    let of = |ids: &[&str]| {
        crate::paper::closing::sheets::periods(&ids.iter().map(|id| period(id)).collect::<Vec<_>>())
    };
    assert_eq!(
        of(&["2025-26/q2", "2025-26/h1", "2025-26/q2"]),
        "2 четверть, 1 полугодие 2025/26 учебного года"
    );
    assert_eq!(of(&["2025-26/q4", "2025-26/year"]), "4 четверть, 2025/26 учебный год");
    assert_eq!(
        of(&["2024-25/q4", "2025-26/q1"]),
        "4 четверть 2024/25 учебного года, 1 четверть 2025/26 учебного года"
    );
    assert_eq!(of(&[]), "");
}

#[test]
fn a_line_never_ends_between_a_number_and_its_noun_or_before_an_initial() {
    let bound = |text: &str| crate::paper::closing::form::bound(text).replace('\u{A0}', "_");
    assert_eq!(bound("журналов за 2 четверть 2025/26 года"), "журналов за_2_четверть 2025/26 года");
    assert_eq!(bound("Орлова И. И., Ибрагимов С.-М. Ӏ."), "Орлова_И._И., Ибрагимов_С.-М._Ӏ.");
    assert_eq!(bound("акт № 3 от 13 января 2026 г."), "акт №_3_от_13_января 2026_г.");
    assert_eq!(bound(""), "");
}
