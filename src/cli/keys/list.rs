//! `letopis keys list`: whose keys count, and when.

use super::terms;
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::table::Table;
use crate::cli::world::World;
use crate::key::{Fingerprint, KeyRole, PublicKey};
use crate::register::{OrderRef, StaffId};
use crate::staff::{Bound, KnownKey, NotValidReason};
use chrono::{DateTime, Utc};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// An array of JSON objects
    #[arg(long)]
    json: bool,
}

/// A key in a list. Its JSON form is stable.
#[derive(Serialize)]
struct Line<'a> {
    key: Fingerprint,
    public_key: PublicKey,
    role: KeyRole,
    staff: StaffId,
    holder: Option<String>,
    /// `valid`, `not-yet`, `over`, `revoked`.
    state: &'static str,
    from: DateTime<Utc>,
    /// Up to this moment, not including it.
    until: Option<DateTime<Utc>>,
    revoked: Option<DateTime<Utc>>,
    order: &'a Option<OrderRef>,
    /// `first-key`, `endorsed`, `no-endorser-left`.
    bound: &'static str,
    endorsed_by: Option<Fingerprint>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let (now, size) = (world.now(), reading.checkpoint().checkpoint().size);
    let roster = reading.roster().await?;
    let keyring = reading.catalogue().keyring();
    let state = |key: &KnownKey| match keyring.valid_at(&key.fingerprint, size, now) {
        Ok(_) => "valid",
        Err(not) => match not.reason {
            NotValidReason::NotYet { .. } => "not-yet",
            NotValidReason::Over { .. } => "over",
            _ => "revoked",
        },
    };
    let holder = |key: &KnownKey| roster.person(key.staff).map(|person| person.name().to_owned());
    if args.json {
        let lines = keyring.keys().iter().map(|key| line(key, holder(key), state(key)));
        world.screen.say_json(&lines.collect::<Vec<_>>());
        return Ok(Done::Clean);
    }
    let offset = reading.settings().await?.utc_offset;
    let mut table = Table::new(&["key", "role", "holder", "term", "state", "bound by"]);
    for key in keyring.keys() {
        let holder = holder(key).unwrap_or_else(|| "?".to_owned());
        let (fingerprint, term) = (key.fingerprint.to_string(), terms::term(key, offset));
        let state = state(key).to_owned();
        let bound = terms::bound(key);
        table.line([fingerprint, key.role.to_string(), holder, term, state, bound]);
    }
    world.screen.say(table);
    Ok(Done::Clean)
}

fn line<'a>(key: &'a KnownKey, holder: Option<String>, state: &'static str) -> Line<'a> {
    let (bound, endorsed_by) = match key.bound {
        Bound::FirstKey => ("first-key", None),
        Bound::NoEndorserLeft => ("no-endorser-left", None),
        Bound::Endorsed { by } => ("endorsed", Some(by)),
    };
    Line {
        key: key.fingerprint,
        public_key: key.public_key,
        role: key.role,
        staff: key.staff,
        holder,
        state,
        from: key.from,
        until: key.until,
        revoked: key.revoked.map(|(_, time)| time),
        order: &key.order,
        bound,
        endorsed_by,
    }
}
