//! Cutting a measured table into parts, one for each side.

use super::Look;
use super::measure::LaidRow;
use crate::paper::{Length, PaperError, Place};

/// A row that has to be parted begins on a side only where this much of it fits.
const LEAST_BEGINNING: Length = Length::mm(15);

/// A measured table, given out part by part.
#[derive(Debug)]
pub struct Laid {
    pub(super) edges: Vec<Length>,
    pub(super) header: Vec<LaidRow>,
    pub(super) rows: Vec<LaidRow>,
    pub(super) look: Look,
    header_height: Length,
    place: String,
    /// The next row.
    next: usize,
    /// Lines of the next row's cells that stand in earlier parts; empty: none.
    given: Vec<usize>,
}

/// Rows, or a piece of one row, as they stand in a part.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) row: usize,
    pub(super) height: Length,
    /// First and last line of each cell, for a piece of a parted row.
    pub(super) lines: Option<Vec<(usize, usize)>>,
}

/// The part of a table that stands on one side.
#[derive(Debug)]
pub struct Part<'t> {
    pub(super) table: &'t Laid,
    pub(super) pieces: Vec<Piece>,
    height: Length,
    done: bool,
}

impl Part<'_> {
    /// Height of the part, header rows included.
    pub fn height(&self) -> Length {
        self.height
    }

    /// Whether it ends the table.
    pub fn is_last(&self) -> bool {
        self.done
    }

    /// The rows of the table that stand in this part, whole or in pieces, counted from 0.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().map(|piece| piece.row)
    }
}

impl Laid {
    pub(super) fn new(
        edges: Vec<Length>,
        header: Vec<LaidRow>,
        rows: Vec<LaidRow>,
        look: Look,
        place: &Place<'_>,
    ) -> Laid {
        let header_height = header.iter().map(|row| row.height).sum();
        let place = place.to_string();
        Laid { edges, header, rows, look, header_height, place, next: 0, given: Vec::new() }
    }

    /// Width of the table.
    pub fn width(&self) -> Length {
        self.edges.last().copied().unwrap_or(Length::ZERO)
    }

    /// Where the table stands, for messages.
    pub(in crate::paper) fn place(&self) -> &str {
        &self.place
    }

    /// Height of the header rows.
    pub fn header_height(&self) -> Length {
        self.header_height
    }

    /// Height of what is still to be given out, on a single side, header rows included.
    pub fn height_left(&self) -> Length {
        let row = |index: usize| match index == self.next {
            true => self.rest_of_next().0,
            false => self.rows[index].height,
        };
        self.header_height + (self.next..self.rows.len()).map(row).sum()
    }

    /// Whether everything was given out.
    pub fn is_done(&self) -> bool {
        self.next == self.rows.len()
    }

    /// The next part, for a side that has this height left: as many whole rows as fit. A row that no side of
    /// this height could hold is parted at a line. Without rows left, the header alone.
    ///
    /// The part may hold no row when the height left is less than `whole`, the height an empty side has: then
    /// the table begins on the next side.
    ///
    /// # Errors
    /// [`PaperError::TooTall`] when an empty side has no room for the header and one line, or for rows that
    /// cannot be parted.
    pub fn cut(&mut self, height: Length, whole: Length) -> Result<Part<'_>, PaperError> {
        let mut pieces = Vec::new();
        let mut left = height - self.header_height;
        let (room, empty) = (whole - self.header_height, height >= whole);
        while self.next < self.rows.len() {
            let (needed, rows) = self.kept_together(room);
            if needed <= left {
                left -= needed;
                self.take(rows, &mut pieces);
                continue;
            }
            let parted = needed > room && self.rows[self.next].splits();
            if parted && (pieces.is_empty() && empty || left >= LEAST_BEGINNING.min(room)) {
                let piece = self.piece(left);
                if let Some(piece) = piece {
                    left -= piece.height;
                    pieces.push(piece);
                }
            }
            if pieces.is_empty() && empty {
                return Err(PaperError::TooTall { place: self.next_name().to_owned() });
            }
            break;
        }
        let (height, done) = (height - left, self.is_done());
        Ok(Part { table: self, pieces, height, done })
    }

    fn next_name(&self) -> &str {
        self.rows.get(self.next).map_or(&self.place, |row| &row.name)
    }

    /// Height and number of the rows from the next on that must stand on one side: a group, with the headings
    /// before it when all of it fits an empty side.
    fn kept_together(&self, room: Length) -> (Length, usize) {
        let (mut needed, mut rows) = self.rest_of_next();
        while self.rows[self.next + rows - 1].heads && self.next + rows < self.rows.len() {
            let from = self.next + rows;
            let group = self.rows[from].block;
            let more = self.rows[from..from + group].iter().map(|row| row.height).sum();
            if needed + more > room {
                break;
            }
            needed += more;
            rows += group;
        }
        (needed, rows)
    }

    /// Height and number of the rows of the next group; of a begun row, what is left of it.
    fn rest_of_next(&self) -> (Length, usize) {
        let Some(row) = self.rows.get(self.next) else { return (Length::ZERO, 0) };
        if self.given.is_empty() {
            let group = &self.rows[self.next..self.next + row.block];
            return (group.iter().map(|row| row.height).sum(), row.block);
        }
        let left = row.cells.iter().zip(&self.given).map(|(cell, &given)| {
            cell.style.leading() * (cell.lines.len() - given) as i32 + self.look.above * 2
        });
        (left.max().unwrap_or(Length::ZERO).max(self.look.row_height), 1)
    }

    fn take(&mut self, rows: usize, pieces: &mut Vec<Piece>) {
        let begun = (!self.given.is_empty()).then(|| {
            let height = self.rest_of_next().0;
            let cells = self.rows[self.next].cells.iter().zip(self.given.drain(..));
            (height, cells.map(|(cell, given)| (given, cell.lines.len())).collect())
        });
        for row in self.next..self.next + rows {
            pieces.push(Piece { row, height: self.rows[row].height, lines: None });
        }
        if let (Some((height, lines)), Some(first)) = (begun, pieces.len().checked_sub(rows)) {
            pieces[first] = Piece { row: self.next, height, lines: Some(lines) };
        }
        self.next += rows;
    }

    /// As many lines of the next row as fit; `None` when some cell's next line does not fit.
    fn piece(&mut self, left: Length) -> Option<Piece> {
        let row = &self.rows[self.next];
        if self.given.is_empty() {
            self.given = vec![0; row.cells.len()];
        }
        let mut lines = Vec::with_capacity(row.cells.len());
        let mut height = Length::ZERO;
        for (cell, &given) in row.cells.iter().zip(&self.given) {
            let leading = cell.style.leading();
            let room = (left - self.look.above * 2).in_thousandths() / leading.in_thousandths();
            let taken = (room.max(0) as usize).min(cell.lines.len() - given);
            if taken == 0 && given < cell.lines.len() {
                if self.given.iter().all(|&given| given == 0) {
                    self.given.clear();
                }
                return None;
            }
            lines.push((given, given + taken));
            height = height.max(leading * taken as i32 + self.look.above * 2);
        }
        for (given, &(_, to)) in self.given.iter_mut().zip(&lines) {
            *given = to;
        }
        Some(Piece { row: self.next, height, lines: Some(lines) })
    }
}
