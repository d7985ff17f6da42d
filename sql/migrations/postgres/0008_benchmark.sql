-- 0008_benchmark.sql
-- Why: a label shows a class and the mean of a category as they were on a day. Both move whenever another car is
-- published or the rule changes, so each change is a row of its own; what was shown stays known and is never edited.
CREATE TABLE car_class (
    id                 BIGINT NOT NULL PRIMARY KEY,
    record             TEXT COLLATE "C" NOT NULL CHECK (record <> ''),
    record_version     BIGINT NOT NULL CHECK (record_version >= 1),
    rule_version       TEXT COLLATE "C" NOT NULL CHECK (rule_version <> ''),        -- of data/peer-rule
    class_rule_version TEXT COLLATE "C" NOT NULL CHECK (class_rule_version <> ''),  -- of data/class-rule
    day                TEXT COLLATE "C" NOT NULL CHECK (day ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
    class_number       BIGINT NOT NULL CHECK (class_number BETWEEN 0 AND 9),  -- 0: none
    category           TEXT COLLATE "C" NOT NULL,  -- size/body/powertrain, '' where a part is not known
    mean               DOUBLE PRECISION CHECK (mean > 0),  -- of the category, g CO2e/km; NULL without category
    peers              BIGINT NOT NULL CHECK (peers >= 0),
    rank               BIGINT NOT NULL CHECK (rank >= 0),
    current            BIGINT NOT NULL CHECK (current IN (0, 1)),
    FOREIGN KEY (record, record_version) REFERENCES record_version (record, version),
    CHECK ((category = '') = (mean IS NULL)),
    CHECK (rank <= peers AND (rank = 0) = (peers = 0)),
    CHECK (class_number = 0 OR (peers > 0 AND category <> ''))
);
CREATE TRIGGER a_number BEFORE INSERT ON car_class FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE UNIQUE INDEX car_class_current ON car_class (record) WHERE current = 1;
CREATE INDEX car_class_of ON car_class (record, day);

CREATE FUNCTION car_class_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.day < (SELECT max(day) FROM car_class WHERE record = NEW.record)
  OR EXISTS (SELECT 1 FROM car_class WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'classes are kept forward in time, one row after the other';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER car_class_forward BEFORE INSERT ON car_class FOR EACH ROW
    EXECUTE FUNCTION car_class_forward();

CREATE TRIGGER car_class_no_update BEFORE UPDATE OF id, record, record_version, rule_version, class_rule_version, day, class_number, category, mean, peers, rank ON car_class FOR EACH ROW
    EXECUTE FUNCTION refuse('a class that was kept never changes');

CREATE TRIGGER car_class_ends_once BEFORE UPDATE OF current ON car_class FOR EACH ROW
    WHEN (NEW.current > OLD.current)
    EXECUTE FUNCTION refuse('a class that has ended stays ended');

CREATE TRIGGER car_class_no_delete BEFORE DELETE ON car_class FOR EACH ROW
    EXECUTE FUNCTION refuse('a class that was kept is never deleted');
CREATE TRIGGER car_class_no_truncate BEFORE TRUNCATE ON car_class FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a class that was kept is never deleted');
