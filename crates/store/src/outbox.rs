//! Envelopes on their way.

use linli_domain::audit::Kind;
use linli_domain::id::{CommunityId, EntryId, MatterId};
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// Puts an envelope in; its id is the audit entry's. `person` is 0 unless one person is meant.
    add(id: EntryId, tenant: CommunityId, at: Timestamp, kind: Kind, matter: MatterId, subject: i64, person: i64) -> run =
        "INSERT INTO outbox (id, tenant_id, at_us, kind, matter_id, subject_id, person_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Envelopes of a community, oldest first, with the rest of their entries: actor, details, commitment.
    waiting(tenant: CommunityId, most: i64) -> bounded (EntryId, Timestamp, Kind, MatterId, i64, i64, i64, String, Option<Vec<u8>>) =
        "SELECT o.id, o.at_us, o.kind, o.matter_id, o.subject_id, o.person_id, a.actor, a.details, a.commitment
         FROM outbox o JOIN audit a ON a.tenant_id = $1 AND a.id = o.id
         WHERE o.tenant_id = $1 ORDER BY o.id LIMIT $2";
    /// How many envelopes wait, and since when the oldest does.
    backlog(tenant: CommunityId) -> bounded (i64, Timestamp) =
        "SELECT COUNT(*), COALESCE(MIN(at_us), 0) FROM outbox WHERE tenant_id = $1";
    /// Takes a delivered envelope out; 0 rows when somebody else was faster.
    delivered(tenant: CommunityId, id: EntryId) -> run = "DELETE FROM outbox WHERE tenant_id = $1 AND id = $2";
}
