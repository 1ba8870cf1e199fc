//! The check of a whole log: that every numbered entry is still what it was hashed as, that the tree over them is the
//! one that was signed, that the matters stand as their entries say, and that older papers fit.
//!
//! It needs the database and the public key, and no server. It exposes rewriting to whoever holds an older checkpoint;
//! it does not make an entry true.

use std::collections::HashMap;

use linli_domain::audit::checkpoint::SignedCheckpoint;
use linli_domain::audit::entry::{LogEntry, Outcome};
use linli_domain::audit::tree::{Frontier, Hash};
use linli_domain::id::{CommunityId, EntryId, MatterId};
use linli_store::audit::NumberedRow;
use linli_store::{Stop, Tx, Work, audit, matters, outbox};

use crate::App;
use crate::audit::number::{Head, head, sized};
use crate::audit::sign::PublicLogKey;
use crate::audit::{commit, keeps_words_itself};
use crate::command::{Denied, Place};

/// Rows read at a time.
const CHUNK: i64 = 5_000;
/// Faults that are told one by one.
const TOLD: usize = 100;

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// A numbered entry is gone.
    EntryGone,
    /// A numbered entry is not what it was hashed as.
    EntryChanged,
    /// Positions do not follow each other.
    Gap,
    /// What was written is not what the entry committed to.
    WordsChanged,
    /// An entry stands in the database and was never numbered.
    NeverNumbered,
    /// Size and root of the head are not those of the tree.
    HeadChanged,
    /// The stored checkpoint is not signed by this key, or is of another tree.
    NotSigned,
    /// A matter does not stand as its entries say: which field.
    MatterChanged(&'static str),
    /// The tree of that size is not the one on this paper.
    PaperContradicts,
    /// The paper's signature is not by this key.
    PaperNotSigned,
    /// The paper is of another log, or of more entries than there are.
    PaperNotOfThisLog,
}

/// One thing that does not fit, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub misfit: Misfit,
    /// The entry's position in the log, counted from 0; the size of a paper.
    pub position: Option<u64>,
    /// The entry.
    pub entry: Option<EntryId>,
    /// The matter.
    pub matter: Option<MatterId>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The log's name.
    pub origin: String,
    /// Numbered entries that were read.
    pub entries: u64,
    /// Entries whose words have been erased.
    pub erased: u64,
    /// Entries on their way to a number.
    pub waiting: i64,
    /// Papers that fit.
    pub papers: usize,
    /// The first hundred that do not fit.
    pub findings: Vec<Finding>,
}

impl Report {
    fn find(&mut self, misfit: Misfit, position: Option<u64>, entry: Option<EntryId>, matter: Option<MatterId>) {
        if self.findings.len() < TOLD {
            self.findings.push(Finding { misfit, position, entry, matter });
        }
    }
}

/// Checks the log of one community, on one snapshot, and holds papers against it.
pub async fn verify(app: &App, place: &Place, papers: Vec<SignedCheckpoint>) -> Result<Report, Denied> {
    Ok(app.store.read(Verify { app: app.clone(), place: place.clone(), papers }).await?)
}

struct Verify {
    app: App,
    place: Place,
    papers: Vec<SignedCheckpoint>,
}

impl Work for Verify {
    type Out = Report;
    fn name(&self) -> &'static str {
        "verify"
    }
    async fn run(&self, tx: &Tx) -> Result<Report, Stop> {
        let tenant = self.place.id;
        let key = self.app.keys.log();
        let head = head(tx, tenant).await?;
        let era = head.as_ref().map_or(1, |head| head.era);
        let mut report = Report { origin: key.origin(&self.place.slug, era), ..Report::default() };
        let mut reading = Reading {
            tenant,
            report: &mut report,
            tree: Frontier::default(),
            said: HashMap::new(),
            roots: self.papers.iter().map(|paper| (paper.checkpoint.size, [0; 32])).collect(),
        };
        reading.entries(tx).await?;
        let Reading { tree, said, roots, .. } = reading;
        report.entries = tree.size();
        report.waiting = outbox::backlog(tx, tenant).await?.first().map_or(0, |row| row.0);
        check_head(&mut report, head.as_ref(), &tree, key.public());
        for (entry,) in audit::never_numbered(tx, tenant, sized(TOLD as u64)?).await? {
            report.find(Misfit::NeverNumbered, None, Some(entry), None);
        }
        check_matters(&mut report, tx, tenant, &said).await?;
        for paper in &self.papers {
            check_paper(&mut report, paper, &roots, key.public());
        }
        Ok(report)
    }
}

/// What the entries of one matter say about it.
#[derive(Debug, Default)]
struct Told {
    outcome: Option<Outcome>,
    fields: HashMap<String, String>,
    /// False once words of it were erased: nothing can be held against what is left.
    whole: bool,
}

struct Reading<'a> {
    tenant: CommunityId,
    report: &'a mut Report,
    tree: Frontier,
    said: HashMap<MatterId, Told>,
    /// The root at each size that a paper shows.
    roots: HashMap<u64, Hash>,
}

impl Reading<'_> {
    async fn entries(&mut self, tx: &Tx) -> Result<(), Stop> {
        self.root();
        loop {
            let rows = audit::numbered(tx, self.tenant, sized(self.tree.size())?, CHUNK).await?;
            let read = rows.len();
            for row in rows {
                self.entry(row);
            }
            if i64::try_from(read).is_ok_and(|read| read < CHUNK) {
                return Ok(());
            }
        }
    }
    /// The tree is built from the stored hashes, so that the first wrong entry is named and not only the root.
    fn entry(&mut self, row: NumberedRow) {
        let (position, hash, id, at, kind, actor, matter, subject, details, commitment, salt, words, voice) = row;
        let index = self.tree.size();
        let stored: Hash = hash.try_into().unwrap_or_default();
        self.tree.push(stored, |_, _| {});
        self.root();
        if u64::try_from(position) != Ok(index) {
            self.report.find(Misfit::Gap, Some(index), Some(id), None);
        }
        let (Some(at), Some(kind), Some(actor), Some(matter), Some(subject), Some(details)) =
            (at, kind, actor, matter, subject, details)
        else {
            self.report.find(Misfit::EntryGone, Some(index), Some(id), None);
            return;
        };
        let entry = LogEntry { tenant: self.tenant, id, at, kind, actor, matter, subject, details, commitment };
        if entry.hash() != stored {
            self.report.find(Misfit::EntryChanged, Some(index), Some(id), Some(matter));
        }
        // The first words of a voice that was corrected stay with the entry.
        let words = if keeps_words_itself(kind) { words.or(voice) } else { words };
        match (&entry.commitment, &salt, &words) {
            (None, _, _) => {}
            (Some(_), None, _) => self.report.erased += 1,
            (Some(committed), Some(salt), words) => {
                let fits = words.as_ref().is_some_and(|words| commit(salt, words).as_slice() == committed);
                if !fits {
                    self.report.find(Misfit::WordsChanged, Some(index), Some(id), Some(matter));
                }
            }
        }
        self.listen(&entry, words.filter(|_| salt.is_some()).as_deref());
    }
    /// Keeps what the entry says about its matter.
    fn listen(&mut self, entry: &LogEntry, words: Option<&str>) {
        if entry.matter.raw() == 0 {
            return;
        }
        let told = self.said.entry(entry.matter).or_insert_with(|| Told { whole: true, ..Told::default() });
        told.outcome = Outcome::after(entry.kind).or(told.outcome);
        if !entry.kind.sets_the_listing() {
            return;
        }
        told.whole = words.is_some();
        let pairs = |text: &str| serde_json::from_str::<HashMap<String, String>>(text).unwrap_or_default();
        told.fields.extend(pairs(&entry.details));
        told.fields.extend(words.map(pairs).unwrap_or_default());
    }
    fn root(&mut self) {
        let tree = &self.tree;
        if let Some(root) = self.roots.get_mut(&tree.size()) {
            *root = tree.root();
        }
    }
}

fn check_head(report: &mut Report, head: Option<&Head>, tree: &Frontier, key: &PublicLogKey) {
    let Some(head) = head else {
        if tree.size() > 0 {
            report.find(Misfit::HeadChanged, None, None, None);
        }
        return;
    };
    if head.frontier != *tree {
        report.find(Misfit::HeadChanged, None, None, None);
    }
    let signed = SignedCheckpoint::parse(&head.note).is_some_and(|note| {
        key.signed(&note)
            && note.checkpoint.origin == report.origin
            && note.checkpoint.size == tree.size()
            && note.checkpoint.root == tree.root()
    });
    if !signed {
        report.find(Misfit::NotSigned, None, None, None);
    }
}

async fn check_matters(
    report: &mut Report,
    tx: &Tx,
    tenant: CommunityId,
    said: &HashMap<MatterId, Told>,
) -> Result<(), Stop> {
    let mut after = MatterId::new(0);
    loop {
        let rows = matters::all(tx, tenant, after, CHUNK).await?;
        let read = rows.len();
        for (id, number, stage, wording, category, group, responsible, deadline) in rows {
            after = id;
            // What is not numbered yet is held against nothing: the log is behind by a second, not by a lie.
            let Some(told) = said.get(&id) else {
                if report.waiting == 0 {
                    report.find(Misfit::MatterChanged("matter"), None, None, Some(id));
                }
                continue;
            };
            let stored = [
                ("number", number.map(|n| n.to_string())),
                ("category_id", category.map(|c| c.to_string())),
                ("group_id", group.map(|g| g.to_string())),
                ("deadline", deadline.map(|d| d.to_string())),
                ("wording", wording),
                ("responsible", responsible),
            ];
            if report.waiting > 0 || !told.whole {
                continue;
            }
            if told.outcome != Some(Outcome::of(stage)) {
                report.find(Misfit::MatterChanged("stage"), None, None, Some(id));
            }
            for (name, stored) in stored {
                if told.fields.get(name) != stored.as_ref() {
                    report.find(Misfit::MatterChanged(name), None, None, Some(id));
                }
            }
        }
        if i64::try_from(read).is_ok_and(|read| read < CHUNK) {
            return Ok(());
        }
    }
}

fn check_paper(report: &mut Report, paper: &SignedCheckpoint, roots: &HashMap<u64, Hash>, key: &PublicLogKey) {
    let size = paper.checkpoint.size;
    // A declared new log goes on with the same entries: an older paper of an earlier era still has to fit them.
    let ours = same_log(&paper.checkpoint.origin, &report.origin);
    let misfit = if !key.signed(paper) {
        Misfit::PaperNotSigned
    } else if !ours || size > report.entries {
        Misfit::PaperNotOfThisLog
    } else if roots.get(&size) != Some(&paper.checkpoint.root) {
        Misfit::PaperContradicts
    } else {
        report.papers += 1;
        return;
    };
    report.find(misfit, Some(size), None, None);
}

/// Origins that differ in nothing but the era.
fn same_log(one: &str, other: &str) -> bool {
    let bare = |origin: &str| origin.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    bare(one) == bare(other)
}
