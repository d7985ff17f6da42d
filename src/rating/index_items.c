/* index_items.c - the tree of a definition: dimensions, sub-dimensions, indicators.
 *
 * All checks work on the rows in the order of the file, so that item i is row i and a fault has its
 * line; only then are parents put before their children. */
#include <stdlib.h>
#include <string.h>

#include "rating/index_priv.h"

/* Columns of items.csv. */
enum {
    CODE,
    PARENT,
    LEVEL,
    NAME_EN,
    NAME_ZH,
    MAX_POINTS,
    STEP,
    GROUP,
    REQUIREMENT,
    PARALLEL_OF,
    EVIDENCE_EN,
    EVIDENCE_ZH
};

static const tl_index_file items_file = { "items.csv",
                                          { "code", "parent", "level", "name_en", "name_zh",
                                            "max_points", "step", "group", "requirement",
                                            "parallel_of", "evidence_en", "evidence_zh" },
                                          TL_INDEX_ITEMS_MAX };

/* The tree while it is checked; links count rows. */
typedef struct tree {
    tl_index *x;
    tl_index_rows t;
    tl_map *codes; /* owned */
    tl_index_item *items;
    size_t n;
} tree;

static tl_status read_numbers(const tree *w, size_t row, tl_index_item *item, tl_error *err)
{
    item->step = w->x->step;
    tl_status st = tl_index_cell_points(&w->t, row, MAX_POINTS, &item->max, err);
    if (st == TL_OK && item->max == 0)
        st = tl_index_fail(&w->t, row, MAX_POINTS, err, "0, expected more");
    if (st == TL_OK && *tl_index_cell(&w->t, row, STEP))
        st = tl_index_cell_points(&w->t, row, STEP, &item->step, err);
    if (st != TL_OK)
        return st;
    if (item->step == 0 || item->max % item->step != 0) {
        char step[TL_POINTS_TEXT], max[TL_POINTS_TEXT];
        tl_points_format(item->step, step);
        tl_points_format(item->max, max);
        return tl_index_fail(&w->t, row, STEP, err, "a step of %s does not divide %s", step, max);
    }
    return TL_OK;
}

static tl_status read_group(const tree *w, size_t row, tl_index_item *item, tl_error *err)
{
    const char *code = tl_index_cell(&w->t, row, GROUP);
    item->group = -1;
    if (item->level != TL_INDICATOR)
        return *code ? tl_index_fail(&w->t, row, GROUP, err,
                                     "'%.60s', but only indicators belong to a group", code)
                     : TL_OK;
    if (!*code && w->x->n_groups == 0)
        return TL_OK;
    for (size_t g = 0; g < w->x->n_groups; g++)
        if (strcmp(w->x->groups[g].code, code) == 0)
            item->group = (int)g;
    if (item->group >= 0)
        return TL_OK;
    return tl_index_fail(&w->t, row, GROUP, err, "'%.60s' is no group of groups.csv", code);
}

/* Everything of a row that needs no other row. */
static tl_status read_item(const tree *w, size_t row, tl_error *err)
{
    static const char *const levels[] = { "dimension", "sub-dimension", "indicator" };
    static const char *const requirements[] = { "", "mandatory", "bonus" };
    tl_index_item *item = &w->items[row];
    const char *names[2] = { 0 };
    int level = 0, requirement = 0;
    tl_status st = tl_index_cell_code(&w->t, row, CODE, &item->code, err);
    if (st == TL_OK)
        st = tl_index_cell_word(&w->t, row, LEVEL, levels, 3, &level, err);
    if (st == TL_OK)
        st = tl_index_cell_names(&w->t, row, NAME_EN, NULL, names, err);
    if (st == TL_OK)
        st = tl_index_cell_word(&w->t, row, REQUIREMENT, requirements, 3, &requirement, err);
    if (st == TL_OK)
        st = tl_index_cell_long(&w->t, row, EVIDENCE_EN, &item->evidence_en, err);
    if (st == TL_OK)
        st = tl_index_cell_long(&w->t, row, EVIDENCE_ZH, &item->evidence_zh, err);
    if (st != TL_OK)
        return st;
    item->name_en = names[0];
    item->name_zh = names[1];
    item->level = (tl_item_level)level;
    item->requirement = (tl_requirement)requirement;
    bool wanted = w->x->kind == TL_INDEX_STARS && item->level == TL_INDICATOR;
    if (wanted != (requirement != 0))
        return tl_index_fail(&w->t, row, REQUIREMENT, err,
                             wanted ? "empty, expected mandatory or bonus"
                                    : "only indicators of a star rating are mandatory or bonus");
    st = read_numbers(w, row, item, err);
    return st == TL_OK ? read_group(w, row, item, err) : st;
}

/* The row named in a cell, -1 for an empty one. */
static tl_status read_link(const tree *w, size_t row, size_t column, int *out, tl_error *err)
{
    const char *code = tl_index_cell(&w->t, row, column);
    uint64_t to = 0;
    *out = -1;
    if (!*code)
        return TL_OK;
    if (!tl_map_find(w->codes, tl_span_of(code), &to))
        return tl_index_fail(&w->t, row, column, err, "there is no item '%.60s'", code);
    *out = (int)to;
    return TL_OK;
}

/* Finds a ring of links (parents, or parallels): the walk from each row marks what it passes, and
 * stops where an earlier walk came by, so that every row is passed once. */
static tl_status check_rings(const tree *w, size_t column, const int *links, int *marks,
                             tl_error *err)
{
    memset(marks, 0, w->n * sizeof *marks);
    for (size_t start = 0; start < w->n; start++) {
        int at = (int)start;
        while (at >= 0 && marks[at] == 0) {
            marks[at] = (int)start + 1;
            at = links[at];
        }
        if (at >= 0 && marks[at] == (int)start + 1)
            return tl_index_fail(&w->t, (size_t)at, column, err,
                                 "'%s' leads back to itself by '%s'", w->items[at].code,
                                 w->items[links[at]].code);
    }
    return TL_OK;
}

static tl_status link_rows(const tree *w, tl_arena *arena, tl_error *err)
{
    int *parents = tl_arena_alloc(arena, w->n, sizeof *parents);
    int *beside = tl_arena_alloc(arena, w->n, sizeof *beside);
    int *marks = tl_arena_alloc(arena, w->n, sizeof *marks);
    tl_status st = parents && beside && marks ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < w->n; i++) {
        st = read_link(w, i, PARENT, &parents[i], err);
        if (st == TL_OK)
            st = read_link(w, i, PARALLEL_OF, &beside[i], err);
    }
    if (st == TL_OK)
        st = check_rings(w, PARENT, parents, marks, err);
    if (st == TL_OK)
        st = check_rings(w, PARALLEL_OF, beside, marks, err);
    for (size_t i = 0; st == TL_OK && i < w->n; i++) {
        w->items[i].parent = parents[i];
        w->items[i].parallel_of = beside[i];
    }
    return st;
}

static tl_status check_parent(const tree *w, size_t row, tl_error *err)
{
    static const char *const expected[] = {
        "a dimension has no parent",
        "the parent of a sub-dimension is a dimension",
        "an indicator belongs to a dimension or a sub-dimension",
    };
    const tl_index_item *item = &w->items[row];
    bool sound =
        item->parent < 0 ? item->level == TL_DIMENSION : w->items[item->parent].level < item->level;
    return sound ? TL_OK
                 : tl_index_fail(&w->t, row, PARENT, err, "'%.60s', but %s",
                                 tl_index_cell(&w->t, row, PARENT), expected[item->level]);
}

/* A parallel indicator stands for the other one: whatever decides how points count is the same. */
static tl_status check_parallel(const tree *w, size_t row, tl_error *err)
{
    const tl_index_item *item = &w->items[row];
    if (item->parallel_of < 0)
        return TL_OK;
    const tl_index_item *other = &w->items[item->parallel_of];
    if (item->level != TL_INDICATOR || other->level != TL_INDICATOR)
        return tl_index_fail(&w->t, row, PARALLEL_OF, err,
                             "only indicators stand beside each other");
    if (other->parallel_of >= 0)
        return tl_index_fail(&w->t, row, PARALLEL_OF, err, "'%s' is itself parallel, expected '%s'",
                             other->code, w->items[other->parallel_of].code);
    if (item->max != other->max)
        return tl_index_fail(&w->t, row, MAX_POINTS, err,
                             "differs from that of '%s', beside which it stands", other->code);
    if (item->parent != other->parent || item->group != other->group ||
        item->requirement != other->requirement)
        return tl_index_fail(&w->t, row, PARALLEL_OF, err,
                             "parent, group or requirement differ from those of '%s'", other->code);
    return TL_OK;
}

/* Says what something is worth and what its parts come to. */
static tl_status differs(const tree *w, size_t row, int64_t sum, tl_error *err)
{
    char max[TL_POINTS_TEXT], parts[TL_POINTS_TEXT];
    tl_points_format(w->items[row].max, max);
    tl_total_format(sum * TL_WEIGHT_ONE, 3, parts);
    return tl_index_fail(&w->t, row, MAX_POINTS, err, "%s, but what is below it comes to %s", max,
                         parts);
}

/* Dimensions come to full_points; in a star rating, where bonus items come on top, the mandatory
 * indicators do. */
static tl_status check_whole(const tree *w, int64_t dimensions, int64_t mandatory, tl_error *err)
{
    bool stars = w->x->kind == TL_INDEX_STARS;
    int64_t whole = stars ? mandatory : dimensions;
    char parts[TL_POINTS_TEXT], full[TL_POINTS_TEXT];
    tl_total_format(whole * TL_WEIGHT_ONE, 3, parts);
    tl_points_format(w->x->full, full);
    if (whole != w->x->full)
        return tl_fail(err, TL_EINPUT, "items.csv: %s come to %s points, expected %s",
                       stars ? "mandatory indicators" : "dimensions", parts, full);
    return dimensions <= TL_POINTS_MAX
               ? TL_OK
               : tl_fail(err, TL_EINPUT, "items.csv: dimensions come to more than %d points",
                         TL_POINTS_MAX / TL_POINT);
}

/* Children against parents, and the whole against full_points. */
static tl_status check_sums(const tree *w, tl_arena *arena, tl_error *err)
{
    int64_t *sums = tl_arena_alloc(arena, w->n, sizeof *sums);
    int64_t dimensions = 0, mandatory = 0;
    if (!sums)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < w->n; i++) {
        const tl_index_item *item = &w->items[i];
        if (item->parallel_of >= 0)
            continue;
        if (item->parent >= 0)
            sums[item->parent] += item->max;
        else
            dimensions += item->max;
        if (item->requirement == TL_MANDATORY)
            mandatory += item->max;
    }
    for (size_t i = 0; i < w->n; i++)
        if (w->items[i].level != TL_INDICATOR && sums[i] != w->items[i].max)
            return differs(w, i, sums[i], err);
    return check_whole(w, dimensions, mandatory, err);
}

/* The order of the file, each item after its ancestors: to[row] is its place, from[place] its row.
 * Two levels stand above an indicator, hence the two steps up. */
static void order_rows(const tree *w, int *to, int *from)
{
    int placed = 0;
    for (size_t i = 0; i < w->n; i++)
        to[i] = -1;
    for (size_t i = 0; i < w->n; i++) {
        int chain[3] = { (int)i, w->items[i].parent, -1 };
        if (chain[1] >= 0)
            chain[2] = w->items[chain[1]].parent;
        for (int k = 2; k >= 0; k--)
            if (chain[k] >= 0 && to[chain[k]] < 0) {
                from[placed] = chain[k];
                to[chain[k]] = placed++;
            }
    }
}

static int compare_codes(const void *a, const void *b, void *items)
{
    const tl_index_item *all = items;
    return strcmp(all[*(const int *)a].code, all[*(const int *)b].code);
}

/* Lays the checked rows down as the definition's items and slots. */
static tl_status settle(tl_index_loader *l, const tree *w, tl_error *err)
{
    tl_index *x = l->x;
    tl_index_item *items = tl_arena_alloc(l->arena, w->n, sizeof *items);
    int *slots = tl_arena_alloc(l->arena, w->n, sizeof *slots);
    int *by_code = tl_arena_alloc(l->arena, w->n, sizeof *by_code);
    int *to = tl_arena_alloc(l->arena, w->n, sizeof *to);
    int *from = tl_arena_alloc(l->arena, w->n, sizeof *from);
    if (!items || !slots || !by_code || !to || !from)
        return tl_fail_nomem(err);
    order_rows(w, to, from);
    for (size_t i = 0; i < w->n; i++) {
        tl_index_item *item = &items[i];
        *item = w->items[from[i]];
        item->parent = item->parent < 0 ? -1 : to[item->parent];
        item->parallel_of = item->parallel_of < 0 ? -1 : to[item->parallel_of];
        item->slot = -1;
        by_code[i] = (int)i;
        if (item->level == TL_INDICATOR) {
            item->slot = (int)x->n_slots;
            slots[x->n_slots++] = (int)i;
        }
    }
    qsort_r(by_code, w->n, sizeof *by_code, compare_codes, items);
    x->items = items;
    x->slot_items = slots;
    x->by_code = by_code;
    x->n_items = w->n;
    return TL_OK;
}

tl_status tl_index_load_items(tl_index_loader *l, tl_error *err)
{
    tree w = { .x = l->x };
    tl_status st = tl_index_rows_read(&w.t, l, &items_file, l->x->kind == TL_INDEX_POINTS, err);
    if (st != TL_OK || w.t.sheet.rows == 0)
        return st;
    w.n = w.t.sheet.rows;
    if (!(w.items = tl_arena_alloc(l->arena, w.n, sizeof *w.items)))
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < w.n; i++)
        st = read_item(&w, i, err);
    if (st == TL_OK)
        st = tl_index_rows_map(&w.t, CODE, &w.codes, err);
    if (st == TL_OK)
        st = link_rows(&w, l->arena, err);
    tl_map_free(w.codes);
    for (size_t i = 0; st == TL_OK && i < w.n; i++) {
        st = check_parent(&w, i, err);
        if (st == TL_OK)
            st = check_parallel(&w, i, err);
    }
    if (st == TL_OK)
        st = check_sums(&w, l->arena, err);
    return st == TL_OK ? settle(l, &w, err) : st;
}
