//! What pages show of people.

use serde::Serialize;
use utoipa::ToSchema;

use crate::id::PersonId;

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
