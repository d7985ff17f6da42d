-- 0021_named_verifier.sql
-- Why: a verification body sees nothing that is not published, but for what it was named for: a footprint, or a
-- publication round with all footprints in it. Declarations have their verifier in the table epd.
CREATE TABLE record_verifier (
    record   TEXT COLLATE "C" NOT NULL REFERENCES record (id),
    tenant   TEXT COLLATE "C" NOT NULL REFERENCES tenant (id),
    named_on TEXT COLLATE "C" NOT NULL CHECK (named_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    named_by TEXT COLLATE "C" NOT NULL CHECK (named_by <> ''),
    PRIMARY KEY (record, tenant)
);
CREATE INDEX record_verifier_tenant ON record_verifier (tenant, record);

CREATE TABLE batch_verifier (
    batch    TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    tenant   TEXT COLLATE "C" NOT NULL REFERENCES tenant (id),
    named_on TEXT COLLATE "C" NOT NULL CHECK (named_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    named_by TEXT COLLATE "C" NOT NULL CHECK (named_by <> ''),
    PRIMARY KEY (batch, tenant)
);
CREATE INDEX batch_verifier_tenant ON batch_verifier (tenant, batch);

CREATE FUNCTION verifier_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT kind FROM tenant WHERE id = NEW.tenant) IS DISTINCT FROM 'verifier' THEN
        RAISE EXCEPTION 'only a verification body verifies';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER record_verifier_kind BEFORE INSERT ON record_verifier FOR EACH ROW
    EXECUTE FUNCTION verifier_kind();

CREATE TRIGGER batch_verifier_kind BEFORE INSERT ON batch_verifier FOR EACH ROW
    EXECUTE FUNCTION verifier_kind();
