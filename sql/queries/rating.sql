-- Queries of src/rating. The columns of a version stand in the same order everywhere; assessment_read.c counts on it.

-- name: assessment.id
SELECT id FROM assessment
WHERE company = $1 AND index_id = $2 AND index_version = $3 AND period = $4 AND level = $5;

-- name: assessment.insert
INSERT INTO assessment (company, index_id, index_version, period, level) VALUES ($1, $2, $3, $4, $5) RETURNING id;

-- name: assessment.version
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE a.company = $1 AND a.index_id = $2 AND a.index_version = $3 AND a.period = $4 AND a.level = $5
  AND v.version = $6;

-- name: assessment.published
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE a.company = $1 AND a.index_id = $2 AND a.index_version = $3 AND a.period = $4 AND a.level = $5
  AND v.state = 'published';

-- name: assessment.newest
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE a.company = $1 AND a.index_id = $2 AND a.index_version = $3 AND a.period = $4 AND a.level = $5
ORDER BY v.version DESC LIMIT 1;

-- name: assessment.versions
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE a.company = $1 AND a.index_id = $2 AND a.index_version = $3 AND a.period = $4 AND a.level = $5
ORDER BY v.version;

-- name: assessment.list
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE v.version = (SELECT max(version) FROM assessment_version WHERE assessment = a.id)
ORDER BY a.company, a.index_id, a.index_version, a.period, a.level;

-- name: assessment.list_of
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE a.company = $1 AND v.version = (SELECT max(version) FROM assessment_version WHERE assessment = a.id)
ORDER BY a.company, a.index_id, a.index_version, a.period, a.level;

-- Each version of all, those of one index together.
-- name: assessment.all
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
ORDER BY a.index_id, a.index_version, a.id, v.version;

-- name: assessment_version.insert
INSERT INTO assessment_version (assessment, version, state, way, industry, scope12, cut_off, origin, author, approver,
                                reason, reply_until, published_on, stated_total, stated_rank, stated_stars,
                                content, sheet, inferred)
VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, '', $9, '', '', $10, $11, $12, $13, $14, $15);

-- name: assessment_version.rewrite
UPDATE assessment_version SET industry = $3, scope12 = $4, cut_off = $5, origin = $6, stated_total = $7,
       stated_rank = $8, stated_stars = $9, content = $10, sheet = $11, inferred = $12
WHERE assessment = $1 AND version = $2;

-- The next version as a draft with all that the one before holds.
-- name: assessment_version.copy
INSERT INTO assessment_version (assessment, version, state, way, industry, scope12, cut_off, origin, author, approver,
                                reason, reply_until, published_on, stated_total, stated_rank, stated_stars,
                                content, sheet, inferred)
SELECT assessment, $2 + 1, 'draft', $3, industry, scope12, cut_off, origin, $4, '', $5, '', '', stated_total,
       stated_rank, stated_stars, content, sheet, inferred
FROM assessment_version WHERE assessment = $1 AND version = $2;

-- name: assessment_version.sheet
UPDATE assessment_version SET sheet = $3 WHERE assessment = $1 AND version = $2;

-- name: assessment_version.read_sheet
SELECT sheet, inferred FROM assessment_version WHERE assessment = $1 AND version = $2;

-- name: assessment_version.step
UPDATE assessment_version SET state = $3, approver = $4, reply_until = $5, published_on = $6
WHERE assessment = $1 AND version = $2;

-- name: assessment_version.move_up
UPDATE assessment_version SET version = version + 1 WHERE assessment = $1 AND version = $2;

-- name: assessment_writer.insert
INSERT INTO assessment_writer (assessment, version, person) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- Who wrote, and who assessed which slot; the author is among the writers.
-- name: assessment_writer.people
SELECT person, '' FROM assessment_writer WHERE assessment = $1 AND version = $2
UNION ALL
SELECT assessor, slot FROM answer WHERE assessment = $1 AND version = $2 AND assessor <> '';

-- name: answer.insert
INSERT INTO answer (assessment, version, place, slot, points, inferred, assessor, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: answer.list
SELECT place, slot, points, inferred, assessor, note FROM answer
WHERE assessment = $1 AND version = $2 ORDER BY place;

-- name: answer.clear
DELETE FROM answer WHERE assessment = $1 AND version = $2;

-- name: answer.copy
INSERT INTO answer (assessment, version, place, slot, points, inferred, assessor, note)
SELECT assessment, $2 + 1, place, slot, points, inferred, assessor, note FROM answer
WHERE assessment = $1 AND version = $2;

-- name: evidence.insert
INSERT INTO evidence (id, assessment, version, place, position, document, page, quote, language, url, dated, retrieved,
                      sha256, late, withdrawn)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: evidence.list
SELECT place, id, document, page, quote, language, url, dated, retrieved, sha256, late, withdrawn FROM evidence
WHERE assessment = $1 AND version = $2 ORDER BY place, position;

-- name: evidence.clear
DELETE FROM evidence WHERE assessment = $1 AND version = $2;

-- name: evidence.copy
INSERT INTO evidence (assessment, version, place, position, document, page, quote, language, url, dated, retrieved,
                      sha256, late, withdrawn)
SELECT assessment, $2 + 1, place, position, document, page, quote, language, url, dated, retrieved, sha256, late,
       withdrawn
FROM evidence WHERE assessment = $1 AND version = $2 ORDER BY place, position;

-- name: evidence.find
SELECT e.assessment, e.version, e.place, e.position, e.document, e.withdrawn, a.slot, v.state
FROM evidence e JOIN answer a ON a.assessment = e.assessment AND a.version = e.version AND a.place = e.place
JOIN assessment_version v ON v.assessment = e.assessment AND v.version = e.version
WHERE e.id = $1;

-- The very evidence $4 of another version, told by what it says.
-- name: evidence.withdraw_same
UPDATE evidence SET withdrawn = 1
WHERE assessment = $1 AND version = $2 AND place = $3 AND withdrawn = 0
  AND (document, page, quote, url, dated, sha256)
    = (SELECT document, page, quote, url, dated, sha256 FROM evidence WHERE id = $4);

-- name: evidence.withdraw_at
UPDATE evidence SET withdrawn = 1 WHERE assessment = $1 AND version = $2 AND place = $3 AND position = $4;

-- name: assessment_reply.insert
INSERT INTO assessment_reply (assessment, version, at, by, slot, text) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: assessment_reply.evidence
INSERT INTO assessment_reply_evidence (reply, document, page, quote, url, dated) VALUES ($1, $2, $3, $4, $5, $6);

-- name: assessment_reply.list
SELECT r.id, r.at, r.by, r.slot, r.text, coalesce(e.document, ''), coalesce(e.page, ''), coalesce(e.quote, ''),
       coalesce(e.url, ''), coalesce(e.dated, ''), d.accepted, coalesce(d.at, ''), coalesce(d.who, ''),
       coalesce(d.reason, '')
FROM assessment_reply r LEFT JOIN assessment_reply_evidence e ON e.reply = r.id
LEFT JOIN assessment_decision d ON d.reply = r.id
WHERE r.assessment = $1 AND r.version = $2 ORDER BY r.id;

-- The version that a reply is about.
-- name: assessment_reply.find
SELECT version FROM assessment_reply WHERE id = $1 AND assessment = $2;

-- name: assessment_decision.insert
INSERT INTO assessment_decision (reply, at, accepted, reason, who) VALUES ($1, $2, $3, $4, $5);

-- Results of an edition, by company, "indicator" before "theme" before "total".
-- name: edition.read
SELECT a.company, c.name_en, c.name_zh, c.country, c.region_group, c.listed, c.product_type, c.industry,
       coalesce(c.parent, ''), c.inclusion, a.level, v.version, v.industry, v.scope12, v.cut_off, v.published_on,
       v.stated_total, v.stated_rank, v.stated_stars, v.sheet, v.inferred
FROM assessment a JOIN assessment_version v ON v.assessment = a.id JOIN company c ON c.id = a.company
WHERE a.index_id = $1 AND a.index_version = $2 AND a.period = $3 AND v.state = 'published'
ORDER BY a.company, a.level;

-- Results of an edition in any state: at least as many as edition.read gives.
-- name: edition.count
SELECT count(*) FROM assessment WHERE index_id = $1 AND index_version = $2 AND period = $3;

-- name: edition.list
SELECT DISTINCT a.index_version, a.period FROM assessment a
WHERE a.index_id = $1
  AND EXISTS (SELECT 1 FROM assessment_version v WHERE v.assessment = a.id AND v.state = 'published')
ORDER BY a.period DESC, a.index_version;

-- Versions that took the place of a published one, newest first.
-- name: assessment.corrected
SELECT a.id, a.company, a.index_id, a.index_version, a.period, a.level, v.version, v.state, v.way, v.industry,
       v.scope12, v.cut_off, v.origin, v.author, v.approver, v.reason, v.reply_until, v.published_on, v.stated_total,
       v.stated_rank, v.stated_stars, v.content
FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE v.version > 1 AND v.state IN ('published', 'superseded') AND v.published_on >= $1
ORDER BY v.published_on DESC, a.company, a.index_id, a.index_version, a.period, a.level, v.version DESC LIMIT $2;

-- Published results by the definition they were scored with.
-- name: assessment.uses
SELECT count(*) FROM assessment a JOIN assessment_version v ON v.assessment = a.id
WHERE v.state = 'published' AND a.index_id = $1 AND a.index_version = $2;
