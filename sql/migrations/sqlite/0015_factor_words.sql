-- 0015_factor_words.sql
-- Why: a factor is looked for by what people type: pinyin, or the word of the other language. And a
-- factor may state how uncertain it is, at which stage its emissions arise and of which gases they
-- are; most do not, and what is not stated must not read as 0: no row, or NULL.

-- How the Chinese words of the index are typed. A word is one or two characters, or the words of a
-- synonym joined by blanks. It belongs to no set: a reading outlives the set that brought it.
CREATE TABLE factor_reading (
    pinyin TEXT NOT NULL CHECK (length(pinyin) BETWEEN 1 AND 40 AND pinyin NOT GLOB '*[^a-z]*'),
    phrase TEXT NOT NULL CHECK (length(phrase) > 0),
    PRIMARY KEY (pinyin, phrase)
) STRICT, WITHOUT ROWID;

-- Words that mean the same, from sets of kind "synonyms"; a row of the set is a group.
CREATE TABLE factor_synonym (
    set_id  TEXT    NOT NULL,
    version TEXT    NOT NULL,
    row     INTEGER NOT NULL CHECK (row > 0),
    phrase  TEXT    NOT NULL CHECK (length(phrase) > 0),
    PRIMARY KEY (phrase, set_id, version, row),
    FOREIGN KEY (set_id, version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE INDEX factor_synonym_group ON factor_synonym (set_id, version, row);

-- What a factor may state besides its value. gsd: geometric standard deviation (1 = exact);
-- percent95: half the width of the 95 % interval, in percent of the value. Shares are percent of the
-- value in CO2e, by gas.
CREATE TABLE factor_detail (
    factor     INTEGER NOT NULL PRIMARY KEY REFERENCES factor (id),
    gsd        REAL CHECK (gsd >= 1 AND gsd < 1000),
    percent95  REAL CHECK (percent95 > 0 AND percent95 < 10000),
    stage      TEXT NOT NULL CHECK (stage IN ('', 'upstream', 'downstream', 'whole')),
    fossil_co2 REAL CHECK (fossil_co2 BETWEEN 0 AND 100),
    biogenic_co2 REAL CHECK (biogenic_co2 BETWEEN 0 AND 100),
    ch4        REAL CHECK (ch4 BETWEEN 0 AND 100),
    n2o        REAL CHECK (n2o BETWEEN 0 AND 100),
    hfc        REAL CHECK (hfc BETWEEN 0 AND 100),
    other_gas  REAL CHECK (other_gas BETWEEN 0 AND 100),
    CHECK (gsd IS NULL OR percent95 IS NULL),
    CHECK (gsd IS NOT NULL OR percent95 IS NOT NULL OR stage <> '' OR fossil_co2 IS NOT NULL OR
           biogenic_co2 IS NOT NULL OR ch4 IS NOT NULL OR n2o IS NOT NULL OR hfc IS NOT NULL OR
           other_gas IS NOT NULL),
    CHECK (coalesce(fossil_co2, 0) + coalesce(biogenic_co2, 0) + coalesce(ch4, 0) + coalesce(n2o, 0) +
           coalesce(hfc, 0) + coalesce(other_gas, 0) <= 100.6)
) STRICT;

CREATE TRIGGER factor_detail_no_update BEFORE UPDATE ON factor_detail
BEGIN
    SELECT RAISE(ABORT, 'a factor never changes, its set is superseded');
END;

CREATE TRIGGER factor_detail_no_delete BEFORE DELETE ON factor_detail
BEGIN
    SELECT RAISE(ABORT, 'a factor is never deleted, its set is superseded');
END;

-- The catalogue of product footprints, latest first, among many more cars.
CREATE INDEX record_product ON record_version (published_on) WHERE state = 'published' AND kind <> 'vehicle';

-- A value that somebody proposes, with its source, and what a second person made of it. What was
-- decided stays.
CREATE TABLE factor_proposal (
    id          INTEGER NOT NULL PRIMARY KEY,
    name_en     TEXT    NOT NULL,
    name_zh     TEXT    NOT NULL,
    category    TEXT    NOT NULL CHECK (length(category) <= 100),
    value       REAL    NOT NULL CHECK (value > -1e300 AND value < 1e300),
    unit        TEXT    NOT NULL CHECK (unit LIKE '_%/_%'),
    region      TEXT    NOT NULL CHECK (length(region) BETWEEN 2 AND 40 AND region NOT GLOB '*[^A-Z0-9-]*'),
    year        INTEGER NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2200),
    boundary    TEXT    NOT NULL,
    source      TEXT    NOT NULL CHECK (length(source) > 0),
    proposed_by TEXT    NOT NULL CHECK (proposed_by <> ''),
    proposed_on TEXT    NOT NULL CHECK (proposed_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    state       TEXT    NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
    decided_by  TEXT    NOT NULL CHECK (decided_by <> proposed_by),
    reason      TEXT    NOT NULL,
    CHECK (length(name_en) + length(name_zh) > 0),
    CHECK ((state = 'open') = (decided_by = '') AND (state = 'open') = (reason = ''))
) STRICT;

CREATE TRIGGER factor_proposal_stays BEFORE UPDATE ON factor_proposal WHEN OLD.state <> 'open'
BEGIN
    SELECT RAISE(ABORT, 'a proposal that was decided stays as it is');
END;

CREATE TRIGGER factor_proposal_no_delete BEFORE DELETE ON factor_proposal
BEGIN
    SELECT RAISE(ABORT, 'a proposal is never deleted');
END;
