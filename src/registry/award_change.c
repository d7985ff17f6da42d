/* award_change.c - what today's published versions would make of an award that was kept.
 *
 * Then and now are laid side by side, one entry a record and segment. To find the causes each
 * record that changed is turned over alone, in the list of then and in the list of now, and the
 * winners are decided again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "registry/award_priv.h"

struct entry {
    const tl_award_row *then, *now; /* NULL: no candidate */
};

/* A list of one segment in which one entry may be turned over. */
struct choice {
    bool now;
    size_t turned; /* SIZE_MAX: none */
};

/* What decides a segment: how many candidates, and the lowest in steps of the rule. */
struct outcome {
    size_t n;
    double best;
};

static const tl_award_row *any_row(const struct entry *e)
{
    return e->then ? e->then : e->now;
}

static int by_record(const void *a, const void *b)
{
    const tl_award_row *x = any_row(a), *y = any_row(b);
    const int c = tl_award_segment_order(x, y);
    return c ? c : strcmp(x->record, y->record);
}

static const tl_award_row *pick(const struct entry *e, size_t i, struct choice c)
{
    return (i == c.turned) != c.now ? e[i].now : e[i].then;
}

static struct outcome decide(const struct entry *e, size_t n, struct choice c,
                             const tl_award_rule *rule)
{
    struct outcome o = { 0, INFINITY };
    for (size_t i = 0; i < n; i++) {
        const tl_award_row *r = pick(e, i, c);
        if (!r)
            continue;
        o.n++;
        o.best = fmin(o.best, tl_award_steps(r->g_km, rule->step_g_km));
    }
    return o;
}

static bool wins(const tl_award_row *r, struct outcome o, const tl_award_rule *rule)
{
    return r && o.n >= rule->least && tl_award_steps(r->g_km, rule->step_g_km) == o.best;
}

static bool same_winners(const struct entry *e, size_t n, struct choice a, struct choice b,
                         const tl_award_rule *rule)
{
    const struct outcome x = decide(e, n, a, rule), y = decide(e, n, b, rule);
    for (size_t i = 0; i < n; i++)
        if (wins(pick(e, i, a), x, rule) != wins(pick(e, i, b), y, rule))
            return false;
    return true;
}

static bool changed(const struct entry *e)
{
    return !e->then || !e->now || e->then->version != e->now->version;
}

static bool is_cause(const struct entry *e, size_t n, size_t i, const tl_award_rule *rule)
{
    static const struct choice then = { false, SIZE_MAX }, now = { true, SIZE_MAX };
    return changed(&e[i]) && (!same_winners(e, n, then, (struct choice){ false, i }, rule) ||
                              !same_winners(e, n, now, (struct choice){ true, i }, rule));
}

static tl_award_cause cause_of(const struct entry *e)
{
    const tl_award_row *r = any_row(e);
    return (tl_award_cause){ .record = r->record,
                             .product = r->product,
                             .reason = !e->then  ? TL_AWARD_ADDED
                                       : !e->now ? TL_AWARD_GONE
                                                 : TL_AWARD_CORRECTED,
                             .version_then = e->then ? e->then->version : 0,
                             .version_now = e->now ? e->now->version : 0,
                             .g_km_then = e->then ? e->then->g_km : (double)NAN,
                             .g_km_now = e->now ? e->now->g_km : (double)NAN };
}

static tl_status find_causes(const struct entry *e, size_t n, const tl_award_rule *rule,
                             tl_arena *arena, tl_award_change *out, tl_error *err)
{
    tl_award_cause *causes = tl_arena_alloc(arena, n, sizeof *causes);
    if (!causes)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (is_cause(e, n, i, rule))
            causes[out->n_causes++] = cause_of(&e[i]);
    if (out->n_causes == 0)
        for (size_t i = 0; i < n; i++)
            if (changed(&e[i]))
                causes[out->n_causes++] = cause_of(&e[i]);
    out->causes = causes;
    return TL_OK;
}

static tl_status list_winners(const struct entry *e, size_t n, bool now, const tl_award_rule *rule,
                              tl_arena *arena, tl_award_change *out, tl_error *err)
{
    const struct choice c = { now, SIZE_MAX };
    const struct outcome o = decide(e, n, c, rule);
    const char **list = tl_arena_alloc(arena, n, sizeof *list);
    size_t found = 0;
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        if (wins(pick(e, i, c), o, rule))
            list[found++] = any_row(&e[i])->record;
    if (now) {
        out->winners_now = list;
        out->n_now = found;
        out->candidates_now = o.n;
    } else {
        out->winners_then = list;
        out->n_then = found;
        out->candidates_then = o.n;
    }
    return TL_OK;
}

static tl_status compare_segment(const struct entry *e, size_t n, const tl_award_rule *rule,
                                 tl_arena *arena, tl_award_change *out, tl_error *err)
{
    static const struct choice then = { false, SIZE_MAX }, now = { true, SIZE_MAX };
    const tl_award_row *r = any_row(e);
    *out = (tl_award_change){ .size = r->size, .body = r->body, .powertrain = r->powertrain };
    tl_status st = list_winners(e, n, false, rule, arena, out, err);
    if (st == TL_OK)
        st = list_winners(e, n, true, rule, arena, out, err);
    out->would_change = !same_winners(e, n, then, now, rule);
    return st == TL_OK && out->would_change ? find_causes(e, n, rule, arena, out, err) : st;
}

/* Today's candidates as rows. */
static tl_status rows_now(const tl_cars *cars, const tl_award_rule *rule, tl_arena *arena,
                          tl_award_row **out, size_t *n, tl_error *err)
{
    const tl_award *awards;
    size_t segments, left_out, at = 0;
    *n = 0;
    tl_status st = tl_awards_make(cars, rule, arena, &awards, &segments, &left_out, err);
    for (size_t i = 0; st == TL_OK && i < segments; i++)
        *n += awards[i].n;
    tl_award_row *rows = tl_arena_alloc(arena, *n + 1, sizeof *rows);
    if (st == TL_OK && !rows)
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < segments; i++)
        for (size_t k = 0; k < awards[i].n; k++) {
            const tl_published_car *c = awards[i].candidates[k].car;
            rows[at++] = (tl_award_row){ .size = cars->sizes.items[c->size],
                                         .body = cars->bodies.items[c->body],
                                         .powertrain = cars->powertrains.items[c->powertrain],
                                         .record = c->id,
                                         .version = c->version,
                                         .product = c->product,
                                         .g_km = c->g_km };
        }
    *out = rows;
    return st;
}

/* Entries by segment and record, those of one record made one. */
static size_t merge(struct entry *e, size_t n)
{
    size_t kept = 0;
    qsort(e, n, sizeof *e, by_record);
    for (size_t i = 0; i < n; i++)
        if (kept && by_record(&e[kept - 1], &e[i]) == 0) {
            e[kept - 1].then = e[kept - 1].then ? e[kept - 1].then : e[i].then;
            e[kept - 1].now = e[kept - 1].now ? e[kept - 1].now : e[i].now;
        } else {
            e[kept++] = e[i];
        }
    return kept;
}

static size_t segment_entries(const struct entry *e, size_t n, size_t first)
{
    size_t end = first;
    while (end < n && tl_award_segment_order(any_row(&e[first]), any_row(&e[end])) == 0)
        end++;
    return end - first;
}

tl_status tl_award_compare(const tl_kept_award *a, const tl_cars *cars, tl_arena *arena,
                           const tl_award_change **out, size_t *n, tl_error *err)
{
    tl_award_row *now;
    size_t n_now;
    *out = NULL;
    *n = 0;
    tl_status st = rows_now(cars, &a->round.rule, arena, &now, &n_now, err);
    if (st != TL_OK)
        return st;
    struct entry *e = tl_arena_alloc(arena, a->n + n_now + 1, sizeof *e);
    tl_award_change *list = tl_arena_alloc(arena, a->n + n_now + 1, sizeof *list);
    if (!e || !list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < a->n; i++)
        e[i].then = &a->rows[i];
    for (size_t i = 0; i < n_now; i++)
        e[a->n + i].now = &now[i];
    const size_t all = merge(e, a->n + n_now);
    for (size_t first = 0, m; st == TL_OK && first < all; first += m) {
        m = segment_entries(e, all, first);
        st = compare_segment(&e[first], m, &a->round.rule, arena, &list[*n], err);
        *n += st == TL_OK;
    }
    *out = list;
    return st;
}
