//! Classes, their subgroups, and what they are called.

use super::dump::Dump;
use super::ids::Id;
use super::names::Endpoint;
use super::shapes::Group;
use crate::intake::Problem;
use crate::intake::gather::Folder;
use crate::journal::{ClassKind, ClassName};
use std::collections::{BTreeMap, BTreeSet};

/// A class with the subgroups made of it.
#[derive(Debug, Clone)]
pub(super) struct ClassGroup<'a> {
    pub group: &'a Group,
    /// In the order of their names.
    pub subgroups: Vec<&'a Group>,
}

impl<'a> ClassGroup<'a> {
    /// The class itself, or one of its subgroups.
    pub fn part(&self, id: Id) -> Option<&'a Group> {
        if id == self.group.id {
            return Some(self.group);
        }
        self.subgroups.iter().copied().find(|g| g.id == id)
    }

    /// Class and subgroups.
    pub fn parts(&self) -> impl Iterator<Item = &'a Group> + '_ {
        std::iter::once(self.group).chain(self.subgroups.iter().copied())
    }

    /// What a page of a subgroup is called beside its subject: the subgroup's name without the class's.
    /// `None` for the class itself.
    pub fn label(&self, part: &Group) -> Option<String> {
        if part.id == self.group.id {
            return None;
        }
        let label = without_class(&part.name, &self.group.name);
        let twin =
            |g: &&&Group| g.id != part.id && without_class(&g.name, &self.group.name) == label;
        let same = self.subgroups.iter().find(twin).is_some();
        Some(if same { part.name.clone() } else { label.to_owned() })
    }
}

fn without_class<'a>(name: &'a str, class: &str) -> &'a str {
    let (first, rest) = name.trim().split_once(char::is_whitespace).unwrap_or((name, ""));
    let named = |text: &str| text.parse::<ClassName>().ok();
    let rest = match name.trim().strip_prefix(class.trim()) {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest,
        _ if named(first) == named(class) => rest,
        _ => name,
    };
    if rest.trim().is_empty() { name } else { rest.trim() }
}

/// The classes the dump tells something about: those that have files or lessons of their own. A subgroup
/// brings in the classes it is made of only when none of them has.
pub(super) fn classes<'a>(
    dump: &'a Dump,
    folder: &Folder,
    problems: &mut Vec<Problem>,
) -> Vec<ClassGroup<'a>> {
    let told = told(dump, folder, problems);
    let mut classes: BTreeSet<Id> =
        told.iter().filter(|g| g.parents.is_empty()).map(|g| g.id).collect();
    for subgroup in told.iter().filter(|g| !g.parents.is_empty()) {
        if !subgroup.parents.iter().any(|id| classes.contains(id)) {
            classes.extend(subgroup.parents.iter().copied());
        }
    }
    let class = |id: Id| {
        let group = dump.groups.get(&id);
        if group.is_none() {
            problems.push(Problem::of_file(&folder.shown, unknown(id)));
        }
        let mut subgroups: Vec<&Group> =
            dump.groups.values().filter(|g| g.parents.contains(&id)).collect();
        subgroups.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        Some(ClassGroup { group: group?, subgroups })
    };
    classes.into_iter().filter_map(class).collect()
}

/// Classes and subgroups with files or lessons; those in no list of classes are problems.
fn told<'a>(dump: &'a Dump, folder: &Folder, problems: &mut Vec<Problem>) -> Vec<&'a Group> {
    let mut files: BTreeMap<Id, &str> = BTreeMap::new();
    files.extend(dump.lessons.values().map(|lesson| (lesson.group, folder.shown.as_str())));
    for (endpoint, file) in dump.endpoints.iter().zip(&folder.files) {
        files.extend(group_of(*endpoint).map(|id| (id, file.shown.as_str())));
    }
    let mut groups = Vec::new();
    for (id, file) in files {
        match dump.groups.get(&id) {
            Some(group) => groups.push(group),
            None => problems.push(Problem::of_file(file, unknown(id))),
        }
    }
    groups
}

/// Why data of a group nobody lists is refused.
pub(super) fn unknown(group: Id) -> String {
    format!(
        "group {group} is in no list of classes; save schools/{{school}}/edu-groups into the same folder"
    )
}

/// The group whose data a file holds.
fn group_of(endpoint: Endpoint) -> Option<Id> {
    match endpoint {
        Endpoint::Persons(id)
        | Endpoint::ClassTeacher(id)
        | Endpoint::Periods(id)
        | Endpoint::Finals(id)
        | Endpoint::AllFinals(id) => Some(id),
        Endpoint::Lessons(scope) | Endpoint::Marks(scope) => scope.group,
        Endpoint::Attendance(group) | Endpoint::Subjects(group) => group,
        _ => None,
    }
}

/// A class by the source's name: «7-А», «11», «ТО-21».
///
/// # Errors
/// A sentence when the name can't be a class's.
pub(super) fn class_kind(group: &Group) -> Result<ClassKind, String> {
    let name = group.name.trim();
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let grade = name[..digits].parse::<u8>().ok().filter(|g| (1..=11).contains(g));
    let agrees = |g: u8| group.parallel.is_none_or(|p| p == u32::from(g));
    let kind = match grade.filter(|g| agrees(*g)) {
        Some(grade) => {
            let around = |c: char| c.is_whitespace() || "-–«»\"'".contains(c);
            let letter = name[digits..].trim_matches(around).to_owned();
            let letter = (!letter.is_empty()).then_some(letter);
            ClassKind::from_fields(Some(grade), false, letter, None)
        }
        None => ClassKind::from_fields(None, false, None, Some(name.to_owned())),
    };
    kind.map_err(|error| format!("class {}: {error}", group.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(id: &str, name: &str, parallel: Option<u32>, parents: &[&str]) -> Group {
        Group {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            parents: parents.iter().map(|p| p.parse().unwrap()).collect(),
            parallel,
        }
    }

    #[test]
    fn classes_are_named_by_grade_and_letter() {
        let kind = |name: &str, parallel| class_kind(&group("1", name, parallel, &[])).unwrap();
        let school = |grade, letter: Option<&str>| ClassKind::School {
            grade,
            letter: letter.map(str::to_owned),
        };
        assert_eq!(kind("7-А", Some(7)), school(7, Some("А")));
        assert_eq!(kind("10 «Б»", Some(10)), school(10, Some("Б")));
        assert_eq!(kind("11", None), school(11, None));
        assert_eq!(kind("ТО-21", None), ClassKind::Group { name: "ТО-21".to_owned() });
        assert_eq!(kind("21-ТО", Some(2)), ClassKind::Group { name: "21-ТО".to_owned() });
    }

    #[test]
    fn a_subgroup_is_called_by_what_follows_the_class() {
        let class = group("1", "7-А", Some(7), &[]);
        let subs = [
            group("2", "7-А Англ.яз. (1)", None, &["1"]),
            group("3", "7А Технология", None, &["1"]),
            group("4", "Хор", None, &["1", "9"]),
            group("5", "7-А", None, &["1"]),
            group("6", "Технология", None, &["1"]),
        ];
        let group = ClassGroup { group: &class, subgroups: subs.iter().collect() };
        let labels = subs.iter().map(|g| group.label(g).unwrap()).collect::<Vec<_>>();
        assert_eq!(labels, ["Англ.яз. (1)", "7А Технология", "Хор", "7-А", "Технология"]);
        assert_eq!(group.label(&class), None);
    }
}
