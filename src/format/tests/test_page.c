/* test_page.c - pages with the same bytes each time, whole texts, and nothing off the paper. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <expat.h>

#include "base/random.h"
#include "format/page.h"

static const tl_page_type letters = { .size_pt = 12, .colour = 0x16202a };

static tl_page *open_page(tl_page_form form)
{
    const tl_page_setup setup = { .form = form,
                                  .width_mm = 100,
                                  .height_mm = 100,
                                  .title = "碳 \xFF\x01 <title>",
                                  .about = "about",
                                  .by = "by",
                                  .day = "2024-02-29",
                                  .zh = true };
    tl_page *p = NULL;
    tl_error err = { 0 };
    if (tl_page_new(&p, &setup, &err) != TL_OK)
        fail_msg("%s", err.text);
    return p;
}

/* Everything there is, once. */
static void draw(tl_page_form form, tl_buf *out)
{
    tl_page *p = open_page(form);
    tl_page_type bold = letters;
    bold.bold = true;
    bold.align = TL_PAGE_RIGHT;
    tl_page_text(p, (tl_page_box){ 10, 10, 80, 20 }, &letters, "比亚迪 Han EV, 201.0 g CO2e/km");
    tl_page_text(p, (tl_page_box){ 10, 30, 80, 20 }, &bold, "right <&\"> 领跑者");
    tl_page_rect(p, (tl_page_box){ 0, 50, 100, 1 }, 0x2c7a7b);
    tl_page_line(p, 10, 55, 90, 55, 0.2, 0xb5452c);
    assert_int_equal(tl_page_qr(p, 10, 60, 30, "https://example.org/1", NULL), TL_OK);
    tl_error err = { 0 };
    if (tl_page_end(p, out, &err) != TL_OK)
        fail_msg("%s", err.text);
    tl_page_free(p);
}

static size_t count(const tl_buf *b, const char *what)
{
    size_t n = strlen(what), found = 0;
    for (size_t i = 0; i + n <= b->len; i++)
        found += memcmp(b->data + i, what, n) == 0;
    return found;
}

static void test_pdf(void **state)
{
    (void)state;
    tl_buf first, second;
    tl_buf_init(&first, 0);
    tl_buf_init(&second, 0);
    draw(TL_PAGE_PDF, &first);
    draw(TL_PAGE_PDF, &second);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    assert_memory_equal(first.data, "%PDF-1.", 7);
    assert_int_equal(count(&first, "/Type /Page\n") + count(&first, "/Type /Page "), 1);
    /* made and changed, both on the given day; cairo 1.16 leaves out the D: of a date */
    assert_int_equal(count(&first, "Date ("), 2);
    assert_int_equal(
        count(&first, "Date (20240229000000Z)") + count(&first, "Date (D:20240229000000Z"), 2);
    assert_true(count(&first, "NotoSansCJK") > 0); /* the letters are inside */
    tl_buf_clear(&first);
    tl_buf_clear(&second);
}

/* What Expat finds: well-formed, and the letters of all text elements. */
struct found {
    tl_buf text; /* blanks left out: lines break at them */
    size_t lines, rects;
    bool in_text;
};

static void on_start(void *user, const XML_Char *name, const XML_Char **a)
{
    (void)a;
    struct found *f = user;
    f->in_text = strcmp(name, "text") == 0;
    f->lines += f->in_text;
    f->rects += strcmp(name, "rect") == 0;
    assert_true(strcmp(name, "script") != 0);
}

static void on_end(void *user, const XML_Char *name)
{
    (void)name;
    ((struct found *)user)->in_text = false;
}

static void on_text(void *user, const XML_Char *s, int n)
{
    struct found *f = user;
    for (int i = 0; f->in_text && i < n; i++)
        if (s[i] != ' ')
            tl_buf_char(&f->text, s[i]);
}

static struct found read_svg(const char *label, const tl_buf *out)
{
    struct found f = { 0 };
    tl_buf_init(&f.text, 0);
    XML_Parser p = XML_ParserCreate("UTF-8");
    assert_non_null(p);
    XML_SetUserData(p, &f);
    XML_SetElementHandler(p, on_start, on_end);
    XML_SetCharacterDataHandler(p, on_text);
    if (XML_Parse(p, tl_buf_text(out), (int)out->len, 1) != XML_STATUS_OK)
        fail_msg("%s: %s at byte %ld", label, XML_ErrorString(XML_GetErrorCode(p)),
                 (long)XML_GetCurrentByteIndex(p));
    XML_ParserFree(p);
    return f;
}

static void test_svg(void **state)
{
    (void)state;
    tl_buf first, second;
    tl_buf_init(&first, 0);
    tl_buf_init(&second, 0);
    draw(TL_PAGE_SVG, &first);
    draw(TL_PAGE_SVG, &second);
    assert_string_equal(first.data, second.data);
    struct found f = read_svg("all", &first);
    assert_string_equal(tl_buf_text(&f.text), "比亚迪HanEV,201.0gCO2e/kmright<&\">领跑者");
    assert_int_equal(f.lines, 2);
    assert_true(f.rects > 100); /* the QR code */
    assert_non_null(strstr(first.data, "width=\"100mm\""));
    assert_non_null(strstr(first.data, "viewBox=\"0 0 283.46 283.46\"")); /* 100 x 72 / 25.4 */
    tl_buf_clear(&f.text);
    tl_buf_clear(&first);
    tl_buf_clear(&second);
}

static const struct text_case {
    const char *label, *text, *want; /* want: letters without blanks; NULL = not looked at */
    double width, height, least_pt;
    size_t cut;
} text_cases[] = {
    { "one line", "steel", "steel", 80, 10, 0, 0 },
    { "blanks", "  a   b  ", "ab", 80, 10, 0, 0 },
    { "breaks between Chinese letters", "电解铝电解铝电解铝", "电解铝电解铝电解铝", 20, 30, 0, 0 },
    { "shrinks", "电解铝电解铝电解铝", "电解铝电解铝电解铝", 20, 11, 6, 0 },
    { "cut", "one two three four five six seven eight nine ten", NULL, 20, 11, 0, 1 },
    { "a word wider than its box", "Donaudampfschifffahrtsgesellschaft",
      "Donaudampfschifffahrtsgesellschaft", 15, 60, 0, 0 },
    { "no text", "", "", 80, 10, 0, 0 },
    { "markup", "</text><script>x</script>", "</text><script>x</script>", 80, 20, 0, 0 },
    { "controls", "a\x01\x1b[31m\x7f\n\tb", "a[31mb", 80, 10, 0, 0 },
    { "no UTF-8", "a\xFF\xC3(", "a\xEF\xBF\xBD\xEF\xBF\xBD(", 80, 10, 0, 0 },
    { "line and paragraph separators", "a\u2028b\u2029c", "abc", 80, 10, 0, 0 },
    { "a turn of direction", "a\u202Eb\u2066c\u2029", "abc", 80, 10, 0, 0 },
    { "a tower of accents", "a\u0301\u0301\u0301\u0301\u0301\u0301b", "a\u0301\u0301\u0301b", 80,
      10, 0, 0 },
    { "right to left", "\u0627\u0644\u0641\u0648\u0644\u0627\u0630", NULL, 80, 20, 0, 0 },
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text_cases / sizeof *text_cases; i++) {
        const struct text_case *c = &text_cases[i];
        tl_page *p = open_page(TL_PAGE_SVG);
        tl_page_type type = letters;
        type.least_pt = c->least_pt;
        tl_page_box b = tl_page_text(p, (tl_page_box){ 5, 5, c->width, c->height }, &type, c->text);
        if (b.x < 5 - 0.01 || b.x + b.width > 5 + c->width + 0.01 || b.height > c->height + 0.01)
            fail_msg("%s: box %f %f %f %f", c->label, b.x, b.y, b.width, b.height);
        if (tl_page_cut(p) != c->cut)
            fail_msg("%s: cut %zu", c->label, tl_page_cut(p));
        tl_buf out;
        tl_buf_init(&out, 0);
        assert_int_equal(tl_page_end(p, &out, NULL), TL_OK);
        struct found f = read_svg(c->label, &out);
        if (c->want && strcmp(tl_buf_text(&f.text), c->want) != 0)
            fail_msg("%s: got %s want %s", c->label, tl_buf_text(&f.text), c->want);
        if (c->cut && !strstr(tl_buf_text(&f.text), "…"))
            fail_msg("%s: no ellipsis in %s", c->label, tl_buf_text(&f.text));
        tl_buf_clear(&f.text);
        tl_buf_clear(&out);
        tl_page_free(p);
    }
}

/* Any bytes, in both forms: an SVG that Expat reads, a PDF without complaint of cairo. */
static void test_random(void **state)
{
    (void)state;
    tl_random r = tl_random_seed(20240930);
    for (int round = 0; round < 60; round++) {
        char text[200];
        size_t n = tl_random_below(&r, sizeof text);
        for (size_t i = 0; i < n; i++)
            text[i] = (char)(1 + tl_random_below(&r, 255));
        text[n] = '\0';
        tl_page *p = open_page(round % 2 ? TL_PAGE_SVG : TL_PAGE_PDF);
        tl_page_text(p, (tl_page_box){ 5, 5, 60, 20 }, &letters, text);
        tl_buf out;
        tl_buf_init(&out, 0);
        tl_error err = { 0 };
        if (tl_page_end(p, &out, &err) != TL_OK)
            fail_msg("seed 20240930, round %d: %s", round, err.text);
        if (round % 2) {
            struct found f = read_svg("random", &out);
            tl_buf_clear(&f.text);
        }
        tl_buf_clear(&out);
        tl_page_free(p);
    }
}

/* A text of 100,000 letters ends in time, cut. */
static void test_endless(void **state)
{
    (void)state;
    tl_buf text;
    tl_buf_init(&text, 0);
    for (int i = 0; i < 100000; i++)
        tl_buf_str(&text, "铝");
    tl_page *p = open_page(TL_PAGE_PDF);
    tl_page_type type = letters;
    type.least_pt = 6;
    tl_page_box b = tl_page_text(p, (tl_page_box){ 5, 5, 90, 20 }, &type, tl_buf_text(&text));
    assert_true(b.height > 15 && b.height <= 20);
    assert_true(tl_page_cut(p) > 0);
    tl_page_free(p);
    tl_buf_clear(&text);
}

static void test_measure(void **state)
{
    (void)state;
    tl_page *p = open_page(TL_PAGE_PDF);
    double one = tl_page_text_height(p, "铝", 50, &letters);
    /* a line of Noto Sans CJK is 1.448 of its size: 12 pt x 25.4 / 72 x 1.448 = 6.13 mm */
    assert_true(fabs(one - 6.13) < 0.02);
    /* a Chinese letter is as wide as its size, 4.233 mm: two in 9 mm, so five make three lines */
    assert_true(fabs(tl_page_text_height(p, "铝铝铝铝铝", 9, &letters) - 3 * one) < 0.01);
    assert_true(tl_page_text_height(p, " ", 50, &letters) == 0);
    tl_page_text(p, (tl_page_box){ 1, 1, 50, 10 }, &letters, "铝");
    tl_page_text(p, (tl_page_box){ 1, 20, 50, 10 }, &letters, "钢");
    size_t n;
    const tl_page_box *boxes = tl_page_boxes(p, &n);
    assert_int_equal(n, 2);
    assert_true(fabs(boxes[0].width - 4.233) < 0.01 && boxes[1].y == 20);
    tl_page_free(p);
}

static const struct beyond_case {
    const char *label;
    char what; /* r, l, t */
    tl_page_box box;
    tl_status want;
} beyond_cases[] = {
    { "the whole paper", 'r', { 0, 0, 100, 100 }, TL_OK },
    { "too wide", 'r', { 50, 0, 51, 10 }, TL_ENUMERIC },
    { "above", 'r', { 50, -1, 10, 10 }, TL_ENUMERIC },
    { "below", 'l', { 50, 99, 10, 10 }, TL_ENUMERIC },
    { "no number", 'r', { NAN, 0, 10, 10 }, TL_ENUMERIC },
    { "endless", 'l', { 0, 0, INFINITY, 0 }, TL_ENUMERIC },
    { "text at the edge", 't', { 0, 90, 50, 10 }, TL_OK },
    { "text below the edge", 't', { 0, 97, 50, 10 }, TL_ENUMERIC },
};

/* A PDF goes on with a further sheet, an SVG has one. */
static void test_next(void **state)
{
    (void)state;
    static const tl_page_form forms[] = { TL_PAGE_PDF, TL_PAGE_SVG };
    size_t single = 0;
    for (size_t i = 0; i < 3; i++) {
        tl_buf out;
        tl_error err = { 0 };
        tl_page *p = open_page(forms[i / 2]);
        tl_buf_init(&out, 0);
        tl_page_text(p, (tl_page_box){ 10, 10, 80, 20 }, &letters, "first");
        if (i > 0)
            tl_page_next(p);
        tl_page_text(p, (tl_page_box){ 10, 10, 80, 20 }, &letters, "second");
        tl_status st = tl_page_end(p, &out, &err);
        assert_int_equal(st, i == 2 ? TL_EINPUT : TL_OK);
        if (i == 0)
            single = out.len;
        if (i == 1)
            assert_true(out.len > single);
        tl_page_free(p);
        tl_buf_clear(&out);
    }
}

static void test_beyond(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * sizeof beyond_cases / sizeof *beyond_cases; i++) {
        const struct beyond_case *c = &beyond_cases[i / 2];
        tl_page_box b = c->box;
        tl_page *p = open_page(i % 2 ? TL_PAGE_SVG : TL_PAGE_PDF);
        if (c->what == 'r')
            tl_page_rect(p, b, 0);
        else if (c->what == 'l')
            tl_page_line(p, b.x, b.y, b.x + b.width, b.y + b.height, 0.1, 0);
        else
            tl_page_text(p, b, &letters, "text");
        tl_buf out;
        tl_buf_init(&out, 0);
        tl_status got = tl_page_end(p, &out, NULL);
        if (got != c->want || (got == TL_OK) != (out.len > 0))
            fail_msg("%s: status %d, %zu bytes", c->label, (int)got, out.len);
        tl_buf_clear(&out);
        tl_page_free(p);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const tl_page_setup wrong[] = {
        { .width_mm = 100, .height_mm = 100, .day = NULL },
        { .width_mm = 100, .height_mm = 100, .day = "2023-02-29" },
        { .width_mm = 100.5, .height_mm = 100, .day = "2024-02-29" },
        { .width_mm = 100, .height_mm = 2001, .day = "2024-02-29" },
        { .width_mm = NAN, .height_mm = 100, .day = "2024-02-29" },
        { .width_mm = 0, .height_mm = 100, .day = "2024-02-29" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        tl_page *p;
        if (tl_page_new(&p, &wrong[i], NULL) != TL_EINPUT || p)
            fail_msg("row %zu is taken", i);
    }
    tl_page *p = open_page(TL_PAGE_SVG);
    /* 21 modules and the quiet zone are 29: 29 x 0.35 = 10.15 mm */
    assert_int_equal(tl_page_qr(p, 1, 1, 10.2, "HELLO", NULL), TL_OK);
    assert_int_equal(tl_page_qr(p, 1, 1, 10.1, "HELLO", NULL), TL_EINPUT);
    assert_int_equal(tl_page_qr(p, 1, 1, 30, "", NULL), TL_EINPUT);
    tl_page_free(p);
    tl_page_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pdf),     cmocka_unit_test(test_svg),
        cmocka_unit_test(test_texts),   cmocka_unit_test(test_random),
        cmocka_unit_test(test_endless), cmocka_unit_test(test_measure),
        cmocka_unit_test(test_next),    cmocka_unit_test(test_beyond),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
