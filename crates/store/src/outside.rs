//! Where imported requests came from.

use linli_domain::id::{CommunityId, VoiceId};

use crate::port::statements;

statements! {
    /// Notes an imported request; 0 rows when it is there already.
    note(source: &str, external_id: &str, community: CommunityId, voice: VoiceId) -> run =
        "INSERT INTO outside (source, external_id, community_id, voice_id) VALUES ($1, $2, $3, $4) ON CONFLICT (source, external_id) DO NOTHING";
    /// The voice of an imported request.
    find(source: &str, external_id: &str) -> one (CommunityId, VoiceId) =
        "SELECT community_id, voice_id FROM outside WHERE source = $1 AND external_id = $2";
}
