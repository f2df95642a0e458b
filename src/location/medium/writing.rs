//! A medium in the making: in a folder, or in an ISO image.
//!
//! Nothing that looks like a medium is there before [`Written::publish`]: an image gets its name last, a folder
//! its `medium.txt`. What fails before leaves nothing behind.

use super::image::{self, ImageError};
use super::manifest::Manifest;
use super::text::MediumText;
use super::tree::Tree;
use super::{MANIFEST_FILE, MEDIUM_FILE, SIGNATURE_FILE};
use crate::digest::Digest;
use crate::key::Signature;
use crate::location::folder::sync_directory;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Why a medium was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file of this name is there.
    #[error("`{0}` is there already and was not touched; give another name")]
    Exists(PathBuf),
    /// The folder holds something.
    #[error("`{0}` is not empty; choose an empty folder, nothing in it was touched")]
    NotEmpty(PathBuf),
    /// A killed run left its folder.
    #[error("`{0}` was left by an interrupted run; remove it and repeat")]
    Leftover(PathBuf),
    /// The disk said no.
    #[error("`{path}`: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The image.
    #[error(transparent)]
    Image(#[from] ImageError),
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> WriteError + '_ {
    |source| WriteError::Io { path: path.to_owned(), source }
}

/// A medium that is being filled.
#[derive(Debug)]
pub struct Writing {
    tree: Tree,
    image: Option<Image>,
}

/// A medium that lacks only its name.
#[derive(Debug)]
pub struct Written {
    tree: Tree,
    image: Option<Image>,
    /// What makes a folder a medium.
    last: Vec<(&'static str, Vec<u8>)>,
}

/// Where an image comes to be. Dropping removes the workroom, whatever is in it.
#[derive(Debug)]
struct Image {
    path: PathBuf,
    /// Beside the image, so that renaming moves no bytes.
    workroom: PathBuf,
}

impl Image {
    fn begin(path: &Path) -> Result<Image, WriteError> {
        image::ready()?;
        if path.symlink_metadata().is_ok() {
            return Err(WriteError::Exists(path.to_owned()));
        }
        let mut name = OsString::from(path);
        name.push(".unfinished");
        let workroom = PathBuf::from(name);
        match fs::create_dir(&workroom) {
            Ok(()) => Ok(Image { path: path.to_owned(), workroom }),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                Err(WriteError::Leftover(workroom))
            }
            Err(error) => Err(io_error(&workroom)(error)),
        }
    }

    fn file(&self) -> PathBuf {
        self.workroom.join("image")
    }

    fn tree(&self) -> PathBuf {
        self.workroom.join("tree")
    }

    /// Gives the image its name. An empty file takes the name first, which fails when there is one: renaming
    /// alone would replace it.
    fn publish(&self) -> Result<(), WriteError> {
        match File::create_new(&self.path) {
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                return Err(WriteError::Exists(self.path.clone()));
            }
            Err(error) => return Err(io_error(&self.path)(error)),
        }
        let renamed = fs::rename(self.file(), &self.path);
        if renamed.is_err() {
            let _ = fs::remove_file(&self.path);
        }
        renamed.map_err(io_error(&self.path))?;
        let above = self.path.parent().filter(|above| !above.as_os_str().is_empty());
        sync_directory(above.unwrap_or(Path::new("."))).map_err(io_error(&self.path))
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        // Should that fail, the next run names what is left.
        let _ = fs::remove_dir_all(&self.workroom);
    }
}

impl Writing {
    /// Begins a medium: an image when the path ends with `.iso` and is no folder, else a folder that is empty or
    /// not there yet.
    ///
    /// # Errors
    /// When something is there, or an image is wanted and there is no xorriso.
    pub fn begin(to: &Path) -> Result<Writing, WriteError> {
        let iso = to.extension().is_some_and(|end| end.eq_ignore_ascii_case("iso"));
        if !iso || to.is_dir() {
            return Ok(Writing { tree: Tree::begin(to, true)?, image: None });
        }
        let image = Image::begin(to)?;
        Ok(Writing { tree: Tree::begin(&image.tree(), false)?, image: Some(image) })
    }

    /// Writes a file of the medium, at a path below it. Gives its digest.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn put(&mut self, path: &str, from: impl Read) -> Result<Digest, WriteError> {
        self.tree.put(path, from)
    }

    /// The files so far.
    pub fn manifest(&self) -> &Manifest {
        &self.tree.manifest
    }

    /// Bytes of all files so far.
    pub fn bytes(&self) -> u64 {
        self.tree.bytes
    }

    /// Writes the manifest and all else that can fail: what is left is giving the medium its name.
    ///
    /// # Errors
    /// When it cannot be written and synced, or xorriso fails.
    pub fn finish(
        mut self,
        text: &MediumText,
        signature: &Signature,
    ) -> Result<Written, WriteError> {
        let manifest = self.tree.manifest.to_text();
        self.tree.write(MANIFEST_FILE, manifest.as_bytes())?;
        let mut last = vec![
            (SIGNATURE_FILE, signature.as_bytes().to_vec()),
            (MEDIUM_FILE, text.to_text().into_bytes()),
        ];
        match &self.image {
            None => self.tree.sync()?,
            Some(image) => {
                for (path, bytes) in last.drain(..) {
                    self.tree.write(path, &bytes[..])?;
                }
                let file = image.file();
                image::make(&image.tree(), &file, &text.volume(), text.made)?;
                File::open(&file).and_then(|f| f.sync_all()).map_err(io_error(&file))?;
            }
        }
        Ok(Written { tree: self.tree, image: self.image, last })
    }
}

impl Written {
    /// Makes it a medium, durably.
    ///
    /// # Errors
    /// When an image has got a namesake meanwhile, or the disk fails; then nothing is left.
    pub fn publish(mut self) -> Result<(), WriteError> {
        if let Some(image) = &self.image {
            return image.publish();
        }
        for (path, bytes) in &self.last {
            self.tree.write(path, &bytes[..])?;
        }
        self.tree.sync()?;
        self.tree.kept = true;
        Ok(())
    }
}
