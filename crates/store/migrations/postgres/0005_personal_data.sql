-- PostgreSQL: the same logical schema as the other folder's step of this number; a test holds them equal.

-- The key of what is known about a voice's owner, wrapped by the installation's key: gone, and so is all of it.
ALTER TABLE voices ADD COLUMN data_key BYTEA;
-- A keyed hash of the contact, to find a number without opening any.
ALTER TABLE voices ADD COLUMN contact_index BYTEA;
-- When the words were erased; 0 while they stand.
ALTER TABLE voices ADD COLUMN erased_at_us BIGINT NOT NULL DEFAULT 0;
CREATE INDEX voices_by_contact ON voices (tenant_id, contact_index) WHERE contact_index IS NOT NULL;

-- Hidden photos are shown at no address.
ALTER TABLE attachments ADD COLUMN hidden BIGINT NOT NULL DEFAULT 0;
CREATE INDEX attachments_by_digest ON attachments (digest);
CREATE INDEX attachments_by_small_digest ON attachments (small_digest);

-- To whom a voice is uncovered, and until when.
CREATE TABLE reveals (
    tenant_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    voice_id BIGINT NOT NULL,
    until_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, voice_id, person_id),
    FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX reveals_by_person ON reveals (tenant_id, person_id, until_us);
CREATE INDEX reveals_by_end ON reveals (tenant_id, until_us);

-- What the daily job forgot: a row for each community and day on which there was something.
CREATE TABLE forgettings (
    tenant_id BIGINT NOT NULL,
    day BIGINT NOT NULL,
    contacts BIGINT NOT NULL,
    words BIGINT NOT NULL,
    photos BIGINT NOT NULL,
    notes BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day)
);
