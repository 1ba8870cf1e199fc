//! Matters (事项): what a community takes on, from the first voice to the red line.

pub mod close_out;
pub mod merge;
pub mod parts;
pub mod stage;
pub mod view;

pub use stage::{Matter, Stage, Step};

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::{MatterId, NotAnId};
use crate::refusal::refusals;

/// Characters of a public wording.
pub const WORDING_MAX: usize = 120;
/// Characters of the responsible person, as printed.
pub const RESPONSIBLE_MAX: usize = 30;

refusals! {
    /// Why a matter does not move.
    MatterRefusal {
        /// It has no number yet: list it first.
        NotListed = "matter-not-listed" as Conflict,
        /// It has its number already.
        ListedAlready = "matter-listed-already" as Conflict,
        /// It stands on the public list, so it can no longer be declined.
        OnTheList = "matter-on-the-list" as Conflict,
        /// It is closed.
        Closed = "matter-closed" as Conflict,
        /// It was declined.
        Declined = "matter-declined" as Conflict,
        /// It became part of another.
        MergedAway { into: String } = "matter-merged-away" as Conflict,
        /// Its work is done and those who asked are being asked; wait for them.
        AwaitingAnswer = "matter-awaiting-answer" as Conflict,
        /// Somebody is at work on it; let them finish or take the task back first.
        AtWork = "matter-at-work" as Conflict,
        /// It is not closed, so there is nothing to reopen.
        NotClosed = "matter-not-closed" as Conflict,
        /// A matter cannot be merged into itself.
        IntoItself = "matter-into-itself" as Invalid,
        /// The target has to be open and on the list.
        TargetNotOpen = "matter-target-not-open" as Conflict,
        /// It has parts of its own, or is a part: two levels are enough.
        TooDeep = "matter-too-deep" as Conflict,
        /// It has parts that are not closed.
        OpenParts { count: i64 } = "matter-open-parts" as Conflict,
        /// A public wording that holds what looks like somebody's number, card or door.
        WordingIsPersonal { masked: String } = "wording-is-personal" as Invalid,
        /// No matter of that number here.
        NoSuchMatter = "no-such-matter" as NotFound,
    }
}

/// A number on a community's public list, from 1, without gaps, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MatterNumber(i64);

impl MatterNumber {
    /// From a stored number.
    pub const fn new(raw: i64) -> Self {
        Self(raw)
    }
    /// For the store.
    pub const fn raw(self) -> i64 {
        self.0
    }
}
impl fmt::Display for MatterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl utoipa::PartialSchema for MatterNumber {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <i64 as utoipa::PartialSchema>::schema()
    }
}
impl ToSchema for MatterNumber {}

/// How an address names a matter: by its number on the list, or by its id while it has none.
///
/// Ids have at least twelve digits (they begin with the milliseconds since 1970), numbers at most nine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatterRef {
    /// The number on the list.
    Number(MatterNumber),
    /// The id.
    Id(MatterId),
}

impl FromStr for MatterRef {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let id: MatterId = text.parse()?;
        Ok(if text.len() <= 9 { MatterRef::Number(MatterNumber::new(id.raw())) } else { MatterRef::Id(id) })
    }
}
impl<'de> Deserialize<'de> for MatterRef {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
impl utoipa::PartialSchema for MatterRef {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <String as utoipa::PartialSchema>::schema()
    }
}
impl ToSchema for MatterRef {}

/// One round of work, from 1. A dispute or a reopening begins the next; answers belong to their round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Round(i64);

impl Round {
    /// The first.
    pub const FIRST: Round = Round(1);
    /// From a stored or sent number.
    pub const fn new(raw: i64) -> Self {
        Self(raw)
    }
    /// For the store.
    pub const fn raw(self) -> i64 {
        self.0
    }
    /// The one after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
impl utoipa::PartialSchema for Round {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <i64 as utoipa::PartialSchema>::schema()
    }
}
impl ToSchema for Round {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_is_the_lists_and_a_long_one_an_id() {
        assert_eq!("54".parse(), Ok(MatterRef::Number(MatterNumber::new(54))));
        let id = crate::id::compose(1_700_000_000_000, 0, 0).to_string();
        assert!(matches!(id.parse(), Ok(MatterRef::Id(_))));
        for bad in ["", "0", "-1", "+5", "007", "x", "１", "99999999999999999999"] {
            assert_eq!(bad.parse::<MatterRef>(), Err(NotAnId), "{bad}");
        }
    }
}
