use super::*;
use crate::key::sshsig;
use crate::key::stock_tools::Bench;

/// A register with a director's key of one year, a deputy's without end, and another director's that
/// was revoked before its term was over.
fn three_keys() -> Keyring {
    let mut book = Book::new();
    book.add("2025-09-01", joining_until("2026-09-01", 1, Director, None)).unwrap();
    book.add("2025-09-02", joining(2, Deputy, Some(1))).unwrap();
    book.add("2025-09-02", joining_until("2026-09-01", 3, Director, Some(1))).unwrap();
    book.revoke("2025-12-01", 3).unwrap();
    book.keyring
}

#[test]
fn allowed_signers_has_a_line_for_each_key_until_its_end() {
    let public = |number: u8| openssh_public(&key(number).public());
    let after = r#"namespaces="letopis",valid-after="20250901120000Z""#;
    let (one, two, three) = (public(1), public(2), public(3));
    let expected = format!(
        "director {after},valid-before=\"20260901120000Z\" {one}\n\
         deputy {after} {two}\n\
         director {after},valid-before=\"20251201120000Z\" {three}\n"
    );
    assert_eq!(three_keys().allowed_signers(), expected);
}

#[test]
fn ssh_keygen_judges_by_allowed_signers_as_the_keyring_does() {
    let bench = Bench::new();
    bench.put("allowed_signers", three_keys().allowed_signers());
    let text = b"letopis/seal/v1\n";
    for (signer, as_role, time, accepted) in [
        (1, "director", "20251025071200Z", true),
        (1, "director", "20250901115959Z", false),
        (1, "director", "20260902000000Z", false),
        (1, "deputy", "20251025071200Z", false),
        (2, "deputy", "20351025071200Z", true),
        (3, "director", "20251130120000Z", true),
        (3, "director", "20251202120000Z", false),
        (4, "director", "20251025071200Z", false),
    ] {
        bench.put("seal.sshsig", sshsig::sign(&key(signer), text));
        let verify = "-Y verify -f allowed_signers -n letopis -s seal.sshsig -I";
        let output = bench.ssh_keygen(&format!("{verify} {as_role} -Overify-time={time}"), text);
        let shown = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.success(), accepted, "{signer} as {as_role} at {time}: {shown}");
    }
}

#[test]
fn a_key_revoked_before_its_term_does_not_spoil_the_other_lines() {
    let mut book = Book::new();
    let terms = joining(1, Director, None).terms(archive());
    let later = KeyTerms { from: noon("2026-09-01"), ..terms };
    book.add("2025-09-01", signed(1, &later, None)).unwrap();
    book.revoke("2025-09-02", 1).unwrap();
    book.add("2025-09-03", joining(2, Director, None)).unwrap();
    let bench = Bench::new();
    bench.put("allowed_signers", book.keyring.allowed_signers());
    for (signer, time, accepted) in
        [(1, "20250901120001Z", false), (1, "20261001120000Z", false), (2, "20251001120000Z", true)]
    {
        bench.put("seal.sshsig", sshsig::sign(&key(signer), b"text"));
        let verify = "-Y verify -f allowed_signers -n letopis -s seal.sshsig -I director";
        let output = bench.ssh_keygen(&format!("{verify} -Overify-time={time}"), b"text");
        assert_eq!(output.status.success(), accepted, "{signer} at {time}");
    }
}
