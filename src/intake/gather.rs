//! Finding and reading the files a person named.

use super::{Problem, SourceFile};
use crate::journal::read::MAX_BYTES;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// A file that was read.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path as the person wrote it, for messages.
    pub shown: String,
    /// The folder it lies in, absolute.
    pub folder: PathBuf,
    /// Name and bytes.
    pub source: SourceFile,
}

impl Found {
    /// The last part of its name.
    pub fn file_name(&self) -> &str {
        self.source.name.rsplit('/').next().unwrap_or(&self.source.name)
    }
}

/// Files of one folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// The folder's path as the person wrote it, for messages.
    pub shown: String,
    /// Its own name.
    pub name: String,
    /// Its files by name.
    pub files: Vec<Found>,
}

/// Where a file is and what it will be called.
struct Place {
    path: PathBuf,
    name: String,
}

/// Files of operating systems that mean nothing.
const PASSED_OVER: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// Reads everything below the paths. What can't be read is a problem; a file named twice is read once.
pub(super) fn gather(paths: &[PathBuf]) -> (Vec<Found>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for named in paths {
        let mut places = Vec::new();
        match fs::metadata(named) {
            Ok(what) if what.is_dir() => below(named, &mut places, &mut problems),
            Ok(_) => places.push(Place { path: named.clone(), name: called(named) }),
            Err(error) => problems.push(cannot_read(named, &error)),
        }
        for place in places {
            match read(&place, &mut seen) {
                Ok(file) => found.extend(file),
                Err(problem) => problems.push(problem),
            }
        }
    }
    (found, problems)
}

/// The files of one folder together, folders in the order of their paths.
pub(super) fn by_folder(found: Vec<Found>) -> Vec<Folder> {
    let mut folders: BTreeMap<PathBuf, Vec<Found>> = BTreeMap::new();
    for file in found {
        folders.entry(file.folder.clone()).or_default().push(file);
    }
    let each = folders.into_iter();
    each.map(|(path, mut files)| {
        files.sort_by(|a, b| a.source.name.cmp(&b.source.name));
        let name = path.file_name().map_or("dump".to_owned(), |n| n.to_string_lossy().into_owned());
        let parent = files.first().and_then(|f| Path::new(&f.shown).parent());
        let shown = parent.map(|p| p.display().to_string()).filter(|p| !p.is_empty());
        Folder { shown: shown.unwrap_or_else(|| name.clone()), name, files }
    })
    .collect()
}

/// What a named path is called among the sources.
fn called(named: &Path) -> String {
    let plain = named.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    let parts = named.components().filter_map(|c| match c {
        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
        _ => None,
    });
    let parts: Vec<String> = parts.collect();
    match parts.last() {
        Some(last) if !plain => last.clone(),
        _ => parts.join("/"),
    }
}

/// Everything in a folder and its folders, in the order of names.
fn below(named: &Path, places: &mut Vec<Place>, problems: &mut Vec<Problem>) {
    let (files, faults) = (places.len(), problems.len());
    let mut waiting = vec![Place { path: named.to_owned(), name: called(named) }];
    while let Some(folder) = waiting.pop() {
        match entries(&folder) {
            Ok(inside) => {
                for (place, kind) in inside {
                    if kind.is_dir() {
                        waiting.push(place);
                    } else if kind.is_file() {
                        places.push(place);
                    } else {
                        problems.push(not_a_file(&place.path));
                    }
                }
            }
            Err(error) => problems.push(cannot_read(&folder.path, &error)),
        }
    }
    places[files..].sort_by(|a, b| a.name.cmp(&b.name));
    if (places.len(), problems.len()) == (files, faults) {
        problems.push(Problem::of_file(&named.display().to_string(), "the folder holds no files"));
    }
}

fn entries(folder: &Place) -> std::io::Result<Vec<(Place, fs::FileType)>> {
    let mut inside = Vec::new();
    for entry in fs::read_dir(&folder.path)? {
        let entry = entry?;
        let own = entry.file_name().to_string_lossy().into_owned();
        if own.starts_with('.') || PASSED_OVER.contains(&own.as_str()) {
            continue;
        }
        let name = if folder.name.is_empty() { own } else { format!("{}/{own}", folder.name) };
        // `file_type` does not follow a link, `metadata` would.
        inside.push((Place { path: entry.path(), name }, entry.file_type()?));
    }
    Ok(inside)
}

fn read(place: &Place, seen: &mut HashSet<PathBuf>) -> Result<Option<Found>, Problem> {
    let shown = place.path.display().to_string();
    let cannot = |error: std::io::Error| cannot_read(&place.path, &error);
    let absolute = fs::canonicalize(&place.path).map_err(cannot)?;
    if !fs::metadata(&absolute).map_err(cannot)?.is_file() {
        return Err(not_a_file(&place.path));
    }
    if !seen.insert(absolute.clone()) {
        return Ok(None);
    }
    let file = fs::File::open(&absolute).map_err(cannot)?;
    let size = file.metadata().map_err(cannot)?.len();
    let most = MAX_BYTES as u64;
    let mut bytes = Vec::new();
    if size <= most {
        // One byte more than allowed tells a file that grew meanwhile.
        file.take(most + 1).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if size > most || bytes.len() > MAX_BYTES {
        let size = size.max(bytes.len() as u64);
        return Err(Problem::of_file(
            &shown,
            format!("has {size} bytes, more than 64 MiB: no source file is that large"),
        ));
    }
    let folder = absolute.parent().map(Path::to_owned).unwrap_or_default();
    let source = SourceFile { name: place.name.clone(), bytes };
    Ok(Some(Found { shown, folder, source }))
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Problem {
    Problem::of_file(&path.display().to_string(), format!("can't be read: {error}"))
}

fn not_a_file(path: &Path) -> Problem {
    let reason = "is a link or no ordinary file; put a copy of the file itself here";
    Problem::of_file(&path.display().to_string(), reason)
}
