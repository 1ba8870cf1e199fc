//! SQLite's lanes: exactly one writer thread, and a few readers, each the owner of its connection.
//!
//! The writer takes whatever commands wait, runs each in its own savepoint, and commits them together; an answer
//! leaves only after the commit that carries it. A pool of writers with a busy timeout was twelve times slower and had
//! a worst case of three seconds: never that.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use futures_util::FutureExt as _;
use tokio::sync::oneshot;

use crate::store::Work;
use crate::{Fault, Stop, Tx};

/// Commands that may wait in front of the writer; more are told to come back.
const QUEUE: usize = 2_048;
/// Commands in one group.
const GROUP: usize = 256;
/// How long a group may grow.
const GROUP_TIME: Duration = Duration::from_millis(5);
/// A command over this is logged by name.
const SLOW: Duration = Duration::from_millis(50);

/// Sends one command's answer, once it is known whether its group was committed.
type Ack = Box<dyn FnOnce(Result<(), Fault>) + Send>;
/// What is left of a command that was run: its waiting answer, and whether its rows are to stay.
struct Ran {
    ack: Ack,
    keep: bool,
}
/// Runs one command; the answer waits.
type Job = Box<dyn FnOnce(&Tx) -> Ran + Send>;
/// Opens the lane's connection.
pub(crate) type Open = Box<dyn Fn() -> Result<Tx, Fault> + Send>;

/// A queue in front of threads that each own a connection.
#[derive(Debug, Clone)]
pub(crate) struct Lane(Sender<Job>);

impl Lane {
    /// The one writer.
    pub(crate) fn writer(open: Open) -> Result<Lane, Fault> {
        let tx = open()?;
        let (send, receive) = bounded::<Job>(QUEUE);
        spawn("linli-writer", move || write_groups(tx, &open, &receive))?;
        Ok(Lane(send))
    }

    /// `count` readers, each with its own snapshot per job.
    pub(crate) fn readers(count: usize, open: &Open) -> Result<Lane, Fault> {
        let (send, receive) = bounded::<Job>(QUEUE);
        for _ in 0..count {
            let (tx, receive) = (open()?, receive.clone());
            spawn("linli-reader", move || {
                while let Ok(job) = receive.recv() {
                    let begun = tx.lite_control("BEGIN");
                    let ran = job(&tx);
                    tx.take_poison();
                    let ended = if tx.lite_is_open() { tx.lite_control("COMMIT") } else { Ok(()) };
                    (ran.ack)(begun.and(ended));
                }
            })?;
        }
        Ok(Lane(send))
    }

    /// Runs `work` on the lane's connection and waits for its answer.
    pub(crate) async fn send<W: Work>(&self, work: Arc<W>) -> Result<W::Out, Stop> {
        let (answer, wait) = oneshot::channel();
        let job: Job = Box::new(move |tx| {
            let outcome = run_once(work.as_ref(), tx);
            let keep = outcome.is_ok();
            let ack: Ack = Box::new(move |committed| {
                // A group that failed fails every command of it, refusals too: they may rest on rows that are gone.
                let _ = answer.send(committed.map_err(Stop::Fault).and(outcome));
            });
            Ran { ack, keep }
        });
        match self.0.try_send(job) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(Fault::Busy.into()),
            Err(TrySendError::Disconnected(_)) => return Err(Fault::Unavailable("the lane is closed".into()).into()),
        }
        wait.await.unwrap_or_else(|_| Err(Fault::Unavailable("the lane has ended".into()).into()))
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    std::thread::Builder::new()
        .name(name.into())
        .spawn(body)
        .map(drop)
        .map_err(|e| Fault::Unavailable(format!("no thread for {name}: {e}")))
}

/// Polls the command exactly once: its statements are ready at once, so whatever is not awaits something foreign.
fn run_once<W: Work>(work: &W, tx: &Tx) -> Result<W::Out, Stop> {
    let started = Instant::now();
    let polled = catch_unwind(AssertUnwindSafe(|| work.run(tx).now_or_never()));
    if started.elapsed() > SLOW {
        tracing::warn!(command = work.name(), ms = started.elapsed().as_millis(), "slow command");
    }
    match polled {
        Ok(Some(outcome)) => outcome,
        Ok(None) => Err(Fault::Bug(format!("{} waits for something that is not the database", work.name())).into()),
        Err(panic) => Err(Fault::Bug(format!("{} panicked: {}", work.name(), message(panic.as_ref()))).into()),
    }
}

pub(crate) fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

fn write_groups(mut tx: Tx, open: &Open, queue: &Receiver<Job>) {
    while let Ok(first) = queue.recv() {
        let (acks, committed) = write_group(&tx, first, queue);
        if let Err(fault) = &committed {
            tracing::error!(%fault, commands = acks.len(), "a group of commands was not committed");
            // After a failed COMMIT the connection's state is not to be trusted: begin afresh.
            if let Ok(fresh) = open() {
                tx = fresh;
            }
        }
        for ack in acks {
            ack(committed.clone());
        }
    }
}

fn write_group(tx: &Tx, first: Job, queue: &Receiver<Job>) -> (Vec<Ack>, Result<(), Fault>) {
    let started = Instant::now();
    let mut acks = Vec::new();
    if let Err(fault) = tx.lite_control("BEGIN IMMEDIATE") {
        // The command is answered although nothing of it was run.
        acks.push(refuse(first));
        return (acks, Err(fault));
    }
    let mut next = Some(first);
    while let Some(job) = next.take() {
        match write_one(tx, job) {
            Ok(ack) => acks.push(ack),
            Err((ack, fault)) => {
                acks.push(ack);
                let _ = tx.lite_control("ROLLBACK");
                return (acks, Err(fault));
            }
        }
        if acks.len() < GROUP && started.elapsed() < GROUP_TIME {
            next = queue.try_recv().ok();
        }
    }
    let committed = tx.lite_control("COMMIT");
    if committed.is_err() {
        let _ = tx.lite_control("ROLLBACK");
    }
    (acks, committed)
}

/// A job that cannot run still has somebody waiting: it is run on no database at all, and its group's fault answers it.
fn refuse(job: Job) -> Ack {
    match rusqlite::Connection::open_in_memory() {
        Ok(nowhere) => job(&Tx::lite(nowhere)).ack,
        Err(_) => Box::new(|_| {}),
    }
}

/// One command in its savepoint: what was refused, failed or panicked leaves no row.
fn write_one(tx: &Tx, job: Job) -> Result<Ack, (Ack, Fault)> {
    if let Err(fault) = tx.lite_control("SAVEPOINT command") {
        return Err((refuse(job), fault));
    }
    let Ran { ack, keep } = job(tx);
    let poisoned = tx.take_poison();
    if !tx.lite_is_open() {
        // SQLite rolled the whole group back by itself: no room, or the disk failed.
        return Err((ack, Fault::Full));
    }
    let ended = if keep && !poisoned {
        tx.lite_control("RELEASE command")
    } else {
        tx.lite_control("ROLLBACK TO command").and_then(|()| tx.lite_control("RELEASE command"))
    };
    match ended {
        Ok(()) if keep && poisoned => Ok(Box::new(move |committed| ack(committed.and(Err(Fault::carried_on()))))),
        Ok(()) => Ok(ack),
        Err(fault) => Err((ack, fault)),
    }
}
