//! A page's lessons over a period: dates, numbers, topics, homework, substitutions.

use super::block::{Block, PagePlan};
use super::calendar;
use super::dice::Dice;
use super::place::Place;
use super::staff::Slot;
use super::topics;
use super::works::{self, Work};
use crate::journal::{Lesson, Period, PeriodKind};
use chrono::{Datelike, Days, NaiveDate};

/// What a page's lessons are made from.
pub(super) struct Context<'a> {
    pub(super) seed: u64,
    pub(super) place: Place,
    pub(super) block: &'a Block,
    pub(super) period: Period,
    /// The grade's days of lessons in the year.
    pub(super) days: &'a [NaiveDate],
}

/// Lessons before anybody got a mark.
pub(super) struct Draft {
    pub(super) lessons: Vec<Lesson>,
    /// The work the whole class does in a lesson.
    pub(super) works: Vec<Option<&'static Work>>,
    /// What single pupils get marks for.
    pub(super) single: &'static [&'static str],
    /// How many of the lessons lie before the day the finals are set.
    pub(super) markable: usize,
    /// The day the finals are set.
    pub(super) finals_set: NaiveDate,
}

/// What stands before the topic of a lesson somebody else gave.
const SUBSTITUTION: &str = "Замещение. ";

/// A lesson of the year: when, and which one of the page's.
struct Held {
    date: NaiveDate,
    slot: Slot,
}

/// The lessons of the page with this index in the class.
pub(super) fn draft(context: &Context, index: usize, plan: &PagePlan) -> Draft {
    let Context { seed, place, period, .. } = *context;
    let year = held(plan, context.days);
    let mut dice = Dice::new(seed, &format!("lessons/{}/{index}", place.index()));
    let topics = topics::year(plan.subject, place.grade, year.len(), &mut dice);
    let mut lessons = Vec::new();
    let mut programme = Vec::new();
    for (number, held) in year.iter().enumerate() {
        let homework = topics::homework(plan.subject.style, number, &mut dice);
        if !(period.from..=period.to).contains(&held.date) {
            continue;
        }
        let mut lesson = Lesson {
            date: held.date,
            homework: homework.filter(|_| place.grade > 1),
            id: place.lesson_id(index, number),
            number: held.slot.number,
            substitute: None,
            topic: Some(topics[number].text.clone()),
        };
        substitute(context, plan, held.slot, &mut lesson);
        lessons.push(lesson);
        programme.push(topics[number].programme);
    }
    with_works(context, plan, lessons, &programme, &mut dice)
}

/// All lessons of the year by the timetable.
fn held(plan: &PagePlan, days: &[NaiveDate]) -> Vec<Held> {
    let on = |date: &NaiveDate| {
        let (date, weekday) = (*date, date.weekday().num_days_from_monday());
        let slots = plan.slots.iter().filter(move |s| s.weekday == weekday);
        slots.map(move |slot| Held { date, slot: *slot })
    };
    days.iter().flat_map(on).collect()
}

/// Lets a colleague give the lesson when the teacher is ill and one is free (R1 2.1, R3 5.8: the word
/// «Замещение» stands in the topic).
fn substitute(context: &Context, plan: &PagePlan, slot: Slot, lesson: &mut Lesson) {
    let staff = &context.block.staff;
    if !staff.teachers[plan.teacher].is_ill(lesson.date) {
        return;
    }
    if let Some(colleague) = staff.substitute(plan.teacher, slot) {
        lesson.substitute = Some(staff.teachers[colleague].id.clone());
        lesson.topic = lesson.topic.take().map(|topic| format!("{SUBSTITUTION}{topic}"));
    }
}

/// Spreads the works of the whole class over the lessons before the finals.
fn with_works(
    context: &Context,
    plan: &PagePlan,
    mut lessons: Vec<Lesson>,
    programme: &[&str],
    dice: &mut Dice,
) -> Draft {
    let (whole, single) = works::of_style(plan.subject.style);
    let finals_set = finals_day(context, dice);
    let markable = lessons.iter().filter(|l| l.date <= finals_set).count();
    let mut planned = vec![None; lessons.len()];
    let count = if context.place.grade == 1 { 0 } else { (markable / 7 + 1).min(markable) };
    let before = done_before(context.period, count);
    for turn in 0..count {
        let kind = |n: usize| whole[n % whole.len()];
        let work = works::by_abbr(kind(before + turn));
        let number = (0..=before + turn).filter(|n| kind(*n) == work.abbr).count();
        let lesson = (turn + 1) * markable / count - 1;
        planned[lesson] = Some(work);
        let topic = work.topic(number, programme[lesson]);
        let stood_in = lessons[lesson].substitute.is_some();
        lessons[lesson].topic =
            Some(if stood_in { format!("{SUBSTITUTION}{topic}") } else { topic });
    }
    Draft { lessons, works: planned, single, markable, finals_set }
}

/// How many works of the whole class came in the year's earlier periods.
fn done_before(period: Period, count: usize) -> usize {
    period.number.map_or(0, |n| n as usize - 1) * count
}

/// At least two days before the end of the period (R1 6.4.7).
fn finals_day(context: &Context, dice: &mut Dice) -> NaiveDate {
    let date = context.period.to - Days::new(dice.between(2, 4) as u64);
    calendar::school_day_up_to(date, context.place.grade)
}

/// How many marks a pupil gets beyond the least a final needs, from and to.
pub(super) fn extra_marks(kind: PeriodKind, hours: usize) -> (usize, usize) {
    match kind {
        PeriodKind::HalfYear => (2, 4),
        _ if hours == 1 => (0, 1),
        _ => (0, 2),
    }
}
