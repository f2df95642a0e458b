use super::*;
use crate::journal::{ClassName, PersonId};

const SCHOOL: &str = include_str!("../../../templates/regulations/school.toml");

/// The school's regulation with one passage replaced; the passage has to be there.
fn with(passage: &str, replacement: &str) -> String {
    assert!(SCHOOL.contains(passage), "{passage}");
    SCHOOL.replacen(passage, replacement, 1)
}

/// Line on which a passage begins.
fn line_of(text: &str, passage: &str) -> usize {
    text[..text.find(passage).unwrap()].matches('\n').count() + 1
}

fn problems(text: &str) -> Vec<(usize, String, Problem)> {
    let errors = Regulation::from_toml("own.toml", text).unwrap_err();
    assert_eq!(errors.file, "own.toml");
    errors.problems.into_iter().map(|p| (p.line, p.field, p.problem)).collect()
}

fn class(grade: u8) -> Class {
    Class { kind: ClassKind::School { grade, letter: Some("А".into()) }, teacher: None }
}

fn group() -> Class {
    let kind = ClassKind::Group { name: "ТО-21".into() };
    Class { kind, teacher: None::<PersonId> }
}

fn period(kind: PeriodKind, number: u32) -> Period {
    let day = |text: &str| text.parse().unwrap();
    Period { kind, number: Some(number), from: day("2025-09-01"), to: day("2025-10-24") }
}

#[test]
fn the_embedded_regulations_are_read() {
    let school = Regulation::school();
    assert_eq!(school.title, "Положение об электронном классном журнале");
    assert_eq!(school.finals.days_before_end, 2);
    assert_eq!(school.clause(Code::FinalNotAllowed), Some("Положение об ЭЖ, п. 7.3"));
    assert_eq!(school.clause(Code::UnknownMark), None);
    assert!(!school.absent_means_unexcused);
    let college = Regulation::college();
    assert_eq!(college.finals.days_before_end, 1);
    assert!(college.grades_without_marks.is_empty());
}

#[test]
fn grades_close_by_quarter_then_by_half_year_and_groups_by_semester() {
    let school = Regulation::school();
    for grade in 1..=9 {
        assert_eq!(
            school.periods_of(&class(grade)),
            Some(&[PeriodKind::Quarter, PeriodKind::Year][..])
        );
    }
    for grade in 10..=11 {
        assert_eq!(
            school.periods_of(&class(grade)),
            Some(&[PeriodKind::HalfYear, PeriodKind::Year][..])
        );
    }
    assert_eq!(school.periods_of(&group()), None);
    let college = Regulation::college();
    assert_eq!(college.periods_of(&group()), Some(&[PeriodKind::Semester, PeriodKind::Year][..]));
    assert_eq!(college.periods_of(&class(10)), None);
}

#[test]
fn finals_are_not_expected_where_the_regulation_says_so() {
    let own =
        with("[[closes_by]]", "[[finals.none]]\ngrades = [2]\nperiods = [\"q1\"]\n[[closes_by]]");
    let own = Regulation::from_toml("own.toml", &own).unwrap();
    let q = |n| period(PeriodKind::Quarter, n);
    assert!(own.expects_final(&class(7), "Алгебра", &q(1)));
    assert!(!own.expects_final(&class(1), "Математика", &q(1)));
    assert!(!own.expects_final(&class(7), " россия –  МОИ горизонты", &q(1)));
    assert!(!own.expects_final(&class(4), "ОРКСЭ", &q(2)));
    assert!(own.expects_final(&class(5), "ОРКСЭ", &q(2)));
    assert!(!own.expects_final(&class(2), "Математика", &q(1)));
    assert!(own.expects_final(&class(2), "Математика", &q(2)));
    let name = "Шахматы".parse::<ClassName>().unwrap().to_string();
    let club = Class { kind: ClassKind::Activity { name, grade: Some(7) }, teacher: None };
    assert!(!own.expects_final(&club, "Шахматы", &q(1)));
}

#[test]
fn spellings_of_one_subject_are_equal() {
    assert_eq!(subject_key(" Счёт  и\u{a0}Чтение – 1"), subject_key("счет и чтение - 1"));
    assert_ne!(subject_key("Алгебра"), subject_key("Алгебра и начала анализа"));
}

#[test]
fn what_is_no_final_is_known_in_every_spelling() {
    let school = Regulation::school();
    for bad in ["н/а", "Н/А", "H/A", "осв", "осв.", "Осв."] {
        assert!(!school.allows_final(bad), "{bad}");
    }
    for good in ["5", "4-", "зач", "незач", "", "нечто"] {
        assert!(school.allows_final(good), "{good}");
    }
    let own = with("[\"н/а\", \"осв.\"]", "[\"б/о\"]");
    let own = Regulation::from_toml("own.toml", &own).unwrap();
    assert!(!own.allows_final("Б/О"));
    assert!(own.allows_final("н/а"));
}

#[test]
fn more_lessons_a_week_need_more_marks() {
    let needed = Regulation::school().finals.marks_needed;
    let by_hours: Vec<u32> = [0, 1, 2, 3, 4, 30].map(|h| needed.for_hours(h)).into();
    assert_eq!(by_hours, [3, 3, 5, 7, 7, 7]);
    let gap = MarksNeeded::new(&[(1, 3), (3, 5)]).unwrap_err();
    assert_eq!(gap, (1, MarksNeededError { expected: 2, given: 3 }));
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let text = with("weighted = true", "weighted = true\nwieghted = false");
    let line = line_of(&text, "wieghted");
    assert_eq!(problems(&text), [(line, "finals.wieghted".into(), Problem::Unknown)]);
    let text = with("mark = 3", "mark = 3\nnote = \"\"");
    let line = line_of(&text, "note = ");
    assert_eq!(problems(&text), [(line, "finals.limits[1].note".into(), Problem::Unknown)]);
}

#[test]
fn a_missing_limit_is_refused_with_the_line_of_its_table() {
    let text = with("to = \"3,64\"\n", "");
    let line = line_of(&text, "[[finals.limits]]\nmark = 3");
    assert_eq!(problems(&text), [(line, "finals.limits[1].to".into(), Problem::Missing)]);
    let text = with("days_before_end = 2\n", "");
    let line = line_of(&text, "[finals]");
    assert_eq!(problems(&text), [(line, "finals.days_before_end".into(), Problem::Missing)]);
    let text = with("[[finals.limits]]\nmark = 4\nfrom = \"3,65\"\nto = \"4,64\"\n", "");
    let line = line_of(&text, "[[finals.limits]]\nmark = 5");
    let gap = LimitsError::Gap { from: "3,65".parse().unwrap(), to: "4,64".parse().unwrap() };
    assert_eq!(problems(&text), [(line, "finals.limits[2]".into(), gap.into())]);
}

#[test]
fn a_value_of_the_wrong_type_or_range_is_refused_with_its_line() {
    let cases = [
        ("to = \"3,64\"", "to = 3.64", "finals.limits[1].to", "type float"),
        ("to = \"3,64\"", "to = \"3,6\"", "finals.limits[1].to", "two places"),
        ("weighted = true", "weighted = \"yes\"", "finals.weighted", "true or false"),
        ("newcomer_days = 14", "newcomer_days = 14.5", "finals.newcomer_days", "a whole number"),
        ("newcomer_days = 14", "newcomer_days = -1", "finals.newcomer_days", "from 0 to 366"),
        (
            "newcomer_days = 14",
            "newcomer_days = 99999999999",
            "finals.newcomer_days",
            "out of range",
        ),
        ("word = \"Замещение\"", "word = \" \"", "substitution.word", "empty"),
        ("grades = [4]", "grades = []", "finals.none[2].grades", "empty"),
        ("grades = [4]", "grades = [12]", "finals.none[2].grades[0]", "from 1 to 11"),
        ("grades = [4]", "periods = [\"q9\"]", "finals.none[2].periods[0]", "no period"),
        ("[\"half-year\", \"year\"]", "[\"h1\"]", "closes_by[1].periods[0]", "no period"),
        ("too-few-marks =", "to-few-marks =", "clauses.to-few-marks", "no code"),
    ];
    for (passage, replacement, field, says) in cases {
        let text = with(passage, replacement);
        let line = line_of(&text, replacement);
        let errors = Regulation::from_toml("own.toml", &text).unwrap_err();
        let first = &errors.problems[0];
        assert_eq!((first.line, first.field.as_str(), errors.problems.len()), (line, field, 1));
        let message = errors.to_string();
        assert!(message.starts_with(&format!("own.toml:{line}: {field}: ")), "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn a_rule_that_would_switch_off_all_finals_is_refused() {
    let text = with("[[finals.none]]\ngrades = [1]", "[[finals.none]]\nperiods = [\"q1\"]");
    let line = line_of(&text, "[[finals.none]]\nperiods");
    assert_eq!(problems(&text), [(line, "finals.none[0]".into(), Problem::NoFinalsForAll)]);
}

#[test]
fn a_grade_stands_in_exactly_one_line_of_closes_by() {
    let text = with("grades = [10, 11]", "grades = [9, 10]");
    let (first, second) =
        (line_of(&text, "[[closes_by]]"), line_of(&text, "[[closes_by]]\ngrades = [9"));
    assert_eq!(
        problems(&text),
        [
            (first, "closes_by".into(), Problem::ClosesNever(11)),
            (second, "closes_by[1]".into(), Problem::ClosesTwice("grade 9".into())),
        ]
    );
}

#[test]
fn all_problems_are_reported_at_once_in_the_order_of_the_file() {
    let text = with("weighted = true\n", "weighed = true\n")
        .replacen("to = \"3,64\"", "to = \"3,6\"", 1)
        .replacen("[absence]\n", "[absence]\nextra = 1\n", 1)
        .replacen("title = ", "tilte = ", 1);
    let found: Vec<String> = problems(&text).into_iter().map(|(_, field, _)| field).collect();
    assert_eq!(
        found,
        [
            "title",
            "tilte",
            "finals.weighted",
            "finals.weighed",
            "finals.limits[1].to",
            "absence.extra"
        ]
    );
}

#[test]
fn text_that_is_no_toml_is_refused_with_the_line() {
    let text = with("newcomer_days = 14", "newcomer_days 14");
    let found = problems(&text);
    assert!(matches!(found[..], [(_, _, Problem::Syntax(_)), ..]), "{found:?}");
    assert_eq!(found[0].0, line_of(&text, "newcomer_days 14"));
    let text = with("newcomer_days = 14", "newcomer_days = 14\nnewcomer_days = 15");
    let found = problems(&text);
    assert!(matches!(found[..], [(_, _, Problem::Syntax(_))]), "{found:?}");
    assert_eq!(found[0].0, line_of(&text, "newcomer_days = 15"));
}
