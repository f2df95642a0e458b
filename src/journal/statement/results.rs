//! Итоги успеваемости класса за период.

use super::joining::Unjoined;
use super::progress::subjects;
use super::roll::{Heading, PupilRow, Roll};
use super::sealed_as;
use crate::journal::regulation::{Hundredths, subject_key};
use crate::journal::{FinalKind, Journal, MarkValue, PeriodId, PeriodKind};
use serde::{Deserialize, Serialize};
use std::fmt;

sealed_as!(ClassResults, ResultsTag, "letopis/class-results/v1");

/// How a class finished a period: by pupil and by subject. The finals are those of the roll's latest
/// journal: of the period, in a year's journal of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassResults {
    /// Whose, for when.
    pub heading: Heading,
    /// Whose finals these are: the latest period of the roll.
    pub period: PeriodId,
    /// One for each pupil of the roll.
    pub rows: Vec<PupilResult>,
    /// One for each subject with a final, in the order of the journal.
    pub subjects: Vec<SubjectResults>,
    /// The type.
    pub t: ResultsTag,
    /// Rows that may be one pupil.
    pub unjoined: Vec<Unjoined>,
}

/// A pupil's finals, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PupilResult {
    /// The counts.
    pub finals: Grades,
    /// Who.
    pub pupil: PupilRow,
    /// Where the pupil stands; absent without a final that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Subjects with «1», «2» or «незачёт», or «н/а».
    pub troubled: Vec<String>,
}

/// The lists of a report; each pupil is in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Отличник: «5» only.
    Excellent,
    /// «4» and «5» with one «4» only.
    OneGood,
    /// «4» and «5».
    Good,
    /// «4» and «5» but for a single «3».
    OneSatisfactory,
    /// Every other pupil with grades of «3» and better.
    Satisfactory,
    /// Not attested in a subject («н/а»), and nothing worse.
    NotAttested,
    /// Неуспевающий: «1», «2» or «незачёт» in a subject.
    Failing,
}

/// Finals by what they say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grades {
    /// «зач».
    pub credit: u32,
    /// «осв.».
    pub exempt: u32,
    /// «5».
    pub fives: u32,
    /// «4».
    pub fours: u32,
    /// «незач».
    pub no_credit: u32,
    /// «н/а».
    pub not_attested: u32,
    /// «1».
    pub ones: u32,
    /// Everything else.
    pub other: u32,
    /// «3».
    pub threes: u32,
    /// «2».
    pub twos: u32,
}

/// A subject's finals, counted over all of its subgroups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectResults {
    /// The counts.
    pub finals: Grades,
    /// As the journal writes it.
    pub subject: String,
    /// Full names of its teachers, as far as the journal knows them.
    pub teachers: Vec<String>,
}

/// A part of a whole, shown in percent with one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

impl ClassResults {
    /// The finals of the roll's latest journal.
    pub fn of(roll: &Roll<'_>) -> ClassResults {
        let journal = roll.latest();
        let (names, places) = subjects(roll);
        let mut counted: Vec<SubjectResults> =
            names.into_iter().map(SubjectResults::none).collect();
        let pupils = roll.pupils.iter().cloned();
        let mut rows: Vec<PupilResult> = pupils.map(PupilResult::none).collect();
        let row_of = roll.rows.last().expect("a roll has a journal");
        for page in &journal.pages {
            let subject = &mut counted[places[&subject_key(&page.subject)]];
            let teacher = page.teacher.as_ref().and_then(|id| journal.person(id)?.full_name());
            if let Some(teacher) = teacher.filter(|name| !subject.teachers.contains(name)) {
                subject.teachers.push(teacher);
            }
            for given in page.finals.iter().filter(|given| sums_up(journal, given.kind)) {
                let Some(row) = row_of.get(&given.pupil) else { continue };
                let value = MarkValue::read(&given.value);
                subject.finals.add(value);
                rows[*row].add(value, &subject.subject);
            }
        }
        rows.iter_mut().for_each(|row| row.standing = row.finals.standing());
        counted.retain(|subject| subject.finals != Grades::default());
        let (heading, unjoined) = (roll.heading(), roll.unjoined.clone());
        let (period, t) = (journal.period_id(), ResultsTag::V1);
        ClassResults { heading, period, rows, subjects: counted, t, unjoined }
    }

    /// The pupils of a list, in the order of the rows. «С одной «4»» are among those with «4» and «5».
    pub fn with(&self, standing: Standing) -> impl Iterator<Item = &PupilResult> {
        self.rows.iter().filter(move |row| row.standing == Some(standing))
    }

    /// Успеваемость: pupils without «1», «2», «незачёт» and «н/а», of all with a standing. `None` where
    /// nobody has one, as in a grade without marks (R1 5.7).
    pub fn progress(&self) -> Option<Share> {
        self.share(|s| !matches!(s, Standing::Failing | Standing::NotAttested))
    }

    /// Качество: pupils with «4» and «5» only, of all with a standing.
    pub fn quality(&self) -> Option<Share> {
        self.share(|s| matches!(s, Standing::Excellent | Standing::OneGood | Standing::Good))
    }

    fn share(&self, counts: impl Fn(Standing) -> bool) -> Option<Share> {
        let standings: Vec<Standing> = self.rows.iter().filter_map(|row| row.standing).collect();
        let part = standings.iter().filter(|standing| counts(**standing)).count();
        Share::new(u32::try_from(part).ok()?, u32::try_from(standings.len()).ok()?)
    }
}

/// Whether a final sums up this journal's period: `period`, and in a year's journal `year`, too.
fn sums_up(journal: &Journal, kind: FinalKind) -> bool {
    let year = journal.period.kind == PeriodKind::Year;
    kind == FinalKind::Period || (year && kind == FinalKind::Year)
}

impl PupilResult {
    fn none(pupil: PupilRow) -> PupilResult {
        PupilResult { finals: Grades::default(), pupil, standing: None, troubled: Vec::new() }
    }

    fn add(&mut self, value: MarkValue, subject: &str) {
        self.finals.add(value);
        let troubled =
            matches!(value, MarkValue::Grade(1 | 2) | MarkValue::NoCredit | MarkValue::NotAttested);
        if troubled && !self.troubled.iter().any(|known| known == subject) {
            self.troubled.push(subject.to_owned());
        }
    }
}

impl SubjectResults {
    fn none(subject: String) -> SubjectResults {
        SubjectResults { finals: Grades::default(), subject, teachers: Vec::new() }
    }
}

impl Grades {
    fn add(&mut self, value: MarkValue) {
        let count = match value {
            MarkValue::Grade(5) => &mut self.fives,
            MarkValue::Grade(4) => &mut self.fours,
            MarkValue::Grade(3) => &mut self.threes,
            MarkValue::Grade(2) => &mut self.twos,
            MarkValue::Grade(1) => &mut self.ones,
            MarkValue::Credit => &mut self.credit,
            MarkValue::NoCredit => &mut self.no_credit,
            MarkValue::NotAttested => &mut self.not_attested,
            MarkValue::Exempt => &mut self.exempt,
            MarkValue::Grade(_) | MarkValue::Debt | MarkValue::Unknown => &mut self.other,
        };
        *count += 1;
    }

    /// How many are «1»–«5».
    pub fn grades(&self) -> u32 {
        self.ones + self.twos + self.threes + self.fours + self.fives
    }

    /// How many there are in all.
    pub fn all(&self) -> u32 {
        let words = self.credit + self.no_credit + self.not_attested + self.exempt + self.other;
        self.grades() + words
    }

    /// The average of the grades, to two places, half up; `None` without grades.
    pub fn average(&self) -> Option<Hundredths> {
        let sum =
            [self.ones, self.twos, self.threes, self.fours, self.fives].into_iter().zip(1u64..);
        let sum: u64 = sum.map(|(count, grade)| u64::from(count) * grade).sum();
        let grades = u64::from(self.grades());
        let rounded = (200 * sum + grades).checked_div(2 * grades)?;
        Hundredths::new(rounded).ok()
    }

    /// «4» and «5», of the grades.
    pub fn quality(&self) -> Option<Share> {
        Share::new(self.fours + self.fives, self.grades())
    }

    /// «3» and better, of the grades.
    pub fn progress(&self) -> Option<Share> {
        Share::new(self.threes + self.fours + self.fives, self.grades())
    }

    /// Where a pupil with these finals stands; `None` without a grade, «незачёт» or «н/а».
    fn standing(&self) -> Option<Standing> {
        if self.ones + self.twos + self.no_credit > 0 {
            return Some(Standing::Failing);
        }
        if self.not_attested > 0 {
            return Some(Standing::NotAttested);
        }
        match (self.grades(), self.threes, self.fours) {
            (0, ..) => None,
            (_, 0, 0) => Some(Standing::Excellent),
            (_, 0, 1) => Some(Standing::OneGood),
            (_, 0, _) => Some(Standing::Good),
            (_, 1, _) => Some(Standing::OneSatisfactory),
            _ => Some(Standing::Satisfactory),
        }
    }
}

impl Share {
    /// `None` of nothing.
    fn new(part: u32, of: u32) -> Option<Share> {
        (of > 0).then_some(Share { part, of })
    }
}

impl fmt::Display for Share {
    /// «96,0»: percent with one place, half up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (part, of) = (u64::from(self.part), u64::from(self.of));
        let tenths = (2000 * part + of) / (2 * of);
        write!(f, "{},{}", tenths / 10, tenths % 10)
    }
}
