use super::*;
use crate::key::stock_tools::{Bench, succeeded};

const TEXT: &[u8] = b"letopis/seal/v1\nrecord 000123\n";

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn other_key() -> SecretKey {
    SecretKey::from_seed(&[8; 32])
}

/// A key `ssh-keygen` made, `id` and `id.pub`.
fn made_by_ssh_keygen(bench: &Bench, algorithm: &str) {
    succeeded(bench.ssh_keygen(&format!("-q -t {algorithm} -N  -C  -f id"), b""));
}

/// What `ssh-keygen -Y sign` makes of the text.
fn signed_by_ssh_keygen(bench: &Bench, options: &str) -> String {
    let arguments = format!("-Y sign -f id {options}");
    String::from_utf8(succeeded(bench.ssh_keygen(&arguments, TEXT)).stdout).unwrap()
}

/// The public key in a file `ssh-keygen` wrote.
fn openssh_key(line: &str) -> PublicKey {
    let blob = STANDARD.decode(line.split(' ').nth(1).unwrap()).unwrap();
    PublicKey::from_bytes(&untagged(&blob).unwrap()).unwrap()
}

/// Armour around the fields of a signature.
fn armour(version: u32, fields: [&[u8]; 5], after: &[u8]) -> String {
    let mut blob = MAGIC.to_vec();
    blob.extend(version.to_be_bytes());
    fields.iter().for_each(|field| put(&mut blob, field));
    blob.extend(after);
    format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode(blob))
}

#[test]
fn a_signature_verifies_over_its_text_by_its_key_only() {
    let armoured = sign(&key(), TEXT);
    assert_eq!(verify(&armoured, TEXT, &key().public()), Ok(()));
    assert_eq!(verify(&armoured, b"another", &key().public()), Err(SshSigError::Text));
    let other = other_key().public();
    let refused = Err(SshSigError::OtherKey(key().public().fingerprint()));
    assert_eq!(verify(&armoured, TEXT, &other), refused);
}

#[test]
fn what_is_read_is_written_again_alike() {
    let armoured = sign(&key(), TEXT);
    assert_eq!(read(&armoured).unwrap().armoured(), armoured);
}

#[test]
fn line_ends_of_another_system_do_not_matter() {
    let armoured = sign(&key(), TEXT).replace('\n', "\r\n") + "\r\n";
    assert_eq!(verify(&armoured, TEXT, &key().public()), Ok(()));
}

#[test]
fn a_signature_made_by_ssh_keygen_verifies() {
    let bench = Bench::new();
    made_by_ssh_keygen(&bench, "ed25519");
    let armoured = signed_by_ssh_keygen(&bench, "-n letopis");
    let public = openssh_key(&bench.text("id.pub"));
    assert_eq!(verify(&armoured, TEXT, &public), Ok(()));
    assert_eq!(openssh_public(&public), bench.text("id.pub").trim());
    assert_eq!(read(&armoured).unwrap().armoured(), armoured, "the same bytes");
}

#[test]
fn ssh_keygen_accepts_ours_within_the_term_and_refuses_it_outside() {
    let bench = Bench::new();
    let public = openssh_public(&key().public());
    let term = r#"valid-after="20250831210000Z",valid-before="20260831210000Z""#;
    bench.put("signers", format!("director namespaces=\"letopis\",{term} {public}\n"));
    bench.put("seal.sshsig", sign(&key(), TEXT));
    let verify = |time: &str, text: &[u8]| {
        let arguments = "-Y verify -f signers -I director -n letopis -s seal.sshsig -Overify-time=";
        bench.ssh_keygen(&format!("{arguments}{time}"), text).status.code()
    };
    assert_eq!(verify("20251025071200Z", TEXT), Some(0));
    assert_eq!(verify("20250831205959Z", TEXT), Some(255));
    assert_eq!(verify("20260901000000Z", TEXT), Some(255));
    assert_eq!(verify("20251025071200Z", b"another"), Some(255));
}

#[test]
fn a_signature_for_another_use_is_refused() {
    let bench = Bench::new();
    made_by_ssh_keygen(&bench, "ed25519");
    let refused = |options| read(&signed_by_ssh_keygen(&bench, options)).unwrap_err();
    assert_eq!(refused("-n file"), SshSigError::Namespace("file".to_owned()));
    let sha256 = "-n letopis -O hashalg=sha256";
    assert_eq!(refused(sha256), SshSigError::Hash("sha256".to_owned()));
}

#[test]
fn a_signature_by_another_kind_of_key_is_refused() {
    let bench = Bench::new();
    made_by_ssh_keygen(&bench, "ecdsa");
    let armoured = signed_by_ssh_keygen(&bench, "-n letopis");
    let named = SshSigError::Algorithm("ecdsa-sha2-nistp256".to_owned());
    assert_eq!(read(&armoured).unwrap_err(), named);
}

#[test]
fn a_signature_that_is_not_exactly_the_format_is_refused() {
    let public = tagged(key().public().as_bytes());
    let over = key().sign(&SshSignature::signed_blob(TEXT));
    let signature = tagged(over.as_bytes());
    let good: [&[u8]; 5] = [&public, b"letopis", b"", b"sha512", &signature];
    assert_eq!(read(&armour(1, good, b"")).unwrap().signature, over);

    let with = |i: usize, field: &'static [u8]| {
        let mut fields = good;
        fields[i] = field;
        armour(1, fields, b"")
    };
    for (armoured, refusal) in [
        (armour(2, good, b""), SshSigError::Version),
        (armour(1, good, b"\0"), SshSigError::Length),
        (with(2, b"x"), SshSigError::Reserved),
        (with(1, b"Letopis"), SshSigError::Namespace("Letopis".to_owned())),
        (with(1, b"a\n\x1b[2J"), SshSigError::Namespace("a\\n\\u{1b}[2J".to_owned())),
        (with(3, b""), SshSigError::Hash(String::new())),
        (with(0, b""), SshSigError::Length),
        (with(4, b"\0\0\0\x0bssh-ed25519\0\0\0\x01\0"), SshSigError::Length),
        (format!("{BEGIN}\n{END}\n"), SshSigError::Length),
        (format!("{BEGIN}\nU1NI*0lH\n{END}\n"), SshSigError::Armour),
        (armour(1, good, b"").replace("BEGIN SSH", "BEGIN PGP"), SshSigError::Armour),
        (armour(1, good, b"").replace(END, ""), SshSigError::Armour),
        (String::new(), SshSigError::Armour),
    ] {
        assert_eq!(read(&armoured).unwrap_err(), refusal, "{armoured}");
    }
}

#[test]
fn a_weak_key_is_refused() {
    let weak = tagged(&[0; 32]);
    let signature = tagged(&[0; 64]);
    let armoured = armour(1, [&weak, b"letopis", b"", b"sha512", &signature], b"");
    assert_eq!(read(&armoured).unwrap_err(), SshSigError::Key(PublicKeyError::Weak));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_reading_fail_otherwise_than_by_refusing(blob: Vec<u8>) {
        let text = [MAGIC, &1_u32.to_be_bytes(), &blob].concat();
        let armoured = format!("{BEGIN}\n{}\n{END}\n", STANDARD.encode(text));
        proptest::prop_assert!(read(&armoured).is_err());
    }
}
