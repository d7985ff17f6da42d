-- 0016_job.sql
-- Why: work of more than a moment is ordered by one request and done by a worker, perhaps of another
-- process, perhaps after a restart. So an order is kept with all it needs: what to run, with what,
-- for whom. A worker that died is known by its silence, and its job is done again.
CREATE TABLE job (
    number     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,  -- the order of doing
    id         TEXT    NOT NULL UNIQUE CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    operation  TEXT    NOT NULL CHECK (operation <> ''),
    arguments  TEXT    NOT NULL CHECK (arguments GLOB '{*}'),
    viewer     TEXT    NOT NULL CHECK (viewer GLOB '{*}'),  -- who ordered it, with what rights
    owner      TEXT    NOT NULL,                            -- the user, '' for nobody known
    tenant     TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
    attempts   INTEGER NOT NULL CHECK (attempts >= 0),
    worker     TEXT    NOT NULL,
    seen_at    INTEGER NOT NULL CHECK (seen_at >= 0),       -- last sign of the worker
    stopping   INTEGER NOT NULL CHECK (stopping IN (0, 1)), -- asked to stop while it runs
    what       TEXT    NOT NULL,                            -- what is being counted
    done       INTEGER NOT NULL CHECK (done >= 0),
    total      INTEGER NOT NULL CHECK (total >= 0),
    queued_at  INTEGER NOT NULL CHECK (queued_at >= 0),
    started_at INTEGER NOT NULL CHECK (started_at >= 0),
    ended_at   INTEGER NOT NULL CHECK (ended_at >= 0),
    error_kind TEXT    NOT NULL,
    error      TEXT    NOT NULL,
    CHECK ((state = 'running') = (worker <> '')),
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (ended_at > 0)),
    CHECK ((state = 'failed') = (error <> ''))
) STRICT;
CREATE INDEX job_waiting ON job (number) WHERE state = 'queued';
CREATE INDEX job_running ON job (seen_at) WHERE state = 'running';
CREATE INDEX job_of_tenant ON job (tenant, number);

CREATE TRIGGER job_order_stays BEFORE UPDATE OF number, id, operation, arguments, viewer, owner, tenant, queued_at ON job
BEGIN
    SELECT RAISE(ABORT, 'an order keeps what was ordered');
END;

CREATE TRIGGER job_ends_once BEFORE UPDATE ON job WHEN OLD.ended_at > 0
BEGIN
    SELECT RAISE(ABORT, 'a job that has ended stays ended');
END;

-- Large things apart, so that lists stay narrow. part: 'input' is the file sent with the order,
-- 'result' what it left.
CREATE TABLE job_file (
    job   INTEGER NOT NULL REFERENCES job (number) ON DELETE CASCADE,
    part  TEXT    NOT NULL CHECK (part IN ('input', 'result')),
    type  TEXT    NOT NULL,
    bytes BLOB    NOT NULL,
    PRIMARY KEY (job, part)
) STRICT;
