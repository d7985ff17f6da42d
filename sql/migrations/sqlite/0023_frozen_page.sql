-- 0023_frozen_page.sql
-- Why: who quotes a league table or a chart over many records needs an address that shows the same numbers for good.
-- What the page showed is put away as it was answered, under the hash of it.
CREATE TABLE frozen_page (
    id      TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    kept_on TEXT NOT NULL CHECK (kept_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    page    TEXT NOT NULL,
    bytes   INTEGER NOT NULL CHECK (bytes > 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX frozen_page_day ON frozen_page (kept_on);

CREATE TABLE frozen_answer (
    frozen     TEXT    NOT NULL REFERENCES frozen_page (id),
    place      INTEGER NOT NULL CHECK (place >= 0),
    path       TEXT    NOT NULL CHECK (path <> ''),
    query      TEXT    NOT NULL,
    report     TEXT    NOT NULL,
    document   TEXT,
    drawing_en TEXT,
    drawing_zh TEXT,
    PRIMARY KEY (frozen, place)
) STRICT;

CREATE TRIGGER frozen_page_no_update BEFORE UPDATE ON frozen_page
BEGIN
    SELECT RAISE(ABORT, 'a frozen page never changes');
END;

CREATE TRIGGER frozen_page_no_delete BEFORE DELETE ON frozen_page
BEGIN
    SELECT RAISE(ABORT, 'a frozen page is never deleted');
END;

CREATE TRIGGER frozen_answer_no_update BEFORE UPDATE ON frozen_answer
BEGIN
    SELECT RAISE(ABORT, 'a frozen page never changes');
END;

CREATE TRIGGER frozen_answer_no_delete BEFORE DELETE ON frozen_answer
BEGIN
    SELECT RAISE(ABORT, 'a frozen page is never deleted');
END;
