//! One event of each kind, with invented contents.

use crate::digest::Digest;
use crate::key::{KeyRole, SecretKey};
use crate::register::*;
use chrono::{DateTime, Utc};
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;

pub fn archive() -> ArchiveId {
    "3f1c0000000000000000000000000a01".parse().unwrap()
}

pub fn location() -> LocationId {
    LocationId::random(&mut ChaCha8Rng::seed_from_u64(1))
}

pub fn staff() -> StaffId {
    "5aff0000000000000000000000000001".parse().unwrap()
}

pub fn secret(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32])
}

pub fn time(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub fn noon() -> DateTime<Utc> {
    time("2025-10-25T12:00:00Z")
}

pub fn path(text: &str) -> StoredPath {
    text.parse().unwrap()
}

pub fn number(number: u32) -> RecordNumber {
    RecordNumber::new(number).unwrap()
}

pub fn created() -> Event {
    Event::ArchiveCreated(ArchiveCreated {
        archive: archive(),
        log_key: secret(1).public(),
        primary: location(),
        second: LocationId::random(&mut ChaCha8Rng::seed_from_u64(2)),
    })
}

fn document() -> DocumentNamed {
    DocumentNamed {
        document: DocumentId::random(&mut ChaCha8Rng::seed_from_u64(3)),
        path: path("documents/2025/d0c0"),
        sha256: Digest::of(b"document"),
        retention: "plans".to_owned(),
    }
}

fn endorsement() -> Endorsement {
    Endorsement { key: secret(2).public().fingerprint(), signature: secret(2).sign(b"endorsed") }
}

pub fn key_added() -> KeyAdded {
    let key = secret(3);
    KeyAdded {
        key: key.public().fingerprint(),
        algorithm: Algorithm::Ed25519,
        public_key: key.public(),
        role: KeyRole::Director,
        staff: staff(),
        from: time("2025-08-31T21:00:00Z"),
        until: Some(time("2026-08-31T21:00:00Z")),
        order: Some("12-к/2025-09-01".parse().unwrap()),
        possession: key.sign(b"possessed"),
        endorsement: Some(endorsement()),
    }
}

pub fn sealed() -> Sealed {
    Sealed {
        record: number(123),
        path: path("records/2025-26/000123-7a-q1-journal"),
        kind: RecordKind::Journal,
        class: "7А".parse().unwrap(),
        period: "2025-26/q1".parse().unwrap(),
        retention: "journals".to_owned(),
        seal: Digest::of(b"seal"),
        package: Digest::of(b"package"),
        bytes: 300_000,
        replaces: Some(number(100)),
    }
}

fn signed() -> Signed {
    let file = |name: &str| SignedFile { name: path(name), sha256: Digest::of(name.as_bytes()) };
    Signed {
        record: number(123),
        key: secret(3).public().fingerprint(),
        files: vec![file("seal.sig"), file("seal.sshsig")],
    }
}

/// One event of each kind, every optional member there.
pub fn events() -> Vec<Event> {
    let root = Digest::of(b"root");
    let key = secret(3).public().fingerprint();
    [
        created(),
        Event::PlanAdopted(document()),
        Event::SettingsChanged(document()),
        Event::StaffRoster(document()),
        Event::CalendarAdopted(document()),
        Event::TeachingLoad(document()),
        Event::PupilsMatched(document()),
        Event::KeyAdded(key_added()),
        Event::KeyRevoked(KeyRevoked { key, reason: RevocationReason::Left }),
        Event::Sealed(sealed()),
        Event::Replaced(Replaced {
            record: number(100),
            by: number(123),
            pages_changed: 2,
            pages: vec![3, 7],
        }),
        Event::Signed(signed()),
        Event::Printed(Printed {
            copy: CopyNumber::FIRST,
            record: number(123),
            sheets: vec![
                SheetRun { kind: SheetKind::Title, from: 1, to: 1, page: None, digest: None },
                SheetRun {
                    kind: SheetKind::Page,
                    from: 2,
                    to: 4,
                    page: Some(1),
                    digest: Some(Digest::of(b"page")),
                },
            ],
            named: document(),
        }),
        Event::Reprinted(Reprinted { copy: CopyNumber::FIRST, from: 2, to: 3 }),
    ]
    .into_iter()
    .chain(closing_events())
    .chain([
        Event::CheckpointWitnessed(CheckpointWitnessed {
            key,
            size: 57,
            root,
            signature: secret(3).sign(b"witnessed"),
        }),
        Event::Repaired(Repaired::new(location(), vec![path("register/tile/entries/000.p/5")])),
        Event::LocationAdded(LocationAdded { location: location(), role: LocationRole::Second }),
        Event::Restored(Restored {
            location: location(),
            size: 57,
            root,
            known_size: Some(60),
            known_root: Some(Digest::of(b"known")),
        }),
        Event::LogKeyChanged(LogKeyChanged {
            log_key: secret(4).public(),
            size: 57,
            root,
            endorsement: endorsement(),
        }),
    ])
    .collect()
}

/// One event of a closing of each kind.
fn closing_events() -> Vec<Event> {
    let (by, recorder, to) = (staff(), staff(), staff());
    let closing = document().document;
    let step = || "sign-sheets".parse::<StepId>().unwrap();
    let copy = CopyNumber::FIRST;
    let sheets = || vec![SheetRange { from: 2, to: 4 }, SheetRange { from: 9, to: 9 }];
    let class = || "7А".parse().unwrap();
    let period = "2025-26/q2".parse().unwrap();
    let digest = Digest::of(b"page");
    let page = || PageSeen { class: class(), digest, page: 3, period };
    let named = document();
    let order: OrderRef = "112/2026-01-13".parse().unwrap();
    let medium = MediumNumber::FIRST;
    let periods = vec![ClosingPeriod { classes: vec![class()], period }];
    vec![
        Event::ClosingOpened(ClosingOpened {
            by,
            periods,
            procedure: "five-day".parse().unwrap(),
            recorder,
            named: document(),
        }),
        Event::Confirmed(Confirmed { by, closing, page: page(), recorder, step: step() }),
        Event::DiscrepancyReported(DiscrepancyReported {
            by,
            closing,
            page: page(),
            recorder,
            named: document(),
        }),
        Event::CorrectionAgreed(CorrectionAgreed {
            by,
            closing,
            order: Some(order.clone()),
            record: number(123),
            recorder,
            named: document(),
        }),
        Event::SheetVoided(SheetVoided { copy, record: number(123), sheets: sheets() }),
        Event::SignedOnPaper(SignedOnPaper {
            by,
            closing,
            copy,
            recorder,
            sheets: sheets(),
            step: step(),
        }),
        Event::Excused(Excused {
            by,
            closing,
            copy,
            order,
            recorder,
            sheets: sheets(),
            step: step(),
            named: document(),
        }),
        Event::TakenBack(TakenBack { closing, entry: 57, recorder, named: document() }),
        Event::HandedOver(HandedOver { by, closing, copy, recorder, step: step(), to }),
        Event::Stamped(Stamped { by, closing, copy, recorder, step: step() }),
        Event::CopyEntered(CopyEntered {
            by,
            closing,
            copy,
            line: LineNumber::FIRST,
            recorder,
            step: step(),
        }),
        Event::FolderFormed(FolderFormed {
            by,
            closing,
            copies: vec![copy],
            folder: FolderNumber::FIRST,
            period,
            recorder,
            step: step(),
            supplement: 1,
            named: document(),
        }),
        Event::Shelved(Shelved {
            by,
            closing,
            copies: vec![copy],
            folder: Some(FolderNumber::FIRST),
            recorder,
            step: step(),
            named: document(),
        }),
        Event::CopyMade(CopyMade {
            by,
            closing,
            kind: MediumKind::Optical,
            manifest: Digest::of(b"manifest"),
            medium,
            records: vec![number(123)],
            recorder,
            size: 57,
            named: document(),
        }),
        Event::MediaHandedOver(MediaHandedOver {
            by,
            closing,
            media: vec![medium],
            recorder,
            step: step(),
            to,
            named: document(),
        }),
        Event::CopyChecked(CopyChecked { findings: 0, medium, recorder, named }),
    ]
}
