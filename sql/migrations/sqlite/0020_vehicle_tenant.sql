-- 0020_vehicle_tenant.sql
-- Why: a company brings in its own cars and their bills of materials, and no other company may change or see them.
-- NULL: a car of public data, seen by everybody and changed by who runs the installation; its bill of materials is
-- shown only to who sees all organisations. Two companies may bring in the same file, each its own, so that an import
-- is known by whose it is too; the table is made anew, since a UNIQUE cannot be taken from one.
PRAGMA defer_foreign_keys = ON;

CREATE TEMP TABLE moved_import AS SELECT * FROM main.vehicle_import;
DROP TABLE vehicle_import;

CREATE TABLE vehicle_import (
    id          INTEGER PRIMARY KEY,
    map         TEXT    NOT NULL,
    map_version TEXT    NOT NULL,                               -- of the data set vehicle-maps
    file_name   TEXT    NOT NULL,
    file_sha256 TEXT    NOT NULL CHECK (length(file_sha256) = 64),
    rows        INTEGER NOT NULL CHECK (rows >= 0),
    accepted    INTEGER NOT NULL CHECK (accepted >= 0),
    repeated    INTEGER NOT NULL CHECK (repeated >= 0),         -- there already from another import
    refused     INTEGER NOT NULL CHECK (refused >= 0),
    imported_at TEXT    NOT NULL,                               -- ISO 8601, UTC
    actor       TEXT    NOT NULL CHECK (actor <> ''),
    tenant      TEXT    REFERENCES tenant (id),
    CHECK (accepted + repeated + refused = rows)
) STRICT;
CREATE UNIQUE INDEX vehicle_import_once ON vehicle_import (map, map_version, file_sha256, coalesce(tenant, ''));

INSERT INTO vehicle_import (id, map, map_version, file_name, file_sha256, rows, accepted, repeated, refused,
                            imported_at, actor)
SELECT id, map, map_version, file_name, file_sha256, rows, accepted, repeated, refused, imported_at, actor
FROM temp.moved_import;
DROP TABLE temp.moved_import;

ALTER TABLE vehicle ADD COLUMN tenant TEXT REFERENCES tenant (id);
CREATE INDEX vehicle_of_tenant ON vehicle (tenant) WHERE tenant IS NOT NULL;

CREATE TRIGGER vehicle_keeps_tenant BEFORE UPDATE OF tenant ON vehicle WHEN NEW.tenant IS NOT OLD.tenant
BEGIN
    SELECT RAISE(ABORT, 'a car stays with its organisation');
END;
