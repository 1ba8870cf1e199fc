//! Delivery: an envelope is taken out in the transaction that puts the message where its addressee reads it, and that
//! numbers its entry in the log.

use linli_domain::audit::checkpoint::SignedCheckpoint;
use linli_domain::audit::entry::LogEntry;
use linli_domain::id::{MessageId, VoiceId};
use linli_domain::outbox::{Addressee, addressee};
use linli_store::{Stop, Tx, Work, notifications, outbox};

use crate::App;
use crate::audit::number::number;
use crate::command::{Denied, Place};
use crate::notifications::{DESK, VOLUNTEERS};
use crate::voices::erased::{ErasedLine, erased_by};

/// Envelopes in one transaction, so that people's commands get in between.
const CHUNK: i64 = 200;

struct Deliver {
    app: App,
    place: Place,
}

impl Work for Deliver {
    type Out = (usize, Option<SignedCheckpoint>);
    fn name(&self) -> &'static str {
        "deliver"
    }
    async fn run(&self, tx: &Tx) -> Result<Self::Out, Stop> {
        let tenant = self.place.id;
        let waiting = outbox::waiting(tx, tenant, CHUNK).await?;
        let count = waiting.len();
        if count == 0 {
            return Ok((0, None));
        }
        let mut entries = Vec::with_capacity(count);
        let mut erased = Vec::new();
        for (envelope, at, kind, matter, subject, person, actor, details, commitment) in waiting {
            // Two deliverers at once: one of them begins again, and finds the next.
            if outbox::delivered(tx, tenant, envelope).await? == 0 {
                return Err(Stop::Raced);
            }
            if let Some(what) = erased_by(kind) {
                erased.push(ErasedLine { tenant, voice: VoiceId::new(subject), what });
            }
            entries.push(LogEntry { tenant, id: envelope, at, kind, actor, matter, subject, details, commitment });
            let to = match addressee(kind) {
                Addressee::Volunteers => VOLUNTEERS,
                Addressee::Assignee => person,
                Addressee::Desk => DESK,
                Addressee::Nobody => continue,
            };
            let id = MessageId::new(self.app.ids.next(self.app.clock.now()));
            notifications::add(tx, id, tenant, envelope, to, kind, matter, subject, at).await?;
        }
        self.app.journal.add(&erased)?;
        if !erased.is_empty() {
            self.app.erased();
        }
        let note = number(&self.app, tx, &self.place, &entries).await?;
        Ok((count, Some(note)))
    }
}

/// Delivers and numbers what waits in a community's outbox; answers how many envelopes left it.
pub async fn deliver(app: &App, place: &Place) -> Result<usize, Denied> {
    let mut all = 0;
    loop {
        let (some, note) = app.store.write(Deliver { app: app.clone(), place: place.clone() }).await?;
        if let Some(note) = note {
            app.guard.note(&note.checkpoint);
        }
        all += some;
        if some < usize::try_from(CHUNK).unwrap_or(usize::MAX) {
            return Ok(all);
        }
    }
}
