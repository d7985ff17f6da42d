-- 0018_facility_tenant.sql
-- Why: several banks work in one installation, and none may see the borrowers of another. NULL: kept by
-- none of them (made before, or by hand), seen only by who sees all organisations.
ALTER TABLE facility ADD COLUMN tenant TEXT COLLATE "C" REFERENCES tenant (id);

CREATE TRIGGER facility_keeps_tenant BEFORE UPDATE OF tenant ON facility FOR EACH ROW
    WHEN (NEW.tenant IS DISTINCT FROM OLD.tenant)
    EXECUTE FUNCTION refuse('a facility stays with its organisation');
