//! Silence is its own outcome. (C17)

use linli_app::Caller;
use linli_app::command::{Here, Nothing, Request};
use linli_app::commitments::list::{ListInput, ShowList};
use linli_app::matters::lapse::{LapseMatter, LapsedAt, lapse_due};
use linli_domain::commitments::view::Standing;
use linli_domain::matters::Stage;
use linli_testkit::both_engines;

use crate::tasks::code;

both_engines! {
    async fn the_days_pass_and_it_closes_once_without_an_answer(world) {
        let (said, matter) = world.awaiting("路灯").await;
        let (kept, _) = world.awaiting("水渠").await;
        world.answer(&kept, "solved").await.expect("answered");
        world.app.clock().advance_days(6);
        assert_eq!(lapse_due(&world.app, &world.place).await.expect("runs"), 0, "there is still time");
        world.app.clock().advance_days(1);
        assert_eq!(lapse_due(&world.app, &world.place).await.expect("runs"), 1);
        assert_eq!(lapse_due(&world.app, &world.place).await.expect("runs twice"), 0);
        assert_eq!(world.standing(&said).await.stage, Stage::NoAnswer);
        let lapsed = |kind: &str| kind == "matter-lapsed";
        let entries = world.matter(matter).await.timeline;
        assert_eq!(entries.iter().filter(|entry| lapsed(entry.kind.code())).count(), 1, "once");
        let list = world.ask::<ShowList>(&Caller::resident(), Here {}, ListInput::default()).await.expect("list");
        assert_eq!((list.totals.confirmed, list.totals.no_answer, list.totals.open), (1, 1, 0));
        assert!(list.groups[0].entries.iter().any(|entry| entry.standing == Standing::NoAnswer));
    }

    async fn her_late_answer_is_taken(world) {
        for (verdict, stage) in [("solved", Stage::Confirmed), ("not_solved", Stage::Disputed)] {
            let (said, _) = world.awaiting("公厕").await;
            world.app.clock().advance_days(8);
            lapse_due(&world.app, &world.place).await.expect("runs");
            assert!(world.standing(&said).await.may_answer, "silence was only silence");
            assert_eq!(world.answer(&said, verdict).await.expect("taken").stage, stage);
        }
    }

    /// Killed between two matters, started twice at the same time: each closes exactly once.
    async fn a_job_that_is_cut_short_or_runs_twice_closes_each_once(world) {
        let mut matters = Vec::new();
        for n in 0..6 {
            matters.push(world.awaiting(&format!("第{n}件")).await.1);
        }
        world.app.clock().advance_days(8);
        // The first run was killed after one matter.
        let one = Request::<LapseMatter>::new(LapsedAt { matter: matters[0] }, Nothing {});
        world.app.execute(&Caller::system(), &world.place, one).await.expect("closed");
        let again = Request::<LapseMatter>::new(LapsedAt { matter: matters[0] }, Nothing {});
        assert_eq!(code(world.app.execute(&Caller::system(), &world.place, again).await), "not-asked");
        let (one, two) = tokio::join!(lapse_due(&world.app, &world.place), lapse_due(&world.app, &world.place));
        assert_eq!(one.unwrap_or(0) + two.unwrap_or(0), 5);
        for matter in matters {
            let timeline = world.matter(matter).await.timeline;
            assert_eq!(timeline.iter().filter(|entry| entry.kind.code() == "matter-lapsed").count(), 1);
        }
    }

    /// Some said yes, some nothing: struck off, and the silent ones stay counted as silent.
    async fn a_yes_among_silence_strikes_off(world) {
        use linli_app::matters::MatterAt;
        use linli_app::matters::merge::{MergeMatter, MergeMatterInput};
        use linli_domain::matters::MatterRef;
        let (one, target) = world.listed("电梯").await;
        let (_, source) = world.received("电梯停了").await;
        let into = world.matter(target).await.number.expect("a number").to_string();
        let at = MatterAt { matter: MatterRef::Id(source) };
        world.run::<MergeMatter>(&world.desk.caller, at, MergeMatterInput { into, version: None }).await.expect("merged");
        world.work(target).await;
        world.answer(&one, "solved").await.expect("taken");
        world.app.clock().advance_days(8);
        assert_eq!(lapse_due(&world.app, &world.place).await.expect("runs"), 1);
        let view = world.matter(target).await;
        assert_eq!(view.stage, Stage::Confirmed);
        let struck = view.timeline.iter().find(|entry| entry.kind.code() == "matter-confirmed").expect("struck off");
        assert!(struck.details.contains(&("silent".into(), "1".into())) && struck.details.contains(&("solved".into(), "1".into())));
    }
}
