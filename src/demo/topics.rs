//! Topics of lessons and homework, from lists.

use super::curriculum::Subject;
use super::dice::Dice;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// The topics of one subject in some grades, in the order of the year.
struct Programme {
    subject: &'static str,
    grades: RangeInclusive<u8>,
    topics: Vec<&'static str>,
}

static PROGRAMMES: LazyLock<Vec<Programme>> = LazyLock::new(|| {
    let texts = [
        include_str!("data/topics-primary.txt"),
        include_str!("data/topics-middle.txt"),
        include_str!("data/topics-senior.txt"),
    ];
    texts.into_iter().flat_map(programmes).collect()
});

static HOMEWORK: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("data/homework.txt").lines().filter(|l| !l.starts_with('#'));
    let lines = lines.filter_map(|l| l.split_once(": "));
    lines.map(|(style, templates)| (style, templates.split(" | ").collect())).collect()
});

fn programmes(text: &'static str) -> Vec<Programme> {
    let mut found: Vec<Programme> = Vec::new();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        if let Some(heading) = line.strip_prefix("= ") {
            found.extend(programme(heading));
        } else if let Some(last) = found.last_mut() {
            last.topics.extend(line.split(" | "));
        }
    }
    found
}

/// An empty programme from «Алгебра; 7-7».
fn programme(heading: &'static str) -> Option<Programme> {
    let (subject, grades) = heading.split_once("; ")?;
    let (first, last) = grades.split_once('-')?;
    let grades = first.parse().ok()?..=last.parse().ok()?;
    Some(Programme { subject, grades, topics: Vec::new() })
}

/// What a topic's second and further lessons are called.
const CONTINUED: [&str; 6] = [
    "Закрепление",
    "Решение упражнений",
    "Практикум",
    "Обобщение и систематизация знаний",
    "Урок развивающего контроля",
    "Повторение",
];

/// The topics of a year's lessons, one for each, every topic taking one to three lessons.
pub(super) fn year(subject: &Subject, grade: u8, lessons: usize, dice: &mut Dice) -> Vec<String> {
    let of = |p: &&Programme| p.subject == subject.name && p.grades.contains(&grade);
    let topics = PROGRAMMES.iter().find(of).map_or(&[][..], |p| &p.topics);
    let each = (lessons / topics.len().max(1)).clamp(1, 4);
    let mut year = Vec::with_capacity(lessons);
    for round in 0.. {
        for topic in topics {
            for part in 0..dice.between(1.max(each - 1), each + 1) {
                year.push(match (part, round) {
                    (0, 0) => (*topic).to_owned(),
                    (0, _) => format!("Повторение. {topic}"),
                    _ => format!("{topic}. {}", dice.pick(&CONTINUED)),
                });
            }
        }
        if year.len() >= lessons || topics.is_empty() {
            break;
        }
    }
    year.resize(lessons, subject.name.to_owned());
    year
}

/// Homework of a lesson; `None` where nothing is set.
pub(super) fn homework(style: &str, lesson: usize, dice: &mut Dice) -> Option<String> {
    let template = HOMEWORK.get(style).map(|list| *dice.pick(list)).filter(|t| *t != "-")?;
    let mut text = String::with_capacity(template.len() + 8);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (what, after) = after.split_once('}').unwrap_or((after, ""));
        let number = match what {
            "n" => lesson / 2 + dice.between(1, 3),
            "p" => lesson * 2 + dice.between(4, 9),
            _ => lesson * 6 + dice.between(10, 40),
        };
        text.push_str(before);
        text.push_str(&number.to_string());
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::curriculum;
    use super::*;

    #[test]
    fn every_subject_of_every_grade_has_a_programme_and_homework_of_its_style() {
        for grade in 1..=11 {
            for subject in curriculum::of_grade(grade) {
                let of = |p: &&Programme| p.subject == subject.name && p.grades.contains(&grade);
                let topics = PROGRAMMES.iter().find(of).map_or(0, |p| p.topics.len());
                assert!(topics >= 12, "{} {grade} has {topics}", subject.name);
                assert!(HOMEWORK.contains_key(subject.style), "{}", subject.style);
            }
        }
    }

    #[test]
    fn a_year_has_a_topic_for_every_lesson_and_few_repeat() {
        let algebra = curriculum::subjects().iter().find(|s| s.name == "Алгебра").unwrap();
        let topics = year(algebra, 7, 102, &mut Dice::new(7, "topics"));
        assert_eq!(topics.len(), 102);
        let different: std::collections::HashSet<_> = topics.iter().collect();
        assert!(different.len() > 60, "{}", different.len());
    }

    #[test]
    fn homework_has_no_braces_left() {
        let mut dice = Dice::new(7, "homework");
        for style in HOMEWORK.keys() {
            for lesson in 0..100 {
                let text = homework(style, lesson, &mut dice).unwrap_or_default();
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }
}
