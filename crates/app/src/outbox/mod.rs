//! Delivery: an envelope is taken out in the transaction that puts the message where its addressee reads it.

use linli_domain::id::MessageId;
use linli_domain::outbox::{Addressee, addressee};
use linli_store::{Stop, Tx, Work, notifications, outbox};

use crate::App;
use crate::command::{Denied, Place};
use crate::notifications::{DESK, VOLUNTEERS};

/// Envelopes in one transaction, so that people's commands get in between.
const CHUNK: i64 = 200;

struct Deliver {
    app: App,
    place: Place,
}

impl Work for Deliver {
    type Out = usize;
    fn name(&self) -> &'static str {
        "deliver"
    }
    async fn run(&self, tx: &Tx) -> Result<usize, Stop> {
        let tenant = self.place.id;
        let waiting = outbox::waiting(tx, tenant, CHUNK).await?;
        for (envelope, at, kind, matter, subject, person) in &waiting {
            // Two deliverers at once: whoever takes it out delivers it.
            if outbox::delivered(tx, tenant, *envelope).await? == 0 {
                continue;
            }
            let to = match addressee(*kind) {
                Addressee::Volunteers => VOLUNTEERS,
                Addressee::Assignee => *person,
                Addressee::Desk => DESK,
                Addressee::Nobody => continue,
            };
            let id = MessageId::new(self.app.ids.next(self.app.clock.now()));
            notifications::add(tx, id, tenant, *envelope, to, *kind, *matter, *subject, *at).await?;
        }
        Ok(waiting.len())
    }
}

/// Delivers what waits in a community's outbox; answers how many envelopes left it.
pub async fn deliver(app: &App, place: &Place) -> Result<usize, Denied> {
    let mut all = 0;
    loop {
        let some = app.store.write(Deliver { app: app.clone(), place: place.clone() }).await?;
        all += some;
        if some < usize::try_from(CHUNK).unwrap_or(usize::MAX) {
            return Ok(all);
        }
    }
}
