//! Hiding a photo: it is shown at no address any more, from the next request on.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::AttachmentId;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, Prose};
use linli_domain::voices::REASON_MAX;
use linli_store::{Stop, attachments};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attachments::owner;
use crate::attachments::show::matter_of;
use crate::command::{Command, Cx, Recorded};

/// Names a photo.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct PhotoAt {
    /// The photo.
    pub photo: AttachmentId,
}

/// Why it is hidden.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HidePhotoInput {
    /// In words, for the record.
    #[serde(default)]
    pub reason: String,
}

/// Hides a photo.
#[derive(Debug)]
pub struct HidePhoto {
    photo: AttachmentId,
    reason: Prose,
}

/// A hidden photo.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct Hidden {
    /// The matter that it was shown with.
    pub matter: linli_domain::id::MatterId,
}

impl Command for HidePhoto {
    const NAME: &'static str = "hide-photo";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = PhotoAt;
    type Input = HidePhotoInput;
    type Done = Hidden;

    fn parse(at: &PhotoAt, input: &HidePhotoInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let reason = fields.take("reason", Prose::parse(&input.reason, REASON_MAX));
        fields.done(|| Some(Self { photo: at.photo, reason: reason? }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Hidden>, Stop> {
        let tenant = cx.community.id;
        let owner = owner(cx, self.photo).await?;
        let matter = matter_of(cx, owner).await?;
        attachments::hide(cx.tx, tenant, self.photo).await?;
        let event = Event::of_matter(Kind::PhotoHidden, matter)
            .about(owner)
            .with("photo", self.photo)
            .saying("reason", self.reason.as_str());
        Ok(Recorded::new(Hidden { matter }, event))
    }
}
