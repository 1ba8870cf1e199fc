-- SQLite: the same logical schema as the other folder's step of this number; a test holds them equal.

-- What was written in words stands in the log only as this: HMAC-SHA256 under the salt of its opening.
ALTER TABLE audit ADD COLUMN commitment BLOB;

-- What opens a commitment; gone once the words are erased. `words` is NULL where they are those of the voice itself.
CREATE TABLE openings (
    id INTEGER NOT NULL PRIMARY KEY,
    tenant_id INTEGER NOT NULL,
    salt BLOB NOT NULL,
    words TEXT
) STRICT;

-- How far each community's log is numbered; `era` counts declared new beginnings, `note` is the signed checkpoint.
CREATE TABLE log_heads (
    tenant_id INTEGER NOT NULL,
    era INTEGER NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;

-- The tree: leaves at level 0, with their entry, and complete subtrees at the levels 8, 16 …, with 0.
CREATE TABLE log_nodes (
    tenant_id INTEGER NOT NULL,
    level INTEGER NOT NULL,
    position INTEGER NOT NULL,
    hash BLOB NOT NULL,
    entry_id INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, level, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_nodes_by_entry ON log_nodes (tenant_id, entry_id) WHERE level = 0;

-- Entries of earlier releases pass through the outbox once more, to be numbered; no message is delivered twice.
INSERT INTO outbox (id, tenant_id, at_us, kind, matter_id, subject_id, person_id)
SELECT a.id, a.tenant_id, a.at_us, a.kind, a.matter_id, a.subject_id, 0 FROM audit a
WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.tenant_id = a.tenant_id AND o.id = a.id);
