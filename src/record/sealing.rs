//! From a journal and its source files, or from a class's year, to a sealed package.

use super::bag::{self, Member};
use super::layout::Layout;
use super::page_view::PageViews;
use super::statement::YearStatement;
use super::{RecordKind, Seal, cards};
use crate::digest::Digest;
use crate::intake::SourceFile;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::register::{ArchiveId, RecordNumber};
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

/// What a record is sealed as.
#[derive(Debug, Clone)]
pub struct Sealing {
    /// Whose archive.
    pub archive: ArchiveId,
    /// The number set aside for it.
    pub record: RecordNumber,
    /// The school's id, without spaces.
    pub school_id: String,
    /// The school's name today.
    pub school_name: String,
    /// Class of the file plan in force.
    pub retention: String,
    /// When.
    pub sealed: DateTime<Utc>,
    /// The record it replaces.
    pub replaces: Option<Replaced>,
    /// Printed views as they were shown before: what people confirmed by its digest keeps that digest.
    pub shown: PageViews,
}

/// The record that a new one replaces.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// Its number.
    pub record: RecordNumber,
    /// Digest of its `seal.txt`.
    pub seal: Digest,
    /// Its printed views: equal ones keep salt and digest. A summary statement has none.
    pub pages: PageViews,
}

/// A record ready to be stored.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// The name of its directory and of the package's top folder.
    pub directory: String,
    /// `package.zip`.
    pub package: Vec<u8>,
    /// What `seal.txt` says.
    pub seal: Seal,
    /// The page digests, in page order; none of a summary statement.
    pub pages: Vec<Digest>,
    /// Places from 1 of the pages that read otherwise than in the replaced record.
    pub changed: Vec<u32>,
}

/// The name of a record's directory: `000123-7a-q1-journal`.
pub fn directory_name(
    record: RecordNumber,
    class: &ClassName,
    period: &PeriodId,
    kind: RecordKind,
) -> String {
    format!("{record}-{}-{}-{kind}", class.slug(), period.slug())
}

/// Seals a journal: package, cards, page digests, seal. `print` makes the reference print, which names the
/// page digests. The same input, numbers and random source give the same bytes.
///
/// # Errors
/// When there is no print.
pub fn seal_journal<E>(
    journal: &Journal,
    sources: &[SourceFile],
    sealing: &Sealing,
    print: impl FnOnce(&[Digest]) -> Result<Vec<u8>, E>,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, E> {
    let former = sealing.replaces.as_ref().map(|r| r.pages.clone()).unwrap_or_default();
    let layout = Layout::of(journal);
    let views = PageViews::laid_out(&layout, &[&former, &sealing.shown], rng);
    let cards = cards::write(&layout, rng);
    let pages = views.digests();
    let made = [&cards.text, &journal.to_canonical(), &print(&pages)?, &views.to_lines()];
    let content = Content {
        kind: RecordKind::Journal,
        class: journal.class.name(),
        period: journal.period_id(),
        made: &made.map(Vec::as_slice),
        sources,
    };
    let sealed = content.seal(&cards, sealing);
    Ok(Sealed { pages, changed: views.changed_since(&former), ..sealed })
}

/// Seals a class's year: package, cards, seal. `print` makes the reference print. The same input, numbers and
/// random source give the same bytes.
///
/// # Errors
/// When there is no print.
pub fn seal_statement<E>(
    statement: &YearStatement,
    sealing: &Sealing,
    print: impl FnOnce() -> Result<Vec<u8>, E>,
    rng: &mut impl CryptoRng,
) -> Result<Sealed, E> {
    let cards = cards::write(statement, rng);
    let made = [&cards.text, &statement.to_canonical(), &print()?];
    let content = Content {
        kind: RecordKind::Statement,
        class: statement.class.clone(),
        period: statement.period(),
        made: &made.map(Vec::as_slice),
        sources: &[],
    };
    Ok(content.seal(&cards, sealing))
}

/// What a package has in `data/` beside its sources, in the order of the package.
pub(super) fn data(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Journal => {
            &["data/cards.jsonl", "data/journal.json", "data/journal.pdf", "data/pages.jsonl"]
        }
        RecordKind::Statement => &["data/cards.jsonl", "data/statement.json", "data/statement.pdf"],
    }
}

/// What goes into a package.
struct Content<'a> {
    kind: RecordKind,
    class: ClassName,
    period: PeriodId,
    /// The members of [`data`].
    made: &'a [&'a [u8]],
    sources: &'a [SourceFile],
}

impl Content<'_> {
    /// A record without pages.
    fn seal(self, cards: &cards::Cards, sealing: &Sealing) -> Sealed {
        let directory = directory_name(sealing.record, &self.class, &self.period, self.kind);
        let package = self.package(&directory, sealing);
        let seal = Seal {
            archive: sealing.archive,
            record: sealing.record,
            school_id: sealing.school_id.clone(),
            school_name: sealing.school_name.clone(),
            kind: self.kind,
            class: self.class,
            period: self.period,
            retention: sealing.retention.clone(),
            sealed: sealing.sealed,
            package: Digest::of(&package),
            cards_root: cards.root,
            cards_size: cards.size,
            replaces: sealing.replaces.as_ref().map(|r| (r.record, r.seal)),
        };
        Sealed { directory, package, seal, pages: Vec::new(), changed: Vec::new() }
    }

    fn package(&self, directory: &str, sealing: &Sealing) -> Vec<u8> {
        let made = data(self.kind).iter().zip(self.made);
        let made = made.map(|(name, bytes)| Member { name: (*name).to_owned(), bytes });
        let sources = (1..).zip(self.sources).map(|(place, source)| Member {
            name: bag::source_name(place, &source.name),
            bytes: &source.bytes,
        });
        let payload: Vec<Member<'_>> = made.chain(sources).collect();
        self.bagged(directory, &payload, sealing)
    }

    fn bagged(&self, directory: &str, payload: &[Member<'_>], sealing: &Sealing) -> Vec<u8> {
        let identifier = format!("{}/{}", sealing.archive, sealing.record);
        let date = sealing.sealed.date_naive();
        let size = (payload.iter().map(|m| m.bytes.len() as u64).sum(), payload.len());
        let head = bag::info_head(&sealing.school_name, &identifier, date, size);
        let info = bag::info(head, self.sources);
        let manifest =
            bag::manifest(payload.iter().map(|m| (m.name.as_str(), Digest::of(m.bytes))));
        let mut tags = vec![
            Member { name: bag::BAGIT_NAME.to_owned(), bytes: bag::BAGIT.as_bytes() },
            Member { name: bag::INFO_NAME.to_owned(), bytes: info.as_bytes() },
            Member { name: bag::MANIFEST_NAME.to_owned(), bytes: manifest.as_bytes() },
        ];
        let tag_manifest =
            bag::manifest(tags.iter().map(|m| (m.name.as_str(), Digest::of(m.bytes))));
        tags.push(Member {
            name: bag::TAG_MANIFEST_NAME.to_owned(),
            bytes: tag_manifest.as_bytes(),
        });
        zipped(directory, tags.iter().chain(payload))
    }
}

/// A zip with these members below one folder: deflated where that is worth it, of 1980-01-01, mode 0644, so that the same
/// members give the same bytes.
fn zipped<'a>(directory: &str, members: impl Iterator<Item = &'a Member<'a>>) -> Vec<u8> {
    const IN_MEMORY: &str = "writing a zip to memory fails only past 4 GiB a member";
    let options = SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for member in members {
        // A PDF's streams are deflated already.
        let method = match member.name.ends_with(".pdf") {
            true => zip::CompressionMethod::Stored,
            false => zip::CompressionMethod::Deflated,
        };
        let options = options.compression_method(method);
        zip.start_file(format!("{directory}/{}", member.name), options).expect(IN_MEMORY);
        zip.write_all(member.bytes).expect(IN_MEMORY);
    }
    zip.finish().expect(IN_MEMORY).into_inner()
}
