//! Changing what stands on the public list; the log keeps what stood there before.

use linli_domain::audit::{Event, Kind};
use linli_domain::matters::{MatterRef, MatterRefusal, Stage};
use linli_domain::people::Permission;
use linli_domain::time::Day;
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, matters};

use crate::command::{Command, Cx, Recorded};
use crate::matters::list::{Listing, ListingInput};
use crate::matters::{MatterAt, Moved, load_to_move, moved, save};

/// Changes wording, category, group, responsible person or deadline.
#[derive(Debug)]
pub struct EditMatter {
    matter: MatterRef,
    listing: Listing,
    version: Option<i64>,
}

impl Command for EditMatter {
    const NAME: &'static str = "edit-matter";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = MatterAt;
    type Input = ListingInput;
    type Done = Moved;

    fn parse(at: &MatterAt, input: &ListingInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { matter: at.matter, listing: Listing::parse(input)?, version: input.version })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let before = load_to_move(cx, self.matter).await?;
        if before.matter.number.is_none() {
            return Err(MatterRefusal::NotListed.into());
        }
        // What was struck off stays as it was confirmed.
        if matches!(before.matter.stage, Stage::Confirmed | Stage::NoAnswer) {
            return Err(MatterRefusal::Closed.into());
        }
        before.expect_version(self.version)?;
        self.listing.check(cx).await?;
        let mut event = Event::of_matter(Kind::MatterEdited, before.matter.id);
        if let Some((wording, _, category, _, group, responsible, deadline, ..)) =
            matters::listing(cx.tx, cx.community.id, before.matter.id).await?
        {
            event = event
                .saying("wording_was", wording.unwrap_or_default())
                .with("category_was", category.unwrap_or_default())
                .with("group_was", group.unwrap_or_default())
                .saying("responsible_was", responsible.unwrap_or_default())
                .with("deadline_was", deadline.map(|day: Day| day.to_string()).unwrap_or_default());
        }
        self.listing.publish(cx, before.matter.id).await?;
        let after = before.matter.clone();
        save(cx, &before, after.clone()).await?;
        Ok(Recorded::new(moved(&before, &after), self.listing.told(event)))
    }
}
