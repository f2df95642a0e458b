//! A step is done by whoever holds its role.

use super::school::{School, class, day};
use super::work::all;
use crate::closing::Refusal;
use crate::register::{MediumNumber, StaffId};
use crate::staff::Role;

fn role(who: StaffId, role: Role, of: Option<&str>) -> Refusal {
    Refusal::Role { who, role, class: of.map(class), day: day("2026-01-12") }
}

#[test]
fn the_wrong_role_is_refused_with_the_role_that_is_asked_for() {
    let mut school = School::new();
    let people = school.people;
    let office = people.deputy;
    school.bring("7А", "certify-title");
    let signed = school.sign(office, ("7А", "certify-title"), &all(), Some(people.of_7b));
    assert_eq!(signed, Err(role(people.of_7b, Role::ClassTeacher, Some("7А"))));
    school.bring("7А", "hand-over-copy");
    let given = school.hand_over(office, "7А", (Some(people.music), office));
    assert_eq!(given, Err(role(people.music, Role::ClassTeacher, Some("7А"))));
    let taken = school.hand_over(office, "7А", (None, people.music));
    assert_eq!(taken, Err(role(people.music, Role::Deputy, None)));
    school.bring("7А", "certify-copy");
    let signed = school.sign(office, ("7А", "certify-copy"), &all(), Some(people.director));
    assert_eq!(signed, Err(role(people.director, Role::Deputy, None)));
    school.bring("7А", "director-signs");
    let signed = school.sign(office, ("7А", "director-signs"), &all(), Some(people.deputy));
    assert_eq!(signed, Err(role(people.deputy, Role::Director, None)));
}

#[test]
fn nobody_hands_a_copy_over_to_themselves() {
    let mut school = School::new();
    let who = school.people.of_7a;
    school.post(who, Role::Deputy, "2025-09-01", None);
    school.bring("7А", "hand-over-copy");
    let given = school.hand_over(who, "7А", (None, who));
    assert_eq!(given, Err(Refusal::SamePerson(who)));
}

#[test]
fn a_role_that_nobody_or_several_people_hold_is_asked_about() {
    let mut school = School::new();
    let people = school.people;
    school.post(people.guest, Role::Director, "2026-01-10", Some("2026-01-31"));
    school.bring("7А", "director-signs");
    let refused = school.sign(people.deputy, ("7А", "director-signs"), &all(), None);
    let holders = vec![people.director, people.guest];
    let refused = refused.map_err(|refusal| match refusal {
        Refusal::Holders { role, mut holders } => {
            holders.sort_by_key(|who| *who == people.guest);
            Refusal::Holders { role, holders }
        }
        other => other,
    });
    assert_eq!(refused, Err(Refusal::Holders { role: Role::Director, holders }));
    let acting = school.sign(people.deputy, ("7А", "director-signs"), &all(), Some(people.guest));
    acting.unwrap();
    school.today = day("2040-01-01");
    school.roster.end_post(people.archivist, Role::Archivist, None, day("2039-12-31")).unwrap();
    school.bring_all("folder");
    school.folder(people.deputy, school.period_of("7А"), &[]).unwrap();
    let shelved = school.shelve(people.deputy, school.period_of("7А"));
    assert_eq!(shelved, Err(Refusal::Holders { role: Role::Archivist, holders: vec![] }));
}

#[test]
fn an_office_is_held_today_or_not_at_all() {
    let mut school = School::new();
    let people = school.people;
    school.bring("7А", "director-signs");
    school.roster.end_post(people.director, Role::Director, None, day("2025-12-31")).unwrap();
    school.post(people.guest, Role::Director, "2026-01-01", None);
    let former =
        school.sign(people.deputy, ("7А", "director-signs"), &all(), Some(people.director));
    assert_eq!(former, Err(role(people.director, Role::Director, None)));
    school.sign(people.deputy, ("7А", "director-signs"), &all(), None).unwrap();
    let state = school.state("7А");
    let by: Vec<_> = state.signatures.values().map(|signature| signature.done.by).collect();
    assert!(by.contains(&people.guest) && !by.contains(&people.director));
}

#[test]
fn the_class_teacher_of_the_periods_last_day_still_certifies() {
    let mut school = School::new();
    let people = school.people;
    let of_7a = class("7А");
    school
        .roster
        .end_post(people.of_7a, Role::ClassTeacher, Some(&of_7a), day("2025-12-31"))
        .unwrap();
    school.bring("7А", "certify-title");
    school.sign(people.of_7a, ("7А", "certify-title"), &all(), None).unwrap();
    assert!(school.is_complete("7А", "certify-title"));
}

#[test]
fn removable_copies_go_from_a_deputy_to_the_director_once() {
    let mut school = School::new();
    let people = school.people;
    school.seal("7А");
    let (_, medium) = school.copy_made();
    let not_director = school.media_over(people.deputy, &[medium], people.head);
    assert_eq!(not_director, Err(role(people.head, Role::Director, None)));
    let not_office = school.media_over(people.of_7a, &[medium], people.director);
    assert_eq!(not_office, Err(Refusal::Office(people.of_7a)));
    let unknown = MediumNumber::FIRST.plus(6).unwrap();
    let none = school.media_over(people.deputy, &[unknown], people.director);
    assert_eq!(none, Err(Refusal::NoMedium(unknown)));
    let nothing = school.media_over(people.deputy, &[], people.director);
    assert_eq!(nothing, Err(Refusal::NothingLeft));
    school.media_over(people.deputy, &[medium], people.director).unwrap();
    let again = school.media_over(people.deputy, &[medium], people.director);
    assert_eq!(again, Err(Refusal::NothingLeft));
    let progress = school.progress("7А", "hand-over-media");
    assert_eq!((progress.done, progress.of, progress.complete), (1, 2, false));
    assert_eq!(school.progress("7Б", "backup").done, 0, "7Б is not sealed");
}

#[test]
fn a_folder_is_formed_and_accepted_by_those_who_may() {
    let mut school = School::new();
    let people = school.people;
    school.bring_all("folder");
    let q2 = school.period_of("7А");
    let refused = school.folder(people.of_7a, q2, &[]);
    assert_eq!(refused, Err(Refusal::Office(people.of_7a)));
    school.folder(people.deputy, q2, &[]).unwrap();
    let refused = school.shelve(people.of_7a, q2);
    assert_eq!(refused, Err(Refusal::Office(people.of_7a)));
    school.shelve(people.deputy, q2).unwrap();
    let accepted = school.closing().folders[0].shelved.unwrap();
    assert_eq!(accepted.by, people.archivist, "entered by the deputy");
}
