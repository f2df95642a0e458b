use crate::paper::tests::sample::{BODY, MARGIN, grid, names, sides, topic, topics};
use crate::paper::*;
use proptest::prelude::*;

const PLACE: Place<'_> = Place::of("форма");

/// Everything set on the sides, in order.
fn words(sides: &[Side]) -> Vec<String> {
    let runs = sides.iter().flat_map(Side::runs);
    runs.flat_map(|run| run.text.as_str().split(' ')).map(str::to_owned).collect()
}

/// The rectangle a text takes, from the top of its highest to the bottom of its lowest letters.
fn taken(run: &Run) -> (Length, Length, Length, Length) {
    let width = run.text.width(run.size);
    let (up, down) = (run.size.part(91, 100), run.size.part(28, 100));
    let Point { x, y } = run.at;
    match run.direction {
        Direction::Across => (x, y - up, x + width, y + down),
        Direction::Upwards => (x - up, y - width, x + down, y),
    }
}

fn assert_no_overlap(side: &Side) {
    let taken: Vec<_> = side.runs().iter().map(taken).collect();
    for (index, a) in taken.iter().enumerate() {
        assert!(a.0 >= MARGIN && a.1 >= MARGIN, "{:?} leaves the table", side.runs()[index]);
        assert!(a.2 <= side.format().width() - MARGIN && a.3 <= side.format().height() - MARGIN);
        for (other, b) in taken.iter().enumerate().skip(index + 1) {
            let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(apart, "{:?}\noverlaps\n{:?}", side.runs()[index], side.runs()[other]);
        }
    }
    let borders = side.strokes.iter().filter(|stroke| stroke.from.x == stroke.to.x);
    for stroke in borders {
        for (index, a) in taken.iter().enumerate() {
            let crossed = a.0 < stroke.from.x && stroke.from.x < a.2;
            let beside = a.1 < stroke.to.y && stroke.from.y < a.3;
            assert!(!(crossed && beside), "{:?} crosses its border", side.runs()[index]);
        }
    }
}

#[test]
fn no_text_overlaps_another_or_leaves_its_cell() {
    let pupils = names(60);
    for format in [Format::Landscape, Format::Portrait] {
        for side in sides(&grid(&pupils, 26), format, &PLACE).unwrap() {
            assert_no_overlap(&side);
        }
        for side in sides(&topics(40), format, &PLACE).unwrap() {
            assert_no_overlap(&side);
        }
    }
}

#[test]
fn header_rows_stand_on_every_side() {
    let sides = sides(&topics(60), Format::Portrait, &PLACE).unwrap();
    assert!(sides.len() > 2);
    for side in &sides {
        assert_eq!(words(std::slice::from_ref(side))[..3], ["Дата", "Тема", "Задание"]);
    }
}

#[test]
fn every_row_stands_on_paper_once_and_in_order() {
    let sides = sides(&topics(60), Format::Portrait, &PLACE).unwrap();
    let set: Vec<String> = words(&sides)
        .into_iter()
        .filter(|w| w.starts_with("слово") || w.starts_with("Тема") && w != "Тема")
        .collect();
    let expected: Vec<String> =
        (0..60).flat_map(|n| topic(n).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
    assert_eq!(set, expected);
}

#[test]
fn a_row_that_fits_a_side_is_not_parted() {
    let table = topics(60);
    let mut laid = table.measure(Length::mm(180), &PLACE).unwrap();
    let whole = Length::mm(267);
    let mut seen = Vec::new();
    while !laid.is_done() {
        seen.extend(laid.cut(whole, whole).unwrap().rows());
    }
    assert_eq!(seen, (0..=60).collect::<Vec<_>>());
}

#[test]
fn a_row_higher_than_a_side_goes_on_on_the_next() {
    let mut table = topics(3);
    let long: Vec<String> = (0..1500).map(|n| format!("длинно{n}")).collect();
    table.rows[2].cells[1] = Cell::new(long.join(" "));
    let sides = sides(&table, Format::Landscape, &PLACE).unwrap();
    assert!(sides.len() >= 2, "{}", sides.len());
    sides.iter().for_each(assert_no_overlap);
    let set: Vec<String> = words(&sides).into_iter().filter(|w| w.starts_with("длинно")).collect();
    assert_eq!(set, long);
    assert_eq!(words(&sides).iter().filter(|w| *w == "02.09").count(), 1);
}

#[test]
fn a_section_stands_with_the_row_after_it() {
    let mut table = topics(0);
    table.rows.clear();
    for number in 0..50 {
        table.rows.push(
            Row::new("", vec![Cell::new(format!("раздел{number}")).across(3)])
                .kind(RowKind::Section),
        );
        table.rows.push(Row::new("", vec!["1".into(), "тело".into()]));
    }
    for side in sides(&table, Format::Portrait, &PLACE).unwrap() {
        assert_eq!(words(&[side]).last().unwrap(), "тело");
    }
}

#[test]
fn rows_under_one_cell_stay_on_one_side() {
    let columns =
        vec![Column::new("а", Width::Share(1), BODY), Column::new("б", Width::Share(1), BODY)];
    let rows = (0..40).flat_map(|n| {
        let first = Row::new("", vec![Cell::new(format!("вместе{n}")).down(3), "1".into()]);
        [first, Row::new("", vec!["2".into()]), Row::new("", vec!["3".into()])]
    });
    let table = Table { columns, header: Vec::new(), rows: rows.collect(), look: Look::USUAL };
    let sides = sides(&table, Format::Portrait, &PLACE).unwrap();
    assert!(sides.len() > 1);
    for side in sides {
        assert_no_overlap(&side);
        assert_eq!(words(&[side]).last().unwrap(), "3");
    }
}

#[test]
fn rows_that_cannot_be_parted_and_fit_no_side_are_an_error_naming_them() {
    let columns = vec![Column::new("а", Width::Share(1), BODY)];
    let long = Cell::new("слово ".repeat(4000)).flow(Flow::Turned);
    let rows = vec![Row::new("ряд 1", vec![long])];
    let look = Look { row_height: Length::mm(400), ..Look::USUAL };
    let table = Table { columns, header: Vec::new(), rows, look };
    let error = sides(&table, Format::Portrait, &PLACE).unwrap_err();
    let PaperError::TooTall { place } = error else { panic!("{error:?}") };
    assert_eq!(place, "форма › ряд 1");
}

#[test]
fn a_character_without_a_glyph_is_named_by_row_and_column() {
    let mut table = topics(3);
    table.rows[2].cells[1] = Cell::new("🎉 праздник");
    let error = table.measure(Length::mm(180), &PLACE).unwrap_err();
    let PaperError::NoGlyph { place, .. } = error else { panic!("{error:?}") };
    assert_eq!(place, "форма › урок 1 › Тема");
}

#[test]
fn more_cells_than_columns_are_an_error() {
    let mut table = topics(1);
    table.rows[1].cells.push(Cell::new("лишняя"));
    let error = table.measure(Length::mm(180), &PLACE).unwrap_err();
    assert!(matches!(error, PaperError::TooManyCells { columns: 3, .. }), "{error:?}");
}

#[test]
fn a_table_begins_on_the_next_side_when_too_little_is_left() {
    let table = topics(3);
    let mut laid = table.measure(Length::mm(180), &PLACE).unwrap();
    let part = laid.cut(Length::mm(7), Length::mm(267)).unwrap();
    assert_eq!(part.rows().count(), 0);
    assert!(laid.cut(Length::mm(267), Length::mm(267)).unwrap().is_last());
}

#[test]
fn borders_of_neighbouring_cells_are_one_line() {
    let pupils = names(20);
    let side = sides(&grid(&pupils, 10), Format::Landscape, &PLACE).unwrap().remove(0);
    // 13 upright edges, the inner ten of the dates broken by two groups: one of them at the groups' border.
    let uprights = side.strokes.iter().filter(|stroke| stroke.from.x == stroke.to.x).count();
    assert_eq!(uprights, 13);
    let levels = side.strokes.iter().filter(|stroke| stroke.from.y == stroke.to.y).count();
    assert_eq!(levels, 20 + 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_table_is_cut_without_loss_or_overlap(
        texts in prop::collection::vec(("[а-я]{1,70}( [а-я]{1,14}){0,60}", 1usize..40), 1..40),
        height in 60i32..180,
    ) {
        let columns = vec![
            Column::new("а", Width::Exactly(Length::mm(20)), BODY).flow(Flow::Shrink(Length::pt(5))),
            Column::new("б", Width::Share(1), BODY),
            Column::new("в", Width::Share(2), BODY).align(Align::Right),
        ];
        let rows = texts.iter().map(|(text, times)| {
            Row::new("", vec![Cell::new("x".repeat(*times)), Cell::new(text), Cell::new(text)])
        });
        let table = Table { columns, header: Vec::new(), rows: rows.collect(), look: Look::USUAL };
        let mut laid = table.measure(Length::mm(180), &PLACE).unwrap();
        let mut set = String::new();
        while !laid.is_done() {
            let mut side = Side::new(Format::Portrait);
            let part = laid.cut(Length::mm(height), Length::mm(height)).unwrap();
            prop_assert!(part.height() <= Length::mm(height));
            part.draw(&mut side, Point::new(MARGIN, MARGIN));
            assert_no_overlap(&side);
            set.extend(side.runs().iter().map(|run| run.text.as_str().replace(' ', "")));
        }
        let mut expected: Vec<char> = texts.iter()
            .flat_map(|(text, times)| format!("{}{text}{text}", "x".repeat(*times)).replace(' ', "").chars().collect::<Vec<_>>())
            .collect();
        let mut set: Vec<char> = set.chars().collect();
        expected.sort_unstable();
        set.sort_unstable();
        prop_assert_eq!(set, expected);
    }
}
