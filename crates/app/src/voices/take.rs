//! The desk takes somebody's words: by telephone, at the door, on paper, for a neighbour.

use linli_domain::id::MatterId;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Line, Prose, TypedRefusal};
use linli_domain::voices::{CONTACT_MAX, Channel, PLACE_MAX, WORDS_MAX};
use linli_store::Stop;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Here, Recorded};
use crate::voices::{Said, Words, keep};

/// What the desk types while somebody speaks.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeVoiceInput {
    /// The words.
    pub text: String,
    /// Where it is.
    pub place: Option<String>,
    /// How to reach the one who said it.
    pub contact: Option<String>,
    /// The code of the door they came through; anything but `web`.
    pub channel: String,
}

/// Takes somebody's words for them.
#[derive(Debug)]
pub struct TakeVoice {
    words: Prose,
    place: Option<Line>,
    contact: Option<Line>,
    channel: Channel,
}

/// What the desk reads out, and where the words are now.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TakenVoice {
    /// The receipt, for the one who said it.
    #[serde(flatten)]
    pub said: Said,
    /// The matter that was made for it.
    pub matter: MatterId,
}

/// A channel through which somebody else brings the words; never the resident's own page.
pub(crate) fn brought_through(code: &str) -> Result<Channel, TypedRefusal> {
    match Channel::from_code(code) {
        Some(Channel::Web) | None => Err(TypedRefusal::NoSuchChoice),
        Some(channel) => Ok(channel),
    }
}

impl Command for TakeVoice {
    const NAME: &'static str = "take-voice";
    const MAY: Permission = Permission::TAKE_WORDS;
    type At = Here;
    type Input = TakeVoiceInput;
    type Done = TakenVoice;

    fn parse(_: &Here, input: &TakeVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let words = fields.take("text", Prose::parse(&input.text, WORDS_MAX));
        let place = fields.take("place", Line::optional(input.place.as_deref(), PLACE_MAX));
        let contact = fields.take("contact", Line::optional(input.contact.as_deref(), CONTACT_MAX));
        let channel = fields.take("channel", brought_through(&input.channel));
        fields.done(|| Some(Self { words: words?, place: place?, contact: contact?, channel: channel? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TakenVoice>, Stop> {
        let words = Words {
            text: &self.words,
            place: self.place.as_ref(),
            contact: self.contact.as_ref(),
            channel: self.channel,
            said_at: cx.now,
            photos: &[],
        };
        let kept = keep(cx, &words).await?;
        let event = kept.event(&self.words, self.channel);
        let done = TakenVoice { said: kept.said(), matter: kept.matter };
        Ok(Recorded::new(done, event))
    }
}
