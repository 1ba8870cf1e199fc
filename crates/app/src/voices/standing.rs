//! Where somebody's matter stands: the page behind a receipt.

use linli_domain::matters::close_out::may_answer;
use linli_domain::matters::{Matter, Stage};
use linli_domain::people::Permission;
use linli_domain::time::Day;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::receipt::Receipt;
use linli_domain::voices::view::StandingView;
use linli_store::{Stop, matters, tasks, voices};
use linli_text::redact;
use serde::{Deserialize, Serialize};

use crate::attachments;
use crate::command::{Cx, Nothing, Query};
use crate::matters::load;
use crate::voices::personal::open;
use crate::voices::{Owned, of_receipt};

/// Names a receipt.
#[derive(Clone, Serialize, Deserialize)]
pub struct ReceiptAt {
    /// The code as it was typed.
    pub code: String,
}

/// Looks up where a matter stands.
pub struct ShowStanding {
    receipt: Option<Receipt>,
}

impl Query for ShowStanding {
    const NAME: &'static str = "show-standing";
    const MAY: Permission = Permission::HOLD_RECEIPT;
    type At = ReceiptAt;
    type Input = Nothing;
    type View = StandingView;

    fn parse(at: ReceiptAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { receipt: Receipt::parse(&at.code) })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<StandingView, Stop> {
        let tenant = cx.community.id;
        let Owned { voice, matter: matter_id, .. } = of_receipt(cx, self.receipt.as_ref()).await?;
        let kept = voices::kept(cx.tx, tenant, voice).await?.ok_or(VoiceRefusal::NoSuchReceipt)?;
        let (_, arrived_as, words, data_key, place, _, _, said_at, erased_at) = kept;
        let personal = open(cx.app, tenant, voice, data_key.as_deref(), (place.as_deref(), None))?;
        let matter = load(cx, matter_id).await?.matter;
        let listing = matters::listing(cx.tx, tenant, matter_id).await?;
        let (wording, _, _, _, _, responsible, deadline, declined_because, _) =
            listing.ok_or(VoiceRefusal::NoSuchReceipt)?;
        let answers = voices::answers(cx.tx, tenant, matter_id, matter.round).await?;
        let answer = answers.iter().find(|(of, _)| *of == voice).map(|(_, verdict)| *verdict);
        let (mut done_notes, mut after_photos) = (Vec::new(), Vec::new());
        // A note may quote a neighbour's number; whoever raised the same matter must not read it.
        for (task, note) in tasks::done_notes(cx.tx, tenant, matter_id, matter.round).await? {
            done_notes.extend(note.map(|note| redact::masked(&note)));
            after_photos.extend(attachments::of_owner(cx.tx, tenant, task.raw()).await?);
        }
        Ok(StandingView {
            community: cx.community.slug.clone(),
            // Whoever finds the paper with the receipt must not learn her number.
            words: redact::masked_numbers(&words),
            place: personal.place,
            said_at,
            erased: erased_at.us() != 0,
            stage: matter.stage,
            joined: arrived_as != matter_id,
            number: matter.number,
            wording,
            responsible,
            deadline,
            declined_because: declined_because.filter(|_| matter.stage == Stage::Declined),
            done_notes,
            round: matter.round,
            may_answer: may_answer(matter.stage) && answer.is_none(),
            answer_by: answer_by(&matter, cx.community.confirm_days),
            answer,
            photos: attachments::of_owner(cx.tx, tenant, voice.raw()).await?,
            after_photos,
        })
    }
}

/// The last day on which an answer comes before the matter closes without one.
fn answer_by(matter: &Matter, confirm_days: i64) -> Option<Day> {
    (matter.stage == Stage::Awaiting).then(|| matter.stage_at.plus_days(confirm_days).day())
}
