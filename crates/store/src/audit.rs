//! The audit log: written with the event, never updated, never deleted; numbered afterwards as leaves of a tree.

use linli_domain::audit::Kind;
use linli_domain::id::{CommunityId, EntryId, MatterId};
use linli_domain::time::Timestamp;

use crate::port::statements;

/// A numbered entry with what it was hashed from, for the check of the whole log: position, hash, entry, time, kind,
/// actor, matter, subject, details, commitment, salt, words, the voice's words. An entry that is gone leaves `None`.
pub type NumberedRow = (
    i64,
    Vec<u8>,
    EntryId,
    Option<Timestamp>,
    Option<Kind>,
    Option<i64>,
    Option<MatterId>,
    Option<i64>,
    Option<String>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
    Option<String>,
    Option<String>,
);

statements! {
    /// Appends an entry; the community is 0 for what belongs to the instance, the actor 0 for a resident and -1 for the server.
    add(id: EntryId, tenant: CommunityId, at: Timestamp, kind: Kind, actor: i64, matter: MatterId, subject: i64, details: &str, commitment: Option<&[u8]>) -> run =
        "INSERT INTO audit (id, tenant_id, at_us, kind, actor, matter_id, subject_id, details, commitment)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Keeps what opens an entry's commitment; no words where they are those of the voice itself.
    add_opening(id: EntryId, tenant: CommunityId, salt: &[u8], words: Option<&str>) -> run =
        "INSERT INTO openings (id, tenant_id, salt, words) VALUES ($1, $2, $3, $4)";
    /// What opens the entries about one row of a matter goes.
    forget_openings(tenant: CommunityId, matter: MatterId, subject: i64) -> run =
        "DELETE FROM openings WHERE tenant_id = $1 AND id IN
           (SELECT id FROM audit WHERE tenant_id = $1 AND matter_id = $2 AND subject_id = $3)";
    /// Keeps the first words of a voice beside the entry that committed to them, before they are corrected.
    keep_first_words(words: &str, tenant: CommunityId, matter: MatterId, voice: i64) -> run =
        "UPDATE openings SET words = $1 WHERE tenant_id = $2 AND words IS NULL AND id IN
           (SELECT id FROM audit WHERE tenant_id = $2 AND matter_id = $3 AND subject_id = $4 AND kind IN ('voice-said', 'request-imported'))";
    /// Entries of some kinds about one row of a matter, with the actors' names and the details: who could look.
    looks(tenant: CommunityId, matter: MatterId, subject: i64) -> all (Kind, Timestamp, String, String) =
        "SELECT a.kind, a.at_us, COALESCE(p.name, ''), a.details FROM audit a LEFT JOIN people p ON p.id = a.actor
         WHERE a.tenant_id = $1 AND a.matter_id = $2 AND a.subject_id = $3 ORDER BY a.id";
    /// The timeline of a matter after an entry, with the actors' names and what was written.
    of_matter(tenant: CommunityId, matter: MatterId, after: EntryId, most: i64) -> all (EntryId, Kind, Timestamp, String, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<String>) =
        "SELECT a.id, a.kind, a.at_us, COALESCE(p.name, ''), a.details, a.commitment, o.salt, o.words
         FROM audit a LEFT JOIN people p ON p.id = a.actor
         LEFT JOIN openings o ON o.tenant_id = $1 AND o.id = a.id
         WHERE a.tenant_id = $1 AND a.matter_id = $2 AND a.id > $3 ORDER BY a.id LIMIT $4";
    /// How many entries a community has.
    count(tenant: CommunityId) -> bounded (i64) = "SELECT COUNT(*) FROM audit WHERE tenant_id = $1";

    /// How far the log is numbered: era, size, frontier, signed checkpoint.
    head(tenant: CommunityId) -> one (i64, i64, Vec<u8>, String) =
        "SELECT era, size, frontier, note FROM log_heads WHERE tenant_id = $1";
    /// Opens a log that is empty.
    begin(tenant: CommunityId, frontier: &[u8]) -> run =
        "INSERT INTO log_heads (tenant_id, era, size, frontier, note) VALUES ($1, 1, 0, $2, '') ON CONFLICT (tenant_id) DO NOTHING";
    /// Moves the head on; 0 rows when somebody else did.
    grow(size: i64, frontier: &[u8], note: &str, tenant: CommunityId, era: i64, was: i64) -> run =
        "UPDATE log_heads SET size = $1, frontier = $2, note = $3 WHERE tenant_id = $4 AND era = $5 AND size = $6";
    /// Begins a declared new log over the same entries; 0 rows when somebody else did.
    declare(era: i64, note: &str, tenant: CommunityId, was: i64) -> run =
        "UPDATE log_heads SET era = $1, note = $2 WHERE tenant_id = $3 AND era = $4";
    /// Keeps a node; the entry is 0 above the leaves.
    keep(tenant: CommunityId, level: i64, position: i64, hash: &[u8], entry: EntryId) -> run =
        "INSERT INTO log_nodes (tenant_id, level, position, hash, entry_id) VALUES ($1, $2, $3, $4, $5)";
    /// Neighbouring nodes of one level.
    nodes(tenant: CommunityId, level: i64, from: i64, to: i64) -> all (Vec<u8>) =
        "SELECT hash FROM log_nodes WHERE tenant_id = $1 AND level = $2 AND position >= $3 AND position < $4 ORDER BY position";
    /// Where an entry stands.
    position(tenant: CommunityId, entry: EntryId) -> one (i64, Vec<u8>) =
        "SELECT position, hash FROM log_nodes WHERE tenant_id = $1 AND entry_id = $2 AND level = 0";
    /// Entries that have no number and are not on their way to one.
    never_numbered(tenant: CommunityId, most: i64) -> bounded (EntryId) =
        "SELECT a.id FROM audit a
         LEFT JOIN log_nodes n ON n.tenant_id = $1 AND n.entry_id = a.id AND n.level = 0
         LEFT JOIN outbox o ON o.tenant_id = $1 AND o.id = a.id
         WHERE a.tenant_id = $1 AND n.entry_id IS NULL AND o.id IS NULL ORDER BY a.id LIMIT $2";
    /// Numbered entries from a position on, with all that they were hashed from.
    numbered(tenant: CommunityId, from: i64, most: i64) -> all (i64, Vec<u8>, EntryId, Option<Timestamp>, Option<Kind>, Option<i64>, Option<MatterId>, Option<i64>, Option<String>, Option<Vec<u8>>, Option<Vec<u8>>, Option<String>, Option<String>) =
        "SELECT n.position, n.hash, n.entry_id, a.at_us, a.kind, a.actor, a.matter_id, a.subject_id, a.details, a.commitment, o.salt, o.words, v.words
         FROM log_nodes n LEFT JOIN audit a ON a.tenant_id = $1 AND a.id = n.entry_id
         LEFT JOIN openings o ON o.tenant_id = $1 AND o.id = n.entry_id
         LEFT JOIN voices v ON v.tenant_id = $1 AND v.id = a.subject_id
         WHERE n.tenant_id = $1 AND n.level = 0 AND n.position >= $2 ORDER BY n.position LIMIT $3";
}
