//! `letopis list`: the records, how each stands and until when it is kept.

use super::done::{Answer, Done};
use super::opening::Which;
use super::table::Table;
use super::world::World;
use crate::archive::{Plans, Standing};
use crate::catalogue::RecordView;
use crate::journal::{ClassName, PeriodId};
use crate::register::{RecordKind, RecordNumber};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only records of this period
    #[arg(long)]
    period: Option<PeriodId>,
    /// Only records of this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    classes: Vec<ClassName>,
    /// An array of JSON objects
    #[arg(long)]
    json: bool,
}

/// A record in a list. Its JSON form is stable.
#[derive(Serialize)]
pub(super) struct Line {
    pub(super) record: RecordNumber,
    pub(super) class: ClassName,
    pub(super) period: PeriodId,
    pub(super) kind: RecordKind,
    /// `whole, signed` and so on, for people.
    pub(super) state: String,
    pub(super) committed: bool,
    pub(super) whole: bool,
    pub(super) signed: bool,
    pub(super) replaces: Option<RecordNumber>,
    pub(super) replaced_by: Option<RecordNumber>,
    /// Class of the file plan.
    pub(super) retention: String,
    /// The last day it must be kept; absent when it is kept for ever, or its class is in no plan.
    pub(super) kept_through: Option<NaiveDate>,
    pub(super) may_be_destroyed_from: Option<NaiveDate>,
    pub(super) sealed: DateTime<Utc>,
    pub(super) bytes: u64,
    /// Its directory below each location.
    pub(super) path: String,
}

impl Line {
    pub(super) fn of(record: &RecordView, standing: Standing, plans: &Plans) -> Line {
        let kept = plans.kept(record);
        let replaced = record.replaced_by.map(|by| format!(", replaced by {by}"));
        Line {
            record: record.record,
            class: record.class.clone(),
            period: record.period,
            kind: record.kind,
            state: format!("{standing}{}", replaced.unwrap_or_default()),
            committed: standing.committed,
            whole: standing.whole,
            signed: standing.signed,
            replaces: record.replaces,
            replaced_by: record.replaced_by,
            retention: record.retention.clone(),
            kept_through: kept.and_then(|kept| kept.through),
            may_be_destroyed_from: kept.and_then(|kept| kept.may_be_destroyed_from),
            sealed: record.sealed,
            bytes: record.bytes,
            path: record.path.to_string(),
        }
    }
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let mut records = match args.period {
        Some(period) => reading.catalogue().records_of(&period)?,
        None => reading.catalogue().records()?,
    };
    records.retain(|r| args.classes.is_empty() || args.classes.contains(&r.class));
    let standings = reading.standings(&records).await?;
    let plans = reading.plans().await?;
    let lines = records.iter().map(|r| Line::of(r, standings[&r.record.get()], &plans));
    if args.json {
        world.screen.say_json(&lines.collect::<Vec<_>>());
        return Ok(Done::Clean);
    }
    let mut table =
        Table::new(&["record", "class", "period", "kind", "kept through", "destroy from", "state"]);
    for line in lines {
        let kept = line.kept_through.map_or("for ever".to_owned(), |day| day.to_string());
        let from = line.may_be_destroyed_from.map_or("never".to_owned(), |day| day.to_string());
        let (class, period) = (line.class.to_string(), line.period.to_string());
        let record = line.record.to_string();
        table.line([record, class, period, line.kind.to_string(), kept, from, line.state]);
    }
    world.screen.say(table);
    Ok(Done::Clean)
}
