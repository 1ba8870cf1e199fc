//! Erasing what is kept about the owner of a voice: by herself, by the desk for her, by time, or again after an older
//! copy of the database came back.
//!
//! The matter, its number and its history stay; the log keeps its commitments, and what would open them is gone.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{MatterId, VoiceId};
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Prose, TypedRefusal};
use linli_domain::voices::privacy::{Erasing, PrivacyRefusal};
use linli_domain::voices::receipt::Receipt;
use linli_domain::voices::{Channel, REASON_MAX, VoiceRefusal};
use linli_store::{Stop, attachments, audit, reveals, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::voices::record_answer::VoiceAt;
use crate::voices::standing::ReceiptAt;
use crate::voices::take::brought_through;
use crate::voices::{of_receipt, way};

/// What the owner wants erased.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseVoiceInput {
    /// `contact` or `everything`.
    #[serde(default)]
    pub what: String,
}

/// The owner erases with her receipt.
pub struct EraseVoice {
    receipt: Option<Receipt>,
    what: Erasing,
}

/// What was erased.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Erased {
    /// What was asked for.
    pub what: Erasing,
    /// Photos that went with it.
    pub photos: i64,
}

fn what(code: &str) -> Result<Erasing, TypedRefusal> {
    Erasing::from_code(code).ok_or(TypedRefusal::NoSuchChoice)
}

impl Command for EraseVoice {
    const NAME: &'static str = "erase-voice";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptAt;
    type Input = EraseVoiceInput;
    type Done = Erased;

    fn parse(at: &ReceiptAt, input: &EraseVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let what = fields.take("what", what(&input.what));
        let receipt = Receipt::parse(&at.code);
        fields.done(|| Some(Self { receipt, what: what? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Erased>, Stop> {
        let owned = of_receipt(cx, self.receipt.as_ref()).await?;
        erase(cx, owned.voice, self.what, |event| event.with("channel", Channel::Web.code())).await
    }
}

/// What the desk heard from the owner.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EraseVoiceForInput {
    /// `contact` or `everything`.
    #[serde(default)]
    pub what: String,
    /// The code of the door the wish came through; anything but `web`.
    pub channel: String,
    /// How the desk knows that it was her.
    pub reason: String,
}

/// The desk erases for the owner, on the record.
#[derive(Debug)]
pub struct EraseVoiceFor {
    voice: VoiceId,
    what: Erasing,
    channel: Channel,
    reason: Prose,
}

impl Command for EraseVoiceFor {
    const NAME: &'static str = "erase-voice-for";
    const MAY: Permission = Permission::ERASE;
    type At = VoiceAt;
    type Input = EraseVoiceForInput;
    type Done = Erased;

    fn parse(at: &VoiceAt, input: &EraseVoiceForInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let what = fields.take("what", what(&input.what));
        let channel = fields.take("channel", brought_through(&input.channel));
        let reason = fields.take("reason", Prose::parse(&input.reason, REASON_MAX));
        fields.done(|| Some(Self { voice: at.voice, what: what?, channel: channel?, reason: reason? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Erased>, Stop> {
        let told = |event: Event| event.with("channel", self.channel.code()).saying("reason", self.reason.as_str());
        erase(cx, self.voice, self.what, told).await
    }
}

/// Erases again what the journal of erasures names, after an older database was put back.
#[derive(Debug)]
pub struct EraseAgain {
    voice: VoiceId,
    what: Erasing,
}

impl Command for EraseAgain {
    const NAME: &'static str = "erase-again";
    const MAY: Permission = Permission::OPERATE;
    type At = VoiceAt;
    type Input = EraseVoiceInput;
    type Done = Erased;

    fn parse(at: &VoiceAt, input: &EraseVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let what = fields.take("what", what(&input.what));
        fields.done(|| Some(Self { voice: at.voice, what: what? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Erased>, Stop> {
        erase(cx, self.voice, self.what, |event| event.with("again", 1)).await
    }
}

async fn erase(
    cx: &Cx<'_>,
    voice: VoiceId,
    what: Erasing,
    tell: impl Fn(Event) -> Event,
) -> Result<Recorded<Erased>, Stop> {
    let kept = voices::kept(cx.tx, cx.community.id, voice).await?.ok_or(VoiceRefusal::NoSuchVoice)?;
    let (matter, arrived_as, _, _, place, contact, _, _, erased_at) = kept;
    if erased_at.us() != 0 {
        return Err(PrivacyRefusal::ErasedAlready.into());
    }
    let had_contact = place.is_some() || contact.is_some();
    let (kind, photos) = match what {
        Erasing::Contact if !had_contact => return Err(PrivacyRefusal::NothingThere.into()),
        Erasing::Contact => {
            forget_contact(cx, voice).await?;
            (Kind::ConsentWithdrawn, 0)
        }
        Erasing::Everything => {
            forget_contact(cx, voice).await?;
            (Kind::VoiceErased, forget_words(cx, voice, arrived_as).await?)
        }
    };
    let event = tell(Event::of_matter(kind, matter).about(voice.raw()).with("photos", photos));
    Ok(Recorded::new(Erased { what, photos }, event))
}

/// Contact and place, by the key that alone could open them; whoever had it uncovered sees it no more.
pub(crate) async fn forget_contact(cx: &Cx<'_>, voice: VoiceId) -> Result<(), Stop> {
    voices::erase_contact(cx.tx, cx.community.id, voice).await?;
    reveals::close_voice(cx.tx, cx.community.id, voice).await?;
    Ok(())
}

/// Words, answers and photos of a voice, and what opens the log's commitments to them; answers how many photos went.
pub(crate) async fn forget_words(cx: &Cx<'_>, voice: VoiceId, arrived_as: MatterId) -> Result<i64, Stop> {
    let tenant = cx.community.id;
    voices::erase_words(cx.tx, cx.now, tenant, voice).await?;
    voices::erase_reasons(cx.tx, tenant, voice).await?;
    for matter in way(cx, arrived_as).await? {
        audit::forget_openings(cx.tx, tenant, matter, voice.raw()).await?;
    }
    forget_photos(cx, voice.raw()).await
}

/// The photos of a voice or a task; their files go with the next sweep.
pub(crate) async fn forget_photos(cx: &Cx<'_>, owner: i64) -> Result<i64, Stop> {
    let gone = attachments::forget_of(cx.tx, cx.community.id, owner).await?;
    i64::try_from(gone).map_err(|_| linli_store::Fault::Bug("too many photos".into()).into())
}
