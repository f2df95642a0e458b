//! The one write path.
//!
//! Order within a location: objects, entry tiles, hash tiles, checkpoint; the primary before the
//! second. The checkpoint in the primary is the moment a change is made. What lies beyond it was never
//! acknowledged: the next opening puts it aside.

use super::log;
use super::{Archive, HomeError, Second};
use crate::catalogue::RowsError;
use crate::location::LocationError;
use crate::register::{Appended, Checkpoint, Entry, Event};
use bytes::Bytes;
use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};
use futures::StreamExt as _;

/// A file to be put, and its path below a location.
pub(super) type Object = (String, Bytes);

/// A clock that is this much ahead of the register's last entry is asked about.
const JUMP: TimeDelta = TimeDelta::days(30);
/// How many files are on their way to a location at once.
const AT_ONCE: usize = 8;

/// What a change became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// Place of its first entry in the register.
    pub first_seq: u64,
    /// When.
    pub time: DateTime<Utc>,
    /// Why the second location does not have it yet; `None` when it is durable in both.
    pub missing: Option<String>,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The clock stands before the register's last entry.
    #[error(
        "the clock says {now}, the register's last entry is of {latest}; set the clock right, nothing was written"
    )]
    ClockBehind {
        /// The clock.
        now: DateTime<Utc>,
        /// The last entry.
        latest: DateTime<Utc>,
    },
    /// The clock is far ahead of the last entry, which may be right.
    #[error(
        "the clock says {now}, {days} days after the register's last entry; if the clock is right, repeat with --clock-is-right"
    )]
    ClockAhead {
        /// The clock.
        now: DateTime<Utc>,
        /// Since the last entry.
        days: i64,
    },
    /// The primary location failed; whether the change was made is not known.
    #[error("the primary location failed: {0}; open the archive again to see what was written")]
    Primary(#[from] LocationError),
    /// A former write failed.
    #[error("a write failed before; open the archive again")]
    Broken,
    /// An entry is too long.
    #[error(transparent)]
    TooLong(#[from] crate::register::TextTooLong),
    /// The catalogue failed; the change itself is made.
    #[error("the change is made, but the catalogue failed: {0}; `letopis rebuild` makes it anew")]
    Catalogue(#[from] RowsError),
    /// `seen` could not be written; the change itself is made.
    #[error("the change is made, but {0}; open the archive again")]
    Home(#[from] HomeError),
}

impl Archive {
    /// Refuses a clock that goes back, and asks about one that jumps.
    pub(super) fn check_clock(&self, now: DateTime<Utc>) -> Result<(), CommitError> {
        let Some(latest) = self.latest else { return Ok(()) };
        let now = now.trunc_subsecs(0);
        if now < latest {
            return Err(CommitError::ClockBehind { now, latest });
        }
        if now - latest > JUMP && !self.clock_is_right {
            return Err(CommitError::ClockAhead { now, days: (now - latest).num_days() });
        }
        Ok(())
    }

    /// Puts objects that no entry names yet into both locations. They count only when
    /// [`Archive::commit`] has registered them.
    ///
    /// Each goes to the second location when the primary has it: what an interrupted run leaves is then
    /// always found in the primary, and its number skipped, even if the second is away by then. All puts
    /// are waited for: one that is given up on may land later, in a directory that was put aside.
    pub(super) async fn put_objects(&mut self, objects: &[Object]) -> Result<(), CommitError> {
        if self.broken {
            return Err(CommitError::Broken);
        }
        let put = async |(path, bytes): &Object| {
            self.primary.put_new(path, bytes.clone()).await?;
            Ok::<_, LocationError>(match self.second.location() {
                Some(second) => second.put_new(path, bytes.clone()).await,
                None => Ok(()),
            })
        };
        let done = futures::stream::iter(objects).map(put).buffer_unordered(AT_ONCE);
        let (mut primary, mut second) = (Ok(()), Ok(()));
        for put in done.collect::<Vec<_>>().await {
            match put {
                Ok(put) => second = second.and(put),
                Err(error) => primary = primary.and(Err(error)),
            }
        }
        if let Err(error) = second {
            self.second = Second::Missing(error.to_string());
        }
        self.broken = primary.is_err();
        Ok(primary?)
    }

    /// Makes a change: puts the objects, appends the entries, applies them to the catalogue.
    /// When it returns, the change is durable in every location that can be reached, and
    /// [`Committed::missing`] names the one that cannot.
    pub(super) async fn commit(
        &mut self,
        objects: &[Object],
        events: Vec<Event>,
        now: DateTime<Utc>,
    ) -> Result<Committed, CommitError> {
        self.check_clock(now)?;
        self.put_objects(objects).await?;
        let time = now.trunc_subsecs(0);
        let first_seq = self.edge.size();
        let entries: Vec<Entry> =
            (first_seq..).zip(events).map(|(seq, event)| Entry { seq, time, event }).collect();
        let texts: Vec<Vec<u8>> = entries.iter().map(Entry::to_text).collect();
        let mut edge = self.edge.clone();
        let appended = edge.append(&texts)?;
        let checkpoint =
            Checkpoint { origin: self.home.origin(), size: edge.size(), root: edge.root() };
        let note = checkpoint.sign(&self.log_key);
        // Until the primary has the checkpoint nothing is decided: if putting it fails, it may still
        // be there, and only opening the archive again can tell.
        self.broken = true;
        log::put_tiles(&self.primary, &appended).await?;
        log::put_checkpoint(&self.primary, &note).await?;
        self.edge = edge;
        self.latest = Some(time);
        self.follow(&appended, &note).await;
        // The change is made. Should `seen` or the catalogue fail now, the next change must not be applied
        // over the gap: opening the archive again closes it.
        self.home.remember(&note)?;
        for entry in &entries {
            self.catalogue.apply(entry)?;
        }
        self.broken = false;
        for location in [Some(&self.primary), self.second.location()].into_iter().flatten() {
            log::remove_outgrown(location, first_seq, self.edge.size()).await;
        }
        Ok(Committed { first_seq, time, missing: self.missing_second().map(str::to_owned) })
    }

    /// Puts what the primary has got into the second location; should that fail, it counts as missing.
    async fn follow(&mut self, appended: &Appended, note: &str) {
        let Some(second) = self.second.location() else { return };
        let followed = async {
            log::put_tiles(second, appended).await?;
            log::put_checkpoint(second, note).await
        };
        if let Err(error) = followed.await {
            self.second = Second::Missing(error.to_string());
        }
    }
}
