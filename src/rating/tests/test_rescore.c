/* test_rescore.c - old answers under a changed definition, and the definition changed. */
#include "rating/index_revise.h"
#include "rating/rescore.h"
#include "rating/tests/index_test.h"
#include "rating/tests/view_test.h"

/* small_index with its lengths. */
static size_t small_texts(tl_index_text *out)
{
    size_t n = sizeof small_index / sizeof *small_index;
    for (size_t i = 0; i < n; i++) {
        out[i] = small_index[i];
        out[i].n = strlen(out[i].data);
    }
    return n;
}

static const tl_dataset set = { .id = "small", .version = "1", .date = "2026-01-01" };

static const struct revise_case {
    const char *label, *changes[3];
    const char *want; /* in the message; NULL: it is a definition */
    const char *code;
    tl_points max;
} revise_cases[] = {
    { "one up, one down", { "1.1.1=3", "1.1.2=1" }, NULL, "1.1.1", 3000 },
    { "parents follow, and what stands beside", { "2.2.1=4", "2.2.2=3" }, NULL, "2.2.2p", 3000 },
    { "the dimension is worth more", { "1.1.1=2.5", "2.3=1.5" }, NULL, "1", 4500 },
    { "a weight", { "industry:automobile=45.5%" }, NULL, "1.1.1", 2000 },
    { "the sum is no longer 20", { "1.1.1=3" }, "come to 21", NULL, 0 },
    { "scope 1 and 2 no longer worth scope 3", { "2.1.1=5", "1.1.1=1" }, "scope3", NULL, 0 },
    { "no indicator", { "1.1=5" }, "no indicator '1.1'", NULL, 0 },
    { "nothing of that code", { "9.9=5" }, "no indicator '9.9'", NULL, 0 },
    { "a parallel one", { "2.2.2p=2" }, "beside it", NULL, 0 },
    { "no number", { "1.1.1=many" }, "'1.1.1=many'", NULL, 0 },
    { "no change", { "1.1.1" }, "expected CODE=POINTS", NULL, 0 },
    { "no such industry", { "industry:bakery=10%" }, "no industry 'bakery'", NULL, 0 },
    { "above all", { "industry:automobile=140%" }, "industry:automobile", NULL, 0 },
};

static void test_revise(void **state)
{
    view_fixture *f = *state;
    for (size_t i = 0; i < VIEW_COUNT(revise_cases); i++) {
        const struct revise_case *c = &revise_cases[i];
        tl_index_text texts[INDEX_TEXTS];
        size_t n = small_texts(texts), changes = 0;
        tl_error err = { 0 };
        tl_index x;
        while (changes < 3 && c->changes[changes])
            changes++;
        tl_status st = tl_index_revise(texts, n, c->changes, changes, f->arena, &err);
        if (st == TL_OK)
            st = tl_index_parse(&set, texts, n, f->arena, &x, &err);
        if ((st == TL_OK) != (c->want == NULL) || (c->want && !strstr(err.text, c->want)))
            fail_msg("%s: %d %s", c->label, (int)st, err.text);
        if (st == TL_OK && x.items[tl_index_find_item(&x, c->code)].max != c->max)
            fail_msg("%s: %s is worth %d", c->label, c->code,
                     (int)x.items[tl_index_find_item(&x, c->code)].max);
    }
}

/* With the same definition nothing moves. */
static void test_same(void **state)
{
    view_fixture *f = *state;
    tl_edition e = view_dozen_edition(f);
    tl_rescore r;
    assert_int_equal(tl_rescore_make(&e, &f->x, f->arena, &r, NULL), TL_OK);
    assert_int_equal(r.n, e.n);
    assert_int_equal(r.left_out, 0);
    assert_int_equal(r.gone, 0);
    for (size_t i = 0; i < r.n; i++) {
        assert_int_equal(r.league[i].rank, r.league[i].rank_before);
        assert_int_equal(r.league[i].card->score.total, r.league[i].total_before);
    }
}

/* small_index, two firms. A: pledge 2 of 2, disclosure 0; B: pledge 0, disclosure 3 of 4.
 * w = 0.3: A 2 + 0 = 2; B 0.6 x 3 = 1.8. With the pledge worth 1 and the supplier code 3:
 * A 1; B stays 1.8 and is first. */
static void test_moved(void **state)
{
    view_fixture *f = *state;
    tl_index_text texts[INDEX_TEXTS];
    const char *const changes[] = { "1.1.1=1", "1.1.2=3" };
    size_t n = small_texts(texts);
    tl_index was, now;
    tl_rescore r;
    assert_int_equal(tl_index_parse(&set, texts, n, f->arena, &was, NULL), TL_OK);
    assert_int_equal(tl_index_revise(texts, n, changes, 2, f->arena, NULL), TL_OK);
    assert_int_equal(tl_index_parse(&set, texts, n, f->arena, &now, NULL), TL_OK);
    tl_points a[16] = { 0 }, b[16] = { 0 };
    a[tl_slot_find(&was, TL_LEVEL_INDICATOR, "1.1.1")] = 2000;
    b[tl_slot_find(&was, TL_LEVEL_INDICATOR, "2.1.1")] = 3000;
    tl_scorecard cards[] = {
        { .company = { .id = "a", .name_en = "A" }, .industry = "automobile", .sheet = a },
        { .company = { .id = "b", .name_en = "B" }, .industry = "automobile", .sheet = b },
        { .company = { .id = "c", .name_en = "C" }, .level = TL_LEVEL_TOTAL },
    };
    for (size_t i = 0; i < 2; i++)
        tl_score_of(&was, TL_LEVEL_INDICATOR, cards[i].sheet, 3000, &cards[i].score);
    tl_edition e = { .index = &was, .cards = cards, .n = 3 };
    assert_int_equal(tl_rescore_make(&e, &now, f->arena, &r, NULL), TL_OK);
    assert_int_equal(r.n, 2);
    assert_int_equal(r.left_out, 1);
    assert_string_equal(r.league[0].card->company.id, "b");
    assert_int_equal(r.league[0].card->score.total, VIEW_TOTAL(18));
    assert_int_equal(r.league[0].rank_before, 2);
    assert_string_equal(r.league[1].card->company.id, "a");
    assert_int_equal(r.league[1].card->score.total, VIEW_TOTAL(10));
    assert_int_equal(r.league[1].total_before, VIEW_TOTAL(20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_revise),
        cmocka_unit_test(test_same),
        cmocka_unit_test(test_moved),
    };
    return cmocka_run_group_tests(tests, view_setup, view_teardown);
}
