/* test_assessment.c - what can be said of a company, what of it counts, and what the tables refuse.
 */
#include "rating/tests/rating_test.h"

#define DAY "2024-05-01"

static char long_quote[4200];

/* One answer about bmw with one piece of evidence, changed in one way. */
static const struct refuse_case {
    const char *label;
    tl_answer answer;
    tl_evidence e;
    const char *industry, *cut_off, *company;
    const char *want; /* words of the refusal, NULL: taken */
} refuse_cases[] = {
    { "sound",
      { .slot = "1.1.1", .points = 1500 },
      { .document = "Report" },
      NULL,
      NULL,
      NULL,
      NULL },
    { "all of evidence",
      { .slot = "1.1.1", .points = 1500 },
      { .document = "Report",
        .page = "3-4",
        .quote = "two\nlines",
        .language = "zh-Hans",
        .url = "http://example.org",
        .dated = DAY,
        .retrieved = DAY,
        .sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
      NULL,
      NULL,
      NULL,
      NULL },
    { "unknown slot", { .slot = "9.9" }, { .document = "R" }, NULL, NULL, NULL, "'9.9'" },
    { "a dimension is no slot", { .slot = "2.1" }, { .document = "R" }, NULL, NULL, NULL, "'2.1'" },
    { "above the maximum",
      { .slot = "1.1.1", .points = 2500 },
      { .document = "R" },
      NULL,
      NULL,
      NULL,
      "1.1.1" },
    { "not the step",
      { .slot = "2.1.1", .points = 1500 },
      { .document = "R" },
      NULL,
      NULL,
      NULL,
      "2.1.1" },
    { "0.3 of a point",
      { .slot = "1.1.1", .points = 300 },
      { .document = "R" },
      NULL,
      NULL,
      NULL,
      "1.1.1" },
    { "negative",
      { .slot = "1.1.1", .points = -4 },
      { .document = "R" },
      NULL,
      NULL,
      NULL,
      "1.1.1" },
    { "no document", { .slot = "1.1.1" }, { .document = "" }, NULL, NULL, NULL, "document" },
    { "no such day",
      { .slot = "1.1.1" },
      { .document = "R", .dated = "2024-02-30" },
      NULL,
      NULL,
      NULL,
      "dated" },
    { "day with time",
      { .slot = "1.1.1" },
      { .document = "R", .retrieved = DAY "T00" },
      NULL,
      NULL,
      NULL,
      "retrieved" },
    { "script in the url",
      { .slot = "1.1.1" },
      { .document = "R", .url = "javascript:x" },
      NULL,
      NULL,
      NULL,
      "url" },
    { "file url",
      { .slot = "1.1.1" },
      { .document = "R", .url = "file:///etc" },
      NULL,
      NULL,
      NULL,
      "url" },
    { "blank in the url",
      { .slot = "1.1.1" },
      { .document = "R", .url = "http://a b" },
      NULL,
      NULL,
      NULL,
      "url" },
    { "url without host",
      { .slot = "1.1.1" },
      { .document = "R", .url = "http:///x" },
      NULL,
      NULL,
      NULL,
      "url" },
    { "capital in the hash",
      { .slot = "1.1.1" },
      { .document = "R",
        .sha256 = "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef" },
      NULL,
      NULL,
      NULL,
      "sha256" },
    { "short hash",
      { .slot = "1.1.1" },
      { .document = "R", .sha256 = "ab" },
      NULL,
      NULL,
      NULL,
      "sha256" },
    { "language",
      { .slot = "1.1.1" },
      { .document = "R", .language = "en_US" },
      NULL,
      NULL,
      NULL,
      "language" },
    { "quote too long",
      { .slot = "1.1.1" },
      { .document = "R", .quote = long_quote },
      NULL,
      NULL,
      NULL,
      "quote" },
    { "control character",
      { .slot = "1.1.1" },
      { .document = "R\x1b[2J" },
      NULL,
      NULL,
      NULL,
      "document" },
    { "no UTF-8 in the note",
      { .slot = "1.1.1", .note = "\xff" },
      { .document = "R" },
      NULL,
      NULL,
      NULL,
      "note" },
    { "industry without weight",
      { .slot = "1.1.1" },
      { .document = "R" },
      "space",
      NULL,
      NULL,
      "industry" },
    { "no industry", { .slot = "1.1.1" }, { .document = "R" }, "", NULL, NULL, "industry" },
    { "cut-off", { .slot = "1.1.1" }, { .document = "R" }, NULL, "July", NULL, "cut_off" },
    { "unknown company", { .slot = "1.1.1" }, { .document = "R" }, NULL, NULL, "opel", "'opel'" },
};

static void test_refused(void **state)
{
    rating_fixture *f = *state;
    memset(long_quote, 'q', sizeof long_quote - 1);
    for (size_t i = 0; i < TEST_COUNT(refuse_cases); i++) {
        const struct refuse_case *c = &refuse_cases[i];
        tl_answer answer = c->answer;
        tl_assessment a =
            an_assessment(f, c->company ? c->company : "bmw", TL_LEVEL_INDICATOR, NULL, 0);
        answer.evidence = &c->e;
        answer.n_evidence = 1;
        a.answers = &answer;
        a.n_answers = 1;
        a.industry = c->industry ? c->industry : a.industry;
        a.cut_off = c->cut_off ? c->cut_off : a.cut_off;
        tl_status st = save_draft(f, &a, "ann");
        if ((st == TL_OK) != !c->want || (c->want && !strstr(f->db.err.text, c->want)))
            fail_msg("%s: %s (%s), want %s", c->label, tl_status_name(st), f->db.err.text,
                     c->want ? c->want : "taken");
    }
    verify_all(f);
}

static void test_refused_whole(void **state)
{
    rating_fixture *f = *state;
    const said twice[] = { { "1.1.1", 0, NULL, NULL, false }, { "1.1.1", 0, NULL, NULL, false } };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, twice, 2);
    static tl_evidence many[TL_POINT];
    tl_answer answer = { .slot = "1.1.1", .points = 500, .evidence = many, .n_evidence = 101 };
    expect("answered twice", save_draft(f, &a, "ann"), TL_EINPUT, &f->db.err, "answered twice");
    a.n_answers = 1;
    expect("nobody", save_draft(f, &a, ""), TL_EINPUT, &f->db.err, "who");
    a.key.period = "spring";
    expect("period", save_draft(f, &a, "ann"), TL_EINPUT, &f->db.err, "period");
    a.key.period = "2024";
    a.key.index_version = "2";
    expect("other index", save_draft(f, &a, "ann"), TL_EINPUT, &f->db.err, "small@1");
    a.key.index_version = "1";
    for (size_t i = 0; i < 101; i++)
        many[i] = (tl_evidence){ .document = "R", .page = tl_arena_printf(f->db.arena, "%zu", i) };
    a.answers = &answer;
    expect("too much evidence", save_draft(f, &a, "ann"), TL_EINPUT, &f->db.err, "at most 100");
    answer.n_evidence = 100;
    expect("as much as allowed", save_draft(f, &a, "ann"), TL_OK, &f->db.err, NULL);
    many[99] = many[0];
    expect("twice the same", save_draft(f, &a, "ann"), TL_EINPUT, &f->db.err, "there twice");
}

/* No evidence, no points; evidence after the cut-off day (2024-07-31) is kept and not counted. */
static const struct count_case {
    const char *label, *document, *dated, *origin;
    tl_sheet_level level;
    tl_points given, want;
} count_cases[] = {
    { "with evidence", "R", "2024-05-01", "", TL_LEVEL_INDICATOR, 1500, 1500 },
    { "on the last day", "R", "2024-07-31", "", TL_LEVEL_INDICATOR, 1500, 1500 },
    { "a day late", "R", "2024-08-01", "", TL_LEVEL_INDICATOR, 1500, 0 },
    { "of unknown day", "R", "", "", TL_LEVEL_INDICATOR, 1500, 1500 },
    { "without evidence", NULL, "", "", TL_LEVEL_INDICATOR, 1500, 0 },
    { "nothing needs none", NULL, "", "", TL_LEVEL_INDICATOR, 0, 0 },
    { "not disclosed", NULL, "", "", TL_LEVEL_INDICATOR, TL_SLOT_NOT_DISCLOSED,
      TL_SLOT_NOT_DISCLOSED },
    { "origin does not help an indicator", NULL, "", "a report", TL_LEVEL_INDICATOR, 1500, 0 },
    { "theme from a publication", NULL, "", "a report", TL_LEVEL_THEME, 1500, 1500 },
    { "own theme without evidence", NULL, "", "", TL_LEVEL_THEME, 1500, 0 },
    { "own theme with evidence", "R", "", "", TL_LEVEL_THEME, 1500, 1500 },
};

static void test_counted(void **state)
{
    rating_fixture *f = *state;
    for (size_t i = 0; i < TEST_COUNT(count_cases); i++) {
        const struct count_case *c = &count_cases[i];
        bool theme = c->level == TL_LEVEL_THEME;
        const said one = { theme ? "governance" : "1.1.1", c->given, c->document, c->dated, false };
        tl_assessment a = an_assessment(f, "bmw", c->level, &one, 1);
        a.origin = c->origin;
        expect(c->label, save_draft(f, &a, "ann"), TL_OK, &f->db.err, NULL);
        tl_assessment got = get_version(f, &a.key, -1);
        if (got.n_answers != 1 || got.answers[0].points != c->given ||
            got.answers[0].counted != c->want)
            fail_msg("%s: %d of %d counts, want %d", c->label, got.answers[0].counted,
                     got.answers[0].points, c->want);
        if (c->document && got.answers[0].evidence[0].late != (c->want == 0))
            fail_msg("%s: late mark %d", c->label, got.answers[0].evidence[0].late);
        verify_all(f);
    }
}

/* A draft written again keeps the ids of its evidence; the same content writes nothing. */
static void test_again(void **state)
{
    rating_fixture *f = *state;
    said list[] = { { "2.3", 2000, "PCF", "", false }, { "1.1.1", 2000, "Report", DAY, false } };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, list, 2);
    const tl_assessment *all;
    size_t n;
    bool same;
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    int64_t entries = audit_entries(&f->db);
    tl_assessment first = get_version(f, &a.key, -1);
    assert_string_equal(first.answers[0].slot, "1.1.1"); /* in the order of the slots */
    assert_string_equal(first.author, "ann");
    assert_int_equal(first.scope12, 3000);
    assert_int_equal(save_draft(f, &a, "eve"), TL_OK);
    assert_int_equal(audit_entries(&f->db), entries);
    expect("same", tl_assessment_same(f->db.s, &f->x, &a, &same, &f->db.err), TL_OK, &f->db.err,
           NULL);
    assert_true(same);
    list[0].points = 1500;
    a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, list, 2);
    expect("other", tl_assessment_same(f->db.s, &f->x, &a, &same, &f->db.err), TL_OK, &f->db.err,
           NULL);
    assert_false(same);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    assert_int_equal(audit_entries(&f->db), entries + 1);
    tl_assessment second = get_version(f, &a.key, -1);
    assert_int_equal(second.answers[1].points, 1500);
    assert_int_equal(second.answers[0].evidence[0].id, first.answers[0].evidence[0].id);
    assert_int_equal(tl_assessment_list(f->db.s, NULL, f->db.arena, &all, &n, NULL), TL_OK);
    assert_int_equal(n, 1);
    assert_int_equal(tl_assessment_list(f->db.s, "byd", f->db.arena, &all, &n, NULL), TL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(tl_assessment_get(f->db.s, &a.key, 0, f->db.arena, &first, &f->db.err),
                     TL_ENOTFOUND);
    assert_int_equal(tl_assessment_get(f->db.s, &a.key, 7, f->db.arena, &first, &f->db.err),
                     TL_ENOTFOUND);
}

/* Somebody with the database in hand changes what is kept: verify tells. */
static void test_tampered(void **state)
{
    static const char *const harms[] = {
        "UPDATE assessment_version SET sheet = zeroblob(length(sheet))",
        "UPDATE assessment_version SET sheet = zeroblob(4)",
        "UPDATE assessment_version SET inferred = x'0001000000000000'",
        "UPDATE evidence SET withdrawn = 1",
    };
    rating_fixture *f = *state;
    const said one = { "1.1.1", 2000, "R", "", false };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, &one, 1);
    int64_t n;
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    assert_int_equal(verify_all(f), 1);
    for (size_t i = 0; i < TEST_COUNT(harms); i++) {
        assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
        if (tl_store_exec(f->db.s, harms[i], &f->db.err) != TL_OK)
            fail_msg("%s: %s", harms[i], f->db.err.text);
        if (tl_assessment_verify(f->db.s, &n, &f->db.err) != TL_ECONFLICT)
            fail_msg("%s: not noticed", harms[i]);
        tl_store_rollback(f->db.s);
    }
    verify_all(f);
}

#define SHEET "zeroblob(32)"
#define HASH "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"
/* A version with one value changed; the rest is sound. */
#define VERSION(n, state, way, cut, origin, approver, reason, until, on, total, content, sheet)    \
    "INSERT INTO assessment_version VALUES (2," n ",'" state "','" way "','automobile',3000,'" cut \
    "','" origin "','ann','" approver "','" reason "','" until "','" on "'," total ",0,0," content \
    "," sheet ",NULL)"
#define SOUND "INSERT INTO assessment VALUES (2,'byd','small','1','2024','indicator');"

/* Statements that must not pass, whoever writes them. Assessment 1 is published (version 1, with
 * answer and evidence 1) and has a draft (version 2). */
static const struct broken_case {
    const char *label, *sql;
} broken_cases[] = {
    { "level", "INSERT INTO assessment VALUES (2,'byd','small','1','2024','page')" },
    { "unknown company", "INSERT INTO assessment VALUES (2,'opel','small','1','2024','theme')" },
    { "unknown index", "INSERT INTO assessment VALUES (2,'byd','small','7','2024','theme')" },
    { "no period", "INSERT INTO assessment VALUES (2,'byd','small','1','','theme')" },
    { "twice", "INSERT INTO assessment VALUES (2,'bmw','small','1','2024','indicator')" },
    { "another company", "UPDATE assessment SET company = 'byd'" },
    { "assessment deleted", "DELETE FROM assessment" },
    { "not begun as a draft",
      SOUND VERSION("1", "review", "steps", "", "", "", "", "", "", "NULL", HASH, SHEET) },
    { "begun at 2",
      SOUND VERSION("2", "draft", "steps", "", "", "", "r", "", "", "NULL", HASH, SHEET) },
    { "unknown way",
      SOUND VERSION("1", "draft", "guess", "", "", "", "", "", "", "NULL", HASH, SHEET) },
    { "cut-off",
      SOUND VERSION("1", "draft", "steps", "July", "", "", "", "", "", "NULL", HASH, SHEET) },
    { "taken over from nowhere",
      SOUND VERSION("1", "draft", "taken-over", "", "", "", "", "", "", "NULL", HASH, SHEET) },
    { "approved by the author",
      SOUND VERSION("1", "draft", "steps", "", "", "ann", "", "", "", "NULL", HASH, SHEET) },
    { "draft with a day of publication",
      SOUND VERSION("1", "draft", "steps", "", "", "", "", "", "2024-01-01", "NULL", HASH, SHEET) },
    { "negative total",
      SOUND VERSION("1", "draft", "steps", "", "", "", "", "", "", "-1", HASH, SHEET) },
    { "no digest",
      SOUND VERSION("1", "draft", "steps", "", "", "", "", "", "", "NULL", "''", SHEET) },
    { "no sheet",
      SOUND VERSION("1", "draft", "steps", "", "", "", "", "", "", "NULL", HASH, "x''") },
    { "torn sheet",
      SOUND VERSION("1", "draft", "steps", "", "", "", "", "", "", "NULL", HASH, "zeroblob(5)") },
    { "version 2 without reason", "UPDATE assessment_version SET reason = '' WHERE version = 2" },
    { "a second open version", "INSERT INTO assessment_version SELECT assessment, 3, state, way, "
                               "industry, scope12, cut_off, origin, "
                               "author, approver, reason, reply_until, published_on, stated_total, "
                               "stated_rank, stated_stars, content, "
                               "sheet, inferred FROM assessment_version WHERE version = 2" },
    { "published changed", "UPDATE assessment_version SET industry = 'textile' WHERE version = 1" },
    { "published sheet changed",
      "UPDATE assessment_version SET sheet = zeroblob(32) WHERE version = 1" },
    { "published renumbered", "UPDATE assessment_version SET version = 7 WHERE version = 1" },
    { "published back to draft",
      "UPDATE assessment_version SET state = 'draft', published_on = '' WHERE version = 1" },
    { "draft straight to published", "UPDATE assessment_version SET state = 'published', "
                                     "published_on = '2024-01-01' WHERE version = 2" },
    { "approved without a person",
      "UPDATE assessment_version SET state = 'review' WHERE version = 2;"
      "UPDATE assessment_version SET state = 'company', reply_until = '2024-01-01' WHERE version = "
      "2" },
    { "version deleted", "DELETE FROM assessment_version WHERE version = 2" },
    { "version replaced", "INSERT OR REPLACE INTO assessment_version SELECT * FROM "
                          "assessment_version WHERE version = 2" },
    { "answer into published", "INSERT INTO answer VALUES (1,1,7,'2.3',0,0,'','')" },
    { "answer changed", "UPDATE answer SET points = 0 WHERE version = 2" },
    { "answer moved", "UPDATE answer SET version = 2 WHERE version = 1" },
    { "answer of published deleted", "DELETE FROM evidence WHERE version = 1" },
    { "answer with too many points", "INSERT INTO answer VALUES (1,2,7,'2.3',100000001,0,'','')" },
    { "answer with a fifth empty", "INSERT INTO answer VALUES (1,2,7,'2.3',-4,0,'','')" },
    { "answer twice", "INSERT INTO answer VALUES (1,2,0,'1.1.1',0,0,'','')" },
    { "evidence into published",
      "INSERT INTO evidence VALUES (9,1,1,0,5,'R','','','','','','','',0,0)" },
    { "evidence of no answer",
      "INSERT INTO evidence VALUES (9,1,2,5,0,'R','','','','','','','',0,0)" },
    { "evidence without document",
      "INSERT INTO evidence VALUES (9,1,2,0,5,'','','','','','','','',0,0)" },
    { "evidence by script",
      "INSERT INTO evidence VALUES (9,1,2,0,5,'R','','','','javascript:x','','','',0,0)" },
    { "evidence of no day",
      "INSERT INTO evidence VALUES (9,1,2,0,5,'R','','','','','May','','',0,0)" },
    { "evidence with a short hash",
      "INSERT INTO evidence VALUES (9,1,2,0,5,'R','','','','','','','ab',0,0)" },
    { "evidence replaced",
      "INSERT OR REPLACE INTO evidence VALUES (1,1,2,0,5,'R','','','','','','','',0,0)" },
    { "evidence changed", "UPDATE evidence SET page = '13'" },
    { "evidence of another answer", "UPDATE evidence SET place = 1 WHERE version = 2" },
    { "evidence of published withdrawn", "UPDATE evidence SET withdrawn = 1 WHERE version = 1" },
    { "withdrawal undone", "UPDATE evidence SET withdrawn = 1 WHERE version = 2;"
                           "UPDATE evidence SET withdrawn = 0 WHERE version = 2" },
    { "reply to a draft",
      "INSERT INTO assessment_reply VALUES (9,1,2,'2024-01-01','x','','text')" },
};

static void test_constraints(void **state)
{
    rating_fixture *f = *state;
    const said one = { "1.1.1", 2000, "R", "", false };
    tl_assessment a = an_assessment(f, "bmw", TL_LEVEL_INDICATOR, &one, 1);
    assert_int_equal(save_draft(f, &a, "ann"), TL_OK);
    publish(f, &a.key);
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    assert_int_equal(tl_assessment_correct(f->db.s, &a.key, "why", "ann", &f->db.err), TL_OK);
    assert_int_equal(tl_store_commit(f->db.s, NULL), TL_OK);
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    expect("sound rows",
           tl_store_exec(f->db.s,
                         SOUND VERSION("1", "draft", "steps", "2024-01-01", "", "", "", "", "", "1",
                                       HASH,
                                       SHEET) ";"
                                              "INSERT INTO answer VALUES (2,1,0,'1.1.1',0,0,'','');"
                                              "INSERT INTO evidence VALUES "
                                              "(9,2,1,0,0,'R','','','','http://a','','','',0,0)",
                         &f->db.err),
           TL_OK, &f->db.err, NULL);
    tl_store_rollback(f->db.s);
    for (size_t i = 0; i < TEST_COUNT(broken_cases); i++) {
        assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
        if (tl_store_exec(f->db.s, broken_cases[i].sql, &f->db.err) != TL_ECONFLICT)
            fail_msg("%s: passed or failed otherwise (%s)", broken_cases[i].label, f->db.err.text);
        tl_store_rollback(f->db.s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_refused, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_refused_whole, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_counted, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_again, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_tampered, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_constraints, rating_setup, rating_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
