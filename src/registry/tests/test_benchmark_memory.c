/* test_benchmark_memory.c - each allocation of each function fails once: it says so, leaves nothing
 * half made (the sanitizers see a leak), and with enough memory works as before. */
#include "store/tests/failing_memory.h"

#include "registry/tests/published_test.h"
#include "registry/tests/record_test.h"
#include "registry/top_runner.h"

typedef struct memory_case {
    tl_arena *arena;
    tl_store *s;
    tl_cars cars, shuffled;
    tl_peer_rule rule;
    tl_benchmarks b;
} memory_case;

static tl_status make_classes(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    tl_benchmarks b;
    tl_status st = tl_benchmarks_make(&c->shuffled, &c->rule, arena, &b, err);
    *made = b.n_categories;
    return st;
}

static tl_status make_groups(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    static const tl_car_sales sales[] = { { "car-000002", 4 }, { "car-000001", 3 } };
    const tl_car_group *g;
    return tl_car_groups_make(&c->cars, &c->b, sales, 2, TL_CARS_BY_YEAR, arena, &g, made, err);
}

static tl_status make_facets(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    tl_car_facets f;
    tl_status st = tl_car_facets_count(&c->cars, &c->b, NULL, arena, &f, err);
    *made = f.passed;
    return st;
}

static tl_status make_histogram(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    tl_car_histogram h;
    tl_status st = tl_car_histogram_make(&c->cars, &c->b, NULL, 10, NULL, arena, &h, err);
    *made = h.n;
    return st;
}

static tl_status make_awards(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    static const tl_award_rule rule = { "2023", "2024", 0.1, 5 };
    const tl_award *a;
    size_t left_out;
    return tl_awards_make(&c->shuffled, &rule, arena, &a, made, &left_out, err);
}

/* *made: the class of a record afterwards. */
static tl_status keep_classes(memory_case *c, tl_arena *arena, size_t *made, tl_error *err)
{
    int64_t changed;
    tl_kept_class kept = { 0 };
    (void)arena;
    tl_status st = tl_store_begin(c->s, err);
    if (st == TL_OK)
        st = tl_benchmarks_keep(c->s, &c->cars, &c->b, &c->rule, "2024-03-31", "test", &changed,
                                err);
    if (st == TL_OK)
        st = tl_class_on(c->s, "car-000000", "", &kept, err);
    failing.counting = false; /* undoing is the caller's */
    tl_store_rollback(c->s);
    *made = st == TL_OK ? (size_t)kept.class_number : 0;
    return st;
}

static const struct {
    const char *label;
    tl_status (*make)(memory_case *c, tl_arena *arena, size_t *made, tl_error *err);
} makers[] = {
    { "classes", make_classes },     { "groups", make_groups }, { "facets", make_facets },
    { "histogram", make_histogram }, { "awards", make_awards }, { "keep", keep_classes },
};

enum { CARS = 40 };

static void prepare(memory_case *c)
{
    record_fixture records;
    assert_int_equal(tl_arena_new(&c->arena, 0, NULL), TL_OK);
    assert_int_equal(tl_store_open(&c->s, ":memory:", NULL, NULL), TL_OK);
    c->rule = published_rule();
    c->rule.window_kg = INFINITY;
    c->cars = published_random(CARS, 3, c->arena);
    for (size_t i = 0; i < CARS; i++) { /* one category, all with a class */
        c->cars.cars[i].size = c->cars.cars[i].body = c->cars.cars[i].powertrain = 0;
        c->cars.cars[i].kerb_mass_kg = 1500;
    }
    c->shuffled = published_shuffled(&c->cars, 2, c->arena);
    c->b = published_benchmarks(&c->cars, &c->rule, c->arena);
    records = (record_fixture){ .s = c->s, .arena = c->arena };
    for (size_t i = 0; i < CARS; i++) {
        tl_record r = record_car(c->cars.cars[i].id, 201);
        r.disclosure_id = "";
        record_publish(&records, &r, "2024-01-31");
    }
}

/* The run with allocation `at` failing; true once there is none such. */
static bool run_at(memory_case *c, size_t k, size_t at, size_t want)
{
    tl_arena *arena;
    tl_error err = { 0 };
    size_t made = 0;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    failing = (struct failing){ .counting = true, .fail_at = at };
    tl_status st = makers[k].make(c, arena, &made, &err);
    failing.counting = false;
    const bool reached = failing.count >= at;
    if (st != TL_OK && (st != TL_ENOMEM || made != 0))
        fail_msg("%s, allocation %zu: status %d (%s), %zu made", makers[k].label, at, (int)st,
                 err.text, made);
    if (st == TL_OK && made != want)
        fail_msg("%s, allocation %zu: %zu made, want %zu", makers[k].label, at, made, want);
    if (!reached && st != TL_OK)
        fail_msg("%s: fails with enough memory: %s", makers[k].label, err.text);
    tl_arena_free(arena);
    return !reached;
}

static void test_each_allocation(void **state)
{
    memory_case c = { 0 };
    (void)state;
    prepare(&c);
    for (size_t k = 0; k < TEST_COUNT(makers); k++) {
        size_t want = 0, at = 1;
        assert_int_equal(makers[k].make(&c, c.arena, &want, NULL), TL_OK);
        assert_true(want > 0);
        while (!run_at(&c, k, at, want))
            at++;
        assert_true(at > 1); /* something was allocated, so something failed */
    }
    tl_store_close(c.s);
    tl_arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_each_allocation) };
    if (hook_sqlite() != SQLITE_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
