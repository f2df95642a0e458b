//! Day-one checks.
mod code;
pub use code::{Code, Level, UnknownCode};
