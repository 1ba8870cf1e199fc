//! The main flow, from words to the red line, and what every write leaves behind.

use linli_app::Caller;
use linli_app::command::{Here, Nothing};
use linli_app::commitments::list::{ListInput, ShowList};
use linli_app::outbox::deliver;
use linli_app::tasks::show::ShowTasks;
use linli_domain::audit::Kind;
use linli_domain::commitments::view::Standing;
use linli_domain::matters::Stage;
use linli_testkit::both_engines;

both_engines! {
    async fn a_voice_becomes_a_red_line(world) {
        let (said, matter) = world.received("门口路灯坏了").await;
        assert_eq!(world.standing(&said).await.stage, Stage::Received);
        let moved = world.list(matter, "修门口路灯").await.expect("listed");
        assert_eq!((moved.stage, moved.number.map(linli_domain::matters::MatterNumber::raw)), (Stage::Listed, Some(1)));
        let task = world.offer(matter).await.expect("offered").id;
        deliver(&world.app, &world.place).await.expect("delivered");
        let seen = world.ask::<ShowTasks>(&world.volunteers[1].caller, Here {}, Nothing {}).await.expect("tasks");
        assert_eq!(seen.messages.iter().map(|m| (m.kind, m.task)).collect::<Vec<_>>(), [(Kind::TaskOffered, Some(task))]);
        world.accept(&world.volunteers[0], task).await.expect("accepted");
        let gone = world.ask::<ShowTasks>(&world.volunteers[1].caller, Here {}, Nothing {}).await.expect("tasks");
        assert!(gone.tasks.is_empty() && gone.messages.is_empty(), "what is taken is no news for others");
        world.finish(&world.volunteers[0], task).await.expect("finished");
        let asked = world.standing(&said).await;
        assert_eq!((asked.stage, asked.may_answer, asked.done_notes.as_slice()), (Stage::Awaiting, true, ["弄好了".to_owned()].as_slice()));
        let answered = world.answer(&said, "solved").await.expect("answered");
        assert_eq!(answered.stage, Stage::Confirmed);
        let list = world.ask::<ShowList>(&Caller::resident(), Here {}, ListInput::default()).await.expect("list");
        assert_eq!(list.groups[0].entries[0].standing, Standing::Confirmed);
        assert_eq!((list.totals.listed, list.totals.confirmed, list.totals.open), (1, 1, 0));
    }

    /// One entry in the log and one envelope for every event, in the order in which they happened.
    async fn every_write_is_in_the_log_and_in_the_outbox(world) {
        let (said, matter) = world.awaiting("水渠淤了").await;
        world.answer(&said, "not_solved").await.expect("answered");
        let kinds: Vec<Kind> = world.matter(matter).await.timeline.iter().map(|entry| entry.kind).collect();
        let wanted = [
            Kind::VoiceSaid,
            Kind::MatterListed,
            Kind::TaskOffered,
            Kind::TaskAccepted,
            Kind::TaskFinished,
            Kind::MatterAwaiting,
            Kind::VoiceDisputed,
        ];
        assert_eq!(kinds, wanted);
        let left = deliver(&world.app, &world.place).await.expect("delivered");
        assert!(left >= wanted.len(), "{left} envelopes");
        assert_eq!(deliver(&world.app, &world.place).await.expect("again"), 0, "each once");
    }

    /// Black again: a new round, the history stays, and the second work is confirmed.
    async fn a_dispute_turns_it_black_and_the_next_round_red(world) {
        let (said, matter) = world.awaiting("灯又坏了").await;
        assert_eq!(world.answer(&said, "not_solved").await.expect("answered").stage, Stage::Disputed);
        let black = world.standing(&said).await;
        assert_eq!((black.stage, black.round.raw(), black.may_answer), (Stage::Disputed, 2, false));
        world.work(matter).await;
        assert_eq!(world.answer(&said, "solved").await.expect("answered").stage, Stage::Confirmed);
        let view = world.matter(matter).await;
        assert_eq!(view.tasks.len(), 2, "both rounds are there");
    }

    /// Sixty-four listings at once: every number once, none left out.
    async fn numbers_have_no_gaps_under_load(world) {
        let mut matters = Vec::new();
        for n in 0..24 {
            matters.push(world.received(&format!("第{n}件")).await.1);
        }
        let world = std::sync::Arc::new(world);
        let mut listing = tokio::task::JoinSet::new();
        for matter in matters {
            let world = std::sync::Arc::clone(&world);
            listing.spawn(async move {
                loop {
                    match world.list(matter, "修路").await {
                        Ok(moved) => return moved.number.expect("a number").raw(),
                        Err(denied) => assert_eq!(denied.to_string(), "raced"),
                    }
                }
            });
        }
        let mut numbers = listing.join_all().await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
    }
}
