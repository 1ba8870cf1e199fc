//! The desk records what somebody answered by telephone, at the door, on paper or through a neighbour.

use linli_domain::id::VoiceId;
use linli_domain::matters::Round;
use linli_domain::matters::close_out::Answer;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Prose};
use linli_domain::voices::{Channel, REASON_MAX, Verdict, VoiceRefusal};
use linli_store::{Stop, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::voices::answer::{Answered, take, verdict};
use crate::voices::take::brought_through;

/// Names a voice.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct VoiceAt {
    /// The voice.
    pub voice: VoiceId,
}

/// What the desk heard.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAnswerInput {
    /// `solved` or `not_solved`.
    #[serde(default)]
    pub verdict: String,
    /// The code of the door it came through; anything but `web`.
    pub channel: String,
    /// What was said about it; needed for `not_solved`.
    pub reason: Option<String>,
    /// The round the answer belongs to.
    pub round: Option<i64>,
}

/// Records somebody's answer, labelled with the door it came through and with who recorded it.
#[derive(Debug)]
pub struct RecordAnswer {
    voice: VoiceId,
    verdict: Verdict,
    channel: Channel,
    reason: Option<Prose>,
    round: Option<Round>,
}

impl Command for RecordAnswer {
    const NAME: &'static str = "record-answer";
    const MAY: Permission = Permission::TAKE_WORDS;
    type At = VoiceAt;
    type Input = RecordAnswerInput;
    type Done = Answered;

    fn parse(at: &VoiceAt, input: &RecordAnswerInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let verdict = fields.take("verdict", verdict(&input.verdict));
        let channel = fields.take("channel", brought_through(&input.channel));
        let mut reason = fields.take("reason", Prose::optional(input.reason.as_deref(), REASON_MAX));
        if verdict == Some(Verdict::NotSolved) && reason == Some(None) {
            reason = fields.take("reason", Err(VoiceRefusal::ReasonNeeded));
        }
        let (voice, round) = (at.voice, input.round.map(Round::new));
        fields.done(|| Some(Self { voice, verdict: verdict?, channel: channel?, reason: reason?, round }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Answered>, Stop> {
        let found = voices::one(cx.tx, cx.community.id, self.voice).await?;
        let (matter, said_by) = found.ok_or(VoiceRefusal::NoSuchVoice)?;
        let answer = Answer {
            voice: self.voice,
            voice_of: said_by,
            verdict: self.verdict,
            round: self.round,
            channel: self.channel,
            brought_by: cx.actor.person(),
        };
        take(cx, matter, &answer, self.reason.as_ref()).await
    }
}
