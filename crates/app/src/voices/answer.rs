//! The owner of a voice says whether it is done.

use linli_domain::id::ConfirmationId;
use linli_domain::matters::close_out::{self, Answer, Tally};
use linli_domain::matters::{Round, Stage};
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Prose, TypedRefusal};
use linli_domain::voices::receipt::Receipt;
use linli_domain::voices::{Channel, REASON_MAX, Verdict, VoiceRefusal};
use linli_store::{Stop, tasks, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::{load, save};
use crate::voices::of_receipt;
use crate::voices::standing::ReceiptAt;

/// What the owner of a voice sends.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerVoiceInput {
    /// `solved` or `not_solved`.
    pub verdict: String,
    /// What is still missing, in one's own words.
    pub reason: Option<String>,
    /// The round the answer belongs to; the page sends the one it showed.
    pub round: Option<i64>,
}

/// Answers with a receipt.
pub struct AnswerVoice {
    receipt: Option<Receipt>,
    verdict: Verdict,
    reason: Option<Prose>,
    round: Option<Round>,
}

/// A taken answer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Answered {
    /// Where the matter stands now.
    pub stage: Stage,
    /// What was answered.
    pub verdict: Verdict,
}

pub(crate) fn verdict(code: &str) -> Result<Verdict, TypedRefusal> {
    Verdict::from_code(code).ok_or(TypedRefusal::NoSuchChoice)
}

impl Command for AnswerVoice {
    const NAME: &'static str = "answer-voice";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptAt;
    type Input = AnswerVoiceInput;
    type Done = Answered;

    fn parse(at: &ReceiptAt, input: &AnswerVoiceInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let verdict = fields.take("verdict", verdict(&input.verdict));
        let reason = fields.take("reason", Prose::optional(input.reason.as_deref(), REASON_MAX));
        let (receipt, round) = (Receipt::parse(&at.code), input.round.map(Round::new));
        fields.done(|| Some(Self { receipt, verdict: verdict?, reason: reason?, round }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Answered>, Stop> {
        let owned = of_receipt(cx, self.receipt.as_ref()).await?;
        let answer = Answer {
            voice: owned.voice,
            voice_of: owned.said_by,
            verdict: self.verdict,
            round: self.round,
            channel: Channel::Web,
            brought_by: cx.actor.person(),
        };
        take(cx, owned.matter, &answer, self.reason.as_ref()).await
    }
}

/// Takes an answer, through whichever door.
pub(crate) async fn take(
    cx: &Cx<'_>,
    matter: linli_domain::id::MatterId,
    answer: &Answer,
    reason: Option<&Prose>,
) -> Result<Recorded<Answered>, Stop> {
    let tenant = cx.community.id;
    let before = load(cx, matter).await?;
    let answers = voices::answers(cx.tx, tenant, matter, before.matter.round).await?;
    let tally = tally(before.voices, &answers, Some(answer.voice));
    let workers: Vec<_> = tasks::workers(cx.tx, tenant, matter).await?.into_iter().map(|(person,)| person).collect();
    let round = before.matter.round;
    let (after, events) = close_out::answer(before.matter.clone(), answer, tally, &workers, cx.now)?;
    let id = ConfirmationId::new(cx.app.ids.next(cx.now));
    let (verdict, channel, by) = (answer.verdict, answer.channel, answer.brought_by);
    let kept =
        voices::confirm(cx.tx, id, tenant, answer.voice, matter, round, verdict, channel, reason, cx.now, by).await?;
    if kept == 0 {
        return Err(VoiceRefusal::AnsweredAlready.into());
    }
    let stage = after.stage;
    let followed = save(cx, &before, after).await?;
    let mut events = events.into_iter();
    let mut first = events.next().ok_or(linli_store::Fault::Bug("an answer without an event".into()))?;
    if let Some(reason) = reason {
        first = first.saying("reason", reason.as_str());
    }
    Ok(Recorded::with(Answered { stage, verdict }, first, events).and(followed))
}

/// How the voices of a matter stand, `this` voice's own answer apart.
pub(crate) fn tally(
    voices: i64,
    answers: &[(linli_domain::id::VoiceId, Verdict)],
    this: Option<linli_domain::id::VoiceId>,
) -> Tally {
    let solved = answers.iter().filter(|(_, verdict)| *verdict == Verdict::Solved).count();
    Tally {
        voices,
        solved: i64::try_from(solved).unwrap_or(i64::MAX),
        this_voice: answers.iter().find(|(voice, _)| Some(*voice) == this).map(|(_, verdict)| *verdict),
    }
}
