//! Numbered paper copies: one number once, the same sheets for ever.

use crate::bench::{Bench, PERIOD, journal};
use letopis::digest::Digest;
use std::collections::BTreeSet;

fn tool(bench: &Bench, program: &str, arguments: &[&str]) -> String {
    bench.tool(program, arguments).exits(0).out
}

/// Where a record's files are in the second location.
fn record(bench: &Bench, number: usize) -> String {
    format!("second/{}", bench.list()[number - 1]["path"].as_str().unwrap())
}

/// The digests of a record's pages.
fn page_digests(bench: &Bench, number: usize) -> BTreeSet<String> {
    let package = format!("{}/package.zip", record(bench, number));
    let views = tool(bench, "unzip", &["-p", &package, "*/data/pages.jsonl"]);
    views.lines().map(|view| Digest::of(view.as_bytes()).to_string()).collect()
}

/// What is set in a file.
pub fn text(bench: &Bench, pdf: &str) -> String {
    tool(bench, "pdftotext", &["-layout", pdf, "-"])
}

/// How many sides a file has.
pub fn pages(bench: &Bench, pdf: &str) -> usize {
    tool(bench, "qpdf", &["--show-npages", pdf]).trim().parse().unwrap()
}

/// The QR codes of a file's sides.
pub fn codes(bench: &Bench, pdf: &str) -> Vec<String> {
    tool(bench, "pdftoppm", &["-r", "300", "-gray", "-png", pdf, "side"]);
    let mut codes = Vec::new();
    let mut images: Vec<_> = std::fs::read_dir(bench.path("")).unwrap().flatten().collect();
    images.retain(|entry| entry.file_name().to_string_lossy().starts_with("side-"));
    images.sort_by_key(std::fs::DirEntry::file_name);
    for image in images {
        let path = image.path();
        codes.push(
            tool(bench, "zbarimg", &["-q", "--raw", path.to_str().unwrap()]).trim().to_owned(),
        );
        std::fs::remove_file(path).unwrap();
    }
    codes
}

/// The documents of both locations that hold a print.
fn prints(bench: &Bench) -> Vec<(String, Vec<u8>)> {
    let of = |place: &str| {
        let found = bench.tree(place).into_iter();
        let found = found.filter(|(path, _)| path.ends_with("document.pdf"));
        found.map(|(path, bytes)| (path.file_name().unwrap().to_string_lossy().into_owned(), bytes))
    };
    of("archive/primary").chain(of("second")).collect()
}

#[test]
fn a_copy_is_numbered_once_and_given_again_as_it_was_printed() {
    let bench = Bench::signed();
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0).says("copy 1, ");
    bench.letopis(&["print", "1", "--out", "b.pdf"]).exits(0).says("copy 1 once more");
    assert_eq!(bench.bytes("a.pdf"), bench.bytes("b.pdf"));
    bench.letopis(&["print", "2", "--out", "c.pdf"]).exits(0).says("copy 2, ");
    let again = ["print", "1", "--new-copy", "первый экземпляр залит водой", "--out", "d.pdf"];
    bench.letopis(&again).exits(0).says("copy 3, ");
    bench.letopis(&["print", "1", "--out", "e.pdf"]).exits(0).says("copy 3 once more");
    bench.letopis(&["print", "1", "--copy", "1", "--out", "f.pdf"]).exits(0).says("copy 1 once");
    assert_eq!(bench.bytes("a.pdf"), bench.bytes("f.pdf"));
    assert!(text(&bench, "a.pdf").contains("Экземпляр № 1"));
    assert!(text(&bench, "d.pdf").contains("Экземпляр № 3"));
    bench.letopis(&["print", "1", "--copy", "2", "--out", "g.pdf"]).exits(2).notes("it has 1, 3");
    bench.letopis(&["verify", "--deep"]).exits(0);
}

#[test]
fn the_checking_script_knows_copies_and_their_prints() {
    let bench = Bench::signed();
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    bench.letopis(&["print", "1", "--sheets", "2", "--out", "b.pdf"]).exits(0);
    bench.tool("python3", &["second/verify.py", "second"]).exits(0).says("\n0 findings, ");
    let path = bench.tree("second").into_iter().find(|(path, _)| path.ends_with("document.pdf"));
    let path = path.unwrap().0.to_string_lossy().into_owned();
    bench.damage(&path);
    bench.tool("python3", &["second/verify.py", "second"]).exits(1).says("document-wrong");
}

#[test]
fn the_exact_print_lies_in_both_locations_and_the_reason_not_in_the_register() {
    let bench = Bench::signed();
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    let reason = "первый экземпляр залит водой";
    bench.letopis(&["print", "1", "--new-copy", reason, "--out", "b.pdf"]).exits(0);
    let stored = prints(&bench);
    assert_eq!(stored.len(), 4);
    for handed in ["a.pdf", "b.pdf"] {
        let same = stored.iter().filter(|(_, bytes)| *bytes == bench.bytes(handed)).count();
        assert_eq!(same, 2, "{handed}");
    }
    let holds = |part: &str| {
        let tree = bench.tree(part);
        tree.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(reason))
    };
    assert!(holds("archive/primary/documents") && !holds("archive/primary/register"));
}

#[test]
fn every_sheet_is_numbered_and_its_code_names_archive_copy_sheet_and_page() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let codes = codes(&bench, "a.pdf");
    assert_eq!(codes.len(), pages(&bench, "a.pdf"));
    let archive = bench.letopis(&["status", "--json"]).exits(0).json()["archive"].clone();
    let archive = archive.as_str().unwrap().to_uppercase();
    let digests = page_digests(&bench, 3);
    let mut named = BTreeSet::new();
    for (sheet, code) in (1..).zip(&codes) {
        let parts: Vec<&str> = code.strip_prefix("LETOPIS:").unwrap().split('/').collect();
        assert_eq!(parts[..3], [archive.as_str(), "1", &sheet.to_string()], "{code}");
        if parts[3] != "-" {
            named.insert(parts[3].to_lowercase());
        }
    }
    assert_eq!(named, digests, "every page has sheets, and no sheet is of another page");
    let all = text(&bench, "a.pdf");
    (1..=codes.len()).for_each(|sheet| assert!(all.contains(&format!("Лист {sheet}\n"))));
}

#[test]
fn the_title_sheet_names_seal_key_and_register_as_they_can_be_checked_years_later() {
    let bench = Bench::signed();
    let size = bench.register_size();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let said = tool(&bench, "pdftotext", &["-raw", "-l", "1", "a.pdf", "-"]);
    let seal = Digest::of(&bench.bytes(&format!("{}/seal.txt", record(&bench, 3))));
    // As the printed order that appointed the director has it.
    let line = "openssl pkey -pubin -in second/keys/director-*.pub.pem -outform DER | sha256sum";
    let key = bench.shell(line).exits(0).out;
    let words = ["Экземпляр № 1", "Единица хранения № 000003", "7А"];
    for word in words.into_iter().chain([&key[..64], &seal.to_string(), "М.П."]) {
        assert!(said.contains(word), "{word} in {said}");
    }
    for digest in page_digests(&bench, 3) {
        assert!(said.contains(&digest), "{digest} in {said}");
    }
    let register = format!("записей {size}, корень ");
    let root = &said[said.find(&register).expect(&said) + register.len()..][..16];
    bench.letopis(&["register", "check", &size.to_string(), root]).exits(0).says("yes");
}

#[test]
fn jammed_sheets_are_given_again_and_recorded() {
    let bench = Bench::signed();
    bench
        .letopis(&["print", "1", "--sheets", "2", "--out", "x.pdf"])
        .exits(1)
        .notes("print it first");
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    let before = bench.register_size();
    bench.letopis(&["print", "1", "--sheets", "2-3", "--out", "b.pdf"]).exits(0).says("sheets 2–3");
    assert_eq!(bench.register_size(), before + 1);
    assert_eq!(pages(&bench, "b.pdf"), 2);
    tool(&bench, "qpdf", &["--check", "b.pdf"]);
    let (all, some) = (codes(&bench, "a.pdf"), codes(&bench, "b.pdf"));
    assert_eq!(all[1..3], some);
    for wrong in ["0", "3-2", "два", "1-"] {
        bench.letopis(&["print", "1", "--sheets", wrong, "--out", "c.pdf"]).exits(2);
    }
    bench
        .letopis(&["print", "1", "--sheets", "2-999", "--out", "c.pdf"])
        .exits(2)
        .notes("has sheets 1–");
    assert_eq!(bench.register_size(), before + 1);
}

#[test]
fn a_draft_has_no_number_and_no_entry() {
    let bench = Bench::signed();
    let before = bench.register_size();
    bench.letopis(&["print", "1", "--draft", "--out", "a.pdf"]).exits(0).says("draft");
    assert_eq!(bench.register_size(), before);
    let text = text(&bench, "a.pdf");
    assert_eq!(text.matches("ЧЕРНОВИК").count(), pages(&bench, "a.pdf"));
    assert!(!text.contains("Экземпляр"));
    bench.letopis(&["print", "1", "--out", "b.pdf"]).exits(0).says("copy 1, ");
}

#[test]
fn a_file_that_is_there_is_never_written_over_and_uses_up_no_number() {
    let bench = Bench::signed();
    bench.put("a.pdf", "something else");
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(2).notes("is there already");
    assert_eq!(bench.bytes("a.pdf"), b"something else");
    bench.letopis(&["print", "1", "--out", "none/a.pdf"]).exits(2).notes("gives it again");
    bench.letopis(&["print", "1", "--out", "b.pdf"]).exits(0).says("copy 1 once more");
}

#[test]
fn sheets_printed_on_both_sides_are_counted_once() {
    let bench = Bench::signed();
    bench.letopis(&["print", "1", "--two-sided", "--out", "a.pdf"]).exits(0).says("copy 1, ");
    let sheets = pages(&bench, "a.pdf");
    assert_eq!(sheets % 2, 0);
    let said = text(&bench, "a.pdf");
    assert!(said.contains(&format!("Прошито, пронумеровано и скреплено печатью {}", sheets / 2)));
    bench.letopis(&["print", "1", "--sheets", "2", "--out", "b.pdf"]).exits(0);
    assert_eq!(pages(&bench, "b.pdf"), 2);
}

#[test]
fn the_school_prints_marks_alone_and_in_its_own_words_when_it_says_so() {
    let bench = Bench::signed();
    let topic = journal("6Б").pages[0].lessons[0].topic.clone().unwrap();
    let topic: String = topic.chars().take(12).collect();
    bench.letopis(&["print", "1", "--draft", "--out", "a.pdf"]).exits(0);
    assert!(text(&bench, "a.pdf").contains(&topic), "{topic}");
    bench.letopis(&["forms", "wording"]).exits(0);
    let form = String::from_utf8(bench.bytes("wording/journal.toml")).unwrap();
    bench.put("journal.toml", form.replace("\"Классный журнал\"", "\"Журнал класса\""));
    let adopt = ["adopt", "--content", "marks", "--form", "journal.toml"];
    bench.letopis(&adopt).exits(0);
    bench.letopis(&["print", "1", "--draft", "--out", "b.pdf"]).exits(0);
    let marks = text(&bench, "b.pdf");
    assert!(!marks.contains(&topic) && marks.contains("Журнал класса"));
    bench.put("journal.toml", form.replace("{copy}", "{kopy}"));
    bench
        .letopis(&["adopt", "--form", "journal.toml"])
        .exits(2)
        .notes("journal.toml:")
        .notes("kopy");
    bench.put("diary.toml", "");
    bench.letopis(&["adopt", "--form", "diary.toml"]).exits(2).notes("diary.toml");
}

#[test]
fn the_reference_print_in_the_package_has_no_number_no_lines_and_no_code() {
    let bench = Bench::signed();
    let package = format!("{}/package.zip", record(&bench, 1));
    tool(&bench, "unzip", &["-q", "-d", "bag", &package]);
    let found = tool(&bench, "find", &["bag", "-name", "journal.pdf"]);
    let pdf = found.trim();
    let said = text(&bench, pdf);
    assert!(said.contains("Классный журнал") && said.contains("Лист 1"));
    assert!(!said.contains("Экземпляр") && !said.contains("(подпись)"));
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    assert_eq!(pages(&bench, pdf), pages(&bench, "a.pdf"), "the same sheets");
}

#[test]
fn blank_forms_are_stitched_into_copies_when_the_school_says_so() {
    let bench = Bench::imported();
    bench.letopis(&["adopt", "--blanks", "true"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD, "--class", "7А"]).exits(0);
    let package = format!("{}/package.zip", record(&bench, 1));
    tool(&bench, "unzip", &["-q", "-d", "bag", &package]);
    let reference = tool(&bench, "find", &["bag", "-name", "journal.pdf"]);
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    bench.letopis(&["print", "1", "--draft", "--out", "b.pdf"]).exits(0);
    for pdf in ["a.pdf", "b.pdf", reference.trim()] {
        let said = text(&bench, pdf);
        for heading in ["Общие сведения об обучающихся 7А класса", "Листок здоровья 7А класса"]
        {
            assert!(said.matches(heading).count() >= 2, "{pdf}: in the list and on its sheet");
        }
        assert_eq!(pages(&bench, pdf), pages(&bench, "a.pdf"), "{pdf}: the same sheets");
    }
}

#[test]
fn a_damaged_print_is_found_in_either_location_and_repaired_from_the_other() {
    let bench = Bench::signed();
    bench.letopis(&["print", "1", "--out", "a.pdf"]).exits(0);
    for place in ["archive/primary", "second"] {
        let (path, whole) =
            bench.tree(place).into_iter().find(|(path, _)| path.ends_with("document.pdf")).unwrap();
        let path = path.to_string_lossy().into_owned();
        let mut bytes = whole.clone();
        bytes[1000] ^= 1;
        bench.put(&path, bytes);
        bench.letopis(&["verify"]).exits(1).says("document-digest");
        bench.letopis(&["repair"]).exits(0);
        assert_eq!(bench.bytes(&path), whole);
        std::fs::remove_file(bench.path(&path)).unwrap();
        bench.letopis(&["verify"]).exits(1).says("document-missing");
        bench.letopis(&["repair"]).exits(0);
        bench.letopis(&["verify"]).exits(0);
    }
}
