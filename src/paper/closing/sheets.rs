//! Numbers of sheets, counts and periods, as lists show them.

use crate::journal::PeriodId;
use crate::paper::wording::forms::{FileCount, SheetCount};
use crate::paper::words::{Case, Count, Noun, period, period_alone};
use crate::paper::{PaperError, Place};
use crate::register::SheetRun;

/// «3–5, 41»: the numbers in order, neighbours joined.
pub(super) fn numbers<'r>(runs: impl IntoIterator<Item = &'r SheetRun>) -> String {
    let mut runs: Vec<(u32, u32)> = runs.into_iter().map(|run| (run.from, run.to)).collect();
    runs.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, to) in runs {
        match joined.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    let written = joined.into_iter().map(|(from, to)| match to - from {
        0 => from.to_string(),
        _ => format!("{from}–{to}"),
    });
    written.collect::<Vec<_>>().join(", ")
}

/// How many sheets runs have.
pub(super) fn sum<'r>(runs: impl IntoIterator<Item = &'r SheetRun>) -> usize {
    runs.into_iter().map(|run| run.count() as usize).sum()
}

/// A count that can be written in words.
pub(super) fn count(n: usize, place: &str) -> Result<Count, PaperError> {
    let place = Place::of(place);
    Count::new(n).map_err(|cause| PaperError::Count { place: place.to_string(), cause })
}

/// So many sheets, in figures and words.
pub(super) fn sheets(n: usize, place: &str) -> Result<SheetCount, PaperError> {
    Ok(SheetCount::of(count(n, place)?, Case::Nominative))
}

/// So many copies with so many sheets, in figures and words.
pub(super) fn copies_and_sheets(
    copies: usize,
    sheets: usize,
    place: &str,
) -> Result<FileCount, PaperError> {
    let (copies, sheets) = (count(copies, place)?, count(sheets, place)?);
    let words = |n: Count, noun: &Noun| n.in_words(noun.gender, Case::Nominative);
    let noun = |n: Count, noun: &Noun| noun.after(n.get(), Case::Nominative).to_owned();
    Ok(FileCount {
        copies: copies.to_string(),
        copies_words: words(copies, &Noun::COPY),
        copies_noun: noun(copies, &Noun::COPY),
        sheets: sheets.to_string(),
        sheets_words: words(sheets, &Noun::SHEET),
        sheets_noun: noun(sheets, &Noun::SHEET),
    })
}

/// «2 четверть, 1 полугодие 2025/26 учебного года»: each once; the year is said after the last of its periods.
pub(super) fn periods(ids: &[PeriodId]) -> String {
    let mut each: Vec<PeriodId> = Vec::new();
    for id in ids {
        if !each.contains(id) {
            each.push(*id);
        }
    }
    let same = |next: Option<&PeriodId>, id: PeriodId| next.is_some_and(|n| n.year == id.year);
    let named = each.iter().enumerate().map(|(place, &id)| {
        let alone = id.number.is_some() && same(each.get(place + 1), id);
        if alone { period_alone(id, Case::Nominative) } else { period(id, Case::Nominative) }
    });
    named.collect::<Vec<_>>().join(", ")
}
