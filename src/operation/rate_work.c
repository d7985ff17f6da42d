/* rate_work.c - the operations that change one assessment: its steps, replies, corrections. */
#include <string.h>

#include "operation/rate.h"
#include "operation/rating_open.h"

/* Which assessment is meant. */
struct work {
    tl_index index;
    tl_assessment_key key;
};

static const char *text_or_none(const tl_call *c, const char *name)
{
    const char *text = tl_call_text(c, name);
    return text ? text : "";
}

static tl_status begin(const tl_call *c, struct work *w, tl_error *err)
{
    tl_company company;
    w->key = (tl_assessment_key){ .period = tl_call_text(c, "period") };
    tl_rating_level(c, &w->key.level);
    tl_status st = tl_rating_open_index(c, &w->index, err);
    if (st == TL_OK)
        st = tl_company_find(c->store, tl_call_text(c, "company"), c->arena, &company, err);
    if (st != TL_OK)
        return st;
    w->key.company = company.id;
    w->key.index = w->index.id;
    w->key.index_version = w->index.version;
    if (!w->key.period)
        st = tl_rating_latest_period(c, &w->index, company.id, &w->key.period, err);
    return st == TL_OK ? tl_store_begin(c->store, err) : st;
}

/* Commits what was done, or undoes it. */
static tl_status end(tl_call *c, const struct work *w, tl_status st, tl_error *err)
{
    if (st == TL_OK)
        st = tl_store_commit(c->store, err);
    else
        tl_store_rollback(c->store);
    return st == TL_OK ? tl_rating_state(c, &w->key, err) : st;
}

static tl_status take(tl_call *c, tl_assessment_step step, tl_error *err)
{
    struct work w;
    const char *reason = step == TL_STEP_RETURN ? tl_call_text(c, "reason") : "";
    const char *day = step == TL_STEP_RETURN ? "" : tl_call_day(c);
    tl_status st = begin(c, &w, err);
    if (st != TL_OK)
        return st;
    st = tl_assessment_take(c->store, &w.index, &w.key, step, day, reason, tl_call_who(c), err);
    return end(c, &w, st, err);
}

tl_status tl_run_rate_submit(tl_call *c, tl_error *err)
{
    return take(c, TL_STEP_SUBMIT, err);
}

tl_status tl_run_rate_return(tl_call *c, tl_error *err)
{
    return take(c, TL_STEP_RETURN, err);
}

tl_status tl_run_rate_approve(tl_call *c, tl_error *err)
{
    return take(c, TL_STEP_APPROVE, err);
}

tl_status tl_run_rate_finalise(tl_call *c, tl_error *err)
{
    return take(c, TL_STEP_FINALISE, err);
}

tl_status tl_run_rate_publish(tl_call *c, tl_error *err)
{
    return take(c, TL_STEP_PUBLISH, err);
}

/* A company speaks for itself; who runs the installation may keep what came by letter. */
tl_status tl_run_rate_reply(tl_call *c, tl_error *err)
{
    struct work w;
    const tl_reply r = { .at = tl_call_day(c),
                         .by = tl_call_text(c, "by"),
                         .slot = text_or_none(c, "slot"),
                         .text = tl_call_text(c, "text"),
                         .evidence = { .document = text_or_none(c, "document"),
                                       .page = text_or_none(c, "page"),
                                       .quote = text_or_none(c, "quote"),
                                       .language = "",
                                       .url = text_or_none(c, "url"),
                                       .dated = text_or_none(c, "dated"),
                                       .retrieved = "",
                                       .sha256 = "" } };
    tl_status st = begin(c, &w, err);
    if (st != TL_OK)
        return st;
    if (!tl_viewer_of_company(c->viewer, w.key.company))
        st = tl_fail(err, TL_EFORBIDDEN, "only %s replies to its own rating", w.key.company);
    else
        st = tl_assessment_reply(c->store, &w.key, &r, tl_call_who(c), err);
    return end(c, &w, st, err);
}

tl_status tl_run_rate_decide(tl_call *c, tl_error *err)
{
    struct work w;
    const char *points = tl_call_text(c, "points");
    tl_decision d = { .accepted = strcmp(tl_call_text(c, "decision"), "accept") == 0,
                      .reason = tl_call_text(c, "reason"),
                      .day = tl_call_day(c) };
    tl_call_int(c, "reply", &d.reply);
    if (d.accepted != (points != NULL))
        return tl_fail(err, TL_EINPUT, "points: %s",
                       points ? "only an accepted reply changes them"
                              : "what the answer gets now that the reply is accepted");
    tl_status st = points ? tl_answer_points_parse(points, &d.points, err) : TL_OK;
    if (st == TL_OK)
        st = begin(c, &w, err);
    if (st != TL_OK)
        return st;
    st = tl_assessment_decide(c->store, &w.index, &w.key, &d, tl_call_who(c), err);
    return end(c, &w, st, err);
}

tl_status tl_run_rate_correct(tl_call *c, tl_error *err)
{
    struct work w;
    tl_status st = begin(c, &w, err);
    if (st != TL_OK)
        return st;
    st = tl_assessment_correct(c->store, &w.key, tl_call_text(c, "reason"), tl_call_who(c), err);
    return end(c, &w, st, err);
}

tl_status tl_run_rate_withdraw(tl_call *c, tl_error *err)
{
    struct work w;
    int64_t evidence = 0;
    tl_call_int(c, "evidence", &evidence);
    tl_status st = begin(c, &w, err);
    if (st != TL_OK)
        return st;
    st = tl_assessment_withdraw(c->store, &w.index, &w.key, evidence, tl_call_text(c, "reason"),
                                tl_call_who(c), err);
    return end(c, &w, st, err);
}
