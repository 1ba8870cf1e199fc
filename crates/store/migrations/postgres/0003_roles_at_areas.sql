-- PostgreSQL: the same logical schema as the other folder's step of this number; a test holds them equal.

-- An area's name is its whole path (清河县/清河镇); what it lies in is another area.
ALTER TABLE areas ADD COLUMN parent_id BIGINT;

-- A role at an area holds for every community that lies under it.
CREATE TABLE area_roles (
    area_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (area_id, person_id, role),
    FOREIGN KEY (area_id) REFERENCES areas (id),
    FOREIGN KEY (person_id) REFERENCES people (id)
);
CREATE INDEX area_roles_by_person ON area_roles (person_id, area_id);
