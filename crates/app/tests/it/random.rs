//! The same random commands on the rules alone, on SQLite and on PostgreSQL: equal stages, equal rows.

use linli_app::audit::verify::verify;
use linli_app::outbox::deliver;
use linli_testkit::random::random_run;
use linli_testkit::{Engine, World, hashes};

#[tokio::test]
async fn a_random_run_ends_the_same_on_the_model_and_on_both_engines() {
    for seed in [1, 2] {
        let mut ends = Vec::new();
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let world = World::seeded(engine, seed).await;
            let taken = random_run(&world, 300, seed, 41).await;
            assert!(taken > 60, "only {taken} of 300 commands were taken: the run proves little");
            deliver(&world.app, &world.place).await.expect("numbered");
            let report = verify(&world.app, &world.place, vec![]).await.expect("checked");
            assert_eq!((report.waiting, report.findings), (0, vec![]), "every matter stands as its entries say");
            ends.push((taken, hashes::rows(&world.location).await));
        }
        let (postgres, sqlite) = (ends.pop().expect("two"), ends.pop().expect("two"));
        assert_eq!(sqlite.0, postgres.0);
        for (table, rows) in &sqlite.1 {
            assert_eq!(rows, &postgres.1[table], "seed {seed}: rows of {table}");
        }
    }
}
