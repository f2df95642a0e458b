//! `letopis second DIR`: an empty folder becomes the second location.

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An empty folder, on another disk, in another room
    folder: PathBuf,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis second", world).await?;
    let now = world.now();
    archive.add_second(&args.folder, now, &mut world.rng).await?;
    let entries = archive.register_size();
    let folder = args.folder.display();
    world.screen.say(format_args!("second    {folder}: a copy of everything, {entries} entries"));
    if archive.home().second().is_some_and(|s| s.shares_device_with(&archive.home().primary())) {
        world.screen.note(
            "warning: both locations are on one device; a broken disk would take both copies",
        );
    }
    world.screen.note("next: letopis verify --deep");
    Ok(Done::Clean)
}
