use super::*;
use crate::paper::wording::{Shipped, Wording};
use crate::paper::{Column, Face, Look, Row, Width};

const PLACE: Place<'_> = Place::of("форма");
const BODY: Style = Style::new(Face::Serif, Length::pt(11));

fn writing() -> Writing {
    Writing::new(Format::Portrait, Margins::STITCHED)
}

fn texts(sides: &[Side]) -> Vec<&str> {
    sides.iter().flat_map(Side::runs).map(|run| run.text.as_str()).collect()
}

/// No letter lies over another, and none outside the paper's printable part (5 mm from its edge).
fn assert_apart(sides: &[Side]) {
    for side in sides {
        let taken = |run: &Run| {
            let (up, down) = (run.size.part(91, 100), run.size.part(28, 100));
            let width = run.text.width(run.size);
            (run.at.x, run.at.y - up, run.at.x + width, run.at.y + down)
        };
        let taken: Vec<_> = side.runs().iter().map(|run| (taken(run), run)).collect();
        for (index, (a, run)) in taken.iter().enumerate() {
            let (far, low) = (side.format().width(), side.format().height());
            let edge = Length::mm(5);
            assert!(a.0 >= edge && a.2 <= far - edge, "{run:?}");
            assert!(a.1 >= edge && a.3 <= low - edge, "{run:?}");
            for (b, other) in &taken[index + 1..] {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{run:?}\noverlaps\n{other:?}");
            }
        }
    }
}

fn table(rows: usize) -> Table<'static> {
    let columns = vec![Column::new("имя", Width::Share(1), BODY)];
    let header = vec![Row::new("шапка", vec!["Имя".into()])];
    let rows = (1..=rows).map(|n| Row::new("", vec![format!("строка{n}").into()])).collect();
    Table { columns, header, rows, look: Look::USUAL }
}

#[test]
fn a_long_paragraph_goes_on_upon_the_next_side_without_losing_a_word() {
    let words: Vec<String> = (0..3000).map(|n| format!("слово{n}")).collect();
    let mut writing = writing();
    writing.text(BODY, Align::Left, &words.join(" "), &PLACE).unwrap();
    let sides = writing.finish();
    assert!(sides.len() > 2);
    assert_eq!(texts(&sides).join(" "), words.join(" "));
    assert_apart(&sides);
}

#[test]
fn a_paragraph_takes_the_height_it_was_measured_with() {
    let text = "первая строка\n\nтретья строка, за которой следует ещё много слов ".repeat(9);
    let mut writing = writing();
    let height = writing.height_of(BODY, &text, &PLACE).unwrap();
    let before = writing.left();
    writing.text(BODY, Align::Left, &text, &PLACE).unwrap();
    assert_eq!(before - writing.left(), height);
}

#[test]
fn a_table_goes_on_below_its_header_on_the_next_side() {
    let mut writing = writing();
    writing.text(BODY, Align::Middle, "Заголовок", &PLACE).unwrap();
    writing.table(&table(120), &PLACE).unwrap();
    let sides = writing.finish();
    assert_eq!(sides.len(), 3);
    let all = texts(&sides);
    assert_eq!(all.iter().filter(|text| **text == "Имя").count(), 3);
    let rows: Vec<_> = all.into_iter().filter(|text| text.starts_with("строка")).collect();
    assert_eq!(rows, (1..=120).map(|n| format!("строка{n}")).collect::<Vec<_>>());
    assert_apart(&sides);
}

#[test]
fn a_table_without_rows_is_its_header() {
    let mut writing = writing();
    writing.table(&table(0), &PLACE).unwrap();
    assert_eq!(texts(&writing.finish()), ["Имя"]);
}

#[test]
fn a_header_higher_than_a_side_is_refused() {
    let mut table = table(0);
    table.header[0].cells[0] = Column::clone(&table.columns[0]).name.repeat(9000).into();
    let error = writing().table(&table, &PLACE).unwrap_err();
    assert!(matches!(error, PaperError::TooTall { .. }), "{error}");
}

#[test]
fn signature_lines_stand_together_on_one_side() {
    let captions = Wording::shipped(Shipped::School).terms.captions;
    let line = |role, name, seal| SignatureLine { role, name, seal };
    let long = "Я. Константинопольская-Преображенская-Благовещенская-Рождественская";
    let lines = [
        line("Заместитель директора по учебно-воспитательной работе", Some(long), false),
        line("Директор", Some("И. И. Орлова"), true),
        line("Ответственный за архив", None, false),
    ];
    let mut writing = writing();
    writing.space(Length::mm(230));
    writing.signatures(&lines, &captions, BODY, &PLACE).unwrap();
    let sides = writing.finish();
    assert_eq!(sides.len(), 2);
    assert!(sides[0].runs().is_empty());
    assert_apart(&sides);
    let all = texts(&sides).concat();
    assert_eq!(all.matches("(подпись)").count(), 3);
    assert_eq!(all.matches("М.П.").count(), 1, "the seal goes beside one signature alone");
    assert!(all.contains("И. И. Орлова") && all.contains("Рождественская"), "{all}");
}

#[test]
fn every_side_says_which_of_how_many_it_is() {
    let terms = Wording::shipped(Shipped::School).terms;
    let style = Style::new(Face::Sans, Length::pt(8));
    let number = &terms.captions.side;
    for left in ["Опись", &"Опись общей папки бумажных копий ".repeat(20)]
    {
        let mut writing = writing();
        writing.table(&table(100), &PLACE).unwrap();
        let sides = writing.finish_with(&Foot { left, number, style }, &PLACE).unwrap();
        assert_apart(&sides);
        for (index, side) in sides.iter().enumerate() {
            let texts = texts(std::slice::from_ref(side));
            assert_eq!(
                texts.last(),
                Some(&format!("стр. {} из {}", index + 1, sides.len()).as_str())
            );
            assert!(texts[texts.len() - 2].starts_with("Опись"));
        }
    }
}
