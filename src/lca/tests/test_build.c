/* test_build.c - what a builder refuses, what a system tells, and the flat form against damage. */
#include <unistd.h>

#include "lca/tests/make.h"

#include "base/file.h"
#include "lca/image.h"

static const tl_lca_uncertainty none = { 0 };

/* Names that are refused; the builder already has activity "steel". */
static const struct name_case {
    const char *label;
    tl_lca_name name;
    const char *want; /* in the message; NULL = accepted */
} name_cases[] = {
    { "plain", { .id = "ore" }, NULL },
    { "all texts, in Chinese", { "钢", "钢铁", "千克", "CN" }, NULL },
    { "no id", { .name = "x" }, "without an id" },
    { "empty id", { .id = "" }, "without an id" },
    { "same id", { .id = "steel" }, "'steel' is there twice" },
    { "not UTF-8", { .id = "x", .name = "\xC3\x28" }, "'x'" },
};

static void test_names(void **state)
{
    (void)state;
    tl_lca_builder *b;
    tl_error err = { 0 };
    ok(tl_lca_builder_new(&b, &err), &err);
    ok(tl_lca_add_activity(b, &(tl_lca_name){ .id = "steel" }, NULL, &err), &err);
    size_t next = 1;
    for (size_t i = 0; i < sizeof name_cases / sizeof *name_cases; i++) {
        const struct name_case *c = &name_cases[i];
        size_t index = 99;
        tl_status st = tl_lca_add_activity(b, &c->name, &index, &err);
        if (c->want ? st != TL_EINPUT || !strstr(err.text, c->want) : st != TL_OK || index != next)
            fail_msg("%s: status %d index %zu (%s)", c->label, (int)st, index, err.text);
        next += st == TL_OK;
    }
    /* the same id may name a flow and a category */
    ok(tl_lca_add_flow(b, &(tl_lca_name){ .id = "steel" }, NULL, &err), &err);
    ok(tl_lca_add_category(b, &(tl_lca_name){ .id = "steel" }, NULL, &err), &err);
    assert_int_equal(tl_lca_builder_activity(b, "钢"), 2);
    assert_true(tl_lca_builder_activity(b, "gold") == TL_LCA_NONE);
    assert_int_equal(tl_lca_builder_flow(b, "steel"), 0);
    tl_lca_builder_free(b);
}

/* Entries of activities a0, a1 and flow f0. */
static const struct entry_case {
    const char *label;
    bool emission;
    struct amount entry;
    const char *want;
} entry_cases[] = {
    { "input", false, { 0, 1, 0.5, { 0 } }, NULL },
    { "no such activity", false, { 7, 1, 0.5, { 0 } }, "number 7" },
    { "no such input", false, { 0, 7, 0.5, { 0 } }, "'a0' refers to activity number 7" },
    { "no such flow", true, { 1, 3, 0.5, { 0 } }, "'a1' refers to flow number 3" },
    { "NaN", false, { 0, 1, NAN, { 0 } }, "activity 'a0', input 'a1'" },
    { "infinite emission", true, { 0, 0, INFINITY, { 0 } }, "activity 'a0', flow 'f0'" },
    { "unknown distribution", false, { 0, 1, 1, { 6, 0, 0, 0, 0 } }, "unknown distribution" },
    { "negative distribution", false, { 0, 1, 1, { -2, 0, 0, 0, 0 } }, "unknown distribution" },
    { "lognormal of 0", false, { 0, 1, 0, { 2, 0, 1, 0, 0 } }, "other than 0" },
    { "negative sigma", false, { 0, 1, 1, { 2, 0, -1, 0, 0 } }, "negative" },
    { "sigma NaN", false, { 0, 1, 1, { 3, 0, NAN, 0, 0 } }, "no number" },
    { "absurd sigma", false, { 0, 1, 1, { 2, 0, 50, 0, 0 } }, "beyond reason" },
    { "crossed", false, { 0, 1, 1, { 4, 0, 0, 2, 1 } }, "crossed" },
    { "mode outside", false, { 0, 1, 1, { 5, 3, 0, 1, 2 } }, "mode" },
    { "mode from an amount outside", false, { 0, 1, 9, { 5, NAN, 0, 1, 2 } }, "mode" },
    { "triangular", false, { 0, 1, 1.5, { 5, NAN, 0, 1, 2 } }, NULL },
    { "certain ignores the rest", false, { 0, 1, 1.5, { 1, NAN, NAN, NAN, 2 } }, NULL },
};

static void test_entries(void **state)
{
    (void)state;
    const double one = 1;
    tl_lca_builder *b = make_builder(2, 1, &one);
    for (size_t i = 0; i < sizeof entry_cases / sizeof *entry_cases; i++) {
        const struct entry_case *c = &entry_cases[i];
        const struct amount *e = &c->entry;
        tl_error err = { 0 };
        tl_status st = c->emission
                           ? tl_lca_add_emission(b, e->column, e->row, e->amount, &e->u, &err)
                           : tl_lca_add_input(b, e->column, e->row, e->amount, &e->u, &err);
        if (c->want ? st != TL_EINPUT || !strstr(err.text, c->want) : st != TL_OK)
            fail_msg("%s: status %d (%s)", c->label, (int)st, err.text);
    }
    tl_error err = { 0 };
    assert_int_equal(tl_lca_add_factor(b, 0, 9, 1, &err), TL_EINPUT);
    assert_non_null(strstr(err.text, "category 'gwp'"));
    assert_int_equal(tl_lca_add_factor(b, 3, 0, 1, &err), TL_EINPUT);
    tl_lca_builder_free(b);
}

static const struct finish_case {
    const char *label;
    struct small system;
    const char *want;
} finish_cases[] = {
    { "no activities", { .n = 0 }, "no activities" },
    { "empty column", { 2, { { 0, 1, 1, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } }, "'a1'" },
    { "production of 0",
      { 2, { { 0, 1, 1, { 0 } }, { 1, 1, 0, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      "'a1': its production is 0" },
    { "production that adds up to 0",
      { 1, { { 0, 0, 1, { 0 } }, { 0, 0, -1, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      "'a0': its production is 0" },
    { "a source that states its production",
      { 2, { { 0, 1, 1, { 0 } }, { 1, 1, 1, { 0 } } }, { { 0, 0, 1, { 0 } } }, { 1 } },
      NULL },
    { "emissions only", { 1, { { 0 } }, { { 0, 0, 1, { 0 } } }, { 1 } }, NULL },
};

static void test_finish(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof finish_cases / sizeof *finish_cases; i++) {
        const struct finish_case *c = &finish_cases[i];
        tl_error err = { 0 };
        tl_lca_system *s;
        tl_lca_builder *b = small_builder(&c->system);
        tl_status st = tl_lca_builder_finish(b, &s, &err);
        if (c->want ? st != TL_EINPUT || !strstr(err.text, c->want) || s : st != TL_OK)
            fail_msg("%s: status %d (%s)", c->label, (int)st, err.text);
        tl_lca_system_free(s);
        tl_lca_builder_free(b);
    }
}

/* A system with all that the flat form holds. */
static tl_lca_system *rich_system(void)
{
    static const double factors[] = { 1, 28 };
    tl_error err = { 0 };
    tl_lca_builder *b = make_builder(4, 2, factors);
    size_t at;
    ok(tl_lca_add_activity(b, &(tl_lca_name){ "电", "电力", "kWh", "CN" }, &at, &err), &err);
    ok(tl_lca_add_flow(b, &(tl_lca_name){ .id = "dust" }, NULL, &err), &err);
    ok(tl_lca_add_input(b, 0, 1, 0.5, &(tl_lca_uncertainty){ 2, NAN, 0.1, 0, 0 }, &err), &err);
    ok(tl_lca_add_input(b, 1, 0, 0.1, &(tl_lca_uncertainty){ 5, NAN, 0, 0, 1 }, &err), &err);
    ok(tl_lca_add_input(b, 2, at, 3, &(tl_lca_uncertainty){ 4, 0, 0, 2, 5 }, &err), &err);
    ok(tl_lca_add_input(b, 0, 2, 1, NULL, &err), &err);
    ok(tl_lca_add_input(b, 3, 3, 2, &(tl_lca_uncertainty){ 3, NAN, 0.1, 0, 0 }, &err), &err);
    ok(tl_lca_add_emission(b, at, 0, 0.6, &(tl_lca_uncertainty){ 2, NAN, 0.2, 0, 0 }, &err), &err);
    ok(tl_lca_add_emission(b, 1, 1, 0.01, NULL, &err), &err);
    ok(tl_lca_add_emission(b, 1, 2, 7, &none, &err), &err);
    return finish(b);
}

static void check_rich(const tl_lca_system *s)
{
    tl_lca_facts f;
    tl_lca_system_facts(s, &f);
    assert_true(f.activities == 5 && f.flows == 3 && f.categories == 1);
    assert_true(f.inputs == 4 && f.emissions == 3 && f.factors == 2 && f.uncertain == 5);
    assert_true(f.unused_flows == 1 && f.sources == 1);
    assert_int_equal(tl_lca_find_activity(s, "电"), 4);
    assert_int_equal(tl_lca_find_activity(s, "a3"), 3);
    assert_true(tl_lca_find_activity(s, "a") == TL_LCA_NONE);
    assert_true(tl_lca_find_activity(s, "") == TL_LCA_NONE);
    assert_int_equal(tl_lca_find_flow(s, "dust"), 2);
    assert_int_equal(tl_lca_find_category(s, "gwp"), 0);
    assert_string_equal(tl_lca_activity_name(s, 4).name, "电力");
    assert_string_equal(tl_lca_activity_name(s, 4).location, "CN");
    assert_string_equal(tl_lca_activity_name(s, 0).name, "");
    assert_string_equal(tl_lca_category_name(s, 0).unit, "kg CO2e");
    assert_string_equal(tl_lca_flow_name(s, 2).id, "dust");
}

static double score_of(const tl_lca_system *s)
{
    tl_error err = { 0 };
    const double *unit;
    tl_lca_solver *v = solver_of(s, TL_LCA_METHOD_AUTO);
    ok(tl_lca_unit_scores(v, 0, &unit, NULL, &err), &err);
    double score = unit[0];
    tl_lca_solver_free(v);
    return score;
}

static char *test_path(void)
{
    static char path[64];
    snprintf(path, sizeof path, "test_build.%d.lca", (int)getpid());
    return path;
}

static void test_save_load(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_lca_system *s = rich_system(), *back;
    check_rich(s);
    ok(tl_lca_system_save(s, test_path(), &err), &err);
    ok(tl_lca_system_load(&back, test_path(), &err), &err);
    check_rich(back);
    assert_true(score_of(s) == score_of(back));
    /* saving what was loaded gives the same bytes */
    char again[80];
    snprintf(again, sizeof again, "%s.again", test_path());
    ok(tl_lca_system_save(back, again, &err), &err);
    tl_file_view a, b;
    ok(tl_file_open(&a, test_path(), 0, &err), &err);
    ok(tl_file_open(&b, again, 0, &err), &err);
    assert_true(a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
    tl_file_close(&a);
    tl_file_close(&b);
    unlink(again);
    unlink(test_path());
    tl_lca_system_free(back);
    tl_lca_system_free(s);
    assert_int_equal(tl_lca_system_load(&back, "no-such-file.lca", &err), TL_ENOTFOUND);
    assert_int_equal(tl_lca_system_load(&back, ".", &err), TL_EINPUT);
}

/* Every byte of the file changed in turn, with the checksum as it was and made right again, and
 * every shorter length: refused, or still a system that can be used; never a crash (the sanitizers
 * watch). */
static void try_damaged(const char *data, size_t n, bool must_fail)
{
    tl_error err = { 0 };
    tl_lca_system *s;
    char *copy = aligned_alloc(64, (n + 64) / 64 * 64);
    assert_non_null(copy);
    memcpy(copy, data, n);
    tl_file_view view = { copy, n, false };
    tl_status st = lca_image_take(&s, &view, "damaged", &err);
    if (st != TL_OK && st != TL_EINPUT)
        fail_msg("status %d: %s", (int)st, err.text);
    assert_false(must_fail && st == TL_OK);
    if (st == TL_OK) {
        tl_lca_solver *v;
        size_t undefined;
        const double *unit;
        if (tl_lca_solver_new(&v, s, NULL, &err) == TL_OK) {
            ok(tl_lca_unit_scores(v, 0, &unit, &undefined, &err), &err);
            tl_lca_solver_free(v);
        }
        tl_lca_system_free(s);
    } else {
        free(copy);
    }
}

static void test_damage(void **state)
{
    (void)state;
    tl_error err = { 0 };
    tl_lca_system *s = rich_system();
    tl_file_view file;
    ok(tl_lca_system_save(s, test_path(), &err), &err);
    ok(tl_file_open(&file, test_path(), 0, &err), &err);
    size_t n = file.size;
    char *copy = malloc(n);
    assert_non_null(copy);
    memcpy(copy, file.data, n);
    tl_file_close(&file);
    for (size_t i = 0; i < n; i++) {
        copy[i] = (char)(copy[i] ^ 0x41);
        try_damaged(copy, n, true);
        lca_image_seal(copy, n);
        try_damaged(copy, n, false);
        copy[i] = (char)(copy[i] ^ 0x41);
        lca_image_seal(copy, n);
    }
    for (size_t cut = 0; cut < n; cut += 37)
        try_damaged(copy, cut, true);
    try_damaged(copy, n, false);
    free(copy);
    unlink(test_path());
    tl_lca_system_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),  cmocka_unit_test(test_entries),
        cmocka_unit_test(test_finish), cmocka_unit_test(test_save_load),
        cmocka_unit_test(test_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
