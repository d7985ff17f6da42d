/* top_runner.c - candidates of each segment in order, and who wins. */
#include "registry/top_runner.h"

#include <stdlib.h>

#include "quantity/period.h"
#include "registry/car_order_priv.h"

/* 200.05 / 0.1 is a little below 2000.5 in binary; what people see is rounded up. */
#define HALF_UP 1e-9

double tl_award_steps(double g_km, double step_g_km)
{
    return floor(g_km / step_g_km + 0.5 + HALF_UP);
}

enum launch { OUTSIDE, INSIDE, NOT_KNOWN };

static enum launch place_launch(const char *launched, tl_period window)
{
    tl_period p;
    if (!launched || tl_period_parse(launched, &p, NULL) != TL_OK)
        return NOT_KNOWN;
    if (tl_period_contains(window, p))
        return INSIDE;
    return tl_period_overlap_days(window, p) ? NOT_KNOWN : OUTSIDE;
}

static tl_status read_window(const tl_award_rule *rule, tl_period *out, tl_error *err)
{
    tl_period from, until;
    if (!rule->from || !rule->until || tl_period_parse(rule->from, &from, NULL) != TL_OK ||
        tl_period_parse(rule->until, &until, NULL) != TL_OK)
        return tl_fail(err, TL_EINPUT, "launch window %s to %s, expected days or months",
                       rule->from ? rule->from : "-", rule->until ? rule->until : "-");
    if (until.end <= from.begin)
        return tl_fail(err, TL_EINPUT, "launch window %s to %s ends before it begins", rule->from,
                       rule->until);
    *out = (tl_period){ from.begin, until.end };
    if (!(isfinite(rule->step_g_km) && rule->step_g_km > 0) || rule->least == 0)
        return tl_fail(err, TL_EINPUT, "award: step %g g CO2e/km and least %zu, expected above 0",
                       rule->step_g_km, rule->least);
    return TL_OK;
}

/* Candidates by segment, then g/km, then id. */
static size_t find_candidates(const tl_cars *cars, const uint32_t *order, tl_period window,
                              tl_car_key *items, tl_car_key *scratch, size_t *left_out)
{
    size_t n = 0;
    uint32_t segment;
    for (size_t i = 0; i < cars->n; i++) {
        const tl_published_car *c = &cars->cars[order[i]];
        const enum launch launch = place_launch(c->launched, window);
        if (launch == NOT_KNOWN || (launch == INSIDE && !tl_car_segment(c, &segment)))
            ++*left_out;
        else if (launch == INSIDE)
            items[n++] = (tl_car_key){ tl_car_key_of(c->g_km), order[i] };
    }
    tl_car_keys_sort(items, scratch, n);
    for (size_t i = 0; i < n; i++) {
        (void)tl_car_segment(&cars->cars[items[i].car], &segment);
        items[i].key = segment;
    }
    tl_car_keys_sort(items, scratch, n);
    return n;
}

static void decide(tl_award *a, tl_award_candidate *candidates, const tl_award_rule *rule)
{
    const double best = tl_award_steps(candidates[0].car->g_km, rule->step_g_km);
    if (a->n < rule->least)
        return;
    for (size_t i = 0; i < a->n; i++) {
        candidates[i].wins = tl_award_steps(candidates[i].car->g_km, rule->step_g_km) == best;
        a->winners += candidates[i].wins;
    }
}

static tl_status make_awards(const tl_cars *cars, const tl_award_rule *rule,
                             const tl_car_key *items, size_t n, tl_arena *arena,
                             const tl_award **out, size_t *n_awards, tl_error *err)
{
    size_t segments = 0, at = 0;
    for (size_t i = 0; i < n; i++)
        segments += i == 0 || items[i].key != items[i - 1].key;
    tl_award *awards = tl_arena_alloc(arena, segments + 1, sizeof *awards);
    tl_award_candidate *candidates = tl_arena_alloc(arena, n + 1, sizeof *candidates);
    if (!awards || !candidates)
        return tl_fail_nomem(err);
    for (size_t first = 0, end; first < n; first = end) {
        const tl_published_car *c = &cars->cars[items[first].car];
        for (end = first; end < n && items[end].key == items[first].key; end++)
            candidates[end].car = &cars->cars[items[end].car];
        awards[at] = (tl_award){ .size = c->size,
                                 .body = c->body,
                                 .powertrain = c->powertrain,
                                 .candidates = &candidates[first],
                                 .n = end - first };
        decide(&awards[at++], &candidates[first], rule);
    }
    *out = awards;
    *n_awards = segments;
    return TL_OK;
}

tl_status tl_awards_make(const tl_cars *cars, const tl_award_rule *rule, tl_arena *arena,
                         const tl_award **out, size_t *n, size_t *left_out, tl_error *err)
{
    tl_period window = { 0 };
    uint32_t *order = NULL;
    *out = NULL;
    *n = *left_out = 0;
    tl_status st = read_window(rule, &window, err);
    if (st == TL_OK)
        st = tl_cars_order(cars, &order, err);
    if (st != TL_OK)
        return st;
    tl_car_key *items = tl_new_array(cars->n, sizeof *items);
    tl_car_key *scratch = tl_new_array(cars->n, sizeof *scratch);
    if (items && scratch)
        st = make_awards(cars, rule, items,
                         find_candidates(cars, order, window, items, scratch, left_out), arena, out,
                         n, err);
    else
        st = tl_fail_nomem(err);
    free(items);
    free(scratch);
    free(order);
    return st;
}
