//! Every printed form.

pub mod wording;
pub mod words;
