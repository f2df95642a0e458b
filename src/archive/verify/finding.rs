//! What verification finds: each with a stable code and a level. `docs/findings.md` lists them all.

use serde::Serialize;
use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Something is not as it was left: exit code 1.
    Finding,
    /// Worth knowing, nothing is wrong.
    Notice,
}

/// Which of the two locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The one appended to first.
    Primary,
    /// The other.
    Second,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Which::Primary => "primary",
            Which::Second => "second",
        })
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where; `None` when it is about the archive as a whole.
    pub location: Option<Which>,
    /// File or directory below the location; empty when it is about the location as a whole.
    pub path: String,
    /// Stable code.
    pub code: &'static str,
    /// Finding or notice.
    pub level: Level,
    /// What was found and what to do, in one sentence, without personal data.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(location) = self.location {
            write!(f, "  {location}")?;
        }
        if !self.path.is_empty() {
            write!(f, "  {}", self.path)?;
        }
        write!(f, ": {}", self.text)
    }
}

/// Findings in the making, all of one location.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) location: Option<Which>,
    pub(super) all: Vec<Finding>,
}

impl Findings {
    pub(super) fn of(location: impl Into<Option<Which>>) -> Findings {
        Findings { location: location.into(), all: Vec::new() }
    }

    pub(super) fn finding(
        &mut self,
        code: &'static str,
        path: impl Into<String>,
        text: impl ToString,
    ) {
        self.add(Level::Finding, code, path.into(), text.to_string());
    }

    pub(super) fn notice(
        &mut self,
        code: &'static str,
        path: impl Into<String>,
        text: impl ToString,
    ) {
        self.add(Level::Notice, code, path.into(), text.to_string());
    }

    fn add(&mut self, level: Level, code: &'static str, path: String, text: String) {
        self.all.push(Finding { location: self.location, path, code, level, text });
    }
}
