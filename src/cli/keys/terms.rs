//! What is said of a key that is to be enrolled.

use crate::archive::{Archive, NewKey};
use crate::cli::screen::Screen;
use crate::key::{Fingerprint, KeyRole};
use crate::register::OrderRef;
use crate::staff::{Bound, KnownKey};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

#[derive(Debug, Clone, clap::Args)]
pub(in crate::cli) struct Terms {
    /// What the key is for
    #[arg(long)]
    pub(in crate::cli) role: KeyRole,
    /// Whose it is: surname, name and patronymic, or the id in the staff roster
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) holder: String,
    /// First day of its term
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) from: NaiveDate,
    /// Last day of its term; without it the key is good until it is revoked
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) until: Option<NaiveDate>,
    /// Number of the order (приказ) that appoints the holder: 12-к
    #[arg(long, value_name = "NUMBER", requires = "order_date")]
    pub(in crate::cli) order: Option<String>,
    /// Date of that order
    #[arg(long, value_name = "DATE", requires = "order")]
    pub(in crate::cli) order_date: Option<NaiveDate>,
}

impl Terms {
    pub(super) fn new_key(&self) -> anyhow::Result<NewKey> {
        let order = match (&self.order, self.order_date) {
            (Some(number), Some(date)) => Some(OrderRef::new(number, date)?),
            _ => None,
        };
        let (holder, from, until) = (self.holder.clone(), self.from, self.until);
        Ok(NewKey { role: self.role, holder, from, until, order })
    }

    /// Whether some key that could endorse one of this role is valid now.
    pub(super) fn needs_endorsement(&self, archive: &Archive, now: DateTime<Utc>) -> bool {
        let (keyring, size) = (archive.catalogue().keyring(), archive.register_size());
        keyring.endorsers_for(self.role, size, now).next().is_some()
    }
}

/// The term in local days: `2025-09-01 – 2026-08-31`, `from 2025-09-01`.
pub(super) fn term(key: &KnownKey, offset: FixedOffset) -> String {
    let local = |time: DateTime<Utc>| time.with_timezone(&offset).date_naive();
    let from = local(key.from);
    match key.until.map(local) {
        // The term ends with the midnight before this day.
        Some(until) => format!("{from} – {}", until.pred_opt().unwrap_or(until)),
        None => format!("from {from}"),
    }
}

/// Tells of a key that was enrolled just now.
pub(super) async fn tell(
    archive: &Archive,
    key: &Fingerprint,
    screen: &mut Screen,
) -> anyhow::Result<()> {
    let Some(known) = archive.catalogue().keyring().key(key) else { return Ok(()) };
    let roster = archive.roster().await?;
    let holder = roster.person(known.staff).map_or("?", |person| person.name());
    let offset = archive.settings().await?.utc_offset;
    screen.say(format_args!("key       {key}"));
    screen.say(format_args!("role      {}", known.role));
    screen.say(format_args!("holder    {holder}"));
    screen.say(format_args!("term      {}", term(known, offset)));
    screen.say(format_args!("bound by  {}", bound(known)));
    if !matches!(known.bound, Bound::Endorsed { .. }) {
        screen.note(
            "print the key's fingerprint on the order that appoints its holder, and have the order \
             signed by hand: nothing else binds this key to a person",
        );
    }
    if let Some(why) = archive.missing_second() {
        screen.note(format_args!("enrolled in the primary location only: {why}"));
    }
    Ok(())
}

/// What connects a key to its holder.
pub(super) fn bound(key: &KnownKey) -> String {
    match key.bound {
        Bound::FirstKey => "the printed order (first key)".to_owned(),
        Bound::NoEndorserLeft => "the printed order (no key was left to endorse it)".to_owned(),
        Bound::Endorsed { by } => format!("endorsement by {}", &by.to_string()[..16]),
    }
}
