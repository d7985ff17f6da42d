/* assessment_results.c - an installed set of published results into assessments, one a company. */
#include <assert.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "dataset/table.h"
#include "quantity/empty.h"
#include "rating/assessment_priv.h"

enum { COMPANY, INDUSTRY, STATED_TOTAL, STATED_RANK, STATED_STARS, SOURCE, NOTE, RESULT_COLUMNS };
enum { POINTS_COMPANY, SLOT, POINTS, MARK, POINTS_NOTE, POINTS_COLUMNS };

static const char *const result_columns[] = { "company",     "industry",     "stated_total",
                                              "stated_rank", "stated_stars", "source",
                                              "note" };
static const char *const points_columns[] = { "company", "slot", "points", "mark", "note" };

/* The named values of edition.csv, in this order. */
enum { INDEX, INDEX_VERSION, PERIOD, LEVEL, CUT_OFF, PUBLISHED_ON, PUBLISHER, FROM, NAMES };
static const char *const edition_names[NAMES] = {
    "index", "index_version", "period", "level", "cut_off", "published_on", "publisher", "source",
};

struct loading {
    tl_store *s;
    const tl_dataset *set;
    tl_arena *arena;
    tl_table edition, results, points;
    const char *said[NAMES];
    tl_index x;
    tl_sheet_level level;
    size_t *next;  /* chain of the points of one company: row -> next row + 1, 0 ends */
    size_t *first; /* result row -> first row of points + 1 */
    const char *actor;
};

tl_status tl_answer_points_parse(const char *text, tl_points *out, tl_error *err)
{
    static const tl_points empties[] = { [TL_NOT_ASKED] = TL_SLOT_NOT_ASKED,
                                         [TL_NOT_DISCLOSED] = TL_SLOT_NOT_DISCLOSED,
                                         [TL_NOT_APPLICABLE] = TL_SLOT_NOT_APPLICABLE };
    tl_value v;
    if (tl_value_parse(text, &v, NULL) == TL_OK && v.kind != TL_NUMBER) {
        *out = empties[v.kind];
        return TL_OK;
    }
    return tl_points_parse(text, out, err);
}

static tl_status read_edition(struct loading *l, tl_error *err)
{
    static const char *const columns[] = { "name", "value" };
    const tl_table_reader r = { l->s, l->set, l->arena };
    tl_status st = tl_table_read(&l->edition, &r, "edition.csv", columns, 2, err);
    for (size_t row = 0; st == TL_OK && row < l->edition.sheet.rows; row++) {
        const char *name = tl_table_text(&l->edition, row, 0);
        size_t i = 0;
        while (i < NAMES && strcmp(edition_names[i], name) != 0)
            i++;
        if (i == NAMES || l->said[i])
            st = tl_sheet_fail(&l->edition.sheet, row, l->edition.at[0], err, "'%.60s' is %s", name,
                               i == NAMES ? "not a name of an edition" : "there twice");
        else
            l->said[i] = tl_table_text(&l->edition, row, 1);
    }
    for (size_t i = 0; st == TL_OK && i < NAMES; i++)
        if (!l->said[i] || (!*l->said[i] && i != CUT_OFF))
            st = tl_fail(err, TL_EINPUT, "%s: '%s' is missing", l->edition.sheet.name,
                         edition_names[i]);
    if (st != TL_OK)
        return st;
    for (l->level = TL_LEVEL_THEME; l->level <= TL_LEVEL_TOTAL; l->level++)
        if (strcmp(tl_level_name(l->level), l->said[LEVEL]) == 0)
            return TL_OK;
    return tl_fail(err, TL_EINPUT, "%s: level '%.40s', expected theme or total",
                   l->edition.sheet.name, l->said[LEVEL]);
}

/* Chains the points of each company in the order of the file. */
static tl_status chain_points(struct loading *l, tl_map *companies, tl_error *err)
{
    size_t n = l->results.sheet.rows, m = l->points.sheet.rows;
    l->first = tl_arena_alloc(l->arena, n + 1, sizeof *l->first);
    l->next = tl_arena_alloc(l->arena, m + 1, sizeof *l->next);
    tl_status st = l->first && l->next ? TL_OK : tl_fail_nomem(err);
    for (size_t i = 0; i < n && st == TL_OK; i++) {
        const char *id = tl_table_text(&l->results, i, COMPANY);
        bool was;
        st = tl_map_add(companies, tl_span_of(id), i, NULL, &was, err);
        if (st == TL_OK && was)
            st = tl_sheet_fail(&l->results.sheet, i, l->results.at[COMPANY], err,
                               "'%.80s' stands in an earlier row too", id);
    }
    for (size_t i = m; i-- > 0 && st == TL_OK;) {
        const char *id = tl_table_text(&l->points, i, POINTS_COMPANY);
        uint64_t row;
        if (!tl_map_find(companies, tl_span_of(id), &row))
            return tl_sheet_fail(&l->points.sheet, i, l->points.at[POINTS_COMPANY], err,
                                 "'%.80s' has no row in results.csv", id);
        l->next[i] = l->first[row];
        l->first[row] = i + 1;
    }
    return st;
}

static tl_status read_point(struct loading *l, size_t row, tl_answer *out, tl_error *err)
{
    const tl_table *t = &l->points;
    const char *mark = tl_table_text(t, row, MARK);
    tl_error why = { 0 };
    *out = (tl_answer){ .slot = tl_table_text(t, row, SLOT),
                        .inferred = strcmp(mark, "inferred") == 0,
                        .assessor = "",
                        .note = tl_table_text(t, row, POINTS_NOTE) };
    if (*mark && !out->inferred)
        return tl_sheet_fail(&t->sheet, row, t->at[MARK], err,
                             "'%.40s', expected nothing or inferred", mark);
    if (tl_slot_find(&l->x, l->level, out->slot) < 0)
        return tl_sheet_fail(&t->sheet, row, t->at[SLOT], err, "'%.60s' is no %s of %s@%s",
                             out->slot, tl_level_name(l->level), l->x.id, l->x.version);
    if (tl_answer_points_parse(tl_table_text(t, row, POINTS), &out->points, &why) != TL_OK)
        return tl_sheet_fail(&t->sheet, row, t->at[POINTS], err, "%s", why.text);
    return TL_OK;
}

/* A whole number of a cell, 0 where it is empty. */
static tl_status read_count(struct loading *l, size_t row, size_t column, int *out, tl_error *err)
{
    const char *text = tl_table_text(&l->results, row, column);
    int64_t v = 0;
    tl_error why = { 0 };
    if (*text && tl_int_parse(text, 1, 1000000, &v, &why) != TL_OK)
        return tl_sheet_fail(&l->results.sheet, row, l->results.at[column], err, "%s", why.text);
    *out = (int)v;
    return TL_OK;
}

static tl_status read_stated(struct loading *l, size_t row, tl_assessment *a, tl_error *err)
{
    const char *total = tl_table_text(&l->results, row, STATED_TOTAL);
    tl_error why = { 0 };
    a->stated_total = TL_SLOT_NOT_ASKED;
    if (*total && tl_points_parse(total, &a->stated_total, &why) != TL_OK)
        return tl_sheet_fail(&l->results.sheet, row, l->results.at[STATED_TOTAL], err, "%s",
                             why.text);
    tl_status st = read_count(l, row, STATED_RANK, &a->stated_rank, err);
    return st == TL_OK ? read_count(l, row, STATED_STARS, &a->stated_stars, err) : st;
}

/* The answers of a company. At level total what was printed is the answer where none is given. */
static tl_status read_answers(struct loading *l, size_t row, tl_assessment *a, tl_error *err)
{
    size_t n = 0;
    for (size_t at = l->first[row]; at; at = l->next[at - 1])
        n++;
    tl_answer *list = tl_arena_alloc(l->arena, n + 1, sizeof *list);
    tl_status st = list ? TL_OK : tl_fail_nomem(err);
    n = 0;
    for (size_t at = l->first[row]; at && st == TL_OK; at = l->next[at - 1])
        st = read_point(l, at - 1, &list[n++], err);
    if (n == 0 && st == TL_OK && l->level == TL_LEVEL_TOTAL && a->stated_total >= 0)
        list[n++] =
            (tl_answer){ .slot = "total", .points = a->stated_total, .assessor = "", .note = "" };
    if (n == 0 && st == TL_OK)
        st = tl_sheet_fail(&l->results.sheet, row, l->results.at[COMPANY], err,
                           "no row in points.csv");
    a->answers = list;
    a->n_answers = n;
    return st;
}

static tl_status load_company(struct loading *l, size_t row, tl_error *err)
{
    const char *source = tl_table_text(&l->results, row, SOURCE);
    const char *note = tl_table_text(&l->results, row, NOTE);
    bool same;
    tl_assessment a = {
        .key = { .company = tl_table_text(&l->results, row, COMPANY),
                 .index = l->x.id,
                 .index_version = l->x.version,
                 .period = l->said[PERIOD],
                 .level = l->level },
        .industry = tl_table_text(&l->results, row, INDUSTRY),
        .cut_off = l->said[CUT_OFF],
        .origin = tl_arena_printf(l->arena, "%s: %s%s%s%s%s", l->said[PUBLISHER], l->said[FROM],
                                  *source ? "; " : "", source, *note ? "; " : "", note),
        .published_on = l->said[PUBLISHED_ON],
        .reason = l->actor,
    };
    if (!a.origin)
        return tl_fail_nomem(err);
    tl_status st = read_stated(l, row, &a, err);
    if (st != TL_OK || (st = read_answers(l, row, &a, err)) != TL_OK)
        return st;
    st = tl_assessment_take_over(l->s, &l->x, &a, l->actor, &same, err);
    return st == TL_OK ? st
                       : tl_context(err, st == TL_ENOTFOUND || st == TL_ECONFLICT ? TL_EINPUT : st,
                                    "%s:%zu", l->results.sheet.name, l->results.sheet.lines[row]);
}

static tl_status open_set(struct loading *l, tl_error *err)
{
    const tl_table_reader r = { l->s, l->set, l->arena };
    l->actor = tl_arena_printf(l->arena, "dataset %s@%s", l->set->id, l->set->version);
    tl_status st = l->actor ? read_edition(l, err) : tl_fail_nomem(err);
    if (st != TL_OK)
        return st;
    const char *reference =
        tl_arena_printf(l->arena, "%s@%s", l->said[INDEX], l->said[INDEX_VERSION]);
    if (!reference)
        return tl_fail_nomem(err);
    if ((st = tl_index_open(l->s, reference, l->arena, &l->x, err)) != TL_OK)
        return tl_context(err, st, "%s", l->edition.sheet.name);
    st = tl_table_read(&l->results, &r, "results.csv", result_columns, RESULT_COLUMNS, err);
    return st == TL_OK
               ? tl_table_read(&l->points, &r, "points.csv", points_columns, POINTS_COLUMNS, err)
               : st;
}

tl_status tl_assessment_load_results(tl_store *s, const tl_dataset *set, tl_arena *arena,
                                     int64_t *rows, tl_error *err)
{
    struct loading l = { .s = s, .set = set, .arena = arena };
    tl_map *companies = NULL;
    assert(tl_store_in_transaction(s));
    *rows = 0;
    tl_status st = tl_map_new(&companies, err);
    if (st == TL_OK && (st = open_set(&l, err)) == TL_OK)
        st = chain_points(&l, companies, err);
    for (size_t i = 0; st == TL_OK && i < l.results.sheet.rows; i++)
        st = load_company(&l, i, err);
    if (st == TL_OK)
        *rows = (int64_t)l.results.sheet.rows;
    tl_map_free(companies);
    return st;
}
