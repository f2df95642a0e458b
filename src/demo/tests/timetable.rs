use super::{QUARTER, YEAR, clean};
use crate::journal::{Page, PersonId, PupilId};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

type Time = (NaiveDate, u32);

fn times(page: &Page) -> impl Iterator<Item = Time> {
    page.lessons.iter().map(|l| (l.date, l.number))
}

#[test]
fn no_pupil_has_two_lessons_at_once() {
    for journal in YEAR.iter() {
        let mut taken: HashSet<(&PupilId, Time)> = HashSet::new();
        for page in &journal.pages {
            for pupil in journal.pupils_of(page) {
                for time in times(page) {
                    assert!(taken.insert((&pupil.id, time)), "{} at {time:?}", page.key());
                }
            }
        }
    }
}

#[test]
fn subgroups_learn_at_the_same_time_and_share_the_class() {
    for journal in clean() {
        let mut subgroups: HashMap<&str, Vec<&Page>> = HashMap::new();
        for page in journal.pages.iter().filter(|p| p.group.is_some()) {
            subgroups.entry(&page.subject).or_default().push(page);
        }
        for (subject, pages) in subgroups {
            let [first, second] = pages[..] else { panic!("{subject}") };
            assert!(times(first).eq(times(second)));
            assert_ne!(first.teacher, second.teacher);
            let pupils = |p: &Page| p.pupils.as_ref().unwrap().len();
            assert_eq!(pupils(first) + pupils(second), journal.pupils.len());
        }
    }
    let subjects: HashSet<&str> = QUARTER
        .iter()
        .flat_map(|j| &j.pages)
        .filter(|p| p.group.is_some())
        .map(|p| p.subject.as_str())
        .collect();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
}

#[test]
fn nobody_teaches_two_classes_at_once_not_even_as_a_substitute() {
    let quarter = clean().filter(|j| j.period_id().slug() == "q1");
    let mut taken: HashSet<(&PersonId, Time)> = HashSet::new();
    for page in quarter.flat_map(|j| &j.pages) {
        for lesson in &page.lessons {
            let who = lesson.substitute.as_ref().or(page.teacher.as_ref()).unwrap();
            let time = (lesson.date, lesson.number);
            assert!(taken.insert((who, time)), "{} at {time:?}", page.key());
        }
    }
}

#[test]
fn days_have_no_gaps() {
    for journal in clean() {
        let mut days: HashMap<NaiveDate, HashSet<u32>> = HashMap::new();
        for (date, number) in journal.pages.iter().flat_map(times) {
            days.entry(date).or_default().insert(number);
        }
        for (date, numbers) in days {
            let last = numbers.len() as u32;
            assert!((1..=last).all(|n| numbers.contains(&n)), "{date} {numbers:?}");
        }
    }
}
