//! Changes behind the server's back, made with the database's own tools: what a check of the log has to find.

use linli_store::Location;

use crate::World;

/// Runs statements on the world's database as somebody with its password would; `TENANT` is the community.
pub async fn tamper(world: &World, sql: &str) {
    let sql = sql.replace("TENANT", &world.place.id.raw().to_string());
    match &world.location {
        Location::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).expect("opens");
            connection.pragma_update(None, "foreign_keys", false).expect("loosened");
            connection.execute_batch(&sql).expect("tampered");
        }
        Location::Postgres(url) => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
            let wire = tokio::spawn(connection);
            client.batch_execute(&sql).await.expect("tampered");
            drop(client);
            let _ = wire.await;
        }
    }
}
