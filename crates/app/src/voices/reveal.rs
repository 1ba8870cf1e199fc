//! Uncovering: contact, place and numbers of one voice, for one person, for ten minutes, with a reason, on the record.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::VoiceId;
use linli_domain::people::{PeopleRefusal, Permission};
use linli_domain::time::Timestamp;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::privacy::{PrivacyRefusal, REVEAL_MINUTES, RevealReason};
use linli_store::{Stop, reveals, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::voices::record_answer::VoiceAt;

/// Why somebody wants to see it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealVoiceInput {
    /// The code of a reason: `call_back`, `visit`, `danger`, `asked`.
    #[serde(default)]
    pub reason: String,
}

/// Uncovers a voice.
#[derive(Debug)]
pub struct RevealVoice {
    voice: VoiceId,
    reason: RevealReason,
}

/// An uncovered voice: its page shows it whole until then. The answer itself holds nothing, so it may be kept.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Revealed {
    /// Until when.
    pub until: Timestamp,
}

impl Command for RevealVoice {
    const NAME: &'static str = "reveal-voice";
    const MAY: Permission = Permission::REVEAL;
    type At = VoiceAt;
    type Input = RevealVoiceInput;
    type Done = Revealed;

    fn parse(at: &VoiceAt, input: &RevealVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let reason = RevealReason::from_code(&input.reason).ok_or(TypedRefusal::NoSuchChoice);
        let reason = fields.take("reason", reason);
        fields.done(|| Some(Self { voice: at.voice, reason: reason? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Revealed>, Stop> {
        let tenant = cx.community.id;
        let me = cx.actor.person().ok_or(PeopleRefusal::WrongSignIn)?;
        let kept = voices::kept(cx.tx, tenant, self.voice).await?.ok_or(VoiceRefusal::NoSuchVoice)?;
        let (matter, erased_at) = (kept.0, kept.8);
        if erased_at.us() != 0 {
            return Err(PrivacyRefusal::ErasedAlready.into());
        }
        let until = cx.now.plus_us(REVEAL_MINUTES * 60 * 1_000_000);
        reveals::open(cx.tx, tenant, me, self.voice, until).await?;
        let event =
            Event::of_matter(Kind::ContactRevealed, matter).about(self.voice.raw()).with("reason", self.reason.code());
        Ok(Recorded::new(Revealed { until }, event))
    }
}
