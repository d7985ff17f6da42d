-- 0010_epd.sql
-- Why: a declaration is more than its figures: the rules it follows, who checked it and what was asked,
-- the number under which it is registered, and where its value is counted in cars. The figures are a
-- record of kind epd. What was asked, answered and used is never rewritten.
CREATE TABLE pcr (
    id          TEXT NOT NULL PRIMARY KEY
                CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
    title_en    TEXT NOT NULL,
    title_zh    TEXT NOT NULL,
    version     TEXT NOT NULL CHECK (version <> ''),
    valid_until TEXT NOT NULL CHECK (valid_until = '' OR valid_until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    source      TEXT NOT NULL CHECK (source <> ''),
    CHECK (title_en <> '' OR title_zh <> '')
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pcr_no_delete BEFORE DELETE ON pcr
BEGIN
    SELECT RAISE(ABORT, 'product category rules are never deleted');
END;

CREATE TABLE epd (
    record           TEXT    NOT NULL PRIMARY KEY REFERENCES record (id),
    pcr              TEXT    NOT NULL REFERENCES pcr (id),
    programme        TEXT    NOT NULL CHECK (programme <> ''),
    owner            TEXT    NOT NULL REFERENCES company (id),
    verifier         TEXT    NOT NULL,
    verifier_company TEXT    REFERENCES company (id) CHECK (verifier_company <> owner),
    version          INTEGER NOT NULL CHECK (version >= 0),  -- of the record, with the verifier; 0 before
    registration     TEXT    NOT NULL,
    registered       INTEGER NOT NULL CHECK (registered BETWEEN 0 AND version),  -- version registered last
    valid_until      TEXT    NOT NULL CHECK (valid_until = '' OR valid_until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    CHECK ((verifier = '') = (verifier_company IS NULL) AND (verifier = '') = (version = 0)),
    CHECK ((registration = '') = (valid_until = '') AND (registration = '') = (registered = 0))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX epd_registration ON epd (registration) WHERE registration <> '';
CREATE INDEX epd_valid_until ON epd (valid_until) WHERE valid_until <> '';

CREATE TRIGGER epd_keeps BEFORE UPDATE OF record, pcr, owner ON epd
WHEN NEW.record <> OLD.record OR NEW.pcr <> OLD.pcr OR NEW.owner <> OLD.owner
BEGIN
    SELECT RAISE(ABORT, 'a declaration keeps its record, rules and owner');
END;

CREATE TRIGGER epd_no_delete BEFORE DELETE ON epd
BEGIN
    SELECT RAISE(ABORT, 'a declaration is never deleted');
END;

-- Nobody publishes the figures of a declaration past its verifier.
CREATE TRIGGER epd_published BEFORE UPDATE OF state ON record_version
WHEN NEW.state = 'published' AND EXISTS (SELECT 1 FROM epd WHERE record = NEW.record AND registered <> NEW.version)
BEGIN
    SELECT RAISE(ABORT, 'a declaration is published by being registered');
END;

CREATE TRIGGER epd_registered BEFORE UPDATE OF registered ON epd
WHEN NEW.registered <> OLD.registered
 AND EXISTS (SELECT 1 FROM epd_question WHERE record = NEW.record AND closed_on = '')
BEGIN
    SELECT RAISE(ABORT, 'a declaration is registered when every question is closed');
END;

CREATE TABLE epd_question (
    id          INTEGER NOT NULL PRIMARY KEY,
    record      TEXT    NOT NULL REFERENCES epd (record),
    version     INTEGER NOT NULL CHECK (version > 0),
    asked_on    TEXT    NOT NULL CHECK (asked_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    asked_by    TEXT    NOT NULL CHECK (asked_by <> ''),
    text        TEXT    NOT NULL CHECK (text <> ''),
    answered_on TEXT    NOT NULL CHECK (answered_on = '' OR answered_on >= asked_on),
    answered_by TEXT    NOT NULL CHECK ((answered_by = '') = (answered_on = '')),
    answer      TEXT    NOT NULL CHECK ((answer = '') = (answered_on = '')),
    closed_on   TEXT    NOT NULL CHECK (closed_on = '' OR (answered_on <> '' AND closed_on >= answered_on)),
    closed_by   TEXT    NOT NULL CHECK ((closed_by = '') = (closed_on = ''))
) STRICT;
CREATE INDEX epd_question_of ON epd_question (record, id);

CREATE TRIGGER epd_question_said BEFORE UPDATE ON epd_question
WHEN NEW.id <> OLD.id OR NEW.record <> OLD.record OR NEW.version <> OLD.version OR NEW.asked_on <> OLD.asked_on
  OR NEW.asked_by <> OLD.asked_by OR NEW.text <> OLD.text
  OR (OLD.answered_on <> '' AND (NEW.answered_on <> OLD.answered_on OR NEW.answered_by <> OLD.answered_by
                                 OR NEW.answer <> OLD.answer))
  OR OLD.closed_on <> ''
BEGIN
    SELECT RAISE(ABORT, 'what was asked, answered or closed stays as it is');
END;

-- Stops INSERT OR REPLACE.
CREATE TRIGGER epd_question_new BEFORE INSERT ON epd_question
WHEN EXISTS (SELECT 1 FROM epd_question WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a question is never written anew');
END;

CREATE TRIGGER epd_question_no_delete BEFORE DELETE ON epd_question
BEGIN
    SELECT RAISE(ABORT, 'a question is never deleted');
END;

-- The last row of a material and supplier counts.
CREATE TABLE epd_use (
    id             INTEGER NOT NULL PRIMARY KEY CHECK (id > 0),
    record         TEXT    NOT NULL REFERENCES epd (record),
    version        INTEGER NOT NULL CHECK (version > 0),
    material       TEXT    NOT NULL CHECK (material <> ''),
    supplier       TEXT    NOT NULL CHECK (supplier <> ''),
    folded         TEXT    NOT NULL CHECK (folded <> ''),  -- the supplier as it is compared
    kg_co2e_per_kg REAL    NOT NULL,
    used_by        TEXT    NOT NULL CHECK (used_by <> ''),
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
) STRICT;
CREATE INDEX epd_use_last ON epd_use (material, folded, id);

-- Stops INSERT OR REPLACE; a row below the last would not count.
CREATE TRIGGER epd_use_new BEFORE INSERT ON epd_use
WHEN NEW.id BETWEEN 1 AND (SELECT max(id) FROM epd_use)
BEGIN
    SELECT RAISE(ABORT, 'a use is replaced by a further one');
END;

CREATE TRIGGER epd_use_no_update BEFORE UPDATE ON epd_use
BEGIN
    SELECT RAISE(ABORT, 'a use is replaced by a further one');
END;

CREATE TRIGGER epd_use_no_delete BEFORE DELETE ON epd_use
BEGIN
    SELECT RAISE(ABORT, 'a use is replaced by a further one');
END;

-- Which cars name a supplier for a material.
CREATE INDEX vehicle_part_supplier ON vehicle_part (material, vehicle_id, line) WHERE supplier <> '';
