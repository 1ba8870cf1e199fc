//! The store: opens either engine, and runs one piece of work in one transaction.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use linli_domain::refusal::CommonRefusal;
use rusqlite::Connection;

use crate::lane::{Lane, Open, message};
use crate::{Fault, Stop, Tx, migrations, tls};

/// Runs of one command before it is refused as raced.
const RUNS: usize = 4;
/// Statements that stay prepared on each connection; rusqlite's own sixteen halve the speed.
pub(crate) const STATEMENTS: usize = 512;

/// Work inside one transaction. It awaits nothing but the database.
pub trait Work: Send + Sync + 'static {
    /// What it answers.
    type Out: Send + 'static;
    /// Its name, for logs.
    fn name(&self) -> &'static str;
    /// Runs it; may be run again when rows moved underneath.
    fn run(&self, tx: &Tx) -> impl Future<Output = Result<Self::Out, Stop>> + Send;
}

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of the bundled SQLite.
    Sqlite(PathBuf),
    /// A `postgres://` address.
    Postgres(String),
}

impl Location {
    /// From `sqlite:PATH`, `postgres://…` or `postgresql://…`.
    pub fn parse(text: &str) -> Option<Location> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return (!path.is_empty()).then(|| Location::Sqlite(path.into()));
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        postgres.then(|| Location::Postgres(text.to_owned()))
    }
}

/// How many connections.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// SQLite's readers.
    pub readers: usize,
    /// Connections to PostgreSQL.
    pub connections: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { readers: 3, connections: 16 }
    }
}

/// An open database, migrated.
#[derive(Debug, Clone)]
pub struct Store(Engine);

#[derive(Debug, Clone)]
enum Engine {
    Lite { writer: Lane, readers: Lane, path: PathBuf },
    Pg(deadpool_postgres::Pool),
}

impl Store {
    /// Opens the database and brings its schema up to date.
    pub async fn open(location: &Location, settings: Settings) -> Result<Store, Fault> {
        match location {
            Location::Sqlite(path) => open_lite(path, settings),
            Location::Postgres(url) => open_pg(url, settings).await,
        }
    }

    /// Runs `work` in a write transaction; answers after the commit that carries it.
    pub async fn write<W: Work>(&self, work: W) -> Result<W::Out, Stop> {
        let work = Arc::new(work);
        for run in 1..=RUNS {
            let outcome = match &self.0 {
                Engine::Lite { writer, .. } => writer.send(Arc::clone(&work)).await,
                Engine::Pg(pool) => on_own_task(pool, &work, "BEGIN").await,
            };
            match outcome {
                Err(Stop::Raced | Stop::Fault(Fault::Collided)) => {
                    tracing::debug!(command = work.name(), run, "run again");
                    tokio::time::sleep(apart(run)).await;
                }
                other => return other,
            }
        }
        Err(CommonRefusal::Raced.into())
    }

    /// Runs `work` on one snapshot that cannot be written.
    pub async fn read<W: Work>(&self, work: W) -> Result<W::Out, Stop> {
        let work = Arc::new(work);
        match &self.0 {
            Engine::Lite { readers, .. } => readers.send(work).await,
            Engine::Pg(pool) => on_own_task(pool, &work, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
        }
    }

    /// Brings what was erased off the disk: the write-ahead log is emptied into the file, whose freed places are
    /// overwritten; PostgreSQL clears away the old versions of rows. An orderly end calls it, too.
    pub async fn scrub(&self) -> Result<(), Fault> {
        match &self.0 {
            Engine::Lite { path, .. } => {
                let path = path.clone();
                let done = tokio::task::spawn_blocking(move || empty_wal(&path));
                done.await.map_err(|e| Fault::Bug(e.to_string()))?
            }
            Engine::Pg(pool) => {
                let client = pool.get().await?;
                Ok(client.batch_execute("VACUUM voices, openings, confirmations, attachments, tasks, hands").await?)
            }
        }
    }

    /// How many other clients PostgreSQL has in this database, beside one connection of this store; SQLite's folder has a
    /// lock of its own.
    pub async fn others(&self) -> Result<i64, Fault> {
        let Engine::Pg(pool) = &self.0 else { return Ok(0) };
        let client = pool.get().await?;
        let row = client
            .query_one(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()
                   AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
                &[],
            )
            .await?;
        Ok(row.try_get(0)?)
    }

    /// True on PostgreSQL, for words in logs and settings.
    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Engine::Pg(_))
    }
}

/// A pause before the next run, different for each of those who met, so that they do not meet again.
fn apart(run: usize) -> Duration {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed) % 16;
    Duration::from_millis((1 + turn) * run as u64)
}

/// A reader who hangs up never stops a command half-way: it runs in a task of its own.
async fn on_own_task<W: Work>(
    pool: &deadpool_postgres::Pool,
    work: &Arc<W>,
    begin: &'static str,
) -> Result<W::Out, Stop> {
    let (pool, work) = (pool.clone(), Arc::clone(work));
    match tokio::spawn(async move { on_pg(&pool, work.as_ref(), begin).await }).await {
        Ok(outcome) => outcome,
        Err(ended) => Err(Fault::Bug(format!("a command's task ended: {ended}")).into()),
    }
}

async fn on_pg<W: Work>(pool: &deadpool_postgres::Pool, work: &W, begin: &'static str) -> Result<W::Out, Stop> {
    let tx = Tx::pg(pool.get().await.map_err(Fault::from)?);
    if let Err(fault) = tx.pg_control(begin).await {
        tx.discard();
        return Err(fault.into());
    }
    let ran = std::panic::AssertUnwindSafe(work.run(&tx)).catch_unwind().await;
    let outcome = ran.unwrap_or_else(|panic| {
        Err(Fault::Bug(format!("{} panicked: {}", work.name(), message(panic.as_ref()))).into())
    });
    let poisoned = tx.take_poison();
    let outcome = if poisoned && outcome.is_ok() { Err(Fault::carried_on().into()) } else { outcome };
    let keep = outcome.is_ok();
    match tx.pg_control(if keep { "COMMIT" } else { "ROLLBACK" }).await {
        Ok(()) => outcome,
        Err(fault) => {
            // Its state is unknown: never back into the pool.
            tx.discard();
            outcome.and(Err(fault.into()))
        }
    }
}

fn open_lite(path: &Path, settings: Settings) -> Result<Store, Fault> {
    {
        let mut connection = connect_lite(path)?;
        migrations::on_sqlite(&mut connection)?;
    }
    let file = path.to_owned();
    let writer: Open = Box::new(move || Ok(Tx::lite(connect_lite(&file)?)));
    let file = path.to_owned();
    let reader: Open = Box::new(move || {
        let connection = connect_lite(&file)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(Tx::lite(connection))
    });
    let (writer, readers) = (Lane::writer(writer)?, Lane::readers(settings.readers.max(1), &reader)?);
    Ok(Store(Engine::Lite { writer, readers, path: path.to_owned() }))
}

/// A reader that is at work keeps the end of the log; the next call takes that, too.
fn empty_wal(path: &Path) -> Result<(), Fault> {
    let connection = connect_lite(path)?;
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(Fault::Busy) }
}

/// WAL and `synchronous=FULL`: what was acknowledged survives a power cut.
fn connect_lite(path: &Path) -> Result<Connection, Fault> {
    let connection = Connection::open(path)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(Duration::from_secs(5))?;
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(Fault::Unavailable(format!("SQLite gives journal mode {mode}, not WAL")));
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten: an erasure must not stay readable in a free place of the file.
    connection.pragma_update_and_check(None, "secure_delete", "on", |_| Ok(()))?;
    Ok(connection)
}

async fn open_pg(url: &str, settings: Settings) -> Result<Store, Fault> {
    let (config, connector) = tls::connector(url)?;
    let manager = deadpool_postgres::ManagerConfig { recycling_method: deadpool_postgres::RecyclingMethod::Fast };
    let manager = match connector {
        Some(tls) => deadpool_postgres::Manager::from_config(config, tls, manager),
        None => deadpool_postgres::Manager::from_config(config, tokio_postgres::NoTls, manager),
    };
    let wait = Some(Duration::from_secs(10));
    let pool = deadpool_postgres::Pool::builder(manager)
        .max_size(settings.connections.max(1))
        .wait_timeout(wait)
        .create_timeout(wait)
        .recycle_timeout(wait)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .build()
        .map_err(|e| Fault::Unavailable(e.to_string()))?;
    let client = pool.get().await?;
    migrations::on_postgres(&client).await?;
    drop(client);
    Ok(Store(Engine::Pg(pool)))
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn an_address_names_its_engine() {
        assert_eq!(Location::parse("sqlite:/a/b.db"), Some(Location::Sqlite("/a/b.db".into())));
        assert!(matches!(Location::parse("postgres://u@h/d"), Some(Location::Postgres(_))));
        assert!(matches!(Location::parse("postgresql://u@h/d"), Some(Location::Postgres(_))));
        for bad in ["", "sqlite:", "mysql://x", "/a/b.db"] {
            assert_eq!(Location::parse(bad), None, "{bad}");
        }
    }
}
