-- SQLite: the same logical schema as the other folder's step of this number; a test holds them equal.

-- An area's name is its whole path (清河县/清河镇); what it lies in is another area.
ALTER TABLE areas ADD COLUMN parent_id INTEGER;

-- A role at an area holds for every community that lies under it.
CREATE TABLE area_roles (
    area_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (area_id, person_id, role),
    FOREIGN KEY (area_id) REFERENCES areas (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX area_roles_by_person ON area_roles (person_id, area_id);
