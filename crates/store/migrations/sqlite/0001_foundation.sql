-- SQLite: the same logical schema as the other folder's step of this number; a test holds them equal.

-- Towns and streets; what crosses communities is small and is a reference table.
CREATE TABLE areas (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    UNIQUE (name)
) STRICT;

-- The tenants. `ordinal` begins every receipt.
CREATE TABLE communities (
    id INTEGER NOT NULL PRIMARY KEY,
    ordinal INTEGER NOT NULL,
    slug TEXT NOT NULL,
    area_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    duty_name TEXT NOT NULL,
    duty_phone TEXT NOT NULL,
    office TEXT NOT NULL,
    confirm_days INTEGER NOT NULL,
    UNIQUE (ordinal),
    UNIQUE (slug),
    FOREIGN KEY (area_id) REFERENCES areas (id)
) STRICT;

-- Accounts of staff and volunteers. `off_at_us` is the largest number while the account is on.
CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY,
    sign_in_name TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    off_at_us INTEGER NOT NULL,
    UNIQUE (sign_in_name)
) STRICT;

-- Opaque sessions: only a keyed hash of the token is kept.
CREATE TABLE sessions (
    id INTEGER NOT NULL PRIMARY KEY,
    token_mac BLOB NOT NULL,
    person_id INTEGER NOT NULL,
    seen_at_us INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    UNIQUE (token_mac),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT;

-- Where an imported request came from: its source and its id there.
CREATE TABLE outside (
    source TEXT NOT NULL,
    external_id TEXT NOT NULL,
    community_id INTEGER NOT NULL,
    voice_id INTEGER NOT NULL,
    PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;

-- The last number that a public list gave out.
CREATE TABLE number_heads (
    tenant_id INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;

-- Who works where, as what.
CREATE TABLE roles (
    tenant_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (tenant_id, person_id, role),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT, WITHOUT ROWID;

-- Villagers' groups or grids; their ids are in the order of the list.
CREATE TABLE groups (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (tenant_id, name)
) STRICT;

-- Kinds of matters.
CREATE TABLE categories (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (tenant_id, name)
) STRICT;

-- What a community takes on. Counts of parts, tasks and voices are kept with the version.
CREATE TABLE matters (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    number INTEGER,
    stage TEXT NOT NULL,
    round INTEGER NOT NULL,
    version INTEGER NOT NULL,
    wording TEXT,
    category_id INTEGER,
    group_id INTEGER,
    responsible TEXT,
    deadline_day INTEGER,
    declined_because TEXT,
    merged_into INTEGER,
    parent_id INTEGER,
    open_parts INTEGER NOT NULL,
    live_tasks INTEGER NOT NULL,
    done_tasks INTEGER NOT NULL,
    voices INTEGER NOT NULL,
    first_voice_id INTEGER NOT NULL,
    stage_at_us INTEGER NOT NULL,
    received_at_us INTEGER NOT NULL,
    UNIQUE (tenant_id, number)
) STRICT;

-- Words as they were said. `arrived_as` is the matter they came in as; place and contact are sealed.
CREATE TABLE voices (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    arrived_as INTEGER NOT NULL,
    words TEXT NOT NULL,
    place BLOB,
    contact BLOB,
    channel TEXT NOT NULL,
    said_at_us INTEGER NOT NULL,
    receipt_mac BLOB NOT NULL,
    receipt_until_us INTEGER NOT NULL,
    said_by INTEGER,
    UNIQUE (tenant_id, receipt_mac),
    FOREIGN KEY (matter_id) REFERENCES matters (id)
) STRICT;

-- Dispatched work.
CREATE TABLE tasks (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    offered INTEGER NOT NULL,
    stage TEXT NOT NULL,
    holder_id INTEGER,
    instruction TEXT NOT NULL,
    due_day INTEGER,
    done_note TEXT,
    version INTEGER NOT NULL,
    dispatched_by INTEGER NOT NULL,
    dispatched_at_us INTEGER NOT NULL,
    FOREIGN KEY (matter_id) REFERENCES matters (id)
) STRICT;

-- Every pair of hands that a task went through.
CREATE TABLE hands (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    task_id INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    taken_at_us INTEGER NOT NULL,
    left_at_us INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    FOREIGN KEY (task_id) REFERENCES tasks (id)
) STRICT;

-- What the owners of voices answered, one answer a round.
CREATE TABLE confirmations (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    voice_id INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    verdict TEXT NOT NULL,
    channel TEXT NOT NULL,
    reason TEXT,
    at_us INTEGER NOT NULL,
    recorded_by INTEGER,
    UNIQUE (tenant_id, voice_id, matter_id, round),
    FOREIGN KEY (voice_id) REFERENCES voices (id)
) STRICT;

-- Photos of a voice or a task: files named by their content.
CREATE TABLE attachments (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    owner_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    small_digest TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL
) STRICT;

-- One entry for everything that was changed; never updated, never deleted. `matter_id` is 0 where there is none.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor INTEGER NOT NULL,
    matter_id INTEGER NOT NULL,
    subject_id INTEGER NOT NULL,
    details TEXT NOT NULL
) STRICT;

-- Envelopes on their way; deleted when delivered.
CREATE TABLE outbox (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    matter_id INTEGER NOT NULL,
    subject_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL
) STRICT;

-- Delivered messages. `person_id` 0 is all volunteers of the community, -1 its desk.
CREATE TABLE messages (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    envelope_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    matter_id INTEGER NOT NULL,
    subject_id INTEGER NOT NULL,
    at_us INTEGER NOT NULL,
    UNIQUE (tenant_id, envelope_id, person_id)
) STRICT;

-- Answers kept sealed for a day, for the same request sent again.
CREATE TABLE answers (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    key_mac BLOB NOT NULL,
    body_mac BLOB NOT NULL,
    answer BLOB NOT NULL,
    at_us INTEGER NOT NULL,
    UNIQUE (tenant_id, key_mac)
) STRICT;

CREATE INDEX matters_by_stage ON matters (tenant_id, stage, id);
CREATE INDEX matters_on_the_list ON matters (tenant_id, group_id, number) WHERE number IS NOT NULL;
CREATE INDEX matters_awaiting ON matters (tenant_id, stage_at_us) WHERE stage = 'awaiting';
CREATE INDEX matters_by_parent ON matters (tenant_id, parent_id, id) WHERE parent_id IS NOT NULL;
CREATE INDEX voices_by_matter ON voices (tenant_id, matter_id, id);
CREATE INDEX tasks_by_matter ON tasks (tenant_id, matter_id, id);
CREATE INDEX tasks_offered ON tasks (tenant_id, id) WHERE stage = 'offered';
CREATE INDEX tasks_by_holder ON tasks (tenant_id, holder_id, id) WHERE holder_id IS NOT NULL;
CREATE INDEX hands_by_task ON hands (tenant_id, task_id, id);
CREATE INDEX hands_by_matter ON hands (tenant_id, matter_id, id);
CREATE INDEX confirmations_by_matter ON confirmations (tenant_id, matter_id, round);
CREATE INDEX attachments_by_owner ON attachments (tenant_id, owner_id, id);
CREATE INDEX audit_by_matter ON audit (tenant_id, matter_id, id);
CREATE INDEX messages_by_person ON messages (tenant_id, person_id, id);
CREATE INDEX roles_by_person ON roles (person_id, tenant_id);
CREATE INDEX sessions_by_person ON sessions (person_id);
