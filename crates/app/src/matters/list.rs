//! Listing: the matter gets its number and stands on the public list.

use linli_domain::audit::Event;
use linli_domain::id::{CategoryId, GroupId};
use linli_domain::matters::{MatterRef, MatterRefusal, RESPONSIBLE_MAX, WORDING_MAX};
use linli_domain::people::Permission;
use linli_domain::places::PlaceRefusal;
use linli_domain::refusal::Refusal;
use linli_domain::time::Day;
use linli_domain::typed::{FieldRefusal, Fields, Line, TypedRefusal};
use linli_store::{Fault, Stop, matters, places};
use linli_text::redact;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Recorded};
use crate::matters::{MatterAt, Moved, load_to_move, moved, save};

/// What is to stand on the public list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListingInput {
    /// The public wording, approved apart from the voice.
    pub wording: String,
    /// The category's id.
    pub category: String,
    /// The group's id.
    pub group: String,
    /// Who answers for it.
    pub responsible: String,
    /// Due by the end of this day, such as 2026-06-30.
    pub deadline: String,
    /// The version that was shown; an older one is a 409.
    pub version: Option<i64>,
}

/// The same, parsed.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    pub wording: Line,
    pub category: CategoryId,
    pub group: GroupId,
    pub responsible: Line,
    pub deadline: Day,
}

impl Listing {
    pub fn parse(input: &ListingInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let wording = fields.take("wording", public_line(&input.wording, WORDING_MAX));
        let category = fields.take("category", input.category.parse().map_err(|_| PlaceRefusal::NoSuchCategory));
        let group = fields.take("group", input.group.parse().map_err(|_| PlaceRefusal::NoSuchGroup));
        let responsible = fields.take("responsible", public_line(&input.responsible, RESPONSIBLE_MAX));
        let deadline = fields.take("deadline", Day::parse(&input.deadline).ok_or(TypedRefusal::NotADay));
        fields.done(|| {
            Some(Self {
                wording: wording?,
                category: category?,
                group: group?,
                responsible: responsible?,
                deadline: deadline?,
            })
        })
    }

    /// Group and category have to be this community's own.
    pub async fn check(&self, cx: &Cx<'_>) -> Result<(), Stop> {
        if places::category(cx.tx, cx.community.id, self.category).await?.is_none() {
            return Err(PlaceRefusal::NoSuchCategory.into());
        }
        if places::group(cx.tx, cx.community.id, self.group).await?.is_none() {
            return Err(PlaceRefusal::NoSuchGroup.into());
        }
        Ok(())
    }

    /// What now stands on the list, for the log.
    pub fn told(&self, event: Event) -> Event {
        event
            .with("group_id", self.group)
            .with("category_id", self.category)
            .with("deadline", self.deadline)
            .saying("wording", self.wording.as_str())
            .saying("responsible", self.responsible.as_str())
    }

    pub async fn publish(&self, cx: &Cx<'_>, id: linli_domain::id::MatterId) -> Result<(), Stop> {
        let (category, group, tenant) = (self.category, self.group, cx.community.id);
        matters::publish(cx.tx, &self.wording, category, group, &self.responsible, self.deadline, tenant, id)
            .await
            .map(drop)
    }
}

/// A line for everybody's eyes: nobody's number, card or door in it.
fn public_line(raw: &str, most: usize) -> Result<Line, Refusal> {
    let line = Line::parse(raw, most)?;
    let masked = redact::masked(line.as_str());
    if masked == line.as_str() { Ok(line) } else { Err(MatterRefusal::WordingIsPersonal { masked }.into()) }
}

/// Lists a matter.
#[derive(Debug)]
pub struct ListMatter {
    matter: MatterRef,
    listing: Listing,
    version: Option<i64>,
}

impl Command for ListMatter {
    const NAME: &'static str = "list-matter";
    const MAY: Permission = Permission::KEEP_LIST;
    type At = MatterAt;
    type Input = ListingInput;
    type Done = Moved;

    fn parse(at: &MatterAt, input: &ListingInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self { matter: at.matter, listing: Listing::parse(input)?, version: input.version })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Moved>, Stop> {
        let before = load_to_move(cx, self.matter).await?;
        before.expect_version(self.version)?;
        if before.matter.number.is_some() {
            return Err(MatterRefusal::ListedAlready.into());
        }
        self.listing.check(cx).await?;
        self.listing.publish(cx, before.matter.id).await?;
        // As late as can be: until the commit, every other listing of this community waits for the number.
        let (number,) = matters::next_number(cx.tx, cx.community.id).await?.ok_or(Fault::Bug("no numbers".into()))?;
        let (after, event): (_, Event) = before.matter.clone().list(number, cx.now)?;
        matters::give_number(cx.tx, number, cx.community.id, after.id).await?;
        let followed = save(cx, &before, after.clone()).await?;
        Ok(Recorded::new(moved(&before, &after), self.listing.told(event)).and(followed))
    }
}
