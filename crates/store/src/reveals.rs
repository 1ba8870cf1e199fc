//! To whom a voice is uncovered.

use linli_domain::id::{CommunityId, PersonId, VoiceId};
use linli_domain::time::Timestamp;

use crate::port::statements;

statements! {
    /// Uncovers a voice for somebody, for longer where it was.
    open(tenant: CommunityId, person: PersonId, voice: VoiceId, until: Timestamp) -> run =
        "INSERT INTO reveals (tenant_id, person_id, voice_id, until_us) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, voice_id, person_id) DO UPDATE SET until_us = excluded.until_us";
    /// What is uncovered for somebody.
    open_for(tenant: CommunityId, person: PersonId, now: Timestamp) -> all (VoiceId) =
        "SELECT voice_id FROM reveals WHERE tenant_id = $1 AND person_id = $2 AND until_us > $3";
    /// Forgets what is covered again.
    close(tenant: CommunityId, now: Timestamp) -> run = "DELETE FROM reveals WHERE tenant_id = $1 AND until_us <= $2";
    /// Covers a voice for everybody.
    close_voice(tenant: CommunityId, voice: VoiceId) -> run =
        "DELETE FROM reveals WHERE tenant_id = $1 AND voice_id = $2";
}
