//! `letopis keys revoke`: ends a key.

use crate::cli::done::{Answer, Done, Refused};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::register::RevocationReason;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The beginning of the key's fingerprint, at least 4 digits
    #[arg(value_name = "FINGERPRINT")]
    key: String,
    /// Why
    #[arg(long)]
    reason: RevocationReason,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis keys revoke", world).await?;
    let known = archive.key_named(&args.key)?;
    let (key, role) = (known.fingerprint, known.role);
    if let Some((entry, time)) = known.revoked {
        return Err(Refused(format!("{key} was revoked by entry {entry} at {time} already")).into());
    }
    let now = world.now();
    archive.revoke_key(key, args.reason, now).await?;
    world.screen.say(format_args!("revoked   {key} ({role})"));
    world.screen.note("what it signed before stays signed; nothing it signs from now on counts");
    if let Some(why) = archive.missing_second() {
        world.screen.note(format_args!("written to the primary location only: {why}"));
    }
    Ok(Done::Clean)
}
