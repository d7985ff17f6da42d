/* test_index.c - a definition is read as it stands, within its limits. */
#include "rating/tests/index_test.h"

#include "base/clock.h"

static void test_small(void **state)
{
    index_fixture *f = *state;
    index_load_small(f);
    const tl_index *x = &f->x;
    assert_string_equal(x->id, "small");
    assert_string_equal(x->title_zh, "小");
    assert_int_equal(x->kind, TL_INDEX_POINTS);
    assert_true(x->weighted);
    assert_int_equal(x->full, 20 * TL_POINT);
    assert_int_equal(x->n_items, 13);
    assert_int_equal(x->n_slots, 8);
    assert_int_equal(x->n_groups, 4);
    assert_int_equal(x->groups[2].max, 7 * TL_POINT);
    assert_int_equal(x->groups[3].max, 7 * TL_POINT); /* the parallel one is not counted again */
    assert_int_equal(x->groups[3].weight, TL_SCOPE3);

    const tl_index_item *disclosure = &x->items[tl_index_find_item(x, "2.1.1")];
    assert_int_equal(disclosure->step, TL_POINT);
    assert_int_equal(disclosure->slot, 2);
    assert_string_equal(x->items[disclosure->parent].code, "2.1");
    assert_int_equal(x->items[tl_index_find_item(x, "2.1.2")].step, TL_POINT / 2);
    const tl_index_item *parallel = &x->items[tl_index_find_item(x, "2.2.2p")];
    assert_string_equal(x->items[parallel->parallel_of].code, "2.2.2");
    assert_int_equal(x->slot_items[parallel->slot], tl_index_find_item(x, "2.2.2p"));
    assert_int_equal(x->items[tl_index_find_item(x, "2.1")].slot, -1);
    assert_int_equal(x->items[tl_index_find_item(x, "2.1")].group, -1);
    assert_string_equal(x->items[tl_index_find_item(x, "1.1.1")].evidence_zh, "公开声明");
    assert_int_equal(tl_index_find_item(x, "9"), -1);
    assert_int_equal(tl_index_find_item(x, ""), -1);

    assert_int_equal(x->bands[0].from, 10 * TL_TOTAL_POINT);
    assert_true(x->bands[0].above && !x->bands[1].above);
    assert_int_equal(tl_index_find_industry(x, "iron-and-steel")->scope12, 8000);
    assert_null(tl_index_find_industry(x, "banks"));
    assert_string_equal(tl_index_find_mark(x, "item:2.2.2p")->mark, "design");
    assert_null(tl_index_find_mark(x, "item:2.2.1"));
}

static void test_themes(void **state)
{
    static const struct {
        const char *code, *short_en;
        size_t slots[4], n;
        tl_points max;
        int group;
        bool in_total, printed;
    } rows[] = {
        { "governance", "Gov", { 0, 1 }, 2, 4000, 0, true, true },
        { "own", "Scope 1 and 2", { 2, 3 }, 2, 7000, 2, true, true },
        { "chain", "S3", { 4, 5, 6 }, 3, 7000, 3, true, true },
        { "footprint", "PCF", { 7 }, 1, 2000, 1, true, false },
        { "steel", "Steel", { 4 }, 1, 3000, 3, false, true },
        { "guidance", "Guide suppliers", { 1, 5, 6 }, 3, 6000, -1, false, true },
    };
    index_fixture *f = *state;
    index_load_small(f);
    assert_int_equal(f->x.n_themes, TEST_COUNT(rows));
    assert_int_equal(tl_index_find_theme(&f->x, "none"), -1);
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        int at = tl_index_find_theme(&f->x, rows[i].code);
        const tl_index_theme *t = &f->x.themes[i];
        if (at != (int)i || t->n_slots != rows[i].n || t->max != rows[i].max ||
            t->group != rows[i].group || t->in_total != rows[i].in_total ||
            t->printed != rows[i].printed || strcmp(t->short_en, rows[i].short_en) != 0)
            fail_msg("%s: place %d, %zu slots, max %d, group %d, '%s'", rows[i].code, at,
                     t->n_slots, t->max, t->group, t->short_en);
        for (size_t k = 0; k < t->n_slots; k++)
            assert_int_equal(t->slots[k], rows[i].slots[k]);
    }
}

/* A band may be a single total: above 10, exactly 10, from 6, the rest. */
static void test_bands(void **state)
{
    static const index_change change = { "bands.csv", "middle,Middle",
                                         "ten,Ten,十,10,no\nmiddle,Middle" };
    index_fixture *f = *state;
    expect("two from 10", index_load(f, small_index, TEST_COUNT(small_index), &change), TL_OK,
           &f->err, NULL);
    assert_int_equal(f->x.n_bands, 4);
    assert_true(f->x.bands[0].from == f->x.bands[1].from);
}

/* A parent below its child: it moves up just before it, and the indicators keep their slots. */
static void test_order(void **state)
{
    static const char header[] = "code,parent,level,name_en,name_zh,max_points,step,group,"
                                 "requirement,parallel_of,evidence_en,evidence_zh\n";
    static const char rows[] = "2.2.2p,2.2,indicator,P,,4,,scope3,,2.2.2,,\n"
                               "2.3,2,indicator,F,,2,,product,,,,\n"
                               "1.1.1,1.1,indicator,A,,2,,governance,,,,\n"
                               "1.1,1,sub-dimension,B,,4,,,,,,\n"
                               "2.1.1,2.1,indicator,C,,4,,scope12,,,,\n"
                               "1.1.2,1.1,indicator,D,,2,,governance,,,,\n"
                               "1,,dimension,E,,4,,,,,,\n"
                               "2.2,2,sub-dimension,G,,7,,,,,,\n"
                               "2.1.2,2.1,indicator,H,,3,,scope12,,,,\n"
                               "2,,dimension,I,,16,,,,,,\n"
                               "2.1,2,sub-dimension,J,,7,,,,,,\n"
                               "2.2.1,2.2,indicator,K,,3,,scope3,,,,\n"
                               "2.2.2,2.2,indicator,L,,4,,scope3,,,,\n";
    static const char *const want[] = { "2",   "2.2",   "2.2.2p", "2.3",   "1",     "1.1",  "1.1.1",
                                        "2.1", "2.1.1", "1.1.2",  "2.1.2", "2.2.1", "2.2.2" };
    static const char *const slots[] = { "2.2.2p", "2.3",   "1.1.1", "2.1.1",
                                         "1.1.2",  "2.1.2", "2.2.1", "2.2.2" };
    index_fixture *f = *state;
    char text[2048];
    snprintf(text, sizeof text, "%s%s", header, rows);
    const index_change change = { "items.csv", NULL, text };
    expect("order", index_load(f, small_index, TEST_COUNT(small_index), &change), TL_OK, &f->err,
           NULL);
    assert_int_equal(f->x.n_items, TEST_COUNT(want));
    for (size_t i = 0; i < TEST_COUNT(want); i++) {
        assert_string_equal(f->x.items[i].code, want[i]);
        assert_true(f->x.items[i].parent < (int)i);
        assert_int_equal(tl_index_find_item(&f->x, want[i]), i);
    }
    for (size_t i = 0; i < TEST_COUNT(slots); i++)
        assert_string_equal(f->x.items[f->x.slot_items[i]].code, slots[i]);
}

static void test_stars(void **state)
{
    index_fixture *f = *state;
    index_load_stars(f);
    assert_int_equal(f->x.kind, TL_INDEX_STARS);
    assert_int_equal(f->x.n_slots, 6);
    assert_int_equal(f->x.n_stars, 5);
    assert_int_equal(f->x.stars[1].share_from, 6000);
    assert_int_equal(f->x.stars[2].share_from, -1);
    assert_int_equal(f->x.items[5].requirement, TL_BONUS);
    const index_change no_items = { "items.csv", NULL, NULL };
    expect("without items", index_load(f, star_index, TEST_COUNT(star_index), &no_items), TL_OK,
           &f->err, NULL);
    assert_int_equal(f->x.n_items, 0);
}

/* items.csv with n indicators of one point below one dimension. */
static void write_items(tl_buf *b, size_t n, const char *evidence)
{
    tl_buf_str(b, "code,parent,level,name_en,name_zh,max_points,step,group,requirement,"
                  "parallel_of,evidence_en,evidence_zh\n");
    tl_buf_printf(b, "1,,dimension,D,,%zu,,,,,,\n", n);
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(b, "1.%zu,1,indicator,I,,1,,governance,,,%s,\n", i, evidence);
    assert_int_equal(tl_buf_status(b, NULL), TL_OK);
}

/* A million indicators cost no time: the first row too many ends the reading. */
static void test_limits(void **state)
{
    index_fixture *f = *state;
    tl_buf b;
    tl_buf_init(&b, 0);
    write_items(&b, 3000, "");
    const index_change rows = { "items.csv", NULL, tl_buf_text(&b) };
    expect("3,001 rows", index_load(f, small_index, TEST_COUNT(small_index), &rows), TL_EINPUT,
           &f->err, "items.csv:2002: more than 2000 rows");

    tl_buf_reset(&b);
    write_items(&b, 1000000, "");
    const tl_index_text million[] = { small_index[0],
                                      small_index[1],
                                      { "items.csv", tl_buf_text(&b), 0 } };
    double start = tl_clock_s();
    size_t before = tl_arena_used_bytes(f->arena);
    expect("a million rows", index_load(f, million, 3, NULL), TL_EINPUT, &f->err,
           " bytes, expected at most 4194304");
    assert_true(tl_clock_s() - start < 1);
    assert_true(tl_arena_used_bytes(f->arena) - before < 1 << 20);

    char *text = calloc(1, TL_INDEX_TEXT_MAX + 2);
    assert_non_null(text);
    memset(text, 'x', TL_INDEX_TEXT_MAX + 1);
    tl_buf_reset(&b);
    write_items(&b, 1, text);
    const index_change evidence = { "items.csv", NULL, tl_buf_text(&b) };
    expect("evidence", index_load(f, small_index, TEST_COUNT(small_index), &evidence), TL_EINPUT,
           &f->err, "items.csv:3: column 'evidence_en': 4001 bytes, expected at most 4000");
    text[TL_INDEX_NAME_MAX + 1] = '\0';
    const index_change name = { "groups.csv", "Governance", text };
    expect("name", index_load(f, small_index, TEST_COUNT(small_index), &name), TL_EINPUT, &f->err,
           "groups.csv:2: column 'name_en': 601 bytes, expected at most 600");
    free(text);
    tl_buf_clear(&b);
}

static void test_twice(void **state)
{
    index_fixture *f = *state;
    const tl_index_text twice[] = { small_index[0], small_index[1], small_index[0] };
    expect("file twice", index_load(f, twice, 3, NULL), TL_EINPUT, &f->err,
           "index.csv comes twice");
}

/* The arena may be too small at any point: an error, and nothing half-made. */
static void test_memory(void **state)
{
    index_fixture *f = *state;
    tl_arena *whole = f->arena;
    size_t refused = 0;
    for (size_t limit = 1024; limit < 200000; limit += 1024) {
        assert_int_equal(tl_arena_new(&f->arena, limit, NULL), TL_OK);
        tl_status st = index_load(f, small_index, TEST_COUNT(small_index), NULL);
        assert_true(st == TL_OK || st == TL_ENOMEM);
        assert_true(st == TL_OK || f->x.n_items == 0);
        refused += st != TL_OK;
        tl_arena_free(f->arena);
    }
    f->arena = whole;
    assert_true(refused > 0 && refused < 190);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_small, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_themes, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_bands, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_order, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_stars, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_limits, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_twice, index_setup, index_teardown),
        cmocka_unit_test_setup_teardown(test_memory, index_setup, index_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
