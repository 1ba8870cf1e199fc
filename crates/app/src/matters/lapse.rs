//! The set days have passed: silence is its own outcome. The job asks each matter anew, so that a job that was killed
//! between two of them, or runs twice, closes each exactly once.

use linli_domain::id::MatterId;
use linli_domain::matters::close_out;
use linli_domain::people::Permission;
use linli_domain::time::Timestamp;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_store::{Stop, Tx, Work, matters, voices};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Nothing, Place, Recorded, Request};
use crate::matters::{Moved, load, moved, save};
use crate::voices::answer::tally;

/// Matters that one look at the index answers.
const CHUNK: i64 = 200;

/// Names a matter by its id.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct LapsedAt {
    /// The matter.
    pub matter: MatterId,
}

/// Closes a matter whose owners did not answer in time.
#[derive(Debug)]
pub struct LapseMatter {
    matter: MatterId,
}

impl Command for LapseMatter {
    const NAME: &'static str = "lapse-matter";
    const MAY: Permission = Permission::OPERATE;
    type At = LapsedAt;
    type Input = Nothing;
    type Done = Moved;

    fn parse(at: &LapsedAt, _: &Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { matter: at.matter })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let before = load(cx, self.matter).await?;
        let answers = voices::answers(cx.tx, cx.community.id, self.matter, before.matter.round).await?;
        let tally = tally(before.voices, &answers, None);
        let lapsed = close_out::lapse(before.matter.clone(), tally, cx.community.confirm_days, cx.now)?;
        // Somebody answered in the meantime, or another run of the job was here.
        let (after, event) = lapsed.ok_or(VoiceRefusal::NotAsked)?;
        let followed = save(cx, &before, after.clone()).await?;
        Ok(Recorded::new(moved(&before, &after), event).and(followed))
    }
}

struct Due {
    place: Place,
    until: Timestamp,
}

impl Work for Due {
    type Out = Vec<MatterId>;
    fn name(&self) -> &'static str {
        "due-matters"
    }
    async fn run(&self, tx: &Tx) -> Result<Vec<MatterId>, Stop> {
        let rows = matters::asked_until(tx, self.place.id, self.until, CHUNK).await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// Closes every matter of a community whose days have passed; answers how many.
pub async fn lapse_due(app: &App, place: &Place) -> Result<usize, Denied> {
    let mut closed = 0;
    loop {
        let until = app.clock.now().plus_days(-place.confirm_days);
        let due = app.store.read(Due { place: place.clone(), until }).await?;
        let mut moved = 0;
        for matter in &due {
            let request = Request::<LapseMatter>::new(LapsedAt { matter: *matter }, Nothing {});
            match app.execute(&Caller::system(), place, request).await {
                Ok(_) => moved += 1,
                Err(Denied::Refused(refusal)) => tracing::debug!(code = refusal.code, "not lapsed after all"),
                Err(other) => return Err(other),
            }
        }
        closed += moved;
        // A whole chunk that would not move must not be asked for ever.
        if moved == 0 || due.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX) {
            return Ok(closed);
        }
    }
}
