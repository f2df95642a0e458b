//! What is inside a package, compared with itself and with its seal.

use super::canonical::Canonical;
use super::cards::{self, CardsFault};
use super::layout::Layout;
use super::package::{Package, PackageError};
use super::salt::Salt;
use super::sealing::data;
use super::statement::{SourceRecord, YearStatement};
use super::{RecordKind, Seal, bag, directory_name, lines};
use crate::digest::Digest;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::register::RecordNumber;
use std::collections::BTreeMap;
use std::io::{Read, Seek};

/// In what a package is not what it should be. Each kind has a stable code.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file or a member cannot be read as the format says.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The top folder has another record's name.
    #[error("the top folder is `{found}`, the seal makes it `{expected}`")]
    Folder {
        /// In the zip.
        found: String,
        /// By number, class, period and kind of the seal.
        expected: String,
    },
    /// A manifest and the members disagree.
    #[error("`{member}`: {what}")]
    Bag {
        /// The member or tag file.
        member: String,
        /// In what.
        what: &'static str,
    },
    /// `journal.json` is not a journal in canonical form.
    #[error("journal.json: {0}")]
    Journal(String),
    /// `statement.json` is not a summary statement in canonical form.
    #[error("statement.json: {0}")]
    Statement(String),
    /// The parts of a summary statement say different things.
    #[error("statement.json: its parts contradict each other in {what}")]
    Contradiction {
        /// In what.
        what: &'static str,
    },
    /// A summary statement names a record that was not sealed so.
    #[error("statement.json: the register has no record {0} of a journal as it is named there")]
    Source(RecordNumber),
    /// Content and seal tell of different things.
    #[error("the seal says {key} {sealed}, the {kind} {found}")]
    OtherContent {
        /// Journal or statement.
        kind: RecordKind,
        /// Class or period.
        key: &'static str,
        /// In the seal.
        sealed: String,
        /// In the journal or statement.
        found: String,
    },
    /// A printed view is not that of its page.
    #[error("the printed view of page {place} is not what the journal says")]
    View {
        /// From 1.
        place: usize,
    },
    /// The cards differ from the journal or statement, or the seal.
    #[error("cards.jsonl: {0}")]
    Cards(#[from] CardsFault),
}

impl Fault {
    /// Stable code of this kind of finding.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Package(PackageError::Missing { .. }) => "package-member-missing",
            Fault::Package(PackageError::Member { .. }) => "package-member",
            Fault::Package(PackageError::TooLarge) => "package-too-large",
            Fault::Package(_) => "package-unreadable",
            Fault::Folder { .. } => "package-folder",
            Fault::Bag { .. } => "bag",
            Fault::Journal(_) => "journal-form",
            Fault::Statement(_) => "statement-form",
            Fault::Contradiction { .. } => "statement-contradiction",
            Fault::Source(_) => "statement-source",
            Fault::OtherContent { kind: RecordKind::Journal, .. } => "journal-not-sealed",
            Fault::OtherContent { kind: RecordKind::Statement, .. } => "statement-not-sealed",
            Fault::View { .. } => "page-view",
            Fault::Cards(CardsFault::Root | CardsFault::Size { .. }) => "cards-root",
            Fault::Cards(_) => "cards-content",
        }
    }
}

/// Opens a package and compares everything in it: manifests with members, the journal or statement with its
/// canonical form, views and cards with it, all of it with the seal. Finds all there is to find; a package that
/// cannot be read has one fault. Whether the records that a statement names were sealed so, only a register can
/// tell: [`check_in_register`].
pub fn check(file: impl Read + Seek, seal: &Seal) -> Vec<Fault> {
    check_in_register(file, seal, |_| true)
}

/// The same, and of a statement the records it was drawn from: whether each is `registered`.
pub fn check_in_register(
    file: impl Read + Seek,
    seal: &Seal,
    registered: impl Fn(&SourceRecord) -> bool,
) -> Vec<Fault> {
    let mut package = match Package::open(file) {
        Ok(package) => package,
        Err(error) => return vec![error.into()],
    };
    let mut faults = Vec::new();
    let expected = directory_name(seal.record, &seal.class, &seal.period, seal.kind);
    if package.top() != expected {
        faults.push(Fault::Folder { found: package.top().to_owned(), expected });
    }
    match Contents::read(&mut package) {
        Ok(contents) => {
            let missing =
                tags_and_data(seal.kind).filter(|name| !contents.digests.contains_key(*name));
            faults
                .extend(missing.map(|name| PackageError::Missing { name: name.to_owned() }.into()));
            contents.check_order(seal.kind, &mut faults);
            contents.check_bag(seal, &mut faults);
            match seal.kind {
                RecordKind::Journal => check_journal(&contents, seal, &mut faults),
                RecordKind::Statement => {
                    check_statement(&contents, seal, registered, &mut faults);
                }
            }
        }
        Err(error) => faults.push(error.into()),
    }
    faults
}

/// Members that are compared with each other, and the digests of all.
struct Contents {
    kept: BTreeMap<String, Vec<u8>>,
    digests: BTreeMap<String, Digest>,
    /// Names as they stand in the package.
    order: Vec<String>,
    bytes: u64,
}

impl Contents {
    fn read<R: Read + Seek>(package: &mut Package<R>) -> Result<Contents, PackageError> {
        let names: Vec<String> = package.members().map(str::to_owned).collect();
        let mut contents = Contents {
            kept: BTreeMap::new(),
            digests: BTreeMap::new(),
            order: names.clone(),
            bytes: 0,
        };
        for name in names {
            let digest = if name.starts_with("data/source/") || name.ends_with(".pdf") {
                let (digest, bytes) = package.digest_and_length(&name)?;
                contents.bytes += bytes;
                digest
            } else {
                let bytes = package.read(&name)?;
                if name.starts_with("data/") {
                    contents.bytes += bytes.len() as u64;
                }
                let digest = Digest::of(&bytes);
                contents.kept.insert(name.clone(), bytes);
                digest
            };
            contents.digests.insert(name, digest);
        }
        Ok(contents)
    }

    fn text(&self, name: &str) -> &[u8] {
        self.kept.get(name).map_or(&[], Vec::as_slice)
    }

    /// Tag files, then data, then source files by number; what is missing or does not belong is told by
    /// others.
    fn check_order(&self, kind: RecordKind, faults: &mut Vec<Fault>) {
        let place = |name: &str| {
            let sources = tags_and_data(kind).count();
            match name.starts_with("data/source/") {
                true => Some(sources),
                false => tags_and_data(kind).position(|known| known == name),
            }
        };
        let keys = self.order.iter().filter_map(|name| Some((place(name)?, name)));
        if !keys.is_sorted() {
            let member = "package.zip".to_owned();
            faults.push(Fault::Bag { member, what: "has its members in another order" });
        }
    }

    fn check_bag(&self, seal: &Seal, faults: &mut Vec<Fault>) {
        let mut fault = |member: &str, what| {
            faults.push(Fault::Bag { member: member.to_owned(), what });
        };
        if self.text(bag::BAGIT_NAME) != bag::BAGIT.as_bytes() {
            fault(bag::BAGIT_NAME, "is not that of BagIt 1.0");
        }
        let payload = self.digests.iter().filter(|(name, _)| name.starts_with("data/"));
        let tags = [bag::BAGIT_NAME, bag::INFO_NAME, bag::MANIFEST_NAME];
        let tags = self.digests.iter().filter(|(name, _)| tags.contains(&name.as_str()));
        let count = payload.clone().count();
        for (manifest, members) in [
            (bag::MANIFEST_NAME, payload.collect::<Vec<_>>()),
            (bag::TAG_MANIFEST_NAME, tags.collect()),
        ] {
            let expected = bag::manifest(members.iter().map(|(name, d)| (name.as_str(), **d)));
            if self.text(manifest) != expected.as_bytes() {
                fault(manifest, "does not name exactly the members there are, with their digests");
            }
        }
        let identifier = format!("{}/{}", seal.archive, seal.record);
        let (date, size) = (seal.sealed.date_naive(), (self.bytes, count));
        let head = bag::info_head(&seal.school_name, &identifier, date, size);
        let info = String::from_utf8_lossy(self.text(bag::INFO_NAME));
        let names = info.strip_prefix(&head);
        if names.is_none_or(|names| names.lines().any(|line| !line.starts_with("Source-Name: "))) {
            fault(bag::INFO_NAME, "is not what the seal and the members give");
        }
        let named = info.lines().filter_map(|line| line.strip_prefix("Source-Name: "));
        let named = named.filter_map(|value| value.split(' ').next()).map(str::to_owned);
        let sources = self.digests.keys().filter(|name| name.starts_with("data/source/")).cloned();
        if !named.eq(sources) {
            fault(bag::INFO_NAME, "does not name exactly the source files there are");
        }
        let known = |name: &&String| {
            let source = name.starts_with("data/source/") && seal.kind == RecordKind::Journal;
            source || tags_and_data(seal.kind).any(|known| known == name.as_str())
        };
        for name in self.digests.keys().filter(|name| !known(name)) {
            fault(name, "does not belong in a package");
        }
    }
}

fn tags_and_data(kind: RecordKind) -> impl Iterator<Item = &'static str> {
    let tags = [bag::BAGIT_NAME, bag::INFO_NAME, bag::MANIFEST_NAME, bag::TAG_MANIFEST_NAME];
    tags.into_iter().chain(data(kind).iter().copied())
}

/// What is wrong with the content of a record before it is compared with anything.
fn content<T: serde::de::DeserializeOwned>(
    text: &[u8],
    canonical: impl FnOnce(&T) -> Vec<u8>,
    fault: impl Fn(String) -> Fault,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    match serde_json::from_slice(text) {
        Ok(content) => {
            if canonical(&content) != text {
                faults.push(fault("it is not in canonical form".to_owned()));
            }
            Some(content)
        }
        Err(error) => {
            faults.push(fault(format!("it does not read at column {}", error.column())));
            None
        }
    }
}

fn check_title(class: &ClassName, period: PeriodId, seal: &Seal, faults: &mut Vec<Fault>) {
    for (key, sealed, found) in [
        ("class", seal.class.to_string(), class.to_string()),
        ("period", seal.period.to_string(), period.to_string()),
    ] {
        if sealed != found {
            faults.push(Fault::OtherContent { kind: seal.kind, key, sealed, found });
        }
    }
}

fn check_journal(contents: &Contents, seal: &Seal, faults: &mut Vec<Fault>) {
    let text = contents.text("data/journal.json");
    let Some(journal) = content(text, Journal::to_canonical, Fault::Journal, faults) else {
        return;
    };
    check_title(&journal.class.name(), journal.period_id(), seal, faults);
    let layout = Layout::of(&journal);
    check_views(&layout, contents.text("data/pages.jsonl"), faults);
    check_cards(&layout, contents, seal, faults);
}

fn check_statement(
    contents: &Contents,
    seal: &Seal,
    registered: impl Fn(&SourceRecord) -> bool,
    faults: &mut Vec<Fault>,
) {
    let text = contents.text("data/statement.json");
    let read = content(text, YearStatement::to_canonical, Fault::Statement, faults);
    let Some(statement) = read else { return };
    check_title(&statement.class, statement.period(), seal, faults);
    let contradictions = statement.contradictions().into_iter();
    faults.extend(contradictions.map(|what| Fault::Contradiction { what }));
    let unknown = statement.sources.iter().filter(|source| !registered(source));
    faults.extend(unknown.map(|source| Fault::Source(source.record)));
    check_cards(&statement, contents, seal, faults);
}

fn check_cards(
    of: &impl cards::Disclosed,
    contents: &Contents,
    seal: &Seal,
    faults: &mut Vec<Fault>,
) {
    let sealed = (seal.cards_root, seal.cards_size);
    let cards = cards::check(of, contents.text("data/cards.jsonl"), sealed);
    faults.extend(cards.into_iter().map(Fault::from));
}

fn check_views(layout: &Layout<'_>, text: &[u8], faults: &mut Vec<Fault>) {
    let pages = &layout.pages;
    let views: Vec<&[u8]> = lines(text).collect();
    let ends_right = text.is_empty() || text.ends_with(b"\n");
    if views.len() != pages.len() || !ends_right {
        faults.push(Fault::View { place: views.len().min(pages.len()) + 1 });
    }
    let mut expected = Canonical::default();
    for (place, (page, view)) in (1..).zip(pages.iter().zip(views)) {
        expected.0.clear();
        // Under whatever salt it carries.
        let salt = Salt::carried_by(view);
        salt.into_iter().for_each(|salt| layout.write_view(page, salt, &mut expected));
        if salt.is_none() || expected.0 != view {
            faults.push(Fault::View { place });
        }
    }
}
