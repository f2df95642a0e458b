//! Texts of `docs/formats.md` § 4, letter by letter.

use super::samples::{archive, key_added, secret};
use crate::digest::Digest;
use crate::register::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

#[test]
fn possession_and_endorsement_differ_in_their_first_line_only() {
    let terms = key_added().terms(archive());
    let rest = format!(
        "archive 3f1c0000000000000000000000000a01\n\
         public-key {}\n\
         role director\n\
         staff 5aff0000000000000000000000000001\n\
         from 2025-08-31T21:00:00Z\n\
         until 2026-08-31T21:00:00Z\n\
         order 12-к/2025-09-01\n",
        hex::encode(secret(3).public().as_bytes())
    );
    assert_eq!(terms.possession_text(), format!("letopis/key-possession/v1\n{rest}"));
    assert_eq!(terms.endorsement_text(), format!("letopis/key-endorsement/v1\n{rest}"));
}

#[test]
fn a_missing_end_and_a_missing_order_are_hyphens() {
    let added = KeyAdded { until: None, order: None, ..key_added() };
    let text = added.terms(archive()).possession_text();
    assert!(text.ends_with("\nuntil -\norder -\n"), "{text}");
}

#[test]
fn a_checkpoint_witness_tells_archive_size_and_root() {
    let root = Digest::of(b"root");
    let witness = CheckpointWitness { archive: archive(), size: 57, root };
    assert_eq!(
        witness.to_text(),
        format!(
            "letopis/checkpoint-witness/v1\narchive {}\nsize 57\nroot {}\n",
            archive(),
            STANDARD.encode(root.as_bytes())
        )
    );
}

#[test]
fn a_log_key_endorsement_tells_the_key_and_the_register_as_found() {
    let root = Digest::of(b"root");
    let public_key = secret(4).public();
    let endorsement = LogKeyEndorsement { archive: archive(), public_key, size: 57, root };
    assert_eq!(
        endorsement.to_text(),
        format!(
            "letopis/log-key/v1\narchive {}\npublic-key {public_key}\nsize 57\nroot {}\n",
            archive(),
            STANDARD.encode(root.as_bytes())
        )
    );
}
