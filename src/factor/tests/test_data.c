/* test_data.c - the sets that ship: they install and load whole, are found by what people type, and
 * no default is an unverified one. */
#include "factor/tests/factor_test.h"

#include <dirent.h>

#include "base/file.h"
#include "base/map.h"
#include "format/csv.h"

static char *data_folder(factor_fixture *f)
{
    const char *source = getenv("TL_SOURCE");
    return tl_path_join(f->arena, source ? source : ".", "data");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Installs and loads every set of kind "factors" below data/; how many there were. */
static size_t load_all(factor_fixture *f)
{
    const char *names[256] = { NULL };
    size_t n = 0, loaded = 0;
    char *folder = data_folder(f);
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) && n < TEST_COUNT(names);)
        if (e->d_name[0] != '.')
            names[n++] = tl_arena_str(f->arena, e->d_name);
    closedir(d);
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        tl_dataset set;
        bool already;
        int64_t rows = 0, listed = 0;
        const char *path = tl_path_join(f->arena, folder, names[i]);
        if (!tl_file_exists(tl_path_join(f->arena, path, "manifest.yaml")))
            continue;
        if (tl_dataset_load(&set, path, f->arena, &f->err) != TL_OK)
            fail_msg("%s: %s", names[i], f->err.text);
        if (strcmp(set.kind, "factors") != 0)
            continue;
        assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
        if (tl_dataset_install(f->s, path, "test", f->arena, &set, &already, &f->err) != TL_OK ||
            tl_factor_load(f->s, &set, f->arena, &rows, &f->err) != TL_OK ||
            tl_store_commit(f->s, &f->err) != TL_OK)
            fail_msg("%s: %s", names[i], f->err.text);
        for (size_t k = 0; k < set.file_count; k++)
            if (tl_text_starts(set.files[k].path, "factors"))
                listed += set.files[k].rows;
        if (rows != listed || rows == 0)
            fail_msg("%s: %lld rows, manifest says %lld", names[i], (long long)rows,
                     (long long)listed);
        loaded++;
    }
    return loaded;
}

/* What people type, and the reference that must come first. */
static const struct found_case {
    tl_factor_query query;
    const char *first; /* set/key */
    size_t least;      /* at least so many hits */
} found_cases[] = {
    { { .text = "电解铝", .region = "CN", .year = 2023 },
      "processes-cn/aluminium-anode-ndrc2013",
      5 },
    { { .text = "aluminium", .region = "CN", .year = 2023 },
      "processes-cn/aluminium-anode-ndrc2013",
      6 },
    { { .text = "steel", .region = "CN", .year = 2023 },
      "materials/crude-steel-bf-bof-cn-2018",
      5 },
    { { .text = "钢", .region = "CN", .year = 2023 }, "materials/crude-steel-bf-bof-cn-2018", 5 },
    { { .text = "铝" },
      "uk-2025/material-metal-aluminium-cans-and-foil-excl-forming-closed-loop",
      10 },
    { { .text = "R134a" }, "gas-release/hfc-134a-ar6", 2 },
    { { .text = "R134a制冷剂" }, "gas-release/hfc-134a-ar6", 2 },
    { { .text = "制冷剂" }, NULL, 20 },
    { { .text = "全国电力平均碳足迹因子" }, "electricity-footprint-cn/cn-2024-average", 2 },
    { { .text = "云南 电力", .year = 2023 }, "grid-electricity-cn/cn-yn-2023-average", 3 },
    { { .text = "电力", .region = "CN-YN", .year = 2022 },
      "grid-electricity-cn/cn-yn-2022-average",
      2 },
    { { .text = "粗钢 EAF", .region = "CN" }, "materials/crude-steel-eaf-cn-2018", 1 },
    { { .text = "天然气", .region = "CN" }, NULL, 3 },
    { { .text = "diesel", .category = "fuel" }, NULL, 10 },
};

static void test_found(void **state)
{
    factor_fixture *f = *state;
    assert_true(load_all(f) >= 7);
    for (size_t i = 0; i < TEST_COUNT(found_cases); i++) {
        const struct found_case *c = &found_cases[i];
        const tl_factor *rows;
        size_t n;
        assert_int_equal(tl_factor_search(f->s, &c->query, f->arena, &rows, &n, &f->err), TL_OK);
        const char *first =
            n ? tl_arena_printf(f->arena, "%s/%s", rows->set, rows->key) : "nothing";
        if (n < c->least || (c->first && strcmp(first, c->first) != 0))
            fail_msg("'%s' %s: %zu hits, first %s, want %s", c->query.text,
                     c->query.region ? c->query.region : "", n, first, c->first ? c->first : "any");
    }
}

/* Numbers against the announcements and tables named in the sets. */
static const struct value_case {
    const char *reference;
    double value;
    const char *unit;
} value_cases[] = {
    { "grid-electricity-cn/cn-2021-average", 0.5568, "kgCO2/kWh" },
    { "grid-electricity-cn/cn-2022-average", 0.5366, "kgCO2/kWh" },
    { "grid-electricity-cn/cn-2023-average", 0.5306, "kgCO2/kWh" },
    { "grid-electricity-cn/cn-yn-2023-average", 0.1333, "kgCO2/kWh" },
    { "electricity-footprint-cn/cn-2023-average", 0.6205, "kgCO2e/kWh" },
    { "electricity-footprint-cn/cn-2024-average", 0.5777, "kgCO2e/kWh" },
    { "materials/crude-steel-bf-bof-cn-2018", 1.84, "tCO2/t" },
    { "gas-release/hfc-134a-ar6", 1530, "kgCO2e/kg" },
    { "fuels-cn/ipcc2006-diesel", 74.1, "tCO2/TJ" },
    /* 389.31 GJ/1e4 Nm3 x 15.3 tC/TJ x 0.99 x 44/12 / 10 */
    { "fuels-cn/ndrc2013-natural-gas", 2.1621888, "kgCO2/Nm3" },
    /* 0.42 x (1 - 0.02 - 0.004) x 44/12 */
    { "processes-cn/aluminium-anode-ndrc2013", 1.50304, "tCO2/t" },
};

static void test_values(void **state)
{
    factor_fixture *f = *state;
    load_all(f);
    for (size_t i = 0; i < TEST_COUNT(value_cases); i++) {
        const struct value_case *c = &value_cases[i];
        tl_factor g;
        if (tl_factor_get(f->s, c->reference, f->arena, &g, &f->err) != TL_OK)
            fail_msg("%s: %s", c->reference, f->err.text);
        if (g.value < c->value - 1e-9 || g.value > c->value + 1e-9 || strcmp(g.unit, c->unit) != 0)
            fail_msg("%s: %.12g %s, want %.12g %s", c->reference, g.value, g.unit, c->value,
                     c->unit);
    }
}

/* With verified only, nothing unverified comes back, and everything verified does. */
static void test_no_unverified_default(void **state)
{
    factor_fixture *f = *state;
    const tl_factor *rows;
    size_t all, verified, unverified = 0;
    load_all(f);
    const tl_factor_query any = { .limit = 1000000 }, only = { .limit = 1000000, .verified = true };
    assert_int_equal(tl_factor_search(f->s, &any, f->arena, &rows, &all, &f->err), TL_OK);
    for (size_t i = 0; i < all; i++)
        unverified += !rows[i].verified;
    assert_true(unverified > 0); /* else this test shows nothing */
    assert_int_equal(tl_factor_search(f->s, &only, f->arena, &rows, &verified, &f->err), TL_OK);
    for (size_t i = 0; i < verified; i++)
        assert_true(rows[i].verified);
    assert_int_equal(verified + unverified, all);
}

/* The guides of fuels-cn stay apart, and every fuel has a factor or says why not. One of the 84
 * known fuels, power coal of the MEE guide of 2022, stays out for want of a source. */
static void test_fuels(void **state)
{
    factor_fixture *f = *state;
    static const struct {
        const char *prefix;
        size_t want;
    } guides[] = { { "ndrc2013-power-", 1 },
                   { "ndrc2013-", 22 },
                   { "gbt32151-22-", 26 },
                   { "mee2023-", 22 },
                   { "ipcc2006-", 12 } };
    size_t counts[TEST_COUNT(guides)] = { 0 }, total = 0, empty = 0;
    tl_csv *csv;
    bool more;
    load_all(f);
    const char *path = tl_path_join(f->arena, data_folder(f), "fuels-cn/fuels.csv");
    assert_int_equal(tl_csv_open(&csv, path, NULL, &f->err), TL_OK);
    while (tl_csv_next(csv, &more, &f->err) == TL_OK && more) {
        tl_span key = tl_csv_cell(csv, tl_csv_column(csv, "key")),
                value = tl_csv_cell(csv, tl_csv_column(csv, "emission_factor")),
                reason = tl_csv_cell(csv, tl_csv_column(csv, "reason_if_empty"));
        char *text = tl_arena_copy(f->arena, key.p, key.n);
        size_t g = 0;
        tl_factor factor;
        while (g < TEST_COUNT(guides) && !tl_text_starts(text, guides[g].prefix))
            g++;
        if (g < TEST_COUNT(guides))
            counts[g]++;
        else
            fail_msg("%s: of no known guide", text);
        total++;
        empty += value.n == 0;
        if ((value.n == 0) != (reason.n > 0))
            fail_msg("%s: needs a factor or a reason, and not both", text);
        const char *reference = tl_arena_printf(f->arena, "fuels-cn/%s", text);
        tl_status st = tl_factor_get(f->s, reference, f->arena, &factor, &f->err);
        if (st != (value.n ? TL_OK : TL_ENOTFOUND))
            fail_msg("%s: %s", reference, tl_status_name(st));
    }
    tl_csv_close(csv);
    for (size_t g = 0; g < TEST_COUNT(guides); g++)
        if (counts[g] != guides[g].want)
            fail_msg("%s: %zu fuels, want %zu", guides[g].prefix, counts[g], guides[g].want);
    assert_int_equal(total, 83);
    assert_int_equal(empty, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_values, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_no_unverified_default, factor_setup, factor_teardown),
        cmocka_unit_test_setup_teardown(test_fuels, factor_setup, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
