//! Paper after a correction: only what changed is printed anew, and nothing is numbered again.

use crate::bench::{Bench, PERIOD, journal};
use crate::printing::{codes, pages, text};
use serde_json::Value;
use std::collections::BTreeSet;

/// The codes of the sheets that were printed, print by print, as the documents of the only copy tell.
fn printed(bench: &Bench) -> Vec<Vec<String>> {
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    let archive = status["archive"].as_str().unwrap().to_uppercase();
    let documents = bench.tree("second/documents").into_iter();
    let documents = documents.filter(|(path, _)| path.ends_with("document.json"));
    let documents = documents.map(|(_, text)| serde_json::from_slice(&text).unwrap());
    let copies = documents.filter(|document: &Value| document["kind"] == "paper-copy");
    let mut prints: Vec<Vec<String>> = copies
        .map(|document| {
            let runs = document["body"]["sheets"].as_array().unwrap().iter();
            runs.flat_map(|run| {
                let digest = run["digest"].as_str().unwrap_or("-").to_uppercase();
                let sheets = run["from"].as_u64().unwrap()..=run["to"].as_u64().unwrap();
                let archive = &archive;
                sheets.map(move |sheet| format!("LETOPIS:{archive}/1/{sheet}/{digest}"))
            })
            .collect()
        })
        .collect();
    prints.sort_by_key(|codes| number(&codes[0]));
    prints
}

/// The number of the sheet that a code names.
fn number(code: &str) -> u32 {
    code.split('/').nth(2).unwrap().parse().unwrap()
}

/// The digest of the page that a code names.
fn digest(code: &str) -> &str {
    code.split('/').nth(3).unwrap()
}

/// 7А with one topic changed, so often, sealed as a record of its own.
fn correct(bench: &Bench, times: usize) {
    let mut changed = journal("7А");
    for (n, page) in changed.pages.iter_mut().take(times).enumerate() {
        page.lessons[0].topic = Some(format!("Другая тема {n}"));
    }
    bench.put_journal("7a.json", &changed);
    bench.letopis(&["import", "7a.json"]).exits(0);
    bench
        .letopis(&["snapshot", "--period", PERIOD, "--class", "7А"])
        .exits(0)
        .says("replaces 0000");
}

/// What the archive answers about a code.
fn answer(bench: &Bench, code: &str) -> Value {
    let run = bench.letopis(&["sheet", code, "--json"]);
    let answer = run.json();
    run.exits(i32::from(answer["answer"] != "current"));
    answer
}

#[test]
fn a_correction_prints_only_what_changed_numbered_on_behind_the_copy() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let before = pages(&bench, "a.pdf") as u32;
    let first = printed(&bench).remove(0);
    correct(&bench, 1);
    bench
        .letopis(&["print", "3", "--out", "b.pdf"])
        .exits(1)
        .notes("was replaced by record 000004");
    bench.letopis(&["print", "3", "--draft", "--out", "draft.pdf"]).exits(0);
    let told = bench.letopis(&["print", "4", "--out", "b.pdf"]).exits(0).out;
    assert!(told.contains(&format!("copy 1 goes on with sheets {}–", before + 1)), "{told}");
    let second = printed(&bench).remove(1);
    let numbers: Vec<u32> = second.iter().map(|code| number(code)).collect();
    let expected: Vec<u32> = (before + 1..).take(second.len()).collect();
    assert_eq!(numbers, expected, "numbered on, none twice");
    let digests = |codes: &[String]| -> BTreeSet<String> {
        codes.iter().map(|code| digest(code).to_owned()).filter(|digest| digest != "-").collect()
    };
    assert_eq!(digests(&second).len(), 1, "one page changed, one is printed");
    assert!(digests(&first).is_disjoint(&digests(&second)));
    let said = text(&bench, "b.pdf");
    assert!(said.contains("Другая тема 0") && said.contains("Единица хранения № 000004"));
    assert!(said.contains("Экземпляр № 1") && said.contains("взамен листов 1"), "{said}");
    bench.letopis(&["verify", "--deep"]).exits(0);
    bench.tool("python3", &["second/verify.py", "second"]).exits(0).says("\n0 findings, ");
}

#[test]
fn the_code_of_a_sheet_answers_void_after_the_correction_unless_its_page_stayed() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let first = codes(&bench, "a.pdf");
    first.iter().for_each(|code| assert_eq!(answer(&bench, code)["answer"], "current", "{code}"));
    assert_eq!(
        printed(&bench),
        std::slice::from_ref(&first),
        "what is registered is what is printed"
    );
    correct(&bench, 1);
    let void = |code: &&String| answer(&bench, code)["answer"] == "voided";
    let voided: Vec<&String> = first.iter().filter(void).collect();
    let void_pages: BTreeSet<&str> =
        voided.iter().map(|code| digest(code)).filter(|digest| *digest != "-").collect();
    assert_eq!(void_pages.len(), 1, "the changed page");
    let no_page = |code: &&String| digest(code) == "-";
    assert_eq!(
        voided.iter().filter(|code| no_page(code)).count(),
        first.iter().filter(no_page).count(),
        "title, class-wide and last sheets"
    );
    let told = answer(&bench, voided[0]);
    assert_eq!((&told["by"], &told["record"]), (&4.into(), &3.into()));
    bench.letopis(&["sheet", voided[0]]).exits(1).says("void since record 000004");
    bench.letopis(&["print", "4", "--out", "b.pdf"]).exits(0);
    let second = codes(&bench, "b.pdf");
    second.iter().for_each(|code| assert_eq!(answer(&bench, code)["record"], 4, "{code}"));
    let page = second.iter().find(|code| digest(code) != "-").unwrap();
    let subject = journal("7А").pages[0].key().to_string();
    assert_eq!(answer(&bench, &page.to_lowercase())["subject"], subject.as_str());
    let kept = first.iter().filter(|code| answer(&bench, code)["answer"] == "current").count();
    assert_eq!(kept, first.len() - voided.len());
}

#[test]
fn title_and_last_sheet_count_the_sheets_that_are_valid_old_and_new() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let mut all = Vec::new();
    for (times, record) in [(1, "4"), (2, "5")] {
        correct(&bench, times);
        let pdf = format!("{record}.pdf");
        bench.letopis(&["print", record, "--out", &pdf]).exits(0);
        all = printed(&bench).concat();
        let valid: Vec<u32> = all
            .iter()
            .filter(|code| answer(&bench, code)["answer"] == "current")
            .map(|code| number(code))
            .collect();
        let count = valid.len();
        let said = text(&bench, &pdf);
        let title = format!("Действительных листов в экземпляре: {count} (");
        let last = format!("Прошито, пронумеровано и скреплено печатью {count} (");
        assert!(said.contains(&title) && said.contains(&last), "{count}: {said}");
    }
    let numbers: Vec<u32> = all.iter().map(|code| number(code)).collect();
    assert_eq!(numbers, (1..=all.len() as u32).collect::<Vec<_>>(), "none renumbered, none reused");
    bench.letopis(&["print", "5", "--out", "again.pdf"]).exits(0).says("of copy 1 once more");
    assert_eq!(bench.bytes("again.pdf"), bench.bytes("5.pdf"));
    bench.letopis(&["verify"]).exits(0);
}

#[test]
fn the_title_lists_the_sheets_of_every_page_whenever_they_were_printed() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let first = printed(&bench).remove(0);
    correct(&bench, 1);
    bench.letopis(&["print", "4", "--out", "b.pdf"]).exits(0);
    let second = printed(&bench).remove(1);
    let said = text(&bench, "b.pdf");
    let current = |code: &&String| answer(&bench, code)["answer"] == "current";
    let valid: Vec<&String> = first.iter().chain(&second).filter(current).collect();
    let digests: BTreeSet<&str> = valid.iter().map(|code| digest(code)).collect();
    for digest_of_page in digests.into_iter().filter(|digest| *digest != "-") {
        let shows = |code: &&&String| digest(code) == digest_of_page;
        let sheets: Vec<u32> = valid.iter().filter(shows).map(|code| number(code)).collect();
        let line = said.lines().find(|line| line.contains(&digest_of_page.to_lowercase()));
        let line = line.unwrap_or_else(|| panic!("{digest_of_page} in {said}"));
        let named = match (sheets[0], sheets[sheets.len() - 1]) {
            (from, to) if from == to => format!(" {from} "),
            (from, to) => format!(" {from}–{to} "),
        };
        assert!(line.contains(&named), "{named} in {line}");
    }
}

#[test]
fn sheets_are_given_again_print_by_print_and_void_ones_never() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let first = printed(&bench).remove(0);
    correct(&bench, 1);
    bench.letopis(&["print", "4", "--out", "b.pdf"]).exits(0);
    let second = printed(&bench).remove(1);
    let kept = first.iter().find(|code| answer(&bench, code)["answer"] == "current").unwrap();
    for (code, pdf) in [(kept, "c.pdf"), (&second[1], "d.pdf")] {
        let sheet = number(code).to_string();
        bench.letopis(&["print", "4", "--sheets", &sheet, "--out", pdf]).exits(0);
        assert_eq!(codes(&bench, pdf), std::slice::from_ref(code));
    }
    let before = bench.register_size();
    bench.letopis(&["print", "4", "--sheets", "1", "--out", "e.pdf"]).exits(1).notes("are void");
    let last = first.len() as u32 + 1;
    let spans = format!("{}-{last}", number(kept));
    bench.letopis(&["print", "4", "--sheets", &spans, "--out", "e.pdf"]).exits(1);
    assert_eq!(bench.register_size(), before);
}

#[test]
fn a_correction_can_have_another_copy_instead() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    correct(&bench, 1);
    let another = ["print", "4", "--new-copy", "первый экземпляр утрачен", "--out", "b.pdf"];
    bench.letopis(&another).exits(0).says("copy 2, ");
    assert_eq!(pages(&bench, "b.pdf"), pages(&bench, "a.pdf"), "all of it, from sheet 1");
    bench.letopis(&["print", "4", "--out", "c.pdf"]).exits(0).says("copy 2 once more");
    let first = ["print", "4", "--copy", "1", "--out", "d.pdf"];
    bench.letopis(&first).exits(0).says("copy 1 goes on");
    bench.letopis(&["verify"]).exits(0);
}

#[test]
fn sheets_printed_on_both_sides_go_on_so_and_blank_forms_stay() {
    let bench = Bench::imported();
    bench.letopis(&["adopt", "--blanks", "true"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD, "--class", "7А"]).exits(0);
    bench.letopis(&["print", "1", "--two-sided", "--out", "a.pdf"]).exits(0);
    let before = pages(&bench, "a.pdf");
    correct(&bench, 1);
    bench.letopis(&["print", "2", "--out", "b.pdf"]).exits(0);
    let after = pages(&bench, "b.pdf");
    assert!(after.is_multiple_of(2) && after < before);
    let said = text(&bench, "b.pdf");
    assert!(said.contains(&format!("Лист {}\n", before / 2 + 1)), "{said}");
    let heading = "Листок здоровья 7А класса";
    assert_eq!(said.matches(heading).count(), 1, "in the list alone: {said}");
}

#[test]
fn a_sheet_is_ours_only_when_the_register_says_so() {
    let bench = Bench::signed();
    bench.letopis(&["print", "3", "--out", "a.pdf"]).exits(0);
    let all = printed(&bench).remove(0);
    let page = all.iter().find(|code| digest(code) != "-").unwrap();
    let archive = &page["LETOPIS:".len()..][..32];
    let other = "0".repeat(64);
    for (code, why) in [
        (page.replace(archive, &"A".repeat(32)), "another one"),
        (page.replace(&format!("{archive}/1/"), &format!("{archive}/9/")), "no copy 9"),
        (all[0].replace("/1/1/-", "/1/999/-"), "no sheet 999"),
        (page.replace(digest(page), &other), "does not show the page"),
        (page.replace(digest(page), "-"), "does not show the page"),
        (all[0].replace("/-", &format!("/{other}")), "does not show the page"),
    ] {
        assert_eq!(answer(&bench, &code)["answer"], "not-ours", "{code}");
        bench.letopis(&["sheet", &code]).exits(1).says(why);
    }
    for text in ["", "7", "https://example.org/", &page[8..]] {
        bench.letopis(&["sheet", text]).exits(2).notes("is no code of a sheet");
    }
}
