//! What is known about somebody: masked, uncovered with a reason, shown to her, corrected, taken back, erased, forgotten.

use linli_app::command::{Here, Nothing};
use linli_app::matters::MatterAt;
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::matters::show::ShowMatter;
use linli_app::outbox::deliver;
use linli_app::voices::Said;
use linli_app::voices::correct::{CorrectVoice, CorrectVoiceFor, CorrectVoiceForInput, CorrectVoiceInput};
use linli_app::voices::erase::{EraseVoice, EraseVoiceFor, EraseVoiceForInput, EraseVoiceInput};
use linli_app::voices::find_contact::{FindContact, FindContactInput};
use linli_app::voices::held::{ShowHeld, ShowHeldFor};
use linli_app::voices::record_answer::VoiceAt;
use linli_app::voices::reveal::{RevealVoice, RevealVoiceInput};
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_app::voices::standing::ReceiptAt;
use linli_app::{Caller, Denied};
use linli_domain::id::{MatterId, VoiceId};
use linli_domain::matters::MatterRef;
use linli_domain::people::Role;
use linli_domain::voices::privacy::{HeldView, NOTICE};
use linli_domain::voices::view::VoiceView;
use linli_testkit::{World, both_engines};

use crate::tasks::code;

const NUMBER: &str = "13912345678";
const PLACE: &str = "3号楼2单元501室";

/// Somebody says something and leaves number and place; her receipt, the matter and the voice.
pub async fn left(world: &World) -> (Said, MatterId, VoiceId) {
    let input = SayVoiceInput {
        text: format!("马桶漏水，打我电话{NUMBER}"),
        contact: Some(NUMBER.into()),
        place: Some(PLACE.into()),
    };
    let said = world.run::<SayVoice>(&Caller::resident(), Here {}, input).await.expect("said");
    let inbox = world.ask::<ShowMatters>(&world.desk.caller, Here {}, MattersInput::default()).await.expect("inbox");
    let matter = inbox.matters[0].id;
    let voice = world.matter(matter).await.voices[0].id;
    (said, matter, voice)
}

pub fn at(said: &Said) -> ReceiptAt {
    ReceiptAt { code: said.receipt.clone() }
}

async fn seen_by(world: &World, caller: &Caller, matter: MatterId) -> VoiceView {
    let named = MatterAt { matter: MatterRef::Id(matter) };
    world.ask::<ShowMatter>(caller, named, Nothing {}).await.expect("a matter").voices.remove(0)
}

async fn reveal(world: &World, by: &Caller, voice: VoiceId, reason: &str) -> Result<(), Denied> {
    let input = RevealVoiceInput { reason: reason.into() };
    world.run::<RevealVoice>(by, VoiceAt { voice }, input).await.map(drop)
}

pub async fn held(world: &World, said: &Said) -> HeldView {
    world.ask::<ShowHeld>(&Caller::resident(), at(said), Nothing {}).await.expect("what is held")
}

pub async fn erase(world: &World, said: &Said, what: &str) -> Result<(), Denied> {
    let input = EraseVoiceInput { what: what.into() };
    world.run::<EraseVoice>(&Caller::resident(), at(said), input).await.map(drop)
}

both_engines! {
    /// P15: masked by default; uncovering needs a reason, holds for one person and ten minutes, and stands in the log.
    async fn a_contact_is_masked_until_somebody_says_why(world) {
        let (said, matter, voice) = left(&world).await;
        let before = seen_by(&world, &world.desk.caller, matter).await;
        assert_eq!(before.contact.as_deref(), Some("139****5678"));
        assert_eq!(before.place.as_deref(), Some("3号楼2单元***室"));
        assert!(before.has_more && !before.uncovered && !before.words.contains(NUMBER));
        for (who, reason, no) in [
            (&world.desk.caller, "curious", "reason: no-such-choice"),
            (&world.desk.caller, "", "reason: no-such-choice"),
            (&world.volunteers[0].caller, "visit", "not-allowed"),
            (&Caller::resident(), "visit", "sign-in-first"),
        ] {
            assert_eq!(code(reveal(&world, who, voice, reason).await), no);
        }
        reveal(&world, &world.desk.caller, voice, "call_back").await.expect("uncovered");
        let open = seen_by(&world, &world.desk.caller, matter).await;
        assert_eq!((open.contact.as_deref(), open.place.as_deref()), (Some(NUMBER), Some(PLACE)));
        assert!(open.uncovered && open.words.contains(NUMBER));
        let colleague = world.member(&world.place, Role::Dispatcher).await;
        assert!(!seen_by(&world, &colleague.caller, matter).await.uncovered, "for one person");
        world.app.clock().advance_us(11 * 60 * 1_000_000);
        assert_eq!(seen_by(&world, &world.desk.caller, matter).await, before, "for ten minutes");
        let looks = held(&world, &said).await.looks;
        assert_eq!(looks.len(), 1);
        assert_eq!((looks[0].who.as_str(), looks[0].reason.as_str()), (world.desk.name.as_str(), "call_back"));
    }

    /// Whoever looks on reads no name, number or door, in words, places and the timeline.
    async fn those_who_look_on_read_nothing_that_names_somebody(world) {
        let (said, matter, voice) = left(&world).await;
        world.list(matter, "修马桶").await.expect("listed");
        world.work(matter).await;
        let input = linli_app::voices::answer::AnswerVoiceInput {
            verdict: "not_solved".into(), reason: Some(format!("还漏，打{NUMBER}")), round: None,
        };
        world.run::<linli_app::voices::answer::AnswerVoice>(&Caller::resident(), at(&said), input).await.expect("no");
        for role in [Role::Auditor, Role::TownOfficer] {
            let onlooker = world.member(&world.place, role).await;
            let named = MatterAt { matter: MatterRef::Id(matter) };
            let seen = world.ask::<ShowMatter>(&onlooker.caller, named, Nothing {}).await.expect("a matter");
            let told = serde_json::to_string(&seen).expect("json");
            assert!(!told.contains(NUMBER) && !told.contains("501"), "{told}");
            assert_eq!(code(reveal(&world, &onlooker.caller, voice, "visit").await), "not-allowed");
        }
    }

    /// P01: which notice was given, and why it may be kept; P07: everything that is held, and the paper's finder learns no number.
    async fn the_owner_sees_everything_that_is_held(world) {
        let (said, matter, voice) = left(&world).await;
        let mine = held(&world, &said).await;
        assert!(mine.words.contains("马桶漏水") && !mine.words.contains(NUMBER));
        assert!(!serde_json::to_string(&world.standing(&said).await).expect("json").contains(NUMBER));
        assert_eq!((mine.contact.as_deref(), mine.place.as_deref()), (Some("139****5678"), Some(PLACE)));
        assert_eq!((mine.notice.as_str(), mine.basis.code()), (NOTICE, "consent"));
        assert_eq!((mine.looks.len(), mine.contact_until, mine.words_until), (0, None, None));
        world.list(matter, "修马桶").await.expect("listed");
        world.work(matter).await;
        let looks = held(&world, &said).await.looks;
        assert_eq!(looks.len(), 1, "the hands that did the work");
        assert_eq!((looks[0].who.as_str(), looks[0].reason.as_str()), (world.volunteers[0].name.as_str(), "task"));
        world.answer(&said, "solved").await.expect("confirmed");
        let now = world.app.clock().now();
        let closed = held(&world, &said).await;
        assert_eq!(closed.contact_until, Some(now.plus_days(90).day()));
        assert_eq!(closed.words_until, Some(now.plus_days(730).day()));
        let read_out = world.ask::<ShowHeldFor>(&world.desk.caller, VoiceAt { voice }, Nothing {}).await.expect("held");
        assert!(!serde_json::to_string(&read_out).expect("json").contains(NUMBER));
    }

    /// P08: what is wrong is corrected, with history; the log still fits.
    async fn the_owner_corrects_what_is_wrong(world) {
        let (said, matter, voice) = left(&world).await;
        let correct = async |text: Option<&str>, contact: Option<&str>| {
            let input = CorrectVoiceInput { text: text.map(Into::into), place: None, contact: contact.map(Into::into) };
            world.run::<CorrectVoice>(&Caller::resident(), at(&said), input).await
        };
        assert_eq!(code(correct(None, None).await), "text: nothing-new");
        assert_eq!(code(correct(None, Some(NUMBER)).await), "nothing-new");
        let done = correct(Some("马桶和水管都漏"), Some("13887654321")).await.expect("corrected");
        assert_eq!(done.fields, ["text", "contact"]);
        let mine = held(&world, &said).await;
        assert_eq!((mine.words.as_str(), mine.place.as_deref()), ("马桶和水管都漏", Some(PLACE)));
        assert_eq!(mine.contact.as_deref(), Some("138****4321"));
        let input = CorrectVoiceForInput {
            place: Some("3号楼2单元502室".into()), channel: "telephone".into(), ..CorrectVoiceForInput::default()
        };
        world.run::<CorrectVoiceFor>(&world.desk.caller, VoiceAt { voice }, input).await.expect("corrected");
        assert_eq!(held(&world, &said).await.place.as_deref(), Some("3号楼2单元502室"));
        assert_fits(&world).await;
        let timeline = world.matter(matter).await.timeline;
        let corrected = timeline.iter().filter(|record| record.kind.code() == "voice-corrected").count();
        assert_eq!(corrected, 2);
    }

    /// P02, P09: taken back and erased with one press; the matter goes on, the log stays whole, and what is gone is gone.
    async fn the_owner_takes_back_and_erases(world) {
        let (said, matter, voice) = left(&world).await;
        world.list(matter, "修马桶").await.expect("listed");
        reveal(&world, &world.desk.caller, voice, "visit").await.expect("uncovered");
        erase(&world, &said, "contact").await.expect("taken back");
        assert_eq!(code(erase(&world, &said, "contact").await), "nothing-there");
        let seen = seen_by(&world, &world.desk.caller, matter).await;
        assert_eq!((seen.contact, seen.place, seen.uncovered), (None, None, false));
        erase(&world, &said, "everything").await.expect("erased");
        assert_eq!(code(erase(&world, &said, "everything").await), "erased-already");
        assert_eq!(code(reveal(&world, &world.desk.caller, voice, "visit").await), "erased-already");
        let seen = seen_by(&world, &world.desk.caller, matter).await;
        assert!(seen.erased && seen.words.is_empty());
        let report = assert_fits(&world).await;
        assert!(report.erased >= 1);
        // Her say in the matter is not erased with her words.
        world.work(matter).await;
        world.answer(&said, "solved").await.expect("confirmed");
        assert!(world.standing(&said).await.erased);
    }

    /// Whoever had the work in hand before her words went to another matter has looked, too.
    async fn those_who_looked_before_a_merge_are_told(world) {
        let (_, target) = world.listed("水管坏了").await;
        let (said, matter, _) = left(&world).await;
        world.list(matter, "修马桶").await.expect("listed");
        world.work(matter).await;
        world.answer(&said, "not_solved").await.expect("disputed");
        let into = world.matter(target).await.number.expect("a number").to_string();
        let named = MatterAt { matter: MatterRef::Id(matter) };
        let input = linli_app::matters::merge::MergeMatterInput { into, version: None };
        world.run::<linli_app::matters::merge::MergeMatter>(&world.desk.caller, named, input).await.expect("merged");
        let looks = held(&world, &said).await.looks;
        assert_eq!(looks.iter().map(|look| look.reason.as_str()).collect::<Vec<_>>(), ["task"]);
        erase(&world, &said, "everything").await.expect("erased");
        assert_fits(&world).await;
        // Nothing of hers can be opened any more, in either matter.
        let timeline = world.matter(target).await.timeline.into_iter().chain(world.matter(matter).await.timeline);
        for record in timeline.filter(|record| record.kind.code().starts_with("voice-disputed")) {
            assert!(record.details.iter().all(|(name, _)| name != "reason"), "{record:?}");
        }
    }

    /// Officials cannot make a voice disappear by themselves: only the secretary, with a reason, on the record.
    async fn the_desk_erases_only_with_a_reason(world) {
        let (_, matter, voice) = left(&world).await;
        let input = |reason: &str| EraseVoiceForInput {
            what: "everything".into(), channel: "desk".into(), reason: reason.into(),
        };
        let by = async |caller: &Caller, reason: &str| {
            world.run::<EraseVoiceFor>(caller, VoiceAt { voice }, input(reason)).await
        };
        let secretary = world.member(&world.place, Role::Secretary).await.caller;
        assert_eq!(code(by(&world.desk.caller, "她来了").await), "not-allowed");
        assert_eq!(code(by(&secretary, " ").await), "reason: text-empty");
        by(&secretary, "本人来值班室").await.expect("erased");
        let last = world.matter(matter).await.timeline.pop().expect("an entry");
        assert_eq!(last.kind.code(), "voice-erased");
        assert!(last.details.iter().any(|(name, text)| name == "reason" && text == "本人来值班室"));
        assert_eq!(world.matter(matter).await.stage.code(), "received", "the matter stays where it was");
    }

    /// However it is written down, a number finds its voices; looking is recorded; other communities are other keys.
    async fn a_number_finds_its_voices(world) {
        let (said, matter, _) = left(&world).await;
        let find = async |contact: &str| {
            let input = FindContactInput { contact: contact.into() };
            world.run::<FindContact>(&world.desk.caller, Here {}, input).await.expect("looked").voices
        };
        for written in ["13912345678", "139 1234 5678", "139-1234-5678", "+86 13912345678", "１３９１２３４５６７８", "电话139 1234 5678"] {
            let found = find(written).await;
            assert_eq!(found.iter().map(|voice| voice.matter).collect::<Vec<_>>(), [matter], "{written}");
            assert!(!found[0].words.contains(NUMBER));
        }
        assert!(find("13912345679").await.is_empty());
        assert!(held(&world, &said).await.looks.iter().all(|look| look.reason == "looked_up"));
        let neighbour = world.neighbour().await;
        let stranger = world.member(&neighbour, Role::Dispatcher).await.caller;
        let input = FindContactInput { contact: NUMBER.into() };
        let request = linli_app::command::Request::<FindContact>::new(Here {}, input);
        let there = world.app.execute(&stranger, &neighbour, request).await.expect("looked");
        assert!(there.voices.is_empty());
        erase(&world, &said, "contact").await.expect("taken back");
        assert!(find(NUMBER).await.is_empty());
    }
}

/// The log of this world's community fits all that is in the database.
pub async fn assert_fits(world: &World) -> linli_app::audit::verify::Report {
    deliver(&world.app, &world.place).await.expect("delivered");
    let report = linli_app::audit::verify::verify(&world.app, &world.place, vec![]).await.expect("checked");
    assert_eq!(report.findings, []);
    report
}
