/* test_answer_import.c - files of answers: each company whole or not at all, each row with its
 * verdict. */
#include "rating/tests/rating_test.h"

#include "base/file.h"
#include "intake/answer_import.h"
#include "intake/tests/as_book.h"

#define HEADER "company,slot,points,document,page,url,dated,sha256,copy,assessor,note,mark\n"
#define GOOD "byd,1.1.1,2,Report,3,,,,,ann,,\n" /* one company that is always sound */

static const struct file_case {
    const char *label, *rows;
    int64_t accepted, refused; /* with GOOD before them */
    const char *want;          /* words of the first refusal */
} file_cases[] = {
    { "sound", "bmw,1.1.1,2,Report,,,,,,,,\nbmw,2.1.1,0,,,,,,,,,\n", 3, 0, NULL },
    { "empties need none", "bmw,1.1.1,not_disclosed,,,,,,,,,\nbmw,2.3,not_applicable,,,,,,,,,\n", 3,
      0, NULL },
    { "by name", "宝马,1.1.1,2,Report,,,,,,,,\nBMW,1.1.2,1,Report,,,,,,,,\n", 3, 0, NULL },
    { "rows in any order",
      "bmw,1.1.1,,Second,9,,,,,,,\nbyd,2.3,0,,,,,,,,,\nbmw,1.1.1,2,First,1,,,,,,,\n", 4, 0, NULL },
    { "evidence alone carries the points", "bmw,1.1.1,2,,,,,,,,,\nbmw,1.1.1,,R,,,,,,,,\n", 3, 0,
      NULL },
    { "above the maximum", "bmw,1.1.1,2.5,R,,,,,,,,\n", 1, 1,
      ":3: column 'points': indicator 1.1.1" },
    { "unknown indicator", "bmw,9.9,1,R,,,,,,,,\n", 1, 1, ":3: column 'slot': '9.9'" },
    { "0.3 of a point", "bmw,1.1.1,0.3,R,,,,,,,,\n", 1, 1, ":3: column 'points'" },
    { "words for points", "bmw,1.1.1,many,R,,,,,,,,\n", 1, 1, ":3: column 'points'" },
    { "negative points", "bmw,1.1.1,-1,R,,,,,,,,\n", 1, 1, ":3: column 'points'" },
    { "points without evidence", "bmw,1.1.1,2,,,,,,,,,\n", 1, 1,
      ":3: column 'slot': points without evidence" },
    { "answered twice", "bmw,1.1.1,2,R,,,,,,,,\nbmw,1.1.1,2,R,,,,,,,,\n", 1, 2, "row 4" },
    { "evidence of nothing", "bmw,1.1.1,,R,,,,,,,,\n", 1, 1, "evidence without a row" },
    { "nothing at all", "bmw,1.1.1,,,,,,,,,,\n", 1, 1, ":3: column 'points': empty" },
    { "page without document", "bmw,1.1.1,2,,3,,,,,,,\n", 1, 1, ":3: column 'document'" },
    { "unknown company", "bmv,1.1.1,2,R,,,,,,,,\n", 1, 1,
      ":3: column 'company': no company 'bmv'; near: bmw" },
    { "no company", ",1.1.1,2,R,,,,,,,,\n", 1, 1, ":3: column 'company'" },
    { "bad day", "bmw,1.1.1,2,R,,,2024-13-01,,,,,\n", 1, 1, ":3: column 'dated'" },
    { "bad address", "bmw,1.1.1,2,R,,ftp://x,,,,,,\n", 1, 1, ":3: column 'url'" },
    { "bad hash", "bmw,1.1.1,2,R,,,,XYZ,,,,\n", 1, 1, ":3: column 'sha256'" },
    { "bad mark", "bmw,1.1.1,2,R,,,,,,,,sure\n", 1, 1, ":3: column 'mark'" },
    { "note of further evidence", "bmw,1.1.1,2,R,,,,,,,,\nbmw,1.1.1,,S,,,,,,,hm,\n", 1, 2,
      "row 4" },
    { "another assessor", "bmw,1.1.1,2,R,,,,,,ann,,\nbmw,1.1.1,,S,,,,,,ben,,\n", 1, 2, "row 4" },
    { "copy elsewhere", "bmw,1.1.1,2,R,,,,,../x,,,\n", 1, 1, ":3: column 'copy'" },
    { "copy by root", "bmw,1.1.1,2,R,,,,,/etc/passwd,,,\n", 1, 1, ":3: column 'copy'" },
    { "copy missing", "bmw,1.1.1,2,R,,,,,no.pdf,,,\n", 1, 1, ":3: column 'copy'" },
    { "one bad row takes the company down", "bmw,1.1.1,2,R,,,,,,,,\nbmw,2.1.1,9,R,,,,,,,,\n", 1, 2,
      "row 4 of bmw is refused" },
    { "evidence twice", "bmw,1.1.1,2,R,,,,,,,,\nbmw,1.1.1,,R,,,,,,,,\n", 1, 2, "there twice" },
};

static tl_answer_import how_to(const char *path)
{
    return (tl_answer_import){ .path = path,
                               .period = "2024",
                               .cut_off = "2024-07-31",
                               .level = TL_LEVEL_INDICATOR,
                               .actor = "ann" };
}

static tl_status import_text(rating_fixture *f, const char *text, tl_answer_verdict *v)
{
    const tl_answer_import how = how_to("answers.csv");
    f->db.err = (tl_error){ 0 };
    return tl_answer_import_memory(f->db.s, &f->x, &how, text, strlen(text), f->db.arena, v,
                                   &f->db.err);
}

static void test_verdicts(void **state)
{
    (void)state;
    for (size_t i = 0; i < TEST_COUNT(file_cases); i++) {
        const struct file_case *c = &file_cases[i];
        void *opened = NULL;
        tl_answer_verdict v;
        assert_int_equal(rating_setup(&opened), 0);
        rating_fixture *f = opened;
        const char *text = tl_arena_printf(f->db.arena, "%s%s%s", HEADER, GOOD, c->rows);
        expect(c->label, import_text(f, text, &v), TL_OK, &f->db.err, NULL);
        if (v.accepted != c->accepted || v.refused != c->refused ||
            v.rows != v.accepted + v.refused || v.refusal_count != (size_t)v.refused)
            fail_msg("%s: %lld accepted, %lld refused, %zu reasons (%s)", c->label,
                     (long long)v.accepted, (long long)v.refused, v.refusal_count,
                     v.refusal_count ? v.refusals[0].reason : "");
        if (c->want && !strstr(v.refusals[0].reason, c->want))
            fail_msg("%s: '%s', want '%s'", c->label, v.refusals[0].reason, c->want);
        int64_t entries = audit_entries(&f->db), written = v.companies;
        expect(c->label, import_text(f, text, &v), TL_OK, &f->db.err, NULL);
        if (v.companies != 0 || v.companies_same != written || audit_entries(&f->db) != entries)
            fail_msg("%s: the second time writes %lld companies", c->label, (long long)v.companies);
        assert_int_equal(verify_all(f), written);
        rating_teardown(&opened);
    }
}

static const struct whole_case {
    const char *label, *text, *want;
} whole_cases[] = {
    { "no rows", HEADER, "no rows" },
    { "no good company", HEADER "bmw,1.1.1,9,R,,,,,,,,\n", "no company could be taken" },
    { "column missing", "company,slot\nbmw,1.1.1\n", "points" },
    { "empty", "", "" },
    { "record of too few cells", HEADER GOOD "bmw,1.1.1\n", ":3" },
    { "quote left open", HEADER GOOD "\"bmw,1.1.1,2\n", ":3" },
};

static void test_whole(void **state)
{
    rating_fixture *f = *state;
    tl_answer_verdict v;
    int64_t entries = audit_entries(&f->db);
    for (size_t i = 0; i < TEST_COUNT(whole_cases); i++) {
        const struct whole_case *c = &whole_cases[i];
        expect(c->label, import_text(f, c->text, &v), TL_EINPUT, &f->db.err, c->want);
        assert_int_equal(audit_entries(&f->db), entries);
        assert_int_equal(v.rows, 0);
    }
}

/* What is in the drafts, with a stored copy hashed. */
static void test_content(void **state)
{
    scratch *folder = *state;
    void *opened = NULL;
    tl_answer_verdict v;
    char sha[TL_SHA256_HEX];
    char path[600];
    static const char text[] =
        HEADER "bmw,1.1.1,2,Report,3,https://example.org/a,2024-05-01,,copy.pdf,cem,\"a "
               "\"\"note\"\"\",inferred\n"
               "bmw,1.1.1,,Late,1,,2024-09-01,,,cem,,\nbmw,2.3,2,Late,2,,2024-09-01,,,,,\n";
    assert_int_equal(rating_setup(&opened), 0);
    rating_fixture *f = opened;
    snprintf(path, sizeof path, "%s", scratch_path(folder, "copy.pdf"));
    assert_int_equal(tl_file_write(path, "pdf", 3, NULL), TL_OK);
    assert_int_equal(tl_sha256_of("pdf", 3, sha, NULL), TL_OK);
    snprintf(path, sizeof path, "%s", scratch_path(folder, "answers.csv"));
    assert_int_equal(tl_file_write(path, text, strlen(text), NULL), TL_OK);
    const tl_answer_import how = how_to(path);
    if (tl_answer_import_file(f->db.s, &f->x, &how, f->db.arena, &v, &f->db.err) != TL_OK)
        fail_msg("%s", f->db.err.text);
    assert_int_equal(v.accepted, 3);
    const tl_assessment_key key = { "bmw", "small", "1", "2024", TL_LEVEL_INDICATOR };
    tl_assessment a = get_version(f, &key, -1);
    assert_int_equal(a.state, TL_STATE_DRAFT);
    assert_string_equal(a.industry, "automobile"); /* that of the company */
    assert_int_equal(a.n_answers, 2);
    assert_true(a.answers[0].inferred);
    assert_string_equal(a.answers[0].note, "a \"note\"");
    assert_string_equal(a.answers[0].assessor, "cem");
    assert_int_equal(a.answers[0].n_evidence, 2);
    assert_string_equal(a.answers[0].evidence[0].sha256, sha);
    assert_true(a.answers[0].evidence[1].late);
    assert_int_equal(a.answers[0].counted, 2000);
    assert_int_equal(a.answers[1].counted, 0); /* its only evidence is late */
    assert_int_equal(
        tl_file_write(tl_arena_str(f->db.arena, scratch_path(folder, "copy.pdf")), "PDF", 3, NULL),
        TL_OK);
    if (tl_answer_import_file(f->db.s, &f->x, &how, f->db.arena, &v, &f->db.err) != TL_OK)
        fail_msg("%s", f->db.err.text);
    assert_int_equal(v.companies, 1); /* another copy is another evidence */
    rating_teardown(&opened);
}

/* A published company: the same file is the same, another one is refused as a whole company. */
static void test_published(void **state)
{
    rating_fixture *f = *state;
    tl_answer_verdict v;
    const tl_assessment_key key = { "bmw", "small", "1", "2024", TL_LEVEL_INDICATOR };
    assert_int_equal(import_text(f, HEADER "bmw,1.1.1,2,R,,,,,,,,\n", &v), TL_OK);
    publish(f, &key);
    assert_int_equal(import_text(f, HEADER "bmw,1.1.1,2,R,,,,,,,,\n", &v), TL_OK);
    assert_int_equal(v.companies_same, 1);
    assert_int_equal(import_text(f, HEADER GOOD "bmw,1.1.1,1,R,,,,,,,,\n", &v), TL_OK);
    assert_int_equal(v.refused, 1);
    assert_non_null(strstr(v.refusals[0].reason, "published"));
}

/* More rows than are taken. */
static void test_many(void **state)
{
    rating_fixture *f = *state;
    tl_answer_verdict v;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, "company,slot,points\n");
    for (int i = 0; i < 200001; i++)
        tl_buf_str(&b, "bmw,1.1.1,0\n");
    expect("too many", import_text(f, tl_buf_text(&b), &v), TL_EINPUT, &f->db.err, "200000");
    tl_buf_clear(&b);
}

/* Near names are looked for a limited number of times. */
static void test_strange(void **state)
{
    rating_fixture *f = *state;
    tl_answer_verdict v;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_buf_str(&b, HEADER GOOD);
    for (int i = 0; i < 60; i++)
        tl_buf_printf(&b, "bmw %d,1.1.1,0,,,,,,,,,\n", i);
    tl_buf_str(&b, "BMW ,2.3,0,,,,,,,,,\n");
    expect("strange names", import_text(f, tl_buf_text(&b), &v), TL_OK, &f->db.err, NULL);
    tl_buf_clear(&b);
    assert_int_equal(v.accepted, 2);
    assert_int_equal(v.refused, 60);
    assert_non_null(strstr(v.refusals[0].reason, "near: bmw"));
    assert_non_null(strstr(v.refusals[59].reason, "no company 'bmw 59'"));
    assert_null(strstr(v.refusals[59].reason, "near"));
}

static void test_workbook(void **state)
{
    rating_fixture *f = *state;
    static const char text[] =
        HEADER GOOD "bmw,1.1.1,2,Report,,,,,,,,\nbmw,2.3,not_disclosed,,,,,,,,,\n";
    const tl_answer_import how = how_to("answers.xlsx");
    tl_answer_verdict v;
    tl_file_view book = as_book(text, '.');
    expect("workbook",
           tl_answer_import_memory(f->db.s, &f->x, &how, book.data, book.size, f->db.arena, &v,
                                   &f->db.err),
           TL_OK, &f->db.err, NULL);
    tl_file_close(&book);
    assert_int_equal(v.accepted, 3);
    assert_int_equal(v.companies, 2);
    expect("the same as text", import_text(f, text, &v), TL_OK, &f->db.err, NULL);
    assert_int_equal(v.companies_same, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test_setup_teardown(test_whole, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_content, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(test_published, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_strange, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_many, rating_setup, rating_teardown),
        cmocka_unit_test_setup_teardown(test_workbook, rating_setup, rating_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
