//! Matters: loading, saving by compare-and-set, and what a part's change does to its parent.

pub mod attach;
pub mod decline;
pub mod edit;
pub mod lapse;
pub mod list;
pub mod merge;
pub mod overview;
pub mod reopen;
pub mod show;
pub mod timeline;

use linli_domain::audit::Event;
use linli_domain::id::MatterId;
use linli_domain::matters::parts;
use linli_domain::matters::{Matter, MatterNumber, MatterRef, MatterRefusal, Stage};
use linli_domain::refusal::CommonRefusal;
use linli_store::{Stop, matters};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::Cx;

/// Names a matter: its number on the list, or its id while it has none.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct MatterAt {
    /// The matter.
    pub matter: MatterRef,
}

/// The same name in the same spelling, for the hash of a repeated request.
impl Serialize for MatterAt {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.matter {
            MatterRef::Number(number) => s.collect_str(&number),
            MatterRef::Id(id) => s.collect_str(&id),
        }
    }
}

/// A matter after a command.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Moved {
    /// The matter.
    pub matter: MatterId,
    /// Its number, once listed.
    pub number: Option<MatterNumber>,
    /// Where it stands.
    pub stage: Stage,
    /// Its version now.
    pub version: i64,
}

/// A matter as it was loaded.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub matter: Matter,
    pub voices: i64,
    pub merged_into: Option<MatterId>,
}

impl Loaded {
    /// A change that was typed on an older page is refused: the page shows both texts.
    pub fn expect_version(&self, typed: Option<i64>) -> Result<(), CommonRefusal> {
        match typed {
            Some(version) if version != self.matter.version => Err(CommonRefusal::Stale),
            _ => Ok(()),
        }
    }
}

/// Loads a matter by id.
pub(crate) async fn load(cx: &Cx<'_>, id: MatterId) -> Result<Loaded, Stop> {
    let row = matters::load(cx.tx, cx.community.id, id).await?.ok_or(MatterRefusal::NoSuchMatter)?;
    let (id, number, stage, round, version, parent, open_parts, live_tasks, done_tasks, stage_at, voices, merged_into) =
        row;
    let community = cx.community.id;
    let matter =
        Matter { community, id, number, stage, round, version, parent, open_parts, live_tasks, done_tasks, stage_at };
    Ok(Loaded { matter, voices, merged_into })
}

/// The id that an address names.
pub(crate) async fn resolve(cx: &Cx<'_>, named: MatterRef) -> Result<MatterId, Stop> {
    match named {
        MatterRef::Id(id) => Ok(id),
        MatterRef::Number(number) => {
            let found = matters::of_number(cx.tx, cx.community.id, number).await?;
            Ok(found.ok_or(MatterRefusal::NoSuchMatter)?.0)
        }
    }
}

/// Loads a matter that a command is about to move; one that was merged away says where it went.
pub(crate) async fn load_to_move(cx: &Cx<'_>, named: MatterRef) -> Result<Loaded, Stop> {
    let loaded = load(cx, resolve(cx, named).await?).await?;
    if let Some(into) = loaded.merged_into {
        let number = matters::number_of(cx.tx, cx.community.id, into).await?.and_then(|row| row.0);
        let into = number.map_or_else(|| into.to_string(), |number| number.to_string());
        return Err(MatterRefusal::MergedAway { into }.into());
    }
    Ok(loaded)
}

/// Saves a matter and what its change does to its parent; answers the events that follow.
pub(crate) async fn save(cx: &Cx<'_>, before: &Loaded, after: Matter) -> Result<Vec<Event>, Stop> {
    save_with(cx, before, after, before.voices).await
}

/// Like [`save`], with another number of voices.
pub(crate) async fn save_with(cx: &Cx<'_>, before: &Loaded, after: Matter, voices: i64) -> Result<Vec<Event>, Stop> {
    write(cx, before, &after, voices).await?;
    let change = parts::change(before.matter.stage, after.stage);
    let (Some(parent), true) = (after.parent, change != 0) else {
        return Ok(Vec::new());
    };
    let held = load(cx, parent).await?;
    let mut matter = held.matter.clone();
    matter.open_parts += change;
    let mut events = Vec::new();
    // No closed parent has an open part, and nobody is asked about a parent that is not whole.
    if change > 0 && matches!(matter.stage, Stage::Awaiting | Stage::Confirmed | Stage::NoAnswer) {
        let (reopened, event) = matter.reopen("part", cx.now)?;
        matter = reopened;
        events.push(event);
    }
    let (matter, settled) = matter.settle(cx.now)?;
    events.extend(settled);
    write(cx, &held, &matter, held.voices).await?;
    Ok(events)
}

/// One compare-and-set; whoever was faster makes this run again.
async fn write(cx: &Cx<'_>, before: &Loaded, after: &Matter, voices: i64) -> Result<(), Stop> {
    let (tenant, id, version) = (cx.community.id, before.matter.id, before.matter.version);
    let (open, live, done) = (after.open_parts, after.live_tasks, after.done_tasks);
    let same_stage = before.matter.stage == after.stage && before.matter.round == after.round;
    let written = if same_stage {
        matters::save_counts(cx.tx, open, live, done, voices, tenant, id, version).await?
    } else {
        let (stage, round, at) = (after.stage, after.round, after.stage_at);
        matters::save(cx.tx, stage, round, at, open, live, done, voices, tenant, id, version).await?
    };
    if written == 0 { Err(Stop::Raced) } else { Ok(()) }
}

/// The answer of a command that moved a matter.
pub(crate) fn moved(before: &Loaded, after: &Matter) -> Moved {
    Moved { matter: after.id, number: after.number, stage: after.stage, version: before.matter.version + 1 }
}
