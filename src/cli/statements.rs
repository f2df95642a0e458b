//! `letopis statements`: the summary statements of a year become records of their own.

use super::done::{Answer, Done, Refused};
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::{Agreement, StatementOutcome, StatementsError};
use crate::journal::{ClassName, SchoolYear};
use crate::record::SourceRecord;
use crate::register::OrderRef;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The school year: 2025-26
    #[arg(long)]
    year: SchoolYear,
    /// Only this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    classes: Vec<ClassName>,
    /// The deputy who agrees that statements already on paper are drawn anew: name or id
    #[arg(long, value_name = "STAFF")]
    by: Option<String>,
    /// The director's order for it, once they are shelved: 112/2026-07-13
    #[arg(long, value_name = "NUMBER/DATE", requires = "by")]
    order: Option<OrderRef>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis statements", world).await?;
    let now = world.now();
    let agreement = match &args.by {
        Some(by) => {
            let by = archive.roster().await?.lookup(by)?.id();
            Some(Agreement { by, order: args.order.clone() })
        }
        None => None,
    };
    let screen = &mut world.screen;
    let mut sealed = 0;
    let asked = (&args.classes[..], agreement.as_ref());
    let drawn = archive.seal_statements(args.year, asked, now, &mut world.rng, |outcome| {
        tell(outcome, args.year, screen);
        sealed += usize::from(matches!(outcome, StatementOutcome::Sealed { .. }));
    });
    let drawn = drawn.await;
    if sealed > 0 {
        world.screen.note("next: letopis sign --key director.pem, then letopis print RECORD");
    }
    let refused = match drawn {
        Ok(()) => return Ok(Done::Clean),
        Err(StatementsError::Refused(refused)) => refused,
        Err(error) => return Err(error.into()),
    };
    for (class, why) in &refused {
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        world.screen.note(format_args!(
            "not drawn      {class:<6} {}  {}",
            args.year,
            why.join("; "),
            class = class.as_str()
        ));
    }
    let classes: Vec<&str> = refused.iter().map(|(class, _)| class.as_str()).collect();
    Err(Refused(format!("not drawn: {}; the reasons are above", classes.join(", "))).into())
}

fn tell(outcome: &StatementOutcome, year: SchoolYear, screen: &mut Screen) {
    match outcome {
        StatementOutcome::Sealed { record, class, sources, replaces, missing, .. } => {
            let from: Vec<String> = sources.iter().map(named).collect();
            let replaces = replaces.map(|former| format!("; replaces {former}"));
            let copies = if missing.is_some() { "; one copy" } else { "" };
            screen.say(format_args!(
                "sealed {record}  {class:<6} {year}  from {}{}{copies}",
                from.join(", "),
                replaces.unwrap_or_default(),
                class = class.as_str()
            ));
        }
        StatementOutcome::Unchanged { record, class } => screen.say(format_args!(
            "unchanged      {class:<6} {year}  record {record} says the same; no new record",
            class = class.as_str()
        )),
    }
}

/// `000012 (q1)`.
fn named(source: &SourceRecord) -> String {
    format!("{} ({})", source.record, source.period.slug())
}
