/* test_peer_keep.c - classes kept with history, and the constraints that guard it.
 *
 * Five cars a to e of one category and mass at 100 to 140 g/km have the classes 1 to 5. */
#include <unistd.h>

#include "registry/peer.h"
#include "registry/tests/published_test.h"
#include "registry/tests/record_test.h"
#include "store/audit.h"

static const char *const ids[] = { "a", "b", "c", "d", "e", "f", "g" };

typedef struct keep_fixture {
    tl_arena *arena;
    tl_store *s;
    char folder[40], path[80];
    tl_peer_rule rule;
    published_row rows[7];
    size_t n;
} keep_fixture;

/* Classes are kept of records there are: each id is published once. */
static void publish_ids(keep_fixture *f)
{
    record_fixture records = { .s = f->s, .arena = f->arena };
    for (size_t i = 0; i < TEST_COUNT(ids); i++) {
        tl_record r = record_car(ids[i], 201);
        r.disclosure_id = "";
        record_publish(&records, &r, "2024-01-31");
    }
}

static int setup(void **state)
{
    keep_fixture *f = *state = calloc(1, sizeof *f);
    if (!f)
        return -1;
    snprintf(f->folder, sizeof f->folder, "/tmp/tanlian-test-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->path, sizeof f->path, "%s/keep.db", f->folder);
    if (tl_arena_new(&f->arena, 0, NULL) != TL_OK ||
        tl_store_open(&f->s, f->path, NULL, NULL) != TL_OK)
        return -1;
    publish_ids(f);
    f->rule = published_rule();
    f->n = 5;
    for (size_t i = 0; i < TEST_COUNT(ids); i++)
        f->rows[i] = (published_row){ .id = ids[i],
                                      .size = "compact",
                                      .body = "suv",
                                      .powertrain = "bev",
                                      .g_km = 100 + 10 * (double)i,
                                      .kerb_mass_kg = 1800 };
    return 0;
}

static int teardown(void **state)
{
    keep_fixture *f = *state;
    tl_store_close(f->s);
    unlink(f->path);
    rmdir(f->folder);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

static tl_status keep_cars(keep_fixture *f, const tl_cars *cars, const char *day, int64_t *changed,
                           tl_error *err)
{
    const tl_benchmarks b = published_benchmarks(cars, &f->rule, f->arena);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    tl_status st = tl_benchmarks_keep(f->s, cars, &b, &f->rule, day, "test", changed, err);
    if (st == TL_OK)
        return tl_store_commit(f->s, err);
    tl_store_rollback(f->s);
    return st;
}

/* Keeps the first n rows; the number of classes that changed. */
static int64_t keep(keep_fixture *f, size_t n, const char *day)
{
    const tl_cars cars = published(f->rows, n, f->arena);
    int64_t changed = -1;
    tl_error err = { 0 };
    if (keep_cars(f, &cars, day, &changed, &err) != TL_OK)
        fail_msg("%s: %s", day, err.text);
    return changed;
}

static int class_on(keep_fixture *f, const char *record, const char *day)
{
    tl_kept_class kept = { -1, -1 };
    assert_int_equal(tl_class_on(f->s, record, day, &kept, NULL), TL_OK);
    return kept.class_number;
}

static int64_t entries(keep_fixture *f)
{
    char hash[TL_SHA256_HEX];
    int64_t n;
    assert_int_equal(tl_audit_head(f->s, &n, hash, NULL), TL_OK);
    return n;
}

static size_t current_rows(keep_fixture *f)
{
    tl_query *q;
    bool row;
    size_t n = 0;
    assert_int_equal(tl_store_query(f->s, "car_class.current", &q, NULL), TL_OK);
    while (tl_query_step(q, &row, NULL) == TL_OK && row)
        n++;
    return n;
}

static void test_history(void **state)
{
    keep_fixture *f = *state;
    assert_int_equal(keep(f, 5, "2024-03-31"), 0); /* nothing was kept before */
    f->rows[0].g_km = 135;                         /* a falls behind b, c and d */
    assert_int_equal(keep(f, 5, "2024-06-30"), 4); /* a 4, b 1, c 2, d 3, e stays */
    static const struct {
        const char *record, *day;
        int want;
    } cases[] = {
        { "a", "2024-03-30", 0 }, /* before the first */
        { "a", "2024-03-31", 1 },
        { "a", "2024-06-29", 1 },
        { "a", "2024-06-30", 4 },
        { "a", "2030-01-01", 4 },
        { "a", "", 4 },
        { "b", "2024-04-01", 2 },
        { "b", "", 1 },
        { "e", "2024-04-01", 5 },
        { "e", "", 5 },
        { "nobody", "", 0 },
        { "nobody", "2024-06-30", 0 },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        if (class_on(f, cases[i].record, cases[i].day) != cases[i].want)
            fail_msg("%s on '%s': class %d, want %d", cases[i].record, cases[i].day,
                     class_on(f, cases[i].record, cases[i].day), cases[i].want);
    assert_int_equal(current_rows(f), 5);
}

static void test_nothing_new(void **state)
{
    keep_fixture *f = *state;
    keep(f, 5, "2024-03-31");
    const int64_t before = entries(f);
    assert_int_equal(keep(f, 5, "2024-06-30"), 0);
    assert_int_equal(entries(f), before); /* no row, no entry */
    f->rule.version = "2027.1";
    assert_int_equal(keep(f, 5, "2024-06-30"), 0); /* another rule is kept, the classes stay */
    assert_int_equal(entries(f), before + 1);
    assert_int_equal(current_rows(f), 5);
}

/* e leaves: four peers are too few. It comes back, and the others have classes again. */
static void test_leaves_and_returns(void **state)
{
    keep_fixture *f = *state;
    keep(f, 5, "2024-03-31");
    assert_int_equal(keep(f, 4, "2024-04-30"), 5);
    assert_int_equal(class_on(f, "e", ""), 0);
    assert_int_equal(class_on(f, "e", "2024-04-01"), 5);
    assert_int_equal(class_on(f, "a", ""), 0);
    const int64_t before = entries(f);
    assert_int_equal(keep(f, 4, "2024-05-31"), 0); /* gone stays gone, without a second row */
    assert_int_equal(entries(f), before);
    assert_int_equal(keep(f, 5, "2024-05-31"), 5);
    assert_int_equal(class_on(f, "e", ""), 5);
    assert_int_equal(class_on(f, "e", "2024-05-01"), 0);
}

static void test_same_day(void **state)
{
    keep_fixture *f = *state;
    keep(f, 5, "2024-03-31");
    f->rows[0].g_km = 145;
    assert_int_equal(keep(f, 5, "2024-03-31"), 5); /* the last word of a day holds */
    assert_int_equal(class_on(f, "a", "2024-03-31"), 5);
}

static void test_any_order(void **state)
{
    keep_fixture *f = *state;
    int64_t changed;
    keep(f, 7, "2024-03-31");
    const int64_t before = entries(f);
    const tl_cars cars = published(f->rows, 7, f->arena),
                  other = published_shuffled(&cars, 3, f->arena);
    assert_int_equal(keep_cars(f, &other, "2024-06-30", &changed, NULL), TL_OK);
    assert_int_equal(changed, 0);
    assert_int_equal(entries(f), before);
}

static void test_without_category(void **state)
{
    keep_fixture *f = *state;
    f->rows[1].body = NULL;
    f->rows[2].kerb_mass_kg = (double)NAN;
    keep(f, 7, "2024-03-31");
    assert_int_equal(class_on(f, "b", ""), 0);
    assert_int_equal(class_on(f, "c", ""), 0);
    assert_int_equal(class_on(f, "a", ""), 1);
}

static void test_refusals(void **state)
{
    keep_fixture *f = *state;
    static const struct {
        const char *label, *day, *words;
        tl_status want;
    } cases[] = {
        { "back in time", "2024-03-30", "after 2024-03-30", TL_ECONFLICT },
        { "no such day", "2024-02-30", "is no day", TL_EINPUT },
        { "a month", "2024-06", "is no day", TL_EINPUT },
    };
    const tl_cars cars = published(f->rows, 5, f->arena);
    tl_kept_class kept;
    keep(f, 5, "2024-03-31");
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_error err = { 0 };
        int64_t changed;
        tl_status st = keep_cars(f, &cars, cases[i].day, &changed, &err);
        if (st != cases[i].want || !strstr(err.text, cases[i].words))
            fail_msg("%s: status %d, '%s'", cases[i].label, (int)st, err.text);
    }
    assert_int_equal(tl_class_on(f->s, "a", "2024-02-30", &kept, NULL), TL_EINPUT);
}

/* A row that breaks one constraint each; nothing lets it in. */
static void test_constraints(void **state)
{
    keep_fixture *f = *state;
    static const struct {
        const char *label, *record, *rule, *class_rule, *day, *category;
        int64_t version, class_number;
        double mean;
        int64_t peers, rank;
    } cases[] = {
        { "second current row", "a", "1", "1", "2024-06-30", "c", 1, 1, 99, 5, 1 },
        { "unknown record", "x", "1", "1", "2024-06-30", "c", 1, 1, 99, 5, 1 },
        { "version not published", "f", "1", "1", "2024-06-30", "c", 2, 1, 99, 5, 1 },
        { "no record", "", "1", "1", "2024-06-30", "c", 1, 1, 99, 5, 1 },
        { "version 0", "f", "1", "1", "2024-06-30", "c", 0, 1, 99, 5, 1 },
        { "no rule", "f", "", "1", "2024-06-30", "c", 1, 1, 99, 5, 1 },
        { "no class rule", "f", "1", "", "2024-06-30", "c", 1, 1, 99, 5, 1 },
        { "month", "f", "1", "1", "2024-06", "c", 1, 1, 99, 5, 1 },
        { "class 10", "f", "1", "1", "2024-06-30", "c", 1, 10, 99, 5, 1 },
        { "class -1", "f", "1", "1", "2024-06-30", "c", 1, -1, 99, 5, 1 },
        { "mean without category", "f", "1", "1", "2024-06-30", "", 1, 0, 99, 0, 0 },
        { "category without mean", "f", "1", "1", "2024-06-30", "c", 1, 1, 0, 5, 1 },
        { "class without category", "f", "1", "1", "2024-06-30", "", 1, 1, 0, 5, 1 },
        { "class without peers", "f", "1", "1", "2024-06-30", "c", 1, 1, 99, 0, 0 },
        { "rank beyond the peers", "f", "1", "1", "2024-06-30", "c", 1, 1, 99, 5, 6 },
        { "no rank among peers", "f", "1", "1", "2024-06-30", "c", 1, 1, 99, 5, 0 },
        { "before one kept", "a", "1", "1", "2024-03-30", "c", 1, 1, 99, 5, 1 },
    };
    keep(f, 5, "2024-03-31");
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_query *q;
        assert_int_equal(tl_store_query(f->s, "car_class.insert", &q, NULL), TL_OK);
        tl_query_text(q, 1, cases[i].record);
        tl_query_int(q, 2, cases[i].version);
        tl_query_text(q, 3, cases[i].rule);
        tl_query_text(q, 4, cases[i].class_rule);
        tl_query_text(q, 5, cases[i].day);
        tl_query_int(q, 6, cases[i].class_number);
        tl_query_text(q, 7, cases[i].category);
        if (cases[i].mean > 0)
            tl_query_number(q, 8, cases[i].mean);
        else
            tl_query_null(q, 8);
        tl_query_int(q, 9, cases[i].peers);
        tl_query_int(q, 10, cases[i].rank);
        tl_status st = tl_query_run(q, NULL);
        if (st != TL_ECONFLICT)
            fail_msg("%s: status %d", cases[i].label, (int)st);
    }
    assert_int_equal(current_rows(f), 5);
}

/* What the triggers refuse, said straight to the database. */
static void test_triggers(void **state)
{
    keep_fixture *f = *state;
    static const struct {
        const char *label, *sql;
        bool works;
    } cases[] = {
        { "class", "UPDATE car_class SET class_number = 1", false },
        { "category", "UPDATE car_class SET category = 'x'", false },
        { "mean", "UPDATE car_class SET mean = 1", false },
        { "peers", "UPDATE car_class SET peers = 9", false },
        { "rank", "UPDATE car_class SET rank = 1", false },
        { "day", "UPDATE car_class SET day = '2024-01-01'", false },
        { "record", "UPDATE car_class SET record = 'f' WHERE record = 'a'", false },
        { "record version", "UPDATE car_class SET record_version = 2", false },
        { "rule", "UPDATE car_class SET rule_version = '1'", false },
        { "class rule", "UPDATE car_class SET class_rule_version = '1'", false },
        { "id", "UPDATE car_class SET id = id + 100", false },
        { "deleted", "DELETE FROM car_class", false },
        { "written over", "INSERT OR REPLACE INTO car_class SELECT * FROM car_class", false },
        { "ended", "UPDATE car_class SET current = 0", true },
        { "brought back",
          "UPDATE car_class SET current = 1 WHERE record = 'a' AND day = '2024-03-31'", false },
    };
    tl_error err = { 0 };
    keep(f, 5, "2024-03-31");
    f->rows[0].g_km = 145;
    keep(f, 5, "2024-06-30");
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        if ((tl_store_exec(f->s, cases[i].sql, &err) == TL_OK) != cases[i].works)
            fail_msg("%s: %s", cases[i].label, cases[i].works ? err.text : "it worked");
}

/* From published records to classes: seven at 201 g/km of which one after the other is corrected.
 */
static void test_from_records(void **state)
{
    keep_fixture *f = *state;
    record_fixture records = { .s = f->s, .arena = f->arena };
    static const struct {
        const char *day, *corrected;
        double g_km;
        int c, g; /* classes of c and g afterwards */
    } steps[] = {
        { "2024-03-31", NULL, 0, 1, 1 },  /* all alike: rank 1 */
        { "2024-06-30", "c", 230, 5, 1 }, /* rank 7 of 7 */
        { "2024-09-30", "g", 240, 5, 5 }, /* c rank 6 of 7, 0.857 */
        { "2024-12-31", "c", 190, 1, 5 },
    };
    for (size_t i = 0; i < TEST_COUNT(steps); i++) {
        tl_cars cars;
        int64_t changed;
        if (steps[i].corrected) {
            tl_record r = record_car(steps[i].corrected, steps[i].g_km);
            r.disclosure_id = "";
            r.reason = "corrected";
            record_publish(&records, &r, steps[i].day);
        }
        assert_int_equal(tl_cars_read(&cars, f->s, f->arena, NULL), TL_OK);
        assert_int_equal(cars.n, TEST_COUNT(ids));
        assert_int_equal(keep_cars(f, &cars, steps[i].day, &changed, NULL), TL_OK);
        if (class_on(f, "c", "") != steps[i].c || class_on(f, "g", steps[i].day) != steps[i].g)
            fail_msg("%s: c has class %d, g %d", steps[i].day, class_on(f, "c", ""),
                     class_on(f, "g", ""));
    }
    assert_int_equal(class_on(f, "c", "2024-07-01"), 5); /* the label of July stays known */
}

int main(void)
{
#define KEEP_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        KEEP_TEST(test_history),          KEEP_TEST(test_nothing_new),
        KEEP_TEST(test_same_day),         KEEP_TEST(test_any_order),
        KEEP_TEST(test_refusals),         KEEP_TEST(test_constraints),
        KEEP_TEST(test_without_category), KEEP_TEST(test_leaves_and_returns),
        KEEP_TEST(test_triggers),         KEEP_TEST(test_from_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
