/* test_index_data.c - definitions as installed sets: those bundled under data/indices, and a small
 * one written here. The 51 and 50 published results of data/results come out of them. */
#include <dirent.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "format/sheet.h"
#include "rating/score.h"
#include "rating/tests/index_test.h"

static const char *root(void)
{
    const char *source = getenv("TL_SOURCE");
    return source ? source : ".";
}

static tl_store *open_memory(void)
{
    tl_store *s;
    assert_int_equal(tl_store_open(&s, ":memory:", NULL, NULL), TL_OK);
    return s;
}

static tl_status install(tl_store *s, const char *folder, tl_arena *arena, tl_dataset *set,
                         tl_error *err)
{
    bool already;
    assert_int_equal(tl_store_begin(s, NULL), TL_OK);
    tl_status st = tl_dataset_install(s, folder, "test", arena, set, &already, err);
    if (st == TL_OK)
        return tl_store_commit(s, err);
    tl_store_rollback(s);
    return st;
}

/* Writes a sealed set of the texts into the scratch folder. */
static void write_set(const scratch *sc, const char *id, const char *version, const char *kind,
                      const tl_index_text *texts, size_t n)
{
    char path[640], sha[TL_SHA256_HEX];
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_printf(&b,
                  "id: %s\nversion: \"%s\"\ndate: 2026-01-01\nkind: %s\ntitle_en: Small\n"
                  "title_zh: 小\nlicence: CC0-1.0\nattribution: Nobody\nsource: a test\nfiles:\n",
                  id, version, kind);
    for (size_t i = 0; i < n; i++) {
        size_t size = strlen(texts[i].data), lines = 0;
        for (size_t k = 0; k < size; k++)
            lines += texts[i].data[k] == '\n';
        snprintf(path, sizeof path, "%s/%s", sc->folder, texts[i].name);
        assert_int_equal(tl_file_write(path, texts[i].data, size, NULL), TL_OK);
        assert_int_equal(tl_sha256_of(texts[i].data, size, sha, NULL), TL_OK);
        tl_buf_printf(&b, "  - { path: %s, sha256: %s", texts[i].name, sha);
        if (lines)
            tl_buf_printf(&b, ", rows: %zu", lines - 1);
        tl_buf_str(&b, " }\n");
    }
    snprintf(path, sizeof path, "%s/manifest.yaml", sc->folder);
    assert_int_equal(tl_file_write(path, tl_buf_text(&b), b.len, NULL), TL_OK);
    tl_buf_clear(&b);
}

static void test_open(void **state)
{
    const scratch *sc = *state;
    tl_store *s = open_memory();
    tl_arena *arena;
    tl_error err = { 0 };
    tl_dataset set;
    tl_index x;
    int64_t rows = 0;
    assert_int_equal(tl_arena_new(&arena, (size_t)64 << 20, NULL), TL_OK);
    write_set(sc, "small", "1", "index", small_index, TEST_COUNT(small_index));
    expect("install", install(s, sc->folder, arena, &set, &err), TL_OK, &err, NULL);
    expect("check", tl_index_check_set(s, &set, arena, &rows, &err), TL_OK, &err, NULL);
    assert_int_equal(rows, 8);
    expect("open", tl_index_open(s, "small", arena, &x, &err), TL_OK, &err, NULL);
    assert_string_equal(x.version, "1");
    assert_string_equal(x.checksum, set.checksum);
    expect("version", tl_index_open(s, "small@1", arena, &x, &err), TL_OK, &err, NULL);
    expect("no version", tl_index_open(s, "small@2", arena, &x, &err), TL_ENOTFOUND, &err, NULL);
    expect("no set", tl_index_open(s, "large", arena, &x, &err), TL_ENOTFOUND, &err, "large");
    expect("no reference", tl_index_open(s, "small@", arena, &x, &err), TL_EINPUT, &err, NULL);

    write_set(sc, "gas", "1", "gwp", small_index, TEST_COUNT(small_index));
    expect("other kind", install(s, sc->folder, arena, &set, &err), TL_OK, &err, NULL);
    expect("other kind", tl_index_open(s, "gas", arena, &x, &err), TL_EINPUT, &err,
           "gas@1 is a set of kind 'gwp', expected 'index'");

    tl_index_text faulty[TEST_COUNT(small_index)];
    memcpy(faulty, small_index, sizeof faulty);
    faulty[4].data = "code,name_en,name_zh,from,above\nhigh,High,,10,yes\n";
    write_set(sc, "small", "2", "index", faulty, TEST_COUNT(faulty));
    expect("faulty", install(s, sc->folder, arena, &set, &err), TL_OK, &err, NULL);
    expect("faulty", tl_index_check_set(s, &set, arena, &rows, &err), TL_EINPUT, &err,
           "small@2: bands.csv:2: column 'from'");
    tl_arena_free(arena);
    tl_store_close(s);
}

/* A manifest that admits to a million rows is believed: nothing is read. */
static void test_million(void **state)
{
    const scratch *sc = *state;
    tl_store *s = open_memory();
    tl_arena *arena;
    tl_error err = { 0 };
    tl_dataset set;
    int64_t rows = 0;
    tl_buf b;
    assert_int_equal(tl_arena_new(&arena, (size_t)64 << 20, NULL), TL_OK);
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "code,name\n");
    for (int i = 0; i < 1000000; i++)
        tl_buf_str(&b, "a,b\n");
    const tl_index_text texts[] = { { "items.csv", tl_buf_text(&b), 0 } };
    write_set(sc, "huge", "1", "index", texts, 1);
    expect("install", install(s, sc->folder, arena, &set, &err), TL_OK, &err, NULL);
    size_t before = tl_arena_used_bytes(arena);
    expect("check", tl_index_check_set(s, &set, arena, &rows, &err), TL_EINPUT, &err,
           "huge@1: items.csv: more than 2000 rows");
    assert_true(tl_arena_used_bytes(arena) - before < 10000);
    tl_buf_clear(&b);
    tl_arena_free(arena);
    tl_store_close(s);
}

/* The example of docs/index-definitions.md, with its calculation by hand: 5 in scope 1 and 2, and
 * 2.5 + 4 in scope 3, of 2.2 and 2.2p the better; 2 x 0.6 x 5 + 2 x 0.4 x 6.5 = 11.2 as an iron
 * foundry, 2 x 0.4 x 5 + 2 x 0.6 x 6.5 = 11.8 as an aluminium foundry. */
static void test_example(void **state)
{
    static const struct {
        const char *industry, *want, *band;
    } rows[] = { { "iron-foundry", "11.2", "started" },
                 { "aluminium-foundry", "11.8", "started" } };
    static const char *const codes[] = { "1.1", "1.2", "2.1", "2.2", "2.2p" };
    static const tl_points points[] = { 5000, 2500, 0, 1000, 4000 };
    (void)state;
    tl_store *s = open_memory();
    tl_arena *arena;
    tl_error err = { 0 };
    tl_points sheet[8] = { 0 };
    tl_dataset set;
    tl_index x;
    char path[512], got[TL_POINTS_TEXT];
    snprintf(path, sizeof path, "%s/tests/rating/own-index", root());
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    expect(path, install(s, path, arena, &set, &err), TL_OK, &err, NULL);
    expect(path, tl_index_open(s, set.id, arena, &x, &err), TL_OK, &err, NULL);
    assert_int_equal(x.n_slots, 5);
    for (size_t i = 0; i < 5; i++)
        sheet[x.items[tl_index_find_item(&x, codes[i])].slot] = points[i];
    for (size_t i = 0; i < TEST_COUNT(rows); i++) {
        tl_score score;
        tl_score_of(&x, TL_LEVEL_INDICATOR, sheet,
                    tl_index_find_industry(&x, rows[i].industry)->scope12, &score);
        tl_total_format(score.total, 1, got);
        if (strcmp(got, rows[i].want) != 0 ||
            strcmp(tl_score_band(&x, score.total)->code, rows[i].band) != 0)
            fail_msg("%s: got %s, want %s", rows[i].industry, got, rows[i].want);
    }
    tl_arena_free(arena);
    tl_store_close(s);
}

/* What every sound definition keeps, whatever it asks. */
static void check_definition(const tl_index *x)
{
    tl_points full[TL_INDEX_ITEMS_MAX], themes[TL_INDEX_THEMES_MAX];
    tl_error err = { 0 };
    tl_score score;
    bool counted = false;
    for (size_t i = 0; i < x->n_slots; i++)
        full[i] = x->items[x->slot_items[i]].max;
    for (size_t i = 0; i < x->n_themes; i++) {
        themes[i] = x->themes[i].max;
        counted = counted || x->themes[i].in_total;
    }
    expect(x->id, tl_score_check(x, TL_LEVEL_INDICATOR, full, &err), TL_OK, &err, NULL);
    for (tl_weight w = 0; x->kind == TL_INDEX_POINTS && w <= TL_WEIGHT_ONE; w++) {
        tl_score_of(x, TL_LEVEL_INDICATOR, full, w, &score);
        if (score.total != (tl_total)x->full * TL_WEIGHT_ONE || score.answered != score.asked)
            fail_msg("%s@%s: full marks are %lld at %d", x->id, x->version, (long long)score.total,
                     w);
        tl_score_of(x, TL_LEVEL_THEME, themes, w, &score);
        if (counted && score.total != (tl_total)x->full * TL_WEIGHT_ONE)
            fail_msg("%s@%s: full themes are %lld at %d", x->id, x->version, (long long)score.total,
                     w);
    }
    if (x->kind == TL_INDEX_POINTS)
        assert_ptr_equal(tl_score_band(x, 0), &x->bands[x->n_bands - 1]);
    else
        assert_true(tl_score_stars(x, 0, 0) == x->stars[x->n_stars - 1].stars);
    for (size_t i = 0; i < x->n_items; i++)
        assert_int_equal(tl_index_find_item(x, x->items[i].code), i);
}

/* Installs, checks and opens every set of kind "index" under data/indices; returns their number. */
static size_t install_bundled(tl_store *s, tl_arena *arena)
{
    char folder[512], path[800];
    size_t n = 0;
    snprintf(folder, sizeof folder, "%s/data/indices", root());
    DIR *d = opendir(folder);
    for (const struct dirent *e; d && (e = readdir(d));) {
        tl_error err = { 0 };
        tl_dataset set;
        tl_index x;
        int64_t rows = 0;
        snprintf(path, sizeof path, "%s/%s/manifest.yaml", folder, e->d_name);
        if (e->d_name[0] == '.' || !tl_file_exists(path))
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        expect(path, install(s, path, arena, &set, &err), TL_OK, &err, NULL);
        if (strcmp(set.kind, "index") != 0)
            continue;
        expect(path, tl_index_check_set(s, &set, arena, &rows, &err), TL_OK, &err, NULL);
        expect(path, tl_index_open(s, set.id, arena, &x, &err), TL_OK, &err, NULL);
        assert_int_equal(rows, x.n_slots);
        check_definition(&x);
        n++;
    }
    if (d)
        closedir(d);
    return n;
}

/* A file of a bundled set of results; it stays valid as long as the arena. */
static tl_sheet read_results(const char *set, const char *file, const char *const *names, size_t n,
                             size_t *at, tl_arena *arena)
{
    char path[640];
    tl_file_view view = { 0 };
    tl_error err = { 0 };
    tl_sheet t;
    snprintf(path, sizeof path, "%s/data/results/%s/%s", root(), set, file);
    expect(path, tl_file_open(&view, path, 0, &err), TL_OK, &err, NULL);
    expect(path, tl_sheet_read(&t, file, view.data, view.size, arena, &err), TL_OK, &err, NULL);
    expect(path, tl_sheet_columns(&t, names, n, at, &err), TL_OK, &err, NULL);
    tl_file_close(&view);
    return t;
}

/* The sheet of one company from points.csv: company, slot, points. */
static void fill_sheet(const tl_index *x, tl_sheet_level level, const tl_sheet *points,
                       const size_t *at, const char *company, tl_points *sheet)
{
    for (size_t i = 0; i < tl_sheet_slots(x, level); i++)
        sheet[i] = TL_SLOT_NOT_ASKED;
    for (size_t row = 0; row < points->rows; row++) {
        const char *text = tl_sheet_text(points, row, at[2]);
        if (strcmp(tl_sheet_text(points, row, at[0]), company) != 0 || !*text)
            continue;
        int slot =
            level == TL_LEVEL_TOTAL ? 0 : tl_index_find_theme(x, tl_sheet_text(points, row, at[1]));
        assert_true(slot >= 0);
        assert_int_equal(tl_points_parse(text, &sheet[slot], NULL), TL_OK);
    }
}

/* Every company of a published table: its sheet can be and comes to its total when shown to 0.1;
 * its stars, where it has some, do not contradict its score. */
static void check_published(const tl_index *x, const char *set, tl_sheet_level level, size_t want,
                            tl_arena *arena)
{
    static const char *const result_names[] = { "company", "stated_total", "stated_stars" };
    static const char *const point_names[] = { "company", "slot", "points" };
    size_t at[3], where[3];
    const tl_sheet results = read_results(set, "results.csv", result_names, 3, at, arena);
    const tl_sheet points = read_results(set, "points.csv", point_names, 3, where, arena);
    assert_int_equal(results.rows, want);
    for (size_t row = 0; row < results.rows; row++) {
        const char *company = tl_sheet_text(&results, row, at[0]);
        tl_points sheet[TL_INDEX_THEMES_MAX], stated = -1;
        char got[TL_POINTS_TEXT], shown[TL_POINTS_TEXT];
        double stars;
        tl_weight low, high;
        tl_error err = { 0 };
        tl_score score;
        fill_sheet(x, level, &points, where, company, sheet);
        expect(company, tl_score_check(x, level, sheet, &err), TL_OK, &err, NULL);
        tl_score_of(x, level, sheet, 3000, &score);
        assert_int_equal(tl_points_parse(tl_sheet_text(&results, row, at[1]), &stated, NULL),
                         TL_OK);
        tl_total_format(score.total, 1, got);
        tl_total_format((tl_total)stated * TL_WEIGHT_ONE, 1, shown);
        if (strcmp(got, shown) != 0)
            fail_msg("%s: got %s, published %s", company, got, shown);
        if (x->kind != TL_INDEX_STARS)
            continue;
        expect(company, tl_sheet_number(&results, row, at[2], &stars, &err), TL_OK, &err, NULL);
        expect(company, tl_score_star_shares(x, stated, (int)stars, &low, &high, &err), TL_OK, &err,
               NULL);
    }
}

static void test_bundled(void **state)
{
    (void)state;
    tl_store *s = open_memory();
    tl_arena *arena;
    tl_error err = { 0 };
    tl_index x;
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_true(install_bundled(s, arena) >= 4);
    expect("cars", tl_index_open(s, "cati-auto@2024", arena, &x, &err), TL_OK, &err, NULL);
    check_published(&x, "cati-auto-2024", TL_LEVEL_THEME, 51, arena);
    expect("stars", tl_index_open(s, "cpp-stars@2024", arena, &x, &err), TL_OK, &err, NULL);
    check_published(&x, "cpp-stars-2024", TL_LEVEL_TOTAL, 50, arena);
    tl_arena_free(arena);
    tl_store_close(s);
}

/* The same for the definition every test has. */
static void test_small_definition(void **state)
{
    (void)state;
    void *own = NULL;
    assert_int_equal(index_setup(&own), 0);
    index_fixture *f = own;
    index_load_small(f);
    check_definition(&f->x);
    index_load_stars(f);
    check_definition(&f->x);
    index_teardown(&own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_open, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_million, scratch_setup, scratch_teardown),
        cmocka_unit_test(test_example),
        cmocka_unit_test(test_bundled),
        cmocka_unit_test(test_small_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
