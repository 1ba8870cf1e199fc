//! A request from another system's file: the same words, the same inbox.
//!
//! What the other system calls closed is not confirmed by the one who asked, so it never arrives struck off: its
//! outcome is kept in the log, and the desk decides.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::VoiceId;
use linli_domain::people::Permission;
use linli_domain::time::Timestamp;
use linli_domain::typed::{FieldRefusal, Fields, Line, Prose, TypedRefusal};
use linli_domain::voices::privacy::Basis;
use linli_domain::voices::{Channel, PLACE_MAX, VoiceRefusal, WORDS_MAX};
use linli_store::{Stop, outside};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Here, Recorded};
use crate::voices::{BASIS, Words, keep};

/// Characters of a source's name or an id in it.
const ID_MAX: usize = 100;

/// One row of the file.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportRequestInput {
    /// The name of the source.
    pub source: String,
    /// The request's id there, as it is written there.
    pub external_id: String,
    /// What was said.
    pub text: String,
    /// Where.
    pub place: Option<String>,
    /// When; local time of China unless it names its zone.
    pub at: String,
    /// The outcome there, for the log.
    pub outcome: Option<String>,
}

/// Takes one request in, once.
#[derive(Debug)]
pub struct ImportRequest {
    source: Line,
    external_id: Line,
    words: Prose,
    place: Option<Line>,
    at: Timestamp,
    outcome: Option<Line>,
}

/// An imported request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// The voice.
    pub voice: VoiceId,
}

impl Command for ImportRequest {
    const NAME: &'static str = "import-request";
    const MAY: Permission = Permission::OPERATE;
    type At = Here;
    type Input = ImportRequestInput;
    type Done = Imported;

    fn parse(_: &Here, input: &ImportRequestInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let source = fields.take("source", Line::parse(&input.source, ID_MAX));
        let external_id = fields.take("external_id", Line::parse(&input.external_id, ID_MAX));
        let words = fields.take("text", Prose::parse(&input.text, WORDS_MAX));
        let place = fields.take("place", Line::optional(input.place.as_deref(), PLACE_MAX));
        let at = fields.take("at", Timestamp::parse(&input.at).ok_or(TypedRefusal::NotADay));
        let outcome = fields.take("outcome", Line::optional(input.outcome.as_deref(), ID_MAX));
        fields.done(|| {
            Some(Self {
                source: source?,
                external_id: external_id?,
                words: words?,
                place: place?,
                at: at?,
                outcome: outcome?,
            })
        })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Imported>, Stop> {
        let (source, external_id) = (self.source.as_str(), self.external_id.as_str());
        let words = Words {
            text: &self.words,
            place: self.place.as_ref(),
            contact: None,
            channel: Channel::Hotline,
            said_at: self.at,
            photos: &[],
        };
        if outside::find(cx.tx, source, external_id).await?.is_some() {
            return Err(VoiceRefusal::ImportedAlready.into());
        }
        let kept = keep(cx, &words).await?;
        // Two imports of one file at the same time: the second finds the row of the first.
        if outside::note(cx.tx, source, external_id, cx.community.id, kept.voice).await? == 0 {
            return Err(VoiceRefusal::ImportedAlready.into());
        }
        let mut event = Event::of_matter(Kind::RequestImported, kept.matter)
            .about(kept.voice.raw())
            .with("source", source)
            .with("external_id", external_id)
            .with(BASIS, Basis::Duty.code())
            .saying("words", self.words.as_str());
        if let Some(outcome) = &self.outcome {
            event = event.with("outcome", outcome);
        }
        Ok(Recorded::new(Imported { voice: kept.voice }, event))
    }
}
