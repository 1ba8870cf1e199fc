//! The public list: red and struck through is done and confirmed, black is open, and no reader needs colour to tell.

use askama::Template;
use linli_domain::commitments::view::{EntryView, GroupView, ListView, Standing};
use linli_domain::places::CommunityView;

use crate::look::frame::Frame;

/// `GET /{community}/list`.
#[derive(Debug, Template)]
#[template(path = "commitments/list.html")]
pub struct ListPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The community.
    pub community: &'a CommunityView,
    /// The list, or one page of it.
    pub list: &'a ListView,
}

impl ListPage<'_> {
    /// The word of an entry's standing.
    pub fn standing(&self, entry: &EntryView) -> String {
        match (entry.standing, entry.merged_into) {
            (Standing::Merged, Some(into)) => self.frame.t1("list-merged-into", "number", into),
            (standing, _) => self.frame.w.standing(standing).into_owned(),
        }
    }
    /// How much of a group is struck off; what was merged away is counted where it went.
    pub fn tally(&self, group: &GroupView) -> String {
        let entries = group.entries.iter().filter(|entry| entry.standing != Standing::Merged).count();
        self.frame.with(
            "list-group-tally",
            &[("confirmed", group.struck_off().to_string()), ("entries", entries.to_string())],
        )
    }
    /// The class that its look hangs on.
    pub fn look(&self, entry: &EntryView) -> &'static str {
        match entry.standing {
            Standing::Confirmed => "done",
            Standing::NoAnswer => "silent",
            Standing::Merged => "merged",
            Standing::Disputed => "open again",
            Standing::Listed | Standing::Working | Standing::Awaiting => "open",
        }
    }
    /// A struck-off part of the whole, for the bar; never divides by nothing.
    pub fn whole(&self) -> i64 {
        self.list.totals.entries().max(1)
    }
}
