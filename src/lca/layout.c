/* layout.c - the entries of a sampling plan: keys, draws in groups of four, rows, tiles. */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "lca/planner.h"

enum { TILE_ENTRIES = 512 };
static const double log2_e = 1.4426950408889634;

/* Key of entry e of column j: kind, both ids, and how many like it came before in the column. */
static uint64_t key_of(struct lca_planner *p, enum lca_table_kind kind, size_t j, uint32_t row)
{
    uint64_t times = 0;
    size_t at = kind == LCA_EMISSIONS ? p->s->facts.activities + row : row;
    if (p->times_of[at] == p->visit)
        times = ++p->times[at];
    else
        p->times[at] = 0;
    p->times_of[at] = p->visit;
    uint64_t h = lca_mixed(p->hash[0][j] + (uint64_t)kind);
    return lca_mixed(h ^
                     (p->hash[kind == LCA_EMISSIONS][row] + times * UINT64_C(0xD1342543DE82EF95)));
}

/* ---- draws and tiles --------------------------------------------------------------------- */

/* e^x for |x| <= 600 from IEEE operations alone, to a few units of the last place: the library's
 * own may differ from one machine to the next, and samples may not. x = k ln 2 + r, series for r.
 */
static double exp_same_everywhere(double x)
{
    static const double inverse_factorial[] = { 1.0 / 87178291200.0,
                                                1.0 / 6227020800.,
                                                1.0 / 479001600,
                                                1.0 / 39916800,
                                                1.0 / 3628800,
                                                1.0 / 362880,
                                                1.0 / 40320,
                                                1.0 / 5040,
                                                1.0 / 720,
                                                1.0 / 120,
                                                1.0 / 24,
                                                1.0 / 6,
                                                1.0 / 2,
                                                1.0 / 1,
                                                1.0 / 1 };
    double k = nearbyint(x * log2_e);
    double r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
    double sum = inverse_factorial[0];
    for (size_t i = 1; i < sizeof inverse_factorial / sizeof *inverse_factorial; i++)
        sum = sum * r + inverse_factorial[i];
    return ldexp(sum, (int)k);
}

/* Median of a lognormal: the amount itself where the location says the same. */
static double lognormal_median(const struct lca_uncertainty *u, double amount)
{
    double median = copysign(exp_same_everywhere(u->loc), amount);
    return fabs(median - amount) <= 1e-12 * fabs(amount) ? amount : median;
}

/* What a distribution without spread always gives. */
static double certain_value(const struct lca_uncertainty *u, double amount)
{
    switch (u->distribution) {
    case TL_LCA_LOGNORMAL:
        return lognormal_median(u, amount);
    case TL_LCA_NORMAL:
        return u->loc;
    default:
        return u->minimum;
    }
}

/* True with the draw of an amount x unit; false with its certain value. */
static bool make_draw(const struct lca_planner *p, const struct lca_table *t, uint64_t e,
                      double unit, struct lca_draw *d, double *value)
{
    static const struct lca_uncertainty none = { .distribution = TL_LCA_CERTAIN };
    const struct lca_uncertainty *u =
        t->uncertainty[e] ? &p->s->uncertainty[t->uncertainty[e] - 1] : &none;
    double a = 0, b = 0, c = 0;
    if (!lca_is_uncertain(u->distribution)) {
        *value = t->amount[e] * unit;
        return false;
    }
    *value = certain_value(u, t->amount[e]) * unit;
    switch (u->distribution) {
    case TL_LCA_LOGNORMAL:
        d->kind = LCA_DRAW_LOGNORMAL;
        a = *value;
        b = u->scale * log2_e;
        break;
    case TL_LCA_NORMAL:
        d->kind = LCA_DRAW_NORMAL;
        a = *value;
        b = u->scale * unit;
        break;
    default:
        d->kind = u->distribution == TL_LCA_UNIFORM ? LCA_DRAW_UNIFORM : LCA_DRAW_TRIANGULAR;
        a = u->minimum * unit;
        b = u->maximum * unit;
        c = u->loc * unit;
    }
    bool spread = u->distribution == TL_LCA_UNIFORM || u->distribution == TL_LCA_TRIANGULAR
                      ? u->minimum < u->maximum
                      : u->scale > 0;
    d->a = fabs(a) < FLT_MIN ? 0 : (float)a;
    d->b = fabs(b) < FLT_MIN ? 0 : (float)b;
    d->c = fabs(c) < FLT_MIN ? 0 : (float)c;
    return spread && unit != 0 && (d->kind != LCA_DRAW_TRIANGULAR || d->a != d->b);
}

static tl_status keep_draw(struct lca_planner *p, const struct lca_draw *d, tl_error *err)
{
    tl_status st = tl_grow(&p->draws, &p->cap_draws, p->n_draws + 1, sizeof *p->draws, err);
    if (st == TL_OK)
        p->draws[p->n_draws++] = *d;
    return st;
}

/* Writes the draws of one kind as groups of four. spare is a slot that is never read. */
static tl_status write_groups(struct lca_planner *p, enum lca_draw_kind kind, uint32_t spare,
                              uint32_t *count, tl_error *err)
{
    struct lca_scheme *m = p->m;
    size_t seen = 0;
    *count = 0;
    for (size_t i = 0; i < p->n_draws; i++) {
        const struct lca_draw *d = &p->draws[i];
        if (d->kind != kind)
            continue;
        size_t k = seen++ % 4; /* place in its group */
        if (k == 0) {
            tl_status st =
                tl_grow(&m->groups, &p->cap_groups, m->n_groups + 1, sizeof *m->groups, err);
            if (st != TL_OK)
                return st;
            m->groups[m->n_groups++] =
                (struct lca_draw4){ .slot = { spare, spare, spare, spare }, .b = { 1, 1, 1, 1 } };
            ++*count;
        }
        struct lca_draw4 *g = &m->groups[m->n_groups - 1];
        g->key[k] = d->key;
        g->slot[k] = d->slot;
        g->a[k] = d->a;
        g->b[k] = d->b;
        g->c[k] = d->c;
    }
    return TL_OK;
}

static tl_status finish_tile(struct lca_planner *p, struct lca_tile *t, uint32_t spare,
                             tl_error *err)
{
    t->first_group = (uint32_t)p->m->n_groups;
    for (int k = 0; k < LCA_DRAW_KINDS; k++) {
        tl_status st = write_groups(p, (enum lca_draw_kind)k, spare, &t->groups[k], err);
        if (st != TL_OK)
            return st;
    }
    p->m->n_draws += p->n_draws;
    p->n_draws = 0;
    return TL_OK;
}

static tl_status add_tile(struct lca_planner *p, struct lca_tile *t, uint32_t spare, tl_error *err)
{
    struct lca_scheme *m = p->m;
    tl_status st = tl_grow(&m->tiles, &p->cap_tiles, m->n_tiles + 1, sizeof *m->tiles, err);
    if (st == TL_OK)
        st = finish_tile(p, t, spare, err);
    if (st == TL_OK)
        m->tiles[m->n_tiles++] = *t;
    return st;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* One of the two sets of rows being filled. */
struct filling {
    struct lca_lane_rows *rows;
    size_t *cap, *cap_fixed, *cap_values;
    uint32_t n, n_fixed;
    uint32_t first_entry; /* of the tile */
};

static tl_status add_sampled(struct lca_planner *p, struct filling *f, uint32_t node,
                             struct lca_draw *d, tl_error *err)
{
    tl_status st = tl_grow(&f->rows->index, f->cap, f->n + 1u, sizeof *f->rows->index, err);
    if (st != TL_OK)
        return st;
    d->slot = f->n - f->first_entry;
    f->rows->index[f->n++] = node;
    return keep_draw(p, d, err);
}

static tl_status add_fixed(struct filling *f, uint32_t node, double value, tl_error *err)
{
    struct lca_lane_rows *r = f->rows;
    tl_status st =
        tl_grow(&r->fixed_index, f->cap_fixed, f->n_fixed + 1u, sizeof *r->fixed_index, err);
    if (st == TL_OK)
        st = tl_grow(&r->fixed_value, f->cap_values, f->n_fixed + 1u, sizeof *r->fixed_value, err);
    if (st != TL_OK)
        return st;
    r->fixed_index[f->n_fixed] = node;
    r->fixed_value[f->n_fixed++] = value;
    return TL_OK;
}

/* Inputs of node k from nodes in [from, to). */
static tl_status add_inputs(struct lca_planner *p, struct filling *f, uint32_t k, uint32_t from,
                            uint32_t to, tl_error *err)
{
    const struct lca_table *t = &p->s->table[LCA_INPUTS];
    size_t j = p->m->activity[k];
    double own = p->v->production[j] * p->m->scale[k];
    p->visit++;
    for (uint64_t e = t->start[j]; e < t->start[j + 1]; e++) {
        uint32_t i = p->node[t->row[e]];
        struct lca_draw d = { .key = key_of(p, LCA_INPUTS, j, t->row[e]) };
        double value;
        if (i < from || i >= to || !lca_is_entry(t, e))
            continue;
        tl_status st = make_draw(p, t, e, p->m->scale[i] / own, &d, &value)
                           ? add_sampled(p, f, i, &d, err)
                           : add_fixed(f, i, value, err);
        if (st != TL_OK)
            return st;
    }
    return TL_OK;
}

/* Emissions of node k: the drawn ones as inputs from the vector of ones behind the last node. */
static tl_status add_emissions(struct lca_planner *p, struct filling *f, uint32_t k, tl_error *err)
{
    const struct lca_table *t = &p->s->table[LCA_EMISSIONS];
    size_t j = p->m->activity[k];
    double own = p->v->production[j] * p->m->scale[k];
    p->visit++;
    for (uint64_t e = t->start[j]; e < t->start[j + 1]; e++) {
        struct lca_draw d = { .key = key_of(p, LCA_EMISSIONS, j, t->row[e]) };
        double value;
        if (!lca_is_entry(t, e) || p->factor[t->row[e]] == 0)
            continue;
        if (make_draw(p, t, e, p->factor[t->row[e]] / own, &d, &value)) {
            tl_status st = add_sampled(p, f, (uint32_t)p->m->n, &d, err);
            if (st != TL_OK)
                return st;
        } else {
            p->m->constant[k] += value;
        }
    }
    return TL_OK;
}

static void end_row(struct filling *f, uint32_t k)
{
    f->rows->start[k + 1] = f->n;
    f->rows->fixed_start[k + 1] = f->n_fixed;
}

/* Makes tiles of the entries of a step that come from before its own loop. Tiles of a run may use
 * nodes of the same run: those are solved by then. */
static tl_status add_outer(struct lca_planner *p, struct filling *f, struct lca_step *s,
                           tl_error *err)
{
    struct lca_scheme *m = p->m;
    tl_status st = TL_OK;
    s->first_tile = (uint32_t)m->n_tiles;
    for (uint32_t k = s->first; k < s->last && st == TL_OK;) {
        struct lca_tile t = { .first_node = k, .first_entry = f->n };
        f->first_entry = f->n;
        while (k < s->last && f->n - t.first_entry < TILE_ENTRIES && st == TL_OK) {
            st = add_inputs(p, f, k, 0, s->loop ? s->first : k, err);
            if (st == TL_OK)
                st = add_emissions(p, f, k, err);
            end_row(f, k++);
        }
        t.last_node = k;
        uint32_t entries = f->n - t.first_entry;
        if (entries > m->largest_tile)
            m->largest_tile = entries;
        if (st == TL_OK)
            st = add_tile(p, &t, entries, err);
    }
    s->last_tile = (uint32_t)m->n_tiles;
    return st;
}

/* The entries inside a loop: one tile, since all coefficients are kept for the sweeps. */
static tl_status add_inner(struct lca_planner *p, struct filling *f, struct lca_step *s,
                           tl_error *err)
{
    struct lca_scheme *m = p->m;
    struct lca_tile t = { .first_node = s->first, .last_node = s->last, .first_entry = f->n };
    tl_status st = TL_OK;
    s->first_inner_tile = (uint32_t)m->n_tiles;
    f->first_entry = f->n;
    for (uint32_t k = s->first; k < s->last && st == TL_OK; k++) {
        if (s->loop)
            st = add_inputs(p, f, k, s->first, s->last, err);
        end_row(f, k);
    }
    if (st == TL_OK && s->loop)
        st = add_tile(p, &t, f->n - t.first_entry, err);
    if (f->n - t.first_entry > m->largest_inner)
        m->largest_inner = f->n - t.first_entry;
    s->last_inner_tile = (uint32_t)m->n_tiles;
    return st;
}

static tl_status add_step(struct lca_planner *p, struct filling *outer, struct filling *inner,
                          struct lca_step s, tl_error *err)
{
    struct lca_scheme *m = p->m;
    if (s.first == s.last)
        return TL_OK;
    if (s.loop && s.last - s.first > m->largest_loop)
        m->largest_loop = s.last - s.first;
    tl_status st = tl_grow(&m->steps, &p->cap_steps, m->n_steps + 1, sizeof *m->steps, err);
    if (st == TL_OK)
        st = add_outer(p, outer, &s, err);
    if (st == TL_OK)
        st = add_inner(p, inner, &s, err);
    if (st == TL_OK)
        m->steps[m->n_steps++] = s;
    return st;
}

/* Runs of single nodes, and loops, in order. */
tl_status lca_planner_add_steps(struct lca_planner *p, tl_error *err)
{
    const struct lca_rows *r = &p->v->scores;
    struct filling outer = { .rows = &p->m->outer,
                             .cap = &p->cap_outer,
                             .cap_fixed = &p->cap_outer_fixed,
                             .cap_values = &p->cap_outer_values };
    struct filling inner = { .rows = &p->m->inner,
                             .cap = &p->cap_inner,
                             .cap_fixed = &p->cap_inner_fixed,
                             .cap_values = &p->cap_inner_values };
    struct lca_step run = { 0 };
    tl_status st = TL_OK;
    for (size_t b = 0; b < r->n_blocks && st == TL_OK; b++) {
        uint32_t size = r->blocks[b + 1] - r->blocks[b];
        if (p->node[r->at[r->blocks[b]]] == NO_NODE)
            continue;
        if (size == 1) {
            run.last++;
            continue;
        }
        st = add_step(p, &outer, &inner, run, err);
        struct lca_step loop = { .first = run.last, .last = run.last + size, .loop = true };
        if (st == TL_OK)
            st = add_step(p, &outer, &inner, loop, err);
        run.first = run.last = loop.last;
    }
    return st == TL_OK ? add_step(p, &outer, &inner, run, err) : st;
}

/* ---- production and targets -------------------------------------------------------------- */

static tl_status add_production(struct lca_planner *p, uint32_t k, tl_error *err)
{
    struct lca_scheme *m = p->m;
    const struct lca_table *t = &p->s->table[LCA_PRODUCTIONS];
    size_t j = m->activity[k];
    struct lca_drawn_production made = { .first_slot = (uint32_t)p->n_draws };
    p->visit++;
    for (uint64_t e = t->start[j]; e < t->start[j + 1]; e++) {
        struct lca_draw d = { .key = key_of(p, LCA_PRODUCTIONS, j, t->row[e]),
                              .slot = (uint32_t)p->n_draws };
        double value;
        if (make_draw(p, t, e, 1 / p->v->production[j], &d, &value)) {
            tl_status st = keep_draw(p, &d, err);
            if (st != TL_OK)
                return st;
        } else {
            made.certain += value;
        }
    }
    made.last_slot = (uint32_t)p->n_draws;
    bool drawn = made.last_slot > made.first_slot;
    bool has_entries = t->start[j] < t->start[j + 1];
    if (!drawn && (!has_entries || made.certain == 1))
        return TL_OK;
    tl_status st = tl_grow(&m->productions, &p->cap_productions, m->n_productions + 1,
                           sizeof *m->productions, err);
    if (st != TL_OK)
        return st;
    m->productions[m->n_productions++] = made;
    m->divisor_of[k] = (uint32_t)m->n_productions;
    return TL_OK;
}

tl_status lca_planner_add_productions(struct lca_planner *p, tl_error *err)
{
    tl_status st = TL_OK;
    for (uint32_t k = 0; k < p->m->n && st == TL_OK; k++)
        st = add_production(p, k, err);
    uint32_t slots = (uint32_t)p->n_draws;
    if (slots > p->m->largest_tile)
        p->m->largest_tile = slots;
    return st == TL_OK ? finish_tile(p, &p->m->production_tile, slots, err) : st;
}
