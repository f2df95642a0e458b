//! Interchange files: one file, one class, one period.

use super::gather::Found;
use super::{Import, Lack, Problem, sniff};
use crate::journal::read;

/// Reads one file.
///
/// # Errors
/// When it is no JSON, or every problem the strict reader finds.
pub(super) fn read(file: Found) -> Result<Import, Vec<Problem>> {
    if let Some(reason) = sniff::sniff(&file.source.bytes).refusal() {
        return Err(vec![Problem::of_file(&file.shown, reason)]);
    }
    let within = |problem| Problem::within(&file.shown, problem);
    let journal = read::journal(&file.source.bytes)
        .map_err(|problems| problems.into_iter().map(within).collect::<Vec<_>>())?;
    let lacking = Lack::teacher_names(&journal).into_iter().collect();
    Ok(Import { journal, sources: vec![file.source], lacking })
}
