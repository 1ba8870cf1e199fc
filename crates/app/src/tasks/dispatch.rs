//! Dispatching: a task goes to one person, or is offered to whoever takes it first.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{PersonId, TaskId};
use linli_domain::matters::{MatterRef, MatterRefusal};
use linli_domain::people::{PeopleRefusal, Permission};
use linli_domain::tasks::{INSTRUCTION_MAX, TaskStage};
use linli_domain::time::Day;
use linli_domain::typed::{FieldRefusal, Fields, Prose, TypedRefusal};
use linli_store::{Stop, matters, people, tasks};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::{MatterAt, load_to_move, save};
use crate::tasks::{TaskMoved, me};

/// What is to be done, by whom, until when.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispatchTaskInput {
    /// What is to be done; the public wording when it is left out.
    pub instruction: Option<String>,
    /// The id of the person it is given to; offered to the volunteers when it is left out.
    pub holder: Option<String>,
    /// Due by the end of this day.
    pub due: Option<String>,
    /// The version of the matter that was shown; an older one is a 409.
    pub version: Option<i64>,
}

/// Dispatches a task.
#[derive(Debug)]
pub struct DispatchTask {
    matter: MatterRef,
    instruction: Option<Prose>,
    holder: Option<PersonId>,
    due: Option<Day>,
    version: Option<i64>,
}

impl Command for DispatchTask {
    const NAME: &'static str = "dispatch-task";
    const MAY: Permission = Permission::DISPATCH;
    type At = MatterAt;
    type Input = DispatchTaskInput;
    type Done = TaskMoved;

    fn parse(at: &MatterAt, input: &DispatchTaskInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let instruction = fields.take("instruction", Prose::optional(input.instruction.as_deref(), INSTRUCTION_MAX));
        let holder = match input.holder.as_deref() {
            None | Some("") => Some(None),
            Some(id) => fields.take("holder", id.parse().map(Some).map_err(|_| PeopleRefusal::NoSuchPerson)),
        };
        let due = match input.due.as_deref() {
            None | Some("") => Some(None),
            Some(day) => fields.take("due", Day::parse(day).map(Some).ok_or(TypedRefusal::NotADay)),
        };
        fields.done(|| {
            Some(Self {
                matter: at.matter,
                instruction: instruction?,
                holder: holder?,
                due: due?,
                version: input.version,
            })
        })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<TaskMoved>, Stop> {
        let by = me(cx)?;
        let tenant = cx.community.id;
        let before = load_to_move(cx, self.matter).await?;
        before.expect_version(self.version)?;
        let after = before.matter.clone().dispatch(cx.now)?;
        if let Some(holder) = self.holder
            && people::in_community(cx.tx, tenant, holder, cx.now).await?.is_none()
        {
            return Err(PeopleRefusal::NoSuchPerson.into());
        }
        let instruction = match &self.instruction {
            Some(instruction) => instruction.clone(),
            None => self.wording(cx, after.id).await?,
        };
        let (offered, stage, kind) = match self.holder {
            Some(_) => (0, TaskStage::Assigned, Kind::TaskAssigned),
            None => (1, TaskStage::Offered, Kind::TaskOffered),
        };
        let id = TaskId::new(cx.app.ids.next(cx.now));
        let (holder, due, now) = (self.holder, self.due, cx.now);
        let round = after.round;
        tasks::add(cx.tx, id, tenant, after.id, round, offered, stage, holder, &instruction, due, by, now).await?;
        let matter = after.id;
        let followed = save(cx, &before, after).await?;
        let mut event = Event::of_matter(kind, matter).about(id.raw()).saying("instruction", instruction.as_str());
        if let Some(holder) = self.holder {
            event = event.to(holder);
        }
        Ok(Recorded::new(TaskMoved { id, matter, stage }, event).and(followed))
    }
}

impl DispatchTask {
    async fn wording(&self, cx: &Cx<'_>, id: linli_domain::id::MatterId) -> Result<Prose, Stop> {
        let listing = matters::listing(cx.tx, cx.community.id, id).await?.ok_or(MatterRefusal::NoSuchMatter)?;
        Ok(Prose::parse(&listing.0.unwrap_or_default(), INSTRUCTION_MAX)?)
    }
}
