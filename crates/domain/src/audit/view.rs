//! What everybody may see of a log.

use serde::Serialize;
use utoipa::ToSchema;

/// Where a community's log stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogView {
    /// The name of the log.
    pub origin: String,
    /// Numbered entries.
    pub size: u64,
    /// The root over them, in base 64; empty before the first.
    pub root: String,
    /// The signed checkpoint as it is printed; empty before the first entry.
    pub note: String,
    /// Entries written but not numbered yet.
    pub waiting: i64,
    /// The key that checks the signature: name, hash and key, as tools for signed notes read it.
    pub key: String,
}

/// What a printed list shows of the log, so that it can be held against it later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckpointView {
    /// Numbered entries.
    pub size: u64,
    /// The first sixteen figures of the root in groups of four, to be compared by eye.
    pub fingerprint: String,
    /// The signed checkpoint, as the code on the paper holds it.
    pub note: String,
    /// Entries written but not numbered yet, which this list may already show.
    pub waiting: i64,
}

/// A proof, to be checked by the rules of RFC 6962.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProofView {
    /// The size of the tree that it is about.
    pub size: u64,
    /// Where the entry stands, counted from 0; none where no entry was asked for.
    pub index: Option<u64>,
    /// The hash of the entry, in base 64.
    pub leaf: Option<String>,
    /// The steps, from the leaf upwards, in base 64.
    pub proof: Vec<String>,
}
