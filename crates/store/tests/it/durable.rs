//! What was acknowledged survives a kill.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use linli_domain::id::AreaId;
use linli_store::{Location, Settings, Stop, Store, Tx, Work, places};

struct Add(i64);

impl Work for Add {
    type Out = ();
    fn name(&self) -> &'static str {
        "add-area"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        places::add_area(tx, AreaId::new(self.0), &format!("area {}", self.0), None).await.map(drop)
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

/// The writer: this very test binary, run again with a folder in its environment. It prints what was acknowledged.
#[tokio::test]
async fn writer_of_the_kill_test() {
    let Ok(folder) = std::env::var("LINLI_KILL_TEST") else { return };
    let location = Location::Sqlite(std::path::Path::new(&folder).join("a.db"));
    let store = Store::open(&location, Settings::default()).await.expect("opens");
    let first: i64 = std::env::var("LINLI_KILL_FIRST").expect("a number").parse().expect("a number");
    let mut callers = Vec::new();
    for caller in 0..8_i64 {
        let store = store.clone();
        callers.push(tokio::spawn(async move {
            for n in 0..1_000_000_i64 {
                let id = first + n * 8 + caller;
                store.write(Add(id)).await.expect("written");
                println!("acknowledged {id}");
            }
        }));
    }
    for caller in callers {
        caller.await.expect("ends");
    }
}

#[tokio::test]
async fn kill_nine_loses_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("folder");
    let mut acknowledged: Vec<i64> = Vec::new();
    for cycle in 0..3_i64 {
        let mut child = Command::new(std::env::current_exe().expect("this binary"))
            .args(["durable::writer_of_the_kill_test", "--exact", "--nocapture"])
            .env("LINLI_KILL_TEST", folder.path())
            .env("LINLI_KILL_FIRST", (1 + cycle * 100_000_000).to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("output")).lines();
        let mut in_cycle = 0;
        while let Some(Ok(line)) = lines.next() {
            if let Some((_, id)) = line.split_once("acknowledged ") {
                acknowledged.push(id.trim().parse().expect("a number"));
                in_cycle += 1;
            }
            if in_cycle == 300 {
                child.kill().expect("killed");
            }
        }
        child.wait().expect("ended");
        assert!(in_cycle >= 300, "a cycle with {in_cycle} acknowledged writes proves nothing");
    }
    let location = Location::Sqlite(folder.path().join("a.db"));
    let store = Store::open(&location, Settings::default()).await.expect("opens again");
    for id in acknowledged {
        assert!(store.read(Find(id)).await.expect("reads"), "{id} was acknowledged and is gone");
    }
}

/// Whoever changes keys has to know whether another server runs on the same database.
#[tokio::test]
async fn another_client_is_seen() {
    let location = linli_testkit::cluster::cluster().await.own().await;
    let alone = Settings { connections: 1, ..Settings::default() };
    let one = Store::open(&location, alone).await.expect("opens");
    assert_eq!(one.others().await, Ok(0));
    let two = Store::open(&location, alone).await.expect("opens");
    assert_eq!(one.others().await, Ok(1));
    drop(two);
}
