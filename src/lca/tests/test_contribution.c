/* test_contribution.c - parts of scores and upstream trees of systems small enough for a pencil. */
#include "lca/tests/make.h"

/* a0 (own 1 of f0) uses 2 a1 and 0.5 a2; a1 (own 3 of f0, 1 of f1) uses 1 a2; a2 (own 4 of f0);
 * factors 1 and 10. Levels 1, 2, 2.5. Scores: own 1; a1 2 x (3 + 10) = 26; a2 2.5 x 4 = 10: 37.
 * Unit scores: a2 4, a1 13 + 4 = 17, a0 1 + 34 + 2 = 37. */
static const struct small pencil = {
    3,
    { { 0, 1, 2, { 0 } }, { 0, 2, 0.5, { 0 } }, { 1, 2, 1, { 0 } } },
    { { 0, 0, 1, { 0 } }, { 1, 0, 3, { 0 } }, { 1, 1, 1, { 0 } }, { 2, 0, 4, { 0 } } },
    { 1, 10 }
};

static const struct parts_case {
    const char *label;
    tl_lca_grouping grouping;
    size_t n;
    tl_lca_part want[4];
} parts_cases[] = {
    { "by activity",
      TL_LCA_BY_ACTIVITY,
      3,
      { { 1, 2, 26, 26.0 / 37 }, { 2, 2.5, 10, 10.0 / 37 }, { 0, 1, 1, 1.0 / 37 } } },
    { "by flow", TL_LCA_BY_FLOW, 2, { { 1, 2, 20, 20.0 / 37 }, { 0, 17, 17, 17.0 / 37 } } },
    { "by supplier",
      TL_LCA_BY_SUPPLIER,
      3,
      { { 1, 2, 34, 34.0 / 37 }, { 2, 0.5, 2, 2.0 / 37 }, { TL_LCA_NONE, 1, 1, 1.0 / 37 } } },
};

struct solved {
    tl_lca_system *s;
    tl_lca_solver *v;
    tl_lca_solution *x;
};

static struct solved solve_small(const struct small *d, double amount)
{
    struct solved p;
    tl_error err = { 0 };
    p.s = finish(small_builder(d));
    p.v = solver_of(p.s, TL_LCA_METHOD_AUTO);
    ok(tl_lca_solve(p.v, &(tl_lca_demand){ 0, amount }, 1, &p.x, &err), &err);
    return p;
}

static void clear(struct solved *p)
{
    tl_lca_solution_free(p->x);
    tl_lca_solver_free(p->v);
    tl_lca_system_free(p->s);
}

static void test_parts(void **state)
{
    (void)state;
    struct solved p = solve_small(&pencil, 1);
    tl_error err = { 0 };
    for (size_t i = 0; i < sizeof parts_cases / sizeof *parts_cases; i++) {
        const struct parts_case *c = &parts_cases[i];
        tl_lca_part *parts;
        size_t n;
        ok(tl_lca_contributions(p.v, p.x, 0, c->grouping, &parts, &n, &err), &err);
        if (n != c->n)
            fail_msg("%s: %zu parts, want %zu", c->label, n, c->n);
        for (size_t k = 0; k < n; k++)
            if (parts[k].index != c->want[k].index ||
                !near(parts[k].amount, c->want[k].amount, 1e-12) ||
                !near(parts[k].score, c->want[k].score, 1e-12) ||
                !near(parts[k].share, c->want[k].share, 1e-12))
                fail_msg("%s: part %zu is %zu %g %g %g", c->label, k, parts[k].index,
                         parts[k].amount, parts[k].score, parts[k].share);
        tl_lca_free(parts);
    }
    tl_lca_part *parts;
    size_t n;
    assert_int_equal(tl_lca_contributions(p.v, p.x, 7, TL_LCA_BY_FLOW, &parts, &n, &err),
                     TL_EINPUT);
    assert_int_equal(tl_lca_contributions(p.v, p.x, 0, (tl_lca_grouping)9, &parts, &n, &err),
                     TL_EINPUT);
    assert_null(parts);
    clear(&p);
}

static void test_inventory(void **state)
{
    (void)state;
    struct solved p = solve_small(&pencil, 2);
    tl_error err = { 0 };
    double *flows;
    ok(tl_lca_inventory(p.x, &flows, &err), &err);
    /* f0: 2 x (1 + 2 x 3 + 2.5 x 4), f1: 2 x 2 */
    assert_true(near(flows[0], 34, 1e-12) && near(flows[1], 4, 1e-12));
    tl_lca_free(flows);
    clear(&p);
}

static void expect_node(const tl_lca_node *got, const tl_lca_node *want, const char *label)
{
    if (got->activity != want->activity || got->parent != want->parent ||
        got->depth != want->depth || !near(got->amount, want->amount, 1e-12) ||
        !near(got->score, want->score, 1e-12) || !near(got->share, want->share, 1e-12) ||
        !near(got->own, want->own, 1e-12) || fabs(got->hidden - want->hidden) > 1e-12)
        fail_msg("%s: node of %zu under %zu: amount %g score %g own %g hidden %g", label,
                 got->activity, got->parent, got->amount, got->score, got->own, got->hidden);
}

static void test_tree(void **state)
{
    (void)state;
    static const tl_lca_node whole[] = {
        { 0, TL_LCA_NONE, 0, 1, 37, 1, 1, 0 },
        { 1, 0, 1, 2, 34, 34.0 / 37, 26, 0 },
        { 2, 1, 2, 2, 8, 8.0 / 37, 8, 0 },
        { 2, 0, 1, 0.5, 2, 2.0 / 37, 2, 0 },
    };
    /* cut-off 10%: the direct a2 (5.4%) is hidden in the root */
    static const tl_lca_node cut[] = {
        { 0, TL_LCA_NONE, 0, 1, 37, 1, 1, 2 },
        { 1, 0, 1, 2, 34, 34.0 / 37, 26, 0 },
        { 2, 1, 2, 2, 8, 8.0 / 37, 8, 0 },
    };
    static const tl_lca_node shallow[] = {
        { 0, TL_LCA_NONE, 0, 1, 37, 1, 1, 0 },
        { 1, 0, 1, 2, 34, 34.0 / 37, 26, 8 },
        { 2, 0, 1, 0.5, 2, 2.0 / 37, 2, 0 },
    };
    static const struct {
        const char *label;
        tl_lca_tree_options options;
        size_t n;
        const tl_lca_node *want;
        bool truncated;
    } cases[] = {
        { "whole", { .cutoff = 0 }, 4, whole, false },
        { "cut-off", { .cutoff = 0.1 }, 3, cut, false },
        { "depth 1", { .max_depth = 1 }, 3, shallow, false },
        { "three nodes: the largest", { .max_nodes = 3 }, 3, cut, true },
    };
    struct solved p = solve_small(&pencil, 1);
    tl_error err = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tl_lca_node *nodes;
        size_t n;
        bool truncated;
        ok(tl_lca_upstream_tree(p.v, p.x, 0, &cases[i].options, &nodes, &n, &truncated, &err),
           &err);
        if (n != cases[i].n || truncated != cases[i].truncated)
            fail_msg("%s: %zu nodes, want %zu", cases[i].label, n, cases[i].n);
        for (size_t k = 0; k < n; k++)
            expect_node(&nodes[k], &cases[i].want[k], cases[i].label);
        tl_lca_free(nodes);
    }
    clear(&p);
}

/* In a loop a path goes round and round: levels 1 / (1 - 0.5 x 0.8). Every node's score is its own,
 * its children's and what is hidden; depth and cut-off end it. */
static void test_tree_loop(void **state)
{
    (void)state;
    static const struct small loop = {
        2, { { 0, 1, 0.5, { 0 } }, { 1, 0, 0.8, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 }
    };
    struct solved p = solve_small(&loop, 1);
    tl_error err = { 0 };
    tl_lca_node *nodes;
    size_t n;
    ok(tl_lca_upstream_tree(p.v, p.x, 0, &(tl_lca_tree_options){ .cutoff = 1e-3, .max_depth = 100 },
                            &nodes, &n, NULL, &err),
       &err);
    /* shares 1, 0.4, 0.4, 0.16, 0.16, ...: 0.4^k >= 1e-3 up to k = 7, two nodes each but the root
     */
    assert_int_equal(n, 15);
    for (size_t k = 0; k < n; k++) {
        double children = 0;
        for (size_t i = 0; i < n; i++)
            if (nodes[i].parent == k)
                children += nodes[i].score;
        assert_true(fabs(nodes[k].own + nodes[k].hidden + children - nodes[k].score) < 1e-12);
        assert_true(k == 0 ? nodes[k].parent == TL_LCA_NONE : nodes[k].parent < k);
    }
    tl_lca_free(nodes);
    assert_int_equal(tl_lca_upstream_tree(p.v, p.x, 0, &(tl_lca_tree_options){ .cutoff = -1 },
                                          &nodes, &n, NULL, &err),
                     TL_EINPUT);
    clear(&p);
}

/* Parts of a random loop system add up to the score in every grouping. */
static void test_sums(void **state)
{
    (void)state;
    static const double factors[] = { 1, 28 };
    tl_error err = { 0 };
    tl_random r = tl_random_seed(test_seed(3));
    tl_lca_builder *b = make_builder(300, 2, factors);
    for (size_t j = 0; j < 300; j++) {
        for (size_t k = 0; k < 4; k++) {
            size_t i = (j + 1 + tl_random_below(&r, 299)) % 300;
            ok(tl_lca_add_input(b, j, i, 0.2 * tl_random_unit(&r) - 0.02, NULL, &err), &err);
        }
        ok(tl_lca_add_emission(b, j, tl_random_below(&r, 2), tl_random_unit(&r), NULL, &err), &err);
    }
    tl_lca_system *s = finish(b);
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    const tl_lca_demand demand[] = { { 5, 2 }, { 17, -1 } };
    tl_lca_solution *x;
    tl_lca_score score;
    ok(tl_lca_solve(v, demand, 2, &x, &err), &err);
    ok(tl_lca_solution_score(v, x, 0, &score, &err), &err);
    for (int g = TL_LCA_BY_ACTIVITY; g <= TL_LCA_BY_SUPPLIER; g++) {
        tl_lca_part *parts;
        size_t n;
        double sum = 0, share = 0;
        ok(tl_lca_contributions(v, x, 0, (tl_lca_grouping)g, &parts, &n, &err), &err);
        for (size_t k = n; k-- > 0;) {
            sum += parts[k].score;
            share += parts[k].share;
            if (k > 0)
                assert_true(fabs(parts[k].score) <= fabs(parts[k - 1].score));
        }
        if (fabs(sum - score.score) > 1e-11 || fabs(share - 1) > 1e-10)
            fail_msg("grouping %d: %.15g of %.15g", g, sum, score.score);
        tl_lca_free(parts);
    }
    tl_lca_solution_free(x);
    tl_lca_solver_free(v);
    tl_lca_system_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts), cmocka_unit_test(test_inventory),
        cmocka_unit_test(test_tree),  cmocka_unit_test(test_tree_loop),
        cmocka_unit_test(test_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
