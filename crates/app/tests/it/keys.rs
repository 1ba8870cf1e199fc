//! The same request sent again. (C02)

use linli_app::Caller;
use linli_app::command::{Here, Request};
use linli_app::idempotency::forget::forget_old_answers;
use linli_app::matters::overview::ShowDesk;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_testkit::{World, both_engines};

use crate::tasks::code;

fn saying(words: &str, key: &str) -> Request<SayVoice> {
    let input = SayVoiceInput { text: words.into(), contact: None, place: None };
    Request::new(Here {}, input).keyed(key)
}

async fn received(world: &World) -> i64 {
    let desk = world.ask::<ShowDesk>(&world.desk.caller, Here {}, linli_app::command::Nothing {}).await;
    desk.expect("desk").counts.received
}

both_engines! {
    async fn a_key_gets_its_first_answer_and_only_for_its_own_words(world) {
        let resident = Caller::resident();
        let first = world.app.execute(&resident, &world.place, saying("灯坏了", "k")).await.expect("said");
        let again = world.app.execute(&resident, &world.place, saying("灯坏了", "k")).await.expect("said again");
        assert_eq!(first.receipt, again.receipt);
        assert_eq!(code(world.app.execute(&resident, &world.place, saying("水管爆了", "k")).await), "key-reused");
        assert_eq!(received(&world).await, 1);
        // The key belongs to the caller and to the community.
        let other = world.app.execute(&world.grid.caller, &world.place, saying("灯坏了", "k")).await.expect("another caller");
        assert_ne!(first.receipt, other.receipt);
        let neighbour = world.neighbour().await;
        let there = world.app.execute(&resident, &neighbour, saying("水管爆了", "k")).await.expect("another place");
        assert_ne!(first.receipt, there.receipt);
        for bad in ["", &"k".repeat(201)] {
            assert_eq!(code(world.app.execute(&resident, &world.place, saying("灯", bad)).await), "unreadable");
        }
    }

    /// A flaky network sends forty times at once: one voice, one receipt.
    async fn forty_at_once_are_one(world) {
        let world = std::sync::Arc::new(world);
        let mut sending = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let world = std::sync::Arc::clone(&world);
            sending.spawn(async move {
                world.app.execute(&Caller::resident(), &world.place, saying("灯坏了", "same")).await
            });
        }
        let outcomes = sending.join_all().await;
        let receipts: std::collections::BTreeSet<String> =
            outcomes.into_iter().filter_map(Result::ok).map(|said| said.receipt).collect();
        assert_eq!(receipts.len(), 1);
        assert_eq!(received(&world).await, 1);
    }

    async fn answers_are_forgotten_after_a_day(world) {
        let resident = Caller::resident();
        let first = world.app.execute(&resident, &world.place, saying("灯坏了", "k")).await.expect("said");
        world.app.clock().advance_days(2);
        assert!(forget_old_answers(&world.app, &world.place).await.expect("forgets") >= 1);
        let later = world.app.execute(&resident, &world.place, saying("灯坏了", "k")).await.expect("a new one");
        assert_ne!(first.receipt, later.receipt);
    }

    /// Two processes of one number make the same ids in the same millisecond: both commands are taken, and no answer
    /// speaks of a name that is taken when it is not.
    async fn ids_made_twice_are_made_again(world) {
        world.app.clock().advance_us(1_000_000);
        let twin = world.twin().await;
        let first = world.say("灯坏了").await;
        let input = SayVoiceInput { text: "水管爆了".into(), contact: None, place: None };
        let second = twin.execute(&Caller::resident(), &world.place, Request::<SayVoice>::new(Here {}, input)).await;
        assert_ne!(first.receipt, second.expect("said").receipt);
        assert_eq!(received(&world).await, 2);
    }

    async fn a_refusal_is_not_kept(world) {
        let resident = Caller::resident();
        assert_eq!(code(world.app.execute(&resident, &world.place, saying("\u{200B}", "k")).await), "text: text-empty");
        world.app.execute(&resident, &world.place, saying("灯坏了", "k")).await.expect("mended, same key");
    }
}
