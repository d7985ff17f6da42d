-- Queries of src/registry/search*.c. The columns of an object stand in the same order everywhere.

-- name: search_object.find
SELECT number, weight, id, title_en, title_zh, text, facets FROM search_object WHERE kind = $1 AND id = $2;

-- name: search_object.insert
INSERT INTO search_object (kind, id, title_en, title_zh, hint, weight, text, facets)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING number;

-- name: search_object.delete
DELETE FROM search_object WHERE number = $1;

-- name: search_object.clear
DELETE FROM search_object;

-- name: search_object.last
SELECT coalesce(max(number), 0) FROM search_object;

-- name: search_object.count
SELECT count(*) FROM search_object;

-- name: search_object.order
SELECT number, kind, id, title_en, title_zh, text, facets FROM search_object WHERE number > $1 AND number <= $2
ORDER BY kind, weight DESC, id;

-- name: search_object.kinds
SELECT number, kind FROM search_object WHERE number > $1;

-- name: search_object.get
SELECT number, kind, weight, id, title_en, title_zh, hint FROM search_object WHERE number = $1;

-- name: search_object.below
SELECT id FROM search_object WHERE kind = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4;

-- name: search_segment.list
SELECT number, above, last, places FROM search_segment ORDER BY above;

-- name: search_segment.of
SELECT number, above FROM search_segment WHERE above < $1 AND last >= $1;

-- name: search_segment.worn
SELECT s.number, s.above, s.last FROM search_segment s
WHERE (SELECT count(*) FROM search_gone g WHERE g.segment = s.number) * 2 > s.places ORDER BY s.above;

-- name: search_segment.insert
INSERT INTO search_segment (number, above, last, places)
SELECT coalesce(max(number), 0) + 1, $1, $2, $3 FROM search_segment RETURNING number;

-- name: search_segment.delete
DELETE FROM search_segment WHERE number = $1;

-- name: search_segment.clear
DELETE FROM search_segment;

-- name: search_order.insert
INSERT INTO search_order (segment, chunk, objects) VALUES ($1, $2, $3);

-- name: search_order.get
SELECT objects FROM search_order WHERE segment = $1 AND chunk = $2;

-- name: search_order.all
SELECT objects FROM search_order WHERE segment = $1 ORDER BY chunk;

-- name: search_part.insert
INSERT INTO search_part (segment, kind, first, count) VALUES ($1, $2, $3, $4);

-- name: search_part.list
SELECT kind, first, count FROM search_part WHERE segment = $1 ORDER BY kind;

-- name: search_gone.insert
INSERT INTO search_gone (segment, place) VALUES ($1, $2);

-- name: search_gone.list
SELECT place FROM search_gone WHERE segment = $1;

-- name: search_gone.count
SELECT count(*) FROM search_gone;

-- name: search_block.insert
INSERT INTO search_block (segment, first, words) VALUES ($1, $2, $3);

-- The block that a word falls into, and those behind it.
-- name: search_block.from
SELECT words FROM search_block WHERE segment = $1
AND first >= coalesce((SELECT max(first) FROM search_block WHERE segment = $1 AND first <= $2), $2) ORDER BY first;

-- name: search_recent.insert
INSERT INTO search_recent (word, object) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: search_recent.delete
DELETE FROM search_recent WHERE word = $1 AND object = $2;

-- name: search_recent.one
SELECT word, object FROM search_recent WHERE word = $1;

-- name: search_recent.range
SELECT word, object FROM search_recent WHERE word >= $1 AND word < $2 ORDER BY word, object;

-- name: search_recent.clear
DELETE FROM search_recent;

-- name: search_changed.any
SELECT count(*) FROM (SELECT 1 FROM search_changed LIMIT 1) AS one;

-- How many objects the changes may touch, as far as it is known without reading them.
-- name: search_changed.weight
SELECT CAST(coalesce(sum(CASE c.what
    WHEN 'set' THEN (SELECT count(*) FROM factor f JOIN factor_set s ON s.number = f.set_number
                     JOIN dataset d ON d.id = s.id AND d.version = s.version
                     WHERE s.id = c.id AND d.superseded_by IS NULL)
    WHEN 'company' THEN 1 + (SELECT count(*) FROM record_version v WHERE v.company = c.id AND v.state = 'published')
    ELSE 1 END), 0) AS BIGINT), coalesce(max(CASE c.what WHEN 'all' THEN 1 ELSE 0 END), 0)
FROM search_changed c;

-- name: search_changed.insert
INSERT INTO search_changed (what, id) VALUES ($1, $2);

-- name: search_changed.next
SELECT what, id FROM search_changed WHERE what = $1 ORDER BY id LIMIT 1;

-- name: search_changed.delete
DELETE FROM search_changed WHERE what = $1 AND id = $2;

-- name: search_changed.clear
DELETE FROM search_changed;

-- A company's records are found by its names.
-- name: search_changed.spread
INSERT INTO search_changed (what, id)
SELECT 'record', v.record FROM search_changed c JOIN record_version v ON v.company = c.id AND v.state = 'published'
WHERE c.what = 'company' ON CONFLICT DO NOTHING;

-- What is found: published records, companies with their aliases, and the factors of current sets, each
-- in the order of an answer. Days of publication are dates or empty, so their text sorts as they do.

-- name: search_source.records
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), ''),
       coalesce(k.class_number, 0)
FROM record_version v LEFT JOIN company c ON c.id = v.company
LEFT JOIN car_class k ON k.record = v.record AND k.current = 1
WHERE v.state = 'published' AND v.kind = $1 ORDER BY v.published_on DESC, v.record;

-- name: search_source.record
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), ''),
       coalesce(k.class_number, 0)
FROM record_version v LEFT JOIN company c ON c.id = v.company
LEFT JOIN car_class k ON k.record = v.record AND k.current = 1
WHERE v.state = 'published' AND v.record = $1;

-- name: search_source.companies
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), '')
FROM company c ORDER BY c.id;

-- name: search_source.company
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), '')
FROM company c WHERE c.id = $1;

-- name: search_source.factors
SELECT s.id || '/' || f.key, f.name_en, f.name_zh, f.category, f.technology, f.value, f.unit, f.region, f.year,
       f.verified
FROM factor f JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE d.superseded_by IS NULL ORDER BY f.verified DESC, f.year DESC, 1;

-- name: search_source.set
SELECT s.id || '/' || f.key, f.name_en, f.name_zh, f.category, f.technology, f.value, f.unit, f.region, f.year,
       f.verified
FROM factor f JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE d.superseded_by IS NULL AND s.id = $1 ORDER BY f.verified DESC, f.year DESC, 1;
