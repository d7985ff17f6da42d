/* rate_company.c - the forms about one company or a few: score, history, gap, compare, crosswalk.
 */
#include <string.h>

#include "cli/rate.h"
#include "cli/show.h"
#include "report/rating_chart.h"

enum { COMPARED_MOST = 5 };

/* Version `version` of the assessment of `company` at the level asked for, else at the finest one.
 */
static tl_status find_version(tl_rate_call *c, const char *company, int64_t version,
                              tl_assessment *out, tl_error *err)
{
    static const tl_sheet_level finest[] = { TL_LEVEL_INDICATOR, TL_LEVEL_THEME, TL_LEVEL_TOTAL };
    tl_sheet_level level = TL_LEVEL_INDICATOR;
    bool given;
    tl_assessment_key key = { .company = company,
                              .index = c->definition.id,
                              .index_version = c->definition.version,
                              .period = c->period };
    tl_status st = tl_rate_level(c->level, &level, &given, err);
    if (st == TL_OK && !key.period)
        st = tl_rate_latest_period(c, company, &key.period, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < sizeof finest / sizeof *finest; i++) {
        tl_error why = { 0 };
        key.level = given ? level : finest[i];
        st = tl_assessment_get(c->store, &key, version, c->cli->arena, out, &why);
        if (st != TL_ENOTFOUND || given || i + 1 == sizeof finest / sizeof *finest) {
            if (st != TL_OK && err)
                *err = why;
            return st;
        }
    }
    return st;
}

/* What a person means by a company's result: the published one, or the newest where there is none
 * yet. */
static tl_status find_assessment(tl_rate_call *c, const char *company, int64_t version,
                                 tl_assessment *out, tl_error *err)
{
    tl_status st = find_version(c, company, version, out, err);
    return st == TL_ENOTFOUND && version == 0 ? find_version(c, company, -1, out, err) : st;
}

tl_status tl_rate_latest_period(tl_rate_call *c, const char *company, const char **period,
                                tl_error *err)
{
    const tl_assessment *all;
    size_t n;
    tl_status st = tl_assessment_list(c->store, company, c->cli->arena, &all, &n, err);
    *period = NULL;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(all[i].key.index, c->definition.id) == 0 &&
            strcmp(all[i].key.index_version, c->definition.version) == 0 &&
            (!*period || strcmp(all[i].key.period, *period) > 0))
            *period = all[i].key.period;
    if (st == TL_OK && !*period)
        return tl_fail(err, TL_ENOTFOUND, "%s has no assessment under %s@%s", company,
                       c->definition.id, c->definition.version);
    return st;
}

/* Where the version shown is the published one: its place in the league table. */
static tl_status find_place(tl_rate_call *c, const tl_assessment *a, tl_rating_card *card,
                            tl_error *err)
{
    const tl_league_row *league;
    if (a->state != TL_STATE_PUBLISHED)
        return TL_OK;
    tl_arena *arena = c->cli->arena;
    tl_status st =
        tl_edition_read(c->store, &c->definition, a->key.period, arena, &c->edition, err);
    if (st == TL_OK)
        st = tl_league_make(&c->edition, NULL, arena, &league, &card->n_ranked, err);
    if (st != TL_OK)
        return st;
    c->view = (tl_rating_view){
        .edition = &c->edition, .league = league, .n = card->n_ranked, .arena = arena
    };
    card->row = tl_rating_view_find(&c->view, a->key.company);
    return TL_OK;
}

tl_status tl_rate_score(tl_rate_call *c, tl_error *err)
{
    bool checklist = false;
    int64_t version = 0;
    const tl_option options[] = { { "checklist", TL_OPTION_FLAG, &checklist },
                                  { "result", TL_OPTION_INT, &version } };
    tl_company company;
    tl_assessment a;
    tl_score score;
    tl_points *sheet = NULL;
    tl_rating_card card = { .arena = c->cli->arena };
    tl_status st = tl_rate_options(c, options, 2, 1, 1, err);
    if (st == TL_OK)
        st = tl_rate_open(c, false, err);
    if (st == TL_OK)
        st = tl_company_find(c->store, c->argv[0], card.arena, &company, err);
    if (st == TL_OK)
        st = find_assessment(c, company.id, version, &a, err);
    if (st == TL_OK)
        st = tl_assessment_sheet(&c->definition, &a, card.arena, &sheet, err);
    if (st == TL_OK)
        st = tl_company_facts(c->store, company.id, card.arena, &card.facts, &card.n_facts, err);
    if (st == TL_OK)
        st = find_place(c, &a, &card, err);
    if (st != TL_OK)
        return st;
    tl_score_of(&c->definition, a.key.level, sheet, a.scope12, &score);
    card.index = &c->definition;
    card.company = &company;
    card.assessment = &a;
    card.sheet = sheet;
    card.score = &score;
    return tl_rate_show(c, checklist ? tl_report_checklist(&card) : tl_report_card(&card), err);
}

tl_status tl_rate_history(tl_rate_call *c, tl_error *err)
{
    tl_company company;
    tl_assessment newest;
    const tl_assessment *versions;
    tl_assessment *whole = NULL; /* the same with answers and replies */
    size_t n = 0;
    tl_arena *arena = c->cli->arena;
    tl_score *scores = NULL;
    tl_status st = tl_rate_options(c, NULL, 0, 1, 1, err);
    if (st == TL_OK)
        st = tl_rate_open(c, false, err);
    if (st == TL_OK)
        st = tl_company_find(c->store, c->argv[0], arena, &company, err);
    if (st == TL_OK)
        st = find_assessment(c, company.id, -1, &newest, err);
    if (st == TL_OK)
        st = tl_assessment_versions(c->store, &newest.key, arena, &versions, &n, err);
    if (st == TL_OK && (!(scores = tl_arena_alloc(arena, n + 1, sizeof *scores)) ||
                        !(whole = tl_arena_alloc(arena, n + 1, sizeof *whole))))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        tl_points *sheet;
        st = tl_assessment_get(c->store, &newest.key, versions[i].version, arena, &whole[i], err);
        if (st == TL_OK)
            st = tl_assessment_sheet(&c->definition, &whole[i], arena, &sheet, err);
        if (st == TL_OK)
            tl_score_of(&c->definition, whole[i].key.level, sheet, whole[i].scope12, &scores[i]);
    }
    return st == TL_OK
               ? tl_rate_show(
                     c, tl_report_history(&c->definition, &company, whole, scores, n, arena), err)
               : st;
}

tl_status tl_rate_gap(tl_rate_call *c, tl_error *err)
{
    int64_t top = 0;
    const tl_option options[] = { { "top", TL_OPTION_INT, &top } };
    const tl_league_row *row = NULL;
    const tl_gap_row *gaps = NULL;
    size_t n = 0;
    tl_buf b;
    tl_status st = tl_rate_options(c, options, 1, 1, 1, err);
    if (st == TL_OK && (top < 0 || top > 1000000))
        st = tl_fail(err, TL_EINPUT, "--top is %lld, expected 0 to 1000000", (long long)top);
    if (st == TL_OK)
        st = tl_rate_open_edition(c, err);
    if (st == TL_OK)
        st = tl_rate_row(c, c->argv[0], &row, err);
    if (st == TL_OK)
        st = tl_gap_make(c->store, &c->edition, c->view.league, c->view.n, row->card->company.id,
                         c->cli->arena, &gaps, &n, err);
    if (st != TL_OK)
        return st;
    if (top > 0 && (size_t)top < n)
        n = (size_t)top;
    if (c->chart) {
        tl_buf_init(&b, 0);
        st = tl_cli_save(c->chart, &b, tl_chart_gaps(&c->view, row, gaps, n, c->cli->zh, &b, err),
                         err);
    }
    return st == TL_OK ? tl_rate_show(c, tl_report_gap(&c->view, row, gaps, n), err) : st;
}

tl_status tl_rate_compare(tl_rate_call *c, tl_error *err)
{
    const tl_league_row *rows[COMPARED_MOST];
    tl_status st = tl_rate_options(c, NULL, 0, 2, COMPARED_MOST, err);
    if (st == TL_OK)
        st = tl_rate_open_edition(c, err);
    for (int i = 0; st == TL_OK && i < c->argc; i++) {
        st = tl_rate_row(c, c->argv[i], &rows[i], err);
        for (int k = 0; st == TL_OK && k < i; k++)
            if (rows[k] == rows[i])
                st = tl_fail(err, TL_EINPUT, "%s is given twice", rows[i]->card->company.id);
    }
    return st == TL_OK ? tl_rate_show(c, tl_report_compare(&c->view, rows, (size_t)c->argc), err)
                       : st;
}

/* The weight of the company's industry under the target, or the one given. */
static tl_status target_weight(const tl_index *to, const tl_scorecard *card, const char *w12,
                               tl_weight *out, tl_error *err)
{
    const tl_index_industry *i = tl_index_find_industry(to, card->industry);
    *out = i ? i->scope12 : 0;
    if (w12) {
        tl_status st = tl_weight_parse(w12, out, err);
        return st == TL_OK ? st : tl_context(err, st, "--w12");
    }
    if (!to->weighted || i)
        return TL_OK;
    return tl_fail(err, TL_ENOTFOUND, "%s@%s has no weight for industry '%s'; give --w12 SHARE",
                   to->id, to->version, card->industry);
}

tl_status tl_rate_crosswalk(tl_rate_call *c, tl_error *err)
{
    const char *to_name = NULL, *w12 = NULL;
    const tl_option options[] = { { "to", TL_OPTION_TEXT, &to_name },
                                  { "w12", TL_OPTION_TEXT, &w12 } };
    const tl_league_row *row = NULL;
    const tl_crosswalk_pair *pairs = NULL;
    size_t n = 0;
    tl_index to;
    tl_weight w;
    tl_crosswalk walk;
    tl_arena *arena = c->cli->arena;
    tl_status st = tl_rate_options(c, options, 2, 1, 1, err);
    if (st == TL_OK && !to_name)
        return tl_fail(err, TL_EINPUT, "--to INDEX is missing: the index to read the result under");
    if (st == TL_OK)
        st = tl_rate_open_edition(c, err);
    if (st == TL_OK)
        st = tl_rate_row(c, c->argv[0], &row, err);
    if (st == TL_OK)
        st = tl_index_open(c->store, to_name, arena, &to, err);
    if (st == TL_OK)
        st = target_weight(&to, row->card, w12, &w, err);
    if (st == TL_OK)
        st = tl_crosswalk_open(c->store, &c->definition, &to, arena, &pairs, &n, err);
    if (st == TL_OK)
        st = tl_crosswalk_make(&c->definition, &to, pairs, n, row->card, w, arena, &walk, err);
    return st == TL_OK
               ? tl_rate_show(c, tl_report_crosswalk(&c->definition, &to, row->card, &walk, arena),
                              err)
               : st;
}
