//! Files of a location that are drawn from the register or come with the program.

use super::Home;
use crate::catalogue::Catalogue;
use crate::digest::Digest;
use crate::key::PublicKey;
use crate::key::file::public_pem;
use crate::location::{Location, LocationError};
use crate::register::vkey;

/// What a location is and how to check it, for whoever finds it.
pub(super) const README: &str = include_str!("../../templates/location/README.txt");
/// The checking script that lies in every location.
pub(super) const VERIFY_PY: &str = include_str!("../../scripts/verify.py");

/// Path and bytes of each such file.
pub(super) fn derived(
    home: &Home,
    catalogue: &Catalogue,
    log_key: &PublicKey,
) -> Vec<(String, Vec<u8>)> {
    let keyring = catalogue.keyring();
    let mut files = vec![
        ("README.txt".to_owned(), README.as_bytes().to_vec()),
        ("verify.py".to_owned(), VERIFY_PY.as_bytes().to_vec()),
        ("allowed_signers".to_owned(), keyring.allowed_signers().into_bytes()),
        ("keys/log.vkey".to_owned(), format!("{}\n", vkey(&home.origin(), log_key)).into_bytes()),
    ];
    files.extend(keyring.keys().iter().map(|key| {
        let fingerprint = key.fingerprint.to_string();
        let name = format!("keys/{}-{}.pub.pem", key.role, &fingerprint[..16]);
        (name, public_pem(&key.public_key).into_bytes())
    }));
    files
}

/// Writes those that differ.
pub(super) async fn refresh(
    location: &Location,
    wanted: &[(String, Vec<u8>)],
) -> Result<(), LocationError> {
    for (path, bytes) in wanted {
        if location.digest(path).await?.is_none_or(|(digest, _)| digest != Digest::of(bytes)) {
            location.put(path, bytes.clone()).await?;
        }
    }
    Ok(())
}
