//! The one way in: key, permission, command, audit, outbox, commit.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::future::try_join_all;
use linli_domain::id::CommunityId;
use linli_domain::people::{Actor, Permission};
use linli_domain::places::CommunityView;
use linli_domain::refusal::CommonRefusal;
use linli_store::{Stop, Store, Tx, Work};
use parking_lot::Mutex;

use crate::attachments::files::Files;
use crate::audit::guard::Guard;
use crate::audit::record;
use crate::clock::Clock;
use crate::command::{Caller, Command, Cx, Denied, Place, Query, Recorded, Request};
use crate::idempotency::Keyed;
use crate::ids::{Ids, Randomness};
use crate::people::hashing::Hashing;
use crate::places::Places;
use crate::sealing::Keys;
use crate::voices::erased::Journal;

/// What an [`App`] is made of.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// This installation's keys.
    pub keys: Keys,
    /// Where randomness comes from.
    pub random: Randomness,
    /// Number of this process, part of every id it makes (0 to 1023).
    pub node: u16,
    /// Where photos lie.
    pub photos: PathBuf,
    /// What was signed last, kept outside the database.
    pub guard: Guard,
    /// What was erased, kept outside the database.
    pub journal: Journal,
}

/// The use cases, ready to be called. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Core>);

/// What the use cases share; its parts are this crate's own.
#[derive(Debug)]
pub struct Core {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) keys: Keys,
    pub(crate) random: Randomness,
    pub(crate) ids: Ids,
    pub(crate) files: Files,
    pub(crate) places: Places,
    pub(crate) hashing: Hashing,
    pub(crate) guard: Guard,
    pub(crate) journal: Journal,
    news: Mutex<HashMap<CommunityId, Place>>,
    /// Something was erased since the disk was last cleared of it.
    to_scrub: AtomicBool,
}

impl std::ops::Deref for App {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.0
    }
}

impl App {
    /// Puts it together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Core {
            store: parts.store,
            clock: parts.clock,
            keys: parts.keys,
            random: parts.random,
            ids: Ids::new(parts.node),
            files: Files::new(parts.photos),
            places: Places::default(),
            hashing: Hashing::default(),
            guard: parts.guard,
            journal: parts.journal,
            news: Mutex::default(),
            to_scrub: AtomicBool::new(false),
        }))
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }
    /// What was signed last.
    pub fn guard(&self) -> &Guard {
        &self.0.guard
    }
    /// The database, for checks of its health.
    pub fn store(&self) -> &Store {
        &self.0.store
    }
    /// The keys, for forms and sessions.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }
    /// The source of randomness.
    pub fn random(&self) -> &Randomness {
        &self.0.random
    }
    /// The instance itself as a place, for what belongs to no community.
    pub fn instance() -> Place {
        Arc::new(CommunityView::instance())
    }

    /// Executes a command and answers after the commit that carries it. The same request with the same key answers
    /// the first answer again.
    pub async fn execute<C: Command>(
        &self,
        caller: &Caller,
        place: &Place,
        request: Request<C>,
    ) -> Result<C::Done, Denied> {
        permit(&caller.actor, place, C::MAY)?;
        let mut command = C::parse(&request.at, &request.input).map_err(Denied::Fields)?;
        let keyed = match &request.key {
            Some(key) => Some(Keyed::new::<C>(self, caller, place, key, &request)?),
            None => None,
        };
        command.take_photos(request.photos);
        command.prepare(self, caller).await?;
        let started = std::time::Instant::now();
        let executing =
            Executing { app: self.clone(), command, place: Arc::clone(place), caller: caller.clone(), keyed };
        let outcome = self.0.store.write(executing).await.map_err(Denied::from);
        measure(C::NAME, &outcome, started);
        if outcome.is_ok() {
            self.0.news.lock().insert(place.id, Arc::clone(place));
        }
        outcome
    }

    /// The places whose outbox has filled since this was last asked: the delivering job looks there first.
    pub fn take_news(&self) -> Vec<Place> {
        std::mem::take(&mut *self.0.news.lock()).into_values().collect()
    }

    /// Notes that something was erased.
    pub(crate) fn erased(&self) {
        self.0.to_scrub.store(true, Ordering::Relaxed);
    }
    /// Clears the disk of what was erased since the last time; a busy database is asked again.
    pub async fn scrub(&self) -> Result<(), Denied> {
        if self.0.to_scrub.swap(false, Ordering::Relaxed)
            && let Err(fault) = self.0.store.scrub().await
        {
            self.erased();
            return Err(fault.into());
        }
        Ok(())
    }

    /// Answers a query.
    pub async fn ask<Q: Query>(
        &self,
        caller: &Caller,
        place: &Place,
        at: Q::At,
        input: Q::Input,
    ) -> Result<Q::View, Denied> {
        permit(&caller.actor, place, Q::MAY)?;
        let query = Q::parse(at, input).map_err(Denied::Fields)?;
        self.read(caller, place, query).await
    }

    /// Runs a query that is already parsed.
    pub async fn read<Q: Query>(&self, caller: &Caller, place: &Place, query: Q) -> Result<Q::View, Denied> {
        permit(&caller.actor, place, Q::MAY)?;
        let asking = Asking { app: self.clone(), query, place: Arc::clone(place), caller: caller.clone() };
        Ok(self.0.store.read(asking).await?)
    }
}

fn measure<T>(name: &'static str, outcome: &Result<T, Denied>, started: std::time::Instant) {
    let word = match outcome {
        Ok(_) => "done",
        Err(Denied::Fields(_) | Denied::Refused(_)) => "refused",
        Err(Denied::Fault(_)) => "fault",
    };
    metrics::counter!("linli_commands_total", "command" => name, "outcome" => word).increment(1);
    metrics::histogram!("linli_command_seconds", "command" => name).record(started.elapsed().as_secs_f64());
}

/// The one permission check. Somebody of another community is told that there is nothing here.
///
/// [`App::execute`] and [`App::ask`] make it themselves; a door that reads a body first asks it before.
pub fn permit(actor: &Actor, place: &CommunityView, needs: Permission) -> Result<(), Denied> {
    let may = actor.may(place);
    if may.contains(needs) {
        return Ok(());
    }
    let works_here = may.intersects(Permission::DO_TASKS | Permission::READ_DESK | Permission::KEEP_PEOPLE);
    Err(match actor {
        Actor::Resident => CommonRefusal::SignInFirst.into(),
        Actor::Person { .. } if !works_here => CommonRefusal::NotFound.into(),
        Actor::Person { .. } | Actor::System => CommonRefusal::NotAllowed.into(),
    })
}

struct Executing<C: Command> {
    app: App,
    command: C,
    place: Place,
    caller: Caller,
    keyed: Option<Keyed>,
}

impl<C: Command> Work for Executing<C> {
    type Out = C::Done;
    fn name(&self) -> &'static str {
        C::NAME
    }
    async fn run(&self, tx: &Tx) -> Result<C::Done, Stop> {
        let now = self.app.clock.now();
        let cx = Cx {
            tx,
            app: &self.app,
            now,
            community: &self.place,
            actor: &self.caller.actor,
            token: self.caller.token.as_deref(),
        };
        if let Some(keyed) = &self.keyed
            && let Some(answer) = keyed.answer(&cx).await?
        {
            return Ok(answer);
        }
        let Recorded { done, events } = self.command.run(&cx).await?;
        // None of these waits for another: PostgreSQL gets them in one go.
        let recorded = try_join_all(events.iter().map(|event| record(&cx, event)));
        let kept = async {
            match &self.keyed {
                Some(keyed) => keyed.keep(&cx, &done).await,
                None => Ok(()),
            }
        };
        tokio::try_join!(recorded, kept)?;
        Ok(done)
    }
}

struct Asking<Q: Query> {
    app: App,
    query: Q,
    place: Place,
    caller: Caller,
}

impl<Q: Query> Work for Asking<Q> {
    type Out = Q::View;
    fn name(&self) -> &'static str {
        Q::NAME
    }
    async fn run(&self, tx: &Tx) -> Result<Q::View, Stop> {
        let now = self.app.clock.now();
        let cx = Cx {
            tx,
            app: &self.app,
            now,
            community: &self.place,
            actor: &self.caller.actor,
            token: self.caller.token.as_deref(),
        };
        self.query.run(&cx).await
    }
}
