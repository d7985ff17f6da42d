-- Classes and means as kept, for src/registry/peer_keep.c.

-- name: car_class.current
SELECT id, record, record_version, rule_version, class_rule_version, day, class_number, category, mean, peers, rank
FROM car_class WHERE current = 1 ORDER BY record;

-- name: car_class.end
UPDATE car_class SET current = 0 WHERE id = $1;

-- name: car_class.insert
INSERT INTO car_class (record, record_version, rule_version, class_rule_version, day, class_number, category, mean,
                       peers, rank, current)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1);

-- name: car_class.on
SELECT class_number, record_version FROM car_class WHERE record = $1 AND day <= $2 ORDER BY day DESC, id DESC LIMIT 1;

-- name: car_class.last
SELECT class_number, record_version FROM car_class WHERE record = $1 AND current = 1;

-- name: car_class.benchmark
SELECT class_number, mean, peers, rank
FROM car_class
WHERE record = $1 AND current = 1 AND record_version = $2 AND rule_version = $3 AND class_rule_version = $4;
