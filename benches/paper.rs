//! Paper: 40 sheets of dense marks grids, and the numbered copy of an invented class's quarter, laid out and
//! rendered on one core; beside it the same content set by WeasyPrint, where that is on the `PATH`.
//! `cargo bench --bench paper`.

#[path = "paper/weasyprint.rs"]
mod weasyprint;

use chrono::{DateTime, FixedOffset};
use letopis::demo;
use letopis::digest::Digest;
use letopis::journal::{Journal, PeriodId};
use letopis::paper::class_journal::{self, ClassJournal, Content, CopyFacts, Edition};
use letopis::paper::wording::{Shipped, Wording};
use letopis::paper::*;
use letopis::record::PageViews;
use letopis::register::CopyNumber;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

fn main() {
    let bytes = render(&drawn()).expect("a form without content from outside");
    println!("40 sheets of 26 pupils × 26 lessons: {} KB", bytes.len() / 1000);
    let class = &*CLASS;
    println!(
        "copy of class {}: {} sheets, {} KB",
        class.journal.class.name(),
        class.sheets,
        class.printed().pdf.len() / 1000
    );
    divan::main();
    if std::env::args().any(|argument| argument == "--bench") {
        beside();
    }
}

/// One copy by each program, one after the other.
fn beside() {
    let begun = Instant::now();
    let times = 20;
    (0..times).for_each(|_| drop(CLASS.printed()));
    let each = begun.elapsed() / times;
    println!("letopis: {each:.1?}, {:.0} sheets/s", f64::from(CLASS.sheets) / each.as_secs_f64());
    quarter();
    match weasyprint::print(&CLASS.journal) {
        Some(set) => println!("{set}"),
        None => println!("weasyprint is not on the PATH (pip install weasyprint): not compared"),
    }
}

/// The copies of the demo school's quarter, on all cores.
fn quarter() {
    let classes: Vec<Class> = classes(24, "2025-26/q1").map(Class::of).collect();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let (next, begun) = (AtomicUsize::new(0), Instant::now());
    let print = || {
        while let Some(class) = classes.get(next.fetch_add(1, Ordering::Relaxed)) {
            drop(class.printed());
        }
    };
    std::thread::scope(|scope| {
        (0..cores).for_each(|_| drop(scope.spawn(print)));
    });
    let (time, sheets) = (begun.elapsed(), classes.iter().map(|class| class.sheets).sum::<u32>());
    println!(
        "the demo school's quarter on {cores} cores: {} copies, {sheets} sheets in {time:.1?}, {:.0} sheets/s",
        classes.len(),
        f64::from(sheets) / time.as_secs_f64()
    );
}

fn classes(classes: usize, period: &str) -> impl Iterator<Item = Journal> {
    let period: PeriodId = period.parse().expect("a period");
    let school = demo::school(&demo::Plan { seed: 7, classes });
    school.classes(period).collect::<Vec<_>>().into_iter()
}

/// The class whose copy comes nearest to 40 sheets.
static CLASS: LazyLock<Class> = LazyLock::new(|| {
    let all = classes(40, "2025-26/q1").chain(classes(40, "2025-26/h1")).map(Class::of);
    all.min_by_key(|class| class.sheets.abs_diff(40)).expect("a school of 40 classes")
});

struct Class {
    journal: Journal,
    pages: Vec<Digest>,
    wording: Wording,
    sheets: u32,
}

impl Class {
    fn of(journal: Journal) -> Class {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let pages = PageViews::of(&journal, &[], &mut rng).digests();
        let wording = Wording::shipped(Shipped::School);
        let mut class = Class { journal, pages, wording, sheets: 0 };
        class.sheets = class.printed().sheets.last().map_or(0, |run| run.to);
        class
    }

    fn printed(&self) -> class_journal::PrintedJournal {
        let form = ClassJournal {
            journal: &self.journal,
            pages: &self.pages,
            archive: "6f1c2a528c1e4c539d5e0a4a8d0f3b11".parse().expect("an id"),
            school: "МБОУ «СОШ № 7»",
            record: "000123".parse().expect("a number"),
            content: Content::MarksAndTopics,
            two_sided: false,
            blanks: false,
            wording: &self.wording,
            printed: DateTime::UNIX_EPOCH.with_timezone(&FixedOffset::east_opt(0).expect("UTC")),
        };
        let facts = CopyFacts {
            copy: CopyNumber::FIRST,
            seal: Digest::of(b"seal"),
            sealed: DateTime::UNIX_EPOCH,
            signed_by: None,
            register: (4711, Digest::of(b"root")),
        };
        class_journal::print(&form, &Edition::Copy(facts)).expect("an invented class")
    }
}

#[divan::bench]
fn class_copy(bencher: divan::Bencher<'_, '_>) {
    let class = &*CLASS;
    bencher
        .counter(divan::counter::ItemsCount::new(class.sheets))
        .bench(|| class.printed().pdf.len());
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
