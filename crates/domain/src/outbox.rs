//! The outbox (发件箱): what has to be told to somebody, written with the event that causes it.

use crate::audit::Kind;

/// Whom an event has to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee {
    /// All volunteers of the community: a task is open to whoever takes it first.
    Volunteers,
    /// The person whom the task was given to.
    Assignee,
    /// Those who dispatch: the community's desk.
    Desk,
    /// Nobody yet; the envelope still passes through the outbox, for channels that come later.
    Nobody,
}

/// Whom an event of this kind has to reach.
pub fn addressee(kind: Kind) -> Addressee {
    match kind {
        Kind::TaskOffered => Addressee::Volunteers,
        Kind::TaskAssigned | Kind::TaskHandedOver => Addressee::Assignee,
        Kind::VoiceSaid | Kind::VoiceDisputed | Kind::TaskReturned | Kind::TaskOrphaned => Addressee::Desk,
        _ => Addressee::Nobody,
    }
}
