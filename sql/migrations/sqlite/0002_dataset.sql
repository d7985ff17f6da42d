-- 0002_dataset.sql
-- Why: a result pins the data sets it used by id, version and checksum, and must be computable from
-- the database alone. So the files themselves are kept, and an installed set never changes: the row
-- in dataset seals the files that were put in before it.
CREATE TABLE dataset (
    id            TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
    version       TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 64 AND version NOT GLOB '*[^0-9.]*'),
    version_key   TEXT NOT NULL CHECK (length(version_key) >= 9),  -- sorts as the version does, bytewise
    date          TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    kind          TEXT NOT NULL CHECK (length(kind) > 0),
    title_en      TEXT NOT NULL CHECK (length(title_en) > 0),
    title_zh      TEXT NOT NULL CHECK (length(title_zh) > 0),
    licence       TEXT NOT NULL CHECK (length(licence) > 0),
    attribution   TEXT NOT NULL CHECK (length(attribution) > 0),
    source        TEXT NOT NULL CHECK (length(source) > 0),
    note          TEXT CHECK (length(note) > 0),
    checksum      TEXT NOT NULL CHECK (length(checksum) = 64 AND checksum NOT GLOB '*[^0-9a-f]*'),
    installed_at  TEXT NOT NULL CHECK (installed_at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*Z'),
    superseded_by TEXT CHECK (superseded_by <> version),
    PRIMARY KEY (id, version),
    UNIQUE (id, version_key),
    -- deferred: the old version is superseded before the new one goes in, see dataset_current
    FOREIGN KEY (id, superseded_by) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- One current version a set.
CREATE UNIQUE INDEX dataset_current ON dataset (id) WHERE superseded_by IS NULL;

CREATE TABLE dataset_file (
    dataset_id      TEXT    NOT NULL,
    dataset_version TEXT    NOT NULL,
    position        INTEGER NOT NULL CHECK (position >= 0),  -- as in the manifest
    path            TEXT    NOT NULL CHECK (length(path) > 0),
    sha256          TEXT    NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    row_count       INTEGER NOT NULL CHECK (row_count >= 0),
    content         BLOB    NOT NULL,
    PRIMARY KEY (dataset_id, dataset_version, path),
    UNIQUE (dataset_id, dataset_version, position),
    FOREIGN KEY (dataset_id, dataset_version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER dataset_only_superseded BEFORE UPDATE ON dataset
WHEN OLD.superseded_by IS NOT NULL OR NEW.superseded_by IS NULL
  OR NEW.id <> OLD.id OR NEW.version <> OLD.version OR NEW.version_key <> OLD.version_key
  OR NEW.date <> OLD.date OR NEW.kind <> OLD.kind OR NEW.title_en <> OLD.title_en
  OR NEW.title_zh <> OLD.title_zh OR NEW.licence <> OLD.licence OR NEW.attribution <> OLD.attribution
  OR NEW.source <> OLD.source OR NEW.note IS NOT OLD.note OR NEW.checksum <> OLD.checksum
  OR NEW.installed_at <> OLD.installed_at
BEGIN
    SELECT RAISE(ABORT, 'an installed data set never changes, it is superseded once');
END;

CREATE TRIGGER dataset_no_delete BEFORE DELETE ON dataset
BEGIN
    SELECT RAISE(ABORT, 'an installed data set is never deleted');
END;

-- Also stops INSERT OR REPLACE on a connection that does not ask delete triggers.
CREATE TRIGGER dataset_no_replace BEFORE INSERT ON dataset
WHEN EXISTS (SELECT 1 FROM dataset WHERE id = NEW.id AND (version = NEW.version OR version_key = NEW.version_key))
BEGIN
    SELECT RAISE(ABORT, 'this version of the data set is installed already');
END;

CREATE TRIGGER dataset_file_sealed BEFORE INSERT ON dataset_file
WHEN EXISTS (SELECT 1 FROM dataset WHERE id = NEW.dataset_id AND version = NEW.dataset_version)
BEGIN
    SELECT RAISE(ABORT, 'an installed data set takes no further files');
END;

CREATE TRIGGER dataset_file_no_update BEFORE UPDATE ON dataset_file
BEGIN
    SELECT RAISE(ABORT, 'a file of a data set never changes');
END;

CREATE TRIGGER dataset_file_no_delete BEFORE DELETE ON dataset_file
BEGIN
    SELECT RAISE(ABORT, 'a file of a data set is never deleted');
END;
