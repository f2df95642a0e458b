//! Every rule broken gives exactly its remark; the rule kept gives none.

mod entries;
mod every;
mod finals;
mod lessons;
mod names;
mod stay;
mod whole;

use super::{Code, Level, Remark, check};
use crate::journal::regulation::Regulation;
use crate::journal::{
    Absence, Class, ClassKind, Entry, Final, FinalKind, Format, Journal, Lesson, LessonId, Mark,
    Movement, MovementKind, Page, Period, PeriodKind, Person, Pupil, School, Source,
};
use chrono::{Datelike, NaiveDate, Weekday};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn mark(value: &str) -> Mark {
    Mark { value: value.to_owned(), weight: None, work: None }
}

fn weighed(value: &str, weight: &str) -> Mark {
    Mark { weight: some(weight), ..mark(value) }
}

fn final_mark(pupil: usize, kind: FinalKind, value: &str) -> Final {
    let pupil = format!("s{pupil}").parse().unwrap();
    let set = Some(day("2025-10-21"));
    Final { kind, pupil, school: None, set, value: value.to_owned() }
}

fn pupil(number: usize) -> Pupil {
    let surnames =
        ["Агатов", "Берёзкин", "Вересов", "Гранитов", "Дубравин", "Ежевикин", "Жемчугов"];
    Pupil {
        born: Some(day("2012-03-14")),
        file_number: Some(format!("А-{number}")),
        id: format!("s{number}").parse().unwrap(),
        name: "Артём".to_owned(),
        number: Some(u32::try_from(number).unwrap()),
        patronymic: some("Ильич"),
        surname: surnames[(number - 1) % surnames.len()].to_owned(),
    }
}

fn person(id: &str, surname: &str) -> Person {
    let (name, patronymic) = (some("Мария"), some("Ивановна"));
    Person { id: id.parse().unwrap(), name, patronymic, surname: some(surname) }
}

fn school_class(grade: u8) -> Class {
    let kind = ClassKind::School { grade, letter: some("А") };
    Class { kind, teacher: Some("t1".parse().unwrap()) }
}

/// The first quarter: 8 weeks from Monday, 1 September to Friday, 24 October 2025.
fn quarter() -> Period {
    let (from, to) = (day("2025-09-01"), day("2025-10-24"));
    Period { from, kind: PeriodKind::Quarter, number: Some(1), to }
}

/// A page with a lesson on each of these weekdays, planned just so, everybody's 4 on every lesson and as final.
fn page(subject: &str, period: &Period, weekdays: &[Weekday], pupils: usize) -> Page {
    let days = period.from.iter_days().take_while(|day| *day <= period.to);
    let lesson = |(i, date): (usize, NaiveDate)| Lesson {
        date,
        homework: some("§ 3, № 12"),
        id: LessonId::try_from(format!("{subject}-{i}")).unwrap(),
        number: 1,
        substitute: None,
        topic: some("Повторение"),
    };
    let held = days.filter(|day| weekdays.contains(&day.weekday()));
    let lessons: Vec<Lesson> = held.enumerate().map(lesson).collect();
    let entry = |lesson: &Lesson, pupil: usize| Entry {
        absence: None,
        lesson: lesson.id.clone(),
        marks: vec![mark("4")],
        pupil: format!("s{pupil}").parse().unwrap(),
        remark: None,
    };
    Page {
        entries: lessons.iter().flat_map(|l| (1..=pupils).map(move |p| entry(l, p))).collect(),
        finals: (1..=pupils).map(|p| final_mark(p, FinalKind::Period, "4")).collect(),
        group: None,
        planned_hours: u32::try_from(lessons.len()).ok(),
        lessons,
        pupils: None,
        subject: subject.to_owned(),
        teacher: Some("t2".parse().unwrap()),
    }
}

/// A journal against which nothing can be said: class 7А with three pupils, Алгебра three times a week,
/// Физика twice.
fn clean() -> Journal {
    let period = quarter();
    let pages = vec![
        page("Алгебра", &period, &[Weekday::Mon, Weekday::Wed, Weekday::Fri], 3),
        page("Физика", &period, &[Weekday::Tue, Weekday::Thu], 3),
    ];
    Journal {
        class: school_class(7),
        decisions: Vec::new(),
        format: Format::V1,
        movements: Vec::new(),
        pages,
        people: vec![person("t1", "Орлова"), person("t2", "Соколова")],
        period,
        pupils: (1..=3).map(pupil).collect(),
        school: School {
            id: "1020200000001".to_owned(), name: "МБОУ «СОШ № 7»".to_owned()
        },
        school_year: "2025-26".parse().unwrap(),
        source: Source {
            exported: "2025-10-25T10:12:00+03:00".parse().unwrap(),
            file: "7a.json".to_owned(),
            system: "manual".to_owned(),
        },
    }
}

/// What is said about the clean journal after a change.
fn after(change: impl FnOnce(&mut Journal)) -> Vec<Remark> {
    let mut journal = clean();
    change(&mut journal);
    check(&journal, &Regulation::school())
}

/// The single remark after a change; it has this code and the code's level and clause.
fn only(code: Code, level: Level, change: impl FnOnce(&mut Journal)) -> Remark {
    let remarks = after(change);
    let [remark] = &remarks[..] else { panic!("one remark expected: {remarks:#?}") };
    assert_eq!((remark.code, remark.level), (code, level), "{}", remark.text);
    assert_eq!(remark.clause.as_deref(), Regulation::school().clause(code));
    assert_eq!(remark.place.class, "7А".parse().unwrap());
    remark.clone()
}

/// Page, pupil's surname, lesson's date of a remark.
fn place(remark: &Remark) -> (Option<&str>, Option<&str>, Option<String>) {
    let surname = remark.place.pupil.as_deref().and_then(|name| name.split(' ').next());
    let lesson = remark.place.lesson.map(|l| format!("{} {}", l.date, l.number));
    (remark.place.page.as_deref(), surname, lesson)
}

fn moved(pupil: usize, kind: MovementKind, date: &str) -> Movement {
    let pupil = format!("s{pupil}").parse().unwrap();
    Movement { date: day(date), kind, order: some("12-к"), pupil }
}

#[test]
fn nothing_is_said_about_a_clean_journal() {
    assert_eq!(after(|_| {}), []);
}
