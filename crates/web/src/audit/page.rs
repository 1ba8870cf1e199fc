//! The log in plain words: what it is, how far it goes, and how to hold a paper against it.

use askama::Template;
use linli_domain::audit::view::{CheckpointView, LogView};
use linli_domain::places::CommunityView;

use crate::look::frame::Frame;

/// `GET /{community}/log`.
#[derive(Debug, Template)]
#[template(path = "audit/log.html")]
pub struct LogPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The log.
    pub log: &'a LogView,
    /// What a list printed now shows of it.
    pub checkpoint: Option<&'a CheckpointView>,
}
