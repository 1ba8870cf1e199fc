//! Rows in each table, so that nobody compares more work with less.

use std::collections::BTreeMap;

use linli_store::Location;

/// The tables that a lifecycle adds rows to.
pub const TABLES: [&str; 9] =
    ["matters", "voices", "tasks", "hands", "confirmations", "audit", "outbox", "answers", "attachments"];

/// Rows by table.
pub type Rows = BTreeMap<&'static str, i64>;

/// Counts every table.
pub async fn count(location: &Location) -> Rows {
    match location {
        Location::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).expect("opens");
            let of = |table: &str| connection.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0));
            TABLES.iter().map(|table| (*table, of(table).expect("counted"))).collect()
        }
        Location::Postgres(url) => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
            tokio::spawn(connection);
            let mut rows = Rows::new();
            for table in TABLES {
                let row = client.query_one(&format!("SELECT COUNT(*) FROM {table}"), &[]).await.expect("counted");
                rows.insert(table, row.get(0));
            }
            rows
        }
    }
}

/// Rows that one round added, rounded; rounds that were cut off at the end of a turn blur the last digit.
#[expect(clippy::cast_precision_loss, reason = "an average")]
pub fn per_round(before: &Rows, after: &Rows, rounds: usize) -> BTreeMap<&'static str, f64> {
    before.iter().map(|(table, count)| (*table, (after[table] - count) as f64 / rounds.max(1) as f64)).collect()
}
