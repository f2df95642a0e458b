//! `letopis rebuild`: deletes the catalogue and makes it anew from the register.

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;

pub(super) async fn run(which: &Which, world: &mut World) -> Answer {
    let archive = which.open("letopis rebuild", world).await?;
    let archive = archive.rebuild().await?;
    let (entries, records) = (archive.register_size(), archive.catalogue().records()?.len());
    world.screen.say(format_args!(
        "the catalogue is made anew from {entries} register entries: {records} record(s)"
    ));
    Ok(Done::Clean)
}
