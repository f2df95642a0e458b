//! `letopis check-medium`: reading a removable medium through.

use super::copy::staff;
use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use crate::archive::MediumCheckOrder;
use crate::register::MediumNumber;
use chrono::NaiveDate;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where the medium is: a folder, an .iso image, or a disc in its drive (/dev/sr0)
    path: PathBuf,
    /// Who checks it: full name, or the id in the staff roster
    #[arg(long, value_name = "STAFF")]
    by: String,
    /// The number on its label, when it cannot tell it any more
    #[arg(long, value_name = "NUMBER")]
    medium: Option<MediumNumber>,
    /// The day by which it is to be checked again; five years on if not given
    #[arg(long, value_name = "DATE")]
    next_check: Option<NaiveDate>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis check-medium", world).await?;
    let now = world.now();
    let next_check = archive.next_check(args.next_check, now).await?;
    let order = MediumCheckOrder {
        path: args.path.clone(),
        medium: args.medium,
        recorder: staff(&archive, &args.by).await?,
        next_check,
    };
    let checked = archive.check_medium(&order, now, &mut world.rng).await?;
    for finding in &checked.findings {
        world.screen.say(format_args!("FINDING  {finding}"));
    }
    let verdict = match checked.findings.len() {
        0 => "all is as it was written".to_owned(),
        1 => "1 finding; make another copy of these records".to_owned(),
        n => format!("{n} findings; make another copy of these records"),
    };
    world.screen.say(format_args!("medium {}: {verdict}", checked.medium));
    if let Some(why) = checked.missing {
        world.screen.note(format_args!("the second location does not have the entry yet: {why}"));
    }
    world.screen.note(format_args!("registered; to be checked again by {next_check}"));
    Ok(if checked.findings.is_empty() { Done::Clean } else { Done::Findings })
}
