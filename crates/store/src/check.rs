//! The check of every statement on a real engine: it prepares, takes what it says, gives what it says, and finds its
//! rows by an index.

use rusqlite::Connection;
use tokio_postgres::types::Type;

use crate::port::{Statement, ValueKind};
use crate::{Fault, Location, Stop, Store, Tx, Work, tls};

/// What is wrong with `statements` on the engine at `location`, which has to be migrated.
pub async fn faults(location: &Location, statements: &[&Statement]) -> Result<Vec<String>, Fault> {
    match location {
        Location::Sqlite(path) => on_sqlite(&Connection::open(path)?, statements),
        Location::Postgres(url) => on_postgres(url, statements).await,
    }
}

/// For tests of a full disk: SQLite's file may grow to this many pages and no further.
pub async fn limit_pages(store: &Store, pages: i64) -> Result<(), Fault> {
    struct Limit(i64);
    impl Work for Limit {
        type Out = ();
        fn name(&self) -> &'static str {
            "limit-pages"
        }
        async fn run(&self, tx: &Tx) -> Result<(), Stop> {
            tx.lite_limit_pages(self.0).map_err(Stop::Fault)
        }
    }
    match store.write(Limit(pages)).await {
        Ok(()) => Ok(()),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(other) => Err(Fault::Bug(format!("{other:?}"))),
    }
}

fn on_sqlite(connection: &Connection, statements: &[&Statement]) -> Result<Vec<String>, Fault> {
    let mut faults = Vec::new();
    for statement in statements {
        let mut note = |what: String| faults.push(format!("{} on SQLite: {what}", statement.name));
        let prepared = match connection.prepare(statement.sql) {
            Ok(prepared) => prepared,
            Err(error) => {
                note(error.to_string());
                continue;
            }
        };
        if statement.sql.contains("ON CONFLICT DO") {
            note("name the columns of the conflict: an id met by chance is not what is expected".into());
        }
        if prepared.parameter_count() != statement.params.len() {
            note(format!("{} parameters, declared {}", prepared.parameter_count(), statement.params.len()));
        }
        for n in 1..=prepared.parameter_count() {
            let wanted = format!("${n}");
            if prepared.parameter_name(n) != Some(wanted.as_str()) {
                note(format!(
                    "parameter {n} is {:?}: number them in the order of first use",
                    prepared.parameter_name(n)
                ));
            }
        }
        if prepared.column_count() != statement.columns.len() {
            note(format!("{} columns, declared {}", prepared.column_count(), statement.columns.len()));
        }
        for (n, (column, declared)) in prepared.columns().zip(statement.columns).enumerate() {
            let fits = matches!(
                (column.decl_type(), declared.bare()),
                (None, _)
                    | (Some("INTEGER"), ValueKind::Int)
                    | (Some("TEXT"), ValueKind::Text)
                    | (Some("BLOB"), ValueKind::Blob)
            );
            if !fits {
                note(format!(
                    "column {} ({}) is {:?}, declared {declared:?}",
                    n + 1,
                    column.name(),
                    column.decl_type()
                ));
            }
        }
        if !statement.bounded {
            plan(connection, statement)?.into_iter().for_each(&mut note);
        }
    }
    Ok(faults)
}

/// Steps of the plan that would read rows of others.
fn plan(connection: &Connection, statement: &Statement) -> Result<Vec<String>, Fault> {
    let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql))?;
    for n in 1..=explain.parameter_count() {
        explain.raw_bind_parameter(n, 1_i64)?;
    }
    let mut rows = explain.raw_query();
    let mut bad = Vec::new();
    while let Some(row) = rows.next()? {
        let step: String = row.get(3)?;
        let scans = step.starts_with("SCAN") && !step.contains("CONSTANT ROW");
        let tenant_alone = step.ends_with("(tenant_id=?)") && !is_head(statement);
        if scans || step.contains("TEMP B-TREE") || tenant_alone {
            bad.push(format!("plan: {step}"));
        }
    }
    Ok(bad)
}

/// Tables whose whole key is the tenant.
fn is_head(statement: &Statement) -> bool {
    ["UPDATE number_heads", "UPDATE log_heads", "SELECT era, size, frontier, note FROM log_heads"]
        .iter()
        .any(|begin| statement.sql.starts_with(begin))
}

async fn on_postgres(url: &str, statements: &[&Statement]) -> Result<Vec<String>, Fault> {
    let (config, _) = tls::connector(url)?;
    let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    let mut faults = Vec::new();
    for statement in statements {
        let mut note = |what: String| faults.push(format!("{} on PostgreSQL: {what}", statement.name));
        let prepared = match client.prepare(statement.sql).await {
            Ok(prepared) => prepared,
            Err(error) => {
                note(error.as_db_error().map_or_else(|| error.to_string(), |e| e.message().to_owned()));
                continue;
            }
        };
        let params: Vec<_> = prepared.params().iter().map(kind_of).collect();
        let declared: Vec<_> = statement.params.iter().map(|kind| Some(kind.bare())).collect();
        if params != declared {
            note(format!("parameters {params:?}, declared {declared:?}"));
        }
        if prepared.columns().len() != statement.columns.len() {
            note(format!("{} columns, declared {}", prepared.columns().len(), statement.columns.len()));
        }
        for (column, declared) in prepared.columns().iter().zip(statement.columns) {
            if kind_of(column.type_()) != Some(declared.bare()) {
                note(format!("column {} is {}, declared {declared:?}", column.name(), column.type_()));
            }
            let (Some(table), Some(number)) = (column.table_oid(), column.column_id()) else { continue };
            let filled: bool = client
                .query_one(
                    "SELECT attnotnull FROM pg_attribute WHERE attrelid = $1 AND attnum = $2",
                    &[&table, &number],
                )
                .await?
                .try_get(0)?;
            if !filled && declared.bare() == *declared {
                note(format!("column {} may be NULL, declared {declared:?}", column.name()));
            }
        }
    }
    Ok(faults)
}

fn kind_of(ty: &Type) -> Option<ValueKind> {
    match *ty {
        Type::INT8 => Some(ValueKind::Int),
        Type::TEXT => Some(ValueKind::Text),
        Type::BYTEA => Some(ValueKind::Blob),
        _ => None,
    }
}
