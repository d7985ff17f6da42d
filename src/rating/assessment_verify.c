/* assessment_verify.c - every stored sheet worked out again from answers and evidence. */
#include <string.h>

#include "rating/assessment_priv.h"

/* The index of the present row, opened once for all its assessments. */
struct verifying {
    tl_store *s;
    tl_arena *indices, *scratch;
    tl_index x;
};

static tl_status open_index(struct verifying *w, const tl_assessment_key *key, tl_error *err)
{
    if (w->x.id && strcmp(w->x.id, key->index) == 0 &&
        strcmp(w->x.version, key->index_version) == 0)
        return TL_OK;
    const char *reference = tl_arena_printf(w->indices, "%s@%s", key->index, key->index_version);
    return reference ? tl_index_open(w->s, reference, w->indices, &w->x, err) : tl_fail_nomem(err);
}

static tl_status differs(const tl_stored_version *v, const char *slot, tl_points stored,
                         tl_points worked_out, tl_error *err)
{
    char name[300], a[TL_POINTS_TEXT], b[TL_POINTS_TEXT];
    tl_key_text(&v->a.key, name, sizeof name);
    tl_points_format(stored, a);
    tl_points_format(worked_out, b);
    return tl_fail(err, TL_ECONFLICT,
                   "%s, version %lld: slot %s is kept as %s, its answer and evidence come to %s",
                   name, (long long)v->a.version, slot, a, b);
}

static tl_status verify_marks(struct verifying *w, const tl_stored_version *v, const bool *inferred,
                              size_t n, tl_error *err)
{
    bool *marks = tl_arena_alloc(w->scratch, n + 1, sizeof *marks);
    if (!marks)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < v->a.n_answers; i++)
        marks[tl_slot_find(&w->x, v->a.key.level, v->a.answers[i].slot)] = v->a.answers[i].inferred;
    for (size_t i = 0; i < n; i++)
        if (marks[i] != (inferred && inferred[i]))
            return tl_fail(err, TL_ECONFLICT,
                           "%s, %s, version %lld: the mark 'inferred' of slot %s differs from its "
                           "answer",
                           v->a.key.company, v->a.key.period, (long long)v->a.version,
                           tl_slot_code(&w->x, v->a.key.level, i));
    return TL_OK;
}

static tl_status verify_one(struct verifying *w, tl_stored_version *v, tl_error *err)
{
    tl_points *stored, *sheet;
    bool *inferred;
    tl_status st = open_index(w, &v->a.key, err);
    size_t n = st == TL_OK ? tl_sheet_slots(&w->x, v->a.key.level) : 0;
    if (st != TL_OK || (st = tl_version_answers(w->s, v, w->scratch, err)) != TL_OK ||
        (st = tl_assessment_sheet(&w->x, &v->a, w->scratch, &sheet, err)) != TL_OK ||
        (st = tl_version_sheet(w->s, v, n, w->scratch, &stored, &inferred, err)) != TL_OK)
        return st;
    for (size_t i = 0; i < n; i++)
        if (stored[i] != sheet[i])
            return differs(v, tl_slot_code(&w->x, v->a.key.level, i), stored[i], sheet[i], err);
    return verify_marks(w, v, inferred, n, err);
}

tl_status tl_assessment_verify(tl_store *s, int64_t *n, tl_error *err)
{
    struct verifying w = { .s = s };
    tl_query *q;
    bool row = false;
    *n = 0;
    tl_status st = tl_arena_new(&w.indices, 0, err);
    if (st == TL_OK && (st = tl_arena_new(&w.scratch, 0, err)) == TL_OK)
        st = tl_store_query(s, "assessment.all", &q, err);
    while (st == TL_OK && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        tl_stored_version v;
        tl_arena_reset(w.scratch);
        if ((st = tl_version_read(q, w.scratch, &v, err)) == TL_OK)
            st = verify_one(&w, &v, err);
        if (st != TL_OK)
            tl_query_reset(q);
        *n += st == TL_OK;
    }
    tl_arena_free(w.scratch);
    tl_arena_free(w.indices);
    return st;
}
