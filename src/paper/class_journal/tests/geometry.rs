use super::cases;
use super::sample::{copy, digests, enlarged, form, laid, quarter};
use crate::journal::arbitrary;
use crate::paper::class_journal::{ClassJournal, Edition, lay_out};
use crate::paper::{Direction, Ink, Length, Point, Run, Side};
use proptest::prelude::*;

/// What school printers leave white at the borders of the paper.
const WHITE: Length = Length::mm(5);

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

/// No text leaves the sheet or touches another, nor a filled square of a QR code.
pub fn assert_apart(side: &Side) {
    let runs: Vec<&Run> = side.runs().iter().filter(|run| run.ink != Ink::Pale).collect();
    let places: Vec<_> = runs.iter().map(|run| taken(run)).collect();
    let (right, below) = (side.format().width() - WHITE, side.format().height() - WHITE);
    for (index, a) in places.iter().enumerate() {
        let inside = a.0 >= WHITE && a.1 >= WHITE && a.2 <= right && a.3 <= below;
        assert!(inside, "{:?} leaves the sheet", runs[index]);
        for (other, b) in places.iter().enumerate().skip(index + 1) {
            let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(apart, "{:?}\noverlaps\n{:?}", runs[index], runs[other]);
        }
        for (frame, ink) in &side.fills {
            let (far, low) = (frame.at.x + frame.width, frame.at.y + frame.height);
            let apart = a.2 <= frame.at.x || far <= a.0 || a.3 <= frame.at.y || low <= a.1;
            assert!(apart || *ink != Ink::Black, "{:?} lies on a QR code", runs[index]);
        }
    }
    for stroke in side.strokes.iter().filter(|stroke| stroke.from.x == stroke.to.x) {
        for (index, a) in places.iter().enumerate() {
            let crossed = a.0 < stroke.from.x && stroke.from.x < a.2;
            let beside = a.1 < stroke.to.y && stroke.from.y < a.3;
            assert!(!(crossed && beside), "{:?} crosses its border", runs[index]);
        }
    }
}

#[test]
fn no_text_of_a_class_copy_overlaps_another_or_leaves_its_cell() {
    laid(&quarter()).0.iter().for_each(assert_apart);
}

#[test]
fn backs_drafts_blanks_and_the_reference_print_keep_to_it_too() {
    let journal = quarter();
    let pages = digests(&journal);
    let form = ClassJournal { two_sided: true, blanks: true, ..form(&journal, &pages) };
    for edition in [copy(), Edition::Draft, Edition::Reference] {
        lay_out(&form, &edition).unwrap().0.iter().for_each(assert_apart);
    }
}

#[test]
fn sixty_pupils_and_four_hundred_lessons_keep_to_it_too() {
    laid(&enlarged(60, 40)).0.iter().for_each(assert_apart);
    laid(&enlarged(12, 400)).0.iter().for_each(assert_apart);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(24)))]
    #[test]
    fn no_text_of_any_journal_overlaps_another(journal in arbitrary::journal()) {
        laid(&journal).0.iter().for_each(assert_apart);
    }
}
