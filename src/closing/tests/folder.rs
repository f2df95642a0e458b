//! Day 5: what a folder needs, and supplements to it.

use super::school::{School, class, period, step};
use crate::closing::{Lack, Refusal};

fn lacks(of: &str, classes: &[(&str, Vec<Lack>)]) -> Refusal {
    let classes = classes.iter().map(|(name, lacks)| (class(name), lacks.clone())).collect();
    Refusal::Folder { period: period(of), classes }
}

/// Folder and supplement of each formed, with the numbers of the copies.
fn formed(school: &School) -> Vec<(u32, u32, Vec<u32>)> {
    let folders = school.closing().folders;
    let copies = |f: &crate::closing::Folder| f.copies.iter().map(|copy| copy.get()).collect();
    folders.iter().map(|f| (f.number.get(), f.supplement, copies(f))).collect()
}

#[test]
fn a_folder_is_refused_with_every_lack_of_every_class_at_once() {
    let mut school = School::new();
    school.bring("7А", "stamp");
    let record = school.state("7А").facts.record.unwrap().record;
    school.damaged.insert(record);
    school.seal("7Б");
    let refused = school.folder(school.office, period("q2"), &[]);
    let of_7b = ["print", "sign-sheets", "certify-title", "hand-over-copy", "certify-copy"];
    let then = ["general-register", "director-signs", "stamp"];
    let steps = of_7b.iter().chain(&then).map(|name| Lack::Step(step(name)));
    let of_7b = [Lack::Signed, Lack::Media(0)].into_iter().chain(steps).collect();
    let of_7a = vec![Lack::Whole, Lack::Step(step("stamp"))];
    assert_eq!(refused, Err(lacks("q2", &[("7А", of_7a), ("7Б", of_7b)])));
    assert!(school.closing().folders.is_empty());
}

#[test]
fn a_class_without_a_record_lacks_just_that() {
    let mut school = School::new();
    let refused = school.folder(school.office, period("h1"), &[]);
    assert_eq!(refused, Err(lacks("h1", &[("10А", vec![Lack::Record])])));
}

#[test]
fn media_count_for_the_folder_when_they_are_handed_over() {
    let mut school = School::new();
    let (office, director) = (school.office, school.people.director);
    school.seal("10А");
    school.e_sign("10А");
    school.print("10А");
    for name in ["sign-sheets", "certify-title", "hand-over-copy", "certify-copy"] {
        school.take("10А", name).unwrap();
    }
    for name in ["general-register", "director-signs", "stamp"] {
        school.take("10А", name).unwrap();
    }
    let media = |count| Err(lacks("h1", &[("10А", vec![Lack::Media(count)])]));
    assert_eq!(school.folder(office, period("h1"), &[]), media(0));
    let (_, first) = school.copy_made();
    assert_eq!(school.folder(office, period("h1"), &[]), media(0), "written, not handed over");
    let (_, second) = school.copy_made();
    assert_eq!(school.folder(office, period("h1"), &[]), media(0));
    school.media_over(office, &[first], director).unwrap();
    assert_eq!(school.folder(office, period("h1"), &[]), media(1));
    school.media_over(office, &[second], director).unwrap();
    school.folder(office, period("h1"), &[]).unwrap();
}

#[test]
fn a_record_waits_for_the_directors_electronic_signature() {
    let mut school = School::new();
    school.bring("10А", "stamp");
    school.take("10А", "stamp").unwrap();
    school.change("10А", 1);
    school.seal("10А");
    school.back_up();
    school.print("10А");
    for name in ["sign-sheets", "certify-title", "certify-copy", "director-signs", "stamp"] {
        school.take("10А", name).unwrap();
    }
    let refused = school.folder(school.office, period("h1"), &[]);
    assert_eq!(refused, Err(lacks("h1", &[("10А", vec![Lack::Signed])])), "the new record is not");
    school.e_sign("10А");
    school.folder(school.office, period("h1"), &[]).unwrap();
}

#[test]
fn a_late_class_is_left_out_by_name_and_joins_as_a_supplement() {
    let mut school = School::new();
    let office = school.office;
    school.bring("7А", "folder");
    school.journal("7Б").now = None;
    let refused = school.folder(office, period("q2"), &[]);
    assert_eq!(refused, Err(lacks("q2", &[("7Б", vec![Lack::Record])])));
    school.folder(office, period("q2"), &["7Б"]).unwrap();
    assert_eq!(formed(&school), [(1, 0, vec![1])]);
    assert!(!school.closing().is_finished());
    school.shelve(office, period("q2")).unwrap();
    let nothing = school.folder(office, period("q2"), &["7Б"]);
    assert_eq!(nothing, Err(Refusal::NothingToFile(period("q2"))));
    school.journal("7Б").now = Some(vec![1, 1]);
    school.bring("7Б", "folder");
    school.folder(office, period("q2"), &[]).unwrap();
    assert_eq!(formed(&school), [(1, 0, vec![1]), (1, 1, vec![2])]);
    assert!(school.is_complete("7А", "shelve") && !school.is_complete("7Б", "shelve"));
    school.shelve(office, period("q2")).unwrap();
    assert!(school.is_complete("7Б", "shelve"));
    let none = school.shelve(office, period("q2"));
    assert_eq!(none, Err(Refusal::NothingToShelve(period("q2"))));
}

#[test]
fn copies_lie_in_the_folder_of_their_period_in_the_order_of_their_numbers() {
    let mut school = School::new();
    for of in ["7Б", "10А", "7А"] {
        school.bring(of, "folder");
    }
    school.folder(school.office, period("h1"), &[]).unwrap();
    school.folder(school.office, period("q2"), &[]).unwrap();
    assert_eq!(formed(&school), [(1, 0, vec![2]), (2, 0, vec![1, 3])]);
    let nothing = school.folder(school.office, period("q2"), &[]);
    assert_eq!(nothing, Err(Refusal::NothingToFile(period("q2"))));
    let empty = school.folder(school.office, period("q3"), &[]);
    assert_eq!(empty, Err(Refusal::NothingToFile(period("q3"))));
    let none = school.shelve(school.office, period("q3"));
    assert_eq!(none, Err(Refusal::NothingToShelve(period("q3"))));
}
