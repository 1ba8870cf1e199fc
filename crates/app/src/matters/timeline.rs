//! What happened to a matter, page by page: by entry, never by time, so that equal stamps lose nothing.

use std::collections::BTreeMap;

use linli_domain::audit::{Kind, RecordView};
use linli_domain::id::{EntryId, MatterId};
use linli_domain::matters::MatterRef;
use linli_domain::people::Permission;
use linli_domain::time::Timestamp;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Stop, audit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::keeps_words_itself;
use crate::command::{Cx, Query};
use crate::matters::{MatterAt, resolve};
use crate::voices::personal::Sight;

/// Entries on one page, unless fewer are asked for.
const MOST: i64 = 200;

/// Which page of the timeline.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineInput {
    /// The entry after which the page begins.
    pub after: Option<String>,
    /// How many entries.
    pub most: Option<i64>,
}

/// A page of a timeline, oldest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineView {
    /// What happened.
    pub entries: Vec<RecordView>,
    /// After which the next page begins; `None` on the last.
    pub next: Option<EntryId>,
}

/// Reads a page of a timeline.
#[derive(Debug)]
pub struct ShowTimeline {
    matter: MatterRef,
    after: EntryId,
    most: i64,
}

impl Query for ShowTimeline {
    const NAME: &'static str = "show-timeline";
    const MAY: Permission = Permission::READ_DESK;
    type At = MatterAt;
    type Input = TimelineInput;
    type View = TimelineView;

    fn parse(at: MatterAt, input: TimelineInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let after = match input.after {
            Some(after) => fields.take("after", after.parse().map_err(|_| TypedRefusal::NoSuchChoice)),
            None => Some(EntryId::new(0)),
        };
        let most = input.most.unwrap_or(MOST).clamp(1, MOST);
        fields.done(|| Some(Self { matter: at.matter, after: after?, most }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<TimelineView, Stop> {
        let matter = resolve(cx, self.matter).await?;
        let entries = page(cx, matter, self.after, self.most).await?;
        let full = i64::try_from(entries.len()).is_ok_and(|count| count == self.most);
        let next = entries.last().map(|entry| entry.id).filter(|_| full);
        Ok(TimelineView { entries, next })
    }
}

/// A page of a timeline after an entry.
pub(crate) async fn page(cx: &Cx<'_>, matter: MatterId, after: EntryId, most: i64) -> Result<Vec<RecordView>, Stop> {
    let rows = audit::of_matter(cx.tx, cx.community.id, matter, after, most).await?;
    let sight = Sight::of(cx);
    Ok(rows.into_iter().map(|row| record(row, sight)).collect())
}

/// A row of the timeline, as the store gives it.
type Row = (EntryId, Kind, Timestamp, String, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<String>);

fn record((id, kind, at, actor, details, commitment, salt, words): Row, sight: Sight) -> RecordView {
    let pairs = |text: &str| serde_json::from_str::<BTreeMap<String, String>>(text).unwrap_or_default();
    let mut details = pairs(&details);
    // A voice's own words stand with the voice.
    let words = words.filter(|_| !keeps_words_itself(kind));
    let written = words.as_deref().map(pairs).unwrap_or_default();
    details.extend(written.into_iter().map(|(name, text)| (name, sight.words(&text))));
    let erased = commitment.is_some() && salt.is_none();
    RecordView { id, kind, at, actor, details: details.into_iter().collect(), erased }
}
