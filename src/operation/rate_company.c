/* rate_company.c - the operations about one company or a few: card, history, gaps, comparison,
 * crosswalk. */
#include <string.h>

#include "operation/rate.h"
#include "operation/rating_open.h"
#include "report/rating_chart.h"

enum { COMPARED_MOST = 5 };

/* The version if who asks may see it; in place of a newest one that may not be seen the published
 * one. */
static tl_status get_visible(const tl_call *c, const tl_assessment_key *key, int64_t version,
                             tl_assessment *out, tl_error *err)
{
    tl_status st = tl_assessment_get(c->store, key, version, c->arena, out, err);
    if (st != TL_OK || tl_rating_visible(c, out))
        return st;
    return version == -1 ? tl_assessment_get(c->store, key, 0, c->arena, out, err)
                         : tl_fail(err, TL_ENOTFOUND, "no such version");
}

/* Version `version` of the assessment of `company` at the level asked for, else at the finest one.
 */
static tl_status find_version(const tl_call *c, const tl_index *x, const char *company,
                              int64_t version, tl_assessment *out, tl_error *err)
{
    static const tl_sheet_level finest[] = { TL_LEVEL_INDICATOR, TL_LEVEL_THEME, TL_LEVEL_TOTAL };
    const size_t n = sizeof finest / sizeof *finest;
    tl_sheet_level level;
    bool given = tl_rating_level(c, &level);
    tl_assessment_key key = { .company = company,
                              .index = x->id,
                              .index_version = x->version,
                              .period = tl_call_text(c, "period") };
    tl_status st = key.period ? TL_OK : tl_rating_shown_period(c, x, company, &key.period, err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_error why = { 0 };
        key.level = given ? level : finest[i];
        tl_status found = get_visible(c, &key, version, out, &why);
        if (found != TL_ENOTFOUND || given || i + 1 == n)
            return found == TL_OK ? TL_OK : tl_fail(err, found, "%s", why.text);
    }
    return st;
}

tl_status tl_rating_published(const tl_call *c, const tl_index *x, const char *company,
                              tl_assessment *out, tl_error *err)
{
    return find_version(c, x, company, 0, out, err);
}

/* What a person means by a company's result: the published one, or the newest where there is none
 * yet. */
static tl_status find_assessment(const tl_call *c, const tl_index *x, const char *company,
                                 int64_t version, tl_assessment *out, tl_error *err)
{
    tl_status st = find_version(c, x, company, version, out, err);
    return st == TL_ENOTFOUND && version == 0 ? find_version(c, x, company, -1, out, err) : st;
}

/* Under the current definition, or where it has nothing of the company yet, under the newest one
 * with published results. */
static tl_status open_assessment(const tl_call *c, const char *company, int64_t version,
                                 tl_index *x, tl_assessment *out, tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = tl_rating_open_index(c, x, err);
    if (st != TL_OK || (st = find_assessment(c, x, company, version, out, &why)) == TL_OK)
        return st;
    if (st == TL_ENOTFOUND && (st = tl_rating_open_published(c, x, err)) == TL_OK)
        return find_assessment(c, x, company, version, out, err);
    return st == TL_OK ? st : tl_fail(err, st, "%s", why.text);
}

/* Where the version shown is the published one: its place in the league table. */
static tl_status find_place(const tl_call *c, const tl_assessment *a, tl_rating_opened *o,
                            tl_rating_card *card, tl_error *err)
{
    const tl_league_row *league;
    if (a->state != TL_STATE_PUBLISHED)
        return TL_OK;
    tl_status st = tl_edition_read(c->store, &o->index, a->key.period, c->arena, &o->edition, err);
    if (st == TL_OK)
        st = tl_league_make(&o->edition, NULL, c->arena, &league, &card->n_ranked, err);
    if (st != TL_OK)
        return st;
    o->view = (tl_rating_view){
        .edition = &o->edition, .league = league, .n = card->n_ranked, .arena = c->arena
    };
    card->row = tl_rating_view_find(&o->view, a->key.company);
    return TL_OK;
}

tl_status tl_run_rate_score(tl_call *c, tl_error *err)
{
    int64_t version = 0;
    tl_company company;
    tl_assessment a;
    tl_score score;
    tl_points *sheet = NULL;
    tl_rating_opened o;
    tl_rating_card card = {
        .index = &o.index, .company = &company, .assessment = &a, .score = &score, .arena = c->arena
    };
    tl_call_int(c, "result", &version);
    tl_status st = tl_company_find(c->store, tl_call_text(c, "company"), c->arena, &company, err);
    if (st == TL_OK)
        st = open_assessment(c, company.id, version, &o.index, &a, err);
    if (st == TL_OK)
        st = tl_assessment_sheet(&o.index, &a, c->arena, &sheet, err);
    if (st == TL_OK)
        st = tl_company_facts(c->store, company.id, c->arena, &card.facts, &card.n_facts, err);
    if (st == TL_OK)
        st = find_place(c, &a, &o, &card, err);
    if (st != TL_OK)
        return st;
    tl_score_of(&o.index, a.key.level, sheet, a.scope12, &score);
    card.sheet = sheet;
    return tl_call_report(
        c, tl_call_flag(c, "checklist") ? tl_report_checklist(&card) : tl_report_card(&card), err);
}

tl_status tl_run_rate_history(tl_call *c, tl_error *err)
{
    tl_company company;
    tl_index x;
    tl_assessment newest;
    const tl_assessment *versions;
    tl_assessment *whole = NULL; /* the same with answers and replies */
    tl_score *scores = NULL;
    size_t n = 0;
    tl_status st = tl_company_find(c->store, tl_call_text(c, "company"), c->arena, &company, err);
    if (st == TL_OK)
        st = open_assessment(c, company.id, -1, &x, &newest, err);
    if (st == TL_OK)
        st = tl_assessment_versions(c->store, &newest.key, c->arena, &versions, &n, err);
    if (st == TL_OK && (!(scores = tl_arena_alloc(c->arena, n + 1, sizeof *scores)) ||
                        !(whole = tl_arena_alloc(c->arena, n + 1, sizeof *whole))))
        st = tl_fail_nomem(err);
    size_t shown = 0;
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_points *sheet;
        tl_assessment *a = &whole[shown];
        if (!tl_rating_visible(c, &versions[i]))
            continue;
        st = tl_assessment_get(c->store, &newest.key, versions[i].version, c->arena, a, err);
        if (st == TL_OK)
            st = tl_assessment_sheet(&x, a, c->arena, &sheet, err);
        if (st == TL_OK)
            tl_score_of(&x, a->key.level, sheet, a->scope12, &scores[shown++]);
    }
    return st == TL_OK
               ? tl_call_report(c, tl_report_history(&x, &company, whole, scores, shown, c->arena),
                                err)
               : st;
}

tl_status tl_run_rate_gap(tl_call *c, tl_error *err)
{
    int64_t top = 0;
    const tl_league_row *row = NULL;
    const tl_gap_row *gaps = NULL;
    size_t n = 0;
    tl_rating_opened o;
    tl_call_int(c, "top", &top);
    tl_status st = tl_rating_open(c, &o, err);
    if (st == TL_OK)
        st = tl_rating_row(c, &o, tl_call_text(c, "company"), &row, err);
    if (st == TL_OK)
        st = tl_gap_make(c->store, &o.edition, o.view.league, o.view.n, row->card->company.id,
                         c->arena, &gaps, &n, err);
    if (st != TL_OK)
        return st;
    if (top > 0 && (size_t)top < n)
        n = (size_t)top;
    if (c->draw)
        st = tl_chart_gaps(&o.view, row, gaps, n, c->zh, &c->drawing, err);
    return st == TL_OK ? tl_call_report(c, tl_report_gap(&o.view, row, gaps, n), err) : st;
}

tl_status tl_run_rate_compare(tl_call *c, tl_error *err)
{
    const tl_league_row *rows[COMPARED_MOST];
    const char *names[COMPARED_MOST];
    tl_rating_opened o;
    size_t n = tl_call_list(c, "company", names, COMPARED_MOST);
    if (n < 2 || n > COMPARED_MOST)
        return tl_fail(err, TL_EINPUT, "%zu companies, expected 2 to %d", n, (int)COMPARED_MOST);
    tl_status st = tl_rating_open(c, &o, err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        st = tl_rating_row(c, &o, names[i], &rows[i], err);
        for (size_t k = 0; st == TL_OK && k < i; k++)
            if (rows[k] == rows[i])
                st = tl_fail(err, TL_EINPUT, "%s is given twice", rows[i]->card->company.id);
    }
    return st == TL_OK ? tl_call_report(c, tl_report_compare(&o.view, rows, n), err) : st;
}

/* The weight of the company's industry under the target, or the one given. */
static tl_status target_weight(const tl_call *c, const tl_index *to, const tl_scorecard *card,
                               tl_weight *out, tl_error *err)
{
    const char *w12 = tl_call_text(c, "w12");
    const tl_index_industry *i = tl_index_find_industry(to, card->industry);
    *out = i ? i->scope12 : 0;
    if (w12)
        return tl_call_context(c, "w12", tl_weight_parse(w12, out, err), err);
    if (!to->weighted || i)
        return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "%s@%s has no weight for industry '%s'; give %sw12 SHARE",
                   to->id, to->version, card->industry, c->dash ? c->dash : "");
}

tl_status tl_run_rate_crosswalk(tl_call *c, tl_error *err)
{
    const tl_league_row *row = NULL;
    const tl_crosswalk_pair *pairs = NULL;
    size_t n = 0;
    tl_rating_opened o;
    tl_index to;
    tl_weight w;
    tl_crosswalk walk;
    tl_status st = tl_rating_open(c, &o, err);
    if (st == TL_OK)
        st = tl_rating_row(c, &o, tl_call_text(c, "company"), &row, err);
    if (st == TL_OK)
        st = tl_index_open(c->store, tl_call_text(c, "to"), c->arena, &to, err);
    if (st == TL_OK)
        st = target_weight(c, &to, row->card, &w, err);
    if (st == TL_OK)
        st = tl_crosswalk_open(c->store, &o.index, &to, c->arena, &pairs, &n, err);
    if (st == TL_OK)
        st = tl_crosswalk_make(&o.index, &to, pairs, n, row->card, w, c->arena, &walk, err);
    return st == TL_OK ? tl_call_report(
                             c, tl_report_crosswalk(&o.index, &to, row->card, &walk, c->arena), err)
                       : st;
}
