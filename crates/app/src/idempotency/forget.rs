//! The job that forgets answers after a day.

use linli_domain::id::{EntryId, compose};
use linli_domain::time::Timestamp;
use linli_store::{Stop, Tx, Work, idempotency};

use crate::App;
use crate::command::{Denied, Place};

/// How long an answer is kept, in days.
const KEPT_DAYS: i64 = 1;
/// Rows in one transaction, so that people's commands get in between.
const CHUNK: i64 = 200;

struct Forget {
    place: Place,
    before: EntryId,
}

impl Work for Forget {
    type Out = usize;
    fn name(&self) -> &'static str {
        "forget-answers"
    }
    async fn run(&self, tx: &Tx) -> Result<usize, Stop> {
        let old = idempotency::old(tx, self.place.id, self.before, CHUNK).await?;
        for (id,) in &old {
            idempotency::forget(tx, self.place.id, *id).await?;
        }
        Ok(old.len())
    }
}

/// Forgets what is older than a day; answers how many. Their ids begin with their time.
pub async fn forget_old_answers(app: &App, place: &Place) -> Result<usize, Denied> {
    let before = EntryId::new(oldest(app.clock.now()));
    let mut all = 0;
    loop {
        let some = app.store.write(Forget { place: place.clone(), before }).await?;
        all += some;
        if some < usize::try_from(CHUNK).unwrap_or(usize::MAX) {
            return Ok(all);
        }
    }
}

fn oldest(now: Timestamp) -> i64 {
    compose(now.plus_days(-KEPT_DAYS).us() / 1_000, 0, 0)
}
