-- PostgreSQL: the same logical schema as the other folder's step of this number; a test holds them equal.

-- The sealed secret of the second factor, and the last step of its clock that was used: a code holds once.
ALTER TABLE people ADD COLUMN totp BYTEA;
ALTER TABLE people ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

-- With how many factors a session was begun.
ALTER TABLE sessions ADD COLUMN factors BIGINT NOT NULL DEFAULT 1;

-- Keyed hashes of the codes for a lost second factor; each holds once.
CREATE TABLE recovery_codes (
    person_id BIGINT NOT NULL,
    code_mac BYTEA NOT NULL,
    PRIMARY KEY (person_id, code_mac),
    FOREIGN KEY (person_id) REFERENCES people (id)
);

-- Invitations on their way; deleted when taken or taken back.
CREATE TABLE invitations (
    id BIGINT NOT NULL,
    tenant_id BIGINT NOT NULL,
    token_mac BYTEA NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    until_us BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, token_mac)
);
