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

/// Homework by style of work.
static HOMEWORK: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("data/homework.txt")));

/// What a topic's second and further lessons are called, by style of work.
static CONTINUED: LazyLock<Lists> = LazyLock::new(|| lists(include_str!("data/continued.txt")));

type Lists = HashMap<&'static str, Vec<&'static str>>;

/// Lines like «mathematics: № {m} | № {m}, {m}».
fn lists(text: &'static str) -> Lists {
    let lines = text.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(": "));
    lines.map(|(style, list)| (style, list.split(" | ").collect())).collect()
}

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

/// The topic of one lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Topic {
    /// As the programme has it.
    pub(super) programme: &'static str,
    /// With what is done about it in this lesson.
    pub(super) text: String,
}

/// The topics of a year's lessons, one for each, every topic taking one to five lessons.
pub(super) fn year(subject: &Subject, grade: u8, lessons: usize, dice: &mut Dice) -> Vec<Topic> {
    let of = |p: &&Programme| p.subject == subject.name && p.grades.contains(&grade);
    let topics = PROGRAMMES.iter().find(of).map_or(&[][..], |p| &p.topics);
    let continued = CONTINUED.get(subject.style).map_or(&[][..], Vec::as_slice);
    let each = (lessons / topics.len().max(1)).clamp(1, 4);
    let mut year = Vec::with_capacity(lessons);
    for (turn, programme) in topics.iter().cycle().enumerate() {
        if year.len() >= lessons {
            break;
        }
        let once = programme.starts_with("Инструктаж");
        let parts = if once { 1 } else { dice.between(1.max(each - 1), each + 1) };
        let first = dice.below(continued.len().max(1));
        for part in 0..parts {
            let text = match continued.iter().cycle().nth(first + part).filter(|_| part > 0) {
                Some(what) => followed_by(programme, what),
                None if turn < topics.len() => (*programme).to_owned(),
                None => followed_by("Повторение", programme),
            };
            year.push(Topic { programme, text });
        }
    }
    year.truncate(lessons);
    year
}

/// Two sentences with what parts them.
fn followed_by(first: &str, second: &str) -> String {
    let stop = if first.ends_with(['!', '?', '…']) { "" } else { "." };
    format!("{first}{stop} {second}")
}

/// Homework of a lesson; `None` where nothing is set. Numbers grow over the year and within a task.
pub(super) fn homework(style: &str, lesson: usize, dice: &mut Dice) -> Option<String> {
    let template = HOMEWORK.get(style).map(|list| *dice.pick(list)).filter(|t| *t != "-")?;
    let mut text = String::with_capacity(template.len() + 8);
    let mut rest = template;
    let mut task = lesson * 6 + dice.between(1, 9);
    while let Some((before, after)) = rest.split_once('{') {
        let (what, after) = after.split_once('}').unwrap_or((after, ""));
        task += dice.between(1, 8);
        let number = match what {
            "n" => lesson / 2 + dice.between(1, 3),
            "p" => lesson * 2 + dice.between(4, 9),
            _ => task,
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
    fn every_subject_of_every_grade_has_a_programme_and_words_of_its_style() {
        for grade in 1..=11 {
            for subject in curriculum::of_grade(grade) {
                let of = |p: &&Programme| p.subject == subject.name && p.grades.contains(&grade);
                let topics = PROGRAMMES.iter().find(of).map_or(0, |p| p.topics.len());
                assert!(topics >= 12, "{} {grade} has {topics}", subject.name);
                assert!(HOMEWORK.contains_key(subject.style), "{}", subject.style);
                assert!(CONTINUED[subject.style].len() >= 4, "{}", subject.style);
            }
        }
    }

    #[test]
    fn a_year_has_a_topic_for_every_lesson_and_few_repeat() {
        let algebra = curriculum::subjects().iter().find(|s| s.name == "Алгебра").unwrap();
        let topics = year(algebra, 7, 102, &mut Dice::new(7, "topics"));
        assert_eq!(topics.len(), 102);
        let different: std::collections::HashSet<_> = topics.iter().map(|t| &t.text).collect();
        assert!(different.len() > 90, "{}", different.len());
        assert!(topics.iter().all(|t| t.text.contains(t.programme)));
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
