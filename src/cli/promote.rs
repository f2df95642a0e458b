//! `letopis promote`: the primary location is lost, and a copy takes its place.

use super::done::{Answer, Done};
use super::opening::Which;
use super::passphrase;
use super::world::World;
use crate::archive::{Promotion, promote, promote_copy};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many acknowledged entries are given up; must be exactly as many as would be lost
    #[arg(long, value_name = "N")]
    losing: Option<u64>,
    /// The director's key, when this machine does not have the archive's log key
    #[arg(long, value_name = "KEY.pem")]
    key: Option<PathBuf>,
    /// Make an archive in --archive from this copy: machine and all else are lost
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let director = args.key.as_deref().map(passphrase::unlock).transpose()?;
    let promotion = Promotion {
        losing: args.losing,
        director: director.as_ref(),
        clock_is_right: which.clock_is_right,
    };
    let now = world.now();
    let promoted = match &args.from {
        Some(copy) => promote_copy(&which.archive, copy, promotion, now, &mut world.rng).await?,
        None => {
            let home = which.home()?;
            let stores = home.stores();
            promote(home, stores, promotion, now, &mut world.rng).await?
        }
    };
    let screen = &mut world.screen;
    screen.say(format_args!("primary   location {}", promoted.location));
    screen.say(format_args!("found     {} entries", promoted.found));
    if promoted.lost > 0 {
        screen.say(format_args!("given up  {} acknowledged entries", promoted.lost));
    }
    if let Some(log_key) = promoted.new_log_key {
        screen.say(format_args!(
            "log key   {} (new, endorsed by the director)",
            log_key.fingerprint()
        ));
    }
    screen.note("there is no second location now; letopis second DIR makes one");
    Ok(Done::Clean)
}
