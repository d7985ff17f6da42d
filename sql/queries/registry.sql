-- Queries of src/registry: records and batches. The columns of a version stand in the same order everywhere;
-- record_read.c counts on it.

-- name: record.kind
SELECT kind FROM record WHERE id = $1;

-- name: record.insert
INSERT INTO record (id, kind) VALUES ($1, $2);

-- name: record_version.newest
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.record = $1 ORDER BY v.version DESC LIMIT 1;

-- The published one, or the one last published.
-- name: record_version.public
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.record = $1 AND v.published_on <> '' ORDER BY v.version DESC LIMIT 1;

-- name: record_version.at
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.record = $1 AND v.version = $2;

-- name: record_version.list
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.record = $1 ORDER BY v.version;

-- The newest version of each record of a kind, or the one in force; '' stands for any. What is not stated comes last
-- in either order.
-- name: record_version.newest_of
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.kind = $1
  AND CASE WHEN $2 = 'in force' THEN v.state = 'published'
           ELSE v.version = (SELECT max(n.version) FROM record_version n WHERE n.record = v.record)
                AND ($2 = '' OR v.state = $2) END
  AND ($3 = '' OR v.maker = $3) AND ($4 = '' OR v.company = $4)
  AND ($5 = '' OR v.size_class = $5) AND ($6 = '' OR v.body = $6) AND ($7 = '' OR v.powertrain = $7)
  AND ($8 = '' OR EXISTS (SELECT 1 FROM batch_record b WHERE b.batch = $8 AND b.record = v.record))
  AND ($9 = '' OR lower(v.product || ' ' || v.maker || ' ' || v.record || ' ' || v.disclosure_id) LIKE $9 ESCAPE '!')
  AND ($10 = '' OR EXISTS (SELECT 1 FROM record_verifier w WHERE w.record = v.record AND w.tenant = $10)
       OR EXISTS (SELECT 1 FROM batch_record b JOIN batch_verifier w ON w.batch = b.batch
                  WHERE b.record = v.record AND w.tenant = $10))
ORDER BY CASE $11 WHEN 'kerb_mass_kg' THEN v.kerb_mass_kg IS NULL WHEN '-kerb_mass_kg' THEN v.kerb_mass_kg IS NULL
                  WHEN 'launched' THEN v.launched = '' WHEN '-launched' THEN v.launched = ''
                  WHEN 'published_on' THEN v.published_on = '' WHEN '-published_on' THEN v.published_on = ''
                  ELSE false END,
         CASE $11 WHEN 'value' THEN v.value WHEN '-value' THEN -v.value
                  WHEN 'kerb_mass_kg' THEN v.kerb_mass_kg WHEN '-kerb_mass_kg' THEN -v.kerb_mass_kg END,
         CASE $11 WHEN 'product' THEN v.product WHEN 'maker' THEN v.maker WHEN 'launched' THEN v.launched
                  WHEN 'published_on' THEN v.published_on WHEN 'state' THEN v.state END,
         CASE $11 WHEN '-product' THEN v.product WHEN '-maker' THEN v.maker WHEN '-launched' THEN v.launched
                  WHEN '-published_on' THEN v.published_on WHEN '-state' THEN v.state END DESC,
         v.record
LIMIT $12 OFFSET $13;

-- How many that are.
-- name: record_version.count_of
SELECT count(*)
FROM record_version v
WHERE v.kind = $1
  AND CASE WHEN $2 = 'in force' THEN v.state = 'published'
           ELSE v.version = (SELECT max(n.version) FROM record_version n WHERE n.record = v.record)
                AND ($2 = '' OR v.state = $2) END
  AND ($3 = '' OR v.maker = $3) AND ($4 = '' OR v.company = $4)
  AND ($5 = '' OR v.size_class = $5) AND ($6 = '' OR v.body = $6) AND ($7 = '' OR v.powertrain = $7)
  AND ($8 = '' OR EXISTS (SELECT 1 FROM batch_record b WHERE b.batch = $8 AND b.record = v.record))
  AND ($9 = '' OR lower(v.product || ' ' || v.maker || ' ' || v.record || ' ' || v.disclosure_id) LIKE $9 ESCAPE '!')
  AND ($10 = '' OR EXISTS (SELECT 1 FROM record_verifier w WHERE w.record = v.record AND w.tenant = $10)
       OR EXISTS (SELECT 1 FROM batch_record b JOIN batch_verifier w ON w.batch = b.batch
                  WHERE b.record = v.record AND w.tenant = $10));

-- Each version ever published, those of one record together, oldest first.
-- name: record_version.sealed
SELECT v.number, v.record, v.version, v.kind, v.state, v.product, v.maker, coalesce(v.company, ''), v.disclosure_id,
       v.series, v.size_class, v.body, v.powertrain, v.launched, v.kerb_mass_kg, v.price, v.currency, v.value, v.unit,
       v.boundary, v.method, v.region, v.grade, v.verifier, v.evidence, v.year, v.uncertainty, v.primary_share,
       v.valid_from, v.valid_until, p.text, v.input_hash, v.reason, v.author, v.published_on, v.ended_on,
       v.ended_because, v.content, v.reviewed, v.hash,
       EXISTS (SELECT 1 FROM record_version n WHERE n.record = v.record AND n.version = v.version + 1
               AND n.published_on <> '')
FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.published_on <> '' ORDER BY v.record, v.version;

-- The seal of a version, '' before it is published.
-- name: record_version.seal
SELECT hash FROM record_version WHERE record = $1 AND version = $2;

-- name: record_version.insert
INSERT INTO record_version (record, version, kind, state, product, maker, company, disclosure_id, series, size_class,
                            body, powertrain, launched, kerb_mass_kg, price, currency, value, unit, boundary, method,
                            region, grade, verifier, evidence, year, uncertainty, primary_share, valid_from,
                            valid_until, pins, input_hash, reason, author, content, published_on, ended_on,
                            ended_because, reviewed, hash)
VALUES ($32, $33, $34, 'preliminary', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, '', '', '', $31, '')
RETURNING number;

-- name: record_version.rewrite
UPDATE record_version SET product = $1, maker = $2, company = $3, disclosure_id = $4, series = $5, size_class = $6,
       body = $7, powertrain = $8, launched = $9, kerb_mass_kg = $10, price = $11, currency = $12, value = $13,
       unit = $14, boundary = $15, method = $16, region = $17, grade = $18, verifier = $19, evidence = $20, year = $21,
       uncertainty = $22, primary_share = $23, valid_from = $24, valid_until = $25, pins = $26, input_hash = $27,
       reason = $28, author = $29, content = $30, reviewed = $31
WHERE number = $32;

-- name: record_version.review
UPDATE record_version SET state = 'review', reviewed = content WHERE number = $1;

-- name: record_version.recalculate
UPDATE record_version SET state = 'recalculated' WHERE number = $1;

-- name: record_version.publish
UPDATE record_version SET state = 'published', published_on = $2, hash = $3 WHERE number = $1;

-- name: record_version.end
UPDATE record_version SET state = $2, ended_on = $3, ended_because = $4 WHERE number = $1;

-- name: record_version.supersede
UPDATE record_version SET state = 'superseded', ended_on = $2 WHERE record = $1 AND state = 'published';

-- name: record_part.insert
INSERT INTO record_part (version, position, kind, key, value, unit) VALUES ($1, $2, $3, $4, $5, $6);

-- name: record_part.list
SELECT kind, key, value, unit FROM record_part WHERE version = $1 ORDER BY position;

-- name: record_part.clear
DELETE FROM record_part WHERE version = $1;

-- name: record_pins.find
SELECT id FROM record_pins WHERE sha256 = $1;

-- name: record_pins.insert
INSERT INTO record_pins (sha256, text) VALUES ($1, $2) RETURNING id;

-- name: record_feedback.insert
INSERT INTO record_feedback (record, version, at, by, text, proposed, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: record_feedback.list
SELECT at, by, text, proposed, evidence FROM record_feedback WHERE record = $1 ORDER BY id;

-- Served by the index record_car alone; cars.c counts on the order of columns and rows.
-- name: record_version.cars
SELECT record, version, product, maker, size_class, body, powertrain, launched, value, kerb_mass_kg, price, currency,
       series, coalesce(company, '')
FROM record_version WHERE state = 'published' AND kind = 'vehicle' ORDER BY record;

-- name: batch.find
SELECT id, title, created_on, (SELECT count(*) FROM batch_refusal WHERE batch = batch.id) FROM batch WHERE id = $1;

-- name: batch.list
SELECT id, title, created_on, (SELECT count(*) FROM batch_refusal WHERE batch = batch.id) FROM batch ORDER BY id;

-- name: batch.insert
INSERT INTO batch (id, title, created_on) VALUES ($1, $2, $3);

-- Records of a batch by the state of their newest version; those of one company, '' stands for any.
-- name: batch.count
SELECT v.state, count(*) FROM batch_record b JOIN record_version v ON v.record = b.record
WHERE b.batch = $1 AND v.version = (SELECT max(version) FROM record_version WHERE record = b.record)
  AND ($2 = '' OR v.company = $2)
GROUP BY v.state ORDER BY v.state;

-- name: batch.records
SELECT record FROM batch_record WHERE batch = $1 ORDER BY record;

-- name: batch_record.insert
INSERT INTO batch_record (batch, record) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: batch_refusal.insert
INSERT INTO batch_refusal (batch, car, reason) VALUES ($1, $2, $3)
ON CONFLICT (batch, car) DO UPDATE SET reason = excluded.reason;

-- name: batch_refusal.delete
DELETE FROM batch_refusal WHERE batch = $1 AND car = $2;

-- The next $3 records after $2 that can take a step.
-- name: batch.can_ask
SELECT b.record FROM batch_record b WHERE b.batch = $1 AND b.record > $2
  AND EXISTS (SELECT 1 FROM record_version v WHERE v.record = b.record AND v.state = 'preliminary')
ORDER BY b.record LIMIT $3;

-- name: batch.can_recalculate
SELECT b.record FROM batch_record b WHERE b.batch = $1 AND b.record > $2
  AND EXISTS (SELECT 1 FROM record_version v WHERE v.record = b.record AND v.state = 'review'
              AND v.content <> v.reviewed)
ORDER BY b.record LIMIT $3;

-- name: batch.can_publish
SELECT b.record FROM batch_record b WHERE b.batch = $1 AND b.record > $2
  AND EXISTS (SELECT 1 FROM record_version v WHERE v.record = b.record
              AND (v.state = 'recalculated' OR (v.state = 'review' AND v.content = v.reviewed)))
ORDER BY b.record LIMIT $3;

-- name: batch.can_expire
SELECT b.record FROM batch_record b WHERE b.batch = $1 AND b.record > $2
  AND EXISTS (SELECT 1 FROM record_version v WHERE v.record = b.record AND v.state = 'published')
ORDER BY b.record LIMIT $3;

-- Products in force, the latest first; served by the index record_product.
-- name: record_version.catalogue
SELECT v.record, v.kind, v.product, v.maker, coalesce(e.pcr, v.series), v.value, v.unit, v.boundary, v.year, v.verifier,
       v.published_on
FROM record_version v LEFT JOIN epd e ON e.record = v.record
WHERE v.state = 'published' AND v.kind <> 'vehicle' ORDER BY v.published_on DESC, v.record;

-- Published cars with a row a stage, those of a maker together; '' stands for any. sector.c counts on the order.
-- name: record_version.sector
SELECT v.maker, v.record, v.value, CASE WHEN v.verifier <> '' THEN 1 ELSE 0 END, v.grade, v.primary_share, p.key,
       p.value
FROM record_version v LEFT JOIN record_part p ON p.version = v.number AND p.kind = 'stage'
WHERE v.state = 'published' AND v.kind = 'vehicle'
  AND ($1 = '' OR v.size_class = $1) AND ($2 = '' OR v.body = $2) AND ($3 = '' OR v.powertrain = $3)
ORDER BY v.maker, v.record, p.position;

-- What was published and is no longer said: versions that took another's place, and what was withdrawn.
-- name: record_version.corrected
SELECT v.record, v.version, v.kind, v.product, v.maker, b.value, b.unit, v.value, v.unit, v.published_on AS day, v.reason,
       b.published_on
FROM record_version v JOIN record_version b ON b.record = v.record AND b.version = v.version - 1
WHERE v.version > 1 AND v.published_on <> '' AND v.published_on >= $1
UNION ALL
SELECT v.record, v.version, v.kind, v.product, v.maker, v.value, v.unit, NULL, '', v.ended_on, v.ended_because,
       v.published_on
FROM record_version v WHERE v.state = 'withdrawn' AND v.ended_on >= $1
ORDER BY day DESC, record, version LIMIT $2;

-- The batches a record came in: what was done to them was done to it.
-- name: batch.of_record
SELECT batch FROM batch_record WHERE record = $1 ORDER BY batch;

-- Published records by the data sets they were computed with.
-- name: record_pins.published
SELECT p.text, count(*) FROM record_version v JOIN record_pins p ON p.id = v.pins
WHERE v.state = 'published' GROUP BY p.id, p.text ORDER BY p.id;
