//! Numbers in words: «сорок два», «двадцать одна тысяча».

use super::{Case, Gender, Noun};
use std::fmt;

/// A count that can be written in words: 0 to 999 999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u32);

/// More than can be written in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} cannot be written in words; counts on paper go up to 999 999")]
pub struct CountError(u64);

impl Count {
    /// The largest count there are words for.
    pub const MOST: u32 = 999_999;

    /// A count of something.
    ///
    /// # Errors
    /// Above [`Count::MOST`].
    pub fn new(n: usize) -> Result<Count, CountError> {
        let fits = u32::try_from(n).ok().filter(|n| *n <= Count::MOST);
        fits.map(Count).ok_or(CountError(n as u64))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0
    }

    /// «сорок две» with a feminine noun.
    pub fn in_words(self, gender: Gender, case: Case) -> String {
        if self.0 == 0 {
            return match case {
                Case::Nominative => "ноль".to_owned(),
                Case::Genitive => "нуля".to_owned(),
            };
        }
        let mut words = Vec::new();
        let thousands = self.0 / 1000;
        if thousands > 0 {
            below_thousand(thousands, Gender::Feminine, case, &mut words);
            words.push(Noun::THOUSAND.after(thousands, case));
        }
        below_thousand(self.0 % 1000, gender, case, &mut words);
        words.join(" ")
    }

    /// «сорок два листа».
    pub fn words_of(self, noun: &Noun, case: Case) -> String {
        format!("{} {}", self.in_words(noun.gender, case), noun.after(self.0, case))
    }

    /// «42 листа».
    pub fn figures_of(self, noun: &Noun, case: Case) -> String {
        format!("{} {}", self.0, noun.after(self.0, case))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Each number in the nominative and in the genitive.
type Pair = [&'static str; 2];

const HUNDREDS: [Pair; 9] = [
    ["сто", "ста"],
    ["двести", "двухсот"],
    ["триста", "трёхсот"],
    ["четыреста", "четырёхсот"],
    ["пятьсот", "пятисот"],
    ["шестьсот", "шестисот"],
    ["семьсот", "семисот"],
    ["восемьсот", "восьмисот"],
    ["девятьсот", "девятисот"],
];

/// 20 to 90.
const TENS: [Pair; 8] = [
    ["двадцать", "двадцати"],
    ["тридцать", "тридцати"],
    ["сорок", "сорока"],
    ["пятьдесят", "пятидесяти"],
    ["шестьдесят", "шестидесяти"],
    ["семьдесят", "семидесяти"],
    ["восемьдесят", "восьмидесяти"],
    ["девяносто", "девяноста"],
];

/// 3 to 19; one and two depend on the gender.
const UNITS: [Pair; 17] = [
    ["три", "трёх"],
    ["четыре", "четырёх"],
    ["пять", "пяти"],
    ["шесть", "шести"],
    ["семь", "семи"],
    ["восемь", "восьми"],
    ["девять", "девяти"],
    ["десять", "десяти"],
    ["одиннадцать", "одиннадцати"],
    ["двенадцать", "двенадцати"],
    ["тринадцать", "тринадцати"],
    ["четырнадцать", "четырнадцати"],
    ["пятнадцать", "пятнадцати"],
    ["шестнадцать", "шестнадцати"],
    ["семнадцать", "семнадцати"],
    ["восемнадцать", "восемнадцати"],
    ["девятнадцать", "девятнадцати"],
];

fn below_thousand(n: u32, gender: Gender, case: Case, words: &mut Vec<&'static str>) {
    let in_case = |pair: Pair| match case {
        Case::Nominative => pair[0],
        Case::Genitive => pair[1],
    };
    let (hundreds, mut rest) = (n as usize / 100, n as usize % 100);
    if hundreds > 0 {
        words.push(in_case(HUNDREDS[hundreds - 1]));
    }
    if rest >= 20 {
        words.push(in_case(TENS[rest / 10 - 2]));
        rest %= 10;
    }
    match rest {
        0 => {}
        1 => words.push(in_case(one(gender))),
        2 => words.push(in_case(two(gender))),
        _ => words.push(in_case(UNITS[rest - 3])),
    }
}

fn one(gender: Gender) -> Pair {
    match gender {
        Gender::Masculine => ["один", "одного"],
        Gender::Feminine => ["одна", "одной"],
        Gender::Neuter => ["одно", "одного"],
    }
}

fn two(gender: Gender) -> Pair {
    match gender {
        Gender::Feminine => ["две", "двух"],
        Gender::Masculine | Gender::Neuter => ["два", "двух"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn count(n: usize) -> Count {
        Count::new(n).unwrap()
    }

    #[test]
    fn a_count_in_words_agrees_with_its_noun() {
        for (n, noun, nominative, genitive) in [
            (0, Noun::SHEET, "ноль листов", "нуля листов"),
            (1, Noun::SHEET, "один лист", "одного листа"),
            (1, Noun::PAGE, "одна страница", "одной страницы"),
            (1, Noun::FILE, "одно дело", "одного дела"),
            (2, Noun::SHEET, "два листа", "двух листов"),
            (2, Noun::PAGE, "две страницы", "двух страниц"),
            (2, Noun::FILE, "два дела", "двух дел"),
            (11, Noun::SHEET, "одиннадцать листов", "одиннадцати листов"),
            (21, Noun::SHEET, "двадцать один лист", "двадцати одного листа"),
            (42, Noun::SHEET, "сорок два листа", "сорока двух листов"),
            (90, Noun::PAGE, "девяносто страниц", "девяноста страниц"),
            (100, Noun::SHEET, "сто листов", "ста листов"),
            (112, Noun::FILE, "сто двенадцать дел", "ста двенадцати дел"),
            (121, Noun::SHEET, "сто двадцать один лист", "ста двадцати одного листа"),
            (1_000, Noun::SHEET, "одна тысяча листов", "одной тысячи листов"),
            (2_002, Noun::PAGE, "две тысячи две страницы", "двух тысяч двух страниц"),
            (11_000, Noun::SHEET, "одиннадцать тысяч листов", "одиннадцати тысяч листов"),
            (
                21_001,
                Noun::FILE,
                "двадцать одна тысяча одно дело",
                "двадцати одной тысячи одного дела",
            ),
            (
                999_999,
                Noun::SHEET,
                "девятьсот девяносто девять тысяч девятьсот девяносто девять листов",
                "девятисот девяноста девяти тысяч девятисот девяноста девяти листов",
            ),
        ] {
            assert_eq!(count(n).words_of(&noun, Case::Nominative), nominative);
            assert_eq!(count(n).words_of(&noun, Case::Genitive), genitive);
        }
        assert_eq!(count(42).figures_of(&Noun::SHEET, Case::Nominative), "42 листа");
        assert_eq!(count(21).figures_of(&Noun::SHEET, Case::Genitive), "21 листа");
    }

    #[test]
    fn a_million_has_no_words() {
        assert_eq!(Count::new(1_000_000), Err(CountError(1_000_000)));
        assert_eq!(count(999_999).get(), Count::MOST);
    }

    /// Reads a number in words again, by its own table of words.
    fn read(text: &str) -> Option<u32> {
        let mut values: HashMap<&str, u32> =
            [("один", 1), ("одна", 1), ("одно", 1), ("два", 2), ("две", 2)].into();
        values.extend([("одного", 1), ("одной", 1), ("двух", 2), ("ноль", 0), ("нуля", 0)]);
        for case in 0..2 {
            values.extend(UNITS.iter().zip(3..).map(|(p, n)| (p[case], n)));
            values.extend(TENS.iter().zip(2..).map(|(p, n)| (p[case], n * 10)));
            values.extend(HUNDREDS.iter().zip(1..).map(|(p, n)| (p[case], n * 100)));
        }
        let (mut whole, mut part) = (0, 0);
        for word in text.split(' ') {
            if word.starts_with("тысяч") {
                (whole, part) = (part * 1000, 0);
            } else {
                part += values.get(word)?;
            }
        }
        Some(whole + part)
    }

    proptest! {
        #[test]
        fn words_read_back_as_the_number(n in 0usize..=999_999) {
            for gender in [Gender::Masculine, Gender::Feminine, Gender::Neuter] {
                for case in [Case::Nominative, Case::Genitive] {
                    let words = count(n).in_words(gender, case);
                    prop_assert_eq!(read(&words), Some(n as u32), "{}", words);
                }
            }
        }

        #[test]
        fn the_noun_after_words_is_the_noun_after_figures(n in 0usize..=999_999) {
            for case in [Case::Nominative, Case::Genitive] {
                let words = count(n).words_of(&Noun::SHEET, case);
                let figures = count(n).figures_of(&Noun::SHEET, case);
                prop_assert_eq!(words.rsplit(' ').next(), figures.rsplit(' ').next());
            }
        }
    }
}
