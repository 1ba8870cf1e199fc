//! How a command ends: kept whole, or without a row, whatever becomes of its neighbours.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use linli_domain::id::AreaId;
use linli_store::{Fault, Location, Settings, Stop, Store, Tx, Work, places};
use linli_testkit::Engine;
use linli_testkit::cluster::cluster;

/// What a piece of work does after it wrote a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Commit,
    Refuse,
    Panic,
    Await,
    /// Fails at a statement, and carries on as if nothing had been.
    CarryOn,
    /// Finds that its row moved, this many times.
    Race(usize),
}

struct Add {
    id: i64,
    then: Then,
    runs: Arc<AtomicUsize>,
}

impl Add {
    fn new(id: i64, then: Then) -> Self {
        Self { id, then, runs: Arc::default() }
    }
}

impl Work for Add {
    type Out = ();
    fn name(&self) -> &'static str {
        "add-area"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        let run = self.runs.fetch_add(1, Ordering::SeqCst);
        places::add_area(tx, AreaId::new(self.id), &format!("area {}", self.id), None).await?;
        match self.then {
            Then::Commit => Ok(()),
            Then::Refuse => Err(linli_domain::refusal::CommonRefusal::NotAllowed.into()),
            Then::Panic => panic!("planted"),
            Then::Await => {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(())
            }
            Then::CarryOn => {
                // A community without its area: a foreign key that does not hold.
                let id = linli_domain::id::CommunityId::new(self.id);
                let nowhere = AreaId::new(-1);
                let failed = places::add_community(tx, id, self.id, "x", nowhere, "x", "x", "x", "x", 7).await;
                assert!(failed.is_err());
                let _ = places::add_area(tx, AreaId::new(self.id + 1), "after", None).await;
                Ok(())
            }
            Then::Race(times) => {
                if run < times {
                    Err(Stop::Raced)
                } else {
                    Ok(())
                }
            }
        }
    }
}

struct Find(i64);

impl Work for Find {
    type Out = bool;
    fn name(&self) -> &'static str {
        "find-area"
    }
    async fn run(&self, tx: &Tx) -> Result<bool, Stop> {
        Ok(places::area(tx, &format!("area {}", self.0)).await?.is_some())
    }
}

async fn opened(engine: Engine) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("folder");
    let location = match engine {
        Engine::Sqlite => Location::Sqlite(folder.path().join("a.db")),
        Engine::Postgres => cluster().await.own().await,
    };
    (folder, Store::open(&location, Settings::default()).await.expect("opens"))
}

#[tokio::test]
async fn what_does_not_end_well_leaves_no_row() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_folder, store) = opened(engine).await;
        for (id, then) in [(10, Then::Refuse), (20, Then::Panic), (30, Then::CarryOn)] {
            let outcome = store.write(Add::new(id, then)).await;
            assert!(outcome.is_err(), "{engine:?} {then:?} says that it was done");
            assert!(!store.read(Find(id)).await.expect("reads"), "{engine:?} {then:?} left a row");
        }
        store.write(Add::new(40, Then::Commit)).await.expect("the next is not hurt");
        assert!(store.read(Find(40)).await.expect("reads"));
    }
}

#[tokio::test]
async fn neighbours_in_a_group_are_not_hurt() {
    let (_folder, store) = opened(Engine::Sqlite).await;
    let mut waiting = Vec::new();
    for id in 0..300_i64 {
        let then = [Then::Commit, Then::Refuse, Then::Panic, Then::Await][usize::try_from(id % 4).expect("small")];
        let store = store.clone();
        waiting.push(tokio::spawn(async move { (id, then, store.write(Add::new(id, then)).await) }));
    }
    for one in waiting {
        let (id, then, outcome) = one.await.expect("ends");
        assert_eq!(outcome.is_ok(), then == Then::Commit, "{id} {then:?} {outcome:?}");
        assert_eq!(store.read(Find(id)).await.expect("reads"), then == Then::Commit, "{id} {then:?}");
    }
}

#[tokio::test]
async fn what_waits_for_anything_else_is_named_and_undone_on_sqlite() {
    let (_folder, store) = opened(Engine::Sqlite).await;
    let outcome = store.write(Add::new(1, Then::Await)).await;
    assert!(matches!(&outcome, Err(Stop::Fault(Fault::Bug(what))) if what.contains("add-area")), "{outcome:?}");
    assert!(!store.read(Find(1)).await.expect("reads"));
}

#[tokio::test]
async fn a_race_is_run_again_three_times_and_then_told() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_folder, store) = opened(engine).await;
        let won = Add::new(1, Then::Race(3));
        let runs = Arc::clone(&won.runs);
        store.write(won).await.expect("the fourth run wins");
        assert_eq!(runs.load(Ordering::SeqCst), 4);
        let lost = Add::new(2, Then::Race(4));
        let runs = Arc::clone(&lost.runs);
        assert!(matches!(store.write(lost).await, Err(Stop::Refused(refusal)) if refusal.code == "raced"));
        assert_eq!(runs.load(Ordering::SeqCst), 4);
        assert!(!store.read(Find(2)).await.expect("reads"));
    }
}

#[tokio::test]
async fn a_caller_who_hangs_up_stops_nothing_half_way() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_folder, store) = opened(engine).await;
        let calling = store.clone();
        let call = tokio::spawn(async move { calling.write(Add::new(1, Then::Commit)).await });
        tokio::task::yield_now().await;
        call.abort();
        for _ in 0..200 {
            // Either it had not begun, or it is there whole: never a connection that stays in a transaction.
            if store.read(Find(1)).await.expect("reads") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        store.write(Add::new(2, Then::Commit)).await.expect("the store goes on");
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_folder, store) = opened(engine).await;
        assert!(store.read(Add::new(1, Then::Commit)).await.is_err(), "{engine:?}");
        assert!(!store.read(Find(1)).await.expect("reads"));
    }
}

/// A disk without room: the answer says so, nothing of it stays, and with room again the store goes on.
#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().expect("folder");
    let location = Location::Sqlite(folder.path().join("a.db"));
    let store = Store::open(&location, Settings::default()).await.expect("opens");
    linli_store::check::limit_pages(&store, 80).await.expect("limited");
    let mut full = None;
    for id in 0..20_000 {
        match store.write(Add::new(id, Then::Commit)).await {
            Ok(()) => {}
            Err(stop) => {
                full = Some((id, stop));
                break;
            }
        }
    }
    let (id, stop) = full.expect("eighty pages are not enough");
    assert_eq!(stop, Stop::Fault(Fault::Full));
    assert!(!store.read(Find(id)).await.expect("reads"));
    assert!(store.read(Find(id - 1)).await.expect("reads"), "what was acknowledged is there");
    linli_store::check::limit_pages(&store, 1_000_000).await.expect("room again");
    store.write(Add::new(id, Then::Commit)).await.expect("goes on");
}
