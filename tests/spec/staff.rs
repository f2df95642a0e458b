//! Who works at the school and who teaches what: posts, substitution, the teaching load taken in.

use crate::bench::{Bench, PERIOD, Run};
use letopis::archive::{Home, Reading};
use letopis::register::StaffId;
use letopis::staff::{Duties, PageTeacher, Role};
use serde_json::Value;

const ORLOVA: &str = "Орлова Мария Ивановна";
const LUGOV: &str = "Лугов Пётр Ильич";

fn staff(bench: &Bench, line: &[&str]) -> Run {
    bench.letopis(&[&["staff"], line].concat())
}

fn list(bench: &Bench) -> Vec<Value> {
    staff(bench, &["list", "--json"]).exits(0).json().as_array().unwrap().clone()
}

fn person(bench: &Bench, name: &str) -> Value {
    let mut found = list(bench).into_iter().filter(|person| person["name"] == name);
    let person = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "{name} twice");
    person
}

/// The imported classes; whom 6Б names by an id alone is answered for.
fn answered() -> Bench {
    let bench = Bench::imported();
    staff(&bench, &["load", "--period", PERIOD, "--add-new"]).exits(1).notes("gives no name");
    staff(&bench, &["add", "Зорин Глеб Ильич"]).exits(0);
    let link = ["link", "Зорин Глеб Ильич", "--source", "dnevnik.ru:1000299990001"];
    staff(&bench, &link).exits(0);
    bench
}

async fn reading(bench: &Bench) -> Reading {
    let home = Home::find(&bench.path("archive")).unwrap();
    let stores = home.stores();
    Reading::open(home, stores).await.unwrap()
}

#[test]
fn a_load_with_open_questions_is_not_taken_in() {
    let bench = answered();
    let size = bench.register_size();
    let shown = staff(&bench, &["load", "--period", PERIOD, "--dry-run"]).exits(1);
    shown.says("who is `").says("nobody in the roster: --add-new, or `letopis staff link");
    staff(&bench, &["load", "--period", PERIOD]).exits(1).notes("question(s) are open");
    staff(&bench, &["load", "--period", PERIOD, "--add-new", "--dry-run"]).exits(0).says("new  7А");
    assert_eq!(bench.register_size(), size, "nothing was written");
    staff(&bench, &["load", "--period", "2025-26/q3"]).exits(2).notes("nothing is imported");
}

#[tokio::test]
async fn every_page_gets_the_teacher_its_journal_names_before_and_after_sealing() {
    let bench = answered();
    let size = bench.register_size();
    staff(&bench, &["load", "--period", PERIOD, "--add-new"]).exits(0).says("post  class-teacher");
    assert_eq!(bench.register_size(), size + 2, "one roster, one load");
    let again = staff(&bench, &["load", "--period", PERIOD]).exits(0);
    again.says("in force already; nothing was written");
    let reading = reading(&bench).await;
    let (roster, load) = (reading.roster().await.unwrap(), reading.teaching_load().await.unwrap());
    let duties = Duties::new(&roster, &load);
    let journals = reading.journals_of(PERIOD.parse().unwrap()).await.unwrap();
    assert_eq!(journals.len(), 3);
    for journal in journals {
        let (class, last) = (journal.class.name(), journal.period.to);
        for page in journal.pages.iter().filter(|page| page.teacher.is_some()) {
            let name = journal.person(page.teacher.as_ref().unwrap()).unwrap().full_name();
            let PageTeacher::One(who) = duties.teacher_of(&class, page.key(), last) else {
                panic!("{class} {}", page.key());
            };
            let name = name.unwrap_or_else(|| "Зорин Глеб Ильич".to_owned());
            assert_eq!(roster.person(who).unwrap().name(), name);
            assert!(duties.holds(who, Role::Teacher, Some(&class), last));
        }
        assert_eq!(duties.holders(Role::ClassTeacher, Some(&class), last).len(), 1);
    }
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    let sealed = staff(&bench, &["load", "--period", PERIOD]).exits(0);
    sealed.says("in force already; nothing was written");
    bench.letopis(&["rebuild"]).exits(0);
    staff(&bench, &["load", "--period", PERIOD]).exits(0).says("in force already");
    bench.letopis(&["verify"]).exits(0);
}

#[test]
fn a_table_ends_the_former_teacher_the_day_before_the_new_one_begins() {
    let bench = answered();
    staff(&bench, &["load", "--period", PERIOD, "--add-new"]).exits(0);
    bench.put("load.csv", format!("Учитель;Класс;Предмет;С\n{LUGOV};7a;Алгебра;10.10.2025\n"));
    let asked = staff(&bench, &["load", "load.csv"]).exits(1);
    asked.notes("who is `Лугов Пётр Ильич`: 7А Алгебра; nobody in the roster");
    staff(&bench, &["add", LUGOV]).exits(0).says(LUGOV);
    let run = staff(&bench, &["load", "load.csv"]).exits(0);
    let run = run.says("new  7А, Алгебра, from 2025-10-10: Лугов Пётр Ильич");
    let ended = |line: &&str| line.starts_with("ended  7А, ") && line.contains("to 2025-10-09");
    assert!(run.out.lines().filter(ended).count() > 1, "the class as a whole: {}", run.out);
    assert_eq!(person(&bench, LUGOV)["posts"], Value::Array(Vec::new()));
}

#[test]
fn a_table_with_problems_is_refused_with_all_of_them() {
    let bench = Bench::imported();
    let size = bench.register_size();
    bench.put("load.csv", "Учитель;Класс;Предмет;С\n;7А;Алгебра;\nЛугов;12Я;Алгебра;вчера\n");
    let run = staff(&bench, &["load", "load.csv", "--add-new"]).exits(2);
    let run = run.notes("row 2: `Учитель` is empty").notes("row 3: no journal and no row");
    run.notes("row 3: `вчера` is no day").notes("the table has 3 problem(s)");
    assert_eq!(bench.register_size(), size);
}

#[test]
fn an_unknown_name_is_answered_by_linking_the_id_of_the_source() {
    let bench = Bench::imported();
    let shown = staff(&bench, &["load", "--period", PERIOD, "--dry-run"]).exits(1);
    let question = shown.out.lines().find(|line| line.starts_with("who is")).unwrap().to_owned();
    let source = question.split(['(', ')']).nth(1).unwrap().to_owned();
    staff(&bench, &["link", ORLOVA, "--source", &source]).exits(0).says(&source);
    let shown = staff(&bench, &["load", "--period", PERIOD, "--dry-run"]).exits(1);
    assert!(!shown.out.contains(&format!("({source})")), "{}", shown.out);
    shown.says(&format!(": {ORLOVA}"));
    staff(&bench, &["add", LUGOV]).exits(0);
    staff(&bench, &["link", LUGOV, "--source", &source]).exits(1).notes("cannot be two people");
}

#[tokio::test]
async fn posts_and_substitutions_hold_on_their_days_and_nobody_is_taken_out() {
    let bench = Bench::imported();
    let deputy = ["--role", "deputy", "--title", "Заместитель директора по УВР"];
    let term = ["--from", "2025-09-01", "--order", "12-к/2025-08-29"];
    staff(&bench, &[&["add", LUGOV], &deputy[..], &term].concat()).exits(0);
    staff(&bench, &["add", LUGOV]).exits(1).notes("add --namesake");
    let acting = ["post", LUGOV, "--role", "director", "--from", "2025-10-20"];
    let until = ["--until", "2025-11-02", "--order", "31-к/2025-10-17"];
    staff(&bench, &[&acting[..], &until].concat()).exits(0);
    staff(&bench, &acting).exits(1).notes("already holds the post director");
    let away = ["substitute", ORLOVA, LUGOV, "--order", "32-к/2025-10-17", "--from", "2025-10-20"];
    staff(&bench, &away).exits(0);
    staff(&bench, &[&away[..], &["--until", "2025-11-02"]].concat()).exits(0);
    staff(&bench, &["end", LUGOV, "--role", "deputy", "--until", "2025-12-31"]).exits(0);
    let lugov = person(&bench, LUGOV);
    assert_eq!(lugov["posts"][0]["until"], "2025-12-31");
    assert_eq!(lugov["posts"][0]["order"], "12-к/2025-08-29");

    let reading = reading(&bench).await;
    let (roster, load) = (reading.roster().await.unwrap(), reading.teaching_load().await.unwrap());
    assert_eq!(load.rows(), [], "none yet");
    let duties = Duties::new(&roster, &load);
    let day = |text: &str| text.parse().unwrap();
    let who: StaffId = lugov["id"].as_str().unwrap().parse().unwrap();
    let orlova = roster.lookup(ORLOVA).unwrap().id();
    assert_eq!(duties.holders(Role::Director, None, day("2025-11-02")), [who]);
    assert_eq!(duties.holders(Role::Director, None, day("2025-11-03")), []);
    let title = duties.post_title(who, Role::Deputy, day("2025-12-31"));
    assert_eq!(title, Some("Заместитель директора по УВР"));
    assert!(duties.may_sign_for(who, orlova, day("2025-11-02")));
    assert!(!duties.may_sign_for(who, orlova, day("2025-11-03")));
}

#[test]
fn no_name_or_title_of_the_staff_stands_in_the_register() {
    let bench = answered();
    staff(&bench, &["load", "--period", PERIOD, "--add-new"]).exits(0);
    let title = ["--role", "deputy", "--from", "2025-09-01", "--title", "Завуч"];
    staff(&bench, &[&["add", LUGOV], &title[..]].concat()).exits(0);
    let people = list(&bench);
    assert!(people.len() > 5);
    let surnames = people.iter().map(|person| {
        let name = person["name"].as_str().unwrap();
        name.split(' ').next().unwrap().to_owned()
    });
    let words: Vec<String> = surnames.chain(["Завуч".to_owned()]).collect();
    for (path, bytes) in bench.tree("archive/primary/register") {
        let text = String::from_utf8_lossy(&bytes);
        for word in &words {
            assert!(!text.contains(word.as_str()), "{word} in {}", path.display());
        }
    }
}
