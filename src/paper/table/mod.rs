//! Tables: measured before anything is drawn, cut over as many sides as they need.
//!
//! [`Table::measure`] sets every cell and finds the heights; [`Laid::cut`] gives the part that fits the height a
//! side has left, header rows first; [`Part::draw`] draws it. A text never leaves its cell: it is wrapped, made
//! smaller or turned, and the row grows with it. Rows stay whole while a side can hold them; a row higher than
//! a side goes on below the header of the next one.

mod cut;
mod draw;
mod measure;

pub use cut::{Laid, Part};

use super::{Face, Length, Style};
use std::borrow::Cow;

/// Width of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Exactly this.
    Exactly(Length),
    /// A share of what the other columns leave over, against the shares of the others.
    Share(u16),
}

/// How a text stands between the left and right border of its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// From the left.
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
}

/// How a text is made to fit its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Wrapped to the width.
    Wrap,
    /// On one line, in smaller letters down to this size when needed; wrapped when that is not enough.
    Shrink(Length),
    /// Turned, running upwards; wrapped to the least height at which its lines fit the width. Such a row is
    /// never split.
    Turned,
}

/// Side of the square of [`Cell::tick`].
const TICK: Length = Length::mm10(45);

/// A column and what its cells have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'a> {
    /// What it is called in messages.
    pub name: Cow<'a, str>,
    /// Its width.
    pub width: Width,
    /// Face and size of its body cells.
    pub style: Style,
    /// Where its body cells stand.
    pub align: Align,
    /// How its body cells fit.
    pub flow: Flow,
}

impl<'a> Column<'a> {
    /// A wrapped column from the left.
    pub fn new(name: impl Into<Cow<'a, str>>, width: Width, style: Style) -> Column<'a> {
        Column { name: name.into(), width, style, align: Align::Left, flow: Flow::Wrap }
    }

    /// With another place between the borders.
    pub fn align(mut self, align: Align) -> Column<'a> {
        self.align = align;
        self
    }

    /// With another way to fit.
    pub fn flow(mut self, flow: Flow) -> Column<'a> {
        self.flow = flow;
        self
    }
}

/// A cell. What it does not say itself comes from its row's kind, then from its column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell<'a> {
    text: Cow<'a, str>,
    more_columns: u16,
    more_rows: u16,
    bold: bool,
    shaded: bool,
    tick: bool,
    size: Option<Length>,
    align: Option<Align>,
    flow: Option<Flow>,
}

impl<'a> Cell<'a> {
    /// A cell of one column and one row.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// An empty square of 4.5 mm in the middle, to be ticked by hand.
    pub fn tick() -> Cell<'a> {
        Cell { tick: true, ..Cell::default() }
    }

    /// Over so many columns.
    pub fn across(mut self, columns: u16) -> Cell<'a> {
        self.more_columns = columns.saturating_sub(1);
        self
    }

    /// Over so many rows. Rows held together so are never parted by a side's end.
    pub fn down(mut self, rows: u16) -> Cell<'a> {
        self.more_rows = rows.saturating_sub(1);
        self
    }

    /// In bold letters.
    pub fn bold(mut self) -> Cell<'a> {
        self.bold = true;
        self
    }

    /// On a shade.
    pub fn shaded(mut self) -> Cell<'a> {
        self.shaded = true;
        self
    }

    /// In another size.
    pub fn size(mut self, size: Length) -> Cell<'a> {
        self.size = Some(size);
        self
    }

    /// At another place between the borders.
    pub fn align(mut self, align: Align) -> Cell<'a> {
        self.align = Some(align);
        self
    }

    /// Made to fit in another way.
    pub fn flow(mut self, flow: Flow) -> Cell<'a> {
        self.flow = Some(flow);
        self
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Cell<'a> {
    fn from(text: T) -> Cell<'a> {
        Cell::new(text)
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// One entry: cells as their columns say.
    Body,
    /// A heading between rows: bold, from the left; kept with the row after it.
    Section,
    /// A sum: bold, as its columns say otherwise.
    Total,
}

/// A row. Cells fill the columns from the left, passing over those a cell above reaches down into; columns
/// without a cell stay empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// What it is called in messages: a pupil, a lesson.
    pub name: Cow<'a, str>,
    /// What it is.
    pub kind: RowKind,
    /// Its cells.
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Row<'a> {
    /// A body row.
    pub fn new(name: impl Into<Cow<'a, str>>, cells: Vec<Cell<'a>>) -> Row<'a> {
        Row { name: name.into(), kind: RowKind::Body, cells }
    }

    /// A row of another kind.
    pub fn kind(mut self, kind: RowKind) -> Row<'a> {
        self.kind = kind;
        self
    }
}

/// What all cells of a table have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Thickness of the cell borders; `None` draws none.
    pub border: Option<Length>,
    /// Between a text and the borders left and right of it.
    pub beside: Length,
    /// Between a text and the borders above and below it.
    pub above: Length,
    /// Least height of a header row.
    pub header_height: Length,
    /// Least height of any other row.
    pub row_height: Length,
}

impl Look {
    /// Borders of 0.4 pt, 1 mm beside and 0.3 mm above texts, rows of at least 5 mm.
    pub const USUAL: Look = Look {
        border: Some(Length::pt10(4)),
        beside: Length::mm(1),
        above: Length::mm10(3),
        header_height: Length::mm(5),
        row_height: Length::mm(5),
    };
}

/// A table as a form writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'a> {
    /// Columns from the left.
    pub columns: Vec<Column<'a>>,
    /// Rows that stand at the top of every part: bold, in the middle, wrapped; column groups are cells across
    /// several columns.
    pub header: Vec<Row<'a>>,
    /// The rows.
    pub rows: Vec<Row<'a>>,
    /// What all cells have in common.
    pub look: Look,
}

/// Face of a cell in a column.
fn face(column: &Column<'_>, bold: bool) -> Face {
    if bold { column.style.face.bold() } else { column.style.face }
}
