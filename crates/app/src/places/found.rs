//! Founding a community, with its groups and categories.

use linli_domain::audit::{Event, Kind};
use linli_domain::id::{AreaId, CategoryId, CommunityId, GroupId};
use linli_domain::people::Permission;
use linli_domain::places::{CONFIRM_DAYS_DEFAULT, PlaceRefusal, Slug};
use linli_domain::typed::{FieldRefusal, Fields, Line};
use linli_domain::voices::receipt::ORDINAL_BOUND;
use linli_store::{Fault, Stop, places};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::command::{Command, Cx, Here, Recorded};

/// Characters of a name of a place.
const NAME_MAX: usize = 60;
/// Characters of a telephone number.
const PHONE_MAX: usize = 40;
/// Characters of where and when the office is open.
const OFFICE_MAX: usize = 120;
/// The longest that residents may be given for an answer.
const CONFIRM_DAYS_MAX: i64 = 90;

/// What is sent to found a community.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundCommunityInput {
    /// The address word.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The town or street.
    pub area: String,
    /// Who is on duty.
    pub duty_name: String,
    /// The number to dial.
    pub duty_phone: String,
    /// Where to go in person, and when.
    pub office: String,
    /// Days for an answer; the default is seven.
    pub confirm_days: Option<i64>,
    /// Groups, in the order of the list.
    pub groups: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
}

/// Sets up a community.
#[derive(Debug)]
pub struct FoundCommunity {
    slug: Slug,
    name: Line,
    area: Line,
    duty_name: Line,
    duty_phone: Line,
    office: Line,
    confirm_days: i64,
    groups: Vec<Line>,
    categories: Vec<Line>,
}

/// A founded community.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Founded {
    /// The community.
    pub community: CommunityId,
}

/// The area of a path (清河县/清河镇), with everything that it lies in.
async fn area(cx: &Cx<'_>, path: &str) -> Result<AreaId, Stop> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    let mut within = None;
    for end in ends {
        let name = &path[..end];
        places::add_area(cx.tx, AreaId::new(cx.app.ids.next(cx.now)), name, within).await?;
        let (area,) = places::area(cx.tx, name).await?.ok_or(Fault::Bug("no area".into()))?;
        within = Some(area);
    }
    within.ok_or(Fault::Bug("an area without a name".into()).into())
}

impl Command for FoundCommunity {
    const NAME: &'static str = "found-community";
    const MAY: Permission = Permission::OPERATE;
    type At = Here;
    type Input = FoundCommunityInput;
    type Done = Founded;

    fn parse(_: &Here, input: &FoundCommunityInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let slug = fields.take("slug", Slug::parse(&input.slug));
        let name = fields.take("name", Line::parse(&input.name, NAME_MAX));
        let area = fields.take("area", Line::parse(&input.area, NAME_MAX));
        let duty_name = fields.take("duty_name", Line::parse(&input.duty_name, NAME_MAX));
        let duty_phone = fields.take("duty_phone", Line::parse(&input.duty_phone, PHONE_MAX));
        let office = fields.take("office", Line::parse(&input.office, OFFICE_MAX));
        let lines =
            |names: &[String]| names.iter().map(|name| Line::parse(name, NAME_MAX)).collect::<Result<Vec<_>, _>>();
        let groups = fields.take("groups", lines(&input.groups));
        let categories = fields.take("categories", lines(&input.categories));
        let confirm_days = input.confirm_days.unwrap_or(CONFIRM_DAYS_DEFAULT).clamp(1, CONFIRM_DAYS_MAX);
        fields.done(|| {
            Some(Self {
                slug: slug?,
                name: name?,
                area: area?,
                duty_name: duty_name?,
                duty_phone: duty_phone?,
                office: office?,
                confirm_days,
                groups: groups?,
                categories: categories?,
            })
        })
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<Recorded<Founded>, Stop> {
        let id = CommunityId::new(cx.app.ids.next(cx.now));
        let area = area(cx, self.area.as_str()).await?;
        if places::by_slug(cx.tx, self.slug.as_str()).await?.is_some() {
            return Err(PlaceRefusal::SlugTaken { slug: self.slug.as_str().into() }.into());
        }
        let ordinal = places::last_ordinal(cx.tx).await?.map_or(0, |row| row.0) + 1;
        if ordinal >= ORDINAL_BOUND {
            return Err(PlaceRefusal::TooManyCommunities.into());
        }
        let (slug, name) = (self.slug.as_str(), self.name.as_str());
        let (duty, phone, office) = (self.duty_name.as_str(), self.duty_phone.as_str(), self.office.as_str());
        let days = self.confirm_days;
        // Another founding was faster: its ordinal or its word is taken now.
        if places::add_community(cx.tx, id, ordinal, slug, area, name, duty, phone, office, days).await? == 0 {
            return Err(Stop::Raced);
        }
        places::open_numbers(cx.tx, id).await?;
        for group in &self.groups {
            places::add_group(cx.tx, GroupId::new(cx.app.ids.next(cx.now)), id, group.as_str()).await?;
        }
        for category in &self.categories {
            places::add_category(cx.tx, CategoryId::new(cx.app.ids.next(cx.now)), id, category.as_str()).await?;
        }
        let event = Event::of(Kind::CommunityFounded, id.raw()).with("slug", slug);
        Ok(Recorded::new(Founded { community: id }, event))
    }
}
