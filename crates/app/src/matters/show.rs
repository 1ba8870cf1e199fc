//! A matter with every voice on it, its tasks and its timeline.

use linli_domain::id::{AttachmentId, EntryId, MatterId, TaskId, VoiceId};
use linli_domain::matters::close_out::may_answer;
use linli_domain::matters::view::{ListingView, MatterView};
use linli_domain::matters::{MatterRef, MatterRefusal, Round, Stage};
use linli_domain::people::Permission;
use linli_domain::tasks::view::DispatchedView;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::view::{AnswerView, VoiceView};
use linli_store::{Stop, matters, tasks, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::attachments;
use crate::command::{Caller, Cx, Denied, Nothing, Place, Query};
use crate::matters::timeline::page;
use crate::matters::{MatterAt, load, resolve};
use crate::voices::personal::{Shown, Sight, open, uncovered};

/// Entries of the timeline on the matter's own page; the rest is behind its own address.
const TIMELINE: i64 = 200;

/// Reads a matter for the desk.
#[derive(Debug)]
pub struct ShowMatter {
    matter: MatterRef,
}

impl Query for ShowMatter {
    const NAME: &'static str = "show-matter";
    const MAY: Permission = Permission::READ_DESK;
    type At = MatterAt;
    type Input = Nothing;
    type View = MatterView;

    fn parse(at: MatterAt, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { matter: at.matter })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<MatterView, Stop> {
        let tenant = cx.community.id;
        let id = resolve(cx, self.matter).await?;
        let loaded = load(cx, id).await?;
        let matter = loaded.matter;
        let row = matters::listing(cx.tx, tenant, id).await?.ok_or(MatterRefusal::NoSuchMatter)?;
        let (wording, category, category_name, group, group_name, responsible, deadline, declined_because, received_at) =
            row;
        let listing = || {
            Some(ListingView {
                wording: wording?,
                category: category?,
                category_name: category_name?,
                group: group?,
                group_name: group_name?,
                responsible: responsible?,
                deadline: deadline?,
            })
        };
        let number_of = async |of: Option<MatterId>| match of {
            Some(id) => Ok::<_, Stop>(matters::number_of(cx.tx, tenant, id).await?.and_then(|row| row.0)),
            None => Ok(None),
        };
        let parts = matters::parts(cx.tx, tenant, id).await?;
        Ok(MatterView {
            id,
            number: matter.number,
            stage: matter.stage,
            round: matter.round,
            version: matter.version,
            received_at,
            listing: listing(),
            declined_because,
            merged_into: number_of(loaded.merged_into).await?,
            parent: number_of(matter.parent).await?,
            parts: parts.into_iter().filter_map(|(_, number)| number).collect(),
            voices: read_voices(cx, id, matter.stage, matter.round).await?,
            tasks: read_tasks(cx, id).await?,
            timeline: page(cx, id, EntryId::new(0), TIMELINE).await?,
        })
    }
}

/// Once she said that it is not done, a new round begins: until she is asked again, the desk reads what she said.
fn shown_round(stage: Stage, round: Round) -> Round {
    if may_answer(stage) || stage == Stage::Confirmed || round == Round::FIRST {
        return round;
    }
    Round::new(round.raw() - 1)
}

async fn read_voices(cx: &Cx<'_>, matter: MatterId, stage: Stage, round: Round) -> Result<Vec<VoiceView>, Stop> {
    let mut views = Vec::new();
    let (tenant, uncovered) = (cx.community.id, uncovered(cx).await?);
    for row in voices::of_matter(cx.tx, tenant, matter, shown_round(stage, round)).await? {
        let (id, words, data_key, place, contact, erased_at, channel, said_at, verdict, through, reason, at) = row;
        let personal = open(cx.app, tenant, id, data_key.as_deref(), (place.as_deref(), contact.as_deref()))?;
        let uncovered = uncovered.contains(&id);
        let sight = if uncovered { Sight::Uncovered } else { Sight::of(cx) };
        let shown = Shown::new(sight, &words, &personal);
        let answer = match (verdict, through, at) {
            (Some(verdict), Some(channel), Some(at)) => {
                let reason = reason.map(|reason| sight.words(&reason));
                Some(AnswerView { verdict, channel, reason, at })
            }
            _ => None,
        };
        views.push(VoiceView {
            id,
            words: shown.words,
            place: shown.place,
            contact: shown.contact,
            uncovered,
            has_more: uncovered || shown.has_more,
            erased: erased_at.us() != 0,
            channel,
            said_at,
            photos: attachments::of_owner(cx.tx, cx.community.id, id.raw()).await?,
            answer,
        });
    }
    Ok(views)
}

async fn read_tasks(cx: &Cx<'_>, matter: MatterId) -> Result<Vec<DispatchedView>, Stop> {
    let mut views = Vec::new();
    for row in tasks::of_matter(cx.tx, cx.community.id, matter).await? {
        let (id, instruction, stage, holder, round, due, done_note, version) = row;
        let photos = attachments::of_owner(cx.tx, cx.community.id, id.raw()).await?;
        views.push(DispatchedView { id, matter, instruction, stage, holder, round, due, done_note, photos, version });
    }
    Ok(views)
}

/// Which matter a voice, a task or a photo belongs to, for the page that its form goes back to.
#[derive(Debug, Deserialize)]
enum FindMatter {
    Voice(VoiceId),
    Task(TaskId),
    Photo(AttachmentId),
}

/// A found matter.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
struct FoundMatter {
    matter: MatterId,
}

impl Query for FindMatter {
    const NAME: &'static str = "find-matter";
    const MAY: Permission = Permission::READ_DESK;
    type At = Self;
    type Input = Nothing;
    type View = FoundMatter;

    fn parse(of: Self, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(of)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<FoundMatter, Stop> {
        let owner = match *self {
            FindMatter::Voice(voice) => voice.raw(),
            FindMatter::Task(task) => task.raw(),
            FindMatter::Photo(photo) => attachments::owner(cx, photo).await?,
        };
        Ok(FoundMatter { matter: attachments::show::matter_of(cx, owner).await? })
    }
}

impl App {
    /// The matter of a voice.
    pub async fn matter_of_voice(&self, caller: &Caller, place: &Place, voice: VoiceId) -> Result<MatterId, Denied> {
        Ok(self.read(caller, place, FindMatter::Voice(voice)).await?.matter)
    }
    /// The matter of a task.
    pub async fn matter_of_task(&self, caller: &Caller, place: &Place, task: TaskId) -> Result<MatterId, Denied> {
        Ok(self.read(caller, place, FindMatter::Task(task)).await?.matter)
    }
    /// The matter of a photo.
    pub async fn matter_of_photo(
        &self,
        caller: &Caller,
        place: &Place,
        photo: AttachmentId,
    ) -> Result<MatterId, Denied> {
        Ok(self.read(caller, place, FindMatter::Photo(photo)).await?.matter)
    }
}
