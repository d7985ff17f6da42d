/* epd_update.c - whether new plant data demand an update.
 *
 * A declared indicator that changes by more than 10%, up or down, demands it (One Click LCA help
 * centre, article 4455910474652). Exactly 10% does not. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "quantity/unit.h"
#include "registry/epd_priv.h"

static const double limit = 0.10;

/* Decimal figures such as 0.30 and 0.33 lie exactly 10% apart, their doubles a hair more. */
static const double rounding = 1e-9;

/* Indicators being compared. */
struct comparison {
    tl_units *units; /* NULL until two units differ */
    tl_epd_move *moves;
    size_t n;
};

static tl_status in_unit(struct comparison *c, double value, const char *from, const char *to,
                         double *out, tl_error *err)
{
    tl_unit a, b;
    *out = value;
    if (strcmp(from, to) == 0)
        return TL_OK;
    tl_status st = c->units ? TL_OK : tl_units_new(&c->units, err);
    if (st == TL_OK)
        st = tl_unit_parse(c->units, from, &a, err);
    if (st == TL_OK)
        st = tl_unit_parse(c->units, to, &b, err);
    return st == TL_OK ? tl_unit_convert(c->units, value, &a, &b, out, err) : st;
}

static tl_status compare(struct comparison *c, const tl_record_part *old,
                         const tl_record_part *fresh, tl_error *err)
{
    double now;
    tl_status st = in_unit(c, fresh->value, fresh->unit, old->unit, &now, err);
    if (st == TL_OK && !(isfinite(now) && isfinite(old->value)))
        st = tl_fail(err, TL_ENUMERIC, "not a finite number");
    if (st != TL_OK)
        return tl_context(err, st, "indicator '%.80s'", old->key);
    double moved = now - old->value;
    double change = old->value != 0 ? moved / fabs(old->value)
                    : moved == 0    ? 0
                                    : copysign(INFINITY, moved);
    c->moves[c->n++] = (tl_epd_move){ .key = old->key,
                                      .unit = old->unit,
                                      .before = old->value,
                                      .after = now,
                                      .change = change,
                                      .demands = fabs(change) > limit * (1 + rounding) };
    return TL_OK;
}

static const tl_record_part *find_indicator(const tl_record *r, const char *key)
{
    for (size_t i = 0; i < r->n_parts; i++)
        if (strcmp(r->parts[i].kind, "indicator") == 0 && strcmp(r->parts[i].key, key) == 0)
            return &r->parts[i];
    return NULL;
}

/* moves has room for the value and all parts. */
static tl_status compare_all(const tl_record *registered, const tl_record *fresh,
                             tl_epd_move *moves, size_t *n, tl_error *err)
{
    const tl_record_part old = { "indicator", "value", registered->value, registered->unit };
    const tl_record_part now = { "indicator", "value", fresh->value, fresh->unit };
    struct comparison c = { .moves = moves };
    tl_status st = compare(&c, &old, &now, err);
    for (size_t i = 0; st == TL_OK && i < registered->n_parts; i++) {
        const tl_record_part *part = &registered->parts[i];
        if (strcmp(part->kind, "indicator") != 0)
            continue;
        const tl_record_part *other = find_indicator(fresh, part->key);
        st = other ? compare(&c, part, other, err)
                   : tl_fail(err, TL_EINPUT,
                             "indicator '%.80s' is declared, the new values lack it", part->key);
    }
    tl_units_free(c.units);
    *n = st == TL_OK ? c.n : 0;
    return st;
}

tl_status tl_epd_update_moves(const tl_record *registered, const tl_record *fresh, tl_arena *arena,
                              const tl_epd_move **out, size_t *n, tl_error *err)
{
    tl_epd_move *moves = tl_arena_alloc(arena, registered->n_parts + 1, sizeof *moves);
    *out = moves;
    *n = 0;
    return moves ? compare_all(registered, fresh, moves, n, err) : tl_fail_nomem(err);
}

tl_status tl_epd_update_demanded(const tl_record *registered, const tl_record *fresh,
                                 bool *demanded, const char **key, double *change, tl_error *err)
{
    tl_epd_move *moves = tl_new_array(registered->n_parts + 1, sizeof *moves);
    size_t n = 0, most = 0;
    bool any = false;
    tl_status st = moves ? compare_all(registered, fresh, moves, &n, err) : tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        any = any || moves[i].demands;
        if (fabs(moves[i].change) > fabs(moves[most].change))
            most = i;
    }
    if (st == TL_OK) {
        *demanded = any;
        *key = moves[most].key;
        *change = moves[most].change;
    }
    free(moves);
    return st;
}
