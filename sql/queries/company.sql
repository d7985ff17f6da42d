-- Queries of src/company. The columns of a company stand in the same order everywhere; company.c counts on it.

-- name: company.get
SELECT id, name_en, name_zh, country, region_group, listed, product_type, industry, coalesce(parent, ''),
       inclusion, source, note
FROM company WHERE id = $1;

-- name: company.list
SELECT id, name_en, name_zh, country, region_group, listed, product_type, industry, coalesce(parent, ''),
       inclusion, source, note
FROM company ORDER BY id;

-- Ids are folded already. A text names one company, but for a table of an earlier program.
-- name: company.named
SELECT id FROM company WHERE id = $1
UNION SELECT id FROM company WHERE fold_en = $1 AND fold_en <> ''
UNION SELECT id FROM company WHERE fold_zh = $1 AND fold_zh <> ''
UNION SELECT company FROM company_alias WHERE folded = $1
ORDER BY 1;

-- All texts under which companies are found.
-- name: company.names
SELECT id, id FROM company
UNION ALL SELECT fold_en, id FROM company WHERE fold_en <> ''
UNION ALL SELECT fold_zh, id FROM company WHERE fold_zh <> ''
UNION ALL SELECT folded, company FROM company_alias
ORDER BY 1, 2;

-- name: company.insert
INSERT INTO company (id, name_en, name_zh, country, region_group, listed, product_type, industry, parent,
                     inclusion, source, note, fold_en, fold_zh)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, $12, $13, $14);

-- name: company.update
UPDATE company SET name_en = $2, name_zh = $3, country = $4, region_group = $5, listed = $6,
       product_type = $7, industry = $8, parent = nullif($9, ''), inclusion = $10, source = $11, note = $12,
       fold_en = $13, fold_zh = $14
WHERE id = $1;

-- One row if $2 is $1 or stands above it. UNION ends a walk in a circle.
-- name: company.above
WITH RECURSIVE up (id) AS (
    SELECT $1
    UNION
    SELECT c.parent FROM company c JOIN up ON c.id = up.id WHERE c.parent IS NOT NULL
)
SELECT 1 FROM up WHERE id = $2;

-- name: company_alias.get
SELECT company, alias, source FROM company_alias WHERE folded = $1;

-- name: company_alias.insert
INSERT INTO company_alias (folded, company, alias, source) VALUES ($1, $2, $3, $4);

-- name: company_alias.list
SELECT alias FROM company_alias WHERE company = $1 ORDER BY alias;

-- name: company_fact.get
SELECT value, unit, source, note FROM company_fact WHERE company = $1 AND fact = $2 AND period = $3;

-- name: company_fact.put
INSERT INTO company_fact (company, fact, period, value, unit, source, note)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (company, fact, period) DO UPDATE SET value = excluded.value, unit = excluded.unit,
    source = excluded.source, note = excluded.note;

-- name: company_fact.list
SELECT company, fact, period, value, unit, source, note FROM company_fact
WHERE company = $1 ORDER BY fact, period;
