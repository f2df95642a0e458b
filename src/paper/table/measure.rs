//! Setting every cell and finding the heights of the rows.

use super::cut::Laid;
use super::{Align, Cell, Flow, Look, Row, RowKind, TICK, Table, Width, face};
use crate::paper::font::{Printable, Style};
use crate::paper::wrap::{fit_box, fit_line, wrap};
use crate::paper::{Length, PaperError, Place};
use std::ops::Range;

/// A cell with its lines.
#[derive(Debug)]
pub(super) struct LaidCell {
    pub(super) columns: Range<usize>,
    pub(super) rows: usize,
    pub(super) style: Style,
    pub(super) align: Align,
    pub(super) turned: bool,
    pub(super) shaded: bool,
    pub(super) tick: bool,
    pub(super) lines: Vec<Printable>,
    /// Height it needs, the space above and below included.
    pub(super) height: Length,
}

/// A row with its cells and its height.
#[derive(Debug)]
pub(super) struct LaidRow {
    pub(super) name: String,
    pub(super) cells: Vec<LaidCell>,
    pub(super) height: Length,
    /// Rows from here on that belong together; 0 inside such a group.
    pub(super) block: usize,
    /// Kept with the row after it.
    pub(super) heads: bool,
    /// Cells stand in the middle of the height, not at its top.
    pub(super) middle: bool,
}

impl LaidRow {
    /// Whether a side's end may part it.
    pub(super) fn splits(&self) -> bool {
        self.block == 1 && !self.cells.iter().any(|cell| cell.turned)
    }
}

/// Heights tried for a turned text that needs several lines grow by this.
const TURNED_STEP: Length = Length::pt(2);

impl Table<'_> {
    /// Sets all cells for a table of this width and finds the height of every row. Fixed columns keep their
    /// width; what they leave is shared out.
    ///
    /// # Errors
    /// [`PaperError::NoGlyph`], [`PaperError::TooNarrow`] and [`PaperError::TooManyCells`] with the row and
    /// column.
    pub fn measure(&self, width: Length, place: &Place<'_>) -> Result<Laid, PaperError> {
        let edges = self.edges(width);
        let header = self.rows(&self.header, true, &edges, place)?;
        let rows = self.rows(&self.rows, false, &edges, place)?;
        Ok(Laid::new(edges, header, rows, self.look, place))
    }

    /// Left borders of the columns, and the right border of the last.
    fn edges(&self, width: Length) -> Vec<Length> {
        let (mut fixed, mut shares) = (Length::ZERO, 0);
        for column in &self.columns {
            match column.width {
                Width::Exactly(exactly) => fixed += exactly,
                Width::Share(share) => shares += i32::from(share),
            }
        }
        let left = (width - fixed).max(Length::ZERO);
        let (mut edges, mut sum, mut given) = (vec![Length::ZERO], Length::ZERO, 0);
        for column in &self.columns {
            match column.width {
                Width::Exactly(exactly) => sum += exactly,
                Width::Share(share) => {
                    let before = left.part(given, shares);
                    given += i32::from(share);
                    sum += left.part(given, shares) - before;
                }
            }
            edges.push(sum);
        }
        edges
    }

    fn rows(
        &self,
        rows: &[Row<'_>],
        header: bool,
        edges: &[Length],
        place: &Place<'_>,
    ) -> Result<Vec<LaidRow>, PaperError> {
        let mut busy = vec![0; self.columns.len()];
        let mut laid = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let setting = Setting { table: self, row, header, left: rows.len() - index, edges };
            laid.push(setting.row(&mut busy, &place.at(&row.name))?);
        }
        let least = if header { self.look.header_height } else { self.look.row_height };
        heights(&mut laid, least);
        blocks(&mut laid, header);
        Ok(laid)
    }
}

/// One row being set.
struct Setting<'s> {
    table: &'s Table<'s>,
    row: &'s Row<'s>,
    header: bool,
    /// Rows from this one to the last.
    left: usize,
    edges: &'s [Length],
}

impl Setting<'_> {
    /// `busy` counts, for each column, the rows that a cell above still reaches into.
    fn row(&self, busy: &mut [usize], place: &Place<'_>) -> Result<LaidRow, PaperError> {
        let mut cells = Vec::with_capacity(busy.len());
        let mut at = 0;
        for cell in &self.row.cells {
            at += free(busy, at);
            let columns = at..at + 1 + usize::from(cell.more_columns);
            if busy.get(columns.clone()).is_none_or(|below| below.iter().any(|&rows| rows > 0)) {
                let (place, columns) = (place.to_string(), busy.len());
                return Err(PaperError::TooManyCells { place, columns });
            }
            at = columns.end;
            cells.push(self.cell(cell, columns, place)?);
        }
        let blank = Cell::default();
        loop {
            at += free(busy, at);
            if at >= busy.len() {
                break;
            }
            cells.push(self.cell(&blank, at..at + 1, place)?);
            at += 1;
        }
        for rows in busy.iter_mut() {
            *rows = rows.saturating_sub(1);
        }
        for cell in &cells {
            busy[cell.columns.clone()].fill(cell.rows - 1);
        }
        let middle = self.header || self.row.kind != RowKind::Body;
        let heads = self.row.kind == RowKind::Section;
        let name = place.to_string();
        Ok(LaidRow { name, cells, height: Length::ZERO, block: 0, heads, middle })
    }

    fn cell(
        &self,
        cell: &Cell<'_>,
        columns: Range<usize>,
        place: &Place<'_>,
    ) -> Result<LaidCell, PaperError> {
        let column = &self.table.columns[columns.start];
        let heading = self.header || self.row.kind == RowKind::Section;
        let bold = cell.bold || self.header || self.row.kind != RowKind::Body;
        let size = cell.size.unwrap_or(column.style.size);
        let align = match cell.align {
            Some(align) => align,
            None if self.header => Align::Middle,
            None if heading => Align::Left,
            None => column.align,
        };
        let flow = cell.flow.unwrap_or(if heading { Flow::Wrap } else { column.flow });
        let width = self.edges[columns.end] - self.edges[columns.start];
        let style = Style::new(face(column, bold), size);
        let place = place.at(&column.name);
        let set = if cell.text.is_empty() {
            let tick = TICK + self.table.look.above * 2;
            let height = if cell.tick { tick } else { Length::ZERO };
            Set { style, lines: Vec::new(), height }
        } else {
            set(
                style.face.printable(&cell.text, &place)?,
                style,
                flow,
                width,
                &self.table.look,
                &place,
            )?
        };
        Ok(LaidCell {
            columns,
            rows: (1 + usize::from(cell.more_rows)).min(self.left),
            style: set.style,
            align,
            turned: flow == Flow::Turned,
            shaded: cell.shaded,
            tick: cell.tick,
            lines: set.lines,
            height: set.height,
        })
    }
}

/// How many columns from `at` on a cell above reaches into.
fn free(busy: &[usize], at: usize) -> usize {
    busy.iter().skip(at).take_while(|&&rows| rows > 0).count()
}

/// A text made to fit.
struct Set {
    style: Style,
    lines: Vec<Printable>,
    height: Length,
}

/// Makes a text fit a cell of this width, borders included.
fn set(
    text: Printable,
    style: Style,
    flow: Flow,
    width: Length,
    look: &Look,
    place: &Place<'_>,
) -> Result<Set, PaperError> {
    let inner = width - look.beside * 2;
    let (style, lines) = match flow {
        Flow::Turned => return turned(text, style, width, look, place),
        Flow::Wrap if text.width(style.size) <= inner => (style, vec![text]),
        Flow::Wrap => (style, wrap(&text, style.size, inner, place)?),
        Flow::Shrink(least) => match fit_line(&text, inner, least..=style.size) {
            Some(size) => (Style { size, ..style }, vec![text]),
            None => (Style { size: least, ..style }, wrap(&text, least, inner, place)?),
        },
    };
    let height = style.leading() * lines.len() as i32 + look.above * 2;
    Ok(Set { style, lines, height })
}

/// Letters of a turned text are made smaller to fit a narrow column, but not below this.
const LEAST_TURNED: Length = Length::pt(4);

/// A word of a turned text is not broken unless it is longer than this.
const LONGEST_TURNED_WORD: Length = Length::mm(60);

/// Finds the least height at which a turned text's lines stand side by side within the width.
fn turned(
    text: Printable,
    style: Style,
    width: Length,
    look: &Look,
    place: &Place<'_>,
) -> Result<Set, PaperError> {
    let inner = width - look.above * 2;
    let style = Style { size: style.size.min(inner.part(10, 12)), ..style };
    if style.size < LEAST_TURNED {
        let (text, place) = (text.as_str().to_owned(), place.to_string());
        return Err(PaperError::TooNarrow { text, place });
    }
    let whole = text.width(style.size);
    let side_by_side = (inner.in_thousandths() / style.leading().in_thousandths()).max(1);
    let mut run = (whole / side_by_side).max(longest_word(&text, style.size));
    while run < whole {
        if let Some((_, lines)) = fit_box(&text, run, inner, style.size..=style.size) {
            return Ok(Set { style, lines, height: run + look.beside * 2 });
        }
        run += TURNED_STEP;
    }
    Ok(Set { style, lines: vec![text], height: whole + look.beside * 2 })
}

fn longest_word(text: &Printable, size: Length) -> Length {
    let mut longest = Length::ZERO;
    let mut from = 0;
    for word in text.as_str().split_inclusive(' ') {
        longest = longest.max(text.cut(from, from + word.len()).width(size));
        from += word.len();
    }
    longest.min(LONGEST_TURNED_WORD)
}

/// Gives every row the height its cells need.
fn heights(rows: &mut [LaidRow], least: Length) {
    for row in rows.iter_mut() {
        let needed = row.cells.iter().filter(|cell| cell.rows == 1).map(|cell| cell.height).max();
        row.height = least.max(needed.unwrap_or(least));
    }
    for first in 0..rows.len() {
        let reaching = rows[first].cells.iter().filter(|cell| cell.rows > 1);
        for (down, needed) in reaching.map(|cell| (cell.rows, cell.height)).collect::<Vec<_>>() {
            let reached = &mut rows[first..first + down];
            let missing = needed - reached.iter().map(|row| row.height).sum();
            if let Some(last) = reached.last_mut() {
                last.height += missing.max(Length::ZERO);
            }
        }
    }
}

/// Marks the rows that belong together because a cell reaches over them; a header belongs together whole.
fn blocks(rows: &mut [LaidRow], header: bool) {
    let mut first = 0;
    while first < rows.len() {
        let mut end = if header { rows.len() } else { first + 1 };
        let mut row = first;
        while row < end {
            let reach = rows[row].cells.iter().map(|cell| cell.rows).max().unwrap_or(1);
            end = end.max(row + reach);
            row += 1;
        }
        rows[first].block = end - first;
        first = end;
    }
}
