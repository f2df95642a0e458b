//! A class's journal as the answers of Дневник.ру's partner API, one file for each request.
//!
//! A file is named like the request's path with `_` for `/`. Lessons, marks and attendance of a subgroup
//! come under the subgroup's id. The API has neither birth dates nor planned hours nor orders: they are
//! lost, as they are in life.

mod cells;
mod group;
mod shapes;

use super::class::DemoClass;
use super::works::WORKS;
use super::{SCHOOL_ID, School, calendar, names::Sex};
use crate::journal::{Journal, Period, PeriodId, PeriodKind};
use group::Group;
use serde::Serialize;
use shapes::{EduGroup, Teacher, WorkType};
use std::io;
use std::path::Path;

/// A class and its journal.
pub(super) struct Dumped<'a> {
    pub(super) class: DemoClass<'a>,
    pub(super) journal: &'a Journal,
}

/// Writes the answers for these classes, all of one period, into `folder`; says how many files.
pub(super) fn write(school: &School, classes: &[Dumped], folder: &Path) -> io::Result<usize> {
    let mut files = Files { folder, count: 0 };
    let groups: Vec<Vec<Group>> = classes.iter().map(Group::of).collect();
    let listed: Vec<EduGroup> = groups.iter().flatten().map(Group::shape).collect();
    files.write(&format!("schools_{SCHOOL_ID}"), &school_card(school))?;
    files.write(&format!("schools_{SCHOOL_ID}_edu-groups"), &listed)?;
    files.write(&format!("schools_{SCHOOL_ID}_teachers"), &teachers(school))?;
    files.write(&format!("work-types_{SCHOOL_ID}"), &work_types())?;
    files.write("lesson-log-entries_statuses", &["Attend", "Absent", "Ill", "Late", "Pass"])?;
    for (dumped, groups) in classes.iter().zip(&groups) {
        for group in groups {
            group.write(dumped, &mut files)?;
        }
    }
    Ok(files.count)
}

/// Where the files go, and how many there are.
struct Files<'a> {
    folder: &'a Path,
    count: usize,
}

impl Files<'_> {
    fn write<T: Serialize + ?Sized>(&mut self, request: &str, answer: &T) -> io::Result<()> {
        let text = serde_json::to_vec_pretty(answer)?;
        self.count += 1;
        std::fs::write(self.folder.join(format!("{request}.json")), text)
    }
}

fn school_card(school: &School) -> shapes::School {
    shapes::School {
        id: SCHOOL_ID.into(),
        name: school.name(),
        full_name: "Муниципальное бюджетное общеобразовательное учреждение «Средняя \
                    общеобразовательная школа № 7» города Яснограда",
        city: "Ясноград",
        municipality: "Ясноградский район",
        region_id: 33,
        mark_type: "Mark5",
        time_zone: 3,
        uses_avg: true,
        uses_weighted_avg: true,
        avatar_small: None,
        education_type: "Regular",
        tso_city_id: 2566,
        tso_region_tree_path: "12.",
    }
}

fn teachers(school: &School) -> Vec<Teacher> {
    let all = school.blocks.iter().flat_map(|b| &b.staff.teachers);
    all.map(|teacher| Teacher {
        id: number(teacher.id.as_str()),
        id_str: teacher.id.to_string(),
        first_name: teacher.name.name.clone(),
        last_name: teacher.name.surname.clone(),
        middle_name: teacher.name.patronymic.clone(),
        short_name: short_name(&teacher.name.name, &teacher.name.surname),
        sex: sex(teacher.sex),
        house_master: false,
        start_date: "2019-09-02T00:00:00",
    })
    .collect()
}

fn work_types() -> Vec<WorkType> {
    let mut kinds: Vec<&str> = Vec::new();
    let types = WORKS.iter().map(|work| {
        let known = kinds.iter().position(|kind| *kind == work.kind);
        let kind = known.unwrap_or_else(|| {
            kinds.push(work.kind);
            kinds.len() - 1
        });
        WorkType {
            id: work.id,
            school_id: SCHOOL_ID,
            kind_id: kind as u32 + 1,
            kind: work.kind,
            title: work.title,
            abbr: work.abbr,
            weight: work.weight,
        }
    });
    types.collect()
}

/// The number an id spells.
fn number(id: &str) -> u64 {
    id.parse().expect("ids of the demo school are numbers")
}

fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "Male",
        Sex::Female => "Female",
    }
}

/// «Артём А».
fn short_name(name: &str, surname: &str) -> String {
    format!("{name} {}", surname.chars().take(1).collect::<String>())
}

/// The API's id of a period of 2025-26.
fn period_id(period: &Period) -> u64 {
    let kind = u64::from(period.kind == PeriodKind::HalfYear);
    2_263_000_000_000_000_000 + kind * 10 + u64::from(number_of(period))
}

/// The API counts periods from 0.
fn number_of(period: &Period) -> u32 {
    period.number.map_or(0, |n| n - 1)
}

/// The API's word for a kind of period.
fn kind_of(period: &Period) -> &'static str {
    if period.kind == PeriodKind::HalfYear { "HalfYear" } else { "Quarter" }
}

/// The periods of the year of the same kind.
fn periods_like(period: &Period) -> impl Iterator<Item = Period> {
    let (year, kind) = (calendar::school_year(), period.kind);
    let numbers = 1..=kind.most().unwrap_or(0);
    numbers.filter_map(move |n| calendar::period(PeriodId { year, kind, number: Some(n) }))
}
