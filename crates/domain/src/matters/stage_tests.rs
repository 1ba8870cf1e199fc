//! Every allowed and every forbidden step, and random walks that must keep the promises.

use proptest::prelude::*;

use super::*;

fn matter(stage: Stage) -> Matter {
    Matter {
        community: CommunityId::new(1),
        id: MatterId::new(2),
        number: (stage != Stage::Received && stage != Stage::Declined).then_some(MatterNumber::new(3)),
        stage,
        round: Round::FIRST,
        version: 1,
        parent: None,
        open_parts: 0,
        live_tasks: 0,
        done_tasks: 0,
        stage_at: Timestamp::from_us(0),
    }
}
const NOW: Timestamp = Timestamp::from_us(5);

#[test]
fn every_pair_of_stage_and_step_is_the_tables_or_refused() {
    let mut allowed = 0;
    for from in Stage::ALL {
        for step in Step::ALL {
            match matter(*from).step(step, NOW) {
                Ok(next) => {
                    allowed += 1;
                    assert!(TABLE.contains(&(*from, step, next.stage)));
                    assert_eq!(next.stage_at, NOW);
                }
                Err(refusal) => assert_eq!(from.after(step), None, "{refusal:?}"),
            }
        }
    }
    assert_eq!(allowed, TABLE.len(), "a row of the table stands twice");
}

#[test]
fn no_way_to_red_passes_the_asking_by() {
    for (from, step, to) in TABLE {
        if *to == Stage::Confirmed {
            assert_eq!(*step, Step::Confirm);
            assert!(matches!(from, Stage::Awaiting | Stage::NoAnswer), "{from:?}");
        }
        if *to == Stage::NoAnswer {
            assert_eq!((*from, *step), (Stage::Awaiting, Step::Lapse));
        }
        if *to == Stage::Awaiting {
            assert_eq!((*from, *step), (Stage::Working, Step::Finish));
        }
    }
}

#[test]
fn what_stands_on_the_list_is_never_declined() {
    for from in Stage::ALL {
        let declined = matter(*from).decline("不归我们管", NOW);
        assert_eq!(declined.is_ok(), *from == Stage::Received, "{from:?}");
    }
}

#[test]
fn the_work_settles_by_tasks_and_parts() {
    // (live, done, open parts) → stage
    let cases = [
        ((1, 0, 0), Stage::Working),
        ((1, 1, 0), Stage::Working),
        ((0, 0, 0), Stage::Listed),
        ((0, 0, 2), Stage::Listed),
        ((0, 1, 1), Stage::Working),
        ((0, 1, 0), Stage::Awaiting),
        ((0, 3, 0), Stage::Awaiting),
    ];
    for ((live_tasks, done_tasks, open_parts), stage) in cases {
        let at_work = Matter { open_parts, live_tasks, done_tasks, ..matter(Stage::Working) };
        let (settled, event) = at_work.settle(NOW).expect("settling never refuses");
        assert_eq!(settled.stage, stage, "{live_tasks} {done_tasks} {open_parts}");
        assert_eq!(event.is_some(), stage == Stage::Awaiting);
    }
    for from in Stage::ALL.iter().filter(|s| **s != Stage::Working) {
        let (same, event) = matter(*from).settle(NOW).expect("nothing to do");
        assert_eq!((same.stage, event), (*from, None));
    }
}

#[test]
fn every_dispute_and_reopening_begins_a_round() {
    for (from, step, to) in TABLE {
        let next = Matter { done_tasks: 2, ..matter(*from) }.step(*step, NOW).expect("in the table");
        assert_eq!(next.round > Round::FIRST, *to == Stage::Disputed, "{from:?} {step:?}");
        if *to == Stage::Disputed {
            assert_eq!(next.done_tasks, 0);
        }
    }
}

proptest! {
    /// Whatever happens in whatever order: red only right after an asking, rounds and numbers never go back.
    #[test]
    fn random_walks_keep_the_promises(steps in proptest::collection::vec(0..Step::ALL.len(), 1..60)) {
        let mut now = matter(Stage::Received);
        now.number = None;
        let mut was_asked = false;
        for i in steps {
            let step = Step::ALL[i];
            let before = now.clone();
            let Ok(next) = now.clone().step(step, NOW) else { continue };
            was_asked |= before.stage == Stage::Awaiting;
            if next.stage == Stage::Confirmed {
                prop_assert!(was_asked);
            }
            prop_assert!(next.round >= before.round);
            if next.stage == Stage::Disputed {
                was_asked = false;
            }
            now = next;
        }
    }
}
