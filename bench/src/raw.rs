//! The raw engines: the same statements with the same rows, by hand-prepared statements and without any rule.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use linli_store::{Location, Settings, Store};
use linli_testkit::{Engine, cluster};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::rows;
use crate::script::{Arg, IDS, Kind, Step, transactions};
use crate::world::{COMMUNITIES, World};

/// Commands in one raw commit: as many as callers wait in front of the product's writer.
const GROUP: usize = 64;
/// Connections of pgbench, as many as the product's pool has.
const CONNECTIONS: &str = "16";

/// A raw database beside the product's.
#[derive(Debug)]
pub struct Raw {
    place: Place,
    next: i64,
    rounds: usize,
    before: rows::Rows,
}

#[derive(Debug)]
enum Place {
    Sqlite { file: PathBuf, connection: Connection },
    Postgres { url: String, folder: PathBuf },
}

impl Raw {
    /// A fresh database with the same schema and as many communities.
    pub async fn new(engine: Engine, world: &World) -> Self {
        let place = match engine {
            Engine::Sqlite => {
                let file = world.folder.path().join("raw.db");
                Store::open(&Location::Sqlite(file.clone()), Settings::default()).await.expect("a schema");
                let connection = Connection::open(&file).expect("opens");
                connection.pragma_update(None, "synchronous", "full").expect("durable");
                connection.pragma_update(None, "foreign_keys", true).expect("keys");
                connection.set_prepared_statement_cache_capacity(200);
                for tenant in 1..=COMMUNITIES {
                    let head = "INSERT INTO number_heads (tenant_id, last_number) VALUES (?1, 0)";
                    connection.execute(head, [i64::try_from(tenant).expect("few")]).expect("a head");
                }
                Place::Sqlite { file, connection }
            }
            Engine::Postgres => {
                let folder = std::env::temp_dir().join(format!("linli-bench-raw-{}", std::process::id()));
                let port = cluster::launch(&folder, "-c max_connections=200 -c shared_buffers=256MB");
                let url = cluster::url(port, "postgres");
                Store::open(&Location::Postgres(url.clone()), Settings::default()).await.expect("a schema");
                let (client, connection) =
                    tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("connects");
                tokio::spawn(connection);
                let heads = format!("INSERT INTO number_heads SELECT n, 0 FROM generate_series(1, {COMMUNITIES}) n");
                client.batch_execute(&heads).await.expect("heads");
                Place::Postgres { url, folder }
            }
        };
        Self { place, next: 1, rounds: 0, before: rows::Rows::new() }
    }

    fn location(&self) -> Location {
        match &self.place {
            Place::Sqlite { file, .. } => Location::Sqlite(file.clone()),
            Place::Postgres { url, .. } => Location::Postgres(url.clone()),
        }
    }

    /// Commands in a second, many in one commit (SQLite) or by pgbench (PostgreSQL).
    pub async fn batched(&mut self, kind: Kind, time: Duration) -> f64 {
        if self.rounds == 0 {
            self.before = rows::count(&self.location()).await;
        }
        match &self.place {
            Place::Sqlite { .. } => self.on_sqlite(kind, time, GROUP),
            Place::Postgres { .. } => self.on_pgbench(kind, time),
        }
    }

    /// Commands in a second, each with a commit of its own.
    pub fn one_commit_each(&mut self, kind: Kind, time: Duration) -> f64 {
        self.on_sqlite(kind, time, 1)
    }

    /// Rows that one raw round added; begins anew for the next kind.
    pub async fn rows_per_round(&mut self, _: Kind) -> BTreeMap<&'static str, f64> {
        let after = rows::count(&self.location()).await;
        let per_round = rows::per_round(&self.before, &after, self.rounds);
        self.rounds = 0;
        per_round
    }

    /// The lifecycle of one matter is never in one commit: 64 matters go through it side by side, as with the product.
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    fn on_sqlite(&mut self, kind: Kind, time: Duration, group: usize) -> f64 {
        let Place::Sqlite { connection, .. } = &self.place else { return 0.0 };
        let script = transactions(kind);
        let (started, mut commands) = (Instant::now(), 0_usize);
        while started.elapsed() < time {
            let base = self.next;
            self.next += i64::try_from(GROUP).expect("few");
            let mut numbers = vec![0_i64; GROUP];
            for transaction in &script {
                for some in (0..GROUP).collect::<Vec<_>>().chunks(group) {
                    connection.execute_batch("BEGIN IMMEDIATE").expect("begins");
                    for n in some {
                        for step in transaction {
                            let round = base + i64::try_from(*n).expect("few");
                            lite_step(connection, step, round, &mut numbers[*n]);
                        }
                    }
                    connection.execute_batch("COMMIT").expect("commits");
                }
                commands += GROUP;
            }
            self.rounds += GROUP;
        }
        commands as f64 / started.elapsed().as_secs_f64()
    }

    fn on_pgbench(&mut self, kind: Kind, time: Duration) -> f64 {
        let Place::Postgres { url, folder } = &self.place else { return 0.0 };
        let script = folder.with_extension("sql");
        std::fs::write(&script, pgbench_script(kind)).expect("a script");
        let base = self.next;
        // Every client counts its own rounds: a million apart.
        self.next += 100_000_000;
        let output = Command::new(cluster::program("pgbench"))
            .args(["-n", "-M", "prepared", "-c", CONNECTIONS, "-j", "2", "-D", "r=0"])
            .arg("-D")
            .arg(format!("base={base}"))
            .arg("-T")
            .arg(time.as_secs().to_string())
            .arg("-f")
            .arg(&script)
            .arg(url)
            .output()
            .expect("pgbench runs (Debian: postgresql)");
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "pgbench: {}", String::from_utf8_lossy(&output.stderr));
        let figure = |begin: &str| -> f64 {
            let line = told.lines().find(|line| line.starts_with(begin)).unwrap_or_default();
            let digits = line.trim_start_matches(begin).trim().split([' ', '/']).next().unwrap_or_default();
            digits.parse().unwrap_or(0.0)
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let rounds = figure("number of transactions actually processed:") as usize;
        self.rounds += rounds;
        let _ = std::fs::remove_file(&script);
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let rate = figure("tps =") * kind.commands() as f64;
        rate
    }

    /// Stops its own PostgreSQL server.
    pub fn end(self) {
        if let Place::Postgres { folder, .. } = &self.place {
            cluster::stop(folder);
        }
    }
}

fn tenant(round: i64) -> i64 {
    round % i64::try_from(COMMUNITIES).expect("few") + 1
}

fn lite_step(connection: &Connection, step: &Step, round: i64, number: &mut i64) {
    let mut statement = connection.prepare_cached(step.sql).expect("prepares");
    let values = step.args.iter().map(|arg| match arg {
        Arg::Id(n) => Value::Integer(round * IDS + n),
        Arg::Int(n) => Value::Integer(*n),
        Arg::Tenant => Value::Integer(tenant(round)),
        Arg::Number => Value::Integer(*number),
        Arg::Text(text) => Value::Text((*text).to_owned()),
        Arg::Mac(n) => Value::Blob(mac(round, *n)),
        Arg::Sealed => Value::Blob(vec![9; 180]),
        Arg::Null => Value::Null,
    });
    let values = rusqlite::params_from_iter(values.collect::<Vec<_>>());
    if step.reads {
        let mut rows = statement.query(values).expect("reads");
        while let Some(row) = rows.next().expect("a row") {
            if step.gives_number {
                *number = row.get(0).expect("a number");
            }
        }
    } else {
        statement.execute(values).expect("writes");
    }
}

/// Thirty-two bytes that spread like a hash's.
fn mac(round: i64, n: u8) -> Vec<u8> {
    let mut state = u64::from_ne_bytes(round.to_ne_bytes()) ^ (u64::from(n) << 56);
    let mut bytes = Vec::with_capacity(32);
    for _ in 0..4 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend((word ^ (word >> 31)).to_be_bytes());
    }
    bytes
}

/// The same statements for pgbench, each command a transaction.
fn pgbench_script(kind: Kind) -> String {
    let mut script =
        format!("\\set r :r + 1\n\\set i :base + :client_id * 1000000 + :r\n\\set tenant :i % {COMMUNITIES} + 1\n");
    for transaction in transactions(kind) {
        script.push_str("BEGIN;\n");
        for step in transaction {
            let mut sql = step.sql.replace('\n', " ");
            for (n, arg) in step.args.iter().enumerate().rev() {
                let value = match arg {
                    Arg::Id(id) => format!("(:i::bigint * {IDS} + {id})"),
                    Arg::Int(n) => format!("{n}::bigint"),
                    Arg::Tenant => ":tenant".to_owned(),
                    Arg::Number => ":last_number".to_owned(),
                    Arg::Text(text) => format!("'{text}'"),
                    Arg::Mac(n) => format!("sha256(int8send(:i::bigint * 256 + {n}))"),
                    Arg::Sealed => format!("'\\x{}'::bytea", "09".repeat(180)),
                    Arg::Null => "NULL".to_owned(),
                };
                sql = sql.replace(&format!("${}", n + 1), &value);
            }
            script.push_str(&sql);
            script.push_str(if step.gives_number { " \\gset\n" } else { ";\n" });
        }
        script.push_str("COMMIT;\n");
    }
    script
}
