use super::super::correction::final_by_average;
use super::super::{FAULTY, Plan, school};
use super::{QUARTER, SCHOOL, class, of_class};
use crate::journal::{Absence, Journal, MarkValue, Page};

fn faulty() -> &'static Journal {
    of_class(&QUARTER, FAULTY.name().as_str())
}

fn page(subject: &str) -> &'static Page {
    faulty().pages.iter().find(|p| p.subject == subject).unwrap()
}

/// The class as it was before the faults were planted.
fn before(subject: &str) -> Page {
    let journal = SCHOOL.class(FAULTY).journal(faulty().period);
    journal.pages.into_iter().find(|p| p.subject == subject).unwrap()
}

#[test]
fn exactly_one_class_of_a_school_with_three_or_more_is_faulty() {
    assert_eq!(SCHOOL.faulty_class(), Some(class("6Б")));
    assert_eq!(school(&Plan { seed: 7, classes: 3 }).faulty_class(), Some(class("6Б")));
    assert_eq!(school(&Plan { seed: 7, classes: 2 }).faulty_class(), None);
}

#[test]
fn finals_are_missing_not_allowed_contradictory_and_late() {
    let missing = before("Русский язык").finals.len() - page("Русский язык").finals.len();
    assert_eq!(missing, 1);
    let values = |subject| page(subject).finals.iter().map(|f| f.value.as_str());
    assert_eq!(values("Литература").filter(|v| *v == "н/а").count(), 1);
    assert_eq!(values("Физическая культура").filter(|v| *v == "осв.").count(), 1);
    let mathematics = page("Математика");
    let contradicts = mathematics.finals.iter().filter(|f| {
        let by_average = final_by_average(&mathematics.entries, &f.pupil);
        by_average.map(|v| v.to_string()).as_deref() != Some(f.value.as_str())
    });
    assert_eq!(contradicts.count(), 1);
    let late = page("История").finals.iter().filter(|f| f.set == Some(faulty().period.to));
    assert_eq!(late.count(), 2);
}

#[test]
fn lessons_lack_a_topic_lie_outside_and_are_too_few() {
    let geography = page("География").lessons.iter().filter(|l| l.topic.is_none());
    assert_eq!(geography.count(), 1);
    let outside = page("Биология").lessons.iter().filter(|l| l.date > faulty().period.to);
    assert_eq!(outside.count(), 1);
    let social = page("Обществознание");
    assert_eq!(social.planned_hours, Some(social.lessons.len() as u32 + 2));
}

#[test]
fn substitutions_and_pages_have_no_name() {
    let unnamed = page("Физическая культура").lessons.iter().filter(|l| {
        l.substitute.is_none() && l.topic.as_deref().is_some_and(|t| t.starts_with("Замещение"))
    });
    assert_eq!(unnamed.count(), 1);
    let nameless = |id| faulty().person(id).unwrap().full_name().is_none();
    assert!(nameless(page("Труд (технология)").teacher.as_ref().unwrap()));
    let mut substitutes = page("Музыка").lessons.iter().filter_map(|l| l.substitute.as_ref());
    assert!(substitutes.any(nameless));
}

#[test]
fn one_final_has_one_mark_and_tokens_cannot_be_read() {
    let art = page("Изобразительное искусство");
    let marks = |f: &&crate::journal::Final| {
        let own = art.entries.iter().filter(|e| e.pupil == f.pupil);
        own.map(|e| e.marks.len()).sum::<usize>()
    };
    let single: Vec<_> = art.finals.iter().filter(|f| marks(f) == 1).collect();
    assert_eq!(single.len(), 1);
    assert_eq!(
        final_by_average(&art.entries, &single[0].pupil).unwrap().to_string(),
        single[0].value
    );
    let cells = || faulty().pages.iter().flat_map(|p| &p.entries);
    let unknown = |m: &&crate::journal::Mark| MarkValue::read(&m.value) == MarkValue::Unknown;
    assert_eq!(cells().flat_map(|e| &e.marks).filter(unknown).count(), 1);
    let unknown = |a: &&Absence| a.code().is_none();
    assert_eq!(cells().filter_map(|e| e.absence.as_ref()).filter(unknown).count(), 1);
}
