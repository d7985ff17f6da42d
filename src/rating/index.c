/* index.c - a definition from texts or from an installed set, and looking things up in it. */
#include "rating/index.h"

#include <assert.h>
#include <string.h>

#include "rating/index_priv.h"

#define KIND "index"

/* The rows of index.csv; unset texts are NULL. */
enum { OPTION_KIND, OPTION_FULL, OPTION_STEP, OPTION_WEIGHTING, OPTIONS };

static tl_status load_option(tl_index *x, const tl_index_rows *t, size_t row, bool seen[OPTIONS],
                             tl_error *err)
{
    static const char *const names[] = { "kind", "full_points", "step", "weighting" };
    static const char *const kinds[] = { "points", "stars" };
    static const char *const weightings[] = { "none", "scope12-scope3" };
    int option = 0, word = 0;
    tl_status st = tl_index_cell_word(t, row, 0, names, OPTIONS, &option, err);
    if (st != TL_OK)
        return st;
    seen[option] = true;
    switch (option) {
    case OPTION_KIND:
        st = tl_index_cell_word(t, row, 1, kinds, 2, &word, err);
        x->kind = (tl_index_kind)word;
        return st;
    case OPTION_WEIGHTING:
        st = tl_index_cell_word(t, row, 1, weightings, 2, &word, err);
        x->weighted = word == 1;
        return st;
    default:
        break;
    }
    tl_points *to = option == OPTION_FULL ? &x->full : &x->step;
    st = tl_index_cell_points(t, row, 1, to, err);
    if (st == TL_OK && *to == 0)
        st = tl_index_fail(t, row, 1, err, "0, expected more");
    return st;
}

/* kind and full_points are always needed; step and weighting where indicators are. */
static tl_status load_options(tl_index_loader *l, tl_error *err)
{
    static const tl_index_file file = { "index.csv", { "name", "value" }, 20 };
    tl_index *x = l->x;
    bool seen[OPTIONS] = { false };
    tl_index_rows t;
    tl_status st = tl_index_rows_read(&t, l, &file, true, err);
    if (st == TL_OK)
        st = tl_index_rows_unique(&t, 0, err);
    for (size_t row = 0; st == TL_OK && row < t.sheet.rows; row++)
        st = load_option(x, &t, row, seen, err);
    if (st != TL_OK)
        return st;
    if (!seen[OPTION_KIND])
        return tl_fail(err, TL_EINPUT, "index.csv: no row 'kind'");
    if (!seen[OPTION_FULL])
        return tl_fail(err, TL_EINPUT, "index.csv: no row 'full_points'");
    if (x->kind == TL_INDEX_POINTS && !(seen[OPTION_STEP] && seen[OPTION_WEIGHTING]))
        return tl_fail(err, TL_EINPUT, "index.csv: no row '%s'",
                       seen[OPTION_STEP] ? "weighting" : "step");
    if (x->kind == TL_INDEX_STARS && x->weighted)
        return tl_fail(err, TL_EINPUT, "index.csv: a star rating has no weighting");
    if (!seen[OPTION_STEP])
        x->step = 1;
    if (x->full % x->step != 0)
        return tl_fail(err, TL_EINPUT, "index.csv: step does not divide full_points");
    return TL_OK;
}

static tl_status check_texts(const tl_index_text *texts, size_t n, tl_error *err)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(texts[i].name, texts[k].name) == 0)
                return tl_fail(err, TL_EINPUT, "%s comes twice", texts[i].name);
    return TL_OK;
}

tl_status tl_index_parse(const tl_dataset *set, const tl_index_text *texts, size_t n,
                         tl_arena *arena, tl_index *out, tl_error *err)
{
    static tl_status (*const parts[])(tl_index_loader *, tl_error *) = {
        load_options,          tl_index_load_groups, tl_index_load_items,
        tl_index_weigh_groups, tl_index_load_themes, tl_index_load_bands,
        tl_index_load_weights, tl_index_load_stars,  tl_index_load_marks,
    };
    tl_index x = { .id = set->id,
                   .version = set->version,
                   .date = set->date,
                   .checksum = set->checksum,
                   .title_en = set->title_en,
                   .title_zh = set->title_zh };
    tl_index_loader l = { texts, n, arena, &x, NULL };
    *out = (tl_index){ 0 };
    tl_status st = check_texts(texts, n, err);
    for (size_t i = 0; st == TL_OK && i < sizeof parts / sizeof *parts; i++)
        st = parts[i](&l, err);
    if (st == TL_OK)
        *out = x;
    return st;
}

/* The files of a definition, with what the manifest may say of their rows at most: enough to refuse
 * a million of them unread. */
static const struct {
    const char *name;
    int64_t rows;
} files[] = {
    { "index.csv", 20 },
    { "items.csv", TL_INDEX_ITEMS_MAX },
    { "groups.csv", TL_INDEX_GROUPS_MAX },
    { "themes.csv", TL_INDEX_THEMES_MAX },
    { "bands.csv", TL_INDEX_BANDS_MAX },
    { "weights.csv", TL_INDEX_WEIGHTS_MAX },
    { "stars.csv", TL_INDEX_STARS_MAX },
    { "marks.csv", TL_INDEX_MARKS_MAX },
};
static_assert(sizeof files / sizeof *files == TL_INDEX_FILES, "a file of a definition");

/* *more is false where the set does not have the file. */
static tl_status read_text(tl_store *s, const tl_dataset *set, size_t file, tl_arena *arena,
                           tl_index_text *out, bool *more, tl_error *err)
{
    *more = false;
    for (size_t i = 0; i < set->file_count; i++) {
        if (strcmp(set->files[i].path, files[file].name) != 0)
            continue;
        if (set->files[i].rows > files[file].rows)
            return tl_fail(err, TL_EINPUT, "%s: more than %d rows", files[file].name,
                           (int)files[file].rows);
        *more = true;
        out->name = files[file].name;
        return tl_dataset_read(s, set, out->name, arena, &out->data, &out->n, err);
    }
    return TL_OK;
}

tl_status tl_index_texts(tl_store *s, const tl_dataset *set, tl_arena *arena,
                         tl_index_text texts[TL_INDEX_FILES], size_t *n, tl_error *err)
{
    tl_status st = TL_OK;
    *n = 0;
    if (strcmp(set->kind, KIND) != 0)
        return tl_fail(err, TL_EINPUT, "%s@%s is a set of kind '%s', expected '" KIND "'", set->id,
                       set->version, set->kind);
    for (size_t i = 0; st == TL_OK && i < TL_INDEX_FILES; i++) {
        bool more;
        st = read_text(s, set, i, arena, &texts[*n], &more, err);
        *n += more;
    }
    return st;
}

static tl_status read_set(tl_store *s, const tl_dataset *set, tl_arena *arena, tl_index *out,
                          tl_error *err)
{
    tl_index_text texts[TL_INDEX_FILES];
    size_t n;
    tl_status st = tl_index_texts(s, set, arena, texts, &n, err);
    if (st == TL_EINPUT && strcmp(set->kind, KIND) != 0)
        return st;
    if (st == TL_OK)
        st = tl_index_parse(set, texts, n, arena, out, err);
    return st == TL_OK ? TL_OK : tl_context(err, st, "%s@%s", set->id, set->version);
}

tl_status tl_index_open(tl_store *s, const char *reference, tl_arena *arena, tl_index *out,
                        tl_error *err)
{
    const char *id, *version;
    tl_dataset set;
    *out = (tl_index){ 0 };
    tl_status st = tl_dataset_reference(reference, arena, &id, &version, err);
    if (st == TL_OK)
        st = tl_dataset_get(s, id, version, arena, &set, err);
    return st == TL_OK ? read_set(s, &set, arena, out, err) : st;
}

tl_status tl_index_check_set(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                             tl_error *err)
{
    tl_index x;
    tl_status st = read_set(s, set, arena, &x, err);
    if (st == TL_OK)
        *rows = (int64_t)x.n_slots;
    return st;
}

int tl_index_find_item(const tl_index *x, const char *code)
{
    size_t low = 0, high = x->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(code, x->items[x->by_code[middle]].code);
        if (order == 0)
            return x->by_code[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return -1;
}

int tl_index_find_theme(const tl_index *x, const char *code)
{
    for (size_t i = 0; i < x->n_themes; i++)
        if (strcmp(x->themes[i].code, code) == 0)
            return (int)i;
    return -1;
}

const tl_index_industry *tl_index_find_industry(const tl_index *x, const char *key)
{
    for (size_t i = 0; i < x->n_industries; i++)
        if (strcmp(x->industries[i].key, key) == 0)
            return &x->industries[i];
    return NULL;
}

const tl_index_mark *tl_index_find_mark(const tl_index *x, const char *subject)
{
    for (size_t i = 0; i < x->n_marks; i++)
        if (strcmp(x->marks[i].subject, subject) == 0)
            return &x->marks[i];
    return NULL;
}
