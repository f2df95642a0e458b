//! `letopis repair`: what is damaged in one location is restored from the other.

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use crate::archive::{Opening, repair};

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) async fn run(_args: &Args, which: &Which, world: &mut World) -> Answer {
    let home = which.home()?;
    let opening =
        Opening { who: "letopis repair", now: world.now(), clock_is_right: which.clock_is_right };
    let repairs = repair(home.clone(), || home.stores(), opening).await?;
    let mut count = 0;
    for (location, paths) in &repairs.restored {
        for path in paths {
            world.screen.say(format_args!("repaired  {location}  {path}"));
            count += 1;
        }
    }
    for finding in &repairs.left {
        world.screen.say(format_args!("left      {finding}"));
    }
    let verdict = match (count, repairs.left.len()) {
        (0, 0) => "nothing to repair".to_owned(),
        (n, 0) => format!("{n} file(s) repaired, entered in the register; everything verifies"),
        (n, left) => {
            format!("{n} file(s) repaired; {left} finding(s) have no good copy to repair from")
        }
    };
    world.screen.say(verdict);
    if count > 0 {
        let unfinished = home.file("unfinished");
        world.screen.note(format_args!(
            "what was taken out of the locations lies in {}",
            unfinished.display()
        ));
    }
    if let Some(why) = repairs.missing {
        world.screen.note(format_args!("the second location is missing: {why}"));
    }
    Ok(if repairs.left.is_empty() { Done::Clean } else { Done::Findings })
}
