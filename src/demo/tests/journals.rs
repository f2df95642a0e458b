use super::super::marks::agreed_final;
use super::super::{Plan, calendar, curriculum, school};
use super::{QUARTER, SCHOOL, YEAR, class, clean, of_class, period};
use crate::journal::{
    Journal, LessonId, MarkValue, MovementKind, Page, PeriodKind, PersonId, Pupil, PupilId,
};
use chrono::Days;
use std::collections::{HashMap, HashSet};

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_school() {
    let bytes = |seed| {
        let school = school(&Plan { seed, classes: 4 });
        let all = school.classes(period("2025-26/q1")).map(|j| j.to_canonical());
        all.collect::<Vec<_>>()
    };
    assert_eq!(bytes(7), bytes(7));
    assert!(bytes(7).iter().zip(bytes(8)).all(|(one, other)| *one != other));
}

#[test]
fn a_class_does_not_depend_on_how_many_others_there_are() {
    for classes in [3, 12, 100] {
        let other = school(&Plan { seed: 7, classes });
        for name in ["7А", "6Б"] {
            let journal = other.journal(&class(name), period("2025-26/q1")).unwrap();
            assert_eq!(&journal, of_class(&QUARTER, name), "{name} of {classes}");
        }
    }
}

#[test]
fn grades_1_to_9_close_by_quarter_and_10_to_11_by_half_year() {
    assert_eq!(SCHOOL.class_names().len(), 24);
    assert_eq!(QUARTER.len(), 21);
    assert_eq!(YEAR.len(), 21 * 4 + 3 * 2);
    for journal in YEAR.iter() {
        let senior = journal.class.grade().unwrap() >= 10;
        assert_eq!(journal.period.kind == PeriodKind::HalfYear, senior);
    }
    assert_eq!(SCHOOL.journal(&class("10А"), period("2025-26/q1")), None);
    assert_eq!(SCHOOL.journal(&class("7А"), period("2024-25/year")), None);
}

#[test]
fn a_journal_reads_back_as_it_was_written() {
    for journal in QUARTER.iter() {
        let read: Journal = serde_json::from_slice(&journal.to_canonical()).unwrap();
        assert_eq!(&read, journal);
    }
}

#[test]
fn ids_are_unique_and_every_reference_resolves() {
    for journal in YEAR.iter() {
        let mut ids = HashSet::new();
        let people: HashSet<&PersonId> = journal.people.iter().map(|p| &p.id).collect();
        let pupils: HashSet<&PupilId> = journal.pupils.iter().map(|p| &p.id).collect();
        let own = people.iter().map(|p| p.as_str()).chain(pupils.iter().map(|p| p.as_str()));
        let lessons = journal.pages.iter().flat_map(|p| &p.lessons).map(|l| l.id.as_str());
        assert!(own.chain(lessons).all(|id| ids.insert(id) && id.len() <= 64));
        assert!(people.contains(journal.class.teacher.as_ref().unwrap()));
        assert!(journal.movements.iter().all(|m| pupils.contains(&m.pupil)));
        let keys: HashSet<_> = journal.pages.iter().map(Page::key).collect();
        assert_eq!(keys.len(), journal.pages.len());
        for page in &journal.pages {
            references_resolve(page, &people, &pupils);
        }
    }
}

fn references_resolve(page: &Page, people: &HashSet<&PersonId>, pupils: &HashSet<&PupilId>) {
    assert!(people.contains(page.teacher.as_ref().unwrap()));
    assert!(page.lessons.iter().filter_map(|l| l.substitute.as_ref()).all(|s| people.contains(s)));
    let lessons: HashSet<&LessonId> = page.lessons.iter().map(|l| &l.id).collect();
    let listed: HashSet<&PupilId> =
        page.pupils.as_ref().map_or(pupils.clone(), |ids| ids.iter().collect());
    assert!(listed.is_subset(pupils));
    assert_eq!(page.pupils.is_some(), page.group.is_some());
    assert!(page.entries.iter().all(|e| lessons.contains(&e.lesson) && listed.contains(&e.pupil)));
    assert!(page.finals.iter().all(|f| listed.contains(&f.pupil)));
}

#[test]
fn lessons_stand_by_date_and_number_and_entries_by_lesson_and_pupil() {
    for journal in YEAR.iter() {
        let place: HashMap<&PupilId, usize> =
            journal.pupils.iter().enumerate().map(|(n, p)| (&p.id, n)).collect();
        for page in &journal.pages {
            let key = |n: usize| (page.lessons[n].date, page.lessons[n].number);
            assert!((1..page.lessons.len()).all(|n| key(n - 1) < key(n)), "{}", page.key());
            let lesson: HashMap<&LessonId, usize> =
                page.lessons.iter().enumerate().map(|(n, l)| (&l.id, n)).collect();
            let key = |n: usize| (lesson[&page.entries[n].lesson], place[&page.entries[n].pupil]);
            assert!((1..page.entries.len()).all(|n| key(n - 1) < key(n)), "{}", page.key());
        }
    }
}

#[test]
fn lessons_are_held_on_school_days_of_the_period_and_as_planned() {
    for journal in clean() {
        let days = calendar::school_days(journal.class.grade().unwrap());
        let days: HashSet<_> = days.into_iter().collect();
        for page in &journal.pages {
            assert_eq!(page.planned_hours, Some(page.lessons.len() as u32));
            for lesson in &page.lessons {
                assert!((journal.period.from..=journal.period.to).contains(&lesson.date));
                assert!(days.contains(&lesson.date), "{}", lesson.date);
                assert!(lesson.topic.as_ref().is_some_and(|t| !t.is_empty()));
            }
        }
    }
}

#[test]
fn grade_1_has_no_marks_no_homework_and_no_finals() {
    let first = clean().filter(|j| j.class.grade() == Some(1));
    for page in first.flat_map(|j| &j.pages) {
        assert!(page.lessons.iter().all(|l| l.homework.is_none()));
        assert!(page.entries.iter().all(|e| e.marks.is_empty() && e.absence.is_some()));
        assert!(page.finals.is_empty() && page.lessons.len() > 5);
    }
}

#[test]
fn finals_follow_from_the_marks_and_are_set_two_days_before_the_end() {
    for journal in clean() {
        for page in &journal.pages {
            let marks = marks_of(page);
            for given in &page.finals {
                let value = agreed_final(marks[&given.pupil].iter().copied());
                assert_eq!(value.map(|v| v.to_string()), Some(given.value.clone()));
                let set = given.set.unwrap();
                assert!(set <= journal.period.to - Days::new(2) && set >= journal.period.from);
            }
        }
    }
}

fn marks_of(page: &Page) -> HashMap<&PupilId, Vec<(u32, u32)>> {
    let mut marks: HashMap<&PupilId, Vec<(u32, u32)>> = HashMap::new();
    for entry in &page.entries {
        for mark in &entry.marks {
            let MarkValue::Grade(value) = MarkValue::read(&mark.value) else { continue };
            let weight = mark.weight.as_deref().map_or(1, |w| w.parse().unwrap());
            marks.entry(&entry.pupil).or_default().push((value.into(), weight));
        }
    }
    marks
}

#[test]
fn whoever_stays_has_a_final_in_every_subject_and_marks_enough_for_it() {
    for journal in clean().filter(|j| j.class.grade() != Some(1)) {
        let grade = journal.class.grade().unwrap();
        let left = |p: &Pupil| {
            let own = journal.movements.iter().filter(|m| m.pupil == p.id);
            own.into_iter().any(|m| m.kind == MovementKind::Left)
        };
        for page in &journal.pages {
            let subject = curriculum::subjects().iter().find(|s| s.name == page.subject).unwrap();
            let least = curriculum::least_marks(subject.hours(grade));
            let marks = marks_of(page);
            let finals: HashSet<&PupilId> = page.finals.iter().map(|f| &f.pupil).collect();
            for pupil in journal.pupils_of(page) {
                assert_eq!(finals.contains(&pupil.id), !left(pupil), "{}", page.key());
                let count = marks.get(&pupil.id).map_or(0, Vec::len);
                assert!(left(pupil) || count >= least, "{} {count}", page.key());
            }
        }
    }
}

#[test]
fn nobody_has_entries_before_coming_or_after_leaving() {
    for journal in YEAR.iter() {
        for movement in &journal.movements {
            for page in &journal.pages {
                let dates: HashMap<_, _> = page.lessons.iter().map(|l| (&l.id, l.date)).collect();
                let own = page.entries.iter().filter(|e| e.pupil == movement.pupil);
                let within = |e: &&crate::journal::Entry| match movement.kind {
                    MovementKind::Arrived => dates[&e.lesson] >= movement.date,
                    MovementKind::Left => dates[&e.lesson] < movement.date,
                };
                assert!(own.into_iter().all(|e| within(&e)));
            }
        }
    }
}

#[test]
fn pupils_keep_their_ids_over_the_periods_of_a_year() {
    let [first, second] =
        ["2025-26/q1", "2025-26/q2"].map(|p| SCHOOL.journal(&class("7А"), period(p)).unwrap());
    let names = |j: &Journal| -> HashMap<PupilId, String> {
        j.pupils.iter().map(|p| (p.id.clone(), p.full_name())).collect()
    };
    let (first, second) = (names(&first), names(&second));
    assert!(first.iter().filter(|(id, _)| second.contains_key(id)).count() > 18);
    assert!(first.iter().all(|(id, name)| second.get(id).is_none_or(|other| other == name)));
}

#[test]
fn what_happens_in_a_school_happens_here() {
    let pages = || QUARTER.iter().flat_map(|j| &j.pages);
    let entries = || pages().flat_map(|p| &p.entries);
    let absences: HashSet<_> = entries().filter_map(|e| e.absence.as_ref()).map(|a| &a.0).collect();
    assert!(["Н", "Б", "У", "О"].iter().all(|code| absences.iter().any(|a| a == code)));
    assert!(entries().filter(|e| e.marks.len() > 1).count() > 100, "several marks in a cell");
    assert!(entries().filter(|e| e.marks.iter().any(|_| e.absence.is_some())).count() > 50);
    assert!(entries().filter(|e| e.remark.is_some()).count() > 20);
    assert!(QUARTER.iter().flat_map(|j| &j.movements).count() > 2);
    let substituted = pages().flat_map(|p| &p.lessons).filter(|l| l.substitute.is_some());
    assert!(
        substituted.filter(|l| l.topic.as_deref().unwrap().starts_with("Замещение")).count() > 20
    );
    let values: HashSet<_> = pages().flat_map(|p| &p.finals).map(|f| f.value.as_str()).collect();
    assert!(["2", "3", "4", "5"].iter().all(|v| values.contains(v)));
}

#[test]
fn a_class_is_of_usual_size_and_so_is_its_file() {
    for journal in QUARTER.iter() {
        assert!((20..=31).contains(&journal.pupils.len()), "{}", journal.pupils.len());
        let lessons: usize = journal.pages.iter().map(|p| p.lessons.len()).sum();
        let entries: usize = journal.pages.iter().map(|p| p.entries.len()).sum();
        let marked = journal.class.grade() != Some(1);
        assert!(!marked || (4..=11).contains(&(entries / lessons)), "{entries} in {lessons}");
    }
    for journal in QUARTER.iter().filter(|j| j.class.grade() == Some(7)) {
        let size = serde_json::to_vec_pretty(journal).unwrap().len();
        assert!((300_000..900_000).contains(&size), "{size}");
    }
}

#[test]
fn people_have_full_names_and_the_heads_give_no_lessons() {
    let teachers: HashSet<_> = SCHOOL.teachers().map(|p| p.id).collect();
    for head in SCHOOL.deputies().iter().chain([SCHOOL.director()]) {
        assert!(head.patronymic.is_some() && head.full_name().is_some());
        assert!(!teachers.contains(&head.id));
    }
    for journal in clean() {
        assert!(journal.people.iter().all(|p| teachers.contains(&p.id) && p.patronymic.is_some()));
    }
}

#[test]
fn the_year_has_finals_and_decisions_and_one_pupil_who_was_entered_again() {
    for (name, exams) in [("7А", false), ("9А", true), ("10А", false), ("11А", true)] {
        let year = SCHOOL.journal(&class(name), period("2025-26/year")).unwrap();
        let last = if year.class.grade() >= Some(10) { "2025-26/h2" } else { "2025-26/q4" };
        let last = SCHOOL.journal(&class(name), period(last)).unwrap();
        assert!(year.pages.iter().all(|page| page.lessons.is_empty() && page.entries.is_empty()));
        let kinds: HashSet<_> =
            year.pages.iter().flat_map(|page| &page.finals).map(|mark| mark.kind as u8).collect();
        assert_eq!(kinds.len(), if exams { 3 } else { 1 }, "{name}");
        let ids = |journal: &Journal| -> HashSet<PupilId> {
            journal.pupils.iter().map(|pupil| pupil.id.clone()).collect()
        };
        assert_eq!(ids(&year).difference(&ids(&last)).count(), 1, "{name}");
        assert_eq!(year.decisions.len(), year.pupils.len());
        let read = crate::journal::read::journal(&year.to_canonical());
        assert_eq!(read.unwrap(), year);
    }
}
