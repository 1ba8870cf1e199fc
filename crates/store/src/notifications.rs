//! Messages to staff and volunteers.

use linli_domain::audit::Kind;
use linli_domain::id::{CommunityId, EntryId, MatterId, MessageId};
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// Delivers a message; a second delivery of the same envelope changes nothing.
    add(id: MessageId, tenant: CommunityId, envelope: EntryId, person: i64, kind: Kind, matter: MatterId, subject: i64, at: Timestamp) -> run =
        "INSERT INTO messages (id, tenant_id, envelope_id, person_id, kind, matter_id, subject_id, at_us)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant_id, envelope_id, person_id) DO NOTHING";
    /// The newest messages to a person (0: all volunteers, -1: the desk).
    newest(tenant: CommunityId, person: i64, most: i64) -> all (MessageId, Kind, MatterId, i64, Timestamp) =
        "SELECT id, kind, matter_id, subject_id, at_us FROM messages WHERE tenant_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT $3";
}
