-- 0021_named_verifier.sql
-- Why: a verification body sees nothing that is not published, but for what it was named for: a footprint, or a
-- publication round with all footprints in it. Declarations have their verifier in the table epd.
CREATE TABLE record_verifier (
    record   TEXT NOT NULL REFERENCES record (id),
    tenant   TEXT NOT NULL REFERENCES tenant (id),
    named_on TEXT NOT NULL CHECK (named_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    named_by TEXT NOT NULL CHECK (named_by <> ''),
    PRIMARY KEY (record, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_verifier_tenant ON record_verifier (tenant, record);

CREATE TABLE batch_verifier (
    batch    TEXT NOT NULL REFERENCES batch (id),
    tenant   TEXT NOT NULL REFERENCES tenant (id),
    named_on TEXT NOT NULL CHECK (named_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    named_by TEXT NOT NULL CHECK (named_by <> ''),
    PRIMARY KEY (batch, tenant)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_verifier_tenant ON batch_verifier (tenant, batch);

CREATE TRIGGER record_verifier_kind BEFORE INSERT ON record_verifier
WHEN (SELECT kind FROM tenant WHERE id = NEW.tenant) IS NOT 'verifier'
BEGIN
    SELECT RAISE(ABORT, 'only a verification body verifies');
END;

CREATE TRIGGER batch_verifier_kind BEFORE INSERT ON batch_verifier
WHEN (SELECT kind FROM tenant WHERE id = NEW.tenant) IS NOT 'verifier'
BEGIN
    SELECT RAISE(ABORT, 'only a verification body verifies');
END;
