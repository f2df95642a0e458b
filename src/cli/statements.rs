//! `letopis statements`: the summary statements of a year become records of their own.

use super::done::{Answer, Done, Refused};
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::{StatementOutcome, StatementsError};
use crate::journal::{ClassName, SchoolYear};
use crate::record::SourceRecord;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The school year: 2025-26
    #[arg(long)]
    year: SchoolYear,
    /// Only this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    classes: Vec<ClassName>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis statements", world).await?;
    let now = world.now();
    let screen = &mut world.screen;
    let mut sealed = 0;
    let drawn = archive.seal_statements(args.year, &args.classes, now, &mut world.rng, |outcome| {
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
