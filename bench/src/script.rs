//! The lifecycle as the product writes it, statement by statement, for the raw engines: the very texts of the store.

use linli_store::statements;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A resident says something.
    Submit,
    /// Said, listed, dispatched, accepted, finished, confirmed: six commands.
    Lifecycle,
}

impl Kind {
    /// Commands in one round.
    pub fn commands(self) -> usize {
        match self {
            Kind::Submit => 1,
            Kind::Lifecycle => 6,
        }
    }
    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Submit => "submit",
            Kind::Lifecycle => "lifecycle",
        }
    }
}

/// A value of a placeholder.
#[derive(Debug, Clone, Copy)]
pub enum Arg {
    /// The round's own number plus this: ids.
    Id(i64),
    /// The same for every round.
    Int(i64),
    /// The community of the round.
    Tenant,
    /// The number that `next_number` gave.
    Number,
    /// A text.
    Text(&'static str),
    /// Thirty-two bytes of the round's own, the last of them this.
    Mac(u8),
    /// A sealed answer's bytes.
    Sealed,
    /// NULL.
    Null,
}

/// One statement with its values.
#[derive(Debug, Clone)]
pub struct Step {
    /// The store's text.
    pub sql: &'static str,
    /// Its values.
    pub args: Vec<Arg>,
    /// It answers rows.
    pub reads: bool,
    /// Its answer is the number of [`Arg::Number`].
    pub gives_number: bool,
}

/// One command's statements.
pub type Transaction = Vec<Step>;

/// Ids of one round.
pub const IDS: i64 = 64;

fn step(name: &str, args: Vec<Arg>) -> Step {
    let statement = statements()
        .into_iter()
        .find(|statement| statement.name == format!("linli_store::{name}"))
        .unwrap_or_else(|| panic!("the store has no statement {name}"));
    assert_eq!(statement.params.len(), args.len(), "{name}");
    let reads = !statement.columns.is_empty();
    Step { sql: statement.sql, args, reads, gives_number: name == "matters::next_number" }
}

use Arg::{Id, Int, Mac, Null, Number, Sealed, Tenant, Text};

const AT: Arg = Int(1_790_000_000_000_000);
const DETAILS: Arg = Text(r#"{"channel":"telephone","round":"1"}"#);

fn key(n: u8) -> Step {
    step("idempotency::find", vec![Tenant, Mac(n)])
}
fn event(id: i64, kind: &'static str) -> [Step; 2] {
    [
        step("audit::add", vec![Id(id), Tenant, AT, Text(kind), Int(7), Id(1), Id(2), DETAILS]),
        step("outbox::add", vec![Id(id), Tenant, AT, Text(kind), Id(1), Id(2), Int(0)]),
    ]
}
fn keep(id: i64, n: u8) -> Step {
    step("idempotency::keep", vec![Id(id), Tenant, Mac(n), Mac(n), Sealed, AT])
}
fn load() -> Step {
    step("matters::load", vec![Tenant, Id(1)])
}
fn save(stage: &'static str, live: i64, done: i64, version: i64) -> Step {
    let args = vec![Text(stage), Int(1), AT, Int(0), Int(live), Int(done), Int(1), Tenant, Id(1), Int(version)];
    step("matters::save", args)
}

/// The statements of each command of a round.
pub fn transactions(kind: Kind) -> Vec<Transaction> {
    let all = vec![submit(), list(), dispatch(), accept(), finish(), confirm()];
    all.into_iter().take(kind.commands()).collect()
}

fn submit() -> Transaction {
    let words = Text("三号楼门口的路灯坏了三天，晚上看不见路");
    let mut all = vec![
        key(1),
        step("matters::add", vec![Id(1), Tenant, Text("received"), Int(1), Id(2), AT]),
        step("voices::add", vec![Id(2), Tenant, Id(1), words, Null, Null, Text("web"), AT, Mac(0), AT, Null]),
    ];
    all.extend(event(3, "voice-said"));
    all.push(keep(4, 1));
    all
}

fn list() -> Transaction {
    let mut all = vec![
        key(2),
        load(),
        step("places::category", vec![Tenant, Int(1)]),
        step("places::group", vec![Tenant, Int(1)]),
        step(
            "matters::publish",
            vec![Text("修三号楼门口路灯"), Null, Null, Text("王大姐"), Int(20_000), Tenant, Id(1)],
        ),
        step("matters::next_number", vec![Tenant]),
        step("matters::give_number", vec![Number, Tenant, Id(1)]),
        save("listed", 0, 0, 1),
    ];
    all.extend(event(5, "matter-listed"));
    all.push(keep(6, 2));
    all
}

fn dispatch() -> Transaction {
    let mut all = vec![
        key(3),
        load(),
        step(
            "tasks::add",
            vec![Id(10), Tenant, Id(1), Int(1), Int(1), Text("offered"), Null, Text("换灯泡"), Null, Int(7), AT],
        ),
        save("working", 1, 0, 2),
    ];
    all.extend(event(11, "task-offered"));
    all.push(keep(12, 3));
    all
}

fn accept() -> Transaction {
    let mut all = vec![
        key(4),
        step("tasks::load", vec![Tenant, Id(10)]),
        step("tasks::save", vec![Text("accepted"), Int(8), Tenant, Id(10), Int(1)]),
        step("tasks::take", vec![Id(13), Tenant, Id(10), Id(1), Int(8), AT, Int(i64::MAX), Text("held")]),
        load(),
        step("matters::save_counts", vec![Int(0), Int(1), Int(0), Int(1), Tenant, Id(1), Int(3)]),
    ];
    all.extend(event(14, "task-accepted"));
    all.push(keep(15, 4));
    all
}

fn finish() -> Transaction {
    let mut all = vec![
        key(5),
        step("tasks::load", vec![Tenant, Id(10)]),
        step("tasks::save", vec![Text("finished"), Int(8), Tenant, Id(10), Int(2)]),
        step("tasks::note_done", vec![Text("弄好了"), Tenant, Id(10)]),
        step("tasks::let_go", vec![AT, Text("finished"), Null, Tenant, Id(10)]),
        load(),
        save("awaiting", 0, 1, 4),
    ];
    all.extend(event(16, "task-finished"));
    all.extend(event(17, "matter-awaiting"));
    all.push(keep(18, 5));
    all
}

fn confirm() -> Transaction {
    let mut all = vec![
        key(6),
        step("voices::by_receipt", vec![Tenant, Mac(0), Int(0)]),
        load(),
        step("voices::answers", vec![Tenant, Id(1), Int(1)]),
        step("tasks::workers", vec![Tenant, Id(1)]),
        step(
            "voices::confirm",
            vec![Id(19), Tenant, Id(2), Id(1), Int(1), Text("solved"), Text("web"), Null, AT, Null],
        ),
        save("confirmed", 0, 1, 5),
    ];
    all.extend(event(20, "voice-confirmed"));
    all.extend(event(21, "matter-confirmed"));
    all.push(keep(22, 6));
    all
}
