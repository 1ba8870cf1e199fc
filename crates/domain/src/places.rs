//! Places (组织、区域): communities, their groups and their categories.

use serde::Serialize;
use utoipa::ToSchema;

use crate::id::{AreaId, CategoryId, CommunityId, GroupId};
use crate::refusal::refusals;
use crate::typed::TypedRefusal;

refusals! {
    /// Why a place is not set up.
    PlaceRefusal {
        /// Another community has this address word.
        SlugTaken { slug: String } = "slug-taken" as Conflict,
        /// All four-digit community codes of this instance are given out.
        TooManyCommunities = "too-many-communities" as Conflict,
        /// No such group here.
        NoSuchGroup = "no-such-group" as Invalid,
        /// No such area.
        NoSuchArea = "no-such-area" as Invalid,
        /// No such category here.
        NoSuchCategory = "no-such-category" as Invalid,
    }
}

/// The days residents have for their answer, unless a community sets its own.
pub const CONFIRM_DAYS_DEFAULT: i64 = 7;

/// Words that are addresses of the program itself.
const RESERVED: &[&str] = &[
    "api",
    "desk",
    "tasks",
    "sign-in",
    "sign-out",
    "healthz",
    "readyz",
    "metrics",
    "openapi.json",
    "a",
    "r",
    "photos",
    "open311",
    "static",
    "assets",
    "favicon.ico",
    "robots.txt",
    "lang",
    "account",
    "invite",
    "log",
];

/// The address word of a community: `grain-village`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Slug(String);

impl Slug {
    /// Lower-case letters, digits and inner hyphens, 2 to 40 of them, not an address of the program itself.
    pub fn parse(raw: &str) -> Result<Self, TypedRefusal> {
        let plain = raw.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let edges = !raw.starts_with('-') && !raw.ends_with('-');
        if (2..=40).contains(&raw.len()) && plain && edges && !RESERVED.contains(&raw) {
            Ok(Self(raw.to_owned()))
        } else {
            Err(TypedRefusal::NoSuchChoice)
        }
    }
    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A community as every page of it needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommunityView {
    /// The tenant.
    #[serde(skip)]
    #[schema(ignore)]
    pub id: CommunityId,
    /// The first four digits of its receipts.
    #[serde(skip)]
    #[schema(ignore)]
    pub ordinal: i64,
    /// The address word.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The town or street it belongs to.
    pub area: String,
    /// That area and every one that it lies in.
    #[serde(skip)]
    #[schema(ignore)]
    pub areas: Vec<AreaId>,
    /// Who is on duty.
    pub duty_name: String,
    /// The number to dial.
    pub duty_phone: String,
    /// Where to go in person, and when.
    pub office: String,
    /// Days a resident has for an answer before the matter closes without one.
    pub confirm_days: i64,
}

impl CommunityView {
    /// The instance itself as a place, for what belongs to no community.
    pub fn instance() -> Self {
        Self {
            id: CommunityId::new(0),
            ordinal: 0,
            slug: String::new(),
            name: String::new(),
            area: String::new(),
            areas: Vec::new(),
            duty_name: String::new(),
            duty_phone: String::new(),
            office: String::new(),
            confirm_days: 0,
        }
    }
}

/// The last part of an area's path, as people say it: 清河镇 of 清河县/清河镇.
pub fn area_said(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A villagers' group or grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
}

/// A kind of matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Category {
    /// The category.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn an_address_word_is_plain_and_not_ours() {
        for good in ["grain-village", "c3", "mill-compound"] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "API", "api", "-x", "x-", "谷场", "a/b", "..", "\0", "desk", &"x".repeat(41)] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
    }
}
