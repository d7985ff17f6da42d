/* test_epd_sheet.c - a declaration on paper: what it says in both languages, that texts do not lie
 * on each other, and as many sheets as it needs. */
#include "report/tests/epd_sheet_test.h"

static void on_text(void *user, const XML_Char *s, int n)
{
    tl_buf *text = user;
    for (int i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\n')
            tl_buf_char(text, s[i]);
}

/* Everything that is drawn, without blanks; only of a declaration that fits one sheet. */
static tl_buf read_svg(const tl_buf *svg)
{
    tl_buf text;
    tl_buf_init(&text, 0);
    XML_Parser p = XML_ParserCreate("UTF-8");
    assert_non_null(p);
    XML_SetUserData(p, &text);
    XML_SetCharacterDataHandler(p, on_text);
    assert_int_equal(XML_Parse(p, svg->data, (int)svg->len, 1), XML_STATUS_OK);
    XML_ParserFree(p);
    return text;
}

static bool overlap(const tl_page_box *a, const tl_page_box *b)
{
    const double slack = 0.05;
    return a->x + slack < b->x + b->width && b->x + slack < a->x + a->width &&
           a->y + slack < b->y + b->height && b->y + slack < a->y + a->height;
}

static void check_boxes(const char *label, const tl_page *p)
{
    size_t n;
    const tl_page_box *b = tl_page_boxes(p, &n);
    assert_true(n > 20);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (overlap(&b[i], &b[k]))
                fail_msg("%s: text %zu lies on text %zu", label, i, k);
}

/* Draws one sheet and gives its text; the caller clears it. */
static tl_buf draw(const char *label, const tl_epd_sheet *e, bool zh, size_t *cut)
{
    const tl_page_setup setup = {
        .form = TL_PAGE_SVG, .width_mm = 210, .height_mm = 297, .day = "2026-05-01", .zh = zh
    };
    tl_label_sheet s;
    tl_arena *arena = NULL;
    const tl_epd_figure *figures;
    size_t n;
    int sheets;
    tl_buf svg;
    tl_error err = { 0 };
    tl_buf_init(&svg, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_label_sheet_open(&s, &setup, &err), TL_OK);
    assert_int_equal(tl_epd_figures(e->record, arena, &figures, &n, &err), TL_OK);
    if (tl_epd_sheet_draw(&s, e, figures, n, &sheets, &err) != TL_OK ||
        tl_page_end(s.page, &svg, &err) != TL_OK)
        fail_msg("%s: %s", label, err.text);
    assert_int_equal(sheets, 1);
    check_boxes(label, s.page);
    *cut = tl_page_cut(s.page);
    tl_buf text = read_svg(&svg);
    tl_label_sheet_close(&s);
    tl_arena_free(arena);
    tl_buf_clear(&svg);
    return text;
}

static void expect_words(const char *label, const tl_buf *text, const char *const *words)
{
    for (; *words; words++)
        if (!strstr(tl_buf_text(text), *words))
            fail_msg("%s: no '%s' in %s", label, *words, tl_buf_text(text));
}

static const struct say_case {
    const char *label;
    bool zh;
    tl_record_state state;
    const char *words[24];
} say_cases[] = {
    { "registered, en",
      false,
      TL_RECORD_PUBLISHED,
      { "Environmentalproductdeclaration",
        "N-1",
        "Hot-dipgalvanisedcoil热镀锌卷",
        "Tangshanworks",
        "Tangsteel(唐钢)",
        "CISA",
        "2026-05-01to2031-05-01",
        "Steelproducts,version1.0,validuntil2030-12-31",
        "kgCO2e/kg",
        "cradletogate",
        "ISO14025&<therules>",
        "±8.0%",
        "2:newfurnace",
        "Globalwarmingpotential(GWP)A1–A31.5",
        "Globalwarmingpotential,fossilC30.0123",
        "1.2e-12",
        "ourown<key>",
        "upstream",
        "0.9",
        "Vera",
        "CQC",
        NULL } },
    { "registered, zh",
      true,
      TL_RECORD_PUBLISHED,
      { "环境产品声明", "唐钢（Tangsteel）", "2026-05-01至2031-05-01", "钢铁产品，版本1.0",
        "摇篮到大门", "第2版：newfurnace", "全球变暖潜势（GWP）A1–A31.5", "Vera", "(en)CQC",
        SHEET_SEAL, "tanlian:epd-coil@2", NULL } },
    { "draft", false, TL_RECORD_PRELIMINARY, { "Draft:notverified,notregistered", NULL } },
    { "expired", true, TL_RECORD_EXPIRED, { "已过期", NULL } },
    { "withdrawn", false, TL_RECORD_WITHDRAWN, { "Withdrawn", NULL } },
};

static void test_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof say_cases / sizeof *say_cases; i++) {
        const struct say_case *c = &say_cases[i];
        sheet_fixture f;
        size_t cut;
        sheet_fill(&f);
        f.record.state = c->state;
        if (c->state != TL_RECORD_PUBLISHED)
            f.record.n_parts = 2; /* with the band above, all would need two sheets */
        tl_buf text = draw(c->label, &f.sheet, c->zh, &cut);
        expect_words(c->label, &text, c->words);
        if (cut != 0)
            fail_msg("%s: %zu texts were cut", c->label, cut);
        tl_buf_clear(&text);
    }
}

/* How many sheets it takes; tl_page_end refuses what leaves the paper. */
static int draw_pdf(const sheet_fixture *f, bool zh)
{
    const tl_page_setup setup = {
        .form = TL_PAGE_PDF, .width_mm = 210, .height_mm = 297, .day = "2026-05-01", .zh = zh
    };
    tl_label_sheet s;
    tl_arena *arena = NULL;
    const tl_epd_figure *figures;
    int sheets;
    size_t n;
    tl_buf out;
    tl_error err = { 0 };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_arena_new(&arena, 0, NULL), TL_OK);
    assert_int_equal(tl_label_sheet_open(&s, &setup, &err), TL_OK);
    assert_int_equal(tl_epd_figures(&f->record, arena, &figures, &n, &err), TL_OK);
    if (tl_epd_sheet_draw(&s, &f->sheet, figures, n, &sheets, &err) != TL_OK ||
        tl_page_end(s.page, &out, &err) != TL_OK)
        fail_msg("%zu figures: %s", n, err.text);
    assert_memory_equal(out.data, "%PDF", 4);
    tl_label_sheet_close(&s);
    tl_arena_free(arena);
    tl_buf_clear(&out);
    return sheets;
}

static int count_sheets(size_t n, bool zh)
{
    static char keys[400][32];
    static tl_record_part parts[400];
    sheet_fixture f;
    sheet_fill(&f);
    for (size_t i = 0; i < n; i++) {
        snprintf(keys[i], sizeof keys[i], "indicator %zu", i);
        parts[i] = (tl_record_part){ "indicator", keys[i], (double)i, "kg/kg" };
    }
    f.record.parts = parts;
    f.record.n_parts = n;
    return draw_pdf(&f, zh);
}

/* Names as long as a record takes them: shrunk, wrapped or cut, and never off the paper. */
static void test_long(void **state)
{
    (void)state;
    char name[481], word[481];
    for (size_t i = 0; i < 160; i++)
        memcpy(name + 3 * i, "钢", 3);
    name[480] = '\0';
    memset(word, 'w', 480);
    word[480] = '\0';
    const char *const texts[] = { name, word };
    for (int i = 0; i < 4; i++) {
        const tl_record_part part = { "indicator", texts[i % 2], 1.2345678901234567e-123,
                                      texts[i % 2] };
        sheet_fixture f;
        sheet_fill(&f);
        f.record.product = f.record.maker = f.record.method = f.record.unit = texts[i % 2];
        f.record.parts = &part;
        f.record.n_parts = 1;
        f.epd.programme = f.epd.registration = f.epd.verifier = texts[i % 2];
        int sheets = draw_pdf(&f, i / 2);
        if (sheets < 1 || sheets > 3)
            fail_msg("%d: got %d sheets", i, sheets);
    }
}

/* A row takes some 7 mm: 30 or so fit a further sheet. */
static void test_sheets(void **state)
{
    (void)state;
    int one = count_sheets(1, false), many = count_sheets(60, true),
        most = count_sheets(400, false);
    if (one != 1 || many < 2 || many > 4 || most < 10 || most > 20)
        fail_msg("got %d, %d and %d sheets", one, many, most);
}

static void test_pdf(void **state)
{
    (void)state;
    sheet_fixture f;
    tl_buf a, b;
    tl_error err = { 0 };
    char link[260];
    sheet_fill(&f);
    tl_buf_init(&a, 0);
    tl_buf_init(&b, 0);
    assert_int_equal(tl_epd_sheet_pdf(&f.sheet, true, &a, &err), TL_OK);
    f.sheet.day = "2030-01-01"; /* of a published version the day of printing does not count */
    assert_int_equal(tl_epd_sheet_pdf(&f.sheet, true, &b, &err), TL_OK);
    assert_true(a.len == b.len && memcmp(a.data, b.data, a.len) == 0);
    memset(link, 'x', sizeof link - 1);
    link[sizeof link - 1] = '\0';
    f.sheet.link = link;
    assert_int_equal(tl_epd_sheet_pdf(&f.sheet, true, &b, &err), TL_EINPUT);
    assert_non_null(strstr(err.text, "link"));
    f.sheet.link = "";
    assert_int_equal(tl_epd_sheet_pdf(&f.sheet, true, &b, &err), TL_EINPUT);
    assert_true(a.len == b.len);
    tl_buf_clear(&a);
    tl_buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_sheets),
        cmocka_unit_test(test_pdf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
