//! A matter becomes a part of another, which closes only after it.

use linli_domain::matters::{MatterRef, parts};
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields};
use linli_store::{Stop, matters};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::merge::number;
use crate::matters::{MatterAt, Moved, load_to_move, moved, write};

/// Which it becomes a part of.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachMatterInput {
    /// The number of the whole.
    pub parent: String,
    /// The version that was shown; an older one is a 409.
    pub version: Option<i64>,
}

/// Makes a matter a part of another.
#[derive(Debug)]
pub struct AttachMatter {
    matter: MatterRef,
    parent: MatterRef,
    version: Option<i64>,
}

impl Command for AttachMatter {
    const NAME: &'static str = "attach-matter";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = MatterAt;
    type Input = AttachMatterInput;
    type Done = Moved;

    fn parse(at: &MatterAt, input: &AttachMatterInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let parent = fields.take("parent", number(&input.parent));
        fields.done(|| Some(Self { matter: at.matter, parent: parent?, version: input.version }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let tenant = cx.community.id;
        let part = load_to_move(cx, self.matter).await?;
        part.expect_version(self.version)?;
        let parent = load_to_move(cx, self.parent).await?;
        let parts_of_part = matters::parts(cx.tx, tenant, part.matter.id).await?.len();
        let parts_of_part = i64::try_from(parts_of_part).unwrap_or(i64::MAX);
        let (after, whole, event) = parts::attach(part.matter.clone(), parts_of_part, parent.matter.clone())?;
        matters::set_parent(cx.tx, whole.id, tenant, after.id).await?;
        // Both versions advance: whoever closes the whole at this moment finds that it moved.
        write(cx, &part, &after, part.voices).await?;
        write(cx, &parent, &whole, parent.voices).await?;
        Ok(Recorded::new(moved(&part, &after), event))
    }
}
