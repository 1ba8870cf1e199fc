//! The same request sent again gets the first answer; the same key with another body is refused.
//!
//! A key is bound to the command, the community and the caller. The answer is written in the command's own transaction
//! and kept, sealed, for a day: flaky networks are the normal case.

pub mod forget;

use linli_domain::id::{CommunityId, EntryId};
use linli_domain::refusal::CommonRefusal;
use linli_store::{Fault, Stop, idempotency};
use serde::Serialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq as _;

use crate::App;
use crate::command::{Caller, Command, Cx, Denied, Place, Request};
use crate::sealing::{Cell, Purpose};

/// Characters of a key.
const KEY_MAX: usize = 200;
const COLUMN: &str = "answers.answer";

pub(crate) fn cell(tenant: CommunityId, answer: EntryId) -> Cell {
    Cell { tenant, column: COLUMN, row: answer.raw() }
}

/// A key with the body it came with, both as keyed hashes.
#[derive(Debug)]
pub(crate) struct Keyed {
    key: [u8; 32],
    body: [u8; 32],
}

impl Keyed {
    pub(crate) fn new<C: Command>(
        app: &App,
        caller: &Caller,
        place: &Place,
        key: &str,
        request: &Request<C>,
    ) -> Result<Self, Denied> {
        if key.is_empty() || key.chars().count() > KEY_MAX {
            return Err(CommonRefusal::Unreadable.into());
        }
        let bytes = |e: serde_json::Error| Fault::Bug(e.to_string());
        let at = serde_json::to_vec(&request.at).map_err(bytes)?;
        let input = serde_json::to_vec(&request.input).map_err(bytes)?;
        let caller = caller.actor.person().map_or(0, linli_domain::id::PersonId::raw).to_be_bytes();
        let tenant = place.id.raw().to_be_bytes();
        let mut body: Vec<&[u8]> = vec![&at, &input];
        body.extend(request.photos.iter().map(AsRef::as_ref));
        Ok(Self {
            key: app.keys.mac(Purpose::Request, &[C::NAME.as_bytes(), &tenant, &caller, key.as_bytes()]),
            body: app.keys.mac(Purpose::Request, &body),
        })
    }

    /// The first answer, if there was one to this very body.
    pub(crate) async fn answer<T: DeserializeOwned>(&self, cx: &Cx<'_>) -> Result<Option<T>, Stop> {
        let tenant = cx.community.id;
        let Some((id, body, sealed)) = idempotency::find(cx.tx, tenant, &self.key).await? else {
            return Ok(None);
        };
        if !bool::from(body.as_slice().ct_eq(&self.body)) {
            return Err(CommonRefusal::KeyReused.into());
        }
        let cell = cell(tenant, id);
        let opened = cx.app.keys.sealer().open(cell, &sealed)?;
        Ok(Some(serde_json::from_str(&opened).map_err(|e| Fault::Bug(e.to_string()))?))
    }

    /// Keeps the answer; the loser of a race is run again and finds the winner's.
    pub(crate) async fn keep<T: Serialize>(&self, cx: &Cx<'_>, done: &T) -> Result<(), Stop> {
        let id = EntryId::new(cx.app.ids.next(cx.now));
        let text = serde_json::to_string(done).map_err(|e| Fault::Bug(e.to_string()))?;
        let cell = cell(cx.community.id, id);
        let sealed = cx.app.keys.sealer().seal(&cx.app.random, cell, &text)?;
        match idempotency::keep(cx.tx, id, cx.community.id, &self.key, &self.body, &sealed, cx.now).await? {
            0 => Err(Stop::Raced),
            _ => Ok(()),
        }
    }
}
