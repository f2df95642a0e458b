//! A class's journal for a period.

use super::block::{Block, ClassPlan, PagePlan};
use super::calendar;
use super::curriculum::Group;
use super::dice::Dice;
use super::marks;
use super::names::Sex;
use super::page::{self, Context};
use super::place::Place;
use super::roster::{self, Member};
use crate::journal::{
    Format, Journal, Page, Period, Person, PersonId, Pupil, PupilId, School, Source,
};
use chrono::{Days, FixedOffset, NaiveTime};
use std::collections::BTreeSet;

/// A class and what its journals are made from.
pub(super) struct DemoClass<'a> {
    pub(super) seed: u64,
    pub(super) place: Place,
    pub(super) block: &'a Block,
    pub(super) school: School,
}

impl DemoClass<'_> {
    /// What is taught in the class, by whom and when.
    pub(super) fn plan(&self) -> &ClassPlan {
        self.block.plan(self.place.grade, self.place.letter)
    }

    /// The class's journal for a period by which its grade closes.
    pub(super) fn journal(&self, period: Period) -> Journal {
        let members = roster::roster(self.seed, self.place.grade, self.place.index());
        let members: Vec<&Member> = members.iter().filter(|m| m.belongs_to(&period)).collect();
        let days = calendar::school_days(self.place.grade);
        let Self { seed, place, block, .. } = *self;
        let context = Context { seed, place, block, period, days: &days };
        let plan = self.plan();
        let pages = plan.pages.iter().enumerate();
        let pages: Vec<Page> = pages.map(|(i, p)| page(&context, i, p, &members)).collect();
        let class_teacher = block.staff.teachers[plan.teacher].id.clone();
        Journal {
            people: self.people(&pages, &class_teacher),
            class: place.class(Some(class_teacher)),
            decisions: Vec::new(),
            format: Format::V1,
            movements: movements(&members, &period),
            pages,
            period,
            pupils: members.iter().zip(1..).map(|(m, number)| pupil(m, number)).collect(),
            school: self.school.clone(),
            school_year: calendar::school_year(),
            source: source(place, &period),
        }
    }

    /// The teachers a journal names, by id.
    fn people(&self, pages: &[Page], class_teacher: &PersonId) -> Vec<Person> {
        let lessons = pages.iter().flat_map(|p| &p.lessons);
        let mut named: BTreeSet<&PersonId> =
            lessons.filter_map(|l| l.substitute.as_ref()).collect();
        named.extend(pages.iter().filter_map(|p| p.teacher.as_ref()));
        named.insert(class_teacher);
        let teachers = self.block.staff.teachers.iter();
        teachers.filter(|t| named.contains(&t.id)).map(|t| t.person()).collect()
    }
}

fn page(context: &Context, index: usize, plan: &PagePlan, members: &[&Member]) -> Page {
    let draft = page::draft(context, index, plan);
    let members: Vec<&Member> =
        members.iter().filter(|m| learns_in(m, plan.group)).copied().collect();
    let (place, period) = (context.place, context.period);
    let purpose = format!("marks/{}/{index}/{}", place.index(), period.from);
    let mut dice = Dice::new(context.seed, &purpose);
    let hours = plan.subject.hours(place.grade);
    let cells = marks::fill(context, &draft, hours, &members, &mut dice);
    Page {
        entries: cells.entries,
        finals: cells.finals,
        group: plan.group.map(|group| plan.subject.group_name(group)),
        planned_hours: Some(draft.lessons.len() as u32),
        lessons: draft.lessons,
        pupils: plan.group.map(|_| ids(&members)),
        subject: plan.subject.name.to_owned(),
        teacher: Some(context.block.staff.teachers[plan.teacher].id.clone()),
    }
}

fn ids(members: &[&Member]) -> Vec<PupilId> {
    members.iter().map(|m| m.id.clone()).collect()
}

fn learns_in(member: &Member, group: Option<Group>) -> bool {
    match group {
        None => true,
        Some(Group::First) => member.first_half,
        Some(Group::Second) => !member.first_half,
        Some(Group::Boys) => member.sex == Sex::Male,
        Some(Group::Girls) => member.sex == Sex::Female,
    }
}

fn pupil(member: &Member, number: u32) -> Pupil {
    Pupil {
        born: Some(member.born),
        file_number: Some(member.file_number.clone()),
        id: member.id.clone(),
        name: member.name.name.clone(),
        number: Some(number),
        patronymic: member.name.patronymic.clone(),
        surname: member.name.surname.clone(),
    }
}

fn movements(members: &[&Member], period: &Period) -> Vec<crate::journal::Movement> {
    let mut movements: Vec<_> = members.iter().flat_map(|m| m.movements(period)).collect();
    movements.sort_by_key(|m| m.date);
    movements
}

/// Taken out of the e-journal the morning after the period's last day, Moscow time.
fn source(place: Place, period: &Period) -> Source {
    let morning = NaiveTime::from_hms_opt(10, 12, 0).expect("12 minutes past 10 exist");
    let offset = FixedOffset::east_opt(3 * 3600).expect("3 hours are an offset");
    let day = period.to + Days::new(1);
    Source {
        exported: day.and_time(morning).and_local_timezone(offset).single().expect("fixed offset"),
        file: file_name(place),
        system: "dnevnik.ru".to_owned(),
    }
}

/// «7а.json».
pub(super) fn file_name(place: Place) -> String {
    format!("{}.json", place.name().as_str().to_lowercase())
}
