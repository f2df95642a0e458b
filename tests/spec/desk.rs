//! A school whose autumn closing goes on: its people, its calendar, its teaching load, and the commands of a closing.

use crate::bench::{Bench, PERIOD, Run};
use serde_json::Value;
use std::sync::OnceLock;

pub const DIRECTOR: &str = "Орлова Мария Ивановна";
pub const DEPUTY: &str = "Соколова Вера Павловна";
pub const ARCHIVIST: &str = "Дятлова Нина Львовна";
/// The classes with the numbers of their records and copies.
pub const CLASSES: [&str; 3] = ["6А", "6Б", "7А"];

/// The calendar that comes with Letopis.
pub const CALENDAR: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/templates/calendars/school-2025-26.toml");

/// Posts of a school: name and role.
pub fn appoint(bench: &Bench, posts: &[(&str, &str)]) {
    for (name, role) in posts {
        let known = bench.letopis(&["staff", "list"]).exits(0).out.contains(name);
        let word = if known { "post" } else { "add" };
        bench.letopis(&["staff", word, name, "--role", role, "--from", "2025-09-01"]).exits(0);
    }
}

/// The imported classes with everything a closing goes by.
pub fn ready() -> Bench {
    static MADE: OnceLock<Bench> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let bench = Bench::imported();
        appoint(&bench, &[(DIRECTOR, "director"), (DEPUTY, "deputy"), (ARCHIVIST, "archivist")]);
        bench.letopis(&["staff", "add", "Зорин Глеб Ильич"]).exits(0);
        let link = ["staff", "link", "Зорин Глеб Ильич", "--source", "dnevnik.ru:1000299990001"];
        bench.letopis(&link).exits(0);
        bench.letopis(&["staff", "load", "--period", PERIOD, "--add-new"]).exits(0);
        bench.letopis(&["adopt", "--calendar", CALENDAR]).exits(0).says("2025-26");
        bench
    });
    made.copied()
}

/// The same with the closing open.
pub fn opened() -> Bench {
    static MADE: OnceLock<Bench> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let bench = ready();
        let open = ["closing", "open", "--period", PERIOD, "--by", DEPUTY, "--confirm"];
        bench.letopis(&open).exits(0).says("opened: 3 classes");
        bench
    });
    made.copied()
}

/// The same with signed records 1 to 3, and their copies printed.
pub fn printed() -> Bench {
    static MADE: OnceLock<Bench> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let bench = opened();
        bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
        bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
        for record in ["1", "2", "3"] {
            bench.letopis(&["print", record, "--out", &format!("{record}.pdf")]).exits(0);
        }
        bench
    });
    made.copied()
}

/// A command of the closing, entered by the deputy.
pub fn enters(bench: &Bench, words: &[&str]) -> Run {
    bench.letopis(&[&["closing"], words, &["--by", DEPUTY]].concat())
}

/// What a closing's history holds, in order.
pub fn history(bench: &Bench) -> Vec<Value> {
    let history = bench.letopis(&["closing", "history", "--json"]).exits(0).json();
    history.as_array().unwrap().clone()
}

/// The numbers of the entries a command told of.
pub fn told(run: &Run) -> Vec<u64> {
    let number = |line: &str| line.split_once(": entry ")?.1.split(':').next()?.parse().ok();
    run.out.lines().filter_map(number).collect()
}
