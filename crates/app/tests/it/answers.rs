//! Only the one who asked can say that it is done.

use linli_app::Caller;
use linli_app::command::{Here, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::decline::ReasonInput;
use linli_app::matters::merge::{MergeMatter, MergeMatterInput};
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::matters::reopen::ReopenMatter;
use linli_app::voices::answer::{AnswerVoice, AnswerVoiceInput};
use linli_app::voices::record_answer::{RecordAnswer, RecordAnswerInput, VoiceAt};
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::voices::standing::ReceiptAt;
use linli_domain::matters::{MatterRef, Stage};
use linli_domain::people::Role;
use linli_domain::voices::Channel;
use linli_testkit::{World, both_engines};

use crate::tasks::code;

fn heard(verdict: &str, channel: &str, reason: Option<&str>) -> RecordAnswerInput {
    RecordAnswerInput {
        verdict: verdict.into(),
        channel: channel.into(),
        reason: reason.map(str::to_owned),
        round: None,
    }
}

async fn answer_as(world: &World, by: &Caller, receipt: &str, round: Option<i64>) -> String {
    let input = AnswerVoiceInput { verdict: "solved".into(), reason: None, round };
    code(world.run::<AnswerVoice>(by, ReceiptAt { code: receipt.into() }, input).await)
}

both_engines! {
    /// C15: by session, with a voice of one's own, through the desk; a proxy by somebody else is taken and labelled.
    async fn whoever_did_the_work_cannot_confirm_it(world) {
        let worker = &world.volunteers[0];
        // The worker raised it, too.
        let input = SayVoiceInput { text: "我也看见了".into(), contact: None, place: None };
        let own = world.run::<SayVoice>(&worker.caller, Here {}, input).await.expect("said");
        let inbox = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await.expect("inbox");
        let matter = inbox.matters[0].id;
        world.list(matter, "修路灯").await.expect("listed");
        world.work(matter).await;
        let voice = VoiceAt { voice: world.matter(matter).await.voices[0].id };
        assert_eq!(answer_as(&world, &worker.caller, &own.receipt, None).await, "own-work");
        assert_eq!(answer_as(&world, &Caller::resident(), &own.receipt, None).await, "own-work", "her own voice, without a session");
        let by_desk = heard("solved", "telephone", None);
        assert_eq!(code(world.run::<RecordAnswer>(&world.desk.caller, voice, by_desk.clone()).await), "own-work");
        assert_eq!(code(world.run::<RecordAnswer>(&worker.caller, voice, by_desk).await), "not-allowed");
    }

    /// The dispatcher who finished it themself cannot record anybody's yes; a colleague can.
    async fn a_dispatcher_cannot_record_the_answer_to_own_work(world) {
        let (said, matter) = world.listed("修路灯").await;
        let task = world.offer(matter).await.expect("offered").id;
        world.accept(&world.desk, task).await.expect("accepted");
        world.finish(&world.desk, task).await.expect("finished");
        let voice = VoiceAt { voice: world.matter(matter).await.voices[0].id };
        let yes = heard("solved", "telephone", None);
        assert_eq!(code(world.run::<RecordAnswer>(&world.desk.caller, voice, yes.clone()).await), "own-work");
        let colleague = world.member(&world.place, Role::Dispatcher).await;
        assert_eq!(code(world.run::<RecordAnswer>(&colleague.caller, voice, heard("solved", "web", None)).await), "channel: no-such-choice");
        assert_eq!(code(world.run::<RecordAnswer>(&colleague.caller, voice, heard("not_solved", "paper", None)).await), "reason: reason-needed");
        world.run::<RecordAnswer>(&colleague.caller, voice, heard("solved", "proxy", None)).await.expect("recorded");
        assert_eq!(world.standing(&said).await.stage, Stage::Confirmed);
        let shown = world.matter(matter).await.voices[0].answer.clone().expect("an answer");
        assert_eq!(shown.channel, Channel::Proxy, "shown as what it is");
    }

    /// A verdict belongs to one round of work: a late one never closes the next.
    async fn an_answer_to_an_earlier_round_closes_nothing(world) {
        let (said, matter) = world.awaiting("水管").await;
        let resident = Caller::resident();
        world.answer(&said, "not_solved").await.expect("disputed");
        assert_eq!(answer_as(&world, &resident, &said.receipt, Some(1)).await, "earlier-round");
        assert_eq!(answer_as(&world, &resident, &said.receipt, Some(2)).await, "not-asked");
        world.work(matter).await;
        assert_eq!(answer_as(&world, &resident, &said.receipt, Some(1)).await, "earlier-round");
        assert_eq!(world.standing(&said).await.stage, Stage::Awaiting);
        assert!(answer_as(&world, &resident, &said.receipt, Some(2)).await.starts_with("done"));
        assert_eq!(answer_as(&world, &resident, &said.receipt, None).await, "not-asked", "it is closed");
    }

    /// Two who asked: one yes waits for the other, one no is enough.
    async fn everybody_who_asked_is_asked(world) {
        for (second, stage) in [("solved", Stage::Confirmed), ("not_solved", Stage::Disputed)] {
            let (one, target) = world.listed("楼道灯").await;
            let (two, source) = world.received("楼道的灯").await;
            let into = world.matter(target).await.number.expect("a number").to_string();
            let at = MatterAt { matter: MatterRef::Id(source) };
            world.run::<MergeMatter>(&world.desk.caller, at, MergeMatterInput { into, version: None }).await.expect("merged");
            world.work(target).await;
            assert!(world.standing(&two).await.joined);
            assert_eq!(world.answer(&one, "solved").await.expect("taken").stage, Stage::Awaiting);
            assert_eq!(code(world.answer(&one, "solved").await), "answered-already");
            assert_eq!(world.answer(&two, second).await.expect("taken").stage, stage);
        }
    }

    async fn reopening_keeps_the_history_and_asks_again(world) {
        let (said, matter) = world.awaiting("围栏").await;
        world.answer(&said, "solved").await.expect("confirmed");
        let reason = ReasonInput { reason: "又倒了".into(), version: None };
        let at = MatterAt { matter: MatterRef::Id(matter) };
        world.run::<ReopenMatter>(&world.desk.caller, at, reason).await.expect("reopened");
        let view = world.matter(matter).await;
        assert_eq!((view.stage, view.round.raw()), (Stage::Disputed, 2));
        assert!(view.timeline.iter().any(|entry| entry.kind.code() == "matter-confirmed"));
        world.work(matter).await;
        assert_eq!(world.answer(&said, "solved").await.expect("again").stage, Stage::Confirmed);
    }

    /// Two answers of one voice in the same moment: one is taken.
    async fn a_doubled_answer_is_taken_once(world) {
        let (said, _) = world.awaiting("井盖").await;
        let request = || {
            let input = AnswerVoiceInput { verdict: "solved".into(), reason: None, round: None };
            Request::<AnswerVoice>::new(ReceiptAt { code: said.receipt.clone() }, input)
        };
        let resident = Caller::resident();
        let (one, two) = tokio::join!(
            world.app.execute(&resident, &world.place, request()),
            world.app.execute(&resident, &world.place, request()),
        );
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|ok| **ok).count(), 1);
    }
}
