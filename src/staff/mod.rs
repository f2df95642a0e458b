//! Who works at the school, who teaches what, and whose keys count.
//!
//! Persons are in the [`Roster`] and their lessons in the [`TeachingLoad`], documents of the archive, because names
//! may not stand in the register; [`Duties`] is what both say about a day. Keys are in the register itself, and a
//! [`Keyring`] is what it says about them.

mod duties;
mod keyring;
mod load;
pub mod reading;
mod role;
mod roster;
mod text;

pub use duties::{Duties, PageTeacher};
pub use keyring::{Bound, KeyFault, KeyFinding, Keyring, KnownKey, NotValid, NotValidReason};
pub use load::{LoadChange, LoadError, LoadRow, Span, TeachingLoad};
pub use role::{Role, UnknownRole};
pub use roster::{
    LookupError, Post, PostFault, Roster, RosterError, StaffMember, StaffSource, StaffSourceError,
    Substitution,
};
