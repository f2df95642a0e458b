//! Corrections, before the folder and after it.
//!
//! The copy of 7А has sheets 1 (title), 2–3 (algebra), 4 (music), 5 (physics), 6 (attendance), 7 (finals), 8 (a blank
//! form) and 9 (the last). A correction of music prints 10 (music), 11 and 12 (class-wide), 13 (title), 14 (the last).

use super::school::{School, class, period, step};
use super::work::{all, order, sheets, these};
use crate::closing::{Pages, Refusal};
use crate::register::{CopyNumber, FolderNumber};
use crate::staff::Role;

fn done(school: &School, of: &str) -> Vec<String> {
    let closing = school.closing();
    let state = closing.class(&class(of), period("q2")).unwrap();
    let steps = closing.procedure.steps.iter();
    let done = steps.filter(|step| closing.progress(state, step).complete);
    done.map(|step| step.id.to_string()).collect()
}

#[test]
fn a_deputy_sees_what_a_correction_voids_whose_signatures_are_lost_and_what_nobody_reported() {
    let mut school = School::new();
    let people = school.people;
    school.bring("7А", "director-signs");
    let nothing =
        school.at_desk(people.deputy, |closing, _| closing.correction(&class("7А"), period("q2")));
    let none = Refusal::NoJournal { class: class("7А"), period: period("q2") };
    assert_eq!(nothing, Err(none), "nothing waits to be sealed");
    school.report(people.deputy, "7А", 3, None).unwrap();
    school.change("7А", 2);
    school.change("7А", 3);
    let seen = school.closing().correction(&class("7А"), period("q2")).unwrap();
    assert_eq!(seen.sheets, sheets(&[(1, 1), (4, 7), (9, 9)]));
    let mut signers = vec![people.of_7a, people.music, people.physics, people.deputy];
    signers.sort_unstable();
    assert_eq!(seen.signers, signers, "of algebra nothing is lost, the director has not signed");
    assert_eq!(seen.unreported, [2]);
    let now = school.state("7А").facts.waiting.unwrap();
    let digests: Vec<_> = now.iter().map(|page| page.digest).collect();
    let outdated = school.state("7А").copy.unwrap().outdated_by(&digests);
    assert_eq!(seen.sheets, outdated, "what sealing voids");
}

#[test]
fn an_excused_signature_is_not_among_those_that_are_lost() {
    let mut school = School::new();
    let people = school.people;
    school.bring("7А", "sign-sheets");
    school.excuse(people.deputy, ("7А", "sign-sheets"), &all(), people.music).unwrap();
    school.change("7А", 2);
    let seen = school.closing().correction(&class("7А"), period("q2")).unwrap();
    assert_eq!(seen.signers, []);
}

#[test]
fn a_deputy_or_head_of_studies_agrees_to_a_correction_and_nobody_else() {
    let mut school = School::new();
    let people = school.people;
    let agreed = school.agree(people.deputy, "7А", None);
    let none = Refusal::NoJournal { class: class("7А"), period: period("q2") };
    assert_eq!(agreed, Err(none), "there is no record to replace");
    school.seal("7А");
    for who in [people.of_7a, people.director, people.music] {
        let refused = school.agree(who, "7А", None);
        let (role, day) = (Role::Deputy, school.today);
        assert_eq!(refused, Err(Refusal::Role { who, role, class: None, day }));
    }
    school.agree(people.deputy, "7А", None).unwrap();
    school.agree(people.head, "7А", None).unwrap();
    let agreed = school.state("7А").agreed;
    let by: Vec<_> =
        agreed.iter().map(|(record, order, done)| (record.get(), order, done.by)).collect();
    assert_eq!(by, [(1, &None, people.deputy), (1, &None, people.head)]);
}

#[test]
fn a_correction_before_the_folder_asks_for_new_signatures_and_the_seal_and_keeps_the_line() {
    let mut school = School::new();
    let office = school.office;
    school.bring("7А", "folder");
    school.change("7А", 2);
    assert!(school.is_complete("7А", "stamp"), "an import changes no paper");
    school.seal("7А");
    assert_eq!(done(&school, "7А"), ["snapshot", "hand-over-copy"], "until it is printed anew");
    let early = school.sign(office, ("7А", "sign-sheets"), &all(), None);
    assert_eq!(early, Err(Refusal::NotPrinted(class("7А"))));
    school.print("7А");
    assert_eq!(done(&school, "7А"), ["snapshot", "print", "hand-over-copy", "general-register"]);
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [10]);
    assert_eq!(school.progress("7А", "certify-title").missing_sheets, [11, 12, 13]);
    assert_eq!(school.progress("7А", "certify-copy").missing_sheets, [13]);
    assert_eq!(school.progress("7А", "director-signs").missing_sheets, [13, 14]);
    let voided = school.sign(office, ("7А", "sign-sheets"), &these(&[(4, 4)]), None);
    let gone = Refusal::NoSheets { copy: CopyNumber::FIRST, sheets: sheets(&[(4, 4)]) };
    assert_eq!(voided, Err(gone), "a voided sheet is not signed");
    school.e_sign("7А");
    school.bring("7А", "folder");
    let state = school.state("7А");
    assert_eq!(state.lines.iter().map(|(line, _)| line.get()).collect::<Vec<_>>(), [1]);
    let algebra = &state.signatures[&(step("sign-sheets"), 2)];
    let printed_anew = state.copy.unwrap().documents[1].seq;
    assert!(algebra.done.seq < printed_anew, "what stayed keeps its signatures");
}

#[test]
fn pages_that_stayed_stay_confirmed_through_a_correction() {
    let mut school = School::new();
    school.bring("7А", "folder");
    school.change("7А", 2);
    school.seal("7А");
    let progress = school.progress("7А", "check-finals");
    assert_eq!((&progress.changed[..], &progress.missing_pages[..]), (&[2][..], &[2][..]));
    school.confirm(school.office, "7А", &Pages::All, None).unwrap();
    assert!(school.is_complete("7А", "check-finals"));
}

/// 7А and 7Б lie in their folder; then music of 7А is corrected by order.
fn corrected_after_the_folder() -> School {
    let mut school = School::new();
    school.bring_all("folder");
    let office = school.office;
    school.folder(office, period("q2"), &[]).unwrap();
    school.shelve(office, period("q2")).unwrap();
    school.change("7А", 2);
    let closing = school.closing();
    assert!(closing.needs_order(closing.class(&class("7А"), period("q2")).unwrap()));
    let needed = Refusal::NeedsOrder { class: class("7А"), folder: FolderNumber::FIRST };
    assert_eq!(school.agree(office, "7А", None), Err(needed));
    school.agree(office, "7А", Some(order())).unwrap();
    school.seal("7А");
    school.e_sign("7А");
    school
}

#[test]
fn a_correction_after_the_folder_takes_an_order_a_new_line_and_a_supplement() {
    let mut school = corrected_after_the_folder();
    let office = school.office;
    assert!(!school.is_complete("7А", "folder") && school.is_complete("7Б", "folder"));
    school.back_up();
    school.print("7А");
    for name in ["sign-sheets", "certify-title", "certify-copy"] {
        school.take("7А", name).unwrap();
    }
    assert!(school.is_complete("7А", "hand-over-copy"));
    assert!(!school.is_complete("7А", "general-register"), "the line speaks of what lies there");
    school.bring("7А", "folder");
    let lines: Vec<_> = school.state("7А").lines.iter().map(|(line, _)| line.get()).collect();
    assert_eq!(lines, [1, 4]);
    school.folder(office, period("q2"), &[]).unwrap();
    let folders = school.closing().folders;
    let formed: Vec<_> =
        folders.iter().map(|f| (f.number.get(), f.supplement, f.copies.len())).collect();
    assert_eq!(formed, [(1, 0, 2), (1, 1, 1)]);
    assert!(school.is_complete("7А", "general-register"));
    assert!(!school.is_complete("7А", "shelve") && school.is_complete("7Б", "shelve"));
    school.shelve(office, period("q2")).unwrap();
    assert!(school.is_complete("7А", "shelve"));
}

#[test]
fn a_supplement_waits_for_the_new_record_on_supplementary_media() {
    let mut school = corrected_after_the_folder();
    school.print("7А");
    for name in ["sign-sheets", "certify-title", "certify-copy"] {
        school.take("7А", name).unwrap();
    }
    for name in ["general-register", "director-signs", "stamp"] {
        school.take("7А", name).unwrap();
    }
    let refused = school.folder(school.office, period("q2"), &[]);
    let lacks = vec![(class("7А"), vec![crate::closing::Lack::Media(0)])];
    assert_eq!(refused, Err(Refusal::Folder { period: period("q2"), classes: lacks }));
    school.back_up();
    school.folder(school.office, period("q2"), &[]).unwrap();
}

#[test]
fn new_signatures_of_a_correction_are_taken_back_until_its_supplement() {
    let mut school = corrected_after_the_folder();
    school.print("7А");
    let signed = school.take("7А", "sign-sheets").unwrap()[0];
    school.take_back(school.office, signed).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [10]);
    let former = school.closing().history.iter().find(|held| held.counts()).unwrap().entry.seq;
    let filed = Refusal::Filed { class: class("7А"), folder: FolderNumber::FIRST };
    assert_eq!(school.take_back(school.office, former), Err(filed));
}
