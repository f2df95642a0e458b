//! Entries: one canonical JSON text each (`docs/formats.md` § 5.1).

use super::event::Event;
use super::{canonical, written};
use chrono::{DateTime, Utc};
use serde::Deserialize as _;
use serde_json::{Map, Value};

/// The longest text of an entry, in bytes: a bundle gives its length two bytes.
pub const MAX_ENTRY: usize = 65_535;

const TYPE: &str = "letopis/entry";
const VERSION: u64 = 1;

/// One entry of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 0.
    pub seq: u64,
    /// When it happened; whole seconds are written.
    pub time: DateTime<Utc>,
    /// What happened.
    pub event: Event,
}

/// Why a text is not the entry it should be.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// More than [`MAX_ENTRY`] bytes.
    #[error("entry {seq} has {bytes} bytes; an entry has 65,535 at most")]
    TooLong {
        /// Place in the register.
        seq: u64,
        /// Length of the text.
        bytes: usize,
    },
    /// No JSON object.
    #[error("entry {seq} is no JSON object; restore the register from the other location")]
    NotJson {
        /// Place in the register.
        seq: u64,
        /// Where reading stopped; `None` when it is JSON but no object.
        #[source]
        cause: Option<serde_json::Error>,
    },
    /// `t` is not `letopis/entry`.
    #[error(
        "entry {seq} is of type {found}, not \"letopis/entry\"; this is no register of Letopis"
    )]
    Type {
        /// Place in the register.
        seq: u64,
        /// What `t` is; `null` when it is absent.
        found: Value,
    },
    /// Written by a later version; the tree can still be verified, but nothing may be appended.
    #[error(
        "entry {seq} is of version {found}, this program knows version 1; the archive is read-only \
         until a newer Letopis opens it"
    )]
    UnknownVersion {
        /// Place in the register.
        seq: u64,
        /// What `v` is; `null` when it is absent.
        found: Value,
    },
    /// Not the RFC 8785 form (order, white space, escapes, duplicate members), or a value that is not
    /// written as `docs/formats.md` § 0 says (`null`, fractions, capitals in hexadecimal).
    #[error("entry {seq} is not canonical JSON; restore the register from the other location")]
    NotCanonical {
        /// Place in the register.
        seq: u64,
    },
    /// The entry belongs to another place.
    #[error(
        "the text at place {seq} says it is entry {found}; restore the register from the other location"
    )]
    Seq {
        /// Place in the register.
        seq: u64,
        /// What `seq` is; `null` when it is absent.
        found: Value,
    },
    /// `time` is absent or not written like `2025-10-25T07:12:00Z`.
    #[error("entry {seq} has the time {found}; it must be written like \"2025-10-25T07:12:00Z\"")]
    Time {
        /// Place in the register.
        seq: u64,
        /// What `time` is; `null` when it is absent.
        found: Value,
    },
    /// The entry has no `event` that is a text.
    #[error("entry {seq} names no event")]
    NoEvent {
        /// Place in the register.
        seq: u64,
    },
    /// A member of a known event is missing or is not what it should be.
    #[error("entry {seq} ({event}) lacks a member or has a wrong one")]
    Members {
        /// Place in the register.
        seq: u64,
        /// Name of the event.
        event: String,
        /// Which member.
        #[source]
        cause: serde_json::Error,
    },
    /// `key` of `key-added` is not the fingerprint of its `public_key`.
    #[error("entry {seq} (key-added) names a key by another key's fingerprint")]
    Fingerprint {
        /// Place in the register.
        seq: u64,
    },
    /// An earlier time than the entry before.
    #[error(
        "entry {seq} is of {time}, the one before of {before}; times in a register never decrease"
    )]
    TimeWentBack {
        /// Place in the register.
        seq: u64,
        /// The entry's time.
        time: DateTime<Utc>,
        /// The latest time before it.
        before: DateTime<Utc>,
    },
    /// Entry 0 is not `archive-created`, or another one is.
    #[error("entry {seq} is {event}; entry 0, and only entry 0, is archive-created")]
    Creation {
        /// Place in the register.
        seq: u64,
        /// Name of the event.
        event: String,
    },
}

impl Entry {
    /// The canonical text. It can be longer than [`MAX_ENTRY`] where an event's lists or texts are
    /// long; [`super::Edge::append`] refuses it then. Not for [`Event::Unknown`], whose members are in
    /// the text it was read from and nowhere else.
    pub fn to_text(&self) -> Vec<u8> {
        let mut members = members_of(&self.event);
        members.insert("event".to_owned(), self.event.name().into());
        members.insert("seq".to_owned(), self.seq.into());
        members.insert("t".to_owned(), TYPE.into());
        members.insert("time".to_owned(), written::time_text(self.time).into());
        members.insert("v".to_owned(), VERSION.into());
        canonical::write(&Value::Object(members))
    }

    /// Reads the text at place `expected_seq` of a register. Members the event does not have are
    /// ignored, events nobody knows become [`Event::Unknown`].
    ///
    /// # Errors
    /// When it is not the one right text of an entry at that place. [`EntryError::UnknownVersion`]
    /// comes before any doubt about the rest: a later version may have other rules.
    pub fn read(text: &[u8], expected_seq: u64) -> Result<Entry, EntryError> {
        let seq = expected_seq;
        if text.len() > MAX_ENTRY {
            return Err(EntryError::TooLong { seq, bytes: text.len() });
        }
        let value = serde_json::from_slice(text)
            .map_err(|cause| EntryError::NotJson { seq, cause: Some(cause) })?;
        let Value::Object(members) = &value else {
            return Err(EntryError::NotJson { seq, cause: None });
        };
        let member = |name| members.get(name).cloned().unwrap_or(Value::Null);
        if member("t") != TYPE {
            return Err(EntryError::Type { seq, found: member("t") });
        }
        if member("v") != VERSION {
            return Err(EntryError::UnknownVersion { seq, found: member("v") });
        }
        // Of two members with one name serde_json keeps the last, so the texts differ then, too.
        if !canonical::is_plain(&value) || canonical::write(&value) != text {
            return Err(EntryError::NotCanonical { seq });
        }
        if member("seq") != seq {
            return Err(EntryError::Seq { seq, found: member("seq") });
        }
        let time = member("time");
        let time = time.as_str().and_then(written::read_time);
        let time = time.ok_or_else(|| EntryError::Time { seq, found: member("time") })?;
        let event = read_event(&value, seq)?;
        Ok(Entry { seq, time, event })
    }
}

fn members_of(event: &Event) -> Map<String, Value> {
    if matches!(event, Event::Unknown { .. }) {
        return Map::new();
    }
    match serde_json::to_value(event) {
        Ok(Value::Object(members)) => members,
        _ => unreachable!("events are structs of texts, integers and lists of them"),
    }
}

fn read_event(value: &Value, seq: u64) -> Result<Event, EntryError> {
    let name = value.get("event").and_then(Value::as_str);
    let name = name.ok_or(EntryError::NoEvent { seq })?.to_owned();
    if !Event::NAMES.contains(&name.as_str()) {
        return Ok(Event::Unknown { name });
    }
    let event = Event::deserialize(value).map_err(|cause| EntryError::Members {
        seq,
        event: name,
        cause,
    })?;
    if !canonical::holds(value, &Value::Object(members_of(&event))) {
        return Err(EntryError::NotCanonical { seq });
    }
    match &event {
        Event::KeyAdded(added) if added.key != added.public_key.fingerprint() => {
            Err(EntryError::Fingerprint { seq })
        }
        _ => Ok(event),
    }
}

/// Reads a register's texts one after another and checks what holds between them: places are
/// consecutive, times never decrease, entry 0 and no other is `archive-created`.
#[derive(Debug, Clone, Default)]
pub struct EntryReader {
    next: u64,
    latest: Option<DateTime<Utc>>,
}

impl EntryReader {
    /// At the beginning of a register.
    pub fn new() -> EntryReader {
        EntryReader::default()
    }

    /// Behind an entry that was read before.
    pub fn after(entry: &Entry) -> EntryReader {
        EntryReader { next: entry.seq + 1, latest: Some(entry.time) }
    }

    /// The place of the text that is read next.
    pub fn next_seq(&self) -> u64 {
        self.next
    }

    /// The latest time so far.
    pub fn latest(&self) -> Option<DateTime<Utc>> {
        self.latest
    }

    /// Reads the next text. After an error the reader stands behind that text, so that a check can go
    /// on and name the others, too.
    ///
    /// # Errors
    /// What [`Entry::read`] says, [`EntryError::Creation`], [`EntryError::TimeWentBack`].
    pub fn read(&mut self, text: &[u8]) -> Result<Entry, EntryError> {
        let seq = self.next;
        self.next += 1;
        let entry = Entry::read(text, seq)?;
        if (seq == 0) != matches!(entry.event, Event::ArchiveCreated(_)) {
            let event = entry.event.name().to_owned();
            return Err(EntryError::Creation { seq, event });
        }
        if let Some(before) = self.latest.filter(|before| entry.time < *before) {
            return Err(EntryError::TimeWentBack { seq, time: entry.time, before });
        }
        self.latest = Some(entry.time);
        Ok(entry)
    }
}
