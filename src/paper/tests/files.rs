use crate::paper::pdf::{Part, render_as};
use crate::paper::tests::sample::{BODY, LETTERS, QR, journal, print, topic};
use crate::paper::*;
use std::path::{Path, PathBuf};
use std::process::Command;

const PLACE: Place<'_> = Place::of("форма");

/// A rendered form in a directory of its own.
struct File {
    directory: tempfile::TempDir,
    path: PathBuf,
}

/// Preflight of Debian's libpdfbox2-java must find a form to be PDF/A, rendered as the only part that it knows.
#[track_caller]
pub fn assert_preflight(name: &str, print: &Print) {
    let file = file(&render_as(print, Part::One).unwrap());
    let said = run("java", &["-cp", JARS, PREFLIGHT], &file.path);
    assert!(said.contains("is a valid PDF/A-1b file"), "{name}: {said}");
}

/// qpdf finds nothing to say, all fonts are embedded subsets with Unicode, and the same form gives the same bytes.
#[track_caller]
pub fn assert_sound(name: &str, print: &Print) {
    let bytes = render(print).unwrap();
    assert_eq!(bytes, render(print).unwrap(), "{name}");
    let file = file(&bytes);
    let said = run("qpdf", &["--check"], &file.path);
    assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
    assert!(!said.contains("WARNING"), "{name}: {said}");
    let said = run("pdffonts", &[], &file.path);
    assert!(said.lines().count() > 2, "{name}: {said}");
    for font in said.lines().skip(2) {
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert!(font.contains('+') && flags == ["yes", "yes", "yes"], "{name}: {font}");
    }
}

/// What `pdftotext -layout` reads holds these words in this order.
#[track_caller]
pub fn assert_read_in_order(name: &str, print: &Print, words: &[&str]) {
    let text = text_of(&file(&render(print).unwrap()).path);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut from = 0;
    for word in words {
        let found = text[from..].find(word);
        from += found.unwrap_or_else(|| panic!("{name}: {word} after byte {from} of {text}"));
        from += word.len();
    }
}

fn file(bytes: &[u8]) -> File {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("form.pdf");
    std::fs::write(&path, bytes).unwrap();
    File { directory, path }
}

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

fn text_of(path: &Path) -> String {
    let output = Command::new("pdftotext").args(["-layout"]).arg(path).arg("-").output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn qpdf_finds_nothing_to_say_about_a_form() {
    let file = file(&render(&journal()).unwrap());
    let said = run("qpdf", &["--check"], &file.path);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    assert!(!said.contains("WARNING"), "{said}");
}

#[test]
fn all_fonts_are_embedded_subsets_with_unicode() {
    let file = file(&render(&journal()).unwrap());
    let said = run("pdffonts", &[], &file.path);
    let fonts: Vec<&str> = said.lines().skip(2).collect();
    assert_eq!(fonts.len(), 5, "{said}");
    for font in fonts {
        assert!(font.contains("+PT"), "{font}");
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "{font}");
    }
}

#[test]
fn the_text_is_read_back_in_order() {
    let file = file(&render(&journal()).unwrap());
    let text = text_of(&file.path);
    let mut from = 0;
    for word in
        ["Алгебра. Лист 14", "Сентябрь", "Хадижат 1 ", "Хадижат 24 ", "Дата", "Тема2", "Тема39"]
    {
        from += text[from..].find(word).unwrap_or_else(|| panic!("{word} in {text}"));
    }
    for word in topic(39).split(' ') {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn every_character_is_read_back_as_itself() {
    // The second four share two glyphs in the faces; those after them are borrowed.
    let text = format!("{LETTERS} µ μ Δ ∆ ∠ABC→λ ✓ 😀");
    for face in Face::ALL {
        let mut side = Side::new(Format::Landscape);
        let at = Point::new(Length::mm(10), Length::mm(20));
        side.write(Style::new(face, Length::pt(7)), at, &text, &PLACE).unwrap();
        let file = file(&render(&print(vec![side])).unwrap());
        assert_eq!(text_of(&file.path).trim(), text, "{face:?}");
    }
}

#[test]
fn the_qr_code_is_read_from_the_printed_page() {
    let file = file(&render(&journal()).unwrap());
    let image = file.directory.path().join("page");
    let said = Command::new("pdftoppm")
        .args(["-r", "150", "-f", "1", "-l", "1", "-gray", "-singlefile"])
        .args([&file.path, &image])
        .status();
    assert!(said.unwrap().success());
    let said = run("zbarimg", &["--quiet", "--raw"], &image.with_extension("pgm"));
    assert_eq!(said.lines().next(), Some(QR));
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let bytes = render(&journal()).unwrap();
    assert_eq!(bytes, render(&journal()).unwrap());
    assert!(bytes.ends_with(b"%%EOF\n"));
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
}

#[test]
fn other_content_gives_another_identifier() {
    let id = |print: &Print| {
        let bytes = render(print).unwrap();
        let at = bytes.windows(4).rposition(|w| w == b"/ID[").unwrap();
        bytes[at..at + 70].to_vec()
    };
    let mut other = journal();
    other.sides[0].line(Point::new(MM, MM), Point::new(MM, MM * 2), Length::pt(1));
    assert_ne!(id(&journal()), id(&other));
}

const MM: Length = Length::mm(1);

#[test]
fn title_school_and_date_are_in_the_file() {
    let file = file(&render(&journal()).unwrap());
    let said = run("pdfinfo", &["-isodates"], &file.path);
    for line in ["Классный журнал 7А & I <четверть>", "МБОУ «Гимназия № 1»", "2025-10-31T12:00:00Z"]
    {
        assert!(said.contains(line), "{line} in {said}");
    }
    let metadata = run("pdfinfo", &["-meta"], &file.path);
    assert!(metadata.contains("<pdfaid:part>2</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("7А &amp; I &lt;четверть&gt;"), "{metadata}");
}

/// The jars of Debian's libpdfbox2-java and what it needs.
const JARS: &str = "/usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:/usr/share/java/xmpbox.jar:\
                    /usr/share/java/fontbox2.jar:/usr/share/java/commons-logging.jar:\
                    /usr/share/java/javax.activation.jar:/usr/share/java/jaxb-api.jar";
const PREFLIGHT: &str = "org.apache.pdfbox.preflight.Validator_A1b";

#[test]
fn preflight_accepts_a_form_rendered_as_part_1() {
    assert_preflight("form", &journal());
}

#[test]
fn preflight_refuses_a_form_without_its_output_intent() {
    let mut bytes = render_as(&journal(), Part::One).unwrap();
    let at = bytes.windows(9).position(|w| w == b"GTS_PDFA1").unwrap();
    bytes[at..at + 9].copy_from_slice(b"GTS_PDFX1");
    let file = file(&bytes);
    let output =
        Command::new("java").args(["-cp", JARS, PREFLIGHT]).arg(&file.path).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("is not a valid PDF/A-1b file"), "{said}");
}

#[test]
fn verapdf_accepts_a_form_where_it_is_installed() {
    if Command::new("verapdf").arg("--version").output().is_err() {
        eprintln!("verapdf is not on the PATH: not asked");
        return;
    }
    let file = file(&render(&journal()).unwrap());
    let said = run("verapdf", &["--flavour", "2b", "--format", "text"], &file.path);
    assert!(said.starts_with("PASS"), "{said}");
}

#[test]
fn an_empty_side_is_a_valid_form() {
    let mut side = Side::new(Format::Portrait);
    side.write(BODY, Point::new(MM, MM * 10), "", &PLACE).unwrap();
    let file = file(&render(&print(vec![side])).unwrap());
    run("qpdf", &["--check"], &file.path);
}
