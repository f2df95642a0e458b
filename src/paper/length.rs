//! Measures on paper.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in thousandths of a point (1/72 inch). Whole numbers, so that the same form is laid out the same
/// everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Length(i32);

impl Length {
    /// Nothing.
    pub const ZERO: Length = Length(0);

    /// Thousandths of a point.
    pub const fn thousandths(thousandths: i32) -> Length {
        Length(thousandths)
    }

    /// Points.
    pub const fn pt(points: i32) -> Length {
        Length(points * 1000)
    }

    /// Tenths of a point: `Length::pt10(85)` is 8.5 pt.
    pub const fn pt10(tenths: i32) -> Length {
        Length(tenths * 100)
    }

    /// Millimetres.
    pub const fn mm(millimetres: i32) -> Length {
        Length::mm10(millimetres * 10)
    }

    /// Tenths of a millimetre, rounded down to a thousandth of a point.
    pub const fn mm10(tenths: i32) -> Length {
        Length((tenths as i64 * 72_000 / 254) as i32)
    }

    /// In thousandths of a point.
    pub const fn in_thousandths(self) -> i32 {
        self.0
    }

    /// This length times `of / whole`, rounded down.
    pub const fn part(self, of: i32, whole: i32) -> Length {
        Length((self.0 as i64 * of as i64 / whole as i64) as i32)
    }
}

impl Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i32> for Length {
    type Output = Length;
    fn mul(self, times: i32) -> Length {
        Length(self.0 * times)
    }
}

impl Div<i32> for Length {
    type Output = Length;
    fn div(self, by: i32) -> Length {
        Length(self.0 / by)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(lengths: I) -> Length {
        lengths.fold(Length::ZERO, Add::add)
    }
}

/// A place on a side, counted from its upper left corner to the right and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// To the right.
    pub x: Length,
    /// Down.
    pub y: Length,
}

impl Point {
    /// From the upper left corner.
    pub const fn new(x: Length, y: Length) -> Point {
        Point { x, y }
    }

    /// The place so much further to the right and down.
    pub fn moved(self, right: Length, down: Length) -> Point {
        Point { x: self.x + right, y: self.y + down }
    }
}

/// A rectangle on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Upper left corner.
    pub at: Point,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

impl Frame {
    /// From its upper left corner and its measures.
    pub const fn new(at: Point, width: Length, height: Length) -> Frame {
        Frame { at, width, height }
    }
}
