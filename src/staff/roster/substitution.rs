//! Who stands in for whom, by order.

use crate::register::{OrderRef, StaffId};
use crate::staff::text::Term;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// By this order one person signs for another who is away (замещение).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Substitution {
    /// Who is away.
    pub absent: StaffId,
    /// First day.
    pub from: NaiveDate,
    /// The director's order.
    pub order: OrderRef,
    /// Who signs instead.
    pub substitute: StaffId,
    /// Last day; `None` until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl Substitution {
    /// Whether it is in force on this day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.term().holds(on)
    }

    pub(super) fn term(&self) -> Term {
        Term { from: Some(self.from), until: self.until }
    }

    /// Whether it is the same substitution, whatever its last day.
    pub(super) fn is_the_same(&self, other: &Substitution) -> bool {
        Substitution { until: other.until, ..self.clone() } == *other
    }
}
