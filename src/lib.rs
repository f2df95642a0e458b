//! Letopis is a school's archive of class journals.
//!
//! At the end of a reporting period it takes a snapshot of every class journal, seals it, keeps it in
//! two places, and years later proves what it said. `ARCHITECTURE.md` tells where each rule lives;
//! `docs/formats.md` describes every byte that is kept.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod archive;
pub mod catalogue;
pub mod cli;
pub mod closing;
pub mod demo;
pub mod digest;
pub mod intake;
pub mod journal;
pub mod key;
pub mod location;
pub mod paper;
pub mod record;
pub mod register;
pub mod retention;
pub mod staff;
mod strict_toml;
