//! What the demo school keeps to.

mod correction;
mod faults;
mod journals;
mod sources;
mod timetable;

use super::{Plan, School, school};
use crate::journal::{ClassName, Journal, PeriodId};
use std::sync::LazyLock;

static SCHOOL: LazyLock<School> = LazyLock::new(|| school(&Plan::default()));

/// Quarter 1 of the usual school.
static QUARTER: LazyLock<Vec<Journal>> =
    LazyLock::new(|| SCHOOL.classes(period("2025-26/q1")).collect());

/// All periods of the usual school.
static YEAR: LazyLock<Vec<Journal>> = LazyLock::new(|| {
    let periods = ["q1", "q2", "q3", "q4", "h1", "h2"].map(|p| period(&format!("2025-26/{p}")));
    periods.into_iter().flat_map(|p| SCHOOL.classes(p)).collect()
});

fn period(text: &str) -> PeriodId {
    text.parse().unwrap()
}

fn class(text: &str) -> ClassName {
    text.parse().unwrap()
}

fn is_faulty(journal: &Journal) -> bool {
    Some(journal.class.name()) == SCHOOL.faulty_class()
}

/// All journals of the year but those of the faulty class.
fn clean() -> impl Iterator<Item = &'static Journal> {
    YEAR.iter().filter(|j| !is_faulty(j))
}

fn of_class<'a>(journals: &'a [Journal], name: &str) -> &'a Journal {
    journals.iter().find(|j| j.class.name() == class(name)).unwrap()
}
