/* test_epd.c - a declaration from its draft to its update, who may do what, and what the tables
 * refuse. */
#include "registry/record_chain.h"
#include "registry/tests/epd_test.h"

#define ONE "epd-one"

static tl_epd get_epd(car_fixture *f, const char *record, const tl_epd_question **q, size_t *n)
{
    tl_epd e;
    epd_expect("get", f, tl_epd_get(f->s, record, f->arena, &e, q, n, &f->err), TL_OK, NULL);
    return e;
}

static tl_record get_record(car_fixture *f, const char *record, int64_t version)
{
    tl_record r;
    epd_expect("record", f, tl_record_get(f->s, record, version, f->arena, &r, &f->err), TL_OK,
               NULL);
    return r;
}

typedef enum act { SUBMIT, ASK, ANSWER, CLOSE, REGISTER, PUBLISH } act;

/* A whole dialogue, act by act; questions are numbered from 1. */
static const struct dialogue_case {
    const char *label;
    act act;
    int64_t question;
    const char *text, *day, *who;
    tl_status want;
    const char *words;
} dialogue_cases[] = {
    { "ask first", ASK, 0, "why?", "2026-04-01", VERIFIER, TL_ECONFLICT, "preliminary" },
    { "register first", REGISTER, 0, "N1", "2026-04-01", VERIFIER, TL_ECONFLICT, "preliminary" },
    { "hand over", SUBMIT, 0, VERIFIER, "2026-04-01", MILL, TL_OK, NULL },
    { "hand over twice", SUBMIT, 0, VERIFIER, "2026-04-01", MILL, TL_ECONFLICT, "review" },
    { "the mill asks", ASK, 0, "why?", "2026-04-02", MILL, TL_EFORBIDDEN, "verifier" },
    { "first question", ASK, 1, "Scrap from where?", "2026-04-02", VERIFIER, TL_OK, NULL },
    { "in small letters", ASK, 2, "Which grid factor?", "2026-04-02", "vera", TL_OK, NULL },
    { "nothing asked", ASK, 0, " ", "2026-04-02", VERIFIER, TL_EINPUT, "text" },
    { "two open", REGISTER, 0, "N1", "2026-05-01", VERIFIER, TL_ECONFLICT, "questions: 2" },
    { "own answer", ANSWER, 1, "me", "2026-04-03", VERIFIER, TL_EFORBIDDEN, "may not answer" },
    { "unanswered", CLOSE, 1, NULL, "2026-04-03", VERIFIER, TL_ECONFLICT, "not answered" },
    { "answered before", ANSWER, 1, "x", "2026-04-01", MILL, TL_EINPUT, "asked on" },
    { "nothing answered", ANSWER, 1, "", "2026-04-03", MILL, TL_EINPUT, "text" },
    { "answer", ANSWER, 1, "Bought, 12%", "2026-04-03", MILL, TL_OK, NULL },
    { "answered twice", ANSWER, 1, "x", "2026-04-03", MILL, TL_ECONFLICT, "was answered" },
    { "the mill closes", CLOSE, 1, NULL, "2026-04-04", MILL, TL_EFORBIDDEN, "close" },
    { "closed before", CLOSE, 1, NULL, "2026-04-02", VERIFIER, TL_EINPUT, "answered on" },
    { "close", CLOSE, 1, NULL, "2026-04-04", VERIFIER, TL_OK, NULL },
    { "closed twice", CLOSE, 1, NULL, "2026-04-04", VERIFIER, TL_ECONFLICT, "was closed" },
    { "no such question", CLOSE, 99, NULL, "", VERIFIER, TL_ENOTFOUND, "99" },
    { "second answer", ANSWER, 2, "North China", "2026-04-03", MILL, TL_OK, NULL },
    { "one open", REGISTER, 0, "N1", "2026-05-01", VERIFIER, TL_ECONFLICT, "questions: 1" },
    { "close the second", CLOSE, 2, NULL, "2026-04-05", VERIFIER, TL_OK, NULL },
    { "the mill registers", REGISTER, 0, "N1", "2026-05-01", MILL, TL_EFORBIDDEN, "verifier" },
    { "no number", REGISTER, 0, "", "2026-05-01", VERIFIER, TL_EINPUT, "registration" },
    { "past her", PUBLISH, 0, NULL, "2026-05-01", MILL, TL_ECONFLICT, "by being registered" },
    { "register", REGISTER, 0, "N1", "2026-05-01", VERIFIER, TL_OK, NULL },
    { "register twice", REGISTER, 0, "N1", "2026-05-01", VERIFIER, TL_ECONFLICT, "published" },
    { "ask afterwards", ASK, 0, "why?", "2026-05-02", VERIFIER, TL_ECONFLICT, "published" },
};

static tl_status do_act(car_fixture *f, const struct dialogue_case *c)
{
    int64_t question = c->question;
    tl_status st = TL_OK;
    switch (c->act) {
    case SUBMIT:
        return tl_epd_submit(f->s, ONE, c->text, "cqc", c->day, c->who, &f->err);
    case ASK:
        st = tl_epd_ask(f->s, ONE, c->text, c->day, c->who, &question, &f->err);
        assert_int_equal(question, c->question);
        return st;
    case ANSWER:
        return tl_epd_answer(f->s, c->question, c->text, c->day, c->who, &f->err);
    case CLOSE:
        return tl_epd_close(f->s, c->question, c->day, c->who, &f->err);
    case REGISTER:
        return tl_epd_register(f->s, ONE, c->text, 0, c->day, c->who, &f->err);
    case PUBLISH:
        return tl_record_take(f->s, ONE, TL_RECORD_PUBLISH, c->day, "", c->who, &f->err);
    }
    return st;
}

static void expect_registered(car_fixture *f)
{
    const tl_epd_question *q;
    size_t n;
    tl_epd e = get_epd(f, ONE, &q, &n);
    tl_record got = get_record(f, ONE, 0);
    assert_int_equal(n, 2);
    assert_string_equal(q[0].answer, "Bought, 12%");
    assert_string_equal(q[0].answered_by, MILL);
    assert_string_equal(q[1].asked_by, "vera");
    assert_string_equal(q[1].closed_on, "2026-04-05");
    assert_string_equal(e.registration, "N1");
    assert_string_equal(e.valid_until, "2031-05-01");
    assert_string_equal(e.verifier_company, "cqc");
    assert_int_equal(e.open_questions, 0);
    assert_int_equal(got.state, TL_RECORD_PUBLISHED);
    assert_string_equal(got.verifier, VERIFIER);
    assert_string_equal(got.author, MILL);
    assert_string_equal(got.valid_from, "2026-05-01");
    assert_string_equal(got.valid_until, "2031-05-01");
    assert_int_equal(strlen(got.hash), 64);
}

/* Draft, two questions, registration; the seals and the audit chain are sound afterwards. */
static void test_dialogue(void **state)
{
    car_fixture *f = *state;
    const tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    int64_t entries, sealed;
    epd_draft(f, &r);
    for (size_t i = 0; i < TEST_COUNT(dialogue_cases); i++) {
        const struct dialogue_case *c = &dialogue_cases[i];
        epd_expect(c->label, f, ACT(f, do_act(f, c)), c->want, c->words);
    }
    expect_registered(f);
    epd_expect("eleven years", f,
               ACT(f, tl_epd_register(f->s, ONE, "N", 11, "", VERIFIER, &f->err)), TL_EINPUT,
               "years");
    assert_int_equal(tl_audit_verify(f->s, &entries, &f->err), TL_OK);
    assert_int_equal(tl_record_verify(f->s, &sealed, &f->err), TL_OK);
    assert_int_equal(sealed, 1);
    assert_int_equal(tl_store_check(f->s, &f->err), TL_OK);
}

static const struct relation_case {
    const char *company;
    tl_status want;
    const char *words;
} relation_cases[] = {
    { "tangsteel", TL_EFORBIDDEN, "owns the declaration" },
    { "hbis", TL_EFORBIDDEN, "related" },           /* parent */
    { "tangsteel-wire", TL_EFORBIDDEN, "related" }, /* subsidiary */
    { "hbis-lab", TL_EFORBIDDEN, "related" },       /* sibling */
    { "hbis-lab-two", TL_EFORBIDDEN, "related" },   /* subsidiary of a sibling */
    { "nobody", TL_ENOTFOUND, "nobody" },
    { "cqc", TL_OK, NULL },
};

/* Who may verify for tangsteel, which belongs to hbis. */
static void test_related(void **state)
{
    car_fixture *f = *state;
    const tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    epd_draft(f, &r);
    for (size_t i = 0; i < TEST_COUNT(relation_cases); i++) {
        const struct relation_case *c = &relation_cases[i];
        epd_expect(
            c->company, f,
            ACT(f, tl_epd_submit(f->s, ONE, VERIFIER, c->company, "2026-04-01", MILL, &f->err)),
            c->want, c->words);
    }
}

/* A verifier's company that is bought by the owner's group may not register any more. */
static void test_bought(void **state)
{
    car_fixture *f = *state;
    const tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    epd_draft(f, &r);
    epd_submit(f, ONE, "2026-04-01");
    epd_company(f, "tic", "hbis");
    epd_expect("bought", f,
               ACT(f, tl_epd_register(f->s, ONE, "N1", 0, "2026-05-01", VERIFIER, &f->err)),
               TL_EFORBIDDEN, "related to the owner tangsteel by hbis");
}

static const struct submit_case {
    const char *label, *verifier, *day, *who;
    tl_status want;
    const char *words;
} submit_cases[] = {
    { "the author verifies", MILL, "2026-04-01", "another", TL_EFORBIDDEN, "wrote" },
    { "the author in capitals", "MEI", "2026-04-01", "another", TL_EFORBIDDEN, "wrote" },
    { "hands it to herself", VERIFIER, "2026-04-01", "vera", TL_EFORBIDDEN, "hands" },
    { "nobody", "", "2026-04-01", MILL, TL_EINPUT, "verifier" },
    { "no day", VERIFIER, "2026-02-30", MILL, TL_EINPUT, "2026-02-30" },
    { "after the rules ended", VERIFIER, "2031-01-01", MILL, TL_ECONFLICT, "2030-12-31" },
    { "on their last day", VERIFIER, "2030-12-31", MILL, TL_OK, NULL },
};

static void test_submit(void **state)
{
    car_fixture *f = *state;
    const tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    epd_draft(f, &r);
    for (size_t i = 0; i < TEST_COUNT(submit_cases); i++) {
        const struct submit_case *c = &submit_cases[i];
        epd_expect(c->label, f,
                   ACT(f, tl_epd_submit(f->s, ONE, c->verifier, "cqc", c->day, c->who, &f->err)),
                   c->want, c->words);
    }
}

static const struct open_case {
    const char *label, *record, *pcr, *programme, *owner;
    tl_status want;
    const char *words;
} open_cases[] = {
    { "no record", "epd-none", "steel", "CISA", "tangsteel", TL_ENOTFOUND, "epd-none" },
    { "another kind", "pcf-one", "steel", "CISA", "tangsteel", TL_EINPUT, "kind pcf" },
    { "no rules", ONE, "copper", "CISA", "tangsteel", TL_ENOTFOUND, "copper" },
    { "no owner", ONE, "steel", "CISA", "nobody", TL_ENOTFOUND, "nobody" },
    { "no programme", ONE, "steel", "", "tangsteel", TL_EINPUT, "programme" },
    { "sound", ONE, "steel", "CISA", "tangsteel", TL_OK, NULL },
    { "again", ONE, "steel", "CISA", "tangsteel", TL_ECONFLICT, "already" },
};

static void test_open(void **state)
{
    car_fixture *f = *state;
    tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    epd_put(f, &r);
    r.id = "pcf-one";
    r.kind = TL_RECORD_PCF;
    epd_put(f, &r);
    for (size_t i = 0; i < TEST_COUNT(open_cases); i++) {
        const struct open_case *c = &open_cases[i];
        const tl_epd e = {
            .record = c->record, .pcr = c->pcr, .programme = c->programme, .owner = c->owner
        };
        epd_expect(c->label, f, ACT(f, tl_epd_open(f->s, &e, MILL, &f->err)), c->want, c->words);
    }
    const tl_epd *list;
    size_t n;
    assert_int_equal(tl_epd_list(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(list[0].owner, "tangsteel");
    assert_string_equal(list[0].registration, "");
    assert_string_equal(list[0].verifier_company, "");
}

/* The next version goes the same way; the registered one counts until then. */
static void test_update(void **state)
{
    car_fixture *f = *state;
    tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    const tl_record other = epd_record("epd-two", 1400, "kgCO2e/t");
    const tl_epd_question *q;
    size_t n;
    epd_registered(f, &r);
    epd_registered(f, &other);
    r.value = 1320;
    r.reason = "new furnace";
    epd_put(f, &r);
    epd_submit(f, ONE, "2027-02-01");
    assert_true(get_record(f, ONE, 0).value == 1500);
    epd_expect(
        "a number of another", f,
        ACT(f, tl_epd_register(f->s, ONE, "EPD-CN-epd-two", 0, "2027-03-01", VERIFIER, &f->err)),
        TL_ECONFLICT, "epd-two");
    MUST(f, tl_epd_register(f->s, ONE, "EPD-CN-epd-one", 3, "2027-03-01", VERIFIER, &f->err));
    tl_record got = get_record(f, ONE, 0);
    assert_int_equal(got.version, 2);
    assert_true(got.value == 1320);
    assert_string_equal(got.reason, "new furnace");
    assert_string_equal(get_epd(f, ONE, &q, &n).valid_until, "2030-03-01");
    assert_int_equal(get_record(f, ONE, 1).state, TL_RECORD_SUPERSEDED);
}

static void test_leap_day(void **state)
{
    car_fixture *f = *state;
    const tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    const tl_epd_question *q;
    size_t n;
    epd_draft(f, &r);
    epd_submit(f, ONE, "2028-02-01");
    MUST(f, tl_epd_register(f->s, ONE, "N", 5, "2028-02-29", VERIFIER, &f->err));
    assert_string_equal(get_epd(f, ONE, &q, &n).valid_until, "2033-02-28");
}

/* What is registered and what came new: value, acidification, ozone. */
static const struct moved_case {
    const char *label;
    double old[3], now[3];
    bool want;
    const char *key;
    double change; /* want, to 1e-9 */
} moved_cases[] = {
    { "nothing", { 2000, 4, 0 }, { 2000, 4, 0 }, false, "value", 0 },
    { "10.1% more", { 2000, 4, 0 }, { 2202, 4, 0 }, true, "value", 0.101 },
    { "9.9% more", { 2000, 4, 0 }, { 2198, 4, 0 }, false, "value", 0.099 },
    { "exactly 10% more", { 2000, 4, 0 }, { 2200, 4, 0 }, false, "value", 0.1 },
    { "exactly 10% of 0.3", { 0.3, 4, 0 }, { 0.33, 4, 0 }, false, "value", 0.1 },
    { "10.1% less", { 2000, 4, 0 }, { 1798, 4, 0 }, true, "value", -0.101 },
    { "exactly 10% less", { 0.3, 4, 0 }, { 0.27, 4, 0 }, false, "value", -0.1 },
    { "another indicator", { 2000, 4, 0 }, { 2100, 4.5, 0 }, true, "acidification", 0.125 },
    { "below 0", { -100, 4, 0 }, { -111, 4, 0 }, true, "value", -0.11 },
    { "no longer 0", { 2000, 4, 0 }, { 2000, 4, 1e-9 }, true, "ozone", INFINITY },
    { "below what was 0", { 2000, 4, 0 }, { 2000, 4, -1e-9 }, true, "ozone", -INFINITY },
    { "to 0", { 2000, 4, 1 }, { 2000, 4, 0 }, true, "ozone", -1 },
};

static void test_moved(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(moved_cases); i++) {
        const struct moved_case *c = &moved_cases[i];
        const tl_record_part a[] = { { "indicator", "acidification", c->old[1], "kg/t" },
                                     { "indicator", "ozone", c->old[2], "kg/t" } };
        const tl_record_part b[] = { { "indicator", "ozone", c->now[2], "kg/t" },
                                     { "indicator", "acidification", c->now[1], "kg/t" },
                                     { "indicator", "water", 7, "kg/t" } };
        const tl_record old = { .value = c->old[0], .unit = "kgCO2e/t", .parts = a, .n_parts = 2 };
        const tl_record now = { .value = c->now[0], .unit = "kgCO2e/t", .parts = b, .n_parts = 3 };
        bool demanded;
        const char *key;
        double change;
        assert_int_equal(tl_epd_update_demanded(&old, &now, &demanded, &key, &change, NULL), TL_OK);
        bool near = isinf(c->change) ? change == c->change : fabs(change - c->change) < 1e-9;
        if (demanded != c->want || strcmp(key, c->key) != 0 || !near)
            fail_msg("%s: got %d %s %g, want %d %s %g", c->label, demanded, key, change, c->want,
                     c->key, c->change);
    }
}

/* Units are converted; what is missing or of another kind is no 0. */
static void test_moved_units(void **state)
{
    car_fixture *f = *state;
    tl_record old = epd_record(ONE, 2.0, "tCO2e/t"), now = epd_record(ONE, 2198, "kgCO2e/t");
    bool demanded;
    const char *key;
    double change;
    epd_expect("t and kg", f, tl_epd_update_demanded(&old, &now, &demanded, &key, &change, &f->err),
               TL_OK, NULL);
    assert_false(demanded);
    expect_near("t and kg", change, 0.099, 1e-9);
    now.unit = "kgCO2e/m2";
    epd_expect("per area", f, tl_epd_update_demanded(&old, &now, &demanded, &key, &change, &f->err),
               TL_EINPUT, "'value'");
    now.unit = "kgCO2e/t";
    now.n_parts = 1;
    epd_expect("ozone is missing", f,
               tl_epd_update_demanded(&old, &now, &demanded, &key, &change, &f->err), TL_EINPUT,
               "ozone");
    now.value = NAN;
    epd_expect("not a number", f,
               tl_epd_update_demanded(&old, &now, &demanded, &key, &change, &f->err), TL_ENUMERIC,
               "value");
}

static void test_pcr(void **state)
{
    car_fixture *f = *state;
    const struct {
        const char *label;
        tl_pcr pcr;
        tl_status want;
        const char *words;
    } cases[] = {
        { "Chinese alone", { "alumina", "", "氧化铝", "2", "", "s" }, TL_OK, NULL },
        { "no title", { "alumina", "", "", "2", "", "s" }, TL_EINPUT, "title_en" },
        { "capital", { "Alumina", "A", "", "2", "", "s" }, TL_EINPUT, "id" },
        { "no source", { "alumina", "A", "", "2", "", "" }, TL_EINPUT, "source" },
        { "no version", { "alumina", "A", "", "", "", "s" }, TL_EINPUT, "version" },
        { "no day", { "alumina", "A", "", "2", "2026-13-01", "s" }, TL_EINPUT, "valid_until" },
        { "corrected", { "steel", "Steel", "钢", "1.1", "2031-12-31", "s" }, TL_OK, NULL },
    };
    const tl_pcr *list;
    size_t n;
    for (size_t i = 0; i < TEST_COUNT(cases); i++)
        epd_expect(cases[i].label, f, ACT(f, tl_pcr_put(f->s, &cases[i].pcr, "secretary", &f->err)),
                   cases[i].want, cases[i].words);
    assert_int_equal(tl_pcr_list(f->s, f->arena, &list, &n, &f->err), TL_OK);
    assert_int_equal(n, 2);
    assert_string_equal(list[0].id, "alumina");
    assert_string_equal(list[1].version, "1.1");
}

#define EPD_ROW(record, pcr, owner, verifier, company, version, number, registered, until)         \
    "INSERT INTO epd VALUES ('" record "', '" pcr "', 'CISA', '" owner "', '" verifier             \
    "', " company ", " version ", '" number "', " registered ", '" until "')"
#define QUESTION(record, version, asked, text, answered, by, answer, closed, closer)               \
    "INSERT INTO epd_question VALUES (7, '" record "', " version ", '" asked "', 'v', '" text      \
    "', '" answered "', '" by "', '" answer "', '" closed "', '" closer "')"

/* epd-one is registered, epd-two a record without declaration; question 1 is closed. */
static const struct broken_case {
    const char *label, *sql;
} broken_cases[] = {
    { "rules: id", "INSERT INTO pcr VALUES ('A b', 'x', '', '1', '', 's')" },
    { "rules: title", "INSERT INTO pcr VALUES ('a', '', '', '1', '', 's')" },
    { "rules: version", "INSERT INTO pcr VALUES ('a', 'x', '', '', '', 's')" },
    { "rules: end", "INSERT INTO pcr VALUES ('a', 'x', '', '1', 'soon', 's')" },
    { "rules: source", "INSERT INTO pcr VALUES ('a', 'x', '', '1', '', '')" },
    { "rules: deleted", "DELETE FROM pcr" },
    { "twice", EPD_ROW("epd-one", "steel", "tangsteel", "", "NULL", "0", "", "0", "") },
    { "no record", EPD_ROW("none", "steel", "tangsteel", "", "NULL", "0", "", "0", "") },
    { "no rules", EPD_ROW("epd-two", "none", "tangsteel", "", "NULL", "0", "", "0", "") },
    { "no owner", EPD_ROW("epd-two", "steel", "none", "", "NULL", "0", "", "0", "") },
    { "own verifier",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'tangsteel'", "1", "", "0", "") },
    { "verifier of no company",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "NULL", "1", "", "0", "") },
    { "verifier of no version",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "0", "", "0", "") },
    { "number without end",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "1", "N", "1", "") },
    { "number of no version",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "1", "N", "0", "2030-01-01") },
    { "registered before verified",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "1", "N", "2", "2030-01-01") },
    { "end is no day",
      EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "1", "N", "1", "2030") },
    { "a number twice", EPD_ROW("epd-two", "steel", "tangsteel", "v", "'cqc'", "1",
                                "EPD-CN-epd-one", "1", "2030-01-01") },
    { "another owner", "UPDATE epd SET owner = 'cqc', verifier_company = 'hbis'" },
    { "no declaration any more", "DELETE FROM epd" },
    { "published past the verifier",
      "UPDATE record_version SET state = 'published', published_on = '2027-01-01', "
      "hash = content WHERE record = 'epd-one' AND version = 2" },
    { "question about nothing", QUESTION("none", "1", "2026-01-01", "t", "", "", "", "", "") },
    { "question of no version", QUESTION("epd-one", "0", "2026-01-01", "t", "", "", "", "", "") },
    { "asked on no day", QUESTION("epd-one", "1", "", "t", "", "", "", "", "") },
    { "nothing asked", QUESTION("epd-one", "1", "2026-01-01", "", "", "", "", "", "") },
    { "answered before",
      QUESTION("epd-one", "1", "2026-01-02", "t", "2026-01-01", "m", "a", "", "") },
    { "answered by nobody",
      QUESTION("epd-one", "1", "2026-01-02", "t", "2026-01-02", "", "a", "", "") },
    { "answered nothing",
      QUESTION("epd-one", "1", "2026-01-02", "t", "2026-01-02", "m", "", "", "") },
    { "closed unanswered",
      QUESTION("epd-one", "1", "2026-01-02", "t", "", "", "", "2026-01-02", "v") },
    { "closed before",
      QUESTION("epd-one", "1", "2026-01-02", "t", "2026-01-03", "m", "a", "2026-01-02", "v") },
    { "closed by nobody",
      QUESTION("epd-one", "1", "2026-01-02", "t", "2026-01-03", "m", "a", "2026-01-03", "") },
    { "a question changed", "UPDATE epd_question SET text = 'x' WHERE id = 1" },
    { "an answer changed", "UPDATE epd_question SET answer = 'x' WHERE id = 1" },
    { "reopened", "UPDATE epd_question SET closed_on = '', closed_by = '' WHERE id = 1" },
    { "a question deleted", "DELETE FROM epd_question" },
    { "a question written anew", "INSERT OR REPLACE INTO epd_question SELECT id, record, version, "
                                 "asked_on, asked_by, 'x', '', "
                                 "'', '', '', '' FROM epd_question WHERE id = 1" },
    { "registered with an open question", "UPDATE epd SET registered = 2" },
    { "use of nothing", "INSERT INTO epd_use VALUES (9, 'none', 1, 'steel', 'B', 'b', 1, 'u')" },
    { "use of no version",
      "INSERT INTO epd_use VALUES (9, 'epd-one', 9, 'steel', 'B', 'b', 1, 'u')" },
    { "use of no material", "INSERT INTO epd_use VALUES (9, 'epd-one', 1, '', 'B', 'b', 1, 'u')" },
    { "use of no supplier",
      "INSERT INTO epd_use VALUES (9, 'epd-one', 1, 'steel', '', '', 1, 'u')" },
    { "use of no value",
      "INSERT INTO epd_use VALUES (9, 'epd-one', 1, 'steel', 'B', 'b', NULL, 'u')" },
    { "use by nobody", "INSERT INTO epd_use VALUES (9, 'epd-one', 1, 'steel', 'B', 'b', 1, '')" },
    { "use written anew",
      "INSERT OR REPLACE INTO epd_use SELECT id, record, version, material, supplier, folded, 0, "
      "used_by FROM epd_use" },
    { "use changed", "UPDATE epd_use SET kg_co2e_per_kg = 0" },
    { "use deleted", "DELETE FROM epd_use" },
};

static void test_tables(void **state)
{
    car_fixture *f = *state;
    tl_record r = epd_record(ONE, 1500, "kgCO2e/t");
    const tl_record two = epd_record("epd-two", 1500, "kgCO2e/t");
    int64_t q = 0;
    epd_registered(f, &r);
    MUST(f, tl_epd_use(f->s, ONE, "steel", "Tangsteel", "eva", &f->err));
    epd_put(f, &two);
    r.value = 1200;
    r.reason = "again";
    epd_put(f, &r);
    epd_submit(f, ONE, "2026-12-01");
    MUST(f, tl_epd_ask(f->s, ONE, "why", "2026-12-02", VERIFIER, &q, &f->err));
    assert_int_equal(q, 1);
    MUST(f, tl_epd_answer(f->s, q, "so", "2026-12-02", MILL, &f->err));
    MUST(f, tl_epd_close(f->s, q, "2026-12-02", VERIFIER, &f->err));
    MUST(f, tl_epd_ask(f->s, ONE, "and", "2026-12-02", VERIFIER, &q, &f->err));
    for (size_t i = 0; i < TEST_COUNT(broken_cases); i++) {
        f->err = (tl_error){ 0 };
        if (tl_store_exec(f->s, broken_cases[i].sql, &f->err) != TL_ECONFLICT)
            fail_msg("%s: not refused (%s)", broken_cases[i].label, f->err.text);
    }
    assert_int_equal(tl_store_check(f->s, &f->err), TL_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, epd_setup, car_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_dialogue),
        TEST(test_related),
        TEST(test_bought),
        TEST(test_submit),
        TEST(test_open),
        TEST(test_update),
        TEST(test_leap_day),
        TEST(test_moved_units),
        TEST(test_pcr),
        TEST(test_tables),
        cmocka_unit_test(test_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
