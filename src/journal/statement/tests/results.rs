//! Итоги успеваемости класса, and activities.

use super::*;

/// One page for each subject, with a final of each pupil; an empty text is none.
fn with_finals(of: [[&str; 3]; 3]) -> Journal {
    let mut journal = journal("q1");
    for (subject, n) in ["Алгебра", "Химия", "Физика"].into_iter().zip(0..) {
        let mut page = page(subject, None);
        let finals = of.iter().zip(["s1", "s2", "s3"]).map(|(row, id)| (id, row[n]));
        let finals = finals.filter(|(_, value)| !value.is_empty());
        page.finals = finals.map(|(id, value)| given(id, FinalKind::Period, value)).collect();
        journal.pages.push(page);
    }
    journal
}

fn standings(of: [[&str; 3]; 3]) -> Vec<Option<Standing>> {
    let journal = with_finals(of);
    ClassResults::of(&roll(&[&journal])).rows.iter().map(|row| row.standing).collect()
}

#[test]
fn each_pupil_is_in_the_list_the_finals_say() {
    use Standing::*;
    assert_eq!(
        standings([["5", "5-", "зач"], ["5", "4", "5"], ["4", "4", "5"]]),
        [Some(Excellent), Some(OneGood), Some(Good)]
    );
    assert_eq!(
        standings([["3", "4", "5"], ["3", "3", "5"], ["н/а", "3", "5"]]),
        [Some(OneSatisfactory), Some(Satisfactory), Some(NotAttested)]
    );
    assert_eq!(
        standings([["2", "н/а", "5"], ["незач", "5", "5"], ["осв", "зач", ""]]),
        [Some(Failing), Some(Failing), None]
    );
}

#[test]
fn quality_and_progress_are_shares_of_the_pupils_with_a_standing() {
    let journal = with_finals([["5", "5", "5"], ["3", "4", "5"], ["2", "4", "5"]]);
    let results = ClassResults::of(&roll(&[&journal]));
    assert_eq!(results.quality().unwrap().to_string(), "33,3");
    assert_eq!(results.progress().unwrap().to_string(), "66,7");
    let failing: Vec<_> = results.with(Standing::Failing).collect();
    assert_eq!((failing.len(), &failing[0].troubled), (1, &vec!["Алгебра".to_owned()]));
    let algebra = &results.subjects[0];
    assert_eq!(algebra.finals.average().unwrap().to_string(), "3,33");
    assert_eq!(algebra.finals.quality().unwrap().to_string(), "33,3");
    assert_eq!(algebra.teachers, ["Орлова Ирина Ивановна"]);
}

#[test]
fn a_subject_without_finals_is_left_out_and_credits_have_no_average() {
    let journal = with_finals([["зач", "", ""], ["зач", "", ""], ["незач", "", ""]]);
    let results = ClassResults::of(&roll(&[&journal]));
    assert_eq!(results.subjects.len(), 1);
    assert_eq!(results.subjects[0].finals.average(), None);
    assert_eq!((results.subjects[0].finals.credit, results.subjects[0].finals.no_credit), (2, 1));
}

#[test]
fn the_results_of_several_periods_are_those_of_the_latest() {
    let first = with_finals([["2", "2", "2"]; 3]);
    let mut year = journal("year");
    year.pages.push(page("Алгебра", None));
    year.pages[0].finals =
        vec![given("s1", FinalKind::Year, "5"), given("s1", FinalKind::Exam, "2")];
    let results = ClassResults::of(&roll(&[&first, &year]));
    assert_eq!(results.period, year.period_id());
    assert_eq!(results.rows[0].standing, Some(Standing::Excellent), "an exam is no year mark");
    assert_eq!(results.rows[1].standing, None);
}

#[test]
fn an_activity_shows_lessons_absences_and_what_was_given() {
    let (mut first, mut second) = (journal("q1"), journal("q2"));
    for (journal, value) in [(&mut first, "осваивает"), (&mut second, "освоил")] {
        journal.class.kind = ClassKind::Activity { name: "Шахматы".into(), grade: None };
        let mut chess = page("Шахматы", None);
        let date = journal.period.from.to_string();
        chess.lessons = vec![lesson("a", &date, 1), lesson("b", &date, 2)];
        chess.entries = vec![absent("s1", "a", "Н"), absent("s1", "b", "О")];
        chess.finals = vec![given("s1", FinalKind::Period, value)];
        chess.pupils = Some(vec!["s1".parse().unwrap()]);
        journal.pages.push(chess);
    }
    let statement = ActivityStatement::of(&roll(&[&first, &second])).unwrap();
    assert_eq!(statement.programmes, ["Шахматы"]);
    let row = &statement.rows[0].programmes[0];
    assert_eq!((row.lessons, row.missed), (4, 2));
    let values: Vec<_> = row.results.iter().map(|given| given.value.as_str()).collect();
    assert_eq!(values, ["осваивает", "освоил"]);
    assert!(statement.rows[1].programmes.is_empty(), "not on the programme's list");
    let class = journal("q1");
    assert_eq!(
        ActivityStatement::of(&roll(&[&class])),
        Err(ActivityError::NoActivity("7А".parse().unwrap()))
    );
}
