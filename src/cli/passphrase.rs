//! Passphrases: from the environment, or asked at the terminal. They are never echoed or stored.

use crate::key::SecretKey;
use crate::key::file::{SHORTEST_PASSPHRASE, decrypt};
use anyhow::{Context as _, anyhow};
use std::path::Path;
use zeroize::Zeroizing;

/// Of the key a command is about.
pub(super) const PASSPHRASE: &str = "LETOPIS_PASSPHRASE";
/// Of the key that endorses another.
const ENDORSER_PASSPHRASE: &str = "LETOPIS_ENDORSER_PASSPHRASE";

/// The passphrase for a new key file; at the terminal it is asked twice.
pub(super) fn choose(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    if let Some(passphrase) = variable(PASSPHRASE)? {
        return Ok(passphrase);
    }
    let file = file.display();
    let first = ask(&format!(
        "New passphrase for {file} (at least {SHORTEST_PASSPHRASE} characters, better several words): "
    ));
    let first = first.with_context(|| format!("no passphrase for `{file}`; set {PASSPHRASE}"))?;
    let again = ask("The same once more: ")?;
    if *first == *again {
        Ok(first)
    } else {
        Err(anyhow!("the two passphrases differ; nothing was written, try again"))
    }
}

/// The private key in a file.
pub(super) fn unlock(file: &Path) -> anyhow::Result<SecretKey> {
    let passphrase = match variable(PASSPHRASE)? {
        Some(passphrase) => passphrase,
        None => ask_for(file).with_context(|| missing(file, PASSPHRASE))?,
    };
    open(file, &passphrase)
}

/// The private key of whoever endorses another one.
pub(super) fn unlock_endorser(file: &Path) -> anyhow::Result<SecretKey> {
    let passphrase = match variable(ENDORSER_PASSPHRASE)? {
        Some(passphrase) => passphrase,
        None => match (ask_for(file), variable(PASSPHRASE)?) {
            (Ok(passphrase), _) | (Err(_), Some(passphrase)) => passphrase,
            (Err(error), None) => return Err(error.context(missing(file, ENDORSER_PASSPHRASE))),
        },
    };
    open(file, &passphrase)
}

/// The private key in a file under this passphrase.
pub(super) fn open(file: &Path, passphrase: &str) -> anyhow::Result<SecretKey> {
    let pem = Zeroizing::new(super::files::read_text(file)?);
    decrypt(&pem, passphrase).with_context(|| format!("`{}`", file.display()))
}

fn missing(file: &Path, variable: &str) -> String {
    format!("no passphrase for `{}`; set {variable}", file.display())
}

fn ask_for(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    ask(&format!("Passphrase for {}: ", file.display()))
}

fn ask(prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .context("there is no terminal to ask for it")
}

/// An environment variable that is set and not empty.
fn variable(name: &str) -> anyhow::Result<Option<Zeroizing<String>>> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(Zeroizing::new(value)).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(anyhow!("{name} is not UTF-8 text")),
    }
}
