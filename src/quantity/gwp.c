/* gwp.c - a table of gases and four sets. */
#include "quantity/gwp.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/memory.h"

typedef struct gas {
    double value[TL_GWP_SETS]; /* 0: none in that set */
    size_t name;               /* place of its first name in names */
} gas;

struct tl_gwp {
    tl_map *names; /* name or alias -> place in gases */
    gas *gases;    /* owned */
    size_t size, cap;
};

static const char *const set_names[TL_GWP_SETS] = { "SAR", "AR4", "AR5", "AR6" };

tl_status tl_gwp_new(tl_gwp **out, tl_error *err)
{
    *out = NULL;
    tl_gwp *g = tl_new_array(1, sizeof *g);
    if (!g)
        return tl_fail_nomem(err);
    tl_status st = tl_map_new(&g->names, err);
    if (st != TL_OK) {
        free(g);
        return st;
    }
    *out = g;
    return TL_OK;
}

void tl_gwp_free(tl_gwp *g)
{
    if (!g)
        return;
    tl_map_free(g->names);
    free(g->gases);
    free(g);
}

static gas *find(const tl_gwp *g, const char *name)
{
    uint64_t place;
    return tl_map_find(g->names, tl_span_of(name), &place) ? &g->gases[place] : NULL;
}

static tl_status add_gas(tl_gwp *g, const char *name, gas **out, tl_error *err)
{
    bool was_there;
    tl_status st = tl_grow(&g->gases, &g->cap, g->size + 1, sizeof *g->gases, err);
    if (st != TL_OK)
        return st;
    gas *new = &g->gases[g->size];
    *new = (gas){ .name = 0 };
    st = tl_map_add(g->names, tl_span_of(name), g->size, &new->name, &was_there, err);
    if (st != TL_OK)
        return st;
    g->size++;
    *out = new;
    return TL_OK;
}

tl_status tl_gwp_add(tl_gwp *g, const char *name, tl_gwp_set set, double value, tl_error *err)
{
    if ((unsigned)set >= TL_GWP_SETS)
        return tl_fail(err, TL_EINPUT, "%s: no such GWP set", name);
    if (*name == '\0')
        return tl_fail(err, TL_EINPUT, "a gas without a name in GWP set %s", set_names[set]);
    if (!isfinite(value) || value <= 0)
        return tl_fail(err, TL_EINPUT, "%s in %s: a GWP is above 0, not %g", name, set_names[set],
                       value);
    if (strcmp(name, "CO2") == 0 && value != 1)
        return tl_fail(err, TL_EINPUT, "CO2 in %s: its GWP is 1 by definition, not %g",
                       set_names[set], value);
    gas *found = find(g, name);
    if (found && found->value[set] != 0)
        return tl_fail(err, TL_ECONFLICT, "%s has a GWP in %s already: %g", name, set_names[set],
                       found->value[set]);
    tl_status st = found ? TL_OK : add_gas(g, name, &found, err);
    if (st == TL_OK)
        found->value[set] = value;
    return st;
}

tl_status tl_gwp_alias(tl_gwp *g, const char *alias, const char *name, tl_error *err)
{
    bool was_there;
    size_t place;
    const gas *found = find(g, name);
    if (!found)
        return tl_fail(err, TL_ENOTFOUND, "no gas '%s' to be called '%s' too", name, alias);
    tl_status st = tl_map_add(g->names, tl_span_of(alias), (uint64_t)(found - g->gases), &place,
                              &was_there, err);
    if (st == TL_OK && was_there && find(g, alias) != found)
        return tl_fail(err, TL_ECONFLICT, "'%s' is the name of another gas than %s", alias, name);
    return st;
}

tl_status tl_gwp_get(const tl_gwp *g, const char *name, tl_gwp_set set, double *out, tl_error *err)
{
    tl_buf list;
    if ((unsigned)set >= TL_GWP_SETS)
        return tl_fail(err, TL_EINPUT, "%s: no such GWP set", name);
    const gas *found = find(g, name);
    if (found && found->value[set] != 0) {
        *out = found->value[set];
        return TL_OK;
    }
    tl_buf_init(&list, 800);
    for (size_t i = 0; !found && i < g->size; i++)
        tl_buf_printf(&list, " %s", tl_gwp_gas(g, i));
    for (size_t s = 0; found && s < TL_GWP_SETS; s++)
        if (found->value[s] != 0)
            tl_buf_printf(&list, " %s", set_names[s]);
    tl_status st = found ? tl_fail(err, TL_EINPUT, "%s has no GWP in %s, only in:%s", name,
                                   set_names[set], tl_buf_text(&list))
                         : tl_fail(err, TL_ENOTFOUND, "no gas '%s' with a GWP; known:%s", name,
                                   tl_buf_text(&list));
    tl_buf_clear(&list);
    return st;
}

tl_status tl_gwp_co2e_kg(const tl_gwp *g, const char *name, tl_gwp_set set, double mass_kg,
                         double *out, tl_error *err)
{
    double gwp;
    tl_status st = tl_gwp_get(g, name, set, &gwp, err);
    if (st != TL_OK)
        return st;
    if (!isfinite(mass_kg * gwp))
        return tl_fail(err, TL_ENUMERIC, "%g kg of %s has no finite CO2e", mass_kg, name);
    *out = mass_kg * gwp;
    return TL_OK;
}

size_t tl_gwp_size(const tl_gwp *g)
{
    return g->size;
}

const char *tl_gwp_gas(const tl_gwp *g, size_t i)
{
    if (i >= g->size)
        return NULL;
    assert(g->gases);
    return tl_map_key(g->names, g->gases[i].name);
}

const char *tl_gwp_set_name(tl_gwp_set set)
{
    return (unsigned)set < TL_GWP_SETS ? set_names[set] : "unknown";
}

tl_status tl_gwp_set_parse(const char *text, tl_gwp_set *out, tl_error *err)
{
    for (size_t i = 0; i < TL_GWP_SETS; i++)
        if (strcmp(text, set_names[i]) == 0) {
            *out = (tl_gwp_set)i;
            return TL_OK;
        }
    return tl_fail(err, TL_EINPUT, "GWP set '%s', expected SAR, AR4, AR5 or AR6", text);
}
