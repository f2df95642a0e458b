//! Rows of cells out of CSV and XLSX files: foreign bytes, read with limits.

use calamine::{DataRef, Reader as _, Xlsx};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};

/// The most cells taken from a table.
const MOST_CELLS: usize = 200_000;
/// The most bytes an XLSX file may unpack to.
const MOST_UNPACKED: u64 = 64 << 20;
/// Columns beyond this are of no table of people.
const MOST_COLUMNS: u32 = 64;

/// A row of a table: its number as spreadsheet programs show it, from 1, and its cells' texts. Rows without text are
/// left out.
pub type Row = (u32, Vec<String>);

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Neither.
    #[error(
        "it is neither an XLSX workbook nor text in UTF-8; save the table as XLSX or as «CSV UTF-8»"
    )]
    Unknown,
    /// The CSV is broken.
    #[error("the CSV does not read: {0}")]
    Csv(#[from] csv::Error),
    /// The workbook is broken.
    #[error("the XLSX workbook does not read: {0}; save it again")]
    Xlsx(String),
    /// Too much for a list of who teaches what.
    #[error("it has more cells or more data than a school's load; leave only the load in it")]
    TooLarge,
}

/// The rows of a table, of a workbook those of its first sheet. What it is is told by content.
///
/// # Errors
/// When it is no table, is broken, or is too large.
pub fn read_sheet(bytes: &[u8]) -> Result<Vec<Row>, SheetError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| SheetError::Unknown)?;
    match text.contains('\0') {
        true => Err(SheetError::Unknown),
        false => comma_separated(text.trim_start_matches('\u{feff}')),
    }
}

fn comma_separated(text: &str) -> Result<Vec<Row>, SheetError> {
    let heading = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // Russian spreadsheet programs write semicolons, for the comma is in decimals.
    let most = |c: &char| heading.matches(*c).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(most).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let (mut rows, mut cells, mut lines) = (Vec::new(), 0, Lines { text, byte: 0, line: 1 });
    for record in reader.records() {
        let record = record?;
        cells += record.len();
        if cells > MOST_CELLS {
            return Err(SheetError::TooLarge);
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.at(usize::try_from(start).unwrap_or(usize::MAX));
        let texts: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if texts.iter().any(|text| !text.is_empty()) {
            rows.push((line, texts));
        }
    }
    Ok(rows)
}

/// Counts lines up to places that rise.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line in which the first text at or after this byte stands: the reader counts a record from the blank
    /// lines before it.
    fn at(&mut self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let blank = |b: &u8| matches!(b, b'\r' | b'\n');
        let start = bytes.len().min(byte);
        let start = start + bytes[start..].iter().take_while(|b| blank(b)).count();
        let passed = bytes[self.byte.min(start)..start].iter().filter(|b| **b == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(passed).unwrap_or(u32::MAX));
        self.byte = start;
        self.line
    }
}

fn workbook(bytes: &[u8]) -> Result<Vec<Row>, SheetError> {
    unpacks(bytes)?;
    let bad = |error: calamine::XlsxError| SheetError::Xlsx(error.to_string());
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let sheet = book.sheet_names().into_iter().next();
    let sheet = sheet.ok_or_else(|| SheetError::Xlsx("it has no sheet".to_owned()))?;
    // Cell by cell: a whole sheet in memory would be as large as its farthest cell says.
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(bad)?;
    let (mut rows, mut cells) = (BTreeMap::<u32, Vec<String>>::new(), 0);
    while let Some(cell) = reader.next_cell().map_err(bad)? {
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        cells += 1;
        let (row, column) = cell.get_position();
        if cells > MOST_CELLS || column >= MOST_COLUMNS {
            return Err(SheetError::TooLarge);
        }
        let texts = rows.entry(row.saturating_add(1)).or_default();
        let place = column as usize;
        texts.resize(texts.len().max(place + 1), String::new());
        texts[place] = text;
    }
    Ok(rows.into_iter().collect())
}

/// Counts what the members really unpack to; their headers may say anything.
fn unpacks(bytes: &[u8]) -> Result<(), SheetError> {
    let bad = |error: &dyn std::fmt::Display| SheetError::Xlsx(error.to_string());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
    let mut left = MOST_UNPACKED;
    for member in 0..zip.len() {
        let member = zip.by_index(member).map_err(|e| bad(&e))?;
        let read = io::copy(&mut member.take(left + 1), &mut io::sink()).map_err(|e| bad(&e))?;
        left = left.checked_sub(read).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTime(day) => match day.as_datetime() {
            Some(day) if day.time() == chrono::NaiveTime::MIN => day.date().to_string(),
            Some(day) => day.to_string(),
            None => day.as_f64().to_string(),
        },
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        // Kept visible, so that the row's problem shows it.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    };
    text.trim().to_owned()
}
