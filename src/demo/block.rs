//! A block: three letters of every grade with one staff and one timetable.
//!
//! Teachers teach in several classes, so the timetables of classes hang together. A block is always
//! made whole, whichever of its classes the school has; that is why a class does not depend on which
//! other classes there are.

use super::curriculum::{self, Group, Subject};
use super::dice::Dice;
use super::staff::{Slot, Slots, Staff};
use super::timetable::{self, Hour};
use std::collections::BTreeMap;

/// Letters in a block.
pub(super) const LETTERS: usize = 3;

/// A subject page of a class as the timetable has it.
#[derive(Debug)]
pub(super) struct PagePlan {
    pub(super) subject: &'static Subject,
    pub(super) group: Option<Group>,
    /// Index into the block's staff.
    pub(super) teacher: usize,
    /// Its lessons in a week, in order.
    pub(super) slots: Vec<Slot>,
}

/// What is taught in a class, by whom and when.
#[derive(Debug)]
pub(super) struct ClassPlan {
    /// Class teacher: index into the block's staff.
    pub(super) teacher: usize,
    /// In the order of the curriculum.
    pub(super) pages: Vec<PagePlan>,
}

/// The classes of three letters.
pub(super) struct Block {
    pub(super) staff: Staff,
    /// By grade, then letter.
    plans: Vec<ClassPlan>,
}

impl Block {
    /// Makes block `number`: letters `3 * number` to `3 * number + 2` of grades 1–11.
    pub(super) fn new(seed: u64, number: usize) -> Block {
        let mut staff = Staff::new(seed, number);
        let mut plans = Vec::with_capacity(11 * LETTERS);
        for grade in 1..=11 {
            for letter in 0..LETTERS {
                let purpose = format!("timetable/{grade}/{}", number * LETTERS + letter);
                let mut dice = Dice::new(seed, &purpose);
                plans.push(plan(grade, &mut staff, &plans, &mut dice));
            }
        }
        staff.fall_ill();
        Block { staff, plans }
    }

    /// The plan of a class; `letter` counts from 0 over all blocks.
    pub(super) fn plan(&self, grade: u8, letter: usize) -> &ClassPlan {
        &self.plans[(usize::from(grade) - 1) * LETTERS + letter % LETTERS]
    }
}

/// What one teacher takes in a class: all pages of one area and subgroup.
struct Load {
    area: &'static str,
    group: Option<Group>,
    subjects: Vec<&'static Subject>,
    /// A week.
    hours: usize,
    teacher: usize,
}

fn plan(grade: u8, staff: &mut Staff, before: &[ClassPlan], dice: &mut Dice) -> ClassPlan {
    let mut loads = loads(grade);
    for index in 0..loads.len() {
        let except = colleagues(&loads[..index], loads[index].area);
        let (area, hours) = (loads[index].area, loads[index].hours);
        loads[index].teacher = staff.take(area, hours, &except, Slots::default());
    }
    let slots = give_slots(&loads, grade, staff, dice);
    for index in 0..loads.len() {
        part_collisions(&mut loads, index, &slots, staff);
    }
    let pages = pages(&loads, &slots);
    let teacher = class_teacher(&pages, grade, before);
    ClassPlan { teacher, pages }
}

/// The loads of a class, in the order of its pages; teachers are still to be found.
fn loads(grade: u8) -> Vec<Load> {
    let mut loads: Vec<Load> = Vec::new();
    for subject in curriculum::of_grade(grade) {
        for &group in subject.split_in(grade).groups() {
            let area = subject.area_in(grade, group);
            let hours = subject.hours(grade);
            match loads.iter_mut().find(|l| l.area == area && l.group == group) {
                Some(load) => {
                    load.subjects.push(subject);
                    load.hours += hours;
                }
                None => {
                    loads.push(Load { area, group, subjects: vec![subject], hours, teacher: 0 })
                }
            }
        }
    }
    loads
}

/// Who teaches this area in the class already: subgroups learn at the same time, so each needs a
/// teacher of its own.
fn colleagues(loads: &[Load], area: &str) -> Vec<usize> {
    loads.iter().filter(|l| l.area == area).map(|l| l.teacher).collect()
}

/// The slots of each subject of the grade; its subgroups learn at the same time.
fn give_slots(
    loads: &[Load],
    grade: u8,
    staff: &Staff,
    dice: &mut Dice,
) -> BTreeMap<usize, Vec<Slot>> {
    let mut hours = Vec::new();
    for subject in curriculum::of_grade(grade) {
        let own = loads.iter().filter(|l| l.subjects.iter().any(|s| s.index == subject.index));
        let taken = own.map(|l| staff.teachers[l.teacher].busy).fold(Slots::default(), Slots::and);
        let hour = |_| Hour { subject: subject.index, taken };
        hours.extend((0..subject.hours(grade)).map(hour));
    }
    let mut slots: BTreeMap<usize, Vec<Slot>> = BTreeMap::new();
    for (hour, slot) in hours.iter().zip(timetable::arrange(&hours, dice)) {
        slots.entry(hour.subject).or_default().push(slot);
    }
    for of_subject in slots.values_mut() {
        of_subject.sort_unstable();
    }
    slots
}

/// Gives a load whose teacher would be in two classes at once to a colleague, and enters its slots.
fn part_collisions(
    loads: &mut [Load],
    index: usize,
    slots: &BTreeMap<usize, Vec<Slot>>,
    staff: &mut Staff,
) {
    let load = &loads[index];
    let own: Slots = load.subjects.iter().flat_map(|s| slots[&s.index].iter().copied()).collect();
    let mut teacher = load.teacher;
    if staff.teachers[teacher].busy.overlaps(own) {
        staff.relieve(teacher, load.hours);
        let except = colleagues(loads, load.area);
        teacher = staff.take(load.area, load.hours, &except, own);
    }
    let busy = &mut staff.teachers[teacher].busy;
    *busy = busy.and(own);
    loads[index].teacher = teacher;
}

fn pages(loads: &[Load], slots: &BTreeMap<usize, Vec<Slot>>) -> Vec<PagePlan> {
    let mut pages: Vec<PagePlan> = Vec::new();
    for load in loads {
        pages.extend(load.subjects.iter().map(|&subject| PagePlan {
            subject,
            group: load.group,
            teacher: load.teacher,
            slots: slots[&subject.index].clone(),
        }));
    }
    pages.sort_by_key(|p| (p.subject.index, p.group));
    pages
}

/// In grades 1–4 who gives most of the lessons, else who teaches the class much and has no class yet.
fn class_teacher(pages: &[PagePlan], grade: u8, before: &[ClassPlan]) -> usize {
    let mut candidates: Vec<&PagePlan> = pages.iter().filter(|p| p.group.is_none()).collect();
    candidates.sort_by_key(|p| std::cmp::Reverse(p.subject.hours(grade)));
    let free = |p: &&&PagePlan| before.iter().all(|plan| plan.teacher != p.teacher);
    let found = candidates.iter().find(free).or(candidates.first());
    found.map_or(0, |p| p.teacher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeSet, HashMap};

    #[test]
    fn no_teacher_is_in_two_classes_at_once() {
        for seed in 0..5 {
            let block = Block::new(seed, 1);
            let mut where_is: HashMap<(usize, Slot), usize> = HashMap::new();
            for (class, plan) in block.plans.iter().enumerate() {
                for page in &plan.pages {
                    for slot in &page.slots {
                        let other = where_is.insert((page.teacher, *slot), class);
                        assert_eq!(other, None, "{page:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_staff_is_of_usual_size_and_teaches_what_it_can() {
        let block = Block::new(7, 0);
        assert!((45..90).contains(&block.staff.teachers.len()), "{}", block.staff.teachers.len());
        for (index, plan) in block.plans.iter().enumerate() {
            let grade = (index / LETTERS + 1) as u8;
            for page in &plan.pages {
                let area = page.subject.area_in(grade, page.group);
                assert_eq!(block.staff.teachers[page.teacher].area, area);
                assert_eq!(page.slots.len(), page.subject.hours(grade));
            }
        }
    }

    #[test]
    fn subjects_of_up_to_five_hours_hardly_ever_come_twice_a_day() {
        let block = Block::new(7, 0);
        let pages = || block.plans.iter().flat_map(|p| &p.pages).filter(|p| p.slots.len() <= 5);
        let days = |p: &PagePlan| p.slots.iter().map(|s| s.weekday).collect::<BTreeSet<_>>().len();
        let twice = pages().filter(|p| days(p) < p.slots.len()).count();
        assert!(twice * 50 < pages().count(), "{twice} of {}", pages().count());
    }

    #[test]
    fn every_class_has_a_class_teacher_of_its_own() {
        let block = Block::new(7, 0);
        let teachers: std::collections::HashSet<usize> =
            block.plans.iter().map(|p| p.teacher).collect();
        assert_eq!(teachers.len(), block.plans.len());
        let first = block.plan(1, 0);
        assert_eq!(block.staff.teachers[first.teacher].area, "primary");
    }
}
