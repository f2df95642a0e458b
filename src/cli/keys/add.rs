//! `letopis keys add`: enrols a key that was made elsewhere. Its holder proves to have the private key
//! by signing a text with stock tools; the private key never comes near the archive.

use super::terms::{self, Terms};
use crate::archive::{Archive, endorse};
use crate::cli::done::{Answer, Done, Refused};
use crate::cli::opening::Which;
use crate::cli::screen::Screen;
use crate::cli::world::World;
use crate::cli::{files, passphrase};
use crate::key::Signature;
use crate::key::file::read_public_pem;
use crate::register::{Endorsement, KeyTerms};
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The public key (`openssl pkey -in KEY.pem -pubout -out KEY.pub.pem`)
    #[arg(value_name = "KEY.pub.pem")]
    file: PathBuf,
    #[command(flatten)]
    terms: Terms,
    /// The proof of possession: the key's signature of the text this command writes without it
    #[arg(long, value_name = "FILE.sig")]
    proof: Option<PathBuf>,
    /// A key that vouches for the new one
    #[arg(long, value_name = "KEY.pem", conflicts_with = "endorsement")]
    endorse_with: Option<PathBuf>,
    /// Such a key's signature of the endorsement text, made elsewhere
    #[arg(long, value_name = "FILE.sig")]
    endorsement: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    which.home()?;
    let at = || format!("`{}`", args.file.display());
    let key = read_public_pem(&files::read_text(&args.file)?).with_context(at)?;
    let proof = args.proof.as_deref().map(signature).transpose()?;
    let endorsed = args.endorsement.as_deref().map(signature).transpose()?;
    let endorser = args.endorse_with.as_deref().map(passphrase::unlock_endorser).transpose()?;

    let mut archive = which.open("letopis keys add", world).await?;
    let now = world.now();
    let terms = archive.key_terms(key, &args.terms.new_key()?, now, &mut world.rng).await?;
    let needs = args.terms.needs_endorsement(&archive, now);
    let endorsement = match (endorser, endorsed) {
        (Some(by), _) => Some(endorse(&terms, &by)),
        (None, Some(signature)) => Some(whose(&archive, &terms, signature, now)?),
        (None, None) => None,
    };
    match proof {
        Some(proof) if endorsement.is_some() || !needs => {
            archive.add_key(terms, proof, endorsement, now).await?;
            terms::tell(&archive, &key.fingerprint(), &mut world.screen).await?;
        }
        proof => {
            let lacks =
                [(proof.is_none(), "possession"), (endorsement.is_none() && needs, "endorsement")];
            ask(args, &terms, &lacks, &mut world.screen)?;
        }
    }
    Ok(Done::Clean)
}

/// A raw signature as `openssl pkeyutl -sign` writes it.
fn signature(file: &Path) -> anyhow::Result<Signature> {
    let bytes = files::read(file, files::MOST_TEXT)?;
    Signature::try_from(bytes.as_slice()).with_context(|| format!("`{}`", file.display()))
}

/// Finds the valid key that made an endorsement.
fn whose(
    archive: &Archive,
    terms: &KeyTerms,
    signature: Signature,
    now: DateTime<Utc>,
) -> anyhow::Result<Endorsement> {
    let keyring = archive.catalogue().keyring();
    let text = terms.endorsement_text();
    let mut endorsers = keyring.endorsers_for(terms.role, archive.register_size(), now);
    let by = endorsers.find(|key| key.public_key.verifies(text.as_bytes(), &signature));
    match by {
        Some(key) => Ok(Endorsement { key: key.fingerprint, signature }),
        None => Err(Refused(
            "the endorsement is not of this key, role, holder and term, or by no key that may endorse it now"
                .to_owned(),
        )
        .into()),
    }
}

/// Writes the texts that are still to be signed, and tells how.
fn ask(
    args: &Args,
    terms: &KeyTerms,
    lacks: &[(bool, &str)],
    screen: &mut Screen,
) -> anyhow::Result<()> {
    screen.say(format_args!("key       {}", terms.public_key.fingerprint()));
    let mut options = String::new();
    for (_, what) in lacks.iter().filter(|(lacks, _)| *lacks) {
        let (text, option, whose) = match *what {
            "possession" => (terms.possession_text(), "proof", "the holder of the new key"),
            _ => (terms.endorsement_text(), "endorsement", "whoever endorses it"),
        };
        let file = files::beside(&args.file, &format!("{what}.txt"));
        let sig = files::beside(&args.file, &format!("{what}.sig"));
        let key = match option {
            "proof" => files::beside(&args.file, "pem").display().to_string(),
            _ => "ENDORSER.pem".to_owned(),
        };
        files::replace(&file, text.as_bytes())?;
        let (file, sig) = (file.display(), sig.display());
        screen.say(format_args!("\nnext: {whose} signs `{file}`:"));
        screen
            .say(format_args!("  openssl pkeyutl -sign -inkey {key} -rawin -in {file} -out {sig}"));
        options.push_str(&format!(" --{option} {sig}"));
    }
    screen.say(format_args!("\nthen repeat this command with{options}"));
    Ok(())
}
