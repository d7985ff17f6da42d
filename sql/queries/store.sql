-- Queries of src/store.

-- name: audit.insert
INSERT INTO audit (seq, at, actor, action, object, detail, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: audit.last
SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1;

-- name: audit.list
SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq;

-- name: audit.hash
SELECT seq, hash FROM audit WHERE seq = $1;

-- name: audit.newest
SELECT seq, at, actor, action, object, detail, hash FROM audit
WHERE ($1 = '' OR object = $1) AND seq < $2
  AND ($4 = '' OR substr(object, 1, length($4)) = $4) AND ($5 = '' OR actor = $5)
  AND ($6 = '' OR action = $6 OR substr(action, 1, length($6) + 1) = $6 || '.')
  AND ($7 = '' OR at >= $7) AND ($8 = '' OR substr(at, 1, 10) <= $8)
ORDER BY seq DESC LIMIT $3;
