/* assessment_reply.c - the word of the company about a version, and what is decided about it. */
#include <assert.h>
#include <string.h>

#include "format/json.h"
#include "rating/assessment_priv.h"
#include "rating/workday.h"

/* A reply being kept, or decided. */
struct replying {
    tl_store *s;
    const tl_assessment_key *key;
    const char *who;
    char day[TL_DAY_TEXT];
    tl_arena *scratch;
    tl_stored_version v; /* the newest */
};

static tl_status start(struct replying *w, const char *day, tl_error *err)
{
    bool found = false;
    assert(tl_store_in_transaction(w->s));
    tl_status st = tl_person_check("who", w->who, err);
    if (st == TL_OK)
        st = tl_day_or_today(day, w->day, err);
    if (st == TL_OK)
        st = tl_arena_new(&w->scratch, 0, err);
    if (st == TL_OK)
        st = tl_version_find(w->s, w->key, -1, w->scratch, &w->v, &found, err);
    return st == TL_OK && !found ? tl_fail(err, TL_ENOTFOUND, "no assessment") : st;
}

static tl_status finish(struct replying *w, tl_status st, tl_error *err)
{
    char name[300];
    tl_arena_free(w->scratch);
    if (st == TL_OK)
        return st;
    tl_key_text(w->key, name, sizeof name);
    return tl_context(err, st, "%s", name);
}

static const char *column(tl_query *q, int i, tl_arena *arena, bool *full)
{
    const char *text = tl_arena_str(arena, tl_query_get_text(q, i));
    *full = *full || !text;
    return text;
}

/* One row of assessment_reply.list. */
static tl_reply read_reply(tl_query *q, tl_arena *arena, bool *full)
{
    enum { ACCEPTED = 10 };
    bool decided = !tl_query_is_null(q, ACCEPTED);
    return (tl_reply){
        .id = tl_query_get_int(q, 0),
        .at = column(q, 1, arena, full),
        .by = column(q, 2, arena, full),
        .slot = column(q, 3, arena, full),
        .text = column(q, 4, arena, full),
        .evidence = { .document = column(q, 5, arena, full),
                      .page = column(q, 6, arena, full),
                      .quote = column(q, 7, arena, full),
                      .language = "",
                      .url = column(q, 8, arena, full),
                      .dated = column(q, 9, arena, full),
                      .retrieved = "",
                      .sha256 = "" },
        .decided = decided,
        .accepted = decided && tl_query_get_int(q, ACCEPTED) != 0,
        .decided_at = column(q, 11, arena, full),
        .decided_by = column(q, 12, arena, full),
        .reason = column(q, 13, arena, full),
    };
}

tl_status tl_version_replies(tl_store *s, tl_stored_version *v, tl_arena *arena, tl_error *err)
{
    tl_query *q;
    bool row = false, full = false;
    tl_reply *list = NULL;
    size_t n = 0, cap = 0;
    tl_status st = tl_store_query(s, "assessment_reply.list", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, v->assessment);
    tl_query_int(q, 2, v->a.version);
    while (!full && (st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_arena_grow(arena, &list, &cap, n + 1, sizeof *list, err)) != TL_OK)
            break;
        list[n++] = read_reply(q, arena, &full);
    }
    tl_query_reset(q);
    v->a.replies = list;
    v->a.n_replies = n;
    return full ? tl_fail_nomem(err) : st;
}

static tl_status audit(const struct replying *w, const char *action, const tl_reply *r,
                       const tl_decision *d, tl_error *err)
{
    tl_buf b;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", w->v.a.version);
    tl_json_text(&j, "day", w->day);
    if (r) {
        tl_json_text(&j, "slot", r->slot ? r->slot : "");
        tl_json_text(&j, "text", r->text);
        if (r->evidence.document && *r->evidence.document)
            tl_json_text(&j, "document", r->evidence.document);
    }
    if (d) {
        tl_json_int(&j, "reply", d->reply);
        tl_json_text(&j, "decision", d->accepted ? "accepted" : "rejected");
        tl_json_text(&j, "reason", d->reason);
    }
    tl_json_end(&j);
    return tl_assessment_audit(w->s, w->key, w->who, action, &b, err);
}

/* A slot of the index, or "" for the whole. */
static tl_status check_slot(struct replying *w, const char *slot, tl_error *err)
{
    tl_index x;
    if (!*slot)
        return TL_OK;
    const char *reference =
        tl_arena_printf(w->scratch, "%s@%s", w->key->index, w->key->index_version);
    if (!reference)
        return tl_fail_nomem(err);
    tl_status st = tl_index_open(w->s, reference, w->scratch, &x, err);
    if (st == TL_OK && tl_slot_find(&x, w->key->level, slot) < 0)
        st = tl_fail(err, TL_EINPUT, "slot '%.80s': %s has no such %s", slot, reference,
                     tl_level_name(w->key->level));
    return st;
}

static tl_status insert_evidence(struct replying *w, int64_t reply, const tl_evidence *e,
                                 tl_error *err)
{
    const char *const texts[] = { e->document, e->page, e->quote, e->url, e->dated };
    tl_query *q;
    tl_status st = tl_store_query(w->s, "assessment_reply.evidence", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, reply);
    for (int i = 0; i < 5; i++)
        tl_query_text(q, i + 2, texts[i] ? texts[i] : "");
    return tl_query_run(q, err);
}

static tl_status insert_reply(struct replying *w, const tl_reply *r, int64_t *id, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_status st = tl_store_query(w->s, "assessment_reply.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, w->v.assessment);
    tl_query_int(q, 2, w->v.a.version);
    tl_query_text(q, 3, w->day);
    tl_query_text(q, 4, r->by);
    tl_query_text(q, 5, r->slot ? r->slot : "");
    tl_query_text(q, 6, r->text);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        *id = tl_query_get_int(q, 0);
    tl_query_reset(q);
    return st;
}

/* The version that is replied to: the newest while the company is asked, else the published one. */
static tl_status open_version(struct replying *w, tl_error *err)
{
    bool found = true;
    tl_stored_version newest = w->v;
    tl_status st = TL_OK;
    if (newest.a.state != TL_STATE_COMPANY)
        st = tl_version_find(w->s, w->key, 0, w->scratch, &w->v, &found, err);
    if (st == TL_OK && !found)
        st = tl_fail(err, TL_ECONFLICT,
                     "version %lld is %s, a reply needs one that is with the company or published",
                     (long long)newest.a.version, tl_state_said(newest.a.state));
    return st;
}

static tl_status keep(struct replying *w, const tl_reply *r, tl_error *err)
{
    int64_t id = 0;
    const tl_evidence *e = &r->evidence;
    bool proof = e->document && *e->document;
    tl_status st = tl_field_check("text", r->text, TL_REPLY_MAX, true, true, err);
    if (st == TL_OK)
        st = tl_person_check("by", r->by, err);
    if (st == TL_OK)
        st = open_version(w, err);
    if (st == TL_OK)
        st = check_slot(w, r->slot ? r->slot : "", err);
    if (st == TL_OK && proof)
        st = tl_evidence_check(e, err);
    else if (st == TL_OK && ((e->quote && *e->quote) || (e->page && *e->page) ||
                             (e->url && *e->url) || (e->dated && *e->dated)))
        st = tl_fail(err, TL_EINPUT, "document: evidence needs the name of a document");
    if (st == TL_OK)
        st = insert_reply(w, r, &id, err);
    if (st == TL_OK && proof)
        st = insert_evidence(w, id, e, err);
    return st == TL_OK ? audit(w, "assessment.reply", r, NULL, err) : st;
}

tl_status tl_assessment_reply(tl_store *s, const tl_assessment_key *key, const tl_reply *r,
                              const char *who, tl_error *err)
{
    struct replying w = { .s = s, .key = key, .who = who };
    tl_status st = start(&w, r->at, err);
    if (st == TL_OK)
        st = keep(&w, r, err);
    return finish(&w, st, err);
}

/* The reply that is decided about, of whichever version. */
static tl_status find_reply(struct replying *w, int64_t id, tl_reply *out, tl_error *err)
{
    tl_query *q;
    bool row = false;
    tl_stored_version of = { .assessment = w->v.assessment };
    tl_status st = tl_store_query(w->s, "assessment_reply.find", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, id);
    tl_query_int(q, 2, w->v.assessment);
    if ((st = tl_query_step(q, &row, err)) == TL_OK && row)
        of.a.version = tl_query_get_int(q, 0);
    tl_query_reset(q);
    if (st == TL_OK && !row)
        return tl_fail(err, TL_ENOTFOUND, "no reply %lld", (long long)id);
    if (st == TL_OK)
        st = tl_version_replies(w->s, &of, w->scratch, err);
    size_t at = 0;
    while (st == TL_OK && at < of.a.n_replies && of.a.replies[at].id != id)
        at++;
    if (st != TL_OK || at == of.a.n_replies)
        return st == TL_OK ? tl_fail(err, TL_ENOTFOUND, "no reply %lld", (long long)id) : st;
    *out = of.a.replies[at];
    if (out->decided)
        st = tl_fail(err, TL_ECONFLICT, "reply %lld is decided already", (long long)id);
    return st;
}

static tl_status insert_decision(struct replying *w, const tl_decision *d, tl_error *err)
{
    tl_query *q;
    tl_status st = tl_store_query(w->s, "assessment_decision.insert", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_int(q, 1, d->reply);
    tl_query_text(q, 2, w->day);
    tl_query_int(q, 3, d->accepted);
    tl_query_text(q, 4, d->reason);
    tl_query_text(q, 5, w->who);
    return tl_query_run(q, err);
}

/* Makes the newest version one that can be written. */
static tl_status open_draft(struct replying *w, const tl_decision *d, tl_error *err)
{
    switch (w->v.a.state) {
    case TL_STATE_DRAFT:
        return TL_OK;
    case TL_STATE_COMPANY:
        return tl_version_step(w->s, &w->v, TL_STATE_DRAFT, "", "", "", err);
    case TL_STATE_PUBLISHED:
        return tl_assessment_correct(w->s, w->key, d->reason, w->who, err);
    default:
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld is %s: hand it back before a reply to it "
                       "is accepted",
                       (long long)w->v.a.version, tl_state_said(w->v.a.state));
    }
}

/* The answer of the slot with its new points, and the company's evidence behind what was there. */
static tl_status change_answer(struct replying *w, tl_answer *answer, const tl_reply *r,
                               const tl_decision *d, tl_error *err)
{
    bool proof = r->evidence.document && *r->evidence.document;
    tl_evidence *all = tl_arena_alloc(w->scratch, answer->n_evidence + 1, sizeof *all);
    if (!all)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < answer->n_evidence; i++)
        all[i] = answer->evidence[i];
    if (proof)
        all[answer->n_evidence] = r->evidence;
    answer->evidence = all;
    answer->n_evidence += proof;
    answer->points = d->points;
    answer->inferred = false;
    answer->assessor = w->who;
    return TL_OK;
}

/* Writes the newest version, a draft now, with the answer changed. What its origin printed as total
 * and rank no longer holds. */
static tl_status rewrite(struct replying *w, const tl_index *x, const tl_reply *r,
                         const tl_decision *d, tl_error *err)
{
    tl_assessment a;
    size_t i = 0;
    tl_status st = tl_assessment_get(w->s, w->key, -1, w->scratch, &a, err);
    if (st != TL_OK)
        return st;
    tl_answer *answers = tl_arena_alloc(w->scratch, a.n_answers + 1, sizeof *answers);
    if (!answers)
        return tl_fail_nomem(err);
    for (size_t k = 0; k < a.n_answers; k++)
        answers[k] = a.answers[k];
    while (i < a.n_answers && strcmp(answers[i].slot, r->slot) != 0)
        i++;
    if (i == a.n_answers)
        answers[a.n_answers++] = (tl_answer){ .slot = r->slot, .note = "" };
    if ((st = change_answer(w, &answers[i], r, d, err)) != TL_OK)
        return st;
    a.answers = answers;
    a.stated_total = TL_SLOT_NOT_ASKED;
    a.stated_rank = a.stated_stars = 0;
    return tl_assessment_save(w->s, x, &a, w->who, err);
}

static tl_status decide(struct replying *w, const tl_index *x, const tl_decision *d, tl_error *err)
{
    tl_reply r = { .slot = "" };
    tl_status st = tl_index_fits(x, w->key, err);
    if (st == TL_OK)
        st = tl_field_check("reason", d->reason, TL_LONG_TEXT_MAX, true, true, err);
    if (st == TL_OK)
        st = find_reply(w, d->reply, &r, err);
    if (st == TL_OK && d->accepted && !*r.slot)
        st = tl_fail(err, TL_EINPUT,
                     "reply %lld is about the whole: only one about an answer can be accepted",
                     (long long)d->reply);
    if (st == TL_OK)
        st = insert_decision(w, d, err);
    if (st == TL_OK)
        st = audit(w, "assessment.decide", NULL, d, err);
    if (st == TL_OK && d->accepted && (st = open_draft(w, d, err)) == TL_OK)
        st = rewrite(w, x, &r, d, err);
    return st;
}

tl_status tl_assessment_decide(tl_store *s, const tl_index *x, const tl_assessment_key *key,
                               const tl_decision *d, const char *who, tl_error *err)
{
    struct replying w = { .s = s, .key = key, .who = who };
    tl_status st = start(&w, d->day, err);
    if (st == TL_OK)
        st = decide(&w, x, d, err);
    return finish(&w, st, err);
}
