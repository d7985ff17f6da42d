/* crosswalk_read.c - the pairs of a crosswalk, read and checked.
 *
 * A crosswalk that forgets an indicator would show it as lost or as free without anybody having
 * decided so; hence every indicator of both sides stands in it exactly once. */
#include <string.h>

#include "base/text.h"
#include "format/sheet.h"
#include "rating/crosswalk_priv.h"

enum { FROM, TO, RELATION, NOTE_EN, NOTE_ZH, COLUMNS };

static const char *const relation_names[] = { "same", "scaled", "differs", "none" };

const char *tl_relation_name(tl_relation relation)
{
    return relation_names[relation];
}

struct reader {
    tl_sheet sheet;
    size_t at[COLUMNS];
    const tl_index *index[2]; /* FROM, TO */
    size_t *seen[2];          /* by slot: row of the sheet + 1, 0 = not yet */
};

static tl_status read_relation(const struct reader *r, size_t row, tl_relation *out, tl_error *err)
{
    const char *text = tl_sheet_text(&r->sheet, row, r->at[RELATION]);
    for (int i = 0; i <= (int)TL_NONE; i++) {
        if (strcmp(text, relation_names[i]) != 0)
            continue;
        *out = (tl_relation)i;
        return TL_OK;
    }
    return tl_sheet_fail(&r->sheet, row, r->at[RELATION], err,
                         "'%s' is no relation, expected same, scaled, differs or none", text);
}

/* The indicator named in column side; -1 for an empty cell. */
static tl_status read_code(struct reader *r, size_t row, int side, int *out, tl_error *err)
{
    const tl_index *x = r->index[side];
    const char *code = tl_sheet_text(&r->sheet, row, r->at[side]);
    *out = -1;
    if (!*code)
        return TL_OK;
    int item = tl_index_find_item(x, code);
    if (item < 0 || x->items[item].slot < 0)
        return tl_sheet_fail(&r->sheet, row, r->at[side], err, "'%s' is no indicator of %s %s",
                             code, x->id, x->version);
    size_t *seen = &r->seen[side][x->items[item].slot];
    if (*seen)
        return tl_sheet_fail(&r->sheet, row, r->at[side], err, "'%s' is there already in row %zu",
                             code, r->sheet.lines[*seen - 1]);
    *seen = row + 1;
    *out = item;
    return TL_OK;
}

/* What the relation says must be true of the two sides. */
static tl_status check_pair(const struct reader *r, size_t row, const tl_crosswalk_pair *p,
                            tl_error *err)
{
    const bool both = p->from >= 0 && p->to >= 0;
    if (p->from < 0 && p->to < 0)
        return tl_sheet_fail(&r->sheet, row, r->at[FROM], err, "neither side names an indicator");
    if (both && p->relation == TL_NONE)
        return tl_sheet_fail(&r->sheet, row, r->at[RELATION], err,
                             "none, but both sides name an indicator");
    if (!both && p->relation != TL_NONE)
        return tl_sheet_fail(&r->sheet, row, r->at[RELATION], err,
                             "%s needs an indicator on both sides", relation_names[p->relation]);
    if (!both)
        return TL_OK;
    const tl_points from = r->index[FROM]->items[p->from].max, to = r->index[TO]->items[p->to].max;
    char a[TL_POINTS_TEXT], b[TL_POINTS_TEXT];
    tl_points_format(from, a);
    tl_points_format(to, b);
    if (p->relation == TL_SAME && from != to)
        return tl_sheet_fail(&r->sheet, row, r->at[RELATION], err,
                             "same, but the maxima are %s and %s: scaled", a, b);
    if (p->relation == TL_SCALED && from <= 0)
        return tl_sheet_fail(&r->sheet, row, r->at[RELATION], err,
                             "a maximum of %s points has no share", a);
    return TL_OK;
}

static tl_status read_row(struct reader *r, size_t row, tl_crosswalk_pair *p, tl_error *err)
{
    tl_status st = read_relation(r, row, &p->relation, err);
    if (st == TL_OK)
        st = read_code(r, row, FROM, &p->from, err);
    if (st == TL_OK)
        st = read_code(r, row, TO, &p->to, err);
    if (st == TL_OK)
        st = check_pair(r, row, p, err);
    p->note_en = tl_sheet_text(&r->sheet, row, r->at[NOTE_EN]);
    p->note_zh = tl_sheet_text(&r->sheet, row, r->at[NOTE_ZH]);
    return st;
}

static tl_status check_complete(const struct reader *r, tl_error *err)
{
    for (int side = FROM; side <= TO; side++)
        for (size_t k = 0; k < r->index[side]->n_slots; k++)
            if (!r->seen[side][k])
                return tl_fail(err, TL_EINPUT,
                               "%s: column '%s': indicator '%s' of %s %s is missing", r->sheet.name,
                               side == FROM ? "from" : "to",
                               r->index[side]->items[r->index[side]->slot_items[k]].code,
                               r->index[side]->id, r->index[side]->version);
    return TL_OK;
}

tl_status tl_crosswalk_parse(const tl_index *from, const tl_index *to, const char *name,
                             const char *data, size_t n, tl_arena *arena,
                             const tl_crosswalk_pair **out, size_t *n_out, tl_error *err)
{
    static const char *const columns[COLUMNS] = { "from", "to", "relation", "note_en", "note_zh" };
    struct reader r = { .index = { from, to } };
    *out = NULL;
    *n_out = 0;
    tl_status st =
        tl_sheet_read_rows(&r.sheet, name, data, n, 2 * (size_t)TL_INDEX_ITEMS_MAX, arena, err);
    if (st == TL_OK)
        st = tl_sheet_columns(&r.sheet, columns, COLUMNS, r.at, err);
    if (st != TL_OK)
        return st;
    tl_crosswalk_pair *pairs = tl_arena_alloc(arena, r.sheet.rows, sizeof *pairs);
    r.seen[FROM] = tl_arena_alloc(arena, from->n_slots, sizeof(size_t));
    r.seen[TO] = tl_arena_alloc(arena, to->n_slots, sizeof(size_t));
    if (!pairs || !r.seen[FROM] || !r.seen[TO])
        return tl_fail_nomem(err);
    for (size_t row = 0; row < r.sheet.rows; row++)
        if ((st = read_row(&r, row, &pairs[row], err)) != TL_OK)
            return st;
    if ((st = check_complete(&r, err)) != TL_OK)
        return st;
    *out = pairs;
    *n_out = r.sheet.rows;
    return TL_OK;
}

tl_status tl_crosswalk_open(tl_store *s, const tl_index *from, const tl_index *to, tl_arena *arena,
                            const tl_crosswalk_pair **out, size_t *n, tl_error *err)
{
    tl_dataset set;
    const char *data, *file = tl_arena_printf(arena, "crosswalk-%s.csv", to->id);
    const char *name = tl_arena_printf(arena, "%s/crosswalk-%s.csv", from->id, to->id);
    size_t size;
    bool there = false;
    *out = NULL;
    *n = 0;
    if (!file || !name)
        return tl_fail_nomem(err);
    tl_status st = tl_dataset_get(s, from->id, from->version, arena, &set, err);
    if (st != TL_OK)
        return st;
    for (size_t i = 0; i < set.file_count && !there; i++)
        there = strcmp(set.files[i].path, file) == 0;
    if (!there)
        return tl_fail(err, TL_ENOTFOUND, "index %s %s has no crosswalk to %s", from->id,
                       from->version, to->id);
    st = tl_dataset_read(s, &set, file, arena, &data, &size, err);
    return st == TL_OK ? tl_crosswalk_parse(from, to, name, data, size, arena, out, n, err) : st;
}
