//! `kill -9` of the real server under load, again and again: nothing that was acknowledged may be gone.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use linli_app::Caller;
use linli_app::commitments::list::ShowList;
use linli_testkit::random::random_run;
use linli_testkit::{Engine, World, hashes};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::http::Client;
use crate::script::Kind;
use crate::server::Server;

/// Acknowledged writes without which a cycle proves nothing.
const LEAST: usize = 20;
/// Random commands on the model and on both engines, and the seed they follow from.
const COMMANDS: usize = 10_000;
const SEED: u64 = 2_941;
/// Callers while the server is killed.
const CALLERS: usize = 16;

/// Runs `cycles` on each engine.
pub async fn run(cycles: usize) -> ExitCode {
    let mut failed = false;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        match torture(engine, cycles).await {
            Ok(acknowledged) => println!("{engine:?}: {cycles} kills, {acknowledged} acknowledged, 0 lost"),
            Err(what) => {
                eprintln!("{engine:?}: {what}");
                failed = true;
            }
        }
    }
    println!("the same {COMMANDS} random commands on the rules, SQLite and PostgreSQL, with panics in between …");
    same_rows().await;
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Rules and engines agree after every command, or this panics.
async fn same_rows() {
    let mut ends = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let world = World::seeded(engine, SEED).await;
        let taken = random_run(&world, COMMANDS, SEED, 97).await;
        println!("{engine:?}: {taken} of {COMMANDS} were taken, the others refused, by the store as by the rules");
        ends.push(hashes::rows(&world.location).await);
    }
    assert_eq!(ends[0], ends[1], "equal rows in every table");
    println!("equal rows in all {} tables", ends[0].len());
}

async fn torture(engine: Engine, cycles: usize) -> Result<usize, String> {
    let mut server = Server::start(engine).await;
    let desks = desks(&server).await?;
    let mut all = Vec::new();
    for cycle in 0..cycles {
        let receipts = Arc::new(Mutex::new(Vec::new()));
        let mut callers = tokio::task::JoinSet::new();
        for n in 0..CALLERS {
            callers.spawn(work(server.port, desks[n % desks.len()].clone(), Arc::clone(&receipts)));
        }
        tokio::time::sleep(Duration::from_millis(120 + 37 * (cycle as u64 % 7))).await;
        server.kill_and_restart();
        callers.join_all().await;
        let receipts = std::mem::take(&mut *receipts.lock());
        if receipts.len() < LEAST {
            return Err(format!("cycle {cycle} had {} acknowledged writes: it proves nothing", receipts.len()));
        }
        let mut client = Client::connect(server.port).await.map_err(|e| e.to_string())?;
        for receipt in &receipts {
            let answer =
                client.get(&format!("/api/v1/receipts/{receipt}"), "identity").await.map_err(|e| e.to_string())?;
            if answer.status != 200 {
                return Err(format!("cycle {cycle}: an acknowledged receipt answers {}", answer.status));
            }
        }
        all.extend(receipts);
    }
    gapless(&server).await?;
    server.stop();
    Ok(all.len())
}

/// Takes words down and lists them until the server is gone; keeps what was acknowledged.
async fn work(port: u16, desk: Desk, receipts: Arc<Mutex<Vec<String>>>) {
    let Ok(mut client) = Client::connect(port).await else { return };
    client.token = Some(desk.token);
    let taken = json!({"text": "灯坏了", "channel": "telephone"});
    loop {
        let Ok(answer) = client.post(&format!("/api/v1/{}/voices/taken", desk.slug), &taken).await else { return };
        if answer.status != 201 {
            continue;
        }
        let said = answer.json();
        receipts.lock().extend(said["receipt"].as_str().map(str::to_owned));
        let matter = said["matter"].as_str().unwrap_or_default();
        let path = format!("/api/v1/{}/matters/{matter}/list", desk.slug);
        if client.post(&path, &desk.listing).await.is_err() {
            return;
        }
    }
}

/// A desk with its session.
#[derive(Debug, Clone)]
struct Desk {
    slug: String,
    token: String,
    listing: Value,
}

async fn desks(server: &Server) -> Result<Vec<Desk>, String> {
    let sessions = crate::http::tokens(server, Kind::Lifecycle).await;
    Ok(sessions.into_iter().map(|(slug, token, _, listing)| Desk { slug, token, listing }).collect())
}

/// Numbers of every list, from one, none left out.
async fn gapless(server: &Server) -> Result<(), String> {
    for community in &server.world.communities {
        let (app, resident) = (&server.world.app, Caller::resident());
        let asked = app.read(&resident, &community.place, ShowList::whole(1_000_000));
        let list = asked.await.map_err(|e| e.to_string())?;
        let mut numbers: Vec<i64> =
            list.groups.iter().flat_map(|group| group.entries.iter().map(|entry| entry.number.raw())).collect();
        numbers.sort_unstable();
        if numbers.iter().zip(1..).any(|(number, wanted)| *number != wanted) {
            return Err(format!("{} has a gap in its numbers", community.place.slug));
        }
    }
    Ok(())
}
