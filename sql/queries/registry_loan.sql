-- Queries of src/registry: loans. The columns of a facility stand in the same order everywhere;
-- facility_read.c counts on it.

-- name: facility.get
SELECT id, borrower, currency, grid_date, credit, basis, weight, signed_on, drawn, tenant FROM facility WHERE id = $1;

-- name: facility.list
SELECT id, borrower, currency, grid_date, credit, basis, weight, signed_on, drawn, tenant FROM facility ORDER BY id;

-- A draft that is rewritten stays with its organisation.
-- name: facility.put
INSERT INTO facility (id, borrower, currency, grid_date, credit, basis, weight, tenant)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE SET borrower = excluded.borrower, currency = excluded.currency,
    grid_date = excluded.grid_date, credit = excluded.credit, basis = excluded.basis, weight = excluded.weight;

-- name: facility.sign
UPDATE facility SET signed_on = $2 WHERE id = $1;

-- name: facility_step.list
SELECT class_number, up_to_g_km, basis_points FROM facility_step WHERE facility = $1 ORDER BY place;

-- name: facility_step.insert
INSERT INTO facility_step (facility, place, class_number, up_to_g_km, basis_points) VALUES ($1, $2, $3, $4, $5);

-- name: facility_step.clear
DELETE FROM facility_step WHERE facility = $1;

-- name: facility_car.list
SELECT place, record, price, version, g_km, class_number FROM facility_car WHERE facility = $1 ORDER BY place;

-- name: facility_car.insert
INSERT INTO facility_car (facility, place, record, price)
SELECT $1, coalesce(max(place), 0) + 1, $2, $3 FROM facility_car WHERE facility = $1;

-- The last drawn of the cars with this record and price.
-- name: facility_car.delete
DELETE FROM facility_car WHERE facility = $1 AND place =
    (SELECT max(place) FROM facility_car WHERE facility = $1 AND record = $2 AND price = $3);

-- name: facility_car.pin
UPDATE facility_car SET version = $3, g_km = $4, class_number = $5 WHERE facility = $1 AND place = $2;

-- Cars of signed facilities whose footprint was published anew since a day: a notice to who keeps the facility.
-- name: facility_car.corrected
SELECT DISTINCT f.id, f.tenant, c.record, v.version, c.g_km, v.value, v.product, v.reason, v.published_on
FROM facility f
JOIN facility_car c ON c.facility = f.id
JOIN record_version v ON v.record = c.record AND v.state = 'published'
WHERE f.signed_on <> '' AND f.tenant IS NOT NULL AND c.version > 0 AND v.version > c.version AND v.published_on >= $1
ORDER BY f.id, c.record, c.g_km;
