/* award_read.c - kept awards out of the database, and the check that they are what was kept. */
#include <math.h>
#include <string.h>

#include "registry/award_priv.h"

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_query_get_text(q, i);
    const char *kept = tl_arena_str(arena, text ? text : "");
    *full = *full || !kept;
    return kept;
}

/* Columns as registry_award.sql names them. */
static tl_status read_round(tl_query *q, tl_arena *arena, tl_award_round *out, tl_error *err)
{
    bool full = false;
    *out = (tl_award_round){ .id = column(q, 0, arena, &full),
                             .day = column(q, 1, arena, &full),
                             .rule = { .from = column(q, 2, arena, &full),
                                       .until = column(q, 3, arena, &full),
                                       .step_g_km = tl_query_get_number(q, 4),
                                       .least = (size_t)tl_query_get_int(q, 5) },
                             .rule_version = column(q, 6, arena, &full),
                             .rule_checksum = column(q, 7, arena, &full),
                             .as_declared = tl_query_get_int(q, 8) != 0,
                             .cars = tl_query_get_int(q, 9),
                             .left_out = tl_query_get_int(q, 10),
                             .candidates = tl_query_get_int(q, 11),
                             .author = column(q, 12, arena, &full),
                             .checksum = column(q, 13, arena, &full) };
    return full ? tl_fail_nomem(err) : TL_OK;
}

static tl_status read_candidate(tl_query *q, tl_arena *arena, tl_award_row *out, tl_error *err)
{
    bool full = false;
    *out = (tl_award_row){ .size = column(q, 0, arena, &full),
                           .body = column(q, 1, arena, &full),
                           .powertrain = column(q, 2, arena, &full),
                           .record = column(q, 3, arena, &full),
                           .version = tl_query_get_int(q, 4),
                           .product = column(q, 5, arena, &full),
                           .maker = column(q, 6, arena, &full),
                           .launched = column(q, 7, arena, &full),
                           .g_km = tl_query_get_number(q, 8),
                           .seal = column(q, 9, arena, &full),
                           .rank = tl_query_get_int(q, 10),
                           .wins = tl_query_get_int(q, 11) != 0 };
    return full ? tl_fail_nomem(err) : TL_OK;
}

static tl_status read_candidates(tl_store *s, tl_arena *arena, tl_kept_award *a, tl_error *err)
{
    tl_query *q;
    size_t cap = 0;
    bool row = false;
    tl_award_row *rows = NULL;
    tl_status st = tl_store_query(s, "award_candidate.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, a->round.id);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &rows, &cap, a->n + 1, sizeof *rows, err)) != TL_OK ||
            (st = read_candidate(q, arena, &rows[a->n], err)) != TL_OK)
            break;
        a->n++;
    }
    tl_query_reset(q);
    a->rows = rows;
    return st;
}

tl_status tl_award_get(tl_store *s, const char *id, tl_arena *arena, tl_kept_award *out,
                       tl_error *err)
{
    tl_query *q;
    bool found = false;
    *out = (tl_kept_award){ .n = 0 };
    tl_status st = tl_store_query(s, "award_round.get", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, id);
    if ((st = tl_query_step(q, &found, err)) == TL_OK)
        st = found ? read_round(q, arena, &out->round, err)
                   : tl_fail(err, TL_ENOTFOUND, "no award '%.80s'", id);
    tl_query_reset(q);
    return st == TL_OK ? read_candidates(s, arena, out, err) : st;
}

tl_status tl_award_list(tl_store *s, tl_arena *arena, const tl_award_round **out, size_t *n,
                        tl_error *err)
{
    tl_query *q;
    size_t cap = 0;
    bool row = false;
    tl_award_round *list = NULL;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(s, "award_round.list", &q, err);
    if (st != TL_OK)
        return st;
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, *n + 1, sizeof *list, err)) != TL_OK ||
            (st = read_round(q, arena, &list[*n], err)) != TL_OK)
            break;
        ++*n;
    }
    tl_query_reset(q);
    *out = list;
    return st;
}

/* Ranks and winners anew beside those that were kept. */
static tl_status verify_winners(const tl_kept_award *a, tl_arena *arena, tl_error *err)
{
    if (a->n == 0 || !a->rows) /* its checksum would have to fit */
        return tl_fail(err, TL_ECONFLICT, "award '%s' has no candidates", a->round.id);
    tl_award_row *again = tl_arena_alloc(arena, a->n, sizeof *again);
    if (!again)
        return tl_fail_nomem(err);
    memcpy(again, a->rows, a->n * sizeof *again);
    for (size_t first = 0, n; first < a->n; first += n) {
        n = tl_award_segment_rows(again, a->n, first);
        tl_award_rank(&again[first], n, &a->round.rule);
    }
    for (size_t i = 0; i < a->n; i++)
        if (again[i].rank != a->rows[i].rank || again[i].wins != a->rows[i].wins)
            return tl_fail(err, TL_ECONFLICT,
                           "award '%s': '%s' does not stand where the rule puts it", a->round.id,
                           a->rows[i].record);
    return TL_OK;
}

static tl_status verify_one(tl_store *s, const char *id, tl_arena *arena, tl_error *err)
{
    tl_kept_award a;
    char checksum[TL_SHA256_HEX];
    tl_status st = tl_award_get(s, id, arena, &a, err);
    if (st == TL_OK)
        st = tl_award_checksum(&a, checksum, err);
    if (st == TL_OK && strcmp(checksum, a.round.checksum) != 0)
        st = tl_fail(err, TL_ECONFLICT, "award '%s' is not what was kept on %s", a.round.id,
                     a.round.day);
    return st == TL_OK ? verify_winners(&a, arena, err) : st;
}

tl_status tl_award_verify(tl_store *s, int64_t *n, tl_error *err)
{
    const tl_award_round *rounds = NULL;
    tl_arena *names = NULL, *scratch = NULL;
    size_t all = 0;
    *n = 0;
    tl_status st = tl_arena_new(&names, 0, err);
    if (st == TL_OK && (st = tl_arena_new(&scratch, 0, err)) == TL_OK)
        st = tl_award_list(s, names, &rounds, &all, err);
    for (size_t i = 0; st == TL_OK && i < all; i++) {
        tl_arena_reset(scratch);
        st = verify_one(s, rounds[i].id, scratch, err);
        *n += st == TL_OK;
    }
    tl_arena_free(scratch);
    tl_arena_free(names);
    return st;
}
