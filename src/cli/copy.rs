//! `letopis copy`: the records of a closing on a removable medium.

use super::done::{Answer, Done};
use super::opening::Which;
use super::snapshot::size;
use super::world::World;
use crate::archive::{Archive, MediumOrder};
use crate::catalogue::RecordView;
use crate::closing::{COPIES_OF_A_RECORD, Closing};
use crate::journal::PeriodId;
use crate::register::{DocumentId, MediumKind, RecordKind, StaffId};
use anyhow::bail;
use chrono::NaiveDate;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The image to make (it ends with .iso and needs the program xorriso), or an empty folder
    #[arg(long, value_name = "IMAGE.iso|DIR")]
    to: PathBuf,
    /// What is written on the medium
    #[arg(long)]
    label: String,
    /// What it is
    #[arg(long)]
    kind: MediumKind,
    /// The room it will be kept in
    #[arg(long)]
    room: String,
    /// The safe or cupboard in that room
    #[arg(long)]
    safe: Option<String>,
    /// The closing: one of its periods, or its id
    #[arg(long, value_name = "PERIOD|ID")]
    closing: String,
    /// Journals or statements: they never share a medium
    #[arg(long, value_name = "KIND", default_value = "journal")]
    records: RecordKind,
    /// Only records that are on fewer than two media: what was corrected, or joined late
    #[arg(long)]
    lacking: bool,
    /// Who writes it: full name, or the id in the staff roster
    #[arg(long, value_name = "STAFF")]
    by: String,
    /// Who keeps it
    #[arg(long, value_name = "STAFF")]
    keeper: Option<String>,
    /// The day by which it is to be checked; five years on if not given
    #[arg(long, value_name = "DATE")]
    next_check: Option<NaiveDate>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis copy", world).await?;
    let now = world.now();
    let next_check = archive.next_check(args.next_check, now).await?;
    let closing = closing(&archive, &args.closing).await?;
    let records = records(&closing, args, world)?;
    let by = staff(&archive, &args.by).await?;
    archive.check_copying(closing.id, by, now).await?;
    let keeper = match &args.keeper {
        Some(keeper) => Some(staff(&archive, keeper).await?),
        None => None,
    };
    let order = MediumOrder {
        closing: closing.id,
        records: records.iter().map(|record| record.record).collect(),
        kind: args.kind,
        label: args.label.clone(),
        room: args.room.clone(),
        safe: args.safe.clone(),
        keeper,
        next_check,
        by,
        recorder: by,
        to: args.to.clone(),
    };
    let made = archive.copy_to_medium(&order, now, &mut world.rng).await?;
    let (number, to) = (made.medium, args.to.display());
    world.screen.say(format_args!(
        "medium {number}: {} record(s), {} files, {} in {to}; manifest {}",
        records.len(),
        made.files,
        size(made.bytes),
        made.manifest,
    ));
    for other in &made.same_room {
        world.screen.note(format_args!(
            "warning: medium {other} with the same records is in room `{}`, too; copies are kept in different rooms",
            args.room
        ));
    }
    if let Some(why) = made.missing {
        world.screen.note(format_args!("the second location does not have the entry yet: {why}"));
    }
    world.screen.note(format_args!(
        "next: write it, then letopis check-medium PATH --by STAFF; to be checked again by {next_check}"
    ));
    Ok(Done::Clean)
}

/// A person of the roster.
pub(super) async fn staff(archive: &Archive, who: &str) -> anyhow::Result<StaffId> {
    Ok(archive.roster().await?.lookup(who)?.id())
}

/// The closing of this id, or the one of this period.
async fn closing(archive: &Archive, asked: &str) -> anyhow::Result<Closing> {
    let id: Option<DocumentId> = asked.parse().ok();
    let period: Option<PeriodId> = asked.parse().ok();
    let id = match (id, period) {
        (Some(id), _) => id,
        (None, Some(period)) => archive.closing_of(period).await?,
        (None, None) => {
            bail!("`{asked}` is no period and no id of a closing; write it like 2025-26/q2")
        }
    };
    Ok(archive.outline(id).await?)
}

/// The current signed records of the closing, of the kind asked for. Those that wait are named.
fn records(closing: &Closing, args: &Args, world: &World) -> anyhow::Result<Vec<RecordView>> {
    let mut records = Vec::new();
    for class in &closing.classes {
        let lacks = closing.copies_of_record(class) < COPIES_OF_A_RECORD;
        let wanted = class.facts.record.iter().filter(|record| record.kind == args.records);
        records.extend(wanted.filter(|_| lacks || !args.lacking).cloned());
    }
    let (signed, waiting): (Vec<_>, Vec<_>) = records.into_iter().partition(RecordView::is_signed);
    for record in &waiting {
        let (number, class) = (record.record, &record.class);
        world.screen.note(format_args!(
            "record {number} ({class}) waits for the director's signature and is left out"
        ));
    }
    if signed.is_empty() {
        let (kind, asked) = (args.records, &args.closing);
        bail!(
            "the closing of {asked} has no signed {kind} to be copied; `letopis status` tells what waits"
        );
    }
    Ok(signed)
}
