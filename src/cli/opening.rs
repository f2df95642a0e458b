//! The archive a command is about, and what opening it has to tell.

use super::world::World;
use crate::archive::{Archive, Home, Opening, Reading};
use std::path::PathBuf;

/// Options of every command.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Which {
    /// The archive's directory
    #[arg(
        long,
        value_name = "DIR",
        env = "LETOPIS_ARCHIVE",
        default_value = "./letopis-archive",
        global = true,
        help_heading = "Options of every command"
    )]
    pub(super) archive: PathBuf,
    /// The clock is right, though the last entry is more than 30 days old
    #[arg(long, global = true, help_heading = "Options of every command")]
    pub(super) clock_is_right: bool,
}

impl Which {
    /// Where the archive is.
    pub(super) fn home(&self) -> anyhow::Result<Home> {
        Ok(Home::find(&self.archive)?)
    }

    /// Opens it for writing. What opening did is told on standard error.
    pub(super) async fn open(&self, who: &str, world: &mut World) -> anyhow::Result<Archive> {
        let home = self.home()?;
        let stores = home.stores();
        let opening = Opening { who, now: world.now(), clock_is_right: self.clock_is_right };
        let archive = Archive::open(home, stores, opening).await?;
        for place in archive.put_aside() {
            let place = place.display();
            world.screen.note(format_args!("an interrupted run had left this: {place}"));
        }
        if archive.caught_up() > 0 {
            let entries = archive.caught_up();
            world.screen.note(format_args!(
                "the second location was behind and has got the {entries} entries it lacked"
            ));
        }
        if let Some(why) = archive.missing_second() {
            let records = archive.catalogue().records()?.len();
            world.screen.note(format_args!(
                "the second location is missing: {why}; {records} record(s) have one copy now"
            ));
        }
        Ok(archive)
    }

    /// Opens it for reading, beside whoever is writing.
    pub(super) async fn read(&self, world: &World) -> anyhow::Result<Reading> {
        let home = self.home()?;
        let stores = home.stores();
        let reading = Reading::open(home, stores).await?;
        if let Err(why) = reading.primary() {
            world.screen.note(format_args!(
                "the primary location cannot be used: {why}; this is what the second location says"
            ));
        }
        if let Some(later) = reading.later() {
            world.screen.note(format_args!(
                "the register goes on in a later version of Letopis ({later}); this is what comes before"
            ));
        }
        Ok(reading)
    }
}
