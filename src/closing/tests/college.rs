//! A college's journals at the end of the year (R4 § 4): copies are accepted one by one.

use super::school::{School, class, day, period, step};
use super::work::all;
use crate::closing::{Lack, Refusal};
use crate::register::StaffId;
use crate::staff::Role;

const GROUP: &str = "ИС-21";

fn waits(name: &str, before: &[&str]) -> Refusal {
    let before = before.iter().map(|name| step(name)).collect();
    Refusal::Waits { class: class(GROUP), step: step(name), before }
}

fn signers(school: &School, name: &str) -> Vec<(u32, StaffId)> {
    let state = school.state(GROUP);
    let of_step = state.signatures.iter().filter(|((signed, _), _)| *signed == step(name));
    of_step.map(|((_, sheet), signature)| (*sheet, signature.done.by)).collect()
}

#[test]
fn curator_head_of_studies_director_and_archivist_take_their_steps_in_order() {
    let mut school = School::college();
    let people = school.people;
    school.seal(GROUP);
    school.e_sign(GROUP);
    school.take(GROUP, "backup").unwrap();
    let closing = school.closing();
    let group = closing.class(&class(GROUP), period("year")).unwrap();
    let planned = closing.planned(group, &step("print")).unwrap();
    assert_eq!(planned.to, day("2026-07-03"), "5 July is a Sunday");
    assert!(!closing.is_late(group, closing.step(&step("print")).unwrap(), day("2026-07-03")));
    assert!(closing.is_late(group, closing.step(&step("print")).unwrap(), day("2026-07-06")));
    school.print(GROUP);
    school.hand_over(people.of_7a, GROUP, (None, people.head)).unwrap();
    assert_eq!(school.state(GROUP).deeds[&step("hand-over")].by, people.of_7a);
    school.sign(people.head, (GROUP, "certify"), &all(), None).unwrap();
    assert_eq!(signers(&school, "certify"), [(8, people.head)], "the last sheet");
    school.sign(people.head, (GROUP, "director-signs"), &all(), None).unwrap();
    assert_eq!(signers(&school, "director-signs"), [(8, people.director)]);
    school.stamp(people.head, GROUP).unwrap();
    assert_eq!(school.state(GROUP).deeds[&step("stamp")].by, people.director);
    school.shelve_copy(people.archivist, GROUP).unwrap();
    assert!(school.is_complete(GROUP, "archive") && school.closing().is_finished());
    let again = school.shelve_copy(people.archivist, GROUP);
    let already = Refusal::Already { class: class(GROUP), step: step("archive") };
    assert_eq!(again, Err(already));
}

#[test]
fn the_order_of_the_colleges_steps_is_kept() {
    let mut school = School::college();
    let people = school.people;
    school.seal(GROUP);
    school.print(GROUP);
    let certified = school.sign(people.head, (GROUP, "certify"), &all(), None);
    assert_eq!(certified, Err(waits("certify", &["hand-over"])));
    let stamped = school.stamp(people.head, GROUP);
    assert_eq!(stamped, Err(waits("stamp", &["hand-over", "certify", "director-signs"])));
    let accepted = school.shelve_copy(people.archivist, GROUP);
    let steps = ["hand-over", "certify", "director-signs", "stamp"];
    let steps = steps.iter().map(|name| Lack::Step(step(name)));
    let lacks = [Lack::Signed, Lack::Media(0)].into_iter().chain(steps).collect();
    let classes = vec![(class(GROUP), lacks)];
    assert_eq!(accepted, Err(Refusal::Folder { period: period("year"), classes }));
    school.hand_over(people.head, GROUP, (None, people.head)).unwrap();
    let signed = school.sign(people.head, (GROUP, "director-signs"), &all(), None);
    assert_eq!(signed, Err(waits("director-signs", &["certify"])));
}

#[test]
fn the_head_of_studies_alone_certifies_and_the_archivist_alone_accepts() {
    let mut school = School::college();
    let people = school.people;
    school.bring(GROUP, "certify");
    let role = |who, role| Refusal::Role { who, role, class: None, day: school.today };
    let (curator, director) =
        (role(people.of_7a, Role::HeadOfStudies), role(people.director, Role::Archivist));
    let certified = school.sign(people.head, (GROUP, "certify"), &all(), Some(people.of_7a));
    assert_eq!(certified, Err(curator));
    school.bring(GROUP, "archive");
    let accepted = school.at_desk(people.head, |closing, desk| {
        let whole = school.whole();
        let (class, named) = (class(GROUP), school.named());
        closing.shelve_copy((&class, period("year")), Some(people.director), (desk, &whole), named)
    });
    assert_eq!(accepted, Err(director));
}

#[test]
fn no_folder_is_formed_and_nothing_is_confirmed_on_screen() {
    let mut school = School::college();
    school.bring(GROUP, "archive");
    let folder = school.folder(school.office, period("year"), &[]);
    assert_eq!(folder, Err(Refusal::NoStep("folder-formed (period)".to_owned())));
    let pages = crate::closing::Pages::All;
    let confirmed = school.confirm(school.office, GROUP, &pages, None);
    assert_eq!(confirmed, Err(Refusal::NoStep("confirmed (page)".to_owned())));
}

#[test]
fn what_the_archive_accepted_stands_on_every_step_before() {
    let mut school = School::college();
    let office = school.office;
    school.bring(GROUP, "stamp");
    let stamped = school.take(GROUP, "stamp").unwrap()[0];
    let accepted = school.take(GROUP, "archive").unwrap()[0];
    let stands = |entry| Refusal::StandsOn { entry, later: vec![accepted] };
    assert_eq!(school.take_back(office, stamped), Err(stands(stamped)));
    let made: Vec<u64> = school.closing().media.iter().map(|medium| medium.seq).collect();
    assert_eq!(school.take_back(office, made[0]), Err(stands(made[0])));
    school.take_back(office, accepted).unwrap();
    school.take_back(office, stamped).unwrap();
    assert!(!school.is_complete(GROUP, "stamp"));
}
