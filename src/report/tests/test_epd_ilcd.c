/* test_epd_ilcd.c - the XML read back by another reader: what is known is there, and nothing else.
 */
#include "report/epd_ilcd.h"
#include "report/tests/epd_sheet_test.h"

/* What was read: one line a text or attribute, "LCIAResult/other/amount@epd:module=A1-A3". */
struct reading {
    tl_buf lines, text;
    char path[16][64];
    int depth;
};

static void on_start(void *user, const XML_Char *name, const XML_Char **a)
{
    struct reading *r = user;
    assert_true(r->depth < 16);
    snprintf(r->path[r->depth++], sizeof r->path[0], "%s", name);
    tl_buf_reset(&r->text);
    for (; *a; a += 2)
        tl_buf_printf(&r->lines, "%s@%s=%s\n", name, a[0], a[1]);
}

static void on_end(void *user, const XML_Char *name)
{
    struct reading *r = user;
    assert_string_equal(r->path[r->depth - 1], name);
    if (r->text.len > 0)
        tl_buf_printf(&r->lines, "%s=%s\n", name, tl_buf_text(&r->text));
    tl_buf_reset(&r->text);
    r->depth--;
}

static void on_text(void *user, const XML_Char *s, int n)
{
    struct reading *r = user;
    tl_buf_add(&r->text, s, (size_t)n);
}

/* The caller clears it. */
static tl_buf read_back(const tl_epd_sheet *e)
{
    struct reading r = { 0 };
    tl_buf xml;
    tl_error err = { 0 };
    tl_buf_init(&xml, 0);
    tl_buf_init(&r.lines, 0);
    tl_buf_init(&r.text, 0);
    if (tl_epd_ilcd(e, &xml, &err) != TL_OK)
        fail_msg("%s", err.text);
    XML_Parser p = XML_ParserCreate("UTF-8");
    assert_non_null(p);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, on_start, on_end);
    XML_SetCharacterDataHandler(p, on_text);
    if (XML_Parse(p, xml.data, (int)xml.len, 1) != XML_STATUS_OK)
        fail_msg("%s in %s", XML_ErrorString(XML_GetErrorCode(p)), tl_buf_text(&xml));
    XML_ParserFree(p);
    tl_buf_clear(&xml);
    tl_buf_clear(&r.text);
    return r.lines;
}

static void expect(const char *label, const tl_buf *lines, const char *const *words, bool there)
{
    const char *at = tl_buf_text(lines);
    for (; *words; words++) {
        const char *found = strstr(at, *words);
        if ((found != NULL) != there) {
            fail_msg("%s: '%s' is%s in (or not there in)\n%s", label, *words, there ? " not" : "",
                     tl_buf_text(lines));
            return;
        }
        if (found)
            at = found + 1;
    }
}

/* UUIDs: Python's uuid.uuid5(uuid.NAMESPACE_URL, "tanlian:record:epd-coil") and so on. */
static void test_registered(void **state)
{
    (void)state;
    sheet_fixture f;
    sheet_fill(&f);
    tl_buf lines = read_back(&f.sheet);
    static const char *const wanted[] = {
        "processDataSet@xmlns=http://lca.jrc.it/ILCD/Process",
        "common:UUID=9f1baa6a-98b0-55d4-af19-2daee75ad108",
        "baseName=Hot-dip galvanised coil 热镀锌卷",
        SHEET_SEAL,
        "functionalUnitOrOther=1 kg\n",
        "common:referenceYear=2025",
        "common:dataSetValidUntil=2031",
        "epd2:publicationDateOfEPD=2026-05-01",
        "epd24:expirationDateOfEPD=2031-05-01",
        "@location=CN",
        "typeOfDataSet=EPD",
        "@refObjectId=546f83dc-0d0a-5a71-b82f-f00de16fb53c",
        "common:shortDescription=Steel products",
        "common:shortDescription=钢铁产品",
        "review@type=Independent external review",
        "common:shortDescription=Vera",
        "common:shortDescription=CQC",
        "common:dataSetVersion=02.00.000",
        "common:registrationNumber=N-1",
        "common:shortDescription=Tangsteel",
        "meanAmount=1\n",
        "referenceToFlowDataSet@refObjectId=06159210-646b-4c8d-8583-da9b3b95a6c1",
        "exchangeDirection=Input",
        "epd:amount@epd:module=A1-A3\nepd:amount=17.25",
        "common:shortDescription=MJ\n",
        "common:shortDescription=Global warming potential (GWP)",
        "epd:amount=1.5\n",
        "common:shortDescription=kg CO2e\n",
        "@refObjectId=5f635281-343e-44fb-83df-1971b155e6b6",
        "epd:amount@epd:module=A1-A3\nepd:amount=1.4921\n",
        "epd:amount@epd:module=C3\nepd:amount=0.0123",
        "@refObjectId=b5c629d6-def3-11e6-bf01-fe55135034f3",
        "epd:amount=1.2e-12",
        "common:shortDescription=our own <key>",
        "epd:amount=3\n",
        NULL
    };
    expect("registered", &lines, wanted, true);
    tl_buf_clear(&lines);
}

/* Nobody reviewed a draft, and what is not stated is not written. */
static void test_draft(void **state)
{
    (void)state;
    sheet_fixture f;
    sheet_fill(&f);
    f.record.state = TL_RECORD_PRELIMINARY;
    f.record.hash = f.record.published_on = f.record.valid_from = f.record.valid_until = "";
    f.record.region = "";
    f.record.year = 0;
    f.record.n_parts = 0;
    f.epd.registration = f.epd.verifier = f.epd.verifier_company = f.epd.valid_until = "";
    f.sheet.pcr = NULL;
    f.sheet.owner = f.sheet.verifier_company = NULL;
    tl_buf lines = read_back(&f.sheet);
    expect("draft", &lines,
           (const char *const[]){ "none: not published", "common:shortDescription=steel",
                                  "common:shortDescription=tangsteel", NULL },
           true);
    static const char *const absent[] = { "review",     "referenceYear",      "ValidUntil",
                                          "locationOf", "registrationNumber", "publicationDate",
                                          NULL };
    for (size_t i = 0; absent[i]; i++)
        expect("draft", &lines, (const char *const[]){ absent[i], NULL }, false);
    tl_buf_clear(&lines);
}

/* The format asks for the module of every amount. */
static void test_modules(void **state)
{
    (void)state;
    sheet_fixture f;
    tl_buf out;
    tl_error err = { 0 };
    sheet_fill(&f);
    f.record.boundary = "cradle to grave";
    tl_buf_init(&out, 0);
    assert_int_equal(tl_epd_ilcd(&f.sheet, &out, &err), TL_EINPUT);
    assert_non_null(strstr(err.text, "cradle to grave"));
    assert_int_equal(out.len, 0);
    tl_buf_clear(&out);
}

/* Where figures differ in their declared unit, none is said and every unit stays whole. */
static void test_units(void **state)
{
    (void)state;
    static const tl_record_part parts[] = { { "indicator", "ap", 4, "kg/t" } };
    sheet_fixture f;
    sheet_fill(&f);
    f.record.parts = parts;
    f.record.n_parts = 1;
    tl_buf lines = read_back(&f.sheet);
    expect(
        "units", &lines,
        (const char *const[]){ "shortDescription=kg CO2e/kg\n", "shortDescription=kg/t\n", NULL },
        true);
    expect("units", &lines, (const char *const[]){ "functionalUnit", NULL }, false);
    tl_buf_clear(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_registered),
        cmocka_unit_test(test_draft),
        cmocka_unit_test(test_modules),
        cmocka_unit_test(test_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
