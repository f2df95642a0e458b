//! The record of a year on paper.

use super::sample::{head, roll, texts, year};
use crate::digest::Digest;
use crate::paper::class_journal::{CopyFacts, Edition};
use crate::paper::statement::edition::{YearForm, lay_out};
use crate::paper::tests::files::{assert_preflight, assert_read_in_order, assert_sound};
use crate::paper::{Margins, Print};
use crate::record::{SourceRecord, YearStatement};
use crate::register::{ArchiveId, CopyNumber, RecordNumber, SheetKind, SheetRun};
use chrono::DateTime;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;

fn statement(class: &str) -> YearStatement {
    let journals = year(class);
    let source = |(number, journal): (u32, &crate::journal::Journal)| SourceRecord {
        period: journal.period_id(),
        record: RecordNumber::new(number).unwrap(),
        seal: Digest::of(&number.to_be_bytes()),
    };
    let sources: Vec<SourceRecord> = (1..).zip(&journals).map(source).collect();
    YearStatement::of(&roll(&journals), &sources)
}

fn printed(class: &str, edition: &Edition, two_sided: bool) -> (Print, SheetRun) {
    let archive = ArchiveId::random(&mut ChaCha8Rng::seed_from_u64(1));
    let (statement, record) = (statement(class), RecordNumber::new(12).unwrap());
    let form = YearForm { statement: &statement, archive, record, two_sided, head: head() };
    lay_out(&form, edition).unwrap()
}

fn copy() -> Edition {
    Edition::Copy(CopyFacts {
        copy: CopyNumber::FIRST,
        seal: Digest::of(b"seal"),
        sealed: DateTime::UNIX_EPOCH,
        signed_by: None,
        register: (57, Digest::of(b"root")),
    })
}

fn words(print: &Print) -> String {
    print.sides.iter().flat_map(texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn all_editions_have_the_same_sheets_in_one_run() {
    for class in ["1А", "7А", "9А", "10А"] {
        for two_sided in [false, true] {
            let (reference, sheets) = printed(class, &Edition::Reference, two_sided);
            assert_eq!((sheets.from, sheets.kind), (1, SheetKind::Statement));
            let of_a_sheet = if two_sided { 2 } else { 1 };
            assert_eq!(reference.sides.len(), of_a_sheet * sheets.to as usize, "{class}");
            for edition in [Edition::Draft, copy()] {
                let (other, run) = printed(class, &edition, two_sided);
                assert_eq!(run, sheets, "{class}");
                let formats = |p: &Print| p.sides.iter().map(|s| s.format()).collect::<Vec<_>>();
                assert_eq!(formats(&other), formats(&reference), "{class}");
            }
        }
    }
}

#[test]
fn only_a_copy_has_a_number_and_the_reference_print_no_lines_for_signatures() {
    let seal = Digest::of(b"seal").to_string();
    let has = |edition: &Edition| {
        let said = words(&printed("7А", edition, false).0);
        assert!(said.contains("Единица хранения № 000012"), "{said}");
        assert!(said.contains("000001 (1 четверть, SHA-256"), "{said}");
        let has = ["Экземпляр № 1", &seal, "подпись", "М.П.", "ЧЕРНОВИК"];
        has.map(|mark| said.contains(mark))
    };
    assert_eq!(has(&copy()), [true, true, true, true, false]);
    assert_eq!(has(&Edition::Draft), [false, false, true, true, true]);
    assert_eq!(has(&Edition::Reference), [false; 5]);
}

#[test]
fn backs_are_stitched_on_the_other_border_and_bear_their_sheets_number() {
    let (print, run) = printed("9А", &copy(), true);
    for (place, side) in print.sides.iter().enumerate().filter(|(_, s)| !s.runs().is_empty()) {
        let left = side.runs().iter().map(|run| run.at.x).min().unwrap();
        let border = [Margins::STITCHED.left, Margins::STITCHED.right][place % 2];
        assert_eq!(left, border, "side {place}");
        let number = format!("Лист {} из {}", place / 2 + 1, run.to);
        assert!(texts(side).contains(&number), "{number}");
    }
}

#[test]
fn the_files_are_sound_and_read_back_in_order() {
    let order = [
        "учёта успеваемости обучающихся 7А класса за 2025/26 учебный год",
        "Составлена по журналам",
        "учёта посещаемости",
        "Всего по классу",
        "учёта движения",
        "год 27",
        "Прибыли",
    ];
    for (name, edition) in [("reference", Edition::Reference), ("copy", copy())] {
        let (print, _) = printed("7А", &edition, false);
        assert_sound(name, &print);
        assert_read_in_order(name, &print, &order);
        assert_preflight(name, &print);
    }
}
