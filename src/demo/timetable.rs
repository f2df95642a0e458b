//! A class's week: every lesson in a slot, no gaps, teachers in one place at a time.

use super::dice::Dice;
use super::staff::{Slot, Slots};

/// An hour of the curriculum that wants a slot.
pub(super) struct Hour {
    /// Place in the curriculum.
    pub(super) subject: usize,
    /// When its teachers are in other classes.
    pub(super) taken: Slots,
}

/// Swaps tried for one class before the remaining collisions are left to other teachers.
const ROUNDS: usize = 600;

/// Rather repeat a subject in a day than call a teacher to two classes.
const COLLISION: usize = 10;

struct Week<'a> {
    hours: &'a [Hour],
    /// By day and number.
    slots: Vec<Slot>,
    /// Which hour stands in which slot.
    at: Vec<usize>,
}

impl Week<'_> {
    /// How bad it is that this hour stands in this slot.
    fn cost(&self, place: usize) -> usize {
        let (hour, slot) = (&self.hours[self.at[place]], self.slots[place]);
        let first = place + 1 - slot.number as usize;
        let same_day = self.at[first..].iter().zip(&self.slots[first..]);
        let same_day = same_day.take_while(|(_, s)| s.weekday == slot.weekday);
        let repeats = same_day.filter(|(h, _)| self.hours[**h].subject == hour.subject).count() - 1;
        repeats + if hour.taken.contains(slot) { COLLISION } else { 0 }
    }

    /// The two costs after swapping what stands in two slots.
    fn cost_swapped(&mut self, a: usize, b: usize) -> usize {
        self.at.swap(a, b);
        let cost = self.cost(a) + self.cost(b);
        self.at.swap(a, b);
        cost
    }

    /// Swaps an hour that stands badly with the best partner; a worse one is taken now and then, to get
    /// out of dead ends. False when every hour stands well.
    fn improve(&mut self, dice: &mut Dice) -> bool {
        let bad: Vec<usize> = (0..self.at.len()).filter(|&p| self.cost(p) > 0).collect();
        if bad.is_empty() {
            return false;
        }
        let place = *dice.pick(&bad);
        let offset = dice.below(self.at.len());
        let (own, all) = (self.cost(place), self.at.len());
        let mut best: Option<(isize, usize)> = None;
        for partner in (0..all).map(|p| (p + offset) % all) {
            if partner == place || self.at[partner] == self.at[place] {
                continue;
            }
            let before = own + self.cost(partner);
            let gain = before as isize - self.cost_swapped(place, partner) as isize;
            if best.is_none_or(|(most, _)| gain > most) {
                best = Some((gain, partner));
            }
        }
        if let Some((gain, partner)) = best
            && (gain >= 0 || dice.per_mille(100))
        {
            self.at.swap(place, partner);
        }
        true
    }
}

/// Gives every hour a slot of its own, in the order of `hours`; days are of equal length but for one
/// lesson and have no gaps. Subjects are spread over the days and teachers' other lessons avoided as far
/// as it goes.
pub(super) fn arrange(hours: &[Hour], dice: &mut Dice) -> Vec<Slot> {
    let longer = hours.len() % 5;
    let mut slots = Vec::with_capacity(hours.len());
    for weekday in 0..5 {
        let length = hours.len() / 5 + usize::from((weekday as usize) < longer);
        slots.extend((1..=length as u32).map(|number| Slot { weekday, number }));
    }
    let mut at: Vec<usize> = (0..hours.len()).collect();
    dice.shuffle(&mut at);
    let mut week = Week { hours, slots, at };
    for _ in 0..ROUNDS {
        if !week.improve(dice) {
            break;
        }
    }
    let mut placed: Vec<(usize, Slot)> = week.at.iter().copied().zip(week.slots).collect();
    placed.sort_unstable();
    placed.into_iter().map(|(_, slot)| slot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_week_has_no_gaps_and_keeps_clear_of_taken_slots() {
        let monday = |number| Slot { weekday: 0, number };
        let taken: Slots = (1..=3).map(monday).collect();
        let hours: Vec<Hour> = (0..30)
            .map(|i| Hour { subject: i / 3, taken: if i < 6 { taken } else { Slots::default() } })
            .collect();
        let slots = arrange(&hours, &mut Dice::new(7, "week"));
        let different: HashSet<Slot> = slots.iter().copied().collect();
        assert_eq!(different.len(), 30);
        assert!(slots.iter().all(|s| s.weekday < 5 && (1..=6).contains(&s.number)));
        assert!(slots[..6].iter().all(|s| !taken.contains(*s)));
        let days: HashSet<(usize, u32)> =
            hours.iter().zip(&slots).map(|(h, s)| (h.subject, s.weekday)).collect();
        assert_eq!(days.len(), 30, "no subject twice a day");
    }
}
