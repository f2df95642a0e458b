//! What holds for every class and year.

use super::*;
use crate::journal::{AbsenceCode, PeriodKind, arbitrary};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Up to four quarters and perhaps the year of one class; one system or two.
fn year() -> impl Strategy<Value = Vec<Journal>> {
    let journals = proptest::collection::vec((arbitrary::journal(), any::<bool>()), 1..=5);
    (journals, any::<bool>()).prop_map(|(journals, with_year)| {
        let heading = journals[0].0.clone();
        let count = journals.len();
        let each = journals.into_iter().zip(1..).map(|((mut journal, other), n)| {
            let last = n == 5 || (with_year && n as usize == count);
            journal.class = Class { teacher: None, ..heading.class.clone() };
            journal.school_year = heading.school_year;
            // Pupils of the same place bear the same names, so that there is something to propose.
            for (pupil, namesake) in journal.pupils.iter_mut().zip(&heading.pupils) {
                *pupil = Pupil { id: pupil.id.clone(), ..namesake.clone() };
            }
            journal.source.system = if other { "eljur" } else { "dnevnik.ru" }.to_owned();
            journal.period.kind = if last { PeriodKind::Year } else { PeriodKind::Quarter };
            journal.period.number = (!last).then_some(n);
            if last {
                journal.pages.iter_mut().for_each(|page| {
                    page.lessons.clear();
                    page.entries.clear();
                });
            }
            journal
        });
        each.collect()
    })
}

fn all(journals: &[Journal]) -> Roll<'_> {
    Roll::of(&journals.iter().collect::<Vec<_>>(), &[]).unwrap()
}

type Tally<K> = BTreeMap<K, usize>;

fn tally<K: Ord>(items: impl Iterator<Item = K>) -> Tally<K> {
    let mut counts = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    counts
}

fn canonical<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(
    value: &T,
    bytes: &[u8],
) -> Result<(), TestCaseError> {
    let independent = serde_json_canonicalizer::to_vec(value).unwrap();
    prop_assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&independent));
    prop_assert_eq!(&serde_json::from_slice::<T>(bytes).unwrap(), value);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_final_of_every_journal_stands_exactly_once(journals in year()) {
        let statement = ProgressStatement::of(&all(&journals));
        let given = journals.iter().flat_map(|j| {
            let period = j.period_id();
            let system = &j.source.system;
            j.pages.iter().flat_map(move |page| page.finals.iter().map(move |f| {
                let subject = crate::journal::regulation::subject_key(&page.subject);
                let kind = match f.kind {
                    FinalKind::Period => period.to_string(),
                    FinalKind::Year => "year".to_owned(),
                    FinalKind::Exam => "exam".to_owned(),
                    FinalKind::Final => "final".to_owned(),
                };
                let text = (f.value.clone(), f.set, f.school.clone(), page.group.clone());
                (period, kind, subject, (system.clone(), f.pupil.clone()), text)
            }))
        });
        let shown = statement.rows.iter().flat_map(|row| row.marks.iter().map(|mark| {
            let subject = &statement.subjects[mark.subject];
            let subject = crate::journal::regulation::subject_key(subject);
            let kind = statement.columns[mark.column].to_string();
            let text = (mark.value.clone(), mark.set, mark.school.clone(), mark.group.clone());
            let journal = journals.iter().find(|j| j.period_id() == mark.period).unwrap();
            let mut ids = row.pupil.known_as.iter();
            let id = ids.find(|id| id.system == journal.source.system).unwrap();
            (mark.period, kind, subject, (id.system.clone(), id.id.clone()), text)
        }));
        prop_assert_eq!(tally(shown), tally(given));
    }

    #[test]
    fn every_cell_is_found_where_it_stands(journals in year()) {
        let statement = ProgressStatement::of(&all(&journals));
        for row in &statement.rows {
            let cells = (0..statement.subjects.len())
                .flat_map(|s| (0..statement.columns.len()).map(move |c| (s, c)));
            let found: usize = cells.map(|(s, c)| row.cell(s, c).count()).sum();
            prop_assert_eq!(found, row.marks.len());
        }
    }

    #[test]
    fn every_absence_is_counted_once(journals in year()) {
        let roll = all(&journals);
        let statement = AttendanceStatement::of(&roll);
        let monthly = MonthlyAttendance::of(&roll);
        let entries = journals.iter().flat_map(|j| &j.pages).flat_map(|page| &page.entries);
        let codes = tally(entries.filter_map(|e| e.absence.as_ref()).map(Absence::code));
        let of = |code| u32::try_from(codes.get(&code).copied().unwrap_or(0)).unwrap();
        for total in [statement.total.all, monthly.total.all] {
            prop_assert_eq!(total.not_stated, of(Some(AbsenceCode::Absent)));
            prop_assert_eq!(total.unexcused, of(Some(AbsenceCode::Unexcused)));
            prop_assert_eq!(total.excused, of(Some(AbsenceCode::Excused)));
            prop_assert_eq!(total.ill, of(Some(AbsenceCode::Ill)));
            prop_assert_eq!(total.late, of(Some(AbsenceCode::Late)));
            prop_assert_eq!(total.unknown, of(None));
            prop_assert_eq!(
                total.lessons,
                total.not_stated + total.unexcused + total.excused + total.ill
            );
        }
        for rows in [&statement.rows, &monthly.rows] {
            let sum = rows.iter().fold(Missed::default(), |sum, row| sum.and(row.missed.all));
            prop_assert_eq!(sum, statement.total.all);
        }
    }

    #[test]
    fn there_are_never_more_days_missed_than_lessons(journals in year()) {
        for row in AttendanceStatement::of(&all(&journals)).rows {
            let missed = row.missed.all;
            prop_assert!(missed.days + missed.days_in_part <= missed.lessons);
            prop_assert_eq!(missed.lessons > 0, missed.days + missed.days_in_part > 0);
        }
    }

    #[test]
    fn every_pupil_and_movement_stands_once_and_the_counts_add_up(journals in year()) {
        let roll = all(&journals);
        let statement = MovementStatement::of(&roll);
        let ids = journals.iter().flat_map(|j| j.pupils.iter().map(|p| source_id(&j.source.system, p.id.as_str())));
        let known: Vec<_> = statement.pupils.iter().flat_map(|p| p.known_as.clone()).collect();
        let expected: std::collections::BTreeSet<_> = ids.collect();
        prop_assert_eq!(known.len(), expected.len(), "no id in two rows");
        prop_assert_eq!(known.into_iter().collect::<std::collections::BTreeSet<_>>(), expected);
        let told = journals.iter().flat_map(|j| j.movements.iter().map(|m| {
            (m.kind == MovementKind::Left, m.date, j.source.system.clone(), m.pupil.clone())
        }));
        let told: std::collections::BTreeSet<_> = told.collect();
        prop_assert_eq!(statement.arrived.len() + statement.left.len(), told.len());
        if journals.len() == 1 {
            for p in &statement.periods {
                prop_assert_eq!(p.at_start + p.arrived - p.left, p.at_end);
            }
        }
    }

    #[test]
    fn every_final_of_the_period_is_counted_by_pupil_and_by_subject(journals in year()) {
        let results = ClassResults::of(&all(&journals));
        let journal = journals.iter().find(|j| j.period_id() == results.period).unwrap();
        let year = journal.period.kind == PeriodKind::Year;
        let finals = journal.pages.iter().flat_map(|page| &page.finals);
        let counted = finals.filter(|f| {
            f.kind == FinalKind::Period || (year && f.kind == FinalKind::Year)
        }).count();
        let by_pupil: u32 = results.rows.iter().map(|row| row.finals.all()).sum();
        let by_subject: u32 = results.subjects.iter().map(|subject| subject.finals.all()).sum();
        prop_assert_eq!((by_pupil as usize, by_subject as usize), (counted, counted));
    }

    #[test]
    fn statements_are_canonical_and_read_back(journals in year()) {
        let roll = all(&journals);
        let progress = ProgressStatement::of(&roll);
        canonical(&progress, &progress.to_canonical())?;
        let monthly = MonthlyAttendance::of(&roll);
        canonical(&monthly, &monthly.to_canonical())?;
        let report = ClassReport::of(&roll);
        canonical(&report, &report.to_canonical())?;
        if let Ok(activity) = ActivityStatement::of(&roll) {
            canonical(&activity, &activity.to_canonical())?;
        }
        for proposal in roll.proposals() {
            let said = Confirmed { first: proposal.first, same: true, second: proposal.second };
            canonical(&said, &serde_json::to_vec(&said).unwrap())?;
        }
    }

    #[test]
    fn a_pupil_of_two_systems_is_proposed_and_stands_apart(journals in year()) {
        let mut second = journals[0].clone();
        second.period.kind = PeriodKind::Year;
        second.period.number = None;
        second.source.system = "netschool".to_owned();
        let first = Journal { period: journal("q1").period, ..journals[0].clone() };
        let roll = Roll::of(&[&first, &second], &[]).unwrap();
        prop_assert_eq!(roll.pupils().len(), 2 * first.pupils.len());
        prop_assert!(roll.proposals().len() >= first.pupils.len());
    }

    #[test]
    fn what_is_proposed_can_be_confirmed_and_is_then_joined(journals in year()) {
        let roll = all(&journals);
        let Some(proposal) = roll.proposals().into_iter().next() else { return Ok(()) };
        let Proposal { first, second, .. } = proposal;
        let said = [Confirmed { first, same: true, second }];
        let journals: Vec<&Journal> = journals.iter().collect();
        let joined = Roll::of(&journals, &said).unwrap();
        prop_assert_eq!(joined.pupils().len() + 1, roll.pupils().len());
    }
}
