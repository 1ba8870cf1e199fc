//! The public list, in the order of groups and numbers.

use linli_domain::id::{CommunityId, GroupId};
use linli_domain::matters::{MatterNumber, Stage};
use linli_domain::time::{Day, Timestamp};

use crate::port::statements;

statements! {
    /// A page of the list after a group and a number.
    ///
    /// Columns: group, its name, number, wording, category, responsible, deadline, stage, merged into, stage since, voices.
    page(tenant: CommunityId, group: GroupId, number: MatterNumber, most: i64) -> all (GroupId, String, MatterNumber, String, String, String, Day, Stage, Option<MatterNumber>, Timestamp, i64) =
        "SELECT g.id, g.name, COALESCE(m.number, 0), COALESCE(m.wording, ''), c.name, COALESCE(m.responsible, ''), COALESCE(m.deadline_day, 0), m.stage, t.number, m.stage_at_us, m.voices
         FROM matters m
         JOIN groups g ON g.tenant_id = $1 AND g.id = m.group_id
         JOIN categories c ON c.tenant_id = $1 AND c.id = m.category_id
         LEFT JOIN matters t ON t.tenant_id = $1 AND t.id = m.merged_into
         WHERE m.tenant_id = $1 AND m.number IS NOT NULL AND (m.group_id, m.number) > ($2, $3)
         ORDER BY m.group_id, m.number LIMIT $4";
}
