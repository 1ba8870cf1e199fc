//! A new sealing key: what older keys sealed is wrapped or sealed anew, a little at a time. A rotation that was killed
//! goes on where it was, for the old keys open until the last row is done.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{EntryId, PersonId, VoiceId};
use linli_domain::people::Permission;
use linli_domain::typed::FieldRefusal;
use linli_store::{Fault, Stop, idempotency, people, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Here, Place, Recorded, Request};
use crate::idempotency::cell as answer_cell;
use crate::people::second::cell as second_cell;
use crate::sealing::Cell;
use crate::voices::personal::{DATA_KEY, open, replace};

/// Rows in one transaction.
const CHUNK: i64 = 500;

/// Where the last chunk ended, by table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateKeysInput {
    /// The last voice.
    pub voice: i64,
    /// The last kept answer.
    pub answer: i64,
    /// The last account; looked at in the instance alone.
    pub person: i64,
}

/// Seals a chunk of what older keys sealed.
#[derive(Debug)]
pub struct RotateKeys(RotateKeysInput);

/// How far it came.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Rotated {
    /// Rows that went over to the newest key.
    pub rows: i64,
    /// Where the next chunk begins; none when every row was looked at.
    pub next: Option<RotateKeysInput>,
}

impl Command for RotateKeys {
    const NAME: &'static str = "rotate-keys";
    const MAY: Permission = Permission::OPERATE;
    type At = Here;
    type Input = RotateKeysInput;
    type Done = Rotated;

    fn parse(_: &Here, input: &RotateKeysInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(*input))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Rotated>, Stop> {
        let (mut next, mut rows, mut read) = (self.0, 0, 0);
        let (voices, answers) = (voices(cx, &mut next).await?, answers(cx, &mut next).await?);
        let people = if cx.community.id.raw() == 0 { people(cx, &mut next).await? } else { (0, 0) };
        for (seen, moved) in [voices, answers, people] {
            read += seen;
            rows += moved;
        }
        let event = Event::of(Kind::KeysRotated, 0).with("rows", rows).with("key", cx.app.keys.sealer().newest());
        Ok(Recorded::new(Rotated { rows, next: (read > 0).then_some(next) }, event))
    }
}

/// Rows looked at, and rows that went over.
type Count = (usize, i64);

async fn voices(cx: &Cx<'_>, next: &mut RotateKeysInput) -> Result<Count, Stop> {
    let (tenant, sealer, mut moved) = (cx.community.id, cx.app.keys.sealer(), 0);
    let rows = voices::sealed_after(cx.tx, tenant, VoiceId::new(next.voice), CHUNK).await?;
    for (voice, data_key, place, contact) in &rows {
        next.voice = voice.raw();
        let Some(wrapped) = data_key else {
            // Of a release before voices had keys of their own.
            let personal = open(cx.app, tenant, *voice, None, (place.as_deref(), contact.as_deref()))?;
            replace(cx, *voice, &personal).await?;
            moved += 1;
            continue;
        };
        if sealer.is_old(wrapped) {
            let cell = Cell { tenant, column: DATA_KEY, row: voice.raw() };
            let anew = sealer.wrap(&cx.app.random, cell, &sealer.open_key(cell, wrapped)?)?;
            voices::rewrap(cx.tx, Some(&anew), tenant, *voice).await?;
            moved += 1;
        }
    }
    Ok((rows.len(), moved))
}

async fn answers(cx: &Cx<'_>, next: &mut RotateKeysInput) -> Result<Count, Stop> {
    let mut moved = 0;
    let rows = idempotency::after(cx.tx, cx.community.id, EntryId::new(next.answer), CHUNK).await?;
    for (id, sealed) in &rows {
        next.answer = id.raw();
        if let Some(anew) = resealed(cx, answer_cell(cx.community.id, *id), sealed)? {
            idempotency::reseal(cx.tx, &anew, cx.community.id, *id).await?;
            moved += 1;
        }
    }
    Ok((rows.len(), moved))
}

async fn people(cx: &Cx<'_>, next: &mut RotateKeysInput) -> Result<Count, Stop> {
    let mut moved = 0;
    let rows = people::seconds_after(cx.tx, PersonId::new(next.person), CHUNK).await?;
    for (id, sealed) in &rows {
        next.person = id.raw();
        let Some(sealed) = sealed else { continue };
        if let Some(anew) = resealed(cx, second_cell(*id), sealed)? {
            people::reseal_second(cx.tx, Some(&anew), *id).await?;
            moved += 1;
        }
    }
    Ok((rows.len(), moved))
}

/// The same text under the newest key; nothing when it is there already.
fn resealed(cx: &Cx<'_>, cell: Cell, sealed: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let keys = cx.app.keys.sealer();
    if !keys.is_old(sealed) {
        return Ok(None);
    }
    Ok(Some(keys.seal(&cx.app.random, cell, &keys.open(cell, sealed)?)?))
}

/// Takes every sealed value over to the newest key; answers how many rows moved.
pub async fn rotate_keys(app: &App) -> Result<i64, Denied> {
    let mut moved = 0;
    let places = app.communities().await?;
    for place in places.into_iter().chain([App::instance()]) {
        moved += rotate_place(app, &place).await?;
    }
    Ok(moved)
}

async fn rotate_place(app: &App, place: &Place) -> Result<i64, Denied> {
    let (mut moved, mut next) = (0, Some(RotateKeysInput::default()));
    while let Some(input) = next {
        let request = Request::<RotateKeys>::new(Here {}, input);
        let some = app.execute(&Caller::system(), place, request).await?;
        moved += some.rows;
        next = some.next;
    }
    Ok(moved)
}
