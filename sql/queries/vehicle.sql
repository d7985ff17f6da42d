-- Queries of src/footprint/vehicle.c and of the import. The parameter of a tenant says whose cars, beside the public
-- ones, or whose bills are meant: '*' those of all, '' of none.

-- name: vehicle.insert
INSERT INTO vehicle (id, map, brand, maker_group, model, description, size_class, body, powertrain, fuel,
                     chemistry, currency, kerb_mass_kg, fuel_low, fuel_high, electricity_low_wh_km,
                     electricity_high_wh_km, range_low_km, range_high_km, battery_kwh, co2_low_g_km,
                     co2_high_g_km, price, import_id, source_row, electricity_at_mains, year, tenant)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
        $23, $24, $25, $26, $27, $28);

-- name: vehicle.get
SELECT id, map, brand, maker_group, model, description, size_class, body, powertrain, fuel, chemistry,
       currency, kerb_mass_kg, fuel_low, fuel_high, electricity_low_wh_km, electricity_high_wh_km,
       range_low_km, range_high_km, battery_kwh, co2_low_g_km, co2_high_g_km, price, source_row,
       electricity_at_mains, year, tenant, (SELECT company FROM tenant t WHERE t.id = vehicle.tenant)
FROM vehicle WHERE id = $1 AND (tenant IS NULL OR $2 = '*' OR tenant = $2);

-- name: vehicle.list
SELECT id, map, brand, maker_group, model, description, size_class, body, powertrain, fuel, chemistry,
       currency, kerb_mass_kg, fuel_low, fuel_high, electricity_low_wh_km, electricity_high_wh_km,
       range_low_km, range_high_km, battery_kwh, co2_low_g_km, co2_high_g_km, price, source_row,
       electricity_at_mains, year, tenant, (SELECT company FROM tenant t WHERE t.id = vehicle.tenant)
FROM vehicle WHERE tenant IS NULL OR $1 = '*' OR tenant = $1
ORDER BY import_id, source_row, id;

-- Those behind one of them in the same order.
-- name: vehicle.list_after
SELECT id, map, brand, maker_group, model, description, size_class, body, powertrain, fuel, chemistry,
       currency, kerb_mass_kg, fuel_low, fuel_high, electricity_low_wh_km, electricity_high_wh_km,
       range_low_km, range_high_km, battery_kwh, co2_low_g_km, co2_high_g_km, price, source_row,
       electricity_at_mains, year, tenant, (SELECT company FROM tenant t WHERE t.id = vehicle.tenant)
FROM vehicle
WHERE (tenant IS NULL OR $1 = '*' OR tenant = $1)
  AND (import_id, source_row, id) > (SELECT import_id, source_row, id FROM vehicle WHERE id = $2)
ORDER BY import_id, source_row, id;

-- name: vehicle.parts_delete
DELETE FROM vehicle_part WHERE vehicle_id = $1;

-- name: vehicle.part_insert
INSERT INTO vehicle_part (vehicle_id, line, part, material, mass_kg, supplier, process, recycled_share)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: vehicle.parts
SELECT part, material, mass_kg, supplier, process, recycled_share FROM vehicle_part
WHERE vehicle_id = $1 AND ($2 = '*' OR EXISTS (SELECT 1 FROM vehicle v WHERE v.id = vehicle_id AND v.tenant = $2))
ORDER BY line;

-- name: vehicle.parts_count
SELECT count(DISTINCT vehicle_id) FROM vehicle_part
WHERE $1 = '*' OR EXISTS (SELECT 1 FROM vehicle v WHERE v.id = vehicle_id AND v.tenant = $1);

-- name: vehicle.import_find
SELECT id, rows, accepted, repeated, refused, imported_at FROM vehicle_import
WHERE map = $1 AND map_version = $2 AND file_sha256 = $3 AND coalesce(tenant, '') = $4;

-- name: vehicle.import_insert
INSERT INTO vehicle_import (map, map_version, file_name, file_sha256, rows, accepted, repeated, refused,
                            imported_at, actor, tenant)
VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5, $6, $7) RETURNING id;

-- name: vehicle.import_count
UPDATE vehicle_import SET rows = $2, accepted = $3, repeated = $4, refused = $5 WHERE id = $1;

-- name: vehicle.refusal_insert
INSERT INTO vehicle_refusal (import_id, source_row, reason) VALUES ($1, $2, $3);

-- name: vehicle.refusals
SELECT source_row, reason FROM vehicle_refusal WHERE import_id = $1 ORDER BY source_row;
