//! The two shapes of a use case, and who asks for it where.

use std::sync::Arc;

use bytes::Bytes;
use linli_domain::attachments::PhotoRefusal;
use linli_domain::audit::{AuditRefusal, Event};
use linli_domain::commitments::CommitmentRefusal;
use linli_domain::people::{Actor, PeopleRefusal, Permission};
use linli_domain::places::CommunityView;
use linli_domain::refusal::{CommonRefusal, Refusal};
use linli_domain::time::Timestamp;
use linli_domain::typed::FieldRefusal;
use linli_domain::voices::VoiceRefusal;
use linli_domain::voices::privacy::PrivacyRefusal;
use linli_store::{Fault, Stop, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::App;

/// Something that writes. Its page, its API operation and its permission row are three faces of this one type.
pub trait Command: Sized + Send + Sync + 'static {
    /// Stable name, for logs, metrics and the API's operation id.
    const NAME: &'static str;
    /// What the caller has to be allowed.
    const MAY: Permission;
    /// What the address names, beside the community.
    type At: Serialize + DeserializeOwned + Send + Sync;
    /// What is sent.
    type Input: Serialize + DeserializeOwned + ToSchema + Send + Sync;
    /// What is answered, and kept for the same request sent again.
    type Done: Serialize + DeserializeOwned + ToSchema + Send + Sync;

    /// Parses address and input; names every field that is wrong.
    fn parse(at: &Self::At, input: &Self::Input) -> Result<Self, Vec<FieldRefusal>>;
    /// Takes photos that came along; most commands take none.
    fn take_photos(&mut self, _photos: Vec<Bytes>) {}
    /// Whatever is slow or is no database work: pictures, files, password hashes.
    fn prepare(&mut self, _app: &App, _caller: &Caller) -> impl Future<Output = Result<(), Denied>> + Send {
        std::future::ready(Ok(()))
    }
    /// Decides and saves, in one transaction; awaits nothing but the database.
    fn run(&self, cx: &Cx<'_>) -> impl Future<Output = Result<Recorded<Self::Done>, Stop>> + Send;
}

/// Something that reads, on one snapshot.
pub trait Query: Sized + Send + Sync + 'static {
    /// Stable name.
    const NAME: &'static str;
    /// What the caller has to be allowed.
    const MAY: Permission;
    /// What the address names, beside the community.
    type At: DeserializeOwned + Send;
    /// What stands behind the question mark.
    type Input: DeserializeOwned + ToSchema + Send;
    /// What is shown.
    type View: Serialize + ToSchema + Send + 'static;

    /// Parses address and input.
    fn parse(at: Self::At, input: Self::Input) -> Result<Self, Vec<FieldRefusal>>;
    /// Reads.
    fn run(&self, cx: &Cx<'_>) -> impl Future<Output = Result<Self::View, Stop>> + Send;
}

/// What a use case sees while it runs.
#[derive(Debug)]
pub struct Cx<'a> {
    /// The transaction.
    pub tx: &'a Tx,
    /// Keys, ids, randomness, files.
    pub app: &'a App,
    /// When it runs.
    pub now: Timestamp,
    /// The community it runs in, or the instance itself.
    pub community: &'a CommunityView,
    /// Who asked.
    pub actor: &'a Actor,
    /// The token of the session, where there is one.
    pub token: Option<&'a str>,
}

/// An answer with what has to be recorded: at least one event, or it does not compile.
#[derive(Debug)]
pub struct Recorded<T> {
    pub(crate) done: T,
    pub(crate) events: Vec<Event>,
}

impl<T> Recorded<T> {
    /// An answer and its event.
    pub fn new(done: T, event: Event) -> Self {
        Self { done, events: vec![event] }
    }
    /// An answer, its event, and more.
    pub fn with(done: T, first: Event, more: impl IntoIterator<Item = Event>) -> Self {
        let mut recorded = Self::new(done, first);
        recorded.events.extend(more);
        recorded
    }
    /// One more event.
    #[must_use]
    pub fn and(mut self, event: impl IntoIterator<Item = Event>) -> Self {
        self.events.extend(event);
        self
    }
}

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The actor, with the roles of this moment.
    pub actor: Actor,
    /// The token of the session, where there is one: signing out ends it.
    pub token: Option<String>,
}

impl Caller {
    /// Somebody with an account and without a session: a test, the demo.
    pub fn of(actor: Actor) -> Self {
        Self { actor, token: None }
    }
    /// The server itself.
    pub fn system() -> Self {
        Self::of(Actor::System)
    }
    /// Somebody without an account.
    pub fn resident() -> Self {
        Self::of(Actor::Resident)
    }
}

/// Where a use case runs: a community, or the instance as a whole (whose community id is 0).
pub type Place = Arc<CommunityView>;

/// A command on its way in.
#[derive(Debug)]
pub struct Request<C: Command> {
    /// What the address names.
    pub at: C::At,
    /// What was sent.
    pub input: C::Input,
    /// Photos that came along.
    pub photos: Vec<Bytes>,
    /// The idempotency key, if one was sent.
    pub key: Option<String>,
}

impl<C: Command> Request<C> {
    /// Without photos or key, as jobs, import and tests send it.
    pub fn new(at: C::At, input: C::Input) -> Self {
        Self { at, input, photos: Vec::new(), key: None }
    }
    /// With an idempotency key.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Denied {
    /// Fields that cannot be taken, all of them.
    Fields(Vec<FieldRefusal>),
    /// The rules say no.
    Refused(Refusal),
    /// The machine cannot.
    Fault(Fault),
}

impl From<Stop> for Denied {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Refused(refusal) => Denied::Refused(refusal),
            Stop::Raced => CommonRefusal::Raced.into(),
            Stop::Fault(fault) => Denied::Fault(fault),
        }
    }
}
impl From<Fault> for Denied {
    fn from(fault: Fault) -> Self {
        Denied::Fault(fault)
    }
}
macro_rules! refused {
    ($($type:ty),*) => {$(
        impl From<$type> for Denied {
            fn from(refusal: $type) -> Self {
                Denied::Refused(refusal.into())
            }
        }
    )*};
}
refused!(
    AuditRefusal,
    Refusal,
    CommitmentRefusal,
    CommonRefusal,
    PeopleRefusal,
    PhotoRefusal,
    PrivacyRefusal,
    VoiceRefusal
);

impl std::fmt::Display for Denied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Denied::Fields(fields) => {
                let told: Vec<_> = fields.iter().map(|one| format!("{}: {}", one.field, one.refusal.code)).collect();
                write!(f, "{}", told.join(", "))
            }
            Denied::Refused(refusal) => f.write_str(refusal.code),
            Denied::Fault(fault) => fault.fmt(f),
        }
    }
}
impl std::error::Error for Denied {}

/// An address that names nothing but the community.
#[derive(Debug, Clone, Copy, Default, Serialize, serde::Deserialize)]
pub struct Here {}

/// An input without fields.
#[derive(Debug, Clone, Copy, Default, Serialize, serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}
