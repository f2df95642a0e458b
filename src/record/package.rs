//! Reading a package as hostile input.
//!
//! `docs/formats.md` § 2.1. A zip can say two things about itself: its directory and its local headers,
//! two members of one name, sizes that are not true. Here every byte of the file must belong to exactly
//! one member in order, and bytes are counted while they are read.

use crate::digest::{Digest, Hasher};
use std::io::{self, Read, Seek, SeekFrom};
use zip::CompressionMethod;

/// The most bytes a package may hold unpacked, over all of its members: 1 GiB.
pub const MOST_BYTES: u64 = 1 << 30;
/// The most bytes of a member that is read into memory: 256 MiB.
const MOST_IN_MEMORY: u64 = 256 << 20;
/// The most bytes that are set aside because a member's header says it has so many: 16 MiB.
const MOST_BELIEVED: u64 = 16 << 20;
/// How much of a member is unpacked at once when only its digest is wanted.
const PIECE: usize = 128 << 10;
/// Length of a zip's end record without comment.
const END_RECORD: u64 = 22;

/// An open package whose layout was found in order.
pub struct Package<R> {
    zip: zip::ZipArchive<R>,
    top: String,
    members: Vec<String>,
    left: u64,
}

/// Why a file is no package, or a member cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// No zip, or a damaged one.
    #[error("the package is no readable zip file: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// Reading failed.
    #[error("the package cannot be read: {0}")]
    Io(#[from] io::Error),
    /// There are bytes that belong to no member, or two members share one name.
    #[error("the package has {what}")]
    Layout {
        /// What was found.
        what: &'static str,
    },
    /// A member is not as the format allows.
    #[error("member `{name}` has {what}")]
    Member {
        /// Its name, made printable.
        name: String,
        /// What was found.
        what: &'static str,
    },
    /// More bytes than [`MOST_BYTES`].
    #[error("the package unpacks to more than {MOST_BYTES} bytes")]
    TooLarge,
    /// A member that belongs there is not there.
    #[error("member `{name}` is missing")]
    Missing {
        /// Which.
        name: String,
    },
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package and checks its layout: one top folder, plain names, stored or deflated members
    /// one after another, nothing else in the file.
    ///
    /// # Errors
    /// On the first thing the format does not allow.
    pub fn open(mut file: R) -> Result<Package<R>, PackageError> {
        let counted = entries_in_directory(&mut file)?;
        let mut zip = zip::ZipArchive::new(file)?;
        if zip.len() as u64 != counted {
            return Err(PackageError::Layout { what: "two members of one name" });
        }
        let mut members = Vec::with_capacity(zip.len());
        let mut end = 0;
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index)?;
            let name = String::from_utf8_lossy(member.name_raw()).escape_default().to_string();
            if let Some(what) = forbidden(&member) {
                return Err(PackageError::Member { name, what });
            }
            if member.header_start() != end {
                let what = "bytes before it that belong to no member";
                return Err(PackageError::Member { name, what });
            }
            end = member.data_start().unwrap_or(0) + member.compressed_size();
            members.push(name);
        }
        if zip.central_directory_start() != end || zip.offset() != 0 {
            return Err(PackageError::Layout { what: "bytes that belong to no member" });
        }
        let top = top_folder(&members)?;
        Ok(Package { zip, top, members, left: MOST_BYTES })
    }

    /// The top folder: the name of the record's directory.
    pub fn top(&self) -> &str {
        &self.top
    }

    /// Names of the members below the top folder, in file order.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|name| &name[self.top.len() + 1..])
    }

    /// The bytes of a member.
    ///
    /// # Errors
    /// When it is not there, damaged, or larger than fits in memory.
    pub fn read(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        let index = self.index_of(name)?;
        let mut member = self.zip.by_index(index)?;
        let allowed = MOST_IN_MEMORY.min(self.left);
        // The size the header tells is only where to begin: one byte more shows the end at once.
        let mut bytes = vec![0; member.size().min(allowed).min(MOST_BELIEVED) as usize + 1];
        let mut length = 0;
        loop {
            if length == bytes.len() {
                bytes.resize(2 * length, 0);
            }
            let n = member.read(&mut bytes[length..])?;
            if n == 0 {
                break;
            }
            length += n;
            if length as u64 > allowed {
                return Err(PackageError::TooLarge);
            }
        }
        self.left -= length as u64;
        bytes.truncate(length);
        Ok(bytes)
    }

    /// The digest and length of a member, read piece by piece.
    ///
    /// # Errors
    /// When it is not there, or damaged.
    pub fn digest_and_length(&mut self, name: &str) -> Result<(Digest, u64), PackageError> {
        let index = self.index_of(name)?;
        let mut member = self.zip.by_index(index)?;
        let mut hasher = Hasher::new();
        let mut length = 0;
        let mut piece = vec![0; PIECE];
        loop {
            let n = member.read(&mut piece)?;
            if n == 0 {
                break;
            }
            length += n as u64;
            if length > self.left {
                return Err(PackageError::TooLarge);
            }
            hasher.update(&piece[..n]);
        }
        self.left -= length;
        Ok((hasher.finish(), length))
    }

    fn index_of(&self, name: &str) -> Result<usize, PackageError> {
        let missing = || PackageError::Missing { name: name.to_owned() };
        self.members().position(|member| member == name).ok_or_else(missing)
    }
}

/// How many members the end record counts; the zip library keeps one of two with the same name.
fn entries_in_directory(file: &mut (impl Read + Seek)) -> Result<u64, PackageError> {
    let no_end = PackageError::Layout { what: "no end record, or bytes after it" };
    let length = file.seek(SeekFrom::End(0))?;
    if length < END_RECORD {
        return Err(no_end);
    }
    file.seek(SeekFrom::Start(length - END_RECORD))?;
    let mut end = [0; END_RECORD as usize];
    file.read_exact(&mut end)?;
    file.rewind()?;
    if end[..4] != *b"PK\x05\x06" || end[20..] != [0, 0] {
        return Err(no_end);
    }
    Ok(u64::from(u16::from_le_bytes([end[10], end[11]])))
}

/// What the format does not allow of a member.
fn forbidden<R: Read>(member: &zip::read::ZipFile<'_, R>) -> Option<&'static str> {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"._/-".contains(b);
    let name = member.name_raw();
    let parts_named = name.split(|b| *b == b'/').all(|part| !matches!(part, b"" | b"." | b".."));
    if !name.iter().all(plain) || !parts_named {
        Some("a name outside [A-Za-z0-9._/-], or one that leaves its folder")
    } else if member.encrypted() {
        Some("encryption")
    } else if member.is_symlink() || member.unix_mode().is_some_and(|m| m & 0o170_000 != 0o100_000)
    {
        Some("a kind other than a plain file")
    } else if !matches!(
        member.compression(),
        CompressionMethod::Stored | CompressionMethod::Deflated
    ) {
        Some("a compression other than stored or deflated")
    } else {
        None
    }
}

fn top_folder(members: &[String]) -> Result<String, PackageError> {
    let top = members.first().and_then(|name| name.split_once('/')).map(|(top, _)| top.to_owned());
    let top = top.ok_or(PackageError::Layout { what: "no top folder" })?;
    let inside = |name: &String| name.split_once('/').is_some_and(|(folder, _)| folder == top);
    if members.iter().all(inside) {
        Ok(top)
    } else {
        Err(PackageError::Layout { what: "more than one top folder" })
    }
}
