/* test_crosswalk.c - a result under another index: by hand, against every way to lay points, and
 * bounds from themes against random sheets. */
#include "rating/tests/crosswalk_test.h"

static tl_crosswalk make(view_fixture *f, const walk *w, const tl_scorecard *card, tl_weight share)
{
    tl_crosswalk out;
    tl_error err = { 0 };
    if (tl_crosswalk_make(&w->from, &w->to, w->pairs, w->n, card, share, f->arena, &out, &err) !=
        TL_OK)
        fail_msg("%s: %s", card->company.id, err.text);
    return out;
}

/* Weights of the source and of the target both 0.3: 0.6 for scope 1&2, 1.4 for scope 3. Points in
 * halves. The target's open ones are 1.2 (2), 2.2 (3 x 0.6 = 1.8) and 3.2 (5 x 1.4 = 7): 10.8. */
static const struct hand_case {
    const char *label;
    tl_sheet_level level;
    int sheet[SOURCE_SLOTS];
    double low, high, lost;
} by_hand[] = {
    /* 1.1 2, 2.1 1 x 4/2 x 0.6 = 1.2, 3.1 the better 1.5 x 1.4 = 2.1: 5.3; 3.2 1 x 1.4 lost */
    { "indicators", TL_LEVEL_INDICATOR, { 4, 2, 1, 1, 3, 2 }, 5.3, 16.1, 1.4 },
    /* 2.1 not asked: 0 to 4 x 0.6 = 2.4 instead of 1.2 */
    { "not asked", TL_LEVEL_INDICATOR, { 4, -1, 1, 1, 3, 2 }, 4.1, 17.3, 1.4 },
    { "not disclosed", TL_LEVEL_INDICATOR, { 4, -2, 1, 1, 3, -2 }, 4.1, 14.9, 0 },
    { "not applicable", TL_LEVEL_INDICATOR, { 4, -3, 1, 1, 3, -3 }, 4.1, 14.9, 0 },
    /* the parallel one is not asked: 3.1 is 0.5 at least, 2 at most */
    { "parallel open", TL_LEVEL_INDICATOR, { 4, 2, 1, 1, -1, 2 }, 3.9, 16.8, 1.4 },
    { "nothing", TL_LEVEL_INDICATOR, { 0, 0, 0, 0, 0, 0 }, 0, 10.8, 0 },
    { "full", TL_LEVEL_INDICATOR, { 8, 4, 2, 4, 4, 2 }, 9.2, 20, 1.4 },
    /* 1.1 2 for certain; of t2 = 1.5 at least 0.5, at most 1.5 lies on 2.1: 0.6 to 1.8; of t3 = 2
     * at least 1 on 3.1: 1.4 to 2.8 */
    { "themes", TL_LEVEL_THEME, { 4, 3, 4, -1 }, 4.0, 17.4, 1.4 },
    /* 3.1 is known to have 1.5: 2.1, and 0.5 x 1.4 is lost */
    { "one fixed", TL_LEVEL_THEME, { 4, 3, 4, 3 }, 4.7, 16.7, 0.7 },
    { "fixed at nothing", TL_LEVEL_THEME, { 4, 3, 2, -2 }, 2.6, 14.6, 1.4 },
    /* t2: 0 to 2 x 1.2 = 2.4, t3: 0 to 2 x 1.4 = 2.8 */
    { "themes not asked", TL_LEVEL_THEME, { 4, -1, -1, -1 }, 2, 18, 0 },
    { "themes not disclosed", TL_LEVEL_THEME, { 4, -2, -2, -1 }, 2, 12.8, 0 },
    { "themes full", TL_LEVEL_THEME, { 8, 6, 6, 4 }, 9.2, 20, 1.4 },
};

static void test_by_hand(void **state)
{
    view_fixture *f = *state;
    walk w = small_walk(f);
    for (size_t i = 0; i < VIEW_COUNT(by_hand); i++) {
        const struct hand_case *c = &by_hand[i];
        tl_points sheet[SOURCE_SLOTS];
        for (size_t k = 0; k < SOURCE_SLOTS; k++)
            sheet[k] = c->sheet[k] < 0 ? c->sheet[k] : c->sheet[k] * 500;
        tl_scorecard card = view_card(&w.from, c->label, c->level, sheet, 3000);
        tl_crosswalk out = make(f, &w, &card, 3000);
        view_near(c->label, out.low, c->low, 1e-12);
        view_near(c->label, out.high, c->high, 1e-12);
        view_near(c->label, out.lost, c->lost, 1e-12);
        assert_int_equal(out.n_rows, 8);
        assert_int_equal(out.count[TL_SAME], 3);
        assert_int_equal(out.count[TL_SCALED], 1);
        assert_int_equal(out.count[TL_DIFFERS], 1);
        assert_int_equal(out.count[TL_NONE], 3);
    }
}

static void test_rows(void **state)
{
    view_fixture *f = *state;
    walk w = small_walk(f);
    const tl_points sheet[] = { 2000, 1000, 500, TL_SLOT_NOT_ASKED, 1500, 1000 };
    static const struct {
        double low, high;
        tl_points from;
    } want[] = { { 2000, 2000, 2000 }, { 0, 2000, TL_SLOT_NOT_ASKED }, { 2000, 2000, 1000 },
                 { 0, 3000, 500 },     { 0, 2000, TL_SLOT_NOT_ASKED }, { 1500, 1500, 1500 },
                 { 0, 0, 1000 },       { 0, 5000, TL_SLOT_NOT_ASKED } };
    tl_scorecard card = view_card(&w.from, "rows", TL_LEVEL_INDICATOR, sheet, 3000);
    tl_crosswalk out = make(f, &w, &card, 5000);
    assert_int_equal(out.scope12, 5000);
    for (size_t i = 0; i < out.n_rows; i++)
        if (out.rows[i].low != want[i].low || out.rows[i].high != want[i].high ||
            out.rows[i].from_points != want[i].from || out.rows[i].pair != &w.pairs[i])
            fail_msg("row %zu: %d, %g to %g, want %d, %g to %g", i, (int)out.rows[i].from_points,
                     out.rows[i].low, out.rows[i].high, (int)want[i].from, want[i].low,
                     want[i].high);
    const tl_points themes[] = { 2000, 1000, 1000, 1000 };
    card = view_card(&w.from, "rows", TL_LEVEL_THEME, themes, 3000);
    out = make(f, &w, &card, 5000);
    for (size_t i = 0; i < out.n_rows; i++)
        if (!isnan(out.rows[i].low) || !isnan(out.rows[i].high) ||
            out.rows[i].from_points != TL_SLOT_NOT_ASKED)
            fail_msg("row %zu at theme level is known", i);
}

/* Pairs in which parallel indicators go their own ways, on top of these. Where parallel indicators
 * of the target come from different ones of the source, the upper bound adds up what only the
 * better brings, and the lower one lets one of them count: they hold, but need not be met. */
#define PLAIN_PAIRS                                                                                \
    CROSSWALK_HEADER "1.1,1.1,same,,\n,1.2,none,,\n2.1,2.1,scaled,,\n2.2,2.2,differs,,\n"
static const struct way_case {
    const char *label, *pairs;
    bool low_met, high_met;
} ways[] = {
    { "side by side", small_crosswalk, true, true },
    { "swapped", PLAIN_PAIRS "3.1,3.1p,same,,\n3.1p,3.1,same,,\n3.2,3.2,scaled,,\n", true, true },
    { "parallel lost", PLAIN_PAIRS "3.1,3.1,same,,\n3.1p,,none,,\n3.2,3.2,scaled,,\n,3.1p,none,,\n",
      true, true },
    { "parallel carried alone",
      PLAIN_PAIRS "3.1,,none,,\n3.1p,3.1p,same,,\n3.2,3.2,scaled,,\n,3.1,none,,\n", true, true },
    { "carried to an open place",
      PLAIN_PAIRS "3.1,3.1,same,,\n3.1p,3.2,scaled,,\n3.2,3.1p,differs,,\n", true, true },
    { "to places of their own",
      PLAIN_PAIRS "3.1,3.1p,same,,\n3.1p,3.2,scaled,,\n3.2,,none,,\n,3.1,none,,\n", true, true },
    { "one place from two",
      PLAIN_PAIRS "3.1,3.1,same,,\n3.1p,,none,,\n3.2,3.1p,scaled,,\n,3.2,none,,\n", false, false },
    { "one place from two, the other way",
      PLAIN_PAIRS "3.1,,none,,\n3.1p,3.1p,same,,\n3.2,3.1,scaled,,\n,3.2,none,,\n", false, false },
    { "one place from two, both carried",
      PLAIN_PAIRS "3.1,3.1p,same,,\n3.1p,3.2,scaled,,\n3.2,3.1,scaled,,\n", false, false },
};

/* Halves: 1.1 has 9 values, 2 has 5 x 3 ways, 3 has 5 x 5 x 3; the sums of the themes, the last of
 * them that of 3.1 alone, or not known. */
enum { T1 = 9, T2 = 7, T3 = 7, T31 = 6, UNKNOWN = 5, SUMS = T1 * T2 * T3 * T31 };
struct extremes {
    double low, high, lost;
};

static struct extremes *place_of(struct extremes *all, int a, int t2, int t3, int t31)
{
    return &all[((a * T2 + t2) * T3 + t3) * T31 + t31];
}

static void widen(struct extremes *x, const tl_crosswalk *out)
{
    x->low = fmin(x->low, out->low);
    x->high = fmax(x->high, out->high);
    x->lost = fmax(x->lost, out->lost);
}

static void lay_every_way(view_fixture *f, const walk *w, struct extremes *all)
{
    for (int k = 0; k < 9 * 5 * 3 * 5 * 5 * 3; k++) {
        const int a = k % 9, b = k / 9 % 5, c = k / 45 % 3, d = k / 135 % 5, e = k / 675 % 5,
                  g = k / 3375, better = d > e ? d : e;
        const tl_points sheet[] = { a * 500, b * 500, c * 500, d * 500, e * 500, g * 500 };
        tl_scorecard card = view_card(&w->from, "way", TL_LEVEL_INDICATOR, sheet, 3000);
        tl_crosswalk out = make(f, w, &card, 4000);
        widen(place_of(all, a, b + c, better + g, better), &out);
        widen(place_of(all, a, b + c, better + g, UNKNOWN), &out);
    }
}

static void bound_every_sum(view_fixture *f, const walk *w, const struct way_case *c,
                            struct extremes *all)
{
    const double little = 1e-12;
    for (int k = 0; k < SUMS; k++) {
        const int a = k % T1, t2 = k / T1 % T2, t3 = k / (T1 * T2) % T3, t31 = k / (T1 * T2 * T3);
        const struct extremes *want = place_of(all, a, t2, t3, t31);
        const tl_points sheet[] = { a * 500, t2 * 500, t3 * 500,
                                    t31 == UNKNOWN ? TL_SLOT_NOT_ASKED : t31 * 500 };
        if (want->low > want->high) /* these sums cannot be */
            continue;
        tl_scorecard card = view_card(&w->from, c->label, TL_LEVEL_THEME, sheet, 3000);
        tl_crosswalk got = make(f, w, &card, 4000);
        if (got.low > want->low + little || got.high < want->high - little ||
            (c->low_met && got.low < want->low - little) ||
            (c->high_met && got.high > want->high + little) || fabs(got.lost - want->lost) > little)
            fail_msg("%s, sums %d %d %d %d: %g to %g lost %g, want %g to %g lost %g", c->label, a,
                     t2, t3, t31, got.low, got.high, got.lost, want->low, want->high, want->lost);
    }
}

/* Every way to lay halves of points on the indicators: none lies outside the bounds that come from
 * the sums, and they are met. */
static void test_every_way(void **state)
{
    view_fixture *f = *state;
    struct extremes *all = calloc(SUMS, sizeof *all);
    assert_non_null(all);
    for (size_t i = 0; i < VIEW_COUNT(ways); i++) {
        walk w = walk_by(f, ways[i].pairs);
        for (size_t k = 0; k < SUMS; k++)
            all[k] = (struct extremes){ INFINITY, -INFINITY, -INFINITY };
        lay_every_way(f, &w, all);
        bound_every_sum(f, &w, &ways[i], all);
    }
    free(all);
}

/* Of the automobile index under itself nothing is lost, and the total at another share is what
 * tl_score_total says. Tesla, at 0.5: 13.5 + 10 + 11.5 = 35. */
static void test_itself(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    walk w = { .from = f->x, .to = f->x, .n = f->x.n_slots };
    tl_crosswalk_pair *pairs = tl_arena_alloc(f->arena, w.n, sizeof *pairs);
    for (size_t i = 0; i < w.n; i++)
        pairs[i] = (tl_crosswalk_pair){ f->x.slot_items[i], f->x.slot_items[i], TL_SAME, "", "" };
    w.pairs = pairs;
    for (size_t i = 0; i < e.n; i++) {
        tl_crosswalk out = make(f, &w, &e.cards[i], 5000);
        double want = tl_total_number(tl_score_total(&f->x, e.cards[i].score.group, 5000));
        view_near(e.cards[i].company.id, out.low, want, 1e-12);
        view_near(e.cards[i].company.id, out.high, want, 1e-12);
        view_near(e.cards[i].company.id, out.lost, 0, 0);
    }
    tl_crosswalk tesla = make(f, &w, &e.cards[9], 5000);
    view_near("tesla", tesla.low, 35, 1e-12);
}

static void test_refusals(void **state)
{
    view_fixture *f = *state;
    walk w = small_walk(f);
    static const struct {
        const char *label, *words;
        tl_sheet_level level;
        tl_points sheet[SOURCE_THEMES];
        tl_status want;
    } cases[] = {
        { "total", "only the total", TL_LEVEL_TOTAL, { 5000 }, TL_EINPUT },
        { "more than its whole", "theme 't3'", TL_LEVEL_THEME, { 0, 0, 500, 1000 }, TL_ECONFLICT },
        { "no room for the rest", "theme 't3'", TL_LEVEL_THEME, { 0, 0, 2000, 500 }, TL_ECONFLICT },
    };
    for (size_t i = 0; i < VIEW_COUNT(cases); i++) {
        tl_scorecard card = { .company = { .id = cases[i].label },
                              .level = cases[i].level,
                              .sheet = cases[i].sheet };
        tl_crosswalk out;
        tl_error err = { 0 };
        tl_score_of(&w.from, card.level, card.sheet, 3000, &card.score);
        tl_status st =
            tl_crosswalk_make(&w.from, &w.to, w.pairs, w.n, &card, 3000, f->arena, &out, &err);
        if (st != cases[i].want || !strstr(err.text, cases[i].words))
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

/* --- random sheets of the automobile index, with two parallel indicators, under random targets ---
 */

enum { WIDE = VIEW_COUNT(view_auto_items) + 2, WIDE_TEXT = 24 };

typedef struct wide {
    view_item items[WIDE];
    char max[WIDE][WIDE_TEXT];
    char full[WIDE_TEXT];
} wide;

static size_t wide_fill(wide *d)
{
    memcpy(d->items, view_auto_items, sizeof view_auto_items);
    d->items[WIDE - 2] = (view_item){ "5.3.2p", "3", "scope3", "5.3.2" };
    d->items[WIDE - 1] = (view_item){ "5.4.7p", "2", "scope3", "5.4.7" };
    return WIDE;
}

static tl_index wide_source(view_fixture *f)
{
    wide d;
    view_definition v = view_auto;
    v.id = "wide";
    v.n_items = wide_fill(&d);
    v.items = d.items;
    return view_index(f->arena, &v);
}

/* Other maxima, no weights; the parallel ones keep those they stand beside. */
static tl_index wide_target(view_fixture *f, tl_random *r)
{
    static const int maxima[] = { 1, 2, 4, 6, 10 }; /* halves */
    wide d;
    view_definition v = view_auto;
    int full = 0;
    v.id = "other";
    v.weighted = false;
    v.n_items = wide_fill(&d);
    v.items = d.items;
    for (size_t i = 0; i < WIDE; i++) {
        const int halves = maxima[tl_random_below(r, VIEW_COUNT(maxima))];
        snprintf(d.max[i], sizeof d.max[i], "%d.%d", halves / 2, halves % 2 * 5);
        d.items[i].max = d.max[i];
        for (size_t k = 0; d.items[i].parallel_of && k < i; k++)
            if (strcmp(d.items[k].code, d.items[i].parallel_of) == 0)
                d.items[i].max = d.items[k].max;
        full += d.items[i].parallel_of ? 0 : halves;
    }
    snprintf(d.full, sizeof d.full, "%d.%d", full / 2, full % 2 * 5);
    v.full = d.full;
    return view_index(f->arena, &v);
}

/* Indicators side by side in a random order, a share of them `carried` (in tenths). */
static void wide_pairs(view_fixture *f, walk *w, tl_random *r, unsigned carried)
{
    tl_crosswalk_pair *pairs = tl_arena_alloc(f->arena, 2 * (size_t)WIDE, sizeof *pairs);
    int to[WIDE];
    assert_non_null(pairs);
    for (int i = 0; i < WIDE; i++)
        to[i] = w->to.slot_items[i];
    for (size_t i = WIDE - 1; i > 0; i--) {
        const size_t k = tl_random_below(r, i + 1);
        const int other = to[k];
        to[k] = to[i];
        to[i] = other;
    }
    w->n = 0;
    for (size_t i = 0; i < WIDE; i++) {
        const int from = w->from.slot_items[i];
        const bool equal = w->from.items[from].max == w->to.items[to[i]].max;
        if (tl_random_below(r, 10) < carried) {
            pairs[w->n++] = (tl_crosswalk_pair){ from, to[i], equal ? TL_SAME : TL_SCALED, "", "" };
        } else if (tl_random_below(r, 2)) {
            pairs[w->n++] = (tl_crosswalk_pair){ from, to[i], TL_DIFFERS, "", "" };
        } else {
            pairs[w->n++] = (tl_crosswalk_pair){ from, -1, TL_NONE, "", "" };
            pairs[w->n++] = (tl_crosswalk_pair){ -1, to[i], TL_NONE, "", "" };
        }
    }
    w->pairs = pairs;
}

/* Any points in steps of a half; now and then not disclosed or not applicable. */
static void wide_sheet(const tl_index *x, tl_random *r, tl_points *sheet)
{
    for (size_t i = 0; i < x->n_slots; i++) {
        const uint64_t steps = (uint64_t)x->items[x->slot_items[i]].max / 500 + 1;
        const uint64_t kind = tl_random_below(r, 12);
        sheet[i] = kind == 0   ? TL_SLOT_NOT_DISCLOSED
                   : kind == 1 ? TL_SLOT_NOT_APPLICABLE
                               : (tl_points)tl_random_below(r, steps) * 500;
    }
}

static void compare_levels(view_fixture *f, const walk *w, tl_random *r, const char *label,
                           bool carries)
{
    const double little = 1e-9;
    const tl_weight shares[] = { (tl_weight)tl_random_below(r, 10001),
                                 (tl_weight)tl_random_below(r, 10001) };
    tl_points sheet[WIDE], themes[VIEW_THEMES];
    wide_sheet(&w->from, r, sheet);
    tl_scorecard card = view_card(&w->from, label, TL_LEVEL_INDICATOR, sheet, shares[0]);
    tl_crosswalk exact = make(f, w, &card, shares[1]);
    for (size_t t = 0; t < VIEW_THEMES; t++) /* at times the theme of one indicator is not known */
        themes[t] = !w->from.themes[t].in_total && tl_random_below(r, 2) ? TL_SLOT_NOT_ASKED
                                                                         : card.score.theme[t];
    tl_scorecard known = view_card(&w->from, label, TL_LEVEL_THEME, themes, shares[0]);
    tl_crosswalk bounds = make(f, w, &known, shares[1]);
    const double full = (double)w->to.full / TL_POINT;
    if (exact.low > exact.high || bounds.low > bounds.high || exact.low < 0 ||
        exact.high > full + little || bounds.low < 0 || bounds.high > full + little)
        fail_msg("%s: %g to %g, from themes %g to %g", label, exact.low, exact.high, bounds.low,
                 bounds.high);
    if (bounds.low > exact.low + little || bounds.high < exact.high - little ||
        bounds.lost < exact.lost - little)
        fail_msg("%s: %.12g to %.12g lost %.12g, but from themes %.12g to %.12g lost %.12g", label,
                 exact.low, exact.high, exact.lost, bounds.low, bounds.high, bounds.lost);
    if (carries && (exact.low != exact.high || exact.lost != 0))
        fail_msg("%s: all carries, but %g to %g, lost %g", label, exact.low, exact.high,
                 exact.lost);
}

static void test_random_sheets(void **state)
{
    view_fixture *f = *state;
    const uint64_t seed = 51;
    tl_random r = tl_random_seed(seed);
    walk w = { .from = wide_source(f) };
    for (int round = 0; round < 60; round++) {
        const unsigned carried = round % 3 == 0 ? 10 : 3 * (unsigned)(round % 3);
        char label[80];
        w.to = wide_target(f, &r);
        wide_pairs(f, &w, &r, carried);
        for (int k = 0; k < 20; k++) {
            snprintf(label, sizeof label, "seed %llu round %d sheet %d", (unsigned long long)seed,
                     round, k);
            compare_levels(f, &w, &r, label, carried == 10);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_by_hand, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_rows, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_every_way, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_itself, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_refusals, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_random_sheets, view_setup, view_teardown),
    };
    return cmocka_run_group_tests_name("crosswalk", tests, NULL, NULL);
}
