//! Read models: figures with what they are a part of.

use linli_domain::id::CommunityId;
use linli_domain::people::Permission;
use linli_domain::places::area_said;
use linli_domain::statistics::CommunityLine;
use linli_domain::typed::FieldRefusal;
use linli_store::{Stop, places};
use serde::Serialize;
use utoipa::ToSchema;

use crate::command::{Cx, Here, Nothing, Query};
use crate::commitments::totals;

/// The communities of this instance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommunitiesView {
    /// In the order of founding.
    pub communities: Vec<CommunityLine>,
}

/// Reads the communities with the totals of their lists.
#[derive(Debug)]
pub struct ShowCommunities;

impl Query for ShowCommunities {
    const NAME: &'static str = "show-communities";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = Nothing;
    type View = CommunitiesView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<CommunitiesView, Stop> {
        let mut communities = Vec::new();
        for (id, _, slug, name, area, ..) in places::communities(cx.tx).await? {
            let (id, area): (CommunityId, String) = (id, area_said(&area).to_owned());
            communities.push(CommunityLine { slug, name, area, totals: totals(cx.tx, id).await? });
        }
        Ok(CommunitiesView { communities })
    }
}
