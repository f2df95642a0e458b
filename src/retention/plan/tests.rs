use super::*;

const SCHOOL: &str = include_str!("../../../retention/school.toml");

fn problems(toml: &str) -> Vec<FilePlanProblem> {
    FilePlan::read("plan.toml", toml).expect_err("the plan must be refused").problems
}

/// What is wrong with the school's plan after one change, and in which line.
fn after(from: &str, to: &str) -> Vec<(usize, PlanFault)> {
    assert_eq!(SCHOOL.matches(from).count(), 1, "`{from}` stands in the plan once");
    let problems = problems(&SCHOOL.replace(from, to));
    problems.into_iter().map(|problem| (problem.line, problem.fault)).collect()
}

/// The line of the school's plan that has this text.
fn line_of(text: &str) -> usize {
    1 + SCHOOL.lines().position(|line| line.contains(text)).unwrap()
}

fn last_line() -> usize {
    SCHOOL.lines().count()
}

#[test]
fn the_plans_that_come_with_letopis_keep_journals_5_years_and_statements_25() {
    for plan in [FilePlan::school(), FilePlan::college()] {
        assert_eq!(plan.class_of_record(RecordKind::Journal).term, Term::Years(5));
        assert_eq!(plan.class_of_record(RecordKind::Statement).term, Term::Years(25));
        assert_eq!(plan.class_of_record(RecordKind::Journal).id.as_str(), "journals");
    }
}

#[test]
fn every_kind_has_exactly_one_class() {
    for plan in [FilePlan::school(), FilePlan::college()] {
        for kind in DocumentKind::ALL {
            let class = plan.class_of_document(kind);
            assert_eq!(plan.class(class.id.as_str()), Some(class));
        }
    }
    assert_eq!(FilePlan::school().class("elsewhere"), None);
}

#[test]
fn what_explains_records_is_kept_for_ever() {
    let plan = FilePlan::school();
    for kind in [DocumentKind::FilePlan, DocumentKind::Settings, DocumentKind::StaffRoster] {
        assert_eq!(plan.class_of_document(kind).term, Term::Permanent);
    }
}

#[test]
fn only_the_regulation_is_cited_for_terms_that_are_sourced() {
    for class in FilePlan::school().classes() {
        let sourced = class.basis.contains("п. 8.5");
        assert_eq!(sourced, ["journals", "statements"].contains(&class.id.as_str()));
        assert!(sourced || class.basis.starts_with("По номенклатуре дел школы"));
    }
}

#[test]
fn a_plan_is_the_body_of_its_document() {
    let plan = FilePlan::school();
    let body = serde_json::to_value(&plan).unwrap();
    assert_eq!(body, serde_json::json!({ "name": "school.toml", "toml": SCHOOL }));
    assert_eq!(serde_json::from_value::<FilePlan>(body).unwrap(), plan);
}

#[test]
fn a_field_that_does_not_exist_is_refused() {
    let unknown = |name: &str| PlanFault::Unknown(name.to_owned());
    let years = line_of("years = 25");
    let found = after("years = 25", "yaers = 25");
    assert_eq!(found, [(years - 4, PlanFault::NoTerm), (years, unknown("yaers"))]);
    let found = after("years = 25", "years = 25\nnote = \"\"");
    assert_eq!(found, [(years + 1, unknown("note"))]);
    let found = problems(&format!("title = \"\"\n{SCHOOL}"));
    assert_eq!(found, [FilePlanProblem { line: 1, fault: unknown("title") }]);
}

#[test]
fn a_missing_field_is_named_at_its_class() {
    let heading = line_of("id = \"extracts\"") - 1;
    let found = after("index = \"07\"\ntitle = \"Выданные архивные выписки\"\n", "");
    assert_eq!(
        found,
        [(heading, PlanFault::Missing("index")), (heading, PlanFault::Missing("title")),]
    );
    let found = after("id = \"extracts\"\n", "");
    assert_eq!(found, [(heading, PlanFault::Missing("id"))]);
}

#[test]
fn a_text_must_be_one_line_that_says_something() {
    let line = line_of("index = \"07\"");
    let found = after("index = \"07\"", "index = 7");
    let fault = PlanFault::Type { field: "index", expected: "text in quotes", found: "integer" };
    assert_eq!(found, [(line, fault)]);
    for nothing in ["\" \"", r#""7\n8""#] {
        let found = after("index = \"07\"", &format!("index = {nothing}"));
        assert_eq!(found, [(line, PlanFault::Line("index"))]);
    }
}

#[test]
fn a_class_id_is_a_short_latin_word_and_stands_once() {
    let line = line_of("id = \"extracts\"");
    for bad in ["", "Extracts", "дела", "1a", "a b", "a_b", &"a".repeat(33)] {
        assert_eq!(bad.parse::<ClassId>(), Err(ClassIdError(bad.to_owned())));
    }
    let found = after("id = \"extracts\"", "id = \"Выписки\"");
    assert_eq!(found, [(line, PlanFault::Id(ClassIdError("Выписки".to_owned())))]);
    let found = after("id = \"extracts\"", "id = \"journals\"");
    let first = line_of("id = \"journals\"");
    assert_eq!(found, [(line, PlanFault::IdTwice { id: "journals".to_owned(), first })]);
}

#[test]
fn a_term_is_1_to_100_years_or_permanent() {
    let line = line_of("years = 25");
    for (term, fault) in [
        ("years = 0", PlanFault::Years("0".to_owned())),
        ("years = 101", PlanFault::Years("101".to_owned())),
        ("years = -5", PlanFault::Years("-5".to_owned())),
        ("years = 99999999999999999999", PlanFault::Years("99999999999999999999".to_owned())),
        ("permanent = false", PlanFault::NotPermanent),
        ("years = 25\npermanent = true", PlanFault::TwoTerms),
    ] {
        let line = if fault == PlanFault::TwoTerms { line + 1 } else { line };
        assert_eq!(after("years = 25", term), [(line, fault)], "{term}");
    }
    let wrong = |field, expected, found| PlanFault::Type { field, expected, found };
    let found = after("years = 25", "years = \"25\"");
    assert_eq!(found, [(line, wrong("years", "a whole number", "string"))]);
    let found = after("years = 25", "permanent = 1");
    assert_eq!(found, [(line, wrong("permanent", "true", "integer"))]);
    assert_eq!(after("years = 25\n", ""), [(line - 4, PlanFault::NoTerm)]);
    for good in ["years = 1", "years = 100", "permanent = true"] {
        FilePlan::read("plan.toml", &SCHOOL.replace("years = 25", good)).unwrap();
    }
}

#[test]
fn a_kind_in_two_classes_is_refused() {
    let twice = |kind, first| PlanFault::KindTwice { kind, first };
    let found = after("[\"extract\"]", "[\"extract\", \"act\"]");
    let kind = Kind::Document(DocumentKind::Act);
    assert_eq!(found, [(line_of("[\"extract\"]"), twice(kind, line_of("\"act\"")))]);
    let found = after("[\"statement\"]", "[\"statement\", \"journal\"]");
    let kind = Kind::Record(RecordKind::Journal);
    assert_eq!(found, [(line_of("[\"statement\"]"), twice(kind, line_of("[\"journal\"]")))]);
}

#[test]
fn a_kind_in_no_class_is_refused() {
    let extract = Kind::Document(DocumentKind::Extract);
    let heading = line_of("id = \"extracts\"") - 1;
    let nowhere = (last_line(), PlanFault::KindNowhere(extract));
    let found = after("documents = [\"extract\"]", "documents = []");
    assert_eq!(found, [(heading, PlanFault::NoKinds), nowhere]);
    let found = problems("");
    assert_eq!(found.len(), Kind::all().count());
    assert!(found.iter().all(|p| p.line == 1 && matches!(p.fault, PlanFault::KindNowhere(_))));
}

#[test]
fn a_word_that_is_no_kind_is_refused_with_those_there_are() {
    let found = after("[\"statement\"]", "[\"statement\", \"act\"]");
    let known = "journal, statement".to_owned();
    let fault = PlanFault::UnknownKind { field: "records", found: "act".to_owned(), known };
    assert_eq!(found, [(line_of("[\"statement\"]"), fault)]);
    let found = after("[\"statement\"]", "[\"statement\", 1]");
    let expected = "a list of texts in quotes";
    let fault = PlanFault::Type { field: "records", expected, found: "integer" };
    assert_eq!(found, [(line_of("[\"statement\"]"), fault)]);
    let found = after("[\"statement\"]", "\"statement\"");
    assert!(matches!(found[0].1, PlanFault::Type { field: "records", .. }), "{found:?}");
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_file() {
    let toml = SCHOOL
        .replace("years = 25", "years = 250")
        .replace("index = \"03\"", "index = \"\"")
        .replace("id = \"extracts\"", "id = \"journals\"")
        .replace("\"destruction-act\"", "\"destruction\"");
    let error = FilePlan::read("plan.toml", &toml).unwrap_err();
    let lines: Vec<_> = error.problems.iter().map(|problem| problem.line).collect();
    let expected = [
        line_of("years = 25"),
        line_of("index = \"03\""),
        line_of("id = \"extracts\""),
        line_of("\"destruction-act\""),
        last_line(),
    ];
    assert_eq!(lines, expected);
    let shown = error.to_string();
    let first = shown.lines().next().unwrap();
    let line = line_of("years = 25");
    let message = "`years` is 250; write 1 to 100, or `permanent = true`";
    assert_eq!(first, format!("plan.toml:{line}: {message}"));
}

#[test]
fn what_is_no_toml_is_refused_with_its_line() {
    let found = after("years = 25", "years = = 25");
    assert!(
        matches!(found[..], [(line, PlanFault::Syntax(_)), ..] if line == line_of("years = 25"))
    );
    let found = after("years = 25", "years = 25\nyears = 25");
    assert!(
        matches!(found[..], [(line, PlanFault::Syntax(_))] if line == 1 + line_of("years = 25"))
    );
    let found = problems("class = 5\n");
    let fault =
        PlanFault::Type { field: "class", expected: "headings [[class]]", found: "integer" };
    assert_eq!(found[0], FilePlanProblem { line: 1, fault });
}
