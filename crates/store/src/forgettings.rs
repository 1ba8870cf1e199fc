//! What the daily job forgot.

use linli_domain::id::CommunityId;
use linli_domain::time::Day;

use crate::port::statements;

statements! {
    /// Adds to the day's row.
    add(tenant: CommunityId, day: Day, contacts: i64, words: i64, photos: i64, notes: i64) -> run =
        "INSERT INTO forgettings (tenant_id, day, contacts, words, photos, notes) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (tenant_id, day) DO UPDATE SET contacts = forgettings.contacts + excluded.contacts,
           words = forgettings.words + excluded.words, photos = forgettings.photos + excluded.photos,
           notes = forgettings.notes + excluded.notes";
    /// The newest days.
    newest(tenant: CommunityId, most: i64) -> bounded (Day, i64, i64, i64, i64) =
        "SELECT day, contacts, words, photos, notes FROM forgettings WHERE tenant_id = $1 ORDER BY day DESC LIMIT $2";
}
