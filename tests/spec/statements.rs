//! Summary statements and reports: which pupils are one, and the forms as PDF files.

use crate::archive;
use crate::bench::{Bench, school};
use chrono::{Days, NaiveDate};
use letopis::archive::{MatchError, Reading};
use letopis::digest::Digest;
use letopis::journal::statement::{Confirmed, RollError, SourceId};
use letopis::journal::{ClassName, Journal, SchoolYear};
use std::sync::OnceLock;

const YEAR: [&str; 4] = ["--year", "2024-25", "--class", "7А"];
const SAYS: &str = "Голубева Раиса Григорьевна";

/// The year of a class a year earlier, so that it is over whenever this runs.
fn journals(class: &str) -> Vec<Journal> {
    let slugs = ["q1", "q2", "q3", "q4", "year"];
    let class: ClassName = class.parse().unwrap();
    let journal = |slug| school().journal(&class, format!("2025-26/{slug}").parse().unwrap());
    slugs.iter().filter_map(journal).map(earlier).collect()
}

fn earlier(mut journal: Journal) -> Journal {
    let back = |day: &mut NaiveDate| *day = *day - Days::new(364);
    journal.school_year = SchoolYear::beginning(2024).unwrap();
    back(&mut journal.period.from);
    back(&mut journal.period.to);
    journal.source.exported = journal.source.exported - Days::new(364);
    journal.movements.iter_mut().for_each(|movement| back(&mut movement.date));
    journal.decisions.iter_mut().filter_map(|d| d.date.as_mut()).for_each(back);
    for page in &mut journal.pages {
        page.lessons.iter_mut().for_each(|lesson| back(&mut lesson.date));
        page.finals.iter_mut().filter_map(|mark| mark.set.as_mut()).for_each(back);
    }
    journal
}

/// An archive with the five records of that year.
fn bench() -> Bench {
    static MADE: OnceLock<Vec<Journal>> = OnceLock::new();
    let bench = Bench::archive();
    for journal in MADE.get_or_init(|| journals("7А")) {
        let period = journal.period_id();
        bench.put_journal("7a.json", journal);
        bench.letopis(&["import", "7a.json"]).exits(0);
        bench.letopis(&["snapshot", "--period", &period.to_string()]).exits(0);
    }
    bench
}

fn pupils(bench: &Bench, more: &[&str]) -> crate::bench::Run {
    bench.letopis(&[&["pupils"], &YEAR[..], more].concat())
}

fn state(bench: &Bench) -> serde_json::Value {
    let list = pupils(bench, &["--json"]).exits(0).json();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    list[0]["state"].clone()
}

fn statement(bench: &Bench, form: &str, out: &str) -> crate::bench::Run {
    bench.letopis(&[&["statement"], &YEAR[..], &["--form", form, "--out", out]].concat())
}

#[test]
fn a_match_is_proposed_a_person_confirms_and_a_document_keeps_it() {
    let bench = bench();
    pupils(&bench, &[]).exits(0).says("open").says("same name, same birth date").notes("next:");
    statement(&bench, "progress", "apart.pdf").exits(0).notes("1 pair(s) of pupils may be one");
    let size = bench.register_size();
    pupils(&bench, &["--same", "1"]).exits(2).notes("--by");
    pupils(&bench, &["--same", "7", "--by", SAYS]).exits(2).notes("there is no number 7");
    pupils(&bench, &["--same", "1", "--different", "1", "--by", SAYS]).exits(2);
    pupils(&bench, &["--by", SAYS]).exits(2);
    assert_eq!(bench.register_size(), size);

    pupils(&bench, &["--same", "1", "--by", SAYS]).exits(0).says("are one pupil");
    assert_eq!(state(&bench), "same");
    assert_eq!(bench.register_size(), size + 2, "the person joins the roster, and says it");
    pupils(&bench, &["--same", "1", "--by", SAYS]).exits(0).notes("nothing was written");
    assert_eq!(bench.register_size(), size + 2);
    bench.letopis(&["rebuild"]).exits(0);
    assert_eq!(state(&bench), "same");
    bench.letopis(&["verify"]).exits(0);

    let run = statement(&bench, "progress", "joined.pdf").exits(0);
    assert!(!run.err.contains("may be one"), "{}", run.err);
    let shown = |file: &str| bench.tool("pdftotext", &["-layout", file, "-"]).exits(0).out;
    assert!(shown("apart.pdf").contains("(?)") && !shown("joined.pdf").contains("(?)"));

    pupils(&bench, &["--different", "1", "--by", SAYS]).exits(0).says("are two pupils");
    assert_eq!(state(&bench), "different");
    let run = statement(&bench, "progress", "two.pdf").exits(0);
    assert!(!run.err.contains("may be one"), "what was denied is not proposed again");
}

#[test]
fn no_name_of_a_pupil_or_person_stands_in_the_register() {
    let bench = bench();
    let name = pupils(&bench, &["--json"]).exits(0).json()[0]["first"]["name"].clone();
    let surname = name.as_str().unwrap().split(' ').next().unwrap().to_owned();
    pupils(&bench, &["--same", "1", "--by", SAYS]).exits(0);
    for (path, bytes) in bench.tree("archive/primary/register") {
        let text = String::from_utf8_lossy(&bytes);
        for word in [surname.as_str(), "Голубева"] {
            assert!(!text.contains(word), "{word} in {}", path.display());
        }
    }
}

#[tokio::test]
async fn two_pupils_of_one_journal_cannot_be_said_to_be_one() {
    let mut bench = archive::Bench::signed(1).await;
    let home = bench.home();
    let stores = home.stores();
    let reading = Reading::open(home, stores).await.unwrap();
    let class = reading.catalogue().records().unwrap()[0].class.clone();
    let year = reading.class_year(&class, "2025-26".parse().unwrap()).await.unwrap();
    let journal = &year.journals[0];
    let id = |place: usize| SourceId {
        id: journal.pupils[place].id.clone(),
        system: journal.source.system.clone(),
    };
    let said = vec![Confirmed { first: id(0), same: true, second: id(1) }];
    let now = archive::first_day();
    let mut open = bench.open(now).await;
    let size = open.register_size();
    let refused = open.match_pupils(&year, said, SAYS, now, &mut bench.rng).await;
    let Err(MatchError::Refused(errors)) = refused else { panic!("{refused:?}") };
    assert!(matches!(errors[..], [RollError::SideBySide { .. }]), "{errors:?}");
    assert_eq!(open.register_size(), size);
}

/// What each form has to show, in this order.
const STATEMENTS: [(&str, &[&str]); 3] = [
    (
        "progress",
        &["Сводная ведомость учёта успеваемости", "Русский язык", "Горбунова", "Директор"],
    ),
    ("attendance", &["Сводная ведомость учёта посещаемости", "1 четверть", "Всего по классу"]),
    ("movement", &["Сводная ведомость учёта движения", "4 четверть", "Прибыли", "Выбыли"]),
];

const REPORTS: [(&str, &[&str]); 6] = [
    ("progress", &["учёта успеваемости обучающихся 7А класса за 1 четверть", "Горбунова"]),
    ("attendance", &["учёта посещаемости", "Горбунова", "Всего по классу"]),
    ("movement", &["учёта движения", "1 четверть", "Заместитель директора"]),
    ("results", &["Итоги успеваемости", "Отличники", "Не успевают", "Предмет", "Алгебра"]),
    ("months", &["по месяцам", "сентябрь 2024", "октябрь 2024", "Всего"]),
    ("class-teacher", &["Отчёт классного руководителя", "Состав", "Движение", "Посещаемость"]),
];

#[track_caller]
fn sound(bench: &Bench, file: &str, words: &[&str]) {
    let said = bench.tool("qpdf", &["--check", file]).exits(0);
    said.says("No syntax or stream encoding errors found");
    let fonts = bench.tool("pdffonts", &[file]).exits(0).out;
    for font in fonts.lines().skip(2) {
        let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "{file}: {font}");
    }
    let text = bench.tool("pdftotext", &["-layout", file, "-"]).exits(0).out;
    let mut from = 0;
    for word in words {
        from += text[from..].find(word).unwrap_or_else(|| panic!("{file}: {word} in\n{text}"));
    }
}

#[test]
fn every_statement_and_report_is_a_sound_file_and_is_never_written_over_another() {
    let bench = bench();
    for (form, words) in STATEMENTS {
        let out = format!("year-{form}.pdf");
        statement(&bench, form, &out).exits(0).says(&out).notes("is not signed");
        sound(&bench, &out, words);
        let before = bench.bytes(&out);
        statement(&bench, form, &out).exits(2).notes("is there already");
        assert_eq!(bench.bytes(&out), before);
    }
    for (form, words) in REPORTS {
        let out = format!("quarter-{form}.pdf");
        let period = ["report", "--period", "2024-25/q1", "--class", "7А"];
        bench.letopis(&[&period[..], &["--form", form, "--out", &out]].concat()).exits(0);
        sound(&bench, &out, words);
    }
}

#[test]
fn what_is_missing_or_does_not_fit_is_said() {
    let bench = Bench::signed();
    let of = |command: &str, more: &[&str]| {
        let arguments = [&[command, "--class", "7А", "--out", "out.pdf"], more].concat();
        bench.letopis(&arguments)
    };
    of("statement", &["--year", "2025-26", "--form", "programme"]).exits(2).notes("no activity");
    of("statement", &["--year", "2024-25", "--form", "progress"])
        .exits(2)
        .notes("there is no record of class 7А in 2024-25");
    of("report", &["--period", "2025-26/q2", "--form", "months"])
        .exits(2)
        .notes("class 7А has no record of 2025-26/q2; it has 2025-26/q1");
    assert!(!bench.path("out.pdf").exists());
    let run = of("statement", &["--year", "2025-26", "--form", "attendance"]).exits(0);
    let missing = "there is no record of 2025-26/q2, 2025-26/q3, 2025-26/q4, 2025-26/year; the \
                   statement is drawn from 1 period(s)";
    assert!(!run.err.contains("not signed"), "{}", run.err);
    run.notes(missing);
}

/// A bench with the director's key and the records of the years of 6А (1–5) and 7А (6–10), all but the last signed.
fn two_years() -> &'static Bench {
    static MADE: OnceLock<Bench> = OnceLock::new();
    MADE.get_or_init(|| {
        let bench = Bench::archive();
        let term = ["--from", "2024-09-01", "--until", "2099-08-31"];
        let holder = ["--holder", "Орлова Мария Ивановна", "--out", "director.pem"];
        let new = ["keys", "new", "--role", "director"];
        bench.letopis(&[&new[..], &term, &holder].concat()).exits(0);
        for journal in ["6А", "7А"].iter().flat_map(|class| journals(class)) {
            let period = journal.period_id().to_string();
            if (journal.class.name().as_str(), period.as_str()) == ("7А", "2024-25/year") {
                bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
            }
            bench.put_journal("one.json", &journal);
            bench.letopis(&["import", "one.json"]).exits(0);
            bench.letopis(&["snapshot", "--period", &period]).exits(0);
        }
        bench
    })
}

/// Says of every pair of pupils of a class that they are one.
fn match_all(bench: &Bench, class: &str) {
    let of = ["pupils", "--year", "2024-25", "--class", class];
    for pair in bench.letopis(&[&of[..], &["--json"]].concat()).json().as_array().unwrap() {
        let number = pair["number"].to_string();
        let say = ["--same", &number, "--by", SAYS];
        bench.letopis(&[&of[..], &say].concat()).exits(0);
    }
}

/// The same with both classes' pupils matched, statements drawn (11 of 6А, 12 of 7А) and everything signed.
fn drawn() -> Bench {
    static MADE: OnceLock<Bench> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let bench = two_years().copied();
        bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
        ["6А", "7А"].into_iter().for_each(|class| match_all(&bench, class));
        let run = bench.letopis(&["statements", "--year", "2024-25"]).exits(0);
        run.says("000001 (q1)").says("000005 (year)").says("sealed 000012").notes("next: ");
        bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
        bench
    });
    made.copied()
}

const RECORD: &str = "second/records/2024-25/000012-7a-year-statement";

#[test]
fn a_class_that_lacks_something_is_refused_with_all_reasons_and_the_others_are_drawn() {
    let bench = two_years().copied();
    let run = bench.letopis(&["statements", "--year", "2024-25", "--class", "7А"]).exits(1);
    let run = run.notes("record 000010 of 2024-25/year is not signed by the director");
    run.notes("1 pair(s) of pupils of several periods may be one").notes("error: not drawn: 7А");
    assert_eq!(bench.list().len(), 10);
    match_all(&bench, "6А");
    bench.letopis(&["statements", "--year", "2024-25"]).exits(1).says("sealed 000011  6А");
    bench.letopis(&["statements", "--year", "2023-24"]).exits(2).notes("no journal of 2023-24");
    let run = bench.letopis(&["statements", "--year", "2024-25", "--class", "9Б"]).exits(1);
    run.notes("it has no record of 2024-25");
    let run = Bench::signed().letopis(&["statements", "--year", "2025-26", "--class", "7А"]);
    let run = run.exits(1).notes("no record of 2025-26/q2; `letopis snapshot --period 2025-26/q2`");
    run.notes("no record of 2025-26/year, which holds the year's finals and decisions");
    let package = "archive/primary/records/2024-25/000003-6a-q3-journal/package.zip";
    bench.damage(package);
    let run = bench.letopis(&["statements", "--year", "2024-25", "--class", "6А"]).exits(1);
    run.notes("record 000003 is damaged");
}

#[test]
fn a_statement_is_a_record_like_any_other() {
    let bench = drawn();
    bench.letopis(&["verify", "--deep"]).exits(0);
    bench.letopis(&["show", "12"]).exits(0).says("7А 2024-25/year statement").says("2050-12-31");
    let list = bench.letopis(&["list", "--period", "2024-25/year"]).exits(0);
    list.says("statement").says("whole, signed");
    for place in ["second", RECORD] {
        let run = bench.tool("python3", &["second/verify.py", place]).exits(0);
        run.says("\n0 findings, ");
    }
    let package = format!("{RECORD}/package.zip");
    bench.tool("unzip", &["-q", &package, "-d", "bag"]).exits(0);
    let validate = ["-m", "bagit", "--validate", "bag/000012-7a-year-statement"];
    bench.tool("python3", &validate).exits(0).notes("is valid");
    sound(
        &bench,
        "bag/000012-7a-year-statement/data/statement.pdf",
        &["Единица хранения № 000012"],
    );
    let events = bench.letopis(&["statements", "--year", "2024-25"]).exits(0);
    events.says("unchanged      6А").says("unchanged      7А");
    assert_eq!(bench.list().len(), 12);
}

#[test]
fn a_statement_needs_no_journal_to_be_read_and_names_those_it_was_drawn_from() {
    let bench = drawn();
    let text = bench.tool("unzip", &["-p", &format!("{RECORD}/package.zip"), "*/statement.json"]);
    let statement: serde_json::Value = text.exits(0).json();
    let list = bench.list();
    let sources = statement["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 5);
    for source in sources {
        let number = source["record"].as_u64().unwrap() as usize;
        let path = list[number - 1]["path"].as_str().unwrap();
        let seal = Digest::of(&bench.bytes(&format!("second/{path}/seal.txt")));
        assert_eq!(source["seal"], seal.to_string());
        std::fs::remove_file(bench.path(&format!("archive/primary/{path}/package.zip"))).unwrap();
    }
    bench.letopis(&["print", "12", "--out", "copy.pdf"]).exits(0);
}

#[test]
fn a_changed_journal_makes_a_statement_that_replaces_the_former() {
    let bench = drawn();
    let journal = journals("6А").remove(1);
    bench.put_journal("one.json", &letopis::demo::corrected(&journal));
    bench.letopis(&["import", "one.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", "2024-25/q2"]).exits(0).says("sealed 000013");
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
    let run = bench.letopis(&["statements", "--year", "2024-25"]).exits(0);
    run.says("sealed 000014  6А")
        .says("000013 (q2)")
        .says("replaces 000011")
        .says("unchanged      7А");
    bench.letopis(&["print", "11", "--out", "old.pdf"]).exits(1).notes("replaced by record 000014");
    bench.letopis(&["verify", "--deep"]).exits(0);
    bench.tool("python3", &["second/verify.py", "second"]).exits(0).says("\n0 findings, ");
}

#[test]
fn a_statement_is_printed_as_a_numbered_copy_with_codes_and_lines_for_signatures() {
    let bench = drawn();
    bench.letopis(&["print", "12", "--out", "a.pdf"]).exits(0).says("copy 1, ");
    bench.letopis(&["print", "12", "--out", "b.pdf"]).exits(0).says("copy 1 once more");
    assert_eq!(bench.bytes("a.pdf"), bench.bytes("b.pdf"));
    bench.letopis(&["print", "12", "--draft", "--out", "draft.pdf"]).exits(0);
    let seal = Digest::of(&bench.bytes(&format!("{RECORD}/seal.txt"))).to_string();
    let words = [
        "Сводная ведомость учёта успеваемости",
        "Горбунова",
        "000006 (1 четверть",
        "Директор",
        "М.П.",
    ];
    sound(&bench, "a.pdf", &words);
    let text = |file: &str| bench.tool("pdftotext", &["-layout", file, "-"]).exits(0).out;
    let pages: Vec<String> = text("a.pdf").split_terminator('\u{c}').map(str::to_owned).collect();
    for (sheet, page) in (1..).zip(&pages) {
        for word in [&seal, "Экземпляр № 1", "Единица хранения № 000012", "Ключ директора"]
        {
            assert!(page.contains(word), "{word} in {page}");
        }
        assert!(page.contains(&format!("Лист {sheet} из {}", pages.len())), "{page}");
    }
    let all = pages.concat();
    for form in ["учёта посещаемости", "учёта движения", "Классный руководитель"]
    {
        assert!(all.contains(form), "{form}");
    }
    let draft = text("draft.pdf");
    assert!(draft.contains("ЧЕРНОВИК") && !draft.contains("Экземпляр"));
    bench.tool("pdftoppm", &["-r", "300", "-gray", "-png", "a.pdf", "side"]).exits(0);
    let images = bench.tree("").into_iter().filter(|(p, _)| p.extension() == Some("png".as_ref()));
    let codes = images.map(|(path, _)| {
        bench.tool("zbarimg", &["-q", "--raw", path.to_str().unwrap()]).exits(0).out
    });
    for (sheet, code) in (1..).zip(codes.collect::<Vec<_>>()) {
        assert!(code.trim().ends_with(&format!("/1/{sheet}/-")), "{code}");
    }
    bench.letopis(&["verify", "--deep"]).exits(0);
    bench.tool("python3", &["second/verify.py", "second"]).exits(0).says("\n0 findings, ");
}
