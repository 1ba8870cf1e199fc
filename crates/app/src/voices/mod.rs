//! Voices: saying something, looking up where it stands, answering.

pub mod answer;
pub mod correct;
pub mod erase;
pub mod erased;
pub mod find_contact;
pub mod forget;
pub mod held;
pub mod import;
pub(crate) mod personal;
pub mod record_answer;
pub mod reveal;
pub mod say;
pub mod standing;
pub mod take;

use linli_domain::audit::{Event, Kind};
use linli_domain::id::PersonId;
use linli_domain::id::{MatterId, VoiceId};
use linli_domain::matters::{Round, Stage};
use linli_domain::time::Timestamp;
use linli_domain::typed::{Line, Prose};
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::privacy::{Basis, NOTICE};
use linli_domain::voices::receipt::{Receipt, SECRET_BOUND};
use linli_domain::voices::{Channel, RECEIPT_DAYS};
use linli_store::{Stop, matters, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attachments::{self, StoredPhoto};
use crate::command::Cx;
use crate::matters::load;
use crate::sealing::Purpose;
use crate::voices::personal::{seal, typed};

/// The detail of an entry that names the notice which was given.
pub(crate) const NOTICED: &str = "notice";
/// The detail that names why it may be kept.
pub(crate) const BASIS: &str = "basis";

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
    let sealed = seal(cx.app, tenant, voice, typed(said.place), typed(said.contact))?;
    let until = cx.now.plus_days(RECEIPT_DAYS);
    let (key, place) = (sealed.data_key.as_deref(), sealed.place.as_deref());
    let (contact, index) = (sealed.contact.as_deref(), sealed.contact_index.as_deref());
    // The desk takes words for others: those are not its own, and their owner must be able to confirm the desk's work.
    let by = cx.actor.person().filter(|_| said.channel == Channel::Web);
    let (words, channel, at) = (said.text, said.channel, said.said_at);
    // One after the other: the voice names its matter, and statements sent together may arrive in any order.
    matters::add(cx.tx, matter, tenant, Stage::Received, Round::FIRST, voice, at).await?;
    voices::add(cx.tx, voice, tenant, matter, words, key, place, contact, index, channel, at, &mac, until, by).await?;
    attachments::tie(cx, voice.raw(), said.photos).await?;
    Ok(Kept { voice, matter, receipt })
}

impl Kept {
    /// That it was said; the log commits to the words.
    pub(crate) fn event(&self, words: &Prose, channel: Channel) -> Event {
        Event::of_matter(Kind::VoiceSaid, self.matter)
            .about(self.voice.raw())
            .with("channel", channel.code())
            .with(BASIS, Basis::Consent.code())
            .with(NOTICED, NOTICE)
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

/// The voice of a receipt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Owned {
    pub voice: VoiceId,
    pub matter: MatterId,
    /// The account that spoke it.
    pub said_by: Option<PersonId>,
}

/// The matters that a voice was part of, one after the other: what is recorded about it stands with each.
pub(crate) async fn way(cx: &Cx<'_>, arrived_as: MatterId) -> Result<Vec<MatterId>, Stop> {
    let (mut way, mut next) = (Vec::new(), Some(arrived_as));
    while let Some(matter) = next.filter(|matter| !way.contains(matter)) {
        way.push(matter);
        next = load(cx, matter).await?.merged_into;
    }
    Ok(way)
}

/// Finds the voice of a receipt; wrong, expired and never issued are one answer.
pub(crate) async fn of_receipt(cx: &Cx<'_>, receipt: Option<&Receipt>) -> Result<Owned, Stop> {
    let receipt = receipt.ok_or(VoiceRefusal::NoSuchReceipt)?;
    let found = voices::by_receipt(cx.tx, cx.community.id, &receipt_mac(cx, receipt), cx.now).await?;
    let (voice, matter, said_by) = found.ok_or(VoiceRefusal::NoSuchReceipt)?;
    Ok(Owned { voice, matter, said_by })
}
