//! Who sees what, and what lies on the disk.

use linli_app::Caller;
use linli_app::command::{Here, Nothing};
use linli_app::matters::MatterAt;
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::tasks::TaskAt;
use linli_app::tasks::dispatch::{DispatchTask, DispatchTaskInput};
use linli_app::tasks::show::ShowTask;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::voices::standing::{ReceiptAt, ShowStanding};
use linli_domain::matters::MatterRef;
use linli_domain::voices::RECEIPT_DAYS;
use linli_testkit::{Engine, World, both_engines};

use crate::tasks::code;

const CANARY: &str = "13912345678";

/// Contact and place are sealed before they touch the database: no byte of them is in any of its files.
#[tokio::test]
async fn a_canary_number_is_in_no_file() {
    let world = World::new(Engine::Sqlite).await;
    let input =
        SayVoiceInput {
            text: "灯坏了".into(), contact: Some(CANARY.into()), place: Some("金丝雀巷九号".into())
        };
    let said = world.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said");
    let (_, matter) = world.listed("再来一件").await;
    world.work(matter).await;
    let mut looked_at = 0;
    for entry in std::fs::read_dir(world.folder()).expect("folder").flatten() {
        if let Ok(bytes) = std::fs::read(entry.path()) {
            looked_at += 1;
            for secret in [CANARY.as_bytes(), "金丝雀巷".as_bytes(), said.receipt.as_bytes()] {
                assert!(!bytes.windows(secret.len()).any(|w| w == secret), "{:?}", entry.path());
            }
        }
    }
    assert!(looked_at >= 2, "database and log");
}

both_engines! {
    async fn the_contact_is_for_the_desk_and_for_the_hands_that_hold_the_task(world) {
        let input = SayVoiceInput { text: "马桶漏水".into(), contact: Some(CANARY.into()), place: Some("三楼".into()) };
        let said = world.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said");
        let inbox = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await;
        let matter = inbox.expect("inbox").matters[0].id;
        world.list(matter, "修马桶").await.expect("listed");
        assert_eq!(world.matter(matter).await.voices[0].contact.as_deref(), Some("139****5678"));
        // C65: the desk quotes the number in its instruction.
        let input = DispatchTaskInput { instruction: Some(format!("去之前打{CANARY}")), ..DispatchTaskInput::default() };
        let at = MatterAt { matter: MatterRef::Id(matter) };
        let task = world.run::<DispatchTask>(&world.desk.caller, at, input).await.expect("offered").id;
        let open = world.ask::<ShowTask>(&world.volunteers[1].caller, TaskAt { task }, Nothing {}).await.expect("offered");
        let told = serde_json::to_string(&open).expect("json");
        assert!(!told.contains(CANARY) && told.contains("139****5678"), "{told}");
        world.accept(&world.volunteers[0], task).await.expect("accepted");
        let mine = world.ask::<ShowTask>(&world.volunteers[0].caller, TaskAt { task }, Nothing {}).await.expect("mine");
        assert_eq!(mine.asked_by[0].contact.as_deref(), Some(CANARY));
        assert!(mine.instruction.contains(CANARY));
        let hers = serde_json::to_string(&world.standing(&said).await).expect("json");
        assert!(!hers.contains(CANARY), "a receipt shows no contact: whoever finds the paper learns nothing");
    }

    /// Wrong, expired and never issued are one answer.
    async fn a_receipt_opens_its_own_page_for_its_time(world) {
        let said = world.say("灯").await;
        let ask = async |code: &str| {
            world.ask::<ShowStanding>(&Caller::resident(), ReceiptAt { code: code.into() }, Nothing {}).await
        };
        assert!(ask(&said.receipt_spaced).await.is_ok(), "as it was read out");
        let mut wrong = said.receipt.clone();
        wrong.replace_range(19..20, if said.receipt.ends_with('0') { "1" } else { "0" });
        for none in [wrong.as_str(), "0", "", "\0", "99990000000000000000"] {
            assert_eq!(code(ask(none).await), "no-such-receipt", "{none:?}");
        }
        let neighbour = world.neighbour().await;
        let there = world
            .app
            .ask::<ShowStanding>(&Caller::resident(), &neighbour, ReceiptAt { code: said.receipt.clone() }, Nothing {})
            .await;
        assert_eq!(code(there), "no-such-receipt", "in another community");
        world.app.clock().advance_days(RECEIPT_DAYS + 1);
        assert_eq!(code(ask(&said.receipt).await), "no-such-receipt", "expired");
    }

    /// The log can never be erased: no words, no contact, no place in it.
    async fn the_log_holds_nobodys_words(world) {
        let input = SayVoiceInput { text: "王婆婆家漏水".into(), contact: Some(CANARY.into()), place: Some("三楼".into()) };
        world.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said");
        let inbox = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await;
        let matter = inbox.expect("inbox").matters[0].id;
        let told = serde_json::to_string(&world.matter(matter).await.timeline).expect("json");
        for secret in ["王婆婆", CANARY, "三楼"] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}
