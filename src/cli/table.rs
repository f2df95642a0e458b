//! Tables on a terminal.

use std::fmt;

/// Lines of columns under a heading; a column of numbers stands to the right.
pub(super) struct Table {
    heading: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(heading: &[&str]) -> Table {
        Table { heading: heading.iter().map(ToString::to_string).collect(), lines: Vec::new() }
    }

    /// Adds a line; it has a cell for each heading.
    pub(super) fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        self.lines.push(cells.into_iter().collect());
    }

    fn is_number(cell: &str) -> bool {
        !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = |column: usize| self.lines.iter().filter_map(move |line| line.get(column));
        let columns = self.heading.iter().enumerate().map(|(column, heading)| {
            let longest = cells(column).chain([heading]).map(|cell| cell.chars().count()).max();
            let right = cells(column).all(|cell| Table::is_number(cell)) && !self.lines.is_empty();
            (longest.unwrap_or(0), right)
        });
        let columns: Vec<(usize, bool)> = columns.collect();
        for (place, line) in [&self.heading].into_iter().chain(&self.lines).enumerate() {
            let text = line.iter().zip(&columns).map(|(cell, (width, right))| match right {
                true => format!("{cell:>width$}"),
                false => format!("{cell:<width$}"),
            });
            let text = text.collect::<Vec<_>>().join("  ");
            let end = if place == self.lines.len() { "" } else { "\n" };
            write!(f, "{}{end}", text.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_no_line_ends_with_spaces() {
        let mut table = Table::new(&["class", "pupils", "lacks"]);
        table.line(["7А".to_owned(), "9".to_owned(), String::new()]);
        table.line(["10Б".to_owned(), "25".to_owned(), "homework".to_owned()]);
        let text = "class  pupils  lacks\n7А          9\n10Б        25  homework";
        assert_eq!(table.to_string(), text);
    }
}
