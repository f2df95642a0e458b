//! Which endpoint of the API a file holds, told by its name.
//!
//! A file is named like the endpoint's path with `_` for `/`, ids filled in:
//! `edu-groups_2111222333444555872_persons.json`. A query behind the path (from `?`, `%3F`, `@`, or the
//! first part with `=`) means nothing here, nor do a leading `v2` and the extension `.json`.

use super::ids::Id;

/// What a file of a dump holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// `schools/{school}`
    School(Id),
    /// `schools/{school}/edu-groups`, `edu-groups/{group}/parallel`: classes and subgroups.
    Groups,
    /// `edu-groups/{group}`: one of them.
    Group(Id),
    /// `edu-groups/{group}/persons`
    Persons(Id),
    /// `schools/{school}/teachers`, `edu-groups/{group}/teachers`
    Teachers(Option<Id>),
    /// `edu-groups/{group}/classteacher`
    ClassTeacher(Id),
    /// `edu-groups/{group}/reporting-periods`
    Periods(Id),
    /// `schools/{school}/subjects`, `edu-groups/{group}/subjects`
    Subjects(Option<Id>),
    /// Lessons of a group, of one of its subjects, or asked for by their ids.
    Lessons(Scope),
    /// Marks of a group or of one of its subjects.
    Marks(Scope),
    /// `lesson-log-entries/group/{group}`, `lessons/{lesson}/log-entries`
    Attendance(Option<Id>),
    /// `edu-groups/{group}/final-marks`, `edu-groups/{group}/subjects/{subject}/final-marks`
    Finals(Id),
    /// `persons/{person}/edu-groups/{group}/allfinalmarks`
    AllFinals(Id),
    /// `works?lesson=`, `works/many`, `works/{work}`
    Works,
    /// `work-types/{school}`
    WorkTypes,
    /// Known and not needed: averages (computed anew), timetables, lists of words.
    NotNeeded(Option<Id>),
    /// Of this API by its first word, otherwise unknown.
    Unknown(Option<Id>),
}

/// Of which group and subject the things in a file are, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Scope {
    /// Class or subgroup.
    pub group: Option<Id>,
    /// Subject.
    pub subject: Option<Id>,
}

impl Endpoint {
    /// Reads a file name; `None` when it is no endpoint's.
    pub fn of(file_name: &str) -> Option<Endpoint> {
        let parts = parts(file_name);
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Some(match &parts[..] {
            ["schools", school] => Endpoint::School(school.parse().ok()?),
            ["schools", school, rest @ ..] => of_school(school.parse().ok()?, rest),
            ["edu-groups", group] => Endpoint::Group(group.parse().ok()?),
            ["edu-groups", group, rest @ ..] => of_group(group.parse().ok()?, rest),
            ["lesson-log-entries", "group", group] => {
                Endpoint::Attendance(Some(group.parse().ok()?))
            }
            ["lessons", lesson, "log-entries"] => {
                lesson.parse::<Id>().ok()?;
                Endpoint::Attendance(None)
            }
            ["lessons", "many"] => Endpoint::Lessons(Scope::default()),
            ["works"] | ["works", "many"] => Endpoint::Works,
            ["works", work] if work.parse::<Id>().is_ok() => Endpoint::Works,
            ["work-types", ..] => Endpoint::WorkTypes,
            ["persons", _, "edu-groups", group, "allfinalmarks"] => {
                Endpoint::AllFinals(group.parse().ok()?)
            }
            ["lesson-log-entries", "statuses"] | ["marks", "values"] => Endpoint::NotNeeded(None),
            ["persons", _, "school" | "groups", ..] => Endpoint::NotNeeded(None),
            ["persons", _, "edu-groups", group, ..] => Endpoint::Unknown(group.parse().ok()),
            ["lessons", id, ..] if id.parse::<Id>().is_ok() => Endpoint::Unknown(None),
            _ => return None,
        })
    }
}

fn of_school(_school: Id, rest: &[&str]) -> Endpoint {
    match rest {
        ["edu-groups"] => Endpoint::Groups,
        ["teachers"] => Endpoint::Teachers(None),
        ["subjects"] => Endpoint::Subjects(None),
        ["timetables"] => Endpoint::NotNeeded(None),
        _ => Endpoint::Unknown(None),
    }
}

fn of_group(group: Id, rest: &[&str]) -> Endpoint {
    let whole = Scope { group: Some(group), subject: None };
    let of = |subject: &str| subject.parse().ok().map(|s| Scope { subject: Some(s), ..whole });
    let unknown = Endpoint::Unknown(Some(group));
    match rest {
        ["persons"] => Endpoint::Persons(group),
        ["parallel"] => Endpoint::Groups,
        ["teachers"] => Endpoint::Teachers(Some(group)),
        ["classteacher"] => Endpoint::ClassTeacher(group),
        ["reporting-periods"] => Endpoint::Periods(group),
        ["subjects"] => Endpoint::Subjects(Some(group)),
        ["lessons", ..] => Endpoint::Lessons(whole),
        ["subjects", s, "lessons", ..] => of(s).map_or(unknown, Endpoint::Lessons),
        ["marks", ..] => Endpoint::Marks(whole),
        ["subjects", s, "marks", ..] => of(s).map_or(unknown, Endpoint::Marks),
        ["final-marks"] | ["subjects", _, "final-marks"] => Endpoint::Finals(group),
        ["avg-marks" | "wa-marks", ..]
        | ["timetables" | "reporting-period-group"]
        | ["reporting-periods", _, "avg-marks", _] => Endpoint::NotNeeded(Some(group)),
        _ => unknown,
    }
}

/// The parts of the endpoint's path, without version, query and extension.
fn parts(file_name: &str) -> Vec<String> {
    let lower = file_name.to_lowercase();
    let name = lower.strip_suffix(".json").unwrap_or(&lower);
    let path = name.split(['?', '@']).next().unwrap_or(name);
    let path = path.split("%3f").next().unwrap_or(path);
    let mut parts = path.split('_').take_while(|part| !part.contains('=')).peekable();
    parts.next_if(|part| *part == "v2" || *part == "v2.0");
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_told_by_the_name_of_the_file() {
        let id = |n: &str| n.parse::<Id>().unwrap();
        let of = |group, subject| Scope { group, subject };
        for (name, endpoint) in [
            ("schools_1000077000001.json", Some(Endpoint::School(id("1000077000001")))),
            ("schools_7_edu-groups.json", Some(Endpoint::Groups)),
            ("edu-groups_5_persons.json", Some(Endpoint::Persons(id("5")))),
            ("edu-groups_5_persons_includeArchive=true.json", Some(Endpoint::Persons(id("5")))),
            ("v2_edu-groups_5_persons?includeArchive=true", Some(Endpoint::Persons(id("5")))),
            (
                "edu-groups_5_subjects_6_lessons_2024-09-02_2024-10-26.json",
                Some(Endpoint::Lessons(of(Some(id("5")), Some(id("6"))))),
            ),
            (
                "edu-groups_5_marks_2024-09-02_2024-10-26.json",
                Some(Endpoint::Marks(of(Some(id("5")), None))),
            ),
            (
                "lesson-log-entries_group_5_subject=6&from=2024-09-02.json",
                Some(Endpoint::Attendance(Some(id("5")))),
            ),
            ("persons_9_edu-groups_5_allfinalmarks.json", Some(Endpoint::AllFinals(id("5")))),
            ("edu-groups_5_wa-marks_a_b.json", Some(Endpoint::NotNeeded(Some(id("5"))))),
            ("edu-groups_5_colours.json", Some(Endpoint::Unknown(Some(id("5"))))),
            ("7a.json", None),
            ("schools_list.json", None),
            ("error.json", None),
        ] {
            assert_eq!(Endpoint::of(name), endpoint, "{name}");
        }
    }
}
