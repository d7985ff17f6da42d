/* record_feedback.c - what a company says of a result before it is published. */
#include <assert.h>
#include <math.h>

#include "format/json.h"
#include "registry/record_priv.h"

static tl_status check(const tl_record_feedback *f, char day[TL_DAY_TEXT], tl_error *err)
{
    tl_status st = tl_record_day(f->at, day, err);
    if (st != TL_OK ||
        (st = tl_record_text_check("by", f->by, TL_RECORD_NAME_MAX, false, true, err)) != TL_OK ||
        (st = tl_record_text_check("text", f->text, TL_RECORD_TEXT_MAX, true, true, err)) !=
            TL_OK ||
        (st = tl_record_text_check("evidence", f->evidence, TL_RECORD_TEXT_MAX, true, false,
                                   err)) != TL_OK)
        return st;
    return isnan(f->proposed) || isfinite(f->proposed)
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "proposed: expected a number");
}

static tl_status insert(tl_store *s, const tl_record *r, const tl_record_feedback *f,
                        const char *day, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "record_feedback.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, r->id);
    tl_query_int(q, 2, r->version);
    tl_query_text(q, 3, day);
    tl_query_text(q, 4, f->by);
    tl_query_text(q, 5, f->text);
    if (isnan(f->proposed))
        tl_query_null(q, 6);
    else
        tl_query_number(q, 6, f->proposed);
    tl_query_text(q, 7, f->evidence ? f->evidence : "");
    return tl_query_run(q, err);
}

static tl_status audit(tl_store *s, const tl_record *r, const tl_record_feedback *f,
                       const char *day, const char *who, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", r->version);
    tl_json_text(&j, "day", day);
    tl_json_text(&j, "by", f->by);
    tl_json_text(&j, "text", f->text);
    tl_json_number(&j, "value", r->value);
    tl_json_number(&j, "proposed", f->proposed);
    tl_json_end(&j);
    return tl_record_audit(s, who, "record.say", "record", r->id, &b, err);
}

static tl_status say(tl_store *s, const char *id, const tl_record_feedback *f, const char *who,
                     tl_arena *scratch, tl_error *err)
{
    char day[TL_DAY_TEXT];
    tl_record_row row;
    bool found;
    tl_status st = tl_record_text_check("who", who, TL_RECORD_NAME_MAX, false, true, err);
    if (st != TL_OK || (st = check(f, day, err)) != TL_OK ||
        (st = tl_record_find(s, id, -1, scratch, &row, &found, err)) != TL_OK)
        return st;
    if (!found)
        return tl_fail(err, TL_ENOTFOUND, "no such record");
    if (row.r.state >= TL_RECORD_PUBLISHED)
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld is %s, a company remarks on what is not published yet",
                       (long long)row.r.version, tl_record_state_name(row.r.state));
    st = insert(s, &row.r, f, day, err);
    return st == TL_OK ? audit(s, &row.r, f, day, who, err) : st;
}

tl_status tl_record_say(tl_store *s, const char *id, const tl_record_feedback *f, const char *who,
                        tl_error *err)
{
    tl_arena *scratch = NULL;
    assert(tl_store_in_transaction(s));
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st != TL_OK)
        return st;
    st = say(s, id, f, who, scratch, err);
    tl_arena_free(scratch);
    return st == TL_OK ? st : tl_context(err, st, "record '%.100s'", id ? id : "");
}

tl_status tl_record_feedback_list(tl_store *s, const char *id, tl_arena *arena,
                                  const tl_record_feedback **out, size_t *n, tl_error *err)
{
    tl_query *q;
    tl_record_feedback *list = NULL;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "record_feedback.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id ? id : "");
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK)
            break;
        tl_record_feedback f = { .proposed =
                                     tl_query_is_null(q, 3) ? NAN : tl_query_get_number(q, 3) };
        if (!(f.at = tl_arena_str(arena, tl_query_get_text(q, 0))) ||
            !(f.by = tl_arena_str(arena, tl_query_get_text(q, 1))) ||
            !(f.text = tl_arena_str(arena, tl_query_get_text(q, 2))) ||
            !(f.evidence = tl_arena_str(arena, tl_query_get_text(q, 4)))) {
            st = tl_fail_nomem(err);
            break;
        }
        list[(*n)++] = f;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}
