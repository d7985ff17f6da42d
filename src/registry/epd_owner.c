/* epd_owner.c - which names in bills of materials mean the owner of a declaration.
 *
 * The register of companies decides: the id, the names and the aliases of the owner. What is near
 * to one of them, or another company of its group, is listed for a person to settle. */
#include <stdlib.h>
#include <string.h>

#include "company/company.h"
#include "format/fold.h"
#include "registry/epd_effect_priv.h"

/* Bytes: two Chinese characters have 6, "Tang" has 4. A shorter name is in too many others. */
enum { LIKE_LEAST = 4, FIXED_NAMES = 3 };

const char *tl_epd_doubt_name(tl_epd_doubt_why why)
{
    static const char *const names[] = { "group", "mill", "like" };
    return names[why];
}

/* One owner being looked up. */
struct lookup {
    tl_store *s;
    tl_arena *arena;
    const char *maker;   /* the mill, folded */
    const char **names;  /* in the arena */
    const char **folded; /* the same as they are compared */
    size_t n;
    const char *owner;
};

static tl_status add_name(struct lookup *l, const char *name, tl_error *err)
{
    const char *folded = NULL;
    if (!*name)
        return TL_OK;
    tl_status st = tl_fold(name, l->arena, &folded, err);
    for (size_t i = 0; st == TL_OK && i < l->n; i++)
        if (strcmp(l->folded[i], folded) == 0)
            return TL_OK;
    if (st != TL_OK || !*folded)
        return st;
    l->names[l->n] = name;
    l->folded[l->n++] = folded;
    return TL_OK;
}

static tl_status read_names(struct lookup *l, tl_error *err)
{
    tl_company c;
    const char *const *aliases;
    size_t n;
    tl_status st = tl_company_get(l->s, l->owner, l->arena, &c, err);
    if (st == TL_OK)
        st = tl_company_aliases(l->s, l->owner, l->arena, &aliases, &n, err);
    if (st != TL_OK)
        return st;
    l->names = tl_arena_alloc(l->arena, n + FIXED_NAMES, sizeof *l->names);
    l->folded = tl_arena_alloc(l->arena, n + FIXED_NAMES, sizeof *l->folded);
    if (!l->names || !l->folded)
        return tl_fail_nomem(err);
    const char *const fixed[FIXED_NAMES] = { c.name_en, c.name_zh, c.id };
    for (size_t i = 0; st == TL_OK && i < FIXED_NAMES; i++)
        st = add_name(l, fixed[i], err);
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = add_name(l, aliases[i], err);
    return st;
}

/* Companies of one group have an ancestor in common. */
static tl_status same_group(const struct lookup *l, const char *company, bool *same, tl_error *err)
{
    tl_error why = { 0 };
    tl_status st = tl_epd_apart(l->s, l->owner, company, &why);
    *same = st == TL_EFORBIDDEN;
    return st == TL_OK || *same ? TL_OK : tl_fail(err, st, "%s", why.text);
}

static bool holds(const char *a, const char *b)
{
    return strlen(b) >= LIKE_LEAST && strstr(a, b) != NULL;
}

/* Whether a name in a bill is one of the owner (*mine), or one to doubt. */
static tl_status judge(const struct lookup *l, const char *name, bool *mine, bool *doubted,
                       tl_epd_doubt *out, tl_error *err)
{
    const char *folded;
    tl_company c;
    bool found = false;
    *mine = *doubted = false;
    tl_status st = tl_fold(name, l->arena, &folded, err);
    for (size_t i = 0; st == TL_OK && i < l->n && !*mine; i++)
        *mine = strcmp(l->folded[i], folded) == 0;
    if (st == TL_OK && !*mine)
        st = tl_company_lookup(l->s, name, l->arena, &c, &found, err);
    if (st != TL_OK || *mine)
        return st;
    out->company = found ? c.id : "";
    if (found) {
        out->why = TL_EPD_DOUBT_GROUP;
        return same_group(l, c.id, doubted, err);
    }
    out->why = TL_EPD_DOUBT_MILL;
    *doubted = strcmp(l->maker, folded) == 0;
    for (size_t i = 0; i < l->n && !*doubted; i++) {
        out->why = TL_EPD_DOUBT_LIKE;
        *doubted = holds(folded, l->folded[i]) || holds(l->folded[i], folded);
    }
    return TL_OK;
}

/* The names in bills, read whole before they are looked up: a query is not left open meanwhile. */
static tl_status read_bills(const struct lookup *l, const char *material, tl_epd_doubt **out,
                            size_t *n, tl_error *err)
{
    tl_query *q;
    size_t cap = 0;
    bool row = false;
    *out = NULL;
    *n = 0;
    tl_status st = tl_store_query(l->s, "epd_use.suppliers", &q, err);
    if (st != TL_OK)
        return st;
    tl_query_text(q, 1, material);
    while ((st = tl_query_step(q, &row, err)) == TL_OK && row) {
        if ((st = tl_grow(out, &cap, *n + 1, sizeof **out, err)) != TL_OK)
            break;
        (*out)[*n] = (tl_epd_doubt){ .name = tl_arena_str(l->arena, tl_query_get_text(q, 0)),
                                     .cars = (size_t)tl_query_get_int(q, 1) };
        if (!(*out)[*n].name) {
            st = tl_fail_nomem(err);
            break;
        }
        ++*n;
    }
    tl_query_reset(q);
    return st;
}

static tl_status find_doubts(const struct lookup *l, const char *material, tl_epd_owner *out,
                             tl_error *err)
{
    tl_epd_doubt *bills = NULL, *kept = NULL;
    size_t n = 0, n_kept = 0;
    tl_status st = read_bills(l, material, &bills, &n, err);
    if (st == TL_OK && !(kept = tl_arena_alloc(l->arena, n, sizeof *kept)))
        st = tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        bool mine, doubted;
        st = judge(l, bills[i].name, &mine, &doubted, &bills[i], err);
        if (st == TL_OK && doubted)
            kept[n_kept++] = bills[i];
    }
    out->doubts = kept;
    out->n_doubts = n_kept;
    free(bills);
    return st;
}

tl_status tl_epd_owner_of(tl_store *s, const char *record, const char *material, tl_arena *arena,
                          tl_epd_owner *out, tl_error *err)
{
    struct lookup l = { .s = s, .arena = arena };
    tl_epd_row row;
    tl_record r;
    *out = (tl_epd_owner){ 0 };
    tl_status st = tl_epd_row_get(s, record, arena, &row, err);
    if (st == TL_OK)
        st = tl_record_get(s, record, -1, arena, &r, err);
    if (st == TL_OK)
        st = tl_fold(r.maker, arena, &l.maker, err);
    if (st != TL_OK)
        return st;
    l.owner = row.epd.owner;
    st = read_names(&l, err);
    *out = (tl_epd_owner){ .company = l.owner, .names = l.names, .n_names = l.n };
    return st == TL_OK ? find_doubts(&l, material, out, err) : st;
}
