//! A resident's first page: four big things to press.

use askama::Template;
use linli_domain::commitments::view::Totals;
use linli_domain::places::CommunityView;

use crate::look::frame::Frame;

/// `GET /{community}`.
#[derive(Debug, Template)]
#[template(path = "places/home.html")]
pub struct HomePage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The totals of its list.
    pub totals: Totals,
}
