//! Answers kept for the same request sent again.

use linli_domain::id::{CommunityId, EntryId};
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// The answer of a key: the body it belongs to, the sealed answer, when.
    find(tenant: CommunityId, key_mac: &[u8]) -> one (EntryId, Vec<u8>, Vec<u8>) =
        "SELECT id, body_mac, answer FROM answers WHERE tenant_id = $1 AND key_mac = $2";
    /// Keeps an answer; 0 rows when another run was faster.
    keep(id: EntryId, tenant: CommunityId, key_mac: &[u8], body_mac: &[u8], answer: &[u8], at: Timestamp) -> run =
        "INSERT INTO answers (id, tenant_id, key_mac, body_mac, answer, at_us)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, key_mac) DO NOTHING";
    /// Answers of a community older than an id, which begins with its time; 0 for the instance.
    old(tenant: CommunityId, before: EntryId, most: i64) -> bounded (EntryId) =
        "SELECT id FROM answers WHERE tenant_id = $1 AND id < $2 ORDER BY id LIMIT $3";
    /// Forgets one.
    forget(tenant: CommunityId, id: EntryId) -> run = "DELETE FROM answers WHERE tenant_id = $1 AND id = $2";
    /// Kept answers after one.
    after(tenant: CommunityId, after: EntryId, most: i64) -> bounded (EntryId, Vec<u8>) =
        "SELECT id, answer FROM answers WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    /// The same answer, sealed anew.
    reseal(answer: &[u8], tenant: CommunityId, id: EntryId) -> run =
        "UPDATE answers SET answer = $1 WHERE tenant_id = $2 AND id = $3";
}
