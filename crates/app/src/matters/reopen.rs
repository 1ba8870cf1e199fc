//! The desk opens a closed matter again, with a reason; nothing of its history goes.

use linli_domain::matters::MatterRef;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Prose};
use linli_store::Stop;

use crate::command::{Command, Cx, Recorded};
use crate::matters::decline::{ReasonInput, reason};
use crate::matters::{MatterAt, Moved, load_to_move, moved, save};

/// Reopens a matter.
#[derive(Debug)]
pub struct ReopenMatter {
    matter: MatterRef,
    reason: Prose,
    version: Option<i64>,
}

impl Command for ReopenMatter {
    const NAME: &'static str = "reopen-matter";
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
        let (after, event) = before.matter.clone().reopen(self.reason.as_str(), cx.now)?;
        let followed = save(cx, &before, after.clone()).await?;
        Ok(Recorded::new(moved(&before, &after), event).and(followed))
    }
}
