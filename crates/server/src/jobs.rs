//! What runs without being asked: delivering messages, closing matters that nobody answered, forgetting what is past its time.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use linli_app::App;
use linli_app::attachments::sweep::sweep;
use linli_app::clock::Clock;
use linli_app::command::{Denied, Place};
use linli_app::idempotency::forget::forget_old_answers;
use linli_app::matters::lapse::lapse_due;
use linli_app::outbox::deliver;
use linli_app::voices::forget::{cover_again, forget_personal};
use tokio::sync::watch;

/// Between two rounds.
const ROUND: Duration = Duration::from_secs(1);
/// Rounds between two looks at what is due in every community.
const DUE_EVERY: u64 = 10;
/// Rounds between two looks at what is past its time.
const FORGET_EVERY: u64 = 600;
/// Rounds between two sweeps of files that no photo shows.
const SWEEP_EVERY: u64 = 3_600;

/// What a round does beside delivering.
#[derive(Debug, Clone, Copy)]
struct Turn {
    due: bool,
    forget: bool,
    sweeps: bool,
}

/// Runs the jobs until `stop` changes.
pub async fn run(app: App, clock_file: Option<PathBuf>, mut stop: watch::Receiver<bool>) {
    // A test moves the clock and does not wait for rounds.
    let moved = clock_file.is_some();
    let (due_every, forget_every, sweep_every) = if moved { (1, 1, 1) } else { (DUE_EVERY, FORGET_EVERY, SWEEP_EVERY) };
    for round in 0_u64.. {
        if let Some(path) = &clock_file {
            move_clock(app.clock(), path).await;
        }
        let turn = Turn {
            due: round.is_multiple_of(due_every),
            forget: round.is_multiple_of(forget_every),
            sweeps: round.is_multiple_of(sweep_every),
        };
        one_round(&app, turn).await;
        remember(&app);
        tokio::select! {
            () = tokio::time::sleep(ROUND) => {}
            _ = stop.changed() => return,
        }
    }
}

/// After the last request: what it left in the outbox is numbered, and what it erased is noted outside the database, so
/// that whoever copies or replaces the files of a stopped server has all of it.
pub async fn last_round(app: &App) {
    one_round(app, Turn { due: false, forget: false, sweeps: false }).await;
    remember(app);
    if let Err(fault) = app.store().scrub().await {
        tracing::warn!(%fault, "the write-ahead log was not emptied; nothing is lost");
    }
}

fn remember(app: &App) {
    if let Err(fault) = app.guard().keep() {
        tracing::error!(%fault, "what was signed is not remembered outside the database");
    }
}

/// One round; what fails is tried again in a later one.
async fn one_round(app: &App, Turn { due, forget, sweeps }: Turn) {
    for place in app.take_news() {
        if let Err(denied) = deliver(app, &place).await {
            tracing::warn!(community = place.slug, %denied, "messages wait");
        }
    }
    if let Err(denied) = app.scrub().await {
        tracing::debug!(%denied, "what was erased leaves the disk in a later round");
    }
    if !due && !forget {
        return;
    }
    let places = match app.communities().await {
        Ok(places) => places,
        Err(denied) => {
            tracing::warn!(%denied, "the jobs wait");
            return;
        }
    };
    // What belongs to no community, such as sign-ins, has an outbox and answers, too.
    for place in places.into_iter().chain([App::instance()]) {
        let delivered = deliver(app, &place).await;
        let lapsed = lapse_due(app, &place).await;
        let forgotten = if forget { forget_past(app, &place).await } else { Ok(()) };
        for denied in [delivered.err(), lapsed.err(), forgotten.err()].into_iter().flatten() {
            tracing::warn!(community = place.slug, %denied, "a job will be tried again");
        }
    }
    if sweeps && let Err(denied) = sweep(app).await {
        tracing::warn!(%denied, "files that no photo shows stay for now");
    }
}

/// What is past its time: answers of a day ago, what was uncovered, and personal data.
async fn forget_past(app: &App, place: &Place) -> Result<(), Denied> {
    forget_old_answers(app, place).await?;
    cover_again(app, place).await?;
    let gone = forget_personal(app, place).await?;
    if !gone.is_nothing() {
        tracing::info!(community = place.slug, ?gone, "personal data past its time was deleted");
    }
    Ok(())
}

/// The clock of a server: the machine's own, or one that a test's file moves.
pub fn clock(file: Option<&PathBuf>) -> Clock {
    match file {
        Some(_) => Clock::Moved(Arc::new(AtomicI64::new(0))),
        None => Clock::System,
    }
}

async fn move_clock(clock: &Clock, file: &PathBuf) {
    if let (Clock::Moved(by), Ok(text)) = (clock, tokio::fs::read_to_string(file).await)
        && let Ok(seconds) = text.trim().parse::<i64>()
    {
        by.store(seconds.saturating_mul(1_000_000), Ordering::SeqCst);
    }
}
