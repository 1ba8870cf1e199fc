//! How the rules say no.
//!
//! Each feature has its own enum of refusals, made by [`refusals!`]; each refusal has a stable code, which is the
//! code in the API and the Fluent key `refusal-{code}`, a status, and arguments for the sentence.

/// What kind of no it is; one place in `web` maps it to an HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// What was sent cannot be taken as it is (422).
    Invalid,
    /// Nothing of that name, or not for you (404).
    NotFound,
    /// Signed in, but not allowed (403).
    Forbidden,
    /// Nobody is signed in (401).
    SignInFirst,
    /// The state of things says no (409).
    Conflict,
    /// More bytes than are taken (413).
    TooLarge,
    /// A kind of file that is not taken (415).
    Unsupported,
    /// Too many tries; wait (429).
    TooMany,
}

/// A no with a stable code, told in the reader's language elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code, e.g. `task-taken`.
    pub code: &'static str,
    /// What kind of no.
    pub status: Status,
    /// Arguments of the sentence, by name.
    pub args: Vec<(&'static str, String)>,
}

/// One row of a feature's catalogue, for tests and the problem catalogue of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Catalogued {
    /// Stable code.
    pub code: &'static str,
    /// What kind of no.
    pub status: Status,
    /// Names of its arguments.
    pub args: &'static [&'static str],
}

/// Declares a feature's refusals: the enum, their codes, their statuses, and the catalogue of them all.
#[macro_export]
macro_rules! refusals {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $({ $($arg:ident : $type:ty),* })? = $code:literal as $status:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant $({ $(#[doc = concat!("The sentence's `", stringify!($arg), "`.")] $arg: $type),* })?),*
        }
        impl $name {
            /// Every refusal of this feature.
            pub const CATALOGUE: &'static [$crate::refusal::Catalogued] = &[$($crate::refusal::Catalogued {
                code: $code,
                status: $crate::refusal::Status::$status,
                args: &[$($(stringify!($arg)),*)?],
            }),*];
        }
        impl From<$name> for $crate::refusal::Refusal {
            fn from(refusal: $name) -> Self {
                match refusal {
                    $($name::$variant $({ $($arg),* })? => Self {
                        code: $code,
                        status: $crate::refusal::Status::$status,
                        args: vec![$($((stringify!($arg), $arg.to_string())),*)?],
                    }),*
                }
            }
        }
    };
}
pub use refusals;

refusals! {
    /// Refusals that belong to no single feature.
    CommonRefusal {
        /// Nothing of that name here.
        NotFound = "not-found" as NotFound,
        /// Signed in, but this role may not.
        NotAllowed = "not-allowed" as Forbidden,
        /// Nobody is signed in.
        SignInFirst = "sign-in-first" as SignInFirst,
        /// Somebody else changed it in between; both texts are shown.
        Stale = "stale" as Conflict,
        /// Too many hands at once; try again.
        Raced = "raced" as Conflict,
        /// The same key came with another body.
        KeyReused = "key-reused" as Invalid,
        /// The body cannot be read as what it should be.
        Unreadable = "unreadable" as Invalid,
        /// A field nobody asked for.
        UnknownField = "unknown-field" as Invalid,
        /// The form did not come from this site's own page.
        ForeignForm = "foreign-form" as Forbidden,
        /// More bytes than are taken.
        BodyTooLarge { most_mib: usize } = "body-too-large" as TooLarge,
        /// Too many wrong tries.
        SlowDown { wait_s: u64 } = "slow-down" as TooMany,
    }
}

/// The catalogues of every feature, for the tests that hold the locales and the API to them.
pub fn catalogue() -> Vec<Catalogued> {
    [
        CommonRefusal::CATALOGUE,
        crate::typed::TypedRefusal::CATALOGUE,
        crate::people::PeopleRefusal::CATALOGUE,
        crate::places::PlaceRefusal::CATALOGUE,
        crate::voices::VoiceRefusal::CATALOGUE,
        crate::voices::privacy::PrivacyRefusal::CATALOGUE,
        crate::commitments::CommitmentRefusal::CATALOGUE,
        crate::matters::MatterRefusal::CATALOGUE,
        crate::tasks::TaskRefusal::CATALOGUE,
        crate::attachments::PhotoRefusal::CATALOGUE,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_code_means_two_things() {
        let mut codes: Vec<_> = super::catalogue().iter().map(|c| c.code).collect();
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
