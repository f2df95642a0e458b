//! What holds for all codes together.

use super::*;
use crate::journal::checks::summary;
use proptest::prelude::*;

#[test]
fn remarks_stand_by_page_then_code_then_place() {
    let remarks = after(|j| {
        j.pages[1].lessons[0].topic = None;
        j.pages[0].finals[2].value = "н/а".to_owned();
        j.pages[0].finals[0].value = "осв.".to_owned();
        j.pages[0].planned_hours = Some(30);
        j.class.teacher = None;
    });
    let order: Vec<_> = remarks.iter().map(|r| (r.code, place(r).0, place(r).1)).collect();
    assert_eq!(
        order,
        [
            (Code::ClassTeacherUnnamed, None, None),
            (Code::FinalNotAllowed, Some("Алгебра"), Some("Агатов")),
            (Code::FinalNotAllowed, Some("Алгебра"), Some("Вересов")),
            (Code::HoursBelowPlan, Some("Алгебра"), None),
            (Code::LessonWithoutTopic, Some("Физика"), None),
        ]
    );
    let counts = [
        (Code::FinalNotAllowed, 2),
        (Code::LessonWithoutTopic, 1),
        (Code::ClassTeacherUnnamed, 1),
        (Code::HoursBelowPlan, 1),
    ];
    assert_eq!(summary(&remarks), counts);
}

#[test]
fn the_json_form_is_stable() {
    let remarks = after(|j| j.pages[0].lessons[1].topic = None);
    let json = serde_json::to_value(&remarks[0]).unwrap();
    let expected = serde_json::json!({
        "code": "lesson-without-topic",
        "level": "violation",
        "clause": "Положение об ЭЖ, п. 6.4.9",
        "place": {
            "class": "7А",
            "page": "Алгебра",
            "pupil": null,
            "lesson": { "date": "2025-09-03", "number": 1 },
        },
        "text": "Алгебра: нет темы у 1 урока (03.09.2025), а тема записывается для каждого.",
    });
    assert_eq!(json, expected);
}

#[test]
fn codes_are_unique_kebab_case_and_read_back() {
    for code in Code::ALL {
        let text = code.as_str();
        assert_eq!(text.parse::<Code>().as_ref(), Ok(code));
        assert!(text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{text}");
        assert_eq!(serde_json::to_value(code).unwrap(), text);
    }
}

/// Rows of the table in docs/checks.md: code, level, clause.
fn documented() -> Vec<(String, String, String)> {
    let text = include_str!("../../../../docs/checks.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [code, level, clause, meaning] = cells[..] else { panic!("four cells: {row}") };
        assert!(meaning.len() > 20, "{row}");
        (code.trim_matches('`').to_owned(), level.to_owned(), clause.to_owned())
    })
    .collect()
}

#[test]
fn the_documentation_lists_every_code_with_its_level_in_their_order() {
    let levels: Vec<(String, String)> =
        documented().into_iter().map(|(code, level, _)| (code, level)).collect();
    let level = |code: &Code| match code.level() {
        Level::Violation => "violation",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let expected: Vec<(String, String)> =
        Code::ALL.iter().map(|c| (c.to_string(), level(c).to_owned())).collect();
    assert_eq!(levels, expected);
}

#[test]
fn a_code_has_a_default_clause_exactly_when_the_documentation_names_one() {
    let school = Regulation::school();
    for (code, _, clause) in documented() {
        let has = school.clause(code.parse().unwrap()).is_some();
        assert_eq!(has, clause != "—", "{code}");
    }
}

/// The final these marks give, by whole numbers: a rounded average of at least 2,65 is an average of at
/// least 2,645.
fn earned(marks: &[u8]) -> &'static str {
    let sum: usize = marks.iter().map(|m| usize::from(*m)).sum();
    match 1000 * sum / marks.len() {
        4645.. => "5",
        3645.. => "4",
        2645.. => "3",
        _ => "2",
    }
}

const WEEK: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_journal_that_keeps_the_rules_gets_no_remark(
        grade in 2_u8..=9,
        pupils in 1_usize..=7,
        hours in prop::collection::vec(1_usize..=5, 1..4),
        marks in prop::collection::vec(2_u8..=5, 40..200),
        signs in prop::collection::vec(prop::sample::select(vec!["", "-", "+", " "]), 10),
        set_before in 0_u64..20,
    ) {
        let mut journal = clean();
        journal.class = school_class(grade);
        journal.pupils = (1..=pupils).map(pupil).collect();
        let subject = |(i, hours): (usize, &usize)| {
            let mut page = page(&format!("Предмет {i}"), &quarter(), &WEEK[..*hours], pupils);
            let mut given: Vec<Vec<u8>> = vec![Vec::new(); pupils];
            for (n, entry) in page.entries.iter_mut().enumerate() {
                let grade = marks[(n * 7 + i) % marks.len()];
                given[n % pupils].push(grade);
                entry.marks = vec![mark(&format!("{grade}{}", signs[n % signs.len()]))];
            }
            for (given, marks) in page.finals.iter_mut().zip(&given) {
                given.value = earned(marks).to_owned();
                given.set = day("2025-10-22").checked_sub_days(chrono::Days::new(set_before));
            }
            page
        };
        journal.pages = hours.iter().enumerate().map(subject).collect();
        prop_assert_eq!(check(&journal, &Regulation::school()), []);
    }

    #[test]
    fn any_tokens_are_checked_without_a_panic(
        value in ".{0,6}", weight in proptest::option::of("[0-9,.]{0,8}"),
        absence in proptest::option::of(".{0,3}"), topic in proptest::option::of(".{0,20}"),
        date in 0_u64..4000,
    ) {
        let mut journal = clean();
        let entry = &mut journal.pages[0].entries[0];
        entry.marks = vec![Mark { value: value.clone(), weight, work: None }];
        entry.absence = absence.map(Absence);
        journal.pages[0].finals[0].value = value;
        journal.pages[0].lessons[0].topic = topic;
        journal.pages[0].lessons[0].date = day("2020-01-01") + chrono::Days::new(date);
        for remark in check(&journal, &Regulation::school()) {
            prop_assert!(remark.text.ends_with('.'), "{}", remark.text);
            prop_assert_eq!(remark.level, remark.code.level());
        }
    }
}
