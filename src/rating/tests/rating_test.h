/* rating_test.h - a database with the small index of index_test.h, some companies, and assessments
 * made of a few lines. */
#ifndef TL_RATING_TESTS_RATING_TEST_H
#define TL_RATING_TESTS_RATING_TEST_H

#include "company/tests/company_test.h"
#include "rating/assessment.h"
#include "rating/tests/index_test.h"
#include "store/store_priv.h"

typedef struct rating_fixture {
    company_fixture db;
    tl_index x;
    tl_dataset set;
} rating_fixture;

/* Installs an index from texts and opens it. */
static inline void put_index(rating_fixture *f, const char *id, const char *version,
                             const tl_index_text *texts, size_t n, tl_index *x)
{
    set_file files[INDEX_TEXTS];
    const char *reference = tl_arena_printf(f->db.arena, "%s@%s", id, version);
    for (size_t i = 0; i < n; i++)
        files[i] = (set_file){ texts[i].name, texts[i].data };
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    put_set(&f->db, id, version, "index", files, n, &f->set);
    assert_int_equal(tl_store_commit(f->db.s, NULL), TL_OK);
    if (tl_index_open(f->db.s, reference, f->db.arena, x, &f->db.err) != TL_OK)
        fail_msg("%s: %s", reference, f->db.err.text);
}

static inline void rating_fill(rating_fixture *f)
{
    static const char *const ids[][2] = { { "bmw", "宝马" },
                                          { "byd", "比亚迪" },
                                          { "vw", "大众" } };
    put_index(f, "small", "1", small_index, TEST_COUNT(small_index), &f->x);
    for (size_t i = 0; i < TEST_COUNT(ids); i++) {
        tl_company c = a_company(ids[i][0], ids[i][0], ids[i][1]);
        put_company(&f->db, &c);
    }
}

static inline int rating_open(void **state, const char *address)
{
    rating_fixture *f = calloc(1, sizeof *f);
    *state = f;
    if (!f || tl_arena_new(&f->db.arena, 0, NULL) != TL_OK ||
        tl_store_open(&f->db.s, address, NULL, NULL) != TL_OK)
        return -1;
    rating_fill(f);
    return 0;
}

static inline int rating_setup(void **state)
{
    return rating_open(state, ":memory:");
}

static inline int rating_teardown(void **state)
{
    rating_fixture *f = *state;
    tl_store_close(f->db.s);
    tl_arena_free(f->db.arena);
    free(f);
    return 0;
}

/* One answer; document NULL: no evidence. */
typedef struct said {
    const char *slot;
    tl_points points;
    const char *document, *dated;
    bool inferred;
} said;

static inline tl_assessment an_assessment(rating_fixture *f, const char *company,
                                          tl_sheet_level level, const said *list, size_t n)
{
    tl_answer *answers = tl_arena_alloc(f->db.arena, n + 1, sizeof *answers);
    tl_evidence *evidence = tl_arena_alloc(f->db.arena, n + 1, sizeof *evidence);
    assert_non_null(answers);
    assert_non_null(evidence);
    for (size_t i = 0; i < n; i++) {
        evidence[i] = (tl_evidence){ .document = list[i].document,
                                     .page = "12",
                                     .quote = "",
                                     .language = "en",
                                     .url = "https://example.org/r.pdf",
                                     .dated = list[i].dated ? list[i].dated : "",
                                     .retrieved = "",
                                     .sha256 = "" };
        answers[i] = (tl_answer){ .slot = list[i].slot,
                                  .points = list[i].points,
                                  .inferred = list[i].inferred,
                                  .assessor = "",
                                  .note = "",
                                  .evidence = &evidence[i],
                                  .n_evidence = list[i].document != NULL };
    }
    return (tl_assessment){ .key = { company, f->x.id, f->x.version, "2024", level },
                            .industry = "automobile",
                            .cut_off = "2024-07-31",
                            .origin = level == TL_LEVEL_INDICATOR ? "" : "a report",
                            .reason = "",
                            .published_on = "2024-10-01",
                            .stated_total = TL_SLOT_NOT_ASKED,
                            .answers = answers,
                            .n_answers = n };
}

/* Saves in a transaction of its own. */
static inline tl_status save_draft(rating_fixture *f, const tl_assessment *a, const char *who)
{
    f->db.err = (tl_error){ 0 };
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    tl_status st = tl_assessment_save(f->db.s, &f->x, a, who, &f->db.err);
    if (st == TL_OK)
        assert_int_equal(tl_store_commit(f->db.s, NULL), TL_OK);
    else
        tl_store_rollback(f->db.s);
    return st;
}

static inline tl_status take_result(rating_fixture *f, const tl_assessment *a, bool *same)
{
    f->db.err = (tl_error){ 0 };
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    tl_status st = tl_assessment_take_over(f->db.s, &f->x, a, "loader", same, &f->db.err);
    if (st == TL_OK)
        st = tl_store_commit(f->db.s, &f->db.err);
    if (st != TL_OK)
        tl_store_rollback(f->db.s);
    return st;
}

static inline tl_status take_step(rating_fixture *f, const tl_assessment_key *key,
                                  tl_assessment_step step, const char *day, const char *text,
                                  const char *who)
{
    f->db.err = (tl_error){ 0 };
    assert_int_equal(tl_store_begin(f->db.s, NULL), TL_OK);
    tl_status st = tl_assessment_take(f->db.s, &f->x, key, step, day, text, who, &f->db.err);
    if (st == TL_OK)
        assert_int_equal(tl_store_commit(f->db.s, NULL), TL_OK);
    else
        tl_store_rollback(f->db.s);
    return st;
}

static inline tl_assessment get_version(rating_fixture *f, const tl_assessment_key *key,
                                        int64_t version)
{
    tl_assessment a;
    if (tl_assessment_get(f->db.s, key, version, f->db.arena, &a, &f->db.err) != TL_OK)
        fail_msg("version %lld: %s", (long long)version, f->db.err.text);
    return a;
}

/* Total of counted points, as shown. */
static inline const char *total_of(rating_fixture *f, const tl_assessment *a)
{
    char *out = tl_arena_alloc(f->db.arena, TL_POINTS_TEXT, 1);
    tl_points *sheet;
    tl_score score;
    assert_non_null(out);
    if (tl_assessment_sheet(&f->x, a, f->db.arena, &sheet, &f->db.err) != TL_OK)
        fail_msg("%s", f->db.err.text);
    tl_score_of(&f->x, a->key.level, sheet, a->scope12, &score);
    tl_total_format(score.total, 1, out);
    return out;
}

/* The chain is sound and so is every stored sheet. */
static inline int64_t verify_all(rating_fixture *f)
{
    int64_t n = 0;
    audit_entries(&f->db);
    if (tl_assessment_verify(f->db.s, &n, &f->db.err) != TL_OK)
        fail_msg("%s", f->db.err.text);
    return n;
}

/* From draft to published by the book. */
static inline void publish(rating_fixture *f, const tl_assessment_key *key)
{
    static const struct {
        tl_assessment_step step;
        const char *day, *who;
    } path[] = { { TL_STEP_SUBMIT, "2024-08-01", "ann" },
                 { TL_STEP_APPROVE, "2024-08-02", "ben" },
                 { TL_STEP_FINALISE, "2024-09-02", "ben" },
                 { TL_STEP_PUBLISH, "2024-10-01", "eva" } };
    for (size_t i = 0; i < TEST_COUNT(path); i++)
        if (take_step(f, key, path[i].step, path[i].day, "", path[i].who) != TL_OK)
            fail_msg("step %zu: %s", i, f->db.err.text);
}

#endif
