-- INSERT OR IGNORE, which leaves out what a CHECK refuses too.

-- name: factor_reading.insert
INSERT INTO factor_reading (pinyin, phrase)
SELECT p, t FROM (SELECT CAST($1 AS TEXT) AS p, CAST($2 AS TEXT) AS t) AS r
WHERE length(p) BETWEEN 1 AND 40 AND p !~ '[^a-z]' AND length(t) > 0
ON CONFLICT DO NOTHING;

-- name: factor_synonym.insert
INSERT INTO factor_synonym (set_id, version, row, phrase)
SELECT s, v, n, t FROM (SELECT CAST($1 AS TEXT) AS s, CAST($2 AS TEXT) AS v, CAST($3 AS BIGINT) AS n,
                               CAST($4 AS TEXT) AS t) AS r
WHERE n > 0 AND length(t) > 0
ON CONFLICT DO NOTHING;
