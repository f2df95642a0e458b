//! Учёт движения.

use super::*;

fn counts(statement: &MovementStatement) -> Vec<[u32; 4]> {
    statement.periods.iter().map(|p| [p.at_start, p.arrived, p.left, p.at_end]).collect()
}

#[test]
fn who_came_and_left_is_counted_in_the_period_and_named_once() {
    let (mut first, mut second) = (journal("q1"), journal("q2"));
    first.movements = vec![
        moved("s2", MovementKind::Arrived, "2025-09-15", Some("3-к")),
        moved("s3", MovementKind::Left, "2025-10-02", None),
    ];
    second.pupils.truncate(2);
    second.movements = vec![moved("s2", MovementKind::Arrived, "2025-09-15", None)];
    let statement = MovementStatement::of(&roll(&[&first, &second]));
    assert_eq!(counts(&statement), [[2, 1, 1, 2], [2, 0, 0, 2]]);
    let named = |moved: &Moved| statement.pupils[moved.pupil].surname.clone();
    assert_eq!(statement.arrived.len(), 1, "told in both journals");
    assert_eq!(
        (named(&statement.arrived[0]), &statement.arrived[0].orders),
        ("Белов".into(), &vec!["3-к".to_owned()])
    );
    assert_eq!(
        (named(&statement.left[0]), statement.left[0].date),
        ("Власов".into(), day("2025-10-02"))
    );
    assert!(statement.left[0].orders.is_empty());
}

#[test]
fn who_comes_in_the_holidays_comes_in_the_period_that_follows() {
    let (mut first, mut second) = (journal("q1"), journal("q2"));
    first.pupils.truncate(2);
    second.movements = vec![moved("s3", MovementKind::Arrived, "2025-10-28", None)];
    let statement = MovementStatement::of(&roll(&[&first, &second]));
    assert_eq!(counts(&statement), [[2, 0, 0, 2], [2, 1, 0, 3]]);
    let alone = MovementStatement::of(&roll(&[&second]));
    assert_eq!(counts(&alone), [[3, 0, 0, 3]], "of one period only its own days count");
}

#[test]
fn the_first_and_the_last_day_belong_to_the_period() {
    let mut only = journal("q1");
    only.movements = vec![
        moved("s1", MovementKind::Arrived, "2025-09-01", None),
        moved("s2", MovementKind::Left, "2025-10-24", None),
    ];
    assert_eq!(counts(&MovementStatement::of(&roll(&[&only]))), [[2, 1, 1, 2]]);
}

#[test]
fn who_left_and_came_back_is_counted_both_ways() {
    let mut only = journal("q1");
    only.movements = vec![
        moved("s1", MovementKind::Left, "2025-09-10", None),
        moved("s1", MovementKind::Arrived, "2025-10-10", None),
    ];
    assert_eq!(counts(&MovementStatement::of(&roll(&[&only]))), [[3, 1, 1, 3]]);
}

#[test]
fn the_year_together_begins_with_its_first_period_and_ends_with_its_last() {
    let (mut first, mut second) = (journal("q1"), journal("q2"));
    first.movements = vec![
        moved("s2", MovementKind::Arrived, "2025-09-15", None),
        moved("s3", MovementKind::Left, "2025-10-02", None),
    ];
    second.pupils.truncate(2);
    second.movements = vec![moved("s1", MovementKind::Left, "2025-12-01", None)];
    let statement = MovementStatement::of(&roll(&[&first, &second]));
    assert_eq!(counts(&statement), [[2, 1, 1, 2], [2, 0, 1, 1]]);
    let total = statement.total.unwrap();
    assert_eq!(total.period, "2025-26/year".parse().unwrap());
    assert_eq!([total.at_start, total.arrived, total.left, total.at_end], [2, 1, 2, 1]);
    assert_eq!(MovementStatement::of(&roll(&[&first])).total, None, "a period is its own sum");
}
