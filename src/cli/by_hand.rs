//! How to check a record with stock tools alone: commands to be copied.

use crate::catalogue::{RecordView, SignatureView};
use crate::staff::Keyring;
use std::fmt::Display;
use std::path::Path;

/// The commands for a record in the location that lies here.
pub(super) fn commands(location: &Path, record: &RecordView, keyring: &Keyring) -> Vec<String> {
    let directory = std::path::absolute(location).unwrap_or(location.to_owned());
    let directory = directory.join(record.path.as_str());
    let mut commands = vec![
        format!("cd {}", quoted(directory.display())),
        "sed -n 's/^package-sha256 \\(.*\\)/\\1  package.zip/p' seal.txt | sha256sum -c".to_owned(),
        "unzip -t package.zip".to_owned(),
    ];
    let signatures: Vec<_> = record.signatures.iter().filter(|s| s.counts).collect();
    commands.extend(signatures.iter().flat_map(|s| signature_commands(s, keyring)));
    let director = signatures.last().map(|s| format!(" --director {}", s.key)).unwrap_or_default();
    commands.push(format!("python3 ../../../verify.py .{director}"));
    commands
}

fn signature_commands(signature: &SignatureView, keyring: &Keyring) -> Vec<String> {
    let Some(key) = keyring.key(&signature.key) else { return Vec::new() };
    let file = |ending: &str| {
        let named = signature.files.iter().map(|file| file.name.as_str());
        named.into_iter().find(|name| name.ends_with(ending)).unwrap_or("seal.sig").to_owned()
    };
    let (role, fingerprint) = (key.role, key.fingerprint.to_string());
    let public = format!("../../../keys/{role}-{}.pub.pem", &fingerprint[..16]);
    let time = signature.signed.format("%Y%m%d%H%M%SZ");
    vec![
        format!(
            "openssl pkeyutl -verify -pubin -inkey {public} -rawin -in seal.txt -sigfile {}",
            file(".sig")
        ),
        format!(
            "ssh-keygen -Y verify -f ../../../allowed_signers -I {role} -n letopis -Overify-time={time} -s {} < seal.txt",
            file(".sshsig")
        ),
    ]
}

/// A path as a shell takes it.
pub(super) fn quoted(path: impl Display) -> String {
    let path = path.to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}
