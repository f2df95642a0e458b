//! Interchange files: one file, one class, one period.

use super::gather::Found;
use super::{Import, Lack, Problem, dnevnik, sniff};
use crate::journal::read;

/// Reads one file.
///
/// # Errors
/// When it is no JSON, or every problem the strict reader finds.
pub(super) fn read(file: Found) -> Result<Import, Vec<Problem>> {
    if let Some(reason) = sniff::sniff(&file.source.bytes).refusal() {
        return Err(vec![Problem::of_file(&file.shown, reason)]);
    }
    let journal = read::journal(&file.source.bytes).map_err(|problems| refusal(&file, problems))?;
    let lacking = Lack::teacher_names(&journal).into_iter().collect();
    Ok(Import { journal, sources: vec![file.source], lacking })
}

/// An answer of Дневник.ру under a name of its own is no interchange file. When its ids were rounded, that
/// is what has to be told: renaming it would not help.
fn refusal(file: &Found, problems: Vec<read::Problem>) -> Vec<Problem> {
    let rounded = dnevnik::rounded_ids(&file.source.bytes);
    let told = if rounded.is_empty() { problems } else { rounded };
    told.into_iter().map(|problem| Problem::within(&file.shown, problem)).collect()
}
