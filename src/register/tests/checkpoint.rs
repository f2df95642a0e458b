//! C2SP signed-note and tlog-checkpoint.

use super::samples::{archive, secret};
use crate::digest::Digest;
use crate::key::{PublicKey, SecretKey};
use crate::register::checkpoint::sign_note;
use crate::register::*;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;

fn origin() -> Origin {
    Origin::of(archive())
}

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: origin(), size: 57, root: Digest::of(b"root") }
}

fn read(note: &str) -> Result<SignedCheckpoint, CheckpointError> {
    Checkpoint::read(note, &origin())
}

/// The 32 bytes behind the algorithm in an encoded key of Go's sumdb/note.
fn key_bytes(encoded: &str) -> [u8; 32] {
    let bytes = STANDARD.decode(encoded).unwrap();
    assert_eq!(bytes[0], 1, "Ed25519");
    bytes[1..].try_into().unwrap()
}

#[test]
fn notes_and_verifier_keys_are_those_of_the_reference_implementation() {
    // Key pair and note published with golang.org/x/mod/sumdb/note.
    let secret = SecretKey::from_seed(&key_bytes("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"));
    let public = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let public = PublicKey::from_bytes(&key_bytes(public)).unwrap();
    let name = "PeterNeumann".parse().unwrap();
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n";

    assert_eq!(secret.public(), public);
    assert_eq!(
        vkey(&name, &public),
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    );
    assert_eq!(
        sign_note(&name, text, &secret),
        format!(
            "{text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv\
             qfqdngotpRZb6KE6RyyBwJnAM=\n"
        )
    );
}

#[test]
fn the_example_of_the_specification_can_be_read() {
    // tlog-checkpoint, first example. Its key is not ours, so nothing is signed as far as we know.
    let note = "example.com/behind-the-sofa\n20852163\n\
                CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
                — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhc\
                yv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let origin = "example.com/behind-the-sofa".parse().unwrap();
    let read = Checkpoint::read(note, &origin).unwrap();
    assert_eq!(read.checkpoint().size, 20_852_163);
    assert!(note.starts_with(&read.checkpoint().body()));
    let ours = secret(1).public();
    assert_eq!(read.verify(&ours), Err(CheckpointError::NotSigned(ours.fingerprint())));
}

#[test]
fn the_body_is_origin_size_and_root() {
    let body = format!(
        "{}/register\n57\n{}\n",
        archive(),
        STANDARD.encode(Digest::of(b"root").as_bytes())
    );
    assert_eq!(checkpoint().body(), body);
    assert!(
        checkpoint().sign(&secret(1)).starts_with(&format!("{body}\n— {}/register ", archive()))
    );
}

#[test]
fn a_signed_checkpoint_verifies_by_its_key_and_no_other() {
    let note = checkpoint().sign(&secret(1));
    let signed = read(&note).unwrap();
    assert_eq!((signed.checkpoint(), signed.note()), (&checkpoint(), &note[..]));
    assert_eq!(signed.verify(&secret(1).public()), Ok(()));
    let other = secret(2).public();
    assert_eq!(signed.verify(&other), Err(CheckpointError::NotSigned(other.fingerprint())));
}

#[test]
fn lines_of_unknown_keys_are_ignored() {
    let witness: Origin = "witness.example".parse().unwrap();
    let line = |name: &Origin, key| {
        let note = sign_note(name, &checkpoint().body(), &secret(key));
        note.split_once("\n\n").unwrap().1.to_owned()
    };
    // By another name; by our name and another key; by our key's id and another name.
    let note = format!(
        "{}\n{}{}{}{}",
        checkpoint().body(),
        line(&witness, 5),
        line(&origin(), 6),
        line(&origin(), 1),
        line(&witness, 1),
    );
    let signed = read(&note).unwrap();
    assert_eq!(signed.verify(&secret(1).public()), Ok(()));
    let absent = secret(7).public();
    assert_eq!(signed.verify(&absent), Err(CheckpointError::NotSigned(absent.fingerprint())));
}

#[test]
fn a_wrong_line_of_the_log_key_makes_the_note_wrong() {
    let other = Checkpoint { size: 58, ..checkpoint() }.sign(&secret(1));
    let other_line = other.split_once("\n\n").unwrap().1;
    let forged = Err(CheckpointError::Forged(secret(1).public().fingerprint()));
    let moved = format!("{}\n{other_line}", checkpoint().body());
    assert_eq!(read(&moved).unwrap().verify(&secret(1).public()), forged);
    let both = format!("{}{other_line}", checkpoint().sign(&secret(1)));
    assert_eq!(read(&both).unwrap().verify(&secret(1).public()), forged);

    let id = key_id(&origin(), &secret(1).public());
    let short = STANDARD.encode([&id[..], &[0; 63]].concat());
    let short = format!("{}\n— {} {short}\n", checkpoint().body(), origin());
    assert_eq!(read(&short).unwrap().verify(&secret(1).public()), forged);
}

#[test]
fn a_checkpoint_of_another_archive_is_refused() {
    let theirs: Origin = "ffff0000000000000000000000000000/register".parse().unwrap();
    let note = Checkpoint { origin: theirs.clone(), ..checkpoint() }.sign(&secret(1));
    let refused = CheckpointError::Origin { found: theirs.to_string(), expected: origin() };
    assert_eq!(read(&note), Err(refused));
}

#[test]
fn what_is_no_signed_note_is_refused() {
    let note = checkpoint().sign(&secret(1));
    let body = checkpoint().body();
    let wrong = [
        String::new(),
        body.clone(),
        format!("{body}\n"),
        format!("{body}\n\n"),
        note.trim_end().to_owned(),
        note.replace('\n', "\r\n"),
        format!("\u{feff}\u{0}{note}"),
        note.replace("\n57\n", "\n57\nextension\n"),
        note.replace("\n57\n", "\n\n57\n"),
        note.replace("\n57\n", "\n"),
        format!("\n{note}"),
        "x".repeat(1_000_001),
    ];
    for note in wrong {
        assert!(matches!(read(&note), Err(CheckpointError::Note(_))), "{note:?}");
    }
}

#[test]
fn a_signature_line_that_cannot_be_read_is_named() {
    let note = checkpoint().sign(&secret(1));
    for line in [
        "-- x AAAAAAA=",
        "— x",
        "— x AAAA",
        "— x AAAAAA==",
        "— x *",
        "— +x AAAAAAA=",
        "—  AAAAAAA=",
        "",
    ] {
        let note = format!("{note}{line}\n");
        let refused = read(&note);
        if line.is_empty() {
            // An empty line would be the one before the signatures, of which there are none then.
            assert!(matches!(refused, Err(CheckpointError::Note(_))));
        } else {
            assert_eq!(refused, Err(CheckpointError::SignatureLine(2)), "{line}");
        }
    }
    assert!(read(&format!("{note}— x AAAAAAA=\n")).is_ok());
}

#[test]
fn a_size_is_written_one_way() {
    for size in ["", "057", "+57", "-1", "5 7", "57.0", "18446744073709551616"] {
        let note = checkpoint().sign(&secret(1)).replace("\n57\n", &format!("\n{size}\n"));
        let refused = read(&note);
        if size.is_empty() {
            assert!(matches!(refused, Err(CheckpointError::Note(_) | CheckpointError::Size(_))));
        } else {
            assert_eq!(refused, Err(CheckpointError::Size(size.to_owned())));
        }
    }
    let empty = Checkpoint { size: 0, root: root(&[]), ..checkpoint() };
    let signed = read(&empty.sign(&secret(1))).unwrap();
    assert_eq!((signed.checkpoint(), signed.verify(&secret(1).public())), (&empty, Ok(())));
}

#[test]
fn a_root_is_written_one_way() {
    let right = STANDARD.encode(checkpoint().root.as_bytes());
    let unpadded = right.trim_end_matches('=').to_owned();
    // The last digit before the padding carries two bits that must be 0.
    let last = unpadded.chars().last().unwrap();
    let spare = char::from_u32(last as u32 + 1).unwrap();
    let spare_bits = format!("{}{spare}=", &unpadded[..42]);
    for root in [unpadded, spare_bits, STANDARD.encode([0; 31]), hex::encode([0; 32])] {
        let note = checkpoint().sign(&secret(1)).replace(&right, &root);
        assert_eq!(read(&note), Err(CheckpointError::Root(root)));
    }
}

#[test]
fn an_origin_has_no_spaces_control_characters_or_plus() {
    for text in ["", "a b", "a+b", "a\nb", "a\u{a0}b", "a\u{7f}b"] {
        assert!(text.parse::<Origin>().is_err(), "{text:?}");
    }
    assert_eq!(origin().to_string(), format!("{}/register", archive()));
}

#[test]
fn one_altered_bit_of_a_checkpoint_is_found() {
    let note = checkpoint().sign(&secret(1)).into_bytes();
    for (at, bit) in (0..note.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
        let mut altered = note.clone();
        altered[at] ^= 1 << bit;
        if let Ok(altered) = String::from_utf8(altered) {
            let verified = read(&altered).and_then(|signed| signed.verify(&secret(1).public()));
            assert!(verified.is_err(), "bit {bit} of byte {at}");
        }
    }
}

proptest! {
    #[test]
    fn every_checkpoint_reads_as_it_was_signed(size: u64, root: [u8; 32]) {
        let checkpoint = Checkpoint { origin: origin(), size, root: Digest::from(root) };
        let signed = read(&checkpoint.sign(&secret(1))).unwrap();
        prop_assert_eq!(signed.checkpoint(), &checkpoint);
        prop_assert_eq!(signed.verify(&secret(1).public()), Ok(()));
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(note in "\\PC*\n\n\\PC*\n") {
        prop_assert!(read(&note).is_err());
    }
}
