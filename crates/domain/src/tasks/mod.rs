//! Tasks (工单): one piece of dispatched work under a matter, in at most one pair of hands at a time.

pub mod stage;
pub mod view;

pub use stage::{TaskStage, TaskStep};

use crate::refusal::refusals;

/// Characters of what is to be done.
pub const INSTRUCTION_MAX: usize = 1_000;

refusals! {
    /// Why a task does not move.
    TaskRefusal {
        /// Somebody else was faster.
        Taken = "task-taken" as Conflict,
        /// It is not in your hands.
        NotYours = "task-not-yours" as Conflict,
        /// It is finished, returned for good or withdrawn.
        Over = "task-over" as Conflict,
        /// It was given to one person, and that is not you.
        GivenToAnother = "task-given-to-another" as Forbidden,
    }
}
