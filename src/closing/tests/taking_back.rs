//! Entries that do not hold.

use super::school::{School, class, period};
use super::work::{all, order, these};
use crate::closing::{Pages, Refusal};
use crate::register::{Event, FolderNumber};

#[test]
fn taking_back_and_redoing_leaves_both_in_the_history() {
    let mut school = School::new();
    let office = school.office;
    school.bring("7А", "general-register");
    let first = school.enter_copy(office, "7А").unwrap()[0];
    let back = school.take_back(office, first).unwrap()[0];
    assert!(!school.is_complete("7А", "general-register"));
    let second = school.enter_copy(office, "7А").unwrap()[0];
    assert!(school.is_complete("7А", "general-register"));
    let history = school.closing().history;
    let held = |seq| history.iter().find(|held| held.entry.seq == seq).unwrap();
    assert_eq!(held(first).taken_back, Some(back));
    assert!(!held(first).counts() && held(back).counts() && held(second).counts());
    let lines: Vec<_> = school.state("7А").lines.iter().map(|(line, _)| line.get()).collect();
    assert_eq!(lines, [2], "the number of the first line is not given again");
}

#[test]
fn an_entry_on_which_later_ones_stand_is_taken_back_after_them() {
    let mut school = School::new();
    let office = school.office;
    school.bring("7А", "certify-title");
    let certified = school.take("7А", "certify-title").unwrap()[0];
    let given = school.take("7А", "hand-over-copy").unwrap()[0];
    let is_music = |held: &&crate::closing::Held| match &held.entry.event {
        Event::SignedOnPaper(signed) => signed.by == school.people.music,
        _ => false,
    };
    let music = school.closing().history.iter().find(is_music).unwrap().entry.seq;
    let stands = |entry, later: &[u64]| Refusal::StandsOn { entry, later: later.to_vec() };
    let refused = school.take_back(office, music);
    assert_eq!(refused, Err(stands(music, &[certified, given])));
    school.take_back(office, given).unwrap();
    let refused = school.take_back(office, music);
    assert_eq!(refused, Err(stands(music, &[certified])));
    school.take_back(office, certified).unwrap();
    school.take_back(office, music).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [4]);
}

#[test]
fn what_another_class_did_later_stands_on_nothing() {
    let mut school = School::new();
    school.bring("7А", "sign-sheets");
    let signed =
        school.sign(school.office, ("7А", "sign-sheets"), &these(&[(4, 4)]), None).unwrap();
    school.bring("7Б", "stamp");
    school.take_back(school.office, signed[0]).unwrap();
}

#[test]
fn an_entry_is_taken_back_once_and_only_one_of_this_closing() {
    let mut school = School::new();
    let office = school.office;
    let entry = school.report(office, "7А", 1, None).unwrap()[0];
    let back = school.take_back(office, entry).unwrap()[0];
    assert_eq!(school.take_back(office, entry), Err(Refusal::TakenBack { entry, by: back }));
    assert_eq!(school.state("7А").reported, []);
    assert_eq!(school.take_back(office, 0), Err(Refusal::NoEntry(0)), "that is no entry of it");
    assert_eq!(school.take_back(office, 999), Err(Refusal::NoEntry(999)));
    assert_eq!(school.take_back(office, back), Err(Refusal::Lasting(back)));
}

#[test]
fn a_confirmation_is_taken_back_by_whoever_gave_it_or_may_enter_paper() {
    let mut school = School::new();
    let people = school.people;
    let entries = school.confirm(people.deputy, "7А", &Pages::All, None).unwrap();
    let refused = school.take_back(people.physics, entries[1]);
    assert_eq!(refused, Err(Refusal::Recorder { who: people.physics, class: class("7А") }));
    school.take_back(people.music, entries[1]).unwrap();
    school.take_back(people.of_7a, entries[0]).unwrap();
    assert_eq!(school.progress("7А", "check-finals").missing_pages, [1, 2]);
}

#[test]
fn an_excuse_that_is_taken_back_leaves_the_sheet_to_be_signed() {
    let mut school = School::new();
    let people = school.people;
    school.bring("7А", "sign-sheets");
    let pages = ("7А", "sign-sheets");
    let excused = school.excuse(people.deputy, pages, &all(), people.music).unwrap();
    school.take_back(people.deputy, excused[0]).unwrap();
    let progress = school.progress("7А", "sign-sheets");
    assert_eq!((progress.excused, progress.done), (0, 0));
    school.sign(people.deputy, pages, &all(), Some(people.music)).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").excused, 0);
}

#[test]
fn after_the_folder_nothing_is_taken_back_but_its_acceptance() {
    let mut school = School::new();
    let office = school.office;
    school.bring_all("folder");
    let before: Vec<u64> = school.closing().history.iter().map(|held| held.entry.seq).collect();
    let folder = school.folder(office, period("q2"), &[]).unwrap()[0];
    let shelved = school.shelve(office, period("q2")).unwrap()[0];
    let lasting = Err(Refusal::Lasting(folder));
    assert_eq!(school.take_back(office, folder), lasting);
    for entry in before {
        let event = school.entries[usize::try_from(entry).unwrap()].event.clone();
        let of_10a = match &event {
            Event::Confirmed(event) => event.page.class == class("10А"),
            Event::SignedOnPaper(event) => event.copy.get() == 3,
            Event::HandedOver(event) => event.copy.get() == 3,
            Event::CopyEntered(event) => event.copy.get() == 3,
            Event::Stamped(event) => event.copy.get() == 3,
            _ => false,
        };
        if of_10a {
            continue;
        }
        let refused = school.take_back(office, entry).unwrap_err();
        match event {
            Event::CopyMade(_) | Event::MediaHandedOver(_) => {
                assert!(matches!(refused, Refusal::StandsOn { .. }), "{}", event.name());
            }
            _ => {
                let filed = |class| Refusal::Filed { class, folder: FolderNumber::FIRST };
                let expected = [filed(class("7А")), filed(class("7Б"))];
                assert!(expected.contains(&refused), "{}: {refused}", event.name());
            }
        }
    }
    school.take_back(office, shelved).unwrap();
    assert!(school.closing().folders[0].shelved.is_none());
    school.shelve(office, period("q2")).unwrap();
    assert!(school.is_complete("7А", "shelve"));
}

#[test]
fn a_medium_that_was_handed_over_is_taken_back_after_its_act() {
    let mut school = School::new();
    let (office, director) = (school.office, school.people.director);
    school.seal("7А");
    let (made, medium) = school.copy_made();
    let given = school.media_over(office, &[medium], director).unwrap()[0];
    let stands = Refusal::StandsOn { entry: made, later: vec![given] };
    assert_eq!(school.take_back(office, made), Err(stands));
    school.take_back(office, given).unwrap();
    assert_eq!(school.progress("7А", "hand-over-media").done, 0);
    school.take_back(office, made).unwrap();
    assert_eq!(school.progress("7А", "backup").done, 0);
    let again = school.media_over(office, &[medium], director);
    assert_eq!(again, Err(Refusal::NoMedium(medium)));
}

#[test]
fn an_agreement_to_a_correction_lasts() {
    let mut school = School::new();
    school.seal("7А");
    let agreed = school.agree(school.office, "7А", Some(order())).unwrap()[0];
    assert_eq!(school.take_back(school.office, agreed), Err(Refusal::Lasting(agreed)));
}
