//! Who may answer, when, and what follows.

use super::*;
use crate::id::{CommunityId, MatterId};
use crate::matters::MatterNumber;

const NOW: Timestamp = Timestamp::from_us(1_000_000);
const WORKER: PersonId = PersonId::new(7);
const CLERK: PersonId = PersonId::new(8);

fn matter(stage: Stage) -> Matter {
    Matter {
        community: CommunityId::new(1),
        id: MatterId::new(2),
        number: Some(MatterNumber::new(3)),
        stage,
        round: Round::new(2),
        version: 1,
        parent: None,
        open_parts: 0,
        live_tasks: 0,
        done_tasks: 1,
        stage_at: Timestamp::from_us(0),
    }
}
fn says(verdict: Verdict) -> Answer {
    Answer { voice: VoiceId::new(4), voice_of: None, verdict, round: None, channel: Channel::Web, brought_by: None }
}
fn one_voice() -> Tally {
    Tally { voices: 1, solved: 0, this_voice: None }
}

#[test]
fn an_answer_is_taken_only_where_somebody_was_asked() {
    for stage in Stage::ALL {
        for verdict in Verdict::ALL {
            let outcome = answer(matter(*stage), &says(*verdict), one_voice(), &[], NOW).map(|(m, _)| m.stage);
            let expected = match (stage, verdict) {
                (Stage::Awaiting | Stage::NoAnswer, Verdict::Solved) => Ok(Stage::Confirmed),
                (Stage::Awaiting | Stage::NoAnswer, Verdict::NotSolved) => Ok(Stage::Disputed),
                _ => Err("not-asked"),
            };
            assert_eq!(outcome.map_err(|r| r.code), expected, "{stage:?} {verdict:?}");
        }
    }
}

#[test]
fn whoever_did_the_work_cannot_say_that_it_is_done() {
    // (voice spoken by, brought by) → taken
    let cases = [
        ((None, None), true),
        ((None, Some(CLERK)), true),
        ((Some(CLERK), None), true),
        ((None, Some(WORKER)), false),
        ((Some(WORKER), None), false),
        ((Some(WORKER), Some(CLERK)), false),
        ((Some(CLERK), Some(WORKER)), false),
    ];
    for ((voice_of, brought_by), taken) in cases {
        for channel in Channel::ALL {
            let try_it = Answer { voice_of, brought_by, channel: *channel, ..says(Verdict::Solved) };
            let outcome = answer(matter(Stage::Awaiting), &try_it, one_voice(), &[WORKER], NOW);
            assert_eq!(outcome.is_ok(), taken, "{voice_of:?} {brought_by:?}");
            if let Err(refusal) = outcome {
                assert_eq!(refusal.code, "own-work");
            }
        }
    }
}

#[test]
fn a_late_answer_never_closes_the_next_round() {
    for (round, taken) in [(None, true), (Some(2), true), (Some(1), false), (Some(3), false)] {
        let late = Answer { round: round.map(Round::new), ..says(Verdict::Solved) };
        let outcome = answer(matter(Stage::Awaiting), &late, one_voice(), &[], NOW);
        assert_eq!(outcome.is_ok(), taken, "{round:?}");
        if let Err(refusal) = outcome {
            assert_eq!(refusal.code, "earlier-round");
        }
    }
}

#[test]
fn many_voices_one_dispute_is_enough_and_all_must_confirm() {
    // (voices, solved before, verdict) → stage
    let cases = [
        ((3, 0, Verdict::Solved), Stage::Awaiting),
        ((3, 1, Verdict::Solved), Stage::Awaiting),
        ((3, 2, Verdict::Solved), Stage::Confirmed),
        ((3, 2, Verdict::NotSolved), Stage::Disputed),
        ((1, 0, Verdict::NotSolved), Stage::Disputed),
    ];
    for ((voices, solved, verdict), stage) in cases {
        let tally = Tally { voices, solved, this_voice: None };
        let (after, events) = answer(matter(Stage::Awaiting), &says(verdict), tally, &[], NOW).expect("taken");
        assert_eq!(after.stage, stage, "{voices} {solved} {verdict:?}");
        assert_eq!(events.len(), if stage == Stage::Confirmed { 2 } else { 1 });
    }
    let twice = Tally { voices: 2, solved: 1, this_voice: Some(Verdict::Solved) };
    let outcome = answer(matter(Stage::Awaiting), &says(Verdict::Solved), twice, &[], NOW);
    assert_eq!(outcome.map_err(|r| r.code), Err("answered-already"));
}

#[test]
fn silence_closes_once_after_the_set_days_and_is_never_satisfied() {
    let asked = matter(Stage::Awaiting).stage_at;
    let day = |n: i64, us: i64| asked.plus_days(n).plus_us(us);
    // (solved, now) → stage
    let cases = [
        ((0, day(7, -1)), None),
        ((0, day(7, 0)), Some(Stage::NoAnswer)),
        ((0, day(70, 0)), Some(Stage::NoAnswer)),
        ((1, day(7, -1)), None),
        ((1, day(7, 0)), Some(Stage::Confirmed)),
    ];
    for ((solved, now), stage) in cases {
        let tally = Tally { voices: 2, solved, this_voice: None };
        let after = lapse(matter(Stage::Awaiting), tally, 7, now).expect("never refuses");
        assert_eq!(after.as_ref().map(|(m, _)| m.stage), stage);
        if let Some((matter, event)) = after {
            assert!(event.details.contains(&("silent", (2 - solved).to_string())));
            assert_eq!(lapse(matter, tally, 7, now.plus_days(90)).expect("again"), None, "only once");
        }
    }
    for stage in Stage::ALL.iter().filter(|s| **s != Stage::Awaiting) {
        assert_eq!(lapse(matter(*stage), one_voice(), 7, day(900, 0)), Ok(None), "{stage:?}");
    }
}
