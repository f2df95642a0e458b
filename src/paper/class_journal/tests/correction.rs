//! The sheets that a correction adds to a copy.

use super::sample::{copy, digests, form, quarter, text};
use crate::digest::Digest;
use crate::journal::{Journal, arbitrary};
use crate::paper::Side;
use crate::paper::class_journal::{Correction, Edition, lay_out};
use crate::register::{SheetKind, SheetRange, SheetRun};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn correction(kept: Vec<SheetRun>, voided: Vec<SheetRange>, first: u32) -> Edition {
    let Edition::Copy(facts) = copy() else { panic!("a copy") };
    Edition::Correction(facts, Correction { kept, voided, first })
}

/// A copy's sheets, and those of the correction after one topic of a page was changed.
fn corrected(
    page: usize,
    blanks: [bool; 2],
) -> (Journal, Vec<SheetRun>, (Vec<Side>, Vec<SheetRun>)) {
    let former = quarter();
    let mut now = former.clone();
    now.pages[page].lessons[0].topic = Some("Другая тема".into());
    let (was, is) = (digests(&former), digests(&now));
    assert_eq!(was.iter().filter(|digest| !is.contains(digest)).count(), 1);
    let mut of = form(&former, &was);
    of.blanks = blanks[0];
    let (_, sheets) = lay_out(&of, &copy()).unwrap();
    let stays = |run: &&SheetRun| match run.kind {
        SheetKind::Page => run.digest.is_some_and(|digest| is.contains(&digest)),
        kind => kind == SheetKind::Blank,
    };
    let kept: Vec<SheetRun> = sheets.iter().filter(stays).cloned().collect();
    let voided = sheets.iter().filter(|run| !stays(run)).flat_map(|run| run.from..=run.to);
    let first = sheets.last().unwrap().to + 1;
    let edition = correction(kept.clone(), SheetRange::of(voided), first);
    let mut of = form(&now, &is);
    of.blanks = blanks[1];
    let laid = lay_out(&of, &edition).unwrap();
    (now, kept, laid)
}

#[test]
fn only_the_changed_page_and_what_speaks_of_the_class_are_printed_title_and_last_sheet_last() {
    let (_, kept, (sides, runs)) = corrected(1, [false, false]);
    let kinds: Vec<SheetKind> = runs.iter().map(|run| run.kind).collect();
    use SheetKind::{Attendance, Finals, Last, Page, Title};
    assert_eq!(kinds, [Page, Attendance, Finals, Title, Last]);
    assert_eq!(runs[0].page, Some(2));
    assert!(runs[0].from > kept.iter().map(|run| run.to).max().unwrap());
    for (run, next) in runs.iter().zip(&runs[1..]) {
        assert_eq!(next.from, run.to + 1);
    }
    let first = runs[0].from;
    for (side, sheet) in sides.iter().zip(first..) {
        assert!(text(std::slice::from_ref(side)).contains(&format!("Лист{sheet}")));
    }
}

#[test]
fn the_title_lists_old_and_new_sheets_and_tells_which_it_stands_for() {
    let (now, kept, (sides, runs)) = corrected(1, [false, false]);
    let title = runs.iter().position(|run| run.kind == SheetKind::Title).unwrap();
    let at = (runs[title].from - runs[0].from) as usize;
    let said = text(&sides[at..at + runs[title].count() as usize]);
    for (page, digest) in now.pages.iter().zip(digests(&now)) {
        let run = kept.iter().chain(&runs).find(|run| run.digest == Some(digest)).unwrap();
        let sheets = SheetRange { from: run.from, to: run.to }.to_string();
        assert!(
            said.contains(&format!("{sheets}{digest}")),
            "{}: {sheets} in {said}",
            page.subject
        );
    }
    let valid: u32 = kept.iter().chain(&runs).map(SheetRun::count).sum();
    assert!(said.contains(&format!("Действительныхлистоввэкземпляре:{valid}(")), "{said}");
    assert!(said.contains("взаменлистов1,"), "{said}");
    let last = text(&sides[sides.len() - 1..]);
    assert!(last.contains(&format!("печатью{valid}(")), "{last}");
}

#[test]
fn blank_forms_that_were_filled_stay_and_are_listed_and_others_are_added() {
    for (blanks, printed) in [([true, true], 0), ([true, false], 0), ([false, true], 2)] {
        let (_, kept, (sides, runs)) = corrected(0, blanks);
        let blank =
            |runs: &[SheetRun]| runs.iter().filter(|run| run.kind == SheetKind::Blank).count();
        assert_eq!((blank(&runs), blank(&kept) + blank(&runs)), (printed, 2));
        let said = text(&sides);
        for heading in ["Общиесведенияобобучающихся", "Листокздоровья"]
        {
            assert!(said.contains(heading), "{blanks:?}: {heading}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_stays_every_page_has_its_sheets_once_and_all_are_counted(
        journal in arbitrary::journal(),
        stays in proptest::array::uniform3(any::<bool>()),
        first in 1u32..200,
    ) {
        let pages = digests(&journal);
        let mut number = 0;
        let kept: Vec<SheetRun> = pages.iter().zip(stays).filter(|(_, stays)| *stays).map(|(digest, _)| {
            number += 1;
            // Its place may have been another in the journal that it was printed from.
            SheetRun { digest: Some(*digest), from: number, kind: SheetKind::Page, page: Some(9), to: number }
        }).collect();
        let first = first + number;
        let edition = correction(kept.clone(), vec![SheetRange { from: 1, to: 1 }], first);
        // Journals may hold what has no glyph; that is said elsewhere.
        let Ok((sides, runs)) = lay_out(&form(&journal, &pages), &edition) else { return Ok(()) };
        let mut next = first;
        for run in &runs {
            prop_assert_eq!(run.from, next);
            next = run.to + 1;
        }
        prop_assert_eq!(sides.len() as u32, next - first);
        let shown = |runs: &[SheetRun]| runs.iter().filter_map(|run| run.digest).collect::<Vec<Digest>>();
        let both = [shown(&kept), shown(&runs)].concat();
        prop_assert_eq!(both.len(), pages.len());
        prop_assert_eq!(both.into_iter().collect::<BTreeSet<_>>(), pages.into_iter().collect());
        let valid: u32 = kept.iter().chain(&runs).map(SheetRun::count).sum();
        let last = text(&sides[sides.len() - 1..]);
        let counted = format!("печатью{valid}(");
        prop_assert!(last.contains(&counted), "{} in {}", counted, last);
    }
}
