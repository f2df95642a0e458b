//! Finals against the marks they stand on.
//!
//! A pupil's marks are those on all pages of the subject (finals may stand on the class's page and lessons
//! on the subgroups'); a pupil with finals on several of them has each compared with its own page. Finals
//! brought from another school, and pupils who came during the period, are not compared: some of their
//! marks stand elsewhere.

use super::{Given, counts};
use crate::journal::checks::average::{Average, Averages};
use crate::journal::checks::remark::{Found, Spot};
use crate::journal::checks::survey::Survey;
use crate::journal::checks::wording::{AT_HOURS, OF_MARKS, OF_PUPILS, count, list, period};
use crate::journal::checks::{Code, survey::PageSurvey};
use crate::journal::{FinalKind, MarkValue};
use std::collections::HashMap;

/// What every pupil's marks come to, by page and by subject.
struct Rows<'s> {
    given: &'s Given,
    by_page: Vec<HashMap<usize, Averages>>,
    by_subject: HashMap<(usize, usize), Averages>,
    none: Averages,
}

impl<'s> Rows<'s> {
    fn of(s: &Survey, given: &'s Given) -> Self {
        let by_page: Vec<HashMap<usize, Averages>> =
            s.pages.iter().map(PageSurvey::averages).collect();
        let mut by_subject: HashMap<(usize, usize), Averages> = HashMap::new();
        for (page, rows) in s.pages.iter().zip(&by_page) {
            for (pupil, row) in rows {
                by_subject.entry((page.subject, *pupil)).or_default().merge(row);
            }
        }
        Rows { given, by_page, by_subject, none: Averages::default() }
    }

    fn behind(&self, position: usize, page: &PageSurvey, pupil: usize) -> &Averages {
        let key = (page.subject, pupil);
        let row = match self.given.get(&key) {
            Some(2..) => self.by_page[position].get(&pupil),
            _ => self.by_subject.get(&key),
        };
        row.unwrap_or(&self.none)
    }
}

pub(super) fn check(s: &Survey, given: &Given, found: &mut Found) {
    let rows = Rows::of(s, given);
    for (position, page) in s.pages.iter().enumerate() {
        let mut few = Vec::new();
        let hours = s.hours_a_week(page.page);
        let needed = s.regulation.finals.marks_needed.for_hours(hours);
        for (pupil, kind, grade) in compared(s, page) {
            let row = rows.behind(position, page, pupil);
            if row.grades() < needed {
                few.push((pupil, row.grades()));
            }
            if let Some(rest) = difference(s, row, grade) {
                let text = format!(
                    "{}: за {} выставлена {grade} ({}), а {rest}.",
                    page.name,
                    if kind == FinalKind::Year {
                        "год".to_owned()
                    } else {
                        period(&s.journal.period)
                    },
                    s.journal.pupils[pupil].full_name()
                );
                let spot = Spot::page(position).pupils(&[pupil]);
                found.add(Code::FinalDiffersFromAverage, spot, text);
            }
        }
        few.dedup();
        too_few(s, page, position, (hours, needed), &few, found);
    }
}

/// The finals that have to follow from marks: pupil, kind, grade.
fn compared<'s>(
    s: &'s Survey,
    page: &'s PageSurvey,
) -> impl Iterator<Item = (usize, FinalKind, u8)> + 's {
    page.finals.iter().filter_map(|(pupil, given)| {
        let brought = given.school.is_some();
        let came = s.stays[*pupil].arrived_during(&s.journal.period).is_some();
        match MarkValue::read(&given.value) {
            MarkValue::Grade(grade) if counts(s, given) && !brought && !came => {
                Some((*pupil, given.kind, grade))
            }
            _ => None,
        }
    })
}

/// What the averages say when they do not give this grade (R1 7.5). Where weights decide, the weighted
/// average is compared; both are told.
fn difference(s: &Survey, row: &Averages, grade: u8) -> Option<String> {
    let finals = &s.regulation.finals;
    let gives = |average: Average| {
        let average = average.rounded();
        Some((average, finals.limits.mark_for(average)?))
    };
    let simple = gives(row.simple()?)?;
    let weighted = row.weighted().and_then(gives);
    let (name, deciding, other) = match weighted {
        Some(weighted) if finals.weighted => {
            ("средневзвешенный балл", weighted, Some(("простой средний", simple)))
        }
        Some(weighted) => ("средний балл", simple, Some(("средневзвешенный", weighted))),
        None => ("средний балл", simple, None),
    };
    if deciding.1 == grade {
        return None;
    }
    let other = other.map_or_else(String::new, |(name, (average, mark))| {
        format!(" ({name} {average} даёт {mark})")
    });
    Some(format!("{name} {} даёт {}{other}", deciding.0, deciding.1))
}

/// A final needs marks enough for it (R1 7.2).
fn too_few(
    s: &Survey,
    page: &PageSurvey,
    position: usize,
    (hours, needed): (u32, u32),
    few: &[(usize, u32)],
    found: &mut Found,
) {
    let pupils: Vec<usize> = few.iter().map(|(pupil, _)| *pupil).collect();
    if pupils.is_empty() {
        return;
    }
    let with_count = |(pupil, marks): &(usize, u32)| {
        format!("{} ({marks})", s.journal.pupils[*pupil].full_name())
    };
    let text = format!(
        "{}: для итоговой отметки при {} в неделю нужно не менее {}, а у {} их меньше: {}.",
        page.name,
        count(usize::try_from(hours).unwrap_or(usize::MAX), AT_HOURS),
        count(usize::try_from(needed).unwrap_or(usize::MAX), OF_MARKS),
        count(pupils.len(), OF_PUPILS),
        list(&few.iter().map(with_count).collect::<Vec<_>>())
    );
    found.add(Code::TooFewMarks, Spot::page(position).pupils(&pupils), text);
}
