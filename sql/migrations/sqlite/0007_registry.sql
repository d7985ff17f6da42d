-- 0007_registry.sql
-- Why: a published footprint is quoted by labels, contracts and cars that use it, so it must never
-- change: a correction is a further version, and each published version is sealed together with the
-- seal of the one before. What was refused in a publication round stands beside what was published.
CREATE TABLE record (
    id   TEXT NOT NULL PRIMARY KEY
         CHECK (length(id) BETWEEN 1 AND 100 AND id NOT GLOB '*[^a-z0-9-]*'),
    kind TEXT NOT NULL CHECK (kind IN ('vehicle', 'pcf', 'epd')),
    UNIQUE (id, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_no_update BEFORE UPDATE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record keeps its id and kind for ever');
END;

CREATE TRIGGER record_no_delete BEFORE DELETE ON record
BEGIN
    SELECT RAISE(ABORT, 'a record is never deleted');
END;

-- Data sets a value was computed with. Thousands of records stand on the same ones: kept once.
CREATE TABLE record_pins (
    id     INTEGER NOT NULL PRIMARY KEY,
    sha256 TEXT    NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    text   TEXT    NOT NULL CHECK (text GLOB '[[]*]')  -- JSON, see docs/registry.md
) STRICT;

CREATE TRIGGER record_pins_no_update BEFORE UPDATE ON record_pins
BEGIN
    SELECT RAISE(ABORT, 'pins never change');
END;

CREATE TRIGGER record_pins_no_delete BEFORE DELETE ON record_pins
BEGIN
    SELECT RAISE(ABORT, 'pins are never deleted');
END;

CREATE TABLE record_version (
    number        INTEGER NOT NULL PRIMARY KEY,
    record        TEXT    NOT NULL,
    version       INTEGER NOT NULL CHECK (version > 0),
    kind          TEXT    NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('preliminary', 'review', 'recalculated', 'published',
                                                    'superseded', 'expired', 'withdrawn')),
    product       TEXT    NOT NULL CHECK (product <> ''),
    maker         TEXT    NOT NULL,
    company       TEXT    REFERENCES company (id),
    disclosure_id TEXT    NOT NULL,
    series        TEXT    NOT NULL,
    size_class    TEXT    NOT NULL,
    body          TEXT    NOT NULL,
    powertrain    TEXT    NOT NULL,
    launched      TEXT    NOT NULL CHECK (launched = '' OR launched GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'
                                          OR launched GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    kerb_mass_kg  REAL    CHECK (kerb_mass_kg > 0),
    price         REAL    CHECK (price >= 0),
    currency      TEXT    NOT NULL CHECK (currency = '' OR currency GLOB '[A-Z][A-Z][A-Z]'),
    value         REAL    NOT NULL,
    unit          TEXT    NOT NULL CHECK (unit <> ''),
    boundary      TEXT    NOT NULL,
    method        TEXT    NOT NULL,
    region        TEXT    NOT NULL,
    grade         TEXT    NOT NULL,
    verifier      TEXT    NOT NULL,
    evidence      TEXT    NOT NULL,
    year          INTEGER NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2100),
    uncertainty   REAL    CHECK (uncertainty > 0),             -- NULL: missing, which is not 0
    primary_share REAL    CHECK (primary_share BETWEEN 0 AND 1),
    valid_from    TEXT    NOT NULL CHECK (valid_from = '' OR valid_from GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    valid_until   TEXT    NOT NULL CHECK (valid_until = '' OR valid_until GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    pins          INTEGER NOT NULL REFERENCES record_pins (id),
    input_hash    TEXT    NOT NULL CHECK (input_hash = '' OR (length(input_hash) = 64 AND input_hash NOT GLOB '*[^0-9a-f]*')),
    reason        TEXT    NOT NULL CHECK (version = 1 OR reason <> ''),
    author        TEXT    NOT NULL CHECK (author <> ''),
    published_on  TEXT    NOT NULL CHECK (published_on = '' OR published_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    ended_on      TEXT    NOT NULL CHECK (ended_on = '' OR ended_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    ended_because TEXT    NOT NULL,
    content       TEXT    NOT NULL CHECK (length(content) = 64 AND content NOT GLOB '*[^0-9a-f]*'),
    reviewed      TEXT    NOT NULL,  -- content when the review was asked for; '' before
    hash          TEXT    NOT NULL,  -- the seal
    UNIQUE (record, version),
    FOREIGN KEY (record, kind) REFERENCES record (id, kind),
    CHECK (kind <> 'vehicle' OR (unit = 'g CO2e/km' AND value > 0)),
    CHECK (valid_from = '' OR valid_until = '' OR valid_until >= valid_from),
    CHECK (price IS NULL OR currency <> ''),
    CHECK ((state = 'preliminary') = (reviewed = '')),
    CHECK ((published_on <> '') = (state IN ('published', 'superseded', 'expired', 'withdrawn'))),
    CHECK ((hash <> '') = (published_on <> '') AND (hash = '' OR (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'))),
    CHECK ((ended_on <> '') = (state IN ('superseded', 'expired', 'withdrawn'))),
    CHECK (state <> 'withdrawn' OR ended_because <> '')
) STRICT;

CREATE UNIQUE INDEX record_published ON record_version (record) WHERE state = 'published';
CREATE UNIQUE INDEX record_open ON record_version (record)
    WHERE state IN ('preliminary', 'review', 'recalculated');
CREATE INDEX record_disclosure ON record_version (disclosure_id) WHERE disclosure_id <> '';
CREATE INDEX record_company ON record_version (company) WHERE company IS NOT NULL;
CREATE INDEX record_valid_until ON record_version (valid_until) WHERE valid_until <> '' AND state = 'published';
-- All that is read of every published car at once, narrow and sorted: a million of them are one
-- walk along this index.
CREATE INDEX record_car ON record_version (record, version, product, maker, size_class, body, powertrain, launched,
                                           value, kerb_mass_kg, price)
    WHERE state = 'published' AND kind = 'vehicle';

-- Also stops INSERT OR REPLACE.
CREATE TRIGGER record_version_begins BEFORE INSERT ON record_version
WHEN NEW.state <> 'preliminary'
  OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM record_version WHERE record = NEW.record)
  OR EXISTS (SELECT 1 FROM record_version WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM record_version WHERE record = NEW.record AND version = NEW.version - 1
             AND published_on = '')
BEGIN
    SELECT RAISE(ABORT, 'a version of a record begins preliminary, with the number after a published one');
END;

CREATE TRIGGER record_version_steps BEFORE UPDATE OF state ON record_version
WHEN OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('preliminary>review', 'review>recalculated', 'review>published',
                                           'recalculated>published', 'published>superseded', 'published>expired',
                                           'published>withdrawn')
BEGIN
    SELECT RAISE(ABORT, 'no such step of a record');
END;

CREATE TRIGGER record_version_stays BEFORE UPDATE OF number, record, version, kind ON record_version
WHEN NEW.number <> OLD.number OR NEW.record <> OLD.record OR NEW.version <> OLD.version OR NEW.kind <> OLD.kind
BEGIN
    SELECT RAISE(ABORT, 'a version stays with its record');
END;

CREATE TRIGGER record_version_published BEFORE UPDATE ON record_version
WHEN OLD.published_on <> ''
 AND (OLD.state <> 'published' OR NEW.state = 'published'
      OR NEW.product <> OLD.product OR NEW.maker <> OLD.maker OR NEW.company IS NOT OLD.company
      OR NEW.disclosure_id <> OLD.disclosure_id OR NEW.series <> OLD.series OR NEW.size_class <> OLD.size_class
      OR NEW.body <> OLD.body OR NEW.powertrain <> OLD.powertrain OR NEW.launched <> OLD.launched
      OR NEW.kerb_mass_kg IS NOT OLD.kerb_mass_kg OR NEW.price IS NOT OLD.price OR NEW.currency <> OLD.currency
      OR NEW.value <> OLD.value OR NEW.unit <> OLD.unit OR NEW.boundary <> OLD.boundary OR NEW.method <> OLD.method
      OR NEW.region <> OLD.region OR NEW.grade <> OLD.grade OR NEW.verifier <> OLD.verifier
      OR NEW.evidence <> OLD.evidence OR NEW.year <> OLD.year OR NEW.uncertainty IS NOT OLD.uncertainty
      OR NEW.primary_share IS NOT OLD.primary_share OR NEW.valid_from <> OLD.valid_from
      OR NEW.valid_until <> OLD.valid_until OR NEW.pins <> OLD.pins OR NEW.input_hash <> OLD.input_hash
      OR NEW.reason <> OLD.reason OR NEW.author <> OLD.author OR NEW.published_on <> OLD.published_on
      OR NEW.content <> OLD.content OR NEW.reviewed <> OLD.reviewed OR NEW.hash <> OLD.hash)
BEGIN
    SELECT RAISE(ABORT, 'a published record never changes, it ends once');
END;

-- The seal is put on what was there before, in a step that changes nothing else.
CREATE TRIGGER record_version_sealed BEFORE UPDATE ON record_version
WHEN OLD.published_on = '' AND NEW.published_on <> '' AND NEW.content <> OLD.content
BEGIN
    SELECT RAISE(ABORT, 'a record is written before it is published');
END;

CREATE TRIGGER record_version_no_delete BEFORE DELETE ON record_version
BEGIN
    SELECT RAISE(ABORT, 'a version of a record is never deleted');
END;

CREATE TABLE record_part (
    version  INTEGER NOT NULL REFERENCES record_version (number),
    position INTEGER NOT NULL CHECK (position >= 0),
    kind     TEXT    NOT NULL CHECK (kind IN ('stage', 'material', 'indicator')),
    key      TEXT    NOT NULL CHECK (key <> ''),
    value    REAL    NOT NULL,
    unit     TEXT    NOT NULL CHECK (unit <> '' OR kind <> 'indicator'),  -- '': that of the value
    PRIMARY KEY (version, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_part_sealed BEFORE INSERT ON record_part
WHEN (SELECT published_on FROM record_version WHERE number = NEW.version) IS NOT ''
  OR EXISTS (SELECT 1 FROM record_part WHERE version = NEW.version AND position = NEW.position)
BEGIN
    SELECT RAISE(ABORT, 'parts come to an open version only');
END;

CREATE TRIGGER record_part_no_update BEFORE UPDATE ON record_part
BEGIN
    SELECT RAISE(ABORT, 'a part never changes, a version is written anew');
END;

CREATE TRIGGER record_part_no_delete BEFORE DELETE ON record_part
WHEN (SELECT published_on FROM record_version WHERE number = OLD.version) IS NOT ''
BEGIN
    SELECT RAISE(ABORT, 'parts leave an open version only');
END;

-- What a company says of a result before it is published.
CREATE TABLE record_feedback (
    id       INTEGER NOT NULL PRIMARY KEY,
    record   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    at       TEXT    NOT NULL CHECK (at GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    by       TEXT    NOT NULL CHECK (by <> ''),
    text     TEXT    NOT NULL CHECK (text <> ''),
    proposed REAL,
    evidence TEXT    NOT NULL,
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
) STRICT;
CREATE INDEX record_feedback_of ON record_feedback (record, id);

CREATE TRIGGER record_feedback_in_time BEFORE INSERT ON record_feedback
WHEN (SELECT published_on FROM record_version WHERE record = NEW.record AND version = NEW.version) IS NOT ''
  OR EXISTS (SELECT 1 FROM record_feedback WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'a company remarks on what is not published yet');
END;

CREATE TRIGGER record_feedback_no_update BEFORE UPDATE ON record_feedback
BEGIN
    SELECT RAISE(ABORT, 'a remark never changes');
END;

CREATE TRIGGER record_feedback_no_delete BEFORE DELETE ON record_feedback
BEGIN
    SELECT RAISE(ABORT, 'a remark is never deleted');
END;

CREATE TABLE batch (
    id         TEXT NOT NULL PRIMARY KEY
               CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
    title      TEXT NOT NULL CHECK (title <> ''),
    created_on TEXT NOT NULL CHECK (created_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_record (
    batch  TEXT NOT NULL REFERENCES batch (id),
    record TEXT NOT NULL REFERENCES record (id),
    PRIMARY KEY (batch, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_of_record ON batch_record (record);

-- Cars of a round for which no footprint could be computed, and why.
CREATE TABLE batch_refusal (
    batch  TEXT NOT NULL REFERENCES batch (id),
    car    TEXT NOT NULL CHECK (car <> ''),
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (batch, car)
) STRICT, WITHOUT ROWID;
