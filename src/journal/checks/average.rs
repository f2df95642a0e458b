//! Averages of marks: exact fractions of integers, rounded once.

use crate::journal::regulation::Hundredths;
use crate::journal::{Mark, MarkValue};
use std::str::FromStr;

/// The weight of a mark, in millionths. The sources write decimal text with comma or dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight(u64);

/// A text that is no weight.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no weight; a weight is 0 to 999999 with up to six places, like 1,5")]
pub struct WeightError(String);

impl Weight {
    /// What a mark without a weight weighs beside marks that have one.
    pub const ONE: Weight = Weight(1_000_000);
}

impl FromStr for Weight {
    type Err = WeightError;

    fn from_str(text: &str) -> Result<Self, WeightError> {
        let bad = || WeightError(text.to_owned());
        let (whole, places) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), "0"));
        let digits = |t: &str| (1..=6).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(places) {
            return Err(bad());
        }
        format!("{whole}{places:0<6}").parse().map(Weight).map_err(|_| bad())
    }
}

/// An average as an exact fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    sum: u128,
    weight: u128,
}

impl Average {
    /// The fraction `sum / weight`; `None` when there is nothing to divide by.
    fn new(sum: u128, weight: u128) -> Option<Self> {
        (weight > 0).then_some(Average { sum, weight })
    }

    /// Rounded to two places, half up: 2,644999… gives 2,64 and 2,645 gives 2,65. Rounding happens once.
    pub fn rounded(self) -> Hundredths {
        let count = (200 * self.sum + self.weight) / (2 * self.weight);
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        Hundredths::new(count).expect("an average of marks 1 to 5 is at most 5,00")
    }
}

/// What a pupil's marks in one subject come to. Only grades 1–5 count («5-» is a 5; «зач», «н/а», «.» do not).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Averages {
    grades: u32,
    sum: u128,
    weighted_sum: u128,
    weight: u128,
    any_weight: bool,
    unreadable: bool,
}

impl Averages {
    /// Takes a mark in; a mark without a weight weighs one.
    pub fn add(&mut self, mark: &Mark) {
        let MarkValue::Grade(grade) = MarkValue::read(&mark.value) else { return };
        let weight = match mark.weight.as_deref().map(Weight::from_str) {
            None => Weight::ONE,
            Some(Ok(weight)) => {
                self.any_weight = true;
                weight
            }
            Some(Err(_)) => {
                self.unreadable = true;
                Weight::ONE
            }
        };
        self.grades += 1;
        self.sum += u128::from(grade);
        self.weighted_sum += u128::from(grade) * u128::from(weight.0);
        self.weight += u128::from(weight.0);
    }

    /// Takes in what was gathered elsewhere: the same pupil on another page of the subject.
    pub fn merge(&mut self, other: &Averages) {
        self.grades += other.grades;
        self.sum += other.sum;
        self.weighted_sum += other.weighted_sum;
        self.weight += other.weight;
        self.any_weight |= other.any_weight;
        self.unreadable |= other.unreadable;
    }

    /// How many grades there are.
    pub fn grades(&self) -> u32 {
        self.grades
    }

    /// The simple average; `None` without grades.
    pub fn simple(&self) -> Option<Average> {
        Average::new(self.sum, u128::from(self.grades))
    }

    /// The weighted average; `None` when no mark has a weight, all weights are zero, or one cannot be read.
    pub fn weighted(&self) -> Option<Average> {
        let usable = self.any_weight && !self.unreadable;
        usable.then(|| Average::new(self.weighted_sum, self.weight)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(marks: &[(&str, Option<&str>)]) -> Averages {
        let mut averages = Averages::default();
        for (value, weight) in marks {
            let weight = weight.map(str::to_owned);
            averages.add(&Mark { value: (*value).to_owned(), weight, work: None });
        }
        averages
    }

    fn rounded(sum: u128, weight: u128) -> String {
        Average::new(sum, weight).unwrap().rounded().to_string()
    }

    #[test]
    fn averages_are_rounded_once_and_half_up() {
        assert_eq!(rounded(2_644_999, 1_000_000), "2,64");
        assert_eq!(rounded(2_645_000, 1_000_000), "2,65");
        assert_eq!(rounded(2_644_999_999_999, 1_000_000_000_000), "2,64");
        assert_eq!(rounded(3_645, 1_000), "3,65");
        assert_eq!(rounded(8, 3), "2,67");
        assert_eq!(rounded(5, 1), "5,00");
        assert_eq!(rounded(4_995, 1_000), "5,00");
    }

    #[test]
    fn every_half_hundredth_goes_up_and_all_below_it_goes_down() {
        for hundredths in 100..500_u128 {
            let half = hundredths * 10_000 + 5_000;
            let up = Average::new(half, 1_000_000).unwrap().rounded();
            let down = Average::new(half - 1, 1_000_000).unwrap().rounded();
            assert_eq!(u128::from(up.count()), hundredths + 1);
            assert_eq!(u128::from(down.count()), hundredths);
        }
    }

    #[test]
    fn only_grades_count() {
        let averages = of(&[("5-", None), ("зач", None), ("4", None), (".", None), ("н/а", None)]);
        assert_eq!(averages.grades(), 2);
        assert_eq!(averages.simple().unwrap().rounded().to_string(), "4,50");
        assert_eq!(averages.weighted(), None);
        assert_eq!(of(&[("зач", None)]).simple(), None);
    }

    #[test]
    fn weights_are_decimal_text_and_a_missing_one_is_one() {
        let averages = of(&[("5", Some("1,5")), ("3", Some("0.5")), ("4", None)]);
        assert_eq!(averages.simple().unwrap().rounded().to_string(), "4,00");
        assert_eq!(averages.weighted().unwrap().rounded().to_string(), "4,33");
        assert_eq!(of(&[("5", Some("0"))]).weighted(), None);
        assert_eq!(of(&[("5", Some("2")), ("4", Some("много"))]).weighted(), None);
        for bad in ["", "-1", "1e3", "1,", ",5", "1,0000001", "1000000", "1.2.3"] {
            assert_eq!(bad.parse::<Weight>(), Err(WeightError(bad.to_owned())), "{bad}");
        }
        assert_eq!("\u{a0}2 ".parse::<Weight>().unwrap(), "2,000000".parse().unwrap());
    }

    proptest! {
        #[test]
        fn equal_weights_give_the_simple_average(
            grades in prop::collection::vec(1_u8..=5, 1..60), weight in 1_u32..999_999,
        ) {
            let weight = weight.to_string();
            let texts: Vec<String> = grades.iter().map(u8::to_string).collect();
            let marks: Vec<_> = texts.iter().map(|g| (g.as_str(), Some(weight.as_str()))).collect();
            let averages = of(&marks);
            let simple = averages.simple().unwrap().rounded();
            prop_assert_eq!(averages.weighted().unwrap().rounded(), simple);
            prop_assert!((100..=500).contains(&simple.count()));
        }
    }
}
