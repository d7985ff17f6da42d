/* index_themes.c - themes: which slots each holds, and whether those in the total are a partition.
 */
#include <stdint.h>
#include <string.h>

#include "rating/index_priv.h"

/* Columns of themes.csv. */
enum { CODE, NAME_EN, NAME_ZH, SHORT_EN, SHORT_ZH, MEMBERS, IN_TOTAL, PRINTED };

static const tl_index_file themes_file = { "themes.csv",
                                           { "code", "name_en", "name_zh", "short_en", "short_zh",
                                             "members", "in_total", "printed" },
                                           TL_INDEX_THEMES_MAX };

/* Themes while they are read. */
typedef struct themes {
    const tl_index *x;
    tl_index_rows t;
    tl_index_theme *all;
    int *named; /* an item: the last row that names it, counted from 1 */
    bool *held; /* a flag a slot: in this theme */
    int *owner; /* a place a slot: the theme in the total that holds it, -1 = none */
} themes;

/* The place of a member, -1 if there is no such item. */
static int find_member(const themes *w, tl_span code)
{
    char text[TL_INDEX_CODE_MAX + 1];
    if (code.n > TL_INDEX_CODE_MAX)
        return -1;
    memcpy(text, code.p, code.n);
    text[code.n] = '\0';
    return tl_index_find_item(w->x, text);
}

/* Remembers a member, which stands for all indicators below it. */
static tl_status name_member(const themes *w, size_t row, tl_span code, tl_error *err)
{
    int member = find_member(w, code);
    if (member < 0)
        return tl_index_fail(&w->t, row, MEMBERS, err, "there is no item '" TL_SPAN_FMT "'",
                             TL_SPAN_ARG(code));
    if (w->named[member] == (int)row + 1)
        return tl_index_fail(&w->t, row, MEMBERS, err, "'%s' comes twice",
                             w->x->items[member].code);
    w->named[member] = (int)row + 1;
    return TL_OK;
}

/* Holds every indicator that is named, or below something named, once. */
static tl_status hold(const themes *w, size_t row, tl_error *err)
{
    const tl_index *x = w->x;
    for (size_t s = 0; s < x->n_slots; s++) {
        int times = 0;
        for (int at = x->slot_items[s]; at >= 0; at = x->items[at].parent)
            times += w->named[at] == (int)row + 1;
        w->held[s] = times > 0;
        if (times > 1 && x->items[x->slot_items[s]].parallel_of < 0)
            return tl_index_fail(&w->t, row, MEMBERS, err, "'%s' comes twice",
                                 x->items[x->slot_items[s]].code);
    }
    return TL_OK;
}

/* Parallel indicators join the one they stand beside; one named without it is a slip. */
static tl_status hold_parallels(const themes *w, size_t row, tl_error *err)
{
    const tl_index *x = w->x;
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        if (item->parallel_of < 0)
            continue;
        bool beside = w->held[x->items[item->parallel_of].slot];
        if (w->held[s] && !beside)
            return tl_index_fail(&w->t, row, MEMBERS, err,
                                 "'%s' without '%s', beside which it stands", item->code,
                                 x->items[item->parallel_of].code);
        w->held[s] = beside;
    }
    return TL_OK;
}

static tl_status read_members(const themes *w, size_t row, tl_error *err)
{
    const char *p = tl_index_cell(&w->t, row, MEMBERS);
    tl_status st = TL_OK;
    while (st == TL_OK && *(p += strspn(p, " \t;"))) {
        size_t n = strcspn(p, " \t;");
        st = name_member(w, row, (tl_span){ p, n }, err);
        p += n;
    }
    if (st == TL_OK)
        st = hold(w, row, err);
    return st == TL_OK ? hold_parallels(w, row, err) : st;
}

/* Counts what is held: slots, points, and the group they share. */
static tl_status settle_members(const themes *w, size_t row, tl_arena *arena, tl_error *err)
{
    const tl_index *x = w->x;
    tl_index_theme *theme = &w->all[row];
    int *slots = tl_arena_alloc(arena, x->n_slots, sizeof *slots);
    if (!slots)
        return tl_fail_nomem(err);
    theme->group = -1;
    for (size_t s = 0; s < x->n_slots; s++) {
        const tl_index_item *item = &x->items[x->slot_items[s]];
        if (!w->held[s])
            continue;
        if (theme->n_slots == 0)
            theme->group = item->group;
        else if (theme->group != item->group)
            theme->group = -1;
        slots[theme->n_slots++] = (int)s;
        theme->max += item->parallel_of < 0 ? item->max : 0;
    }
    theme->slots = slots;
    return theme->n_slots ? TL_OK : tl_index_fail(&w->t, row, MEMBERS, err, "no indicator");
}

/* A theme in the total: of one group, whose weight it takes, and apart from the others. */
static tl_status claim(const themes *w, size_t row, tl_error *err)
{
    const tl_index *x = w->x;
    const tl_index_theme *theme = &w->all[row];
    if (theme->group < 0 && x->n_groups)
        return tl_index_fail(&w->t, row, IN_TOTAL, err,
                             "yes, but its indicators are of different groups");
    for (size_t i = 0; i < theme->n_slots; i++) {
        int *owner = &w->owner[theme->slots[i]];
        if (*owner >= 0)
            return tl_index_fail(
                &w->t, row, IN_TOTAL, err, "yes, but '%s' is counted by the theme '%s' already",
                x->items[x->slot_items[theme->slots[i]]].code, w->all[*owner].code);
        *owner = (int)row;
    }
    return TL_OK;
}

static tl_status read_theme(const themes *w, size_t row, tl_arena *arena, tl_error *err)
{
    tl_index_theme *theme = &w->all[row];
    const char *names[2] = { 0 }, *shorts[2] = { 0 };
    tl_status st = tl_index_cell_code(&w->t, row, CODE, &theme->code, err);
    if (st == TL_OK)
        st = tl_index_cell_names(&w->t, row, NAME_EN, NULL, names, err);
    if (st == TL_OK)
        st = tl_index_cell_names(&w->t, row, SHORT_EN, names, shorts, err);
    if (st == TL_OK)
        st = tl_index_cell_flag(&w->t, row, IN_TOTAL, &theme->in_total, err);
    if (st == TL_OK)
        st = tl_index_cell_flag(&w->t, row, PRINTED, &theme->printed, err);
    if (st == TL_OK)
        st = read_members(w, row, err);
    if (st == TL_OK)
        st = settle_members(w, row, arena, err);
    theme->name_en = names[0];
    theme->name_zh = names[1];
    theme->short_en = shorts[0];
    theme->short_zh = shorts[1];
    return st == TL_OK && theme->in_total ? claim(w, row, err) : st;
}

/* Where any theme counts in the total, together they count everything. */
static tl_status check_partition(const themes *w, tl_error *err)
{
    const tl_index *x = w->x;
    bool any = false;
    for (size_t i = 0; i < w->t.sheet.rows; i++)
        any = any || w->all[i].in_total;
    for (size_t s = 0; any && s < x->n_slots; s++)
        if (w->owner[s] < 0)
            return tl_fail(err, TL_EINPUT, "themes.csv: no theme with in_total counts '%s'",
                           x->items[x->slot_items[s]].code);
    return TL_OK;
}

tl_status tl_index_load_themes(tl_index_loader *l, tl_error *err)
{
    tl_index *x = l->x;
    themes w = { .x = x };
    tl_status st = tl_index_rows_read(&w.t, l, &themes_file, x->kind == TL_INDEX_POINTS, err);
    size_t n = w.t.sheet.rows;
    if (st != TL_OK || n == 0)
        return st;
    w.all = tl_arena_alloc(l->arena, n, sizeof *w.all);
    w.named = tl_arena_alloc(l->arena, x->n_items + 1, sizeof *w.named);
    w.held = tl_arena_alloc(l->arena, x->n_slots + 1, sizeof *w.held);
    w.owner = tl_arena_alloc(l->arena, x->n_slots + 1, sizeof *w.owner);
    if (!w.all || !w.named || !w.held || !w.owner)
        return tl_fail_nomem(err);
    for (size_t s = 0; s < x->n_slots; s++)
        w.owner[s] = -1;
    for (size_t i = 0; st == TL_OK && i < n; i++)
        st = read_theme(&w, i, l->arena, err);
    if (st == TL_OK)
        st = tl_index_rows_unique(&w.t, CODE, err);
    if (st == TL_OK)
        st = check_partition(&w, err);
    x->themes = w.all;
    x->n_themes = n;
    return st;
}
