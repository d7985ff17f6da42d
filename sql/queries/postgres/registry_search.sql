-- string_agg for group_concat, in the order in which SQLite reads the index of aliases.

-- name: search_source.records
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), '')
FROM record_version v LEFT JOIN company c ON c.id = v.company
WHERE v.state = 'published' ORDER BY v.record;

-- name: search_source.record
SELECT v.record, v.kind, v.product, v.maker, v.disclosure_id, v.series, v.size_class, v.body, v.powertrain, v.value,
       v.unit, v.region, v.published_on, coalesce(c.id, ''), coalesce(c.name_en, ''), coalesce(c.name_zh, ''),
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), '')
FROM record_version v LEFT JOIN company c ON c.id = v.company
WHERE v.state = 'published' AND v.record = $1;

-- name: search_source.companies
SELECT c.id, c.name_en, c.name_zh, c.country, c.industry,
       coalesce((SELECT string_agg(a.alias, chr(10) ORDER BY a.alias) FROM company_alias a WHERE a.company = c.id), '')
FROM company c ORDER BY c.id;
