-- PostgreSQL: the same logical schema as the other folder's step of this number; a test holds them equal.

-- Towns and streets; what crosses communities is small and is a reference table.
CREATE TABLE areas (
    id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (name)
);

-- The tenants. `ordinal` begins every receipt.
CREATE TABLE communities (
    id BIGINT NOT NULL,
    ordinal BIGINT NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    area_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    duty_name TEXT COLLATE "C" NOT NULL,
    duty_phone TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    confirm_days BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (ordinal),
    UNIQUE (slug),
    FOREIGN KEY (area_id) REFERENCES areas (id)
);

-- Accounts of staff and volunteers. `off_at_us` is the largest number while the account is on.
CREATE TABLE people (
    id BIGINT NOT NULL,
    sign_in_name TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    off_at_us BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sign_in_name)
);

-- Opaque sessions: only a keyed hash of the token is kept.
CREATE TABLE sessions (
    id BIGINT NOT NULL,
    token_mac BYTEA NOT NULL,
    person_id BIGINT NOT NULL,
    seen_at_us BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (token_mac),
    FOREIGN KEY (person_id) REFERENCES people (id)
);

-- Where an imported request came from: its source and its id there.
CREATE TABLE outside (
    source TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C" NOT NULL,
    community_id BIGINT NOT NULL,
    voice_id BIGINT NOT NULL,
    PRIMARY KEY (source, external_id)
);

-- The last number that a public list gave out.
CREATE TABLE number_heads (
    tenant_id BIGINT NOT NULL,
    last_number BIGINT NOT NULL,
    PRIMARY KEY (tenant_id)
);

-- Who works where, as what.
CREATE TABLE roles (
    tenant_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, person_id, role),
    FOREIGN KEY (person_id) REFERENCES people (id)
);

-- Villagers' groups or grids; their ids are in the order of the list.
CREATE TABLE groups (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

-- Kinds of matters.
CREATE TABLE categories (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, name)
);

-- What a community takes on. Counts of parts, tasks and voices are kept with the version.
CREATE TABLE matters (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    number BIGINT,
    stage TEXT COLLATE "C" NOT NULL,
    round BIGINT NOT NULL,
    version BIGINT NOT NULL,
    wording TEXT COLLATE "C",
    category_id BIGINT,
    group_id BIGINT,
    responsible TEXT COLLATE "C",
    deadline_day BIGINT,
    declined_because TEXT COLLATE "C",
    merged_into BIGINT,
    parent_id BIGINT,
    open_parts BIGINT NOT NULL,
    live_tasks BIGINT NOT NULL,
    done_tasks BIGINT NOT NULL,
    voices BIGINT NOT NULL,
    first_voice_id BIGINT NOT NULL,
    stage_at_us BIGINT NOT NULL,
    received_at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, number)
);

-- Words as they were said. `arrived_as` is the matter they came in as; place and contact are sealed.
CREATE TABLE voices (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL,
    arrived_as BIGINT NOT NULL,
    words TEXT COLLATE "C" NOT NULL,
    place BYTEA,
    contact BYTEA,
    channel TEXT COLLATE "C" NOT NULL,
    said_at_us BIGINT NOT NULL,
    receipt_mac BYTEA NOT NULL,
    receipt_until_us BIGINT NOT NULL,
    said_by BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, receipt_mac),
    FOREIGN KEY (tenant_id, matter_id) REFERENCES matters (tenant_id, id)
);

-- Dispatched work.
CREATE TABLE tasks (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    offered BIGINT NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    holder_id BIGINT,
    instruction TEXT COLLATE "C" NOT NULL,
    due_day BIGINT,
    done_note TEXT COLLATE "C",
    version BIGINT NOT NULL,
    dispatched_by BIGINT NOT NULL,
    dispatched_at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, matter_id) REFERENCES matters (tenant_id, id)
);

-- Every pair of hands that a task went through.
CREATE TABLE hands (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    task_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    taken_at_us BIGINT NOT NULL,
    left_at_us BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id)
);

-- What the owners of voices answered, one answer a round.
CREATE TABLE confirmations (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    voice_id BIGINT NOT NULL,
    matter_id BIGINT NOT NULL,
    round BIGINT NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    at_us BIGINT NOT NULL,
    recorded_by BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, voice_id, matter_id, round),
    FOREIGN KEY (tenant_id, voice_id) REFERENCES voices (tenant_id, id)
);

-- Photos of a voice or a task: files named by their content.
CREATE TABLE attachments (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    owner_id BIGINT NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    small_digest TEXT COLLATE "C" NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- One entry for everything that was changed; never updated, never deleted. `matter_id` is 0 where there is none.
CREATE TABLE audit (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    actor BIGINT NOT NULL,
    matter_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    details TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Envelopes on their way; deleted when delivered.
CREATE TABLE outbox (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    matter_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Delivered messages. `person_id` 0 is all volunteers of the community, -1 its desk.
CREATE TABLE messages (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    envelope_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    matter_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, envelope_id, person_id)
);

-- Answers kept sealed for a day, for the same request sent again.
CREATE TABLE answers (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    key_mac BYTEA NOT NULL,
    body_mac BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    at_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, key_mac)
);

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
