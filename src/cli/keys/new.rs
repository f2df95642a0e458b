//! `letopis keys new`: makes a key under a passphrase and enrols it.

use super::terms::{self, Terms};
use crate::archive::{CommitError, KeyError, endorse};
use crate::cli::done::{Answer, Done, Refused};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::cli::{files, passphrase};
use crate::key::SecretKey;
use crate::key::file::{encrypt, public_pem};
use anyhow::{Context as _, anyhow};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    pub(in crate::cli) terms: Terms,
    /// Where the private key goes; the public one goes beside it
    #[arg(long, value_name = "FILE.pem")]
    pub(in crate::cli) out: PathBuf,
    /// A director's or founder's key, or one of the same role, that vouches for the new one
    #[arg(long, value_name = "KEY.pem")]
    pub(in crate::cli) endorse_with: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    which.home()?;
    for file in [&args.out, &files::beside(&args.out, "pub.pem")] {
        if file.exists() {
            return Err(anyhow!("`{}` exists already; choose another name", file.display()));
        }
    }
    let directory = files::parent(&args.out);
    if !directory.is_dir() {
        return Err(anyhow!("there is no directory `{}` for the key", directory.display()));
    }
    let endorser = args.endorse_with.as_deref().map(passphrase::unlock_endorser).transpose()?;
    let passphrase = passphrase::choose(&args.out)?;
    make(args, &passphrase, endorser.as_ref(), which, world).await
}

/// Makes and enrols the key. The key file is on the disk before the register names the key: a key that
/// is enrolled and lost would be in the way for ever.
pub(in crate::cli) async fn make(
    args: &Args,
    passphrase: &str,
    endorser: Option<&SecretKey>,
    which: &Which,
    world: &mut World,
) -> Answer {
    let mut archive = which.open("letopis keys new", world).await?;
    let now = world.now();
    if endorser.is_none() && args.terms.needs_endorsement(&archive, now) {
        let role = args.terms.role;
        return Err(Refused(format!(
            "a key that can endorse one of a {role} is valid; give it with --endorse-with KEY.pem"
        ))
        .into());
    }
    let key = SecretKey::generate(&mut world.rng);
    let pem = encrypt(&key, passphrase, &mut world.rng)?;
    let new = args.terms.new_key()?;
    let terms = archive.key_terms(key.public(), &new, now, &mut world.rng).await?;
    let public_file = write_files(args, &pem, &key)?;
    let possession = key.sign(terms.possession_text().as_bytes());
    let endorsement = endorser.map(|by| endorse(&terms, by));
    if let Err(error) = archive.add_key(terms, possession, endorsement, now).await {
        if !is_surely_not_enrolled(&error) {
            let kept = args.out.display();
            let text =
                format!("`{kept}` is kept; `letopis keys list` tells whether it is enrolled");
            return Err(error).context(text);
        }
        remove(&[&args.out, &public_file]);
        return Err(error).context("the key is not enrolled");
    }
    terms::tell(&archive, &key.public().fingerprint(), &mut world.screen).await?;
    let out = args.out.display();
    world.screen.say(format_args!("private   {out} (under the passphrase; the holder keeps it)"));
    world.screen.say(format_args!("public    {}", public_file.display()));
    Ok(Done::Clean)
}

/// Writes the private key under its passphrase and the public one beside it, or neither.
fn write_files(args: &Args, pem: &str, key: &SecretKey) -> anyhow::Result<PathBuf> {
    let public_file = files::beside(&args.out, "pub.pem");
    files::write_new(&args.out, pem.as_bytes(), 0o600)?;
    let written = files::write_new(&public_file, public_pem(&key.public()).as_bytes(), 0o644);
    if written.is_err() {
        remove(&[&args.out]);
    }
    written.map(|()| public_file)
}

/// Whether the register surely does not have the key; otherwise its file is kept.
fn is_surely_not_enrolled(error: &KeyError) -> bool {
    !matches!(
        error,
        KeyError::Commit(
            CommitError::Primary(_) | CommitError::Catalogue(_) | CommitError::Home(_)
        ) | KeyError::Location(_)
    )
}

fn remove(files: &[&Path]) {
    for file in files {
        // Nothing names the file: if it stays, it is only in the way.
        let _ = std::fs::remove_file(file);
    }
}
