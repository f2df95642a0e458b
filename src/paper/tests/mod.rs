//! Forms as the specification: what is set, where it may stand, and what other programs read in the files.

pub(super) mod files;
mod sample;
mod tables;
mod texts;
