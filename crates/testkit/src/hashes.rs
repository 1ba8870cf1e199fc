//! Every row of every table, so that two databases can be compared.

use std::collections::BTreeMap;

use linli_store::Location;

/// Tables whose rows are not the run's own.
const LEFT_OUT: [&str; 1] = ["migrations"];

/// Each table with its rows as sorted texts.
pub async fn rows(location: &Location) -> BTreeMap<String, Vec<String>> {
    match location {
        Location::Sqlite(path) => of_sqlite(path),
        Location::Postgres(url) => of_postgres(url).await,
    }
}

fn of_sqlite(path: &std::path::Path) -> BTreeMap<String, Vec<String>> {
    let connection = rusqlite::Connection::open(path).expect("opens");
    let mut all = BTreeMap::new();
    for (table, columns) in tables_of_sqlite(&connection) {
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} FROM {table}", quoted.join(" || '|' || "));
        let mut statement = connection.prepare(&sql).expect("prepares");
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        let mut rows: Vec<String> = rows.collect::<Result<_, _>>().expect("texts");
        rows.sort();
        all.insert(table, rows);
    }
    all
}

/// Tables with their columns in the order of their names: the two engines declare them in different orders.
fn tables_of_sqlite(connection: &rusqlite::Connection) -> Vec<(String, Vec<String>)> {
    let sql = "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name";
    let mut statement = connection.prepare(sql).expect("prepares");
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).expect("rows");
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in rows.flatten().filter(|(table, _)| !LEFT_OUT.contains(&table.as_str())) {
        tables.entry(table).or_default().push(column);
    }
    tables.into_iter().collect()
}

async fn of_postgres(url: &str) -> BTreeMap<String, Vec<String>> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
    tokio::spawn(connection);
    let sql = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
               WHERE table_schema = 'public' ORDER BY table_name, column_name COLLATE \"C\"";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in client.query(sql, &[]).await.expect("columns") {
        let (table, column, kind): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        // As SQLite's quote() writes them.
        let quoted = match kind.as_str() {
            "bytea" => format!("'X''' || upper(encode({column}, 'hex')) || ''''"),
            "text" => format!("'''' || replace({column}, '''', '''''') || ''''"),
            _ => format!("{column}::text"),
        };
        tables.entry(table).or_default().push(format!("COALESCE({quoted}, 'NULL')"));
    }
    let mut all = BTreeMap::new();
    for (table, columns) in tables {
        let sql = format!("SELECT {} FROM {table}", columns.join(" || '|' || "));
        let rows = client.query(&sql, &[]).await.expect("rows");
        let mut rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        rows.sort();
        all.insert(table, rows);
    }
    all
}
