/* frozen.c - pages that were put away: id, rows, and reading them back. */
#include "report/frozen.h"

#include <string.h>

#include "base/hash.h"

tl_status tl_frozen_id(const tl_frozen_page *p, char id[TL_FROZEN_ID], tl_error *err)
{
    tl_sha256 *h;
    char hex[TL_SHA256_HEX];
    tl_status st = tl_sha256_new(&h, err);
    if (st != TL_OK)
        return st;
    tl_sha256_add_field(h, p->page);
    for (size_t i = 0; i < p->n; i++) {
        const tl_frozen_answer *a = &p->answers[i];
        tl_sha256_add_field(h, a->path);
        tl_sha256_add_field(h, a->query);
        tl_sha256_add_field(h, a->report);
        tl_sha256_add_field(h, a->document);
        tl_sha256_add_field(h, a->drawing_en);
        tl_sha256_add_field(h, a->drawing_zh);
    }
    st = tl_sha256_final(h, hex, err);
    tl_sha256_free(h);
    if (st == TL_OK) {
        memcpy(id, hex, TL_FROZEN_ID - 1);
        id[TL_FROZEN_ID - 1] = 0;
    }
    return st;
}

static size_t length_of(const char *text)
{
    return text ? strlen(text) : 0;
}

static tl_status check_size(const tl_frozen_page *p, size_t *bytes, tl_error *err)
{
    *bytes = 0;
    if (p->n == 0 || p->n > TL_FROZEN_ANSWERS)
        return tl_fail(err, TL_EINPUT, "%zu answers, expected 1 to %d of one page", p->n,
                       (int)TL_FROZEN_ANSWERS);
    for (size_t i = 0; i < p->n; i++)
        *bytes += length_of(p->answers[i].report) + length_of(p->answers[i].document) +
                  length_of(p->answers[i].drawing_en) + length_of(p->answers[i].drawing_zh);
    if (*bytes > TL_FROZEN_BYTES)
        return tl_fail(err, TL_EINPUT,
                       "the page has %.1f MiB of answers, at most %.0f are kept: show fewer rows",
                       (double)*bytes / (1 << 20), (double)TL_FROZEN_BYTES / (1 << 20));
    return TL_OK;
}

static tl_status is_there(tl_store *s, const char *id, bool *there, tl_error *err)
{
    tl_query *q;
    *there = false;
    tl_status st = tl_store_query(s, "frozen.there", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    st = tl_query_step(q, there, err);
    tl_query_reset(q);
    return st;
}

/* Strangers together may fill so much of the disk in a day. */
static tl_status check_day(tl_store *s, const char *day, size_t bytes, tl_error *err)
{
    tl_query *q;
    bool row = false, full = false;
    tl_status st = tl_store_query(s, "frozen.of_day", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, day);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        full = tl_query_get_int(q, 0) >= TL_FROZEN_PER_DAY ||
               (size_t)tl_query_get_int(q, 1) + bytes > TL_FROZEN_BYTES_PER_DAY;
    tl_query_reset(q);
    if (st == TL_OK && full)
        return tl_fail(err, TL_ECONFLICT,
                       "as many pages were frozen today as a day takes: sign in, or try tomorrow");
    return st;
}

static tl_status put_page(tl_store *s, const tl_frozen_page *p, const char *id, size_t bytes,
                          tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "frozen.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, p->kept_on);
    tl_query_text(q, 3, p->page);
    tl_query_int(q, 4, (int64_t)bytes);
    return tl_query_run(q, err);
}

static tl_status put_answer(tl_store *s, const char *id, size_t place, const tl_frozen_answer *a,
                            tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "frozen.answer_insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_int(q, 2, (int64_t)place);
    tl_query_text(q, 3, a->path);
    tl_query_text(q, 4, a->query);
    tl_query_text(q, 5, a->report);
    tl_query_text(q, 6, a->document);
    tl_query_text(q, 7, a->drawing_en);
    tl_query_text(q, 8, a->drawing_zh);
    return tl_query_run(q, err);
}

tl_status tl_frozen_put(tl_store *s, const tl_frozen_page *p, bool stranger, char id[TL_FROZEN_ID],
                        bool *fresh, tl_error *err)
{
    size_t bytes;
    bool there = false;
    tl_status st = check_size(p, &bytes, err);
    if (st == TL_OK)
        st = tl_frozen_id(p, id, err);
    if (st == TL_OK)
        st = is_there(s, id, &there, err);
    *fresh = st == TL_OK && !there;
    if (*fresh && stranger)
        st = check_day(s, p->kept_on, bytes, err);
    if (st == TL_OK && *fresh)
        st = put_page(s, p, id, bytes, err);
    for (size_t i = 0; i < p->n && st == TL_OK && *fresh; i++)
        st = put_answer(s, id, i, &p->answers[i], err);
    return st;
}

static const char *or_null(tl_query *q, int column, tl_arena *arena, bool *whole)
{
    const char *text = tl_query_get_text(q, column);
    const char *kept = text ? tl_arena_str(arena, text) : NULL;
    *whole = *whole && (!text || kept);
    return kept;
}

static tl_status get_answers(tl_store *s, const char *id, tl_arena *arena, tl_frozen_answer *all,
                             size_t *n, tl_error *err)
{
    tl_query *q;
    bool row = true, whole = true;
    tl_status st = tl_store_query(s, "frozen.answers", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    while (whole && *n < TL_FROZEN_ANSWERS && (st = tl_query_step(q, &row, err)) == TL_OK && row)
        all[(*n)++] = (tl_frozen_answer){ .path = or_null(q, 0, arena, &whole),
                                          .query = or_null(q, 1, arena, &whole),
                                          .report = or_null(q, 2, arena, &whole),
                                          .document = or_null(q, 3, arena, &whole),
                                          .drawing_en = or_null(q, 4, arena, &whole),
                                          .drawing_zh = or_null(q, 5, arena, &whole) };
    tl_query_reset(q);
    return st == TL_OK && !whole ? tl_fail_nomem(err) : st;
}

static tl_status get_page(tl_store *s, const char *id, tl_arena *arena, tl_frozen_page *out,
                          tl_error *err)
{
    tl_query *q;
    bool row = false, whole = true;
    tl_status st = tl_store_query(s, "frozen.page", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        out->kept_on = or_null(q, 0, arena, &whole);
        out->page = or_null(q, 1, arena, &whole);
    }
    tl_query_reset(q);
    if (st == TL_OK && !row)
        return tl_fail(err, TL_ENOTFOUND, "no frozen page '%s'", id);
    return st == TL_OK && !whole ? tl_fail_nomem(err) : st;
}

tl_status tl_frozen_get(tl_store *s, const char *id, tl_arena *arena, tl_frozen_page *out,
                        tl_error *err)
{
    char is[TL_FROZEN_ID];
    *out = (tl_frozen_page){ .page = "" };
    tl_frozen_answer *all = tl_arena_alloc(arena, TL_FROZEN_ANSWERS, sizeof *all);
    tl_status st = all ? get_page(s, id, arena, out, err) : tl_fail_nomem(err);
    if (st == TL_OK)
        st = get_answers(s, id, arena, all, &out->n, err);
    out->answers = all;
    if (st == TL_OK && (st = tl_frozen_id(out, is, err)) == TL_OK && strcmp(is, id) != 0)
        return tl_fail(err, TL_EIO, "frozen page '%s' is not what was kept: it says '%s'", id, is);
    return st;
}
