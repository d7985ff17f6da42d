-- 0009_loan.sql
-- Why: a bank lends for a list of cars at a margin that follows their footprints. The price grid is
-- dated and part of the contract; what was drawn never exceeds the limit; and at signing the version,
-- the g/km and the class of every car are pinned for ever, so that a later correction of a footprint
-- can be shown beside the price and never changes it.
CREATE TABLE facility (
    id        TEXT NOT NULL PRIMARY KEY
              CHECK (length(id) BETWEEN 1 AND 64 AND id NOT GLOB '*[^a-z0-9-]*'),
    borrower  TEXT NOT NULL CHECK (borrower <> ''),
    currency  TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
    grid_date TEXT NOT NULL CHECK (date(grid_date) IS grid_date),
    credit    INTEGER NOT NULL CHECK (credit > 0),  -- the limit, in hundredths of the currency
    basis     TEXT NOT NULL CHECK (basis IN ('class', 'g-km')),
    weight    TEXT NOT NULL CHECK (weight IN ('count', 'price')),
    drawn     INTEGER NOT NULL DEFAULT 0 CONSTRAINT facility_drawn_within_limit CHECK (drawn BETWEEN 0 AND credit),
    signed_on TEXT NOT NULL DEFAULT '' CHECK (signed_on = '' OR date(signed_on) IS signed_on)
) STRICT, WITHOUT ROWID;

-- The grid, in the order of the contract.
CREATE TABLE facility_step (
    facility     TEXT NOT NULL REFERENCES facility (id),
    place        INTEGER NOT NULL CHECK (place BETWEEN 1 AND 20),
    class_number INTEGER CHECK (class_number BETWEEN 1 AND 20),
    up_to_g_km   REAL CHECK (up_to_g_km > 0),  -- NULL: no limit
    basis_points INTEGER NOT NULL CHECK (basis_points BETWEEN -10000 AND 10000),
    PRIMARY KEY (facility, place),
    UNIQUE (facility, class_number),
    CHECK (class_number IS NULL OR up_to_g_km IS NULL)
) STRICT, WITHOUT ROWID;

-- One row a car; several cars may be of one model and so have one record, which need not exist yet.
CREATE TABLE facility_car (
    facility     TEXT NOT NULL REFERENCES facility (id),
    place        INTEGER NOT NULL CHECK (place > 0),
    record       TEXT NOT NULL CHECK (length(record) BETWEEN 1 AND 100 AND record NOT GLOB '*[^a-z0-9-]*'),
    price        INTEGER NOT NULL CHECK (price > 0),  -- hundredths
    version      INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),  -- 0: none was published
    g_km         REAL,
    class_number INTEGER NOT NULL DEFAULT 0 CHECK (class_number BETWEEN 0 AND 20),
    PRIMARY KEY (facility, place),
    CHECK (version > 0 OR (g_km IS NULL AND class_number = 0))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER facility_signed_stays BEFORE UPDATE ON facility WHEN OLD.signed_on <> ''
BEGIN
    SELECT RAISE(ABORT, 'a signed facility does not change');
END;

CREATE TRIGGER facility_keeps_id BEFORE UPDATE OF id ON facility WHEN NEW.id <> OLD.id
BEGIN
    SELECT RAISE(ABORT, 'a facility keeps its id for ever');
END;

CREATE TRIGGER facility_no_delete BEFORE DELETE ON facility
BEGIN
    SELECT RAISE(ABORT, 'a facility is never deleted');
END;

-- Signing pins the cars first and closes the facility last.
CREATE TRIGGER facility_step_insert BEFORE INSERT ON facility_step
WHEN (SELECT signed_on FROM facility WHERE id = NEW.facility) <> ''
BEGIN
    SELECT RAISE(ABORT, 'the grid of a signed facility does not change');
END;

CREATE TRIGGER facility_step_update BEFORE UPDATE ON facility_step
BEGIN
    SELECT RAISE(ABORT, 'a step of a grid is not changed; the grid of a draft is written anew');
END;

CREATE TRIGGER facility_step_delete BEFORE DELETE ON facility_step
WHEN (SELECT signed_on FROM facility WHERE id = OLD.facility) <> ''
BEGIN
    SELECT RAISE(ABORT, 'the grid of a signed facility does not change');
END;

CREATE TRIGGER facility_car_insert BEFORE INSERT ON facility_car
WHEN (SELECT signed_on FROM facility WHERE id = NEW.facility) <> ''
BEGIN
    SELECT RAISE(ABORT, 'the cars of a signed facility do not change');
END;

CREATE TRIGGER facility_car_update BEFORE UPDATE ON facility_car
WHEN (SELECT signed_on FROM facility WHERE id = OLD.facility) <> ''
     OR NEW.facility <> OLD.facility OR NEW.place <> OLD.place OR NEW.record <> OLD.record OR NEW.price <> OLD.price
BEGIN
    SELECT RAISE(ABORT, 'a car of a facility is pinned once, before signing, and keeps record and price');
END;

CREATE TRIGGER facility_car_delete BEFORE DELETE ON facility_car
WHEN (SELECT signed_on FROM facility WHERE id = OLD.facility) <> ''
BEGIN
    SELECT RAISE(ABORT, 'the cars of a signed facility do not change');
END;

CREATE TRIGGER facility_car_drawn AFTER INSERT ON facility_car
BEGIN
    UPDATE facility SET drawn = drawn + NEW.price WHERE id = NEW.facility;
END;

CREATE TRIGGER facility_car_undrawn AFTER DELETE ON facility_car
BEGIN
    UPDATE facility SET drawn = drawn - OLD.price WHERE id = OLD.facility;
END;
