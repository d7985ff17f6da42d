-- 0007_registry.sql
-- Why: a published footprint is quoted by labels, contracts and cars that use it, so it must never
-- change: a correction is a further version, and each published version is sealed together with the
-- seal of the one before. What was refused in a publication round stands beside what was published.
CREATE TABLE record (
    id   TEXT COLLATE "C" NOT NULL PRIMARY KEY
         CHECK (length(id) BETWEEN 1 AND 100 AND id !~ '[^a-z0-9-]'),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('vehicle', 'pcf', 'epd')),
    UNIQUE (id, kind)
);

CREATE TRIGGER record_no_update BEFORE UPDATE ON record FOR EACH ROW
    EXECUTE FUNCTION refuse('a record keeps its id and kind for ever');

CREATE TRIGGER record_no_delete BEFORE DELETE ON record FOR EACH ROW
    EXECUTE FUNCTION refuse('a record is never deleted');
CREATE TRIGGER record_no_truncate BEFORE TRUNCATE ON record FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a record is never deleted');

-- Data sets a value was computed with. Thousands of records stand on the same ones: kept once.
CREATE TABLE record_pins (
    id     BIGINT NOT NULL PRIMARY KEY,
    sha256 TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(sha256) = 64 AND sha256 !~ '[^0-9a-f]'),
    text   TEXT COLLATE "C" NOT NULL CHECK (text ~ '^\[.*]$')  -- JSON, see docs/registry.md
);
CREATE TRIGGER a_number BEFORE INSERT ON record_pins FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE TRIGGER record_pins_no_update BEFORE UPDATE ON record_pins FOR EACH ROW
    EXECUTE FUNCTION refuse('pins never change');

CREATE TRIGGER record_pins_no_delete BEFORE DELETE ON record_pins FOR EACH ROW
    EXECUTE FUNCTION refuse('pins are never deleted');
CREATE TRIGGER record_pins_no_truncate BEFORE TRUNCATE ON record_pins FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('pins are never deleted');

CREATE TABLE record_version (
    number        BIGINT NOT NULL PRIMARY KEY,
    record        TEXT COLLATE "C" NOT NULL,
    version       BIGINT NOT NULL CHECK (version > 0),
    kind          TEXT COLLATE "C" NOT NULL,
    state         TEXT COLLATE "C" NOT NULL CHECK (state IN ('preliminary', 'review', 'recalculated', 'published',
                                                    'superseded', 'expired', 'withdrawn')),
    product       TEXT COLLATE "C" NOT NULL CHECK (product <> ''),
    maker         TEXT COLLATE "C" NOT NULL,
    company       TEXT COLLATE "C" REFERENCES company (id),
    disclosure_id TEXT COLLATE "C" NOT NULL,
    series        TEXT COLLATE "C" NOT NULL,
    size_class    TEXT COLLATE "C" NOT NULL,
    body          TEXT COLLATE "C" NOT NULL,
    powertrain    TEXT COLLATE "C" NOT NULL,
    launched      TEXT COLLATE "C" NOT NULL CHECK (launched = '' OR launched ~ '^[0-9]{4}-[01][0-9]$'
                                          OR launched ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    kerb_mass_kg  DOUBLE PRECISION CHECK (kerb_mass_kg > 0),
    price         DOUBLE PRECISION CHECK (price >= 0),
    currency      TEXT COLLATE "C" NOT NULL CHECK (currency = '' OR currency ~ '^[A-Z]{3}$'),
    value         DOUBLE PRECISION NOT NULL,
    unit          TEXT COLLATE "C" NOT NULL CHECK (unit <> ''),
    boundary      TEXT COLLATE "C" NOT NULL,
    method        TEXT COLLATE "C" NOT NULL,
    region        TEXT COLLATE "C" NOT NULL,
    grade         TEXT COLLATE "C" NOT NULL,
    verifier      TEXT COLLATE "C" NOT NULL,
    evidence      TEXT COLLATE "C" NOT NULL,
    year          BIGINT NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2100),
    uncertainty   DOUBLE PRECISION CHECK (uncertainty > 0),             -- NULL: missing, which is not 0
    primary_share DOUBLE PRECISION CHECK (primary_share BETWEEN 0 AND 1),
    valid_from    TEXT COLLATE "C" NOT NULL CHECK (valid_from = '' OR valid_from ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    valid_until   TEXT COLLATE "C" NOT NULL CHECK (valid_until = '' OR valid_until ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    pins          BIGINT NOT NULL REFERENCES record_pins (id),
    input_hash    TEXT COLLATE "C" NOT NULL CHECK (input_hash = '' OR (length(input_hash) = 64 AND input_hash !~ '[^0-9a-f]')),
    reason        TEXT COLLATE "C" NOT NULL CHECK (version = 1 OR reason <> ''),
    author        TEXT COLLATE "C" NOT NULL CHECK (author <> ''),
    published_on  TEXT COLLATE "C" NOT NULL CHECK (published_on = '' OR published_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    ended_on      TEXT COLLATE "C" NOT NULL CHECK (ended_on = '' OR ended_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    ended_because TEXT COLLATE "C" NOT NULL,
    content       TEXT COLLATE "C" NOT NULL CHECK (length(content) = 64 AND content !~ '[^0-9a-f]'),
    reviewed      TEXT COLLATE "C" NOT NULL,  -- content when the review was asked for; '' before
    hash          TEXT COLLATE "C" NOT NULL,  -- the seal
    UNIQUE (record, version),
    FOREIGN KEY (record, kind) REFERENCES record (id, kind),
    CHECK (kind <> 'vehicle' OR (unit = 'g CO2e/km' AND value > 0)),
    CHECK (valid_from = '' OR valid_until = '' OR valid_until >= valid_from),
    CHECK (price IS NULL OR currency <> ''),
    CHECK ((state = 'preliminary') = (reviewed = '')),
    CHECK ((published_on <> '') = (state IN ('published', 'superseded', 'expired', 'withdrawn'))),
    CHECK ((hash <> '') = (published_on <> '') AND (hash = '' OR (length(hash) = 64 AND hash !~ '[^0-9a-f]'))),
    CHECK ((ended_on <> '') = (state IN ('superseded', 'expired', 'withdrawn'))),
    CHECK (state <> 'withdrawn' OR ended_because <> '')
);

CREATE FUNCTION record_version_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := (SELECT coalesce(max(number), 0) + 1 FROM record_version);
    RETURN NEW;
END
$$;
CREATE TRIGGER a_number BEFORE INSERT ON record_version FOR EACH ROW WHEN (NEW.number IS NULL)
    EXECUTE FUNCTION record_version_number();

CREATE UNIQUE INDEX record_published ON record_version (record) WHERE state = 'published';
CREATE UNIQUE INDEX record_open ON record_version (record)
    WHERE state IN ('preliminary', 'review', 'recalculated');
CREATE INDEX record_disclosure ON record_version (disclosure_id) WHERE disclosure_id <> '';
CREATE INDEX record_company ON record_version (company) WHERE company IS NOT NULL;
CREATE INDEX record_valid_until ON record_version (valid_until) WHERE valid_until <> '' AND state = 'published';
-- Not the columns of the car too, as in SQLite: an entry of an index has to be shorter than 2,700 bytes here.
CREATE INDEX record_car ON record_version (record) WHERE state = 'published' AND kind = 'vehicle';

CREATE FUNCTION record_version_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'preliminary'
  OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM record_version WHERE record = NEW.record)
  OR EXISTS (SELECT 1 FROM record_version WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM record_version WHERE record = NEW.record AND version = NEW.version - 1
             AND published_on = '') THEN
        RAISE EXCEPTION 'a version of a record begins preliminary, with the number after a published one';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER record_version_begins BEFORE INSERT ON record_version FOR EACH ROW
    EXECUTE FUNCTION record_version_begins();

CREATE TRIGGER record_version_steps BEFORE UPDATE OF state ON record_version FOR EACH ROW
    WHEN (OLD.state <> NEW.state
 AND OLD.state || '>' || NEW.state NOT IN ('preliminary>review', 'review>recalculated', 'review>published',
                                           'recalculated>published', 'published>superseded', 'published>expired',
                                           'published>withdrawn'))
    EXECUTE FUNCTION refuse('no such step of a record');

CREATE TRIGGER record_version_stays BEFORE UPDATE OF number, record, version, kind ON record_version FOR EACH ROW
    WHEN (NEW.number <> OLD.number OR NEW.record <> OLD.record OR NEW.version <> OLD.version OR NEW.kind <> OLD.kind)
    EXECUTE FUNCTION refuse('a version stays with its record');

CREATE TRIGGER record_version_published BEFORE UPDATE ON record_version FOR EACH ROW
    WHEN (OLD.published_on <> ''
 AND (OLD.state <> 'published' OR NEW.state = 'published'
      OR NEW.product <> OLD.product OR NEW.maker <> OLD.maker OR NEW.company IS DISTINCT FROM OLD.company
      OR NEW.disclosure_id <> OLD.disclosure_id OR NEW.series <> OLD.series OR NEW.size_class <> OLD.size_class
      OR NEW.body <> OLD.body OR NEW.powertrain <> OLD.powertrain OR NEW.launched <> OLD.launched
      OR NEW.kerb_mass_kg IS DISTINCT FROM OLD.kerb_mass_kg OR NEW.price IS DISTINCT FROM OLD.price OR NEW.currency <> OLD.currency
      OR NEW.value <> OLD.value OR NEW.unit <> OLD.unit OR NEW.boundary <> OLD.boundary OR NEW.method <> OLD.method
      OR NEW.region <> OLD.region OR NEW.grade <> OLD.grade OR NEW.verifier <> OLD.verifier
      OR NEW.evidence <> OLD.evidence OR NEW.year <> OLD.year OR NEW.uncertainty IS DISTINCT FROM OLD.uncertainty
      OR NEW.primary_share IS DISTINCT FROM OLD.primary_share OR NEW.valid_from <> OLD.valid_from
      OR NEW.valid_until <> OLD.valid_until OR NEW.pins <> OLD.pins OR NEW.input_hash <> OLD.input_hash
      OR NEW.reason <> OLD.reason OR NEW.author <> OLD.author OR NEW.published_on <> OLD.published_on
      OR NEW.content <> OLD.content OR NEW.reviewed <> OLD.reviewed OR NEW.hash <> OLD.hash))
    EXECUTE FUNCTION refuse('a published record never changes, it ends once');

-- The seal is put on what was there before, in a step that changes nothing else.
CREATE TRIGGER record_version_sealed BEFORE UPDATE ON record_version FOR EACH ROW
    WHEN (OLD.published_on = '' AND NEW.published_on <> '' AND NEW.content <> OLD.content)
    EXECUTE FUNCTION refuse('a record is written before it is published');

CREATE TRIGGER record_version_no_delete BEFORE DELETE ON record_version FOR EACH ROW
    EXECUTE FUNCTION refuse('a version of a record is never deleted');
CREATE TRIGGER record_version_no_truncate BEFORE TRUNCATE ON record_version FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a version of a record is never deleted');

CREATE TABLE record_part (
    version  BIGINT NOT NULL REFERENCES record_version (number),
    position BIGINT NOT NULL CHECK (position >= 0),
    kind     TEXT COLLATE "C" NOT NULL CHECK (kind IN ('stage', 'material', 'indicator')),
    key      TEXT COLLATE "C" NOT NULL CHECK (key <> ''),
    value    DOUBLE PRECISION NOT NULL,
    unit     TEXT COLLATE "C" NOT NULL CHECK (unit <> '' OR kind <> 'indicator'),  -- '': that of the value
    PRIMARY KEY (version, position)
);

CREATE FUNCTION record_part_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT published_on FROM record_version WHERE number = NEW.version) IS DISTINCT FROM '' THEN
        RAISE EXCEPTION 'parts come to an open version only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER record_part_sealed BEFORE INSERT ON record_part FOR EACH ROW
    EXECUTE FUNCTION record_part_sealed();

CREATE TRIGGER record_part_no_update BEFORE UPDATE ON record_part FOR EACH ROW
    EXECUTE FUNCTION refuse('a part never changes, a version is written anew');

CREATE FUNCTION record_part_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT published_on FROM record_version WHERE number = OLD.version) IS DISTINCT FROM '' THEN
        RAISE EXCEPTION 'parts leave an open version only';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER record_part_no_delete BEFORE DELETE ON record_part FOR EACH ROW
    EXECUTE FUNCTION record_part_no_delete();

-- What a company says of a result before it is published.
CREATE TABLE record_feedback (
    id       BIGINT NOT NULL PRIMARY KEY,
    record   TEXT COLLATE "C" NOT NULL,
    version  BIGINT NOT NULL,
    at       TEXT COLLATE "C" NOT NULL CHECK (at ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    by       TEXT COLLATE "C" NOT NULL CHECK (by <> ''),
    text     TEXT COLLATE "C" NOT NULL CHECK (text <> ''),
    proposed DOUBLE PRECISION,
    evidence TEXT COLLATE "C" NOT NULL,
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
);
CREATE TRIGGER a_number BEFORE INSERT ON record_feedback FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();
CREATE INDEX record_feedback_of ON record_feedback (record, id);

CREATE FUNCTION record_feedback_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT published_on FROM record_version WHERE record = NEW.record AND version = NEW.version) IS DISTINCT FROM ''
  OR EXISTS (SELECT 1 FROM record_feedback WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'a company remarks on what is not published yet';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER record_feedback_in_time BEFORE INSERT ON record_feedback FOR EACH ROW
    EXECUTE FUNCTION record_feedback_in_time();

CREATE TRIGGER record_feedback_no_update BEFORE UPDATE ON record_feedback FOR EACH ROW
    EXECUTE FUNCTION refuse('a remark never changes');

CREATE TRIGGER record_feedback_no_delete BEFORE DELETE ON record_feedback FOR EACH ROW
    EXECUTE FUNCTION refuse('a remark is never deleted');
CREATE TRIGGER record_feedback_no_truncate BEFORE TRUNCATE ON record_feedback FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a remark is never deleted');

CREATE TABLE batch (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY
               CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]'),
    title      TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    created_on TEXT COLLATE "C" NOT NULL CHECK (created_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$')
);

CREATE TABLE batch_record (
    batch  TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    record TEXT COLLATE "C" NOT NULL REFERENCES record (id),
    PRIMARY KEY (batch, record)
);
CREATE INDEX batch_of_record ON batch_record (record);

-- Cars of a round for which no footprint could be computed, and why.
CREATE TABLE batch_refusal (
    batch  TEXT COLLATE "C" NOT NULL REFERENCES batch (id),
    car    TEXT COLLATE "C" NOT NULL CHECK (car <> ''),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (batch, car)
);
