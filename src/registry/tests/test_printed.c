/* test_printed.c - printed shares as whole numbers of models, the reading of rows, and each rule on
 * rows that fit and rows that do not. */
#include <math.h>

#include "base/buf.h"
#include "registry/printed_priv.h"
#include "store/tests/scratch.h"

static tl_arena *new_arena(void)
{
    tl_arena *a;
    assert_int_equal(tl_arena_new(&a, (size_t)64 << 20, NULL), TL_OK);
    return a;
}

static const struct models_case {
    const char *label;
    double share;
    int decimals;
    size_t most;
    tl_status want;
    const char *models; /* with a blank behind each */
} models_cases[] = {
    /* 10/29 = 34.48, 19/55 = 34.545, 20/58 = 34.48, 29/84 = 34.52, 30/87 = 34.48 */
    { "34.5% up to 90", 34.5, 1, 90, TL_OK, "29 55 58 84 87 " },
    /* 5/14 = 35.714, 10/28, 15/42, 20/56, 25/70, 30/84 = 35.714 */
    { "35.7% up to 84", 35.7, 1, 84, TL_OK, "14 28 42 56 70 84 " },
    { "half goes up: 1/8 = 12.5%", 13, 0, 8, TL_OK, "8 " },
    { "half does not go down", 12, 0, 8, TL_OK, "" },
    { "nothing of any", 0, 1, 3, TL_OK, "1 2 3 " },
    { "all of any", 100, 1, 3, TL_OK, "1 2 3 " },
    { "33% in whole per cent", 33, 0, 7, TL_OK, "3 6 " },
    { "over 100%", 100.1, 1, 500, TL_OK, "" },
    { "none up to nothing", 50, 0, 0, TL_OK, "" },
    { "negative", -1, 0, 9, TL_EINPUT, "" },
    { "more decimals than said", 35.71, 1, 9, TL_EINPUT, "" },
    { "not a number", NAN, 1, 9, TL_EINPUT, "" },
    { "decimals", 1, 7, 9, TL_EINPUT, "" },
    { "most", 1, 0, TL_PRINTED_MOST + 1, TL_EINPUT, "" },
};

static void test_models(void **state)
{
    (void)state;
    tl_arena *arena = new_arena();
    for (size_t i = 0; i < TEST_COUNT(models_cases); i++) {
        const struct models_case *c = &models_cases[i];
        const size_t *models;
        size_t n;
        tl_error err = { 0 };
        const char *got = "";
        expect(c->label,
               tl_printed_models(c->share, c->decimals, c->most, arena, &models, &n, &err), c->want,
               &err, NULL);
        for (size_t k = 0; k < n; k++)
            got = tl_arena_printf(arena, "%s%zu ", got, models[k]);
        if (strcmp(got, c->models) != 0 || (n == 0) != (models == NULL))
            fail_msg("%s: got '%s', want '%s'", c->label, got, c->models);
    }
    tl_arena_free(arena);
}

/* Every share with one decimal and every number up to 150, by trying all m: m of M is
 * (2000 m + M) / (2 M) tenths of a per cent, rounded half up. */
static void test_models_by_trying(void **state)
{
    (void)state;
    for (int64_t share = 0; share <= 1000; share++)
        for (int64_t models = 1; models <= 150; models++) {
            int64_t low, high, first = -1, last = -1;
            for (int64_t m = 0; m <= models; m++)
                if ((2000 * m + models) / (2 * models) == share) {
                    first = first < 0 ? m : first;
                    last = m;
                }
            const bool got = tl_printed_counts(share, 1, models, &low, &high);
            if (got != (first >= 0) || (got && (low != first || high != last)))
                fail_msg("%lld of %lld: got %d", (long long)share, (long long)models, got);
        }
}

#define HEAD "table,subject,company,measure,value,decimals,unit,source\n"
#define ALIAS "subject,same_as,source\n"

static const struct parse_case {
    const char *label, *rows, *aliases, *words; /* words NULL: accepted */
} parse_cases[] = {
    { "one row", HEAD "3,A,,share-below-mean,35.7,1,%,s\n", NULL, NULL },
    { "no value", HEAD "5,A,,class,,0,class,s\n", NULL, NULL },
    { "same measure in two tables", HEAD "3,A,,x,1,0,%,s\n4,A,,x,2,0,%,s\n", NULL, NULL },
    { "alias", HEAD "3,A,,x,1,0,%,s\n4,B,,x,2,0,%,s\n", ALIAS "B,A,s\n", NULL },
    { "no table", HEAD ",A,,x,1,0,%,s\n", NULL, "table" },
    { "no subject", HEAD "3,,,x,1,0,%,s\n", NULL, "subject" },
    { "no source", HEAD "3,A,,x,1,0,%,\n", NULL, "source" },
    { "decimals lost", HEAD "3,A,,x,50,1,%,s\n", NULL, "1 of them behind the point" },
    { "decimals too many", HEAD "3,A,,x,50.0,0,%,s\n", NULL, "value" },
    { "exponent", HEAD "3,A,,x,1e3,0,%,s\n", NULL, "value" },
    { "negative", HEAD "3,A,,x,-1,0,%,s\n", NULL, "value" },
    { "point alone", HEAD "3,A,,x,.5,1,%,s\n", NULL, "value" },
    { "thirteen digits", HEAD "3,A,,x,1234567890123,0,%,s\n", NULL, "12 digits" },
    { "decimals a word", HEAD "3,A,,x,1,one,%,s\n", NULL, "decimals" },
    { "decimals seven", HEAD "3,A,,x,1.0000000,7,%,s\n", NULL, "0 to 6" },
    { "twice", HEAD "3,A,,x,1,0,%,s\n3,A,,x,2,0,%,s\n", NULL, "earlier row" },
    { "column missing", "table,subject\n3,A\n", NULL, "company" },
    { "alias of nobody", HEAD "3,A,,x,1,0,%,s\n", ALIAS "B,A,s\n", "no row has the subject 'B'" },
    { "alias for nobody", HEAD "3,A,,x,1,0,%,s\n", ALIAS "A,B,s\n", "no row has the subject 'B'" },
    { "alias of itself", HEAD "3,A,,x,1,0,%,s\n", ALIAS "A,A,s\n", "stands for one other" },
    { "alias in a circle", HEAD "3,A,,x,1,0,%,s\n3,B,,x,1,0,%,s\n", ALIAS "A,B,s\nB,A,s\n",
      "stands for one other" },
    { "alias in a chain", HEAD "3,A,,x,1,0,%,s\n3,B,,x,1,0,%,s\n3,C,,x,1,0,%,s\n",
      ALIAS "A,B,s\nB,C,s\n", "stands for one other" },
    { "alias twice", HEAD "3,A,,x,1,0,%,s\n3,B,,x,1,0,%,s\n3,C,,x,1,0,%,s\n",
      ALIAS "A,B,s\nA,C,s\n", "stands for one other" },
    { "alias without source", HEAD "3,A,,x,1,0,%,s\n3,B,,x,1,0,%,s\n", ALIAS "A,B,\n", "source" },
};

static tl_status parse(const char *rows, const char *aliases, tl_arena *arena,
                       const tl_printed_row **out, size_t *n, tl_error *err)
{
    const tl_printed_text a = { "rows.csv", rows, strlen(rows) };
    const tl_printed_text b = { "aliases.csv", aliases, aliases ? strlen(aliases) : 0 };
    return tl_printed_parse(&a, &b, arena, out, n, err);
}

static void test_parse(void **state)
{
    (void)state;
    tl_arena *arena = new_arena();
    const tl_printed_row *rows;
    size_t n;
    for (size_t i = 0; i < TEST_COUNT(parse_cases); i++) {
        const struct parse_case *c = &parse_cases[i];
        tl_error err = { 0 };
        expect(c->label, parse(c->rows, c->aliases, arena, &rows, &n, &err),
               c->words ? TL_EINPUT : TL_OK, &err, c->words);
        assert_true((n > 0) == !c->words);
    }
    tl_error err = { 0 };
    expect("values",
           parse(HEAD "5,A,a,class,,0,class,s\n3,B,,x,0.50,2,%,t\n", ALIAS "B,A,s\n", arena, &rows,
                 &n, &err),
           TL_OK, &err, NULL);
    assert_int_equal(n, 2);
    assert_true(isnan(rows[0].value));
    assert_string_equal(rows[0].company, "a");
    assert_true(rows[1].value == 0.5 && rows[1].decimals == 2);
    assert_string_equal(rows[1].subject, "B");
    assert_string_equal(rows[1].key, "A");
    tl_arena_free(arena);
}

/* 5,001 rows are refused before they are looked at. */
static void test_too_many(void **state)
{
    (void)state;
    tl_arena *arena = new_arena();
    const tl_printed_row *rows;
    size_t n;
    tl_error err = { 0 };
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, HEAD);
    for (int i = 0; i <= TL_PRINTED_ROWS_MAX; i++)
        tl_buf_printf(&b, "3,A%d,,x,1,0,%%,s\n", i);
    expect("rows", parse(tl_buf_text(&b), NULL, arena, &rows, &n, &err), TL_EINPUT, &err, "5000");
    tl_buf_clear(&b);
    tl_arena_free(arena);
}

/* Rows without company and source; "%" where no unit is given. */
#define SHARE(t, s, m, v, d) t "," s ",," m "," v "," d ",%,x\n"
#define COUNT(t, s, v) t "," s ",,class-1-models," v ",0,models,x\n"
#define SERIES(t, s, v) t "," s ",,class," v ",0,class,x\n"
#define WORDS(s, c, v) "text," s ",,class-" c "-share," v ",0,%,x\n"
#define C1 "class-1-share"
#define BELOW "share-below-mean"

static const struct rule_case {
    const char *label, *rows, *aliases;
    const char *want; /* "subject:rule;" of all findings */
    const char *text; /* in the first English sentence */
} rule_cases[] = {
    { "29/84 = 34.52%", SHARE("4", "A", C1, "34.5", "1") COUNT("4", "A", "29"), NULL, "", NULL },
    /* 29/83 = 34.94, 29/84 = 34.52, 29/85 = 34.12 */
    { "29 models are never 34.6%", SHARE("4", "A", C1, "34.6", "1") COUNT("4", "A", "29"), NULL,
      "A:class-share-and-count;", "29 models are 34.6% of no whole number" },
    { "0 models at 0.0%", SHARE("4", "A", C1, "0.0", "1") COUNT("4", "A", "0"), NULL, "", NULL },
    { "0 models at 10.0%", SHARE("4", "A", C1, "10.0", "1") COUNT("4", "A", "0"), NULL,
      "A:class-share-and-count;", NULL },
    /* 30/84 = 35.71; of 84 models 35.8% is none: 31/84 = 36.90 */
    { "two tables of 84",
      SHARE("4", "A", C1, "34.5", "1") COUNT("4", "A", "29") SHARE("3", "A", BELOW, "35.7", "1"),
      NULL, "", NULL },
    { "two tables, not of 84",
      SHARE("4", "A", C1, "34.5", "1") COUNT("4", "A", "29") SHARE("3", "A", BELOW, "35.8", "1"),
      NULL, "A:tables-fit-models;", "84 models" },
    { "two tables under two names",
      SHARE("4", "A", C1, "34.5", "1") COUNT("4", "A", "29") SHARE("3", "B", BELOW, "35.8", "1"),
      ALIAS "A,B,s\n", "B:tables-fit-models;", NULL },
    { "two names without alias",
      SHARE("4", "A", C1, "34.5", "1") COUNT("4", "A", "29") SHARE("3", "B", BELOW, "35.8", "1"),
      NULL, "", NULL },
    /* Fujian Benz: other peer groups, so no contradiction */
    { "none below the mean, all class 1",
      SHARE("4", "A", C1, "100.0", "1") COUNT("4", "A", "10") SHARE("3", "A", BELOW, "0.0", "1"),
      NULL, "", NULL },
    { "nearly all below the mean, none class 1",
      SHARE("4", "A", C1, "0.0", "1") COUNT("4", "A", "0") SHARE("3", "A", BELOW, "92.1", "1"),
      NULL, "", NULL },
    { "53/62 = 85.48%: 85.5 and 85",
      SHARE("4", "A", C1, "85.5", "1") COUNT("4", "A", "53") WORDS("A", "1", "85"), NULL, "",
      NULL },
    { "53/62 = 85.48% is not 86",
      SHARE("4", "A", C1, "85.5", "1") COUNT("4", "A", "53") WORDS("A", "1", "86"), NULL,
      "A:text-and-table;", "62 models" },
    { "all named and 100",
      WORDS("A", "1", "84") WORDS("A", "2", "9") WORDS("A", "3", "7") WORDS("A", "4", "0")
          WORDS("A", "5", "0"),
      NULL, "", NULL },
    /* 31 + 19 + 23 + 23 + 3 of M = 159: 49, 30 or 31, 36 or 37, 36 or 37, 4 or 5 */
    { "99 by rounding",
      WORDS("A", "1", "31") WORDS("A", "2", "19") WORDS("A", "3", "23") WORDS("A", "4", "23")
          WORDS("A", "5", "3"),
      NULL, "", NULL },
    { "89 is not rounding",
      WORDS("A", "1", "53") WORDS("A", "2", "15") WORDS("A", "3", "12") WORDS("A", "4", "9")
          WORDS("A", "5", "0"),
      NULL, "A:shares-add-up;", "53% + 15% + 12% + 9% = 89%" },
    { "102 of four shares is too much: each is half a per cent over at most",
      WORDS("A", "1", "51") WORDS("A", "2", "31") WORDS("A", "3", "10") WORDS("A", "4", "10"), NULL,
      "", NULL },
    { "103 of four",
      WORDS("A", "1", "52") WORDS("A", "2", "31") WORDS("A", "3", "10") WORDS("A", "4", "10"), NULL,
      "A:shares-add-up;", "103%" },
    /* four shares just under half a per cent over what they print stay below 100 */
    { "98 of four",
      WORDS("A", "1", "48") WORDS("A", "2", "30") WORDS("A", "3", "10") WORDS("A", "4", "10"), NULL,
      "A:shares-add-up;", "98%" },
    { "none at all", WORDS("A", "1", "0") WORDS("A", "2", "0"), NULL, "A:shares-add-up;", "0%" },
    { "one share is no row of shares", WORDS("A", "1", "17"), NULL, "", NULL },
    { "5 of 8 and 13 and 25",
      SHARE("4", "A", C1, "62.5", "1") COUNT("4", "A", "5") WORDS("A", "1", "63")
          WORDS("A", "2", "13") WORDS("A", "3", "25"),
      NULL, "", NULL },
    /* 50/79 = 63.29; 13% of 79 is 10 (12.66), 25% is 20 (25.32): 80 models */
    { "50 of 79 and 13 and 25",
      SHARE("4", "A", C1, "63.3", "1") COUNT("4", "A", "50") WORDS("A", "1", "63")
          WORDS("A", "2", "13") WORDS("A", "3", "25"),
      NULL, "A:shares-fit-models;", "79 models" },
    { "same class in two tables", SERIES("5", "S", "3") SERIES("8", "S", "3"), NULL, "", NULL },
    { "other class in two tables", SERIES("5", "S", "3") SERIES("8", "S", "2"), NULL,
      "S:tables-agree;", "3 in table 5, 2 in table 8" },
    { "calculated there, not here", SERIES("5", "S", "") SERIES("8", "S", "2"), NULL,
      "S:tables-agree;", "/ in table 5" },
    { "calculated nowhere", SERIES("5", "S", "") SERIES("8", "S", ""), NULL, "", NULL },
    { "sales ranks of two lists", "5,S,,sales-rank,3,0,rank,x\n8,S,,sales-rank,1,0,rank,x\n", NULL,
      "", NULL },
    { "0.125 and 13 may be one share",
      SHARE("3", "A", "x", "12.5", "1") SHARE("9", "A", "x", "13", "0"), NULL, "", NULL },
    { "0.124 and 13 may not", SHARE("3", "A", "x", "12.4", "1") SHARE("9", "A", "x", "13", "0"),
      NULL, "A:tables-agree;", "12.4% in table 3, 13% in table 9" },
    { "rank as counted",
      SHARE("3", "A", BELOW, "90.0", "1")
          SHARE("3", "B", BELOW, "80.0", "1") "text,B,,rank-by-share-below-mean,2,0,rank,x\n",
      NULL, "", NULL },
    { "joint rank",
      SHARE("3", "A", BELOW, "90.0", "1")
          SHARE("3", "B", BELOW, "90.0", "1") "text,B,,rank-by-share-below-mean,1,0,rank,x\n",
      NULL, "", NULL },
    { "rank off by one",
      SHARE("3", "A", BELOW, "90.0", "1")
          SHARE("3", "B", BELOW, "80.0", "1") "text,B,,rank-by-share-below-mean,1,0,rank,x\n",
      NULL, "B:rank-and-share;", "2 to 2" },
    { "by subject, then rule",
      WORDS("Z", "1", "50") WORDS("Z", "2", "40") SERIES("5", "A", "1") SERIES("8", "A", "2")
          SHARE("4", "Z", C1, "48.0", "1") COUNT("4", "Z", "12"),
      NULL, "A:tables-agree;Z:shares-add-up;Z:text-and-table;", NULL },
};

static void test_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(rule_cases); i++) {
        const struct rule_case *c = &rule_cases[i];
        tl_arena *arena = new_arena();
        const tl_printed_row *rows;
        const tl_printed_finding *found;
        size_t n, n_found;
        tl_error err = { 0 };
        const char *got = "";
        const char *text = tl_arena_printf(arena, "%s%s", HEAD, c->rows);
        expect(c->label, parse(text, c->aliases, arena, &rows, &n, &err), TL_OK, &err, NULL);
        expect(c->label, tl_printed_check(rows, n, arena, &found, &n_found, &err), TL_OK, &err,
               NULL);
        for (size_t k = 0; k < n_found; k++)
            got = tl_arena_printf(arena, "%s%s:%s;", got, found[k].subject, found[k].rule);
        if (strcmp(got, c->want) != 0)
            fail_msg("%s: got '%s', want '%s' (%s)", c->label, got, c->want,
                     n_found ? found[0].en : "");
        if (c->text && !strstr(found[0].en, c->text))
            fail_msg("%s: '%s' does not say '%s'", c->label, found[0].en, c->text);
        tl_arena_free(arena);
    }
}

/* Rows made by hand have no key: then the subject is the name. */
static void test_without_key(void **state)
{
    (void)state;
    tl_arena *arena = new_arena();
    const tl_printed_row rows[] = {
        { "5", "S", "", "class", 3, 0, "class", "x", NULL },
        { "8", "S", "", "class", 1, 0, "class", "x", NULL },
    };
    const tl_printed_finding *found;
    size_t n;
    assert_int_equal(tl_printed_check(rows, 2, arena, &found, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_string_equal(found[0].zh, "等级：3（表 5），1（表 8）。");
    assert_int_equal(tl_printed_check(NULL, 0, arena, &found, &n, NULL), TL_OK);
    assert_int_equal(n, 0);
    tl_arena_free(arena);
}

/* With ever more memory: out of memory each time until it is enough, and never a finding less. */
static void test_little_memory(void **state)
{
    (void)state;
    const char *text = HEAD SHARE("4", "A", C1, "48.0", "1") COUNT("4", "A", "12")
        SHARE("3", "A", BELOW, "10.0", "1") WORDS("A", "1", "50") WORDS("A", "2", "40")
            SERIES("5", "S", "1") SERIES("8", "S", "2");
    size_t refused = 0;
    for (size_t limit = 256;; limit += 256) {
        tl_arena *arena;
        const tl_printed_row *rows;
        const tl_printed_finding *found;
        size_t n, n_found = 0;
        tl_error err = { 0 };
        assert_int_equal(tl_arena_new(&arena, limit, NULL), TL_OK);
        tl_status st = parse(text, NULL, arena, &rows, &n, &err);
        if (st == TL_OK)
            st = tl_printed_check(rows, n, arena, &found, &n_found, &err);
        tl_arena_free(arena);
        if (st == TL_OK) {
            assert_int_equal(n_found, 4);
            break;
        }
        expect("memory", st, TL_ENOMEM, &err, "memory");
        refused++;
    }
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_models),        cmocka_unit_test(test_models_by_trying),
        cmocka_unit_test(test_parse),         cmocka_unit_test(test_too_many),
        cmocka_unit_test(test_rules),         cmocka_unit_test(test_without_key),
        cmocka_unit_test(test_little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
