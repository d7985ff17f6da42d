/* test_record_chain.c - canonical form, seals, the export, and a database somebody wrote into.
 *
 * The export of two versions is held against tests/registry/record.json byte by byte; the Python
 * test beside that file holds tools/check-record against it, so both speak of the same form.
 * TL_UPDATE=1 writes it anew. */
#include "registry/tests/record_test.h"

#include "base/file.h"
#include "registry/record_chain.h"

static const char id[] = "lynk-01";
static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

/* Everything a form can trip over: Chinese, quotes, line ends, exponents, numbers not stated. */
static tl_record odd_car(double value)
{
    static const tl_record_part parts[] = {
        { "stage", "materials", 71.25, "g CO2e/km" },
        { "stage", "driving", 0.1 + 0.2, "" },
        { "material", "steel", 1.5e-9, "g CO2e/km" },
        { "indicator", "acidification", -3, "mol H+ eq" },
    };
    tl_record r = record_car(id, value);
    r.product = "领克01 \"PHEV\" \\ 2023";
    r.evidence = "first line\nsecond\tline";
    r.kerb_mass_kg = 1.87e21;
    r.price = NAN;
    r.currency = "";
    r.pins = " [ {\"version\":\"2\",\"id\":\"b\",\"checksum\":\"01\"},\n"
             "{\"checksum\":\"02\",\"id\":\"a\",\"version\":\"1\"} ] ";
    r.parts = parts;
    r.n_parts = RECORD_COUNT(parts);
    return r;
}

static void publish_two(record_fixture *f)
{
    tl_record r = odd_car(201);
    record_publish(f, &r, "2026-11-30");
    r.value = 188.4;
    r.reason = "battery of another size";
    record_publish(f, &r, "2027-01-15");
}

/* The order of members is that of docs/registry.md. */
static void test_canonical(void **state)
{
    static const char want[] =
        "{\"id\":\"lynk-01\",\"kind\":\"vehicle\",\"product\":\"领克01 \\\"PHEV\\\" \\\\ 2023\","
        "\"maker\":\"Lynk & Co\",\"company\":\"\",\"disclosure_id\":\"88.186.1/CPP.V.LW4.RB00001\","
        "\"series\":\"\",\"size_class\":\"compact\",\"body\":\"suv\",\"powertrain\":\"phev\","
        "\"launched\":\"2023-06\",\"kerb_mass_kg\":1.87e21,\"price\":null,\"currency\":\"\","
        "\"value\":201,\"unit\":\"g CO2e/km\",\"boundary\":\"cradle to grave\",\"method\":\"test "
        "1.0\",\"region\":\"\",\"grade\":\"\",\"verifier\":\"\",\"evidence\":\"first "
        "line\\nsecond\\tline\",\"year\":0,\"uncertainty\":null,\"primary_share\":0.25,"
        "\"valid_from\":\"\",\"valid_until\":\"\",\"input_hash\":\"\",\"parts\":[{\"kind\":"
        "\"stage\",\"key\":\"materials\",\"value\":71.25,\"unit\":\"g CO2e/km\"},{\"kind\":"
        "\"stage\",\"key\":\"driving\",\"value\":0.30000000000000004,\"unit\":\"g CO2e/km\"},"
        "{\"kind\":\"material\",\"key\":\"steel\",\"value\":1.5e-9,\"unit\":\"g CO2e/km\"},"
        "{\"kind\":\"indicator\",\"key\":\"acidification\",\"value\":-3,\"unit\":\"mol H+ "
        "eq\"}],\"version\":1,\"reason\":\"\",\"author\":\"anna\",\"published_on\":\"2026-11-30\","
        "\"pins\":[{\"id\":\"a\",\"version\":\"1\",\"checksum\":\"02\"},{\"id\":\"b\",\"version\":"
        "\"2\",\"checksum\":\"01\"}]}";
    record_fixture *f = *state;
    tl_buf b;
    tl_record r = odd_car(201), stored;
    char seal[TL_SHA256_HEX];
    /* indicators have a unit of their own */
    static tl_record_part parts[4];
    memcpy(parts, r.parts, sizeof parts);
    r.parts = parts;
    r.version = 1;
    r.author = "anna";
    r.published_on = "2026-11-30";
    tl_buf_init(&b, 0);
    record_expect("given", tl_record_canonical(&r, &b, &f->err), TL_OK, &f->err, NULL);
    if (strcmp(tl_buf_text(&b), want) != 0)
        fail_msg("got  %s\nwant %s", tl_buf_text(&b), want);
    publish_two(f);
    record_expect("get", tl_record_get(f->s, id, 1, f->arena, &stored, &f->err), TL_OK, &f->err,
                  NULL);
    tl_buf_reset(&b);
    record_expect("stored", tl_record_canonical(&stored, &b, &f->err), TL_OK, &f->err, NULL);
    if (strcmp(tl_buf_text(&b), want) != 0)
        fail_msg("stored: got  %s\nwant %s", tl_buf_text(&b), want);
    record_expect("seal", tl_record_seal(&stored, zeros, seal, &f->err), TL_OK, &f->err, NULL);
    assert_string_equal(seal, stored.hash);
    tl_buf_clear(&b);
}

/* Each member, changed by itself, gives another seal; so does another link before. */
static void test_seal(void **state)
{
    record_fixture *f = *state;
    char seal[TL_SHA256_HEX], other[TL_SHA256_HEX];
    tl_record_part parts[4];
    tl_record base = odd_car(201);
    memcpy(parts, base.parts, sizeof parts);
    base.parts = parts;
    base.version = 1;
    record_expect("seal", tl_record_seal(&base, zeros, seal, &f->err), TL_OK, &f->err, NULL);
    const char **const texts[] = {
        &base.id,         &base.product,    &base.maker,    &base.company,      &base.disclosure_id,
        &base.series,     &base.size_class, &base.body,     &base.powertrain,   &base.launched,
        &base.currency,   &base.unit,       &base.boundary, &base.method,       &base.region,
        &base.grade,      &base.verifier,   &base.evidence, &base.valid_from,   &base.valid_until,
        &base.input_hash, &base.reason,     &base.author,   &base.published_on, &parts[0].kind,
        &parts[1].key,    &parts[3].unit
    };
    double *const numbers[] = { &base.kerb_mass_kg, &base.price,         &base.value,
                                &base.uncertainty,  &base.primary_share, &parts[2].value };
    for (size_t i = 0; i < RECORD_COUNT(texts); i++) {
        const char *kept = *texts[i];
        *texts[i] = "another";
        assert_int_equal(tl_record_seal(&base, zeros, other, NULL), TL_OK);
        if (strcmp(seal, other) == 0)
            fail_msg("text %zu is not sealed", i);
        *texts[i] = kept;
    }
    for (size_t i = 0; i < RECORD_COUNT(numbers); i++) {
        double kept = *numbers[i];
        *numbers[i] = isnan(kept) ? 1 : nextafter(kept, INFINITY);
        assert_int_equal(tl_record_seal(&base, zeros, other, NULL), TL_OK);
        if (strcmp(seal, other) == 0)
            fail_msg("number %zu is not sealed", i);
        *numbers[i] = kept;
    }
    record_expect("link", tl_record_seal(&base, seal, other, &f->err), TL_OK, &f->err, NULL);
    assert_string_not_equal(seal, other);
    base.pins = "[]";
    record_expect("pins", tl_record_seal(&base, zeros, other, &f->err), TL_OK, &f->err, NULL);
    assert_string_not_equal(seal, other);
}

static void test_export(void **state)
{
    record_fixture *f = *state;
    tl_file_view view;
    tl_buf b;
    bool same;
    tl_record r = odd_car(170);
    char path[600];
    const char *root = getenv("TL_SOURCE");
    tl_buf_init(&b, 0);
    record_expect("nothing", tl_record_export(f->s, id, &b, &f->err), TL_ENOTFOUND, &f->err,
                  "nothing published");
    tl_buf_reset(&b);
    publish_two(f);
    r.reason = "still open, so not in the export";
    record_expect("third", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    record_expect("export", tl_record_export(f->s, id, &b, &f->err), TL_OK, &f->err, NULL);
    snprintf(path, sizeof path, "%s/tests/registry/record.json", root ? root : ".");
    if (getenv("TL_UPDATE"))
        assert_int_equal(tl_file_write(path, b.data, b.len, NULL), TL_OK);
    record_expect("golden", tl_file_open(&view, path, 0, &f->err), TL_OK, &f->err, NULL);
    if (view.size != b.len || memcmp(view.data, b.data, b.len) != 0)
        fail_msg("got  %s\nwant %.*s", tl_buf_text(&b), (int)view.size, view.data);
    tl_file_close(&view);
    tl_buf_clear(&b);
}

/* Somebody with the file in hand takes the triggers away and writes. */
static void test_verify(void **state)
{
    static const struct {
        const char *label, *sql, *words;
    } cases[] = {
        { "a value", "UPDATE record_version SET value = 100 WHERE version = 1", "version 1" },
        { "the seal too",
          "UPDATE record_version SET hash = replace(hash, 'a', 'b') WHERE version = 1",
          "version 1" },
        { "a part",
          "UPDATE record_part SET value = 70 WHERE kind = 'stage' AND version = "
          "(SELECT number FROM record_version WHERE version = 2)",
          "version 2" },
        { "pins", "UPDATE record_pins SET text = replace(text, '01', '03')", "version 1" },
        { "the second first", "UPDATE record_version SET version = 3 WHERE version = 2",
          "version 2 is missing" },
    };
    (void)state;
    for (size_t i = 0; i < RECORD_COUNT(cases); i++) {
        void *own = NULL;
        int64_t n;
        assert_int_equal(record_setup(&own), 0);
        record_fixture *f = own;
        publish_two(f);
        record_expect(cases[i].label, tl_record_verify(f->s, &n, &f->err), TL_OK, &f->err, NULL);
        assert_int_equal(n, 2);
        record_raw(f,
                   "DROP TRIGGER record_version_published; DROP TRIGGER record_version_stays;"
                   "DROP TRIGGER record_part_no_update; DROP TRIGGER record_pins_no_update",
                   TL_OK, NULL);
        record_raw(f, cases[i].sql, TL_OK, NULL);
        record_expect(cases[i].label, tl_record_verify(f->s, &n, &f->err), TL_ECONFLICT, &f->err,
                      cases[i].words);
        record_teardown(&own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_canonical, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_seal, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_export, record_setup, record_teardown),
        cmocka_unit_test(test_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
