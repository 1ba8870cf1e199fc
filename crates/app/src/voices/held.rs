//! Everything that is kept about the owner of a voice, and who could look: for herself, and for the desk that reads it to her.

use std::collections::BTreeMap;

use linli_domain::audit::Kind;
use linli_domain::id::{MatterId, VoiceId};
use linli_domain::people::Permission;
use linli_domain::time::Timestamp;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::privacy::{Basis, Held, HeldView, LookView, kept_until};
use linli_domain::voices::receipt::Receipt;
use linli_store::{Stop, attachments, audit, tasks, voices};

use crate::command::{Cx, Nothing, Query};
use crate::matters::load;
use crate::voices::personal::{Sight, open};
use crate::voices::record_answer::VoiceAt;
use crate::voices::standing::ReceiptAt;
use crate::voices::{BASIS, NOTICED, of_receipt, way};

/// Shows its owner what is kept.
pub struct ShowHeld {
    receipt: Option<Receipt>,
}

impl Query for ShowHeld {
    const NAME: &'static str = "show-held";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptAt;
    type Input = Nothing;
    type View = HeldView;

    fn parse(at: ReceiptAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { receipt: Receipt::parse(&at.code) })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<HeldView, Stop> {
        let owned = of_receipt(cx, self.receipt.as_ref()).await?;
        held(cx, owned.voice, Sight::Uncovered).await
    }
}

/// Shows the desk what is kept, to be read to its owner.
#[derive(Debug)]
pub struct ShowHeldFor {
    voice: VoiceId,
}

impl Query for ShowHeldFor {
    const NAME: &'static str = "show-held-for";
    const MAY: Permission = Permission::REVEAL;
    type At = VoiceAt;
    type Input = Nothing;
    type View = HeldView;

    fn parse(at: VoiceAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { voice: at.voice })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<HeldView, Stop> {
        held(cx, self.voice, Sight::Desk).await
    }
}

/// Only the place is read as `sight` says: numbers are masked at either door.
async fn held(cx: &Cx<'_>, voice: VoiceId, sight: Sight) -> Result<HeldView, Stop> {
    let tenant = cx.community.id;
    let kept = voices::kept(cx.tx, tenant, voice).await?.ok_or(VoiceRefusal::NoSuchVoice)?;
    let (matter, arrived_as, words, data_key, place, contact, channel, said_at, erased_at) = kept;
    let personal = open(cx.app, tenant, voice, data_key.as_deref(), (place.as_deref(), contact.as_deref()))?;
    let at = load(cx, matter).await?.matter;
    let mut about = About::default();
    for matter in way(cx, arrived_as).await? {
        about.entries(cx, matter, voice).await?;
        about.hands(cx, matter, said_at).await?;
    }
    about.looks.sort_by_key(|look| look.at);
    let until = |held, there| kept_until(held, at.stage, at.stage_at).filter(|_| there);
    Ok(HeldView {
        contact_until: until(Held::Contact, personal.place.is_some() || personal.contact.is_some()),
        words_until: until(Held::Words, erased_at.us() == 0),
        // Whoever finds the paper with the receipt must learn no number, from her words or from the contact.
        words: Sight::Desk.words(&words),
        place: personal.place.map(|place| sight.place(&place)),
        contact: personal.contact.map(|contact| Sight::Masked.contact(&contact)),
        channel,
        said_at,
        photos: attachments::of_owner(cx.tx, tenant, voice.raw()).await?.len(),
        notice: about.notice,
        basis: about.basis,
        looks: about.looks,
        erased_at: (erased_at.us() != 0).then_some(erased_at),
    })
}

/// What the log says about a voice.
struct About {
    notice: String,
    basis: Basis,
    looks: Vec<LookView>,
}

impl Default for About {
    fn default() -> Self {
        Self { notice: String::new(), basis: Basis::Consent, looks: Vec::new() }
    }
}

impl About {
    async fn entries(&mut self, cx: &Cx<'_>, matter: MatterId, voice: VoiceId) -> Result<(), Stop> {
        for (kind, at, who, details) in audit::looks(cx.tx, cx.community.id, matter, voice.raw()).await? {
            let mut details = serde_json::from_str::<BTreeMap<String, String>>(&details).unwrap_or_default();
            if let Some(notice) = details.remove(NOTICED) {
                self.notice = notice;
            }
            if let Some(basis) = details.get(BASIS).and_then(|code| Basis::from_code(code)) {
                self.basis = basis;
            }
            let reason = match kind {
                Kind::ContactRevealed => details.remove("reason").unwrap_or_default(),
                Kind::ContactLookedUp => "looked_up".to_owned(),
                _ => continue,
            };
            self.looks.push(LookView { who, at, reason });
        }
        Ok(())
    }
    /// Whoever had a task of the matter in hand read the words, the place and the contact.
    async fn hands(&mut self, cx: &Cx<'_>, matter: MatterId, since: Timestamp) -> Result<(), Stop> {
        for (who, at, left) in tasks::hands_of(cx.tx, cx.community.id, matter).await? {
            if left >= since {
                self.looks.push(LookView { who, at, reason: "task".to_owned() });
            }
        }
        Ok(())
    }
}
