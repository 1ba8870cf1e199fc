//! What pages show of people.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::PersonId;
use crate::time::Timestamp;

/// Somebody who can be given work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonView {
    /// The account.
    pub id: PersonId,
    /// The shown name.
    pub name: String,
    /// The role's code.
    pub role: String,
    /// Tasks in this person's hands now.
    pub in_hand: i64,
}

/// Whoever is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SessionView {
    /// The account.
    pub person: PersonId,
    /// The shown name.
    pub name: String,
    /// Where this person works, and as what.
    pub places: Vec<PlaceOfWork>,
    /// Areas with everything under them, and as what.
    pub areas: Vec<AreaOfWork>,
    /// What is still missing before this session may do anything.
    pub missing: Option<Missing>,
}

/// What a session that was begun with a password still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A code of the second factor.
    Code,
    /// A second factor has to be set up: this person can see personal data of more than one community.
    SecondFactor,
}

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountView {
    /// The sessions, newest first.
    pub sessions: Vec<OwnSession>,
    /// Whether a second factor is set up.
    pub has_second: bool,
    /// Whether one has to be.
    pub needs_second: bool,
}

/// One of one's own sessions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnSession {
    /// The session.
    pub id: PersonId,
    /// Last used.
    pub seen_at: Timestamp,
    /// Ends in any case.
    pub until: Timestamp,
    /// Whether it is the one that asks.
    pub this: bool,
}

/// Everybody who works in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RosterView {
    /// By name; a person with two roles stands twice.
    pub people: Vec<RosterLine>,
    /// Invitations that nobody took yet.
    pub invitations: Vec<InvitationLine>,
}

/// One person with one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RosterLine {
    /// The account.
    pub id: PersonId,
    /// The shown name.
    pub name: String,
    /// The role's code.
    pub role: String,
    /// Whether the account is on.
    pub on: bool,
    /// Tasks in this person's hands, or given to them.
    pub in_hand: i64,
}

/// What somebody sees who opens an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvitationView {
    /// Whom it is for.
    pub name: String,
    /// The role's code.
    pub role: String,
}

/// An invitation that nobody took yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InvitationLine {
    /// The invitation.
    pub id: PersonId,
    /// Whom it is for.
    pub name: String,
    /// The role's code.
    pub role: String,
    /// Until when it can be taken.
    pub until: Timestamp,
}

/// A role at an area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AreaOfWork {
    /// The area's path.
    pub area: String,
    /// The role's code.
    pub role: String,
}

/// A role in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaceOfWork {
    /// The community's address word.
    pub community: String,
    /// The community's name.
    pub name: String,
    /// The role's code.
    pub role: String,
}
