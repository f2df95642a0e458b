use super::forms::{NameOf, Place, Role, SheetCount, Titled};
use super::*;
use crate::journal::{Class, ClassKind};
use crate::paper::words::{Case, Count};

fn school(name: &str) -> &'static str {
    Wording::shipped_text(Shipped::School, name).unwrap()
}

/// A shipped file with one passage replaced; the passage has to be there.
fn with(name: &str, passage: &str, replacement: &str) -> String {
    let text = school(name);
    assert!(text.contains(passage), "{passage}");
    text.replacen(passage, replacement, 1)
}

/// Line on which a passage begins.
fn line_of(text: &str, passage: &str) -> usize {
    text[..text.find(passage).unwrap()].matches('\n').count() + 1
}

fn problems(name: &str, toml: &str) -> Vec<(usize, String, Problem)> {
    let errors = Wording::with_own(Shipped::School, &[OwnFile { name, toml }]).unwrap_err();
    let each = errors.problems.into_iter();
    each.inspect(|p| assert_eq!(p.file, name)).map(|p| (p.line, p.field, p.problem)).collect()
}

fn titled() -> Titled {
    Titled {
        class: "7А класса".into(),
        period: "1 четверть 2025/26 учебного года".into(),
        school_year: "2025/26 учебный год".into(),
        school: "МБОУ «СОШ № 7»".into(),
    }
}

#[test]
fn the_shipped_texts_are_read_for_schools_and_colleges() {
    let school = Wording::shipped(Shipped::School);
    let places: Vec<_> = school.journal.certification.iter().map(|c| (c.role, c.place)).collect();
    assert_eq!(
        places,
        [
            (Role::ClassTeacher, Place::Title),
            (Role::Deputy, Place::Title),
            (Role::Director, Place::Title)
        ]
    );
    let sealed: Vec<_> = school.journal.certification.iter().map(|c| c.seal).collect();
    assert_eq!(sealed, [false, false, true], "«М.П.» stands beside the director alone");
    assert_eq!(
        school.journal.certification[0].text.fill(&titled()),
        "Достоверность бумажной копии классного журнала 7А класса \
         за 1 четверть 2025/26 учебного года заверяю"
    );
}

#[test]
fn in_a_college_the_head_of_studies_certifies_on_the_last_page() {
    let college = Wording::shipped(Shipped::College);
    let last = college.journal.certification.iter().filter(|c| c.place == Place::Last);
    let roles: Vec<_> = last.map(|c| c.role).collect();
    assert_eq!(roles, [Role::HeadOfStudies, Role::Director]);
    assert_eq!(college.journal.title.heading, "Журнал учебных занятий");
}

#[test]
fn the_certifying_inscription_counts_sheets_in_figures_and_words() {
    let bound = Wording::shipped(Shipped::School).journal.last.bound;
    let count = |n| SheetCount::of(Count::new(n).unwrap(), Case::Nominative);
    for (sheets, inscription) in [
        (42, "Прошито, пронумеровано и скреплено печатью 42 (сорок два) листа"),
        (121, "Прошито, пронумеровано и скреплено печатью 121 (сто двадцать один) лист"),
        (11, "Прошито, пронумеровано и скреплено печатью 11 (одиннадцать) листов"),
    ] {
        assert_eq!(bound.fill(&count(sheets)), inscription);
    }
}

#[test]
fn classes_groups_and_their_teachers_are_called_each_by_its_own_word() {
    let terms = Wording::shipped(Shipped::College).terms;
    let class = |kind| Class { kind, teacher: None };
    let school = class(ClassKind::School { grade: 7, letter: Some("а".into()) });
    let group = class(ClassKind::Group { name: "ТО-21".into() });
    let club = class(ClassKind::Activity { name: "Шахматы".into(), grade: None });
    for (class, genitive, class_teacher, teacher) in [
        (&school, "7А класса", "Классный руководитель", "Учитель"),
        (&group, "группы ТО-21", "Куратор группы", "Преподаватель"),
        (&club, "объединения «Шахматы»", "Руководитель объединения", "Учитель"),
    ] {
        assert_eq!(terms.class_name(class, Case::Genitive), genitive);
        assert_eq!(terms.role(Role::ClassTeacher, class), class_teacher);
        assert_eq!(terms.role(Role::Teacher, class), teacher);
    }
    assert_eq!(terms.class_name(&group, Case::Nominative), "группа ТО-21");
}

#[test]
fn a_school_s_own_file_replaces_one_and_leaves_the_others() {
    let own = with("terms.toml", "{name} класс\"", "класс {name}\"");
    let own = OwnFile { name: "terms.toml", toml: &own };
    let wording = Wording::with_own(Shipped::School, &[own]).unwrap();
    let shipped = Wording::shipped(Shipped::School);
    let named = wording.terms.class.nominative.fill(&NameOf { name: "7А".into() });
    assert_eq!(named, "класс 7А");
    assert_eq!(wording.journal, shipped.journal);
    let college = Wording::shipped_text(Shipped::College, "journal.toml").unwrap();
    let own = OwnFile { name: "journal.toml", toml: college };
    let wording = Wording::with_own(Shipped::School, &[own]).unwrap();
    assert_eq!(wording.journal, Wording::shipped(Shipped::College).journal);
}

#[test]
fn an_unknown_placeholder_is_refused_with_its_line() {
    let text = with("journal.toml", "за {period} заверяю", "за {clas} заверяю");
    let known = "this text has {class}, {period}, {school_year}, {school}".into();
    let problem = Problem::Placeholder { name: "clas".into(), known };
    let line = line_of(&text, "{clas}");
    assert_eq!(problems("journal.toml", &text), [(line, "certification[0].text".into(), problem)]);
    let text = with("statements.toml", "heading = \"Сводная", "heading = \"\"\"\n\nСводная")
        .replacen("{class} за {period}\"", "{class} \nза {perod}\"\"\"", 1);
    let found = problems("statements.toml", &text);
    assert_eq!((found.len(), found[0].0), (1, line_of(&text, "{perod}")), "{found:?}");
}

#[test]
fn unknown_and_missing_fields_are_refused_with_file_and_line() {
    let text = with("closing.toml", "done = \"Подписано\"", "dune = \"Подписано\"");
    let heading = line_of(&text, "[checklist.columns]");
    let line = line_of(&text, "dune");
    assert_eq!(
        problems("closing.toml", &text),
        [
            (heading, "checklist.columns.done".into(), Problem::Missing),
            (line, "checklist.columns.dune".into(), Problem::Unknown),
        ]
    );
}

#[test]
fn values_of_the_wrong_kind_are_refused() {
    let cases = [
        ("journal.toml", "seal = true", "seal = \"да\"", "true or false"),
        ("journal.toml", "place = \"title\"", "place = \"first\"", "one of title, last"),
        ("journal.toml", "role = \"deputy\"", "role = \"vice\"", "one of teacher, class-teacher"),
        ("journal.toml", "heading = \"Классный журнал\"", "heading = \" \"", "empty"),
        ("journal.toml", "heading = \"Классный журнал\"", "heading = 1", "text in quotes"),
        ("journal.toml", "heading = \"Классный журнал\"", "heading = \"{x}\"", "has none"),
        ("journal.toml", "sheet = \"Лист {sheet}\"", "sheet = \"Лист {sheet\"", "stands alone"),
        ("statements.toml", "signed_by = [\"class-teacher\"]", "signed_by = []", "empty"),
        (
            "statements.toml",
            "signed_by = [\"class-teacher\"]",
            "signed_by = \"class-teacher\"",
            "a list",
        ),
        ("filing.toml", "[folder.columns]", "columns = 1\n[other]", "a table"),
    ];
    for (name, passage, replacement, says) in cases {
        let text = with(name, passage, replacement);
        let found = Wording::with_own(Shipped::School, &[OwnFile { name, toml: &text }]);
        let message = found.unwrap_err().to_string();
        let line = line_of(&text, replacement);
        assert!(message.contains(&format!("{name}:{line}: ")), "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn the_problems_of_all_files_are_told_at_once() {
    let broken = with("closing.toml", "note = ", "note ");
    let own = [
        OwnFile { name: "filing.toml", toml: &with("filing.toml", "{number}\"", "{n}\"") },
        OwnFile { name: "closing.toml", toml: &broken },
        OwnFile { name: "clossing.toml", toml: "" },
        OwnFile { name: "filing.toml", toml: "" },
    ];
    let problems = Wording::with_own(Shipped::School, &own).unwrap_err().problems;
    let files: Vec<_> = problems.iter().map(|p| (p.file.as_str(), &p.problem)).collect();
    assert!(
        matches!(
            files[..],
            [
                ("clossing.toml", Problem::NoSuchFile(_)),
                ("filing.toml", Problem::FileTwice),
                ("closing.toml", Problem::Syntax(_)),
                ("filing.toml", Problem::Placeholder { .. }),
            ]
        ),
        "{files:?}"
    );
    assert_eq!(problems[2].line, line_of(&broken, "note "));
}

#[test]
fn every_shipped_file_says_which_clause_it_comes_from() {
    for shipped in [Shipped::School, Shipped::College] {
        for name in Wording::file_names() {
            let text = Wording::shipped_text(shipped, name).unwrap();
            let sourced = text.lines().filter(|l| l.starts_with('#'));
            let clause = |l: &str| ["R1", "R3", "R4", "R5", "приказ"].iter().any(|r| l.contains(r));
            assert!(sourced.clone().any(clause), "{name}");
        }
    }
}

#[test]
fn a_college_s_papers_do_not_speak_of_classes_and_quarters() {
    // Both kinds are called by name in the terms: a school may have groups of its own.
    for name in Wording::file_names().filter(|name| *name != "terms.toml") {
        let text = Wording::shipped_text(Shipped::College, name).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            for word in ["ласс", "Учител", "урок", "Урок", "етверт", "Предмет"]
            {
                assert!(!line.contains(word), "{name}: {line}");
            }
        }
    }
}
