//! Statistics (统计): read models only; every figure with what it is a part of.

use serde::Serialize;
use utoipa::ToSchema;

use crate::commitments::view::Totals;

/// One community on the instance's front page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommunityLine {
    /// The address word.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The town or street it belongs to.
    pub area: String,
    /// The totals of its list.
    pub totals: Totals,
}
