//! Tasks and the hands they go through.

use linli_domain::id::{CommunityId, HandId, MatterId, PersonId, TaskId};
use linli_domain::matters::{MatterNumber, Round};
use linli_domain::tasks::TaskStage;
use linli_domain::time::{Day, Timestamp};
use linli_domain::typed::Prose;

use crate::port::statements;

statements! {
    /// A new task; `offered` is 1 when it is open to the volunteers.
    add(id: TaskId, tenant: CommunityId, matter: MatterId, round: Round, offered: i64, stage: TaskStage, holder: Option<PersonId>, instruction: &Prose, due: Option<Day>, by: PersonId, at: Timestamp) -> run =
        "INSERT INTO tasks (id, tenant_id, matter_id, round, offered, stage, holder_id, instruction, due_day, version, dispatched_by, dispatched_at_us)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)";
    /// What the rules need of a task: matter, round, offered, stage, holder, version.
    load(tenant: CommunityId, id: TaskId) -> one (MatterId, Round, i64, TaskStage, Option<PersonId>, i64) =
        "SELECT matter_id, round, offered, stage, holder_id, version FROM tasks WHERE tenant_id = $1 AND id = $2";
    /// Moves a task; 0 rows when it has moved.
    save(stage: TaskStage, holder: Option<PersonId>, tenant: CommunityId, id: TaskId, version: i64) -> run =
        "UPDATE tasks SET stage = $1, holder_id = $2, version = version + 1
         WHERE tenant_id = $3 AND id = $4 AND version = $5";
    /// What the finisher wrote.
    note_done(note: &Prose, tenant: CommunityId, id: TaskId) -> run =
        "UPDATE tasks SET done_note = $1 WHERE tenant_id = $2 AND id = $3";
    /// A pair of hands takes it; `left` is the largest time while it is held.
    take(id: HandId, tenant: CommunityId, task: TaskId, matter: MatterId, person: PersonId, at: Timestamp, left: Timestamp, outcome: &str) -> run =
        "INSERT INTO hands (id, tenant_id, task_id, matter_id, person_id, taken_at_us, left_at_us, outcome)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// The pair of hands that holds it lets go.
    let_go(at: Timestamp, outcome: &str, reason: Option<&Prose>, tenant: CommunityId, task: TaskId) -> run =
        "UPDATE hands SET left_at_us = $1, outcome = $2, reason = $3
         WHERE tenant_id = $4 AND task_id = $5 AND outcome = 'held'";
    /// Everybody who ever finished a task of the matter.
    workers(tenant: CommunityId, matter: MatterId) -> bounded (PersonId) =
        "SELECT DISTINCT person_id FROM hands WHERE tenant_id = $1 AND matter_id = $2 AND outcome = 'finished'";
    /// The tasks of a matter, newest first, with their holders' names.
    of_matter(tenant: CommunityId, matter: MatterId) -> all (TaskId, String, TaskStage, Option<String>, i64, Option<Day>, Option<String>, i64) =
        "SELECT t.id, t.instruction, t.stage, p.name, t.round, t.due_day, t.done_note, t.version
         FROM tasks t LEFT JOIN people p ON p.id = t.holder_id
         WHERE t.tenant_id = $1 AND t.matter_id = $2 ORDER BY t.id DESC";
    /// What was written about finished work in one round.
    done_notes(tenant: CommunityId, matter: MatterId, round: Round) -> all (TaskId, Option<String>) =
        "SELECT id, done_note FROM tasks WHERE tenant_id = $1 AND matter_id = $2 AND round = $3 AND stage = 'finished' ORDER BY id";
    /// One task for its page: matter, number, instruction, wording, group, stage, holder, due, dispatched, offered.
    view(tenant: CommunityId, id: TaskId) -> one (MatterId, Option<MatterNumber>, String, Option<String>, Option<String>, TaskStage, Option<PersonId>, Option<Day>, Timestamp, i64) =
        "SELECT t.matter_id, m.number, t.instruction, m.wording, g.name, t.stage, t.holder_id, t.due_day, t.dispatched_at_us, t.offered
         FROM tasks t JOIN matters m ON m.tenant_id = $1 AND m.id = t.matter_id
         LEFT JOIN groups g ON g.tenant_id = $1 AND g.id = m.group_id
         WHERE t.tenant_id = $1 AND t.id = $2";
    /// Everybody who had a task of the matter in hand: name, from when, until when.
    hands_of(tenant: CommunityId, matter: MatterId) -> all (String, Timestamp, Timestamp) =
        "SELECT p.name, h.taken_at_us, h.left_at_us FROM hands h JOIN people p ON p.id = h.person_id
         WHERE h.tenant_id = $1 AND h.matter_id = $2 ORDER BY h.id";
    /// Tasks with notes whose matter was closed before a time.
    notes_over(tenant: CommunityId, closed_before: Timestamp, most: i64) -> bounded (TaskId, MatterId) =
        "SELECT t.id, t.matter_id FROM matters m JOIN tasks t ON t.tenant_id = $1 AND t.matter_id = m.id
         WHERE m.tenant_id = $1 AND m.stage IN ('confirmed', 'no_answer', 'declined') AND m.stage_at_us < $2
           AND (t.instruction <> '' OR t.done_note IS NOT NULL) LIMIT $3";
    /// Instruction and note of a task go.
    forget_notes(tenant: CommunityId, id: TaskId) -> run =
        "UPDATE tasks SET instruction = '', done_note = NULL WHERE tenant_id = $1 AND id = $2";
    /// The reasons of those who gave it back go.
    forget_reasons(tenant: CommunityId, task: TaskId) -> run =
        "UPDATE hands SET reason = NULL WHERE tenant_id = $1 AND task_id = $2";
    /// Tasks open to the volunteers, oldest first.
    offered(tenant: CommunityId, most: i64) -> bounded (TaskId) =
        "SELECT id FROM tasks WHERE tenant_id = $1 AND stage = 'offered' ORDER BY id LIMIT $2";
    /// Tasks in somebody's hands or given to her, oldest first.
    held_by(tenant: CommunityId, person: PersonId, most: i64) -> all (TaskId) =
        "SELECT id FROM tasks WHERE tenant_id = $1 AND holder_id = $2 AND stage IN ('assigned', 'accepted') ORDER BY id LIMIT $3";
}
