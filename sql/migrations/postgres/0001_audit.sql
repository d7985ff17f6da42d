-- 0001_audit.sql
-- Why: a published number must show who changed what and when, so every change leaves one entry in
-- a chain in which each entry carries the hash of the one before. Entries are only ever added.
--
-- Text is compared byte by byte everywhere (COLLATE "C"), as SQLite does, whatever the database says.

-- What a trigger refuses, in its words.
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END
$$;

-- A row without a number gets the one after the highest, as with SQLite: the same input gives the same numbers on
-- both, also where a row was refused in between. One writes at a time, so nobody else takes it meanwhile.
CREATE FUNCTION next_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', TG_TABLE_NAME) INTO NEW.id;
    RETURN NEW;
END
$$;

CREATE TABLE audit (
    seq    BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    at     TEXT COLLATE "C" NOT NULL CHECK (at ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z$'),
    actor  TEXT COLLATE "C" NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    action TEXT COLLATE "C" NOT NULL CHECK (length(action) BETWEEN 1 AND 100),  -- "dataset.install"
    object TEXT COLLATE "C" NOT NULL CHECK (length(object) BETWEEN 1 AND 500),  -- "dataset/ademe-cars@2025.1"
    detail TEXT COLLATE "C" CHECK (detail ILIKE '{%}'),                          -- a JSON object, or NULL
    hash   TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash !~ '[^0-9a-f]')
);

CREATE FUNCTION audit_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) THEN
        RAISE EXCEPTION 'an audit entry follows the last one';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_follows BEFORE INSERT ON audit FOR EACH ROW
    EXECUTE FUNCTION audit_follows();

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW
    EXECUTE FUNCTION refuse('audit entries are never changed');

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW
    EXECUTE FUNCTION refuse('audit entries are never deleted');
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('audit entries are never deleted');
