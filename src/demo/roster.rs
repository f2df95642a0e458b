//! A class's pupils over the year: names, who comes and goes, who is absent when.

use super::calendar;
use super::dice::Dice;
use super::names::{self, FullName, Sex};
use crate::journal::{Movement, MovementKind, Period, PupilId};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, HashSet};

/// How well a pupil learns: percents of fives, fours and threes; the rest are twos.
pub(super) type Skill = [usize; 3];

const SKILLS: [Skill; 4] = [[68, 27, 4], [28, 52, 18], [9, 40, 46], [3, 22, 60]];

/// Absence from a school day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// From all lessons, with this code.
    AllDay(&'static str),
    /// From the lesson of this number, or late to it.
    Lesson(u32, &'static str),
}

/// A pupil of the class at some time of the year.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) id: PupilId,
    pub(super) sex: Sex,
    pub(super) name: FullName,
    pub(super) born: NaiveDate,
    pub(super) file_number: String,
    pub(super) skill: Skill,
    /// First or second half of the class, where it is split.
    pub(super) first_half: bool,
    /// First day in the class, and the order's number.
    arrives: Option<(NaiveDate, String)>,
    /// First day no longer in the class, and the order's number.
    leaves: Option<(NaiveDate, String)>,
    absences: BTreeMap<NaiveDate, Absent>,
}

impl Member {
    /// Whether the pupil is in the class that day.
    pub(super) fn belongs(&self, date: NaiveDate) -> bool {
        self.arrives.as_ref().is_none_or(|(day, _)| *day <= date)
            && self.leaves.as_ref().is_none_or(|(day, _)| *day > date)
    }

    /// Whether the pupil is in the class on some day of the period.
    pub(super) fn belongs_to(&self, period: &Period) -> bool {
        self.arrives.as_ref().is_none_or(|(day, _)| *day <= period.to)
            && self.leaves.as_ref().is_none_or(|(day, _)| *day > period.from)
    }

    /// The absence code for a lesson, if any.
    pub(super) fn absence(&self, date: NaiveDate, number: u32) -> Option<&'static str> {
        match self.absences.get(&date)? {
            Absent::AllDay(code) => Some(code),
            Absent::Lesson(missed, code) => (*missed == number).then_some(code),
        }
    }

    /// Comings and goings within the period.
    pub(super) fn movements(&self, period: &Period) -> impl Iterator<Item = Movement> {
        let arrived = self.arrives.iter().map(|m| (m, MovementKind::Arrived));
        let left = self.leaves.iter().map(|m| (m, MovementKind::Left));
        let within = |date: &NaiveDate| (period.from..=period.to).contains(date);
        let found: Vec<Movement> = arrived
            .chain(left)
            .filter(|((date, _), _)| within(date))
            .map(|((date, order), kind)| Movement {
                date: *date,
                kind,
                order: Some(order.clone()),
                pupil: self.id.clone(),
            })
            .collect();
        found.into_iter()
    }
}

/// Everyone who is in the class during the year, in list order. `class` is the class's number among all
/// possible classes, [`super::place::Place::index`].
pub(super) fn roster(seed: u64, grade: u8, class: usize) -> Vec<Member> {
    let mut dice = Dice::new(seed, &format!("roster/{class}"));
    let size = dice.between(22, 29);
    let mut names = class_list(size, &mut dice);
    let movements = movements(grade, size, &mut dice);
    for _ in movements.iter().filter(|m| m.pupil.is_none()) {
        let taken: HashSet<String> = names.iter().map(|(_, n)| n.surname.clone()).collect();
        names.push(new_name(&taken, &mut dice, |_| true));
    }
    let mut members: Vec<Member> = names
        .into_iter()
        .enumerate()
        .map(|(index, name)| member(index, name, grade, class, &mut dice))
        .collect();
    let mut arrived = size;
    for movement in movements {
        let number = dice.between(3, 90);
        let entry = Some((movement.date, format!("{number}-к")));
        match movement.pupil {
            Some(index) => members[index].leaves = entry,
            None => {
                members[arrived].arrives = entry;
                arrived += 1;
            }
        }
    }
    members.sort_by_cached_key(|m| names::list_order(&m.name));
    for (place, member) in members.iter_mut().enumerate() {
        member.first_half = place % 2 == 0;
        member.absences = absences(seed, class, grade, &member.id);
    }
    members
}

/// Names of a class, all different; neither boys nor girls are fewer than eight.
fn class_list(size: usize, dice: &mut Dice) -> Vec<(Sex, FullName)> {
    let mut names: Vec<(Sex, FullName)> = Vec::new();
    let mut taken = HashSet::new();
    while names.len() < size {
        let of = |sex| names.iter().filter(|(s, _)| *s == sex).count();
        let (boys, girls) = (of(Sex::Male), of(Sex::Female));
        let name = new_name(&taken, dice, |sex| match sex {
            Sex::Male => boys < size - 8,
            Sex::Female => girls < size - 8,
        });
        taken.insert(name.1.surname.clone());
        names.push(name);
    }
    names
}

/// A name whose surname nobody in the class has yet.
fn new_name(
    taken: &HashSet<String>,
    dice: &mut Dice,
    wanted: impl Fn(Sex) -> bool,
) -> (Sex, FullName) {
    loop {
        let (sex, name) = names::pupil(dice);
        if wanted(sex) && !taken.contains(&name.surname) {
            return (sex, name);
        }
    }
}

/// Somebody comes (`pupil` is `None`) or one of the first list goes.
struct Planned {
    date: NaiveDate,
    pupil: Option<usize>,
}

/// Comings and goings of the year. Nobody leaves grades 5 and 6: their journals are also written as dumps
/// of a partner API, which does not tell who has left.
fn movements(grade: u8, size: usize, dice: &mut Dice) -> Vec<Planned> {
    let mut planned = Vec::new();
    for quarter in ["q1", "q2", "q3", "q4"] {
        let id = format!("{}/{quarter}", calendar::school_year()).parse();
        let Some(period) = id.ok().and_then(calendar::period) else { continue };
        let mut day = |first, last| {
            let date = period.from + Days::new(dice.between(first, last) as u64);
            (calendar::school_day_up_to(date, grade), dice.below(size), dice.per_mille(170))
        };
        let (arrival, leaving) = (day(7, 16), day(14, 40));
        if arrival.2 {
            planned.push(Planned { date: arrival.0, pupil: None });
        }
        let twice = planned.iter().any(|p| p.pupil == Some(leaving.1));
        if leaving.2 && !matches!(grade, 5 | 6) && !twice {
            planned.push(Planned { date: leaving.0, pupil: Some(leaving.1) });
        }
    }
    planned
}

fn member(
    index: usize,
    (sex, name): (Sex, FullName),
    grade: u8,
    class: usize,
    dice: &mut Dice,
) -> Member {
    let id = 1_000_100_000_000 + class as u64 * 10_000 + index as u64 + 101;
    let new_year = calendar::day(2019, 1, 1) - chrono::Months::new(12 * u32::from(grade));
    let initial = name.surname.chars().next().unwrap_or('А');
    Member {
        id: PupilId::try_from(id.to_string()).expect("13 digits are an id"),
        sex,
        born: new_year + Days::new(dice.below(365) as u64),
        file_number: format!("{initial}-{}", dice.between(100, 999)),
        skill: *dice.pick(&[
            SKILLS[0], SKILLS[0], SKILLS[1], SKILLS[1], SKILLS[1], SKILLS[2], SKILLS[2], SKILLS[3],
        ]),
        first_half: true,
        name,
        arrives: None,
        leaves: None,
        absences: BTreeMap::new(),
    }
}

/// A year's absences: now and then a few days of illness, a day off, a missed lesson, lateness.
fn absences(seed: u64, class: usize, grade: u8, id: &PupilId) -> BTreeMap<NaiveDate, Absent> {
    let mut dice = Dice::new(seed, &format!("absences/{class}/{id}"));
    let frail = dice.between(6, 18);
    let mut absences = BTreeMap::new();
    let mut ill = 0;
    for date in calendar::school_days(grade) {
        if ill > 0 {
            ill -= 1;
            absences.insert(date, Absent::AllDay("Б"));
            continue;
        }
        let absent = match dice.below(1000) {
            n if n < frail => {
                ill = dice.between(1, 4);
                Absent::AllDay("Б")
            }
            n if n < frail + 7 => Absent::AllDay("У"),
            n if n < frail + 18 => Absent::Lesson(dice.between(1, 6) as u32, "Н"),
            n if n < frail + 30 => Absent::Lesson(1, "О"),
            _ => continue,
        };
        absences.insert(date, absent);
    }
    absences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_has_22_to_30_pupils_of_the_right_age_in_list_order() {
        for class in 0..60 {
            let roster = roster(7, 5, class);
            assert!((22..=33).contains(&roster.len()), "{}", roster.len());
            assert!(
                roster.iter().all(|m| (2013..=2015).contains(&chrono::Datelike::year(&m.born)))
            );
            assert!(roster.is_sorted_by_key(|m| names::list_order(&m.name)));
            for sex in [Sex::Male, Sex::Female] {
                assert!(roster.iter().filter(|m| m.sex == sex).count() >= 8);
            }
            let names: HashSet<_> = roster.iter().map(|m| &m.name.surname).collect();
            assert_eq!(names.len(), roster.len());
        }
    }

    #[test]
    fn pupils_come_and_go_within_the_year_but_nobody_leaves_grades_5_and_6() {
        let moved = |grade| {
            let all = (0..60).flat_map(|class| roster(7, grade, class));
            all.fold((0, 0), |(came, went), m| {
                (came + usize::from(m.arrives.is_some()), went + usize::from(m.leaves.is_some()))
            })
        };
        let (came, went) = moved(7);
        assert!((10..90).contains(&came) && (10..90).contains(&went), "{came} {went}");
        assert_eq!(moved(5).1, 0);
    }

    #[test]
    fn who_has_left_no_longer_belongs() {
        let mut member = roster(7, 7, 0).swap_remove(0);
        let date = calendar::day(2025, 10, 2);
        member.arrives = None;
        member.leaves = Some((date, "12-к".to_owned()));
        assert!(member.belongs(calendar::day(2025, 10, 1)) && !member.belongs(date));
    }
}
