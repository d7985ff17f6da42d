-- string_agg for group_concat, in the order in which SQLite reads the index of aliases; no max() of bytes here.

-- name: search_source.records
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), ''),
       coalesce(k.class_number, 0)
FROM record_version v LEFT JOIN company c ON c.id = v.company
LEFT JOIN car_class k ON k.record = v.record AND k.current = 1
WHERE v.state = 'published' AND v.kind = $1 ORDER BY v.published_on DESC, v.record;

-- name: search_source.record
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), ''),
       coalesce(k.class_number, 0)
FROM record_version v LEFT JOIN company c ON c.id = v.company
LEFT JOIN car_class k ON k.record = v.record AND k.current = 1
WHERE v.state = 'published' AND v.record = $1;

-- name: search_source.companies
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), '')
FROM company c ORDER BY c.id;

-- name: search_source.company
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), '')
FROM company c WHERE c.id = $1;

-- name: search_block.from
SELECT words FROM search_block WHERE segment = $1
AND first >= coalesce((SELECT first FROM search_block WHERE segment = $1 AND first <= $2 ORDER BY first DESC LIMIT 1), $2)
ORDER BY first;
