//! Forms of the demo school's classes, and what can be read on them.

use crate::demo;
use crate::journal::statement::{
    ActivityStatement, AttendanceStatement, ClassReport, ClassResults, MonthlyAttendance,
    MovementStatement, ProgressStatement, Roll,
};
use crate::journal::{ClassKind, FinalKind, Journal};
use crate::paper::statement;
use crate::paper::wording::{Shipped, Wording};
use crate::paper::{Letterhead, PaperError, Print, Side};
use std::sync::LazyLock;

pub const SCHOOL: &str = "МБОУ «СОШ № 7» г. Яснограда";

static WORDING: LazyLock<Wording> = LazyLock::new(|| Wording::shipped(Shipped::School));
static DEMO: LazyLock<demo::School> =
    LazyLock::new(|| demo::school(&demo::Plan { seed: 7, classes: 12 }));

pub fn head() -> Letterhead<'static> {
    let printed = "2026-05-28T10:12:00+05:00".parse().unwrap();
    Letterhead { school: SCHOOL, wording: &WORDING, officials: &[], printed }
}

/// All journals of a class's year.
pub fn year(class: &str) -> Vec<Journal> {
    let all = ["q1", "q2", "q3", "q4", "h1", "h2", "year"];
    let period = |slug| format!("2025-26/{slug}").parse().unwrap();
    all.iter().filter_map(|slug| DEMO.journal(&class.parse().unwrap(), period(slug))).collect()
}

pub fn quarter(class: &str) -> Journal {
    DEMO.journal(&class.parse().unwrap(), "2025-26/q1".parse().unwrap()).unwrap()
}

/// A chess club: what a class did in one subject, with results of its own.
pub fn club() -> Journal {
    let mut journal = quarter("7А");
    journal.class.kind = ClassKind::Activity { name: "Шахматы".into(), grade: Some(7) };
    journal.pages.truncate(1);
    let page = &mut journal.pages[0];
    page.subject = "Шахматы для начинающих".into();
    for (place, given) in page.finals.iter_mut().enumerate() {
        given.kind = FinalKind::Period;
        given.value = if place % 7 == 3 { "не освоил" } else { "освоил" }.into();
    }
    journal
}

pub fn roll(journals: &[Journal]) -> Roll<'_> {
    Roll::of(&journals.iter().collect::<Vec<_>>(), &[]).unwrap()
}

/// Every form there is, by name.
pub fn all() -> Vec<(&'static str, Print)> {
    let made = |name, print: Result<Print, PaperError>| (name, print.unwrap());
    let (seven, nine, ten, one) = (year("7А"), year("9А"), year("10А"), year("1А"));
    let (quarter, club) = ([quarter("7А")], [club()]);
    let head = head();
    let progress =
        |journals: &[Journal]| statement::progress(&ProgressStatement::of(&roll(journals)), &head);
    let attendance = |journals: &[Journal]| {
        statement::attendance(&AttendanceStatement::of(&roll(journals)), &head)
    };
    let movement =
        |journals: &[Journal]| statement::movement(&MovementStatement::of(&roll(journals)), &head);
    let results = |journals| statement::results(&ClassResults::of(&roll(journals)), &head);
    let months = |journals| statement::months(&MonthlyAttendance::of(&roll(journals)), &head);
    let report = |journals| statement::class_report(&ClassReport::of(&roll(journals)), &head);
    let activity = ActivityStatement::of(&roll(&club)).unwrap();
    vec![
        made("progress-7", progress(&seven)),
        made("progress-9", progress(&nine)),
        made("progress-10", progress(&ten)),
        made("progress-1", progress(&one)),
        made("progress-quarter", progress(&quarter)),
        made("attendance", attendance(&seven)),
        made("attendance-quarter", attendance(&quarter)),
        made("movement", movement(&seven)),
        made("movement-quarter", movement(&quarter)),
        made("results", results(&quarter)),
        made("results-1", results(&one[..1])),
        made("months", months(&seven)),
        made("class-report", report(&quarter)),
        made("activity", statement::activity(&activity, &head)),
    ]
}

/// The texts of a side in the order they were drawn.
pub fn texts(side: &Side) -> Vec<String> {
    side.runs().iter().map(|run| run.text.as_str().to_owned()).collect()
}
