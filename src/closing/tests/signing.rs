//! Days 3 to 5: which sheets are signed by whom.
//!
//! The copy of 7А has sheets 1 (title), 2–3 (algebra), 4 (music), 5 (physics), 6 (attendance), 7 (finals), 8 (a blank
//! form) and 9 (the last).

use super::school::{School, class, day, step};
use super::work::{all, order, sheets, these};
use crate::closing::{Refusal, Sheets};
use crate::register::{CopyNumber, StaffId};
use crate::staff::LoadRow;

/// 7А with its copy in the staff room.
fn printed() -> School {
    let mut school = School::new();
    school.bring("7А", "sign-sheets");
    school
}

const SIGN: (&str, &str) = ("7А", "sign-sheets");

/// Who signed which sheet in a step.
fn signed(school: &School, name: &str) -> Vec<(u32, StaffId)> {
    let state = school.state("7А");
    let of_step = state.signatures.iter().filter(|((signed, _), _)| *signed == step(name));
    of_step.map(|((_, sheet), signature)| (*sheet, signature.done.by)).collect()
}

#[test]
fn a_class_is_entered_as_complete_each_sheet_by_the_teacher_of_its_page() {
    let mut school = printed();
    let people = school.people;
    let entries = school.sign(people.deputy, SIGN, &all(), None).unwrap();
    assert_eq!(entries.len(), 3, "one entry for each signer");
    let (a, m, p) = (people.algebra, people.music, people.physics);
    assert_eq!(signed(&school, "sign-sheets"), [(2, a), (3, a), (4, m), (5, p)]);
    assert!(school.is_complete("7А", "sign-sheets"));
}

#[test]
fn a_class_is_complete_except_for_sheets_that_stay_missing_in_sight() {
    let mut school = printed();
    let office = school.office;
    school.sign(office, SIGN, &Sheets::AllExcept(sheets(&[(3, 4)])), None).unwrap();
    let progress = school.progress("7А", "sign-sheets");
    assert_eq!((progress.done, progress.of, progress.complete), (2, 4, false));
    assert_eq!(progress.missing_sheets, [3, 4]);
    school.sign(office, SIGN, &these(&[(3, 3)]), None).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [4]);
    let again = school.sign(office, SIGN, &these(&[(3, 3)]), None);
    assert_eq!(again, Err(Refusal::NothingLeft));
    school.sign(office, SIGN, &all(), None).unwrap();
    assert!(school.is_complete("7А", "sign-sheets"));
}

#[test]
fn all_sheets_of_a_page_are_entered_by_the_page() {
    let mut school = printed();
    let office = school.office;
    school.sign(office, SIGN, &Sheets::OfPages(vec![1]), None).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [4, 5]);
    for page in [0, 4] {
        let refused = school.sign(office, SIGN, &Sheets::OfPages(vec![page]), None);
        assert_eq!(refused, Err(Refusal::NoPage { class: class("7А"), page, of: 3 }));
    }
}

#[test]
fn sheets_that_are_not_of_the_step_are_refused_by_their_numbers() {
    let mut school = printed();
    let office = school.office;
    for wrong in [(1, 1), (5, 6), (9, 9), (10, 12), (0, 2)] {
        let refusal = Refusal::NoSheets { copy: CopyNumber::FIRST, sheets: sheets(&[wrong]) };
        assert_eq!(school.sign(office, SIGN, &these(&[wrong]), None), Err(refusal.clone()));
        let except = Sheets::AllExcept(sheets(&[wrong]));
        assert_eq!(school.sign(office, SIGN, &except, None), Err(refusal));
    }
    assert_eq!(school.progress("7А", "sign-sheets").done, 0);
}

#[test]
fn a_sheet_of_somebody_elses_page_is_not_theirs_to_sign() {
    let mut school = printed();
    let people = school.people;
    let refused = school.sign(people.deputy, SIGN, &these(&[(4, 4)]), Some(people.algebra));
    let page = "Музыка".to_owned();
    let not_theirs = Refusal::NotTheirs { who: people.algebra, class: class("7А"), page };
    assert_eq!(refused, Err(not_theirs));
    school.sign(people.deputy, SIGN, &all(), Some(people.algebra)).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [4, 5], "all of their own");
}

#[test]
fn paper_is_entered_by_officials_and_the_class_teacher_and_nobody_else() {
    let mut school = printed();
    let people = school.people;
    for who in [people.algebra, people.of_7b, people.archivist, people.guest] {
        let refused = school.sign(who, SIGN, &these(&[(2, 2)]), None);
        assert_eq!(refused, Err(Refusal::Recorder { who, class: class("7А") }));
    }
    for (who, sheet) in
        [(people.of_7a, 2), (people.deputy, 3), (people.head, 4), (people.director, 5)]
    {
        school.sign(who, SIGN, &these(&[(sheet, sheet)]), None).unwrap();
    }
    assert!(school.is_complete("7А", "sign-sheets"));
}

#[test]
fn of_several_teachers_of_a_page_the_signer_is_named() {
    let mut school = printed();
    let people = school.people;
    school.rows.push(LoadRow {
        class: class("7А"),
        from: Some(day("2025-12-01")),
        group: None,
        staff: people.guest,
        subject: "Музыка".to_owned(),
        until: None,
    });
    let refused = school.sign(people.deputy, SIGN, &all(), None);
    let (page, teachers) = ("Музыка".to_owned(), vec![people.music, people.guest]);
    assert_eq!(refused, Err(Refusal::SeveralTeachers { class: class("7А"), page, teachers }));
    assert!(signed(&school, "sign-sheets").is_empty(), "nothing is entered in part");
    school.sign(people.deputy, SIGN, &these(&[(4, 4)]), Some(people.guest)).unwrap();
    assert_eq!(signed(&school, "sign-sheets"), [(4, people.guest)]);
}

#[test]
fn sheets_of_a_page_nobody_teaches_wait_for_the_load_and_hold_up_no_other_teacher() {
    let mut school = printed();
    let people = school.people;
    school.rows.retain(|row| row.subject != "Музыка");
    let nobody = Refusal::NoTeacher { class: class("7А"), page: "Музыка".to_owned() };
    assert_eq!(school.sign(people.deputy, SIGN, &all(), None), Err(nobody));
    school.sign(people.deputy, SIGN, &all(), Some(people.physics)).unwrap();
    assert_eq!(school.progress("7А", "sign-sheets").missing_sheets, [2, 3, 4]);
}

#[test]
fn who_taught_at_the_periods_end_signs_whoever_teaches_today() {
    let mut school = printed();
    let people = school.people;
    for row in school.rows.iter_mut().filter(|row| row.subject == "Музыка") {
        row.until = Some(day("2025-12-30"));
    }
    school.rows.push(LoadRow {
        class: class("7А"),
        from: Some(day("2025-12-31")),
        group: None,
        staff: people.guest,
        subject: "Музыка".to_owned(),
        until: None,
    });
    let refused = school.sign(people.deputy, SIGN, &these(&[(4, 4)]), Some(people.guest));
    assert!(matches!(refused, Err(Refusal::NotTheirs { who, .. }) if who == people.guest));
    school.sign(people.deputy, SIGN, &these(&[(4, 4)]), None).unwrap();
    assert_eq!(signed(&school, "sign-sheets"), [(4, people.music)]);
}

#[test]
fn a_substitute_by_order_signs_from_the_orders_first_day() {
    let mut school = printed();
    let people = school.people;
    school.stands_in(people.guest, people.music, "2026-01-14");
    let early = school.sign(people.deputy, SIGN, &these(&[(4, 4)]), Some(people.guest));
    assert!(matches!(early, Err(Refusal::NotTheirs { who, .. }) if who == people.guest));
    school.today = day("2026-01-14");
    school.sign(people.deputy, SIGN, &all(), None).unwrap();
    assert_eq!(signed(&school, "sign-sheets")[2], (4, people.guest));
    school.stands_in(people.guest, people.of_7a, "2026-01-14");
    school.take("7А", "certify-title").unwrap();
    let substitute = signed(&school, "certify-title");
    assert_eq!(substitute, [(1, people.guest), (6, people.guest), (7, people.guest)]);
}

#[test]
fn an_excused_sheet_counts_as_done_and_is_told_as_excused() {
    let mut school = printed();
    let people = school.people;
    let refused = school.excuse(people.of_7a, SIGN, &all(), people.music);
    assert_eq!(refused, Err(Refusal::Office(people.of_7a)), "an official enters it");
    school.excuse(people.deputy, SIGN, &all(), people.music).unwrap();
    let progress = school.progress("7А", "sign-sheets");
    assert_eq!((progress.done, progress.excused), (1, 1));
    assert_eq!(progress.missing_sheets, [2, 3, 5], "of this person alone");
    let state = school.state("7А");
    assert_eq!(state.signatures[&(step("sign-sheets"), 4)].excused, Some(order()));
    school.sign(people.deputy, SIGN, &all(), None).unwrap();
    let progress = school.progress("7А", "sign-sheets");
    assert_eq!((progress.done, progress.excused, progress.complete), (4, 1, true));
    let state = school.state("7А");
    assert_eq!(
        state.signatures[&(step("sign-sheets"), 4)].excused,
        Some(order()),
        "never as given"
    );
}

#[test]
fn a_signature_of_somebody_elses_page_cannot_be_excused() {
    let mut school = printed();
    let people = school.people;
    let refused = school.excuse(people.deputy, SIGN, &these(&[(4, 5)]), people.music);
    assert!(matches!(refused, Err(Refusal::NotTheirs { page, .. }) if page == "Физика"));
    let nothing = school.excuse(people.deputy, SIGN, &all(), people.guest);
    assert_eq!(nothing, Err(Refusal::NothingLeft));
}

#[test]
fn title_and_class_wide_sheets_are_signed_by_class_teacher_deputy_and_director_each() {
    let mut school = printed();
    let people = school.people;
    school.bring("7А", "stamp");
    let of = |who: StaffId, sheets: &[u32]| sheets.iter().map(|s| (*s, who)).collect::<Vec<_>>();
    assert_eq!(signed(&school, "certify-title"), of(people.of_7a, &[1, 6, 7]));
    assert_eq!(signed(&school, "certify-copy"), of(people.deputy, &[1]));
    assert_eq!(signed(&school, "director-signs"), of(people.director, &[1, 9]));
}
