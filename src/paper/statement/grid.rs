//! Pupils × columns, over as many sheets as they need.

use super::Form;
use crate::paper::wording::forms::Role;
use crate::paper::{
    Align, Cell, Column, Face, Flow, Laid, Length, Look, PaperError, Place, Row, RowKind, Style,
    Table, Width, Writing,
};
use std::ops::Range;

/// A grid of pupils and bands of columns. Bands that do not fit one sheet stand on further ones; no band is
/// parted.
pub(super) struct Grid<'a> {
    /// Heading of the pupils' numbers.
    pub(super) number: &'a str,
    /// Heading of their names.
    pub(super) pupil: &'a str,
    /// Columns that belong together.
    pub(super) bands: Vec<Band>,
    /// The pupils.
    pub(super) rows: Vec<GridRow>,
    /// Heading of a wide column after all bands.
    pub(super) last: Option<&'a str>,
    /// What stands below the pupils: a name, and the cells of all bands.
    pub(super) total: Option<(&'a str, Vec<String>)>,
}

/// Columns that belong together: a subject, a month.
pub(super) struct Band {
    /// What stands above them.
    pub(super) title: String,
    /// Its columns; the only one of a band may be without a title.
    pub(super) columns: Vec<BandColumn>,
}

/// A column of a band.
pub(super) struct BandColumn {
    /// What stands above it.
    pub(super) title: String,
    /// How narrow it may be.
    pub(super) least: Length,
}

/// A pupil's line.
pub(super) struct GridRow {
    /// Name, with the sign of those who are not joined.
    pub(super) name: String,
    /// Stands on a shade.
    pub(super) marked: bool,
    /// The cells of all bands.
    pub(super) cells: Vec<String>,
    /// The cell of the wide column.
    pub(super) last: String,
}

/// The least width of a column of marks or counts.
pub(super) const NARROW: Length = Length::mm(6);
/// What such a column is widened to at most.
const WIDEST: Length = Length::mm(12);
/// Of the pupils' numbers.
const NUMBER: Length = Length::mm(7);
/// The least and the largest width of their names.
const NAME: (Length, Length) = (Length::mm(45), Length::mm(75));
/// The least width of the column after all bands.
const LAST: Length = Length::mm(42);
/// Rows of about this height go to the next sheet together with the signatures.
const WITH_SIGNATURES: Length = Length::mm(16);

const CELLS: Style = Style::new(Face::Narrow, Length::pt(8));
const HEADS: Length = Length::pt(7);
const LEAST: Length = Length::pt(5);
const LOOK: Look = Look { beside: Length::mm10(6), row_height: Length::mm10(45), ..Look::USUAL };

/// A column of counts.
pub(super) fn counts(title: &str) -> BandColumn {
    BandColumn { title: title.to_owned(), least: NARROW }
}

impl Grid<'_> {
    /// Writes the grid; its last rows stand on one sheet with these notes and signatures.
    pub(super) fn write(
        &self,
        form: &mut Form<'_>,
        notes: &[String],
        signed_by: &[Role],
    ) -> Result<(), PaperError> {
        let end = form.end(notes, signed_by)?;
        let place = Place::of(&form.title);
        let groups = self.groups(form.writing.width());
        let last = groups.len().saturating_sub(1);
        for (number, bands) in groups.into_iter().enumerate() {
            let with_last = number == last && self.last.is_some();
            let table = self.table(bands, with_last, form.writing.width());
            let mut laid = table.measure(form.writing.width(), &place)?;
            if number > 0 && laid.height_left() > form.writing.left() - Length::mm(5) {
                form.writing.turn();
            } else if number > 0 {
                form.writing.space(Length::mm(5));
            }
            let tail = if number == last { end } else { Length::ZERO };
            parts(&mut form.writing, &mut laid, tail)?;
        }
        Ok(())
    }

    /// Which bands stand beside each other.
    fn groups(&self, width: Length) -> Vec<Range<usize>> {
        let room = width - NUMBER - NAME.0;
        let (mut groups, mut from, mut used) = (Vec::new(), 0, Length::ZERO);
        for (at, band) in self.bands.iter().enumerate() {
            let wide = band.least();
            if at > from && used + wide > room {
                groups.push(from..at);
                (from, used) = (at, Length::ZERO);
            }
            used += wide;
        }
        groups.push(from..self.bands.len());
        if self.last.is_some() && used + LAST > room {
            let all = self.bands.len();
            groups.push(all..all);
        }
        groups
    }

    fn table(&self, bands: Range<usize>, with_last: bool, width: Length) -> Table<'_> {
        let before: usize = self.bands[..bands.start].iter().map(|band| band.columns.len()).sum();
        let bands = &self.bands[bands];
        let cells: usize = bands.iter().map(|band| band.columns.len()).sum();
        let cells = before..before + cells;
        let least: Length = bands.iter().map(Band::least).sum();
        let spare = width - NUMBER - NAME.0 - least - if with_last { LAST } else { Length::ZERO };
        let each = (spare / (cells.len() as i32).max(1)).min(WIDEST - NARROW);
        let more = if with_last { each.min(Length::mm(2)) } else { each };
        let name = (NAME.0 + spare - more * cells.len() as i32).min(NAME.1);
        let name = if with_last { NAME.0 } else { name };
        let mut columns = vec![
            Column::new(self.number, Width::Exactly(NUMBER), CELLS).align(Align::Right),
            Column::new(self.pupil, Width::Exactly(name), CELLS),
        ];
        for band in bands {
            let each = band.columns.iter().map(|column| {
                let name = match column.title.as_str() {
                    "" => band.title.clone(),
                    title => format!("{}, {title}", band.title),
                };
                Column::new(name, Width::Exactly(column.least + more), CELLS)
                    .align(Align::Middle)
                    .flow(Flow::Shrink(LEAST))
            });
            columns.extend(each);
        }
        let last = self.last.filter(|_| with_last);
        columns.extend(last.map(|name| Column::new(name, Width::Share(1), CELLS)));
        let rows =
            self.rows.iter().zip(1..).map(|(row, number)| row.row(number, &cells, with_last));
        let total = self.total.iter().map(|(name, all)| {
            let name = [Cell::new(*name).across(2)];
            let sums = all[cells.clone()].iter().map(|sum| Cell::new(sum.as_str()));
            Row::new("", name.into_iter().chain(sums).collect()).kind(RowKind::Total)
        });
        let rows = rows.chain(total).collect();
        Table { columns, header: self.header(bands, more, last), rows, look: LOOK }
    }

    fn header(&self, bands: &[Band], more: Length, last: Option<&str>) -> Vec<Row<'static>> {
        let flat =
            bands.iter().all(|band| matches!(&band.columns[..], [one] if one.title.is_empty()));
        let down = if flat { 1 } else { 2 };
        let head = |text: &str| Cell::new(text.to_owned()).size(HEADS);
        let turned = |text: &str| head(text).flow(Flow::Turned);
        let mut first = vec![head(self.number).down(down), head(self.pupil).down(down)];
        for band in bands {
            let wide = band.least() + more * band.columns.len() as i32;
            let title = if band.lies(wide) { head(&band.title) } else { turned(&band.title) };
            first.push(title.across(band.columns.len() as u16));
        }
        first.extend(last.map(|text| head(text).down(down)));
        let titles = bands.iter().flat_map(|band| &band.columns);
        let second = titles.map(|column| turned(&column.title)).collect();
        let second = (!flat).then(|| Row::new("", second));
        [Row::new("", first)].into_iter().chain(second).collect()
    }
}

impl Band {
    fn least(&self) -> Length {
        self.columns.iter().map(|column| column.least).sum()
    }

    /// Whether the title can lie above columns of this width without a word being broken.
    fn lies(&self, wide: Length) -> bool {
        // What cannot be printed is refused when the title is set.
        let narrow = |word: &str| {
            let word = Face::NarrowBold.printable(word, &Place::of(""));
            word.is_ok_and(|word| word.width(HEADS) <= wide - LOOK.beside * 2)
        };
        self.title.split([' ', '-']).all(narrow)
    }
}

impl GridRow {
    fn row(&self, number: usize, cells: &Range<usize>, with_last: bool) -> Row<'_> {
        let shade = |cell: Cell<'static>| if self.marked { cell.shaded() } else { cell };
        let mut row = vec![Cell::new(number.to_string()), shade(Cell::new(self.name.clone()))];
        row.extend(self.cells[cells.clone()].iter().map(|text| Cell::new(text.as_str())));
        row.extend(with_last.then(|| Cell::new(self.last.as_str())));
        Row::new(self.name.as_str(), row)
    }
}

/// Writes a measured table over as many sheets as it needs. Where the tail would be left alone on a sheet,
/// the last rows go there with it.
pub(super) fn parts(
    writing: &mut Writing,
    laid: &mut Laid,
    tail: Length,
) -> Result<(), PaperError> {
    loop {
        let (left, whole, at) = (writing.left(), writing.height(), writing.at());
        let rest = laid.height_left();
        let alone = tail > Length::ZERO && rest <= left && rest + tail > left;
        let give = if alone { rest - WITH_SIGNATURES } else { left };
        let height = draw(writing, laid, (give, whole), at)?;
        let height = match height {
            None if left >= whole => draw(writing, laid, (left, whole), at)?,
            height => height,
        };
        writing.space(height.unwrap_or(Length::ZERO));
        if laid.is_done() && height.is_some() {
            return Ok(());
        }
        writing.turn();
    }
}

/// Draws the next part if it has a row, or ends a table without rows; its height.
fn draw(
    writing: &mut Writing,
    laid: &mut Laid,
    (give, whole): (Length, Length),
    at: crate::paper::Point,
) -> Result<Option<Length>, PaperError> {
    let part = laid.cut(give, whole)?;
    let height = part.height();
    let any = part.rows().next().is_some() || part.is_last() && height <= give;
    if any {
        part.draw(writing.side(), at);
    }
    Ok(any.then_some(height))
}
