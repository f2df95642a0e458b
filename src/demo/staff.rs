//! The teachers of a block of classes, and who is ill when.

use super::calendar;
use super::dice::Dice;
use super::names::{self, FullName, Sex};
use crate::journal::{Person, PersonId};
use chrono::NaiveDate;

/// A full teaching load in hours a week; above it a further teacher is taken on.
const FULL_LOAD: usize = 25;

/// A lesson's place in the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Slot {
    /// Monday is 0, Friday 4.
    pub(super) weekday: u32,
    /// Which lesson of the day, from 1 to 8.
    pub(super) number: u32,
}

/// A set of slots, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Slots(u64);

impl Slots {
    pub(super) fn contains(self, slot: Slot) -> bool {
        self.0 & bit(slot) != 0
    }

    pub(super) fn add(&mut self, slot: Slot) {
        self.0 |= bit(slot);
    }

    pub(super) fn overlaps(self, other: Slots) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn and(self, other: Slots) -> Slots {
        Slots(self.0 | other.0)
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Slots {
        slots.into_iter().fold(Slots::default(), |mut set, slot| {
            set.add(slot);
            set
        })
    }
}

fn bit(slot: Slot) -> u64 {
    1 << (slot.weekday * 8 + slot.number - 1)
}

/// A teacher.
#[derive(Debug)]
pub(super) struct Teacher {
    pub(super) id: PersonId,
    pub(super) sex: Sex,
    pub(super) name: FullName,
    /// What the teacher can teach.
    pub(super) area: &'static str,
    /// Hours a week.
    load: usize,
    /// When the teacher is in a lesson.
    pub(super) busy: Slots,
    /// A few days of illness in each quarter, if any.
    ill: [Option<(NaiveDate, NaiveDate)>; 4],
}

impl Teacher {
    /// As a journal names the teacher.
    pub(super) fn person(&self) -> Person {
        person(self.id.clone(), &self.name)
    }

    /// Whether the teacher's lessons of that day are given by others.
    pub(super) fn is_ill(&self, date: NaiveDate) -> bool {
        self.ill.iter().flatten().any(|(from, to)| (*from..=*to).contains(&date))
    }
}

/// A staff member with all names.
pub(super) fn person(id: PersonId, name: &FullName) -> Person {
    let FullName { surname, name, patronymic } = name.clone();
    Person { id, name: Some(name), patronymic, surname: Some(surname) }
}

/// The id of a teacher in the e-journal: 13 digits.
pub(super) fn person_id(kind: u64, block: usize, number: usize) -> PersonId {
    let id = 1_000_000_000_000 + kind * 100_000_000 + block as u64 * 10_000 + number as u64;
    PersonId::try_from(id.to_string()).expect("13 digits are an id")
}

/// The teachers of one block.
pub(super) struct Staff {
    seed: u64,
    block: usize,
    pub(super) teachers: Vec<Teacher>,
}

impl Staff {
    pub(super) fn new(seed: u64, block: usize) -> Staff {
        Staff { seed, block, teachers: Vec::new() }
    }

    /// A teacher of the area with room for so many hours, none of `except`, free at all of `slots`; a
    /// new one when there is none.
    pub(super) fn take(
        &mut self,
        area: &'static str,
        hours: usize,
        except: &[usize],
        slots: Slots,
    ) -> usize {
        let suits = |(index, t): &(usize, &Teacher)| {
            t.area == area
                && t.load + hours <= FULL_LOAD
                && !except.contains(index)
                && !t.busy.overlaps(slots)
        };
        let found = self.teachers.iter().enumerate().find(suits).map(|(index, _)| index);
        let index = found.unwrap_or_else(|| self.hire(area));
        self.teachers[index].load += hours;
        index
    }

    /// Takes hours off a teacher's load.
    pub(super) fn relieve(&mut self, teacher: usize, hours: usize) {
        self.teachers[teacher].load -= hours;
    }

    fn hire(&mut self, area: &'static str) -> usize {
        let number = self.teachers.len();
        let mut dice = Dice::new(self.seed, &format!("teacher/{}/{number}", self.block));
        let men = match area {
            "workshop" | "safety" => 1000,
            "household" | "primary" | "music" => 0,
            "sport" => 500,
            _ => 150,
        };
        let sex = if dice.per_mille(men) { Sex::Male } else { Sex::Female };
        self.teachers.push(Teacher {
            id: person_id(2, self.block, number + 1),
            sex,
            name: names::adult(&mut dice, sex),
            area,
            load: 0,
            busy: Slots::default(),
            ill: [None; 4],
        });
        number
    }

    /// Lets one teacher of each area be ill for a few days in each quarter. Never two of one area at a
    /// time, so that a colleague cannot be called to two classes at once.
    pub(super) fn fall_ill(&mut self) {
        let mut areas: Vec<&'static str> = self.teachers.iter().map(|t| t.area).collect();
        areas.sort_unstable();
        areas.dedup();
        let days = calendar::school_days(5);
        for area in areas {
            let of_area: Vec<usize> =
                (0..self.teachers.len()).filter(|&t| self.teachers[t].area == area).collect();
            let purpose = format!("illness/{}/{area}", self.block);
            let mut dice = Dice::new(self.seed, &purpose);
            for quarter in 0..4 {
                let (teacher, length) = (*dice.pick(&of_area), dice.between(1, 4));
                let first = quarter * days.len() / 4 + dice.below(days.len() / 5);
                let last = (first + length).min(days.len() - 1);
                self.teachers[teacher].ill[quarter] = Some((days[first], days[last]));
            }
        }
    }

    /// A colleague of the same area who is free at that time.
    pub(super) fn substitute(&self, teacher: usize, slot: Slot) -> Option<usize> {
        let area = self.teachers[teacher].area;
        let suits = |(index, t): &(usize, &Teacher)| {
            *index != teacher && t.area == area && !t.busy.contains(slot)
        };
        self.teachers.iter().enumerate().find(suits).map(|(index, _)| index)
    }
}
