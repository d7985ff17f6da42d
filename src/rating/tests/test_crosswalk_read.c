/* test_crosswalk_read.c - the file of a crosswalk: sound, incomplete, and wrong in each column; and
 * out of an installed index. */
#include "rating/tests/crosswalk_test.h"

static void test_sound(void **state)
{
    view_fixture *f = *state;
    const tl_index from = view_index(f->arena, &source_definition),
                   to = view_index(f->arena, &target_definition);
    static const struct {
        const char *from, *to;
        tl_relation relation;
    } want[] = { { "1.1", "1.1", TL_SAME },   { NULL, "1.2", TL_NONE },
                 { "2.1", "2.1", TL_SCALED }, { "2.2", "2.2", TL_DIFFERS },
                 { "3.1", "3.1", TL_SAME },   { "3.1p", "3.1p", TL_SAME },
                 { "3.2", NULL, TL_NONE },    { NULL, "3.2", TL_NONE } };
    const tl_crosswalk_pair *pairs;
    size_t n;
    assert_int_equal(tl_crosswalk_parse(&from, &to, "x.csv", small_crosswalk,
                                        strlen(small_crosswalk), f->arena, &pairs, &n, NULL),
                     TL_OK);
    assert_int_equal(n, VIEW_COUNT(want));
    for (size_t i = 0; i < n; i++) {
        const char *a = pairs[i].from < 0 ? NULL : from.items[pairs[i].from].code;
        const char *b = pairs[i].to < 0 ? NULL : to.items[pairs[i].to].code;
        if (!tl_text_equal(a, want[i].from) || !tl_text_equal(b, want[i].to) ||
            pairs[i].relation != want[i].relation)
            fail_msg("row %zu: %s, %s, %s", i, a ? a : "", b ? b : "",
                     tl_relation_name(pairs[i].relation));
    }
    assert_string_equal(pairs[1].note_en, "new there");
    assert_string_equal(pairs[1].note_zh, "那里新增");
    assert_string_equal(pairs[0].note_en, "");
}

/* One line of the sound file replaced, or added where `line` is 0. */
static const struct wrong_case {
    const char *label;
    int line;
    const char *put, *words;
} wrong[] = {
    { "column missing", 1, "from,to,relation,note_en,note", "note_zh" },
    { "unknown relation", 4, "2.1,2.1,equal,,", "x.csv:4: column 'relation': 'equal' is no rel" },
    { "unknown source", 4, "2.9,2.1,scaled,,", "x.csv:4: column 'from': '2.9' is no indicator of" },
    { "unknown target", 4, "2.1,2.9,scaled,,", "x.csv:4: column 'to': '2.9' is no indicator of t" },
    { "a dimension", 4, "2,2.1,scaled,,", "column 'from': '2' is no indicator of source 1" },
    { "source twice", 5, "2.1,2.2,differs,,", "x.csv:5: column 'from': '2.1' is there already" },
    { "target twice", 5, "2.2,2.1,differs,,", "column 'to': '2.1' is there already in row 4" },
    { "source missing", 8, "", "x.csv: column 'from': indicator '3.2' of source 1 is missing" },
    { "target missing", 9, "", "x.csv: column 'to': indicator '3.2' of target 1 is missing" },
    { "parallel missing", 7, ",3.1p,none,,", "indicator '3.1p' of source 1 is missing" },
    { "same with other maximum", 4, "2.1,2.1,same,,", "same, but the maxima are 2 and 4" },
    { "none with both", 4, "2.1,2.1,none,,", "both sides" },
    { "scaled with one", 3, ",1.2,scaled,,", "scaled needs an indicator on both sides" },
    { "differs with one", 8, "3.2,,differs,,", "differs needs an indicator on both sides" },
    { "neither", 8, ",,none,,", "x.csv:8: column 'from': neither side" },
    { "too few cells", 4, "2.1,2.1", "x.csv:4" },
    { "same again at the end", 0, "1.1,,none,,", "'1.1' is there already in row 2" },
};

static void replace_line(tl_buf *b, int line, const char *put)
{
    tl_span rest = tl_span_of(small_crosswalk), piece;
    for (int at = 1; tl_span_split(&rest, '\n', &piece); at++) {
        if (at == line)
            tl_buf_str(b, put);
        else
            tl_buf_add(b, piece.p, piece.n);
        tl_buf_char(b, '\n');
    }
    if (line == 0)
        tl_buf_str(b, put);
}

static void test_wrong(void **state)
{
    view_fixture *f = *state;
    const tl_index from = view_index(f->arena, &source_definition),
                   to = view_index(f->arena, &target_definition);
    for (size_t i = 0; i < VIEW_COUNT(wrong); i++) {
        const tl_crosswalk_pair *pairs;
        size_t n;
        tl_error err = { 0 };
        tl_buf b;
        tl_buf_init(&b, 0);
        replace_line(&b, wrong[i].line, wrong[i].put);
        tl_status st =
            tl_crosswalk_parse(&from, &to, "x.csv", b.data, b.len, f->arena, &pairs, &n, &err);
        if (st != TL_EINPUT || !strstr(err.text, wrong[i].words) || pairs || n)
            fail_msg("%s: status %d, '%s'", wrong[i].label, (int)st, err.text);
        tl_buf_clear(&b);
    }
}

static tl_status open_pairs(tl_store *s, const tl_index *from, const tl_index *to, tl_arena *arena,
                            size_t *n, tl_error *err)
{
    const tl_crosswalk_pair *pairs;
    return tl_crosswalk_open(s, from, to, arena, &pairs, n, err);
}

static void test_installed(void **state)
{
    scratch *dir = *state;
    char folder[600];
    tl_arena *arena;
    tl_store *s;
    tl_error err = { 0 };
    size_t n;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    snprintf(folder, sizeof folder, "%s/set", dir->folder);
    expect("open", tl_store_open(&s, scratch_path(dir, "x.db"), NULL, &err), TL_OK, &err, NULL);
    source_install(s, folder, arena);
    tl_index from = view_index(arena, &source_definition),
             to = view_index(arena, &target_definition);
    expect("there", open_pairs(s, &from, &to, arena, &n, &err), TL_OK, &err, NULL);
    assert_int_equal(n, 8);
    expect("no such target", open_pairs(s, &from, &from, arena, &n, &err), TL_ENOTFOUND, &err,
           "index source 1 has no crosswalk to source");
    from.id = "another";
    expect("not installed", open_pairs(s, &from, &to, arena, &n, &err), TL_ENOTFOUND, &err, NULL);
    tl_store_close(s);
    tl_arena_free(arena);
}

/* The bundled crosswalk of the automobile index: 33 pairs say the same, 8 another maximum, 7 ask
 * for something else, 4 have no counterpart. No points at all leave exactly what the target alone
 * asks; full points everywhere reach full points. */
static void test_bundled(void **state)
{
    scratch *dir = *state;
    static const char *const sets[] = { "cati-auto", "cati-corporate" };
    const char *root = getenv("TL_SOURCE");
    tl_index x[2];
    tl_arena *arena;
    tl_store *s;
    tl_error err = { 0 };
    const tl_crosswalk_pair *pairs;
    size_t n;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    expect("open", tl_store_open(&s, scratch_path(dir, "x.db"), NULL, &err), TL_OK, &err, NULL);
    expect("begin", tl_store_begin(s, &err), TL_OK, &err, NULL);
    for (size_t i = 0; i < 2; i++) {
        tl_dataset set;
        bool already;
        const char *folder =
            tl_arena_printf(arena, "%s/data/indices/%s", root ? root : ".", sets[i]);
        expect(sets[i], tl_dataset_install(s, folder, "test", arena, &set, &already, &err), TL_OK,
               &err, NULL);
        expect(sets[i], tl_index_open(s, sets[i], arena, &x[i], &err), TL_OK, &err, NULL);
    }
    expect("commit", tl_store_commit(s, &err), TL_OK, &err, NULL);
    expect("pairs", tl_crosswalk_open(s, &x[0], &x[1], arena, &pairs, &n, &err), TL_OK, &err, NULL);
    static const size_t count[] = { 33, 8, 7, 4 };
    tl_points *sheet = tl_arena_alloc(arena, x[0].n_slots, sizeof *sheet);
    for (int full = 0; full < 2; full++) {
        tl_crosswalk out;
        for (size_t k = 0; k < x[0].n_slots; k++)
            sheet[k] = full ? x[0].items[x[0].slot_items[k]].max : 0;
        tl_scorecard card = view_card(&x[0], "c", TL_LEVEL_INDICATOR, sheet, 3000);
        expect("make", tl_crosswalk_make(&x[0], &x[1], pairs, n, &card, 3000, arena, &out, &err),
               TL_OK, &err, NULL);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(out.count[k], count[k]);
        view_near("end", full ? out.high : out.low, full ? 100 : 0, 1e-9);
        if (!(out.low < out.high) || out.low < 0)
            fail_msg("%g to %g", out.low, out.high);
    }
    tl_store_close(s);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sound, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_wrong, view_setup, view_teardown),
        cmocka_unit_test_setup_teardown(test_installed, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_bundled, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests_name("crosswalk_read", tests, NULL, NULL);
}
