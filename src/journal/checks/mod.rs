//! Day-one checks: a class journal compared with the school's regulation.
//!
//! [`check`] returns every remark, each with a stable code, a level, the regulation's clause, its place and
//! a Russian sentence. Remarks inform; none keeps a journal from being archived, and none alters it.
//! `docs/checks.md` lists the codes. Repeated findings of one kind are one remark, so that the list of a
//! class stays short enough to be read.

mod average;
mod code;
mod entries;
mod finals;
mod lessons;
mod names;
mod remark;
mod survey;
mod wording;

pub use average::{Average, Averages, Weight, WeightError};
pub use code::{Code, Level, UnknownCode};
pub use remark::{LessonAt, Place, Remark, summary};

use super::Journal;
use super::regulation::Regulation;
use remark::{Found, Spot};
use survey::Survey;

/// Compares a journal with a regulation. The remarks stand in the order of the pages (those about the whole
/// journal first), then of [`Code::ALL`], then by pupil in list order and by lesson. Takes time in proportion to the entries.
pub fn check(journal: &Journal, regulation: &Regulation) -> Vec<Remark> {
    let survey = Survey::of(journal, regulation);
    let mut found = Found::new(&survey);
    period_kind(&survey, &mut found);
    names::check(&survey, &mut found);
    entries::check(&survey, &mut found);
    finals::check(&survey, &mut found);
    lessons::check(&survey, &mut found);
    found.into_sorted()
}

/// Grades 2–9 close by quarter, 10–11 by half-year, groups by semester (R1, instruction, § 4).
fn period_kind(s: &Survey, found: &mut Found) {
    let period = &s.journal.period;
    let Some(kinds) = s.regulation.periods_of(&s.journal.class) else { return };
    if kinds.contains(&period.kind) {
        return;
    }
    let who = match s.journal.class.grade() {
        Some(grade) => format!("{grade} класс закрывается"),
        None => "группы закрываются".to_owned(),
    };
    let text = format!(
        "{}: журнал за {}, а {who} {}.",
        s.journal.class.name(),
        wording::period(period),
        wording::closes_by(kinds)
    );
    found.add(Code::PeriodNotForGrade, Spot::journal(), text);
}

#[cfg(test)]
mod tests;
