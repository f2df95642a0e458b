//! The order (приказ) that appoints the holder of a key.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Number and date of an order, written `12-к/2025-09-01`. The number has 1–32 letters, digits, `.`,
/// `-` and `/`: it stands in the register, where no free text may stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderRef {
    number: String,
    date: NaiveDate,
}

/// Why a text names no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefError {
    /// Not 1–32 letters, digits, `.`, `-`, `/`.
    #[error(
        "`{0}` is no number of an order; it must be 1 to 32 letters, digits, dots, hyphens and slashes"
    )]
    Number(String),
    /// Not number, `/` and date.
    #[error("`{0}` does not end with `/` and a date; write number and date like 12-к/2025-09-01")]
    Date(String),
}

impl OrderRef {
    /// The order with this number and date.
    ///
    /// # Errors
    /// When the number is empty, long or has other characters, or the year has not four digits.
    pub fn new(number: &str, date: NaiveDate) -> Result<Self, OrderRefError> {
        let known = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/');
        if !(1..=32).contains(&number.chars().count()) || !number.chars().all(known) {
            return Err(OrderRefError::Number(number.to_owned()));
        }
        if date.to_string().len() != 10 {
            return Err(OrderRefError::Date(format!("{number}/{date}")));
        }
        Ok(OrderRef { number: number.to_owned(), date })
    }

    /// The number, `12-к`.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The date of the order, local to the school.
    pub fn date(&self) -> NaiveDate {
        self.date
    }
}

impl FromStr for OrderRef {
    type Err = OrderRefError;

    fn from_str(text: &str) -> Result<Self, OrderRefError> {
        let bad = || OrderRefError::Date(text.to_owned());
        // The number may have slashes of its own, the date has none.
        let (number, day) = text.rsplit_once('/').ok_or_else(bad)?;
        let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| bad())?;
        // chrono also takes `2025-9-1`, which would be a second way to write the same order.
        if date.to_string() != day {
            return Err(bad());
        }
        OrderRef::new(number, date)
    }
}

impl TryFrom<String> for OrderRef {
    type Error = OrderRefError;
    fn try_from(text: String) -> Result<Self, OrderRefError> {
        text.parse()
    }
}

impl From<OrderRef> for String {
    fn from(order: OrderRef) -> String {
        order.to_string()
    }
}

impl fmt::Display for OrderRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.date)
    }
}
