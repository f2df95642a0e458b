//! The curriculum: which subjects a grade has, how many hours a week, and how a class is split for them.

use std::sync::LazyLock;

/// A subject of the curriculum.
#[derive(Debug)]
pub(super) struct Subject {
    /// Its place in the curriculum, from 0.
    pub(super) index: usize,
    pub(super) name: &'static str,
    /// Which teachers can teach it.
    pub(super) area: &'static str,
    /// Which kinds of work and homework it has.
    pub(super) style: &'static str,
    pub(super) split: Split,
    /// Hours a week in grades 1–11.
    hours: [usize; 11],
}

/// How a class is split for a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Split {
    /// Not at all.
    Whole,
    /// Into two halves of the class list.
    Halves,
    /// Into boys and girls.
    Gender,
}

/// A subgroup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    First,
    Second,
    Boys,
    Girls,
}

impl Split {
    /// The pages a subject has; `None` is the whole class.
    pub(super) fn groups(self) -> &'static [Option<Group>] {
        match self {
            Split::Whole => &[None],
            Split::Halves => &[Some(Group::First), Some(Group::Second)],
            Split::Gender => &[Some(Group::Boys), Some(Group::Girls)],
        }
    }
}

impl Subject {
    /// Hours a week in a grade; 0 where the grade does not have the subject.
    pub(super) fn hours(&self, grade: u8) -> usize {
        self.hours[usize::from(grade) - 1]
    }

    /// Whose subject it is in a grade: in grades 1–4 the class's own teacher gives most of them.
    pub(super) fn area_in(&self, grade: u8, group: Option<Group>) -> &'static str {
        match (self.area, group) {
            (area @ ("english" | "music" | "sport"), _) => area,
            _ if grade <= 4 => "primary",
            ("labour", Some(Group::Boys)) => "workshop",
            ("labour", _) => "household",
            (area, _) => area,
        }
    }

    /// How a class of a grade is split for it.
    ///
    /// In grades 1–4 boys and girls have craft lessons together.
    pub(super) fn split_in(&self, grade: u8) -> Split {
        if grade <= 4 && self.split == Split::Gender { Split::Whole } else { self.split }
    }

    /// What the subgroup is called in the journal.
    pub(super) fn group_name(&self, group: Group) -> String {
        let short = match self.name {
            "Английский язык" => "Англ.яз.",
            "Информатика" => "Информ.",
            "Труд (технология)" => "Труд",
            other => other,
        };
        let which = match group {
            Group::First => "1",
            Group::Second => "2",
            Group::Boys => "мальчики",
            Group::Girls => "девочки",
        };
        format!("{short} ({which})")
    }

    /// «Предметная область» of the federal standard.
    pub(super) fn knowledge_area(&self) -> &'static str {
        match self.area {
            "russian" => "Русский язык и литература",
            "english" => "Иностранные языки",
            "mathematics" | "informatics" => "Математика и информатика",
            "world" | "history" | "geography" => "Общественно-научные предметы",
            "biology" | "physics" | "chemistry" => "Естественно-научные предметы",
            "fine-art" | "music" => "Искусство",
            "labour" => "Технология",
            _ => "Физическая культура и ОБЗР",
        }
    }
}

/// How many marks a final needs (R1 7.2; the usual numbers: 1 hour a week 3, 2 hours 5, more 7).
pub(super) fn least_marks(hours: usize) -> usize {
    match hours {
        0 | 1 => 3,
        2 => 5,
        _ => 7,
    }
}

static SUBJECTS: LazyLock<Vec<Subject>> = LazyLock::new(|| {
    let lines = include_str!("data/curriculum.txt").lines().filter(|l| !l.starts_with('#'));
    lines.enumerate().map(|(index, line)| subject(index, line)).collect()
});

/// All subjects, in the order of the curriculum.
pub(super) fn subjects() -> &'static [Subject] {
    &SUBJECTS
}

/// The subjects of a grade, in the order of the curriculum.
pub(super) fn of_grade(grade: u8) -> impl Iterator<Item = &'static Subject> {
    subjects().iter().filter(move |s| s.hours(grade) > 0)
}

/// A line of `curriculum.txt`, which is part of the program.
fn subject(index: usize, line: &'static str) -> Subject {
    let mut fields = line.split("; ");
    let mut field = || fields.next().expect("curriculum.txt has five fields a line");
    let (name, area, style) = (field(), field(), field());
    let split = match field() {
        "halves" => Split::Halves,
        "gender" => Split::Gender,
        _ => Split::Whole,
    };
    let mut hours = [0; 11];
    for (grade, text) in hours.iter_mut().zip(field().split(' ')) {
        *grade = text.parse().expect("curriculum.txt gives hours as numbers");
    }
    Subject { index, name, area, style, split, hours }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_keeps_within_the_sanitary_limit_of_its_grade() {
        let most = [21, 23, 23, 23, 29, 30, 32, 33, 33, 34, 34];
        for (grade, most) in (1u8..).zip(most) {
            let hours: usize = of_grade(grade).map(|s| s.hours(grade)).sum();
            assert!((most - 4..=most).contains(&hours), "grade {grade} has {hours}");
        }
    }

    #[test]
    fn english_begins_in_grade_2_and_in_two_subgroups() {
        let english = subjects().iter().find(|s| s.name == "Английский язык").unwrap();
        assert_eq!((english.hours(1), english.hours(2)), (0, 2));
        assert_eq!(english.split_in(2).groups().len(), 2);
        assert_eq!(english.group_name(Group::Second), "Англ.яз. (2)");
    }
}
