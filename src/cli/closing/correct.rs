//! `letopis closing correct`: what an imported correction changes, seen and agreed to.

use super::{Meant, name_of, named, person, tell_missing};
use crate::archive::{Correction, CorrectionOrder, Outcome};
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::journal::ClassName;
use crate::register::{OrderRef, SheetRange};
use crate::staff::Roster;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The class whose corrected journal was imported
    #[arg(value_name = "CLASS")]
    class: ClassName,
    #[command(flatten)]
    meant: Meant,
    /// Agree to what was shown with this code, and seal it
    #[arg(long, value_name = "CODE")]
    agree: Option<String>,
    /// The director's order, once the folder is formed: 112/2026-01-13
    #[arg(long, value_name = "NUMBER/DATE")]
    order: Option<OrderRef>,
    /// The deputy who agrees: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis closing correct", world).await?;
    let roster = archive.roster().await?;
    let recorder = person(&roster, &args.by)?;
    let id = args.meant.id(&archive).await?;
    let period = args.meant.period_of(&archive.outline(id).await?, &args.class)?;
    let seen = archive.correction(id, (&args.class, period)).await;
    let seen = seen.map_err(|error| named(error, &roster))?;
    let Some(code) = &args.agree else {
        show(&seen, args, &roster, world);
        return Ok(Done::Findings);
    };
    let order = CorrectionOrder {
        class: args.class.clone(),
        period,
        code: code.clone(),
        order: args.order.clone(),
    };
    let now = world.now();
    let done = archive.correct(id, &order, (recorder, now), &mut world.rng).await;
    let (outcome, committed) = done.map_err(|error| named(error, &roster))?;
    if let Outcome::Sealed { record, .. } = outcome {
        let (class, former) = (&args.class, seen.record);
        world.screen.say(format_args!("{class}: record {record} replaces {former}"));
        world.screen.note(format_args!(
            "next: letopis sign; letopis print {record} --out FILE.pdf prints the sheets that changed"
        ));
    }
    tell_missing(committed.missing.as_ref(), world);
    Ok(Done::Clean)
}

fn show(seen: &Correction, args: &Args, roster: &Roster, world: &mut World) {
    let (class, record) = (&args.class, seen.record);
    world.screen.say(format_args!("{class}, record {record}:"));
    for change in seen.changes.iter() {
        world.screen.say(format_args!("  {change}"));
    }
    let list = |ranges: &[SheetRange]| {
        ranges.iter().map(SheetRange::to_string).collect::<Vec<_>>().join(", ")
    };
    if !seen.voided.sheets.is_empty() {
        world.screen.say(format_args!("sheets that will be void: {}", list(&seen.voided.sheets)));
    }
    if !seen.voided.signers.is_empty() {
        let names: Vec<String> =
            seen.voided.signers.iter().map(|who| name_of(roster, *who)).collect();
        world.screen.say(format_args!("signatures that will be lost: {}", names.join(", ")));
    }
    if !seen.voided.unreported.is_empty() {
        let pages: Vec<String> = seen.voided.unreported.iter().map(u32::to_string).collect();
        world.screen.say(format_args!("nobody reported the changes of pages {}", pages.join(", ")));
    }
    let order = if seen.needs_order { " --order NUMBER/DATE" } else { "" };
    let code = &seen.code;
    world.screen.note(format_args!(
        "nothing is sealed yet; to agree: letopis closing correct {class} --agree {code}{order} --by STAFF"
    ));
}
