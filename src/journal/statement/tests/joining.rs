//! Who is one pupil.

use super::*;

/// Quarter 1 from one system, quarter 2 from another whose ids are different.
fn two_systems() -> (Journal, Journal) {
    let (first, mut second) = (journal("q1"), journal("q2"));
    second.source.system = "eljur".into();
    for pupil in &mut second.pupils {
        pupil.id = format!("e-{}", pupil.id).parse().unwrap();
    }
    (first, second)
}

fn confirmed(first: &str, second: &str, same: bool) -> Confirmed {
    Confirmed { first: source_id("dnevnik.ru", first), same, second: source_id("eljur", second) }
}

fn surnames(roll: &Roll<'_>) -> Vec<String> {
    roll.pupils().iter().map(|p| p.surname.clone()).collect()
}

#[test]
fn the_same_id_of_the_same_system_is_the_same_pupil() {
    let (first, mut second) = (journal("q1"), journal("q2"));
    second.pupils[0].surname = "Аметистов".into();
    let roll = roll(&[&first, &second]);
    assert_eq!(surnames(&roll), ["Аметистов", "Белов", "Власов"], "named as in the latest journal");
    assert_eq!(roll.pupils()[0].known_as, [source_id("dnevnik.ru", "s1")]);
    assert_eq!(roll.proposals(), []);
}

#[test]
fn the_same_id_of_another_system_is_another_pupil() {
    let (first, mut second) = (journal("q1"), journal("q2"));
    second.source.system = "eljur".into();
    second.pupils.rotate_left(1);
    second
        .pupils
        .iter_mut()
        .zip(["Громов", "Дымов", "Ежов"])
        .for_each(|(p, s)| p.surname = s.into());
    let roll = roll(&[&first, &second]);
    assert_eq!(surnames(&roll), ["Громов", "Дымов", "Ежов", "Агатов", "Белов", "Власов"]);
    assert_eq!(roll.proposals(), []);
}

#[test]
fn a_match_by_name_and_birth_date_is_proposed_and_not_joined() {
    let (first, mut second) = two_systems();
    second.pupils[0].surname = "АГАТОВ".into();
    second.pupils[1].born = None;
    second.pupils[2].born = Some(day("2012-03-15"));
    let roll = roll(&[&first, &second]);
    assert_eq!(roll.pupils().len(), 6);
    let proposal = |id: &str, reasons: &[Reason]| Proposal {
        first: source_id("eljur", &format!("e-{id}")),
        reasons: reasons.to_vec(),
        second: source_id("dnevnik.ru", id),
    };
    assert_eq!(
        roll.proposals(),
        [
            proposal("s1", &[Reason::SameName, Reason::SameBirthDate]),
            proposal("s2", &[Reason::SameName, Reason::BirthDateMissing]),
        ],
        "another birth date speaks against Власов"
    );
    let unjoined = ProgressStatement::of(&roll).unjoined;
    assert_eq!((unjoined[0].first, unjoined[0].second), (0, 3));
}

#[test]
fn a_pupil_with_a_new_surname_is_proposed_by_file_number_and_birth_date() {
    let (mut first, mut second) = two_systems();
    for journal in [&mut first, &mut second] {
        journal.pupils.truncate(1);
        journal.pupils[0].file_number = Some("А-17".into());
    }
    second.pupils[0].surname = "Яшмов".into();
    let reasons = roll(&[&first, &second]).proposals().remove(0).reasons;
    assert_eq!(reasons, [Reason::SameBirthDate, Reason::SameFileNumber]);
    second.pupils[0].born = None;
    assert_eq!(roll(&[&first, &second]).proposals(), [], "a file number alone is not enough");
}

#[test]
fn a_confirmation_joins_and_a_denial_is_not_asked_again() {
    let (first, second) = two_systems();
    let said = [confirmed("s1", "e-s1", true), confirmed("s2", "e-s2", false)];
    let roll = Roll::of(&[&first, &second], &said).unwrap();
    assert_eq!(roll.pupils().len(), 5);
    let joined = [source_id("eljur", "e-s1"), source_id("dnevnik.ru", "s1")];
    assert_eq!(roll.pupils()[0].known_as, joined);
    let left = roll.proposals();
    assert_eq!((left.len(), left[0].second.id.as_str()), (1, "s3"));
}

#[test]
fn confirmations_join_through_a_period_that_is_not_there() {
    let (first, second) = two_systems();
    let between = source_id("netschool", "n1");
    let said = [
        Confirmed { first: between.clone(), same: true, second: source_id("eljur", "e-s1") },
        Confirmed { first: source_id("dnevnik.ru", "s1"), same: true, second: between },
    ];
    assert_eq!(Roll::of(&[&first, &second], &said).unwrap().pupils().len(), 5);
}

#[test]
fn two_pupils_of_one_journal_are_never_joined() {
    let mut alone = journal("q1");
    alone.pupils[1].surname = "Агатов".into();
    assert_eq!(roll(&[&alone]).proposals(), [], "namesakes stand side by side");
    let said = Confirmed {
        first: source_id("dnevnik.ru", "s1"),
        same: true,
        second: source_id("dnevnik.ru", "s2"),
    };
    let (first, second) = ("s1".parse().unwrap(), "s2".parse().unwrap());
    let period = alone.period_id();
    assert_eq!(
        Roll::of(&[&alone], &[said]).unwrap_err(),
        [RollError::SideBySide { first, second, period }]
    );
}

#[test]
fn only_one_class_and_school_year_make_a_roll() {
    let (first, mut other) = (journal("q1"), journal("q2"));
    assert_eq!(Roll::of(&[], &[]).unwrap_err(), [RollError::Nothing]);
    let period = first.period_id();
    assert_eq!(Roll::of(&[&first, &first], &[]).unwrap_err(), [RollError::Twice(period)]);
    other.class.kind = ClassKind::School { grade: 7, letter: Some("Б".into()) };
    other.school_year = "2026-27".parse().unwrap();
    assert!(matches!(
        Roll::of(&[&other, &first], &[]).unwrap_err()[..],
        [RollError::OtherClass { .. }, RollError::OtherYear { .. }]
    ));
    let half = journal("h1");
    let kinds = Roll::of(&[&first, &half], &[]).unwrap_err();
    assert!(matches!(kinds[..], [RollError::TwoKinds { .. }]));
    let (year, mut spelt) = (journal("year"), journal("q1"));
    spelt.class.kind = ClassKind::School { grade: 7, letter: Some("a".into()) };
    assert!(Roll::of(&[&year, &spelt], &[]).is_ok(), "7А typed with a Latin letter");
}
