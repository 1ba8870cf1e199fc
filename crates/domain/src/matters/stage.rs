//! The stages of a matter: one table, and a state that is consumed by each step.

use crate::audit::{Event, Kind};
use crate::id::{CommunityId, MatterId};
use crate::matters::{MatterNumber, MatterRefusal, Round};
use crate::time::Timestamp;
use crate::voices::coded;

coded! {
    /// Where a matter stands.
    Stage {
        /// Said, not yet looked at: no number.
        Received = "received",
        /// On the list, nobody at work.
        Listed = "listed",
        /// Somebody is at work, or has the task in front of them.
        Working = "working",
        /// All work is done; those who asked are asked.
        Awaiting = "awaiting",
        /// Black again: somebody said that it is not done.
        Disputed = "disputed",
        /// Struck off.
        Confirmed = "confirmed",
        /// Closed because nobody answered; never counted as satisfied.
        NoAnswer = "no_answer",
        /// Not taken on.
        Declined = "declined",
        /// Part of another matter.
        Merged = "merged",
    }
}

/// What can happen to a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// It gets its number.
    List,
    /// It is not taken on.
    Decline,
    /// It becomes part of another.
    Merge,
    /// A task goes out.
    Dispatch,
    /// No task is left, and none was finished in this round.
    GiveBack,
    /// The last task is finished and every part is closed.
    Finish,
    /// Those who asked say that it is done.
    Confirm,
    /// Somebody who asked says that it is not.
    Dispute,
    /// The set days passed in silence.
    Lapse,
    /// The desk, or a reopened part, opens it again.
    Reopen,
}

impl Step {
    /// Every step.
    pub const ALL: [Step; 10] = [
        Step::List,
        Step::Decline,
        Step::Merge,
        Step::Dispatch,
        Step::GiveBack,
        Step::Finish,
        Step::Confirm,
        Step::Dispute,
        Step::Lapse,
        Step::Reopen,
    ];
}

/// Every allowed step; whatever is not here is refused.
///
/// There is one way into [`Stage::Confirmed`], and it begins where somebody who asked was asked.
pub const TABLE: &[(Stage, Step, Stage)] = &[
    (Stage::Received, Step::List, Stage::Listed),
    (Stage::Received, Step::Decline, Stage::Declined),
    (Stage::Received, Step::Merge, Stage::Merged),
    (Stage::Listed, Step::Merge, Stage::Merged),
    (Stage::Listed, Step::Dispatch, Stage::Working),
    (Stage::Working, Step::Dispatch, Stage::Working),
    (Stage::Working, Step::GiveBack, Stage::Listed),
    (Stage::Working, Step::Finish, Stage::Awaiting),
    (Stage::Awaiting, Step::Confirm, Stage::Confirmed),
    (Stage::Awaiting, Step::Dispute, Stage::Disputed),
    (Stage::Awaiting, Step::Lapse, Stage::NoAnswer),
    (Stage::Awaiting, Step::Reopen, Stage::Disputed),
    (Stage::Disputed, Step::Dispatch, Stage::Working),
    (Stage::Disputed, Step::Merge, Stage::Merged),
    // Her late answer is taken: silence was only silence.
    (Stage::NoAnswer, Step::Confirm, Stage::Confirmed),
    (Stage::NoAnswer, Step::Dispute, Stage::Disputed),
    (Stage::NoAnswer, Step::Reopen, Stage::Disputed),
    (Stage::Confirmed, Step::Reopen, Stage::Disputed),
    (Stage::Declined, Step::Reopen, Stage::Received),
];

impl Stage {
    /// Where `step` leads from here, if anywhere.
    pub fn after(self, step: Step) -> Option<Stage> {
        TABLE.iter().find(|(from, s, _)| (*from, *s) == (self, step)).map(|row| row.2)
    }
    /// True while somebody still owes work or an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Received | Stage::Listed | Stage::Working | Stage::Awaiting | Stage::Disputed)
    }
    /// True when the desk has to do the next step.
    pub fn is_on_the_desk(self) -> bool {
        matches!(self, Stage::Received | Stage::Listed | Stage::Disputed)
    }
}

/// A matter as the rules see it. Every step consumes it and answers the next one and what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// The community.
    pub community: CommunityId,
    /// The matter.
    pub id: MatterId,
    /// The number, once listed.
    pub number: Option<MatterNumber>,
    /// Where it stands.
    pub stage: Stage,
    /// The round of work.
    pub round: Round,
    /// Advanced by every command that touches the matter, its voices, tasks or parts.
    pub version: i64,
    /// The matter it is a part of.
    pub parent: Option<MatterId>,
    /// Parts that are not closed.
    pub open_parts: i64,
    /// Tasks that somebody still owes.
    pub live_tasks: i64,
    /// Tasks finished in this round.
    pub done_tasks: i64,
    /// When the stage last changed.
    pub stage_at: Timestamp,
}

impl Matter {
    /// Takes `step`, or says why not.
    pub fn step(mut self, step: Step, now: Timestamp) -> Result<Matter, MatterRefusal> {
        let Some(next) = self.stage.after(step) else {
            return Err(self.why_not(step));
        };
        if next == Stage::Disputed {
            self.round = self.round.next();
            self.done_tasks = 0;
        }
        self.stage = next;
        self.stage_at = now;
        Ok(self)
    }

    fn why_not(&self, step: Step) -> MatterRefusal {
        match (self.stage, step) {
            (Stage::Merged, _) => MatterRefusal::MergedAway { into: String::new() },
            (Stage::Declined, _) => MatterRefusal::Declined,
            (_, Step::List) => MatterRefusal::ListedAlready,
            (_, Step::Decline) => MatterRefusal::OnTheList,
            (Stage::Received, _) => MatterRefusal::NotListed,
            (Stage::Confirmed | Stage::NoAnswer, _) => MatterRefusal::Closed,
            (_, Step::Reopen) => MatterRefusal::NotClosed,
            (Stage::Awaiting, _) => MatterRefusal::AwaitingAnswer,
            _ => MatterRefusal::AtWork,
        }
    }

    /// It gets `number` and stands on the public list.
    pub fn list(self, number: MatterNumber, now: Timestamp) -> Result<(Matter, Event), MatterRefusal> {
        let mut matter = self.step(Step::List, now)?;
        matter.number = Some(number);
        let event = Event::of_matter(Kind::MatterListed, matter.id).with("number", number);
        Ok((matter, event))
    }

    /// It is not taken on; `reason` is what the one who asked will read.
    pub fn decline(self, reason: &str, now: Timestamp) -> Result<(Matter, Event), MatterRefusal> {
        let matter = self.step(Step::Decline, now)?;
        let event = Event::of_matter(Kind::MatterDeclined, matter.id).saying("reason", reason);
        Ok((matter, event))
    }

    /// A task goes out.
    pub fn dispatch(self, now: Timestamp) -> Result<Matter, MatterRefusal> {
        let mut matter = self.step(Step::Dispatch, now)?;
        matter.live_tasks += 1;
        Ok(matter)
    }

    /// One of its tasks is finished. The rest follows from [`Self::settle`].
    #[must_use]
    pub fn task_finished(mut self) -> Matter {
        self.live_tasks -= 1;
        self.done_tasks += 1;
        self
    }

    /// One of its tasks was given back for good, or withdrawn.
    #[must_use]
    pub fn task_gone(mut self) -> Matter {
        self.live_tasks -= 1;
        self
    }

    /// What follows from the tasks and parts as they are now: nothing, back to the list, or on to those who asked.
    pub fn settle(self, now: Timestamp) -> Result<(Matter, Option<Event>), MatterRefusal> {
        if self.stage != Stage::Working || self.live_tasks > 0 {
            return Ok((self, None));
        }
        if self.done_tasks == 0 {
            return Ok((self.step(Step::GiveBack, now)?, None));
        }
        if self.open_parts > 0 {
            return Ok((self, None));
        }
        let matter = self.step(Step::Finish, now)?;
        let event = Event::of_matter(Kind::MatterAwaiting, matter.id).with("round", matter.round.raw());
        Ok((matter, Some(event)))
    }

    /// Black again, for a reason; the history stays, a new round begins.
    pub fn reopen(self, reason: &str, now: Timestamp) -> Result<(Matter, Event), MatterRefusal> {
        let matter = self.step(Step::Reopen, now)?;
        let event = Event::of_matter(Kind::MatterReopened, matter.id)
            .with("round", matter.round.raw())
            .saying("reason", reason);
        Ok((matter, event))
    }
}

#[cfg(test)]
#[path = "stage_tests.rs"]
mod tests;
