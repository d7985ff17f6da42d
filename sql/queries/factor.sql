-- Queries of src/factor. The columns of a factor stand in the same order everywhere; row.c counts on it.

-- name: factor_set.insert
INSERT INTO factor_set (number, id, version)
SELECT coalesce(max(number), 0) + 1, $1, $2 FROM factor_set;

-- name: factor_set.find
SELECT number FROM factor_set WHERE id = $1 AND version = $2;

-- name: factor_set.current
SELECT s.number, s.id FROM factor_set s JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE d.superseded_by IS NULL ORDER BY s.number;

-- name: factor_set.all
SELECT number, id FROM factor_set ORDER BY number;

-- name: factor.last_id
SELECT coalesce(max(id), 0) FROM factor;

-- name: factor.insert
INSERT INTO factor (id, set_number, key, name_en, name_zh, category, value, unit, region, year, boundary,
                    technology, quality, source, note, verified)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: factor.order
SELECT id, verified, year FROM factor WHERE set_number = $1 ORDER BY verified DESC, year DESC, key;

-- name: factor.find_current
SELECT s.id, s.version, f.key, f.name_en, f.name_zh, f.category, f.value, f.unit, f.region, f.year,
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified
FROM factor f JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE s.id = $1 AND f.key = $2 AND d.superseded_by IS NULL;

-- name: factor.find
SELECT s.id, s.version, f.key, f.name_en, f.name_zh, f.category, f.value, f.unit, f.region, f.year,
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified
FROM factor f JOIN factor_set s ON s.number = f.set_number
WHERE s.id = $1 AND f.key = $2 AND s.version = $3;

-- name: factor.at_place
SELECT s.id, s.version, f.key, f.name_en, f.name_zh, f.category, f.value, f.unit, f.region, f.year,
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified
FROM factor_place p JOIN factor f ON f.id = p.factor JOIN factor_set s ON s.number = f.set_number
WHERE p.set_number = $1 AND p.place = $2;

-- name: factor_place.insert
INSERT INTO factor_place (set_number, place, factor) VALUES ($1, $2, $3);

-- name: factor_run.insert
INSERT INTO factor_run (set_number, first, count, verified, year) VALUES ($1, $2, $3, $4, $5);

-- name: factor_run.list
SELECT first, count, verified, year FROM factor_run WHERE set_number = $1 ORDER BY first;

-- name: factor_word.insert
INSERT INTO factor_word (word, set_number, count, places) VALUES ($1, $2, $3, $4);

-- name: factor_word.sets
SELECT set_number, count FROM factor_word WHERE word = $1 ORDER BY set_number;

-- name: factor_word.places
SELECT places FROM factor_word WHERE word = $1 AND set_number = $2;

-- name: factor_name.insert
INSERT INTO factor_name (hash, set_number, place) VALUES ($1, $2, $3);

-- name: factor_name.places
SELECT place FROM factor_name WHERE hash = $1 AND set_number = $2 ORDER BY place;
