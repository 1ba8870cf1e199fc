//! Numbering: entries become leaves, in batches, behind the commands by at most a second.

use std::sync::Arc;

use linli_domain::audit::checkpoint::{Checkpoint, SignedCheckpoint};
use linli_domain::audit::entry::LogEntry;
use linli_domain::audit::tree::Frontier;
use linli_domain::id::{CommunityId, EntryId};
use linli_store::{Fault, Stop, Tx, audit};

use crate::App;
use crate::command::{Denied, Place};

/// Where a log stands.
#[derive(Debug)]
pub(crate) struct Head {
    pub era: i64,
    pub frontier: Frontier,
    /// The signed checkpoint; empty before the first entry.
    pub note: String,
}

/// The head of a community's log; `None` before its first entry was numbered.
pub(crate) async fn head(tx: &Tx, tenant: CommunityId) -> Result<Option<Head>, Stop> {
    let Some((era, size, frontier, note)) = audit::head(tx, tenant).await? else { return Ok(None) };
    let damaged = || Fault::Bug(format!("the head of log {} is damaged", tenant.raw()));
    let size = u64::try_from(size).map_err(|_| damaged())?;
    let frontier = Frontier::from_bytes(size, &frontier).ok_or_else(damaged)?;
    Ok(Some(Head { era, frontier, note }))
}

/// The head, of a log that is begun if there is none.
async fn open(tx: &Tx, tenant: CommunityId) -> Result<Head, Stop> {
    if let Some(head) = head(tx, tenant).await? {
        return Ok(head);
    }
    audit::begin(tx, tenant, &[]).await?;
    Ok(Head { era: 1, frontier: Frontier::default(), note: String::new() })
}

/// Appends entries to the log of their community; answers the checkpoint that now holds.
pub(crate) async fn number(app: &App, tx: &Tx, place: &Place, entries: &[LogEntry]) -> Result<SignedCheckpoint, Stop> {
    let tenant = place.id;
    let head = open(tx, tenant).await?;
    let origin = app.keys.log().origin(&place.slug, head.era);
    let mut frontier = head.frontier;
    app.guard.allows(&origin, frontier.size(), &frontier.root())?;
    let was = sized(frontier.size())?;
    let mut nodes = Vec::with_capacity(entries.len() + 1);
    for entry in entries {
        frontier.push(entry.hash(), |at, hash| {
            nodes.push((at, hash, if at.level == 0 { entry.id } else { EntryId::new(0) }));
        });
    }
    let kept = nodes.iter().map(|(at, hash, entry)| async move {
        audit::keep(tx, tenant, i64::from(at.level), sized(at.position)?, hash, *entry).await
    });
    futures_util::future::try_join_all(kept).await?;
    let note = app.keys.log().sign(Checkpoint { origin, size: frontier.size(), root: frontier.root() });
    let grown =
        audit::grow(tx, sized(frontier.size())?, &frontier.to_bytes(), &note.text(), tenant, head.era, was).await?;
    if grown == 0 { Err(Stop::Raced) } else { Ok(note) }
}

/// A size as the database counts it.
pub(crate) fn sized(size: u64) -> Result<i64, Fault> {
    i64::try_from(size).map_err(|_| Fault::Bug("a log of more than 2⁶³ entries".into()))
}

/// The logs that contradict what this installation signed last, each with the reason; none on a healthy one.
pub async fn contradicted(app: &App) -> Result<Vec<(Place, Fault)>, Denied> {
    let mut found = Vec::new();
    for place in app.communities().await?.into_iter().chain([App::instance()]) {
        match app.store.read(CheckHead { app: app.clone(), place: Arc::clone(&place) }).await {
            Ok(()) => {}
            Err(Stop::Fault(fault @ Fault::Contradicted { .. })) => found.push((place, fault)),
            Err(other) => return Err(other.into()),
        }
    }
    Ok(found)
}

struct CheckHead {
    app: App,
    place: Place,
}

impl linli_store::Work for CheckHead {
    type Out = ();
    fn name(&self) -> &'static str {
        "check-log"
    }
    async fn run(&self, tx: &Tx) -> Result<(), Stop> {
        let head = head(tx, self.place.id).await?;
        let (era, frontier) = head.map_or((1, Frontier::default()), |head| (head.era, head.frontier));
        let origin = self.app.keys.log().origin(&self.place.slug, era);
        Ok(self.app.guard.allows(&origin, frontier.size(), &frontier.root())?)
    }
}

/// Declares a new log over the entries that are there: after an older backup was restored and nothing better is left.
/// The old papers stay what they are; no checkpoint of the new log claims to continue them.
pub async fn declare_new_log(app: &App, place: &Place) -> Result<SignedCheckpoint, Denied> {
    let note = app.store.write(Declare { app: app.clone(), place: Arc::clone(place) }).await?;
    app.guard.note(&note.checkpoint);
    app.guard.keep()?;
    Ok(note)
}

struct Declare {
    app: App,
    place: Place,
}

impl linli_store::Work for Declare {
    type Out = SignedCheckpoint;
    fn name(&self) -> &'static str {
        "declare-new-log"
    }
    async fn run(&self, tx: &Tx) -> Result<SignedCheckpoint, Stop> {
        let head = open(tx, self.place.id).await?;
        let mut era = head.era + 1;
        // Eras that a lost database already used are not used again.
        while self.app.guard.last(&self.app.keys.log().origin(&self.place.slug, era)).is_some() {
            era += 1;
        }
        let origin = self.app.keys.log().origin(&self.place.slug, era);
        let (size, root) = (head.frontier.size(), head.frontier.root());
        let note = self.app.keys.log().sign(Checkpoint { origin, size, root });
        match audit::declare(tx, era, &note.text(), self.place.id, head.era).await? {
            0 => Err(Stop::Raced),
            _ => Ok(note),
        }
    }
}
