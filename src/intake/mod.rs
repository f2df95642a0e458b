//! Source files into journals.
//!
//! A person names files and folders; [`read`] tells by content what each is, reads all of them, and
//! only then answers: with every journal and the bytes it came from, or with every problem. Read so far:
//!
//! * interchange files, one class and period a file;
//! * folders of JSON saved from Дневник.ру's partner API.
//!
//! Excel files and HTML tables are recognised and refused with a sentence that says so. `docs/sources.md`
//! tells what each source system gives and how it is saved.

mod dnevnik;
mod gather;
mod interchange;
mod lack;
mod sniff;

pub use lack::Lack;

use crate::journal::{ClassName, Journal, PeriodId, read as journal_read};
use gather::Found;
use std::collections::hash_map::{Entry, HashMap};
use std::fmt;
use std::path::PathBuf;

/// A source file byte for byte, to be archived with the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// As the person named it: relative, parts divided by `/`. A file named by an absolute path, or by
    /// one with `..`, is called by the last part of that path.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// One class's journal for one period, as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The journal, in canonical order.
    pub journal: Journal,
    /// The files it was read from, only those this class needs.
    pub sources: Vec<SourceFile>,
    /// What the source did not give. Never a reason to refuse.
    pub lacking: Vec<Lack>,
}

/// One thing wrong with a file, and where. Never names a pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder, as the person named it.
    pub file: String,
    /// JSON path within the file; empty when the file as a whole is meant.
    pub path: String,
    /// What is wrong and, where that is not obvious, what to do.
    pub reason: String,
}

impl Problem {
    fn of_file(file: &str, reason: impl Into<String>) -> Problem {
        Problem { file: file.to_owned(), path: String::new(), reason: reason.into() }
    }

    fn within(file: &str, problem: journal_read::Problem) -> Problem {
        Problem { file: file.to_owned(), path: problem.path, reason: problem.reason }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "{}: {}", self.file, self.reason),
            path => write!(f, "{}: {path}: {}", self.file, self.reason),
        }
    }
}

/// Reads files and folders; folders with all that is in them, in the order of names.
///
/// Symbolic links inside folders are refused, names that begin with a dot are passed over (they belong to
/// the operating system or a version control). No file larger than 64 MiB is opened.
///
/// The journals come sorted by class and period.
///
/// # Errors
/// Every problem of every file; nothing is taken in then. A class and period that two files tell is one.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Import>, Vec<Problem>> {
    let (found, mut problems) = gather::gather(paths);
    let (dumps, others): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|file| dnevnik::is_named_like_an_endpoint(file.file_name()));
    let mut told = Vec::new();
    for file in others {
        let shown = file.shown.clone();
        match interchange::read(file) {
            Ok(import) => told.push((shown, import)),
            Err(found) => problems.extend(found),
        }
    }
    for folder in gather::by_folder(dumps) {
        let shown = folder.shown.clone();
        match dnevnik::read(folder) {
            Ok(imports) => told.extend(imports.into_iter().map(|i| (shown.clone(), i))),
            Err(found) => problems.extend(found),
        }
    }
    problems.extend(told_twice(&told));
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut imports: Vec<Import> = told.into_iter().map(|(_, import)| import).collect();
    imports.sort_by_cached_key(|i| (i.journal.class.name(), i.journal.period_id()));
    Ok(imports)
}

fn told_twice(told: &[(String, Import)]) -> Vec<Problem> {
    let mut first: HashMap<(ClassName, PeriodId), &str> = HashMap::new();
    let mut problems = Vec::new();
    for (file, import) in told {
        let key = (import.journal.class.name(), import.journal.period_id());
        match first.entry(key) {
            Entry::Vacant(free) => {
                free.insert(file);
            }
            Entry::Occupied(taken) => {
                let (class, period) = taken.key();
                let reason = format!(
                    "class {class}, period {period} is in {} too; import one of them",
                    taken.get()
                );
                problems.push(Problem::of_file(file, reason));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests;
