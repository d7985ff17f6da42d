/* Tables of declarations: what is taken, what is refused at which column. */
#include "registry/tests/epd_test.h"

#include "intake/epd_import.h"

#define HEADER "record,product,mill,value,unit,pcr,programme,indicator:ozone [kg/t]\n"
#define COIL "epd-coil,Coil,Tangsteel,2100,kg CO2e/t,steel,CISA,0.5\n"
#define DAY "2026-03-01"

static tl_status import_on(car_fixture *f, const char *owner, const char *day, const char *data,
                           size_t n, tl_record_verdict *v)
{
    const tl_epd_import how = { "epds.csv", MILL, owner, day, NULL };
    f->err = (tl_error){ 0 };
    return tl_epd_import_memory(f->s, &how, data, n, f->arena, v, &f->err);
}

static tl_status import(car_fixture *f, const char *text, tl_record_verdict *v)
{
    return import_on(f, "tangsteel", DAY, text, strlen(text), v);
}

static void expect_verdict(const char *label, const car_fixture *f, tl_status st,
                           const tl_record_verdict *v, int64_t added, int64_t changed, int64_t same)
{
    if (st != TL_OK || v->added != added || v->changed != changed || v->same != same)
        fail_msg("%s: %s (%s), added %lld changed %lld same %lld refused %lld: %s", label,
                 tl_status_name(st), f->err.text, (long long)v->added, (long long)v->changed,
                 (long long)v->same, (long long)v->refused,
                 v->refusal_count ? v->refusals[0].reason : "");
}

/* A good row goes before each, so that the refusal is one of a row. */
static const struct refused_case {
    const char *label, *header, *row, *says;
} refused_cases[] = {
    { "rules nobody knows", HEADER, "epd-b,B,M,1,kg CO2e/t,none,CISA,\n",
      "epds.csv:3: column 'pcr': no product category rules 'none'" },
    { "no rules", HEADER, "epd-b,B,M,1,kg CO2e/t,,CISA,\n",
      "column 'pcr': a new declaration needs its pcr" },
    { "no programme", HEADER, "epd-b,B,M,1,kg CO2e/t,steel,,\n",
      "column 'programme': a new declaration needs its programme" },
    { "no number", HEADER, "epd-b,B,M,much,kg CO2e/t,steel,CISA,\n", "column 'value': 'much'" },
    { "no record", HEADER, ",B,M,1,kg CO2e/t,steel,CISA,\n", "column 'record'" },
    { "twice in the file", HEADER, COIL, "'epd-coil' stands in row 2 too" },
    { "a declaration of others", HEADER, "epd-lab,Lab,Lab,1,kg CO2e/t,steel,CISA,\n",
      "column 'record': 'epd-lab' is of another company" },
    { "a record of others", HEADER, "epd-labs-record,Lab,Lab,1,kg CO2e/t,steel,CISA,\n",
      "'epd-labs-record' is of another company" },
    { "a record that is no declaration", HEADER, "car-1,Car,Maker,1,kg CO2e/t,steel,CISA,\n",
      "'car-1' is of kind pcf, not epd" },
    { "what the verifier has", HEADER, "epd-given,Given,Tangsteel,1,kg CO2e/t,steel,CISA,\n",
      "column 'record': 'epd-given' is no draft any more" },
    { "what is registered", HEADER, "epd-out,Out,Tangsteel,1,kg CO2e/t,steel,CISA,\n",
      "new figures of what is registered are an update" },
    { "other rules than before", HEADER,
      "epd-draft,hot-rolled coil,Tangsteel,2000,kg CO2e/t,zinc,CISA,\n",
      "column 'pcr': 'zinc', the declaration was opened with 'steel'" },
    { "another programme", HEADER, "epd-draft,hot-rolled coil,Tangsteel,2000,kg CO2e/t,,Other,\n",
      "column 'programme': 'Other', the declaration was opened with 'CISA'" },
};

static void put_others(car_fixture *f)
{
    tl_record lab = epd_record("epd-lab", 2000, "kg CO2e/t"), car = lab;
    tl_record draft = epd_record("epd-draft", 2000, "kg CO2e/t");
    tl_record given = epd_record("epd-given", 2000, "kg CO2e/t");
    tl_record out = epd_record("epd-out", 2000, "kg CO2e/t");
    tl_epd e = epd_of("epd-lab");
    e.owner = lab.company = "hbis-lab";
    epd_put(f, &lab);
    MUST(f, tl_epd_open(f->s, &e, MILL, &f->err));
    lab.id = "epd-labs-record";
    epd_put(f, &lab);
    car.id = "car-1";
    car.kind = TL_RECORD_PCF;
    epd_put(f, &car);
    epd_draft(f, &draft);
    epd_draft(f, &given);
    epd_submit(f, given.id, "2026-04-01");
    epd_registered(f, &out);
}

static void test_refused(void **state)
{
    car_fixture *f = *state;
    put_others(f);
    for (size_t i = 0; i < TEST_COUNT(refused_cases); i++) {
        const struct refused_case *c = &refused_cases[i];
        tl_record_verdict v = { 0 };
        tl_record r;
        char text[500];
        snprintf(text, sizeof text, "%s%s%s", c->header, COIL, c->row);
        expect_verdict(c->label, f, import(f, text, &v), &v, i == 0, 0, i > 0);
        if (v.refused != 1 || !strstr(v.refusals[0].reason, c->says))
            fail_msg("%s: refused %lld: %s", c->label, (long long)v.refused,
                     v.refusal_count ? v.refusals[0].reason : "nothing");
        assert_int_equal(tl_record_get(f->s, "epd-b", -1, f->arena, &r, NULL), TL_ENOTFOUND);
    }
}

/* Rules that are over open nothing; a draft that was opened before stands. */
static void test_rules_over(void **state)
{
    car_fixture *f = *state;
    tl_record_verdict v;
    tl_status st = import_on(f, "tangsteel", "2031-01-01", HEADER COIL, strlen(HEADER COIL), &v);
    epd_expect("over", f, st, TL_EINPUT, "was valid until 2030-12-31");
    expect_verdict("before", f, import(f, HEADER COIL, &v), &v, 1, 0, 0);
    st = import_on(f, "tangsteel", "2031-01-01", HEADER COIL, strlen(HEADER COIL), &v);
    expect_verdict("the same after", f, st, &v, 0, 0, 1);
}

static void test_draft(void **state)
{
    car_fixture *f = *state;
    tl_record_verdict v;
    tl_epd e = { 0 };
    tl_record r = { 0 };
    const tl_epd_question *q;
    size_t n;
    expect_verdict("new", f, import(f, HEADER COIL, &v), &v, 1, 0, 0);
    MUST(f, tl_epd_get(f->s, "epd-coil", f->arena, &e, &q, &n, &f->err));
    assert_string_equal(e.owner, "tangsteel");
    assert_string_equal(e.pcr, "steel");
    assert_string_equal(e.programme, "CISA");
    MUST(f, tl_record_get(f->s, "epd-coil", -1, f->arena, &r, &f->err));
    assert_string_equal(r.company, "tangsteel");
    assert_int_equal(r.state, TL_RECORD_PRELIMINARY);
    assert_int_equal(r.n_parts, 1);
    expect_verdict("again", f, import(f, HEADER COIL, &v), &v, 0, 0, 1);
    expect_verdict("other figures of the draft", f,
                   import(f, "id,product,value,unit\nepd-coil,Coil,1900,kg CO2e/t\n", &v), &v, 0, 1,
                   0);
    MUST(f, tl_record_get(f->s, "epd-coil", -1, f->arena, &r, &f->err));
    assert_true(r.value < 1901 && r.n_parts == 1 && r.version == 1);
    assert_string_equal(r.maker, "Tangsteel");
    /* a record of one's own that nobody opened yet */
    tl_record alone = epd_record("epd-alone", 2000, "kg CO2e/t");
    epd_put(f, &alone);
    expect_verdict("opened over a record that is there", f,
                   import(f,
                          "record,product,value,unit,pcr,programme\nepd-alone,hot-rolled coil,2000,"
                          "kg CO2e/t,steel,CISA\n",
                          &v),
                   &v, 1, 0, 0);
}

/* Who sees all says in the rows whose they are. */
static void test_owner_of_row(void **state)
{
    car_fixture *f = *state;
    tl_record_verdict v;
    static const char text[] = "record,product,value,unit,pcr,programme,owner\n"
                               "epd-a,A,1,kg CO2e/t,steel,CISA,hbis-lab\n"
                               "epd-b,B,1,kg CO2e/t,steel,CISA,\n";
    tl_status st = import_on(f, NULL, DAY, text, sizeof text - 1, &v);
    expect_verdict("as the rows say", f, st, &v, 1, 0, 0);
    assert_non_null(strstr(v.refusals[0].reason, "names no owner"));
    expect_verdict("not what others own", f,
                   import(f,
                          "record,product,value,unit,pcr,programme,owner\n"
                          "epd-c,C,1,kg CO2e/t,steel,CISA,tangsteel\n"
                          "epd-d,D,1,kg CO2e/t,steel,CISA,hbis-lab\n",
                          &v),
                   &v, 1, 0, 0);
    assert_non_null(strstr(v.refusals[0].reason, "column 'owner': 'hbis-lab' is another company"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, epd_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_rules_over, epd_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_draft, epd_setup, car_teardown),
        cmocka_unit_test_setup_teardown(test_owner_of_row, epd_setup, car_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
