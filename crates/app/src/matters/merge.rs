//! Merging: many voices, one matter. Every voice keeps its words, its receipt and its own answer.

use linli_domain::matters::{MatterNumber, MatterRef, merge};
use linli_domain::people::Permission;
use linli_domain::refusal::Refusal;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Stop, matters, voices};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::{MatterAt, Moved, load_to_move, moved, save, save_with};

/// Where a matter goes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeMatterInput {
    /// The number of the entry that takes it in.
    pub into: String,
    /// The version that was shown; an older one is a 409.
    pub version: Option<i64>,
}

/// Merges a matter into an open one on the list.
#[derive(Debug)]
pub struct MergeMatter {
    matter: MatterRef,
    into: MatterRef,
    version: Option<i64>,
}

/// A number as it is typed into a field.
pub(crate) fn number(typed: &str) -> Result<MatterRef, Refusal> {
    let parsed: i64 = typed.trim().parse().map_err(|_| TypedRefusal::NoSuchChoice)?;
    Ok(MatterRef::Number(MatterNumber::new(parsed)))
}

impl Command for MergeMatter {
    const NAME: &'static str = "merge-matter";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = MatterAt;
    type Input = MergeMatterInput;
    type Done = Moved;

    fn parse(at: &MatterAt, input: &MergeMatterInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let into = fields.take("into", number(&input.into));
        fields.done(|| Some(Self { matter: at.matter, into: into?, version: input.version }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let tenant = cx.community.id;
        let source = load_to_move(cx, self.matter).await?;
        source.expect_version(self.version)?;
        let target = load_to_move(cx, self.into).await?;
        let parts = matters::parts(cx.tx, tenant, source.matter.id).await?.len();
        let parts = i64::try_from(parts).unwrap_or(i64::MAX);
        let (after, into, event) = merge::merge(source.matter.clone(), parts, target.matter.clone(), cx.now)?;
        voices::move_over(cx.tx, into.id, tenant, after.id).await?;
        matters::merge_into(cx.tx, into.id, tenant, after.id).await?;
        let followed = save(cx, &source, after.clone()).await?;
        save_with(cx, &target, into, target.voices + source.voices).await?;
        Ok(Recorded::new(moved(&source, &after), event).and(followed))
    }
}
