-- 0001_audit.sql
-- Why: a published number must show who changed what and when, so every change leaves one entry in
-- a chain in which each entry carries the hash of the one before. Entries are only ever added.
CREATE TABLE audit (
    seq    INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    at     TEXT    NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
    actor  TEXT    NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    action TEXT    NOT NULL CHECK (length(action) BETWEEN 1 AND 100),  -- "dataset.install"
    object TEXT    NOT NULL CHECK (length(object) BETWEEN 1 AND 500),  -- "dataset/ademe-cars@2025.1"
    detail TEXT    CHECK (detail LIKE '{%}'),                          -- a JSON object, or NULL
    hash   TEXT    NOT NULL UNIQUE CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*')
) STRICT;

-- Also stops INSERT OR REPLACE, which deletes without asking a delete trigger.
CREATE TRIGGER audit_follows BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
BEGIN
    SELECT RAISE(ABORT, 'an audit entry follows the last one');
END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never changed');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit entries are never deleted');
END;
