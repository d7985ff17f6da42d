-- The text of a parameter has the order of the database, that of a column is bytewise: one must be said.
-- name: company.above
WITH RECURSIVE up (id) AS (
    SELECT CAST($1 AS TEXT) COLLATE "C"
    UNION
    SELECT c.parent FROM company c JOIN up ON c.id = up.id WHERE c.parent IS NOT NULL
)
SELECT 1 FROM up WHERE id = $2;
