//! The schema's steps: equal numbers in both folders, applied at start under a lock, checksummed, never edited.

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::Fault;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its number, from 1 without gaps.
    pub number: i64,
    /// Its text for SQLite.
    pub sqlite: &'static str,
    /// Its text for PostgreSQL.
    pub postgres: &'static str,
}

/// Every step, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        sqlite: include_str!("../migrations/sqlite/0001_foundation.sql"),
        postgres: include_str!("../migrations/postgres/0001_foundation.sql"),
    },
    Migration {
        number: 2,
        sqlite: include_str!("../migrations/sqlite/0002_the_log.sql"),
        postgres: include_str!("../migrations/postgres/0002_the_log.sql"),
    },
    Migration {
        number: 3,
        sqlite: include_str!("../migrations/sqlite/0003_roles_at_areas.sql"),
        postgres: include_str!("../migrations/postgres/0003_roles_at_areas.sql"),
    },
    Migration {
        number: 4,
        sqlite: include_str!("../migrations/sqlite/0004_accounts.sql"),
        postgres: include_str!("../migrations/postgres/0004_accounts.sql"),
    },
    Migration {
        number: 5,
        sqlite: include_str!("../migrations/sqlite/0005_personal_data.sql"),
        postgres: include_str!("../migrations/postgres/0005_personal_data.sql"),
    },
];

/// Any number that only Linli takes: the lock that keeps two starting servers apart.
const LOCK: i64 = 0x6c69_6e6c_6900;
const LEDGER: &str =
    "CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, checksum TEXT NOT NULL)";

fn checksum(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Which steps are still to be done; a database that is newer than this program, or was made by other steps, is refused.
fn pending(applied: &[(i64, String)], text: fn(&Migration) -> &'static str) -> Result<Vec<Migration>, Fault> {
    for (number, sum) in applied {
        let Some(step) = MIGRATIONS.iter().find(|m| m.number == *number) else {
            return Err(Fault::Unavailable(format!(
                "the database has schema step {number}, which this version of linli does not know: start the newer version"
            )));
        };
        if *sum != checksum(text(step)) {
            return Err(Fault::Unavailable(format!("schema step {number} was changed after it was applied")));
        }
    }
    Ok(MIGRATIONS.iter().filter(|m| applied.iter().all(|(number, _)| *number != m.number)).copied().collect())
}

/// Brings a SQLite file up to date.
pub(crate) fn on_sqlite(connection: &mut Connection) -> Result<(), Fault> {
    // The one writer's lock is the migration lock; a read-only file that is up to date needs neither.
    let tx = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.execute_batch(LEDGER)?;
    let applied = {
        let mut statement = tx.prepare("SELECT number, checksum FROM migrations ORDER BY number")?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<Vec<_>, _>>()?
    };
    for step in pending(&applied, |m| m.sqlite)? {
        tx.execute_batch(step.sqlite)?;
        tx.execute("INSERT INTO migrations (number, checksum) VALUES ($1, $2)", (step.number, checksum(step.sqlite)))?;
    }
    Ok(tx.commit()?)
}

/// Brings a PostgreSQL database up to date.
pub(crate) async fn on_postgres(client: &tokio_postgres::Client) -> Result<(), Fault> {
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
    let done = apply(client).await;
    client.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await?;
    done
}

async fn apply(client: &tokio_postgres::Client) -> Result<(), Fault> {
    client.batch_execute(LEDGER).await?;
    let rows = client.query("SELECT number, checksum FROM migrations ORDER BY number", &[]).await?;
    let applied: Vec<(i64, String)> =
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, tokio_postgres::Error>>()?;
    for step in pending(&applied, |m| m.postgres)? {
        let note = format!(
            "BEGIN; {}\n; INSERT INTO migrations (number, checksum) VALUES ({}, '{}'); COMMIT",
            step.postgres,
            step.number,
            checksum(step.postgres)
        );
        if let Err(error) = client.batch_execute(&note).await {
            let _ = client.batch_execute("ROLLBACK").await;
            return Err(error.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_gaps() {
        for (i, step) in MIGRATIONS.iter().enumerate() {
            assert_eq!(step.number, i64::try_from(i).expect("few") + 1);
        }
    }

    #[test]
    fn newer_and_edited_schemas_are_refused() {
        let good = (1, checksum(MIGRATIONS[0].sqlite));
        assert_eq!(pending(&[], |m| m.sqlite).map(|p| p.len()), Ok(MIGRATIONS.len()));
        assert!(pending(std::slice::from_ref(&good), |m| m.sqlite).is_ok());
        assert!(pending(&[(1, "edited".into())], |m| m.sqlite).is_err());
        assert!(pending(&[good, (999, String::new())], |m| m.sqlite).is_err());
    }

    #[test]
    fn starting_twice_applies_once() {
        let mut connection = Connection::open_in_memory().expect("memory");
        on_sqlite(&mut connection).expect("first");
        on_sqlite(&mut connection).expect("second");
    }
}
