//! `letopis staff substitute`: by order, one person signs for another who is away.

use super::put;
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::register::OrderRef;
use crate::staff::Substitution;
use chrono::NaiveDate;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Who is away: full name, or the id in the roster
    absent: String,
    /// Who signs instead
    by: String,
    /// The director's order: 31-к/2025-10-20
    #[arg(long, value_name = "NO/DATE")]
    order: OrderRef,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// Last day; it can be said later by giving the same again
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis staff", world).await?;
    let mut roster = archive.roster().await?;
    let (absent, by) = (roster.lookup(&args.absent)?.clone(), roster.lookup(&args.by)?.clone());
    roster.add_substitution(Substitution {
        absent: absent.id(),
        from: args.from,
        order: args.order.clone(),
        substitute: by.id(),
        until: args.until,
    })?;
    put(&mut archive, &roster, world).await?;
    let until = args.until.map(|until| format!(" to {until}")).unwrap_or_default();
    world.screen.say(format_args!(
        "{} signs for {} from {}{until}, order {}",
        by.name(),
        absent.name(),
        args.from,
        args.order
    ));
    Ok(Done::Clean)
}
