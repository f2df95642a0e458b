//! The bag inside a package: BagIt 1.0 (RFC 8493), manifests by SHA-256.

use crate::digest::Digest;
use crate::intake::SourceFile;
use std::fmt::Write as _;

/// `bagit.txt` (RFC 8493 § 2.1.1).
pub(super) const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// Names of the tag files, in package order.
pub(super) const BAGIT_NAME: &str = "bagit.txt";
pub(super) const INFO_NAME: &str = "bag-info.txt";
pub(super) const MANIFEST_NAME: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST_NAME: &str = "tagmanifest-sha256.txt";

/// A member of a package: its name below the top folder, and its bytes.
pub(super) struct Member<'a> {
    pub(super) name: String,
    pub(super) bytes: &'a [u8],
}

/// The name of the `place`-th source file (from 1) in the bag: ASCII, with the original's ending.
pub(super) fn source_name(place: usize, original: &str) -> String {
    let ending = original.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let plain =
        |e: &String| (1..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric());
    format!("data/source/{place:04}.{}", ending.filter(plain).unwrap_or_else(|| "bin".to_owned()))
}

/// What `bag-info.txt` begins with: which school, which record, when, and how many bytes in how many files.
pub(super) fn info_head(
    organization: &str,
    identifier: &str,
    date: chrono::NaiveDate,
    (bytes, files): (u64, usize),
) -> String {
    format!(
        "Source-Organization: {organization}\nExternal-Identifier: {identifier}\n\
         Bagging-Date: {date}\nPayload-Oxum: {bytes}.{files}\n"
    )
}

/// `bag-info.txt`: its head, and what the source files were called.
pub(super) fn info(head: String, sources: &[SourceFile]) -> String {
    let mut text = head;
    for (place, source) in (1..).zip(sources) {
        let name = source_name(place, &source.name);
        let _ = writeln!(text, "Source-Name: {name} {}", percent_encoded(&source.name));
    }
    text
}

/// `%` and control characters as `%XX`, byte by byte of their UTF-8.
fn percent_encoded(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        if c == '%' || c.is_control() {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(text, "%{byte:02X}");
            }
        } else {
            text.push(c);
        }
    }
    text
}

/// A manifest of these members, sorted by name.
pub(super) fn manifest<'a>(members: impl Iterator<Item = (&'a str, Digest)>) -> String {
    let mut lines: Vec<_> = members.collect();
    lines.sort_unstable();
    lines.iter().fold(String::new(), |mut text, (name, digest)| {
        let _ = writeln!(text, "{digest}  {name}");
        text
    })
}
