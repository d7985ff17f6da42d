/* Many records at once: which are listed, what a bulk of them writes, and parts as columns. */
#include "registry/record_list.h"
#include "registry/record_table.h"
#include "registry/tests/record_test.h"

static void test_list(void **state)
{
    record_fixture *f = *state;
    tl_record one = record_car("car-1", 201), two = record_car("car-2", 150);
    const tl_record *list;
    size_t n;
    bool same;
    two.powertrain = "bev";
    record_publish(f, &one, "2026-01-02");
    record_expect("put", record_put(f, &two, &same), TL_OK, &f->err, NULL);
    one.value = 199;
    one.reason = "corrected";
    record_expect("correct", record_put(f, &one, &same), TL_OK, &f->err, NULL);
    const struct list_case {
        const char *label;
        tl_record_filter filter;
        size_t n;
        const char *first;
    } cases[] = {
        { "all", { .kind = TL_RECORD_VEHICLE }, 2, "car-1" },
        { "another kind", { .kind = TL_RECORD_EPD }, 0, NULL },
        { "by powertrain", { .kind = TL_RECORD_VEHICLE, .powertrain = "bev" }, 1, "car-2" },
        { "by maker", { .kind = TL_RECORD_VEHICLE, .maker = "Lynk & Co" }, 2, "car-1" },
        { "the newest is not published",
          { .kind = TL_RECORD_VEHICLE, .state = "published" },
          0,
          NULL },
        { "by state", { .kind = TL_RECORD_VEHICLE, .state = "preliminary" }, 2, "car-1" },
        { "in force, whatever is being corrected",
          { .kind = TL_RECORD_VEHICLE, .in_force = true },
          1,
          "car-1" },
        { "lowest value first", { .kind = TL_RECORD_VEHICLE, .sort = "value" }, 2, "car-2" },
        { "highest value first", { .kind = TL_RECORD_VEHICLE, .sort = "-value" }, 2, "car-1" },
        { "ids the other way by nothing else",
          { .kind = TL_RECORD_VEHICLE, .sort = "maker" },
          2,
          "car-1" },
        { "a page", { .kind = TL_RECORD_VEHICLE, .limit = 1 }, 1, "car-1" },
        { "the next page", { .kind = TL_RECORD_VEHICLE, .limit = 1, .offset = 1 }, 1, "car-2" },
        { "beyond the last", { .kind = TL_RECORD_VEHICLE, .limit = 5, .offset = 9 }, 0, NULL },
        { "a word in any case", { .kind = TL_RECORD_VEHICLE, .search = "CAR-2" }, 1, "car-2" },
        { "a mark of LIKE is itself", { .kind = TL_RECORD_VEHICLE, .search = "car_2" }, 0, NULL },
        { "in no round", { .kind = TL_RECORD_VEHICLE, .batch = "none" }, 0, NULL },
    };
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        record_expect(cases[i].label,
                      tl_record_list(f->s, &cases[i].filter, f->arena, &list, &n, &f->err), TL_OK,
                      &f->err, NULL);
        if (n != cases[i].n || (n && strcmp(list[0].id, cases[i].first) != 0))
            fail_msg("%s: %zu records, want %zu", cases[i].label, n, cases[i].n);
        int64_t counted;
        record_expect(cases[i].label, tl_record_count(f->s, &cases[i].filter, &counted, &f->err),
                      TL_OK, &f->err, NULL);
        if (cases[i].filter.limit == 0 && counted != (int64_t)n)
            fail_msg("%s: counted %lld, listed %zu", cases[i].label, (long long)counted, n);
    }
    record_expect("all", tl_record_list(f->s, &cases[0].filter, f->arena, &list, &n, NULL), TL_OK,
                  &f->err, NULL);
    assert_int_equal(list[0].version, 2);
    assert_int_equal(list[0].n_parts, 3);
}

static void test_bulk(void **state)
{
    record_fixture *f = *state;
    tl_record_bulk *b;
    tl_record_change change;
    tl_record one = record_car("car-1", 201), bad = record_car("car-2", -1);
    char first[TL_SHA256_HEX], empty[TL_SHA256_HEX];
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    assert_int_equal(tl_record_bulk_new(&b, f->s, "anna", NULL), TL_OK);
    assert_int_equal(tl_record_bulk_put(b, &one, &change, NULL), TL_OK);
    assert_int_equal(change, TL_RECORD_NEW);
    assert_int_equal(tl_record_bulk_put(b, &bad, &change, NULL), TL_EINPUT);
    assert_int_equal(tl_record_bulk_digest(b, first, NULL), TL_OK);
    assert_int_equal(tl_record_bulk_put(b, &one, &change, NULL), TL_OK);
    assert_int_equal(change, TL_RECORD_SAME);
    assert_int_equal(tl_record_bulk_digest(b, empty, NULL), TL_OK);
    assert_string_not_equal(first, empty);
    one.value = 200;
    assert_int_equal(tl_record_bulk_put(b, &one, &change, NULL), TL_OK);
    assert_int_equal(change, TL_RECORD_CHANGED);
    tl_record_bulk_free(b);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
}

static const struct part_case {
    const char *label;
    tl_record_part part;
    const char *column; /* NULL: cannot be one */
} part_cases[] = {
    { "a stage", { "stage", "materials", 1, "g CO2e/km" }, "stage:materials" },
    { "a key with a colon", { "material", "a:b", 1, "kg" }, "material:a:b" },
    { "a key with brackets", { "material", "x [y]", 1, "kg" }, "material:x [y]" },
    { "an indicator",
      { "indicator", "gwp-fossil", 1, "kg CO2e" },
      "indicator:gwp-fossil [kg CO2e]" },
    { "an indicator with brackets", { "indicator", "a [b]", 1, "m3" }, "indicator:a [b] [m3]" },
    { "a unit with brackets", { "indicator", "a", 1, "m [x]" }, NULL },
    { "a blank at the end", { "stage", "a ", 1, "kg" }, NULL },
};

static void test_parts(void **state)
{
    record_fixture *f = *state;
    for (size_t i = 0; i < RECORD_COUNT(part_cases); i++) {
        const struct part_case *c = &part_cases[i];
        tl_buf b;
        tl_record_part back;
        bool is_part;
        tl_buf_init(&b, 0);
        record_expect(c->label, tl_record_part_column(&c->part, &b, &f->err),
                      c->column ? TL_OK : TL_EINPUT, &f->err, NULL);
        if (c->column) {
            assert_string_equal(tl_buf_text(&b), c->column);
            record_expect(c->label,
                          tl_record_part_parse(c->column, f->arena, &back, &is_part, &f->err),
                          TL_OK, &f->err, NULL);
            assert_true(is_part);
            assert_string_equal(back.kind, c->part.kind);
            assert_string_equal(back.key, c->part.key);
            if (strcmp(back.kind, "indicator") == 0)
                assert_string_equal(back.unit, c->part.unit);
        }
        tl_buf_clear(&b);
    }
    tl_record_part part;
    bool is_part = true;
    assert_int_equal(tl_record_part_parse("product", f->arena, &part, &is_part, NULL), TL_OK);
    assert_false(is_part);
    static const char *const bad[] = { "stage:", "indicator:a", "indicator:a []",
                                       "indicator: [b]" };
    for (size_t i = 0; i < RECORD_COUNT(bad); i++)
        if (tl_record_part_parse(bad[i], f->arena, &part, &is_part, NULL) != TL_EINPUT)
            fail_msg("%s: taken for a part", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_list, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_bulk, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_parts, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
