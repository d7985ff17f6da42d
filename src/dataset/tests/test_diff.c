/* test_diff.c - what changed between two editions, table by table. */
#include "dataset/tests/set_folder.h"

#include "dataset/diff.h"
#include "dataset/diff_priv.h"

/* The differences as one text: "+key", "-key", "~key(column:from>to ...)". */
static void describe(const tl_diff_file *d, tl_buf *out)
{
    static const char mark[] = { '=', '+', '-', '~' };
    for (size_t i = 0; i < d->row_count; i++) {
        const tl_diff_row *r = &d->rows[i];
        tl_buf_printf(out, "%s%c%s", i ? " " : "", mark[r->change], r->key);
        for (size_t c = 0; c < r->cell_count; c++)
            tl_buf_printf(out, "%s%s:%s>%s%s", c ? " " : "(", r->cells[c].column, r->cells[c].from,
                          r->cells[c].to, c + 1 == r->cell_count ? ")" : "");
    }
    for (size_t i = 0; i < d->columns_added_count; i++)
        tl_buf_printf(out, " column+%s", d->columns_added[i]);
    for (size_t i = 0; i < d->columns_removed_count; i++)
        tl_buf_printf(out, " column-%s", d->columns_removed[i]);
    if (!d->table)
        tl_buf_str(out, " no table");
}

static const struct rows_case {
    const char *label, *from, *to, *want;
} rows_cases[] = {
    { "same", "k,v\na,1\nb,2\n", "k,v\na,1\nb,2\n", "" },
    { "blanks and quotes do not count", "k,v\na,1\n", "k,v\n\"a\", 1 \n", "" },
    { "order does not count", "k,v\na,1\nb,2\n", "k,v\nb,2\na,1\n", "" },
    { "added", "k,v\na,1\n", "k,v\nb,2\na,1\n", "+b" },
    { "removed", "k,v\na,1\nb,2\n", "k,v\nb,2\n", "-a" },
    { "changed", "k,v,w\na,1,x\nb,2,y\n", "k,v,w\na,1,x\nb,3,z\n", "~b(v:2>3 w:y>z)" },
    { "all at once", "k,v\na,1\nb,2\nc,3\n", "k,v\nd,4\nb,5\na,1\n", "+d ~b(v:2>5) -c" },
    { "to empty cell", "k,v\na,1\n", "k,v\na,\n", "~a(v:1>)" },
    { "from nothing", "k,v\n", "k,v\na,1\n", "+a" },
    { "key of two columns", "k,l,v\na,x,1\na,y,2\n", "k,l,v\na,x,1\na,y,3\n", "~a | y(v:2>3)" },
    { "two columns needed in the new one only", "k,l,v\na,x,1\n", "k,l,v\na,x,1\na,y,3\n",
      "+a | y" },
    { "equal rows are counted", "k,v\na,1\na,1\n", "k,v\na,1\na,1\na,1\n", "+a | 1" },
    { "equal rows, one gone", "k,v\na,1\na,1\n", "k,v\na,1\n", "-a | 1" },
    { "parts of a key do not run together", "k,l,v\na,bc,1\na,x,0\n",
      "k,l,v\nab,c,1\na,x,0\na,y,0\n", "+ab | c +a | y -a | bc" },
    { "column added", "k,v\na,1\n", "k,v,w\na,1,9\n", " column+w" },
    { "column removed and value changed", "k,v,w\na,1,9\n", "k,w\na,8\n", "~a(w:9>8) column-v" },
    { "columns swapped", "k,v,w\na,1,9\n", "k,w,v\na,9,1\n", "" },
    { "first column renamed", "k,v\na,1\n", "key,v\na,1\n", " column+key column-k no table" },
    { "Chinese", "名称,值\n钢,1\n", "名称,值\n钢,2\n铝,3\n", "~钢(值:1>2) +铝" },
};

static void test_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(rows_cases); i++) {
        const struct rows_case *c = &rows_cases[i];
        tl_arena *arena;
        tl_sheet a, b;
        tl_diff_file d = { 0 };
        tl_error err = { 0 };
        tl_buf text;
        assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
        assert_int_equal(tl_sheet_read(&a, "a", c->from, strlen(c->from), arena, &err), TL_OK);
        assert_int_equal(tl_sheet_read(&b, "b", c->to, strlen(c->to), arena, &err), TL_OK);
        expect(c->label, tl_diff_tables(&a, &b, arena, &d, &err), TL_OK, &err, NULL);
        tl_buf_init(&text, 0);
        describe(&d, &text);
        if (strcmp(tl_buf_text(&text), c->want) != 0)
            fail_msg("%s: got '%s', want '%s'", c->label, tl_buf_text(&text), c->want);
        if (d.rows_added + d.rows_removed + d.rows_changed != d.row_count)
            fail_msg("%s: counts do not add up", c->label);
        tl_buf_clear(&text);
        tl_arena_free(arena);
    }
}

/* Many equal rows take one step each, not one for each pair. */
static void test_many_equal(void **state)
{
    (void)state;
    enum { ROWS = 100000 };
    tl_buf csv;
    tl_arena *arena;
    tl_sheet a;
    tl_diff_file d = { 0 };
    tl_buf_init(&csv, 0);
    tl_buf_str(&csv, "k,v\n");
    for (int i = 0; i < ROWS; i++)
        tl_buf_str(&csv, "a,1\n");
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_sheet_read(&a, "a", csv.data, csv.len, arena, NULL), TL_OK);
    assert_int_equal(tl_diff_tables(&a, &a, arena, &d, NULL), TL_OK);
    assert_int_equal(d.row_count, 0);
    tl_arena_free(arena);
    tl_buf_clear(&csv);
}

/* Folder against installed set, and files that come and go. */
static void test_sides(void **state)
{
    scratch *sc = *state;
    char one[600], two[600];
    const set_folder old = { "metals", "1", "metal,value\nsteel,2.1\n", NULL, NULL };
    const set_folder new = { "metals", "2", "metal,value\nsteel,2.0\nzinc,3\n", "more/note.txt",
                             "metals2.csv" };
    tl_error err = { 0 };
    tl_arena *arena;
    tl_store *s;
    tl_dataset a, b;
    bool already;
    const tl_diff_file *files;
    size_t n;
    snprintf(one, sizeof one, "%s/one", sc->folder);
    snprintf(two, sizeof two, "%s/two", sc->folder);
    set_folder_write(one, &old);
    set_folder_write(two, &new);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    expect("install", tl_dataset_install(s, one, "li", arena, &a, &already, &err), TL_OK, &err,
           NULL);
    assert_int_equal(tl_store_commit(s, NULL), TL_OK);
    char path[700];
    snprintf(path, sizeof path, "%s/metals2.csv", two);
    assert_int_equal(tl_file_write(path, "one line\n", 9, NULL), TL_OK);
    expect("load", tl_dataset_load(&b, two, arena, &err), TL_OK, &err, NULL);

    const tl_diff_side from = { &a, s, NULL }, to = { &b, NULL, two };
    expect("diff", tl_dataset_diff(&from, &to, arena, &files, &n, &err), TL_OK, &err, NULL);
    assert_int_equal(n, 3);
    assert_string_equal(files[0].path, "metals.csv");
    assert_int_equal(files[0].change, TL_CHANGE_CHANGED);
    assert_int_equal(files[0].rows_added, 1);
    assert_int_equal(files[0].rows_changed, 1);
    assert_string_equal(files[1].path, "metals2.csv");
    assert_int_equal(files[1].change, TL_CHANGE_ADDED);
    assert_string_equal(files[2].path, "more/note.txt");
    assert_int_equal(files[2].change, TL_CHANGE_REMOVED);
    expect("same", tl_dataset_diff(&from, &from, arena, &files, &n, &err), TL_OK, &err, NULL);
    assert_int_equal(n, 2);
    assert_int_equal(files[0].change, TL_CHANGE_NONE);
    assert_string_equal(tl_change_name(files[0].change), "same");

    assert_int_equal(tl_file_write(path, "two lines\n", 10, NULL), TL_OK);
    snprintf(path, sizeof path, "%s/metals.csv", two);
    assert_int_equal(tl_file_write(path, "metal,value\n", 12, NULL), TL_OK);
    expect("changed since", tl_dataset_diff(&from, &to, arena, &files, &n, &err), TL_EINPUT, &err,
           "SHA-256 found");
    tl_store_close(s);
    tl_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_many_equal),
        cmocka_unit_test_setup_teardown(test_sides, scratch_setup, scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
