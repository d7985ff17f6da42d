-- 0010_epd.sql
-- Why: a declaration is more than its figures: the rules it follows, who checked it and what was asked,
-- the number under which it is registered, and where its value is counted in cars. The figures are a
-- record of kind epd. What was asked, answered and used is never rewritten.
CREATE TABLE pcr (
    id          TEXT COLLATE "C" NOT NULL PRIMARY KEY
                CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]'),
    title_en    TEXT COLLATE "C" NOT NULL,
    title_zh    TEXT COLLATE "C" NOT NULL,
    version     TEXT COLLATE "C" NOT NULL CHECK (version <> ''),
    valid_until TEXT COLLATE "C" NOT NULL CHECK (valid_until = '' OR valid_until ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    source      TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
    CHECK (title_en <> '' OR title_zh <> '')
);

CREATE TRIGGER pcr_no_delete BEFORE DELETE ON pcr FOR EACH ROW
    EXECUTE FUNCTION refuse('product category rules are never deleted');
CREATE TRIGGER pcr_no_truncate BEFORE TRUNCATE ON pcr FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('product category rules are never deleted');

CREATE TABLE epd (
    record           TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES record (id),
    pcr              TEXT COLLATE "C" NOT NULL REFERENCES pcr (id),
    programme        TEXT COLLATE "C" NOT NULL CHECK (programme <> ''),
    owner            TEXT COLLATE "C" NOT NULL REFERENCES company (id),
    verifier         TEXT COLLATE "C" NOT NULL,
    verifier_company TEXT COLLATE "C" REFERENCES company (id) CHECK (verifier_company <> owner),
    version          BIGINT NOT NULL CHECK (version >= 0),  -- of the record, with the verifier; 0 before
    registration     TEXT COLLATE "C" NOT NULL,
    registered       BIGINT NOT NULL CHECK (registered BETWEEN 0 AND version),  -- version registered last
    valid_until      TEXT COLLATE "C" NOT NULL CHECK (valid_until = '' OR valid_until ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    CHECK ((verifier = '') = (verifier_company IS NULL) AND (verifier = '') = (version = 0)),
    CHECK ((registration = '') = (valid_until = '') AND (registration = '') = (registered = 0))
);
CREATE UNIQUE INDEX epd_registration ON epd (registration) WHERE registration <> '';
CREATE INDEX epd_valid_until ON epd (valid_until) WHERE valid_until <> '';

CREATE TRIGGER epd_keeps BEFORE UPDATE OF record, pcr, owner ON epd FOR EACH ROW
    WHEN (NEW.record <> OLD.record OR NEW.pcr <> OLD.pcr OR NEW.owner <> OLD.owner)
    EXECUTE FUNCTION refuse('a declaration keeps its record, rules and owner');

CREATE TRIGGER epd_no_delete BEFORE DELETE ON epd FOR EACH ROW
    EXECUTE FUNCTION refuse('a declaration is never deleted');
CREATE TRIGGER epd_no_truncate BEFORE TRUNCATE ON epd FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a declaration is never deleted');

-- Nobody publishes the figures of a declaration past its verifier.
CREATE FUNCTION epd_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND EXISTS (SELECT 1 FROM epd WHERE record = NEW.record AND registered <> NEW.version) THEN
        RAISE EXCEPTION 'a declaration is published by being registered';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER epd_published BEFORE UPDATE OF state ON record_version FOR EACH ROW
    EXECUTE FUNCTION epd_published();

CREATE FUNCTION epd_registered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.registered <> OLD.registered
 AND EXISTS (SELECT 1 FROM epd_question WHERE record = NEW.record AND closed_on = '') THEN
        RAISE EXCEPTION 'a declaration is registered when every question is closed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER epd_registered BEFORE UPDATE OF registered ON epd FOR EACH ROW
    EXECUTE FUNCTION epd_registered();

CREATE TABLE epd_question (
    id          BIGINT NOT NULL PRIMARY KEY,
    record      TEXT COLLATE "C" NOT NULL REFERENCES epd (record),
    version     BIGINT NOT NULL CHECK (version > 0),
    asked_on    TEXT COLLATE "C" NOT NULL CHECK (asked_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    asked_by    TEXT COLLATE "C" NOT NULL CHECK (asked_by <> ''),
    text        TEXT COLLATE "C" NOT NULL CHECK (text <> ''),
    answered_on TEXT COLLATE "C" NOT NULL CHECK (answered_on = '' OR answered_on >= asked_on),
    answered_by TEXT COLLATE "C" NOT NULL CHECK ((answered_by = '') = (answered_on = '')),
    answer      TEXT COLLATE "C" NOT NULL CHECK ((answer = '') = (answered_on = '')),
    closed_on   TEXT COLLATE "C" NOT NULL CHECK (closed_on = '' OR (answered_on <> '' AND closed_on >= answered_on)),
    closed_by   TEXT COLLATE "C" NOT NULL CHECK ((closed_by = '') = (closed_on = ''))
);
CREATE TRIGGER a_number BEFORE INSERT ON epd_question FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();
CREATE INDEX epd_question_of ON epd_question (record, id);

CREATE TRIGGER epd_question_said BEFORE UPDATE ON epd_question FOR EACH ROW
    WHEN (NEW.id <> OLD.id OR NEW.record <> OLD.record OR NEW.version <> OLD.version OR NEW.asked_on <> OLD.asked_on
  OR NEW.asked_by <> OLD.asked_by OR NEW.text <> OLD.text
  OR (OLD.answered_on <> '' AND (NEW.answered_on <> OLD.answered_on OR NEW.answered_by <> OLD.answered_by
                                 OR NEW.answer <> OLD.answer))
  OR OLD.closed_on <> '')
    EXECUTE FUNCTION refuse('what was asked, answered or closed stays as it is');

CREATE FUNCTION epd_question_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM epd_question WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'a question is never written anew';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER epd_question_new BEFORE INSERT ON epd_question FOR EACH ROW
    EXECUTE FUNCTION epd_question_new();

CREATE TRIGGER epd_question_no_delete BEFORE DELETE ON epd_question FOR EACH ROW
    EXECUTE FUNCTION refuse('a question is never deleted');
CREATE TRIGGER epd_question_no_truncate BEFORE TRUNCATE ON epd_question FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a question is never deleted');

-- The last row of a material and supplier counts.
CREATE TABLE epd_use (
    id             BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
    record         TEXT COLLATE "C" NOT NULL REFERENCES epd (record),
    version        BIGINT NOT NULL CHECK (version > 0),
    material       TEXT COLLATE "C" NOT NULL CHECK (material <> ''),
    supplier       TEXT COLLATE "C" NOT NULL CHECK (supplier <> ''),
    folded         TEXT COLLATE "C" NOT NULL CHECK (folded <> ''),  -- the supplier as it is compared
    kg_co2e_per_kg DOUBLE PRECISION NOT NULL,
    used_by        TEXT COLLATE "C" NOT NULL CHECK (used_by <> ''),
    FOREIGN KEY (record, version) REFERENCES record_version (record, version)
);
CREATE TRIGGER a_number BEFORE INSERT ON epd_use FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();
CREATE INDEX epd_use_last ON epd_use (material, folded, id);

-- A row below the last would not count.
CREATE FUNCTION epd_use_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id BETWEEN 1 AND (SELECT max(id) FROM epd_use) THEN
        RAISE EXCEPTION 'a use is replaced by a further one';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER epd_use_new BEFORE INSERT ON epd_use FOR EACH ROW
    EXECUTE FUNCTION epd_use_new();

CREATE TRIGGER epd_use_no_update BEFORE UPDATE ON epd_use FOR EACH ROW
    EXECUTE FUNCTION refuse('a use is replaced by a further one');

CREATE TRIGGER epd_use_no_delete BEFORE DELETE ON epd_use FOR EACH ROW
    EXECUTE FUNCTION refuse('a use is replaced by a further one');
CREATE TRIGGER epd_use_no_truncate BEFORE TRUNCATE ON epd_use FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a use is replaced by a further one');

-- Which cars name a supplier for a material.
CREATE INDEX vehicle_part_supplier ON vehicle_part (material, vehicle_id, line) WHERE supplier <> '';
