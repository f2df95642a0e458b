mod attendance;
mod joining;
mod movement;
mod progress;
mod results;
mod whole;

use super::*;
use crate::journal::{
    Absence, Class, ClassKind, Decision, Entry, Final, FinalKind, Format, Journal, Lesson,
    Movement, MovementKind, Page, Period, PeriodId, Person, Pupil, School, Source,
};
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The first and last days of 2025-26's periods.
fn days(period: PeriodId) -> (NaiveDate, NaiveDate) {
    let (from, to) = match period.slug().as_str() {
        "q1" | "s1" => ("2025-09-01", "2025-10-24"),
        "q2" => ("2025-11-05", "2025-12-30"),
        "q3" => ("2026-01-12", "2026-03-27"),
        "q4" => ("2026-04-06", "2026-05-26"),
        _ => ("2025-09-01", "2026-05-26"),
    };
    (day(from), day(to))
}

/// An empty journal of 7А with the pupils s1 Агатов, s2 Белов, s3 Власов.
fn journal(period: &str) -> Journal {
    let id: PeriodId = format!("2025-26/{period}").parse().unwrap();
    let (from, to) = days(id);
    let class = ClassKind::School { grade: 7, letter: Some("А".into()) };
    let surnames = ["Агатов", "Белов", "Власов"].into_iter().zip(1..);
    Journal {
        class: Class { kind: class, teacher: Some("t1".parse().unwrap()) },
        decisions: Vec::new(),
        format: Format::V1,
        movements: Vec::new(),
        pages: Vec::new(),
        people: vec![Person {
            id: "t1".parse().unwrap(),
            name: Some("Ирина".into()),
            patronymic: Some("Ивановна".into()),
            surname: Some("Орлова".into()),
        }],
        period: Period { from, kind: id.kind, number: id.number, to },
        pupils: surnames.map(|(surname, n)| pupil(&format!("s{n}"), surname, n)).collect(),
        school: School { id: "7".into(), name: "МБОУ «СОШ № 7»".into() },
        school_year: id.year,
        source: Source {
            exported: "2025-10-25T10:12:00+03:00".parse().unwrap(),
            file: "7a.json".into(),
            system: "dnevnik.ru".into(),
        },
    }
}

fn pupil(id: &str, surname: &str, number: u32) -> Pupil {
    Pupil {
        born: Some(day("2012-03-14")),
        file_number: None,
        id: id.parse().unwrap(),
        name: "Артём".into(),
        number: Some(number),
        patronymic: None,
        surname: surname.into(),
    }
}

fn page(subject: &str, group: Option<&str>) -> Page {
    Page {
        entries: Vec::new(),
        finals: Vec::new(),
        group: group.map(str::to_owned),
        lessons: Vec::new(),
        planned_hours: None,
        pupils: None,
        subject: subject.to_owned(),
        teacher: Some("t1".parse().unwrap()),
    }
}

fn given(pupil: &str, kind: FinalKind, value: &str) -> Final {
    let pupil = pupil.parse().unwrap();
    Final { kind, pupil, school: None, set: None, value: value.to_owned() }
}

fn lesson(id: &str, date: &str, number: u32) -> Lesson {
    let id = id.parse().unwrap();
    Lesson { date: day(date), homework: None, id, number, substitute: None, topic: None }
}

fn absent(pupil: &str, lesson: &str, token: &str) -> Entry {
    let (lesson, pupil) = (lesson.parse().unwrap(), pupil.parse().unwrap());
    let absence = Some(Absence(token.to_owned()));
    Entry { absence, lesson, marks: Vec::new(), pupil, remark: None }
}

fn moved(pupil: &str, kind: MovementKind, date: &str, order: Option<&str>) -> Movement {
    let (order, pupil) = (order.map(str::to_owned), pupil.parse().unwrap());
    Movement { date: day(date), kind, order, pupil }
}

fn roll<'a>(journals: &[&'a Journal]) -> Roll<'a> {
    Roll::of(journals, &[]).unwrap()
}

fn source_id(system: &str, id: &str) -> SourceId {
    SourceId { id: id.parse().unwrap(), system: system.to_owned() }
}
