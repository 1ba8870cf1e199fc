//! What is known about the owner of a voice: why it may be kept, who may look, how long it stays, and her rights to it.
//!
//! The rules are those of the Personal Information Protection Law: notice and consent (art. 13–17), withdrawing it as
//! easily (15), keeping no longer than needed (19), access, copy, correction and deletion (45–47).

use serde::Serialize;
use utoipa::ToSchema;

use crate::id::MatterId;
use crate::matters::{MatterNumber, Stage};
use crate::refusal::refusals;
use crate::time::{Day, Timestamp};
use crate::voices::{Channel, coded};

/// The notice that is shown or read out before a contact is asked for; `docs/privacy.md` keeps the text of every version.
pub const NOTICE: &str = "1";
/// Minutes for which a voice stays uncovered.
pub const REVEAL_MINUTES: i64 = 10;

refusals! {
    /// Why what is kept of a voice is not changed.
    PrivacyRefusal {
        /// The owner has had it erased.
        ErasedAlready = "erased-already" as Conflict,
        /// There is nothing in that field to change or to erase.
        NothingThere = "nothing-there" as Conflict,
        /// Nothing in the form differs from what is kept.
        NothingNew = "nothing-new" as Invalid,
    }
}

coded! {
    /// Why somebody uncovers a contact; each is a button of its own.
    RevealReason {
        /// To call her back.
        CallBack = "call_back",
        /// To go there.
        Visit = "visit",
        /// Somebody may be in danger.
        Danger = "danger",
        /// The owner is here, or on the telephone, and asks for it.
        Asked = "asked",
    }
}

coded! {
    /// Why words and contact may be kept (art. 13).
    Basis {
        /// She left them, after the notice.
        Consent = "consent",
        /// Another office handed them on, as its duty is.
        Duty = "duty",
    }
}

coded! {
    /// What of a voice is erased.
    Erasing {
        /// Contact and place: consent withdrawn.
        Contact = "contact",
        /// Words and photos too.
        Everything = "everything",
    }
}

coded! {
    /// Kinds of personal data, each with its own time.
    Held {
        /// Contact and place.
        Contact = "contact",
        /// Words as they were said, and what was answered.
        Words = "words",
        /// Photos of voices and of work.
        Photos = "photos",
        /// Instructions, notes and reasons of those who did the work.
        Notes = "notes",
    }
}

impl Held {
    /// Days for which it is kept after its matter was closed.
    pub fn days(self) -> i64 {
        match self {
            Held::Contact => 90,
            Held::Words | Held::Photos | Held::Notes => 2 * 365,
        }
    }
}

/// Somebody who could read what is kept about the owner of a voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LookView {
    /// Who.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// Why: the code of a reason, or `task` for the hands that took the work.
    pub reason: String,
}

/// Everything that is kept about the owner of a voice. The contact is masked: whoever finds the paper with the receipt
/// must not learn it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldView {
    /// What she said, numbers in it masked.
    pub words: String,
    /// Where.
    pub place: Option<String>,
    /// How to reach her, masked.
    pub contact: Option<String>,
    /// Through which door.
    pub channel: Channel,
    /// When.
    pub said_at: Timestamp,
    /// How many photos came along.
    pub photos: usize,
    /// Which notice she was given; empty before notices had versions.
    pub notice: String,
    /// Why it may be kept.
    pub basis: Basis,
    /// Who could read contact and place.
    pub looks: Vec<LookView>,
    /// The day on which contact and place go, once her matter is closed.
    pub contact_until: Option<Day>,
    /// The day on which words and photos go, once her matter is closed.
    pub words_until: Option<Day>,
    /// When she had it erased.
    pub erased_at: Option<Timestamp>,
}

/// The day on which something goes, if its matter stays as it is.
pub fn kept_until(held: Held, stage: Stage, stage_at: Timestamp) -> Option<Day> {
    (!stage.is_open()).then(|| stage_at.plus_days(held.days()).day())
}

/// A voice that a contact was left with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize, ToSchema)]
pub struct FoundVoice {
    /// Its matter.
    pub matter: MatterId,
    /// The number on the list, once it has one.
    pub number: Option<MatterNumber>,
    /// Where it stands.
    pub stage: Stage,
    /// When it was said.
    pub said_at: Timestamp,
    /// The words, numbers in them masked.
    pub words: String,
}

/// What the daily job forgot on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ForgettingView {
    /// The day.
    pub day: Day,
    /// Voices whose contact and place went.
    pub contacts: i64,
    /// Voices whose words went.
    pub words: i64,
    /// Photos that went.
    pub photos: i64,
    /// Tasks whose notes went.
    pub notes: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_goes_only_after_its_matter_is_closed() {
        let at = Timestamp::parse("2026-01-01 12:00:00").expect("time");
        for stage in Stage::ALL {
            let closed = matches!(stage, Stage::Confirmed | Stage::NoAnswer | Stage::Declined | Stage::Merged);
            assert_eq!(kept_until(Held::Contact, *stage, at).is_some(), closed, "{stage:?}");
        }
        assert_eq!(kept_until(Held::Contact, Stage::Confirmed, at), Some(at.plus_days(90).day()));
        assert!(Held::ALL.iter().all(|held| held.days() >= Held::Contact.days()), "the contact goes first");
    }
}
