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

-- Newest first; $1 is '' for all tenants, $3 the job before which they were ordered or ''.
-- name: job.list
SELECT id, operation, arguments, viewer, owner, tenant, state, attempts, worker, stopping, what, done, total, queued_at,
       started_at, ended_at, error_kind, error
FROM job
WHERE ($1 = '' OR tenant = $1)
  AND number < coalesce((SELECT j.number FROM job j WHERE j.id = $3), 9223372036854775807)
ORDER BY number DESC LIMIT $2;

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
