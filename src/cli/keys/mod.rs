//! `letopis keys`: making, enrolling, showing and revoking keys.

mod add;
mod list;
pub(super) mod new;
mod revoke;
mod terms;

pub(in crate::cli) use terms::Terms;

use super::done::Answer;
use super::opening::Which;
use super::world::World;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make a key under a passphrase and enrol it
    New(new::Args),
    /// Enrol a key made elsewhere, for instance with `openssl genpkey -algorithm ed25519`
    Add(add::Args),
    /// Whose keys count, and when
    List(list::Args),
    /// End a key: it is good for nothing that comes after
    Revoke(revoke::Args),
}

pub(super) async fn run(command: &Command, which: &Which, world: &mut World) -> Answer {
    match command {
        Command::New(args) => new::run(args, which, world).await,
        Command::Add(args) => add::run(args, which, world).await,
        Command::List(args) => list::run(args, which, world).await,
        Command::Revoke(args) => revoke::run(args, which, world).await,
    }
}
