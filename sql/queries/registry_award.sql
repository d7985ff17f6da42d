-- Queries of src/registry: Top Runner awards as they were kept. The columns stand in the same order everywhere;
-- award_read.c counts on it.

-- name: award_round.get
SELECT id, day, launched_from, launched_until, step_g_km, least, rule_version, rule_checksum, as_declared, cars,
       left_out, candidates, author, checksum
FROM award_round WHERE id = $1;

-- name: award_round.list
SELECT id, day, launched_from, launched_until, step_g_km, least, rule_version, rule_checksum, as_declared, cars,
       left_out, candidates, author, checksum
FROM award_round ORDER BY day, id;

-- name: award_round.insert
INSERT INTO award_round (id, day, launched_from, launched_until, step_g_km, least, rule_version, rule_checksum,
                         as_declared, cars, left_out, candidates, author, checksum)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: award_candidate.list
SELECT size_class, body, powertrain, record, version, product, maker, launched, g_km, seal, rank, wins
FROM award_candidate WHERE award = $1 ORDER BY place;

-- name: award_candidate.insert
INSERT INTO award_candidate (award, place, size_class, body, powertrain, record, version, product, maker, launched,
                             g_km, seal, rank, wins)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- What a candidate is frozen by.
-- name: award_candidate.seal
SELECT hash, published_on FROM record_version WHERE record = $1 AND version = $2;
