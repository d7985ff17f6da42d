/* test_chart.c - drawings read back by Expat: well-formed whatever the labels, nothing beyond the
 * paper, lengths as the numbers say. */
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
#include "base/text.h"
#include "report/chart_priv.h"

/* What is learnt from a drawing. */
struct drawing {
    double bars[64]; /* widths of bars in their order, or heights of upright ones */
    size_t n_bars, polygons, bold, circles;
    bool upright;
    double height;
    /* of the text being read */
    double x;
    int size;
    tl_anchor anchor;
    bool in_text;
    tl_buf text;
    char wrong[600]; /* the first fault */
};

static const char *get(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}

static double number(const char **attributes, const char *name)
{
    double v = 0;
    const char *text = get(attributes, name);
    return tl_number_scan(text, strlen(text), '.', &v) == TL_NUMBER_OK ? v : 0;
}

static void blame(struct drawing *d, const char *what, double v)
{
    if (!d->wrong[0])
        snprintf(d->wrong, sizeof d->wrong, "%s %f, text '%.300s'", what, v, tl_buf_text(&d->text));
}

static void read_rect(struct drawing *d, const char **a)
{
    const char *fill = get(a, "fill");
    double x = number(a, "x"), width = number(a, "width"), height = number(a, "height");
    if (x < 0 || x + width > TL_PAPER_WIDTH || width < 0 || height < 0)
        blame(d, "a rectangle beyond the paper at", x);
    if (number(a, "y") + height > d->height)
        blame(d, "a rectangle below the paper at", number(a, "y"));
    bool bar = strcmp(fill, TL_ACCENT) == 0 || strcmp(fill, TL_GREY_MARK) == 0;
    if (bar && d->n_bars < 64)
        d->bars[d->n_bars++] = d->upright ? height : width;
}

static void on_start(void *user, const XML_Char *name, const XML_Char **a)
{
    struct drawing *d = user;
    if (strcmp(name, "svg") == 0) {
        const char *box = get(a, "viewBox"), *last = strrchr(box, ' ');
        if (!tl_text_starts(box, "0 0 480 ") || !last ||
            tl_number_scan(last + 1, strlen(last + 1), '.', &d->height) != TL_NUMBER_OK ||
            d->height < 50)
            blame(d, "no viewBox", 0);
    }
    if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0)
        blame(d, "an element that does not belong here", 0);
    if (strcmp(name, "rect") == 0)
        read_rect(d, a);
    d->polygons += strcmp(name, "polygon") == 0;
    d->circles += strcmp(name, "circle") == 0;
    d->in_text = strcmp(name, "text") == 0;
    if (!d->in_text)
        return;
    const char *anchor = get(a, "text-anchor");
    d->x = number(a, "x");
    d->size = (int)number(a, "font-size");
    d->anchor = strcmp(anchor, "end") == 0      ? TL_ANCHOR_END
                : strcmp(anchor, "middle") == 0 ? TL_ANCHOR_MIDDLE
                                                : TL_ANCHOR_START;
    d->bold += strcmp(get(a, "font-weight"), "bold") == 0;
    tl_buf_reset(&d->text);
    if (number(a, "y") > d->height || number(a, "y") < 0)
        blame(d, "text off the paper at", number(a, "y"));
}

static void on_text(void *user, const XML_Char *s, int n)
{
    struct drawing *d = user;
    if (d->in_text)
        tl_buf_add(&d->text, s, (size_t)n);
}

static void on_end(void *user, const XML_Char *name)
{
    struct drawing *d = user;
    (void)name;
    if (!d->in_text)
        return;
    double width = tl_letters_width(tl_buf_text(&d->text), d->size);
    double left = d->x - (d->anchor == TL_ANCHOR_END      ? width
                          : d->anchor == TL_ANCHOR_MIDDLE ? width / 2
                                                          : 0);
    if (left < 0 || left + width > TL_PAPER_WIDTH)
        blame(d, "text beyond the paper at", left);
    d->in_text = false;
}

/* Reads out, fails where it is no sound drawing, and says what is in it. */
static struct drawing look_at(const char *label, const tl_buf *out, bool upright)
{
    struct drawing d = { .upright = upright, .height = 1e9 };
    tl_buf_init(&d.text, 0);
    XML_Parser p = XML_ParserCreate("UTF-8");
    assert_non_null(p);
    XML_SetUserData(p, &d);
    XML_SetElementHandler(p, on_start, on_end);
    XML_SetCharacterDataHandler(p, on_text);
    if (XML_Parse(p, tl_buf_text(out), (int)out->len, 1) != XML_STATUS_OK)
        fail_msg("%s: %s at byte %ld", label, XML_ErrorString(XML_GetErrorCode(p)),
                 (long)XML_GetCurrentByteIndex(p));
    XML_ParserFree(p);
    tl_buf_clear(&d.text);
    static const char *const never[] = { "\"-0\"", "\"nan", "\"inf", "\"-nan" };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(tl_buf_text(out), never[i]))
            fail_msg("%s: %s in the drawing", label, never[i]);
    if (d.wrong[0])
        fail_msg("%s: %s", label, d.wrong);
    return d;
}

static const tl_chart_frame frame = { .title = { "Half score below 20", "半数低于20分" },
                                      .axis = { "Points of 100", "满分100分" },
                                      .source = { "Source: CATI 2024", "来源：CATI 2024" } };
static const tl_label series[] = { { "Governance", "治理" }, { "Action", "行动" } };

/* Bars of 73.1, 36.55 and 0: the second is half as long as the first, the third is not drawn. */
static void test_bars(void **state)
{
    (void)state;
    static const double v[] = { 73.1, 36.55, 0 };
    tl_chart_bar bars[] = { { { "Mercedes-Benz", "梅赛德斯-奔驰" }, &v[0], "73.1", false },
                            { { "BMW", "宝马" }, &v[1], "36.6", true },
                            { { "Great Wall", NULL }, &v[2], "0.0", false },
                            { { "Seres", "赛力斯" }, NULL, "not disclosed", false } };
    tl_buf out;
    tl_buf_init(&out, 0);
    for (int zh = 0; zh < 2; zh++) {
        tl_chart_frame f = frame;
        f.zh = zh;
        tl_buf_reset(&out);
        assert_int_equal(tl_chart_bars(&f, NULL, 1, bars, 4, &out, NULL), TL_OK);
        struct drawing d = look_at(zh ? "zh" : "en", &out, false);
        assert_int_equal(d.n_bars, 2);
        assert_true(fabs(d.bars[0] / d.bars[1] - 2) < 0.001); /* written to 0.01 of about 200 */
        assert_int_equal(d.polygons, 1);
        assert_int_equal(d.bold, 3); /* title, name and value of the marked one */
        const char *want[] = { "<title>半数低于20分</title>", "xml:lang=\"zh-Hans\"",
                               "条形图，共 4 条；最高：梅赛德斯-奔驰 73.1；最低：",
                               "；最低：(en) Great Wall 0.0；标出：宝马 36.6。满分100分。来源：" };
        for (size_t i = 0; zh && i < sizeof want / sizeof *want; i++)
            if (!strstr(out.data, want[i]))
                fail_msg("no %s in\n%s", want[i], out.data);
    }
    tl_buf_clear(&out);
}

/* Two series: a legend, parts behind each other, the same bytes again. */
static void test_stacked(void **state)
{
    (void)state;
    static const double v[2][2] = { { 30, 10 }, { 0, 40 } };
    tl_chart_bar bars[] = { { { "A", NULL }, v[0], "40", false },
                            { { "B", NULL }, v[1], "40", false } };
    tl_buf out;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_bars(&frame, series, 2, bars, 2, &out, NULL), TL_OK);
    struct drawing d = look_at("stacked", &out, false);
    /* in the accent's colour, which is that of the first series: its swatch and the part of A */
    assert_int_equal(d.n_bars, 2);
    assert_true(d.bars[0] == 12);
    const char *legend = strstr(out.data, ">Governance</text>");
    assert_non_null(legend);
    assert_non_null(strstr(legend, ">Action</text>"));
    tl_buf second;
    tl_buf_init(&second, 0);
    assert_int_equal(tl_chart_bars(&frame, series, 2, bars, 2, &second, NULL), TL_OK);
    assert_string_equal(out.data, second.data);
    tl_buf_clear(&out);
    tl_buf_clear(&second);
}

static void test_long_name(void **state)
{
    (void)state;
    static const double v = 1;
    const tl_chart_bar bar = {
        { "x", "重庆长安汽车股份有限公司新能源汽车销售分公司" }, &v, "1", false
    };
    tl_chart_frame f = frame;
    tl_buf out;
    f.zh = true;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_bars(&f, NULL, 1, &bar, 1, &out, NULL), TL_OK);
    look_at("long name", &out, false);
    assert_non_null(
        strstr(out.data, "<title>重庆长安汽车股份有限公司新能源汽车销售分公司：1</title>"));
    assert_non_null(strstr(
        out.data, ">重庆长安汽车股份有限公司新能源汽…</text>")); /* 240 / 14 - 1 = 16 letters */
    tl_buf_clear(&out);
}

/* One series has steps below it and the unit behind them; a count has no half steps. */
static void test_bar_axis(void **state)
{
    (void)state;
    static const double cars[] = { 3, 1 };
    const tl_chart_bar bars[] = { { { "A", NULL }, &cars[0], "3", false },
                                  { { "B", NULL }, &cars[1], "1", false } };
    tl_chart_frame f = frame;
    tl_buf out;
    tl_buf_init(&out, 0);
    f.unit = (tl_label){ "cars", "辆" };
    assert_int_equal(tl_chart_bars(&f, NULL, 1, bars, 2, &out, NULL), TL_OK);
    look_at("axis", &out, false);
    assert_non_null(strstr(out.data, ">2</text>"));
    assert_non_null(strstr(out.data, ">cars</text>"));
    assert_null(strstr(out.data, ">0.5</text>"));
    tl_buf_clear(&out);
}

/* y of the text. */
static double baseline_of(const tl_buf *out, const char *text)
{
    double y = 0;
    const char *at = strstr(tl_buf_text(out), text), *from = at;
    assert_non_null(at);
    while (from > tl_buf_text(out) && strncmp(from, " y=\"", 4) != 0)
        from--;
    from += 4;
    assert_int_equal(tl_number_scan(from, strcspn(from, "\""), '.', &y), TL_NUMBER_OK);
    return y;
}

/* Bins too narrow for their counts: the count of the marked one, 7 high among neighbours of 4000,
 * stands above all bars it reaches over, with a line down to its own. A marked bin higher than its
 * neighbours has its count at its own top. */
static void test_narrow_mark(void **state)
{
    (void)state;
    size_t counts[60];
    tl_chart_histogram h = { 0, 5, counts, 60, 30, NULL, NULL, 0 };
    tl_buf out;
    tl_buf_init(&out, 0);
    for (size_t i = 0; i < 60; i++)
        counts[i] = i == 30 ? 1234 : 4000;
    assert_int_equal(tl_chart_histogram_draw(&frame, &h, &out, NULL), TL_OK);
    look_at("low between high", &out, true);
    const double low = baseline_of(&out, ">1234</text>");
    tl_buf_reset(&out);
    counts[30] = 4001;
    assert_int_equal(tl_chart_histogram_draw(&frame, &h, &out, NULL), TL_OK);
    look_at("highest", &out, true);
    const double high = baseline_of(&out, ">4001</text>");
    if (fabs(low - high) > 0.1)
        fail_msg("the count of the low bin stands at %g, of the highest at %g", low, high);
    tl_buf_clear(&out);
}

/* Counts 4, 0, 2: heights 200, none, 100 units. */
static void test_histogram(void **state)
{
    (void)state;
    static const size_t counts[] = { 4, 0, 2 };
    static const double lines[] = { 5, 10, 99 };
    static const tl_label names[] = { { "low", "低" }, { "high", "高" }, { "beyond", "外" } };
    const tl_chart_histogram h = { 0, 5, counts, 3, 2, lines, names, 3 };
    tl_buf out;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_histogram_draw(&frame, &h, &out, NULL), TL_OK);
    struct drawing d = look_at("histogram", &out, true);
    assert_int_equal(d.n_bars, 2);
    assert_true(d.bars[0] == 200 && d.bars[1] == 100);
    assert_int_equal(d.polygons, 1);
    assert_non_null(strstr(out.data, "<title>10–15: 2</title>"));
    assert_non_null(strstr(out.data, ">high</text>"));
    assert_null(strstr(out.data, "beyond"));
    tl_buf_clear(&out);
}

static void test_ranges(void **state)
{
    (void)state;
    static const tl_chart_range ranks[] = { { { "A", NULL }, 1, 1, 1, false },
                                            { { "B", NULL }, 2, 6, 3, true } };
    static const tl_chart_range factors[] = { { { "C", NULL }, 1.25, 2.5, 2, false } };
    tl_buf out;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_ranges(&frame, ranks, 2, &out, NULL), TL_OK);
    struct drawing d = look_at("ranks", &out, false);
    assert_int_equal(d.circles, 2);
    assert_int_equal(d.n_bars, 3); /* the line of B and its two ends; A has none */
    assert_non_null(strstr(out.data, ">3 (2–6)</text>"));
    assert_non_null(strstr(out.data, ">1</text>"));
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_ranges(&frame, factors, 1, &out, NULL), TL_OK);
    look_at("factors", &out, false);
    assert_non_null(strstr(out.data, ">2.00 (1.25–2.50)</text>")); /* steps of 0.5, one more */
    tl_buf_clear(&out);
}

/* 0.02 to 9 is more than a hundredfold: powers of ten; 2 to 9 begins at 0. */
static void test_dots(void **state)
{
    (void)state;
    static const tl_chart_dot wide[] = { { { "A", NULL }, 9, 6, 12, false },
                                         { { "B", NULL }, 0.02, NAN, NAN, true } };
    static const tl_chart_dot narrow[] = { { { "A", NULL }, 9, NAN, NAN, false },
                                           { { "B", NULL }, 2, NAN, NAN, false } };
    static const tl_chart_dot bad[] = { { { "C", NULL }, 9, 10, 12, false } };
    tl_buf out;
    tl_error err = { 0 };
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_dots(&frame, wide, 2, &out, NULL), TL_OK);
    struct drawing d = look_at("wide", &out, false);
    assert_int_equal(d.circles, 2);
    assert_int_equal(d.n_bars, 3); /* the interval of A and its ends; B states none */
    assert_non_null(strstr(out.data, ">0.01</text>"));
    assert_non_null(strstr(out.data, "Ring: unverified. Line: 95% interval. Logarithmic scale."));
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_dots(&frame, narrow, 2, &out, NULL), TL_OK);
    d = look_at("narrow", &out, false);
    assert_int_equal(d.n_bars, 0);
    assert_non_null(strstr(out.data, ">0</text>"));
    assert_null(strstr(out.data, "Logarithmic"));
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_dots(&frame, NULL, 0, &out, NULL), TL_OK);
    assert_non_null(strstr(out.data, "No data"));
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_dots(&frame, bad, 1, &out, &err), TL_EINPUT);
    assert_non_null(strstr(err.text, "'C'"));
    assert_int_equal(out.len, 0);
    tl_buf_clear(&out);
}

static void test_nothing(void **state)
{
    (void)state;
    const tl_chart_histogram none = { .width = 1, .marked_bin = -1 };
    tl_buf out;
    tl_buf_init(&out, 0);
    assert_int_equal(tl_chart_bars(&frame, NULL, 1, NULL, 0, &out, NULL), TL_OK);
    look_at("bars", &out, false);
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_ranges(&frame, NULL, 0, &out, NULL), TL_OK);
    look_at("ranges", &out, false);
    tl_buf_reset(&out);
    assert_int_equal(tl_chart_histogram_draw(&frame, &none, &out, NULL), TL_OK);
    look_at("histogram", &out, false);
    assert_non_null(strstr(out.data, ">No data</text>"));
    tl_buf_clear(&out);
}

static const struct refused_case {
    const char *label;
    char chart; /* b, h, r */
    double a, b, c;
    int marked;
    size_t n;
} refused_cases[] = {
    { "a bar below 0", 'b', -1, 0, 0, 0, 1 },
    { "a bar that is no number", 'b', NAN, 0, 0, 0, 1 },
    { "an endless bar", 'b', INFINITY, 0, 0, 0, 1 },
    { "a bar too long", 'b', 2e12, 0, 0, 0, 1 },
    { "no series", 'b', 1, 0, 0, 0, 0 },
    { "seven series", 'b', 1, 0, 0, 0, 7 },
    { "low above high", 'r', 3, 2, 1, 0, 0 },
    { "the dot outside", 'r', 1, 2, 3, 0, 0 },
    { "a range of no number", 'r', NAN, 2, 1, 0, 0 },
    { "a dot of no number", 'r', 1, 2, NAN, 0, 0 },
    { "an endless range", 'r', -INFINITY, 2, 1, 0, 0 },
    { "bins without width", 'h', 0, 0, 0, -1, 3 },
    { "bins of negative width", 'h', 0, -1, 0, -1, 3 },
    { "bins that begin nowhere", 'h', NAN, 1, 0, -1, 3 },
    { "bins that end nowhere", 'h', 0, 1e12, 0, -1, 3 },
    { "a line nowhere", 'h', 0, 1, NAN, -1, 3 },
    { "a marked bin that is not there", 'h', 0, 1, 0, 3, 3 },
    { "too many bins", 'h', 0, 1, 0, -1, 401 },
};

static void test_refused(void **state)
{
    (void)state;
    static size_t counts[401];
    static const tl_label name = { "row", NULL };
    for (size_t i = 0; i < sizeof refused_cases / sizeof *refused_cases; i++) {
        const struct refused_case *c = &refused_cases[i];
        const double segments[7] = { c->a };
        const tl_chart_bar bar = { name, segments, NULL, false };
        const tl_chart_range range = { name, c->a, c->b, c->c, false };
        const tl_chart_histogram h = { c->a, c->b, counts, c->n, c->marked, &c->c, &name, 1 };
        tl_error err = { 0 };
        tl_buf out;
        tl_buf_init(&out, 0);
        tl_status got = c->chart == 'b'   ? tl_chart_bars(&frame, series, c->n, &bar, 1, &out, &err)
                        : c->chart == 'r' ? tl_chart_ranges(&frame, &range, 1, &out, &err)
                                          : tl_chart_histogram_draw(&frame, &h, &out, &err);
        if (got != TL_EINPUT || out.len)
            fail_msg("%s: status %d, %zu bytes", c->label, (int)got, out.len);
        tl_buf_clear(&out);
    }
}

static const struct axis_case {
    const char *label;
    double low, high;
    bool whole;
    double step;
    size_t ticks;
    const char *last;
} axis_cases[] = {
    { "0 to 73.1", 0, 73.1, false, 20, 4, "60" },
    { "0 to 100", 0, 100, false, 20, 6, "100" },
    { "ranks", 1, 51, true, 10, 5, "50" },
    { "few ranks", 1, 3, true, 1, 3, "3" },
    { "small", 0.1, 0.3, false, 0.05, 5, "0.30" },
    { "next to nothing", 1e9, 1e9 + 1e-6, true, 2e7, 6, "1100000000" },
    { "nothing", 5, 5, false, 0.2, 6, "6.0" },
    { "below 0", -3, 3, false, 2, 3, "2" },
    { "tiny", 0, 1e-9, false, 2e-10, 6, "1e-9" },
    { "large", 0, 1e12, false, 2e11, 6, "1000000000000" },
};

static void test_axis(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof axis_cases / sizeof *axis_cases; i++) {
        const struct axis_case *c = &axis_cases[i];
        char text[TL_NUMBER_MAX + 320];
        tl_axis a = tl_axis_make(c->low, c->high, 5, c->whole);
        size_t n = tl_axis_ticks(&a);
        tl_axis_number(&a, tl_axis_tick(&a, n - 1), 0, text);
        if (fabs(a.step / c->step - 1) > 1e-12 || n != c->ticks || strcmp(text, c->last) != 0)
            fail_msg("%s: step %g, %zu ticks, last %s; want %g, %zu, %s", c->label, a.step, n, text,
                     c->step, c->ticks, c->last);
    }
}

/* Labels of any bytes, Chinese, or 10,000 letters, and numbers of any size. */
static const char *hostile(tl_random *r, char *room)
{
    static const char *const pieces[] = { "汽车", "&",    "<b>",  "\"",        "W",
                                          " ",    "\xFF", "\x01", "\U0001F697" };
    size_t n = tl_random_below(r, 8) ? tl_random_below(r, 40) : 10000, at = 0;
    bool any = tl_random_below(r, 2);
    for (size_t i = 0; i < n && at < 10000; i++) {
        if (any) {
            room[at++] = (char)(1 + tl_random_below(r, 255));
            continue;
        }
        const char *piece = pieces[tl_random_below(r, sizeof pieces / sizeof *pieces)];
        memcpy(room + at, piece, strlen(piece));
        at += strlen(piece);
    }
    room[at] = '\0';
    return room;
}

static void test_any_labels(void **state)
{
    (void)state;
    const uint64_t seed = 20261122;
    enum { N = 6, TITLE = 2 * N, AXIS, SOURCE, ROOMS };
    static char room[ROOMS][10010];
    tl_random r = tl_random_seed(seed);
    for (int round = 0; round < 150; round++) {
        tl_chart_bar bars[N];
        tl_chart_range ranges[N];
        double segments[N][2];
        size_t counts[N];
        double lines[N];
        tl_label names[N];
        char label[64];
        tl_chart_frame f = { .zh = tl_random_below(&r, 2) };
        f.title.en = hostile(&r, room[TITLE]);
        f.axis.zh = hostile(&r, room[AXIS]);
        f.source.en = hostile(&r, room[SOURCE]);
        double scale = pow(10, (double)tl_random_below(&r, 20) - 9);
        for (size_t i = 0; i < N; i++) {
            names[i] = (tl_label){ hostile(&r, room[2 * i]), NULL };
            bool marked = tl_random_below(&r, 2);
            segments[i][0] = tl_random_unit(&r) * scale;
            segments[i][1] = tl_random_below(&r, 2) ? 0 : tl_random_unit(&r) * scale;
            bars[i] = (tl_chart_bar){ names[i], segments[i], hostile(&r, room[2 * i + 1]), marked };
            double at = tl_random_normal(&r) * scale;
            ranges[i] =
                (tl_chart_range){ names[i], at - segments[i][0], at + segments[i][1], at, marked };
            counts[i] = tl_random_below(&r, 1000000);
            lines[i] = at;
        }
        const tl_chart_histogram h = { -scale, scale / 3, counts, N, round % N, lines, names, N };
        tl_buf out;
        tl_buf_init(&out, 0);
        snprintf(label, sizeof label, "seed %llu, round %d", (unsigned long long)seed, round);
        assert_int_equal(tl_chart_bars(&f, names, 2, bars, N, &out, NULL), TL_OK);
        look_at(label, &out, false);
        tl_buf_reset(&out);
        assert_int_equal(tl_chart_ranges(&f, ranges, N, &out, NULL), TL_OK);
        look_at(label, &out, false);
        tl_buf_reset(&out);
        assert_int_equal(tl_chart_histogram_draw(&f, &h, &out, NULL), TL_OK);
        look_at(label, &out, true);
        tl_buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bars),       cmocka_unit_test(test_stacked),
        cmocka_unit_test(test_long_name),  cmocka_unit_test(test_histogram),
        cmocka_unit_test(test_bar_axis),   cmocka_unit_test(test_narrow_mark),
        cmocka_unit_test(test_ranges),     cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_axis),
        cmocka_unit_test(test_any_labels), cmocka_unit_test(test_dots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
