//! What everybody may fetch of a log: its checkpoint, and the proofs that an entry is in it and that it only grew.

use std::collections::BTreeMap;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use linli_domain::audit::AuditRefusal;
use linli_domain::audit::checkpoint::SignedCheckpoint;
use linli_domain::audit::tree::{Hash, Subtree, consistency, inclusion, step_hash, subtree_hash, subtrees};
use linli_domain::audit::view::{CheckpointView, LogView, ProofView};
use linli_domain::id::EntryId;
use linli_domain::people::Permission;
use linli_domain::typed::{FieldRefusal, Fields, TypedRefusal};
use linli_store::{Fault, Stop, audit, outbox};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::audit::number::{head, sized};
use crate::command::{Cx, Here, Nothing, Query};

/// Shows a community's log: how long it is, its signed checkpoint, and the key that checks the signature.
#[derive(Debug)]
pub struct ShowLog;

impl Query for ShowLog {
    const NAME: &'static str = "show-log";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = Nothing;
    type View = LogView;

    fn parse(_: Here, _: Nothing) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self)
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<LogView, Stop> {
        view(cx).await
    }
}

/// The log as it stands.
pub(crate) async fn view(cx: &Cx<'_>) -> Result<LogView, Stop> {
    let head = head(cx.tx, cx.community.id).await?;
    let waiting = outbox::backlog(cx.tx, cx.community.id).await?.first().map_or(0, |row| row.0);
    let key = cx.app.keys.log();
    Ok(match head {
        Some(head) => LogView {
            origin: key.origin(&cx.community.slug, head.era),
            size: head.frontier.size(),
            root: STANDARD.encode(head.frontier.root()),
            note: head.note,
            waiting,
            key: key.public().text(),
        },
        None => LogView {
            origin: key.origin(&cx.community.slug, 1),
            size: 0,
            root: String::new(),
            note: String::new(),
            waiting,
            key: key.public().text(),
        },
    })
}

/// What a printed list shows of the log.
pub(crate) async fn checkpoint(cx: &Cx<'_>) -> Result<Option<CheckpointView>, Stop> {
    let Some(head) = head(cx.tx, cx.community.id).await? else { return Ok(None) };
    let waiting = outbox::backlog(cx.tx, cx.community.id).await?.first().map_or(0, |row| row.0);
    Ok(SignedCheckpoint::parse(&head.note).map(|signed| CheckpointView {
        size: signed.checkpoint.size,
        fingerprint: signed.checkpoint.fingerprint(),
        note: head.note,
        waiting,
    }))
}

/// Which entry, in which size of the log.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InclusionInput {
    /// The entry, as a timeline names it.
    pub entry: String,
    /// The size that a paper shows; the present one unless given.
    pub size: Option<u64>,
}

/// Proves that an entry is in the log.
#[derive(Debug)]
pub struct ProveInclusion {
    entry: EntryId,
    size: Option<u64>,
}

impl Query for ProveInclusion {
    const NAME: &'static str = "prove-inclusion";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = InclusionInput;
    type View = ProofView;

    fn parse(_: Here, input: InclusionInput) -> Result<Self, Vec<FieldRefusal>> {
        let mut fields = Fields::new();
        let entry = fields.take("entry", input.entry.parse().map_err(|_| TypedRefusal::NoSuchChoice));
        fields.done(|| Some(Self { entry: entry?, size: input.size }))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<ProofView, Stop> {
        let size = asked_size(cx, self.size).await?;
        let (position, hash) =
            audit::position(cx.tx, cx.community.id, self.entry).await?.ok_or(AuditRefusal::NotNumbered)?;
        let index = u64::try_from(position).map_err(|_| Fault::Bug("a position below zero".into()))?;
        if index >= size {
            return Err(AuditRefusal::NotNumbered.into());
        }
        let proof = hashes(cx, inclusion(index, size)).await?;
        Ok(ProofView { size, index: Some(index), leaf: Some(STANDARD.encode(hash)), proof })
    }
}

/// Which older size is held against which newer one.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsistencyInput {
    /// The size on the older paper.
    pub from: u64,
    /// The newer size; the present one unless given.
    pub size: Option<u64>,
}

/// Proves that the log only grew since an older size.
#[derive(Debug)]
pub struct ProveConsistency(ConsistencyInput);

impl Query for ProveConsistency {
    const NAME: &'static str = "prove-consistency";
    const MAY: Permission = Permission::EVERYBODY;
    type At = Here;
    type Input = ConsistencyInput;
    type View = ProofView;

    fn parse(_: Here, input: ConsistencyInput) -> Result<Self, Vec<FieldRefusal>> {
        Ok(Self(input))
    }

    async fn run(&self, cx: &Cx<'_>) -> Result<ProofView, Stop> {
        let size = asked_size(cx, self.0.size).await?;
        if self.0.from > size {
            return Err(AuditRefusal::NotThatLong { size }.into());
        }
        let proof = hashes(cx, consistency(self.0.from, size)).await?;
        Ok(ProofView { size, index: None, leaf: None, proof })
    }
}

async fn asked_size(cx: &Cx<'_>, asked: Option<u64>) -> Result<u64, Stop> {
    let size = head(cx.tx, cx.community.id).await?.map_or(0, |head| head.frontier.size());
    match asked {
        Some(asked) if asked > size => Err(AuditRefusal::NotThatLong { size }.into()),
        Some(asked) => Ok(asked),
        None => Ok(size),
    }
}

/// The steps of a proof, read from the kept nodes.
async fn hashes(cx: &Cx<'_>, path: Vec<Range<u64>>) -> Result<Vec<String>, Stop> {
    let gap = || Fault::Bug(format!("log {} has a gap", cx.community.id.raw()));
    let mut found: BTreeMap<Subtree, Hash> = BTreeMap::new();
    for subtree in path.iter().cloned().flat_map(subtrees) {
        let (level, range) = subtree.kept();
        let rows =
            audit::nodes(cx.tx, cx.community.id, i64::from(level), sized(range.start)?, sized(range.end)?).await?;
        let row: Option<Vec<Hash>> = rows.into_iter().map(|(hash,)| hash.try_into().ok()).collect();
        let whole = row.filter(|row| row.len() as u64 == range.end - range.start).ok_or_else(gap)?;
        found.insert(subtree, subtree_hash(&whole).ok_or_else(gap)?);
    }
    let steps: Option<Vec<String>> =
        path.into_iter().map(|range| step_hash(range, &found).map(|hash| STANDARD.encode(hash))).collect();
    Ok(steps.ok_or_else(gap)?)
}
