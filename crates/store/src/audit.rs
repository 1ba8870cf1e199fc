//! The audit log: written with the event, never updated, never deleted.

use linli_domain::audit::Kind;
use linli_domain::id::{CommunityId, EntryId, MatterId};
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// Appends an entry; the community is 0 for what belongs to the instance, the actor 0 for a resident and -1 for the server.
    add(id: EntryId, tenant: CommunityId, at: Timestamp, kind: Kind, actor: i64, matter: MatterId, subject: i64, details: &str) -> run =
        "INSERT INTO audit (id, tenant_id, at_us, kind, actor, matter_id, subject_id, details)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// The timeline of a matter after an entry, with the actors' names.
    of_matter(tenant: CommunityId, matter: MatterId, after: EntryId, most: i64) -> all (EntryId, Kind, Timestamp, String, String) =
        "SELECT a.id, a.kind, a.at_us, COALESCE(p.name, ''), a.details
         FROM audit a LEFT JOIN people p ON p.id = a.actor
         WHERE a.tenant_id = $1 AND a.matter_id = $2 AND a.id > $3 ORDER BY a.id LIMIT $4";
}
