//! Where a text stands, for messages.

use std::fmt;

/// A path of names from the form down to a cell: «7А, I четверть › Алгебра › пупил 7».
///
/// It lives on the stack and costs nothing until it is shown.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    within: Option<&'a Place<'a>>,
    name: &'a str,
}

impl<'a> Place<'a> {
    /// The outermost place: a form.
    pub const fn of(name: &'a str) -> Place<'a> {
        Place { within: None, name }
    }

    /// A place within this one. An empty name is not shown.
    pub const fn at(&'a self, name: &'a str) -> Place<'a> {
        Place { within: Some(self), name }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within {
            within.fmt(f)?;
            if !self.name.is_empty() {
                f.write_str(" › ")?;
            }
        }
        f.write_str(self.name)
    }
}
