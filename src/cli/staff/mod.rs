//! `letopis staff`: who works at the school, who teaches what, who stands in for whom.

mod list;
mod load;
mod people;
mod substitute;

use super::done::Answer;
use super::opening::Which;
use super::world::World;
use crate::archive::Archive;
use crate::staff::Roster;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Everyone in the roster: ids, posts, rows of the teaching load today
    List(list::Args),
    /// Add a person, with a post if one is given
    Add(people::Add),
    /// Give a person a post, too
    Post(people::Give),
    /// End a person's post; nobody is ever taken out of the roster
    End(people::End),
    /// Correct a person's name, or enter a new one
    Rename(people::Rename),
    /// Say which person a source's id is
    Link(people::Link),
    /// By order, one person signs for another who is away
    Substitute(substitute::Args),
    /// Take the teaching load in from the journals of a period, or from a table
    Load(load::Args),
}

pub(super) async fn run(command: &Command, which: &Which, world: &mut World) -> Answer {
    match command {
        Command::List(args) => list::run(args, which, world).await,
        Command::Add(args) => people::add(args, which, world).await,
        Command::Post(args) => people::post(args, which, world).await,
        Command::End(args) => people::end(args, which, world).await,
        Command::Rename(args) => people::rename(args, which, world).await,
        Command::Link(args) => people::link(args, which, world).await,
        Command::Substitute(args) => substitute::run(args, which, world).await,
        Command::Load(args) => load::run(args, which, world).await,
    }
}

/// Puts the roster in force if it says anything new; tells whether it did.
async fn put(archive: &mut Archive, roster: &Roster, world: &mut World) -> anyhow::Result<bool> {
    if *roster == archive.roster().await? {
        world.screen.note("all of this is known already; nothing was written");
        return Ok(false);
    }
    let now = world.now();
    let done = archive.change_roster(roster, now, &mut world.rng).await?;
    if let Some(why) = done.missing {
        world.screen.note(format_args!("the second location does not have it yet: {why}"));
    }
    Ok(true)
}
