-- 0003_factor.sql
-- Why: emission factors are looked up far more often than they are loaded, in Chinese and English,
-- among up to a million. A loaded set never changes, so its rows are put into the order of an
-- answer once, and for each word the places in that order are kept as one packed list: a search
-- reads a few lists and then only the rows it shows.

-- The sets whose factors are loaded; the number is what the rows below carry.
CREATE TABLE factor_set (
    number  BIGINT NOT NULL PRIMARY KEY,
    id      TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    UNIQUE (id, version),
    FOREIGN KEY (id, version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE factor (
    id         BIGINT NOT NULL PRIMARY KEY,
    set_number BIGINT NOT NULL REFERENCES factor_set (number),
    key        TEXT COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200 AND key !~ '[^a-z0-9-]'),
    name_en    TEXT COLLATE "C" NOT NULL,
    name_zh    TEXT COLLATE "C" NOT NULL,
    category   TEXT COLLATE "C" NOT NULL CHECK (length(category) <= 100),
    value      DOUBLE PRECISION NOT NULL CHECK (value > -1e300 AND value < 1e300),  -- finite
    unit       TEXT COLLATE "C" NOT NULL CHECK (unit ILIKE '_%/_%'),  -- "kgCO2e/kg"
    region     TEXT COLLATE "C" NOT NULL CHECK (length(region) BETWEEN 2 AND 40 AND region !~ '[^A-Z0-9-]'),
    year       BIGINT NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2200),  -- 0: not stated
    boundary   TEXT COLLATE "C" NOT NULL,
    technology TEXT COLLATE "C" NOT NULL,
    quality    TEXT COLLATE "C" NOT NULL CHECK (quality = '' OR quality ~ '^[1-5],[1-5],[1-5],[1-5],[1-5]$'),
    source     TEXT COLLATE "C" NOT NULL CHECK (length(source) > 0),
    note       TEXT COLLATE "C" NOT NULL,
    verified   BIGINT NOT NULL CHECK (verified IN (0, 1)),
    UNIQUE (set_number, key),
    CHECK (length(name_en) + length(name_zh) > 0)
);

CREATE TRIGGER factor_no_update BEFORE UPDATE ON factor FOR EACH ROW
    EXECUTE FUNCTION refuse('a factor never changes, its set is superseded');

CREATE TRIGGER factor_no_delete BEFORE DELETE ON factor FOR EACH ROW
    EXECUTE FUNCTION refuse('a factor is never deleted, its set is superseded');
CREATE TRIGGER factor_no_truncate BEFORE TRUNCATE ON factor FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a factor is never deleted, its set is superseded');

-- The rows of a set in the order of an answer: verified first, then newer, then by key.
CREATE TABLE factor_place (
    set_number BIGINT NOT NULL REFERENCES factor_set (number),
    place      BIGINT NOT NULL CHECK (place >= 0),
    factor     BIGINT NOT NULL REFERENCES factor (id),
    PRIMARY KEY (set_number, place)
);

-- Places first .. first+count-1 of a set have this mark and year.
CREATE TABLE factor_run (
    set_number BIGINT NOT NULL REFERENCES factor_set (number),
    first      BIGINT NOT NULL CHECK (first >= 0),
    count      BIGINT NOT NULL CHECK (count > 0),
    verified   BIGINT NOT NULL CHECK (verified IN (0, 1)),
    year       BIGINT NOT NULL CHECK (year >= 0),
    PRIMARY KEY (set_number, first)
);

-- places: rising, each as the difference to the one before (the first: to -1), seven bits a byte,
-- low bits first, the high bit set on all but the last byte of a number. Words are those of the
-- names, the category and the technology; "@CN" stands for a region or the beginning of one,
-- "#metal" for a category.
CREATE TABLE factor_word (
    word       TEXT COLLATE "C" NOT NULL CHECK (length(word) > 0),
    set_number BIGINT NOT NULL REFERENCES factor_set (number),
    count      BIGINT NOT NULL CHECK (count > 0),
    places     BYTEA NOT NULL CHECK (length(places) >= count),
    UNIQUE (word, set_number)
);

-- Whole names, as a hash of their words: a factor that is called just what was asked for comes first.
CREATE TABLE factor_name (
    hash       BIGINT NOT NULL,
    set_number BIGINT NOT NULL REFERENCES factor_set (number),
    place      BIGINT NOT NULL CHECK (place >= 0),
    PRIMARY KEY (hash, set_number, place)
);
