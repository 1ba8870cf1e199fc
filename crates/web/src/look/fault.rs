//! The page of a fault: what is the matter, what to do next, and whom to call. No dead ends.

use askama::Template;
use linli_domain::refusal::{Refusal, Status};

use crate::look::frame::Frame;

/// What can be the matter with the server itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Too much at once (503).
    Busy,
    /// The database is locked or gone (503).
    Unavailable,
    /// The disk is full (507).
    Full,
    /// The data can be read and not changed (503).
    ReadOnly,
    /// A fault of the program (500).
    Bug,
}

impl Trouble {
    /// Every one of them.
    pub const ALL: [Trouble; 5] = [Trouble::Busy, Trouble::Unavailable, Trouble::Full, Trouble::ReadOnly, Trouble::Bug];

    /// The key of its sentence; the API's code too.
    pub fn key(self) -> &'static str {
        match self {
            Trouble::Busy => "fault-busy",
            Trouble::Unavailable => "fault-unavailable",
            Trouble::Full => "fault-full",
            Trouble::ReadOnly => "fault-read-only",
            Trouble::Bug => "fault-bug",
        }
    }
    /// The key of what to do next.
    pub fn next(self) -> &'static str {
        match self {
            Trouble::Busy | Trouble::Unavailable => "fault-next-wait",
            Trouble::Full | Trouble::ReadOnly => "fault-next-call",
            Trouble::Bug => "fault-next-report",
        }
    }
}

/// A page instead of the one that was asked for.
#[derive(Debug, Template)]
#[template(path = "look/fault.html")]
pub struct FaultPage<'a> {
    /// What surrounds the page.
    pub frame: Frame<'a>,
    /// The HTTP status.
    pub status: u16,
    /// What is the matter.
    pub sentence: String,
    /// What to do next.
    pub next: String,
    /// Names the request in the log.
    pub request_id: &'a str,
    /// What was typed on the page before, where this one has no form for it.
    pub typed: String,
}

impl<'a> FaultPage<'a> {
    /// For a fault of the server.
    pub fn trouble(frame: Frame<'a>, status: u16, trouble: Trouble, request_id: &'a str) -> Self {
        let (sentence, next) = (frame.t(trouble.key()).into_owned(), frame.t(trouble.next()).into_owned());
        Self { frame, status, sentence, next, request_id, typed: String::new() }
    }
    /// For a refusal that has no form to go back to.
    pub fn refusal(frame: Frame<'a>, status: u16, refusal: &Refusal, request_id: &'a str) -> Self {
        let next = match refusal.status {
            Status::NotFound => "fault-next-not-found",
            Status::SignInFirst => "fault-next-sign-in",
            Status::Forbidden => "fault-next-forbidden",
            Status::TooMany => "fault-next-wait",
            Status::Invalid | Status::Conflict | Status::TooLarge | Status::Unsupported => "fault-next-back",
        };
        let (sentence, next) = (frame.w.refusal(refusal), frame.t(next).into_owned());
        Self { frame, status, sentence, next, request_id, typed: String::new() }
    }
    /// With what was typed: whatever happened, it is not lost.
    #[must_use]
    pub fn keeping(mut self, typed: impl Into<String>) -> Self {
        self.typed = typed.into();
        self
    }
    /// Whether signing in may help.
    pub fn may_sign_in(&self) -> bool {
        matches!(self.status, 401 | 403) && self.frame.session.is_none()
    }
}
