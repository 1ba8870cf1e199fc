//! Typed ids: one macro over a time-ordered 64-bit integer.
//!
//! An id is made in the app (never by a sequence), so that the same schema runs on one SQLite file, on PostgreSQL and
//! distributed by tenant. It is not a secret: what opens a door is a separate random code.

use std::fmt;
use std::str::FromStr;

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

/// Bits below the milliseconds: ten for the process that makes ids, eleven to count within one millisecond.
pub const NODE_BITS: u32 = 10;
/// See [`NODE_BITS`].
pub const COUNT_BITS: u32 = 11;

/// Puts an id together: milliseconds since 1970 (42 bits, until the year 2109), node, count.
pub fn compose(at_ms: i64, node: u16, count: u16) -> i64 {
    let node = i64::from(node) & ((1 << NODE_BITS) - 1);
    let count = i64::from(count) & ((1 << COUNT_BITS) - 1);
    ((at_ms & ((1 << 42) - 1)) << (NODE_BITS + COUNT_BITS)) | (node << COUNT_BITS) | count
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Wraps a stored or freshly made number.
            pub const fn new(raw: i64) -> Self {
                Self(raw)
            }
            /// The number, for the store.
            pub const fn raw(self) -> i64 {
                self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                // Only the one spelling that Display gives: no sign, no leading zero, so that a cached page has one address.
                match text.parse::<i64>() {
                    Ok(raw) if raw > 0 && raw.to_string() == text => Ok(Self(raw)),
                    _ => Err(NotAnId),
                }
            }
        }
        /// JSON carries ids as strings: 64 bits do not fit a JavaScript number.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }
        impl utoipa::ToSchema for $name {}
    )*};
}

ids! {
    /// A community (社区、村): the tenant. It leads every key and every query.
    CommunityId,
    /// An area above communities (town, district).
    AreaId,
    /// A villagers' group or a grid inside a community.
    GroupId,
    /// A kind of matter (道路、照明 …), set up by each community.
    CategoryId,
    /// A member of staff or a volunteer, with an account.
    PersonId,
    /// One person's words.
    VoiceId,
    /// What the community takes on.
    MatterId,
    /// One piece of dispatched work.
    TaskId,
    /// One hand a task went through: from acceptance to finish or return.
    HandId,
    /// One answer of a voice's owner.
    ConfirmationId,
    /// A photo.
    AttachmentId,
    /// One line of the audit log.
    EntryId,
    /// A message to a person.
    MessageId,
}
