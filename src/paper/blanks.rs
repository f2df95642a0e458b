//! Sheets that are filled by hand and stitched into a copy (R4 4.4).

use super::wording::forms::{Blank, Titled};
use super::{
    Align, Cell, Column, Face, Flow, Format, Laid, Length, Look, Margins, PaperError, Place, Row,
    Side, Style, Table, Width, Writing,
};

/// A row of a blank form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlankRow<'a> {
    /// The pupil's number in the class.
    pub number: u32,
    /// The pupil's name; `None` leaves it to be written by hand.
    pub name: Option<&'a str>,
}

const TEXT: Style = Style::new(Face::Sans, Length::pt(9));
/// A name stays on one line while letters of [`LEAST_NAME`] allow it: a second line would make its row higher.
const NAME: Style = Style::new(Face::Narrow, Length::pt(10));
const LEAST_NAME: Length = Length::pt(7);
const HEADING: Style = Style::new(Face::SerifBold, Length::pt(13));

/// Room to write by hand: lines of school exercise books are 8 mm apart.
const LOOK: Look = Look {
    border: Some(Length::pt10(4)),
    beside: Length::mm(1),
    above: Length::mm10(5),
    header_height: Length::mm(10),
    row_height: Length::mm(8),
};
/// Rows are as high as the first of these with which all of them stand on one side.
const ROW_HEIGHTS: [Length; 3] = [LOOK.row_height, Length::mm10(75), Length::mm(7)];
/// White above the note.
const WHITE: Length = Length::mm(2);

/// Rows numbered from 1, without names.
pub fn numbered(rows: u32) -> Vec<BlankRow<'static>> {
    (1..=rows).map(|number| BlankRow { number, name: None }).collect()
}

/// Heading, table and note between the margins, on as many sides as the rows need. What else stands on a sheet
/// of a copy (its number, the class, the signer's line) is drawn into the margins by whoever makes the copy.
///
/// # Errors
/// When a character has no glyph.
pub fn sides(
    blank: &Blank,
    titled: &Titled,
    rows: &[BlankRow<'_>],
    format: Format,
    margins: Margins,
) -> Result<Vec<Side>, PaperError> {
    let heading = blank.heading.fill(titled);
    let place = Place::of(&heading);
    let mut writing = Writing::new(format, margins);
    writing.text(HEADING, Align::Middle, &heading, &place)?;
    writing.space(Length::mm(3));
    let note = WHITE + writing.height_of(TEXT, &blank.note, &place)?;
    let mut laid = measured(blank, rows, writing.width(), writing.left() - note, &place)?;
    writing.parts(&mut laid)?;
    writing.space(WHITE);
    writing.text(TEXT, Align::Left, &blank.note, &place)?;
    Ok(writing.finish())
}

/// The table with rows that let it stand on one side; with the highest ones if none do.
fn measured(
    blank: &Blank,
    rows: &[BlankRow<'_>],
    width: Length,
    room: Length,
    place: &Place<'_>,
) -> Result<Laid, PaperError> {
    let mut table = table(blank, rows);
    for row_height in ROW_HEIGHTS {
        table.look.row_height = row_height;
        let laid = table.measure(width, place)?;
        if laid.height_left() <= room {
            return Ok(laid);
        }
    }
    table.look = LOOK;
    table.measure(width, place)
}

/// The first column holds the number, the second the name, all others stay empty.
fn table<'a>(blank: &'a Blank, rows: &[BlankRow<'a>]) -> Table<'a> {
    let columns = blank.columns.iter().enumerate().map(|(index, name)| match index {
        0 => {
            let number = Column::new(name.as_str(), Width::Exactly(Length::mm(9)), TEXT);
            number.align(Align::Middle)
        }
        1 => Column::new(name.as_str(), Width::Share(3), NAME).flow(Flow::Shrink(LEAST_NAME)),
        _ => Column::new(name.as_str(), Width::Share(2), TEXT),
    });
    let columns: Vec<Column<'a>> = columns.collect();
    let head = |name: &'a String| Cell::new(name.as_str()).shaded().flow(Flow::Wrap);
    let header = blank.columns.iter().map(head);
    let row = |row: &BlankRow<'a>| {
        let mut cells = vec![Cell::new(row.number.to_string()), row.name.unwrap_or("").into()];
        cells.truncate(columns.len());
        Row::new(row.name.unwrap_or(""), cells)
    };
    let rows = rows.iter().map(row).collect();
    Table { rows, header: vec![Row::new("", header.collect())], columns, look: LOOK }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Print;
    use crate::paper::wording::{OwnFile, Shipped, Wording};

    const MARGINS: Margins = Margins::STITCHED;

    fn titled() -> Titled {
        Titled {
            class: "7А класса".into(),
            period: "2 четверть 2025/26 учебного года".into(),
            school_year: "2025/26 учебный год".into(),
            school: "МБОУ «СОШ № 7»".into(),
        }
    }

    fn texts(sides: &[Side]) -> Vec<&str> {
        sides.iter().flat_map(Side::runs).map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn a_blank_form_has_numbered_rows_and_no_names() {
        let blanks = Wording::shipped(Shipped::School).blanks;
        for (blank, heading) in [
            (&blanks.general, "Общие сведения об обучающихся 7А класса"),
            (&blanks.health, "Листок здоровья 7А класса"),
        ] {
            let sides = sides(blank, &titled(), &numbered(60), Format::Landscape, MARGINS).unwrap();
            assert!(sides.len() > 1);
            let texts = texts(&sides);
            assert_eq!(texts[0], heading);
            let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
            assert_eq!(numbers, (1..=60).collect::<Vec<_>>());
            assert_eq!(texts.last(), Some(&blank.note.as_str()));
        }
    }

    #[test]
    fn blanks_are_sound_files_that_are_read_back_and_that_preflight_accepts() {
        use crate::paper::tests::files::{assert_preflight, assert_read_in_order, assert_sound};
        let blanks = Wording::shipped(Shipped::School).blanks;
        let rows = [BlankRow { number: 3, name: Some("Алиев Тимур") }];
        let of = |blank| sides(blank, &titled(), &rows, Format::Portrait, MARGINS).unwrap();
        for (blank, words) in [
            (
                &blanks.general,
                ["Общие сведения об обучающихся 7А класса", "3 Алиев Тимур", "от руки"],
            ),
            (&blanks.health, ["Листок здоровья 7А класса", "3 Алиев Тимур", "от руки"]),
        ] {
            let print = Print {
                title: blank.heading.fill(&titled()),
                author: titled().school,
                language: "ru-RU",
                made: chrono::DateTime::UNIX_EPOCH,
                sides: of(blank),
            };
            assert_sound(words[0], &print);
            assert_read_in_order(words[0], &print, &words);
            assert_preflight(words[0], &print);
        }
    }

    #[test]
    fn names_stand_beside_their_numbers_when_asked_for() {
        let blanks = Wording::shipped(Shipped::School).blanks;
        let rows = [
            BlankRow { number: 3, name: Some("Алиев Тимур") },
            BlankRow { number: 17, name: Some("Яковлева Анна") },
        ];
        let sides = sides(&blanks.health, &titled(), &rows, Format::Portrait, MARGINS).unwrap();
        let texts = texts(&sides);
        let at = texts.iter().position(|text| *text == "3").unwrap();
        assert_eq!(texts[at..at + 4], ["3", "Алиев Тимур", "17", "Яковлева Анна"]);
    }

    #[test]
    fn a_class_without_pupils_has_the_header_alone() {
        let blanks = Wording::shipped(Shipped::School).blanks;
        let sides = sides(&blanks.general, &titled(), &[], Format::Landscape, MARGINS).unwrap();
        assert_eq!(sides.len(), 1);
        assert!(texts(&sides).contains(&"Телефон"));
    }

    #[test]
    fn a_school_may_have_other_columns() {
        let shipped = Wording::shipped_text(Shipped::School, "blanks.toml").unwrap();
        let from = shipped.find("columns = [").unwrap();
        let to = from + shipped[from..].find(']').unwrap() + 1;
        for (columns, count) in
            [("columns = [\"№\"]", 1), ("columns = [\"№\", \"ФИО\", \"Класс\"]", 3)]
        {
            let own = format!("{}{columns}{}", &shipped[..from], &shipped[to..]);
            let own = [OwnFile { name: "blanks.toml", toml: &own }];
            let blanks = Wording::with_own(Shipped::School, &own).unwrap().blanks;
            assert_eq!(blanks.general.columns.len(), count);
            let rows = [BlankRow { number: 1, name: None }];
            sides(&blanks.general, &titled(), &rows, Format::Portrait, MARGINS).unwrap();
        }
    }
}
