-- 0004_vehicle.sql
-- Why: cars as their sources describe them, the imports they came with, the rows that were refused,
-- and bills of materials that replace the default composition.
CREATE TABLE vehicle_import (
    id          BIGINT NOT NULL PRIMARY KEY,
    map         TEXT COLLATE "C" NOT NULL,
    map_version TEXT COLLATE "C" NOT NULL,                               -- of the data set vehicle-maps
    file_name   TEXT COLLATE "C" NOT NULL,
    file_sha256 TEXT COLLATE "C" NOT NULL CHECK (length(file_sha256) = 64),
    rows        BIGINT NOT NULL CHECK (rows >= 0),
    accepted    BIGINT NOT NULL CHECK (accepted >= 0),
    repeated    BIGINT NOT NULL CHECK (repeated >= 0),         -- there already from another import
    refused     BIGINT NOT NULL CHECK (refused >= 0),
    imported_at TEXT COLLATE "C" NOT NULL,                               -- ISO 8601, UTC
    actor       TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
    CHECK (accepted + repeated + refused = rows),
    UNIQUE (map, map_version, file_sha256)
);
CREATE TRIGGER a_number BEFORE INSERT ON vehicle_import FOR EACH ROW WHEN (NEW.id IS NULL)
    EXECUTE FUNCTION next_id();

CREATE TABLE vehicle (
    id                      TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    map                     TEXT COLLATE "C" NOT NULL,
    brand                   TEXT COLLATE "C" NOT NULL CHECK (brand <> ''),
    maker_group             TEXT COLLATE "C",
    model                   TEXT COLLATE "C" NOT NULL CHECK (model <> ''),
    description             TEXT COLLATE "C",
    size_class              TEXT COLLATE "C",
    body                    TEXT COLLATE "C",
    powertrain              TEXT COLLATE "C" NOT NULL CHECK (powertrain <> ''),
    fuel                    TEXT COLLATE "C",
    chemistry               TEXT COLLATE "C",
    currency                TEXT COLLATE "C",
    kerb_mass_kg            DOUBLE PRECISION NOT NULL CHECK (kerb_mass_kg > 0),
    fuel_low                DOUBLE PRECISION CHECK (fuel_low >= 0),
    fuel_high               DOUBLE PRECISION CHECK (fuel_high >= fuel_low),
    electricity_low_wh_km   DOUBLE PRECISION CHECK (electricity_low_wh_km >= 0),
    electricity_high_wh_km  DOUBLE PRECISION CHECK (electricity_high_wh_km >= electricity_low_wh_km),
    range_low_km            DOUBLE PRECISION CHECK (range_low_km >= 0),
    range_high_km           DOUBLE PRECISION CHECK (range_high_km >= range_low_km),
    battery_kwh             DOUBLE PRECISION CHECK (battery_kwh > 0),
    co2_low_g_km            DOUBLE PRECISION CHECK (co2_low_g_km >= 0),
    co2_high_g_km           DOUBLE PRECISION CHECK (co2_high_g_km >= co2_low_g_km),
    price                   DOUBLE PRECISION CHECK (price >= 0),
    import_id               BIGINT NOT NULL REFERENCES vehicle_import(id),
    source_row              BIGINT NOT NULL CHECK (source_row > 0),
    electricity_at_mains    BIGINT NOT NULL CHECK (electricity_at_mains IN (0, 1)),
    year                    BIGINT NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2100)
);
CREATE INDEX vehicle_by_import ON vehicle (import_id, source_row);

CREATE TABLE vehicle_refusal (
    import_id   BIGINT NOT NULL REFERENCES vehicle_import(id),
    source_row  BIGINT NOT NULL CHECK (source_row > 0),
    reason      TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (import_id, source_row)
);

CREATE TABLE vehicle_part (
    vehicle_id     TEXT COLLATE "C" NOT NULL REFERENCES vehicle(id),
    line           BIGINT NOT NULL CHECK (line > 0),
    part           TEXT COLLATE "C" NOT NULL CHECK (part <> ''),
    material       TEXT COLLATE "C" NOT NULL CHECK (material <> ''),
    mass_kg        DOUBLE PRECISION NOT NULL CHECK (mass_kg > 0),
    supplier       TEXT COLLATE "C" NOT NULL,
    process        TEXT COLLATE "C" NOT NULL,
    recycled_share DOUBLE PRECISION NOT NULL CHECK (recycled_share BETWEEN 0 AND 1),
    PRIMARY KEY (vehicle_id, line)
);
