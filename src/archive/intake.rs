//! Imports waiting to be sealed: source bytes and canonical journal, durable from the moment the import
//! is acknowledged until it is sealed or superseded.

use super::{Home, Lock};
use crate::digest::Digest;
use crate::intake::{Import, SourceFile};
use crate::journal::{ClassName, Journal, PeriodId};
use crate::location::folder::sync_directory;
use crate::record::PageViews;
use chrono::{DateTime, SubsecRound as _, Utc};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const DIRECTORY: &str = "intake";
const DESCRIPTION: &str = "import.json";
const JOURNAL: &str = "journal.json";
/// Printed views of the pages, each under the salt it has had since it first read so.
const PAGES: &str = "pages.jsonl";

/// An import that waits to be sealed.
#[derive(Debug, Clone)]
pub struct Waiting {
    directory: PathBuf,
    description: Description,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    class: ClassName,
    imported: DateTime<Utc>,
    journal: Digest,
    pages: Digest,
    period: PeriodId,
    sources: Vec<Original>,
}

/// A source file: what it was called, where it is kept, and its digest.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Original {
    file: String,
    name: String,
    sha256: Digest,
}

/// Why an import cannot be kept or read back.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The disk said no.
    #[error("`{path}`: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is kept is not what was imported.
    #[error("the import in `{0}` is damaged; import the class again")]
    Damaged(PathBuf),
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> IntakeError + '_ {
    |source| IntakeError::Io { path: path.to_owned(), source }
}

impl Waiting {
    /// Whose journal it is.
    pub fn class(&self) -> &ClassName {
        &self.description.class
    }

    /// Of which period.
    pub fn period(&self) -> PeriodId {
        self.description.period
    }

    /// When it was imported.
    pub fn imported(&self) -> DateTime<Utc> {
        self.description.imported
    }

    /// The journal.
    ///
    /// # Errors
    /// When it cannot be read, or is not what was imported.
    pub fn journal(&self) -> Result<Journal, IntakeError> {
        let text = self.read(JOURNAL, self.description.journal)?;
        serde_json::from_slice(&text).map_err(|_| IntakeError::Damaged(self.directory.clone()))
    }

    /// The printed views of its pages, by whose digests people confirm them.
    ///
    /// # Errors
    /// When they cannot be read, or are not what was kept.
    pub fn pages(&self) -> Result<PageViews, IntakeError> {
        let text = self.read(PAGES, self.description.pages)?;
        Ok(PageViews::from_lines(&text))
    }

    /// The source files, byte for byte.
    ///
    /// # Errors
    /// When one cannot be read, or is not what was imported.
    pub fn sources(&self) -> Result<Vec<SourceFile>, IntakeError> {
        let originals = self.description.sources.iter();
        originals
            .map(|original| {
                let bytes = self.read(&original.file, original.sha256)?;
                Ok(SourceFile { name: original.name.clone(), bytes })
            })
            .collect()
    }

    fn read(&self, file: &str, digest: Digest) -> Result<Vec<u8>, IntakeError> {
        let path = self.directory.join(file);
        let bytes = fs::read(&path).map_err(io_error(&path))?;
        if Digest::of(&bytes) == digest {
            Ok(bytes)
        } else {
            Err(IntakeError::Damaged(self.directory.clone()))
        }
    }

    /// Forgets the import: it is sealed, or a later one took its place.
    pub(super) fn remove(&self) -> Result<(), IntakeError> {
        fs::remove_dir_all(&self.directory).map_err(io_error(&self.directory))?;
        let parent = self.directory.parent().unwrap_or(Path::new("."));
        sync_directory(parent).map_err(io_error(parent))
    }
}

impl Home {
    /// Imports waiting to be sealed, by period and class; of two for one class the later.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn waiting(&self) -> Result<Vec<Waiting>, IntakeError> {
        let mut waiting: Vec<Waiting> = Vec::new();
        let top = self.file(DIRECTORY);
        for entry in fs::read_dir(&top).map_err(io_error(&top))?.flatten() {
            let directory = entry.path();
            // A name with a dot in front is an import that was never finished.
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let text = fs::read(directory.join(DESCRIPTION)).map_err(io_error(&directory))?;
            let description = serde_json::from_slice(&text)
                .map_err(|_| IntakeError::Damaged(directory.clone()))?;
            waiting.push(Waiting { directory, description });
        }
        waiting.sort_by(|a, b| {
            let key = |w: &Waiting| (w.period(), w.class().clone(), w.imported());
            key(a).cmp(&key(b))
        });
        let mut latest: Vec<Waiting> = Vec::with_capacity(waiting.len());
        for import in waiting {
            let same = |w: &Waiting| w.period() == import.period() && w.class() == import.class();
            if latest.last().is_some_and(same) {
                latest.pop();
            }
            latest.push(import);
        }
        Ok(latest)
    }

    /// Keeps imports durably: all of them, or none. An earlier import of the same class and period is
    /// superseded.
    ///
    /// # Errors
    /// When something cannot be written; nothing is superseded then.
    pub fn keep(
        &self,
        imports: &[Import],
        _lock: &Lock,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), IntakeError> {
        let before = self.waiting()?;
        let top = self.file(DIRECTORY);
        let mut written = Vec::with_capacity(imports.len());
        for import in imports {
            let (class, period) = (import.journal.class.name(), import.journal.period_id());
            let former = before.iter().find(|w| *w.class() == class && w.period() == period);
            // What cannot be read any more cannot keep its digest.
            let former = former.and_then(|w| w.pages().ok()).unwrap_or_default();
            let pages = PageViews::of(&import.journal, &[&former], rng).to_lines();
            written.push(write(&top, import, &pages, now, rng)?);
        }
        for (fresh, place) in &written {
            fs::rename(fresh, place).map_err(io_error(place))?;
        }
        sync_directory(&top).map_err(io_error(&top))?;
        for import in imports {
            let (class, period) = (import.journal.class.name(), import.journal.period_id());
            for old in before.iter().filter(|w| *w.class() == class && w.period() == period) {
                old.remove()?;
            }
        }
        Ok(())
    }
}

/// Writes an import under a hidden name; gives that name and the one it gets when all are written.
fn write(
    top: &Path,
    import: &Import,
    pages: &[u8],
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<(PathBuf, PathBuf), IntakeError> {
    let (class, period) = (import.journal.class.name(), import.journal.period_id());
    let name = format!("{}-{}-{}-{:08x}", period.year, period.slug(), class.slug(), rng.next_u32());
    let fresh = top.join(format!(".{name}"));
    fs::create_dir(&fresh).map_err(io_error(&fresh))?;
    let put = |file: &str, bytes: &[u8]| {
        let path = fresh.join(file);
        let error = io_error(&path);
        let mut file = File::create_new(&path).map_err(&error)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&error)
    };
    let mut sources = Vec::with_capacity(import.sources.len());
    for (place, source) in (1..).zip(&import.sources) {
        let file = format!("{place:04}.source");
        put(&file, &source.bytes)?;
        let sha256 = Digest::of(&source.bytes);
        sources.push(Original { file, name: source.name.clone(), sha256 });
    }
    let journal = import.journal.to_canonical();
    put(JOURNAL, &journal)?;
    put(PAGES, pages)?;
    let description = Description {
        class,
        imported: now.trunc_subsecs(0),
        journal: Digest::of(&journal),
        pages: Digest::of(pages),
        period,
        sources,
    };
    let text = serde_json::to_vec(&description).expect("a description has string keys");
    put(DESCRIPTION, &text)?;
    sync_directory(&fresh).map_err(io_error(&fresh))?;
    Ok((fresh, top.join(name)))
}
