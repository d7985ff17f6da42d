/* statistics.c - counts, means and medians over a league table.
 *
 * Totals and points are added as whole numbers, so no mean depends on the order of the rows; one
 * division at the end makes a number of the sum. */
#include "rating/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"

/* Where the last bin ends. Bonus items lift star ratings above the full points. */
static tl_points last_edge(const tl_index *x, const tl_league_row *rows, size_t n, tl_points width)
{
    const tl_total bin = (tl_total)width * TL_WEIGHT_ONE;
    tl_points edge = x->full;
    for (size_t i = 0; i < n && x->kind == TL_INDEX_STARS; i++) {
        tl_total end = (rows[i].card->score.total / bin + 1) * bin / TL_WEIGHT_ONE;
        if (end > edge && end <= TL_POINTS_MAX)
            edge = (tl_points)end;
    }
    return edge;
}

tl_status tl_histogram_make(const tl_index *x, const tl_league_row *rows, size_t n, tl_points width,
                            tl_arena *arena, tl_histogram *out, tl_error *err)
{
    char text[TL_POINTS_TEXT], full[TL_POINTS_TEXT];
    *out = (tl_histogram){ 0 };
    tl_points_format(width < 0 ? 0 : width, text);
    tl_points edge = width > 0 ? last_edge(x, rows, n, width) : x->full;
    tl_points_format(edge, full);
    if (width <= 0 || x->full % width != 0)
        return tl_fail(err, TL_EINPUT, "a width of %s points does not divide the full %s", text,
                       full);
    size_t bins = (size_t)(edge / width);
    if (bins > TL_HISTOGRAM_BINS_MAX)
        return tl_fail(err, TL_EINPUT, "a width of %s points makes %zu bins, at most %d", text,
                       bins, TL_HISTOGRAM_BINS_MAX);
    const tl_total bin = (tl_total)width * TL_WEIGHT_ONE, end = (tl_total)edge * TL_WEIGHT_ONE;
    size_t *counts = tl_arena_alloc(arena, bins, sizeof *counts);
    if (!counts)
        return tl_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        tl_total total = rows[i].card->score.total;
        if (total < 0 || total > end)
            return tl_fail(err, TL_EINPUT, "%s: its total is not between 0 and %s points",
                           rows[i].card->company.id, full);
        counts[total == end ? bins - 1 : (size_t)(total / bin)]++;
    }
    *out = (tl_histogram){ .width = width, .counts = counts, .n = bins };
    return TL_OK;
}

/* The rows of one group, in the order of the league table: best total first. */
struct bucket {
    const char *key;
    const tl_league_row **rows;
    size_t n;
};

static const char *field_of(const tl_league_row *row, tl_league_field field)
{
    const tl_company *c = &row->card->company;
    const char *text = field == TL_BY_REGION_GROUP   ? c->region_group
                       : field == TL_BY_COUNTRY      ? c->country
                       : field == TL_BY_LISTED       ? c->listed
                       : field == TL_BY_PRODUCT_TYPE ? c->product_type
                                                     : "";
    return text ? text : "";
}

/* Gives each row the number of its group; map: key -> number, counts in its values. */
static tl_status number_groups(const tl_league_row *rows, size_t n, tl_league_field field,
                               tl_map *map, size_t *group_of, tl_error *err)
{
    for (size_t i = 0; i < n; i++) {
        bool there;
        tl_status st =
            tl_map_add(map, tl_span_of(field_of(&rows[i], field)), 0, &group_of[i], &there, err);
        if (st != TL_OK)
            return st;
        tl_map_set(map, group_of[i], tl_map_value(map, group_of[i]) + 1);
    }
    return TL_OK;
}

static int by_size(const void *a, const void *b)
{
    const struct bucket *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->key, y->key);
}

static tl_status fill_buckets(const tl_league_row *rows, size_t n, const tl_map *map,
                              const size_t *group_of, tl_arena *arena, struct bucket **out,
                              tl_error *err)
{
    size_t groups = tl_map_size(map);
    struct bucket *b = tl_arena_alloc(arena, groups, sizeof *b);
    if (!b)
        return tl_fail_nomem(err);
    for (size_t g = 0; g < groups; g++) {
        b[g].key = tl_arena_str(arena, tl_map_key(map, g));
        b[g].rows = tl_arena_alloc(arena, (size_t)tl_map_value(map, g), sizeof(tl_league_row *));
        if (!b[g].key || !b[g].rows)
            return tl_fail_nomem(err);
    }
    for (size_t i = 0; i < n; i++) {
        struct bucket *to = &b[group_of[i]];
        to->rows[to->n++] = &rows[i];
    }
    if (groups > 0)
        qsort(b, groups, sizeof *b, by_size);
    *out = b;
    return TL_OK;
}

static tl_status make_buckets(const tl_league_row *rows, size_t n, tl_league_field field,
                              tl_arena *arena, struct bucket **out, size_t *groups, tl_error *err)
{
    tl_map *map = NULL;
    size_t *group_of = tl_arena_alloc(arena, n, sizeof *group_of);
    if (!group_of)
        return tl_fail_nomem(err);
    tl_status st = tl_map_new(&map, err);
    if (st == TL_OK)
        st = number_groups(rows, n, field, map, group_of, err);
    if (st == TL_OK)
        st = fill_buckets(rows, n, map, group_of, arena, out, err);
    *groups = st == TL_OK ? tl_map_size(map) : 0;
    tl_map_free(map);
    return st;
}

static int ascending(const void *a, const void *b)
{
    tl_total x = *(const tl_total *)a, y = *(const tl_total *)b;
    return (x > y) - (x < y);
}

/* A bucket holds one row at least; sorted has room for all its totals. The sum holds: a total is at
 * most 1e12 ten-millionths, so nine million companies fit. */
static void describe_totals(const struct bucket *b, tl_total *sorted, tl_group_statistics *out)
{
    tl_total sum = 0;
    for (size_t i = 0; i < b->n; i++)
        sum += sorted[i] = b->rows[i]->card->score.total;
    qsort(sorted, b->n, sizeof *sorted, ascending);
    const size_t half = b->n / 2;
    const tl_total middle_two = sorted[half] + sorted[b->n % 2 ? half : half - 1];
    out->lowest = sorted[0];
    out->highest = sorted[b->n - 1];
    out->mean_total = tl_total_number(sum) / (double)b->n;
    out->median_total = tl_total_number(middle_two) / 2;
}

static void describe_theme(const struct bucket *b, const tl_index_theme *theme, size_t place,
                           tl_theme_statistics *out)
{
    int64_t sum = 0;
    for (size_t i = 0; i < b->n; i++) {
        tl_points p = b->rows[i]->card->score.theme[place];
        if (p < 0) /* one of the empties: not a zero */
            continue;
        out->known++;
        out->above_zero += p > 0;
        out->full += p >= theme->max && theme->max > 0;
        sum += p;
    }
    out->mean_rate = out->known > 0 && theme->max > 0
                         ? (double)sum / ((double)out->known * (double)theme->max)
                         : (double)NAN;
}

static void count_bands(const struct bucket *b, const tl_index *x, size_t *bands)
{
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; b->rows[i]->band && k < x->n_bands; k++)
            bands[k] += strcmp(b->rows[i]->band->code, x->bands[k].code) == 0;
}

static tl_status describe(const struct bucket *b, const tl_index *x, tl_total *sorted,
                          tl_arena *arena, tl_group_statistics *out, tl_error *err)
{
    size_t *bands = tl_arena_alloc(arena, x->n_bands, sizeof *bands);
    tl_theme_statistics *themes = tl_arena_alloc(arena, x->n_themes, sizeof *themes);
    if (!bands || !themes)
        return tl_fail_nomem(err);
    *out = (tl_group_statistics){ .key = b->key, .n = b->n, .bands = bands, .themes = themes };
    describe_totals(b, sorted, out);
    count_bands(b, x, bands);
    for (size_t t = 0; t < x->n_themes; t++)
        describe_theme(b, &x->themes[t], t, &themes[t]);
    for (size_t i = 0; i < b->n; i++)
        out->all_themes += b->rows[i]->card->score.all_themes_positive;
    return TL_OK;
}

tl_status tl_statistics_make(const tl_index *x, const tl_league_row *rows, size_t n,
                             tl_league_field field, tl_arena *arena,
                             const tl_group_statistics **out, size_t *n_groups, tl_error *err)
{
    struct bucket *buckets = NULL;
    size_t groups = 0;
    *out = NULL;
    *n_groups = 0;
    tl_status st = make_buckets(rows, n, field, arena, &buckets, &groups, err);
    if (st != TL_OK)
        return st;
    tl_group_statistics *stats = tl_arena_alloc(arena, groups, sizeof *stats);
    tl_total *sorted = tl_arena_alloc(arena, n, sizeof *sorted);
    if (!stats || !sorted)
        return tl_fail_nomem(err);
    for (size_t g = 0; g < groups; g++)
        if ((st = describe(&buckets[g], x, sorted, arena, &stats[g], err)) != TL_OK)
            return st;
    *out = stats;
    *n_groups = groups;
    return TL_OK;
}

tl_check tl_check_of(tl_points points, tl_points max)
{
    if (points < 0)
        return TL_CHECK_UNKNOWN;
    if (points == 0)
        return TL_CHECK_NO;
    return points < max ? TL_CHECK_PARTLY : TL_CHECK_YES;
}

const char *tl_check_name(tl_check check, bool zh)
{
    static const char *const names[][2] = { [TL_CHECK_UNKNOWN] = { "not known", "未知" },
                                            [TL_CHECK_NO] = { "no", "否" },
                                            [TL_CHECK_PARTLY] = { "partly", "部分" },
                                            [TL_CHECK_YES] = { "yes", "是" } };
    return names[check][zh];
}
