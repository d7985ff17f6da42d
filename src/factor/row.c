/* row.c - one factor from the database, by its reference. */
#include <string.h>

#include "factor/factor_priv.h"

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i);
    const char *kept = text ? tl_arena_str(arena, text) : "";
    *full = *full || !kept;
    return kept;
}

tl_status tl_factor_read(tl_query *q, tl_arena *arena, tl_factor *out, tl_error *err)
{
    bool full = false;
    *out = (tl_factor){
        .set = column(q, 0, arena, &full),
        .set_version = column(q, 1, arena, &full),
        .key = column(q, 2, arena, &full),
        .name_en = column(q, 3, arena, &full),
        .name_zh = column(q, 4, arena, &full),
        .category = column(q, 5, arena, &full),
        .value = tl_query_get_number(q, 6),
        .unit = column(q, 7, arena, &full),
        .region = column(q, 8, arena, &full),
        .year = (int)tl_query_get_int(q, 9),
        .boundary = column(q, 10, arena, &full),
        .technology = column(q, 11, arena, &full),
        .quality = column(q, 12, arena, &full),
        .source = column(q, 13, arena, &full),
        .note = column(q, 14, arena, &full),
        .verified = tl_query_get_int(q, 15) != 0,
    };
    return full ? tl_fail_nomem(err) : tl_factor_detail_read(q, 16, arena, &out->detail, err);
}

tl_status tl_factor_set_number(tl_store *s, const char *id, const char *version, int64_t *number,
                               tl_error *err)
{
    tl_query *q;
    bool row;
    *number = 0;
    tl_status st = tl_store_query(s, "factor_set.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    tl_query_text(q, 2, version);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK && row)
        *number = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

/* A reference taken apart; version is NULL for the current one. */
struct reference {
    const char *set, *version, *key;
};

/* The part of text after mark, which is cut off; NULL where there is no mark. */
static const char *cut_at(char *text, char mark)
{
    char *at = strchr(text, mark);
    if (!at)
        return NULL;
    *at = '\0';
    return at + 1;
}

static tl_status parse(const char *reference, tl_arena *arena, struct reference *out, tl_error *err)
{
    char *set = tl_arena_str(arena, reference);
    if (!set)
        return tl_fail_nomem(err);
    const char *key = cut_at(set, '/'), *set_version = cut_at(set, '@');
    const char *key_version = key ? cut_at(set + (key - set), '@') : NULL;
    if (!key || !*set || !*key || (set_version && key_version) || (set_version && !*set_version) ||
        (key_version && !*key_version) || strchr(key, '/'))
        return tl_fail(err, TL_EINPUT,
                       "'%s' is no reference to a factor, expected set/key, set/key@version or "
                       "set@version/key",
                       reference);
    *out = (struct reference){ set, set_version ? set_version : key_version, key };
    return TL_OK;
}

tl_status tl_factor_get(tl_store *s, const char *reference, tl_arena *arena, tl_factor *out,
                        tl_error *err)
{
    struct reference r = { 0 };
    tl_query *q;
    bool row;
    tl_status st = parse(reference, arena, &r, err);
    if (st != TL_OK || (st = tl_store_query(s, r.version ? "factor.find" : "factor.find_current",
                                            &q, err)) != TL_OK)
        return st;
    tl_query_text(q, 1, r.set);
    tl_query_text(q, 2, r.key);
    if (r.version)
        tl_query_text(q, 3, r.version);
    st = tl_query_step(q, &row, err);
    if (st == TL_OK)
        st = row ? tl_factor_read(q, arena, out, err)
                 : tl_fail(err, TL_ENOTFOUND, "no factor '%s'", reference);
    tl_query_reset(q);
    return st;
}
