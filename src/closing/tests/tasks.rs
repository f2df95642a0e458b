//! What each person has to do next.

use super::school::{School, class, day, period};
use super::work::{sheets, these};
use crate::closing::Task;
use crate::register::StaffId;
use crate::staff::LoadRow;

/// The tasks of a class: step, person, pages, sheets.
fn tasks(school: &School, of: &str) -> Vec<Task> {
    let all = school.at_desk(school.office, |closing, desk| closing.tasks(desk));
    all.into_iter().filter(|task| task.class == Some(class(of))).collect()
}

fn who(school: &School, of: &str) -> Vec<(String, Option<StaffId>)> {
    tasks(school, of).into_iter().map(|task| (task.step.to_string(), task.who)).collect()
}

/// The tasks that are done at once for many classes.
fn together(school: &School) -> Vec<(String, Option<StaffId>)> {
    let all = school.at_desk(school.office, |closing, desk| closing.tasks(desk));
    let together = all.into_iter().filter(|task| task.class.is_none());
    together.map(|task| (task.step.to_string(), task.who)).collect()
}

#[test]
fn on_the_first_day_each_teacher_has_their_pages_and_the_deputy_the_snapshot() {
    let school = School::new();
    let people = school.people;
    let told: Vec<_> = tasks(&school, "7А")
        .into_iter()
        .map(|task| (task.step.to_string(), task.who, task.pages, task.due))
        .collect();
    let first = Some(day("2026-01-12"));
    let confirm = |who, page| ("check-finals".to_owned(), Some(who), vec![page], first);
    let expected = [
        confirm(people.algebra, 1),
        confirm(people.music, 2),
        confirm(people.physics, 3),
        ("snapshot".to_owned(), Some(people.deputy), vec![], Some(day("2026-01-13"))),
    ];
    assert_eq!(told, expected);
}

#[test]
fn each_state_names_the_person_whose_turn_it_is() {
    let mut school = School::new();
    let people = school.people;
    for (name, person) in [
        ("print", people.deputy),
        ("certify-title", people.of_7a),
        ("hand-over-copy", people.of_7a),
        ("certify-copy", people.deputy),
        ("general-register", people.deputy),
        ("director-signs", people.director),
        ("stamp", people.deputy),
    ] {
        school.bring("7А", name);
        assert_eq!(who(&school, "7А"), [(name.to_owned(), Some(person))]);
    }
    school.bring("7А", "folder");
    assert_eq!(who(&school, "7А"), []);
    assert_eq!(together(&school), [("folder".to_owned(), Some(people.deputy))]);
    school.folder(people.deputy, period("q2"), &["7Б"]).unwrap();
    assert_eq!(together(&school), [("shelve".to_owned(), Some(people.archivist))]);
    school.shelve(people.archivist, period("q2")).unwrap();
    assert_eq!(together(&school), []);
}

#[test]
fn sheets_wait_for_the_teachers_of_their_pages_until_they_are_signed() {
    let mut school = School::new();
    let people = school.people;
    school.bring("7А", "sign-sheets");
    school.sign(people.deputy, ("7А", "sign-sheets"), &these(&[(2, 2)]), None).unwrap();
    let told: Vec<_> =
        tasks(&school, "7А").into_iter().map(|task| (task.who, task.sheets)).collect();
    let waits = |who, sheet| (Some(who), sheets(&[(sheet, sheet)]));
    let expected = [waits(people.algebra, 3), waits(people.music, 4), waits(people.physics, 5)];
    assert_eq!(told, expected);
    school.stands_in(people.guest, people.music, "2026-01-12");
    assert_eq!(tasks(&school, "7А")[1].who, Some(people.guest));
}

#[test]
fn a_page_of_nobody_or_of_several_waits_for_no_person() {
    let mut school = School::new();
    let people = school.people;
    school.rows.retain(|row| row.subject != "Алгебра");
    school.rows.push(LoadRow {
        class: class("7А"),
        from: None,
        group: None,
        staff: people.guest,
        subject: "Физика".to_owned(),
        until: None,
    });
    let told: Vec<_> =
        tasks(&school, "7А").into_iter().map(|task| (task.who, task.pages)).collect();
    let expected =
        [(None, vec![1, 3]), (Some(people.music), vec![2]), (Some(people.deputy), vec![])];
    assert_eq!(told, expected);
}

#[test]
fn what_is_done_for_the_school_is_one_task_whatever_the_periods() {
    let mut school = School::new();
    let deputy = Some(school.people.deputy);
    for of in ["7А", "7Б", "10А"] {
        school.seal(of);
    }
    // Handing over does not wait for the writing of media: a single one can go first.
    let expected = [("backup".to_owned(), deputy), ("hand-over-media".to_owned(), deputy)];
    assert_eq!(together(&school), expected);
    school.back_up();
    assert_eq!(together(&school), []);
}

#[test]
fn the_folders_of_two_periods_are_two_tasks() {
    let mut school = School::new();
    school.bring_all("folder");
    let all = school.at_desk(school.office, |closing, desk| closing.tasks(desk));
    let folders: Vec<_> = all.iter().map(|task| (task.step.to_string(), task.period)).collect();
    let folder = |of| ("folder".to_owned(), period(of));
    assert_eq!(folders, [folder("q2"), folder("h1")]);
}

#[test]
fn a_task_whose_last_day_is_over_is_late() {
    let mut school = School::new();
    school.today = day("2026-01-13");
    let late: Vec<_> = tasks(&school, "7А").into_iter().map(|task| task.late).collect();
    assert_eq!(late, [true, true, true, false]);
}
