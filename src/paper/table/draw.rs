//! Drawing a part: shades, borders, texts.

use super::cut::Part;
use super::measure::{LaidCell, LaidRow};
use super::{Align, TICK};
use crate::paper::{Direction, Frame, Ink, Length, Point, Run, Side};

/// A row in its place.
struct Placed<'p> {
    row: &'p LaidRow,
    top: Length,
    height: Length,
    /// Lines of each cell, for a piece of a parted row.
    lines: Option<&'p [(usize, usize)]>,
}

impl Part<'_> {
    /// Draws the part with its upper left corner at `at`.
    pub fn draw(&self, side: &mut Side, at: Point) {
        let rows = self.placed(at.y);
        for (index, placed) in rows.iter().enumerate() {
            for (number, cell) in placed.row.cells.iter().enumerate() {
                let bottom = rows[..(index + cell.rows).min(rows.len())].last();
                let bottom = bottom.map_or(placed.top, |last| last.top + last.height);
                let left = at.x + self.table.edges[cell.columns.start];
                let width = at.x + self.table.edges[cell.columns.end] - left;
                let frame = Frame::new(Point::new(left, placed.top), width, bottom - placed.top);
                if cell.shaded {
                    side.fill(frame, Ink::Pale);
                }
                if cell.tick {
                    let aside = Point::new((width - TICK) / 2, (frame.height - TICK) / 2);
                    let at = frame.at.moved(aside.x, aside.y);
                    side.outline(Frame::new(at, TICK, TICK), Length::pt10(8));
                }
                let lines = placed.lines.map_or(0..cell.lines.len(), |l| l[number].0..l[number].1);
                let hung = placed.lines.is_some()
                    || !placed.row.middle && placed.height > self.table.look.row_height;
                self.text(side, cell, lines, frame, hung);
            }
        }
        if let Some(thickness) = self.table.look.border {
            let edges = self.table.edges.iter().map(|edge| at.x + *edge).collect();
            Borders { rows: &rows, edges, thickness }.draw(side);
        }
    }

    fn placed(&self, mut top: Length) -> Vec<Placed<'_>> {
        let header = self.table.header.iter().map(|row| (row, row.height, None));
        let pieces = self
            .pieces
            .iter()
            .map(|piece| (&self.table.rows[piece.row], piece.height, piece.lines.as_deref()));
        let place = |(row, height, lines)| {
            let placed = Placed { row, top, height, lines };
            top += height;
            placed
        };
        header.chain(pieces).map(place).collect()
    }

    /// Texts of a cell; `hung` from its top, otherwise in the middle of its height.
    fn text(
        &self,
        side: &mut Side,
        cell: &LaidCell,
        lines: std::ops::Range<usize>,
        frame: Frame,
        hung: bool,
    ) {
        let look = &self.table.look;
        let leading = cell.style.leading();
        let block = leading * lines.len() as i32;
        let mut down = match (cell.turned, hung) {
            (true, _) => (frame.width - block) / 2,
            (false, true) => look.above,
            (false, false) => (frame.height - block) / 2,
        } + cell.style.ascent();
        let beside = look.beside;
        let run = if cell.turned { frame.height } else { frame.width };
        for line in &cell.lines[lines] {
            let width = line.width(cell.style.size);
            let along = match cell.align {
                Align::Left => beside,
                Align::Middle => (run - width) / 2,
                Align::Right => run - width - beside,
            };
            let (at, direction) = match cell.turned {
                true => (frame.at.moved(down, frame.height - along), Direction::Upwards),
                false => (frame.at.moved(along, down), Direction::Across),
            };
            let (text, size) = (line.clone(), cell.style.size);
            side.run(Run { text, size, at, direction, ink: Ink::Black });
            down += leading;
        }
    }
}

/// Borders of the cells; neighbouring pieces of a line become one line.
struct Borders<'p> {
    rows: &'p [Placed<'p>],
    edges: Vec<Length>,
    thickness: Length,
}

impl Borders<'_> {
    fn draw(&self, side: &mut Side) {
        let Some(last) = self.rows.last() else { return };
        let (bottom, columns) = (last.top + last.height, self.edges.len() - 1);
        // Rows each column is still reached into by a cell above, and where each upright line began.
        let mut reached = vec![0; columns];
        let mut begun: Vec<Option<Length>> = vec![None; columns + 1];
        // Upright lines of cells that reach down, by row and edge.
        let mut uprights = vec![vec![false; columns + 1]; self.rows.len()];
        for (index, placed) in self.rows.iter().enumerate() {
            let closed: Vec<bool> = reached.iter().map(|&rows| rows == 0).collect();
            self.level(side, placed.top, &closed);
            for cell in &placed.row.cells {
                let below = (index + cell.rows).min(self.rows.len());
                for upright in &mut uprights[index..below] {
                    upright[cell.columns.start] = true;
                    upright[cell.columns.end] = true;
                }
                reached[cell.columns.clone()].fill(cell.rows);
            }
            reached.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            for (edge, begun) in begun.iter_mut().enumerate() {
                match (uprights[index][edge], *begun) {
                    (true, None) => *begun = Some(placed.top),
                    (false, Some(top)) => {
                        self.upright(side, edge, top, placed.top);
                        *begun = None;
                    }
                    _ => {}
                }
            }
        }
        for (edge, top) in begun.iter().enumerate() {
            top.iter().for_each(|&top| self.upright(side, edge, top, bottom));
        }
        self.horizontal(side, 0, columns, bottom);
    }

    fn level(&self, side: &mut Side, y: Length, closed: &[bool]) {
        let mut column = 0;
        while column < closed.len() {
            let from = column;
            while column < closed.len() && closed[column] {
                column += 1;
            }
            if column > from {
                self.horizontal(side, from, column, y);
            }
            column += 1;
        }
    }

    fn horizontal(&self, side: &mut Side, from: usize, to: usize, y: Length) {
        let (from, to) = (Point::new(self.edges[from], y), Point::new(self.edges[to], y));
        side.line(from, to, self.thickness);
    }

    fn upright(&self, side: &mut Side, edge: usize, top: Length, bottom: Length) {
        let x = self.edges[edge];
        side.line(Point::new(x, top), Point::new(x, bottom), self.thickness);
    }
}
