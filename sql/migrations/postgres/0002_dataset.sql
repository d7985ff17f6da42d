-- 0002_dataset.sql
-- Why: a result pins the data sets it used by id, version and checksum, and must be computable from
-- the database alone. So the files themselves are kept, and an installed set never changes: the row
-- in dataset seals the files that were put in before it.
CREATE TABLE dataset (
    id            TEXT COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]'),
    version       TEXT COLLATE "C" NOT NULL CHECK (length(version) BETWEEN 1 AND 64 AND version !~ '[^0-9.]'),
    version_key   TEXT COLLATE "C" NOT NULL CHECK (length(version_key) >= 9),  -- sorts as the version does, bytewise
    date          TEXT COLLATE "C" NOT NULL CHECK (date ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    kind          TEXT COLLATE "C" NOT NULL CHECK (length(kind) > 0),
    title_en      TEXT COLLATE "C" NOT NULL CHECK (length(title_en) > 0),
    title_zh      TEXT COLLATE "C" NOT NULL CHECK (length(title_zh) > 0),
    licence       TEXT COLLATE "C" NOT NULL CHECK (length(licence) > 0),
    attribution   TEXT COLLATE "C" NOT NULL CHECK (length(attribution) > 0),
    source        TEXT COLLATE "C" NOT NULL CHECK (length(source) > 0),
    note          TEXT COLLATE "C" CHECK (length(note) > 0),
    checksum      TEXT COLLATE "C" NOT NULL CHECK (length(checksum) = 64 AND checksum !~ '[^0-9a-f]'),
    installed_at  TEXT COLLATE "C" NOT NULL CHECK (installed_at ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]T.*Z$'),
    superseded_by TEXT COLLATE "C" CHECK (superseded_by <> version),
    PRIMARY KEY (id, version),
    UNIQUE (id, version_key),
    -- deferred: the old version is superseded before the new one goes in, see dataset_current
    FOREIGN KEY (id, superseded_by) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
);

-- One current version a set.
CREATE UNIQUE INDEX dataset_current ON dataset (id) WHERE superseded_by IS NULL;

CREATE TABLE dataset_file (
    dataset_id      TEXT COLLATE "C" NOT NULL,
    dataset_version TEXT COLLATE "C" NOT NULL,
    position        BIGINT NOT NULL CHECK (position >= 0),  -- as in the manifest
    path            TEXT COLLATE "C" NOT NULL CHECK (length(path) > 0),
    sha256          TEXT COLLATE "C" NOT NULL CHECK (length(sha256) = 64 AND sha256 !~ '[^0-9a-f]'),
    row_count       BIGINT NOT NULL CHECK (row_count >= 0),
    content         BYTEA NOT NULL,
    PRIMARY KEY (dataset_id, dataset_version, path),
    UNIQUE (dataset_id, dataset_version, position),
    FOREIGN KEY (dataset_id, dataset_version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER dataset_only_superseded BEFORE UPDATE ON dataset FOR EACH ROW
    WHEN (OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
  OR NEW.id <> OLD.id OR NEW.version <> OLD.version OR NEW.version_key <> OLD.version_key
  OR NEW.date <> OLD.date OR NEW.kind <> OLD.kind OR NEW.title_en <> OLD.title_en
  OR NEW.title_zh <> OLD.title_zh OR NEW.licence <> OLD.licence OR NEW.attribution <> OLD.attribution
  OR NEW.source <> OLD.source OR NEW.note IS DISTINCT FROM OLD.note OR NEW.checksum <> OLD.checksum
  OR NEW.installed_at <> OLD.installed_at)
    EXECUTE FUNCTION refuse('an installed data set never changes, it is superseded once');

CREATE TRIGGER dataset_no_delete BEFORE DELETE ON dataset FOR EACH ROW
    EXECUTE FUNCTION refuse('an installed data set is never deleted');
CREATE TRIGGER dataset_no_truncate BEFORE TRUNCATE ON dataset FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('an installed data set is never deleted');

CREATE FUNCTION dataset_no_replace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM dataset WHERE id = NEW.id AND (version = NEW.version OR version_key = NEW.version_key)) THEN
        RAISE EXCEPTION 'this version of the data set is installed already';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER dataset_no_replace BEFORE INSERT ON dataset FOR EACH ROW
    EXECUTE FUNCTION dataset_no_replace();

CREATE FUNCTION dataset_file_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM dataset WHERE id = NEW.dataset_id AND version = NEW.dataset_version) THEN
        RAISE EXCEPTION 'an installed data set takes no further files';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER dataset_file_sealed BEFORE INSERT ON dataset_file FOR EACH ROW
    EXECUTE FUNCTION dataset_file_sealed();

CREATE TRIGGER dataset_file_no_update BEFORE UPDATE ON dataset_file FOR EACH ROW
    EXECUTE FUNCTION refuse('a file of a data set never changes');

CREATE TRIGGER dataset_file_no_delete BEFORE DELETE ON dataset_file FOR EACH ROW
    EXECUTE FUNCTION refuse('a file of a data set is never deleted');
CREATE TRIGGER dataset_file_no_truncate BEFORE TRUNCATE ON dataset_file FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a file of a data set is never deleted');
