//! The demo is made by the use cases alone, and each story is at its own stage.

use std::collections::BTreeMap;

use linli_app::audit::guard::Guard;
use linli_app::audit::verify::verify;
use linli_app::clock::Clock;
use linli_app::command::{Here, Nothing};
use linli_app::commitments::list::ShowList;
use linli_app::ids::Randomness;
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::sealing::Keys;
use linli_app::statistics::ShowCommunities;
use linli_app::voices::erased::Journal;
use linli_app::{App, Caller, Parts};
use linli_demo::{Demo, HISTORY_DAYS, SEED, build};
use linli_domain::matters::Stage;
use linli_domain::time::Timestamp;
use linli_store::{Location, Settings, Store};

async fn made() -> (tempfile::TempDir, App, Demo) {
    let folder = tempfile::tempdir().expect("folder");
    let location = Location::Sqlite(folder.path().join("demo.db"));
    let now = Timestamp::parse("2026-06-30 20:00:00").expect("time");
    let app = App::new(Parts {
        store: Store::open(&location, Settings::default()).await.expect("store"),
        clock: Clock::at(now.plus_days(-HISTORY_DAYS)),
        keys: Keys::derive(&[1; 32]),
        random: Randomness::seeded(1),
        node: 1,
        photos: folder.path().join("photos"),
        guard: Guard::open(folder.path().join("data.signed")).expect("what was signed"),
        journal: Journal::new(folder.path().join("data.erased")),
    });
    let demo = build(&app, SEED, now, |_, _| {}).await.expect("built");
    (folder, app, demo)
}

#[tokio::test]
async fn every_log_of_the_demo_is_whole() {
    let (_folder, app, _) = made().await;
    for place in app.communities().await.expect("places") {
        let report = verify(&app, &place, vec![]).await.expect("checked");
        assert!(report.entries > 50, "{}", place.slug);
        assert_eq!((report.waiting, report.findings), (0, vec![]), "{}", place.slug);
    }
}

#[tokio::test]
async fn the_list_village_and_the_town_are_what_the_stories_say() {
    let (_folder, app, demo) = made().await;
    let village = app.community("grain-village").await.expect("village");
    let list = app.read(&Caller::resident(), &village, ShowList::whole(1_000)).await.expect("list");
    let mut numbers: Vec<i64> =
        list.groups.iter().flat_map(|group| group.entries.iter().map(|entry| entry.number.raw())).collect();
    numbers.sort_unstable();
    assert_eq!((list.groups.len(), list.totals.listed), (16, 54));
    assert_eq!(numbers, (1..=54).collect::<Vec<_>>(), "without gaps");
    assert!(list.totals.confirmed > 20 && list.totals.open > 10 && list.totals.no_answer > 0);

    let front = app.ask::<ShowCommunities>(&Caller::resident(), &App::instance(), Here {}, Nothing {}).await;
    let town = front.expect("front").communities.into_iter().find(|one| one.slug == "town-community").expect("town");
    let place = app.community("town-community").await.expect("town");
    let mut by_stage: BTreeMap<&str, usize> = BTreeMap::new();
    for stage in Stage::ALL {
        let mut input = MattersInput { stage: Some(stage.code().into()), cursor: None };
        loop {
            let page = app.ask::<ShowMatters>(&Caller::system(), &place, Here {}, input.clone()).await.expect("page");
            *by_stage.entry(stage.code()).or_default() += page.matters.len();
            input.cursor = page.next;
            if input.cursor.is_none() {
                break;
            }
        }
    }
    assert!(by_stage.values().all(|count| *count > 0), "every stage is to be seen: {by_stage:?}");
    let handled = by_stage["confirmed"] + by_stage["no_answer"] + by_stage["declined"];
    assert!(handled > 300, "{by_stage:?}");
    assert_eq!(usize::try_from(town.totals.confirmed).expect("count"), by_stage["confirmed"]);
    assert!(demo.receipts.iter().any(|one| one.stage == Stage::Awaiting && one.community == "grain-village"));
}

const COMMUNITIES: [&str; 4] = ["mill-compound", "tea-village", "grain-village", "town-community"];

/// The public list and the inbox of each community, as they are sent out.
async fn told(app: &App) -> Vec<String> {
    let mut told = Vec::new();
    for slug in COMMUNITIES {
        let place = app.community(slug).await.expect("community");
        let list = app.read(&Caller::resident(), &place, ShowList::whole(1_000)).await.expect("list");
        let received = MattersInput { stage: Some(Stage::Received.code().into()), cursor: None };
        let inbox = app.ask::<ShowMatters>(&Caller::system(), &place, Here {}, received).await.expect("inbox");
        told.push(serde_json::to_string(&list).expect("list"));
        told.push(serde_json::to_string(&inbox).expect("inbox"));
    }
    told
}

/// C23: nothing that was declined or merged uses up a number, and no community has a gap.
#[tokio::test]
async fn numbers_are_gapless_and_something_waits_for_an_answer_everywhere() {
    let (_folder, app, demo) = made().await;
    for slug in COMMUNITIES {
        let place = app.community(slug).await.expect("community");
        let list = app.read(&Caller::resident(), &place, ShowList::whole(1_000)).await.expect("list");
        let mut numbers: Vec<i64> =
            list.groups.iter().flat_map(|group| group.entries.iter().map(|entry| entry.number.raw())).collect();
        numbers.sort_unstable();
        let most = i64::try_from(numbers.len()).expect("count");
        assert_eq!(numbers, (1..=most).collect::<Vec<_>>(), "{slug}");
        let waits = |one: &&linli_demo::DemoReceipt| one.community == slug && one.stage == Stage::Awaiting;
        assert!(demo.receipts.iter().any(|one| waits(&one)), "{slug}");
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_demo() {
    let (_one, one, first) = made().await;
    let (_two, two, second) = made().await;
    assert_eq!(told(&one).await, told(&two).await, "what the lists and the inboxes say");
    assert_eq!(first.sign_ins, second.sign_ins);
    assert_eq!(first.receipts, second.receipts);
    for community in COMMUNITIES {
        for (role, least) in [("dispatcher", 1), ("grid_worker", 1), ("volunteer", 2)] {
            let there = first.sign_ins.iter().filter(|one| one.community == community && one.role == role);
            assert!(there.count() >= least, "{community} {role}");
        }
    }
}
