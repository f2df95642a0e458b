use super::super::corrected;
use super::super::correction::final_by_average;
use super::{QUARTER, is_faulty};
use crate::journal::Page;

fn changed<'a>(before: &'a [Page], after: &'a [Page]) -> Vec<(&'a Page, &'a Page)> {
    before.iter().zip(after).filter(|(one, other)| one != other).collect()
}

#[test]
fn a_correction_changes_one_mark_and_the_final_that_follows_from_it() {
    for journal in QUARTER.iter().filter(|j| j.class.grade() != Some(1) && !is_faulty(j)) {
        let corrected = corrected(journal);
        assert!(corrected.source.exported > journal.source.exported);
        let pages = changed(&journal.pages, &corrected.pages);
        let [(before, after)] = pages[..] else { panic!("{} pages changed", pages.len()) };
        let finals = before.finals.iter().zip(&after.finals).filter(|(one, other)| one != other);
        let [(old, new)] = finals.collect::<Vec<_>>()[..] else { panic!("one final changes") };
        assert_ne!(old.value, new.value);
        let by_average = final_by_average(&after.entries, &new.pupil).map(|v| v.to_string());
        assert_eq!(by_average.as_ref(), Some(&new.value));
        let marks = |page: &Page| {
            let all = page.entries.iter().flat_map(|e| &e.marks);
            all.map(|m| m.value.clone()).collect::<Vec<_>>()
        };
        let (old, new) = (marks(before), marks(after));
        assert_eq!(old.iter().zip(&new).filter(|(one, other)| one != other).count(), 1);
    }
}

#[test]
fn in_grade_1_a_topic_is_corrected() {
    let first = QUARTER.iter().find(|j| j.class.grade() == Some(1)).unwrap();
    let corrected = corrected(first);
    let pages = changed(&first.pages, &corrected.pages);
    assert_eq!(pages.len(), 1);
    assert_ne!(pages[0].0.lessons[0].topic, pages[0].1.lessons[0].topic);
}
