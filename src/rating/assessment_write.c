/* assessment_write.c - versions of assessments into the database. */
#include <stdlib.h>
#include <string.h>

#include "format/json.h"
#include "rating/assessment_priv.h"
#include "store/audit.h"

static const char *text_of(const char *s)
{
    return s ? s : "";
}

/* 32-bit little-endian, whatever the machine. */
static void put_points(tl_points p, unsigned char out[4])
{
    uint32_t u = (uint32_t)p;
    for (int i = 0; i < 4; i++)
        out[i] = (unsigned char)(u >> (8 * i));
}

void tl_sheet_decode(const void *blob, size_t n, tl_points *out)
{
    const unsigned char *b = blob;
    for (size_t i = 0; i < n; i++, b += 4)
        out[i] = (tl_points)((uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
                             (uint32_t)b[3] << 24);
}

/* Binds the sheet as parameter `at`. */
static tl_status bind_sheet(tl_query *q, int at, const tl_points *sheet, size_t n, tl_error *err)
{
    unsigned char *blob = tl_new_array(n, 4);
    if (!blob)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        put_points(sheet[i], blob + 4 * i);
    tl_query_blob(q, at, blob, 4 * n);
    free(blob);
    return TL_OK;
}

static void bind_marks(tl_query *q, int at, const tl_prepared *p)
{
    _Static_assert(sizeof(bool) == 1, "marks are kept as one byte each");
    if (p->inferred)
        tl_query_blob(q, at, p->inferred, p->n_slots);
    else
        tl_query_null(q, at);
}

static void bind_stated(tl_query *q, int at, const tl_assessment *a)
{
    if (a->stated_total >= 0)
        tl_query_int(q, at, a->stated_total);
    else
        tl_query_null(q, at);
    tl_query_int(q, at + 1, a->stated_rank);
    tl_query_int(q, at + 2, a->stated_stars);
}

/* The id of the assessment, which comes into being where it is not there. */
static tl_status open_assessment(tl_store *s, const tl_assessment_key *key, int64_t *id,
                                 tl_error *err)
{
    static const char *const names[] = { "assessment.id", "assessment.insert" };
    bool row = false;
    tl_status st = TL_OK;
    for (int i = 0; i < 2 && st == TL_OK && !row; i++) {
        tl_query *q;
        if ((st = tl_store_query(s, names[i], &q, err)) != TL_OK)
            return st;
        tl_query_text(q, 1, key->company);
        tl_query_text(q, 2, key->index);
        tl_query_text(q, 3, key->index_version);
        tl_query_text(q, 4, key->period);
        tl_query_text(q, 5, tl_level_name(key->level));
        if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
            *id = tl_query_get_int(q, 0);
        tl_query_reset(q);
    }
    return st;
}

static tl_status write_head(tl_store *s, const tl_assessment *a, const tl_prepared *p,
                            const tl_version_plan *plan, int64_t id, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(
        s, plan->rewrite ? "assessment_version.rewrite" : "assessment_version.insert", &q, err);
    if (st != TL_OK)
        return st;
    int at = 3;
    tl_query_int(q, 1, id);
    tl_query_int(q, 2, plan->version);
    if (!plan->rewrite)
        tl_query_text(q, at++, plan->way);
    tl_query_text(q, at++, text_of(a->industry));
    tl_query_int(q, at++, p->scope12);
    tl_query_text(q, at++, text_of(a->cut_off));
    tl_query_text(q, at++, text_of(a->origin));
    if (!plan->rewrite) {
        tl_query_text(q, at++, plan->who);
        tl_query_text(q, at++, text_of(a->reason));
    }
    bind_stated(q, at, a);
    tl_query_text(q, at + 3, p->content);
    if ((st = bind_sheet(q, at + 4, p->counted, p->n_slots, err)) != TL_OK)
        return st;
    bind_marks(q, at + 5, p);
    return tl_query_run(q, err);
}

static tl_status write_evidence(tl_store *s, const int64_t where[3], size_t position,
                                const tl_evidence *e, bool late, tl_error *err)
{
    tl_query *q;
    const char *const texts[] = { e->document, e->page,  e->quote,     e->language,
                                  e->url,      e->dated, e->retrieved, e->sha256 };
    tl_status st = tl_store_query(s, "evidence.insert", &q, err);
    if (st != TL_OK)
        return st;
    if (e->id > 0)
        tl_query_int(q, 1, e->id);
    else
        tl_query_null(q, 1);
    for (int i = 0; i < 3; i++)
        tl_query_int(q, i + 2, where[i]);
    tl_query_int(q, 5, (int64_t)position);
    for (int i = 0; i < 8; i++)
        tl_query_text(q, i + 6, text_of(texts[i]));
    tl_query_int(q, 14, late);
    tl_query_int(q, 15, e->withdrawn);
    return tl_query_run(q, err);
}

static tl_status write_answer(tl_store *s, const int64_t where[3], const char *slot,
                              const tl_answer *answer, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "answer.insert", &q, err);
    if (st != TL_OK)
        return st;
    for (int i = 0; i < 3; i++)
        tl_query_int(q, i + 1, where[i]);
    tl_query_text(q, 4, slot);
    tl_query_int(q, 5, answer->points);
    tl_query_int(q, 6, answer->inferred);
    tl_query_text(q, 7, text_of(answer->assessor));
    tl_query_text(q, 8, text_of(answer->note));
    return tl_query_run(q, err);
}

/* The evidence that has a number, or that has none yet. */
static tl_status write_all_evidence(tl_store *s, const tl_assessment *a, const tl_prepared *p,
                                    int64_t id, int64_t version, bool numbered, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < p->n_slots; i++) {
        const int64_t where[3] = { id, version, (int64_t)i };
        for (size_t k = 0; st == TL_OK && p->at[i] && k < p->at[i]->n_evidence; k++) {
            const tl_evidence *e = &p->at[i]->evidence[k];
            if ((e->id > 0) == numbered)
                st = write_evidence(s, where, k, e, tl_evidence_late(e, a->cut_off), err);
        }
    }
    return st;
}

tl_status tl_version_run(tl_store *s, const char *query, int64_t assessment, int64_t version,
                         tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, query, &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, assessment);
    tl_query_int(q, 2, version);
    return tl_query_run(q, err);
}

static tl_status add_writer(tl_store *s, int64_t id, int64_t version, const char *who,
                            tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "assessment_writer.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, id);
    tl_query_int(q, 2, version);
    tl_query_text(q, 3, who);
    return tl_query_run(q, err);
}

tl_status tl_version_write(tl_store *s, const tl_index *x, const tl_assessment *a,
                           const tl_prepared *p, const tl_version_plan *plan, int64_t *id,
                           tl_error *err)
{
    tl_status st = open_assessment(s, &a->key, id, err);
    if (st == TL_OK)
        st = write_head(s, a, p, plan, *id, err);
    if (st == TL_OK && plan->rewrite &&
        (st = tl_version_run(s, "evidence.clear", *id, plan->version, err)) == TL_OK)
        st = tl_version_run(s, "answer.clear", *id, plan->version, err);
    for (size_t i = 0; i < p->n_slots && st == TL_OK; i++) {
        const int64_t where[3] = { *id, plan->version, (int64_t)i };
        if (p->at[i])
            st = write_answer(s, where, tl_slot_code(x, a->key.level, i), p->at[i], err);
    }
    /* those that keep their number first, or a new one could be given what they come back for */
    if (st == TL_OK)
        st = write_all_evidence(s, a, p, *id, plan->version, true, err);
    if (st == TL_OK)
        st = write_all_evidence(s, a, p, *id, plan->version, false, err);
    return st == TL_OK ? add_writer(s, *id, plan->version, plan->who, err) : st;
}

tl_status tl_version_copy(tl_store *s, const tl_stored_version *from, const char *way,
                          const char *who, const char *reason, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "assessment_version.copy", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, from->assessment);
    tl_query_int(q, 2, from->a.version);
    tl_query_text(q, 3, way);
    tl_query_text(q, 4, who);
    tl_query_text(q, 5, reason);
    if ((st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_version_run(s, "answer.copy", from->assessment, from->a.version, err)) != TL_OK ||
        (st = tl_version_run(s, "evidence.copy", from->assessment, from->a.version, err)) != TL_OK)
        return st;
    return add_writer(s, from->assessment, from->a.version + 1, who, err);
}

tl_status tl_version_recount(tl_store *s, const tl_index *x, const tl_assessment_key *key,
                             int64_t version, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_stored_version v;
    tl_points *sheet;
    tl_query *q;
    bool found = false;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st != TL_OK)
        return st;
    st = tl_version_find(s, key, version, scratch, &v, &found, err);
    if (st == TL_OK && found && (st = tl_version_answers(s, &v, scratch, err)) == TL_OK &&
        (st = tl_assessment_sheet(x, &v.a, scratch, &sheet, err)) == TL_OK &&
        (st = tl_store_query(s, "assessment_version.sheet", &q, err)) == TL_OK) {
        tl_query_int(q, 1, v.assessment);
        tl_query_int(q, 2, version);
        st = bind_sheet(q, 3, sheet, tl_sheet_slots(x, key->level), err);
        if (st == TL_OK)
            st = tl_query_run(q, err);
    }
    tl_arena_free(scratch);
    return st;
}

tl_status tl_version_sheet(tl_store *s, const tl_stored_version *v, size_t n, tl_arena *arena,
                           tl_points **sheet, bool **inferred, tl_error *err)
{
    tl_query *q;
    bool row = false;
    size_t size = 0, marks = 0;
    *sheet = tl_arena_alloc(arena, n, sizeof **sheet);
    *inferred = NULL;
    if (!*sheet)
        return tl_fail_nomem(err);
    tl_status st = tl_store_query(s, "assessment_version.read_sheet", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, v->assessment);
    tl_query_int(q, 2, v->a.version);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        const void *blob = tl_query_get_blob(q, 0, &size);
        const void *mark = tl_query_get_blob(q, 1, &marks);
        if (size != 4 * n)
            st = tl_fail(err, TL_ECONFLICT, "a stored sheet of %zu slots, the index has %zu",
                         size / 4, n);
        else
            tl_sheet_decode(blob, n, *sheet);
        if (st == TL_OK && mark && marks == n) {
            if ((*inferred = tl_arena_alloc(arena, n, sizeof **inferred)))
                for (size_t i = 0; i < n; i++)
                    (*inferred)[i] = ((const unsigned char *)mark)[i] != 0;
            else
                st = tl_fail_nomem(err);
        }
    }
    tl_query_reset(q);
    return st;
}

tl_status tl_version_step(tl_store *s, const tl_stored_version *v, tl_assessment_state state,
                          const char *approver, const char *reply_until, const char *published_on,
                          tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(s, "assessment_version.step", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, v->assessment);
    tl_query_int(q, 2, v->a.version);
    tl_query_text(q, 3, tl_state_name(state));
    tl_query_text(q, 4, approver);
    tl_query_text(q, 5, reply_until);
    tl_query_text(q, 6, published_on);
    return tl_query_run(q, err);
}

tl_status tl_version_supersede(tl_store *s, const tl_assessment_key *key, tl_error *err)
{
    tl_arena *scratch = NULL;
    tl_stored_version v;
    bool found = false;
    tl_status st = tl_arena_new(&scratch, 0, err);
    if (st != TL_OK)
        return st;
    st = tl_version_find(s, key, 0, scratch, &v, &found, err);
    if (st == TL_OK && found)
        st = tl_version_step(s, &v, TL_STATE_SUPERSEDED, v.a.approver, v.a.reply_until,
                             v.a.published_on, err);
    tl_arena_free(scratch);
    return st;
}

tl_status tl_assessment_audit(tl_store *s, const tl_assessment_key *key, const char *who,
                              const char *action, tl_buf *detail, tl_error *err)
{
    tl_buf object;
    tl_buf_init(&object, 500);
    tl_buf_printf(&object, "assessment/%s/%s@%s/%s/%s", key->company, key->index,
                  key->index_version, key->period, tl_level_name(key->level));
    tl_status st = tl_buf_status(detail, err);
    if (st == TL_OK && (st = tl_buf_status(&object, err)) == TL_OK)
        st = tl_audit_append(s, who, action, tl_buf_text(&object), tl_buf_text(detail), err);
    tl_buf_clear(&object);
    tl_buf_clear(detail);
    return st;
}
