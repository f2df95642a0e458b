//! Who works at the school, and whose keys count.
//!
//! Persons are in the [`Roster`], a document of the archive, because names may not stand in the
//! register; keys are in the register itself, and a [`Keyring`] is what it says about them.

mod keyring;
mod role;
mod roster;

pub use keyring::{Bound, KeyFault, KeyFinding, Keyring, KnownKey, NotValid, NotValidReason};
pub use role::{Role, UnknownRole};
pub use roster::{LookupError, Roster, RosterError, StaffMember};
