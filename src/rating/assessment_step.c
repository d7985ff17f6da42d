/* assessment_step.c - the steps of a version, and who may take them. */
#include <assert.h>
#include <string.h>

#include "format/fold.h"
#include "format/json.h"
#include "rating/assessment_priv.h"
#include "rating/workday.h"

enum { REPLY_WORKDAYS = 20 };

/* One step being taken. */
struct stepping {
    tl_store *s;
    const tl_index *x;
    const tl_assessment_key *key;
    const char *text, *who;
    char day[TL_DAY_TEXT];
    tl_arena *scratch;
    tl_stored_version v;
    char reply_until[TL_DAY_TEXT];
    const char *approver;
};

/* Compares the stored sheet with what is published at other levels. */
static tl_status agree(struct stepping *w, tl_error *err)
{
    tl_points *points;
    bool *inferred;
    tl_status st = tl_version_sheet(w->s, &w->v, tl_sheet_slots(w->x, w->key->level), w->scratch,
                                    &points, &inferred, err);
    if (st != TL_OK)
        return st;
    const tl_level_sheet mine = { w->key->level, points, inferred, w->v.a.scope12,
                                  w->v.a.stated_total };
    return tl_assessment_agree(w->s, w->x, w->key, &mine, false, err);
}

static tl_status may_submit(struct stepping *w, tl_error *err)
{
    tl_status st = tl_version_answers(w->s, &w->v, w->scratch, err);
    if (st == TL_OK && w->v.a.n_answers == 0)
        st = tl_fail(err, TL_ECONFLICT, "nothing is answered yet");
    return st == TL_OK ? agree(w, err) : st;
}

static tl_status may_return(struct stepping *w, tl_error *err)
{
    return tl_field_check("text", w->text, TL_LONG_TEXT_MAX, true, true, err);
}

static tl_status took_part(const char *who, const char *slot, tl_error *err)
{
    return *slot ? tl_fail(err, TL_EFORBIDDEN,
                           "%s assessed %s and may not approve it, a second person does", who, slot)
                 : tl_fail(err, TL_EFORBIDDEN,
                           "%s wrote it and may not approve it, a second person does", who);
}

/* Nobody approves what they wrote or assessed; letter case and width make no other person. */
static tl_status may_approve(struct stepping *w, tl_error *err)
{
    const char *me, *other;
    tl_query *q;
    bool row = false;
    tl_status st = tl_fold(w->who, w->scratch, &me, err);
    if (st == TL_OK)
        st = tl_store_query(w->s, "assessment_writer.people", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, w->v.assessment);
    tl_query_int(q, 2, w->v.a.version);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_fold(tl_query_get_text(q, 0), w->scratch, &other, err)) != TL_OK)
            break;
        if (strcmp(me, other) == 0) {
            st = took_part(w->who, tl_query_get_text(q, 1), err);
            break;
        }
    }
    tl_query_reset(q);
    w->approver = w->who;
    return st == TL_OK ? tl_workday_after(w->day, REPLY_WORKDAYS, w->reply_until, err) : st;
}

static tl_status may_finalise(struct stepping *w, tl_error *err)
{
    tl_status st = tl_version_answers(w->s, &w->v, w->scratch, err);
    if (st != TL_OK || w->v.a.n_replies > 0 || strcmp(w->day, w->v.a.reply_until) > 0)
        return st;
    return tl_fail(err, TL_ECONFLICT, "the company has not replied and may do so until %s",
                   w->v.a.reply_until);
}

static tl_status may_publish(struct stepping *w, tl_error *err)
{
    tl_status st = agree(w, err);
    return st == TL_OK ? tl_version_supersede(w->s, w->key, err) : st;
}

/* What each step asks for; the order is that of tl_assessment_step. */
static const struct step {
    const char *action, *said;
    tl_assessment_state from, to;
    tl_status (*may)(struct stepping *w, tl_error *err);
} steps[] = {
    [TL_STEP_SUBMIT] = { "assessment.submit", "handing it in", TL_STATE_DRAFT, TL_STATE_REVIEW,
                         may_submit },
    [TL_STEP_RETURN] = { "assessment.return", "handing it back", TL_STATE_REVIEW, TL_STATE_DRAFT,
                         may_return },
    [TL_STEP_APPROVE] = { "assessment.approve", "approving it", TL_STATE_REVIEW, TL_STATE_COMPANY,
                          may_approve },
    [TL_STEP_FINALISE] = { "assessment.finalise", "finalising it", TL_STATE_COMPANY, TL_STATE_FINAL,
                           may_finalise },
    [TL_STEP_PUBLISH] = { "assessment.publish", "publishing it", TL_STATE_FINAL, TL_STATE_PUBLISHED,
                          may_publish },
};

static tl_status audit_step(const struct stepping *w, const char *action, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", w->v.a.version);
    tl_json_text(&j, "day", w->day);
    if (w->text && *w->text)
        tl_json_text(&j, "text", w->text);
    if (*w->reply_until)
        tl_json_text(&j, "reply_until", w->reply_until);
    tl_json_end(&j);
    return tl_assessment_audit(w->s, w->key, w->who, action, &b, err);
}

/* The newest version, which must be in this state. */
static tl_status open_newest(struct stepping *w, tl_assessment_state state, const char *said,
                             tl_error *err)
{
    bool found;
    tl_status st = tl_version_find(w->s, w->key, -1, w->scratch, &w->v, &found, err);
    if (st == TL_OK && !found)
        return tl_fail(err, TL_ENOTFOUND, "no assessment");
    if (st == TL_OK && w->v.a.state != state)
        return tl_fail(err, TL_ECONFLICT, "version %lld is %s, %s needs one that is %s",
                       (long long)w->v.a.version, tl_state_said(w->v.a.state), said,
                       tl_state_said(state));
    return st;
}

static tl_status take(struct stepping *w, const struct step *step, tl_error *err)
{
    tl_status st = tl_index_fits(w->x, w->key, err);
    if (st == TL_OK)
        st = tl_field_check("text", w->text, TL_LONG_TEXT_MAX, true, false, err);
    if (st == TL_OK)
        st = open_newest(w, step->from, step->said, err);
    if (st != TL_OK)
        return st;
    w->approver = w->v.a.approver;
    memcpy(w->reply_until, w->v.a.reply_until, strlen(w->v.a.reply_until) + 1);
    if ((st = step->may(w, err)) != TL_OK ||
        (st = tl_version_step(w->s, &w->v, step->to, w->approver, w->reply_until,
                              step->to == TL_STATE_PUBLISHED ? w->day : "", err)) != TL_OK)
        return st;
    return audit_step(w, step->action, err);
}

static tl_status start(struct stepping *w, const char *day, tl_error *err)
{
    assert(tl_store_in_transaction(w->s));
    tl_status st = tl_person_check("who", w->who, err);
    if (st == TL_OK)
        st = tl_day_or_today(day, w->day, err);
    return st == TL_OK ? tl_arena_new(&w->scratch, 0, err) : st;
}

static tl_status finish(struct stepping *w, tl_status st, tl_error *err)
{
    char name[300];
    tl_arena_free(w->scratch);
    if (st == TL_OK)
        return st;
    tl_key_text(w->key, name, sizeof name);
    return tl_context(err, st, "%s", name);
}

tl_status tl_assessment_take(tl_store *s, const tl_index *x, const tl_assessment_key *key,
                             tl_assessment_step step, const char *day, const char *text,
                             const char *who, tl_error *err)
{
    struct stepping w = { .s = s, .x = x, .key = key, .text = text, .who = who };
    assert((unsigned)step < sizeof steps / sizeof *steps);
    tl_status st = start(&w, day, err);
    if (st == TL_OK)
        st = take(&w, &steps[step], err);
    return finish(&w, st, err);
}
