/* test_peer.c - means of categories, peers by mass, ranks and classes, and where the rule is from.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "dataset/dataset.h"
#include "registry/peer.h"
#include "registry/tests/published_test.h"
#include "registry/top_runner.h"

/* Every car of one category, 2,000 kg but where said; want by hand. */
static const struct peer_case {
    const char *label;
    double window_kg;
    struct {
        double g_km, mass_kg;
        size_t peers, rank;
        int class_number;
    } cars[8];
} peer_cases[] = {
    { "five cars, a fifth each",
      100,
      { { 100, 2000, 5, 1, 1 },
        { 110, 2000, 5, 2, 2 },
        { 120, 2000, 5, 3, 3 },
        { 130, 2000, 5, 4, 4 },
        { 140, 2000, 5, 5, 5 } } },
    { "four peers are too few",
      100,
      { { 100, 2000, 4, 1, 0 },
        { 110, 2000, 4, 2, 0 },
        { 120, 2000, 4, 3, 0 },
        { 130, 2000, 4, 4, 0 },
        { 90, 3000, 1, 1, 0 } } },
    { "ties share the better rank",
      100,
      { { 100, 2000, 5, 1, 1 },
        { 100, 2000, 5, 1, 1 },
        { 100, 2000, 5, 1, 1 },
        { 130, 2000, 5, 4, 4 },
        { 130, 2000, 5, 4, 4 } } },
    { "the end of the window is inside, in decimals too; one more hundred grams is not",
      100,
      { { 100, 1400.3, 5, 1, 1 },
        { 110, 1500.3, 6, 3, 3 },
        { 120, 1500.3, 6, 4, 4 },
        { 130, 1500.3, 6, 5, 5 },
        { 140, 1500.3, 6, 6, 5 },
        { 90, 1500.4, 5, 1, 1 } } },
    { "each looks at its own neighbours",
      10,
      { { 100, 1000, 2, 2, 0 },
        { 90, 1010, 3, 2, 0 },
        { 80, 1020, 3, 1, 0 },
        { 95, 1030, 3, 3, 0 },
        { 85, 1040, 2, 1, 0 } } },
    { "window of nothing: the very same mass",
      0,
      { { 100, 1000, 1, 1, 0 }, { 90, 1001, 2, 1, 0 }, { 95, 1001, 2, 2, 0 } } },
    { "no window: the whole category",
      INFINITY,
      { { 100, 800, 5, 1, 1 },
        { 110, 1400, 5, 2, 2 },
        { 120, 2000, 5, 3, 3 },
        { 130, 2600, 5, 4, 4 },
        { 140, 3200, 5, 5, 5 } } },
};

static void test_peers(void **state)
{
    int failed = 0;
    for (size_t i = 0; i < TEST_COUNT(peer_cases); i++) {
        const struct peer_case *c = &peer_cases[i];
        published_row rows[8];
        size_t n = 0;
        tl_peer_rule rule = published_rule();
        rule.window_kg = c->window_kg;
        for (; n < 8 && c->cars[n].g_km > 0; n++)
            rows[n] = (published_row){ .id = tl_arena_printf(*state, "car-%zu", n),
                                       .size = "compact",
                                       .body = "suv",
                                       .powertrain = "bev",
                                       .g_km = c->cars[n].g_km,
                                       .kerb_mass_kg = c->cars[n].mass_kg };
        const tl_cars cars = published(rows, n, *state);
        const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
        for (size_t k = 0; k < n; k++)
            if (b.items[k].peers != c->cars[k].peers || b.items[k].rank != c->cars[k].rank ||
                b.items[k].class_number != c->cars[k].class_number) {
                print_error("%s, car %zu: rank %zu of %zu, class %d; want %zu of %zu, class %d\n",
                            c->label, k, b.items[k].rank, b.items[k].peers, b.items[k].class_number,
                            c->cars[k].rank, c->cars[k].peers, c->cars[k].class_number);
                failed++;
            }
    }
    assert_int_equal(failed, 0);
}

/* Lynk & Co 01 of the quarterly report: 201 g/km in a category whose mean is 237, -36/237 = -15.19%
 * (SPEC 3.2, check 2). */
static void test_distance(void **state)
{
    static const published_row rows[] = {
        { "lynk-co-01", "Lynk & Co", "compact", "suv", "phev", 201, 1850, NULL, 0 },
        { "other", "Other", "compact", "suv", "phev", 273, 1850, NULL, 0 },
        { "alone", "Other", "compact", "suv", "bev", 180, 1850, NULL, 0 },
        { "no-body", "Other", "compact", NULL, "bev", 170, 1850, NULL, 0 },
        { "no-mass", "Other", "compact", "van", "bev", 160, (double)NAN, NULL, 0 },
    };
    char text[16];
    const tl_peer_rule rule = published_rule();
    const tl_cars cars = published(rows, TEST_COUNT(rows), *state);
    const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
    snprintf(text, sizeof text, "%.1f%%", 100 * b.items[0].to_mean);
    assert_string_equal(text, "-15.2%");
    assert_true(b.items[0].below);
    assert_true(b.items[0].mean_g_km == 237);
    assert_false(b.items[1].below);
    assert_int_equal(b.n_categories, 3);
    assert_int_equal(b.categories[b.items[0].category].n, 2);
    assert_true(b.categories[b.items[0].category].lowest_g_km == 201);
    assert_true(b.categories[b.items[0].category].highest_g_km == 273);
    assert_false(b.items[2].below); /* its own mean */
    assert_true(b.items[2].to_mean == 0);
    assert_true(b.items[3].category == SIZE_MAX && isnan(b.items[3].mean_g_km) &&
                isnan(b.items[3].to_mean) && !b.items[3].below);
    assert_true(b.items[3].peers == 0 && b.items[3].rank == 0 && b.items[3].class_number == 0);
    assert_true(b.items[4].mean_g_km == 160); /* counts in the mean, has no peers */
    assert_true(b.items[4].peers == 0 && b.items[4].rank == 0 && b.items[4].class_number == 0);
}

/* The definition, car by car against all others. */
static void check_against_definition(const tl_cars *cars, const tl_benchmarks *b, double window)
{
    for (size_t i = 0; i < cars->n; i++) {
        const tl_published_car *x = &cars->cars[i];
        size_t peers = 0, lower = 0;
        const bool placed = x->size != TL_CAR_UNKNOWN && !isnan(x->kerb_mass_kg);
        for (size_t k = 0; k < cars->n && placed; k++) {
            const tl_published_car *y = &cars->cars[k];
            if (y->size != x->size || y->body != x->body || y->powertrain != x->powertrain ||
                !(fabs(y->kerb_mass_kg - x->kerb_mass_kg) <= window))
                continue;
            peers++;
            lower += y->g_km < x->g_km;
        }
        if (b->items[i].peers != peers || b->items[i].rank != (placed ? lower + 1 : 0))
            fail_msg("window %g, %s: rank %zu of %zu, want %zu of %zu", window, x->id,
                     b->items[i].rank, b->items[i].peers, lower + 1, peers);
    }
}

static void test_definition(void **state)
{
    static const double windows[] = { 0, 10, 55, 100, 400, INFINITY };
    const uint64_t seed = 11;
    const tl_cars cars = published_random(1500, seed, *state);
    tl_peer_rule rule = published_rule();
    for (size_t i = 0; i < TEST_COUNT(windows); i++) {
        rule.window_kg = windows[i];
        const tl_benchmarks b = published_benchmarks(&cars, &rule, *state);
        check_against_definition(&cars, &b, windows[i]);
    }
}

static void test_any_order(void **state)
{
    const tl_cars cars = published_random(1200, 5, *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks want = published_benchmarks(&cars, &rule, *state);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        const tl_cars other = published_shuffled(&cars, seed, *state);
        const tl_benchmarks got = published_benchmarks(&other, &rule, *state);
        assert_int_equal(got.n_categories, want.n_categories);
        for (size_t i = 0; i < want.n_categories; i++)
            assert_memory_equal(&got.categories[i].mean_g_km, &want.categories[i].mean_g_km,
                                sizeof(double));
        for (size_t i = 0; i < other.n; i++) {
            const tl_benchmark *g = &got.items[i],
                               *w = &want.items[published_find(&cars, other.cars[i].id)];
            if (!published_same_bits(g->mean_g_km, w->mean_g_km) ||
                !published_same_bits(g->to_mean, w->to_mean) || g->category != w->category ||
                g->below != w->below || g->peers != w->peers || g->rank != w->rank ||
                g->class_number != w->class_number)
                fail_msg("seed %d, %s: differs from the other order", (int)seed, other.cars[i].id);
        }
    }
}

static void test_refusals(void **state)
{
    static const published_row rows[] = {
        { "a", "M", "compact", "suv", "bev", 200, 1500, NULL, 0 },
        { "b", "M", "compact", "suv", "bev", 200, 1500, NULL, 0 },
    };
    static const struct {
        const char *label, *id;
        double g_km, mass_kg, window_kg;
        uint8_t size;
        const char *words;
    } cases[] = {
        { "twice", "b", 200, 1500, 100, 0, "car b is there twice" },
        { "no footprint", "a", NAN, 1500, 100, 0, "car a: its g CO2e/km" },
        { "endless footprint", "a", INFINITY, 1500, 100, 0, "car a: its g CO2e/km" },
        { "no mass at all", "a", 200, 0, 100, 0, "kerb mass 0" },
        { "negative mass", "a", 200, -1, 100, 0, "kerb mass -1" },
        { "endless mass", "a", 200, INFINITY, 100, 0, "kerb mass inf" },
        { "unlisted size", "a", 200, 1500, 100, 1, "size class 1 of a list of 1" },
        { "negative window", "a", 200, 1500, -1, 0, "no window" },
        { "window that is no number", "a", 200, 1500, NAN, 0, "no window" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_cars cars = published(rows, 2, *state);
        tl_peer_rule rule = published_rule();
        tl_benchmarks b;
        tl_error err = { 0 };
        rule.window_kg = cases[i].window_kg;
        cars.cars[0].id = cases[i].id;
        cars.cars[0].g_km = cases[i].g_km;
        cars.cars[0].kerb_mass_kg = cases[i].mass_kg;
        cars.cars[0].size = cases[i].size;
        tl_status st = tl_benchmarks_make(&cars, &rule, *state, &b, &err);
        if (st != TL_EINPUT || !strstr(err.text, cases[i].words) || b.items)
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
}

static void test_no_cars(void **state)
{
    const tl_cars none = published(NULL, 0, *state);
    const tl_peer_rule rule = published_rule();
    const tl_benchmarks b = published_benchmarks(&none, &rule, *state);
    assert_int_equal(b.n_categories, 0);
}

static const char *root(void)
{
    const char *r = getenv("TL_SOURCE");
    return r ? r : ".";
}

static tl_store *store_with_rules(tl_arena *arena)
{
    static const char *const sets[] = { "class-rule", "peer-rule" };
    tl_store *s;
    tl_dataset set;
    bool already;
    tl_error err = { 0 };
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    for (size_t i = 0; i < TEST_COUNT(sets); i++)
        if (tl_dataset_install(s, tl_arena_printf(arena, "%s/data/%s", root(), sets[i]), "test",
                               arena, &set, &already, &err) != TL_OK)
            fail_msg("%s: %s", sets[i], err.text);
    assert_int_equal(tl_store_commit(s, NULL), TL_OK);
    return s;
}

static void test_rule(void **state)
{
    tl_store *s = store_with_rules(*state);
    tl_peer_rule rule;
    tl_award_rule award = { .step_g_km = 0 };
    tl_error err = { 0 };
    if (tl_peer_rule_load(&rule, s, *state, &err) != TL_OK ||
        tl_award_rule_load(&award, s, *state, &err) != TL_OK)
        fail_msg("%s", err.text);
    assert_true(rule.window_kg == 100);
    assert_string_equal(rule.version, "2026.1");
    assert_int_equal(strlen(rule.checksum), 64);
    assert_string_equal(rule.class_version, "2026.1");
    assert_int_equal(strlen(rule.class_checksum), 64);
    assert_int_equal(rule.classes.n, 5);
    assert_int_equal(rule.classes.smallest_group, 5);
    assert_true(award.step_g_km == 0.1);
    assert_int_equal(award.least, 5);
    tl_store_close(s);
}

static const struct rule_case {
    const char *label, *rows, *words; /* words NULL: it loads */
} rule_cases[] = {
    { "no window of mass", "kerb_mass_window_kg,whole category\naward_step_g_km,1\naward_least,3\n",
      NULL },
    { "row missing", "kerb_mass_window_kg,100\naward_least,5\n", "no row 'award_step_g_km'" },
    { "unknown name", "window_kg,100\n", "unknown name 'window_kg'" },
    { "twice", "award_least,5\naward_least,5\n", "stands twice" },
    { "zero", "kerb_mass_window_kg,0\n", "rule.csv:2" },
    { "negative", "kerb_mass_window_kg,-100\n", "expected a number up to" },
    { "word", "kerb_mass_window_kg,wide\n", "rule.csv:2" },
    { "half a car", "award_least,4.5\n", "expected a whole number" },
    { "whole category of cars", "award_least,whole category\n", "rule.csv:2" },
};

static tl_status install_rows(tl_store *s, const char *rows, tl_arena *arena, tl_error *err)
{
    static const char manifest[] =
        "id: \"peer-rule\"\nversion: \"9999.1\"\ndate: \"2026-11-22\"\nkind: \"rule\"\n"
        "title_en: \"t\"\ntitle_zh: \"t\"\nlicence: \"CC-BY-4.0\"\nattribution: \"t\"\n"
        "source: \"t\"\nfiles:\n  - path: \"rule.csv\"\n    sha256: \"%s\"\n    rows: %d\n";
    char folder[] = "/tmp/tanlian-test-XXXXXX", hex[TL_SHA256_HEX];
    const char *text = tl_arena_printf(arena, "name,value\n%s", rows);
    tl_dataset set;
    bool already;
    int lines = -1;
    for (const char *p = text; *p; p++)
        lines += *p == '\n';
    assert_non_null(mkdtemp(folder));
    char *file = tl_path_join(arena, folder, "rule.csv");
    char *list = tl_path_join(arena, folder, "manifest.yaml");
    assert_int_equal(tl_sha256_of(text, strlen(text), hex, NULL), TL_OK);
    char *yaml = tl_arena_printf(arena, manifest, hex, lines);
    assert_int_equal(tl_file_write(file, text, strlen(text), NULL), TL_OK);
    assert_int_equal(tl_file_write(list, yaml, strlen(yaml), NULL), TL_OK);
    tl_status st = tl_dataset_install(s, folder, "test", arena, &set, &already, err);
    unlink(file);
    unlink(list);
    rmdir(folder);
    return st;
}

static void test_rule_faults(void **state)
{
    tl_store *s = store_with_rules(*state);
    for (size_t i = 0; i < TEST_COUNT(rule_cases); i++) {
        const struct rule_case *c = &rule_cases[i];
        tl_peer_rule rule;
        tl_award_rule award = { .step_g_km = 0 };
        tl_error err = { 0 };
        assert_int_equal(tl_store_begin(s, NULL), TL_OK);
        if (install_rows(s, c->rows, *state, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        tl_status st = tl_peer_rule_load(&rule, s, *state, &err);
        if (c->words ? st != TL_EINPUT || !strstr(err.text, c->words)
                     : st != TL_OK || !isinf(rule.window_kg))
            fail_msg("%s: status %d, '%s'", c->label, (int)st, err.text);
        st = tl_award_rule_load(&award, s, *state, &err);
        if ((st == TL_OK) != (c->words == NULL))
            fail_msg("%s: award rule, status %d", c->label, (int)st);
        tl_store_rollback(s);
    }
    tl_store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_peers),      cmocka_unit_test(test_distance),
        cmocka_unit_test(test_definition), cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_refusals),   cmocka_unit_test(test_no_cars),
        cmocka_unit_test(test_rule),       cmocka_unit_test(test_rule_faults),
    };
    return cmocka_run_group_tests(tests, published_setup, published_teardown);
}
