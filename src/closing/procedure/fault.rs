//! Why a step cannot be taken as it is written.

use super::{Proof, Scope, StepId};
use crate::staff::Role;

/// What is wrong with a step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepFault {
    /// Two steps of one name.
    #[error("there is a step `{0}` already; give this one a name of its own")]
    IdTwice(StepId),
    /// A role nobody holds for this scope.
    #[error(
        "nobody can take this step: no {scope} has a {role} of its own; a teacher belongs to a page, a class-teacher to a class"
    )]
    NobodyHolds {
        /// The role.
        role: Role,
        /// The scope.
        scope: Scope,
    },
    /// A proof that cannot be entered for this scope.
    #[error("nobody can take this step: `{proof}` is entered for {allowed}, not for a {scope}")]
    ProofScope {
        /// The proof.
        proof: Proof,
        /// The scope.
        scope: Scope,
        /// The scopes it can be entered for.
        allowed: String,
    },
    /// What a step needs stands after it.
    #[error("the step needs `{needs}`, and `{later}` stands later; move this step behind it")]
    NeedsLater {
        /// What is needed.
        needs: Proof,
        /// The later step that proves it.
        later: StepId,
    },
    /// What a step needs stands nowhere.
    #[error("the step needs `{0}`, and no step before it has that proof; add one")]
    NeedsMissing(Proof),
    /// `after` names a step that stands later, or this one.
    #[error("`{0}` does not stand before this step; name an earlier one or move this step")]
    AfterLater(StepId),
    /// `after` names no step.
    #[error("there is no step `{0}`; correct the name")]
    AfterUnknown(StepId),
    /// A day before that of an earlier step with the same anchor.
    #[error("day {day} stands after day {before}; order is the dependency, so days only rise")]
    DayFalls {
        /// This step's day.
        day: u32,
        /// The largest before.
        before: u32,
    },
    /// Neither, or more than one, of the ways to say when.
    #[error("say when in one way: `day` (with `anchor` or `after`), or `by` alone")]
    When,
    /// No day of a year.
    #[error("`{0}` is no day of every year; write month and day like 07-05")]
    By(String),
}
