//! A resident says something: one field is enough.

use bytes::Bytes;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Line, Prose};
use linli_domain::voices::{CONTACT_MAX, Channel, PLACE_MAX, WORDS_MAX};
use linli_store::Stop;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::attachments::{self, StoredPhoto};
use crate::command::{Caller, Command, Cx, Denied, Here, Recorded};
use crate::voices::{Said, Words, keep};

/// What is sent to say something.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayVoiceInput {
    /// What it is about, in one's own words.
    pub text: String,
    /// How to reach the one who says it, if she wants to be reached.
    pub contact: Option<String>,
    /// Where it is.
    pub place: Option<String>,
}

/// Says something.
#[derive(Debug)]
pub struct SayVoice {
    words: Prose,
    contact: Option<Line>,
    place: Option<Line>,
    raw_photos: Vec<Bytes>,
    photos: Vec<StoredPhoto>,
}

impl Command for SayVoice {
    const NAME: &'static str = "say-voice";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = SayVoiceInput;
    type Done = Said;

    fn parse(_: &Here, input: &SayVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let words = fields.take("text", Prose::parse(&input.text, WORDS_MAX));
        let place = fields.take("place", Line::optional(input.place.as_deref(), PLACE_MAX));
        let contact = fields.take("contact", Line::optional(input.contact.as_deref(), CONTACT_MAX));
        fields.done(|| {
            Some(Self { words: words?, contact: contact?, place: place?, raw_photos: Vec::new(), photos: Vec::new() })
        })
    }

    fn take_photos(&mut self, photos: Vec<Bytes>) {
        self.raw_photos = photos;
    }

    async fn prepare(&mut self, app: &App, _: &Caller) -> Result<(), Denied> {
        self.photos = attachments::store(app, &std::mem::take(&mut self.raw_photos)).await?;
        Ok(())
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Said>, Stop> {
        let kept = keep(
            cx,
            &Words {
                text: &self.words,
                place: self.place.as_ref(),
                contact: self.contact.as_ref(),
                channel: Channel::Web,
                said_at: cx.now,
                photos: &self.photos,
            },
        )
        .await?;
        Ok(Recorded::new(kept.said(), kept.event(&self.words, Channel::Web)))
    }
}
