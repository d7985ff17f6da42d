-- 0012_sales.sql
-- Why: a mean over models says what is offered, one weighted by sales what is driven, and best sellers
-- need both side by side. Sales figures are corrected for months after the month: a correction is a
-- further version of that month, and what was shown before stays known.
CREATE TABLE car_sale (
    id        INTEGER NOT NULL PRIMARY KEY,
    record    TEXT    NOT NULL,
    kind      TEXT    NOT NULL DEFAULT 'vehicle' CHECK (kind = 'vehicle'),
    month     TEXT    NOT NULL CHECK (date(month || '-01') IS month || '-01'),
    region    TEXT    NOT NULL CHECK (region <> ''),
    version   INTEGER NOT NULL CHECK (version > 0),
    units     INTEGER NOT NULL CHECK (units BETWEEN 0 AND 1000000000),
    source    TEXT    NOT NULL CHECK (source <> ''),
    loaded_on TEXT    NOT NULL CHECK (date(loaded_on, '+0 days') IS loaded_on),
    author    TEXT    NOT NULL CHECK (author <> ''),
    current   INTEGER NOT NULL CHECK (current IN (0, 1)),
    UNIQUE (record, month, region, version),
    FOREIGN KEY (record, kind) REFERENCES record (id, kind)
) STRICT;

CREATE UNIQUE INDEX car_sale_current ON car_sale (region, month, record) WHERE current = 1;

-- Also stops INSERT OR REPLACE.
CREATE TRIGGER car_sale_begins BEFORE INSERT ON car_sale
WHEN NEW.current <> 1
  OR EXISTS (SELECT 1 FROM car_sale WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM car_sale WHERE record = NEW.record AND month = NEW.month AND region = NEW.region
             AND current = 1)
  OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM car_sale
                         WHERE record = NEW.record AND month = NEW.month AND region = NEW.region)
BEGIN
    SELECT RAISE(ABORT, 'sales of a month begin as its current version, with the number after the one before');
END;

CREATE TRIGGER car_sale_stays BEFORE UPDATE OF id, record, kind, month, region, version, units, source, loaded_on,
    author ON car_sale
BEGIN
    SELECT RAISE(ABORT, 'sales that were kept never change; a correction is a further version');
END;

CREATE TRIGGER car_sale_ends_once BEFORE UPDATE OF current ON car_sale WHEN NEW.current > OLD.current
BEGIN
    SELECT RAISE(ABORT, 'sales that were superseded stay so');
END;

CREATE TRIGGER car_sale_no_delete BEFORE DELETE ON car_sale
BEGIN
    SELECT RAISE(ABORT, 'sales that were kept are never deleted');
END;

-- A car is found by maker and name, as tables of sales print them.
CREATE INDEX record_named ON record_version (product, maker) WHERE kind = 'vehicle';

-- All that is read of every published car at once now has the currency of the price, the series and
-- the company too. State and kind stand in it because SQLite takes an index for covering only where
-- it has every column a query names, those of the index's own condition included.
DROP INDEX record_car;
CREATE INDEX record_car ON record_version (record, version, product, maker, size_class, body, powertrain, launched,
                                           value, kerb_mass_kg, price, currency, series, company, state, kind)
    WHERE state = 'published' AND kind = 'vehicle';
