//! Forms: 40 sheets of dense marks grids, measured, cut, drawn and rendered on one core.
//! `cargo bench --bench paper`.

use chrono::DateTime;
use letopis::paper::*;

fn main() {
    let bytes = render(&drawn()).expect("a form without content from outside");
    println!("40 sheets of 26 pupils × 26 lessons: {} KB", bytes.len() / 1000);
    divan::main();
}

const GRID: Style = Style::new(Face::Narrow, Length::pt(8));
const MARGIN: Length = Length::mm(12);

fn table(names: &[String]) -> Table<'_> {
    let mut columns = vec![Column::new("имя", Width::Exactly(Length::mm(45)), GRID)];
    columns.extend((1..=26).map(|n| {
        let column = Column::new(format!("урок {n}"), Width::Share(1), GRID);
        column.align(Align::Middle).flow(Flow::Shrink(Length::pt(5)))
    }));
    let mut dates = vec![Cell::new("Фамилия, имя")];
    dates.extend((1..=26).map(|n| Cell::new(format!("{n:02}.09")).flow(Flow::Turned)));
    let marks = ["5", "4 н", "4", "3", "осв.", "н", ""];
    let rows = names.iter().enumerate().map(|(number, name)| {
        let mut cells = vec![Cell::new(name.as_str())];
        cells.extend((0..26).map(|n| Cell::new(marks[(n * 5 + number * n) % marks.len()])));
        Row::new(name.as_str(), cells)
    });
    Table {
        columns,
        header: vec![Row::new("даты", dates)],
        rows: rows.collect(),
        look: Look::USUAL,
    }
}

fn drawn() -> Print {
    let names: Vec<String> = (1..=26).map(|n| format!("Кузнецова Анастасия {n}")).collect();
    let place = Place::of("7А");
    let sides = (1..=40).map(|sheet| {
        let mut side = Side::new(Format::Landscape);
        let heading = Style::new(Face::SansBold, Length::pt(10));
        let at = Point::new(MARGIN, MARGIN);
        side.write(heading, at, &format!("Лист {sheet}"), &place).expect("plain letters");
        let width = Format::Landscape.width() - MARGIN * 2;
        let mut laid = table(&names).measure(width, &place).expect("plain letters");
        let height = Format::Landscape.height() - MARGIN * 3;
        let part = laid.cut(height, height).expect("a sheet holds a class");
        assert!(part.is_last());
        part.draw(&mut side, at.moved(Length::ZERO, Length::mm(3)));
        let corner = Point::new(Length::mm(262), Length::mm(182));
        let code = format!("letopis:7f3a/000123/2/{sheet}/5d0f2c7be1a94c0d");
        draw_qr(&mut side, corner, Length::mm(20), &code, &place).expect("a short text");
        side
    });
    Print {
        title: "Журнал".into(),
        author: "Школа".into(),
        language: "ru-RU",
        made: DateTime::UNIX_EPOCH,
        sides: sides.collect(),
    }
}

#[divan::bench]
fn lay_40_sheets() -> Print {
    drawn()
}

#[divan::bench]
fn lay_and_render_40_sheets() -> usize {
    render(&drawn()).expect("a form without content from outside").len()
}
