-- Queries of src/registry/search*.c. The columns of an object stand in the same order everywhere.

-- name: search_object.find
SELECT number, weight, title_en, title_zh, text FROM search_object WHERE kind = $1 AND id = $2;

-- name: search_object.insert
INSERT INTO search_object (kind, id, title_en, title_zh, hint, weight, text) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: search_object.delete
DELETE FROM search_object WHERE number = $1;

-- name: search_object.clear
DELETE FROM search_object;

-- name: search_object.last
SELECT coalesce(max(number), 0) FROM search_object;

-- name: search_object.order
SELECT number, kind, text FROM search_object WHERE number > $1 AND number <= $2
ORDER BY kind, weight DESC, id;

-- name: search_object.get
SELECT number, kind, weight, id, title_en, title_zh, hint FROM search_object WHERE number = $1;

-- name: search_object.at_place
SELECT o.number, o.kind, o.weight, o.id, o.title_en, o.title_zh, o.hint
FROM search_place p JOIN search_object o ON o.number = p.object
WHERE p.segment = $1 AND p.place = $2;

-- name: search_object.named
SELECT o.number, o.kind, o.weight, o.id, o.title_en, o.title_zh, o.hint
FROM search_name n JOIN search_object o ON o.number = n.object
WHERE n.hash = $1 AND n.kind = $2 ORDER BY n.weight DESC, n.id LIMIT $3;

-- name: search_segment.list
SELECT number, above, last, places FROM search_segment ORDER BY above;

-- name: search_segment.insert
INSERT INTO search_segment (number, above, last, places)
SELECT coalesce(max(number), 0) + 1, $1, $2, $3 FROM search_segment;

-- name: search_segment.delete
DELETE FROM search_segment WHERE number = $1;

-- name: search_segment.clear
DELETE FROM search_segment;

-- name: search_place.insert
INSERT INTO search_place (segment, place, object) VALUES ($1, $2, $3);

-- name: search_part.insert
INSERT INTO search_part (segment, kind, first, count) VALUES ($1, $2, $3, $4);

-- name: search_part.list
SELECT kind, first, count FROM search_part WHERE segment = $1 ORDER BY kind;

-- name: search_word.insert
INSERT INTO search_word (segment, word, places) VALUES ($1, $2, $3);

-- name: search_word.one
SELECT places FROM search_word WHERE segment = $1 AND word = $2;

-- name: search_word.range
SELECT places FROM search_word WHERE segment = $1 AND word >= $2 AND word < $3 ORDER BY word LIMIT $4;

-- name: search_recent.insert
INSERT INTO search_recent (word, object) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: search_recent.one
SELECT object FROM search_recent WHERE word = $1;

-- name: search_recent.range
SELECT object FROM search_recent WHERE word >= $1 AND word < $2;

-- name: search_recent.clear
DELETE FROM search_recent;

-- name: search_name.insert
INSERT INTO search_name (hash, kind, weight, id, object) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: search_name.delete
DELETE FROM search_name WHERE hash = $1 AND kind = $2 AND weight = $3 AND id = $4;

-- name: search_name.clear
DELETE FROM search_name;

-- What is found: published records, companies with their aliases, and the factors of current sets.

-- name: search_source.records
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), '')
FROM record_version v LEFT JOIN company c ON c.id = v.company
WHERE v.state = 'published' ORDER BY v.record;

-- name: search_source.record
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), '')
FROM record_version v LEFT JOIN company c ON c.id = v.company
WHERE v.state = 'published' AND v.record = $1;

-- name: search_source.companies
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT group_concat(a.alias, char(10)) FROM company_alias a WHERE a.company = c.id), '')
FROM company c ORDER BY c.id;

-- name: search_source.factors
SELECT s.id || '/' || f.key, f.name_en, f.name_zh, f.category, f.technology, f.value, f.unit, f.region, f.year,
       f.verified
FROM factor f JOIN factor_set s ON s.number = f.set_number
JOIN dataset d ON d.id = s.id AND d.version = s.version
WHERE d.superseded_by IS NULL ORDER BY f.id;
