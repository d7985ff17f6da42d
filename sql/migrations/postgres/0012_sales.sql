-- 0012_sales.sql
-- Why: a mean over models says what is offered, one weighted by sales what is driven, and best sellers
-- need both side by side. Sales figures are corrected for months after the month: a correction is a
-- further version of that month, and what was shown before stays known.
CREATE TABLE car_sale (
    id        BIGINT NOT NULL PRIMARY KEY,
    record    TEXT COLLATE "C" NOT NULL,
    kind      TEXT COLLATE "C" NOT NULL DEFAULT 'vehicle' CHECK (kind = 'vehicle'),
    month     TEXT COLLATE "C" NOT NULL CHECK (is_date(month || '-01')),
    region    TEXT COLLATE "C" NOT NULL CHECK (region <> ''),
    version   BIGINT NOT NULL CHECK (version > 0),
    units     BIGINT NOT NULL CHECK (units BETWEEN 0 AND 1000000000),
    source    TEXT COLLATE "C" NOT NULL CHECK (source <> ''),
    loaded_on TEXT COLLATE "C" NOT NULL CHECK (is_date(loaded_on)),
    author    TEXT COLLATE "C" NOT NULL CHECK (author <> ''),
    current   BIGINT NOT NULL CHECK (current IN (0, 1)),
    UNIQUE (record, month, region, version),
    FOREIGN KEY (record, kind) REFERENCES record (id, kind)
);
CREATE TRIGGER a_number BEFORE INSERT ON car_sale FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE UNIQUE INDEX car_sale_current ON car_sale (region, month, record) WHERE current = 1;

CREATE FUNCTION car_sale_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current <> 1
  OR EXISTS (SELECT 1 FROM car_sale WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM car_sale WHERE record = NEW.record AND month = NEW.month AND region = NEW.region
             AND current = 1)
  OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM car_sale
                         WHERE record = NEW.record AND month = NEW.month AND region = NEW.region) THEN
        RAISE EXCEPTION 'sales of a month begin as its current version, with the number after the one before';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER car_sale_begins BEFORE INSERT ON car_sale FOR EACH ROW
    EXECUTE FUNCTION car_sale_begins();

CREATE TRIGGER car_sale_stays BEFORE UPDATE OF id, record, kind, month, region, version, units, source, loaded_on, author ON car_sale FOR EACH ROW
    EXECUTE FUNCTION refuse('sales that were kept never change; a correction is a further version');

CREATE TRIGGER car_sale_ends_once BEFORE UPDATE OF current ON car_sale FOR EACH ROW
    WHEN (NEW.current > OLD.current)
    EXECUTE FUNCTION refuse('sales that were superseded stay so');

CREATE TRIGGER car_sale_no_delete BEFORE DELETE ON car_sale FOR EACH ROW
    EXECUTE FUNCTION refuse('sales that were kept are never deleted');
CREATE TRIGGER car_sale_no_truncate BEFORE TRUNCATE ON car_sale FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('sales that were kept are never deleted');

-- A car is found by maker and name, as tables of sales print them.
CREATE INDEX record_named ON record_version (product, maker) WHERE kind = 'vehicle';
