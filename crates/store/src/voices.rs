//! Voices and the answers of their owners.

use linli_domain::id::{CommunityId, ConfirmationId, MatterId, PersonId, VoiceId};
use linli_domain::matters::{MatterNumber, Round, Stage};
use linli_domain::time::Timestamp;
use linli_domain::typed::Prose;
use linli_domain::voices::{Channel, Verdict};

use crate::port::statements;

statements! {
    /// Keeps a voice as it was said; place and contact come sealed.
    add(id: VoiceId, tenant: CommunityId, matter: MatterId, words: &Prose, data_key: Option<&[u8]>, place: Option<&[u8]>, contact: Option<&[u8]>, contact_index: Option<&[u8]>, channel: Channel, said_at: Timestamp, receipt_mac: &[u8], receipt_until: Timestamp, said_by: Option<PersonId>) -> run =
        "INSERT INTO voices (id, tenant_id, matter_id, arrived_as, words, data_key, place, contact, contact_index, channel, said_at_us, receipt_mac, receipt_until_us, said_by)
         VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    /// The voice of a receipt that has not expired: voice, matter, the account that spoke it.
    by_receipt(tenant: CommunityId, receipt_mac: &[u8], now: Timestamp) -> one (VoiceId, MatterId, Option<PersonId>) =
        "SELECT id, matter_id, said_by FROM voices
         WHERE tenant_id = $1 AND receipt_mac = $2 AND receipt_until_us > $3";
    /// All that is kept of a voice: matter, the matter it arrived as, words, sealed data key, place and contact, channel,
    /// time, when it was erased.
    kept(tenant: CommunityId, id: VoiceId) -> one (MatterId, MatterId, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Channel, Timestamp, Timestamp) =
        "SELECT matter_id, arrived_as, words, data_key, place, contact, channel, said_at_us, erased_at_us FROM voices
         WHERE tenant_id = $1 AND id = $2";
    /// One voice: its matter and the account that spoke it.
    one(tenant: CommunityId, id: VoiceId) -> one (MatterId, Option<PersonId>) =
        "SELECT matter_id, said_by FROM voices WHERE tenant_id = $1 AND id = $2";
    /// The voices of a matter, oldest first, with their answers in one round.
    of_matter(tenant: CommunityId, matter: MatterId, round: Round) -> all (VoiceId, String, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>, Timestamp, Channel, Timestamp, Option<Verdict>, Option<Channel>, Option<String>, Option<Timestamp>) =
        "SELECT v.id, v.words, v.data_key, v.place, v.contact, v.erased_at_us, v.channel, v.said_at_us, f.verdict, f.channel, f.reason, f.at_us
         FROM voices v LEFT JOIN confirmations f
           ON f.tenant_id = $1 AND f.voice_id = v.id AND f.matter_id = $2 AND f.round = $3
         WHERE v.tenant_id = $1 AND v.matter_id = $2 ORDER BY v.id";
    /// Contact and place go, with the key that opens them.
    erase_contact(tenant: CommunityId, id: VoiceId) -> run =
        "UPDATE voices SET data_key = NULL, place = NULL, contact = NULL, contact_index = NULL WHERE tenant_id = $1 AND id = $2";
    /// The words go; when they first did stays.
    erase_words(at: Timestamp, tenant: CommunityId, id: VoiceId) -> run =
        "UPDATE voices SET words = '', erased_at_us = CASE WHEN erased_at_us = 0 THEN $1 ELSE erased_at_us END
         WHERE tenant_id = $2 AND id = $3";
    /// What was said with the answers goes.
    erase_reasons(tenant: CommunityId, voice: VoiceId) -> run =
        "UPDATE confirmations SET reason = NULL WHERE tenant_id = $1 AND voice_id = $2";
    /// Other words.
    set_words(words: &Prose, tenant: CommunityId, id: VoiceId) -> run =
        "UPDATE voices SET words = $1 WHERE tenant_id = $2 AND id = $3";
    /// Another contact or place, under a key of its own.
    set_personal(data_key: Option<&[u8]>, place: Option<&[u8]>, contact: Option<&[u8]>, contact_index: Option<&[u8]>, tenant: CommunityId, id: VoiceId) -> run =
        "UPDATE voices SET data_key = $1, place = $2, contact = $3, contact_index = $4 WHERE tenant_id = $5 AND id = $6";
    /// Another wrapping of the same key.
    rewrap(data_key: Option<&[u8]>, tenant: CommunityId, id: VoiceId) -> run =
        "UPDATE voices SET data_key = $1 WHERE tenant_id = $2 AND id = $3";
    /// The voices that a contact was left with, newest first.
    with_contact(tenant: CommunityId, contact_index: Option<&[u8]>, most: i64) -> bounded (VoiceId, MatterId, Option<MatterNumber>, Stage, Timestamp, String) =
        "SELECT v.id, v.matter_id, m.number, m.stage, v.said_at_us, v.words
         FROM voices v JOIN matters m ON m.tenant_id = $1 AND m.id = v.matter_id
         WHERE v.tenant_id = $1 AND v.contact_index = $2 ORDER BY v.id DESC LIMIT $3";
    /// Sealed data of voices after one, with the data key.
    sealed_after(tenant: CommunityId, after: VoiceId, most: i64) -> bounded (VoiceId, Option<Vec<u8>>, Option<Vec<u8>>, Option<Vec<u8>>) =
        "SELECT id, data_key, place, contact FROM voices
         WHERE tenant_id = $1 AND id > $2 AND (place IS NOT NULL OR contact IS NOT NULL) ORDER BY id LIMIT $3";
    /// Voices with contact or place whose matter was closed before a time.
    contact_over(tenant: CommunityId, closed_before: Timestamp, most: i64) -> bounded (VoiceId) =
        "SELECT v.id FROM matters m JOIN voices v ON v.tenant_id = $1 AND v.matter_id = m.id
         WHERE m.tenant_id = $1 AND m.stage IN ('confirmed', 'no_answer', 'declined') AND m.stage_at_us < $2
           AND (v.place IS NOT NULL OR v.contact IS NOT NULL) LIMIT $3";
    /// Voices with words, or with a later answer in words, whose matter was closed before a time; with the matter that they
    /// arrived as.
    words_over(tenant: CommunityId, closed_before: Timestamp, most: i64) -> bounded (VoiceId, MatterId) =
        "SELECT v.id, v.arrived_as FROM matters m JOIN voices v ON v.tenant_id = $1 AND v.matter_id = m.id
         WHERE m.tenant_id = $1 AND m.stage IN ('confirmed', 'no_answer', 'declined') AND m.stage_at_us < $2
           AND (v.erased_at_us = 0 OR EXISTS (SELECT 1 FROM confirmations f
                WHERE f.tenant_id = $1 AND f.voice_id = v.id AND f.reason IS NOT NULL)) LIMIT $3";
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
