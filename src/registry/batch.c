/* batch.c - publication rounds: what there is, and one step for all that can take it. */
#include "registry/batch.h"

#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "registry/batch_priv.h"

/* Records a transaction: large enough that the write to the disk at its end costs little, small
 * enough that others get their turn. */
enum { CHUNK = 500 };

static tl_status count_states(tl_store *s, const char *company, tl_batch *b, tl_error *err)
{
    static const char *const names[] = { "preliminary", "review", "recalculated", "published" };
    int64_t *const counts[] = { &b->preliminary, &b->review, &b->recalculated, &b->published };
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(s, "batch.count", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, b->id);
    tl_query_text(q, 2, company);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const char *state = tl_query_get_text(q, 0);
        int64_t n = tl_query_get_int(q, 1);
        b->records += n;
        for (size_t i = 0; i < 4; i++)
            if (strcmp(state, names[i]) == 0)
                *counts[i] = n;
    }
    tl_query_reset(q);
    return st;
}

static tl_status read_row(tl_query *q, tl_arena *arena, tl_batch *out, tl_error *err)
{
    *out = (tl_batch){ .id = tl_arena_str(arena, tl_query_get_text(q, 0)),
                       .title = tl_arena_str(arena, tl_query_get_text(q, 1)),
                       .created_on = tl_arena_str(arena, tl_query_get_text(q, 2)),
                       .refused = tl_query_get_int(q, 3) };
    return out->id && out->title && out->created_on ? TL_OK : tl_fail_nomem(err);
}

tl_status tl_batch_find(tl_store *s, const char *id, tl_arena *arena, tl_batch *out, bool *found,
                        tl_error *err)
{
    tl_query *q;
    *found = false;
    tl_status st = tl_store_query(s, "batch.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id ? id : "");
    if ((st = tl_query_step(q, found, err)) == TL_OK && *found)
        st = read_row(q, arena, out, err);
    tl_query_reset(q);
    return st;
}

tl_status tl_batch_get(tl_store *s, const char *id, tl_arena *arena, tl_batch *out, tl_error *err)
{
    bool found;
    tl_status st = tl_batch_find(s, id, arena, out, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ENOTFOUND, "batch '%.64s': no such batch", id ? id : "");
    return st == TL_OK ? count_states(s, "", out, err) : st;
}

tl_status tl_batch_list(tl_store *s, tl_arena *arena, const tl_batch **out, size_t *n,
                        tl_error *err)
{
    tl_query *q;
    tl_batch *list = NULL;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "batch.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_row(q, arena, &list[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    for (size_t i = 0; st == TL_OK && i < *n; i++)
        st = count_states(s, "", &list[i], err);
    *out = list;
    return st;
}

tl_status tl_batch_narrow(tl_store *s, const char *company, tl_batch *b, tl_error *err)
{
    b->records = b->preliminary = b->review = b->recalculated = b->published = b->refused = 0;
    return count_states(s, company, b, err);
}

/* Rows of one text each of a bound query. */
static tl_status read_ids(tl_query *q, tl_arena *arena, const char *const **out, size_t *n,
                          tl_error *err)
{
    const char **list = NULL;
    size_t cap = 0;
    bool row = false;
    tl_status st;
    *n = 0;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        if (!(list[*n] = tl_arena_str(arena, tl_query_get_text(q, 0)))) {
            st = tl_fail_nomem(err);
            break;
        }
        ++*n;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

tl_status tl_batch_records(tl_store *s, const char *id, tl_arena *arena, const char *const **out,
                           size_t *n, tl_error *err)
{
    tl_batch b;
    bool found;
    tl_query *q;
    *out = NULL;
    *n = 0;
    tl_status st = tl_batch_find(s, id, arena, &b, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ENOTFOUND, "batch '%.64s': no such batch", id ? id : "");
    if (st != TL_OK || (st = tl_store_query(s, "batch.records", &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    return read_ids(q, arena, out, n, err);
}

/* A step under way. */
struct taking {
    tl_record_writer w;
    const char *id, *day;
    tl_record_step step;
    tl_arena *ids;
    char last[TL_RECORD_ID_MAX + 1]; /* record taken last */
    char seal[TL_SHA256_HEX];        /* of the record published last */
    int64_t done;
};

static tl_status audit_chunk(struct taking *t, const char *first, size_t n, tl_error *err)
{
    tl_buf b, action;
    tl_buf_init(&b, 0);
    tl_buf_init(&action, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "records", (int64_t)n);
    tl_json_text(&j, "first", first);
    tl_json_text(&j, "last", t->last);
    tl_json_text(&j, "day", t->day);
    if (t->step == TL_RECORD_PUBLISH)
        tl_json_text(&j, "last_seal", t->seal);
    tl_json_end(&j);
    tl_buf_printf(&action, "batch.%s", tl_record_step_name(t->step));
    tl_status st = tl_buf_status(&action, err);
    if (st == TL_OK)
        st = tl_record_audit(t->w.s, t->w.who, tl_buf_text(&action), "batch", t->id, &b, err);
    tl_buf_clear(&action);
    tl_buf_clear(&b);
    return st;
}

static tl_status next_ids(struct taking *t, const char *const **ids, size_t *n, tl_error *err)
{
    static const char *const queries[] = {
        [TL_RECORD_ASK] = "batch.can_ask",
        [TL_RECORD_RECALCULATE] = "batch.can_recalculate",
        [TL_RECORD_PUBLISH] = "batch.can_publish",
        [TL_RECORD_EXPIRE] = "batch.can_expire",
    };
    tl_query *q;
    tl_status st = tl_store_query(t->w.s, queries[t->step], &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, t->id);
    tl_query_text(q, 2, t->last);
    tl_query_int(q, 3, CHUNK);
    tl_arena_reset(t->ids);
    return read_ids(q, t->ids, ids, n, err);
}

/* The records of one transaction; *n is 0 when nothing is left. */
static tl_status take_chunk(struct taking *t, size_t *n, tl_error *err)
{
    const char *const *ids;
    tl_record_row row;
    tl_status st = tl_store_begin(t->w.s, err);
    if (st != TL_OK)
        return st;
    st = next_ids(t, &ids, n, err);
    for (size_t i = 0; st == TL_OK && i < *n; i++) {
        st = tl_record_step_one(&t->w, ids[i], t->step, t->day, "", &row, err);
        if (st == TL_OK && t->step == TL_RECORD_PUBLISH)
            memcpy(t->seal, row.r.hash, sizeof t->seal);
    }
    if (st == TL_OK && *n > 0) {
        memcpy(t->last, ids[*n - 1], strlen(ids[*n - 1]) + 1); /* checked when it was put */
        st = audit_chunk(t, ids[0], *n, err);
    }
    if (st == TL_OK)
        return tl_store_commit(t->w.s, err);
    tl_store_rollback(t->w.s);
    return st;
}

static tl_status take_all(struct taking *t, size_t records, const tl_log *progress, tl_error *err)
{
    size_t n = 0;
    tl_status st;
    tl_progress bar = tl_progress_start(progress, tl_record_step_name(t->step), records);
    while ((st = take_chunk(t, &n, err)) == TL_OK && n > 0) {
        t->done += (int64_t)n;
        if ((st = tl_progress_at(&bar, (size_t)t->done, err)) != TL_OK)
            break;
    }
    tl_progress_end(&bar);
    return st;
}

tl_status tl_batch_take(tl_store *s, const char *id, tl_record_step step, const char *day,
                        const char *who, const tl_log *progress, int64_t *done, tl_error *err)
{
    char on[TL_DAY_TEXT];
    struct taking t = { .id = id, .day = on, .step = step };
    tl_batch b;
    *done = 0;
    assert(!tl_store_in_transaction(s));
    if (step == TL_RECORD_WITHDRAW)
        return tl_fail(err, TL_EINPUT,
                       "a batch is not withdrawn as a whole, each record has its reason");
    tl_status st = tl_record_day(day, on, err);
    if (st != TL_OK || (st = tl_arena_new(&t.ids, 0, err)) != TL_OK)
        return st;
    st = tl_record_writer_init(&t.w, s, who, err);
    if (st == TL_OK && (st = tl_batch_get(s, id, t.ids, &b, err)) == TL_OK)
        st = take_all(&t, (size_t)b.records, progress, err);
    *done = t.done;
    tl_record_writer_clear(&t.w);
    tl_arena_free(t.ids);
    return st;
}
