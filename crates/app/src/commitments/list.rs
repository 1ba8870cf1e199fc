//! Reading the list, page by page in the order of groups and numbers.

use std::sync::Arc;

use linli_domain::commitments::view::{EntryView, GroupView, ListView, Standing};
use linli_domain::id::GroupId;
use linli_domain::matters::MatterNumber;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Fault, Stop, commitments};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::show::checkpoint;
use crate::command::{Cx, Here, Query};
use crate::commitments::{standing, totals};

/// Entries on one page.
pub const PAGE: usize = 200;
/// Entries read at a time by those who read the whole list.
const CHUNK: i64 = 1_000;

/// Where a page begins: after this group and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct After(GroupId, MatterNumber);

impl After {
    const START: After = After(GroupId::new(0), MatterNumber::new(0));

    fn parse(cursor: &str) -> Option<Self> {
        let (group, number) = cursor.split_once('-')?;
        let group: GroupId = group.parse().ok()?;
        let plain = number.len() <= 9 && number.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| number.parse().ok())?.map(|number| After(group, MatterNumber::new(number)))
    }
    fn cursor(self) -> String {
        format!("{}-{}", self.0, self.1)
    }
}

/// Which page of the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListInput {
    /// Where the page begins, as the page before told.
    pub cursor: Option<String>,
}

/// Reads a page of the list.
#[derive(Debug)]
pub struct ShowList {
    after: After,
    most: usize,
}

impl ShowList {
    /// The whole list in one piece, up to `most` entries; a longer one says where it goes on.
    pub fn whole(most: usize) -> Self {
        Self { after: After::START, most }
    }
}

impl Query for ShowList {
    const NAME: &'static str = "show-list";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = ListInput;
    type View = ListView;

    fn parse(_: Here, input: ListInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let after = match input.cursor.as_deref() {
            None | Some("") => Some(After::START),
            Some(cursor) => fields.take("cursor", After::parse(cursor).ok_or(TypedRefusal::NoSuchChoice)),
        };
        fields.done(|| Some(Self { after: after?, most: PAGE }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<ListView, Stop> {
        let most = i64::try_from(self.most).unwrap_or(i64::MAX - 1) + 1;
        let mut rows = read(cx, self.after, most).await?;
        let more = rows.len() > self.most;
        rows.truncate(self.most);
        let next = rows.last().filter(|_| more).map(|row| After(row.group, row.entry.number).cursor());
        let mut groups: Vec<(GroupId, GroupView)> = Vec::new();
        for row in rows {
            match groups.last_mut() {
                Some((id, group)) if *id == row.group => group.entries.push(row.entry),
                _ => groups.push((row.group, GroupView { name: row.group_name, entries: vec![row.entry] })),
            }
        }
        Ok(ListView {
            community: cx.community.name.clone(),
            slug: cx.community.slug.clone(),
            phone: cx.community.duty_phone.clone(),
            office: cx.community.office.clone(),
            as_of: cx.now,
            totals: totals(cx.tx, cx.community.id).await?,
            checkpoint: checkpoint(cx).await?,
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            next,
        })
    }
}

struct Row {
    group: GroupId,
    group_name: String,
    entry: EntryView,
}

async fn read(cx: &Cx<'_>, after: After, most: i64) -> Result<Vec<Row>, Stop> {
    let rows = commitments::page(cx.tx, cx.community.id, after.0, after.1, most).await?;
    let row = |row| {
        let (group, group_name, number, wording, category, responsible, deadline, stage, merged_into, since, voices) =
            row;
        let standing = standing(stage);
        let since: linli_domain::time::Timestamp = since;
        let closed = matches!(standing, Standing::Confirmed | Standing::NoAnswer);
        let closed_on = closed.then(|| since.day());
        let entry =
            EntryView { number, wording, category, responsible, deadline, standing, merged_into, closed_on, voices };
        Row { group, group_name, entry }
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Takes one entry of the list with the name of its group; an error ends the export.
pub type Sink = Box<dyn FnMut(&str, &EntryView) -> std::io::Result<()> + Send>;

/// Reads the whole list, however long, on one snapshot, entry by entry into `sink`.
pub struct ExportList {
    sink: Arc<Mutex<Sink>>,
}

impl ExportList {
    /// Into `sink`, which writes to a file.
    pub fn into(sink: Sink) -> Self {
        Self { sink: Arc::new(Mutex::new(sink)) }
    }
}

/// How much was exported.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Exported {
    /// Entries.
    pub entries: usize,
}

impl Query for ExportList {
    const NAME: &'static str = "export-list";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = ListInput;
    type View = Exported;

    fn parse(_: Here, _: ListInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self::into(Box::new(|_, _| Ok(()))))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Exported, Stop> {
        let (mut after, mut entries) = (After::START, 0);
        loop {
            let rows = read(cx, after, CHUNK).await?;
            let mut sink = self.sink.lock();
            for row in &rows {
                (sink)(&row.group_name, &row.entry).map_err(|e| Fault::Unavailable(format!("export: {e}")))?;
                after = After(row.group, row.entry.number);
            }
            entries += rows.len();
            if i64::try_from(rows.len()).is_ok_and(|count| count < CHUNK) {
                return Ok(Exported { entries });
            }
        }
    }
}
