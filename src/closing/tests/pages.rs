//! Day 1: confirmations and discrepancies.

use super::school::{School, class, period};
use crate::closing::{Pages, Refusal};

fn these(pages: &[u32]) -> Pages {
    Pages::These(pages.to_vec())
}

#[test]
fn each_teacher_confirms_their_own_pages_alone() {
    let mut school = School::new();
    let people = school.people;
    school.confirm(people.music, "7А", &Pages::All, Some(people.music)).unwrap();
    let progress = school.progress("7А", "check-finals");
    assert_eq!((progress.done, progress.of), (1, 3));
    assert_eq!(progress.missing_pages, [1, 3]);
    let stranger = school.confirm(people.music, "7А", &these(&[1]), Some(people.music));
    let page = "Алгебра".to_owned();
    let not_theirs = Refusal::NotTheirs { who: people.music, class: class("7А"), page };
    assert_eq!(stranger, Err(not_theirs));
    assert_eq!(school.state("7А").confirmed[0].done.by, people.music);
}

#[test]
fn a_deputy_confirms_in_the_name_of_each_pages_teacher() {
    let mut school = School::new();
    let people = school.people;
    assert_eq!(school.confirm(people.deputy, "7А", &Pages::All, None).unwrap().len(), 3);
    let by: Vec<_> = school.state("7А").confirmed.iter().map(|noted| noted.done.by).collect();
    assert_eq!(by, [people.algebra, people.music, people.physics]);
    let progress = school.progress("7А", "check-finals");
    assert!(progress.complete && progress.missing_pages.is_empty());
    let again = school.confirm(people.deputy, "7А", &these(&[2]), None);
    assert_eq!(again, Err(Refusal::NothingLeft));
}

#[test]
fn nobody_confirms_for_another_but_whoever_may_enter_paper() {
    let mut school = School::new();
    let people = school.people;
    for who in [people.music, people.guest, people.of_7b, people.archivist] {
        let refused = school.confirm(who, "7А", &these(&[1]), Some(people.algebra));
        assert_eq!(refused, Err(Refusal::Recorder { who, class: class("7А") }));
    }
    school.confirm(people.of_7a, "7А", &these(&[1]), Some(people.algebra)).unwrap();
    school.confirm(people.director, "7А", &these(&[2]), None).unwrap();
}

#[test]
fn a_page_that_is_not_there_and_a_journal_that_is_not_there_are_refused() {
    let mut school = School::new();
    let office = school.office;
    for page in [0, 4] {
        let refused = school.confirm(office, "7А", &these(&[page]), None);
        assert_eq!(refused, Err(Refusal::NoPage { class: class("7А"), page, of: 3 }));
    }
    school.journal("7Б").now = None;
    let refused = school.confirm(office, "7Б", &Pages::All, None);
    let none = Refusal::NoJournal { class: class("7Б"), period: period("q2") };
    assert_eq!(refused, Err(none));
    assert!(!school.is_complete("7Б", "check-finals"), "nothing is confirmed of nothing");
}

#[test]
fn a_confirmation_binds_to_what_the_page_said() {
    let mut school = School::new();
    school.take("7А", "check-finals").unwrap();
    school.change("7А", 2);
    let progress = school.progress("7А", "check-finals");
    assert_eq!((progress.done, progress.complete), (2, false));
    assert_eq!((&progress.missing_pages[..], &progress.changed[..]), (&[2][..], &[2][..]));
    school.seal("7А");
    assert_eq!(school.progress("7А", "check-finals"), progress, "sealing changes no page");
    school.confirm(school.office, "7А", &Pages::All, None).unwrap();
    let progress = school.progress("7А", "check-finals");
    assert!(progress.complete && progress.changed.is_empty());
    assert_eq!(school.state("7А").confirmed.len(), 4);
}

#[test]
fn a_page_that_was_never_confirmed_is_missing_but_not_changed() {
    let mut school = School::new();
    school.confirm(school.office, "7А", &these(&[1]), None).unwrap();
    school.change("7А", 2);
    let progress = school.progress("7А", "check-finals");
    assert_eq!((&progress.missing_pages[..], progress.changed.len()), (&[2, 3][..], 0));
}

#[test]
fn a_page_nobody_teaches_is_asked_about_and_holds_up_no_other_teacher() {
    let mut school = School::new();
    let people = school.people;
    school.rows.retain(|row| row.subject != "Алгебра");
    let nobody = Refusal::NoTeacher { class: class("7А"), page: "Алгебра".to_owned() };
    assert_eq!(school.confirm(people.deputy, "7А", &Pages::All, None), Err(nobody.clone()));
    let named = school.confirm(people.deputy, "7А", &these(&[1]), Some(people.music));
    assert_eq!(named, Err(nobody));
    school.confirm(people.music, "7А", &Pages::All, Some(people.music)).unwrap();
    assert_eq!(school.progress("7А", "check-finals").missing_pages, [1, 3]);
}

#[test]
fn anybody_at_the_school_may_report_a_discrepancy() {
    let mut school = School::new();
    let people = school.people;
    school.report(people.physics, "7А", 1, Some(people.physics)).unwrap();
    school.report(people.deputy, "7А", 2, None).unwrap();
    let reported: Vec<_> =
        school.state("7А").reported.iter().map(|noted| (noted.page, noted.done.by)).collect();
    assert_eq!(reported, [(1, people.physics), (2, people.music)]);
    let other = school.report(people.guest, "7А", 1, Some(people.physics));
    assert_eq!(other, Err(Refusal::Recorder { who: people.guest, class: class("7А") }));
    school.change("7А", 1);
    let open: Vec<_> = school.state("7А").open_discrepancies().map(|noted| noted.page).collect();
    assert_eq!(open, [2], "page 1 reads otherwise by now");
}
