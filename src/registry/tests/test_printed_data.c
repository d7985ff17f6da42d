/* test_printed_data.c - the shipped sets of printed statistics: what they hold, and every finding
 * by name. */
#include <math.h>

#include "format/sheet.h"
#include "registry/printed.h"
#include "store/tests/scratch.h"

#define CPP "cpp-2024-2-statistics"
#define IPE "ipe-averages-2024-statistics"

typedef struct fixture {
    tl_store *s;
    tl_arena *arena;
    const tl_printed_row *rows;
    size_t n;
} fixture;

static void install(fixture *f, const char *folder, int64_t want_rows)
{
    char path[512];
    const char *source = getenv("TL_SOURCE");
    tl_dataset set;
    bool already;
    int64_t rows = 0;
    tl_error err = { 0 };
    snprintf(path, sizeof path, "%s/data/published/%s", source ? source : ".", folder);
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    expect(folder, tl_dataset_install(f->s, path, "test", f->arena, &set, &already, &err), TL_OK,
           &err, NULL);
    expect(folder, tl_printed_check_set(f->s, &set, f->arena, &rows, &err), TL_OK, &err, NULL);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    assert_int_equal(rows, want_rows);
}

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    tl_error err = { 0 };
    *state = f;
    assert_int_equal(tl_arena_new(&f->arena, 0, NULL), TL_OK);
    assert_int_equal(tl_store_open(&f->s, ":memory:", NULL, NULL), TL_OK);
    install(f, "cpp-2024-2", 630);
    install(f, "ipe-averages-2024", 151);
    expect(CPP, tl_printed_read(f->s, CPP, f->arena, &f->rows, &f->n, &err), TL_OK, &err, NULL);
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    tl_store_close(f->s);
    tl_arena_free(f->arena);
    free(f);
    return 0;
}

static tl_printed_row *find(tl_printed_row *rows, size_t n, const char *table, const char *subject,
                            const char *measure)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].table, table) == 0 && strcmp(rows[i].subject, subject) == 0 &&
            strcmp(rows[i].measure, measure) == 0)
            return &rows[i];
    fail_msg("no %s of %s in table %s", measure, subject, table);
    return NULL;
}

static const struct value_case {
    const char *table, *subject, *measure;
    double value;
    int decimals;
} value_cases[] = {
    { "3", "Great Wall", "share-below-mean", 35.7, 1 },
    { "3", "Lotus", "share-below-mean", 0, 1 },
    { "4", "Great Wall", "class-1-models", 29, 0 },
    { "4", "NIO", "class-1-share", 44.4, 1 }, /* as printed, in the place of FAW Passenger */
    { "4", "Fujian Benz", "class-1-share", 100, 1 },
    { "6", "Binguo EV", "class", 2, 0 },
    { "11", "Mercedes-Benz C Class", "sales-rank", 10, 0 },
    { "section 1 (2) b", "Geely Auto", "class-4-share", 23, 0 },
    { "section 1 (2) b", "TANK", "class-5-share", 20, 0 },
    { "section 1 (3)", "gasoline vehicles", "models", 4527, 0 },
    { "section 1 (3) a", "all styles", "mean-footprint", 261.27, 2 },
    { "section 1 (3) a", "domestic brands", "mean-footprint-nev", 201.16, 2 },
};

static size_t count(const fixture *f, const char *table, const char *measure)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++)
        n += (!table || strcmp(f->rows[i].table, table) == 0) &&
             strcmp(f->rows[i].measure, measure) == 0;
    return n;
}

static void test_rows(void **state)
{
    const fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(value_cases); i++) {
        const struct value_case *c = &value_cases[i];
        const tl_printed_row *r =
            find((tl_printed_row *)f->rows, f->n, c->table, c->subject, c->measure);
        if (r->value != c->value || r->decimals != c->decimals)
            fail_msg("%s %s: got %g", c->subject, c->measure, r->value);
    }
    assert_int_equal(count(f, "3", "share-below-mean"), 69);
    assert_int_equal(count(f, "4", "class-1-share"), 69);
    assert_int_equal(count(f, "4", "class-1-models"), 69);
    assert_int_equal(count(f, NULL, "class"), 70);
    assert_int_equal(count(f, NULL, "sales-rank"), 70);
    size_t calculating = 0;
    for (size_t i = 0; i < f->n; i++)
        calculating += isnan(f->rows[i].value) ? 1 : 0;
    assert_int_equal(calculating, 10); /* Qin L, Seal 06 DM-i and Song L DM-i */
}

/* The names that slipped, and what the report says wrongly whatever the names. */
static const char *const golden[] = {
    "BAIC Motor:tables-fit-models",
    "Beijing Automotive Manufacturing:tables-fit-models",
    "Chang'an Qiyuan:shares-fit-models",
    "Chery New Energy:shares-add-up",
    "Cowin:tables-fit-models",
    "FAW Passenger:tables-fit-models",
    "FAW Passenger:text-and-table",
    "FAW-Volkswagen:tables-fit-models",
    "FAW-Volkswagen:text-and-table",
    "GAC Honda:tables-fit-models",
    "GAC Honda:text-and-table",
    "Jianghuai:tables-fit-models",
    "NIO:tables-fit-models",
    "SAIC General:tables-fit-models",
    "SAIC General:text-and-table",
    "SAIC Volkswagen:shares-add-up",
    "SAIC Volkswagen:tables-fit-models",
    "SAIC Volkswagen:text-and-table",
    "VOYAH:rank-and-share",
    "VOYAH:text-and-table",
    "Volvo:tables-fit-models",
    "Volvo:text-and-table",
    "Xiaomi:tables-fit-models",
};

/* With NIO in its place, no. 57, and the nine names between one place up. */
static const char *const mended[] = {
    "BAIC Motor:tables-fit-models",   "Beijing Automotive Manufacturing:tables-fit-models",
    "Chery New Energy:shares-add-up", "Cowin:tables-fit-models",
    "Jianghuai:tables-fit-models",    "SAIC Volkswagen:shares-add-up",
    "VOYAH:rank-and-share",
};

static void check_findings(const fixture *f, const tl_printed_row *rows, const char *const *want,
                           size_t n_want)
{
    const tl_printed_finding *found;
    size_t n;
    tl_error err = { 0 };
    expect("check", tl_printed_check(rows, f->n, f->arena, &found, &n, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < n || i < n_want; i++) {
        const char *got =
            i < n ? tl_arena_printf(f->arena, "%s:%s", found[i].subject, found[i].rule) : "nothing";
        if (i >= n_want || strcmp(got, want[i]) != 0)
            fail_msg("finding %zu: got %s (%s), want %s", i, got, i < n ? found[i].en : "",
                     i < n_want ? want[i] : "nothing");
        assert_non_null(found[i].zh);
    }
}

static void test_golden(void **state)
{
    const fixture *f = *state;
    check_findings(f, f->rows, golden, TEST_COUNT(golden));
}

/* The numbers of table 4 stand in the order of their shares; the names no. 48 to 57 do not: moved
 * by one place all of them fit table 3 and the text. */
static void test_slipped(void **state)
{
    const fixture *f = *state;
    static const char *const names[] = {
        "NIO",          "FAW Passenger",   "GAC Honda",      "VOYAH", "SAIC Volkswagen",
        "SAIC General", "Chang'an Qiyuan", "FAW-Volkswagen", "Volvo", "Xiaomi"
    };
    static const char *const measures[] = { "class-1-share", "class-1-models" };
    const size_t n = TEST_COUNT(names);
    tl_printed_row *rows = tl_arena_alloc(f->arena, f->n, sizeof *rows);
    memcpy(rows, f->rows, f->n * sizeof *rows);
    for (size_t m = 0; m < TEST_COUNT(measures); m++)
        for (size_t i = 0; i < n; i++) { /* each takes the numbers beside the name before it */
            const char *before = names[(i + n - 1) % n];
            find(rows, f->n, "4", names[i], measures[m])->value =
                find((tl_printed_row *)f->rows, f->n, "4", before, measures[m])->value;
        }
    check_findings(f, rows, mended, TEST_COUNT(mended));
}

/* The makes of two groups, by whole numbers of models: together what table 4 says of the group. */
static const struct make_case {
    const char *group, *make;
    int64_t models[5];
} make_cases[] = {
    { "Great Wall", "WEY", { 6, 1, 0, 0, 0 } },
    { "Great Wall", "ORA", { 8, 0, 1, 1, 0 } },
    { "Great Wall", "HAVAL", { 14, 7, 21, 3, 2 } },
    { "Great Wall", "TANK", { 1, 2, 6, 7, 4 } },
    { "BYD", "Dynasty Series", { 48, 5, 4, 0, 0 } },
    { "BYD", "Alphabet Series", { 6, 2, 0, 0, 0 } },
    { "BYD", "Ocean Series", { 29, 6, 4, 0, 0 } },
    { "BYD", "FANGCHENGBAO", { 0, 1, 2, 0, 0 } },
};

static int64_t sum_of(const struct make_case *c)
{
    int64_t sum = 0;
    for (size_t k = 0; k < 5; k++)
        sum += c->models[k];
    return sum;
}

static void check_group(const fixture *f, const char *group, int64_t want_models)
{
    int64_t models = 0, first = 0;
    for (size_t i = 0; i < TEST_COUNT(make_cases); i++) {
        const struct make_case *c = &make_cases[i];
        const int64_t m = sum_of(c);
        if (strcmp(c->group, group) != 0)
            continue;
        for (size_t k = 0; k < 5; k++) {
            const char *measure = tl_arena_printf(f->arena, "class-%zu-share", k + 1);
            const double printed =
                find((tl_printed_row *)f->rows, f->n, "section 1 (2) b", c->make, measure)->value;
            if ((200 * c->models[k] + m) / (2 * m) != (int64_t)printed)
                fail_msg("%s %s: %lld of %lld is not %g%%", c->make, measure,
                         (long long)c->models[k], (long long)m, printed);
        }
        models += m;
        first += c->models[0];
    }
    const tl_printed_row *share =
        find((tl_printed_row *)f->rows, f->n, "4", group, "class-1-share");
    assert_int_equal(models, want_models);
    assert_int_equal(first,
                     find((tl_printed_row *)f->rows, f->n, "4", group, "class-1-models")->value);
    assert_int_equal((2000 * first + models) / (2 * models), lround(share->value * 10));
}

static void test_makes(void **state)
{
    check_group(*state, "Great Wall", 84);
    check_group(*state, "BYD", 107);
}

static void test_averages(void **state)
{
    const fixture *f = *state;
    const tl_printed_row *rows;
    const tl_printed_finding *found;
    size_t n, n_found;
    tl_error err = { 0 };
    expect(IPE, tl_printed_read(f->s, IPE "@2024", f->arena, &rows, &n, &err), TL_OK, &err, NULL);
    assert_int_equal(n, 151);
    assert_true(find((tl_printed_row *)rows, n, "appendix III", "沃尔沃汽车", "mean-aluminium-bev")
                    ->decimals == 1);
    expect(IPE, tl_printed_check(rows, n, f->arena, &found, &n_found, &err), TL_OK, &err, NULL);
    assert_int_equal(n_found, 0);
}

static void test_not_there(void **state)
{
    const fixture *f = *state;
    const tl_printed_row *rows;
    size_t n;
    tl_error err = { 0 };
    expect("unknown", tl_printed_read(f->s, "none", f->arena, &rows, &n, &err), TL_ENOTFOUND, &err,
           "none");
    const tl_dataset other = { .id = "x", .version = "1", .kind = "index" };
    int64_t count_rows;
    expect("kind", tl_printed_check_set(f->s, &other, f->arena, &count_rows, &err), TL_EINPUT, &err,
           "published-statistics");
    const tl_dataset empty = { .id = "x", .version = "1", .kind = "published-statistics" };
    expect("no rows", tl_printed_check_set(f->s, &empty, f->arena, &count_rows, &err), TL_EINPUT,
           &err, "rows.csv is missing");
}

/* Every company named is one of data/automakers. */
static void test_companies(void **state)
{
    const fixture *f = *state;
    static const char *const id[] = { "id" };
    char path[512];
    const char *source = getenv("TL_SOURCE");
    tl_file_view file;
    tl_sheet sheet;
    size_t at, named = 0;
    snprintf(path, sizeof path, "%s/data/automakers/companies.csv", source ? source : ".");
    assert_int_equal(tl_file_open(&file, path, 0, NULL), TL_OK);
    assert_int_equal(tl_sheet_read(&sheet, path, file.data, file.size, f->arena, NULL), TL_OK);
    assert_int_equal(tl_sheet_columns(&sheet, id, 1, &at, NULL), TL_OK);
    for (size_t i = 0; i < f->n; i++) {
        size_t k = 0;
        if (!*f->rows[i].company)
            continue;
        while (k < sheet.rows && strcmp(tl_sheet_text(&sheet, k, at), f->rows[i].company) != 0)
            k++;
        if (k == sheet.rows)
            fail_msg("%s: no company '%s'", f->rows[i].subject, f->rows[i].company);
        named++;
    }
    assert_true(named > 200);
    tl_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),      cmocka_unit_test(test_golden),
        cmocka_unit_test(test_slipped),   cmocka_unit_test(test_makes),
        cmocka_unit_test(test_averages),  cmocka_unit_test(test_not_there),
        cmocka_unit_test(test_companies),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
