//! One task, one pair of hands.

use std::sync::Arc;

use linli_app::Denied;
use linli_app::command::Nothing;
use linli_app::matters::MatterAt;
use linli_app::matters::decline::ReasonInput;
use linli_app::tasks::TaskAt;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::give_back::ReturnTask;
use linli_app::tasks::show::ShowTask;
use linli_app::tasks::withdraw::WithdrawTask;
use linli_domain::matters::{MatterRef, Stage};
use linli_domain::people::Role;
use linli_domain::tasks::TaskStage;
use linli_testkit::both_engines;

pub fn code<T: std::fmt::Debug>(outcome: Result<T, Denied>) -> String {
    match outcome {
        Ok(done) => format!("done {done:?}"),
        Err(denied) => denied.to_string(),
    }
}

fn because(reason: &str) -> ReasonInput {
    ReasonInput { reason: reason.into(), version: None }
}

both_engines! {
    /// Of fifty who tap at the same moment, exactly one has it.
    async fn fifty_accept_and_one_has_it(world) {
        let (_, matter) = world.listed("换灯泡").await;
        let task = world.offer(matter).await.expect("offered").id;
        let world = Arc::new(world);
        let mut hands = tokio::task::JoinSet::new();
        for n in 0..50 {
            let world = Arc::clone(&world);
            hands.spawn(async move {
                let who = [&world.volunteers[0], &world.volunteers[1], &world.grid][n % 3];
                world.accept(who, task).await
            });
        }
        let outcomes = hands.join_all().await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(won, 1);
        for lost in outcomes.into_iter().filter_map(Result::err) {
            assert!(["task-taken", "raced"].contains(&lost.to_string().as_str()), "{lost}");
        }
    }

    /// C29: whoever gave it back reads nothing of it any more; the chain of hands stays.
    async fn a_returned_task_is_open_to_others_and_closed_to_the_one_who_returned_it(world) {
        let (_, matter) = world.listed("马桶漏水").await;
        let task = world.offer(matter).await.expect("offered").id;
        let [first, second] = &world.volunteers;
        world.accept(first, task).await.expect("accepted");
        let at = TaskAt { task };
        let mine = world.ask::<ShowTask>(&first.caller, at, Nothing {}).await.expect("mine");
        assert_eq!(mine.asked_by.len(), 1);
        assert_eq!(code(world.run::<ReturnTask>(&second.caller, at, because("不会")).await), "task-not-yours");
        assert_eq!(code(world.run::<ReturnTask>(&first.caller, at, because(" \u{200B}")).await), "reason: text-empty");
        world.run::<ReturnTask>(&first.caller, at, because("家里有急事")).await.expect("returned");
        let open = world.ask::<ShowTask>(&first.caller, at, Nothing {}).await.expect("offered again");
        assert!(open.asked_by.is_empty() && !open.in_my_hands);
        world.accept(second, task).await.expect("the next takes it");
        assert_eq!(code(world.ask::<ShowTask>(&first.caller, at, Nothing {}).await), "not-found");
        let told: Vec<String> = world.matter(matter).await.timeline.iter().map(|e| e.kind.code().to_owned()).collect();
        assert_eq!(told.iter().filter(|kind| *kind == "task-accepted").count(), 2);
    }

    async fn a_given_task_is_for_one_person_and_goes_back_to_the_desk(world) {
        let (_, matter) = world.listed("修门锁").await;
        let at = MatterAt { matter: MatterRef::Id(matter) };
        let input = DispatchTaskInput { holder: Some(world.grid.id.to_string()), ..DispatchTaskInput::default() };
        let task = world.run::<DispatchTask>(&world.desk.caller, at, input).await.expect("given").id;
        assert_eq!(code(world.accept(&world.volunteers[0], task).await), "task-given-to-another");
        let moved = world.run::<ReturnTask>(&world.grid.caller, TaskAt { task }, because("没有工具")).await;
        assert_eq!(moved.expect("returned").stage, TaskStage::Returned);
        assert_eq!(world.matter(matter).await.stage, Stage::Listed, "back on the desk");
        assert_eq!(code(world.accept(&world.grid, task).await), "task-over");
        assert_eq!(code(world.finish(&world.grid, task).await), "task-over");
    }

    async fn the_desk_takes_a_task_back_unless_it_moved(world) {
        let (_, matter) = world.listed("清垃圾").await;
        let task = world.offer(matter).await.expect("offered").id;
        world.accept(&world.volunteers[0], task).await.expect("accepted");
        let stale = ReasonInput { reason: "不用了".into(), version: Some(1) };
        assert_eq!(code(world.run::<WithdrawTask>(&world.desk.caller, TaskAt { task }, stale).await), "stale");
        world.run::<WithdrawTask>(&world.desk.caller, TaskAt { task }, because("不用了")).await.expect("withdrawn");
        assert_eq!(code(world.finish(&world.volunteers[0], task).await), "task-over");
        assert_eq!(world.matter(matter).await.stage, Stage::Listed);
    }

    /// Several tasks: the one who asked is asked when the last is finished.
    async fn the_last_of_several_tasks_asks(world) {
        let (said, matter) = world.listed("整治水沟").await;
        let first = world.offer(matter).await.expect("offered").id;
        let second = world.offer(matter).await.expect("offered").id;
        world.accept(&world.volunteers[0], first).await.expect("accepted");
        world.finish(&world.volunteers[0], first).await.expect("finished");
        assert_eq!(world.standing(&said).await.stage, Stage::Working);
        world.accept(&world.volunteers[1], second).await.expect("accepted");
        world.finish(&world.volunteers[1], second).await.expect("finished");
        assert_eq!(world.standing(&said).await.stage, Stage::Awaiting);
    }

    async fn a_person_of_another_community_is_given_nothing(world) {
        let (_, matter) = world.listed("通下水").await;
        let neighbour = world.neighbour().await;
        let stranger = world.member(&neighbour, Role::Volunteer).await;
        let at = MatterAt { matter: MatterRef::Id(matter) };
        let input = DispatchTaskInput { holder: Some(stranger.id.to_string()), ..DispatchTaskInput::default() };
        assert_eq!(code(world.run::<DispatchTask>(&world.desk.caller, at, input).await), "no-such-person");
        let task = world.offer(matter).await.expect("offered").id;
        assert_eq!(code(world.accept(&stranger, task).await), "not-found");
    }
}
