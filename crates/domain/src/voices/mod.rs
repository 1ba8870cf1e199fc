//! Voices (心声): one person's words through one channel, kept as they were said.

pub mod privacy;
pub mod receipt;
pub mod view;

use crate::refusal::refusals;

/// Characters of what somebody says.
pub const WORDS_MAX: usize = 4_000;
/// Characters of a place.
pub const PLACE_MAX: usize = 200;
/// Characters of a contact: a telephone number, or words such as "ask for me at the gate".
pub const CONTACT_MAX: usize = 100;
/// Characters of a reason or a note.
pub const REASON_MAX: usize = 1_000;
/// Days a receipt opens its page.
pub const RECEIPT_DAYS: i64 = 3 * 365;

refusals! {
    /// Why a voice or an answer is not taken.
    VoiceRefusal {
        /// Wrong, expired and never issued are one answer.
        NoSuchReceipt = "no-such-receipt" as NotFound,
        /// Nobody has asked for an answer yet, or the matter has moved on.
        NotAsked = "not-asked" as Conflict,
        /// The answer is to an earlier round of work.
        EarlierRound = "earlier-round" as Conflict,
        /// Whoever did the work cannot confirm it.
        OwnWork = "own-work" as Forbidden,
        /// This voice has answered in this round already.
        AnsweredAlready = "answered-already" as Conflict,
        /// A "not solved" that comes without a word of why, recorded for somebody else.
        ReasonNeeded = "reason-needed" as Invalid,
        /// This request of another system came in before.
        ImportedAlready = "imported-already" as Conflict,
        /// The voice is not one of this matter's.
        NoSuchVoice = "no-such-voice" as NotFound,
    }
}

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            /// The stored code, part of the API and of Fluent keys.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code),* }
            }
            /// From a stored or sent code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use coded;

coded! {
    /// Through which door words came in.
    Channel {
        /// The resident's own page.
        Web = "web",
        /// By telephone.
        Telephone = "telephone",
        /// At the door.
        Doorstep = "doorstep",
        /// At the desk, in person.
        Desk = "desk",
        /// On paper.
        Paper = "paper",
        /// A relative or neighbour on somebody's behalf.
        Proxy = "proxy",
        /// From the hotline or another system.
        Hotline = "hotline",
    }
}

coded! {
    /// What the owner of a voice says about the work.
    Verdict {
        /// It is done.
        Solved = "solved",
        /// It is not.
        NotSolved = "not_solved",
    }
}
