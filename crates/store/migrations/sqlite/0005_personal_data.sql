-- SQLite: the same logical schema as the other folder's step of this number; a test holds them equal.

-- The key of what is known about a voice's owner, wrapped by the installation's key: gone, and so is all of it.
ALTER TABLE voices ADD COLUMN data_key BLOB;
-- A keyed hash of the contact, to find a number without opening any.
ALTER TABLE voices ADD COLUMN contact_index BLOB;
-- When the words were erased; 0 while they stand.
ALTER TABLE voices ADD COLUMN erased_at_us INTEGER NOT NULL DEFAULT 0;
CREATE INDEX voices_by_contact ON voices (tenant_id, contact_index) WHERE contact_index IS NOT NULL;

-- Hidden photos are shown at no address.
ALTER TABLE attachments ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
CREATE INDEX attachments_by_digest ON attachments (digest);
CREATE INDEX attachments_by_small_digest ON attachments (small_digest);

-- To whom a voice is uncovered, and until when.
CREATE TABLE reveals (
    tenant_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    voice_id INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, voice_id, person_id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reveals_by_person ON reveals (tenant_id, person_id, until_us);
CREATE INDEX reveals_by_end ON reveals (tenant_id, until_us);

-- What the daily job forgot: a row for each community and day on which there was something.
CREATE TABLE forgettings (
    tenant_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    contacts INTEGER NOT NULL,
    words INTEGER NOT NULL,
    photos INTEGER NOT NULL,
    notes INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, day)
) STRICT, WITHOUT ROWID;
