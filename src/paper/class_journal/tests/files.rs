use super::sample::{copy, digests, form, quarter};
use crate::digest::Digest;
use crate::journal::Journal;
use crate::paper::class_journal::{ClassJournal, lay_out, print};
use crate::paper::tests::files::assert_preflight;
use crate::paper::{Print, words};
use std::path::PathBuf;
use std::process::Command;

/// A printed file in a directory of its own.
pub struct File {
    directory: tempfile::TempDir,
    path: PathBuf,
}

pub fn file(bytes: &[u8]) -> File {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("copy.pdf");
    std::fs::write(&path, bytes).unwrap();
    File { directory, path }
}

/// What a program writes. It must succeed.
fn run(command: &mut Command) -> String {
    let output = command.output();
    let output = output.unwrap_or_else(|e| panic!("{command:?} (scripts/test installs it): {e}"));
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

/// What pdftotext reads, in its mode `-layout` or `-raw`.
pub fn text_of(file: &File, mode: &str) -> String {
    run(Command::new("pdftotext").arg(mode).arg(&file.path).arg("-"))
}

pub fn assert_qpdf(file: &File) {
    let said = run(Command::new("qpdf").arg("--check").arg(&file.path));
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    assert!(!said.contains("WARNING"), "{said}");
}

/// Three pages, with signs that no PT face has.
fn journal() -> Journal {
    let mut journal = quarter();
    journal.pages.truncate(3);
    journal.pages[0].lessons[0].topic = Some("∠ABC → λ ✓".into());
    journal
}

fn printed() -> (File, Vec<Digest>, Vec<crate::register::SheetRun>) {
    let journal = journal();
    let pages = digests(&journal);
    let printed = print(&form(&journal, &pages), &copy()).unwrap();
    (file(&printed.pdf), pages, printed.sheets)
}

#[test]
fn the_file_is_sound_and_its_fonts_are_embedded_subsets() {
    let (file, ..) = printed();
    assert_qpdf(&file);
    let said = run(Command::new("pdffonts").arg(&file.path));
    for font in said.lines().skip(2) {
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "{font}");
        assert!(font.contains('+'), "{font}");
    }
    assert!(said.contains("+DejaVuSans"), "{said}");
}

#[test]
fn the_words_are_read_back_in_their_order() {
    let (file, ..) = printed();
    let (text, journal) = (text_of(&file, "-layout"), journal());
    let page = &journal.pages[0];
    let (first, date) = (&journal.pupils_of(page).next().unwrap().surname, page.lessons[0].date);
    let date = words::date_in_figures(date);
    let mut from = 0;
    for word in [
        "Классный журнал",
        "Экземпляр № 1",
        "Действительных листов",
        "Оглавление",
        &page.subject,
        first,
        &date,
        "∠ABC → λ ✓",
        "Достоверность бумажной копии листа проверена",
        "Сведения о количестве уроков",
        "Итоговые отметки",
        "Прошито, пронумеровано и скреплено печатью",
    ] {
        from += text[from..].find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    }
}

#[test]
fn the_qr_code_of_every_sheet_names_its_pages_digest() {
    let (file, _, sheets) = printed();
    let image = file.directory.path().join("sheet");
    run(Command::new("pdftoppm").args(["-r", "150", "-gray"]).args([&file.path, &image]));
    let mut images: Vec<PathBuf> = std::fs::read_dir(file.directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "pgm"))
        .collect();
    images.sort();
    let of_sheets = sheets.iter().flat_map(|run| (run.from..=run.to).map(move |n| (n, run)));
    for ((number, run), image) in of_sheets.zip(&images) {
        let said = super::files::run(Command::new("zbarimg").args(["--quiet", "--raw"]).arg(image));
        let digest = run.digest.map_or("-".to_owned(), |digest| digest.to_string());
        let archive = "6f1c2a528c1e4c539d5e0a4a8d0f3b11";
        let copy = crate::register::CopyNumber::FIRST;
        let told = format!("letopis:{archive}/{copy}/{number}/{digest}").to_uppercase();
        // What follows the first line is said of the machine, not of the code.
        assert_eq!(said.lines().next(), Some(told.as_str()));
    }
    assert_eq!(images.len(), sheets.last().unwrap().to as usize);
}

#[test]
fn the_same_copy_gives_the_same_bytes() {
    let journal = journal();
    let pages = digests(&journal);
    let form = ClassJournal { two_sided: true, blanks: true, ..form(&journal, &pages) };
    assert_eq!(print(&form, &copy()).unwrap().pdf, print(&form, &copy()).unwrap().pdf);
}

#[test]
fn preflight_accepts_a_copy_rendered_as_part_1() {
    let journal = journal();
    let pages = digests(&journal);
    let form = ClassJournal { blanks: true, ..form(&journal, &pages) };
    let (sides, _) = lay_out(&form, &copy()).unwrap();
    let (title, author) = ("Журнал".to_owned(), form.school.to_owned());
    let made = form.printed.to_utc();
    let print = Print { title, author, language: "ru-RU", made, sides };
    assert_preflight("copy", &print);
}

#[test]
fn verapdf_accepts_a_copy_where_it_is_installed() {
    if Command::new("verapdf").arg("--version").output().is_err() {
        eprintln!("verapdf is not on the PATH: not asked");
        return;
    }
    let (file, ..) = printed();
    let said =
        run(Command::new("verapdf").args(["--flavour", "2b", "--format", "text"]).arg(&file.path));
    assert!(said.starts_with("PASS"), "{said}");
}
