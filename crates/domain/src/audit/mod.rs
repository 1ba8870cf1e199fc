//! Audit (留痕): one entry for everything that was changed, written in the transaction that changes it.
//!
//! The entries of a community are the leaves of one append-only tree ([`tree`]), whose size and root are signed and
//! printed on every list ([`checkpoint`]).

pub mod checkpoint;
pub mod entry;
pub mod tree;
pub mod view;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::id::{EntryId, MatterId, PersonId};
use crate::refusal::refusals;
use crate::time::Timestamp;

refusals! {
    /// Why a proof is not given.
    AuditRefusal {
        /// The entry has no number yet, or none in a log of that size.
        NotNumbered = "not-numbered" as NotFound,
        /// The log is shorter than that.
        NotThatLong { size: u64 } = "not-that-long" as Invalid,
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// What happened. The code is stored, is part of the API, and is the Fluent key `event-{code}`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $name),* }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$name),*];
            /// The stored code.
            pub fn code(self) -> &'static str {
                match self { $(Kind::$name => $code),* }
            }
            /// From a stored code.
            pub fn from_code(code: &str) -> Option<Kind> {
                match code { $($code => Some(Kind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// Somebody said something; a matter without a number stands for it.
    VoiceSaid = "voice-said",
    /// The owner of a voice says that it is done.
    VoiceConfirmed = "voice-confirmed",
    /// The owner of a voice says that it is not done.
    VoiceDisputed = "voice-disputed",
    /// The matter got its number and stands on the public list.
    MatterListed = "matter-listed",
    /// The public wording, category, group, responsible person or deadline changed.
    MatterEdited = "matter-edited",
    /// The matter is not taken on; the reason goes to the one who asked.
    MatterDeclined = "matter-declined",
    /// The matter became part of another.
    MatterMerged = "matter-merged",
    /// The matter became a part that has to be closed before its parent.
    MatterAttached = "matter-attached",
    /// All its work is done; those who asked are asked.
    MatterAwaiting = "matter-awaiting",
    /// Struck off.
    MatterConfirmed = "matter-confirmed",
    /// Black again.
    MatterReopened = "matter-reopened",
    /// The set days passed without an answer.
    MatterLapsed = "matter-lapsed",
    /// A task is open to the volunteers.
    TaskOffered = "task-offered",
    /// A task was given to one person.
    TaskAssigned = "task-assigned",
    /// Exactly one person took it.
    TaskAccepted = "task-accepted",
    /// The hand gave it back, with a reason.
    TaskReturned = "task-returned",
    /// The work is done, as its hand says.
    TaskFinished = "task-finished",
    /// The desk took it back.
    TaskWithdrawn = "task-withdrawn",
    /// An account was made.
    PersonAdded = "person-added",
    /// Somebody was invited to make an account.
    PersonInvited = "person-invited",
    /// A role was given.
    RoleGiven = "role-given",
    /// A role was taken away.
    RoleTaken = "role-taken",
    /// An account was switched off.
    PersonSwitchedOff = "person-switched-off",
    /// Somebody's sessions were ended by somebody else.
    PersonSignedOut = "person-signed-out",
    /// A password was changed by its owner.
    PasswordChanged = "password-changed",
    /// A second factor was set up by its owner.
    SecondFactorSet = "second-factor-set",
    /// A second factor was shown.
    SecondFactorShown = "second-factor-shown",
    /// One's own session was ended from another.
    SessionEnded = "session-ended",
    /// Whoever held a task lost the account or the role; it is back.
    TaskOrphaned = "task-orphaned",
    /// A task went from one pair of hands to another in a handover.
    TaskHandedOver = "task-handed-over",
    /// Somebody uncovered the contact of a voice's owner, with a reason.
    ContactRevealed = "contact-revealed",
    /// Somebody looked for the voices that a contact was left with.
    ContactLookedUp = "contact-looked-up",
    /// The owner of a voice corrected what is kept about her.
    VoiceCorrected = "voice-corrected",
    /// The owner of a voice took back her contact and place.
    ConsentWithdrawn = "consent-withdrawn",
    /// The owner of a voice had her words erased.
    VoiceErased = "voice-erased",
    /// The time for which personal data is kept was over.
    DataForgotten = "data-forgotten",
    /// A photo is shown at no address any more.
    PhotoHidden = "photo-hidden",
    /// Sealed data went over to a newer key.
    KeysRotated = "keys-rotated",
    /// Somebody signed in.
    SignedIn = "signed-in",
    /// Somebody signed out.
    SignedOut = "signed-out",
    /// A community, with its groups and categories, was set up.
    CommunityFounded = "community-founded",
    /// A request came in from another system's file.
    RequestImported = "request-imported",
}

impl Kind {
    /// True when the entry says what stands on the public list from now on.
    pub fn sets_the_listing(self) -> bool {
        matches!(self, Kind::MatterListed | Kind::MatterEdited)
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}
impl utoipa::PartialSchema for Kind {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <String as utoipa::PartialSchema>::schema()
    }
}
impl ToSchema for Kind {}

/// What a command did, to be written to the audit log and the outbox in its own transaction.
///
/// The details never hold what somebody wrote: that can be erased, the log cannot. Written words are its texts, which
/// the log holds only as a salted commitment. A contact or a place is in neither.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened.
    pub kind: Kind,
    /// The matter it happened to, for the timeline.
    pub matter: Option<MatterId>,
    /// The row it is about: a voice, a task, a person. Zero when the matter says it all.
    pub subject: i64,
    /// The one person whom the news is for, where it is for one.
    pub person: Option<PersonId>,
    /// Details for the sentence, by name.
    pub details: Vec<(&'static str, String)>,
    /// What was written in words: wordings, reasons, notes.
    pub texts: Vec<(&'static str, String)>,
}

impl Event {
    /// An event about a matter.
    pub fn of_matter(kind: Kind, matter: MatterId) -> Self {
        Self { kind, matter: Some(matter), subject: 0, person: None, details: Vec::new(), texts: Vec::new() }
    }
    /// An event about a row that belongs to no matter.
    pub fn of(kind: Kind, subject: i64) -> Self {
        Self { kind, matter: None, subject, person: None, details: Vec::new(), texts: Vec::new() }
    }
    /// Names the row it is about.
    #[must_use]
    pub fn about(mut self, subject: i64) -> Self {
        self.subject = subject;
        self
    }
    /// Names the one person whom the news is for.
    #[must_use]
    pub fn to(mut self, person: PersonId) -> Self {
        self.person = Some(person);
        self
    }
    /// Adds a detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.details.push((name, value.to_string()));
        self
    }
    /// Adds words that somebody wrote.
    #[must_use]
    pub fn saying(mut self, name: &'static str, words: impl std::fmt::Display) -> Self {
        self.texts.push((name, words.to_string()));
        self
    }
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecordView {
    /// The entry.
    pub id: EntryId,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub at: Timestamp,
    /// Who, as staff see it; empty for a resident or for the clock.
    pub actor: String,
    /// Details for the sentence, and what was written, by name.
    pub details: Vec<(String, String)>,
    /// True when what was written has been erased.
    pub erased: bool,
}
