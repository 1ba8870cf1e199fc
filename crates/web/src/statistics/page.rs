//! The front page of the instance: which communities are here, and how their lists stand.

use askama::Template;
use linli_domain::statistics::CommunityLine;

use crate::look::frame::Frame;

/// `GET /`.
#[derive(Debug, Template)]
#[template(path = "statistics/front.html")]
pub struct FrontPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The communities of the instance.
    pub communities: &'a [CommunityLine],
}
