/* job.c - the queue: each change is a transaction of its own. */
#include "job/job.h"

#include <string.h>
#include <sys/random.h>

static const char *const states[] = { "queued", "running", "done", "failed", "cancelled" };

const char *tl_job_state_name(tl_job_state state)
{
    return states[state];
}

static tl_status new_id(char id[TL_JOB_ID], tl_error *err)
{
    unsigned char bytes[(TL_JOB_ID - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return tl_fail(err, TL_EIO, "the system gives no random bytes");
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(id + 2 * i, 3, "%02x", bytes[i]);
    return TL_OK;
}

/* Ends the transaction that was begun. */
static tl_status finish(tl_store *s, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

static tl_status put_file(tl_store *s, const char *id, const char *part, const char *type,
                          const void *bytes, size_t n, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "job.insert_file", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, part);
    tl_query_text(q, 3, type);
    tl_query_blob(q, 4, bytes, n);
    return tl_query_run(q, err);
}

static tl_status insert(tl_store *s, const tl_job_order *o, int64_t now, const char *id,
                        tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "job.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, o->operation);
    tl_query_text(q, 3, o->arguments);
    tl_query_text(q, 4, o->viewer);
    tl_query_text(q, 5, o->owner);
    tl_query_text(q, 6, o->tenant);
    tl_query_int(q, 7, now);
    st = tl_query_run(q, err);
    if (st == TL_OK && o->input)
        st = put_file(s, id, "input", "", o->input, o->input_bytes, err);
    return st;
}

tl_status tl_job_put(tl_store *s, const tl_job_order *o, int64_t now, char id[TL_JOB_ID],
                     tl_error *err)
{
    tl_status st = new_id(id, err);
    if (st != TL_OK || (st = tl_store_begin(s, err)) != TL_OK)
        return st;
    return finish(s, insert(s, o, now, id, err), err);
}

static tl_job_state state_of(const char *name)
{
    tl_job_state state = TL_JOB_QUEUED;
    while (state < TL_JOB_CANCELLED && strcmp(states[state], name) != 0)
        state++;
    return state;
}

static tl_status read_row(tl_query *q, tl_arena *arena, tl_job *out, tl_error *err)
{
    *out = (tl_job){ .id = tl_arena_str(arena, tl_query_get_text(q, 0)),
                     .operation = tl_arena_str(arena, tl_query_get_text(q, 1)),
                     .arguments = tl_arena_str(arena, tl_query_get_text(q, 2)),
                     .viewer = tl_arena_str(arena, tl_query_get_text(q, 3)),
                     .owner = tl_arena_str(arena, tl_query_get_text(q, 4)),
                     .tenant = tl_arena_str(arena, tl_query_get_text(q, 5)),
                     .state = state_of(tl_query_get_text(q, 6)),
                     .attempts = tl_query_get_int(q, 7),
                     .stopping = tl_query_get_int(q, 9) != 0,
                     .what = tl_arena_str(arena, tl_query_get_text(q, 10)),
                     .done = tl_query_get_int(q, 11),
                     .total = tl_query_get_int(q, 12),
                     .queued_at = tl_query_get_int(q, 13),
                     .started_at = tl_query_get_int(q, 14),
                     .ended_at = tl_query_get_int(q, 15),
                     .error_kind = tl_arena_str(arena, tl_query_get_text(q, 16)),
                     .error = tl_arena_str(arena, tl_query_get_text(q, 17)) };
    bool whole = out->id && out->operation && out->arguments && out->viewer && out->owner &&
                 out->tenant && out->what && out->error_kind && out->error;
    return whole ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_job_get(tl_store *s, const char *id, tl_arena *arena, tl_job *out, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "job.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row)
        st = read_row(q, arena, out, err);
    tl_query_reset(q);
    return st == TL_OK && !row ? tl_fail(err, TL_ENOTFOUND, "no job %s", id) : st;
}

tl_status tl_job_list(tl_store *s, const char *tenant, const char *before, size_t limit,
                      tl_arena *arena, const tl_job **out, size_t *n, tl_error *err)
{
    tl_query *q;
    bool row = true;
    tl_job *rows = tl_arena_alloc(arena, limit + 1, sizeof *rows);
    *n = 0;
    *out = rows;
    if (!rows)
        return tl_fail_nomem(err);
    tl_status st = tl_store_query(s, "job.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, tenant);
    tl_query_int(q, 2, (int64_t)limit);
    tl_query_text(q, 3, before ? before : "");
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row && *n < limit) {
        st = read_row(q, arena, &rows[*n], err);
        if (st != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    return st;
}

/* The id of the next order; *got false where none waits. */
static tl_status next_id(tl_store *s, char id[TL_JOB_ID], bool *got, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "job.next", &q, err);
    if (st == TL_OK)
        st = tl_query_step(q, got, err);
    if (st != TL_OK)
        return st;
    if (*got)
        snprintf(id, TL_JOB_ID, "%s", tl_query_get_text(q, 0));
    tl_query_reset(q);
    return TL_OK;
}

static tl_status start(tl_store *s, const char *id, const char *worker, int64_t now, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "job.start", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, worker);
    tl_query_int(q, 3, now);
    return tl_query_run(q, err);
}

tl_status tl_job_claim(tl_store *s, const char *worker, int64_t now, tl_arena *arena, tl_job *out,
                       bool *got, tl_error *err)
{
    char id[TL_JOB_ID];
    *got = false;
    tl_status st = next_id(s, id, got, err); /* most of the time nothing waits: no lock for that */
    if (st != TL_OK || !*got || (st = tl_store_begin(s, err)) != TL_OK)
        return st;
    st = next_id(s, id, got, err);
    if (st == TL_OK && *got)
        st = start(s, id, worker, now, err);
    if (st == TL_OK && *got)
        st = tl_job_get(s, id, arena, out, err);
    return finish(s, st, err);
}

static tl_status write_seen(tl_store *s, const char *id, const char *worker, int64_t now,
                            const char *what, int64_t done, int64_t total, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "job.seen", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, worker);
    tl_query_int(q, 3, now);
    tl_query_text(q, 4, what);
    tl_query_int(q, 5, done);
    tl_query_int(q, 6, total);
    st = tl_query_run(q, err);
    if (st == TL_OK && tl_query_changed(q) == 0)
        st = tl_fail(err, TL_ECONFLICT, "job %s is not %s's any more", id, worker);
    return st;
}

tl_status tl_job_seen(tl_store *s, const char *id, const char *worker, int64_t now,
                      const char *what, int64_t done, int64_t total, bool *stop, tl_error *err)
{
    tl_query *q;
    bool row = false;
    *stop = false;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = write_seen(s, id, worker, now, what, done, total, err);
    if (st == TL_OK)
        st = tl_store_query(s, "job.get", &q, err);
    if (st == TL_OK) {
        tl_query_text(q, 1, id);
        st = tl_query_step(q, &row, err);
        *stop = st == TL_OK && row && tl_query_get_int(q, 9) != 0;
        tl_query_reset(q);
    }
    return finish(s, st, err);
}

static tl_status write_end(tl_store *s, const char *id, const char *worker, int64_t now,
                           const tl_job_outcome *o, tl_error *err)
{
    tl_query *q;
    bool failed = o->state == TL_JOB_FAILED;
    tl_status st = tl_store_query(s, "job.end", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, worker);
    tl_query_text(q, 3, tl_job_state_name(o->state));
    tl_query_int(q, 4, now);
    tl_query_text(q, 5, failed ? tl_status_name(o->error->status) : "");
    tl_query_text(q, 6, failed ? o->error->text : "");
    st = tl_query_run(q, err);
    if (st == TL_OK && tl_query_changed(q) == 0)
        st = tl_fail(err, TL_ECONFLICT, "job %s is not %s's any more", id, worker);
    if (st == TL_OK && o->type)
        st = put_file(s, id, "result", o->type, o->result, o->bytes, err);
    return st;
}

tl_status tl_job_end(tl_store *s, const char *id, const char *worker, int64_t now,
                     const tl_job_outcome *o, tl_error *err)
{
    tl_status st = tl_store_begin(s, err);
    return st == TL_OK ? finish(s, write_end(s, id, worker, now, o, err), err) : st;
}

/* Runs a query about one job and a moment; how many rows it changed. */
static tl_status change(tl_store *s, const char *name, const char *id, int64_t now,
                        int64_t *changed, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, name, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if (now > 0)
        tl_query_int(q, 2, now);
    st = tl_query_run(q, err);
    *changed = st == TL_OK ? tl_query_changed(q) : 0;
    return st;
}

tl_status tl_job_cancel(tl_store *s, const char *id, int64_t now, tl_error *err)
{
    int64_t changed = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    st = change(s, "job.cancel_queued", id, now, &changed, err);
    if (st == TL_OK && changed == 0)
        st = change(s, "job.ask_stop", id, 0, &changed, err);
    if (st == TL_OK && changed == 0)
        st = tl_fail(err, TL_ECONFLICT, "job %s has ended, or never was", id);
    return finish(s, st, err);
}

tl_status tl_job_file(tl_store *s, const char *id, const char *part, tl_arena *arena,
                      const char **type, tl_buf *out, tl_error *err)
{
    tl_query *q;
    bool row = false;
    size_t n;
    tl_status st = tl_store_query(s, "job.file", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, part);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row) {
        *type = tl_arena_str(arena, tl_query_get_text(q, 0));
        const void *bytes = tl_query_get_blob(q, 1, &n);
        tl_buf_add(out, bytes, n);
        st = *type ? tl_buf_status(out, err) : tl_fail_nomem(err);
    }
    tl_query_reset(q);
    return st == TL_OK && !row ? tl_fail(err, TL_ENOTFOUND, "job %s has no %s", id, part) : st;
}

tl_status tl_job_revive(tl_store *s, int64_t silent_since, int64_t now, int64_t *revived,
                        tl_error *err)
{
    tl_query *q;
    *revived = 0;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_store_query(s, "job.give_up", &q, err)) == TL_OK) {
        tl_query_int(q, 1, silent_since);
        tl_query_int(q, 2, now);
        st = tl_query_run(q, err);
    }
    if (st == TL_OK && (st = tl_store_query(s, "job.revive", &q, err)) == TL_OK) {
        tl_query_int(q, 1, silent_since);
        st = tl_query_run(q, err);
        *revived = st == TL_OK ? tl_query_changed(q) : 0;
    }
    return finish(s, st, err);
}

tl_status tl_job_waiting(tl_store *s, int64_t *n, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "job.waiting", &q, err);
    if (st == TL_OK)
        st = tl_query_step(q, &row, err);
    if (st != TL_OK)
        return st;
    *n = row ? tl_query_get_int(q, 0) : 0;
    tl_query_reset(q);
    return TL_OK;
}

tl_status tl_job_forget(tl_store *s, int64_t before, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_begin(s, err);
    if (st != TL_OK)
        return st;
    if ((st = tl_store_query(s, "job.forget", &q, err)) == TL_OK) {
        tl_query_int(q, 1, before);
        st = tl_query_run(q, err);
    }
    return finish(s, st, err);
}
