use super::*;
use crate::closing::Problem;

const FIVE_DAY: &str = include_str!("../../../templates/procedures/five-day.toml");

fn id(text: &str) -> StepId {
    text.parse().unwrap()
}

/// Steps as «day role proof», one a line.
fn steps(procedure: &Procedure) -> Vec<String> {
    let day = |when: &When| match when {
        When::Day { anchor: Anchor::HolidayStart, day } => day.to_string(),
        When::Day { anchor: Anchor::HolidayEnd, day } => format!("end+{day}"),
        When::Day { anchor: Anchor::LastLessonDay, day } => format!("lesson+{day}"),
        When::Day { anchor: Anchor::Step(step), day } => format!("{step}+{day}"),
        When::By { month, day } => format!("by {day}.{month}"),
    };
    let line = |s: &Step| format!("{} {} {} {}", day(&s.when), s.scope, s.role, s.proof);
    procedure.steps.iter().map(line).collect()
}

/// Problems of the five days, changed, as (text of the line, problem).
fn refused(from: &str, to: &str) -> Vec<(String, Problem)> {
    let text = FIVE_DAY.replacen(from, to, 1);
    assert_ne!(text, FIVE_DAY, "{from}");
    let problems = Procedure::from_toml("ours.toml", &text).unwrap_err().problems;
    let line = |line: usize| text.lines().nth(line - 1).unwrap_or("").to_owned();
    problems.into_iter().map(|p| (line(p.line), p.problem)).collect()
}

/// A step's text in the five days, up to the next empty line.
fn text_of(step: &str) -> &'static str {
    let at = FIVE_DAY.find(&format!("[[steps]]\nid = \"{step}\"")).unwrap();
    let rest = &FIVE_DAY[at..];
    &rest[..rest.find("\n\n").unwrap_or(rest.len())]
}

#[test]
fn the_five_days_are_those_of_the_instruction() {
    let expected = [
        "1 page teacher confirmed",
        "2 class deputy sealed",
        "2 school deputy copy-made",
        "2 school deputy handed-over",
        "2 class deputy printed",
        "3 page teacher signed-on-paper",
        "4 class class-teacher signed-on-paper",
        "4 class class-teacher handed-over",
        "5 class deputy signed-on-paper",
        "5 class deputy copy-entered",
        "5 class director signed-on-paper",
        "5 class deputy stamped",
        "5 period deputy folder-formed",
        "folder+1 period archivist shelved",
    ];
    assert_eq!(steps(&Procedure::shipped("five-day").unwrap()), expected);
}

#[test]
fn statements_are_certified_signed_sealed_and_accepted() {
    let expected = [
        "1 class deputy sealed",
        "1 class deputy printed",
        "2 class class-teacher signed-on-paper",
        "3 class deputy signed-on-paper",
        "4 class director signed-on-paper",
        "4 class deputy stamped",
        "5 class archivist shelved",
    ];
    assert_eq!(steps(&Procedure::shipped("year-end").unwrap()), expected);
}

#[test]
fn in_a_college_the_curator_prints_by_5_july_and_the_head_of_studies_certifies() {
    let expected = [
        "lesson+1 class deputy sealed",
        "snapshot+0 school deputy copy-made",
        "by 5.7 class class-teacher printed",
        "print+0 class class-teacher handed-over",
        "hand-over+1 class head-of-studies signed-on-paper",
        "certify+1 class director signed-on-paper",
        "director-signs+0 class director stamped",
        "stamp+1 class archivist shelved",
    ];
    assert_eq!(steps(&Procedure::shipped("college-year").unwrap()), expected);
}

#[test]
fn a_step_nobody_can_take_is_refused_with_line_and_reason() {
    let role = |role, scope| Problem::Step(StepFault::NobodyHolds { role, scope });
    let sheets = text_of("sign-sheets");
    let changed = sheets.replace("\"teacher\"", "\"class-teacher\"");
    let line = "role = \"class-teacher\"".to_owned();
    assert_eq!(refused(sheets, &changed), [(line, role(Role::ClassTeacher, Scope::Page))]);
    let title = text_of("certify-title");
    let changed = title.replace("\"class-teacher\"", "\"teacher\"");
    let line = "role = \"teacher\"".to_owned();
    assert_eq!(refused(title, &changed), [(line.clone(), role(Role::Teacher, Scope::Class))]);
    let found = refused("role = \"teacher\"", "role = \"secretary\"");
    let unknown = Problem::Role(crate::staff::UnknownRole("secretary".to_owned()));
    assert_eq!(found, [("role = \"secretary\"".to_owned(), unknown)]);
    let folder = text_of("folder");
    let found = refused(folder, &folder.replace("\"period\"", "\"class\""));
    let allowed = "a period".to_owned();
    let proof = StepFault::ProofScope { proof: Proof::FolderFormed, scope: Scope::Class, allowed };
    assert_eq!(found, [("proof = \"folder-formed\"".to_owned(), proof.into())]);
}

#[test]
fn a_step_that_needs_something_later_or_nothing_there_is_refused() {
    let (print, sheets) = (text_of("print"), text_of("sign-sheets"));
    let swapped = FIVE_DAY.replacen(print, "#here", 1).replacen(sheets, print, 1);
    let swapped = swapped.replacen("#here", sheets, 1).replacen("day = 3", "day = 2", 1);
    let problems = Procedure::from_toml("ours.toml", &swapped).unwrap_err().problems;
    let later = StepFault::NeedsLater { needs: Proof::Printed, later: id("print") };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].problem, later.into());
    assert_eq!(problems[0].field, "steps[4]");

    let missing = Problem::Step(StepFault::NeedsMissing(Proof::Sealed));
    let found = refused(text_of("snapshot"), "");
    let problems: Vec<_> = found.into_iter().map(|(_, problem)| problem).collect();
    assert_eq!(problems, [missing.clone(), missing], "backups and prints");

    let after = |to: &str| refused("after = \"folder\"", to).remove(0).1;
    assert_eq!(after("after = \"shelve\""), StepFault::AfterLater(id("shelve")).into());
    assert_eq!(after("after = \"binder\""), StepFault::AfterUnknown(id("binder")).into());
}

#[test]
fn days_only_rise_and_names_are_given_once() {
    let sheets = text_of("sign-sheets");
    let found = refused(sheets, &sheets.replace("day = 3", "day = 1"));
    let falls = StepFault::DayFalls { day: 1, before: 2 };
    assert_eq!(found, [("[[steps]]".to_owned(), falls.into())]);
    let found = refused("id = \"backup\"", "id = \"snapshot\"");
    assert_eq!(found[0].1, StepFault::IdTwice(id("snapshot")).into());
}

#[test]
fn when_is_said_in_exactly_one_way() {
    let first = |to: &str| refused("day = 1\n", to).remove(0).1;
    for wrong in [
        "\n",
        "day = 1\nby = \"07-05\"\n",
        "anchor = \"holiday-end\"\n",
        "day = 1\nafter = \"print\"\nanchor = \"holiday-start\"\n",
    ] {
        assert_eq!(first(wrong), StepFault::When.into(), "{wrong}");
    }
    for wrong in ["02-29", "13-01", "7-5", "5 июля"] {
        assert_eq!(first(&format!("by = \"{wrong}\"\n")), StepFault::By(wrong.into()).into());
    }
    let zero = Problem::Range { given: "0".to_owned(), least: 1, most: 300 };
    assert_eq!(first("day = 0\n"), zero);
    assert!(matches!(first("day = 1\nanchor = \"noon\"\n"), Problem::Word { .. }));
}

#[test]
fn all_problems_of_a_procedure_are_told_at_once_with_file_line_and_field() {
    let text = "id = \"Five\"\nperiods = []\nrecords = \"all\"\n[[steps]]\nid = \"a\"\ntitle = \"А\"\n\
        scope = \"pupil\"\nrole = \"janitor\"\nproof = \"confirmed\"\nday = 1\nnote = \"\"\n";
    let errors = Procedure::from_toml("ours.toml", text).unwrap_err();
    let told: Vec<_> = errors.problems.iter().map(|p| (p.line, p.field.as_str())).collect();
    let step = [(7, "steps[0].scope"), (8, "steps[0].role"), (11, "steps[0].note")];
    assert_eq!(
        told,
        [&[(1, "id"), (1, "title"), (2, "periods"), (3, "records")][..], &step].concat()
    );
    let role = "ours.toml:8: steps[0].role: nobody holds the role `janitor`; write teacher,";
    assert!(errors.to_string().lines().any(|line| line.starts_with(role)), "{errors}");
}
