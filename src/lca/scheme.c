/* scheme.c - making the plan of sampling: who takes part, and on what scale; see scheme.h. */
#include "lca/scheme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "lca/planner.h"

void lca_scheme_free(struct lca_scheme *m)
{
    if (!m)
        return;
    struct lca_lane_rows *const rows[] = { &m->outer, &m->inner };
    for (int i = 0; i < 2; i++) {
        free(rows[i]->start);
        free(rows[i]->index);
        free(rows[i]->fixed_start);
        free(rows[i]->fixed_index);
        free(rows[i]->fixed_value);
    }
    free(m->activity);
    free(m->scale);
    free(m->begin);
    free(m->weight);
    free(m->constant);
    free(m->divisor_of);
    free(m->tiles);
    free(m->groups);
    free(m->steps);
    free(m->productions);
    free(m->targets);
    free(m->term_node);
    free(m->term_factor);
    free(m);
}

static void planner_clear(struct lca_planner *p)
{
    free(p->factor);
    free(p->through);
    free(p->kept);
    free(p->node);
    free(p->hash[0]);
    free(p->hash[1]);
    free(p->times);
    free(p->times_of);
    free(p->draws);
}

/* ---- who takes part ---------------------------------------------------------------------- */

static bool emits(const struct lca_planner *p, size_t j)
{
    const struct lca_table *b = &p->s->table[LCA_EMISSIONS];
    for (uint64_t e = b->start[j]; e < b->start[j + 1]; e++)
        if (lca_is_entry(b, e) && p->factor[b->row[e]] != 0)
            return true;
    return false;
}

/* Spreads a mark along rows: a position is marked if one of its entries is, and with it its whole
 * block, since all of a block reach each other. */
static void spread(const struct lca_rows *r, unsigned char *kept, unsigned char mark)
{
    for (size_t b = 0; b < r->n_blocks; b++) {
        bool marked = false;
        for (size_t q = r->blocks[b]; q < r->blocks[b + 1] && !marked; q++) {
            marked = (kept[r->at[q]] & mark) != 0;
            for (size_t e = r->start[q]; e < r->loop[q] && !marked; e++)
                marked = (kept[r->at[r->index[e]]] & mark) != 0;
        }
        for (size_t q = r->blocks[b]; q < r->blocks[b + 1] && marked; q++)
            kept[r->at[q]] |= mark;
    }
}

static size_t asked_activity(const struct lca_planner *p, size_t i)
{
    return p->q->demand ? p->q->demand[i].activity : p->q->products[i];
}

static void choose_nodes(struct lca_planner *p)
{
    const struct lca_rows *r = &p->v->scores;
    for (size_t i = 0; i < p->q->n; i++)
        p->kept[asked_activity(p, i)] |= 1;
    for (size_t j = 0; j < p->s->facts.activities; j++)
        if (emits(p, j))
            p->kept[j] |= 2;
    spread(&p->v->levels, p->kept, 1);
    spread(r, p->kept, 2);
    for (size_t j = 0; j < r->n; j++)
        p->node[j] = NO_NODE;
    for (size_t q = 0; q < r->n; q++)
        if (p->kept[r->at[q]] == 3)
            p->node[r->at[q]] = (uint32_t)p->m->n++;
}

/* Levels that serve all that is asked, each score counting as 1; a single one as it is. */
static tl_status solve_through(struct lca_planner *p, tl_error *err)
{
    tl_lca_demand *demand = tl_new_array(p->q->n, sizeof *demand);
    tl_lca_solution *x = NULL;
    if (!demand)
        return tl_fail_nomem(err);
    double total = 0;
    for (size_t i = 0; i < p->q->n; i++) {
        size_t j = asked_activity(p, i);
        double unit = fabs(p->c->unit[j]);
        demand[i] = (tl_lca_demand){ j, unit > 0 ? 1 / unit : 1 };
        if (p->q->demand)
            demand[i].amount = p->q->demand[i].amount;
        total += unit * fabs(demand[i].amount);
    }
    tl_status st = tl_lca_solve(p->v, demand, p->q->n, &x, err);
    if (st == TL_OK) {
        double norm = p->q->demand && total > 0 ? 1 / total : 1;
        for (size_t j = 0; j < p->s->facts.activities; j++)
            p->through[j] = x->level[j] * norm;
    }
    tl_lca_solution_free(x);
    free(demand);
    return st;
}

/* The power of two nearest below |x|; 1 for 0 and what is not finite. */
static double power_of_two(double x)
{
    int e = 0;
    if (x == 0 || !isfinite(x))
        return 1;
    frexp(x, &e);
    return ldexp(1, e - 1);
}

static void describe_nodes(struct lca_planner *p)
{
    struct lca_scheme *m = p->m;
    for (size_t j = 0; j < p->s->facts.activities; j++) {
        uint32_t k = p->node[j];
        if (k == NO_NODE)
            continue;
        double production = p->v->production[j];
        m->activity[k] = (uint32_t)j;
        m->scale[k] = copysign(power_of_two(p->c->unit[j]), production);
        m->begin[k] = isfinite(p->c->unit[j]) ? p->c->unit[j] / m->scale[k] : 1;
        m->weight[k] = fabs(p->through[j] * production * m->scale[k]);
    }
}

static void hash_ids(const struct lca_planner *p, enum lca_kind kind, uint64_t *out)
{
    for (size_t i = 0; i < p->s->head.names[kind]; i++) {
        const char *id = lca_id(p->s, kind, i);
        out[i] = lca_mixed(lca_checksum(id, strlen(id), (uint64_t)kind + 1));
    }
}

static void add_term(struct lca_planner *p, size_t activity, double amount)
{
    uint32_t k = p->node[activity];
    if (k == NO_NODE || amount == 0)
        return;
    p->m->term_node[p->m->n_terms] = k;
    p->m->term_factor[p->m->n_terms++] = amount * p->m->scale[k];
}

static void add_targets(struct lca_planner *p)
{
    struct lca_scheme *m = p->m;
    m->n_targets = p->q->demand ? 1 : p->q->n;
    for (size_t i = 0; i < m->n_targets; i++) {
        m->targets[i].first_term = (uint32_t)m->n_terms;
        if (p->q->demand)
            for (size_t k = 0; k < p->q->n; k++)
                add_term(p, p->q->demand[k].activity, p->q->demand[k].amount);
        else
            add_term(p, p->q->products[i], 1);
        m->targets[i].last_term = (uint32_t)m->n_terms;
    }
}

/* ---- all together ------------------------------------------------------------------------ */

static tl_status planner_init(struct lca_planner *p, tl_error *err)
{
    size_t n = p->s->facts.activities, flows = p->s->facts.flows;
    tl_status st = lca_factor_vector(p->s, p->q->category, &p->factor, err);
    if (st != TL_OK)
        return st;
    p->through = tl_new_array(n, sizeof *p->through);
    p->kept = tl_new_array(n, 1);
    p->node = tl_new_array(n, sizeof *p->node);
    p->hash[0] = tl_new_array(n, sizeof *p->hash[0]);
    p->hash[1] = tl_new_array(flows, sizeof *p->hash[1]);
    p->times = tl_new_array(n + flows, sizeof *p->times);
    p->times_of = tl_new_array(n + flows, sizeof *p->times_of);
    if (!p->through || !p->kept || !p->node || !p->hash[0] || !p->hash[1] || !p->times ||
        !p->times_of)
        return tl_fail_nomem(err);
    hash_ids(p, LCA_ACTIVITY, p->hash[0]);
    hash_ids(p, LCA_FLOW, p->hash[1]);
    return TL_OK;
}

static tl_status allocate_nodes(struct lca_scheme *m, size_t asked, tl_error *err)
{
    size_t n = m->n;
    m->activity = tl_new_array(n, sizeof *m->activity);
    m->scale = tl_new_array(n, sizeof *m->scale);
    m->begin = tl_new_array(n, sizeof *m->begin);
    m->weight = tl_new_array(n, sizeof *m->weight);
    m->constant = tl_new_array(n, sizeof *m->constant);
    m->divisor_of = tl_new_array(n, sizeof *m->divisor_of);
    m->targets = tl_new_array(asked, sizeof *m->targets);
    m->term_node = tl_new_array(asked, sizeof *m->term_node);
    m->term_factor = tl_new_array(asked, sizeof *m->term_factor);
    struct lca_lane_rows *const rows[] = { &m->outer, &m->inner };
    for (int i = 0; i < 2; i++) {
        rows[i]->start = tl_new_array(n + 1, sizeof *rows[i]->start);
        rows[i]->fixed_start = tl_new_array(n + 1, sizeof *rows[i]->fixed_start);
        if (!rows[i]->start || !rows[i]->fixed_start)
            return tl_fail_nomem(err);
    }
    return m->activity && m->scale && m->begin && m->weight && m->constant && m->divisor_of &&
                   m->targets && m->term_node && m->term_factor
               ? TL_OK
               : tl_fail_nomem(err);
}

static tl_status make_scheme(struct lca_planner *p, tl_error *err)
{
    tl_status st = lca_category_scores(p->v, p->q->category, &p->c, err);
    if (st == TL_OK)
        st = planner_init(p, err);
    if (st == TL_OK)
        st = solve_through(p, err);
    if (st != TL_OK)
        return st;
    choose_nodes(p);
    if ((st = allocate_nodes(p->m, p->q->n, err)) != TL_OK)
        return st;
    describe_nodes(p);
    add_targets(p);
    /* never NULL, also without anything to draw: the kernels point into it */
    st = tl_grow(&p->m->groups, &p->cap_groups, 1, sizeof *p->m->groups, err);
    if (st == TL_OK)
        st = lca_planner_add_steps(p, err);
    return st == TL_OK ? lca_planner_add_productions(p, err) : st;
}

tl_status lca_scheme_new(struct lca_scheme **out, tl_lca_solver *v, const struct lca_question *q,
                         tl_error *err)
{
    *out = NULL;
    struct lca_planner p = { .v = v, .s = v->system, .q = q };
    p.m = calloc(1, sizeof *p.m);
    if (!p.m)
        return tl_fail_nomem(err);
    tl_status st = make_scheme(&p, err);
    planner_clear(&p);
    if (st != TL_OK) {
        lca_scheme_free(p.m);
        return st;
    }
    *out = p.m;
    return TL_OK;
}
