//! Voices: saying something, looking up where it stands, answering.

pub mod answer;
pub mod import;
pub mod record_answer;
pub mod say;
pub mod standing;
pub mod take;

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{MatterId, VoiceId};
use linli_domain::matters::{Round, Stage};
use linli_domain::time::Timestamp;
use linli_domain::typed::{Line, Prose};
use linli_domain::voices::receipt::{Receipt, SECRET_BOUND};
use linli_domain::voices::{Channel, RECEIPT_DAYS};
use linli_store::{Fault, Stop, matters, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attachments::{self, StoredPhoto};
use crate::command::Cx;
use crate::sealing::{Cell, Purpose};

const PLACE: &str = "voices.place";
const CONTACT: &str = "voices.contact";

/// A kept voice: what the resident gets in return.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Said {
    /// The receipt code, twenty digits: it opens her page and takes her answer.
    pub receipt: String,
    /// The same in groups of four, to be read out and written down.
    pub receipt_spaced: String,
    /// Her page.
    pub page: String,
}

/// Words on their way in, through whichever door.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub text: &'a Prose,
    pub place: Option<&'a Line>,
    pub contact: Option<&'a Line>,
    pub channel: Channel,
    pub said_at: Timestamp,
    pub photos: &'a [StoredPhoto],
}

/// A voice with the matter that was made for it.
#[derive(Debug)]
pub(crate) struct Kept {
    pub voice: VoiceId,
    pub matter: MatterId,
    pub receipt: Receipt,
}

/// Keeps a voice as it was said, with a matter of its own that has no number yet.
pub(crate) async fn keep(cx: &Cx<'_>, said: &Words<'_>) -> Result<Kept, Stop> {
    let tenant = cx.community.id;
    let matter = MatterId::new(cx.app.ids.next(cx.now));
    let voice = VoiceId::new(cx.app.ids.next(cx.now));
    let receipt = Receipt::new(cx.community.ordinal, cx.app.random.below(SECRET_BOUND));
    let mac = receipt_mac(cx, &receipt);
    let place = seal(cx, PLACE, voice, said.place)?;
    let contact = seal(cx, CONTACT, voice, said.contact)?;
    let until = cx.now.plus_days(RECEIPT_DAYS);
    let (place, contact) = (place.as_deref(), contact.as_deref());
    // The desk takes words for others: those are not its own, and their owner must be able to confirm the desk's work.
    let by = cx.actor.person().filter(|_| said.channel == Channel::Web);
    let (words, channel, at) = (said.text, said.channel, said.said_at);
    // One after the other: the voice names its matter, and statements sent together may arrive in any order.
    matters::add(cx.tx, matter, tenant, Stage::Received, Round::FIRST, voice, at).await?;
    voices::add(cx.tx, voice, tenant, matter, words, place, contact, channel, at, &mac, until, by).await?;
    attachments::tie(cx, voice.raw(), said.photos).await?;
    Ok(Kept { voice, matter, receipt })
}

impl Kept {
    /// That it was said; the log commits to the words.
    pub(crate) fn event(&self, words: &Prose, channel: Channel) -> Event {
        Event::of_matter(Kind::VoiceSaid, self.matter)
            .about(self.voice.raw())
            .with("channel", channel.code())
            .saying("words", words.as_str())
    }
    pub(crate) fn said(&self) -> Said {
        Said {
            receipt: self.receipt.digits().to_owned(),
            receipt_spaced: self.receipt.spaced(),
            page: format!("/r/{}", self.receipt.digits()),
        }
    }
}

/// The keyed hash under which a receipt is stored.
pub(crate) fn receipt_mac(cx: &Cx<'_>, receipt: &Receipt) -> [u8; 32] {
    cx.app.keys.mac(Purpose::Receipt, &[receipt.digits().as_bytes()])
}

fn seal(cx: &Cx<'_>, column: &'static str, voice: VoiceId, text: Option<&Line>) -> Result<Option<Vec<u8>>, Fault> {
    let cell = Cell { tenant: cx.community.id, column, row: voice.raw() };
    text.map(|text| cx.app.keys.seal(&cx.app.random, cell, text.as_str())).transpose()
}

fn open(cx: &Cx<'_>, column: &'static str, voice: VoiceId, sealed: Option<&[u8]>) -> Result<Option<String>, Fault> {
    let cell = Cell { tenant: cx.community.id, column, row: voice.raw() };
    sealed.map(|sealed| cx.app.keys.open(cell, sealed)).transpose()
}

/// Opens a voice's place.
pub(crate) fn open_place(cx: &Cx<'_>, voice: VoiceId, sealed: Option<&[u8]>) -> Result<Option<String>, Fault> {
    open(cx, PLACE, voice, sealed)
}

/// Opens a voice's contact.
pub(crate) fn open_contact(cx: &Cx<'_>, voice: VoiceId, sealed: Option<&[u8]>) -> Result<Option<String>, Fault> {
    open(cx, CONTACT, voice, sealed)
}
