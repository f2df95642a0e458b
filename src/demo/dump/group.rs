//! A class or subgroup: its members, subjects, periods and what is asked for by subject.

use super::super::calendar;
use super::super::curriculum::Subject;
use super::super::names::Sex;
use super::super::roster::{self, Member};
use super::cells;
use super::shapes::{self, EduGroup, Person, ReportingPeriod};
use super::{Dumped, Files, kind_of, number, number_of, period_id, periods_like, sex, short_name};
use crate::journal::Page;
use chrono::Days;
use std::io;

/// A class, or a subgroup with its one page.
pub(super) struct Group {
    pub(super) id: u64,
    name: String,
    grade: u8,
    /// The class of a subgroup, and which page it has.
    parent: Option<(u64, usize)>,
}

/// A subject page of the journal with its subject and its place among the class's pages.
pub(super) struct Subpage<'a> {
    pub(super) index: usize,
    pub(super) page: &'a Page,
    pub(super) subject: &'static Subject,
}

impl Group {
    /// The class and its subgroups.
    pub(super) fn of(dumped: &Dumped) -> Vec<Group> {
        let place = dumped.class.place;
        let class = format!("{}-{}", place.grade, place.letters());
        let id = place.long_id(21_112, 0, 555_872);
        let grade = place.grade;
        let subgroups = dumped.journal.pages.iter().enumerate().filter_map(|(index, page)| {
            let name = format!("{class} {}", page.group.as_ref()?);
            let own = place.long_id(21_112, index + 1, 555_872);
            Some(Group { id: own, name, grade, parent: Some((id, index)) })
        });
        let whole = Group { id, name: class.clone(), grade, parent: None };
        std::iter::once(whole).chain(subgroups).collect()
    }

    /// As `schools/{school}/edu-groups` lists it.
    pub(super) fn shape(&self) -> EduGroup {
        let timetable = 1_222_111_000_999_888_454;
        EduGroup {
            id: self.id.into(),
            parent_ids: self.parent.map(|(class, _)| vec![class]),
            parent_ids_str: self.parent.map(|(class, _)| vec![class.to_string()]),
            kind: if self.parent.is_some() { "Subgroup" } else { "Group" },
            name: self.name.clone(),
            full_name: "",
            parallel: self.grade,
            timetable,
            timetable_str: timetable.to_string(),
            status: "Active",
            studyyear: calendar::school_year().first(),
            subjects: [],
            journaltype: "Default",
        }
    }

    /// Writes everything that is asked for by this group's id.
    pub(super) fn write(&self, dumped: &Dumped, files: &mut Files) -> io::Result<()> {
        let at = format!("edu-groups_{}", self.id);
        files.write(&format!("{at}_persons"), &self.persons(dumped))?;
        let pages = self.pages(dumped);
        let subjects = if self.parent.is_some() { pages_subjects(&pages) } else { all(dumped) };
        files.write(&format!("{at}_subjects"), &subjects)?;
        if self.parent.is_none() {
            files.write(&format!("{at}_reporting-periods"), &periods(dumped))?;
            files.write(&format!("{at}_classteacher"), &class_teacher(dumped))?;
            files.write(&format!("{at}_final-marks"), &cells::finals(self, dumped))?;
        }
        let dates = format!("{}_{}", dumped.journal.period.from, dumped.journal.period.to);
        for page in &pages {
            let at = format!("{at}_subjects_{}", subject_id(page.subject));
            let answers = cells::Answers::of(self, dumped, page);
            files.write(&format!("{at}_lessons_{dates}"), &answers.lessons)?;
            files.write(&format!("{at}_marks_{dates}"), &answers.marks)?;
        }
        let log: Vec<_> = pages.iter().flat_map(|page| cells::log(page.page)).collect();
        files.write(&format!("lesson-log-entries_group_{}", self.id), &log)
    }

    /// The class's own pages, or the subgroup's one page.
    fn pages<'a>(&self, dumped: &Dumped<'a>) -> Vec<Subpage<'a>> {
        let own = |p: &Subpage| match self.parent {
            None => p.page.group.is_none(),
            Some((_, index)) => p.index == index,
        };
        subpages(dumped).filter(own).collect()
    }

    fn persons(&self, dumped: &Dumped) -> Vec<Person> {
        let place = dumped.class.place;
        let roster = roster::roster(dumped.class.seed, place.grade, place.index());
        let listed = self.parent.and_then(|(_, page)| dumped.journal.pages[page].pupils.as_ref());
        let belongs = |m: &&Member| match listed {
            Some(ids) => ids.contains(&m.id),
            None => m.belongs_to(&dumped.journal.period),
        };
        roster.iter().filter(belongs).map(pupil).collect()
    }
}

/// All pages of the class.
pub(super) fn subpages<'a>(dumped: &Dumped<'a>) -> impl Iterator<Item = Subpage<'a>> {
    let plans = dumped.class.plan().pages.iter();
    let pages = dumped.journal.pages.iter().zip(plans).enumerate();
    pages.map(|(index, (page, plan))| Subpage { index, page, subject: plan.subject })
}

/// The API's id of a subject.
pub(super) fn subject_id(subject: &Subject) -> u64 {
    1_222_333_444_555_666_600 + subject.index as u64
}

fn pupil(member: &Member) -> Person {
    person(member.id.as_str(), &member.name, member.sex)
}

fn person(id: &str, name: &super::super::names::FullName, of: Sex) -> Person {
    let id = number(id);
    // Users have numbers of their own, apart from persons.
    let user = id + 5_000_000_000;
    Person {
        id: id.into(),
        user_id: user,
        user_id_str: user.to_string(),
        first_name: name.name.clone(),
        last_name: name.surname.clone(),
        middle_name: name.patronymic.clone(),
        short_name: short_name(&name.name, &name.surname),
        sex: sex(of),
    }
}

fn class_teacher(dumped: &Dumped) -> Person {
    let teachers = &dumped.class.block.staff.teachers;
    let teacher = &teachers[dumped.class.plan().teacher];
    person(teacher.id.as_str(), &teacher.name, teacher.sex)
}

fn pages_subjects(pages: &[Subpage]) -> Vec<shapes::Subject> {
    pages.iter().map(|p| subject(p.subject)).collect()
}

/// The subjects of the class, each once.
fn all(dumped: &Dumped) -> Vec<shapes::Subject> {
    let mut subjects: Vec<shapes::Subject> = subpages(dumped).map(|p| subject(p.subject)).collect();
    subjects.dedup_by(|a, b| a.id == b.id);
    subjects
}

fn subject(of: &Subject) -> shapes::Subject {
    let id = subject_id(of);
    shapes::Subject {
        id: id.into(),
        name: of.name,
        knowledge_area: of.knowledge_area(),
        fgos_subject_id: None,
        esp_subject_name: None,
        half_year: false,
    }
}

fn periods(dumped: &Dumped) -> Vec<ReportingPeriod> {
    let all = periods_like(&dumped.journal.period);
    all.map(|period| ReportingPeriod {
        id: period_id(&period).into(),
        start: format!("{}T00:00:00", period.from),
        finish: format!("{}T00:00:00", period.to + Days::new(1)),
        number: number_of(&period),
        kind: kind_of(&period),
        name: format!("{} {}", number_of(&period) + 1, noun(&period)),
        year: calendar::school_year().first(),
    })
    .collect()
}

fn noun(period: &crate::journal::Period) -> &'static str {
    if kind_of(period) == "HalfYear" { "полугодие" } else { "четверть" }
}
