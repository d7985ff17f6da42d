/* assessment.c - saving drafts, and taking over what was published elsewhere. */
#include "rating/assessment.h"

#include <assert.h>
#include <string.h>

#include "company/company.h"
#include "format/json.h"
#include "rating/assessment_priv.h"

/* One writing: what was given, with what is stored of it. */
struct writing {
    tl_store *s;
    const tl_index *x;
    const tl_assessment *given;
    const char *who;
    tl_arena *scratch;
    tl_assessment a; /* given, its evidence with ids and withdrawals of the draft */
    tl_prepared p;
    tl_stored_version newest;
    bool found;
};

static const tl_answer *find_answer(const tl_assessment *a, const char *slot)
{
    for (size_t i = 0; i < a->n_answers; i++)
        if (strcmp(a->answers[i].slot, slot) == 0)
            return &a->answers[i];
    return NULL;
}

/* Evidence of a draft keeps its id, and stays withdrawn, when the draft is written again. Ids from
 * elsewhere are not taken. */
static tl_status carry_evidence(tl_answer *answer, const tl_answer *old, tl_arena *arena,
                                tl_error *err)
{
    size_t n = answer->n_evidence;
    tl_evidence *list = tl_arena_alloc(arena, n + 1, sizeof *list);
    if (!list)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        list[i] = answer->evidence[i];
        list[i].id = 0;
        for (size_t k = 0; old && k < old->n_evidence; k++)
            if (tl_evidence_same(&list[i], &old->evidence[k])) {
                list[i].id = old->evidence[k].id;
                list[i].withdrawn = list[i].withdrawn || old->evidence[k].withdrawn;
            }
    }
    answer->evidence = list;
    return TL_OK;
}

/* Fills w->a from what is given and the draft it is written over. */
static tl_status carry_over(struct writing *w, bool draft, bool take_over, tl_error *err)
{
    const tl_assessment *given = w->given;
    tl_answer *list = tl_arena_alloc(w->scratch, given->n_answers + 1, sizeof *list);
    tl_status st = draft ? tl_version_answers(w->s, &w->newest, w->scratch, err) : TL_OK;
    if (st != TL_OK || !list)
        return st != TL_OK ? st : tl_fail_nomem(err);
    w->a = *given;
    if (!take_over)
        w->a.reason = ""; /* that of a correction is stored already */
    w->a.answers = list;
    for (size_t i = 0; i < given->n_answers && st == TL_OK; i++) {
        list[i] = given->answers[i];
        if (list[i].n_evidence > TL_EVIDENCE_MAX || !list[i].slot)
            continue; /* refused by the check that follows */
        const tl_answer *old = draft ? find_answer(&w->newest.a, list[i].slot) : NULL;
        st = carry_evidence(&list[i], old, w->scratch, err);
    }
    return st;
}

/* Finds what is stored, and checks what was given against the index. */
static tl_status open_writing(struct writing *w, bool take_over, tl_error *err)
{
    tl_company company;
    tl_status st = tl_person_check("who", w->who, err);
    if (st == TL_OK)
        st = tl_index_fits(w->x, &w->given->key, err);
    if (st == TL_OK)
        st = tl_company_get(w->s, w->given->key.company ? w->given->key.company : "", w->scratch,
                            &company, err);
    if (st == TL_OK)
        st = tl_version_find(w->s, &w->given->key, -1, w->scratch, &w->newest, &w->found, err);
    bool draft = st == TL_OK && w->found && w->newest.a.state == TL_STATE_DRAFT && !take_over;
    if (st == TL_OK && (st = carry_over(w, draft, take_over, err)) == TL_OK)
        st = tl_assessment_prepare(w->x, &w->a, take_over, w->scratch, &w->p, err);
    return st;
}

static tl_status begin(struct writing *w, tl_store *s, const tl_index *x, const tl_assessment *a,
                       const char *who, tl_error *err)
{
    *w = (struct writing){ .s = s, .x = x, .given = a, .who = who };
    return tl_arena_new(&w->scratch, 0, err);
}

/* The place before the message. */
static tl_status end(struct writing *w, tl_status st, tl_error *err)
{
    const char *company = w->given->key.company;
    tl_arena_free(w->scratch);
    return st == TL_OK ? st : tl_context(err, st, "company '%.80s'", company ? company : "");
}

static tl_status audit_written(const struct writing *w, const char *action, int64_t version,
                               tl_error *err)
{
    size_t evidence = 0;
    tl_buf b;
    for (size_t i = 0; i < w->a.n_answers; i++)
        evidence += w->a.answers[i].n_evidence;
    tl_buf_init(&b, 0);
    tl_json j = tl_json_start(&b, false);
    tl_json_object(&j, NULL);
    tl_json_int(&j, "version", version);
    tl_json_text(&j, "content", w->p.content);
    tl_json_text(&j, "content_before", w->found ? w->newest.content : NULL);
    tl_json_int(&j, "answers", (int64_t)w->a.n_answers);
    tl_json_int(&j, "evidence", (int64_t)evidence);
    if (version > 1 && w->a.reason && *w->a.reason)
        tl_json_text(&j, "reason", w->a.reason);
    tl_json_end(&j);
    return tl_assessment_audit(w->s, &w->a.key, w->who, action, &b, err);
}

/* What the sheet binds to while answers still wait for evidence: those are open. */
static tl_status agree_draft(const struct writing *w, tl_error *err)
{
    const tl_prepared *p = &w->p;
    tl_points *open = tl_arena_alloc(w->scratch, p->n_slots, sizeof *open);
    if (!open)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < p->n_slots; i++)
        open[i] = p->given[i] > 0 && p->counted[i] == 0 ? TL_SLOT_NOT_ASKED : p->counted[i];
    const tl_level_sheet mine = { w->a.key.level, open, p->inferred, p->scope12,
                                  w->a.stated_total };
    return tl_assessment_agree(w->s, w->x, &w->a.key, &mine, true, err);
}

static tl_status save(struct writing *w, tl_error *err)
{
    int64_t id;
    tl_status st = open_writing(w, false, err);
    if (st != TL_OK)
        return st;
    if (w->found && w->newest.a.state != TL_STATE_DRAFT)
        return tl_fail(err, TL_ECONFLICT, "version %lld is %s: %s", (long long)w->newest.a.version,
                       tl_state_said(w->newest.a.state),
                       w->newest.a.state == TL_STATE_PUBLISHED
                           ? "a correction opens the next version"
                           : "only a draft can be written");
    if (w->found && strcmp(w->newest.content, w->p.content) == 0)
        return TL_OK;
    const tl_version_plan plan = { .way = "steps",
                                   .who = w->who,
                                   .version = w->found ? w->newest.a.version : 1,
                                   .rewrite = w->found };
    if ((st = agree_draft(w, err)) != TL_OK ||
        (st = tl_version_write(w->s, w->x, &w->a, &w->p, &plan, &id, err)) != TL_OK)
        return st;
    return audit_written(w, "assessment.save", plan.version, err);
}

tl_status tl_assessment_save(tl_store *s, const tl_index *x, const tl_assessment *a,
                             const char *who, tl_error *err)
{
    struct writing w;
    assert(tl_store_in_transaction(s));
    tl_status st = begin(&w, s, x, a, who, err);
    if (st == TL_OK)
        st = save(&w, err);
    return end(&w, st, err);
}

tl_status tl_assessment_same(tl_store *s, const tl_index *x, const tl_assessment *a, bool *same,
                             tl_error *err)
{
    struct writing w;
    *same = false;
    tl_status st = begin(&w, s, x, a, "who", err);
    if (st == TL_OK && (st = open_writing(&w, false, err)) == TL_OK)
        *same = w.found && strcmp(w.newest.content, w.p.content) == 0;
    return end(&w, st, err);
}

/* Total and stars as printed must come out of the points. */
static tl_status check_stated(const struct writing *w, tl_error *err)
{
    const tl_assessment *a = &w->a;
    char got[TL_POINTS_TEXT] = "nothing", want[TL_POINTS_TEXT];
    tl_total total = 0;
    tl_points score = 0;
    tl_weight low, high;
    bool known = tl_sheet_total(w->x, a->key.level, w->p.counted, w->p.scope12, &total);
    if (a->stated_total >= 0) {
        tl_total_format((tl_total)a->stated_total * TL_WEIGHT_ONE, 1, want);
        if (known)
            tl_total_format(total, 1, got);
        if (strcmp(got, want) != 0)
            return tl_fail(err, TL_ECONFLICT, "the points come to %s, %s was printed", got, want);
    }
    if (a->stated_stars == 0)
        return TL_OK;
    if (w->x->kind != TL_INDEX_STARS || !known)
        return tl_fail(err, TL_EINPUT, "%d stars without a score under an index that has stars",
                       a->stated_stars);
    score = (tl_points)(total / TL_WEIGHT_ONE);
    return tl_score_star_shares(w->x, score, a->stated_stars, &low, &high, err);
}

static tl_status agree_published(const struct writing *w, tl_error *err)
{
    const tl_level_sheet mine = { w->a.key.level, w->p.counted, w->p.inferred, w->p.scope12,
                                  w->a.stated_total };
    return tl_assessment_agree(w->s, w->x, &w->a.key, &mine, false, err);
}

static tl_status publish_taken(struct writing *w, int64_t id, int64_t version, tl_error *err)
{
    const tl_stored_version v = { .assessment = id, .a = { .version = version } };
    tl_status st = w->found ? tl_version_supersede(w->s, &w->a.key, err) : TL_OK;
    return st == TL_OK
               ? tl_version_step(w->s, &v, TL_STATE_PUBLISHED, "", "", w->a.published_on, err)
               : st;
}

static tl_status take_over(struct writing *w, bool *same, tl_error *err)
{
    const tl_assessment *a = w->given;
    int64_t id;
    if (!a->origin || !*a->origin)
        return tl_fail(err, TL_EINPUT, "origin: empty, expected where the result was published");
    tl_status st = tl_day_check("published_on", a->published_on, true, err);
    if (st != TL_OK || (st = open_writing(w, true, err)) != TL_OK ||
        (st = check_stated(w, err)) != TL_OK)
        return st;
    if (w->found && w->newest.a.state != TL_STATE_PUBLISHED)
        return tl_fail(err, TL_ECONFLICT,
                       "version %lld is %s: it must be published or given up "
                       "before a result is taken over",
                       (long long)w->newest.a.version, tl_state_said(w->newest.a.state));
    *same = w->found && strcmp(w->newest.content, w->p.content) == 0;
    if (*same)
        return TL_OK;
    if (w->found &&
        (st = tl_field_check("reason", a->reason, TL_LONG_TEXT_MAX, true, true, err)) != TL_OK)
        return tl_context(err, st, "another result than version %lld",
                          (long long)w->newest.a.version);
    const tl_version_plan plan = { .way = "taken-over",
                                   .who = w->who,
                                   .version = w->found ? w->newest.a.version + 1 : 1 };
    if ((st = agree_published(w, err)) != TL_OK ||
        (st = tl_version_write(w->s, w->x, &w->a, &w->p, &plan, &id, err)) != TL_OK ||
        (st = publish_taken(w, id, plan.version, err)) != TL_OK)
        return st;
    return audit_written(w, "assessment.take_over", plan.version, err);
}

tl_status tl_assessment_take_over(tl_store *s, const tl_index *x, const tl_assessment *a,
                                  const char *who, bool *same, tl_error *err)
{
    struct writing w;
    assert(tl_store_in_transaction(s));
    *same = false;
    tl_status st = begin(&w, s, x, a, who, err);
    if (st == TL_OK)
        st = take_over(&w, same, err);
    return end(&w, st, err);
}
