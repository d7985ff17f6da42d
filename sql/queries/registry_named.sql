-- Queries of src/registry/named.c: which verification body was named for which footprint or publication round.

-- name: named.record_insert
INSERT INTO record_verifier (record, tenant, named_on, named_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (record, tenant) DO NOTHING;

-- name: named.record_delete
DELETE FROM record_verifier WHERE record = $1 AND tenant = $2;

-- name: named.batch_insert
INSERT INTO batch_verifier (batch, tenant, named_on, named_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (batch, tenant) DO NOTHING;

-- name: named.batch_delete
DELETE FROM batch_verifier WHERE batch = $1 AND tenant = $2;

-- For the record itself, or for a round that it is in.
-- name: named.of_record
SELECT EXISTS (SELECT 1 FROM record_verifier WHERE record = $1 AND tenant = $2)
    OR EXISTS (SELECT 1 FROM batch_record b JOIN batch_verifier v ON v.batch = b.batch
               WHERE b.record = $1 AND v.tenant = $2);

-- name: named.of_batch
SELECT EXISTS (SELECT 1 FROM batch_verifier WHERE batch = $1 AND tenant = $2);

-- Records of a company in a round, by their newest versions.
-- name: named.company_in_batch
SELECT count(*) FROM batch_record b JOIN record_version v ON v.record = b.record
WHERE b.batch = $1 AND v.company = $2
  AND v.version = (SELECT max(n.version) FROM record_version n WHERE n.record = v.record);

-- What a body ($1) was named for, who was named for the footprints of a company ($2), or all ($1 = '*').
-- name: named.list
SELECT 'record', n.record, v.product, n.tenant, t.name_en, t.name_zh, n.named_on
FROM record_verifier n JOIN tenant t ON t.id = n.tenant JOIN record_version v ON v.record = n.record
WHERE v.version = (SELECT max(m.version) FROM record_version m WHERE m.record = n.record)
  AND ($1 = '*' OR n.tenant = $1 OR v.company = $2)
  AND ($3 = '' OR n.record = $3) AND $4 = ''
UNION ALL
SELECT 'batch', n.batch, b.title, n.tenant, t.name_en, t.name_zh, n.named_on
FROM batch_verifier n JOIN tenant t ON t.id = n.tenant JOIN batch b ON b.id = n.batch
WHERE ($1 = '*' OR n.tenant = $1)
  AND ($4 = '' OR n.batch = $4) AND $3 = ''
ORDER BY 1 DESC, 2, 4;
