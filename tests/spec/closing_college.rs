//! A college's own procedure: the curator prints, the head of studies certifies the last page, the director signs and
//! seals, the archive takes the copies in.

use crate::bench::{Bench, journal};
use crate::desk;
use letopis::journal::{ClassKind, Journal, PeriodKind};
use serde_json::Value;

const DIRECTOR: &str = "Орлова Мария Ивановна";
const HEAD: &str = "Берестов Олег Павлович";
const DEPUTY: &str = "Соколова Вера Павловна";
const ARCHIVIST: &str = "Дятлова Нина Львовна";
const GROUPS: [&str; 2] = ["ТО-21", "ЭК-11"];

const CALENDAR: &str = r#"
year = "2025-26"
week = 6
day_count = "working"

[[groups]]
name = "Очная форма"
groups = "others"
periods = [
    { period = "year", first = 2025-09-01, last = 2026-06-27, holidays = { from = 2026-06-28, to = 2026-08-31 } },
]
"#;

/// A group's journal of the year, with the pages of a class of the demo school.
fn of_group(name: &str, class: &str) -> Journal {
    let mut journal = journal(class);
    journal.class.kind = ClassKind::Group { name: name.to_owned() };
    (journal.period.kind, journal.period.number) = (PeriodKind::Year, None);
    journal.period.to = "2026-06-27".parse().unwrap();
    journal
}

/// The college with two groups whose journals are imported, and its people.
fn college() -> Bench {
    let bench = Bench::empty();
    let school = ["--school-id", "1025900000011", "--school-name", "ГБПОУ «Техникум № 3»"];
    bench.letopis(&[&["init", "--college", "--second", "second"], &school[..]].concat()).exits(0);
    let term = ["--from", "2025-09-01", "--until", "2099-08-31"];
    let holder = ["--holder", DIRECTOR, "--out", "director.pem"];
    bench.letopis(&[&["keys", "new", "--role", "director"], &term[..], &holder].concat()).exits(0);
    let posts = [
        (DIRECTOR, "director"),
        (HEAD, "head-of-studies"),
        (DEPUTY, "deputy"),
        (ARCHIVIST, "archivist"),
    ];
    desk::appoint(&bench, &posts);
    bench.put_journal("to.json", &of_group(GROUPS[0], "7А"));
    bench.put_journal("ek.json", &of_group(GROUPS[1], "6А"));
    bench.letopis(&["import", "to.json", "ek.json"]).exits(0);
    bench.letopis(&["staff", "load", "--period", "2025-26/year", "--add-new"]).exits(0);
    bench.put("college.toml", CALENDAR);
    bench.letopis(&["adopt", "--calendar", "college.toml"]).exits(0);
    bench
}

const OPEN: [&str; 6] =
    ["closing", "open", "--period", "2025-26/year", "--procedure", "college-year"];

fn enters(bench: &Bench, words: &[&str]) -> crate::bench::Run {
    bench.letopis(&[&["closing"], words, &["--by", HEAD]].concat())
}

fn shelve(bench: &Bench, group: &str) -> crate::bench::Run {
    let place = ["--file", "01-21", "--shelf", "шкаф 2"];
    enters(bench, &[&["shelve", "--class", group], &place[..]].concat())
}

/// The curator of a group, whose print is waited for.
fn curator(bench: &Bench, group: &str) -> String {
    let board = bench.letopis(&["closing", "status", "--json"]).exits(0).json();
    let tasks = board["tasks"].as_array().unwrap();
    let is_print = |task: &&Value| task["step"] == "print" && task["class"] == group;
    let task = tasks.iter().find(is_print).unwrap_or_else(|| panic!("{group} prints: {board}"));
    assert_eq!(task["role"], "class-teacher");
    task["who"].as_str().unwrap().to_owned()
}

/// A removable copy, checked.
fn copies(bench: &Bench, to: &str, room: &str) {
    let words = ["copy", "--to", to, "--label", to, "--kind", "disk", "--room", room];
    let closing = ["--closing", "2025-26/year", "--by", DEPUTY];
    bench.letopis(&[&words[..], &closing].concat()).exits(0);
    bench.letopis(&["check-medium", to, "--by", DEPUTY]).exits(0).says("as it was written");
}

/// The closing is shown, refused to whom it is not for, and opened.
fn opens(bench: &Bench) {
    let plan = bench.letopis(&[&OPEN[..], &["--by", HEAD]].concat()).exits(0);
    let plan = plan.says("Порядок оформления журналов учебных занятий").says("Очная форма");
    // 5 July is a Sunday: the last working day before, in a week of six.
    plan.says("Sat 04.07.2026  print").says("head-of-studies").notes("nothing is opened yet");
    let stranger = bench.letopis(&[&OPEN[..], &["--confirm", "--by", ARCHIVIST]].concat());
    stranger.exits(1).notes("it is for a deputy, the head of studies or the director");
    bench.letopis(&[&OPEN[..], &["--confirm", "--by", HEAD]].concat()).exits(0).says("2 classes");
    bench.letopis(&["closing", "list"]).exits(0).says("college-year").says("open");
}

#[test]
fn a_college_closes_its_year_by_its_own_procedure_in_its_own_order() {
    let bench = college();
    opens(&bench);
    enters(&bench, &["sign-off", GROUPS[0], "--as", "director"]).exits(1).notes("print it first");
    bench.letopis(&["snapshot", "--period", "2025-26/year"]).exits(0);
    let curators = GROUPS.map(|group| curator(&bench, group));
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0).says("2 record(s) signed");
    copies(&bench, "one", "каб. 1");
    bench.letopis(&["print", "1", "--out", "1.pdf"]).exits(0);
    bench.letopis(&["print", "2", "--out", "2.pdf"]).exits(0);
    for (group, curator) in GROUPS.iter().zip(&curators) {
        each_step_in_its_order(&bench, group, curator);
        // One copy on a removable medium is not two.
        shelve(&bench, group).exits(1).notes("its record is on 1 of 2 media");
    }
    copies(&bench, "two", "каб. 2");
    let wrong = ["--file", "01-21", "--shelf", "шкаф 2", "--archivist", DEPUTY];
    let wrong = [&["shelve", "--class", GROUPS[0]], &wrong[..]].concat();
    enters(&bench, &wrong).exits(1).notes("is no archivist");
    shelve(&bench, GROUPS[0]).exits(0).says("file 01-21");
    bench.letopis(&["closing", "list"]).exits(0).says("open");
    shelve(&bench, GROUPS[1]).exits(0);
    bench.letopis(&["closing", "list"]).exits(0).says("finished");
    is_not_sealed_anew(&bench);
    bench.letopis(&["verify", "--deep"]).exits(0);
    bench.tool("python3", &["second/verify.py", "second"]).exits(0).says("\n0 findings, ");
}

/// What the archive has accepted is not sealed anew behind the closing's back.
fn is_not_sealed_anew(bench: &Bench) {
    bench.put_journal("to.json", &letopis::demo::corrected(&of_group(GROUPS[0], "7А")));
    bench.letopis(&["import", "to.json"]).exits(0);
    let seal = bench.letopis(&["snapshot", "--period", "2025-26/year"]).exits(1);
    seal.notes(GROUPS[0])
        .notes("go round in a closing, or lie in its folder")
        .notes("nothing was sealed");
    assert_eq!(bench.list().len(), 2);
    let correct = ["correct", GROUPS[0], "--period", "2025-26/year"];
    enters(bench, &correct).exits(1).says("sheets that will be void");
}

/// Hand-over, head of studies, director, seal: each refused before its turn with the step it waits for, and by whom it is
/// not to be done.
fn each_step_in_its_order(bench: &Bench, group: &str, curator: &str) {
    let sign = |role: &'static str| ["sign-off", group, "--as", role];
    let waits = |words: &[&str], step: &str, before: &str| {
        let waits = format!("{group}: `{step}` waits for {before}");
        enters(bench, words).exits(1).notes(&waits);
    };
    waits(&sign("head-of-studies"), "certify", "hand-over");
    let given = ["hand-over", group, "--to", ARCHIVIST];
    enters(bench, &given).exits(1).notes(&format!("{ARCHIVIST} is no deputy"));
    let other = ["hand-over", group, "--to", HEAD, "--from", ARCHIVIST];
    enters(bench, &other).exits(1).notes(&format!("is no class-teacher of {group}"));
    enters(bench, &["hand-over", group, "--to", HEAD]).exits(0).says(&format!("by {curator} to"));
    waits(&sign("director"), "director-signs", "certify");
    waits(&["stamp", group], "stamp", "certify, director-signs");
    let wrong = [&sign("head-of-studies")[..], &["--signer", DEPUTY]].concat();
    enters(bench, &wrong).exits(1).notes(&format!("{DEPUTY} is no head-of-studies"));
    enters(bench, &sign("head-of-studies")).exits(0).says(&format!("signed by {HEAD} (certify)"));
    enters(bench, &sign("director")).exits(0).says(&format!("signed by {DIRECTOR}"));
    enters(bench, &["stamp", group, "--doer", DEPUTY]).exits(1).notes("is no director");
    enters(bench, &["stamp", group]).exits(0).says(&format!("sealed by {DIRECTOR}"));
    enters(bench, &["stamp", group]).exits(1).notes("done already");
    // What the procedure does not have is not done.
    enters(bench, &["confirm", group]).exits(1).notes("the procedure has no step");
    enters(bench, &["register", group]).exits(1).notes("the procedure has no step");
    enters(bench, &["sign-off", group]).exits(2).notes("nobody signs as teacher");
}
