//! Voices and the answers of their owners.

use linli_domain::id::{CommunityId, ConfirmationId, MatterId, PersonId, VoiceId};
use linli_domain::matters::Round;
use linli_domain::time::Timestamp;
use linli_domain::typed::Prose;
use linli_domain::voices::{Channel, Verdict};

use crate::port::statements;

statements! {
    /// Keeps a voice as it was said; place and contact come sealed.
    add(id: VoiceId, tenant: CommunityId, matter: MatterId, words: &Prose, place: Option<&[u8]>, contact: Option<&[u8]>, channel: Channel, said_at: Timestamp, receipt_mac: &[u8], receipt_until: Timestamp, said_by: Option<PersonId>) -> run =
        "INSERT INTO voices (id, tenant_id, matter_id, arrived_as, words, place, contact, channel, said_at_us, receipt_mac, receipt_until_us, said_by)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// The voice of a receipt that has not expired: voice, matter, the matter it arrived as, words, place, time, account.
    by_receipt(tenant: CommunityId, receipt_mac: &[u8], now: Timestamp) -> one (VoiceId, MatterId, MatterId, String, Option<Vec<u8>>, Timestamp, Option<PersonId>) =
        "SELECT id, matter_id, arrived_as, words, place, said_at_us, said_by FROM voices
         WHERE tenant_id = $1 AND receipt_mac = $2 AND receipt_until_us > $3";
    /// One voice: its matter and the account that spoke it.
    one(tenant: CommunityId, id: VoiceId) -> one (MatterId, Option<PersonId>) =
        "SELECT matter_id, said_by FROM voices WHERE tenant_id = $1 AND id = $2";
    /// The voices of a matter, oldest first, with their answers in one round.
    of_matter(tenant: CommunityId, matter: MatterId, round: Round) -> all (VoiceId, String, Option<Vec<u8>>, Option<Vec<u8>>, Channel, Timestamp, Option<Verdict>, Option<Channel>, Option<String>, Option<Timestamp>) =
        "SELECT v.id, v.words, v.place, v.contact, v.channel, v.said_at_us, f.verdict, f.channel, f.reason, f.at_us
         FROM voices v LEFT JOIN confirmations f
           ON f.tenant_id = $1 AND f.voice_id = v.id AND f.matter_id = $2 AND f.round = $3
         WHERE v.tenant_id = $1 AND v.matter_id = $2 ORDER BY v.id";
    /// All voices of one matter go over to another.
    move_over(to: MatterId, tenant: CommunityId, from: MatterId) -> run =
        "UPDATE voices SET matter_id = $1 WHERE tenant_id = $2 AND matter_id = $3";
    /// Keeps an answer; 0 rows when this voice has answered in this round.
    confirm(id: ConfirmationId, tenant: CommunityId, voice: VoiceId, matter: MatterId, round: Round, verdict: Verdict, channel: Channel, reason: Option<&Prose>, at: Timestamp, recorded_by: Option<PersonId>) -> run =
        "INSERT INTO confirmations (id, tenant_id, voice_id, matter_id, round, verdict, channel, reason, at_us, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant_id, voice_id, matter_id, round) DO NOTHING";
    /// The answers in one round of a matter.
    answers(tenant: CommunityId, matter: MatterId, round: Round) -> all (VoiceId, Verdict) =
        "SELECT voice_id, verdict FROM confirmations WHERE tenant_id = $1 AND matter_id = $2 AND round = $3";
}
