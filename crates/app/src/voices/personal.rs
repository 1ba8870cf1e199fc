//! What is known about the owner of a voice, sealed under a key of its own, and who reads how much of it.

use linli_domain::id::{CommunityId, VoiceId};
use linli_domain::people::Permission;
use linli_domain::typed::Line;
use linli_store::{Fault, Stop, reveals, voices};
use linli_text::{dial, redact};

use crate::App;
use crate::command::Cx;
use crate::sealing::{Cell, DataKey, Purpose};

pub(crate) const DATA_KEY: &str = "voices.data_key";
pub(crate) const PLACE: &str = "voices.place";
pub(crate) const CONTACT: &str = "voices.contact";

/// Contact and place as they were left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Personal {
    pub place: Option<String>,
    pub contact: Option<String>,
}

/// The same as they are stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SealedPersonal {
    /// Wrapped by the installation's key; none where there is nothing to seal.
    pub data_key: Option<Vec<u8>>,
    pub place: Option<Vec<u8>>,
    pub contact: Option<Vec<u8>>,
    pub contact_index: Option<Vec<u8>>,
}

/// Seals what somebody left, under a new key of its own.
pub(crate) fn seal(
    app: &App,
    tenant: CommunityId,
    voice: VoiceId,
    place: Option<&str>,
    contact: Option<&str>,
) -> Result<SealedPersonal, Fault> {
    if place.is_none() && contact.is_none() {
        return Ok(SealedPersonal::default());
    }
    let cell = |column| Cell { tenant, column, row: voice.raw() };
    let key = DataKey::random(&app.random);
    Ok(SealedPersonal {
        data_key: Some(app.keys.sealer().wrap(&app.random, cell(DATA_KEY), &key)?),
        place: place.map(|text| key.seal(&app.random, cell(PLACE), text)).transpose()?,
        contact: contact.map(|text| key.seal(&app.random, cell(CONTACT), text)).transpose()?,
        contact_index: contact.map(|text| index(app, tenant, text).to_vec()),
    })
}

/// Opens what somebody left. Without a data key it is of an earlier release, and lies under the installation's key.
pub(crate) fn open(
    app: &App,
    tenant: CommunityId,
    voice: VoiceId,
    data_key: Option<&[u8]>,
    (place, contact): (Option<&[u8]>, Option<&[u8]>),
) -> Result<Personal, Fault> {
    let cell = |column| Cell { tenant, column, row: voice.raw() };
    let sealer = app.keys.sealer();
    let key = data_key.map(|wrapped| sealer.open_key(cell(DATA_KEY), wrapped)).transpose()?;
    let read = |column, sealed: Option<&[u8]>| {
        let opened = |sealed| match &key {
            Some(key) => key.open(cell(column), sealed),
            None => sealer.open(cell(column), sealed),
        };
        sealed.map(opened).transpose()
    };
    Ok(Personal { place: read(PLACE, place)?, contact: read(CONTACT, contact)? })
}

/// The keyed hash under which a contact is found: its first number without spaces, country or width, else its letters.
pub(crate) fn index(app: &App, tenant: CommunityId, contact: &str) -> [u8; 32] {
    let number = dial::numbers(contact).into_iter().next();
    let plain = number
        .unwrap_or_else(|| contact.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect());
    app.keys.mac(Purpose::Contact, &[&tenant.raw().to_be_bytes(), plain.as_bytes()])
}

/// Seals other data in the place of what a voice has, under a new key of its own.
pub(crate) async fn replace(cx: &Cx<'_>, voice: VoiceId, new: &Personal) -> Result<(), Stop> {
    let tenant = cx.community.id;
    let sealed = seal(cx.app, tenant, voice, new.place.as_deref(), new.contact.as_deref())?;
    let (key, place) = (sealed.data_key.as_deref(), sealed.place.as_deref());
    let (contact, index) = (sealed.contact.as_deref(), sealed.contact_index.as_deref());
    voices::set_personal(cx.tx, key, place, contact, index, tenant, voice).await?;
    Ok(())
}

/// How much of a voice somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// All of it: uncovered, with a reason, on the record.
    Uncovered,
    /// The desk: numbers are masked, names and doors in the words are not, for it has to know where to send somebody.
    Desk,
    /// Those who look on: whatever could name somebody is masked.
    Masked,
}

impl Sight {
    /// The sight of whoever asks, of what nobody has uncovered.
    pub(crate) fn of(cx: &Cx<'_>) -> Self {
        if cx.actor.may(cx.community).contains(Permission::REVEAL) { Sight::Desk } else { Sight::Masked }
    }
    /// Somebody's words.
    pub(crate) fn words(self, text: &str) -> String {
        match self {
            Sight::Uncovered => text.to_owned(),
            Sight::Desk => redact::masked_numbers(text),
            Sight::Masked => redact::masked(text),
        }
    }
    /// A place.
    pub(crate) fn place(self, text: &str) -> String {
        match self {
            Sight::Uncovered => text.to_owned(),
            Sight::Desk | Sight::Masked => redact::masked(text),
        }
    }
    /// A contact.
    pub(crate) fn contact(self, text: &str) -> String {
        match self {
            Sight::Uncovered => text.to_owned(),
            Sight::Desk | Sight::Masked => redact::masked_contact(text),
        }
    }
}

/// A voice as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub words: String,
    pub place: Option<String>,
    pub contact: Option<String>,
    /// True when something of it is masked.
    pub has_more: bool,
}

impl Shown {
    pub(crate) fn new(sight: Sight, words: &str, personal: &Personal) -> Self {
        let shown = sight.words(words);
        let place = personal.place.as_deref().map(|place| sight.place(place));
        let contact = personal.contact.as_deref().map(|contact| sight.contact(contact));
        let has_more = shown != words || place != personal.place || contact != personal.contact;
        Self { words: shown, place, contact, has_more }
    }
}

/// The voices that are uncovered for whoever asks, now.
pub(crate) async fn uncovered(cx: &Cx<'_>) -> Result<Vec<VoiceId>, Stop> {
    let Some(me) = cx.actor.person().filter(|_| Sight::of(cx) == Sight::Desk) else {
        return Ok(Vec::new());
    };
    let rows = reveals::open_for(cx.tx, cx.community.id, me, cx.now).await?;
    Ok(rows.into_iter().map(|(voice,)| voice).collect())
}

/// A field as it is sealed: what was typed, without the form's spaces.
pub(crate) fn typed(line: Option<&Line>) -> Option<&str> {
    line.map(Line::as_str)
}
