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
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified,
       x.factor, x.gsd, x.percent95, x.stage, x.fossil_co2, x.biogenic_co2, x.ch4, x.n2o, x.hfc, x.other_gas
FROM factor f LEFT JOIN factor_detail x ON x.factor = f.id JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE s.id = $1 AND f.key = $2 AND d.superseded_by IS NULL;

-- name: factor.find
SELECT s.id, s.version, f.key, f.name_en, f.name_zh, f.category, f.value, f.unit, f.region, f.year,
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified,
       x.factor, x.gsd, x.percent95, x.stage, x.fossil_co2, x.biogenic_co2, x.ch4, x.n2o, x.hfc, x.other_gas
FROM factor f LEFT JOIN factor_detail x ON x.factor = f.id JOIN factor_set s ON s.number = f.set_number
WHERE s.id = $1 AND f.key = $2 AND s.version = $3;

-- name: factor.at_place
SELECT s.id, s.version, f.key, f.name_en, f.name_zh, f.category, f.value, f.unit, f.region, f.year,
       f.boundary, f.technology, f.quality, f.source, f.note, f.verified,
       x.factor, x.gsd, x.percent95, x.stage, x.fossil_co2, x.biogenic_co2, x.ch4, x.n2o, x.hfc, x.other_gas
FROM factor_place p JOIN factor f ON f.id = p.factor LEFT JOIN factor_detail x ON x.factor = f.id
JOIN factor_set s ON s.number = f.set_number
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

-- name: factor_detail.insert
INSERT INTO factor_detail (factor, gsd, percent95, stage, fossil_co2, biogenic_co2, ch4, n2o, hfc, other_gas)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: factor_reading.insert
INSERT OR IGNORE INTO factor_reading (pinyin, phrase) VALUES ($1, $2);

-- name: factor_reading.list
SELECT phrase FROM factor_reading WHERE pinyin = $1 ORDER BY length(phrase), phrase LIMIT 40;

-- name: factor_reading.syllable
SELECT phrase FROM factor_reading WHERE pinyin = $1 AND length(phrase) = 1 LIMIT 1;

-- name: factor_synonym.insert
INSERT OR IGNORE INTO factor_synonym (set_id, version, row, phrase) VALUES ($1, $2, $3, $4);

-- name: factor_synonym.group
SELECT DISTINCT b.phrase FROM factor_synonym a
JOIN dataset d ON d.id = a.set_id AND d.version = a.version
JOIN factor_synonym b ON b.set_id = a.set_id AND b.version = a.version AND b.row = a.row
WHERE a.phrase = $1 AND d.superseded_by IS NULL ORDER BY b.phrase LIMIT 40;

-- name: factor.count
SELECT f.category, s.id, s.version, count(*), CAST(sum(f.verified) AS BIGINT)
FROM factor f JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE d.superseded_by IS NULL GROUP BY f.category, s.id, s.version ORDER BY f.category, s.id;

-- name: factor_proposal.insert
INSERT INTO factor_proposal (name_en, name_zh, category, value, unit, region, year, boundary, source, proposed_by,
                             proposed_on, state, decided_by, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', '', '') RETURNING id;

-- name: factor_proposal.list
SELECT id, name_en, name_zh, category, value, unit, region, year, boundary, source, proposed_by, proposed_on, state,
       decided_by, reason
FROM factor_proposal ORDER BY id;

-- name: factor_proposal.decide
UPDATE factor_proposal SET state = $2, decided_by = $3, reason = $4 WHERE id = $1;
