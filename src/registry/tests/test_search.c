/* test_search.c - what is found by what, in which order, and that one put at a time and all at once
 * come to the same. */
#include "base/buf.h"
#include "base/random.h"
#include "company/company.h"
#include "factor/tests/factor_test.h"
#include "registry/record.h"
#include "registry/search_priv.h"
#include "registry/tests/record_test.h"

/* Ids of the answer, joined by blanks. */
static void ids(factor_fixture *f, const char *text, unsigned kinds, size_t limit, tl_buf *b)
{
    const tl_found *found;
    size_t n;
    tl_buf_reset(b);
    if (tl_search_find(f->s, text, kinds, limit, f->arena, &found, &n, &f->err) != TL_OK)
        fail_msg("find '%s': %s", text, f->err.text);
    for (size_t i = 0; i < n; i++)
        tl_buf_printf(b, "%s%s", i ? " " : "", found[i].id);
}

static void put(factor_fixture *f, tl_found_kind kind, const char *id, const char *en,
                const char *zh, const char *text, int64_t weight)
{
    const tl_found o = { kind, id, en, zh, "a hint" };
    if (tl_search_put(f->s, &o, text, weight, &f->err) != TL_OK)
        fail_msg("put %s: %s", id, f->err.text);
}

static void put_company(factor_fixture *f, const char *id, const char *en, const char *zh,
                        const char *alias)
{
    const tl_company c = { id, en, zh, "CN", "chinese", "", "", "automobile", "", "", "test", "" };
    tl_company_change change;
    assert_int_equal(tl_company_put(f->s, &c, "anna", &change, &f->err), TL_OK);
    if (*alias)
        assert_int_equal(tl_company_put_alias(f->s, id, alias, "test", "anna", &f->err), TL_OK);
}

static void put_car(factor_fixture *f, const char *id, const char *product, const char *maker,
                    const char *company, const char *disclosure_id, bool publish)
{
    bool same;
    tl_record r = record_car(id, 201);
    r.product = product;
    r.maker = maker;
    r.company = company;
    r.disclosure_id = disclosure_id;
    record_expect(id, tl_record_put(f->s, &r, "anna", &same, &f->err), TL_OK, &f->err, NULL);
    if (!publish)
        return;
    record_expect(id, tl_record_take(f->s, id, TL_RECORD_ASK, "2025-01-01", "", "bert", &f->err),
                  TL_OK, &f->err, NULL);
    record_expect(id,
                  tl_record_take(f->s, id, TL_RECORD_PUBLISH, "2025-01-02", "", "bert", &f->err),
                  TL_OK, &f->err, NULL);
}

/* Every test works in one transaction. */
static int begin(void **state)
{
    factor_fixture *f = factor_setup(state) == 0 ? *state : NULL;
    return f && tl_store_begin(f->s, &f->err) == TL_OK ? 0 : -1;
}

static void fill(factor_fixture *f)
{
    int64_t objects = 0;
    put_company(f, "geely-auto", "Geely Auto", "吉利汽车", "吉利");
    put_company(f, "changan-automobile", "Changan Automobile", "长安汽车", "Chang'an");
    put_company(f, "nio", "NIO", "蔚来", "");
    put_car(f, "ademe-35145f246eae", "Lynk & Co 01", "Lynk & Co", "geely-auto",
            "88.186.1/CPP.V.LW4.RB00001", true);
    put_car(f, "cpp-xingyue", "星越L 雷神", "吉利", "geely-auto", "88.186.1/CPP.V.LW4.RB00002",
            true);
    put_car(f, "cpp-et5", "ET5", "NIO", "nio", "88.186.1/CPP.V.NIO.RB00001", true);
    put_car(f, "cpp-c3", "ë-C3", "Citroën", "", "", true);
    put_car(f, "cpp-draft", "EX5", "Geely", "geely-auto", "", false);
    factor_load_ok(f, "m", "1",
                   "al-cn,electrolytic aluminium,电解铝,metal,16,tCO2e/t,CN,2020,,average,,s,,yes\n"
                   "al-old,electrolytic aluminium ingot,电解铝锭,metal,15,tCO2e/t,CN,2010,,average,"
                   ",s,,no\n"
                   "iron,iron,铁,metal,2,tCO2e/t,CN,2020,,BF,,s,,yes\n"
                   "cast,cast iron,铸铁,metal,2,tCO2e/t,CN,2021,,EAF,,s,,yes\n");
    if (tl_search_rebuild(f->s, NULL, &objects, &f->err) != TL_OK)
        fail_msg("rebuild: %s", f->err.text);
    assert_int_equal(objects, 11); /* 4 cars published, 3 companies, 4 factors */
}

enum { CARS = 1 << TL_FOUND_VEHICLE, COMPANIES = 1 << TL_FOUND_COMPANY };

static const struct find_case {
    const char *label, *text;
    unsigned kinds;
    size_t limit;
    const char *want;
} find_cases[] = {
    { "Chinese", "吉利", COMPANIES, 0, "geely-auto" },
    { "English", "Geely", COMPANIES, 0, "geely-auto" },
    { "pinyin together", "jili", COMPANIES, 0, "geely-auto" },
    { "pinyin apart", "ji li", COMPANIES, 0, "geely-auto" },
    { "initials", "jl", COMPANIES, 0, "geely-auto" },
    { "all initials", "jlqc", COMPANIES, 0, "geely-auto" },
    { "whole run", "jiliqiche", COMPANIES, 0, "geely-auto" },
    { "pinyin as it is typed", "jiliqi", COMPANIES, 0, "geely-auto" },
    { "part of the run", "qiche", COMPANIES, 0, "changan-automobile geely-auto" },
    { "a corrected reading", "changan", COMPANIES, 0, "changan-automobile" },
    { "its wrong reading", "zhangan", COMPANIES, 0, "" },
    { "NIO by sound", "weilai", COMPANIES, 0, "nio" },
    { "cars of a company by its alias", "吉利", CARS, 0, "ademe-35145f246eae cpp-xingyue" },
    { "two words", "吉利 星越", 0, 0, "cpp-xingyue" },
    { "two words in pinyin", "jili xingyue", 0, 0, "cpp-xingyue" },
    { "two languages", "geely 星越", 0, 0, "cpp-xingyue" },
    { "all kinds", "nio", 0, 0, "cpp-et5 nio" },
    { "beginning of a word", "gee", COMPANIES, 0, "geely-auto" },
    { "beginning, one letter", "g", COMPANIES, 0, "geely-auto" },
    { "beginning, five letters", "autom", COMPANIES, 0, "changan-automobile" },
    { "only the last word may be a beginning", "gee auto", 0, 0, "" },
    { "disclosure id", "88.186.1/CPP.V.LW4.RB00001", 0, 0, "ademe-35145f246eae" },
    { "its beginning", "88.186.1/CPP.V.LW4.RB0", 0, 0, "ademe-35145f246eae cpp-xingyue" },
    { "its beginning up to a sign", "88.186.1/CPP.V.", 0, 0,
      "ademe-35145f246eae cpp-et5 cpp-xingyue" },
    { "record id", "ademe-35145f246eae", 0, 0, "ademe-35145f246eae" },
    { "its beginning, letters", "adem", 0, 0, "ademe-35145f246eae" },
    { "its beginning, digits", "ademe-35145f", 0, 0, "ademe-35145f246eae" },
    { "factor id", "m/al-cn", 0, 0, "m/al-cn" },
    { "not published, not found", "ex5", 0, 0, "" },
    { "exact name before weight", "iron", 0, 0, "m/iron m/cast" },
    { "exact name before weight, Chinese", "铁", 0, 0, "m/iron m/cast" },
    { "exact name before weight, pinyin", "tie", 0, 0, "m/iron m/cast" },
    { "verified before not", "dianjielv", 0, 0, "m/al-cn m/al-old" },
    { "other spelling of u with dots", "dianjielu", 0, 0, "m/al-cn m/al-old" },
    { "American spelling", "aluminum", 0, 0, "m/al-cn m/al-old" },
    { "limit", "dianjielv", 0, 1, "m/al-cn" },
    { "limit of each kind", "qiche", 0, 1, "ademe-35145f246eae changan-automobile" },
    { "case and width", "ＧＥＥＬＹ", COMPANIES, 0, "geely-auto" },
    { "letters with marks", "Citroën", 0, 0, "cpp-c3" },
    { "typed without them", "citroen", 0, 0, "cpp-c3" },
    { "and as a beginning", "citro", 0, 0, "cpp-c3" },
    { "no such word", "吉他", 0, 0, "" },
    { "a kind without hits", "iron", COMPANIES, 0, "" },
    { "nothing asked", "", 0, 0, "" },
    { "only signs", "，。!*", 0, 0, "" },
    { "a star is no wildcard", "gee*y", 0, 0, "" },
};

static void check_cases(factor_fixture *f, const char *when)
{
    tl_buf got;
    tl_buf_init(&got, 0);
    for (size_t i = 0; i < TEST_COUNT(find_cases); i++) {
        const struct find_case *c = &find_cases[i];
        ids(f, c->text, c->kinds, c->limit, &got);
        if (strcmp(tl_buf_text(&got), c->want) != 0)
            fail_msg("%s, %s: '%s', want '%s'", c->label, when, tl_buf_text(&got), c->want);
    }
    tl_buf_clear(&got);
}

/* Takes in what has changed, `want` objects. */
static void refresh(factor_fixture *f, int64_t want)
{
    int64_t changes;
    bool stale = true;
    if (tl_search_refresh(f->s, &changes, &f->err) != TL_OK)
        fail_msg("refresh: %s", f->err.text);
    if (changes != want)
        fail_msg("refresh: %lld changes, want %lld", (long long)changes, (long long)want);
    assert_int_equal(tl_search_is_stale(f->s, &stale, &f->err), TL_OK);
    assert_false(stale);
}

/* The next version of a set takes the place of the present one. */
static void supersede(factor_fixture *f, const char *set, const char *version)
{
    tl_query *q;
    assert_int_equal(tl_store_query(f->s, "dataset.supersede", &q, &f->err), TL_OK);
    tl_query_text(q, 1, set);
    tl_query_text(q, 2, version);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
}

static void change(factor_fixture *f, const char *what, const char *id)
{
    tl_query *q;
    assert_int_equal(tl_store_query(f->s, "search_changed.insert", &q, &f->err), TL_OK);
    tl_query_text(q, 1, what);
    tl_query_text(q, 2, id);
    assert_int_equal(tl_query_run(q, &f->err), TL_OK);
}

/* As if everything had changed. */
static void mark_all(factor_fixture *f)
{
    static const char *const companies[] = { "geely-auto", "changan-automobile", "nio" };
    static const char *const cars[] = { "ademe-35145f246eae", "cpp-xingyue", "cpp-et5", "cpp-c3" };
    for (size_t i = 0; i < TEST_COUNT(companies); i++)
        change(f, "company", companies[i]);
    for (size_t i = 0; i < TEST_COUNT(cars); i++)
        change(f, "record", cars[i]);
    change(f, "set", "m");
}

static void test_find(void **state)
{
    factor_fixture *f = *state;
    int64_t objects;
    fill(f);
    check_cases(f, "rebuilt");
    assert_int_equal(tl_search_rebuild(f->s, NULL, &objects, &f->err), TL_OK);
    check_cases(f, "rebuilt again");
    mark_all(f);
    refresh(f, 15); /* the factors of a set go first */
    check_cases(f, "put one by one");
}

static void test_shown(void **state)
{
    factor_fixture *f = *state;
    const tl_found *found;
    size_t n;
    fill(f);
    assert_int_equal(tl_search_find(f->s, "xingyue", 0, 0, f->arena, &found, &n, &f->err), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(found[0].kind, TL_FOUND_VEHICLE);
    assert_string_equal(found[0].title_zh, "星越L 雷神");
    assert_string_equal(found[0].title_en, "");
    assert_string_equal(found[0].hint, "201.00 g CO2e/km, 吉利");
    assert_int_equal(tl_search_find(f->s, "铸铁", 0, 0, f->arena, &found, &n, &f->err), TL_OK);
    assert_int_equal(found[0].kind, TL_FOUND_FACTOR);
    assert_string_equal(found[0].hint, "2 tCO2e/t, CN, 2021");
}

/* A record comes with its publication and goes when it is withdrawn. */
static void test_steps(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    fill(f);
    ids(f, "ex5", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    put_car(f, "cpp-draft", "EX5", "Geely", "geely-auto", "", true);
    refresh(f, 1);
    ids(f, "geely ex5", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "cpp-draft");
    assert_int_equal(tl_record_take(f->s, "cpp-draft", TL_RECORD_WITHDRAW, "2025-02-01", "wrong",
                                    "bert", &f->err),
                     TL_OK);
    refresh(f, 1);
    ids(f, "geely ex5", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    refresh(f, 0);
    tl_buf_clear(&got);
}

/* What another folder writes is found after a refresh that it knows nothing of. */
static void test_others(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    fill(f);
    put_company(f, "xpeng", "XPeng", "小鹏汽车", "Xiaopeng Motors");
    refresh(f, 1);
    static const char *const names[] = { "小鹏", "xpeng", "xiaopengqiche", "xpqc", "motors" };
    for (size_t i = 0; i < TEST_COUNT(names); i++) {
        ids(f, names[i], COMPANIES, 0, &got);
        if (strcmp(tl_buf_text(&got), "xpeng") != 0)
            fail_msg("%s: %s", names[i], tl_buf_text(&got));
    }
    put_company(f, "nio", "NIO", "蔚来汽车", "Blue Sky"); /* its cars are found by it too */
    refresh(f, 2);
    ids(f, "blue sky", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "cpp-et5 nio");
    supersede(f, "m", "2");
    factor_load_ok(f, "m", "2", "zinc,zinc,锌,metal,2,tCO2e/t,CN,2020,,BF,,s,,yes\n");
    refresh(f, 5); /* four gone, one come */
    ids(f, "xin", 1 << TL_FOUND_FACTOR, 0, &got);
    assert_string_equal(tl_buf_text(&got), "m/zinc");
    ids(f, "iron", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    tl_buf_clear(&got);
}

/* A rebuild that is not committed leaves the index as it was. */
static void test_killed(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    int64_t objects;
    tl_buf_init(&got, 0);
    put(f, TL_FOUND_PCF, "a", "Coil", "", "", 1);
    assert_int_equal(tl_store_commit(f->s, &f->err), TL_OK);
    assert_int_equal(tl_store_begin(f->s, &f->err), TL_OK);
    assert_int_equal(tl_search_rebuild(f->s, NULL, &objects, &f->err), TL_OK);
    ids(f, "coil", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    tl_store_rollback(f->s);
    ids(f, "coil", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "a");
    assert_int_equal(tl_store_begin(f->s, &f->err), TL_OK);
    tl_buf_clear(&got);
}

static void test_put(void **state)
{
    factor_fixture *f = *state;
    tl_buf got;
    tl_buf_init(&got, 0);
    put(f, TL_FOUND_PCF, "a", "Coil", NULL, "slab", 1);
    put(f, TL_FOUND_PCF, "b", "Coil", "钢卷", "", 2);
    put(f, TL_FOUND_EPD, "a", "Coil", "", "", 1); /* an id counts within its kind */
    ids(f, "coil", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "a b a");
    put(f, TL_FOUND_PCF, "a", "Sheet", "", "", 3); /* put anew: the old words are gone */
    ids(f, "coil", 1 << TL_FOUND_PCF, 0, &got);
    assert_string_equal(tl_buf_text(&got), "b");
    ids(f, "slab", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    ids(f, "sheet", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "a");
    assert_int_equal(tl_search_drop(f->s, TL_FOUND_PCF, "b", &f->err), TL_OK);
    assert_int_equal(tl_search_drop(f->s, TL_FOUND_PCF, "b", &f->err), TL_OK);
    ids(f, "gangjuan", 0, 0, &got);
    assert_string_equal(tl_buf_text(&got), "");
    tl_buf_clear(&got);
}

static void test_refused(void **state)
{
    factor_fixture *f = *state;
    static char long_text[TL_SEARCH_TEXT_MAX + 2];
    tl_buf many;
    const tl_found *found;
    size_t n;
    memset(long_text, 'a', sizeof long_text - 1);
    const struct {
        const char *label;
        tl_found object;
        const char *text;
    } cases[] = {
        { "no id", { TL_FOUND_PCF, "", "x", "", "" }, "" },
        { "no title", { TL_FOUND_PCF, "x", "", "", "" }, "" },
        { "no kind", { (tl_found_kind)5, "x", "x", "", "" }, "" },
        { "long text", { TL_FOUND_PCF, "x", "x", "", "" }, long_text },
        { "no UTF-8", { TL_FOUND_PCF, "x", "\xFF", "", "" }, "" },
    };
    for (size_t i = 0; i < TEST_COUNT(cases); i++) {
        tl_status st = tl_search_put(f->s, &cases[i].object, cases[i].text, 0, &f->err);
        if (st != TL_EINPUT)
            fail_msg("%s: %s (%s)", cases[i].label, tl_status_name(st), f->err.text);
    }
    tl_buf_init(&many, 0);
    for (int i = 0; i < 33; i++)
        tl_buf_printf(&many, "w%d ", i);
    assert_int_equal(tl_search_find(f->s, tl_buf_text(&many), 0, 0, f->arena, &found, &n, &f->err),
                     TL_EINPUT);
    assert_int_equal(tl_search_find(f->s, long_text, 0, 0, f->arena, &found, &n, &f->err),
                     TL_EINPUT);
    tl_buf_clear(&many);
}

/* The plain way to the same answers: every object looked at, all sorted. */
enum { MODEL_IDS = 700, MODEL_WORDS = 4, MODEL_PUTS = 2600, MODEL_LIMIT = 5 };
static const char *const vocabulary[] = { "steel",  "steels", "stee", "s",       "coil", "coils",
                                          "copper", "cobalt", "c",    "battery", "bats", "bat" };

struct model_object {
    bool there;
    int64_t weight;
    const char *words[MODEL_WORDS];
};

struct model {
    struct model_object objects[2][MODEL_IDS]; /* kinds pcf, company */
};

static void model_id(size_t i, char out[16])
{
    snprintf(out, 16, "o-%zu", i);
}

static bool model_hit(const struct model_object *o, const char *whole, const char *beginning)
{
    bool a = false, b = false;
    for (size_t w = 0; w < MODEL_WORDS; w++) {
        a = a || strcmp(o->words[w], whole) == 0;
        b = b || strncmp(o->words[w], beginning, strlen(beginning)) == 0;
    }
    return o->there && a && b;
}

/* Exact: the first line of the text is made of just the two words. */
static bool model_exact(const struct model_object *o, const char *whole, const char *beginning)
{
    return strcmp(o->words[0], whole) == 0 && strcmp(o->words[1], beginning) == 0 &&
           strcmp(whole, beginning) != 0;
}

static bool model_before(const struct model_object *x, size_t i, const struct model_object *y,
                         size_t j, const char *a, const char *b)
{
    char id_x[16], id_y[16];
    model_id(i, id_x);
    model_id(j, id_y);
    if (model_exact(x, a, b) != model_exact(y, a, b))
        return model_exact(x, a, b);
    return x->weight != y->weight ? x->weight > y->weight : strcmp(id_x, id_y) < 0;
}

static void model_find(const struct model *m, const char *a, const char *b, tl_buf *out)
{
    tl_buf_reset(out);
    for (size_t kind = 0; kind < 2; kind++) {
        bool taken[MODEL_IDS] = { false };
        const struct model_object *objects = m->objects[kind];
        for (int n = 0; n < MODEL_LIMIT; n++) {
            size_t best = MODEL_IDS;
            for (size_t i = 0; i < MODEL_IDS; i++)
                if (!taken[i] && model_hit(&objects[i], a, b) &&
                    (best == MODEL_IDS || model_before(&objects[i], i, &objects[best], best, a, b)))
                    best = i;
            if (best == MODEL_IDS)
                break;
            taken[best] = true;
            tl_buf_printf(out, "%so-%zu", out->len ? " " : "", best);
        }
    }
}

static void model_act(factor_fixture *f, struct model *m, tl_random *r)
{
    size_t kind = (size_t)tl_random_below(r, 2), i = (size_t)tl_random_below(r, MODEL_IDS);
    struct model_object *o = &m->objects[kind][i];
    tl_found_kind found = kind ? TL_FOUND_COMPANY : TL_FOUND_PCF;
    char id[16], title[40], text[40];
    model_id(i, id);
    o->there = tl_random_below(r, 8) > 0;
    if (!o->there) {
        assert_int_equal(tl_search_drop(f->s, found, id, &f->err), TL_OK);
        return;
    }
    o->weight = (int64_t)tl_random_below(r, 4) - 1;
    for (size_t w = 0; w < MODEL_WORDS; w++)
        o->words[w] = vocabulary[tl_random_below(r, TEST_COUNT(vocabulary))];
    snprintf(title, sizeof title, "%s %s", o->words[0], o->words[1]);
    snprintf(text, sizeof text, "x %s, %s", o->words[2], o->words[3]);
    put(f, found, id, title, "", text, o->weight);
}

static void test_model(void **state)
{
    factor_fixture *f = *state;
    const char *seed_text = getenv("TL_TEST_SEED");
    uint64_t seed = seed_text ? strtoull(seed_text, NULL, 10) : 11;
    tl_random r = tl_random_seed(seed);
    struct model *m = calloc(1, sizeof *m);
    tl_buf got, want;
    assert_non_null(m);
    tl_buf_init(&got, 0);
    tl_buf_init(&want, 0);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < MODEL_IDS; i++)
            for (size_t w = 0; w < MODEL_WORDS; w++)
                m->objects[k][i].words[w] = "";
    for (int n = 0; n < MODEL_PUTS; n++) {
        model_act(f, m, &r);
        if (n % 100 != 99)
            continue;
        for (size_t a = 0; a < TEST_COUNT(vocabulary); a++) {
            char text[40];
            const char *b = vocabulary[(a * 5 + (size_t)n / 100) % TEST_COUNT(vocabulary)];
            tl_arena_reset(f->arena);
            snprintf(text, sizeof text, "%s %s", vocabulary[a], b);
            if (strcmp(vocabulary[a], b) == 0) /* one word, not two */
                continue;
            ids(f, text, 0, MODEL_LIMIT, &got);
            model_find(m, vocabulary[a], b, &want);
            if (strcmp(tl_buf_text(&got), tl_buf_text(&want)) != 0)
                fail_msg("seed %llu, put %d, '%s': %s, want %s", (unsigned long long)seed, n, text,
                         tl_buf_text(&got), tl_buf_text(&want));
        }
    }
    tl_buf_clear(&got);
    tl_buf_clear(&want);
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_find, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_shown, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_steps, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_others, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_killed, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_put, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_refused, begin, factor_teardown),
        cmocka_unit_test_setup_teardown(test_model, begin, factor_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
