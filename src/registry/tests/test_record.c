/* test_record.c - what can be a record, writing and reading it, remarks, and the rules of its
 * tables. */
#include "registry/tests/record_test.h"

#include "company/company.h"
#include "registry/record_chain.h"
#include "store/audit.h"

static const char id[] = "lynk-01";

static void test_put_get(void **state)
{
    record_fixture *f = *state;
    tl_record r = record_car(id, 201), got;
    bool same = true;
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    assert_false(same);
    record_expect("again", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    assert_true(same);
    record_expect("public", tl_record_get(f->s, id, 0, f->arena, &got, &f->err), TL_ENOTFOUND,
                  &f->err, "nothing published");
    record_expect("get", tl_record_get(f->s, id, -1, f->arena, &got, &f->err), TL_OK, &f->err,
                  NULL);
    assert_string_equal(got.product, "Lynk & Co 01");
    assert_string_equal(got.company, "");
    assert_int_equal(got.state, TL_RECORD_PRELIMINARY);
    assert_int_equal(got.n_parts, 3);
    assert_string_equal(got.parts[2].key, "steel");
    assert_string_equal(got.parts[2].unit, "g CO2e/km");
    if (got.value != 201 || !isnan(got.uncertainty) || got.kerb_mass_kg != 1870)
        fail_msg("value %g, uncertainty %g, mass %g", got.value, got.uncertainty, got.kerb_mass_kg);
    assert_string_equal(got.author, "anna");
    assert_string_equal(got.hash, "");
    assert_string_equal(got.pins, r.pins);
    record_expect("version 2", tl_record_get(f->s, id, 2, f->arena, &got, &f->err), TL_ENOTFOUND,
                  &f->err, "no version 2");
    record_expect("unknown", tl_record_get(f->s, "nobody", -1, f->arena, &got, &f->err),
                  TL_ENOTFOUND, &f->err, "no such record");
}

/* Every field comes back as it was given. */
static void test_all_fields(void **state)
{
    static const tl_record_part parts[] = { { "indicator", "acidification", 0.004, "mol H+ eq" },
                                            { "stage", "a1-a3", 2.1, "kg CO2e/kg" } };
    record_fixture *f = *state;
    tl_company_change change;
    const tl_company baosteel = { .id = "baosteel",
                                  .name_en = "Baosteel",
                                  .name_zh = "宝钢股份",
                                  .country = "CN",
                                  .region_group = "",
                                  .listed = "",
                                  .product_type = "",
                                  .industry = "",
                                  .parent = "",
                                  .inclusion = "",
                                  .source = "test",
                                  .note = "" };
    tl_record got;
    bool same;
    const tl_record r = { .id = "epd-coil",
                          .kind = TL_RECORD_EPD,
                          .product = "热轧卷",
                          .maker = "宝山基地",
                          .company = "baosteel",
                          .disclosure_id = "EPD-1",
                          .kerb_mass_kg = NAN,
                          .price = NAN,
                          .value = 2.1,
                          .unit = "kg CO2e/kg",
                          .boundary = "cradle to gate",
                          .method = "EN 15804",
                          .region = "CN",
                          .grade = "own",
                          .verifier = "verifier",
                          .evidence = "report\npage 3",
                          .year = 2025,
                          .uncertainty = 0.1,
                          .primary_share = 0.9,
                          .valid_from = "2026-01-01",
                          .valid_until = "2030-12-31",
                          .input_hash = "0123456789abcdef0123456789abcdef"
                                        "0123456789abcdef0123456789abcdef",
                          .reason = "first",
                          .parts = parts,
                          .n_parts = 2 };
    record_expect("no company", record_put(f, &r, &same), TL_ENOTFOUND, &f->err, "baosteel");
    assert_int_equal(tl_store_begin(f->s, NULL), TL_OK);
    record_expect("company", tl_company_put(f->s, &baosteel, "test", &change, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(tl_store_commit(f->s, NULL), TL_OK);
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    record_expect("get", tl_record_get(f->s, r.id, -1, f->arena, &got, &f->err), TL_OK, &f->err,
                  NULL);
    const char *const texts[][2] = {
        { got.product, r.product },
        { got.maker, r.maker },
        { got.company, r.company },
        { got.disclosure_id, r.disclosure_id },
        { got.series, "" },
        { got.launched, "" },
        { got.currency, "" },
        { got.unit, r.unit },
        { got.boundary, r.boundary },
        { got.method, r.method },
        { got.region, r.region },
        { got.grade, r.grade },
        { got.verifier, r.verifier },
        { got.evidence, r.evidence },
        { got.valid_from, r.valid_from },
        { got.valid_until, r.valid_until },
        { got.input_hash, r.input_hash },
        { got.reason, r.reason },
        { got.parts[0].unit, "mol H+ eq" },
        { got.parts[1].unit, "kg CO2e/kg" },
        { got.pins, "[]" },
    };
    for (size_t i = 0; i < RECORD_COUNT(texts); i++)
        if (strcmp(texts[i][0], texts[i][1]) != 0)
            fail_msg("text %zu: got '%s', want '%s'", i, texts[i][0], texts[i][1]);
    assert_int_equal(got.kind, TL_RECORD_EPD);
    assert_int_equal(got.year, 2025);
    if (got.value != 2.1 || got.uncertainty != 0.1 || got.primary_share != 0.9 ||
        !isnan(got.price) || got.parts[0].value != 0.004)
        fail_msg("value %g, uncertainty %g, share %g", got.value, got.uncertainty,
                 got.primary_share);
}

/* What each row does to a good record, and the words of the refusal. */
typedef void (*harm)(tl_record *r, tl_record_part *part);

#define HARM(name, act)                                                                            \
    static void name(tl_record *r, tl_record_part *part)                                           \
    {                                                                                              \
        (void)r, (void)part;                                                                       \
        act;                                                                                       \
    }
HARM(no_id, r->id = "")
HARM(capital_id, r->id = "Lynk")
HARM(no_product, r->product = NULL)
HARM(control, r->maker = "a\x1b")
HARM(no_utf8, r->maker = "\xff")
HARM(no_unit, r->unit = "")
HARM(other_unit, r->unit = "g/mile")
HARM(no_value, r->value = NAN)
HARM(endless, r->value = INFINITY)
HARM(zero_value, r->value = 0)
HARM(zero_mass, r->kerb_mass_kg = 0)
HARM(negative_price, r->price = -1)
HARM(no_currency, r->currency = "")
HARM(odd_currency, r->currency = "yuan")
HARM(zero_uncertainty, r->uncertainty = 0)
HARM(large_share, r->primary_share = 1.01)
HARM(odd_launch, r->launched = "2023-13")
HARM(odd_day, r->valid_from = "2023-02-29")
HARM(backwards, (r->valid_from = "2026-01-02", r->valid_until = "2026-01-01"))
HARM(odd_year, r->year = 26)
HARM(odd_hash, r->input_hash = "abc")
HARM(odd_pins, r->pins = "[{\"id\":\"a\"}]")
HARM(more_pins, r->pins = "[{\"id\":\"a\",\"version\":\"1\",\"checksum\":\"c\",\"x\":\"y\"}]")
HARM(no_json, r->pins = "[")
HARM(no_list, r->pins = "{}")
HARM(part_kind, part->kind = "stages")
HARM(part_key, part->key = "")
HARM(part_unit, part->unit = "kg")
HARM(part_value, part->value = NAN)
HARM(part_twice, part->key = "driving")
HARM(no_indicator_unit, (part->kind = "indicator", part->unit = ""))

static const struct {
    const char *label;
    harm harm;
    const char *words;
} harms[] = {
    { "no id", no_id, "id" },
    { "capital", capital_id, "lower-case" },
    { "no product", no_product, "product" },
    { "control", control, "maker" },
    { "no UTF-8", no_utf8, "maker" },
    { "no unit", no_unit, "unit" },
    { "other unit", other_unit, "g CO2e/km" },
    { "no value", no_value, "value" },
    { "infinite value", endless, "value" },
    { "zero value", zero_value, "value" },
    { "zero mass", zero_mass, "kerb_mass_kg" },
    { "negative price", negative_price, "price" },
    { "no currency", no_currency, "currency" },
    { "odd currency", odd_currency, "currency" },
    { "uncertainty 0", zero_uncertainty, "left out" },
    { "share above 1", large_share, "primary_share" },
    { "odd launch", odd_launch, "launched" },
    { "odd day", odd_day, "valid_from" },
    { "backwards", backwards, "valid_until" },
    { "odd year", odd_year, "year" },
    { "odd hash", odd_hash, "input_hash" },
    { "pins without version", odd_pins, "pins" },
    { "pins with more", more_pins, "nothing else" },
    { "pins no JSON", no_json, "pins" },
    { "pins no list", no_list, "pins" },
    { "kind of a part", part_kind, "stages" },
    { "key of a part", part_key, "key" },
    { "unit of a part", part_unit, "that of the value" },
    { "value of a part", part_value, "value" },
    { "part twice", part_twice, "there twice" },
    { "indicator without unit", no_indicator_unit, "unit" },
};

static void test_refused(void **state)
{
    record_fixture *f = *state;
    bool same;
    for (size_t i = 0; i < RECORD_COUNT(harms); i++) {
        tl_record_part parts[3];
        tl_record r = record_car(id, 201);
        memcpy(parts, r.parts, sizeof parts);
        r.parts = parts;
        harms[i].harm(&r, &parts[0]);
        record_expect(harms[i].label, record_put(f, &r, &same), TL_EINPUT, &f->err, harms[i].words);
    }
    tl_record r = record_car(id, 201);
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    r.kind = TL_RECORD_PCF;
    record_expect("other kind", record_put(f, &r, &same), TL_ECONFLICT, &f->err, "of kind vehicle");
}

static tl_status say(record_fixture *f, const tl_record_feedback *what)
{
    tl_status st = tl_store_begin(f->s, &f->err);
    if (st == TL_OK && (st = tl_record_say(f->s, id, what, "secretary", &f->err)) == TL_OK)
        return tl_store_commit(f->s, &f->err);
    tl_store_rollback(f->s);
    return st;
}

/* A remark is kept and changes nothing; after publication nobody is asked any more. */
static void test_feedback(void **state)
{
    record_fixture *f = *state;
    tl_record r = record_car(id, 201), got;
    tl_record_feedback remark = { .at = "2026-11-20",
                                  .by = "Lynk & Co",
                                  .text = "kerb mass is 1,790",
                                  .proposed = 195.5,
                                  .evidence = "certificate 7" };
    const tl_record_feedback *list;
    size_t n;
    bool same;
    record_expect("unknown", say(f, &remark), TL_ENOTFOUND, &f->err, "no such record");
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    record_expect("say", say(f, &remark), TL_OK, &f->err, NULL);
    remark.proposed = NAN;
    remark.evidence = NULL;
    remark.text = "";
    record_expect("no text", say(f, &remark), TL_EINPUT, &f->err, "text");
    remark.text = "agreed";
    record_expect("say", say(f, &remark), TL_OK, &f->err, NULL);
    record_expect("list", tl_record_feedback_list(f->s, id, f->arena, &list, &n, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].text, "kerb mass is 1,790");
    assert_string_equal(list[0].evidence, "certificate 7");
    if (list[0].proposed != 195.5 || !isnan(list[1].proposed))
        fail_msg("proposed %g and %g", list[0].proposed, list[1].proposed);
    record_expect("get", tl_record_get(f->s, id, -1, f->arena, &got, &f->err), TL_OK, &f->err,
                  NULL);
    if (got.value != 201)
        fail_msg("a remark changed the value to %g", got.value);
    record_publish(f, &r, "2026-11-30");
    record_expect("late", say(f, &remark), TL_ECONFLICT, &f->err, "not published yet");
}

static void test_versions(void **state)
{
    record_fixture *f = *state;
    tl_record r = record_car(id, 201);
    const tl_record *list;
    size_t n;
    for (int i = 0; i < 6; i++) {
        r.value = 201 - i;
        r.reason = "better data";
        record_publish(f, &r, "2026-11-30");
    }
    record_expect("list", tl_record_versions(f->s, id, f->arena, &list, &n, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(n, 6);
    for (size_t i = 0; i < n; i++)
        if (list[i].version != (int64_t)i + 1 || list[i].value != 201 - (double)i ||
            list[i].replaced_by != (i < 5 ? (int64_t)i + 2 : 0))
            fail_msg("version %lld: %g, replaced by %lld", (long long)list[i].version,
                     list[i].value, (long long)list[i].replaced_by);
    record_expect("none", tl_record_versions(f->s, "nobody", f->arena, &list, &n, &f->err), TL_OK,
                  &f->err, NULL);
    assert_int_equal(n, 0);
    bool same;
    record_expect("same", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    assert_true(same); /* what is published already opens no version */
}

/* The database refuses by itself, whoever writes; version 1 is published, 2 is open. */
static const struct {
    const char *sql, *words;
} broken[] = {
    { "UPDATE record SET kind = 'epd'", "keeps its id and kind" },
    { "DELETE FROM record", "never deleted" },
    { "INSERT INTO record VALUES ('A', 'epd')", "CHECK" },
    { "INSERT INTO record VALUES ('a', 'car')", "CHECK" },
    { "UPDATE record_pins SET text = '[]'", "pins never change" },
    { "DELETE FROM record_pins", "never deleted" },
    { "INSERT INTO record_pins VALUES (99, 'abc', '[]')", "CHECK" },
    { "INSERT INTO record_pins VALUES (99, printf('%064d', 7), '{}')", "CHECK" },
    { "UPDATE record_version SET value = 1 WHERE version = 1", "never changes" },
    { "UPDATE record_version SET product = 'x' WHERE version = 1", "never changes" },
    { "UPDATE record_version SET hash = printf('%064d', 0) WHERE version = 1", "never changes" },
    { "UPDATE record_version SET state = 'superseded' WHERE version = 1", "CHECK" },
    { "UPDATE record_version SET state = 'superseded', ended_on = '2026-12-01', value = 5 "
      "WHERE version = 1",
      "never changes" },
    { "UPDATE record_version SET state = 'withdrawn', ended_on = '2026-12-01' WHERE version = 1",
      "CHECK" },
    { "UPDATE record_version SET state = 'review' WHERE version = 1", "no such step" },
    { "UPDATE record_version SET state = 'published' WHERE version = 2", "no such step" },
    { "UPDATE record_version SET record = 'y' WHERE version = 2", "stays with its record" },
    { "UPDATE record_version SET version = 3 WHERE version = 2", "stays with its record" },
    { "UPDATE record_version SET number = 30 WHERE version = 2", "stays with its record" },
    { "UPDATE record_version SET kind = 'epd' WHERE version = 2", "stays with its record" },
    { "UPDATE record_version SET reason = '' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET author = '' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET product = '' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET unit = 'kg' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET value = 0 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET kerb_mass_kg = 0 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET price = -1 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET currency = '' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET currency = 'cny' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET launched = '2023' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET year = 26 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET uncertainty = 0 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET primary_share = 2 WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET valid_until = 'soon' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET valid_from = '2026-02-01', valid_until = '2026-01-01' "
      "WHERE version = 2",
      "CHECK" },
    { "UPDATE record_version SET input_hash = 'x' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET content = 'x' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET reviewed = 'x' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET published_on = '2026-01-01' WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET hash = content WHERE version = 2", "CHECK" },
    { "UPDATE record_version SET pins = 99 WHERE version = 2", "FOREIGN KEY" },
    { "UPDATE record_version SET company = 'nobody' WHERE version = 2", "FOREIGN KEY" },
    { "DELETE FROM record_version WHERE version = 2", "never deleted" },
    { "INSERT INTO record_version SELECT number + 10, record, 3, kind, state, product, maker, "
      "company, "
      "disclosure_id, series, size_class, body, powertrain, launched, kerb_mass_kg, price, "
      "currency, value, "
      "unit, boundary, method, region, grade, verifier, evidence, year, uncertainty, "
      "primary_share, "
      "valid_from, valid_until, pins, input_hash, reason, author, published_on, ended_on, "
      "ended_because, "
      "content, reviewed, hash FROM record_version WHERE version = 2",
      "number after a published one" },
    { "INSERT OR REPLACE INTO record_version SELECT * FROM record_version WHERE version = 2",
      "begins preliminary" },
    { "INSERT INTO record_part SELECT number, 9, 'stage', 'x', 1, '' FROM record_version "
      "WHERE version = 1",
      "open version only" },
    { "INSERT OR REPLACE INTO record_part SELECT number, 0, 'stage', 'x', 1, '' FROM "
      "record_version "
      "WHERE version = 1",
      "open version only" },
    { "INSERT INTO record_part SELECT number, 9, 'wheel', 'x', 1, '' FROM record_version "
      "WHERE version = 2",
      "CHECK" },
    { "INSERT INTO record_part SELECT number, 9, 'indicator', 'x', 1, '' FROM record_version "
      "WHERE version = 2",
      "CHECK" },
    { "UPDATE record_part SET value = 1", "never changes" },
    { "DELETE FROM record_part WHERE version = (SELECT number FROM record_version WHERE version = "
      "1)",
      "open version only" },
    { "INSERT INTO record_feedback VALUES (9, 'lynk-01', 1, '2026-01-01', 'x', 'y', NULL, '')",
      "not published yet" },
    { "UPDATE record_feedback SET text = 'x'", "never changes" },
    { "DELETE FROM record_feedback", "never deleted" },
    { "INSERT INTO batch VALUES ('A b', 'x', '2026-01-01')", "CHECK" },
    { "INSERT INTO batch VALUES ('a', '', '2026-01-01')", "CHECK" },
    { "INSERT INTO batch_record VALUES ('nobody', 'lynk-01')", "FOREIGN KEY" },
    { "INSERT INTO batch_refusal VALUES ('nobody', 'x', 'y')", "FOREIGN KEY" },
};

static void test_tables(void **state)
{
    record_fixture *f = *state;
    tl_record r = record_car(id, 201);
    const tl_record_feedback remark = {
        .at = "2026-11-20", .by = "x", .text = "y", .proposed = NAN
    };
    bool same;
    int64_t n;
    record_publish(f, &r, "2026-11-30");
    r.value = 190;
    r.reason = "better data";
    record_expect("put", record_put(f, &r, &same), TL_OK, &f->err, NULL);
    record_expect("say", say(f, &remark), TL_OK, &f->err, NULL);
    for (size_t i = 0; i < RECORD_COUNT(broken); i++)
        record_raw(f, broken[i].sql, TL_ECONFLICT, broken[i].words);
    record_expect("verify", tl_record_verify(f->s, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, 1);
    record_expect("audit", tl_audit_verify(f->s, &n, &f->err), TL_OK, &f->err, NULL);
    assert_int_equal(n, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_put_get, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_all_fields, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_refused, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_feedback, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_versions, record_setup, record_teardown),
        cmocka_unit_test_setup_teardown(test_tables, record_setup, record_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
