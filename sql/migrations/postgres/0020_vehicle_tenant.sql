-- 0020_vehicle_tenant.sql
-- Why: a company brings in its own cars and their bills of materials, and no other company may change or see them.
-- NULL: a car of public data, seen by everybody and changed by who runs the installation; its bill of materials is
-- shown only to who sees all organisations. Two companies may bring in the same file, each its own, so that an import
-- is known by whose it is too.
ALTER TABLE vehicle_import DROP CONSTRAINT vehicle_import_map_map_version_file_sha256_key;
ALTER TABLE vehicle_import ADD COLUMN tenant TEXT COLLATE "C" REFERENCES tenant (id);
CREATE UNIQUE INDEX vehicle_import_once ON vehicle_import (map, map_version, file_sha256, coalesce(tenant, ''));

ALTER TABLE vehicle ADD COLUMN tenant TEXT COLLATE "C" REFERENCES tenant (id);
CREATE INDEX vehicle_of_tenant ON vehicle (tenant) WHERE tenant IS NOT NULL;

CREATE TRIGGER vehicle_keeps_tenant BEFORE UPDATE OF tenant ON vehicle FOR EACH ROW
    WHEN (NEW.tenant IS DISTINCT FROM OLD.tenant)
    EXECUTE FUNCTION refuse('a car stays with its organisation');
