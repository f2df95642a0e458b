//! The six readers of what others may have written: no bytes make them fall over, and what reads is what
//! would be written. `fuzz/` looks for the same with coverage.

use crate::archive::{first_day, journals};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use letopis::intake::SourceFile;
use letopis::journal::{Journal, read};
use letopis::key::{SecretKey, sshsig};
use letopis::record::package::Package;
use letopis::record::{PageViews, Seal, Sealed, Sealing, check, seal_journal};
use letopis::register::{
    ArchiveCreated, ArchiveId, Checkpoint, Entry, Event, LocationId, Origin, RecordNumber,
};
use proptest::prelude::*;
use proptest::sample::Index;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;

/// One thing that happens to a file.
#[derive(Debug, Clone)]
enum Damage {
    Set(Index, u8),
    Flip(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    /// A piece stands there twice.
    Twice(Index, usize),
    Cut(Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let place = any::<Index>;
    let damage = prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (place(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, 1 << bit)),
        (place(), prop::collection::vec(any::<u8>(), 1..9))
            .prop_map(|(at, b)| Damage::Insert(at, b)),
        (place(), 1..40_usize).prop_map(|(at, length)| Damage::Remove(at, length)),
        (place(), 1..200_usize).prop_map(|(at, length)| Damage::Twice(at, length)),
        place().prop_map(Damage::Cut),
    ];
    prop::collection::vec(damage, 1..4)
}

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for damage in damages {
        let length = bytes.len();
        if length == 0 {
            break;
        }
        let piece = |at: &Index, some: usize| {
            let from = at.index(length);
            from..(from + some).min(length)
        };
        match damage {
            Damage::Set(at, byte) => bytes[at.index(length)] = *byte,
            Damage::Flip(at, bit) => bytes[at.index(length)] ^= bit,
            Damage::Insert(at, more) => {
                let at = at.index(length);
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Remove(at, some) => drop(bytes.drain(piece(at, *some))),
            Damage::Twice(at, some) => {
                let piece = piece(at, *some);
                let copy = bytes[piece.clone()].to_vec();
                bytes.splice(piece.end..piece.end, copy);
            }
            Damage::Cut(at) => bytes.truncate(at.index(length)),
        }
    }
    bytes
}

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(5)
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

/// A small journal: two pages of the demo school's first class.
static JOURNAL: LazyLock<Journal> = LazyLock::new(|| {
    let mut journal = journals(1).remove(0);
    journal.pages.truncate(2);
    journal
});

static SEALED: LazyLock<Sealed> = LazyLock::new(|| {
    let sealing = Sealing {
        archive: ArchiveId::random(&mut rng()),
        record: RecordNumber::FIRST,
        school_id: "1020200000001".to_owned(),
        school_name: "МБОУ «СОШ № 7»".to_owned(),
        retention: "journals".to_owned(),
        sealed: first_day(),
        replaces: None,
        shown: PageViews::default(),
    };
    let source = SourceFile { name: "1а.json".to_owned(), bytes: JOURNAL.to_canonical() };
    let print =
        |_: &[letopis::digest::Digest]| Ok::<_, std::convert::Infallible>(b"%PDF-1.7".to_vec());
    let Ok(sealed) = seal_journal(&JOURNAL, &[source], &sealing, print, &mut rng());
    sealed
});

fn origin() -> Origin {
    Origin::of(ArchiveId::random(&mut rng()))
}

fn checkpoint() -> String {
    let root = SEALED.seal.cards_root;
    Checkpoint { origin: origin(), size: 57, root }.sign(&key())
}

fn entry() -> Vec<u8> {
    let mut rng = rng();
    let event = Event::ArchiveCreated(ArchiveCreated {
        archive: ArchiveId::random(&mut rng),
        log_key: key().public(),
        primary: LocationId::random(&mut rng),
        second: LocationId::random(&mut rng),
    });
    Entry { seq: 0, time: first_day(), event }.to_text()
}

fn read_journal(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(journal) = read::journal(bytes) {
        prop_assert_eq!(read::journal(&journal.to_canonical()), Ok(journal));
    }
    Ok(())
}

fn check_package(bytes: &[u8]) -> Result<(), TestCaseError> {
    for fault in check(Cursor::new(bytes), &SEALED.seal) {
        prop_assert!(!fault.to_string().is_empty());
    }
    Ok(())
}

fn read_seal(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(seal) = Seal::read(bytes) {
        prop_assert_eq!(seal.to_text().into_bytes(), bytes);
    }
    Ok(())
}

fn read_entry(bytes: &[u8]) -> Result<(), TestCaseError> {
    match Entry::read(bytes, 0) {
        // It can't be written: its members are in the text alone.
        Ok(Entry { event: Event::Unknown { .. }, .. }) | Err(_) => {}
        Ok(entry) => prop_assert_eq!(Entry::read(&entry.to_text(), 0).ok(), Some(entry)),
    }
    Ok(())
}

fn read_checkpoint(note: &str) -> Result<(), TestCaseError> {
    if let Ok(signed) = Checkpoint::read(note, &origin()) {
        let body = signed.checkpoint().body();
        prop_assert!(note.starts_with(&body));
        let said = checkpoint().starts_with(&body);
        prop_assert!(said || signed.verify(&key().public()).is_err(), "never signed: {}", note);
    }
    Ok(())
}

fn read_sshsig(armoured: &str) -> Result<(), TestCaseError> {
    if let Ok(signature) = sshsig::read(armoured) {
        prop_assert_eq!(sshsig::read(&signature.armoured()), Ok(signature));
    }
    Ok(())
}

/// The package with one member changed, its layout in order.
fn with_member(change: &Index, damages: &[Damage]) -> Vec<u8> {
    let mut package = Package::open(Cursor::new(&SEALED.package)).unwrap();
    let names: Vec<String> = package.members().map(str::to_owned).collect();
    let changed = change.get(&names);
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in &names {
        let bytes = package.read(name).unwrap();
        let bytes = if name == changed { damaged(&bytes, damages) } else { bytes };
        let options = SimpleFileOptions::default().unix_permissions(0o644);
        zip.start_file(format!("{}/{name}", package.top()), options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn undamaged_they_all_read() {
    assert_eq!(read::journal(&JOURNAL.to_canonical()).as_ref(), Ok(&*JOURNAL));
    assert!(check(Cursor::new(&SEALED.package), &SEALED.seal).is_empty());
    assert_eq!(Seal::read(SEALED.seal.to_text().as_bytes()).as_ref(), Ok(&SEALED.seal));
    Entry::read(&entry(), 0).unwrap();
    Checkpoint::read(&checkpoint(), &origin()).unwrap().verify(&key().public()).unwrap();
    sshsig::read(&sshsig::sign(&key(), b"text")).unwrap();
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_journal(&bytes)?;
        check_package(&bytes)?;
        read_seal(&bytes)?;
        read_entry(&bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        read_checkpoint(&text)?;
        read_sshsig(&text)?;
    }

    #[test]
    fn damaged_seals_entries_checkpoints_and_signatures_are_read_or_refused(damages in damages()) {
        read_seal(&damaged(SEALED.seal.to_text().as_bytes(), &damages))?;
        read_entry(&damaged(&entry(), &damages))?;
        let note = damaged(checkpoint().as_bytes(), &damages);
        read_checkpoint(&String::from_utf8_lossy(&note))?;
        let armoured = sshsig::sign(&key(), b"text");
        read_sshsig(&String::from_utf8_lossy(&damaged(armoured.as_bytes(), &damages)))?;
        let inside: String = armoured.lines().filter(|line| !line.starts_with('-')).collect();
        let inside = damaged(&STANDARD.decode(inside).unwrap(), &damages);
        let (begin, end) = (armoured.lines().next().unwrap(), armoured.lines().last().unwrap());
        read_sshsig(&format!("{begin}\n{}\n{end}\n", STANDARD.encode(inside)))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_journals_are_read_or_refused(damages in damages()) {
        read_journal(&damaged(&JOURNAL.to_canonical(), &damages))?;
    }

    #[test]
    fn damaged_packages_are_read_or_refused(damages in damages()) {
        check_package(&damaged(&SEALED.package, &damages))?;
    }

    #[test]
    fn packages_with_a_damaged_member_are_refused(member in any::<Index>(), damages in damages()) {
        let package = with_member(&member, &damages);
        let as_it_was = with_member(&member, &[]);
        let faults = check(Cursor::new(&package), &SEALED.seal);
        prop_assert_eq!(faults.is_empty(), package == as_it_was, "{:?}", faults);
    }
}
