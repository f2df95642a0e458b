//! `letopis closing history`: everything that was entered.

use super::{Meant, name_of};
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::table::Table;
use crate::cli::world::World;
use crate::register::{Event, SheetRange, StaffId};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    meant: Meant,
    /// A JSON list
    #[arg(long)]
    json: bool,
}

/// An entry of the history. Its JSON form is stable.
#[derive(Serialize)]
struct Line {
    entry: u64,
    time: chrono::DateTime<chrono::Utc>,
    event: String,
    what: String,
    /// What a person wrote with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    /// The entry that took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_back: Option<u64>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let id = args.meant.id_in(&reading).await?;
    let (closing, roster) = (reading.outline(id).await?, reading.roster().await?);
    let offset = reading.settings().await?.utc_offset;
    let mut lines = Vec::new();
    for held in &closing.history {
        let event = &held.entry.event;
        let said = match event.document() {
            Some(named) => reading.said(named.document).await?,
            None => None,
        };
        lines.push(Line {
            entry: held.entry.seq,
            time: held.entry.time,
            event: event.name().to_owned(),
            what: what(event, |who| name_of(&roster, who)),
            said,
            taken_back: held.taken_back,
        });
    }
    if args.json {
        world.screen.say_json(&lines);
        return Ok(Done::Clean);
    }
    let mut table = Table::new(&["entry", "time", "what", ""]);
    for line in &lines {
        let taken = line.taken_back.map(|by| format!("taken back by {by}"));
        let notes = taken.into_iter().chain(line.said.iter().map(|said| format!("«{said}»")));
        table.line([
            line.entry.to_string(),
            line.time.with_timezone(&offset).format("%Y-%m-%d %H:%M").to_string(),
            line.what.clone(),
            notes.collect::<Vec<_>>().join("; "),
        ]);
    }
    world.screen.say(table);
    Ok(Done::Clean)
}

/// An entry in words.
pub(super) fn what(event: &Event, name: impl Fn(StaffId) -> String) -> String {
    match event {
        Event::Confirmed(e) => {
            format!(
                "{} {} page {} confirmed by {}",
                e.page.class,
                e.page.period,
                e.page.page,
                name(e.by)
            )
        }
        Event::DiscrepancyReported(e) => {
            format!(
                "{} {} page {} differs, says {}",
                e.page.class,
                e.page.period,
                e.page.page,
                name(e.by)
            )
        }
        Event::CorrectionAgreed(e) => {
            let order =
                e.order.as_ref().map(|order| format!(", order {order}")).unwrap_or_default();
            format!("correction of record {} agreed by {}{order}", e.record, name(e.by))
        }
        Event::SignedOnPaper(e) => {
            format!(
                "copy {}, sheets {} signed by {} ({})",
                e.copy,
                sheets(&e.sheets),
                name(e.by),
                e.step
            )
        }
        Event::Excused(e) => format!(
            "copy {}, sheets {}: signature of {} excused by order {}",
            e.copy,
            sheets(&e.sheets),
            name(e.by),
            e.order
        ),
        Event::TakenBack(e) => format!("entry {} taken back by {}", e.entry, name(e.recorder)),
        Event::HandedOver(e) => {
            format!("copy {} handed over by {} to {}", e.copy, name(e.by), name(e.to))
        }
        Event::Stamped(e) => format!("copy {} sealed by {}", e.copy, name(e.by)),
        Event::CopyEntered(e) => {
            format!("copy {} entered in the general register, line {}", e.copy, e.line)
        }
        Event::FolderFormed(e) => format!(
            "folder {}{} of {} formed with {} copies by {}",
            e.folder,
            if e.supplement == 0 {
                String::new()
            } else {
                format!(", supplement {}", e.supplement)
            },
            e.period,
            e.copies.len(),
            name(e.by)
        ),
        Event::Shelved(e) => format!("{} copies accepted by {}", e.copies.len(), name(e.by)),
        Event::CopyMade(e) => {
            format!(
                "medium {} with {} records written by {}",
                e.medium,
                e.records.len(),
                name(e.by)
            )
        }
        Event::MediaHandedOver(e) => {
            let media: Vec<String> = e.media.iter().map(ToString::to_string).collect();
            format!("media {} handed over by {} to {}", media.join(", "), name(e.by), name(e.to))
        }
        other => other.name().to_owned(),
    }
}

fn sheets(ranges: &[SheetRange]) -> String {
    ranges.iter().map(SheetRange::to_string).collect::<Vec<_>>().join(", ")
}
