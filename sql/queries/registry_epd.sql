-- Queries of src/registry/epd*.c. The columns of a declaration and of a question stand in the same order everywhere;
-- epd_read.c counts on it.

-- name: pcr.put
INSERT INTO pcr (id, title_en, title_zh, version, valid_until, source) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET title_en = excluded.title_en, title_zh = excluded.title_zh,
    version = excluded.version, valid_until = excluded.valid_until, source = excluded.source;

-- name: pcr.list
SELECT id, title_en, title_zh, version, valid_until, source FROM pcr ORDER BY id;

-- name: pcr.get
SELECT valid_until FROM pcr WHERE id = $1;

-- name: epd.insert
INSERT INTO epd (record, pcr, programme, owner, verifier, verifier_company, version, registration, registered, valid_until)
VALUES ($1, $2, $3, $4, '', NULL, 0, '', 0, '');

-- name: epd.get
SELECT record, pcr, programme, registration, owner, verifier, coalesce(verifier_company, ''), valid_until, version,
       (SELECT count(*) FROM epd_question q WHERE q.record = e.record AND q.closed_on = '')
FROM epd e WHERE record = $1;

-- name: epd.list
SELECT record, pcr, programme, registration, owner, verifier, coalesce(verifier_company, ''), valid_until, version,
       (SELECT count(*) FROM epd_question q WHERE q.record = e.record AND q.closed_on = '')
FROM epd e ORDER BY record;

-- name: epd.ending
SELECT record, pcr, programme, registration, owner, verifier, coalesce(verifier_company, ''), valid_until, version,
       (SELECT count(*) FROM epd_question q WHERE q.record = e.record AND q.closed_on = '')
FROM epd e WHERE valid_until <> '' AND valid_until <= $1 ORDER BY valid_until, record;

-- name: epd.submit
UPDATE epd SET verifier = $2, verifier_company = $3, version = $4 WHERE record = $1;

-- name: epd.registered_as
SELECT record FROM epd WHERE registration = $1 AND record <> $2;

-- name: epd.register
UPDATE epd SET registration = $2, valid_until = $3, registered = version WHERE record = $1;

-- name: epd_question.insert
INSERT INTO epd_question (record, version, asked_on, asked_by, text, answered_on, answered_by, answer, closed_on,
                          closed_by)
VALUES ($1, $2, $3, $4, $5, '', '', '', '', '') RETURNING id;

-- name: epd_question.get
SELECT id, asked_on, asked_by, text, answered_on, answered_by, answer, closed_on, closed_by, record
FROM epd_question WHERE id = $1;

-- name: epd_question.list
SELECT id, asked_on, asked_by, text, answered_on, answered_by, answer, closed_on, closed_by, record
FROM epd_question WHERE record = $1 ORDER BY id;

-- name: epd_question.answer
UPDATE epd_question SET answered_on = $2, answered_by = $3, answer = $4 WHERE id = $1;

-- name: epd_question.close
UPDATE epd_question SET closed_on = $2, closed_by = $3 WHERE id = $1;

-- name: epd_use.insert
INSERT INTO epd_use (record, version, material, supplier, folded, kg_co2e_per_kg, used_by)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- The last use of each material and supplier, with seal and boundary of the version it stands on.
-- name: epd_use.list
SELECT u.record, u.version, u.material, u.supplier, u.kg_co2e_per_kg, v.hash, v.boundary
FROM epd_use u JOIN record_version v ON v.record = u.record AND v.version = u.version
WHERE u.id = (SELECT max(id) FROM epd_use WHERE material = u.material AND folded = u.folded)
ORDER BY u.material, u.folded;

-- name: epd_use.cars
SELECT vehicle_id, supplier, mass_kg FROM vehicle_part
WHERE material = $1 AND supplier <> '' ORDER BY vehicle_id, line;

-- The names that bills have for who supplies a material.
-- name: epd_use.suppliers
SELECT supplier, count(DISTINCT vehicle_id) FROM vehicle_part
WHERE material = $1 AND supplier <> '' GROUP BY supplier ORDER BY supplier;

-- Published cars with a declaration among their pins; ids hold no letter that LIKE reads otherwise.
-- name: epd_use.pinned
SELECT record FROM record_version
WHERE state = 'published' AND kind = 'vehicle'
  AND pins IN (SELECT id FROM record_pins WHERE text LIKE '%{"id":"' || $1 || '","version":%')
ORDER BY record;
