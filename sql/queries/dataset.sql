-- Queries of src/dataset. The columns of a set stand in the same order everywhere; read.c counts on it.

-- name: dataset.find
SELECT id, version, date, kind, title_en, title_zh, licence, attribution, source, note, checksum,
       installed_at, superseded_by
FROM dataset WHERE id = $1 AND version = $2;

-- name: dataset.current
SELECT id, version, date, kind, title_en, title_zh, licence, attribution, source, note, checksum,
       installed_at, superseded_by
FROM dataset WHERE id = $1 AND superseded_by IS NULL;

-- name: dataset.list
SELECT id, version, date, kind, title_en, title_zh, licence, attribution, source, note, checksum,
       installed_at, superseded_by
FROM dataset ORDER BY id, version_key;

-- The highest version above the one with this key.
-- name: dataset.newer
SELECT version FROM dataset WHERE id = $1 AND version_key > $2 ORDER BY version_key DESC LIMIT 1;

-- name: dataset.insert
INSERT INTO dataset (id, version, version_key, date, kind, title_en, title_zh, licence, attribution,
                     source, note, checksum, installed_at, superseded_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- Before the new set itself goes in, since a set has one current version at most.
-- name: dataset.supersede
UPDATE dataset SET superseded_by = $2 WHERE id = $1 AND superseded_by IS NULL;

-- name: dataset_file.insert
INSERT INTO dataset_file (dataset_id, dataset_version, position, path, sha256, row_count, content)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: dataset_file.list
SELECT path, sha256, row_count FROM dataset_file
WHERE dataset_id = $1 AND dataset_version = $2 ORDER BY position;

-- name: dataset_file.read
SELECT content, sha256 FROM dataset_file
WHERE dataset_id = $1 AND dataset_version = $2 AND path = $3;

-- name: dataset_file.all
SELECT dataset_id, dataset_version, path, sha256, content FROM dataset_file
ORDER BY dataset_id, dataset_version, position;
