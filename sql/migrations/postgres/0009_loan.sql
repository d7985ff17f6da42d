-- 0009_loan.sql
-- Why: a bank lends for a list of cars at a margin that follows their footprints. The price grid is
-- dated and part of the contract; what was drawn never exceeds the limit; and at signing the version,
-- the g/km and the class of every car are pinned for ever, so that a later correction of a footprint
-- can be shown beside the price and never changes it.

-- A day of the calendar, as YYYY-MM-DD.
CREATE FUNCTION is_date(day TEXT) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'
       AND make_date(left(day, 4)::int, substr(day, 6, 2)::int, right(day, 2)::int) IS NOT NULL;
EXCEPTION WHEN datetime_field_overflow THEN
    RETURN false;
END
$$;

CREATE TABLE facility (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY
              CHECK (length(id) BETWEEN 1 AND 64 AND id !~ '[^a-z0-9-]'),
    borrower  TEXT COLLATE "C" NOT NULL CHECK (borrower <> ''),
    currency  TEXT COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    grid_date TEXT COLLATE "C" NOT NULL CHECK (is_date(grid_date)),
    credit    BIGINT NOT NULL CHECK (credit > 0),  -- the limit, in hundredths of the currency
    basis     TEXT COLLATE "C" NOT NULL CHECK (basis IN ('class', 'g-km')),
    weight    TEXT COLLATE "C" NOT NULL CHECK (weight IN ('count', 'price')),
    drawn     BIGINT NOT NULL DEFAULT 0 CONSTRAINT facility_drawn_within_limit CHECK (drawn BETWEEN 0 AND credit),
    signed_on TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (signed_on = '' OR is_date(signed_on))
);

-- The grid, in the order of the contract.
CREATE TABLE facility_step (
    facility     TEXT COLLATE "C" NOT NULL REFERENCES facility (id),
    place        BIGINT NOT NULL CHECK (place BETWEEN 1 AND 20),
    class_number BIGINT CHECK (class_number BETWEEN 1 AND 20),
    up_to_g_km   DOUBLE PRECISION CHECK (up_to_g_km > 0),  -- NULL: no limit
    basis_points BIGINT NOT NULL CHECK (basis_points BETWEEN -10000 AND 10000),
    PRIMARY KEY (facility, place),
    UNIQUE (facility, class_number),
    CHECK (class_number IS NULL OR up_to_g_km IS NULL)
);

-- One row a car; several cars may be of one model and so have one record, which need not exist yet.
CREATE TABLE facility_car (
    facility     TEXT COLLATE "C" NOT NULL REFERENCES facility (id),
    place        BIGINT NOT NULL CHECK (place > 0),
    record       TEXT COLLATE "C" NOT NULL CHECK (length(record) BETWEEN 1 AND 100 AND record !~ '[^a-z0-9-]'),
    price        BIGINT NOT NULL CHECK (price > 0),  -- hundredths
    version      BIGINT NOT NULL DEFAULT 0 CHECK (version >= 0),  -- 0: none was published
    g_km         DOUBLE PRECISION,
    class_number BIGINT NOT NULL DEFAULT 0 CHECK (class_number BETWEEN 0 AND 20),
    PRIMARY KEY (facility, place),
    CHECK (version > 0 OR (g_km IS NULL AND class_number = 0))
);

CREATE TRIGGER facility_signed_stays BEFORE UPDATE ON facility FOR EACH ROW
    WHEN (OLD.signed_on <> '')
    EXECUTE FUNCTION refuse('a signed facility does not change');

CREATE TRIGGER facility_keeps_id BEFORE UPDATE OF id ON facility FOR EACH ROW
    WHEN (NEW.id <> OLD.id)
    EXECUTE FUNCTION refuse('a facility keeps its id for ever');

CREATE TRIGGER facility_no_delete BEFORE DELETE ON facility FOR EACH ROW
    EXECUTE FUNCTION refuse('a facility is never deleted');
CREATE TRIGGER facility_no_truncate BEFORE TRUNCATE ON facility FOR EACH STATEMENT
    EXECUTE FUNCTION refuse('a facility is never deleted');

-- Signing pins the cars first and closes the facility last.
CREATE FUNCTION facility_step_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT signed_on FROM facility WHERE id = NEW.facility) <> '' THEN
        RAISE EXCEPTION 'the grid of a signed facility does not change';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER facility_step_insert BEFORE INSERT ON facility_step FOR EACH ROW
    EXECUTE FUNCTION facility_step_insert();

CREATE TRIGGER facility_step_update BEFORE UPDATE ON facility_step FOR EACH ROW
    EXECUTE FUNCTION refuse('a step of a grid is not changed; the grid of a draft is written anew');

CREATE FUNCTION facility_step_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT signed_on FROM facility WHERE id = OLD.facility) <> '' THEN
        RAISE EXCEPTION 'the grid of a signed facility does not change';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER facility_step_delete BEFORE DELETE ON facility_step FOR EACH ROW
    EXECUTE FUNCTION facility_step_delete();

CREATE FUNCTION facility_car_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT signed_on FROM facility WHERE id = NEW.facility) <> '' THEN
        RAISE EXCEPTION 'the cars of a signed facility do not change';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER facility_car_insert BEFORE INSERT ON facility_car FOR EACH ROW
    EXECUTE FUNCTION facility_car_insert();

CREATE FUNCTION facility_car_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT signed_on FROM facility WHERE id = OLD.facility) <> ''
     OR NEW.facility <> OLD.facility OR NEW.place <> OLD.place OR NEW.record <> OLD.record OR NEW.price <> OLD.price THEN
        RAISE EXCEPTION 'a car of a facility is pinned once, before signing, and keeps record and price';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER facility_car_update BEFORE UPDATE ON facility_car FOR EACH ROW
    EXECUTE FUNCTION facility_car_update();

CREATE FUNCTION facility_car_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT signed_on FROM facility WHERE id = OLD.facility) <> '' THEN
        RAISE EXCEPTION 'the cars of a signed facility do not change';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER facility_car_delete BEFORE DELETE ON facility_car FOR EACH ROW
    EXECUTE FUNCTION facility_car_delete();

CREATE FUNCTION facility_car_drawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE facility SET drawn = drawn + NEW.price WHERE id = NEW.facility;
    RETURN NEW;
END
$$;
CREATE TRIGGER facility_car_drawn AFTER INSERT ON facility_car FOR EACH ROW
    EXECUTE FUNCTION facility_car_drawn();

CREATE FUNCTION facility_car_undrawn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE facility SET drawn = drawn - OLD.price WHERE id = OLD.facility;
    RETURN OLD;
END
$$;
CREATE TRIGGER facility_car_undrawn AFTER DELETE ON facility_car FOR EACH ROW
    EXECUTE FUNCTION facility_car_undrawn();
