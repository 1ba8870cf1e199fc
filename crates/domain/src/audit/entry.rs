//! One entry as the log hashes it.
//!
//! Invariant: two entries that differ anywhere have different bytes. What can be erased is inside only as a salted
//! commitment, so that an erased text leaves every hash as it was.

use super::Kind;
use super::tree::{Hash, leaf_hash};
use crate::id::{CommunityId, EntryId, MatterId};
use crate::matters::Stage;
use crate::time::Timestamp;

/// What the log holds of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The community; 0 for what belongs to the instance.
    pub tenant: CommunityId,
    /// The entry.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub kind: Kind,
    /// The account that acted, 0 for a resident, -1 for the server.
    pub actor: i64,
    /// The matter, 0 where there is none.
    pub matter: MatterId,
    /// The row it is about.
    pub subject: i64,
    /// Details, a JSON object in one line.
    pub details: String,
    /// The commitment to what was written in words, where something was.
    pub commitment: Option<Vec<u8>>,
}

impl LogEntry {
    /// The bytes that are hashed: a line for each field, in a fixed order.
    pub fn bytes(&self) -> Vec<u8> {
        use std::fmt::Write as _;
        let mut text = format!(
            "linli entry 1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.tenant.raw(),
            self.id.raw(),
            self.at.us(),
            self.kind.code(),
            self.actor,
            self.matter.raw(),
            self.subject,
            self.details,
        );
        for byte in self.commitment.iter().flatten() {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text.into_bytes()
    }
    /// Its hash as a leaf of the tree.
    pub fn hash(&self) -> Hash {
        leaf_hash(&self.bytes())
    }
}

/// How an entry leaves the matter that it is about, as far as the public list tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Somebody still owes work or an answer.
    Open,
    /// Struck off.
    Confirmed,
    /// Closed without an answer.
    NoAnswer,
    /// Not taken on.
    Declined,
    /// Part of another.
    Merged,
}

impl Outcome {
    /// What an entry of this kind says; `None` when it changes nothing of that.
    pub fn after(kind: Kind) -> Option<Outcome> {
        match kind {
            Kind::VoiceSaid
            | Kind::RequestImported
            | Kind::MatterListed
            | Kind::MatterAwaiting
            | Kind::MatterReopened
            | Kind::VoiceDisputed => Some(Outcome::Open),
            Kind::MatterConfirmed => Some(Outcome::Confirmed),
            Kind::MatterLapsed => Some(Outcome::NoAnswer),
            Kind::MatterDeclined => Some(Outcome::Declined),
            Kind::MatterMerged => Some(Outcome::Merged),
            _ => None,
        }
    }
    /// What the stage of a matter says.
    pub fn of(stage: Stage) -> Outcome {
        match stage {
            Stage::Received | Stage::Listed | Stage::Working | Stage::Awaiting | Stage::Disputed => Outcome::Open,
            Stage::Confirmed => Outcome::Confirmed,
            Stage::NoAnswer => Outcome::NoAnswer,
            Stage::Declined => Outcome::Declined,
            Stage::Merged => Outcome::Merged,
        }
    }
}
