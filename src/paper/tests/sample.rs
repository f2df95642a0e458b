//! A sample form: a heading, a grid of marks with turned dates, topics, a QR code.

use crate::paper::*;
use chrono::DateTime;
use std::fmt::Write as _;

pub const BODY: Style = Style::new(Face::Sans, Length::pt(9));
pub const GRID: Style = Style::new(Face::Narrow, Length::pt(8));
pub const MARGIN: Length = Length::mm(15);
pub const QR: &str = "letopis:7f3a/000123/2/14/5d0f2c7be1a94c0d";

/// Letters of Russian, Chechen, Tatar, Bashkir and Chuvash.
pub const LETTERS: &str = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя \
                           Гӏо Ӏан ӘәӨөҮүҖҗҢңҺһ ҒғҘҙҠҡҪҫ ӐӑӖӗӲӳ №«»—–…§±×÷√°≤≥≠";

pub fn print(sides: Vec<Side>) -> Print {
    Print {
        title: "Классный журнал 7А & I <четверть>".into(),
        author: "МБОУ «Гимназия № 1»".into(),
        language: "ru-RU",
        made: DateTime::from_timestamp(1_761_912_000, 0).unwrap(),
        sides,
    }
}

pub fn names(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("Абдурахманова-Дудукаева Хадижат {n}")).collect()
}

/// A grid of `pupils` × `lessons` with a group of months over the dates.
pub fn grid<'a>(pupils: &'a [String], lessons: usize) -> Table<'a> {
    let mut columns = vec![
        Column::new("№", Width::Exactly(Length::mm(7)), GRID).align(Align::Right),
        Column::new("Фамилия, имя", Width::Exactly(Length::mm(50)), GRID)
            .flow(Flow::Shrink(Length::pt(5))),
    ];
    for lesson in 1..=lessons {
        let column = Column::new(format!("урок {lesson}"), Width::Share(1), GRID);
        columns.push(column.align(Align::Middle).flow(Flow::Shrink(Length::pt(5))));
    }
    let first = lessons as u16 / 2;
    let header = vec![
        Row::new(
            "шапка",
            vec![
                Cell::new("№").down(2),
                Cell::new("Фамилия, имя").down(2),
                Cell::new("Сентябрь").across(first).shaded(),
                Cell::new("Октябрь").across(lessons as u16 - first),
            ],
        ),
        Row::new(
            "даты",
            (1..=lessons)
                .map(|n| Cell::new(format!("{n:02}.09 контрольная")).flow(Flow::Turned))
                .collect(),
        ),
    ];
    let rows = pupils.iter().enumerate().map(|(number, name)| {
        let mut cells: Vec<Cell<'a>> =
            vec![Cell::new((number + 1).to_string()), name.as_str().into()];
        let marks = ["5", "4 н", "", "3", "осв.", "н"];
        cells.extend((0..lessons).map(|n| Cell::new(marks[(n * 7 + number) % marks.len()])));
        Row::new(name.as_str(), cells)
    });
    Table {
        columns,
        header,
        rows: rows.collect(),
        look: Look { row_height: Length::mm10(45), ..Look::USUAL },
    }
}

/// Draws a table over as many sides as it needs.
pub fn sides(
    table: &Table<'_>,
    format: Format,
    place: &Place<'_>,
) -> Result<Vec<Side>, PaperError> {
    let mut laid = table.measure(format.width() - MARGIN * 2, place)?;
    let whole = format.height() - MARGIN * 2;
    let mut sides = Vec::new();
    while !laid.is_done() {
        let mut side = Side::new(format);
        laid.cut(whole, whole)?.draw(&mut side, Point::new(MARGIN, MARGIN));
        sides.push(side);
    }
    Ok(sides)
}

/// A heading and a grid with a QR code on one side, then topics over several.
pub fn journal() -> Print {
    let place = Place::of("7А, I четверть");
    let pupils = names(24);
    let mut all = sides(&grid(&pupils, 24), Format::Landscape, &place).unwrap();
    let heading = Style::new(Face::SerifBold, Length::pt(11));
    all[0].write(heading, Point::new(MARGIN, Length::mm(11)), "Алгебра. Лист 14", &place).unwrap();
    draw_qr(&mut all[0], Point::new(Length::mm(262), Length::mm(178)), Length::mm(22), QR, &place)
        .unwrap();
    all.extend(sides(&topics(40), Format::Portrait, &place).unwrap());
    print(all)
}

pub fn topic(number: usize) -> String {
    let mut text = format!("Тема{number}");
    for word in 0..number * 3 {
        write!(text, " слово{number}х{word}").unwrap();
    }
    text
}

pub fn topics(count: usize) -> Table<'static> {
    let columns = vec![
        Column::new("Дата", Width::Exactly(Length::mm(16)), BODY),
        Column::new("Тема", Width::Share(2), BODY),
        Column::new("Домашнее задание", Width::Share(1), BODY),
    ];
    let header = vec![Row::new("шапка", vec!["Дата".into(), "Тема".into(), "Задание".into()])];
    let mut rows = vec![Row::new("", vec![Cell::new(LETTERS).across(3)]).kind(RowKind::Section)];
    rows.extend((0..count).map(|n| {
        let cells =
            vec![Cell::new(format!("{:02}.09", n + 1)), topic(n).into(), "§ 5, № 12–14".into()];
        Row::new(format!("урок {n}"), cells)
    }));
    Table { columns, header, rows, look: Look::USUAL }
}
