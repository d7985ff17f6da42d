-- 0003_factor.sql
-- Why: emission factors are looked up far more often than they are loaded, in Chinese and English,
-- among up to a million. A loaded set never changes, so its rows are put into the order of an
-- answer once, and for each word the places in that order are kept as one packed list: a search
-- reads a few lists and then only the rows it shows.

-- The sets whose factors are loaded; the number is what the rows below carry.
CREATE TABLE factor_set (
    number  INTEGER NOT NULL PRIMARY KEY,
    id      TEXT    NOT NULL,
    version TEXT    NOT NULL,
    UNIQUE (id, version),
    FOREIGN KEY (id, version) REFERENCES dataset (id, version) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE factor (
    id         INTEGER NOT NULL PRIMARY KEY,
    set_number INTEGER NOT NULL REFERENCES factor_set (number),
    key        TEXT    NOT NULL CHECK (length(key) BETWEEN 1 AND 200 AND key NOT GLOB '*[^a-z0-9-]*'),
    name_en    TEXT    NOT NULL,
    name_zh    TEXT    NOT NULL,
    category   TEXT    NOT NULL CHECK (length(category) <= 100),
    value      REAL    NOT NULL CHECK (value > -1e300 AND value < 1e300),  -- finite
    unit       TEXT    NOT NULL CHECK (unit LIKE '_%/_%'),  -- "kgCO2e/kg"
    region     TEXT    NOT NULL CHECK (length(region) BETWEEN 2 AND 40 AND region NOT GLOB '*[^A-Z0-9-]*'),
    year       INTEGER NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2200),  -- 0: not stated
    boundary   TEXT    NOT NULL,
    technology TEXT    NOT NULL,
    quality    TEXT    NOT NULL CHECK (quality = '' OR quality GLOB '[1-5],[1-5],[1-5],[1-5],[1-5]'),
    source     TEXT    NOT NULL CHECK (length(source) > 0),
    note       TEXT    NOT NULL,
    verified   INTEGER NOT NULL CHECK (verified IN (0, 1)),
    UNIQUE (set_number, key),
    CHECK (length(name_en) + length(name_zh) > 0)
) STRICT;

CREATE TRIGGER factor_no_update BEFORE UPDATE ON factor
BEGIN
    SELECT RAISE(ABORT, 'a factor never changes, its set is superseded');
END;

CREATE TRIGGER factor_no_delete BEFORE DELETE ON factor
BEGIN
    SELECT RAISE(ABORT, 'a factor is never deleted, its set is superseded');
END;

-- The rows of a set in the order of an answer: verified first, then newer, then by key.
CREATE TABLE factor_place (
    set_number INTEGER NOT NULL REFERENCES factor_set (number),
    place      INTEGER NOT NULL CHECK (place >= 0),
    factor     INTEGER NOT NULL REFERENCES factor (id),
    PRIMARY KEY (set_number, place)
) STRICT, WITHOUT ROWID;

-- Places first .. first+count-1 of a set have this mark and year.
CREATE TABLE factor_run (
    set_number INTEGER NOT NULL REFERENCES factor_set (number),
    first      INTEGER NOT NULL CHECK (first >= 0),
    count      INTEGER NOT NULL CHECK (count > 0),
    verified   INTEGER NOT NULL CHECK (verified IN (0, 1)),
    year       INTEGER NOT NULL CHECK (year >= 0),
    PRIMARY KEY (set_number, first)
) STRICT, WITHOUT ROWID;

-- places: rising, each as the difference to the one before (the first: to -1), seven bits a byte,
-- low bits first, the high bit set on all but the last byte of a number. Words are those of the
-- names, the category and the technology; "@CN" stands for a region or the beginning of one,
-- "#metal" for a category.
CREATE TABLE factor_word (
    word       TEXT    NOT NULL CHECK (length(word) > 0),
    set_number INTEGER NOT NULL REFERENCES factor_set (number),
    count      INTEGER NOT NULL CHECK (count > 0),
    places     BLOB    NOT NULL CHECK (length(places) >= count),
    UNIQUE (word, set_number)
) STRICT;

-- Whole names, as a hash of their words: a factor that is called just what was asked for comes first.
CREATE TABLE factor_name (
    hash       INTEGER NOT NULL,
    set_number INTEGER NOT NULL REFERENCES factor_set (number),
    place      INTEGER NOT NULL CHECK (place >= 0),
    PRIMARY KEY (hash, set_number, place)
) STRICT, WITHOUT ROWID;
