//! The log: numbered, signed, provable, and every change behind its back is found.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use linli_app::Caller;
use linli_app::audit::guard::Guard;
use linli_app::audit::number::{contradicted, declare_new_log};
use linli_app::audit::show::{ConsistencyInput, InclusionInput, ProveConsistency, ProveInclusion, ShowLog};
use linli_app::audit::sign::PublicLogKey;
use linli_app::audit::verify::{Misfit, Report, verify};
use linli_app::command::{Here, Nothing, Request};
use linli_app::matters::MatterAt;
use linli_app::matters::timeline::{ShowTimeline, TimelineInput};
use linli_app::outbox::deliver;
use linli_app::voices::say::{SayVoice, SayVoiceInput};
use linli_domain::audit::checkpoint::SignedCheckpoint;
use linli_domain::audit::tree::{Hash, is_consistent, is_included};
use linli_domain::audit::view::{LogView, ProofView};
use linli_domain::matters::MatterRef;
use linli_testkit::tamper::tamper;
use linli_testkit::{Engine, World, both_engines};

use crate::tasks::code;

async fn log(world: &World) -> (LogView, SignedCheckpoint) {
    deliver(&world.app, &world.place).await.expect("delivered");
    let view = world.ask::<ShowLog>(&Caller::resident(), Here {}, Nothing {}).await.expect("a log");
    let note = SignedCheckpoint::parse(&view.note).expect("a note");
    (view, note)
}

fn hash(text: &str) -> Hash {
    STANDARD.decode(text).expect("base 64").try_into().expect("32 bytes")
}
fn steps(proof: &ProofView) -> Vec<Hash> {
    proof.proof.iter().map(|step| hash(step)).collect()
}

async fn check(world: &World, papers: Vec<SignedCheckpoint>) -> Report {
    verify(&world.app, &world.place, papers).await.expect("checked")
}

both_engines! {
    async fn every_entry_is_numbered_signed_and_proved(world) {
        let (said, matter) = world.awaiting("路灯坏了").await;
        let (early, early_note) = log(&world).await;
        world.answer(&said, "solved").await.expect("confirmed");
        for words in ["水渠堵了", "井盖松了", "桥栏断了"] {
            world.awaiting(words).await;
        }
        let (late, late_note) = log(&world).await;
        let key = PublicLogKey::parse(&late.key).expect("a key");
        assert!(key.signed(&late_note) && key.signed(&early_note));
        assert!(late.size > early.size && late.waiting == 0);
        let resident = Caller::resident();
        let at = MatterAt { matter: MatterRef::Id(matter) };
        let line = world.ask::<ShowTimeline>(&world.desk.caller, at, TimelineInput::default()).await.expect("timeline");
        assert!(line.entries.len() >= 7);
        for entry in line.entries {
            let input = InclusionInput { entry: entry.id.to_string(), size: None };
            let proof = world.ask::<ProveInclusion>(&resident, Here {}, input).await.expect("proved");
            let (index, leaf) = (proof.index.expect("where"), hash(proof.leaf.as_deref().expect("what")));
            assert!(is_included(leaf, index, late.size, &steps(&proof), &late_note.checkpoint.root));
        }
        let input = ConsistencyInput { from: early.size, size: None };
        let proof = world.ask::<ProveConsistency>(&resident, Here {}, input).await.expect("proved");
        let (old, new) = (&early_note.checkpoint, &late_note.checkpoint);
        assert!(is_consistent(old.size, &old.root, new.size, &new.root, &steps(&proof)));
        let none = InclusionInput { entry: "77".into(), size: None };
        assert_eq!(code(world.ask::<ProveInclusion>(&resident, Here {}, none).await), "not-numbered");
        let long = ConsistencyInput { from: late.size + 1, size: None };
        assert_eq!(code(world.ask::<ProveConsistency>(&resident, Here {}, long).await), "not-that-long");
        let report = check(&world, vec![early_note, late_note]).await;
        assert_eq!((report.entries, report.papers, report.findings), (late.size, 2, vec![]));
    }

    /// Two deliverers at once number every entry once.
    async fn numbers_are_given_once(world) {
        for i in 0..30 {
            world.say(&format!("第{i}件")).await;
        }
        let both = tokio::join!(deliver(&world.app, &world.place), deliver(&world.app, &world.place));
        assert!(both.0.is_ok() || both.1.is_ok());
        let (view, note) = log(&world).await;
        let report = check(&world, vec![note]).await;
        assert_eq!((report.entries, report.findings), (view.size, vec![]));
    }

    async fn a_paper_of_another_log_or_another_key_is_told_apart(world) {
        world.awaiting("路灯坏了").await;
        let (_, note) = log(&world).await;
        let neighbour = world.neighbour().await;
        let input = SayVoiceInput { text: "水渠堵了".into(), contact: None, place: None };
        let say = Request::<SayVoice>::new(Here {}, input);
        world.app.execute(&Caller::resident(), &neighbour, say).await.expect("said");
        deliver(&world.app, &neighbour).await.expect("delivered");
        let theirs = world.app.ask::<ShowLog>(&Caller::resident(), &neighbour, Here {}, Nothing {}).await.expect("a log");
        let theirs = SignedCheckpoint::parse(&theirs.note).expect("a note");
        let mut forged = note.clone();
        forged.checkpoint.root[0] ^= 1;
        let found = check(&world, vec![theirs, forged, note]).await;
        let misfits: Vec<_> = found.findings.into_iter().map(|finding| finding.misfit).collect();
        assert_eq!((misfits, found.papers), (vec![Misfit::PaperNotOfThisLog, Misfit::PaperNotSigned], 1));
    }
}

/// Every kind of change behind the server's back, made with the database's own tools, is found and named.
async fn changes_are_found(engine: Engine) {
    let entry = |kind: &str| format!("id = (SELECT MIN(id) FROM audit WHERE tenant_id = TENANT AND kind = '{kind}')");
    let cases = [
        (format!("UPDATE audit SET at_us = at_us + 1 WHERE {}", entry("matter-listed")), Misfit::EntryChanged),
        (format!("UPDATE audit SET details = '{{}}' WHERE {}", entry("matter-listed")), Misfit::EntryChanged),
        (format!("UPDATE audit SET actor = 7 WHERE {}", entry("task-accepted")), Misfit::EntryChanged),
        (format!("DELETE FROM audit WHERE {}", entry("task-finished")), Misfit::EntryGone),
        (
            "UPDATE openings SET words = '{}' WHERE tenant_id = TENANT AND words LIKE '%wording%'".into(),
            Misfit::WordsChanged,
        ),
        ("UPDATE voices SET words = '没有这回事' WHERE tenant_id = TENANT".into(), Misfit::WordsChanged),
        ("UPDATE matters SET wording = '修花坛' WHERE tenant_id = TENANT".into(), Misfit::MatterChanged("wording")),
        (
            "UPDATE matters SET deadline_day = deadline_day + 30 WHERE tenant_id = TENANT".into(),
            Misfit::MatterChanged("deadline"),
        ),
        ("UPDATE matters SET number = 9 WHERE tenant_id = TENANT".into(), Misfit::MatterChanged("number")),
        ("UPDATE matters SET stage = 'confirmed' WHERE tenant_id = TENANT".into(), Misfit::MatterChanged("stage")),
        ("DELETE FROM log_nodes WHERE tenant_id = TENANT AND level = 0 AND position = 2".into(), Misfit::Gap),
        ("UPDATE log_heads SET size = size - 1 WHERE tenant_id = TENANT".into(), Misfit::HeadChanged),
        ("UPDATE log_heads SET note = '' WHERE tenant_id = TENANT".into(), Misfit::NotSigned),
        (
            "INSERT INTO audit (id, tenant_id, at_us, kind, actor, matter_id, subject_id, details) \
             VALUES (99, TENANT, 1, 'matter-confirmed', 0, 1, 1, '{}')"
                .into(),
            Misfit::NeverNumbered,
        ),
    ];
    for (sql, misfit) in cases {
        let world = World::alone(engine).await;
        world.awaiting("路灯坏了").await;
        log(&world).await;
        assert_eq!(check(&world, vec![]).await.findings, vec![]);
        tamper(&world, &sql).await;
        let found = verify(&world.app, &world.place, vec![]).await;
        // A head that does not fit its own size is not even read: that is told, too.
        let told = found.is_err() || found.is_ok_and(|report| report.findings.iter().any(|one| one.misfit == misfit));
        assert!(told, "{sql}");
    }
}

#[tokio::test]
async fn changes_are_found_sqlite() {
    changes_are_found(Engine::Sqlite).await;
}
#[tokio::test]
async fn changes_are_found_postgres() {
    changes_are_found(Engine::Postgres).await;
}

/// Somebody who holds the key and rewrites the whole tree is found by whoever holds an older paper.
#[tokio::test]
async fn a_rewritten_tree_contradicts_an_older_paper() {
    let world = World::alone(Engine::Sqlite).await;
    world.awaiting("路灯坏了").await;
    let (_, paper) = log(&world).await;
    let all = "DELETE FROM log_nodes; DELETE FROM log_heads; \
               UPDATE audit SET at_us = at_us - 1 WHERE kind = 'matter-listed'; \
               INSERT OR IGNORE INTO outbox (id, tenant_id, at_us, kind, matter_id, subject_id, person_id) \
               SELECT id, tenant_id, at_us, kind, matter_id, subject_id, 0 FROM audit;";
    tamper(&world, all).await;
    let forger = world.twin().await;
    deliver(&forger, &world.place).await.expect("numbered anew");
    let report = check(&world, vec![paper.clone()]).await;
    let misfits: Vec<_> = report.findings.iter().map(|finding| finding.misfit.clone()).collect();
    assert_eq!(misfits, vec![Misfit::PaperContradicts]);
    assert_eq!(report.findings[0].position, Some(paper.checkpoint.size));
}

/// An older database under the server: nothing is signed that contradicts what was signed before, until a new log is
/// declared; the new one has another name, and the older papers still fit what they showed.
#[tokio::test]
async fn an_older_database_signs_nothing_until_a_new_log_is_declared() {
    let world = World::alone(Engine::Sqlite).await;
    world.awaiting("路灯坏了").await;
    let (_, early) = log(&world).await;
    let backup = world.folder().join("backup.db");
    tamper(&world, &format!("VACUUM INTO '{}'", backup.display())).await;
    world.awaiting("水渠堵了").await;
    let (_, late) = log(&world).await;
    world.app.guard().keep().expect("kept");
    let old = world.on(&backup).await;
    assert_eq!(contradicted(&old).await.expect("checked").len(), 1);
    let input = SayVoiceInput { text: "又一件".into(), contact: None, place: None };
    let say = Request::<SayVoice>::new(Here {}, input);
    old.execute(&Caller::resident(), &world.place, say).await.expect("said");
    assert!(deliver(&old, &world.place).await.is_err());
    let note = declare_new_log(&old, &world.place).await.expect("declared");
    assert!(note.checkpoint.origin.ends_with("/2"));
    deliver(&old, &world.place).await.expect("numbered");
    assert!(contradicted(&old).await.expect("checked").is_empty());
    let report = verify(&old, &world.place, vec![early, late]).await.expect("checked");
    let misfits: Vec<_> = report.findings.into_iter().map(|finding| finding.misfit).collect();
    assert_eq!((report.papers, misfits.len()), (1, 1));
    assert!(Guard::open(world.folder().join("data.signed")).is_ok());
}
