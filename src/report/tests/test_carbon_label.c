/* test_carbon_label.c - what labels and certificates say, that no text leaves its place, and the
 * same bytes twice. */
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
#include "report/carbon_label_priv.h"

/* The car of SPEC 3.2, check 2: 201 g/km against 237 is 15.2% below. */
static const tl_carbon_label lynk = {
    .product = { "Lynk & Co 01", "领克01" },
    .maker = { "Geely", "吉利" },
    .category = { "compact SUV, plug-in hybrid", "紧凑型SUV，插电式混合动力" },
    .class_label = { "Low Carbon+", "低碳+" },
    .class_number = 1,
    .g_km = 201,
    .mean_g_km = 237,
    .t_car = 30.15,
    .kerb_mass_kg = 1794,
    .earlier_g_km = 219,
    .earlier = { "the model of 2022", "2022款" },
    .fuel = { "gasoline and electricity", "汽油与电" },
    .grade = { "estimate from the model's own data", "由该车型自身数据估算" },
    .disclosure_id = "CN-2024-LK01-0001",
    .version = "3",
    .published_on = "2024-09-30T08:00:00Z",
    .link = "https://example.org/zh/footprint/CN-2024-LK01-0001/version/3",
    .rule = { "Peers: cars of its category within 100 kg of kerb mass",
              "同类车：所属类别中整备质量相差不超过100 kg的车" },
};

/* 120 letters and 80 Chinese ones. */
static const tl_label long_name = {
    "The Extraordinarily Long Named Crossover Sport Utility Vehicle Ultimate Edition Extended "
    "Range "
    "Four Wheel Drive 2026 Plu",
    "重庆长安汽车股份有限公司新能源汽车销售分公司深蓝超级增程四驱旗舰智能驾驶版长续航高性能特别纪念"
    "限量款两千零二十六年度改款升级版豪华七座大空间家庭出行全能运动型多用途"
};

static size_t count(const tl_buf *b, const char *what)
{
    size_t n = strlen(what), found = 0;
    for (size_t i = 0; i + n <= b->len; i++)
        found += memcmp(b->data + i, what, n) == 0;
    return found;
}

/* The letters of all text elements, without blanks: lines break at them. */
struct reading {
    tl_buf text;
    bool in_text;
};

static void on_start(void *user, const XML_Char *name, const XML_Char **a)
{
    (void)a;
    ((struct reading *)user)->in_text = strcmp(name, "text") == 0;
    assert_true(strcmp(name, "script") != 0);
}

static void on_end(void *user, const XML_Char *name)
{
    (void)name;
    ((struct reading *)user)->in_text = false;
}

static void on_text(void *user, const XML_Char *s, int n)
{
    struct reading *r = user;
    for (int i = 0; r->in_text && i < n; i++)
        if (s[i] != ' ')
            tl_buf_char(&r->text, s[i]);
}

/* What an SVG says; the caller clears it. */
static tl_buf read_svg(const char *label, const tl_buf *out)
{
    struct reading r = { 0 };
    tl_buf_init(&r.text, 0);
    XML_Parser p = XML_ParserCreate("UTF-8");
    assert_non_null(p);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, on_start, on_end);
    XML_SetCharacterDataHandler(p, on_text);
    if (XML_Parse(p, tl_buf_text(out), (int)out->len, 1) != XML_STATUS_OK)
        fail_msg("%s: %s at byte %ld", label, XML_ErrorString(XML_GetErrorCode(p)),
                 (long)XML_GetCurrentByteIndex(p));
    XML_ParserFree(p);
    return r.text;
}

static const struct say_case {
    const char *label;
    double g_km, mean, earlier;
    int class_number;
    bool zh;
    const char *has[4]; /* without blanks */
    const char *lacks[3];
} say_cases[] = {
    { "both agree, en",
      201,
      237,
      219,
      1,
      false,
      { "201.0gCO2e/km30.2tCO2epercar", "mean237.0gCO2e/km:15.2%below", "class1of5",
        "−8.2%againstthemodelof2022:219.0" }, /* (201 - 219) / 219 = -8.22% */
      { "different", "toofewpeers", "above" } },
    { "both agree, zh",
      201,
      237,
      219,
      1,
      true,
      { "201.0gCO2e/km30.2tCO2e每辆车全生命周期", "平均值237.0gCO2e/km：低15.2%", "1级（共5级）",
        "−8.2%相比2022款：219.0" },
      { "不同", "过少", "(en)" } },
    { "class 2 above the mean",
      201,
      190,
      0,
      2,
      false,
      { "comparedwithcarsofsimilarmassitisamongthelowerones(class2),comparedwithitscategoryitis"
        "abovethemean.",
        "5.8%above", "Noearliercar", "class2of5" }, /* 11 / 190 = 5.79% */
      { "−", "+8" } },
    { "class 1 above the mean, zh",
      201,
      190,
      0,
      1,
      true,
      { "与整备质量相近的车相比属于较低的1级，与其类别相比则高于平均值。", "高5.8%",
        "没有可比的前代车型" },
      { "较高的" } },
    { "class 5 below the mean",
      201,
      237,
      190,
      5,
      false,
      { "amongthehigherones(class5),comparedwithitscategoryitisbelowthemean.", "+5.8%against" },
      { "lowerones" } },
    { "class 4 below the mean, zh",
      201,
      237,
      0,
      4,
      true,
      { "属于较高的4级，与其类别相比则低于平均值。" },
      { "较低的" } },
    { "class 3 never contradicts", 201, 237, 0, 3, false, { "class3of5" }, { "different" } },
    { "class 5 above the mean", 201, 190, 0, 5, false, { "5.8%above" }, { "different" } },
    { "no class",
      201,
      190,
      0,
      0,
      false,
      { "Noclass:toofewpeers", "noclass:toofewpeers" },
      { "of5", "different", "LowCarbon" } },
    { "no class, zh", 201, 190, 0, 0, true, { "无等级：同类车过少" }, { "低碳+", "共5级" } },
    { "no mean",
      201,
      NAN,
      NAN,
      1,
      false,
      { "nomeanofthiscategory", "Noearliercar" },
      { "different", "nan", "below" } },
    { "at the mean", 237, 237, 0, 1, false, { "mean237.0gCO2e/km:atthemean" }, { "different" } },
    { "a hair below", 236.96, 237, 0, 1, false, { "237.0gCO2e/km:lessthan0.1%below" }, { "0.0%" } },
    { "a hair above, zh", 237.04, 237, 0, 3, true, { "高不到0.1%" }, { "0.0%" } },
};

static void test_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof say_cases / sizeof *say_cases; i++) {
        const struct say_case *c = &say_cases[i];
        tl_carbon_label l = lynk;
        l.g_km = c->g_km;
        l.mean_g_km = c->mean;
        l.earlier_g_km = c->earlier;
        l.class_number = c->class_number;
        tl_buf out;
        tl_buf_init(&out, 0);
        tl_error err = { 0 };
        if (tl_carbon_label_svg(&l, c->zh, &out, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        tl_buf text = read_svg(c->label, &out);
        for (size_t k = 0; k < 4 && c->has[k]; k++)
            if (!strstr(tl_buf_text(&text), c->has[k]))
                fail_msg("%s: no %s in %s", c->label, c->has[k], tl_buf_text(&text));
        for (size_t k = 0; k < 3 && c->lacks[k]; k++)
            if (strstr(tl_buf_text(&text), c->lacks[k]))
                fail_msg("%s: %s in %s", c->label, c->lacks[k], tl_buf_text(&text));
        static const char *const always[] = { "gCO2e/km", "CN-2024-LK01-0001", "2024-09-30",
                                              "1794kg", "version/3" };
        for (size_t k = 0; k < sizeof always / sizeof *always; k++)
            if (!strstr(tl_buf_text(&text), always[k]))
                fail_msg("%s: no %s", c->label, always[k]);
        if (!strstr(tl_buf_text(&text),
                    c->zh ? "由该车型自身数据估算" : "estimatefromthemodel'sown"))
            fail_msg("%s: no data grade", c->label);
        tl_buf_clear(&text);
        tl_buf_clear(&out);
    }
}

/* Every text within the paper, no two over each other. */
static void check_boxes(const char *label, const tl_page *p, double width, double height)
{
    const double slack = 0.06; /* mm */
    size_t n;
    const tl_page_box *b = tl_page_boxes(p, &n);
    assert_true(n > 10);
    for (size_t i = 0; i < n; i++) {
        if (!(b[i].x >= 4.9 && b[i].y >= 4.9 && b[i].x + b[i].width <= width - 4.9 &&
              b[i].y + b[i].height <= height - 4.9))
            fail_msg("%s: text %zu at %f %f, %f x %f", label, i, b[i].x, b[i].y, b[i].width,
                     b[i].height);
        for (size_t k = 0; k < i; k++)
            if (b[i].x + slack < b[k].x + b[k].width && b[k].x + slack < b[i].x + b[i].width &&
                b[i].y + slack < b[k].y + b[k].height && b[k].y + slack < b[i].y + b[i].height)
                fail_msg("%s: texts %zu and %zu over each other", label, k, i);
    }
}

static tl_label_sheet open_sheet(double width, double height, bool zh)
{
    const tl_page_setup setup = {
        .form = TL_PAGE_SVG, .width_mm = width, .height_mm = height, .day = "2024-09-30", .zh = zh
    };
    tl_label_sheet s;
    tl_error err = { 0 };
    if (tl_label_sheet_open(&s, &setup, &err) != TL_OK)
        fail_msg("%s", err.text);
    return s;
}

/* Draws l in both languages; *cut counts the texts that were shortened. */
static void check_layout(const char *label, const tl_carbon_label *l, size_t *cut)
{
    *cut = 0;
    for (int zh = 0; zh < 2; zh++) {
        tl_label_sheet s = open_sheet(105, 148, zh);
        tl_error err = { 0 };
        tl_buf out;
        tl_buf_init(&out, 0);
        if (tl_carbon_label_draw(&s, l, &err) != TL_OK)
            fail_msg("%s: %s", label, err.text);
        check_boxes(label, s.page, 105, 148);
        *cut += tl_page_cut(s.page);
        if (tl_page_end(s.page, &out, &err) != TL_OK)
            fail_msg("%s: %s", label, err.text);
        tl_buf text = read_svg(label, &out);
        tl_buf_clear(&text);
        tl_buf_clear(&out);
        tl_label_sheet_close(&s);
    }
}

static tl_carbon_label all_texts(tl_label name, const char *text)
{
    tl_carbon_label l = lynk;
    l.product = l.maker = l.category = l.class_label = l.fuel = l.grade = l.rule = l.earlier = name;
    l.disclosure_id = l.version = text;
    l.mean_g_km = 100; /* with the long sentence */
    return l;
}

static void test_layout(void **state)
{
    (void)state;
    size_t cut;
    check_layout("short", &lynk, &cut);
    assert_int_equal(cut, 0);
    tl_carbon_label l = lynk;
    l.product = l.maker = l.category = l.rule = long_name;
    l.mean_g_km = 100;
    check_layout("long names", &l, &cut);
    assert_int_equal(cut, 0); /* 80 Chinese letters are shown whole */
    l.g_km = l.mean_g_km = l.earlier_g_km = l.kerb_mass_kg = l.t_car = 1e7;
    check_layout("long numbers", &l, &cut);
    l = all_texts(long_name, long_name.en);
    check_layout("long everything", &l, &cut);
    l = (tl_carbon_label){
        .product = { "x", NULL }, .g_km = 1, .link = "x", .published_on = "2024-09-30"
    };
    check_layout("hardly anything", &l, &cut);
    assert_int_equal(cut, 0);
}

static const char *const hostile[] = {
    "</text></svg><script>alert(1)</script>",
    "\x01\x02\x1b[31m\r\n\t\x7f",
    "\xFF\xFE\xC3(\xED\xA0\x80",
    "\u202E\u2066\u2028\u2029\u200F\uFEFF",
    "%s%n%1$s%%",
    "&#x0;&amp;]]>",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "𝔊𝔢𝔢𝔩𝔶 🚗🚗🚗 \U0010FFFD",
    "\u0627\u0644\u0641\u0648\u0644\u0627\u0630 steel \u05E4\u05DC\u05D3\u05D4",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽",
};

static void test_hostile(void **state)
{
    (void)state;
    size_t cut;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const tl_carbon_label l = all_texts((tl_label){ hostile[i], hostile[i] }, hostile[i]);
        char label[32];
        snprintf(label, sizeof label, "hostile %zu", i);
        check_layout(label, &l, &cut);
        tl_buf out;
        tl_error err = { 0 };
        tl_buf_init(&out, 0);
        if (tl_carbon_label_pdf(&l, i % 2, &out, &err) != TL_OK)
            fail_msg("%s: %s", label, err.text);
        tl_buf_clear(&out);
    }
}

static void test_files(void **state)
{
    (void)state;
    tl_buf pdf, again, svg, svg_again;
    tl_buf *bufs[] = { &pdf, &again, &svg, &svg_again };
    for (size_t i = 0; i < 4; i++)
        tl_buf_init(bufs[i], 0);
    assert_int_equal(tl_carbon_label_pdf(&lynk, true, &pdf, NULL), TL_OK);
    assert_int_equal(tl_carbon_label_svg(&lynk, true, &svg, NULL), TL_OK);
    /* what was drawn in between leaves no trace */
    const tl_carbon_label other = all_texts((tl_label){ hostile[7], hostile[8] }, hostile[10]);
    assert_int_equal(tl_carbon_label_pdf(&other, false, &again, NULL), TL_OK);
    tl_buf_reset(&again);
    assert_int_equal(tl_carbon_label_pdf(&lynk, true, &again, NULL), TL_OK);
    assert_int_equal(tl_carbon_label_svg(&lynk, true, &svg_again, NULL), TL_OK);
    assert_int_equal(pdf.len, again.len);
    assert_memory_equal(pdf.data, again.data, pdf.len);
    assert_string_equal(svg.data, svg_again.data);
    assert_memory_equal(pdf.data, "%PDF-", 5);
    assert_int_equal(count(&pdf, "/Type /Page ") + count(&pdf, "/Type /Page\n"), 1);
    assert_int_equal(count(&pdf, "20240930000000Z"), 2); /* the day of publication, no clock */
    assert_int_equal(count(&svg, "<title>碳标识：领克01</title>"), 1);
    assert_int_equal(count(&svg, "<desc>201.0 g CO2e/km，1级，类别平均值 237.0 g CO2e/km。</desc>"),
                     1);
    for (size_t i = 0; i < 4; i++)
        tl_buf_clear(bufs[i]);
}

static char too_long[TL_LABEL_LINK_BYTES + 2];

static const struct refused_case {
    const char *label;
    size_t field; /* offset of a number */
    double v;
} refused_numbers[] = {
    { "no value", offsetof(tl_carbon_label, g_km), NAN },
    { "a value of 0", offsetof(tl_carbon_label, g_km), 0 },
    { "a value below 0", offsetof(tl_carbon_label, g_km), -1 },
    { "an endless value", offsetof(tl_carbon_label, g_km), INFINITY },
    { "a value too large", offsetof(tl_carbon_label, g_km), 1.1e7 },
    { "a mean below 0", offsetof(tl_carbon_label, mean_g_km), -1 },
    { "an endless mean", offsetof(tl_carbon_label, mean_g_km), INFINITY },
    { "tonnes below 0", offsetof(tl_carbon_label, t_car), -0.1 },
    { "a mass below 0", offsetof(tl_carbon_label, kerb_mass_kg), -1 },
    { "an earlier value below 0", offsetof(tl_carbon_label, earlier_g_km), -1 },
};

static void refuse(const char *label, const tl_carbon_label *l)
{
    tl_error err = { 0 };
    tl_buf out;
    tl_buf_init(&out, 0);
    tl_status pdf = tl_carbon_label_pdf(l, false, &out, &err);
    tl_status svg = tl_carbon_label_svg(l, false, &out, &err);
    if (pdf != TL_EINPUT || svg != TL_EINPUT || out.len || !err.text[0])
        fail_msg("%s: status %d and %d, %zu bytes", label, (int)pdf, (int)svg, out.len);
    tl_buf_clear(&out);
}

static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused_numbers / sizeof *refused_numbers; i++) {
        tl_carbon_label l = lynk;
        memcpy((char *)&l + refused_numbers[i].field, &refused_numbers[i].v, sizeof(double));
        refuse(refused_numbers[i].label, &l);
    }
    memset(too_long, 'a', sizeof too_long - 1);
    const char *const links[] = { NULL, "", too_long, "a\nb", "\xFF" };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        tl_carbon_label l = lynk;
        l.link = links[i];
        refuse("link", &l);
    }
    const char *const days[] = { NULL, "", "2024", "2024-13-01", "yesterday" };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        tl_carbon_label l = lynk;
        l.published_on = days[i];
        refuse("day", &l);
    }
    for (int class_number = -1; class_number <= 6; class_number += 7) {
        tl_carbon_label l = lynk;
        l.class_number = class_number;
        refuse("class", &l);
    }
    tl_carbon_label l = lynk;
    l.product = (tl_label){ "", NULL };
    refuse("no product", &l);
    too_long[TL_LABEL_LINK_BYTES] = '\0'; /* the longest that is taken */
    l = lynk;
    l.link = too_long;
    size_t cut;
    check_layout("longest link", &l, &cut);
    assert_int_equal(cut, 0);
}

enum { LINES = 40 };

static tl_certificate certificate(struct tl_certificate_line *lines, size_t n, size_t winners,
                                  tl_label name)
{
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct tl_certificate_line){ name, name, 178.04 + (double)i, i < winners,
                                                 i % 2 ? NULL : "ademe-35145f246eae@12" };
    return (tl_certificate){ .title = { "Low Carbon Car Top Runner", "低碳领跑者" },
                             .segment = { "midsize sedan, battery electric", "中型轿车，纯电动" },
                             .window = { "launched April to September 2024", "2024年4月至9月上市" },
                             .rule = { "Lowest published footprint", "已公示碳足迹最低" },
                             .lines = lines,
                             .n = n,
                             .day = "2024-12-01",
                             .link = "https://example.org/award/1" };
}

static const struct certificate_case {
    const char *label;
    size_t n, winners;
    bool zh, long_names;
    const char *has, *lacks;
} certificate_cases[] = {
    { "one", 1, 1, false, false, "178.0winner", "more" },
    { "twelve", 12, 1, true, false, "189.0", "另有" },
    { "thirteen", 13, 1, false, false, "1morecandidates", "190.0" },
    { "joint winners", 12, 3, true, false, "180.0领跑者", "181.0领跑者" },
    { "more winners than lines", 40, 14, false, false, "28more,2ofthemjointwinners", "190.0" },
    { "the same, zh", 40, 14, true, false, "另有28款，其中2款同为领跑者", "190.0" },
    { "long names", 12, 2, false, true, "Plu", "…" },
    { "long names, zh", 12, 2, true, true, "多用途", "…" },
    { "long names and more", 40, 14, true, true, "另有28款", "…" },
};

static void test_certificate(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof certificate_cases / sizeof *certificate_cases; i++) {
        const struct certificate_case *c = &certificate_cases[i];
        struct tl_certificate_line lines[LINES];
        tl_label name = c->long_names ? long_name : (tl_label){ "SU7", "小米SU7" };
        tl_certificate award = certificate(lines, c->n, c->winners, name);
        if (c->long_names)
            award.title = award.segment = award.window = award.rule = long_name;
        tl_error err = { 0 };
        tl_label_sheet s = open_sheet(297, 210, c->zh);
        tl_buf out;
        tl_buf_init(&out, 0);
        if (tl_certificate_check(&award, &err) != TL_OK ||
            tl_certificate_draw(&s, &award, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        check_boxes(c->label, s.page, 297, 210);
        if (tl_page_end(s.page, &out, &err) != TL_OK)
            fail_msg("%s: %s", c->label, err.text);
        tl_buf text = read_svg(c->label, &out);
        if (!strstr(tl_buf_text(&text), c->has) || strstr(tl_buf_text(&text), c->lacks))
            fail_msg("%s: want %s, not %s, in %s", c->label, c->has, c->lacks, tl_buf_text(&text));
        tl_label_sheet_close(&s);
        tl_buf_clear(&text);
        tl_buf_clear(&out);
    }
}

static void test_certificate_file(void **state)
{
    (void)state;
    struct tl_certificate_line lines[LINES];
    tl_certificate award = certificate(lines, 12, 1, (tl_label){ "SU7", "小米SU7" });
    tl_buf first, second;
    tl_buf_init(&first, 0);
    tl_buf_init(&second, 0);
    assert_int_equal(tl_certificate_pdf(&award, true, &first, NULL), TL_OK);
    assert_int_equal(tl_certificate_pdf(&award, true, &second, NULL), TL_OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    assert_memory_equal(first.data, "%PDF-", 5);
    assert_int_equal(count(&first, "/Type /Page ") + count(&first, "/Type /Page\n"), 1);
    tl_buf_reset(&first);
    tl_certificate wrong[6] = { award, award, award, award, award, award };
    struct tl_certificate_line late[2] = { lines[0], lines[0] }, none[2] = { lines[1], lines[2] };
    struct tl_certificate_line third[3] = { lines[0], lines[1], lines[0] };
    late[1].g_km = NAN;
    wrong[0].n = 0;
    wrong[1].lines = none, wrong[1].n = 2;
    wrong[2].lines = third, wrong[2].n = 3;
    wrong[3].lines = late, wrong[3].n = 2;
    wrong[4].day = "soon";
    wrong[5].link = "";
    for (size_t i = 0; i < 6; i++) {
        tl_error err = { 0 };
        if (tl_certificate_pdf(&wrong[i], false, &first, &err) != TL_EINPUT || first.len)
            fail_msg("row %zu is taken", i);
    }
    tl_buf_clear(&first);
    tl_buf_clear(&second);
}

/* Random bytes in every text of a label and a certificate. */
static void test_random(void **state)
{
    (void)state;
    tl_random r = tl_random_seed(20241201);
    for (int round = 0; round < 15; round++) {
        char text[300];
        size_t n = tl_random_below(&r, sizeof text), cut;
        for (size_t i = 0; i < n; i++)
            text[i] = (char)(1 + tl_random_below(&r, 255));
        text[n] = '\0';
        tl_carbon_label l = all_texts((tl_label){ text, text }, text);
        l.product = (tl_label){ "x", "x" }; /* a label needs one */
        l.maker = (tl_label){ text, NULL };
        check_layout("seed 20241201", &l, &cut);
        struct tl_certificate_line lines[LINES];
        tl_certificate award = certificate(lines, 14, 2, (tl_label){ text, text });
        tl_buf out;
        tl_error err = { 0 };
        tl_buf_init(&out, 0);
        if (tl_certificate_pdf(&award, true, &out, &err) != TL_OK)
            fail_msg("seed 20241201, round %d: %s", round, err.text);
        tl_buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_certificate),
        cmocka_unit_test(test_certificate_file),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
