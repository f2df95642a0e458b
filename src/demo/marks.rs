//! Marks, absences, remarks and finals of a page.

use super::curriculum;
use super::dice::Dice;
use super::page::{self, Context, Draft};
use super::roster::{Member, Skill};
use super::works::{self, Work};
use crate::journal::{Absence, Entry, Final, FinalKind, Lesson, Mark};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static REMARKS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("data/remarks.txt").lines().collect());

/// A mark given to one pupil.
struct Given {
    /// Index of the lesson.
    lesson: usize,
    value: u8,
    work: &'static Work,
}

/// What stands in a page's cells and in its last column.
pub(super) struct Cells {
    pub(super) entries: Vec<Entry>,
    pub(super) finals: Vec<Final>,
}

/// Fills the cells of a page: marks for grades 2 and up, absences for all.
pub(super) fn fill(
    context: &Context,
    draft: &Draft,
    hours: usize,
    members: &[&Member],
    dice: &mut Dice,
) -> Cells {
    let mut cells: BTreeMap<(usize, usize), Entry> = BTreeMap::new();
    let mut finals = Vec::new();
    for (place, member) in members.iter().enumerate() {
        absences(&draft.lessons, place, member, &mut cells);
        if context.place.grade == 1 {
            continue;
        }
        let (low, high) = page::extra_marks(context.period.kind, hours);
        let target = curriculum::least_marks(hours) + dice.between(low, high);
        let mut given = marks(draft, member, target, dice);
        let value = settle(&mut given);
        for one in &given {
            let cell = cells.entry((one.lesson, place));
            let entry = cell.or_insert_with(|| empty(&draft.lessons[one.lesson], member));
            entry.marks.push(mark(one));
            if dice.per_mille(4) {
                entry.remark = Some((*dice.pick(&REMARKS)).to_owned());
            }
        }
        if let Some(value) = value.filter(|_| member.belongs(context.period.to)) {
            finals.push(final_mark(member, value, draft));
        }
    }
    Cells { entries: cells.into_values().collect(), finals }
}

fn empty(lesson: &Lesson, member: &Member) -> Entry {
    Entry {
        absence: None,
        lesson: lesson.id.clone(),
        marks: Vec::new(),
        pupil: member.id.clone(),
        remark: None,
    }
}

fn mark(given: &Given) -> Mark {
    Mark {
        value: given.value.to_string(),
        weight: Some(given.work.weight.to_string()),
        work: Some(given.work.abbr.to_owned()),
    }
}

fn final_mark(member: &Member, value: u8, draft: &Draft) -> Final {
    Final {
        kind: FinalKind::Period,
        pupil: member.id.clone(),
        school: None,
        set: Some(draft.finals_set),
        value: value.to_string(),
    }
}

fn absences(
    lessons: &[Lesson],
    place: usize,
    member: &Member,
    cells: &mut BTreeMap<(usize, usize), Entry>,
) {
    for (index, lesson) in lessons.iter().enumerate() {
        let code = member.absence(lesson.date, lesson.number);
        if let Some(code) = code.filter(|_| member.belongs(lesson.date)) {
            let absence = Some(Absence(code.to_owned()));
            cells.insert((index, place), Entry { absence, ..empty(lesson, member) });
        }
    }
}

/// A pupil's marks: from the works of the whole class, then from single lessons until there are enough.
fn marks(draft: &Draft, member: &Member, target: usize, dice: &mut Dice) -> Vec<Given> {
    let mut given = Vec::new();
    let mut free = Vec::new();
    for (lesson, held) in draft.lessons[..draft.markable].iter().enumerate() {
        if !member.belongs(held.date) {
            continue;
        }
        let away = member.absence(held.date, held.number).is_some_and(|code| code != "О");
        match draft.works[lesson] {
            // Somebody who was ill writes the work later; the mark stands in the same cell.
            Some(work) if !away || dice.per_mille(400) => {
                given.push(Given { lesson, value: value(&member.skill, dice), work });
                if work.abbr == "Д" {
                    given.push(Given { lesson, value: value(&member.skill, dice), work });
                }
            }
            None if !away => free.push(lesson),
            _ => {}
        }
    }
    if free.is_empty() {
        let belongs = |l: &usize| member.belongs(draft.lessons[*l].date);
        free = (0..draft.markable).filter(belongs).collect();
    }
    dice.shuffle(&mut free);
    let last = draft.lessons.last().map(|l| l.date);
    let stays = last.is_some_and(|date| member.belongs(date));
    let target = if stays { target } else { target.min(given.len() + free.len() / 4) };
    let mut lessons = free.iter().cycle();
    while given.len() < target
        && let Some(&lesson) = lessons.next()
    {
        let work = works::by_abbr(dice.pick::<&str>(draft.single));
        given.push(Given { lesson, value: value(&member.skill, dice), work });
        if dice.per_mille(25) {
            given.push(Given { lesson, value: value(&member.skill, dice), work });
        }
    }
    given
}

fn value(skill: &Skill, dice: &mut Dice) -> u8 {
    let [fives, fours, threes] = *skill;
    match dice.below(100) {
        n if n < fives => 5,
        n if n < fives + fours => 4,
        n if n < fives + fours + threes => 3,
        _ => 2,
    }
}

/// The final that all ways of averaging agree on, raising marks until they do; `None` without marks.
fn settle(given: &mut [Given]) -> Option<u8> {
    loop {
        let pairs = given.iter().map(|g| (u32::from(g.value), u32::from(g.work.weight)));
        if let Some(value) = agreed_final(pairs) {
            return Some(value);
        }
        given.iter_mut().filter(|g| g.value < 5).min_by_key(|g| g.value)?.value += 1;
    }
}

/// The final mark for marks with weights, by the limits up to 2,64 – 2; 2,65–3,64 – 3; 3,65–4,64 – 4;
/// 4,65–5,00 – 5 (R1 7.5). `None` without marks, or when it depends on whether weights count or which way
/// the second place is rounded: then people would argue.
pub(super) fn agreed_final(marks: impl Iterator<Item = (u32, u32)> + Clone) -> Option<u8> {
    let plain = average_bounds(marks.clone().map(|(value, _)| (value, 1)))?;
    let weighted = average_bounds(marks)?;
    let mut finals = plain.into_iter().chain(weighted).map(final_for);
    let first = finals.next()?;
    finals.all(|f| f == first).then_some(first)
}

/// The average in hundredths, rounded down and up.
fn average_bounds(marks: impl Iterator<Item = (u32, u32)>) -> Option<[u32; 2]> {
    let (sum, count) =
        marks.fold((0, 0), |(s, c), (value, weight)| (s + value * weight, c + weight));
    (count > 0).then(|| [sum * 100 / count, (sum * 100).div_ceil(count)])
}

fn final_for(hundredths: u32) -> u8 {
    match hundredths {
        0..=264 => 2,
        265..=364 => 3,
        365..=464 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_follows_the_limits_and_averages_on_the_border_give_none() {
        let of = |marks: &[(u32, u32)]| agreed_final(marks.iter().copied());
        assert_eq!(of(&[(5, 1), (4, 1), (5, 2)]), Some(5));
        assert_eq!(of(&[(4, 1), (4, 1), (3, 1)]), Some(4), "3,67");
        assert_eq!(of(&[(2, 1), (3, 1)]), Some(2), "2,50");
        assert_eq!(of(&[(5, 1), (5, 1), (2, 2)]), None, "4,00 without weights, 3,50 with");
        let border = [[(3, 1); 11].as_slice(), &[(2, 1); 6]].concat();
        assert_eq!(of(&border), None, "45 / 17 = 2,647");
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn marks_are_raised_until_weights_no_longer_matter() {
        let work = |abbr| works::by_abbr(abbr);
        let mut given = [
            Given { lesson: 0, value: 5, work: work("У") },
            Given { lesson: 1, value: 2, work: work("КР") },
            Given { lesson: 2, value: 4, work: work("У") },
        ];
        let value = settle(&mut given);
        let pairs = given.iter().map(|g| (u32::from(g.value), u32::from(g.work.weight)));
        assert_eq!((value, agreed_final(pairs)), (Some(4), Some(4)));
    }
}
