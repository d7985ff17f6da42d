/* company_load.c - the files of a set of kind "companies", row by row, parents before children. */
#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "company/company_priv.h"
#include "dataset/table.h"

static const char *const alias_columns[] = { "company", "alias", "source" };
static const char *const fact_columns[] = { "company", "fact",   "period", "value",
                                            "unit",    "source", "note" };
_Static_assert((int)TL_COMPANY_FIELDS <= (int)TL_TABLE_COLUMNS, "columns of companies.csv");

struct load {
    tl_store *s;
    const tl_dataset *set;
    tl_arena *arena;
    const char *actor; /* "dataset id@version" */
};

/* The message with file and row before it; the text begins with the column already. */
static tl_status at_row(const tl_table *t, size_t row, tl_status st, tl_error *err)
{
    return tl_context(err, st == TL_ENOTFOUND ? TL_EINPUT : st, "%s:%zu", t->sheet.name,
                      t->sheet.lines[row]);
}

static bool has_file(const tl_dataset *set, const char *path)
{
    for (size_t i = 0; i < set->file_count; i++)
        if (strcmp(set->files[i].path, path) == 0)
            return true;
    return false;
}

static tl_status put_row(struct load *l, const tl_table *t, size_t row, tl_error *err)
{
    const char *values[TL_COMPANY_FIELDS];
    tl_company c;
    tl_company_change change;
    for (size_t i = 0; i < TL_COMPANY_FIELDS; i++)
        values[i] = tl_table_text(t, row, i);
    tl_company_of_values(values, &c);
    tl_status st = tl_company_put(l->s, &c, l->actor, &change, err);
    return st == TL_OK ? st : at_row(t, row, st, err);
}

/* Ids to their rows; an id twice is refused. */
static tl_status map_ids(const tl_table *t, tl_map *ids, tl_error *err)
{
    tl_status st = TL_OK;
    for (size_t i = 0; i < t->sheet.rows && st == TL_OK; i++) {
        bool was;
        st = tl_map_add(ids, tl_span_of(tl_table_text(t, i, 0)), i, NULL, &was, err);
        if (st == TL_OK && was)
            st = tl_sheet_fail(&t->sheet, i, t->at[0], err, "'%.80s' stands in an earlier row too",
                               tl_table_text(t, i, 0));
    }
    return st;
}

/* Puts `row` and before it those of its parents that are rows of the file and not put yet. `path`
 * has room for all rows; done[i]: put, or on the path. */
static tl_status put_upwards(struct load *l, const tl_table *t, const tl_map *ids, size_t row,
                             bool *done, size_t *path, tl_error *err)
{
    size_t n = 0;
    uint64_t above = row;
    tl_status st = TL_OK;
    do {
        done[above] = true;
        path[n++] = (size_t)above;
    } while (tl_map_find(ids, tl_span_of(tl_table_text(t, (size_t)above, 8)), &above) &&
             !done[above]);
    while (n > 0 && st == TL_OK) /* a circle shows as a parent that is not there */
        st = put_row(l, t, path[--n], err);
    return st;
}

static tl_status load_companies(struct load *l, int64_t *rows, tl_error *err)
{
    const tl_table_reader r = { l->s, l->set, l->arena };
    tl_table t;
    tl_map *ids = NULL;
    tl_status st =
        tl_table_read(&t, &r, "companies.csv", tl_company_fields, TL_COMPANY_FIELDS, err);
    if (st != TL_OK || (st = tl_map_new(&ids, err)) != TL_OK)
        return st;
    bool *done = tl_arena_alloc(l->arena, t.sheet.rows + 1, sizeof *done);
    size_t *path = tl_arena_alloc(l->arena, t.sheet.rows + 1, sizeof *path);
    st = done && path ? map_ids(&t, ids, err) : tl_fail_nomem(err);
    for (size_t i = 0; i < t.sheet.rows && st == TL_OK; i++)
        if (!done[i])
            st = put_upwards(l, &t, ids, i, done, path, err);
    *rows = (int64_t)t.sheet.rows;
    tl_map_free(ids);
    return st;
}

static tl_status load_aliases(struct load *l, tl_error *err)
{
    const tl_table_reader r = { l->s, l->set, l->arena };
    tl_table t;
    if (!has_file(l->set, "aliases.csv"))
        return TL_OK;
    tl_status st = tl_table_read(&t, &r, "aliases.csv", alias_columns, 3, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        st = tl_company_put_alias(l->s, tl_table_text(&t, i, 0), tl_table_text(&t, i, 1),
                                  tl_table_text(&t, i, 2), l->actor, err);
        if (st != TL_OK)
            st = at_row(&t, i, st, err);
    }
    return st;
}

static tl_status load_facts(struct load *l, tl_error *err)
{
    const tl_table_reader r = { l->s, l->set, l->arena };
    tl_table t;
    if (!has_file(l->set, "facts.csv"))
        return TL_OK;
    tl_status st = tl_table_read(&t, &r, "facts.csv", fact_columns, 7, err);
    for (size_t i = 0; st == TL_OK && i < t.sheet.rows; i++) {
        const tl_company_fact f = {
            tl_table_text(&t, i, 0), tl_table_text(&t, i, 1), tl_table_text(&t, i, 2),
            tl_table_text(&t, i, 3), tl_table_text(&t, i, 4), tl_table_text(&t, i, 5),
            tl_table_text(&t, i, 6),
        };
        st = tl_company_put_fact(l->s, &f, l->actor, err);
        if (st != TL_OK)
            st = at_row(&t, i, st, err);
    }
    return st;
}

tl_status tl_company_load(tl_store *s, const tl_dataset *set, tl_arena *arena, int64_t *rows,
                          tl_error *err)
{
    struct load l = { .s = s, .set = set, .arena = arena };
    assert(tl_store_in_transaction(s));
    *rows = 0;
    l.actor = tl_arena_printf(arena, "dataset %s@%s", set->id, set->version);
    if (!l.actor)
        return tl_fail_nomem(err);
    tl_status st = load_companies(&l, rows, err);
    if (st == TL_OK && (st = load_aliases(&l, err)) == TL_OK)
        st = load_facts(&l, err);
    return st;
}
