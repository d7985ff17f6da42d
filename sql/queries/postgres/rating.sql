-- name: evidence.insert
INSERT INTO evidence (id, assessment, version, place, position, document, page, quote, language, url, dated, retrieved,
                      sha256, late, withdrawn)
VALUES (coalesce($1, nextval(pg_get_serial_sequence('evidence', 'id'))), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
        $13, $14, $15);
