//! Matters: loading and saving by compare-and-set, numbers, and the desk's lists.

use linli_domain::id::{CategoryId, CommunityId, GroupId, MatterId, VoiceId};
use linli_domain::matters::{MatterNumber, Round, Stage};
use linli_domain::time::{Day, Timestamp};
use linli_domain::typed::{Line, Prose};

use crate::port::statements;

statements! {
    /// A new matter for one new voice.
    add(id: MatterId, tenant: CommunityId, stage: Stage, round: Round, first_voice: VoiceId, at: Timestamp) -> run =
        "INSERT INTO matters (id, tenant_id, stage, round, version, open_parts, live_tasks, done_tasks, voices, first_voice_id, stage_at_us, received_at_us)
         VALUES ($1, $2, $3, $4, 1, 0, 0, 0, 1, $5, $6, $6)";
    /// What the rules need of a matter.
    load(tenant: CommunityId, id: MatterId) -> one (MatterId, Option<MatterNumber>, Stage, Round, i64, Option<MatterId>, i64, i64, i64, Timestamp, i64, Option<MatterId>) =
        "SELECT id, number, stage, round, version, parent_id, open_parts, live_tasks, done_tasks, stage_at_us, voices, merged_into
         FROM matters WHERE tenant_id = $1 AND id = $2";
    /// The id of a number.
    of_number(tenant: CommunityId, number: MatterNumber) -> one (MatterId) =
        "SELECT id FROM matters WHERE tenant_id = $1 AND number = $2";
    /// The number of an id.
    number_of(tenant: CommunityId, id: MatterId) -> one (Option<MatterNumber>) =
        "SELECT number FROM matters WHERE tenant_id = $1 AND id = $2";
    /// Advances the version only; 0 rows when the matter has moved.
    touch(tenant: CommunityId, id: MatterId, version: i64) -> run =
        "UPDATE matters SET version = version + 1 WHERE tenant_id = $1 AND id = $2 AND version = $3";
    /// Saves counts; 0 rows when the matter has moved.
    save_counts(open_parts: i64, live_tasks: i64, done_tasks: i64, voices: i64, tenant: CommunityId, id: MatterId, version: i64) -> run =
        "UPDATE matters SET open_parts = $1, live_tasks = $2, done_tasks = $3, voices = $4, version = version + 1
         WHERE tenant_id = $5 AND id = $6 AND version = $7";
    /// Saves a stage with its counts; 0 rows when the matter has moved.
    save(stage: Stage, round: Round, stage_at: Timestamp, open_parts: i64, live_tasks: i64, done_tasks: i64, voices: i64, tenant: CommunityId, id: MatterId, version: i64) -> run =
        "UPDATE matters SET stage = $1, round = $2, stage_at_us = $3, open_parts = $4, live_tasks = $5, done_tasks = $6, voices = $7, version = version + 1
         WHERE tenant_id = $8 AND id = $9 AND version = $10";
    /// Takes the next number; the last statement but one of its transaction.
    next_number(tenant: CommunityId) -> one (MatterNumber) =
        "UPDATE number_heads SET last_number = last_number + 1 WHERE tenant_id = $1 RETURNING last_number";
    /// Writes what stands on the public list.
    publish(wording: &Line, category: CategoryId, group: GroupId, responsible: &Line, deadline: Day, tenant: CommunityId, id: MatterId) -> run =
        "UPDATE matters SET wording = $1, category_id = $2, group_id = $3, responsible = $4, deadline_day = $5
         WHERE tenant_id = $6 AND id = $7";
    /// Gives the number.
    give_number(number: MatterNumber, tenant: CommunityId, id: MatterId) -> run =
        "UPDATE matters SET number = $1 WHERE tenant_id = $2 AND id = $3";
    /// Why it was not taken on.
    decline(because: &Prose, tenant: CommunityId, id: MatterId) -> run =
        "UPDATE matters SET declined_because = $1 WHERE tenant_id = $2 AND id = $3";
    /// Where it went.
    merge_into(into: MatterId, tenant: CommunityId, id: MatterId) -> run =
        "UPDATE matters SET merged_into = $1 WHERE tenant_id = $2 AND id = $3";
    /// Which it is a part of.
    set_parent(parent: MatterId, tenant: CommunityId, id: MatterId) -> run =
        "UPDATE matters SET parent_id = $1 WHERE tenant_id = $2 AND id = $3";
    /// Its parts, by id.
    parts(tenant: CommunityId, parent: MatterId) -> all (MatterId, Option<MatterNumber>) =
        "SELECT id, number FROM matters WHERE tenant_id = $1 AND parent_id = $2 ORDER BY id";
    /// What stands on the public list about it, and why it was not taken on.
    listing(tenant: CommunityId, id: MatterId) -> one (Option<String>, Option<CategoryId>, Option<String>, Option<GroupId>, Option<String>, Option<String>, Option<Day>, Option<String>, Timestamp) =
        "SELECT m.wording, m.category_id, c.name, m.group_id, g.name, m.responsible, m.deadline_day, m.declined_because, m.received_at_us
         FROM matters m
         LEFT JOIN categories c ON c.tenant_id = $1 AND c.id = m.category_id
         LEFT JOIN groups g ON g.tenant_id = $1 AND g.id = m.group_id
         WHERE m.tenant_id = $1 AND m.id = $2";
    /// A page of matters in one stage, newest first, below an id.
    page_of_stage(tenant: CommunityId, stage: Stage, below: MatterId, most: i64) -> all (MatterId, Option<MatterNumber>, Stage, Option<String>, String, Option<Vec<u8>>, Option<Vec<u8>>, VoiceId, Timestamp, i64, Option<Day>) =
        "SELECT m.id, m.number, m.stage, m.wording, v.words, v.data_key, v.place, v.id, m.received_at_us, m.voices, m.deadline_day
         FROM matters m JOIN voices v ON v.tenant_id = $1 AND v.id = m.first_voice_id
         WHERE m.tenant_id = $1 AND m.stage = $2 AND m.id < $3 ORDER BY m.id DESC LIMIT $4";
    /// Every matter after an id, as it stands on the list.
    all(tenant: CommunityId, after: MatterId, most: i64) -> bounded (MatterId, Option<MatterNumber>, Stage, Option<String>, Option<CategoryId>, Option<GroupId>, Option<String>, Option<Day>) =
        "SELECT id, number, stage, wording, category_id, group_id, responsible, deadline_day FROM matters
         WHERE tenant_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    /// How many matters are in each stage.
    count_by_stage(tenant: CommunityId) -> bounded (Stage, i64) =
        "SELECT stage, COUNT(*) FROM matters WHERE tenant_id = $1 GROUP BY stage";
    /// The same for the public list: what waits in the inbox, however much, is not read.
    count_on_the_list(tenant: CommunityId) -> bounded (Stage, i64) =
        "SELECT stage, COUNT(*) FROM matters
         WHERE tenant_id = $1 AND stage IN ('listed', 'working', 'awaiting', 'disputed', 'confirmed', 'no_answer') GROUP BY stage";
    /// Matters merged away that had a number.
    count_merged_numbers(tenant: CommunityId) -> bounded (i64) =
        "SELECT COUNT(*) FROM matters WHERE tenant_id = $1 AND stage = 'merged' AND number IS NOT NULL";
    /// Matters whose owners were asked at `until` or before, oldest first.
    asked_until(tenant: CommunityId, until: Timestamp, most: i64) -> all (MatterId) =
        "SELECT id FROM matters WHERE tenant_id = $1 AND stage = 'awaiting' AND stage_at_us <= $2 ORDER BY stage_at_us LIMIT $3";
}
