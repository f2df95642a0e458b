//! Files a person names: read with a limit, written durably.

use crate::location::folder::sync_directory;
use anyhow::{Context as _, anyhow};
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// The most bytes of a text a person names: a regulation, a key, a signature.
pub(super) const MOST_TEXT: u64 = 1 << 20;

/// The bytes of a file of at most `most` bytes.
pub(super) fn read(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let at = || format!("cannot read `{}`", path.display());
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
        .with_context(at)?;
    if bytes.len() as u64 > most {
        return Err(anyhow!("it has more than {most} bytes; this is another file").context(at()));
    }
    Ok(bytes)
}

/// The text of a small file.
pub(super) fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = read(path, MOST_TEXT)?;
    String::from_utf8(bytes)
        .map_err(|_| anyhow!("`{}` is not UTF-8 text; save it as UTF-8", path.display()))
}

/// Writes a file that must not be there yet, durably.
pub(super) fn write_new(path: &Path, bytes: &[u8], mode: u32) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(mode).open(path);
    let mut file = file.with_context(|| format!("cannot create `{}`", path.display()))?;
    let written = file
        .write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| sync_directory(parent(path)));
    if written.is_err() {
        // Half a file would only stand in the way of the next try.
        let _ = fs::remove_file(path);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// Writes a file durably and in one step, whether it is there or not.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let fresh = path.with_file_name(name);
    // A left-over of an interrupted run.
    let _ = fs::remove_file(&fresh);
    write_new(&fresh, bytes, 0o644)?;
    fs::rename(&fresh, path)
        .and_then(|()| sync_directory(parent(path)))
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// The directory a file is in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The path beside `path` with another ending: `director.pub.pem` for `director.pem` and `pub.pem`.
/// Endings of keys are taken off first.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = [".pub.pem", ".pem"].iter().find_map(|end| name.strip_suffix(end));
    path.with_file_name(format!("{}.{ending}", stem.unwrap_or(&name)))
}
