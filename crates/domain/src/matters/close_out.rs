//! Close-out (销号): only those who asked can say that it is done.
//!
//! A verdict belongs to one voice and one round of work. Whoever did any of the work, in any round, can neither give
//! nor record one. Silence is its own outcome. When several people asked: one "not solved" is enough to turn the entry
//! black; all "solved" strike it off; when the set days pass, it is struck off if somebody said "solved" (those who
//! were silent stay counted as silent), and closes without an answer if nobody did.

use crate::audit::{Event, Kind};
use crate::id::{PersonId, VoiceId};
use crate::matters::{Matter, MatterRefusal, Round, Stage, Step};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::voices::{Channel, Verdict, VoiceRefusal};

/// One answer, about to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whose answer it is.
    pub voice: VoiceId,
    /// The account that spoke this voice, if it was spoken by somebody signed in.
    pub voice_of: Option<PersonId>,
    /// What she says.
    pub verdict: Verdict,
    /// The round she answers to, where the page or the caller named one.
    pub round: Option<Round>,
    /// Through which door.
    pub channel: Channel,
    /// The account that brings or records the answer, if any is signed in.
    pub brought_by: Option<PersonId>,
}

/// How the voices of a matter stand in its current round, this answer not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Voices of the matter.
    pub voices: i64,
    /// Of these, "solved".
    pub solved: i64,
    /// What this voice answered already in this round.
    pub this_voice: Option<Verdict>,
}

/// Takes an answer: the matter afterwards, and what happened, in order.
///
/// `workers` are the accounts that ever finished a task of the matter.
pub fn answer(
    matter: Matter,
    answer: &Answer,
    tally: Tally,
    workers: &[PersonId],
    now: Timestamp,
) -> Result<(Matter, Vec<Event>), Refusal> {
    let did_the_work = |person: Option<PersonId>| person.is_some_and(|p| workers.contains(&p));
    if did_the_work(answer.brought_by) || did_the_work(answer.voice_of) {
        return Err(VoiceRefusal::OwnWork.into());
    }
    if answer.round.is_some_and(|round| round != matter.round) {
        return Err(VoiceRefusal::EarlierRound.into());
    }
    if !may_answer(matter.stage) {
        return Err(VoiceRefusal::NotAsked.into());
    }
    // A closed matter takes one change of mind, from silence or from "solved" to an answer; an open one takes each voice once.
    if tally.this_voice.is_some() {
        return Err(VoiceRefusal::AnsweredAlready.into());
    }
    let (matter_id, round) = (matter.id, matter.round);
    let kind = match answer.verdict {
        Verdict::Solved => Kind::VoiceConfirmed,
        Verdict::NotSolved => Kind::VoiceDisputed,
    };
    let said = Event::of_matter(kind, matter_id)
        .about(answer.voice.raw())
        .with("round", round.raw())
        .with("channel", answer.channel.code());
    match answer.verdict {
        Verdict::NotSolved => Ok((matter.step(Step::Dispute, now)?, vec![said])),
        Verdict::Solved if tally.solved + 1 >= tally.voices || matter.stage == Stage::NoAnswer => {
            let silent = tally.voices - tally.solved - 1;
            let (matter, struck) = strike_off(matter, tally.solved + 1, silent, now)?;
            Ok((matter, vec![said, struck]))
        }
        Verdict::Solved => Ok((matter, vec![said])),
    }
}

/// True in the stages in which an answer is taken.
pub fn may_answer(stage: Stage) -> bool {
    matches!(stage, Stage::Awaiting | Stage::NoAnswer)
}

/// The set days have passed: what becomes of the matter. `None` while there is still time, or nobody was asked.
pub fn lapse(
    matter: Matter,
    tally: Tally,
    confirm_days: i64,
    now: Timestamp,
) -> Result<Option<(Matter, Event)>, MatterRefusal> {
    if matter.stage != Stage::Awaiting || now < matter.stage_at.plus_days(confirm_days) {
        return Ok(None);
    }
    let silent = tally.voices - tally.solved;
    if tally.solved > 0 {
        return strike_off(matter, tally.solved, silent, now).map(Some);
    }
    let matter = matter.step(Step::Lapse, now)?;
    let event =
        Event::of_matter(Kind::MatterLapsed, matter.id).with("round", matter.round.raw()).with("silent", silent);
    Ok(Some((matter, event)))
}

fn strike_off(matter: Matter, solved: i64, silent: i64, now: Timestamp) -> Result<(Matter, Event), MatterRefusal> {
    let matter = matter.step(Step::Confirm, now)?;
    let event = Event::of_matter(Kind::MatterConfirmed, matter.id)
        .with("round", matter.round.raw())
        .with("solved", solved)
        .with("silent", silent);
    Ok((matter, event))
}

#[cfg(test)]
#[path = "close_out_tests.rs"]
mod tests;
