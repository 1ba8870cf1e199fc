//! Both folders of migrations are one logical schema.

use std::collections::{BTreeMap, BTreeSet};

use linli_store::{Location, Settings, Store};
use linli_testkit::cluster::cluster;

/// Table to its columns: name, type, NOT NULL.
type Tables = BTreeMap<String, BTreeMap<String, (String, bool)>>;

fn of_sqlite(path: &std::path::Path) -> (Tables, BTreeSet<String>) {
    let connection = rusqlite::Connection::open(path).expect("opens");
    let names = |sql: &str| -> Vec<String> {
        let mut statement = connection.prepare(sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("names")
    };
    let mut tables = Tables::new();
    for table in names("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'") {
        let mut statement = connection.prepare(&format!("PRAGMA table_info({table})")).expect("prepares");
        let columns = statement
            .query_map([], |row| Ok((row.get::<_, String>(1)?, (row.get::<_, String>(2)?, row.get::<_, i64>(3)? == 1))))
            .expect("columns");
        tables.insert(table, columns.collect::<Result<_, _>>().expect("columns"));
    }
    let indexes = names("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'");
    (tables, indexes.into_iter().collect())
}

async fn of_postgres(url: &str) -> (Tables, BTreeSet<String>) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
               FROM information_schema.columns WHERE table_schema = 'public'";
    let mut tables = Tables::new();
    for row in client.query(sql, &[]).await.expect("columns") {
        let kind = match row.get::<_, &str>(2) {
            "bigint" => "INTEGER",
            "text" => "TEXT",
            "bytea" => "BLOB",
            other => panic!("{other} is no type of ours"),
        };
        let columns = tables.entry(row.get(0)).or_default();
        columns.insert(row.get(1), (kind.to_owned(), row.get::<_, &str>(3) == "NO"));
    }
    let sql = "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public'
               AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'";
    let indexes = client.query(sql, &[]).await.expect("indexes").iter().map(|row| row.get(0)).collect();
    (tables, indexes)
}

#[tokio::test]
async fn the_two_schemas_are_one() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("a.db");
    Store::open(&Location::Sqlite(path.clone()), Settings::default()).await.expect("opens");
    let Location::Postgres(url) = cluster().await.shared() else { panic!("a PostgreSQL address") };
    let (mut lite, lite_indexes) = of_sqlite(&path);
    let (mut pg, pg_indexes) = of_postgres(&url).await;
    // The ledger of migrations is the runner's own, with the types that both engines spell alike.
    lite.remove("migrations");
    pg.remove("migrations");
    assert_eq!(lite.keys().collect::<Vec<_>>(), pg.keys().collect::<Vec<_>>());
    for (table, columns) in &lite {
        assert_eq!(columns, &pg[table], "{table}");
    }
    assert_eq!(lite_indexes, pg_indexes);
}

#[tokio::test]
async fn a_newer_database_is_refused_and_starting_together_applies_once() {
    let location = cluster().await.empty().await;
    let (one, two) =
        tokio::join!(Store::open(&location, Settings::default()), Store::open(&location, Settings::default()));
    one.expect("first");
    two.expect("second");
    let Location::Postgres(url) = &location else { panic!("a PostgreSQL address") };
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    client.execute("INSERT INTO migrations (number, checksum) VALUES (999, 'x')", &[]).await.expect("planted");
    let refused = Store::open(&location, Settings::default()).await.err().map(|fault| fault.to_string());
    assert!(refused.is_some_and(|told| told.contains("999")));
}
