//! Measures Linli beside the raw databases, in one run, on this machine; `torture` kills it and looks for lost words.
//!
//! Every figure that is promised is a ratio within one run: product and raw take turns, and the medians are compared.

mod http;
mod lifecycle;
mod pages;
mod raw;
mod report;
mod rows;
mod script;
mod server;
mod torture;
mod world;

use std::process::ExitCode;
use std::time::Duration;

use linli_testkit::Engine;

use crate::report::Report;
use crate::world::World;

/// Turns that product and raw take.
const TURNS: usize = 3;
/// How long one turn lasts.
const TURN: Duration = Duration::from_secs(4);
/// Callers at the same time.
const CALLERS: usize = 64;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == "torture") {
        let cycles = arguments.get(1).and_then(|n| n.parse().ok()).unwrap_or(10);
        return torture::run(cycles).await;
    }
    bench().await;
    ExitCode::SUCCESS
}

async fn bench() {
    let mut report = Report::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        in_process(engine, &mut report).await;
    }
    for engine in [Engine::Sqlite, Engine::Postgres] {
        over_http(engine, &mut report).await;
    }
    pages::measure(&mut report).await;
    report.finish();
}

/// The product in process and the raw engine, turn by turn.
async fn in_process(engine: Engine, report: &mut Report) {
    let name = format!("{engine:?}");
    let world = World::new(engine, CALLERS).await;
    let mut raw = raw::Raw::new(engine, &world).await;
    for kind in [script::Kind::Submit, script::Kind::Lifecycle] {
        let (mut product, mut batched, mut single) = (Vec::new(), Vec::new(), Vec::new());
        let mut latencies = Vec::new();
        lifecycle::run(&world, kind, Duration::from_secs(1)).await;
        let before = rows::count(&world.location).await;
        let mut done = 0;
        for _ in 0..TURNS {
            let turn = lifecycle::run(&world, kind, TURN).await;
            done += turn.rounds;
            product.push(turn.commands_per_s());
            latencies.extend(turn.latencies);
            batched.push(raw.batched(kind, TURN).await);
            if engine == Engine::Sqlite {
                single.push(raw.one_commit_each(kind, TURN));
            }
        }
        let per_round = rows::per_round(&before, &rows::count(&world.location).await, done);
        let raw_per_round = raw.rows_per_round(kind).await;
        report.rows(&name, kind, &per_round, &raw_per_round);
        report.throughput(&name, kind, "in process", &product, &latencies);
        report.ratio(&name, kind, &product, &batched, &single);
    }
    raw.end();
    world.end();
}

/// The real server, asked over HTTP with connections that are kept.
async fn over_http(engine: Engine, report: &mut Report) {
    let server = server::Server::start(engine).await;
    let name = format!("{engine:?}");
    report.memory(&name, "at rest", server.memory_mib());
    for kind in [script::Kind::Submit, script::Kind::Lifecycle] {
        let mut rates = Vec::new();
        let mut latencies = Vec::new();
        http::run(&server, kind, CALLERS, Duration::from_secs(1)).await;
        for _ in 0..TURNS {
            let turn = http::run(&server, kind, CALLERS, TURN).await;
            rates.push(turn.commands_per_s());
            latencies.extend(turn.latencies);
        }
        report.throughput(&name, kind, "over HTTP", &rates, &latencies);
    }
    report.memory(&name, "under load", server.memory_mib());
    server.stop();
}
