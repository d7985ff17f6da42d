/* car_owners.c - from a record's company or maker to the top of its parents, and to a country. */
#include "registry/car_owners.h"

#include <stdlib.h>
#include <string.h>

#include "company/company.h"
#include "dataset/table.h"
#include "registry/car_market.h"

enum { DEPTH_MAX = 64 };

struct finding {
    tl_store *store;
    tl_arena *arena;
    tl_cars *cars;
    const tl_company *companies; /* by id */
    size_t n;
    tl_car_market market;
    uint32_t *of_maker, *of_company; /* owned; place in companies, TL_CAR_NO_WORD */
    uint32_t *group_at, *style_at;   /* owned; place of a company, of a style in its list */
};

static uint32_t company_at(const struct finding *f, const char *id)
{
    size_t low = 0, high = f->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int c = strcmp(f->companies[middle].id, id);
        if (c == 0)
            return (uint32_t)middle;
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return TL_CAR_NO_WORD;
}

/* The company at the top of the parents. The register refuses a circle; the depth is bound so that
 * a database somebody else wrote ends here too. */
static uint32_t top_of(const struct finding *f, uint32_t company)
{
    for (int i = 0; i < DEPTH_MAX && company != TL_CAR_NO_WORD; i++) {
        const char *parent = f->companies[company].parent;
        const uint32_t up = *parent ? company_at(f, parent) : TL_CAR_NO_WORD;
        if (up == TL_CAR_NO_WORD)
            return company;
        company = up;
    }
    return company;
}

/* Place in the list of styles of the market. */
static uint32_t style_of(const struct finding *f, const tl_company *c)
{
    for (size_t i = 0; i < f->market.n_joint; i++)
        if (strcmp(f->market.joint[i], c->id) == 0)
            return TL_CAR_NO_WORD;
    for (size_t i = 0; *c->country && i < f->market.n_styles; i++)
        if (strcmp(f->market.styles[i].country, c->country) == 0)
            return (uint32_t)i;
    return TL_CAR_NO_WORD;
}

static tl_status find_makers(struct finding *f, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < f->cars->makers.n && st == TL_OK; i++) {
        tl_company c;
        bool found = false;
        const char *maker = f->cars->makers.items[i];
        if (*maker)
            st = tl_company_lookup(f->store, maker, f->arena, &c, &found, err);
        f->of_maker[i] = st == TL_OK && found ? company_at(f, c.id) : TL_CAR_NO_WORD;
    }
    for (size_t i = 0; i < f->cars->companies.n; i++)
        f->of_company[i] = company_at(f, f->cars->companies.items[i]);
    return st;
}

static uint32_t owner_of(const struct finding *f, const tl_published_car *c)
{
    return c->company < f->cars->companies.n ? f->of_company[c->company] : f->of_maker[c->maker];
}

static const char *shown(const char *text, const char *other)
{
    return *text ? text : other;
}

/* The groups that have cars, in byte order of their ids, as the companies are. */
static tl_status list_groups(struct finding *f, tl_error *err)
{
    tl_car_names *out = &f->cars->groups;
    const char **ids = tl_arena_alloc(f->arena, f->n + 1, sizeof *ids),
               **en = tl_arena_alloc(f->arena, f->n + 1, sizeof *en),
               **zh = tl_arena_alloc(f->arena, f->n + 1, sizeof *zh);
    size_t n = 0;
    if (!ids || !en || !zh)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < f->n; i++) {
        const tl_company *c = &f->companies[i];
        if (!f->group_at[i])
            continue;
        f->group_at[i] = (uint32_t)n;
        ids[n] = c->id;
        en[n] = shown(c->name_en, c->name_zh);
        zh[n++] = shown(c->name_zh, c->name_en);
    }
    *out = (tl_car_names){ { ids, n }, en, zh };
    return TL_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Distinct styles in byte order; several countries may have one. */
static tl_status list_styles(struct finding *f, tl_error *err)
{
    const size_t all = f->market.n_styles;
    const char **ids = tl_arena_alloc(f->arena, all + 1, sizeof *ids),
               **en = tl_arena_alloc(f->arena, all + 1, sizeof *en),
               **zh = tl_arena_alloc(f->arena, all + 1, sizeof *zh);
    size_t n = 0;
    if (!ids || !en || !zh)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < all; i++)
        ids[i] = f->market.styles[i].style;
    qsort(ids, all, sizeof *ids, by_text);
    for (size_t i = 0; i < all; i++)
        if (n == 0 || strcmp(ids[n - 1], ids[i]) != 0)
            ids[n++] = ids[i];
    for (size_t i = 0; i < all; i++) {
        size_t at = 0;
        while (strcmp(ids[at], f->market.styles[i].style) != 0)
            at++;
        f->style_at[i] = (uint32_t)at;
        en[at] = f->market.styles[i].en;
        zh[at] = f->market.styles[i].zh;
    }
    f->cars->styles = (tl_car_names){ { ids, n }, en, zh };
    return TL_OK;
}

static tl_status fill(struct finding *f, tl_error *err)
{
    tl_cars *cars = f->cars;
    tl_status st = find_makers(f, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < cars->n; i++) {
        const uint32_t owner = owner_of(f, &cars->cars[i]);
        if (owner != TL_CAR_NO_WORD)
            f->group_at[top_of(f, owner)] = 1;
    }
    if ((st = list_groups(f, err)) != TL_OK || (st = list_styles(f, err)) != TL_OK)
        return st;
    for (size_t i = 0; i < cars->n; i++) {
        tl_published_car *c = &cars->cars[i];
        const uint32_t owner = owner_of(f, c);
        c->group = c->style = TL_CAR_NO_WORD;
        if (owner == TL_CAR_NO_WORD)
            continue;
        const uint32_t style = style_of(f, &f->companies[owner]);
        c->group = f->group_at[top_of(f, owner)];
        c->style = style == TL_CAR_NO_WORD ? style : f->style_at[style];
    }
    return TL_OK;
}

tl_status tl_cars_find_owners(tl_cars *cars, tl_store *s, tl_arena *arena, tl_error *err)
{
    struct finding f = { .store = s, .arena = arena, .cars = cars };
    tl_status st = tl_car_market_load(&f.market, s, arena, err);
    if (st == TL_OK)
        st = tl_company_list(s, arena, &f.companies, &f.n, err);
    if (st != TL_OK)
        return st;
    f.of_maker = tl_new_array(cars->makers.n + 1, sizeof *f.of_maker);
    f.of_company = tl_new_array(cars->companies.n + 1, sizeof *f.of_company);
    f.group_at = tl_new_array(f.n + 1, sizeof *f.group_at);
    f.style_at = tl_new_array(f.market.n_styles + 1, sizeof *f.style_at);
    st =
        f.of_maker && f.of_company && f.group_at && f.style_at ? fill(&f, err) : tl_fail_nomem(err);
    free(f.of_maker);
    free(f.of_company);
    free(f.group_at);
    free(f.style_at);
    return st;
}
