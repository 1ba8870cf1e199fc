//! Listing, declining, merging, parts, stale edits, and texts that cannot be taken.

use linli_app::Caller;
use linli_app::command::Here;
use linli_app::commitments::list::{ListInput, ShowList};
use linli_app::matters::MatterAt;
use linli_app::matters::attach::{AttachMatter, AttachMatterInput};
use linli_app::matters::decline::{DeclineMatter, ReasonInput};
use linli_app::matters::edit::EditMatter;
use linli_app::matters::list::ListMatter;
use linli_app::matters::merge::{MergeMatter, MergeMatterInput};
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::matters::timeline::{ShowTimeline, TimelineInput};
use linli_domain::id::MatterId;
use linli_domain::matters::{MatterRef, Stage};
use linli_testkit::{World, both_engines};

use crate::tasks::code;

fn at(matter: MatterId) -> MatterAt {
    MatterAt { matter: MatterRef::Id(matter) }
}

async fn number(world: &World, matter: MatterId) -> String {
    world.matter(matter).await.number.expect("a number").to_string()
}

async fn merge(world: &World, source: MatterId, into: String) -> String {
    let input = MergeMatterInput { into, version: None };
    code(world.run::<MergeMatter>(&world.desk.caller, at(source), input).await)
}

both_engines! {
    async fn the_reason_of_a_decline_reaches_the_one_who_asked(world) {
        let (said, matter) = world.received("想在楼下开店").await;
        let reason = ReasonInput { reason: "要先去所里登记".into(), version: None };
        world.run::<DeclineMatter>(&world.desk.caller, at(matter), reason.clone()).await.expect("declined");
        let standing = world.standing(&said).await;
        assert_eq!((standing.stage, standing.declined_because.as_deref()), (Stage::Declined, Some("要先去所里登记")));
        assert_eq!(code(world.list(matter, "开店").await), "matter-declined");
        let (_, listed) = world.listed("路灯").await;
        assert_eq!(code(world.run::<DeclineMatter>(&world.desk.caller, at(listed), reason).await), "matter-on-the-list");
    }

    /// C25: whoever saves second is told, and nothing of the first is lost.
    async fn a_stale_edit_is_refused(world) {
        let (_, matter) = world.listed("修路").await;
        let version = Some(world.matter(matter).await.version);
        let first = linli_app::matters::list::ListingInput { version, ..world.listing("修一组的路") };
        let second = linli_app::matters::list::ListingInput { version, ..world.listing("修二组的路") };
        world.run::<EditMatter>(&world.desk.caller, at(matter), first).await.expect("first");
        assert_eq!(code(world.run::<EditMatter>(&world.desk.caller, at(matter), second.clone()).await), "stale");
        let view = world.matter(matter).await;
        assert_eq!(view.listing.expect("listing").wording, "修一组的路");
        let edited = view.timeline.iter().find(|entry| entry.kind.code() == "matter-edited").expect("in the log");
        assert!(edited.details.contains(&("wording_was".into(), "修路".into())), "what stood there stays in the log");
        // Merged away meanwhile: she is told where it went.
        let (_, target) = world.listed("修桥").await;
        let into = number(&world, target).await;
        assert!(merge(&world, matter, into).await.starts_with("done"));
        assert_eq!(code(world.run::<EditMatter>(&world.desk.caller, at(matter), second).await), "matter-merged-away");
    }

    /// C21, C23: never an open voice under a red entry, and the same totals everywhere.
    async fn merging_keeps_voices_and_totals(world) {
        let (_, red) = world.listed("已办好的").await;
        let mut matters = Vec::new();
        for n in 0..4 {
            matters.push(world.listed(&format!("第{n}件")).await);
        }
        let task = world.work(red).await;
        assert!(task.raw() > 0);
        let open = number(&world, matters[0].1).await;
        let closed = number(&world, red).await;
        assert_eq!(merge(&world, matters[1].1, closed).await, "matter-target-not-open", "its owners are being asked");
        assert!(merge(&world, matters[1].1, open.clone()).await.starts_with("done"));
        assert!(merge(&world, matters[2].1, open.clone()).await.starts_with("done"));
        assert_eq!(merge(&world, matters[0].1, open).await, "matter-into-itself");
        let gone = number(&world, matters[1].1).await;
        assert_eq!(merge(&world, matters[3].1, gone).await, "matter-merged-away");
        assert_eq!(merge(&world, matters[3].1, "999".into()).await, "no-such-matter");
        assert_eq!(merge(&world, matters[3].1, "x".into()).await, "into: no-such-choice");
        let target = world.matter(matters[0].1).await;
        assert_eq!(target.voices.len(), 3, "every voice with its words");
        assert!(world.standing(&matters[1].0).await.joined);
        let list = world.ask::<ShowList>(&Caller::resident(), Here {}, ListInput::default()).await.expect("list");
        let entries: usize = list.groups.iter().map(|group| group.entries.len()).sum();
        assert_eq!((list.totals.listed, list.totals.open, list.totals.merged, entries), (5, 3, 2, 5));
        assert!(list.groups[0].entries.iter().filter(|entry| entry.merged_into.is_some()).count() == 2, "no number missing without a word");
    }

    async fn a_part_holds_its_whole_open_and_opens_it_again(world) {
        let (whole_said, whole) = world.listed("整治老街").await;
        let (part_said, part) = world.listed("通排水沟").await;
        let parent = number(&world, whole).await;
        let input = AttachMatterInput { parent, version: None };
        world.run::<AttachMatter>(&world.desk.caller, at(part), input).await.expect("attached");
        world.work(whole).await;
        assert_eq!(world.matter(whole).await.stage, Stage::Working, "its part is not closed");
        world.work(part).await;
        world.answer(&part_said, "solved").await.expect("the part is confirmed");
        assert_eq!(world.matter(whole).await.stage, Stage::Awaiting, "now its owner is asked");
        world.answer(&whole_said, "solved").await.expect("confirmed");
        let reason = ReasonInput { reason: "又堵了".into(), version: None };
        world.run::<linli_app::matters::reopen::ReopenMatter>(&world.desk.caller, at(part), reason).await.expect("reopened");
        assert_eq!(world.matter(whole).await.stage, Stage::Disputed, "no closed whole has an open part");
    }

    /// C06 and its kind: refused before a number or a receipt is used up.
    async fn what_cannot_be_seen_is_no_text(world) {
        use linli_app::voices::say::{SayVoice, SayVoiceInput};
        for unseen in ["", " ", "\u{200B}\u{3000}\u{A0}", "\u{202E}", "\n\t\r"] {
            let input = SayVoiceInput { text: unseen.into(), contact: None, place: None };
            assert_eq!(code(world.run::<SayVoice>(&Caller::resident(), Here {}, input).await), "text: text-empty");
        }
        let (_, matter) = world.received("灯").await;
        let listing = linli_app::matters::list::ListingInput { responsible: "\u{FEFF}".into(), ..world.listing("\u{2060}") };
        assert_eq!(
            code(world.run::<ListMatter>(&world.desk.caller, at(matter), listing).await),
            "wording: text-empty, responsible: text-empty"
        );
        let moved = world.list(matter, "修灯").await.expect("listed");
        assert_eq!(moved.number.expect("a number").raw(), 1, "no number was used up");
    }

    async fn a_wording_with_somebodys_number_is_refused_with_a_masked_one(world) {
        let (_, matter) = world.received("灯").await;
        let outcome = world.list(matter, "联系张三13800138000修灯").await;
        let Err(linli_app::Denied::Fields(fields)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(fields[0].refusal.code, "wording-is-personal");
        assert!(fields[0].refusal.args[0].1.contains("138****8000"));
    }

    async fn choices_of_another_community_are_no_choices(world) {
        let (_, matter) = world.received("灯").await;
        let neighbour = world.neighbour().await;
        let desk = world.member(&neighbour, linli_domain::people::Role::Dispatcher).await;
        let theirs = world
            .app
            .ask::<linli_app::places::setup::ShowChoices>(&desk.caller, &neighbour, Here {}, linli_app::command::Nothing {})
            .await
            .expect("choices");
        let mut listing = world.listing("修灯");
        listing.group = theirs.groups[0].id.to_string();
        assert_eq!(code(world.run::<ListMatter>(&world.desk.caller, at(matter), listing).await), "no-such-group");
    }

    /// Pages by id: each matter exactly once, newest first.
    async fn the_inbox_pages_through_everything_once(world) {
        for n in 0..120 {
            world.say(&format!("第{n}件")).await;
        }
        let mut seen = Vec::new();
        let mut input = MattersInput { stage: Some("received".into()), cursor: None };
        loop {
            let page = world.ask::<ShowMatters>(&world.desk.caller, Here {}, input.clone()).await.expect("page");
            seen.extend(page.matters.iter().map(|line| line.id));
            input.cursor = page.next;
            if input.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 120);
        assert!(seen.windows(2).all(|two| two[0] > two[1]));
        for bad in ["%ff", "-1", "0", "x", "99999999999999999999"] {
            let input = MattersInput { stage: None, cursor: Some(bad.into()) };
            assert_eq!(code(world.ask::<ShowMatters>(&world.desk.caller, Here {}, input).await), "cursor: no-such-choice");
        }
    }

    /// C71: equal stamps lose nothing: the clock stands still through all of this.
    async fn the_timeline_pages_by_entry(world) {
        let (_, matter) = world.listed("路").await;
        for n in 0..30 {
            world.run::<EditMatter>(&world.desk.caller, at(matter), world.listing(&format!("修路{n}"))).await.expect("edited");
        }
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let input = TimelineInput { after, most: Some(7) };
            let page = world.ask::<ShowTimeline>(&world.desk.caller, at(matter), input).await.expect("page");
            seen.extend(page.entries.iter().map(|entry| entry.id));
            after = page.next.map(|id| id.to_string());
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 32);
        assert!(seen.windows(2).all(|two| two[0] < two[1]));
    }
}
