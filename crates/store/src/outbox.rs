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
    /// Envelopes of a community, oldest first.
    waiting(tenant: CommunityId, most: i64) -> bounded (EntryId, Timestamp, Kind, MatterId, i64, i64) =
        "SELECT id, at_us, kind, matter_id, subject_id, person_id FROM outbox WHERE tenant_id = $1 ORDER BY id LIMIT $2";
    /// Takes a delivered envelope out; 0 rows when somebody else was faster.
    delivered(tenant: CommunityId, id: EntryId) -> run = "DELETE FROM outbox WHERE tenant_id = $1 AND id = $2";
}
