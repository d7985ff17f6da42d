-- 0018_facility_tenant.sql
-- Why: several banks work in one installation, and none may see the borrowers of another. NULL: kept by
-- none of them (made before, or by hand), seen only by who sees all organisations.
ALTER TABLE facility ADD COLUMN tenant TEXT REFERENCES tenant (id);

CREATE TRIGGER facility_keeps_tenant BEFORE UPDATE OF tenant ON facility WHEN NEW.tenant IS NOT OLD.tenant
BEGIN
    SELECT RAISE(ABORT, 'a facility stays with its organisation');
END;
