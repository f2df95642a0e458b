//! Russian as papers need it: numbers in words with the noun that belongs to them, names with initials,
//! dates and periods.

mod date;
mod name;
mod noun;
mod number;
mod period;

pub use date::{
    date_in_figures, date_in_words, day_and_month, day_month, local_day, local_moment, month,
    month_and_year, weekday,
};
pub use name::{Initials, NameError};
pub use noun::Noun;
pub use number::{Count, CountError};
pub use period::{period, period_alone, school_year};

/// Grammatical gender of what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// Один лист, два листа.
    Masculine,
    /// Одна страница, две страницы.
    Feminine,
    /// Одно дело, два дела.
    Neuter,
}

/// The cases papers use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Сорок два листа; 1 четверть.
    Nominative,
    /// (не более) сорока двух листов; (за) 1 четверти… года.
    Genitive,
}
