//! The stages of a task, one table.

use crate::tasks::TaskRefusal;
use crate::voices::coded;

coded! {
    /// Where a task stands.
    TaskStage {
        /// Open to whoever takes it first.
        Offered = "offered",
        /// Given to one person, who has not taken it yet.
        Assigned = "assigned",
        /// In one pair of hands.
        Accepted = "accepted",
        /// Done, as its hand says.
        Finished = "finished",
        /// Given back, and nobody else is offered it: the desk decides.
        Returned = "returned",
        /// Taken back by the desk.
        Withdrawn = "withdrawn",
    }
}

/// What can happen to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskStep {
    /// A pair of hands takes it.
    Accept,
    /// The hand gives it back; one that was offered is open to the others again.
    ReturnOffered,
    /// The person it was given to gives it back.
    ReturnAssigned,
    /// The hand says that it is done.
    Finish,
    /// The desk takes it back.
    Withdraw,
    /// It goes to another pair of hands, because the first one leaves.
    HandOver,
}

/// Every allowed step; whatever is not here is refused.
pub const TABLE: &[(TaskStage, TaskStep, TaskStage)] = &[
    (TaskStage::Offered, TaskStep::Accept, TaskStage::Accepted),
    (TaskStage::Offered, TaskStep::Withdraw, TaskStage::Withdrawn),
    (TaskStage::Assigned, TaskStep::Accept, TaskStage::Accepted),
    (TaskStage::Assigned, TaskStep::ReturnAssigned, TaskStage::Returned),
    (TaskStage::Assigned, TaskStep::ReturnOffered, TaskStage::Offered),
    (TaskStage::Assigned, TaskStep::HandOver, TaskStage::Assigned),
    (TaskStage::Assigned, TaskStep::Withdraw, TaskStage::Withdrawn),
    (TaskStage::Accepted, TaskStep::Finish, TaskStage::Finished),
    (TaskStage::Accepted, TaskStep::ReturnOffered, TaskStage::Offered),
    (TaskStage::Accepted, TaskStep::ReturnAssigned, TaskStage::Returned),
    (TaskStage::Accepted, TaskStep::HandOver, TaskStage::Assigned),
    (TaskStage::Accepted, TaskStep::Withdraw, TaskStage::Withdrawn),
];

impl TaskStep {
    /// Every step.
    pub const ALL: [TaskStep; 6] = [
        TaskStep::Accept,
        TaskStep::ReturnOffered,
        TaskStep::ReturnAssigned,
        TaskStep::Finish,
        TaskStep::Withdraw,
        TaskStep::HandOver,
    ];
}

impl TaskStage {
    /// Where `step` leads from here.
    pub fn after(self, step: TaskStep) -> Result<TaskStage, TaskRefusal> {
        TABLE.iter().find(|(from, s, _)| (*from, *s) == (self, step)).map(|row| row.2).ok_or(match (self, step) {
            (TaskStage::Accepted, TaskStep::Accept) => TaskRefusal::Taken,
            (TaskStage::Offered | TaskStage::Assigned, _) => TaskRefusal::NotYours,
            _ => TaskRefusal::Over,
        })
    }
    /// True while somebody still owes the work.
    pub fn is_live(self) -> bool {
        matches!(self, TaskStage::Offered | TaskStage::Assigned | TaskStage::Accepted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_stage_and_step_is_the_tables_or_refused() {
        let mut allowed = 0;
        for from in TaskStage::ALL {
            for step in TaskStep::ALL {
                match from.after(step) {
                    Ok(to) => {
                        allowed += 1;
                        assert!(TABLE.contains(&(*from, step, to)));
                        assert!(from.is_live(), "{from:?} moved though it is over");
                    }
                    Err(refusal) => {
                        assert!(from.is_live() || refusal == TaskRefusal::Over, "{from:?} {step:?} is {refusal:?}");
                    }
                }
            }
        }
        assert_eq!(allowed, TABLE.len());
    }

    #[test]
    fn work_is_finished_only_from_a_pair_of_hands() {
        for (from, step, to) in TABLE {
            if *to == TaskStage::Finished {
                assert_eq!((*from, *step), (TaskStage::Accepted, TaskStep::Finish));
            }
        }
    }
}
