-- 0023_frozen_page.sql
-- Why: who quotes a league table or a chart over many records needs an address that shows the same numbers for good.
-- What the page showed is put away as it was answered, under the hash of it.
CREATE TABLE frozen_page (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    kept_on TEXT COLLATE "C" NOT NULL CHECK (kept_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    page    TEXT COLLATE "C" NOT NULL,
    bytes   BIGINT NOT NULL CHECK (bytes > 0)
);
CREATE INDEX frozen_page_day ON frozen_page (kept_on);

CREATE TABLE frozen_answer (
    frozen     TEXT COLLATE "C" NOT NULL REFERENCES frozen_page (id),
    place      BIGINT NOT NULL CHECK (place >= 0),
    path       TEXT COLLATE "C" NOT NULL CHECK (path <> ''),
    query      TEXT COLLATE "C" NOT NULL,
    report     TEXT COLLATE "C" NOT NULL,
    document   TEXT COLLATE "C",
    drawing_en TEXT COLLATE "C",
    drawing_zh TEXT COLLATE "C",
    PRIMARY KEY (frozen, place)
);

CREATE TRIGGER frozen_page_no_update BEFORE UPDATE ON frozen_page FOR EACH ROW
    EXECUTE FUNCTION refuse('a frozen page never changes');

CREATE TRIGGER frozen_page_no_delete BEFORE DELETE ON frozen_page FOR EACH ROW
    EXECUTE FUNCTION refuse('a frozen page is never deleted');
CREATE TRIGGER frozen_page_no_truncate BEFORE TRUNCATE ON frozen_page FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a frozen page is never deleted');

CREATE TRIGGER frozen_answer_no_update BEFORE UPDATE ON frozen_answer FOR EACH ROW
    EXECUTE FUNCTION refuse('a frozen page never changes');

CREATE TRIGGER frozen_answer_no_delete BEFORE DELETE ON frozen_answer FOR EACH ROW
    EXECUTE FUNCTION refuse('a frozen page is never deleted');
CREATE TRIGGER frozen_answer_no_truncate BEFORE TRUNCATE ON frozen_answer FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a frozen page is never deleted');
