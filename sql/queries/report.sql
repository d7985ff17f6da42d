-- Queries of src/report.

-- name: frozen.insert
INSERT INTO frozen_page (id, kept_on, page, bytes) VALUES ($1, $2, $3, $4);

-- name: frozen.answer_insert
INSERT INTO frozen_answer (frozen, place, path, query, report, document, drawing_en, drawing_zh)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: frozen.there
SELECT 1 FROM frozen_page WHERE id = $1;

-- name: frozen.of_day
SELECT count(*), CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM frozen_page WHERE kept_on = $1;

-- name: frozen.page
SELECT kept_on, page FROM frozen_page WHERE id = $1;

-- name: frozen.answers
SELECT path, query, report, document, drawing_en, drawing_zh FROM frozen_answer WHERE frozen = $1 ORDER BY place;
