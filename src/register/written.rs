//! How times and roots are written in entries and signed texts (`docs/formats.md` § 0).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, Utc};

use crate::digest::Digest;

const TIME: &str = "%Y-%m-%dT%H:%M:%SZ";

/// `2025-10-25T07:12:00Z`; what is below a second is left out.
pub(super) fn time_text(time: DateTime<Utc>) -> String {
    time.format(TIME).to_string()
}

/// The time a text names, when it is written the one right way. Leap seconds are refused: most
/// readers can't take them.
pub(super) fn read_time(text: &str) -> Option<DateTime<Utc>> {
    let time = NaiveDateTime::parse_from_str(text, TIME).ok()?.and_utc();
    let whole = time.timestamp_subsec_nanos() == 0;
    (whole && text.len() == 20 && time_text(time) == text).then_some(time)
}

/// Base64 (RFC 4648 § 4) of a tree root.
pub(super) fn root_text(root: &Digest) -> String {
    STANDARD.encode(root.as_bytes())
}

/// The root a text names; padding and unused bits must be right, so that there is one text per root.
pub(super) fn read_root(text: &str) -> Option<Digest> {
    let bytes: [u8; 32] = STANDARD.decode(text).ok()?.try_into().ok()?;
    Some(Digest::from(bytes))
}

/// For `#[serde(with = …)]` of a time.
pub(super) mod seconds {
    use chrono::{DateTime, Utc};
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(time: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::time_text(*time))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(from)?;
        super::read_time(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no time")))
    }
}

/// For `#[serde(with = …)]` of a time that may be absent.
pub(super) mod optional_seconds {
    use chrono::{DateTime, Utc};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(
        time: &Option<DateTime<Utc>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::seconds::serialize(time, to),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        super::seconds::deserialize(from).map(Some)
    }
}

/// For `#[serde(with = …)]` of a root in base64.
pub(super) mod root {
    use crate::digest::Digest;
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(root: &Digest, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::root_text(root))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Digest, D::Error> {
        let text = String::deserialize(from)?;
        super::read_root(&text)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no tree root in base64")))
    }
}

/// For `#[serde(with = …)]` of a root in base64 that may be absent.
pub(super) mod optional_root {
    use crate::digest::Digest;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(root: &Option<Digest>, to: S) -> Result<S::Ok, S::Error> {
        match root {
            Some(root) => super::root::serialize(root, to),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Digest>, D::Error> {
        super::root::deserialize(from).map(Some)
    }
}
