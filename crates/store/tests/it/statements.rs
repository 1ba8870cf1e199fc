//! Every statement prepares on both engines, takes and gives what it says, and finds its rows by an index.

use linli_store::check::faults;
use linli_store::{Location, Settings, Statement, Store, ValueKind, statements};
use linli_testkit::cluster::cluster;

async fn both(folder: &tempfile::TempDir) -> [Location; 2] {
    let lite = Location::Sqlite(folder.path().join("a.db"));
    Store::open(&lite, Settings::default()).await.expect("a file");
    [lite, cluster().await.shared()]
}

#[tokio::test]
async fn every_statement_is_what_it_says() {
    let folder = tempfile::tempdir().expect("folder");
    let all = statements();
    assert!(all.len() > 60, "{}", all.len());
    for location in both(&folder).await {
        let found = faults(&location, &all).await.expect("checked");
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

const fn planted(sql: &'static str, params: &'static [ValueKind], columns: &'static [ValueKind]) -> Statement {
    Statement { name: "planted", sql, params, columns, bounded: false }
}

/// A check that finds nothing is worth nothing: each kind of fault is found on at least one engine.
#[tokio::test]
async fn planted_faults_are_found() {
    const INT: &[ValueKind] = &[ValueKind::Int];
    const TEXT: &[ValueKind] = &[ValueKind::Text];
    const NONE: &[ValueKind] = &[];
    let faulty = [
        ("misspelt", planted("SELECT nmber FROM matters WHERE tenant_id = $1 AND id = 1", INT, INT)),
        ("wrong column", planted("SELECT version FROM matters WHERE tenant_id = $1 AND id = 1", INT, TEXT)),
        ("wrong parameter", planted("UPDATE matters SET wording = $1 WHERE tenant_id = 1 AND id = 1", INT, NONE)),
        ("one engine only", planted("INSERT OR IGNORE INTO areas (id, name) VALUES ($1, 'a')", INT, NONE)),
        (
            "too few columns",
            planted(
                "SELECT version FROM matters WHERE tenant_id = $1 AND id = 1",
                INT,
                &[ValueKind::Int, ValueKind::Int],
            ),
        ),
        ("may be NULL", planted("SELECT number FROM matters WHERE tenant_id = $1 AND id = 1", INT, INT)),
        ("a scan", planted("SELECT id FROM voices WHERE said_at_us = $1", INT, INT)),
        ("the tenant alone", planted("SELECT id FROM voices WHERE tenant_id = $1", INT, INT)),
        (
            "a sort",
            planted("SELECT id FROM voices WHERE tenant_id = $1 AND matter_id = 1 ORDER BY said_at_us", INT, INT),
        ),
        ("any conflict", planted("INSERT INTO areas (id, name) VALUES ($1, 'a') ON CONFLICT DO NOTHING", INT, NONE)),
        ("out of order", planted("SELECT id FROM matters WHERE tenant_id = $2 AND id = $1", &[ValueKind::Int; 2], INT)),
    ];
    let folder = tempfile::tempdir().expect("folder");
    let locations = both(&folder).await;
    for (what, statement) in &faulty {
        let mut found = Vec::new();
        for location in &locations {
            found.extend(faults(location, &[statement]).await.expect("checked"));
        }
        assert!(!found.is_empty(), "{what} was not found");
    }
}
