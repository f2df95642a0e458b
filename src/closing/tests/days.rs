//! The five days in their order.

use super::school::{School, class, day, period, step};
use super::work::{all, these};
use crate::closing::procedure::Proof;
use crate::closing::{Pages, Refusal};
use crate::register::Event;

fn waits(of: &str, name: &str, before: &[&str]) -> Refusal {
    let before = before.iter().map(|name| step(name)).collect();
    Refusal::Waits { class: class(of), step: step(name), before }
}

fn already(of: &str, name: &str) -> Refusal {
    Refusal::Already { class: class(of), step: step(name) }
}

#[test]
fn a_class_goes_through_the_five_days_from_the_first_confirmation_to_the_shelf() {
    let mut school = School::new();
    for planned in school.closing().procedure.steps {
        let name = planned.id.to_string();
        assert!(!school.is_complete("10А", &name), "{name}");
        school.take("10А", &name).unwrap();
        assert!(school.is_complete("10А", &name), "{name}");
    }
    let state = school.state("10А");
    assert_eq!(state.lines.len(), 1);
    assert_eq!(
        state.filed.iter().map(|(n, part, _)| (n.get(), *part)).collect::<Vec<_>>(),
        [(1, 0)]
    );
    assert!(school.closing().folders[0].shelved.is_some());
    assert!(!school.closing().is_finished(), "two classes are left");
}

#[test]
fn a_closing_is_finished_when_the_archive_has_every_class() {
    let mut school = School::new();
    school.bring_all("folder");
    for of in ["q2", "h1"] {
        school.folder(school.office, period(of), &[]).unwrap();
        assert!(!school.closing().is_finished());
        school.shelve(school.people.archivist, period(of)).unwrap();
    }
    assert!(school.closing().is_finished());
    let numbers: Vec<_> = school.closing().folders.iter().map(|f| f.number.get()).collect();
    assert_eq!(numbers, [1, 2], "a folder for each period");
}

#[test]
fn a_step_before_its_turn_is_refused_with_the_steps_it_waits_for() {
    let mut school = School::new();
    let (office, to) = (school.office, school.people.deputy);
    school.seal("7А");
    let sign = school.sign(office, ("7А", "sign-sheets"), &all(), None);
    assert_eq!(sign, Err(Refusal::NotPrinted(class("7А"))));
    school.print("7А");
    let sign = school.sign(office, ("7А", "certify-title"), &all(), None);
    assert_eq!(sign, Err(waits("7А", "certify-title", &["sign-sheets"])));
    let given = school.hand_over(office, "7А", (None, to));
    assert_eq!(given, Err(waits("7А", "hand-over-copy", &["sign-sheets", "certify-title"])));
    let entered = school.enter_copy(office, "7А");
    let before = ["sign-sheets", "certify-title", "hand-over-copy", "certify-copy"];
    assert_eq!(entered, Err(waits("7А", "general-register", &before)));
    let stamped = school.stamp(office, "7А");
    let before = [&before[..], &["general-register", "director-signs"]].concat();
    assert_eq!(stamped, Err(waits("7А", "stamp", &before)));
}

#[test]
fn a_step_that_is_done_is_not_done_twice() {
    let mut school = School::new();
    school.bring("7А", "folder");
    let office = school.office;
    for (step, again) in [
        ("sign-sheets", school.sign(office, ("7А", "sign-sheets"), &these(&[(2, 2)]), None)),
        ("certify-title", school.sign(office, ("7А", "certify-title"), &all(), None)),
        ("hand-over-copy", school.hand_over(office, "7А", (None, office))),
        ("general-register", school.enter_copy(office, "7А")),
        ("stamp", school.stamp(office, "7А")),
    ] {
        assert_eq!(again, Err(already("7А", step)));
    }
    let confirmed = school.confirm(office, "7А", &Pages::All, None);
    assert_eq!(confirmed, Err(Refusal::NothingLeft));
}

#[test]
fn confirmations_and_backup_copies_hold_nobody_up_before_the_folder() {
    let mut school = School::new();
    school.seal("7А");
    school.print("7А");
    for name in ["sign-sheets", "certify-title", "hand-over-copy", "certify-copy"] {
        school.take("7А", name).unwrap();
    }
    assert_eq!(school.progress("7А", "check-finals").done, 0);
    assert_eq!(school.progress("7А", "backup").done, 0);
    let closing = school.closing();
    let state = closing.class(&class("7А"), period("q2")).unwrap();
    let waiting = |name: &str| {
        let steps = closing.waits_for(state, closing.step(&step(name)).unwrap());
        steps.into_iter().map(|step| step.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(waiting("general-register"), [""; 0]);
    let before = ["backup", "hand-over-media", "general-register", "director-signs", "stamp"];
    assert_eq!(waiting("folder"), before);
}

#[test]
fn what_is_late_is_told_and_may_still_be_done() {
    let mut school = School::new();
    school.seal("7А");
    school.print("7А");
    let late = |school: &School, name: &str| {
        let closing = school.closing();
        let state = closing.class(&class("7А"), period("q2")).unwrap();
        closing.is_late(state, closing.step(&step(name)).unwrap(), school.today)
    };
    school.today = day("2026-01-14");
    assert!(late(&school, "check-finals") && !late(&school, "snapshot"));
    assert!(!late(&school, "sign-sheets"), "the day itself is not over");
    school.today = day("2026-01-15");
    assert!(late(&school, "sign-sheets"));
    school.take("7А", "sign-sheets").unwrap();
    assert!(!late(&school, "sign-sheets"), "done");
}

#[test]
fn a_class_is_asked_for_by_the_period_it_closes() {
    let mut school = School::new();
    school.journals[2].period = period("q2");
    let stranger = Refusal::NoClass { class: class("10А"), period: period("h1") };
    let asked = school.at_desk(school.office, |closing, desk| {
        closing.confirm((&class("10А"), period("h1")), &Pages::All, None, desk)
    });
    assert_eq!(asked, Err(stranger));
}

#[test]
fn a_signature_is_entered_for_a_step_that_is_proved_by_one() {
    let mut school = School::new();
    school.bring("7А", "stamp");
    let wrong = |name: &str, proof| Refusal::WrongProof { step: step(name), proof };
    let office = school.office;
    assert_eq!(
        school.sign(office, ("7А", "stamp"), &all(), None),
        Err(wrong("stamp", Proof::Stamped))
    );
    let unknown = school.sign(office, ("7А", "certify"), &all(), None);
    assert_eq!(unknown, Err(Refusal::NoStep("certify".to_owned())));
    let alone = school.shelve_copy(school.people.archivist, "7А");
    assert_eq!(alone, Err(Refusal::NoStep("shelved (class)".to_owned())), "folders are shelved");
}

#[test]
fn a_closing_ends_by_taking_back_its_opening_and_then_nothing_is_entered() {
    let mut school = School::new();
    let (office, opened) = (school.office, school.closing().opened.seq);
    let confirmed = school.confirm(office, "7А", &Pages::These(vec![2]), None).unwrap();
    let stands = Refusal::StandsOn { entry: opened, later: confirmed.clone() };
    assert_eq!(school.take_back(office, opened), Err(stands));
    school.take_back(office, confirmed[0]).unwrap();
    let not_an_official = school.take_back(school.people.of_7a, opened);
    assert_eq!(not_an_official, Err(Refusal::Office(school.people.of_7a)));
    school.take_back(office, opened).unwrap();
    let closing = school.closing();
    assert!(closing.is_cancelled() && closing.is_finished());
    for refused in [
        school.confirm(office, "7А", &Pages::All, None),
        school.report(office, "7А", 1, None),
        school.take_back(office, confirmed[0]),
        school.folder(office, period("q2"), &[]),
        school.shelve(office, period("q2")),
        school.agree(office, "7А", None),
    ] {
        assert_eq!(refused, Err(Refusal::Cancelled));
    }
    let tasks = school.at_desk(office, |closing, desk| closing.tasks(desk));
    assert_eq!(tasks, []);
}

#[test]
fn only_an_opening_opens_a_closing() {
    let school = School::new();
    let closing = school.closing();
    let other = &school.entries[0];
    assert!(matches!(other.event, Event::ArchiveCreated(_)));
    let facts = (Vec::new(), Vec::new());
    let opened = crate::closing::Closing::replay(other, closing.in_force, Vec::new(), facts);
    assert!(matches!(opened, Err(crate::closing::FoldError::NotOpening(0))));
}

#[test]
fn what_goes_on_paper_at_the_years_end_is_archived_now_and_goes_through_no_step_of_paper() {
    let mut school = School::printing_at_the_years_end();
    let office = school.office;
    for name in ["check-finals", "snapshot", "backup"] {
        assert!(!school.is_complete("7А", name), "{name}");
        school.take("7А", name).unwrap();
    }
    assert!(!school.closing().is_finished());
    school.take("7А", "hand-over-media").unwrap();
    let closing = school.closing();
    assert!(closing.procedure.steps.iter().all(|s| school.is_complete("7А", &s.id.to_string())));
    let not_on_paper = Refusal::NotOnPaper { class: class("7А"), period: period("q2") };
    let signed = school.sign(office, ("7А", "sign-sheets"), &all(), None);
    assert_eq!(signed, Err(not_on_paper.clone()));
    assert_eq!(school.stamp(office, "7А"), Err(not_on_paper));
    let folder = school.folder(office, period("q2"), &[]);
    assert_eq!(folder, Err(Refusal::NothingToFile(period("q2"))));
    let tasks = school.at_desk(office, |closing, desk| closing.tasks(desk));
    assert!(tasks.iter().all(|task| task.class != Some(class("7А"))));
}
