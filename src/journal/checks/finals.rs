//! Final marks: whether they are there, allowed, in time, and what the marks give.

mod given;
mod marks;

use super::remark::Found;
use super::survey::Survey;
use crate::journal::Final;
use std::collections::HashMap;

/// How many pages of a subject hold a final of a pupil; keys are (subject, pupil).
type Given = HashMap<(usize, usize), usize>;

pub(super) fn check(s: &Survey, found: &mut Found) {
    let given = given(s);
    given::check(s, &given, found);
    // Where there should be no marks at all, one remark about them is enough.
    if !s.without_marks() && !s.finals_only() {
        marks::check(s, &given, found);
    }
}

/// Whether a final says something about this journal's period.
fn counts(s: &Survey, given: &Final) -> bool {
    s.sums_up(given.kind) && !given.value.trim().is_empty()
}

fn given(s: &Survey) -> Given {
    let mut given = Given::new();
    for page in &s.pages {
        let mut pupils: Vec<usize> =
            page.finals.iter().filter(|(_, f)| counts(s, f)).map(|(pupil, _)| *pupil).collect();
        pupils.dedup();
        for pupil in pupils {
            *given.entry((page.subject, pupil)).or_default() += 1;
        }
    }
    given
}
