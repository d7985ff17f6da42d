/* rating_open.c - definition, edition and league table of a call. */
#include "operation/rating_open.h"

#include <string.h>

tl_status tl_rating_open_index(const tl_call *c, tl_index *out, tl_error *err)
{
    const char *index = tl_call_text(c, "index");
    return tl_index_open(c->store, index ? index : "cati-auto", c->arena, out, err);
}

/* A version that was installed for the ratings to come has no results yet: of an index named
 * without one, the newest version that has. */
static tl_status published_version(const tl_call *c, const char *index, const char **out,
                                   tl_error *err)
{
    const tl_dataset *sets;
    size_t n = 0;
    *out = index;
    tl_status st = strchr(index, '@') ? TL_OK : tl_dataset_list(c->store, c->arena, &sets, &n, err);
    for (size_t i = n; st == TL_OK && i-- > 0;) {
        int64_t uses = 0;
        if (strcmp(sets[i].id, index) != 0)
            continue;
        st = tl_assessment_uses(c->store, index, sets[i].version, &uses, err);
        if (st == TL_OK && uses == 0)
            continue;
        *out = tl_arena_printf(c->arena, "%s@%s", index, sets[i].version);
        return st != TL_OK ? st : *out ? TL_OK : tl_fail_nomem(err);
    }
    return st;
}

tl_status tl_rating_open_published(const tl_call *c, tl_index *out, tl_error *err)
{
    const char *index = tl_call_text(c, "index");
    tl_status st = published_version(c, index ? index : "cati-auto", &index, err);
    return st == TL_OK ? tl_index_open(c->store, index, c->arena, out, err) : st;
}

tl_status tl_rating_open(const tl_call *c, tl_rating_opened *o, tl_error *err)
{
    bool has_before = false;
    const tl_league_row *league = NULL;
    size_t n = 0;
    tl_status st = tl_rating_open_published(c, &o->index, err);
    if (st == TL_OK)
        st = tl_edition_read(c->store, &o->index, tl_call_text(c, "period"), c->arena, &o->edition,
                             err);
    if (st == TL_OK)
        st = tl_edition_before(c->store, &o->edition, c->arena, &o->before_index, &o->before,
                               &has_before, err);
    if (st == TL_OK)
        st =
            tl_league_make(&o->edition, has_before ? &o->before : NULL, c->arena, &league, &n, err);
    if (st == TL_OK)
        o->view = (tl_rating_view){ .edition = &o->edition,
                                    .before = has_before ? &o->before : NULL,
                                    .league = league,
                                    .n = n,
                                    .arena = c->arena };
    return st;
}

tl_status tl_rating_row(const tl_call *c, const tl_rating_opened *o, const char *text,
                        const tl_league_row **row, tl_error *err)
{
    tl_company company;
    tl_status st = tl_company_find(c->store, text, c->arena, &company, err);
    if (st != TL_OK)
        return st;
    *row = tl_rating_view_find(&o->view, company.id);
    return *row ? TL_OK
                : tl_fail(err, TL_ENOTFOUND, "%s is not rated under %s@%s in %s", company.id,
                          o->index.id, o->index.version, o->edition.period);
}

bool tl_rating_level(const tl_call *c, tl_sheet_level *level)
{
    static const tl_sheet_level levels[] = { TL_LEVEL_INDICATOR, TL_LEVEL_THEME, TL_LEVEL_TOTAL };
    const char *text = tl_call_text(c, "level");
    *level = TL_LEVEL_INDICATOR;
    for (size_t i = 0; text && i < sizeof levels / sizeof *levels; i++)
        if (strcmp(text, tl_level_name(levels[i])) == 0)
            *level = levels[i];
    return text != NULL;
}

tl_status tl_rating_latest_period(const tl_call *c, const tl_index *x, const char *company,
                                  const char **period, tl_error *err)
{
    const tl_assessment *all;
    size_t n;
    tl_status st = tl_assessment_list(c->store, company, c->arena, &all, &n, err);
    *period = NULL;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        if (strcmp(all[i].key.index, x->id) == 0 &&
            strcmp(all[i].key.index_version, x->version) == 0 &&
            (!*period || strcmp(all[i].key.period, *period) > 0))
            *period = all[i].key.period;
    if (st == TL_OK && !*period)
        return tl_fail(err, TL_ENOTFOUND, "%s has no assessment under %s@%s", company, x->id,
                       x->version);
    return st;
}

bool tl_rating_visible(const tl_call *c, const tl_assessment *a)
{
    if (a->state == TL_STATE_PUBLISHED || a->state == TL_STATE_SUPERSEDED ||
        tl_viewer_may(c->viewer, TL_RIGHT_ASSESSMENT_READ))
        return true;
    return (a->state == TL_STATE_COMPANY || a->state == TL_STATE_FINAL) &&
           tl_viewer_of_company(c->viewer, a->key.company);
}

/* *published: of this assessment, whatever version is the newest. */
static tl_status look(const tl_call *c, const tl_assessment *newest, bool *published, tl_error *err)
{
    tl_assessment a;
    tl_error why = { 0 };
    *published = newest->state == TL_STATE_PUBLISHED;
    if (*published || newest->version == 1)
        return TL_OK;
    tl_status st = tl_assessment_get(c->store, &newest->key, 0, c->arena, &a, &why);
    *published = st == TL_OK;
    return st == TL_OK || st == TL_ENOTFOUND ? TL_OK : tl_fail(err, st, "%s", why.text);
}

tl_status tl_rating_shown_period(const tl_call *c, const tl_index *x, const char *company,
                                 const char **period, tl_error *err)
{
    const tl_assessment *all;
    const char *seen = NULL;
    size_t n;
    tl_status st = tl_assessment_list(c->store, company, c->arena, &all, &n, err);
    *period = NULL;
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const tl_assessment *a = &all[i];
        bool published = false;
        if (strcmp(a->key.index, x->id) != 0 || strcmp(a->key.index_version, x->version) != 0)
            continue;
        st = look(c, a, &published, err);
        if (published && (!*period || strcmp(a->key.period, *period) > 0))
            *period = a->key.period;
        if (tl_rating_visible(c, a) && (!seen || strcmp(a->key.period, seen) > 0))
            seen = a->key.period;
    }
    if (!*period)
        *period = seen;
    if (st == TL_OK && !*period)
        return tl_fail(err, TL_ENOTFOUND, "%s has no assessment under %s@%s", company, x->id,
                       x->version);
    return st;
}
