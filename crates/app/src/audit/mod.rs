//! The log: writing an entry with its event, numbering it afterwards, signing what was numbered, proving it, and
//! checking all of it.
//!
//! An entry is written in its command's transaction, so that no command waits for another because of the log. It passes
//! the outbox; whoever takes it out there numbers it.

pub mod guard;
pub mod number;
pub mod show;
pub mod sign;
pub mod verify;

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use linli_domain::audit::{Event, Kind};
use linli_domain::id::{EntryId, MatterId};
use linli_domain::outbox::{Addressee, addressee};
use linli_domain::people::Actor;
use linli_store::{Fault, Stop, audit, outbox};
use sha2::Sha256;

use crate::command::Cx;

/// Bytes of the salt under which written words are committed to.
const SALT: usize = 32;

/// Writes one event to the log and the outbox.
pub(crate) async fn record(cx: &Cx<'_>, event: &Event) -> Result<(), Stop> {
    let id = EntryId::new(cx.app.ids.next(cx.now));
    let actor = match cx.actor {
        Actor::Resident => 0,
        Actor::System => -1,
        Actor::Person { id, .. } => id.raw(),
    };
    let matter = event.matter.unwrap_or(MatterId::new(0));
    let details = object(&event.details)?;
    let tenant = cx.community.id;
    let person = match (addressee(event.kind), event.person) {
        (Addressee::Assignee, Some(person)) => person.raw(),
        _ => 0,
    };
    let mut salt = [0; SALT];
    cx.app.random.fill(&mut salt);
    let (words, kept) = written(event)?;
    let commitment = words.map(|words| commit(&salt, &words));
    let opening = async {
        match commitment {
            Some(_) => audit::add_opening(cx.tx, id, tenant, &salt, kept.as_deref()).await.map(drop),
            None => Ok(()),
        }
    };
    let commitment = commitment.as_ref().map(<[u8; 32]>::as_slice);
    tokio::try_join!(
        audit::add(cx.tx, id, tenant, cx.now, event.kind, actor, matter, event.subject, &details, commitment),
        outbox::add(cx.tx, id, tenant, cx.now, event.kind, matter, event.subject, person),
        opening,
    )?;
    Ok(())
}

/// What an event says in words, and what of it is kept beside the entry: a voice's words are kept by the voice itself.
fn written(event: &Event) -> Result<(Option<String>, Option<String>), Fault> {
    match (event.texts.as_slice(), keeps_words_itself(event.kind)) {
        ([], _) => Ok((None, None)),
        ([(_, words)], true) => Ok((Some(words.clone()), None)),
        (texts, _) => {
            let words = object(texts)?;
            Ok((Some(words.clone()), Some(words)))
        }
    }
}

/// Kinds whose words lie in the row that they are about.
pub(crate) fn keeps_words_itself(kind: Kind) -> bool {
    matches!(kind, Kind::VoiceSaid | Kind::RequestImported)
}

/// The commitment to words: it tells nothing about them without its salt.
pub(crate) fn commit(salt: &[u8], words: &str) -> [u8; 32] {
    // A salt of 32 bytes is always taken; should that ever change, no commitment is better than a weak one.
    let Ok(mut mac) = <Hmac<Sha256>>::new_from_slice(salt) else {
        return [0; 32];
    };
    mac.update(words.as_bytes());
    mac.finalize().into_bytes().into()
}

fn object(pairs: &[(&'static str, String)]) -> Result<String, Fault> {
    let pairs: BTreeMap<&str, &str> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    serde_json::to_string(&pairs).map_err(|e| Fault::Bug(e.to_string()))
}
