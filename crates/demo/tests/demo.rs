//! The demo is made by the use cases alone, and each story is at its own stage.

use std::collections::BTreeMap;

use linli_app::clock::Clock;
use linli_app::command::{Here, Nothing};
use linli_app::commitments::list::ShowList;
use linli_app::ids::Randomness;
use linli_app::matters::overview::{MattersInput, ShowMatters};
use linli_app::sealing::Keys;
use linli_app::statistics::ShowCommunities;
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
    });
    let demo = build(&app, SEED, now, |_, _| {}).await.expect("built");
    (folder, app, demo)
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

#[tokio::test]
async fn the_same_seed_makes_the_same_demo() {
    let (_one, _, first) = made().await;
    let (_two, _, second) = made().await;
    assert_eq!(first.sign_ins, second.sign_ins);
    assert_eq!(first.receipts, second.receipts);
    for community in ["mill-compound", "tea-village", "grain-village", "town-community"] {
        for role in ["dispatcher", "grid_worker", "volunteer"] {
            assert!(first.sign_ins.iter().any(|one| one.community == community && one.role == role));
        }
    }
}
