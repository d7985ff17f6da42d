-- 0008_benchmark.sql
-- Why: a label shows a class and the mean of a category as they were on a day. Both move whenever another car is
-- published or the rule changes, so each change is a row of its own; what was shown stays known and is never edited.
CREATE TABLE car_class (
    id                 INTEGER NOT NULL PRIMARY KEY,
    record             TEXT    NOT NULL CHECK (record <> ''),
    record_version     INTEGER NOT NULL CHECK (record_version >= 1),
    rule_version       TEXT    NOT NULL CHECK (rule_version <> ''),        -- of data/peer-rule
    class_rule_version TEXT    NOT NULL CHECK (class_rule_version <> ''),  -- of data/class-rule
    day                TEXT    NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
    class_number       INTEGER NOT NULL CHECK (class_number BETWEEN 0 AND 9),  -- 0: none
    category           TEXT    NOT NULL,  -- size/body/powertrain, '' where a part is not known
    mean               REAL    CHECK (mean > 0),  -- of the category, g CO2e/km; NULL without category
    peers              INTEGER NOT NULL CHECK (peers >= 0),
    rank               INTEGER NOT NULL CHECK (rank >= 0),
    current            INTEGER NOT NULL CHECK (current IN (0, 1)),
    FOREIGN KEY (record, record_version) REFERENCES record_version (record, version),
    CHECK ((category = '') = (mean IS NULL)),
    CHECK (rank <= peers AND (rank = 0) = (peers = 0)),
    CHECK (class_number = 0 OR (peers > 0 AND category <> ''))
) STRICT;

CREATE UNIQUE INDEX car_class_current ON car_class (record) WHERE current = 1;
CREATE INDEX car_class_of ON car_class (record, day);

CREATE TRIGGER car_class_forward BEFORE INSERT ON car_class
WHEN NEW.day < (SELECT max(day) FROM car_class WHERE record = NEW.record)
  OR EXISTS (SELECT 1 FROM car_class WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'classes are kept forward in time, one row after the other');
END;

CREATE TRIGGER car_class_no_update BEFORE UPDATE OF id, record, record_version, rule_version, class_rule_version, day,
    class_number, category, mean, peers, rank ON car_class
BEGIN
    SELECT RAISE(ABORT, 'a class that was kept never changes');
END;

CREATE TRIGGER car_class_ends_once BEFORE UPDATE OF current ON car_class WHEN NEW.current > OLD.current
BEGIN
    SELECT RAISE(ABORT, 'a class that has ended stays ended');
END;

CREATE TRIGGER car_class_no_delete BEFORE DELETE ON car_class
BEGIN
    SELECT RAISE(ABORT, 'a class that was kept is never deleted');
END;
