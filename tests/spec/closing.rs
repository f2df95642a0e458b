//! The closing of winter and the year's end, as the demo plays them: what they leave in the archive, on paper and on
//! removable media.

use crate::bench::{Bench, Run};
use letopis::archive::{Home, Reading};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::OnceLock;

const QUARTER: &str = "2025-26/q2";

/// The demo of a year, played once; whoever changes something takes a copy.
fn played() -> &'static (Bench, String) {
    static PLAYED: OnceLock<(Bench, String)> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let bench = Bench::empty();
        let words = ["demo", "--classes", "8", "--until", "year", "--out", "d"];
        let run = bench.letopis(&words).exits(0).says("all is as it was sealed");
        (bench, run.out)
    })
}

fn year() -> &'static Bench {
    &played().0
}

/// A command about the demo's archive.
fn of(bench: &Bench, words: &[&str]) -> Run {
    bench.letopis(&[&["--archive", "d/archive"], words].concat())
}

fn history() -> Vec<Value> {
    let words = ["closing", "history", "--period", QUARTER, "--json"];
    of(year(), &words).exits(0).json().as_array().unwrap().clone()
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_else(|| panic!("no {member}: {value}"))
}

/// The entries of one event.
fn entries<'h>(history: &'h [Value], event: &str) -> Vec<&'h Value> {
    history.iter().filter(|line| line["event"] == event).collect()
}

/// The words that stand after some words of the demo's telling.
fn played_after(mark: &str) -> &'static str {
    let at = played().1.find(mark).unwrap_or_else(|| panic!("the demo does not tell `{mark}`"));
    played().1[at + mark.len()..].lines().next().unwrap()
}

fn on_paper(name: &str) -> String {
    let run = year().tool("pdftotext", &["-layout", &format!("d/print/{name}.pdf"), "-"]);
    // How a table breaks its lines is no matter here.
    run.exits(0).out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_checkers_find_the_archive_of_a_year_clean() {
    of(year(), &["verify", "--deep"]).exits(0).says("all is as it was sealed");
    for location in ["d/archive/primary", "d/second-location"] {
        let script = format!("{location}/verify.py");
        year().tool("python3", &[&script, location]).exits(0).says("\n0 findings, ");
    }
}

#[test]
fn a_catalogue_made_anew_says_the_same_of_every_closing() {
    let bench = year().copied();
    let closings = of(&bench, &["closing", "list", "--json"]).exits(0).json();
    let ids: Vec<&str> = closings.as_array().unwrap().iter().map(|c| text(c, "closing")).collect();
    let answers = || {
        let all = ids.iter().flat_map(|id| {
            let status = ["closing", "status", "--closing", id, "--json"];
            let history = ["closing", "history", "--closing", id, "--json"];
            [of(&bench, &status), of(&bench, &history)]
        });
        let status = of(&bench, &["status", "--json"]);
        all.chain([status]).map(|run| run.exits(0).out).collect::<Vec<_>>()
    };
    let before = answers();
    assert_eq!(before.len(), 5);
    std::fs::remove_dir_all(bench.path("d/archive/catalogue")).unwrap();
    of(&bench, &["rebuild"]).exits(0);
    assert_eq!(before, answers());
}

#[test]
fn the_history_holds_every_discrepancy_and_its_correction() {
    let history = history();
    let reported = entries(&history, "discrepancy-reported");
    assert_eq!(reported.len(), 2);
    assert!(reported.iter().all(|line| text(line, "said").contains("Итоговая отметка")));
    assert!(text(reported[0], "time") < "2026-01-15" && text(reported[1], "time") > "2026-01-16");
    let agreed = entries(&history, "correction-agreed");
    assert_eq!(agreed.len(), 3);
    for (line, order) in agreed.iter().zip(["", "", ", order 8-о/2026-01-26"]) {
        assert_eq!(text(line, "what").contains(", order "), !order.is_empty(), "{line}");
        assert!(text(line, "what").ends_with(order), "{line}");
    }
    let formed = entries(&history, "folder-formed");
    let first = formed[0]["entry"].as_u64();
    assert!(agreed[1]["entry"].as_u64() < first && agreed[2]["entry"].as_u64() > first);
    let formed: Vec<&str> =
        formed.iter().map(|line| text(line, "what").split(" formed").next().unwrap()).collect();
    let expected = [
        "folder 1 of 2025-26/q2",
        "folder 2 of 2025-26/h1",
        "folder 1, supplement 1 of 2025-26/q2",
        "folder 1, supplement 2 of 2025-26/q2",
    ];
    assert_eq!(formed, expected);
    let shelved = entries(&history, "shelved");
    assert_eq!(shelved.len(), 3);
    assert_eq!(history.last().unwrap(), shelved[2], "the shelf ends it");
}

#[test]
fn whoever_is_away_signs_nothing_and_the_substitute_does() {
    let told = played_after(" --until 2026-01-30\n");
    let (instead, away) = told.split_once(" signs for ").unwrap();
    let away = away.split(" from ").next().unwrap();
    let history = history();
    let signed = |who: &str| {
        let events = ["confirmed", "signed-on-paper"];
        let by = history.iter().filter(|line| events.contains(&text(line, "event")));
        let by = by.filter(|line| text(line, "what").contains(&format!(" by {who}")));
        let sheets = by.clone().filter(|line| text(line, "what").ends_with("(sign-sheets)"));
        (by.count(), sheets.count())
    };
    assert_eq!(signed(away), (0, 0), "{away} is away");
    let (all, sheets) = signed(instead);
    assert!(sheets > 0 && all > sheets, "{instead}: {all}, {sheets}");
}

#[test]
fn an_excused_signature_is_printed_as_absent_by_order_and_never_as_given() {
    let history = history();
    let excused = entries(&history, "excused");
    assert_eq!(excused.len(), 1);
    assert!(text(excused[0], "said").contains("отпуске по уходу"));
    let what = text(excused[0], "what");
    assert!(what.ends_with(" excused by order 5-о/2026-01-14"), "{what}");
    let who = what.split("signature of ").nth(1).unwrap().split(" excused").next().unwrap();
    let mut names = who.split(' ');
    let surname = names.next().unwrap();
    let initials: String =
        names.map(|name| format!(" {}.", name.chars().next().unwrap())).collect();
    let folder = on_paper("folder-q2");
    let absent = format!(
        "{surname}{initials} – подпись отсутствует по приказу директора № 5-о от 14.01.2026"
    );
    assert!(folder.contains(&absent), "{absent} in {folder}");
    assert!(!folder.contains(&format!("{surname}{initials} – подпись имеется")));
}

#[test]
fn lines_of_the_general_register_are_numbered_on_and_never_used_again() {
    let history = history();
    let line =
        |entry: &&Value| text(entry, "what").rsplit_once(", line ").unwrap().1.parse::<u32>();
    let entered = entries(&history, "copy-entered");
    let lines: Vec<u32> = entered.iter().map(line).map(Result::unwrap).collect();
    assert_eq!(lines, (1..=8).collect::<Vec<_>>(), "seven classes, and one corrected later");
    let copy = |entry: &Value| text(entry, "what").split(' ').nth(1).unwrap().to_owned();
    let copies: BTreeSet<String> = entered.iter().map(|entry| copy(entry)).collect();
    assert_eq!(copies.len(), 7);
    let paper = on_paper("general-register");
    for words in ["Общий реестр бумажных копий", "2 четверть", "взамен строки № 5"]
    {
        assert!(paper.contains(words), "{words} in {paper}");
    }
}

#[test]
fn a_line_of_the_general_register_stays_as_it_was_written() {
    let paper = on_paper("general-register");
    let records = |line: u32, date: &str| {
        let from = format!(" {line} {date} ");
        let at = paper.find(&from).unwrap_or_else(|| panic!("line {line} in {paper}"));
        let words: Vec<&str> = paper[at..].split_whitespace().take(12).collect();
        words.iter().find(|word| word.len() == 6 && word.starts_with("000")).unwrap().to_string()
    };
    let (first, second) = (records(5, "16.01.2026"), records(8, "26.01.2026"));
    assert!(first < second, "{first}, then {second}: {paper}");
}

#[tokio::test]
async fn sheets_of_a_copy_are_numbered_on_and_voided_ones_never_count_again() {
    let home = Home::find(&year().path("d/archive")).unwrap();
    let stores = home.stores();
    let reading = Reading::open(home, stores).await.unwrap();
    let copies = reading.catalogue().copies().unwrap();
    let mut voided = 0;
    for copy in &copies {
        let sheets = copy.sheets.iter().flat_map(|sheet| sheet.run.from..=sheet.run.to);
        let all: Vec<u32> = sheets.collect();
        assert_eq!(all, (1..=copy.highest_sheet()).collect::<Vec<_>>(), "copy {}", copy.copy);
        // A page's code bears its digest, too; these do not.
        let plain = copy.sheets.iter().filter(|sheet| sheet.run.digest.is_none());
        for sheet in plain.filter(|sheet| !sheet.is_valid()) {
            voided += 1;
            let code = format!(
                "LETOPIS:{}/{}/{}/-",
                reading.home().archive().to_string().to_uppercase(),
                copy.copy,
                sheet.run.from
            );
            of(year(), &["sheet", &code]).exits(1).says("void since record ");
        }
    }
    assert!(voided >= 6, "three corrections voided {voided} runs of sheets");
    let numbers: BTreeSet<String> = copies.iter().map(|copy| copy.copy.to_string()).collect();
    assert_eq!(numbers.len(), copies.len());
}

#[test]
fn folders_name_each_copy_and_supplements_what_joined_or_was_corrected_later() {
    let late = played_after("--out d/print/folder-q2.pdf --without ");
    let folder = on_paper("folder-q2");
    let list = ["Опись общей папки бумажных копий классных журналов", "2 четверть 2025/26"];
    for words in list.iter().chain(&["с исправленными листами", "В папку внесено 5 (пять)"])
    {
        assert!(folder.contains(words), "{words} in {folder}");
    }
    assert!(!folder.contains(&format!(" {late} ")), "{late} in {folder}");
    let supplement = on_paper("folder-q2-1");
    for words in [&format!("1 {late} "), "дополнение № 1", "В папку внесено 1 (один)"]
    {
        assert!(supplement.contains(words), "{words} in {supplement}");
    }
    let second = on_paper("folder-q2-2");
    for words in ["дополнение № 2;", "8-о", "26.01.2026", "В папку внесено 1 (один)"]
    {
        assert!(second.contains(words), "{words} in {second}");
    }
    assert!(on_paper("folder-h1").contains("1 полугодие 2025/26"));
}

#[test]
fn the_papers_of_the_closing_say_what_they_are_for() {
    let act = on_paper("backup-act");
    let root = "letopis register check ";
    for words in
        ["Акт приёма-передачи резервных копий", "2 (два) носителя", "оптический диск", root]
    {
        assert!(act.contains(words), "{words} in {act}");
    }
    let printed: Vec<&str> = act.split(root).nth(1).unwrap().split(' ').take(2).collect();
    of(year(), &["register", "check", printed[0], printed[1]]).exits(0);
    let schedule = on_paper("schedule");
    let days = ["График закрытия", "12 января", "16 января", "Формирование общей папки"];
    days.iter().for_each(|words| assert!(schedule.contains(words), "{words} in {schedule}"));
    let lists = on_paper("where-to-sign");
    let words = ["Где мне подписать: ", "Номера листов", "Титульный лист", "Всего подписать: "];
    words.iter().for_each(|words| assert!(lists.contains(words), "{words} in {lists}"));
    let teachers = lists.matches("Всего подписать: ").count();
    assert!(teachers > 20, "one list for each of {teachers} people");
}

#[test]
fn every_medium_carries_what_checks_it_and_was_checked_and_handed_over() {
    let media = of(year(), &["media", "--json"]).exits(0).json();
    let media = media.as_array().unwrap();
    let names = ["backup", "supplement", "after-the-folder"];
    let kinds = ["optical", "disk"];
    let all = names.iter().flat_map(|name| kinds.map(|kind| format!("{name}-{kind}")));
    let all: Vec<String> = all.collect();
    assert_eq!(media.len(), all.len());
    for (medium, name) in media.iter().zip(&all) {
        assert_eq!(medium["findings"], 0, "check-medium of {name}");
        assert!(medium["handed_over"].is_string(), "{medium}");
        let place = format!("d/media/{name}");
        let script = format!("{place}/verify.py");
        let run = year().tool("python3", &[&script, &place]).exits(0);
        run.says("0 findings");
        for kept_off in ["accounts.json", "log.key", "archive.toml", "intake"] {
            let path = year().path(&format!("{place}/{kept_off}"));
            assert!(!path.exists(), "{}", path.display());
        }
    }
    // Everything current of the closing is on two of them.
    let closings = of(year(), &["closing", "list", "--json"]).exits(0).json();
    let id = text(&closings[0], "closing").to_owned();
    let board = of(year(), &["closing", "status", "--closing", &id, "--json"]).exits(0).json();
    for class in board["classes"].as_array().unwrap() {
        let is_on =
            |medium: &&Value| medium["records"].as_array().unwrap().contains(&class["record"]);
        assert_eq!(media.iter().filter(is_on).count(), 2, "{class}");
    }
}

fn of_kind<'l>(list: &'l [Value], kind: &'l str) -> impl Iterator<Item = &'l Value> {
    list.iter().filter(move |record| record["kind"] == kind)
}

#[test]
fn statements_go_to_the_shelf_and_are_kept_for_25_years() {
    let closings = of(year(), &["closing", "list", "--json"]).exits(0).json();
    let states: Vec<(&str, &str)> = closings
        .as_array()
        .unwrap()
        .iter()
        .map(|closing| (text(closing, "procedure"), text(closing, "state")))
        .collect();
    assert_eq!(states, [("five-day", "finished"), ("year-end", "finished")]);
    let list = of(year(), &["list", "--json"]).exits(0).json();
    let list = list.as_array().unwrap();
    assert_eq!(of_kind(list, "statement").count(), 8);
    for record in of_kind(list, "statement") {
        assert_eq!(record["state"], "whole, signed");
        assert_eq!(record["kept_through"], "2051-12-31");
        let number = record["record"].to_string();
        of(year(), &["show", &number]).exits(0).says("2051-12-31");
    }
    assert!(of_kind(list, "journal").all(|record| record["kept_through"] == "2031-12-31"));
}
