//! A procedure from its TOML text.

use super::{Anchor, Procedure, Proof, Scope, Step, StepFault, StepId, When};
use crate::closing::FileErrors;
use crate::closing::toml_table::{Field, Problems, Table, read_file};
use crate::journal::PeriodKind;
use crate::register::RecordKind;
use crate::staff::Role;
use chrono::{Datelike, NaiveDate};

/// A later day would lie in another school year.
const MOST_DAYS: u32 = 300;

const KINDS: [(&str, PeriodKind); 6] = [
    ("quarter", PeriodKind::Quarter),
    ("trimester", PeriodKind::Trimester),
    ("half-year", PeriodKind::HalfYear),
    ("module", PeriodKind::Module),
    ("semester", PeriodKind::Semester),
    ("year", PeriodKind::Year),
];

const ANCHORS: [(&str, Anchor); 3] = [
    ("holiday-start", Anchor::HolidayStart),
    ("holiday-end", Anchor::HolidayEnd),
    ("last-lesson-day", Anchor::LastLessonDay),
];

pub(super) fn procedure(file: &str, text: &str) -> Result<Procedure, FileErrors> {
    read_file(file, text, whole)
}

/// Reads everything before giving up, so that all problems are noted. The same holds below.
fn whole(mut t: Table, p: &mut Problems) -> Option<Procedure> {
    let id = t.required("id", p).and_then(|f| f.parsed::<StepId>(p));
    let title = t.required("title", p).and_then(|f| f.text(p));
    let periods = t.required("periods", p);
    let periods = periods.and_then(|f| f.each(p, |f, p| f.word(&KINDS, p)));
    let kinds = [("journal", RecordKind::Journal), ("statement", RecordKind::Statement)];
    let records = t.required("records", p).and_then(|f| f.word(&kinds, p));
    let steps = t.required("steps", p).and_then(|f| steps(&f, p));
    t.end(p);
    Some(Procedure {
        id: id?,
        title: title?.to_owned(),
        periods: periods?,
        records: records?,
        steps: steps?,
    })
}

fn steps(list: &Field, p: &mut Problems) -> Option<Vec<Step>> {
    let read = list.each(p, |f, p| Some((step(f.table(p)?, p)?, f.table(p)?)))?;
    // A step that could not be read would look missing, so order is checked only when all were.
    let (steps, tables): (Vec<Step>, Vec<Table>) = read.into_iter().unzip();
    for (place, table) in tables.iter().enumerate() {
        for fault in faults(&steps, place) {
            table.wrong(p, fault);
        }
    }
    Some(steps)
}

fn step(mut t: Table, p: &mut Problems) -> Option<Step> {
    let id = t.required("id", p).and_then(|f| f.parsed::<StepId>(p));
    let title = t.required("title", p).and_then(|f| f.text(p));
    let scope = t.required("scope", p).and_then(|f| f.word(&Scope::WORDS, p));
    let role = t.required("role", p);
    let role = role.and_then(|f| Some((f.parsed::<Role>(p)?, f)));
    let proof = t.required("proof", p);
    let proof = proof.and_then(|f| Some((f.word(&Proof::WORDS, p)?, f)));
    if let (Some((role, field)), Some(scope)) = (&role, scope)
        && !scope.has(*role)
    {
        field.wrong(p, StepFault::NobodyHolds { role: *role, scope });
    }
    if let (Some((proof, field)), Some(scope)) = (&proof, scope)
        && !proof.scopes().contains(&scope)
    {
        let allowed: Vec<String> = proof.scopes().iter().map(|s| format!("a {s}")).collect();
        let allowed = allowed.join(" or ");
        field.wrong(p, StepFault::ProofScope { proof: *proof, scope, allowed });
    }
    let when = when(&mut t, p);
    t.end(p);
    Some(Step {
        id: id?,
        title: title?.to_owned(),
        scope: scope?,
        role: role?.0,
        proof: proof?.0,
        when: when?,
    })
}

/// `day` alone counts from the first day of the holidays.
fn when(t: &mut Table, p: &mut Problems) -> Option<When> {
    let (by, day) = (t.optional("by"), t.optional("day"));
    let (anchor, after) = (t.optional("anchor"), t.optional("after"));
    match (by, day, anchor, after) {
        (Some(by), None, None, None) => by_day(&by, p),
        (None, Some(day), None, Some(after)) => {
            let day = day.number(0, MOST_DAYS, p);
            let anchor = after.parsed::<StepId>(p).map(Anchor::Step);
            Some(When::Day { anchor: anchor?, day: day? })
        }
        (None, Some(day), anchor, None) => {
            let day = day.number(1, MOST_DAYS, p);
            let anchor = anchor.map_or(Some(Anchor::HolidayStart), |f| {
                let known: Vec<_> = ANCHORS.iter().map(|(word, anchor)| (*word, anchor)).collect();
                f.word(&known, p).cloned()
            });
            Some(When::Day { anchor: anchor?, day: day? })
        }
        _ => {
            t.wrong(p, StepFault::When);
            None
        }
    }
}

fn by_day(field: &Field, p: &mut Problems) -> Option<When> {
    let text = field.text(p)?;
    // 2025 is no leap year: 29 February is no day of every year.
    let day = (text.len() == 5).then(|| format!("2025-{text}").parse::<NaiveDate>().ok()).flatten();
    if day.is_none() {
        field.wrong(p, StepFault::By(text.to_owned()));
    }
    day.map(|day| When::By { month: day.month(), day: day.day() })
}

/// What is wrong with a step among the others.
fn faults(steps: &[Step], place: usize) -> Vec<StepFault> {
    let (step, before, later) = (&steps[place], &steps[..place], &steps[place + 1..]);
    let mut faults = Vec::new();
    if before.iter().any(|other| other.id == step.id) {
        faults.push(StepFault::IdTwice(step.id.clone()));
    }
    if let Some(needs) = step.proof.needs(step.scope)
        && !before.iter().any(|other| other.proof == needs)
    {
        faults.push(match later.iter().find(|other| other.proof == needs) {
            Some(other) => StepFault::NeedsLater { needs, later: other.id.clone() },
            None => StepFault::NeedsMissing(needs),
        });
    }
    match &step.when {
        When::Day { anchor: Anchor::Step(after), .. } => {
            if !before.iter().any(|other| other.id == *after) {
                let known = steps.iter().any(|other| other.id == *after);
                let fault = if known { StepFault::AfterLater } else { StepFault::AfterUnknown };
                faults.push(fault(after.clone()));
            }
        }
        When::Day { anchor, day } => {
            let same = before.iter().filter_map(|other| match &other.when {
                When::Day { anchor: of, day } if of == anchor => Some(*day),
                _ => None,
            });
            if let Some(before) = same.max().filter(|before| before > day) {
                faults.push(StepFault::DayFalls { day: *day, before });
            }
        }
        When::By { .. } => {}
    }
    faults
}
