//! Limits for final marks, in exact hundredths.

use std::fmt;
use std::str::FromStr;

/// A decimal number with two places, 0,00 to 99,99; never a floating-point number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(u16);

/// Why a text is no number with two places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no number with two places; write it like \"2,65\"")]
pub struct HundredthsError(String);

impl Hundredths {
    /// So many hundredths: 265 is «2,65».
    ///
    /// # Errors
    /// Above 9999.
    pub fn new(count: u64) -> Result<Self, HundredthsError> {
        match u16::try_from(count) {
            Ok(count) if count <= 9999 => Ok(Hundredths(count)),
            _ => Err(HundredthsError(format!("{count}/100"))),
        }
    }

    /// How many hundredths.
    pub fn count(self) -> u16 {
        self.0
    }
}

impl FromStr for Hundredths {
    type Err = HundredthsError;

    /// Reads «2,65» or «2.65»: one or two digits, exactly two places.
    fn from_str(text: &str) -> Result<Self, HundredthsError> {
        let bad = || HundredthsError(text.to_owned());
        let (whole, places) = text.split_once([',', '.']).ok_or_else(bad)?;
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        let shaped = matches!(whole.len(), 1 | 2) && places.len() == 2;
        if !shaped || !digits(whole) || !digits(places) {
            return Err(bad());
        }
        format!("{whole}{places}").parse().map(Hundredths).map_err(|_| bad())
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{:02}", self.0 / 100, self.0 % 100)
    }
}

/// One line of the regulation's table: averages from … to … give this mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The mark, 1–5.
    pub mark: u8,
    /// Lowest average, inclusive.
    pub from: Hundredths,
    /// Highest average, inclusive.
    pub to: Hundredths,
}

/// Which final mark an average gives. Every average from 1,00 to 5,00 gives exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits(Vec<Limit>);

/// Why a table of limits cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitsError {
    /// Final marks are 1–5.
    #[error("there is no mark {0}; final marks are 1 to 5")]
    Mark(u8),
    /// A mark with two lines.
    #[error("mark {0} has two limits; give each mark one line")]
    Twice(u8),
    /// `from` above `to`.
    #[error("the limit of mark {mark} goes from {from} to {to}; put the lower number first")]
    Backwards {
        /// The mark.
        mark: u8,
        /// Its lower limit.
        from: Hundredths,
        /// Its upper limit.
        to: Hundredths,
    },
    /// A better average must not give a worse mark.
    #[error("mark {lower} stands above mark {higher}; a better average gives a better mark")]
    Order {
        /// The worse mark, given for the better average.
        lower: u8,
        /// The better mark.
        higher: u8,
    },
    /// Two lines claim one average.
    #[error("the average {at} belongs to both mark {lower} and mark {higher}; part the limits")]
    Overlap {
        /// The first average both claim.
        at: Hundredths,
        /// The mark below.
        lower: u8,
        /// The mark above.
        higher: u8,
    },
    /// An average no line claims.
    #[error("averages from {from} to {to} have no mark; the limits must cover 1,00 to 5,00")]
    Gap {
        /// First average without a mark.
        from: Hundredths,
        /// Last average without a mark.
        to: Hundredths,
    },
    /// A line reaches outside the averages there can be.
    #[error("the limit of mark {0} reaches outside 1,00 to 5,00; averages of marks do not")]
    Outside(u8),
}

/// Averages of marks 1–5 lie between these.
const LOWEST: Hundredths = Hundredths(100);
const HIGHEST: Hundredths = Hundredths(500);

impl Limits {
    /// A table that gives every average exactly one mark.
    ///
    /// # Errors
    /// All faults of the table at once, each with the index of the line it is about (the given order).
    pub fn new(given: Vec<Limit>) -> Result<Self, Vec<(usize, LimitsError)>> {
        let mut faults: Vec<_> = given.iter().enumerate().filter_map(of_one_line).collect();
        let mut lines: Vec<(usize, Limit)> = given.into_iter().enumerate().collect();
        lines.sort_by_key(|(_, limit)| (limit.from, limit.to));
        if faults.is_empty() {
            faults = between_lines(&lines);
        }
        if faults.is_empty() {
            Ok(Limits(lines.into_iter().map(|(_, limit)| limit).collect()))
        } else {
            Err(faults)
        }
    }

    /// The mark an average gives; `None` outside 1,00–5,00.
    pub fn mark_for(&self, average: Hundredths) -> Option<u8> {
        self.0.iter().find(|l| (l.from..=l.to).contains(&average)).map(|l| l.mark)
    }

    /// The lines from the lowest average to the highest.
    pub fn lines(&self) -> &[Limit] {
        &self.0
    }
}

fn of_one_line((index, limit): (usize, &Limit)) -> Option<(usize, LimitsError)> {
    let Limit { mark, from, to } = *limit;
    let fault = if !(1..=5).contains(&mark) {
        LimitsError::Mark(mark)
    } else if from > to {
        LimitsError::Backwards { mark, from, to }
    } else if from < LOWEST || to > HIGHEST {
        LimitsError::Outside(mark)
    } else {
        return None;
    };
    Some((index, fault))
}

/// Faults of neighbours, the lines being sorted by their lower limit.
fn between_lines(lines: &[(usize, Limit)]) -> Vec<(usize, LimitsError)> {
    let mut faults = Vec::new();
    let mut next = LOWEST;
    let mut below: Option<u8> = None;
    for &(index, Limit { mark, from, to }) in lines {
        match below {
            Some(lower) if from < next => {
                faults.push((index, LimitsError::Overlap { at: from, lower, higher: mark }));
            }
            _ if from > next => {
                let to = Hundredths(from.0 - 1);
                faults.push((index, LimitsError::Gap { from: next, to }));
            }
            _ => {}
        }
        match below {
            Some(lower) if lower == mark => faults.push((index, LimitsError::Twice(mark))),
            Some(higher) if higher > mark => {
                faults.push((index, LimitsError::Order { lower: mark, higher }));
            }
            _ => {}
        }
        next = next.max(Hundredths(to.0 + 1));
        below = Some(mark);
    }
    if next <= HIGHEST {
        let last = lines.last().map_or(0, |(index, _)| *index);
        faults.push((last, LimitsError::Gap { from: next, to: HIGHEST }));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(mark: u8, from: &str, to: &str) -> Limit {
        Limit { mark, from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn usual() -> Vec<Limit> {
        vec![
            limit(2, "1,00", "2,64"),
            limit(3, "2,65", "3,64"),
            limit(4, "3,65", "4,64"),
            limit(5, "4,65", "5,00"),
        ]
    }

    #[test]
    fn every_hundredth_has_the_mark_of_the_table() {
        let limits = Limits::new(usual()).unwrap();
        for count in 0..=600 {
            let mark = match count {
                100..=264 => Some(2),
                265..=364 => Some(3),
                365..=464 => Some(4),
                465..=500 => Some(5),
                _ => None,
            };
            assert_eq!(limits.mark_for(Hundredths::new(count).unwrap()), mark, "{count}");
        }
    }

    #[test]
    fn numbers_have_exactly_two_places() {
        assert_eq!("2,65".parse::<Hundredths>().unwrap().count(), 265);
        assert_eq!("2.65".parse::<Hundredths>().unwrap().to_string(), "2,65");
        assert_eq!(Hundredths::new(305).unwrap().to_string(), "3,05");
        for bad in ["2,6", "2,650", "265", ",65", "2,", "2,6x", "-2,65", "+2,65", "222,65", "2,٣٣"]
        {
            assert_eq!(bad.parse::<Hundredths>(), Err(HundredthsError(bad.to_owned())), "{bad}");
        }
        assert!(Hundredths::new(10_000).is_err());
    }

    #[test]
    fn limits_that_overlap_or_leave_gaps_are_refused() {
        let h = |text: &str| text.parse::<Hundredths>().unwrap();
        let with = |index: usize, line: Limit| {
            let mut lines = usual();
            lines[index] = line;
            Limits::new(lines).unwrap_err()
        };
        assert_eq!(
            with(1, limit(3, "2,60", "3,64")),
            [(1, LimitsError::Overlap { at: h("2,60"), lower: 2, higher: 3 })]
        );
        assert_eq!(
            with(1, limit(3, "2,70", "3,60")),
            [
                (1, LimitsError::Gap { from: h("2,65"), to: h("2,69") }),
                (2, LimitsError::Gap { from: h("3,61"), to: h("3,64") })
            ]
        );
        assert_eq!(
            with(3, limit(5, "4,65", "4,99")),
            [(3, LimitsError::Gap { from: h("5,00"), to: h("5,00") })]
        );
        assert_eq!(
            with(0, limit(2, "1,10", "2,64")),
            [(0, LimitsError::Gap { from: h("1,00"), to: h("1,09") })]
        );
        assert_eq!(
            Limits::new(Vec::new()).unwrap_err(),
            [(0, LimitsError::Gap { from: h("1,00"), to: h("5,00") })]
        );
    }

    #[test]
    fn lines_that_contradict_each_other_are_refused() {
        let with = |index: usize, line: Limit| {
            let mut lines = usual();
            lines[index] = line;
            Limits::new(lines).unwrap_err()
        };
        assert_eq!(with(1, limit(2, "2,65", "3,64")), [(1, LimitsError::Twice(2))]);
        assert_eq!(
            with(0, limit(4, "1,00", "2,64")),
            [(1, LimitsError::Order { lower: 3, higher: 4 })]
        );
        assert_eq!(with(2, limit(6, "3,65", "4,64")), [(2, LimitsError::Mark(6))]);
        assert_eq!(with(3, limit(5, "4,65", "5,01")), [(3, LimitsError::Outside(5))]);
        assert!(matches!(
            with(1, limit(3, "3,64", "2,65"))[..],
            [(1, LimitsError::Backwards { mark: 3, .. })]
        ));
    }
}
