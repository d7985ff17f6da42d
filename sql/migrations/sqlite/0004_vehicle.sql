-- 0004_vehicle.sql
-- Why: cars as their sources describe them, the imports they came with, the rows that were refused,
-- and bills of materials that replace the default composition.
CREATE TABLE vehicle_import (
    id          INTEGER PRIMARY KEY,
    map         TEXT    NOT NULL,
    map_version TEXT    NOT NULL,                               -- of the data set vehicle-maps
    file_name   TEXT    NOT NULL,
    file_sha256 TEXT    NOT NULL CHECK (length(file_sha256) = 64),
    rows        INTEGER NOT NULL CHECK (rows >= 0),
    accepted    INTEGER NOT NULL CHECK (accepted >= 0),
    repeated    INTEGER NOT NULL CHECK (repeated >= 0),         -- there already from another import
    refused     INTEGER NOT NULL CHECK (refused >= 0),
    imported_at TEXT    NOT NULL,                               -- ISO 8601, UTC
    actor       TEXT    NOT NULL CHECK (actor <> ''),
    CHECK (accepted + repeated + refused = rows),
    UNIQUE (map, map_version, file_sha256)
) STRICT;

CREATE TABLE vehicle (
    id                      TEXT    PRIMARY KEY CHECK (id <> ''),
    map                     TEXT    NOT NULL,
    brand                   TEXT    NOT NULL CHECK (brand <> ''),
    maker_group             TEXT,
    model                   TEXT    NOT NULL CHECK (model <> ''),
    description             TEXT,
    size_class              TEXT,
    body                    TEXT,
    powertrain              TEXT    NOT NULL CHECK (powertrain <> ''),
    fuel                    TEXT,
    chemistry               TEXT,
    currency                TEXT,
    kerb_mass_kg            REAL    NOT NULL CHECK (kerb_mass_kg > 0),
    fuel_low                REAL             CHECK (fuel_low >= 0),
    fuel_high               REAL             CHECK (fuel_high >= fuel_low),
    electricity_low_wh_km   REAL             CHECK (electricity_low_wh_km >= 0),
    electricity_high_wh_km  REAL             CHECK (electricity_high_wh_km >= electricity_low_wh_km),
    range_low_km            REAL             CHECK (range_low_km >= 0),
    range_high_km           REAL             CHECK (range_high_km >= range_low_km),
    battery_kwh             REAL             CHECK (battery_kwh > 0),
    co2_low_g_km            REAL             CHECK (co2_low_g_km >= 0),
    co2_high_g_km           REAL             CHECK (co2_high_g_km >= co2_low_g_km),
    price                   REAL             CHECK (price >= 0),
    import_id               INTEGER NOT NULL REFERENCES vehicle_import(id),
    source_row              INTEGER NOT NULL CHECK (source_row > 0),
    electricity_at_mains    INTEGER NOT NULL CHECK (electricity_at_mains IN (0, 1)),
    year                    INTEGER NOT NULL CHECK (year = 0 OR year BETWEEN 1900 AND 2100)
) STRICT;
CREATE INDEX vehicle_by_import ON vehicle (import_id, source_row);

CREATE TABLE vehicle_refusal (
    import_id   INTEGER NOT NULL REFERENCES vehicle_import(id),
    source_row  INTEGER NOT NULL CHECK (source_row > 0),
    reason      TEXT    NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (import_id, source_row)
) STRICT;

CREATE TABLE vehicle_part (
    vehicle_id     TEXT    NOT NULL REFERENCES vehicle(id),
    line           INTEGER NOT NULL CHECK (line > 0),
    part           TEXT    NOT NULL CHECK (part <> ''),
    material       TEXT    NOT NULL CHECK (material <> ''),
    mass_kg        REAL    NOT NULL CHECK (mass_kg > 0),
    supplier       TEXT    NOT NULL,
    process        TEXT    NOT NULL,
    recycled_share REAL    NOT NULL CHECK (recycled_share BETWEEN 0 AND 1),
    PRIMARY KEY (vehicle_id, line)
) STRICT;
