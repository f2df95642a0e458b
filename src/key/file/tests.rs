use super::*;
use crate::key::Signature;
use crate::key::stock_tools::{Bench, succeeded};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

const PASSPHRASE: &str = "сосна-и-берёза";

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

fn key() -> SecretKey {
    SecretKey::generate(&mut rng())
}

/// A fresh Ed25519 key made by `openssl`, encrypted as told, and its public half.
fn made_by_openssl(bench: &Bench, options: &str) -> (String, PublicKey) {
    succeeded(bench.openssl("genpkey -algorithm ed25519 -out plain.pem"));
    let topk8 = "pkcs8 -topk8 -in plain.pem -out key.pem -passout pass:";
    succeeded(bench.openssl(&format!("{topk8}{PASSPHRASE} {options}")));
    succeeded(bench.openssl("pkey -in plain.pem -pubout -out key.pub.pem"));
    (bench.text("key.pem"), read_public_pem(&bench.text("key.pub.pem")).unwrap())
}

fn encrypted(plain: &[u8], passphrase: &str) -> String {
    let scheme = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(1, &[1; 16], [2; 16]);
    let data = scheme.as_ref().unwrap().encrypt(passphrase, plain).unwrap();
    let info = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: scheme.unwrap().into(),
        encrypted_data: OctetStringRef::new(&data).unwrap(),
    };
    SecretDocument::try_from(info).unwrap().to_pem(ENCRYPTED, LineEnding::LF).unwrap().to_string()
}

#[test]
fn an_encrypted_key_comes_back_with_its_passphrase() {
    let pem = encrypt(&key(), PASSPHRASE, &mut rng()).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    assert_eq!(decrypt(&pem, PASSPHRASE).unwrap().public(), key().public());
    let from_windows = format!("\u{feff}{}\r\n\r\n", pem.replace('\n', "\r\n"));
    assert_eq!(decrypt(&from_windows, PASSPHRASE).unwrap().public(), key().public());
}

#[test]
fn the_same_key_is_never_encrypted_the_same_way_twice() {
    let mut rng = rng();
    let first = encrypt(&key(), PASSPHRASE, &mut rng).unwrap();
    assert_ne!(first, encrypt(&key(), PASSPHRASE, &mut rng).unwrap());
}

#[test]
fn a_key_file_is_pkcs8_version_1_under_pbes2_with_600_000_rounds() {
    let bench = Bench::new();
    bench.put("key.pem", &*encrypt(&key(), PASSPHRASE, &mut rng()).unwrap());
    let outer = succeeded(bench.openssl("asn1parse -in key.pem")).stdout;
    let outer = String::from_utf8(outer).unwrap();
    for part in ["PBES2", "PBKDF2", ":0927C0", "hmacWithSHA256", "aes-256-cbc"] {
        assert!(outer.contains(part), "{part} in {outer}");
    }
    let inner = version_1(&key()).unwrap();
    let prefix = hex::decode("302e020100300506032b657004220420").unwrap();
    assert_eq!(inner.as_bytes(), [&prefix[..], &key().seed()[..]].concat());
}

#[test]
fn openssl_reads_our_key_file_and_signs_with_it() {
    let bench = Bench::new();
    bench.put("key.pem", &*encrypt(&key(), PASSPHRASE, &mut rng()).unwrap());
    bench.put("text", "letopis/seal/v1\n");
    let sign = "pkeyutl -sign -inkey key.pem -rawin -in text -out text.sig -passin pass:";
    succeeded(bench.openssl(&format!("{sign}{PASSPHRASE}")));
    let signature = Signature::try_from(&bench.bytes("text.sig")[..]).unwrap();
    assert!(key().public().verifies(b"letopis/seal/v1\n", &signature));
}

#[test]
fn openssl_verifies_our_signature_with_our_public_key_file() {
    let bench = Bench::new();
    bench.put("key.pub.pem", public_pem(&key().public()));
    bench.put("text", "letopis/seal/v1\n");
    bench.put("text.sig", key().sign(b"letopis/seal/v1\n").as_bytes());
    let verify = "pkeyutl -verify -pubin -inkey key.pub.pem -rawin -in text -sigfile text.sig";
    succeeded(bench.openssl(verify));
    bench.put("text", "letopis/seal/v2\n");
    assert_eq!(bench.openssl(verify).status.code(), Some(1));
}

#[test]
fn a_key_made_by_openssl_genpkey_is_read() {
    let bench = Bench::new();
    let make = "genpkey -algorithm ed25519 -aes256 -out key.pem -pass pass:";
    succeeded(bench.openssl(&format!("{make}{PASSPHRASE}")));
    let public = "pkey -in key.pem -pubout -out key.pub.pem -passin pass:";
    succeeded(bench.openssl(&format!("{public}{PASSPHRASE}")));
    let key = decrypt(&bench.text("key.pem"), PASSPHRASE).unwrap();
    assert_eq!(key.public(), read_public_pem(&bench.text("key.pub.pem")).unwrap());
}

#[test]
fn any_number_of_rounds_and_any_aes_is_read() {
    let bench = Bench::new();
    for options in [
        "-v2 aes256 -v2prf hmacWithSHA256 -iter 1",
        "-v2 aes128 -v2prf hmacWithSHA256 -iter 700001",
        "-v2 aes192 -v2prf hmacWithSHA512 -iter 4096",
    ] {
        let (pem, public) = made_by_openssl(&bench, options);
        assert_eq!(decrypt(&pem, PASSPHRASE).unwrap().public(), public, "{options}");
    }
}

#[test]
fn the_command_in_the_refusal_of_a_plain_key_works() {
    let bench = Bench::new();
    succeeded(bench.openssl("genpkey -algorithm ed25519 -out KEY.pem"));
    let refused = decrypt(&bench.text("KEY.pem"), PASSPHRASE).unwrap_err();
    assert_eq!(refused, KeyFileError::NotEncrypted);
    let message = refused.to_string();
    let command = message.split('`').nth(1).unwrap().strip_prefix("openssl ").unwrap();
    succeeded(bench.openssl(&format!("{command} -passout pass:{PASSPHRASE}")));
    decrypt(&bench.text("ENCRYPTED.pem"), PASSPHRASE).unwrap();
}

#[test]
fn version_2_is_read_when_its_public_key_is_the_right_one() {
    let pair = |public: PublicKey| {
        let public_key = Some(PublicKeyBytes(*public.as_bytes()));
        let pair = KeypairBytes { secret_key: *key().seed(), public_key };
        encrypted(pair.to_pkcs8_der().unwrap().as_bytes(), PASSPHRASE)
    };
    let read = decrypt(&pair(key().public()), PASSPHRASE).unwrap();
    assert_eq!(read.public(), key().public());
    let other = SecretKey::from_seed(&[9; 32]).public();
    assert_eq!(decrypt(&pair(other), PASSPHRASE).unwrap_err(), KeyFileError::OtherPublicKey);
}

#[test]
fn a_wrong_passphrase_is_told_as_such_whatever_it_decrypts_to() {
    let plain = version_1(&key()).unwrap();
    let pem = encrypted(plain.as_bytes(), PASSPHRASE);
    let (_, file) = SecretDocument::from_pem(&pem).unwrap();
    let info: EncryptedPrivateKeyInfoRef<'_> = file.decode_msg().unwrap();
    let data = info.encrypted_data.as_bytes();
    let padding_is_valid =
        |passphrase: &str| info.encryption_algorithm.decrypt(passphrase, data).is_ok();
    let (mut lucky, mut others) = (0, 0);
    for i in 0..2000 {
        let wrong = format!("сосна-{i}");
        if padding_is_valid(&wrong) {
            lucky += 1
        } else {
            others += 1
        };
        assert_eq!(decrypt(&pem, &wrong).unwrap_err(), KeyFileError::WrongPassphrase, "{wrong}");
    }
    assert!(lucky > 0 && others > 0, "{lucky} passphrases in 2000 leave a valid padding");
}

#[test]
fn short_passphrases_are_refused_for_new_files() {
    for (passphrase, characters) in [("", 0), ("1234567", 7), ("пароль!", 7)] {
        let refused = encrypt(&key(), passphrase, &mut rng()).unwrap_err();
        assert_eq!(refused, PassphraseError::TooShort(characters));
    }
    encrypt(&key(), "пароль!!", &mut rng()).unwrap();
}

#[test]
fn other_algorithms_are_refused_by_name() {
    let bench = Bench::new();
    for (algorithm, oid) in [
        ("x25519", "1.3.101.110"),
        ("RSA -pkeyopt rsa_keygen_bits:1024", "1.2.840.113549.1.1.1"),
        ("EC -pkeyopt ec_paramgen_curve:P-256", "1.2.840.10045.2.1"),
    ] {
        let genpkey = format!("genpkey -algorithm {algorithm} -aes256 -out key.pem -pass pass:");
        succeeded(bench.openssl(&format!("{genpkey}{PASSPHRASE}")));
        let oid = ObjectIdentifier::new_unwrap(oid);
        let refused = decrypt(&bench.text("key.pem"), PASSPHRASE).unwrap_err();
        assert_eq!(refused, KeyFileError::OtherAlgorithm(oid));
        let public = "pkey -in key.pem -pubout -out key.pub.pem -passin pass:";
        succeeded(bench.openssl(&format!("{public}{PASSPHRASE}")));
        let refused = read_public_pem(&bench.text("key.pub.pem")).unwrap_err();
        assert_eq!(refused, PublicFileError::OtherAlgorithm(oid));
    }
}

#[test]
fn other_encryptions_are_refused_by_name() {
    let bench = Bench::new();
    for (options, named) in [
        ("-scrypt", "scrypt"),
        ("-v1 PBE-SHA1-3DES", "1.2.840.113549.1.12.1.3"),
        ("-v2 des3", "1.2.840.113549.3.7"),
        ("-v2 aes256 -v2prf hmacWithSHA1", "1.2.840.113549.2.7"),
    ] {
        let (pem, _) = made_by_openssl(&bench, options);
        match decrypt(&pem, PASSPHRASE) {
            Err(KeyFileError::OtherEncryption(name)) => assert!(name.contains(named), "{name}"),
            other => panic!("{options}: {other:?}"),
        }
    }
}

#[test]
fn a_file_that_would_keep_the_computer_busy_for_hours_is_refused() {
    let scheme = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(90_000_000, &[1], [2; 16]);
    let info = EncryptedPrivateKeyInfoRef {
        encryption_algorithm: scheme.unwrap().into(),
        encrypted_data: OctetStringRef::new(&[0; 64]).unwrap(),
    };
    let pem = SecretDocument::try_from(info).unwrap().to_pem(ENCRYPTED, LineEnding::LF).unwrap();
    let named = KeyFileError::OtherEncryption("PBKDF2 with 90000000 rounds".to_owned());
    assert_eq!(decrypt(&pem, PASSPHRASE).unwrap_err(), named);
}

#[test]
fn what_is_no_private_key_file_is_told_apart() {
    let pem = encrypt(&key(), PASSPHRASE, &mut rng()).unwrap();
    let other = |label: &str| KeyFileError::OtherContent(label.to_owned());
    for (text, refusal) in [
        (String::new(), KeyFileError::NoPem),
        ("a key".to_owned(), KeyFileError::NoPem),
        (pem[..pem.len() - 40].to_owned(), KeyFileError::NoPem),
        (pem.replacen("MI", "M*", 1), KeyFileError::NoPem),
        (public_pem(&key().public()), other("PUBLIC KEY")),
        (pem.replace("ENCRYPTED", "OPENSSH"), other("OPENSSH PRIVATE KEY")),
        (public_pem(&key().public()).replace("PUBLIC", "ENCRYPTED PRIVATE"), KeyFileError::Damaged),
    ] {
        assert_eq!(decrypt(&text, PASSPHRASE).unwrap_err(), refusal, "{text}");
    }
}

#[test]
fn a_public_key_file_comes_back_and_is_what_openssl_writes() {
    let bench = Bench::new();
    let (pem, public) = made_by_openssl(&bench, "-v2 aes256");
    assert_eq!(public_pem(&public), bench.text("key.pub.pem"));
    assert_eq!(read_public_pem(&pem).unwrap_err(), PublicFileError::PrivateKey);
}

#[test]
fn the_fingerprint_is_what_openssl_and_sha256sum_print() {
    let bench = Bench::new();
    bench.put("key.pub.pem", public_pem(&key().public()));
    succeeded(bench.openssl("pkey -pubin -in key.pub.pem -outform DER -out der"));
    let printed = succeeded(bench.openssl("dgst -sha256 -r der")).stdout;
    assert!(printed.starts_with(key().public().fingerprint().to_string().as_bytes()));
}

#[test]
fn what_is_no_public_key_file_is_told_apart() {
    let weak = PublicKeyBytes([0; 32]).to_public_key_pem(LineEnding::LF).unwrap();
    let good = public_pem(&key().public());
    let long = good.replacen("MCow", "MCsw", 1);
    for (text, refusal) in [
        (String::new(), PublicFileError::NoPem),
        (weak, PublicFileError::Key(PublicKeyError::Weak)),
        (
            good.replace("PUBLIC KEY", "CERTIFICATE"),
            PublicFileError::OtherContent("CERTIFICATE".to_owned()),
        ),
        (long, PublicFileError::NoPem),
    ] {
        assert_eq!(read_public_pem(&text).unwrap_err(), refusal, "{text}");
    }
}
