//! Photos: which files belong to a voice or a task.

use linli_domain::id::{AttachmentId, CommunityId};

use crate::port::statements;

statements! {
    /// Ties a photo to its owner, a voice or a task.
    add(id: AttachmentId, tenant: CommunityId, owner: i64, digest: &str, small_digest: &str, width: i64, height: i64) -> run =
        "INSERT INTO attachments (id, tenant_id, owner_id, digest, small_digest, width, height)
         VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// The photos of an owner.
    of_owner(tenant: CommunityId, owner: i64) -> all (AttachmentId, i64, i64) =
        "SELECT id, width, height FROM attachments WHERE tenant_id = $1 AND owner_id = $2 AND hidden = 0 ORDER BY id";
    /// One photo: its owner and its files.
    one(tenant: CommunityId, id: AttachmentId) -> one (i64, String, String) =
        "SELECT owner_id, digest, small_digest FROM attachments WHERE tenant_id = $1 AND id = $2 AND hidden = 0";
    /// Hides a photo; 0 rows when there is none to be seen.
    hide(tenant: CommunityId, id: AttachmentId) -> run =
        "UPDATE attachments SET hidden = 1 WHERE tenant_id = $1 AND id = $2 AND hidden = 0";
    /// Forgets the photos of an owner.
    forget_of(tenant: CommunityId, owner: i64) -> run = "DELETE FROM attachments WHERE tenant_id = $1 AND owner_id = $2";
    /// How many photos, of any community, show this file: files are named by their content.
    uses(digest: &str) -> bounded (i64) =
        "SELECT (SELECT COUNT(*) FROM attachments WHERE digest = $1) + (SELECT COUNT(*) FROM attachments WHERE small_digest = $1)";
}
