-- SQLite: the same logical schema as the other folder's step of this number; a test holds them equal.

-- The sealed secret of the second factor, and the last step of its clock that was used: a code holds once.
ALTER TABLE people ADD COLUMN totp BLOB;
ALTER TABLE people ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;

-- With how many factors a session was begun.
ALTER TABLE sessions ADD COLUMN factors INTEGER NOT NULL DEFAULT 1;

-- Keyed hashes of the codes for a lost second factor; each holds once.
CREATE TABLE recovery_codes (
    person_id INTEGER NOT NULL,
    code_mac BLOB NOT NULL,
    PRIMARY KEY (person_id, code_mac),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT, WITHOUT ROWID;

-- Invitations on their way; deleted when taken or taken back.
CREATE TABLE invitations (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    token_mac BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    until_us INTEGER NOT NULL,
    UNIQUE (tenant_id, token_mac)
) STRICT;
