use super::*;
use crate::key::SecretKey;
use crate::register::{Algorithm, DocumentNamed, KeyRevoked, KeyTerms, RevocationReason};
use KeyRole::{Archivist, Deputy, Director, Founder};
use proptest::prelude::*;

mod allowed_signers;

const ARCHIVE: &str = "3f1c0000000000000000000000000001";

fn archive() -> ArchiveId {
    ARCHIVE.parse().unwrap()
}

/// A key; each number another one.
fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32])
}

fn fingerprint(number: u8) -> Fingerprint {
    key(number).public().fingerprint()
}

/// Noon UTC of a day.
fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// What key `number` needs to join in this role from 1 September 2025 on, endorsed by another.
fn joining(number: u8, role: KeyRole, endorsed_by: Option<u8>) -> KeyAdded {
    let terms = KeyTerms {
        archive: archive(),
        public_key: key(number).public(),
        role,
        staff: format!("{number:032x}").parse().unwrap(),
        from: noon("2025-09-01"),
        until: None,
        order: Some("12-к/2025-09-01".parse().unwrap()),
    };
    signed(number, &terms, endorsed_by)
}

/// The same until a day.
fn joining_until(until: &str, number: u8, role: KeyRole, endorsed_by: Option<u8>) -> KeyAdded {
    let terms = joining(number, role, None).terms(archive());
    signed(number, &KeyTerms { until: Some(noon(until)), ..terms }, endorsed_by)
}

fn signed(number: u8, terms: &KeyTerms, endorsed_by: Option<u8>) -> KeyAdded {
    let endorsement = endorsed_by.map(|by| Endorsement {
        key: fingerprint(by),
        signature: key(by).sign(terms.endorsement_text().as_bytes()),
    });
    KeyAdded {
        key: fingerprint(number),
        algorithm: Algorithm::Ed25519,
        public_key: terms.public_key,
        role: terms.role,
        staff: terms.staff,
        from: terms.from,
        until: terms.until,
        order: terms.order.clone(),
        possession: key(number).sign(terms.possession_text().as_bytes()),
        endorsement,
    }
}

/// A register being written; entry 0 is somebody else's.
struct Book {
    keyring: Keyring,
    next: u64,
}

impl Book {
    fn new() -> Book {
        Book { keyring: Keyring::new(), next: 1 }
    }

    /// One with the director's key 1, entered as entry 1.
    fn with_director() -> Book {
        let mut book = Book::new();
        book.add("2025-09-01", joining(1, Director, None)).unwrap();
        book
    }

    fn enter(&mut self, day: &str, event: Event) -> Result<(), KeyFinding> {
        let entry = Entry { seq: self.next, time: noon(day), event };
        self.next += 1;
        self.keyring.apply(&archive(), &entry)
    }

    fn add(&mut self, day: &str, added: KeyAdded) -> Result<(), KeyFault> {
        let (seq, key) = (self.next, added.key);
        let done = self.enter(day, Event::KeyAdded(added));
        done.map_err(|finding| {
            assert_eq!((finding.seq, finding.key), (seq, key), "the finding names its entry");
            finding.fault
        })
    }

    fn revoke(&mut self, day: &str, number: u8) -> Result<(), KeyFault> {
        let revoked = KeyRevoked { key: fingerprint(number), reason: RevocationReason::Lost };
        self.enter(day, Event::KeyRevoked(revoked)).map_err(|finding| finding.fault)
    }

    fn bound(&self, number: u8) -> Option<Bound> {
        self.keyring.key(&fingerprint(number)).map(|key| key.bound)
    }

    /// Why a key is not valid at the next entry, if entered on this day.
    fn why_not(&self, day: &str, number: u8) -> Option<NotValidReason> {
        let valid = self.keyring.valid_at(&fingerprint(number), self.next, noon(day));
        valid.err().map(|not_valid| not_valid.reason)
    }
}

#[test]
fn the_first_key_is_bound_by_the_paper_order() {
    let book = Book::with_director();
    assert_eq!(book.bound(1), Some(Bound::FirstKey));
    let known = book.keyring.key(&fingerprint(1)).unwrap();
    assert_eq!((known.added_seq, known.role, known.revoked), (1, Director, None));
    assert_eq!(known.order, Some("12-к/2025-09-01".parse().unwrap()));
}

#[test]
fn a_key_is_endorsed_by_the_same_role_a_director_or_a_founder() {
    for (endorser, role, counts) in [
        (Director, Director, true),
        (Director, Founder, true),
        (Founder, Director, true),
        (Founder, Archivist, true),
        (Deputy, Deputy, true),
        (Archivist, Archivist, true),
        (Deputy, Director, false),
        (Archivist, Deputy, false),
        (Deputy, Founder, false),
    ] {
        let mut book = Book::with_director();
        book.add("2025-09-02", joining(2, endorser, Some(1))).unwrap();
        let done = book.add("2025-09-03", joining(3, role, Some(2)));
        let by = fingerprint(2);
        if counts {
            assert_eq!(done, Ok(()));
            assert_eq!(book.bound(3), Some(Bound::Endorsed { by }));
        } else {
            assert_eq!(done, Err(KeyFault::EndorserRole { by, role: endorser }));
            assert_eq!(book.bound(3), None);
        }
    }
}

#[test]
fn without_endorsement_a_key_is_refused_while_an_endorser_is_valid() {
    let mut book = Book::with_director();
    for role in [Director, Deputy, Archivist, Founder] {
        let refused = book.add("2025-09-02", joining(2, role, None));
        assert_eq!(refused, Err(KeyFault::EndorsementMissing));
    }
    assert_eq!(book.bound(2), None);
    assert_eq!(book.why_not("2025-09-03", 2), Some(NotValidReason::Unknown));
}

#[test]
fn when_no_endorser_is_left_a_key_joins_by_the_paper_order_and_says_so() {
    let mut revoked = Book::with_director();
    revoked.revoke("2025-10-01", 1).unwrap();
    let mut over = Book::new();
    over.add("2025-09-01", joining_until("2025-10-01", 1, Director, None)).unwrap();
    let mut early = Book::new();
    let terms = joining(1, Director, None).terms(archive());
    let later = KeyTerms { from: noon("2026-09-01"), ..terms };
    early.add("2025-09-01", signed(1, &later, None)).unwrap();
    let mut other_role = Book::new();
    other_role.add("2025-09-01", joining(1, Deputy, None)).unwrap();
    for mut book in [revoked, over, early, other_role] {
        book.add("2025-10-01", joining(2, Director, None)).unwrap();
        assert_eq!(book.bound(2), Some(Bound::NoEndorserLeft));
    }
}

#[test]
fn a_valid_endorser_of_any_allowed_role_makes_an_endorsement_necessary() {
    let mut book = Book::new();
    book.add("2025-09-01", joining(1, Founder, None)).unwrap();
    book.add("2025-09-01", joining(2, Director, Some(1))).unwrap();
    book.revoke("2025-10-01", 2).unwrap();
    let refused = book.add("2025-10-02", joining(3, Director, None));
    assert_eq!(refused, Err(KeyFault::EndorsementMissing));
    book.add("2025-10-02", joining(3, Director, Some(1))).unwrap();
    assert_eq!(book.bound(3), Some(Bound::Endorsed { by: fingerprint(1) }));
}

#[test]
fn possession_must_be_signed_by_the_key_itself_over_exactly_its_terms() {
    let good = joining(1, Director, None);
    let other_day = noon("2025-09-02");
    let others = [
        KeyAdded { role: Founder, ..good.clone() },
        KeyAdded { staff: format!("{:032x}", 9).parse().unwrap(), ..good.clone() },
        KeyAdded { from: other_day, ..good.clone() },
        KeyAdded { until: Some(other_day), ..good.clone() },
        KeyAdded { order: None, ..good.clone() },
        KeyAdded { possession: joining(2, Director, None).possession, ..good.clone() },
        KeyAdded { key: fingerprint(2), public_key: key(2).public(), ..good.clone() },
    ];
    for wrong in others {
        assert_eq!(Book::new().add("2025-09-01", wrong), Err(KeyFault::BadPossession));
    }
    let endorsement = good.terms(archive()).endorsement_text();
    let possession = key(1).sign(endorsement.as_bytes());
    let wrong = KeyAdded { possession, ..good.clone() };
    assert_eq!(Book::new().add("2025-09-01", wrong), Err(KeyFault::BadPossession));

    let entry = Entry { seq: 1, time: other_day, event: Event::KeyAdded(good) };
    let other_archive = "3f1c0000000000000000000000000002".parse().unwrap();
    let refused = Keyring::new().apply(&other_archive, &entry).unwrap_err();
    assert_eq!(refused.fault, KeyFault::BadPossession, "a key of another archive");
}

#[test]
fn an_endorsement_must_be_made_by_the_named_key_over_exactly_the_terms() {
    let good = joining(2, Deputy, Some(1));
    let by = fingerprint(1);
    let made_by = |number: u8, text: String| {
        let signature = key(number).sign(text.as_bytes());
        KeyAdded { endorsement: Some(Endorsement { key: by, signature }), ..good.clone() }
    };
    let terms = good.terms(archive());
    let longer = KeyTerms { until: Some(noon("2030-01-01")), ..terms.clone() };
    for wrong in [
        made_by(3, terms.endorsement_text()),
        made_by(1, terms.possession_text()),
        made_by(1, longer.endorsement_text()),
    ] {
        let refused = Book::with_director().add("2025-09-02", wrong);
        assert_eq!(refused, Err(KeyFault::BadEndorsement { by }));
    }
    let right = made_by(1, terms.endorsement_text());
    assert_eq!(Book::with_director().add("2025-09-02", right), Ok(()));
}

#[test]
fn an_endorsing_key_must_be_valid_at_the_entry() {
    let refused = |mut book: Book, day: &str, by: u8| {
        let fault = book.add(day, joining(9, Deputy, Some(by))).unwrap_err();
        match fault {
            KeyFault::EndorserNotValid(not_valid) => {
                assert_eq!(not_valid.key, fingerprint(by));
                not_valid.reason
            }
            other => panic!("{other}"),
        }
    };
    let unknown = refused(Book::with_director(), "2025-09-02", 2);
    assert_eq!(unknown, NotValidReason::Unknown);
    let itself = refused(Book::with_director(), "2025-09-02", 9);
    assert_eq!(itself, NotValidReason::Unknown);

    let mut book = Book::with_director();
    book.add("2025-09-02", joining_until("2025-10-01", 2, Director, Some(1))).unwrap();
    let until = noon("2025-10-01");
    assert_eq!(refused(book, "2025-10-01", 2), NotValidReason::Over { until });

    let mut book = Book::with_director();
    book.add("2025-09-02", joining(2, Director, Some(1))).unwrap();
    book.revoke("2025-10-01", 2).unwrap();
    let gone = NotValidReason::Revoked { seq: 3, time: until };
    assert_eq!(refused(book, "2025-10-01", 2), gone, "revoked on the same day, but before");
}

#[test]
fn a_key_is_added_once() {
    let mut book = Book::with_director();
    let again = joining_until("2030-09-01", 1, Director, Some(1));
    let fault = KeyFault::Duplicate { added_seq: 1 };
    assert_eq!(book.add("2025-09-02", again.clone()), Err(fault));
    assert_eq!(book.keyring.key(&fingerprint(1)).unwrap().until, None);
    book.revoke("2025-09-03", 1).unwrap();
    assert_eq!(book.add("2025-09-04", again), Err(fault), "nor after its revocation");
    let reason = NotValidReason::Revoked { seq: 3, time: noon("2025-09-03") };
    assert_eq!(book.why_not("2025-09-05", 1), Some(reason));
}

#[test]
fn a_key_that_was_refused_can_be_added_rightly() {
    let mut book = Book::with_director();
    let refused = book.add("2025-09-02", joining(2, Deputy, None));
    assert_eq!(refused, Err(KeyFault::EndorsementMissing));
    book.add("2025-09-03", joining(2, Deputy, Some(1))).unwrap();
    assert_eq!(book.keyring.key(&fingerprint(2)).unwrap().added_seq, 3);
}

#[test]
fn a_refused_first_key_leaves_the_next_one_to_be_the_first() {
    let mut book = Book::new();
    let wrong = KeyAdded { role: Founder, ..joining(1, Director, None) };
    assert_eq!(book.add("2025-09-01", wrong), Err(KeyFault::BadPossession));
    book.add("2025-09-01", joining(2, Director, None)).unwrap();
    assert_eq!(book.bound(2), Some(Bound::FirstKey));
}

#[test]
fn a_term_includes_its_first_moment_and_not_its_last() {
    let mut book = Book::new();
    book.add("2025-08-01", joining_until("2026-09-01", 1, Director, None)).unwrap();
    let (from, until) = (noon("2025-09-01"), noon("2026-09-01"));
    let second = chrono::TimeDelta::seconds(1);
    let why_not = |time| book.keyring.valid_at(&fingerprint(1), 5, time).err().map(|e| e.reason);
    assert_eq!(why_not(from - second), Some(NotValidReason::NotYet { from }));
    assert_eq!(why_not(from), None);
    assert_eq!(why_not(until - second), None);
    assert_eq!(why_not(until), Some(NotValidReason::Over { until }));
}

#[test]
fn order_in_the_register_counts_and_not_only_time() {
    let mut book = Book::with_director();
    book.revoke("2025-09-01", 1).unwrap();
    let time = noon("2025-09-01");
    let why_not = |seq| {
        book.keyring.valid_at(&fingerprint(1), seq, time).err().map(|not_valid| not_valid.reason)
    };
    assert_eq!(why_not(0), Some(NotValidReason::AddedLater { added_seq: 1 }));
    assert_eq!(why_not(1), Some(NotValidReason::AddedLater { added_seq: 1 }));
    assert_eq!(why_not(2), None, "at its revocation it still is");
    assert_eq!(why_not(3), Some(NotValidReason::Revoked { seq: 2, time }));
}

#[test]
fn the_first_revocation_counts() {
    let mut book = Book::with_director();
    book.revoke("2025-10-01", 1).unwrap();
    book.revoke("2025-11-01", 1).unwrap();
    let known = book.keyring.key(&fingerprint(1)).unwrap();
    assert_eq!(known.revoked, Some((2, noon("2025-10-01"))));
}

#[test]
fn a_revocation_of_an_unknown_key_is_reported_and_holds_should_the_key_come() {
    let mut book = Book::with_director();
    assert_eq!(book.revoke("2025-09-02", 2), Err(KeyFault::RevokedUnknown));
    book.add("2025-09-03", joining(2, Deputy, Some(1))).unwrap();
    let reason = NotValidReason::Revoked { seq: 2, time: noon("2025-09-02") };
    assert_eq!(book.why_not("2025-09-04", 2), Some(reason));
}

#[test]
fn entries_about_other_things_change_nothing() {
    let mut book = Book::with_director();
    let before = book.keyring.clone();
    let named = DocumentNamed {
        document: "00000000000000000000000000000001".parse().unwrap(),
        path: "documents/2025/00000000000000000000000000000001".parse().unwrap(),
        sha256: fingerprint(1),
        retention: "rules".to_owned(),
    };
    book.enter("2025-09-02", Event::StaffRoster(named)).unwrap();
    book.enter("2025-09-02", Event::Unknown { name: "key-lent".to_owned() }).unwrap();
    assert_eq!(book.keyring, before);
}

#[test]
fn endorsers_for_a_role_are_those_valid_then() {
    let mut book = Book::with_director();
    book.add("2025-09-02", joining(2, Founder, Some(1))).unwrap();
    book.add("2025-09-02", joining(3, Deputy, Some(1))).unwrap();
    book.add("2025-09-02", joining_until("2025-10-01", 4, Archivist, Some(1))).unwrap();
    let endorsers = |role, day: &str| -> Vec<Fingerprint> {
        let keys = book.keyring.endorsers_for(role, book.next, noon(day));
        keys.map(|key| key.fingerprint).collect()
    };
    let expected = |numbers: &[u8]| numbers.iter().map(|n| fingerprint(*n)).collect::<Vec<_>>();
    assert_eq!(endorsers(Deputy, "2025-09-03"), expected(&[1, 2, 3]));
    assert_eq!(endorsers(Archivist, "2025-09-03"), expected(&[1, 2, 4]));
    assert_eq!(endorsers(Archivist, "2025-10-01"), expected(&[1, 2]));
    assert_eq!(endorsers(Director, "2025-09-03"), expected(&[1, 2]));
    assert_eq!(endorsers(Director, "2025-08-01"), expected(&[]));
}

proptest! {
    #[test]
    fn a_key_never_becomes_valid_again_once_it_was_revoked(
        events in prop::collection::vec((0..3_u8, 1..4_u8, 1..4_u8), 1..24),
    ) {
        let mut book = Book::with_director();
        let mut gone = std::collections::BTreeSet::new();
        for (what, number, other) in events {
            // A finding is as good as an entry: whatever stands in a register, this must hold.
            let _ = match what {
                0 => book.revoke("2025-10-01", number).map(|()| gone.insert(number)),
                1 => book.add("2025-10-01", joining(number, Director, Some(other))).map(|()| true),
                _ => book.add("2025-10-01", joining(number, Deputy, None)).map(|()| true),
            };
            for number in &gone {
                prop_assert!(book.why_not("2025-10-01", *number).is_some());
            }
        }
    }
}
