//! One transaction on either engine: the only thing a use case sees of the database.
//!
//! The first statement that fails poisons the transaction on both engines, so that a command that carries on after an
//! error cannot leave half of itself behind. Expected conflicts are `ON CONFLICT (the
//! columns meant) DO NOTHING` and a count of rows; a key nobody expected to meet is a collision, and run again.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use tokio_postgres::types::ToSql;

use crate::port::{Record, V};
use crate::{Fault, Stop};

/// A transaction, open.
#[derive(Debug)]
pub struct Tx {
    engine: Engine,
    poisoned: AtomicBool,
}

#[derive(Debug)]
enum Engine {
    /// The mutex is never contended (one thread owns the connection); it makes the future `Send`.
    Lite(Mutex<rusqlite::Connection>),
    Pg(deadpool_postgres::Object),
}

impl Tx {
    pub(crate) fn lite(connection: rusqlite::Connection) -> Self {
        Self { engine: Engine::Lite(Mutex::new(connection)), poisoned: AtomicBool::new(false) }
    }
    pub(crate) fn pg(client: deadpool_postgres::Object) -> Self {
        Self { engine: Engine::Pg(client), poisoned: AtomicBool::new(false) }
    }

    /// Runs a statement; answers the number of rows it changed.
    pub(crate) async fn run(&self, sql: &'static str, values: &[V<'_>]) -> Result<u64, Stop> {
        self.guard()?;
        let done = match &self.engine {
            Engine::Lite(connection) => lite_run(&connection.lock(), sql, values),
            Engine::Pg(client) => pg_run(client, sql, values).await,
        };
        self.noting(done)
    }

    /// Runs a statement; answers its rows.
    pub(crate) async fn rows<T: Record>(&self, sql: &'static str, values: &[V<'_>]) -> Result<Vec<T>, Stop> {
        self.guard()?;
        let rows = match &self.engine {
            Engine::Lite(connection) => lite_rows(&connection.lock(), sql, values),
            Engine::Pg(client) => pg_rows(client, sql, values).await,
        };
        self.noting(rows)
    }

    fn guard(&self) -> Result<(), Stop> {
        if self.poisoned.load(Ordering::Relaxed) {
            return Err(Fault::Bug("a statement after a failed one".into()).into());
        }
        Ok(())
    }
    fn noting<T>(&self, outcome: Result<T, Fault>) -> Result<T, Stop> {
        if outcome.is_err() {
            self.poisoned.store(true, Ordering::Relaxed);
        }
        outcome.map_err(Stop::Fault)
    }

    /// True when a statement failed; resets the mark for the next command of the group.
    pub(crate) fn take_poison(&self) -> bool {
        self.poisoned.swap(false, Ordering::Relaxed)
    }

    /// Control statements of the SQLite lane: BEGIN, SAVEPOINT, COMMIT …
    pub(crate) fn lite_control(&self, sql: &'static str) -> Result<(), Fault> {
        match &self.engine {
            Engine::Lite(connection) => {
                let connection = connection.lock();
                let mut statement = connection.prepare_cached(sql)?;
                statement.raw_execute()?;
                Ok(())
            }
            Engine::Pg(_) => Err(Fault::Bug("not a SQLite transaction".into())),
        }
    }
    /// Limits the size of SQLite's file, for tests of a full disk.
    pub(crate) fn lite_limit_pages(&self, pages: i64) -> Result<(), Fault> {
        match &self.engine {
            Engine::Lite(connection) => Ok(connection.lock().pragma_update(None, "max_page_count", pages)?),
            Engine::Pg(_) => Err(Fault::Bug("not a SQLite transaction".into())),
        }
    }
    /// False when SQLite rolled the transaction back by itself (disk full, I/O error).
    pub(crate) fn lite_is_open(&self) -> bool {
        match &self.engine {
            Engine::Lite(connection) => !connection.lock().is_autocommit(),
            Engine::Pg(_) => false,
        }
    }
    /// Control statements on PostgreSQL.
    pub(crate) async fn pg_control(&self, sql: &'static str) -> Result<(), Fault> {
        match &self.engine {
            Engine::Pg(client) => Ok(client.batch_execute(sql).await?),
            Engine::Lite(_) => Err(Fault::Bug("not a PostgreSQL transaction".into())),
        }
    }
    /// Throws a PostgreSQL connection away instead of returning it to the pool.
    pub(crate) fn discard(self) {
        if let Engine::Pg(client) = self.engine {
            drop(deadpool_postgres::Object::take(client));
        }
    }
}

fn lite_run(connection: &rusqlite::Connection, sql: &'static str, values: &[V<'_>]) -> Result<u64, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let changed = statement.execute(rusqlite::params_from_iter(values))?;
    Ok(u64::try_from(changed).unwrap_or(u64::MAX))
}

fn lite_rows<T: Record>(
    connection: &rusqlite::Connection,
    sql: &'static str,
    values: &[V<'_>],
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(T::read(row)?);
    }
    Ok(out)
}

async fn pg_run(client: &deadpool_postgres::Object, sql: &'static str, values: &[V<'_>]) -> Result<u64, Fault> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute_raw(&statement, values.iter().map(|v| v as &dyn ToSql)).await?)
}

async fn pg_rows<T: Record>(
    client: &deadpool_postgres::Object,
    sql: &'static str,
    values: &[V<'_>],
) -> Result<Vec<T>, Fault> {
    let statement = client.prepare_cached(sql).await?;
    let refs: Vec<&(dyn ToSql + Sync)> = values.iter().map(|v| v as _).collect();
    client.query(&statement, &refs).await?.iter().map(|row| T::read(row)).collect()
}
