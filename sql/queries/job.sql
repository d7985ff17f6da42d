-- Queries of src/job. The columns of a job stand in the same order everywhere; job.c counts on it.

-- name: job.insert
INSERT INTO job (id, operation, arguments, viewer, owner, tenant, state, attempts, worker, seen_at, stopping, what, done,
                 total, queued_at, started_at, ended_at, error_kind, error)
VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, '', 0, 0, '', 0, 0, $7, 0, 0, '', '');

-- name: job.insert_file
INSERT INTO job_file (job, part, type, bytes) SELECT number, $2, $3, $4 FROM job WHERE id = $1;

-- name: job.file
SELECT f.type, f.bytes FROM job_file f JOIN job j ON j.number = f.job WHERE j.id = $1 AND f.part = $2;

-- name: job.get
SELECT id, operation, arguments, viewer, owner, tenant, state, attempts, worker, stopping, what, done, total, queued_at,
       started_at, ended_at, error_kind, error
FROM job WHERE id = $1;

-- Newest first; $1 is '' for all tenants.
-- name: job.list
SELECT id, operation, arguments, viewer, owner, tenant, state, attempts, worker, stopping, what, done, total, queued_at,
       started_at, ended_at, error_kind, error
FROM job WHERE $1 = '' OR tenant = $1 ORDER BY number DESC LIMIT $2;

-- name: job.next
SELECT id FROM job WHERE state = 'queued' ORDER BY number LIMIT 1;

-- name: job.start
UPDATE job SET state = 'running', attempts = attempts + 1, worker = $2, seen_at = $3, started_at = $3, what = '', done = 0,
       total = 0
WHERE id = $1 AND state = 'queued';

-- name: job.seen
UPDATE job SET seen_at = $3, what = $4, done = $5, total = $6 WHERE id = $1 AND worker = $2 AND state = 'running';

-- name: job.end
UPDATE job SET state = $3, worker = '', ended_at = $4, error_kind = $5, error = $6
WHERE id = $1 AND worker = $2 AND state = 'running';

-- name: job.cancel_queued
UPDATE job SET state = 'cancelled', ended_at = $2 WHERE id = $1 AND state = 'queued';

-- name: job.ask_stop
UPDATE job SET stopping = 1 WHERE id = $1 AND state = 'running';

-- Jobs of workers that have been silent: done again, but not for ever.
-- name: job.give_up
UPDATE job SET state = 'failed', worker = '', ended_at = $2, error_kind = 'io',
       error = 'its worker died again and again'
WHERE state = 'running' AND seen_at < $1 AND attempts >= 3;

-- name: job.revive
UPDATE job SET state = 'queued', worker = '' WHERE state = 'running' AND seen_at < $1;

-- name: job.waiting
SELECT count(*) FROM job WHERE state = 'queued';

-- name: job.forget
DELETE FROM job WHERE ended_at > 0 AND ended_at < $1;

-- Letters that wait. The columns stand in the same order everywhere; outbox.c counts on it.
-- What is told once and was told already is left alone.
-- name: outbox.insert
INSERT INTO outbox (kind, about, recipient, name, language, tenant, fields, holder, state, tries, made_at, due_at, ended_at,
                    error)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $9, 0, '')
ON CONFLICT (about) DO NOTHING RETURNING number;

-- Of a holder $2: its own and those anybody can send.
-- name: outbox.next
SELECT number, kind, recipient, name, language, tenant, fields, holder, state, tries, made_at, due_at, ended_at, error
FROM outbox WHERE state = 'waiting' AND due_at <= $1 AND (holder = '' OR holder = $2) ORDER BY due_at, number LIMIT 1;

-- Of several who want to send it, the one that still finds it due gets it.
-- name: outbox.claim
UPDATE outbox SET tries = tries + 1, due_at = $3 WHERE number = $1 AND tries = $2 AND state = 'waiting';

-- name: outbox.again
UPDATE outbox SET due_at = $2, error = $3 WHERE number = $1 AND state = 'waiting';

-- name: outbox.end
UPDATE outbox SET state = $2, ended_at = $3, error = $4 WHERE number = $1 AND state = 'waiting';

-- name: outbox.drop
DELETE FROM outbox WHERE number = $1;

-- Letters whose holder does not come back for them: the process has ended, and their links with it.
-- name: outbox.orphan
UPDATE outbox SET state = 'failed', ended_at = $2, error = 'the service was restarted before it was sent; invite again'
WHERE state = 'waiting' AND holder <> '' AND due_at < $1;

-- Newest first; $1 is '' for all organisations.
-- name: outbox.list
SELECT number, kind, recipient, name, language, tenant, fields, holder, state, tries, made_at, due_at, ended_at, error
FROM outbox WHERE $1 = '' OR tenant = $1 ORDER BY number DESC LIMIT $2;

-- name: outbox.counts
SELECT coalesce(sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0)
FROM outbox;

-- How many of a kind an organisation had sent to an address since a moment.
-- name: outbox.count_to
SELECT count(*) FROM outbox WHERE kind = $1 AND recipient = $2 AND tenant = $3 AND made_at >= $4;

-- What is told once is kept, so that it is not told again.
-- name: outbox.forget
DELETE FROM outbox WHERE about IS NULL AND ended_at > 0 AND ended_at < $1;
