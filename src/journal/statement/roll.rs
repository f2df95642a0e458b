//! The pupils of a class through the periods of a school year.

use super::joining::{Confirmed, Groups, Known, Proposal, SourceId, Unjoined, unjoined};
use crate::journal::{
    Class, ClassName, Journal, PeriodId, PeriodKind, Pupil, PupilId, School, SchoolYear,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The journals of one class and school year, with their pupils joined to rows.
#[derive(Debug)]
pub struct Roll<'a> {
    /// By first day, the year's own journal last.
    pub(super) journals: Vec<&'a Journal>,
    pub(super) pupils: Vec<PupilRow>,
    /// For each journal the row of each of its pupils.
    pub(super) rows: Vec<HashMap<&'a PupilId, usize>>,
    pub(super) unjoined: Vec<Unjoined>,
}

/// Why journals make no roll.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RollError {
    /// None at all.
    #[error("there is no journal to draw a statement from; name the class's periods")]
    Nothing,
    /// Of another class.
    #[error("{period} is of class {given}, not of {class}; draw one statement for each class")]
    OtherClass {
        /// The class of the first journal.
        class: ClassName,
        /// The other.
        given: ClassName,
        /// Whose period it is.
        period: PeriodId,
    },
    /// Of another school year.
    #[error("{given} is not of the school year {year}; draw one statement for each year")]
    OtherYear {
        /// The year of the first journal.
        year: SchoolYear,
        /// The other period.
        given: PeriodId,
    },
    /// A period twice: everything in it would count twice.
    #[error("{0} is there twice; leave the record in force")]
    Twice(PeriodId),
    /// Quarters and half-years at once: what happened would count twice.
    #[error("{first} and {second} are periods of two kinds; draw the statement from one kind")]
    TwoKinds {
        /// A period.
        first: PeriodId,
        /// One of another kind.
        second: PeriodId,
    },
    /// A confirmation joins two pupils who stand in one journal.
    #[error(
        "pupils {first} and {second} of {period} were confirmed to be one, but stand there side by \
         side; take the confirmation back"
    )]
    SideBySide {
        /// One source id.
        first: PupilId,
        /// The other.
        second: PupilId,
        /// The journal.
        period: PeriodId,
    },
}

/// A pupil as a statement names it: as the latest journal does, with birth date and file number from the
/// latest that has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PupilRow {
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<NaiveDate>,
    /// Номер личного дела.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_number: Option<String>,
    /// The source ids joined here, sorted.
    pub known_as: Vec<SourceId>,
    /// Имя.
    pub name: String,
    /// Place in the latest class list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Отчество.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patronymic: Option<String>,
    /// Фамилия.
    pub surname: String,
}

/// Whose statement it is, and for when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The class as the latest journal has it.
    pub class: Class,
    /// The one period, or the year.
    pub period: PeriodId,
    /// The journals it is drawn from, in order of time.
    pub periods: Vec<Span>,
    /// The school as the latest journal has it.
    pub school: School,
    /// The school year.
    pub school_year: SchoolYear,
    /// Full name of the class teacher or curator, if the latest journal knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teacher: Option<String>,
}

/// A period with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Which.
    pub period: PeriodId,
    /// Last day, inclusive.
    pub to: NaiveDate,
}

impl<'a> Roll<'a> {
    /// Joins the pupils of these journals. Rows stand in the order of the latest class list; who is not in
    /// it follows, latest first. Confirmations about other pupils do no harm.
    ///
    /// # Errors
    /// Everything that keeps these journals from being one class's year.
    pub fn of(journals: &[&'a Journal], confirmed: &[Confirmed]) -> Result<Self, Vec<RollError>> {
        let mut journals = journals.to_vec();
        journals.sort_by_key(|j| (is_year(j), j.period.from, j.period_id()));
        let mut errors = one_class_and_year(&journals);
        let mut joining = Joining::new(confirmed, journals.len());
        for (place, journal) in journals.iter().enumerate().rev() {
            for pupil in &journal.pupils {
                errors.extend(joining.add(place, journal, pupil).err());
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let Joining { known, rows, .. } = joining;
        let unjoined = unjoined(&known, confirmed);
        let pupils = known.into_iter().map(PupilRow::of).collect();
        Ok(Roll { journals, pupils, rows, unjoined })
    }

    /// The rows' pupils.
    pub fn pupils(&self) -> &[PupilRow] {
        &self.pupils
    }

    /// Rows that may be one pupil, for a person to say. Until then they stand apart in every statement.
    pub fn proposals(&self) -> Vec<Proposal> {
        let id = |row: usize| self.pupils[row].known_as[0].clone();
        let each = self.unjoined.iter();
        each.map(|u| Proposal {
            first: id(u.first),
            reasons: u.reasons.clone(),
            second: id(u.second),
        })
        .collect()
    }

    /// The same by the places of the rows.
    pub fn unjoined(&self) -> &[Unjoined] {
        &self.unjoined
    }

    /// What stands above every statement drawn from this roll.
    pub fn heading(&self) -> Heading {
        let latest = self.latest();
        let school_year = latest.school_year;
        let period = match self.journals.len() {
            1 => latest.period_id(),
            _ => PeriodId { year: school_year, kind: PeriodKind::Year, number: None },
        };
        let teacher = latest.class.teacher.as_ref().and_then(|id| latest.person(id));
        Heading {
            class: latest.class.clone(),
            period,
            periods: self.journals.iter().map(|j| Span::of(j)).collect(),
            school: latest.school.clone(),
            school_year,
            teacher: teacher.and_then(|person| person.full_name()),
        }
    }

    /// The journal of the last period, or the year's.
    pub(super) fn latest(&self) -> &'a Journal {
        self.journals.last().expect("a roll has a journal")
    }

    /// Whether what happened on this day in this journal is already in another's: a college's yearly
    /// journal holds the lessons of its semesters, too.
    pub(super) fn told_elsewhere(&self, journal: usize, day: NaiveDate) -> bool {
        let holds = |j: &&Journal| !is_year(j) && (j.period.from..=j.period.to).contains(&day);
        is_year(self.journals[journal]) && self.journals.iter().any(holds)
    }
}

impl Span {
    pub(super) fn of(journal: &Journal) -> Span {
        let period = journal.period_id();
        Span { from: journal.period.from, period, to: journal.period.to }
    }
}

impl PupilRow {
    /// `known.pupils` begins with the latest.
    fn of(known: Known<'_>) -> PupilRow {
        let Known { mut ids, pupils, .. } = known;
        ids.sort();
        ids.dedup();
        let latest = pupils[0];
        PupilRow {
            born: pupils.iter().find_map(|p| p.born),
            file_number: pupils.iter().find_map(|p| p.file_number.clone()),
            known_as: ids,
            name: latest.name.clone(),
            number: latest.number,
            patronymic: latest.patronymic.clone(),
            surname: latest.surname.clone(),
        }
    }
}

pub(super) fn is_year(journal: &Journal) -> bool {
    journal.period.kind == PeriodKind::Year
}

/// Rows in the making.
struct Joining<'a> {
    groups: Groups,
    known: Vec<Known<'a>>,
    row_of_group: HashMap<usize, usize>,
    rows: Vec<HashMap<&'a PupilId, usize>>,
}

impl<'a> Joining<'a> {
    fn new(confirmed: &[Confirmed], journals: usize) -> Self {
        Joining {
            groups: Groups::of(confirmed),
            known: Vec::new(),
            row_of_group: HashMap::new(),
            rows: vec![HashMap::new(); journals],
        }
    }

    /// Puts a pupil into the row of the same pupil, or a new one.
    fn add(
        &mut self,
        place: usize,
        journal: &'a Journal,
        pupil: &'a Pupil,
    ) -> Result<(), RollError> {
        let id = SourceId { id: pupil.id.clone(), system: journal.source.system.clone() };
        let next = self.known.len();
        let row = *self.row_of_group.entry(self.groups.group(&id)).or_insert(next);
        if row == next {
            self.known.push(Known::default());
        }
        let known = &mut self.known[row];
        known.ids.push(id);
        known.pupils.push(pupil);
        let rows = &mut self.rows[place];
        if !known.journals.insert(place) {
            let other = rows.iter().find(|(_, other)| **other == row).map(|(id, _)| *id);
            let (first, second) = (other.unwrap_or(&pupil.id).clone(), pupil.id.clone());
            return Err(RollError::SideBySide { first, second, period: journal.period_id() });
        }
        rows.insert(&pupil.id, row);
        Ok(())
    }
}

fn one_class_and_year(journals: &[&Journal]) -> Vec<RollError> {
    let Some(first) = journals.first() else { return vec![RollError::Nothing] };
    let mut errors = Vec::new();
    for (place, journal) in journals.iter().enumerate() {
        let (period, given) = (journal.period_id(), journal.class.name());
        let class = first.class.name();
        if given != class {
            errors.push(RollError::OtherClass { class, given, period });
        }
        if journal.school_year != first.school_year {
            errors.push(RollError::OtherYear { year: first.school_year, given: period });
        }
        if journals[..place].iter().any(|earlier| earlier.period_id() == period) {
            errors.push(RollError::Twice(period));
        }
        if !is_year(journal) && journal.period.kind != first.period.kind {
            errors.push(RollError::TwoKinds { first: first.period_id(), second: period });
        }
    }
    errors
}
