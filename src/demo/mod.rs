//! An invented Russian school, the same for the same seed: source data for `letopis demo`, tests and
//! benches.
//!
//! The school works by the real calendar of 2025-26 with a five-day week, a usual curriculum, a timetable
//! without collisions, subgroups, substitutions, comings and goings of pupils, marks, absences and finals
//! that follow from the marks. One class, [`School::faulty_class`], has faults for the day-one checks; the
//! others are clean. A class's content depends on the seed and the class alone, not on how many other
//! classes there are.
//!
//! [`write_sources`] writes the school's journals as an e-journal would give them out: interchange files,
//! and a folder of answers of Дневник.ру's partner API for grades 5 and 6.

mod block;
mod calendar;
mod class;
mod correction;
mod curriculum;
mod dice;
mod dump;
mod faults;
mod marks;
mod names;
mod page;
mod place;
mod roster;
mod sources;
mod staff;
mod timetable;
mod topics;
mod works;
mod year;

#[cfg(test)]
mod tests;

pub use correction::corrected;
pub use sources::{Written, write_sources};

use crate::journal::{self, ClassName, Journal, PeriodId, PeriodKind, Person};
use block::Block;
use class::DemoClass;
use dice::Dice;
use names::Sex;
use place::{FAULTY, Place};

/// What school to invent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything is drawn from it.
    pub seed: u64,
    /// How many classes, spread over grades 1–11. With 3 or more the faulty class is among them, with 12
    /// or more every grade.
    pub classes: usize,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { seed: 7, classes: 24 }
    }
}

/// The invented school.
pub struct School {
    seed: u64,
    places: Vec<Place>,
    blocks: Vec<Block>,
    director: Person,
    deputies: Vec<Person>,
}

/// The school's number in the e-journal and in the archive: 13 digits like an OGRN, with a wrong check
/// digit so that it is nobody's.
const SCHOOL_ID: u64 = 1_025_900_000_007;

/// Invents the school. Journals are made when they are asked for.
pub fn school(plan: &Plan) -> School {
    let places = place::places(plan.classes);
    let blocks = places.iter().map(|p| p.letter / block::LETTERS + 1).max().unwrap_or(0);
    let head = |number| {
        let mut dice = Dice::new(plan.seed, &format!("head/{number}"));
        let sex = if dice.per_mille(250) { Sex::Male } else { Sex::Female };
        staff::person(staff::person_id(3, 0, number), &names::adult(&mut dice, sex))
    };
    School {
        seed: plan.seed,
        places,
        blocks: (0..blocks).map(|number| Block::new(plan.seed, number)).collect(),
        director: head(1),
        deputies: (2..=4).map(head).collect(),
    }
}

impl School {
    /// «МБОУ «СОШ № 7» г. Яснограда».
    pub fn name(&self) -> &'static str {
        "МБОУ «СОШ № 7» г. Яснограда"
    }

    /// 13 digits.
    pub fn id(&self) -> String {
        SCHOOL_ID.to_string()
    }

    /// The director; gives no lessons.
    pub fn director(&self) -> &Person {
        &self.director
    }

    /// Three deputy directors; they give no lessons.
    pub fn deputies(&self) -> &[Person] {
        &self.deputies
    }

    /// All teachers, whose ids the journals use.
    pub fn teachers(&self) -> impl Iterator<Item = Person> {
        self.blocks.iter().flat_map(|b| &b.staff.teachers).map(|t| t.person())
    }

    /// All classes by grade and letter.
    pub fn class_names(&self) -> Vec<ClassName> {
        self.places.iter().map(|p| p.name()).collect()
    }

    /// The class with planted faults, «6Б»; a school of less than three classes has none.
    pub fn faulty_class(&self) -> Option<ClassName> {
        self.places.contains(&FAULTY).then(|| FAULTY.name())
    }

    /// The journals of all classes that close with this period: a quarter for grades 1–9, a half-year for
    /// 10–11; of all classes for the year, with year marks, exams in grades 9 and 11 and decisions of the
    /// pedagogical council. None for periods outside 2025-26 or of another kind.
    pub fn classes(&self, period: PeriodId) -> impl Iterator<Item = Journal> {
        self.places.iter().filter_map(move |place| self.at(*place, period))
    }

    /// One class's journal; `None` where there is no such class or it does not close with this period.
    pub fn journal(&self, class: &ClassName, period: PeriodId) -> Option<Journal> {
        let place = self.places.iter().find(|p| p.name() == *class)?;
        self.at(*place, period)
    }

    fn at(&self, place: Place, period: PeriodId) -> Option<Journal> {
        if period.kind == PeriodKind::Year {
            return year::journal(self, place, period);
        }
        let closes = calendar::closes_by(place.grade) == period.kind;
        let period = calendar::period(period).filter(|_| closes)?;
        let mut journal = self.class(place).journal(period);
        if place == FAULTY {
            faults::plant(&mut journal);
        }
        Some(journal)
    }

    fn class(&self, place: Place) -> DemoClass<'_> {
        DemoClass {
            seed: self.seed,
            place,
            block: &self.blocks[place.letter / block::LETTERS],
            school: journal::School { id: self.id(), name: self.name().to_owned() },
        }
    }
}
