/* index_parts.c - the flat parts of a definition: groups, bands, weights, stars, marks. */
#include <stdio.h>
#include <string.h>

#include "rating/index_priv.h"

/* Room for n rows; NULL only when out of memory. */
static void *rows_alloc(const tl_index_loader *l, size_t n, size_t size)
{
    return tl_arena_alloc(l->arena, n ? n : 1, size);
}

tl_status tl_index_load_groups(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "groups.csv",
                                        { "code", "name_en", "name_zh", "weight" },
                                        TL_INDEX_GROUPS_MAX };
    static const char *const weights[] = { "none", "scope12", "scope3" };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, l->x->kind == TL_INDEX_POINTS, err);
    size_t n = t.sheet.rows;
    if (st != TL_OK)
        return st;
    if (!(l->groups = rows_alloc(l, n, sizeof *l->groups)))
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const char *names[2] = { 0 };
        int weight = 0;
        st = tl_index_cell_code(&t, i, 0, &l->groups[i].code, err);
        if (st == TL_OK)
            st = tl_index_cell_names(&t, i, 1, NULL, names, err);
        if (st == TL_OK)
            st = tl_index_cell_word(&t, i, 3, weights, 3, &weight, err);
        l->groups[i].name_en = names[0];
        l->groups[i].name_zh = names[1];
        l->groups[i].weight = (tl_group_weight)weight;
    }
    if (st == TL_OK && n)
        st = tl_index_rows_unique(&t, 0, err);
    l->x->groups = l->groups;
    l->x->n_groups = n;
    return st;
}

/* What each group is worth. Full marks have to give the same total under every share w of scope 1&2
 * (U + 2w S12 + 2(1-w) S3), which they do only where S12 and S3 are worth the same. */
tl_status tl_index_weigh_groups(tl_index_loader *l, tl_error *err)
{
    const tl_index *x = l->x;
    int64_t worth[3] = { 0 };
    for (size_t i = 0; i < x->n_slots; i++) {
        const tl_index_item *item = &x->items[x->slot_items[i]];
        if (item->group >= 0 && item->parallel_of < 0)
            l->groups[item->group].max += item->max;
    }
    for (size_t g = 0; g < x->n_groups; g++) {
        if (x->n_slots && l->groups[g].max == 0)
            return tl_fail(err, TL_EINPUT, "groups.csv: no indicator belongs to '%s'",
                           l->groups[g].code);
        worth[l->groups[g].weight] += l->groups[g].max;
    }
    if (!x->weighted || (worth[TL_SCOPE12] == worth[TL_SCOPE3] && worth[TL_SCOPE3] > 0))
        return TL_OK;
    char s12[TL_POINTS_TEXT], s3[TL_POINTS_TEXT];
    tl_points_format((tl_points)worth[TL_SCOPE12], s12);
    tl_points_format((tl_points)worth[TL_SCOPE3], s3);
    return tl_fail(err, TL_EINPUT,
                   "groups.csv: scope12 is worth %s and scope3 %s, but where they are weighted "
                   "both have to be worth the same",
                   s12, s3);
}

/* Bands fall strictly; of two with the same beginning the first is without it. */
static tl_status check_band(const tl_index_rows *t, size_t row, const tl_index_band *bands,
                            tl_total full, tl_error *err)
{
    const tl_index_band *band = &bands[row];
    if (band->from > full)
        return tl_index_fail(t, row, 3, err, "above full_points");
    if (row > 0 && (band->from > band[-1].from ||
                    (band->from == band[-1].from && !(band[-1].above && !band->above))))
        return tl_index_fail(t, row, 3, err, "not below the band before: the highest stands first");
    if (row + 1 == t->sheet.rows && (band->from != 0 || band->above))
        return tl_index_fail(t, row, 3, err, "the last band has to begin at 0, with 0 in it");
    return TL_OK;
}

tl_status tl_index_load_bands(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "bands.csv",
                                        { "code", "name_en", "name_zh", "from", "above" },
                                        TL_INDEX_BANDS_MAX };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, l->x->kind == TL_INDEX_POINTS, err);
    size_t n = t.sheet.rows;
    if (st != TL_OK)
        return st;
    tl_index_band *bands = rows_alloc(l, n, sizeof *bands);
    if (!bands)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const char *names[2] = { 0 };
        tl_points from = 0;
        st = tl_index_cell_code(&t, i, 0, &bands[i].code, err);
        if (st == TL_OK)
            st = tl_index_cell_names(&t, i, 1, NULL, names, err);
        if (st == TL_OK)
            st = tl_index_cell_points(&t, i, 3, &from, err);
        if (st == TL_OK)
            st = tl_index_cell_flag(&t, i, 4, &bands[i].above, err);
        bands[i].name_en = names[0];
        bands[i].name_zh = names[1];
        bands[i].from = (tl_total)from * TL_WEIGHT_ONE;
        if (st == TL_OK)
            st = check_band(&t, i, bands, (tl_total)l->x->full * TL_WEIGHT_ONE, err);
    }
    if (st == TL_OK && n)
        st = tl_index_rows_unique(&t, 0, err);
    l->x->bands = bands;
    l->x->n_bands = n;
    return st;
}

tl_status tl_index_load_weights(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "weights.csv",
                                        { "industry", "name_en", "name_zh",
                                          "scope12_share_percent" },
                                        TL_INDEX_WEIGHTS_MAX };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, false, err);
    size_t n = t.sheet.rows;
    if (st != TL_OK)
        return st;
    if (n && !l->x->weighted)
        return tl_fail(err, TL_EINPUT, "weights.csv: the index has no weighting (index.csv)");
    tl_index_industry *industries = rows_alloc(l, n, sizeof *industries);
    if (!industries)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        const char *names[2] = { 0 };
        st = tl_index_cell_code(&t, i, 0, &industries[i].key, err);
        if (st == TL_OK)
            st = tl_index_cell_names(&t, i, 1, NULL, names, err);
        if (st == TL_OK)
            st = tl_index_cell_percent(&t, i, 3, &industries[i].scope12, err);
        industries[i].name_en = names[0];
        industries[i].name_zh = names[1];
    }
    if (st == TL_OK && n)
        st = tl_index_rows_unique(&t, 0, err);
    l->x->industries = industries;
    l->x->n_industries = n;
    return st;
}

/* More stars ask for a higher score and for no smaller a share. */
static tl_status check_star(const tl_index_rows *t, size_t row, const tl_index_star *stars,
                            tl_error *err)
{
    const tl_index_star *star = &stars[row];
    if (row > 0 && star->stars >= star[-1].stars)
        return tl_index_fail(t, row, 0, err, "not below the row before: most stars stand first");
    if (row > 0 && star->score_from >= star[-1].score_from)
        return tl_index_fail(t, row, 1, err, "not below that of the row before");
    if (row > 0 && star->share_from > star[-1].share_from)
        return tl_index_fail(t, row, 2, err, "above that of the row before");
    if (row + 1 == t->sheet.rows && (star->score_from != 0 || star->share_from > 0))
        return tl_index_fail(t, row, 1, err, "the last row has to begin at 0 and ask for no share");
    return TL_OK;
}

tl_status tl_index_load_stars(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "stars.csv",
                                        { "stars", "score_from", "mandatory_share_from_percent" },
                                        TL_INDEX_STARS_MAX };
    static const char *const counts[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, l->x->kind == TL_INDEX_STARS, err);
    size_t n = t.sheet.rows;
    if (st != TL_OK)
        return st;
    if (n && l->x->kind != TL_INDEX_STARS)
        return tl_fail(err, TL_EINPUT, "stars.csv: the index is no star rating (index.csv)");
    tl_index_star *stars = rows_alloc(l, n, sizeof *stars);
    if (!stars)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        int count = 0;
        st = tl_index_cell_word(&t, i, 0, counts, TL_INDEX_STARS_MAX, &count, err);
        stars[i].stars = count + 1;
        stars[i].share_from = -1;
        if (st == TL_OK)
            st = tl_index_cell_points(&t, i, 1, &stars[i].score_from, err);
        if (st == TL_OK && *tl_index_cell(&t, i, 2))
            st = tl_index_cell_percent(&t, i, 2, &stars[i].share_from, err);
        if (st == TL_OK)
            st = check_star(&t, i, stars, err);
    }
    l->x->stars = stars;
    l->x->n_stars = n;
    return st;
}

/* True if code is that of one of n things of `size` bytes whose first member is their code. */
static bool is_among(const char *code, const void *things, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(*(const char *const *)(const void *)((const char *)things + i * size), code) ==
            0)
            return true;
    return false;
}

/* A mark that speaks of nothing would never be seen. */
static tl_status check_subject(const tl_index *x, const tl_index_rows *t, size_t row, tl_error *err)
{
    const char *subject = tl_index_cell(t, row, 0);
    const struct {
        const char *word;
        const void *things;
        size_t n, size;
    } kinds[] = {
        { "item:", x->items, x->n_items, sizeof *x->items },
        { "group:", x->groups, x->n_groups, sizeof *x->groups },
        { "theme:", x->themes, x->n_themes, sizeof *x->themes },
        { "band:", x->bands, x->n_bands, sizeof *x->bands },
        { "industry:", x->industries, x->n_industries, sizeof *x->industries },
    };
    if (!strchr(subject, ':')) {
        const char *code;
        return tl_index_cell_code(t, row, 0, &code, err);
    }
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (!tl_text_starts(subject, kinds[k].word))
            continue;
        if (is_among(subject + strlen(kinds[k].word), kinds[k].things, kinds[k].n, kinds[k].size))
            return TL_OK;
        return tl_index_fail(t, row, 0, err, "'%.60s' is not in this definition", subject);
    }
    return tl_index_fail(t, row, 0, err,
                         "'%.60s', expected a word, or item:, group:, theme:, band: or industry: "
                         "with a code",
                         subject);
}

tl_status tl_index_load_marks(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "marks.csv",
                                        { "subject", "mark", "note_en", "note_zh" },
                                        TL_INDEX_MARKS_MAX };
    static const char *const words[] = { "inferred", "design" };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, false, err);
    size_t n = t.sheet.rows;
    if (st != TL_OK)
        return st;
    tl_index_mark *marks = rows_alloc(l, n, sizeof *marks);
    if (!marks)
        return tl_fail_nomem(err);
    for (size_t i = 0; st == TL_OK && i < n; i++) {
        int word = 0;
        marks[i].subject = tl_index_cell(&t, i, 0);
        st = check_subject(l->x, &t, i, err);
        if (st == TL_OK)
            st = tl_index_cell_word(&t, i, 1, words, 2, &word, err);
        if (st == TL_OK)
            st = tl_index_cell_long(&t, i, 2, &marks[i].note_en, err);
        if (st == TL_OK)
            st = tl_index_cell_long(&t, i, 3, &marks[i].note_zh, err);
        marks[i].mark = words[word];
    }
    if (st == TL_OK && n)
        st = tl_index_rows_unique(&t, 0, err);
    l->x->marks = marks;
    l->x->n_marks = n;
    return st;
}
