//! The desk's inbox: matters by stage, newest first.

use linli_domain::id::MatterId;
use linli_domain::matters::Stage;
use linli_domain::matters::view::{DeskCounts, MatterLine, MatterLines};
use linli_domain::notifications::MessageView;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Stop, matters};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Cx, Here, Nothing, Query};
use crate::notifications::{DESK, newest};
use crate::voices::personal::{Sight, open};

/// Lines on one page.
const PAGE: usize = 50;
/// Characters of a voice that stand for a title.
const TITLE: usize = 60;
/// Messages shown on the desk.
const MESSAGES: i64 = 10;

/// Stands for every stage in which the desk has to do the next step.
pub const ON_THE_DESK: &str = "on_the_desk";

/// Which matters.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MattersInput {
    /// A stage's code, or `on_the_desk`; all stages without one.
    pub stage: Option<String>,
    /// Where the page begins, as the page before told.
    pub cursor: Option<String>,
}

/// Reads a page of matters.
#[derive(Debug)]
pub struct ShowMatters {
    stages: Vec<Stage>,
    below: MatterId,
}

impl Query for ShowMatters {
    const NAME: &'static str = "show-matters";
    const MAY: Permission = Permission::READ_DESK;
    type At = Here;
    type Input = MattersInput;
    type View = MatterLines;

    fn parse(_: Here, input: MattersInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let stages = match input.stage.as_deref() {
            None | Some("") => Some(Stage::ALL.to_vec()),
            Some(ON_THE_DESK) => Some(Stage::ALL.iter().copied().filter(|stage| stage.is_on_the_desk()).collect()),
            Some(code) => {
                fields.take("stage", Stage::from_code(code).map(|one| vec![one]).ok_or(TypedRefusal::NoSuchChoice))
            }
        };
        let below = match input.cursor.as_deref() {
            None | Some("") => Some(MatterId::new(i64::MAX)),
            Some(cursor) => fields.take("cursor", cursor.parse().map_err(|_| TypedRefusal::NoSuchChoice)),
        };
        fields.done(|| Some(Self { stages: stages?, below: below? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<MatterLines, Stop> {
        let most = i64::try_from(PAGE).unwrap_or(i64::MAX) + 1;
        let (today, sight) = (cx.now.day(), Sight::of(cx));
        let mut lines = Vec::new();
        for stage in &self.stages {
            for row in matters::page_of_stage(cx.tx, cx.community.id, *stage, self.below, most).await? {
                let (id, number, stage, wording, words, data_key, place, voice, received_at, voices, deadline) = row;
                let personal = open(cx.app, cx.community.id, voice, data_key.as_deref(), (place.as_deref(), None))?;
                lines.push(MatterLine {
                    id,
                    number,
                    stage,
                    title: wording.unwrap_or_else(|| beginning(&sight.words(&words))),
                    place: personal.place.map(|place| sight.place(&place)),
                    received_at,
                    voices,
                    deadline,
                    overdue: stage.is_open() && deadline.is_some_and(|day| day < today),
                });
            }
        }
        lines.sort_by_key(|line| std::cmp::Reverse(line.id));
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.id.to_string());
        Ok(MatterLines { matters: lines, next })
    }
}

fn beginning(words: &str) -> String {
    let line = words.split('\n').next().unwrap_or_default();
    if line.chars().count() <= TITLE && line.len() == words.len() {
        return words.to_owned();
    }
    line.chars().take(TITLE).chain(['…']).collect()
}

/// What the desk has in front of it, beside the matters.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeskView {
    /// How many matters stand where.
    pub counts: DeskCounts,
    /// The newest messages to the desk.
    pub messages: Vec<MessageView>,
}

/// Reads the desk's counts and messages.
#[derive(Debug)]
pub struct ShowDesk;

impl Query for ShowDesk {
    const NAME: &'static str = "show-desk";
    const MAY: Permission = Permission::READ_DESK;
    type At = Here;
    type Input = Nothing;
    type View = DeskView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<DeskView, Stop> {
        let mut counts = DeskCounts::default();
        for (stage, count) in matters::count_by_stage(cx.tx, cx.community.id).await? {
            match stage {
                Stage::Received => counts.received = count,
                Stage::Listed => counts.listed = count,
                Stage::Disputed => counts.disputed = count,
                Stage::Working => counts.working = count,
                Stage::Awaiting => counts.awaiting = count,
                Stage::Confirmed | Stage::NoAnswer | Stage::Declined | Stage::Merged => {}
            }
        }
        Ok(DeskView { counts, messages: newest(cx, DESK, MESSAGES).await? })
    }
}
