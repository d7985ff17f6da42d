-- 0015_factor_words.sql
-- Why: a factor is looked for by what people type: pinyin, or the word of the other language. And a
-- factor may state how uncertain it is, at which stage its emissions arise and of which gases they
-- are; most do not, and what is not stated must not read as 0: no row, or NULL.

-- How the Chinese words of the index are typed. A word is one or two characters, or the words of a
-- synonym joined by blanks. It belongs to no set: a reading outlives the set that brought it.
CREATE TABLE factor_reading (
    pinyin TEXT COLLATE "C" NOT NULL CHECK (length(pinyin) BETWEEN 1 AND 40 AND pinyin !~ '[^a-z]'),
    phrase TEXT COLLATE "C" NOT NULL CHECK (length(phrase) > 0),
    PRIMARY KEY (pinyin, phrase)
);

-- Words that mean the same, from sets of kind "synonyms"; a row of the set is a group.
CREATE TABLE factor_synonym (
    set_id  TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    row     BIGINT NOT NULL CHECK (row > 0),
    phrase  TEXT COLLATE "C" NOT NULL CHECK (length(phrase) > 0),
    PRIMARY KEY (phrase, set_id, version, row),
    FOREIGN KEY (set_id, version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX factor_synonym_group ON factor_synonym (set_id, version, row);

-- What a factor may state besides its value. gsd: geometric standard deviation (1 = exact);
-- percent95: half the width of the 95 % interval, in percent of the value. Shares are percent of the
-- value in CO2e, by gas.
CREATE TABLE factor_detail (
    factor     BIGINT NOT NULL PRIMARY KEY REFERENCES factor (id),
    gsd        DOUBLE PRECISION CHECK (gsd >= 1 AND gsd < 1000),
    percent95  DOUBLE PRECISION CHECK (percent95 > 0 AND percent95 < 10000),
    stage      TEXT COLLATE "C" NOT NULL CHECK (stage IN ('', 'upstream', 'downstream', 'whole')),
    fossil_co2 DOUBLE PRECISION CHECK (fossil_co2 BETWEEN 0 AND 100),
    biogenic_co2 DOUBLE PRECISION CHECK (biogenic_co2 BETWEEN 0 AND 100),
    ch4        DOUBLE PRECISION CHECK (ch4 BETWEEN 0 AND 100),
    n2o        DOUBLE PRECISION CHECK (n2o BETWEEN 0 AND 100),
    hfc        DOUBLE PRECISION CHECK (hfc BETWEEN 0 AND 100),
    other_gas  DOUBLE PRECISION CHECK (other_gas BETWEEN 0 AND 100),
    CHECK (gsd IS NULL OR percent95 IS NULL),
    CHECK (gsd IS NOT NULL OR percent95 IS NOT NULL OR stage <> '' OR fossil_co2 IS NOT NULL OR
           biogenic_co2 IS NOT NULL OR ch4 IS NOT NULL OR n2o IS NOT NULL OR hfc IS NOT NULL OR
           other_gas IS NOT NULL),
    CHECK (coalesce(fossil_co2, 0) + coalesce(biogenic_co2, 0) + coalesce(ch4, 0) + coalesce(n2o, 0) +
           coalesce(hfc, 0) + coalesce(other_gas, 0) <= 100.6)
);

CREATE TRIGGER factor_detail_no_update BEFORE UPDATE ON factor_detail FOR EACH ROW
    EXECUTE FUNCTION refuse('a factor never changes, its set is superseded');

CREATE TRIGGER factor_detail_no_delete BEFORE DELETE ON factor_detail FOR EACH ROW
    EXECUTE FUNCTION refuse('a factor is never deleted, its set is superseded');
CREATE TRIGGER factor_detail_no_truncate BEFORE TRUNCATE ON factor_detail FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a factor is never deleted, its set is superseded');

-- The catalogue of product footprints, latest first, among many more cars.
CREATE INDEX record_product ON record_version (published_on) WHERE state = 'published' AND kind <> 'vehicle';

-- A value that somebody proposes, with its source, and what a second person made of it. What was
-- decided stays.
CREATE TABLE factor_proposal (
    id          BIGINT NOT NULL PRIMARY KEY,
    name_en     TEXT COLLATE "C" NOT NULL,
    name_zh     TEXT COLLATE "C" NOT NULL,
    category    TEXT COLLATE "C" NOT NULL CHECK (length(category) <= 100),
    value       DOUBLE PRECISION NOT NULL CHECK (value > -1e300 AND value < 1e300),
    unit        TEXT COLLATE "C" NOT NULL CHECK (unit ILIKE '_%/_%'),
    region      TEXT COLLATE "C" NOT NULL CHECK (length(region) BETWEEN 2 AND 40 AND region !~ '[^A-Z0-9-]'),
    year        BIGINT NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2200),
    boundary    TEXT COLLATE "C" NOT NULL,
    source      TEXT COLLATE "C" NOT NULL CHECK (length(source) > 0),
    proposed_by TEXT COLLATE "C" NOT NULL CHECK (proposed_by <> ''),
    proposed_on TEXT COLLATE "C" NOT NULL CHECK (proposed_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    state       TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
    decided_by  TEXT COLLATE "C" NOT NULL CHECK (decided_by <> proposed_by),
    reason      TEXT COLLATE "C" NOT NULL,
    CHECK (length(name_en) + length(name_zh) > 0),
    CHECK ((state = 'open') = (decided_by = '') AND (state = 'open') = (reason = ''))
);
CREATE TRIGGER a_number BEFORE INSERT ON factor_proposal FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE TRIGGER factor_proposal_stays BEFORE UPDATE ON factor_proposal FOR EACH ROW
    WHEN (OLD.state <> 'open')
    EXECUTE FUNCTION refuse('a proposal that was decided stays as it is');

CREATE TRIGGER factor_proposal_no_delete BEFORE DELETE ON factor_proposal FOR EACH ROW
    EXECUTE FUNCTION refuse('a proposal is never deleted');
CREATE TRIGGER factor_proposal_no_truncate BEFORE TRUNCATE ON factor_proposal FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a proposal is never deleted');
