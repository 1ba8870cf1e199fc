//! Not taken on: the reason goes to the one who asked.

use linli_domain::matters::MatterRef;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Prose};
use linli_domain::voices::REASON_MAX;
use linli_store::{Stop, matters};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::{MatterAt, Moved, load_to_move, moved, save};

/// A reason, and the version that was shown.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonInput {
    /// Why, in words for the one who reads it.
    pub reason: String,
    /// The version that was shown; an older one is a 409.
    pub version: Option<i64>,
}

pub(crate) fn reason(input: &str) -> Result<Prose, Vec<FieldRefusal>> {
    let mut fields = Fields::new();
    let reason = fields.take("reason", Prose::parse(input, REASON_MAX));
    fields.done(|| reason)
}

/// Declines a matter that has no number yet.
#[derive(Debug)]
pub struct DeclineMatter {
    matter: MatterRef,
    reason: Prose,
    version: Option<i64>,
}

impl Command for DeclineMatter {
    const NAME: &'static str = "decline-matter";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = MatterAt;
    type Input = ReasonInput;
    type Done = Moved;

    fn parse(at: &MatterAt, input: &ReasonInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { matter: at.matter, reason: reason(&input.reason)?, version: input.version })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let before = load_to_move(cx, self.matter).await?;
        before.expect_version(self.version)?;
        let (after, event) = before.matter.clone().decline(self.reason.as_str(), cx.now)?;
        matters::decline(cx.tx, &self.reason, cx.community.id, after.id).await?;
        let followed = save(cx, &before, after.clone()).await?;
        Ok(Recorded::new(moved(&before, &after), event).and(followed))
    }
}
