//! The owner of a voice corrects what is kept about her. Her first words stay beside the log's entry until they are erased.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::VoiceId;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Line, Prose};
use linli_domain::voices::privacy::PrivacyRefusal;
use linli_domain::voices::receipt::Receipt;
use linli_domain::voices::{CONTACT_MAX, Channel, PLACE_MAX, VoiceRefusal, WORDS_MAX};
use linli_store::{Stop, audit, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::voices::personal::{Personal, open, replace, typed};
use crate::voices::record_answer::VoiceAt;
use crate::voices::standing::ReceiptAt;
use crate::voices::take::brought_through;
use crate::voices::{NOTICED, of_receipt};

/// What is right. A field that is left empty stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectVoiceInput {
    /// The words.
    pub text: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// How to reach her.
    pub contact: Option<String>,
}

#[derive(Debug)]
struct Corrections {
    words: Option<Prose>,
    place: Option<Line>,
    contact: Option<Line>,
}

impl Corrections {
    fn parse(fields: &mut Fields, input: &CorrectVoiceInput) -> Option<Self> {
        let words = fields.take("text", Prose::optional(input.text.as_deref(), WORDS_MAX));
        let place = fields.take("place", Line::optional(input.place.as_deref(), PLACE_MAX));
        let contact = fields.take("contact", Line::optional(input.contact.as_deref(), CONTACT_MAX));
        let all = Self { words: words?, place: place?, contact: contact? };
        if all.words.is_none() && all.place.is_none() && all.contact.is_none() {
            let nothing: Option<()> = fields.take("text", Err(PrivacyRefusal::NothingNew));
            nothing?;
        }
        Some(all)
    }
}

/// The owner corrects with her receipt.
pub struct CorrectVoice {
    receipt: Option<Receipt>,
    right: Corrections,
}

/// Which fields were corrected.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Corrected {
    /// `text`, `place`, `contact`.
    pub fields: Vec<String>,
}

impl Command for CorrectVoice {
    const NAME: &'static str = "correct-voice";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptAt;
    type Input = CorrectVoiceInput;
    type Done = Corrected;

    fn parse(at: &ReceiptAt, input: &CorrectVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let right = Corrections::parse(&mut fields, input);
        let receipt = Receipt::parse(&at.code);
        fields.done(|| Some(Self { receipt, right: right? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Corrected>, Stop> {
        let owned = of_receipt(cx, self.receipt.as_ref()).await?;
        correct(cx, owned.voice, &self.right, Channel::Web).await
    }
}

/// What the desk heard from the owner.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectVoiceForInput {
    /// The words.
    pub text: Option<String>,
    /// Where it is.
    pub place: Option<String>,
    /// How to reach her.
    pub contact: Option<String>,
    /// The code of the door it came through; anything but `web`.
    pub channel: String,
}

/// The desk corrects for the owner.
#[derive(Debug)]
pub struct CorrectVoiceFor {
    voice: VoiceId,
    right: Corrections,
    channel: Channel,
}

impl Command for CorrectVoiceFor {
    const NAME: &'static str = "correct-voice-for";
    const MAY: Permission = Permission::REVEAL;
    type At = VoiceAt;
    type Input = CorrectVoiceForInput;
    type Done = Corrected;

    fn parse(at: &VoiceAt, input: &CorrectVoiceForInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let (text, place, contact) = (input.text.clone(), input.place.clone(), input.contact.clone());
        let right = Corrections::parse(&mut fields, &CorrectVoiceInput { text, place, contact });
        let channel = fields.take("channel", brought_through(&input.channel));
        fields.done(|| Some(Self { voice: at.voice, right: right?, channel: channel? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Corrected>, Stop> {
        correct(cx, self.voice, &self.right, self.channel).await
    }
}

async fn correct(
    cx: &Cx<'_>,
    voice: VoiceId,
    right: &Corrections,
    channel: Channel,
) -> Result<Recorded<Corrected>, Stop> {
    let tenant = cx.community.id;
    let kept = voices::kept(cx.tx, tenant, voice).await?.ok_or(VoiceRefusal::NoSuchVoice)?;
    let (matter, arrived_as, words, data_key, place, contact, _, _, erased_at) = kept;
    if erased_at.us() != 0 {
        return Err(PrivacyRefusal::ErasedAlready.into());
    }
    let sealed = (place.as_deref(), contact.as_deref());
    let was = open(cx.app, tenant, voice, data_key.as_deref(), sealed)?;
    let now = Personal {
        place: typed(right.place.as_ref()).map(str::to_owned).or_else(|| was.place.clone()),
        contact: typed(right.contact.as_ref()).map(str::to_owned).or_else(|| was.contact.clone()),
    };
    let mut fields = Vec::new();
    if let Some(right) = right.words.as_ref().filter(|right| right.as_str() != words) {
        // The entry of the log committed to the first words: they stay where it can be opened.
        audit::keep_first_words(cx.tx, &words, tenant, arrived_as, voice.raw()).await?;
        voices::set_words(cx.tx, right, tenant, voice).await?;
        fields.push("text".to_owned());
    }
    fields.extend((now.place != was.place).then(|| "place".to_owned()));
    fields.extend((now.contact != was.contact).then(|| "contact".to_owned()));
    if fields.is_empty() {
        return Err(PrivacyRefusal::NothingNew.into());
    }
    if now != was {
        replace(cx, voice, &now).await?;
    }
    let mut event = Event::of_matter(Kind::VoiceCorrected, matter)
        .about(voice.raw())
        .with("channel", channel.code())
        .with("fields", fields.join(","));
    if let Some(words) = right.words.as_ref().filter(|_| fields.iter().any(|field| field == "text")) {
        event = event.saying("words", words.as_str());
    }
    if now.contact != was.contact {
        event = event.with(NOTICED, linli_domain::voices::privacy::NOTICE);
    }
    Ok(Recorded::new(Corrected { fields }, event))
}
