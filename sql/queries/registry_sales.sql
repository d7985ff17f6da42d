-- Queries of src/registry: sales of cars by month.

-- name: car_sale.current
SELECT id, version, units, source FROM car_sale
WHERE region = $1 AND month = $2 AND record = $3 AND current = 1;

-- name: car_sale.supersede
UPDATE car_sale SET current = 0 WHERE id = $1;

-- name: car_sale.insert
INSERT INTO car_sale (record, month, region, version, units, source, loaded_on, author, current)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1);

-- What is loaded.
-- name: car_sale.months
SELECT region, month, count(*), CAST(sum(units) AS BIGINT) FROM car_sale
WHERE current = 1 GROUP BY region, month ORDER BY region, month;

-- name: car_sale.sum
SELECT record, CAST(sum(units) AS BIGINT) FROM car_sale
WHERE current = 1 AND region = $1 AND month BETWEEN $2 AND $3 GROUP BY record ORDER BY record;

-- The newest version of each car sold, the published one where there is one.
-- name: car_sale.sold
SELECT s.record, s.units, v.state, v.product, v.maker, v.series, v.powertrain, v.price, v.currency
FROM (SELECT record, CAST(sum(units) AS BIGINT) AS units FROM car_sale
      WHERE current = 1 AND region = $1 AND month BETWEEN $2 AND $3 GROUP BY record) s
JOIN record_version v ON v.record = s.record
 AND v.version = coalesce((SELECT p.version FROM record_version p WHERE p.record = s.record AND p.state = 'published'),
                          (SELECT max(m.version) FROM record_version m WHERE m.record = s.record))
ORDER BY s.record;

-- name: car_sale.history
SELECT month, region, version, units, source, loaded_on, author, current FROM car_sale
WHERE record = $1 ORDER BY month, region, version;

-- Cars by id, disclosure id, and name; two are enough to know that it is not one.
-- name: car_sale.car
SELECT id FROM record WHERE id = $1 AND kind = 'vehicle';

-- name: car_sale.disclosed
SELECT DISTINCT record FROM record_version WHERE disclosure_id = $1 AND disclosure_id <> '' AND kind = 'vehicle'
ORDER BY record LIMIT 2;

-- name: car_sale.named
SELECT DISTINCT record FROM record_version WHERE product = $1 AND maker = $2 AND kind = 'vehicle'
ORDER BY record LIMIT 2;
