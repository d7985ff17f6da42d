/* assessment_correct.c - what happens to published versions: the next one is opened, or evidence is
 * withdrawn and the next one is published at once. */
#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "rating/assessment_priv.h"
#include "rating/workday.h"

/* One withdrawal, or correction. */
struct change {
    tl_store *s;
    const tl_index *x;
    const tl_assessment_key *key;
    const char *reason, *who;
    tl_arena *scratch;
    tl_stored_version published, newest;
};

static tl_status finish(struct change *w, tl_status st, tl_error *err)
{
    char name[300];
    tl_arena_free(w->scratch);
    if (st == TL_OK)
        return st;
    tl_key_text(w->key, name, sizeof name);
    return tl_context(err, st, "%s", name);
}

static tl_status start(struct change *w, tl_error *err)
{
    assert(tl_store_in_transaction(w->s));
    tl_status st = tl_person_check("who", w->who, err);
    if (st == TL_OK)
        st = tl_field_check("reason", w->reason, TL_LONG_TEXT_MAX, true, true, err);
    return st == TL_OK ? tl_arena_new(&w->scratch, 0, err) : st;
}

static tl_status correct(struct change *w, tl_error *err)
{
    bool found = false;
    tl_status st = tl_version_find(w->s, w->key, -1, w->scratch, &w->newest, &found, err);
    if (st != TL_OK || !found)
        return st == TL_OK ? tl_fail(err, TL_ENOTFOUND, "no assessment") : st;
    if (w->newest.a.state != TL_STATE_PUBLISHED)
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld is %s, a correction follows a published one",
                       (long long)w->newest.a.version, tl_state_said(w->newest.a.state));
    if ((st = tl_version_copy(w->s, &w->newest, "steps", w->who, w->reason, err)) != TL_OK)
        return st;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", w->newest.a.version + 1);
    tl_json_text(&j, "reason", w->reason);
    tl_json_end(&j);
    return tl_assessment_audit(w->s, w->key, w->who, "assessment.correct", &b, err);
}

tl_status tl_assessment_correct(tl_store *s, const tl_assessment_key *key, const char *reason,
                                const char *who, tl_error *err)
{
    struct change w = { .s = s, .key = key, .reason = reason, .who = who };
    tl_status st = start(&w, err);
    if (st == TL_OK)
        st = correct(&w, err);
    return finish(&w, st, err);
}

/* Where a piece of evidence stands. */
struct found_evidence {
    int64_t id, assessment, version, place, position;
    const char *document, *slot, *state;
    bool withdrawn;
};

static tl_status find_evidence(struct change *w, struct found_evidence *e, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(w->s, "evidence.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, e->id);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        e->assessment = tl_query_get_int(q, 0);
        e->version = tl_query_get_int(q, 1);
        e->place = tl_query_get_int(q, 2);
        e->position = tl_query_get_int(q, 3);
        e->document = tl_arena_str(w->scratch, tl_query_get_text(q, 4));
        e->withdrawn = tl_query_get_int(q, 5) != 0;
        e->slot = tl_arena_str(w->scratch, tl_query_get_text(q, 6));
        e->state = tl_arena_str(w->scratch, tl_query_get_text(q, 7));
        if (!e->document || !e->slot || !e->state)
            st = tl_fail_nomem(err);
    }
    tl_query_reset(q);
    if (st == TL_OK && (!row || e->assessment != w->newest.assessment))
        st = tl_fail(err, TL_ENOTFOUND, "no evidence %lld", (long long)e->id);
    if (st == TL_OK && e->withdrawn)
        st = tl_fail(err, TL_ECONFLICT, "evidence %lld is withdrawn already", (long long)e->id);
    if (st == TL_OK && strcmp(e->state, tl_state_name(TL_STATE_SUPERSEDED)) == 0)
        st =
            tl_fail(err, TL_ECONFLICT, "evidence %lld belongs to version %lld, which is superseded",
                    (long long)e->id, (long long)e->version);
    return st;
}

static tl_status mark_at(struct change *w, const struct found_evidence *e, int64_t version,
                         tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "evidence.withdraw_at", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, e->assessment);
    tl_query_int(q, 2, version);
    tl_query_int(q, 3, e->place);
    tl_query_int(q, 4, e->position);
    st = tl_query_run(q, err);
    return st == TL_OK ? tl_version_recount(w->s, w->x, w->key, version, err) : st;
}

/* The version in work loses the same evidence and moves up, to make room for the one in between. */
static tl_status step_aside(struct change *w, const struct found_evidence *e, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "evidence.withdraw_same", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, e->assessment);
    tl_query_int(q, 2, w->newest.a.version);
    tl_query_int(q, 3, e->place);
    tl_query_int(q, 4, e->id);
    if ((st = tl_query_run(q, err)) != TL_OK ||
        (st = tl_version_recount(w->s, w->x, w->key, w->newest.a.version, err)) != TL_OK)
        return st;
    return tl_version_run(w->s, "assessment_version.move_up", e->assessment, w->newest.a.version,
                          err);
}

/* Version n+1 without the evidence, published at once. */
static tl_status publish_without(struct change *w, const struct found_evidence *e, tl_error *err)
{
    char today[TL_DAY_TEXT];
    bool found;
    tl_stored_version next = { .assessment = e->assessment, .a = { .version = e->version + 1 } };
    tl_status st = tl_version_find(w->s, w->key, 0, w->scratch, &w->published, &found, err);
    if (st == TL_OK && w->newest.a.version != e->version)
        st = step_aside(w, e, err);
    if (st != TL_OK || (st = tl_day_or_today("", today, err)) != TL_OK ||
        (st = tl_version_copy(w->s, &w->published, "withdrawal", w->who, w->reason, err)) !=
            TL_OK ||
        (st = mark_at(w, e, next.a.version, err)) != TL_OK ||
        (st = tl_version_supersede(w->s, w->key, err)) != TL_OK)
        return st;
    return tl_version_step(w->s, &next, TL_STATE_PUBLISHED, "", "", today, err);
}

static tl_status withdraw(struct change *w, int64_t evidence_id, tl_error *err)
{
    struct found_evidence e = { .id = evidence_id };
    bool found = false;
    tl_status st = tl_index_fits(w->x, w->key, err);
    if (st == TL_OK)
        st = tl_version_find(w->s, w->key, -1, w->scratch, &w->newest, &found, err);
    if (st != TL_OK || !found)
        return st == TL_OK ? tl_fail(err, TL_ENOTFOUND, "no assessment") : st;
    if ((st = find_evidence(w, &e, err)) != TL_OK)
        return st;
    bool published = strcmp(e.state, tl_state_name(TL_STATE_PUBLISHED)) == 0;
    st = published ? publish_without(w, &e, err) : mark_at(w, &e, e.version, err);
    if (st != TL_OK)
        return st;
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", published ? e.version + 1 : e.version);
    tl_json_int(&j, "evidence", e.id);
    tl_json_text(&j, "slot", e.slot);
    tl_json_text(&j, "document", e.document);
    tl_json_text(&j, "reason", w->reason);
    tl_json_end(&j);
    return tl_assessment_audit(w->s, w->key, w->who, "assessment.withdraw", &b, err);
}

tl_status tl_assessment_withdraw(tl_store *s, const tl_index *x, const tl_assessment_key *key,
                                 int64_t evidence_id, const char *reason, const char *who,
                                 tl_error *err)
{
    struct change w = { .s = s, .x = x, .key = key, .reason = reason, .who = who };
    tl_status st = start(&w, err);
    if (st == TL_OK)
        st = withdraw(&w, evidence_id, err);
    return finish(&w, st, err);
}
