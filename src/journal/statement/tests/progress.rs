//! Учёт успеваемости.

use super::*;

fn columns(statement: &ProgressStatement) -> Vec<String> {
    statement.columns.iter().map(Column::to_string).collect()
}

#[test]
fn a_year_has_its_periods_year_exam_final_and_the_council_s_decision() {
    let mut quarters = ["q1", "q2", "q3", "q4"].map(journal);
    for (quarter, value) in quarters.iter_mut().zip(["5", "4", "н/а", "5-"]) {
        quarter.pages.push(page("Алгебра", None));
        quarter.pages[0].finals.push(given("s1", FinalKind::Period, value));
    }
    let mut year = journal("year");
    year.pages.push(page("алгебра", None));
    let kinds = [(FinalKind::Year, "5"), (FinalKind::Exam, "4"), (FinalKind::Final, "5")];
    year.pages[0].finals = kinds.map(|(kind, value)| given("s1", kind, value)).into();
    year.decisions.push(Decision {
        date: Some(day("2026-05-28")),
        protocol: Some("7".into()),
        pupil: "s1".parse().unwrap(),
        text: "переведён в 8 класс".into(),
    });
    let journals: Vec<&Journal> = quarters.iter().chain([&year]).rev().collect();
    let statement = ProgressStatement::of(&roll(&journals));
    assert_eq!(statement.heading.period.to_string(), "2025-26/year");
    assert_eq!(statement.heading.teacher.as_deref(), Some("Орлова Ирина Ивановна"));
    assert_eq!(
        columns(&statement),
        ["2025-26/q1", "2025-26/q2", "2025-26/q3", "2025-26/q4", "year", "exam", "final"]
    );
    assert_eq!(statement.subjects, ["алгебра"], "one subject, as the latest journal writes it");
    let row = &statement.rows[0];
    let values: Vec<_> = (0..7).map(|c| row.cell(0, c).next().unwrap().value.as_str()).collect();
    assert_eq!(values, ["5", "4", "н/а", "5-", "5", "4", "5"], "as given, in order of time");
    assert_eq!(row.decisions[0].protocol.as_deref(), Some("7"));
    assert!(statement.rows[1].marks.is_empty());
}

#[test]
fn a_year_mark_of_the_last_period_and_of_the_year_stand_in_one_cell_each_with_its_journal() {
    let (mut last, mut year) = (journal("q4"), journal("year"));
    for (journal, value) in [(&mut last, "4"), (&mut year, "5")] {
        journal.pages.push(page("Химия", None));
        journal.pages[0].finals.push(given("s2", FinalKind::Year, value));
    }
    let statement = ProgressStatement::of(&roll(&[&year, &last]));
    assert_eq!(columns(&statement), ["2025-26/q4", "year"]);
    let cell = statement.rows[1].cell(0, 1);
    let cell: Vec<_> = cell.map(|m| (m.period.slug(), m.value.as_str())).collect();
    assert_eq!(cell, [("q4".to_owned(), "4"), ("year".to_owned(), "5")]);
}

#[test]
fn subgroups_are_one_subject_and_a_pupil_may_change_between_them() {
    let (mut first, mut second) = (journal("q1"), journal("q2"));
    for (journal, group) in [(&mut first, "1"), (&mut second, "2")] {
        journal.pages = vec![page("Английский", Some("1")), page("Английский", Some("2"))];
        let own = if group == "1" { 0 } else { 1 };
        journal.pages[own].finals.push(given("s1", FinalKind::Period, group));
    }
    let statement = ProgressStatement::of(&roll(&[&first, &second]));
    assert_eq!(statement.subjects.len(), 1);
    let groups = statement.rows[0].marks.iter().map(|m| (m.column, m.group.as_deref().unwrap()));
    assert_eq!(groups.collect::<Vec<_>>(), [(0, "1"), (1, "2")]);
}

#[test]
fn a_grade_without_marks_has_rows_and_columns_but_no_marks() {
    let mut first = journal("q1");
    first.class.kind = ClassKind::School { grade: 1, letter: None };
    first.pages.push(page("Математика", None));
    let roll = roll(&[&first]);
    let statement = ProgressStatement::of(&roll);
    assert_eq!(statement.heading.period, first.period_id(), "one journal is a report for a period");
    assert_eq!((statement.rows.len(), columns(&statement).len()), (3, 1));
    assert!(statement.rows.iter().all(|row| row.marks.is_empty()));
    assert_eq!(ClassResults::of(&roll).progress(), None);
}
